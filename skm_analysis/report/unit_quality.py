"""A unit's chapter: how its sheets were filled in, in a sentence.

Every sign stands with its size in the appendix on data quality. Nothing is removed
because of them; the index without the sheets that bear them stands among the other
ways of counting.
"""

from skm_analysis.report import anchors
from skm_analysis.report.elements import Absent, Line, Paragraph, Reference
from skm_analysis.report.numbers import number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.quality_appendix import sign
from skm_analysis.report.standing import Standing
from skm_analysis.report.wording import line, sentences

REASON = Absent("Tanda mutu data disajikan mulai dari tiga puluh responden.")


def signs(page: UnitPage) -> Paragraph | Absent:
    """Sheets with one answer throughout, sheets with a blank, and where the rest is."""
    if page.standing is not Standing.FULL:
        return REASON
    found = [told for told in (_alike(page), _blanks(page)) if told]
    if not found:
        return REASON
    rest = line(
        "Tanda mutu data lainnya, yang layak diperiksa tetapi bukan bukti pengisian "
        "asal saja, tercantum pada ",
        Reference(anchors.QUALITY),
        ".",
    )
    return Paragraph(f"unit.{page.unit.id}.data_quality", sentences((*found, rest)))


def _alike(page: UnitPage) -> Line:
    """Sheets with one answer throughout; the highest throughout."""
    same, highest = sign(page, "straight_lined"), sign(page, "all_highest")
    if same is None:
        return ()
    if not same.value:
        return ("Tidak ada kuesioner yang semua jawabannya sama.",)
    opening = line("Semua pertanyaan dijawab sama pada ", number(same), " kuesioner")
    if highest is None:
        return line(opening, ".")
    if not highest.value:
        return line(opening, ", tidak satu pun dengan nilai tertinggi.")
    if number(highest).shown == number(same).shown:
        return line(opening, ", yaitu dengan nilai tertinggi.")
    return line(
        opening, ", termasuk ", number(highest), " yang semuanya bernilai tertinggi."
    )


def _blanks(page: UnitPage) -> Line:
    blank = sign(page, "any_nonresponse")
    if blank is None:
        return ()
    if not blank.value:
        return ("Semua pertanyaan dijawab pada setiap kuesioner.",)
    return line("Ada pertanyaan yang tidak dijawab pada ", number(blank), " kuesioner.")
