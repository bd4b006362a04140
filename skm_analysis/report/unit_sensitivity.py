"""A unit's chapter: how far the index moves under other ways of counting.

Each way with its index stands in the appendix on sensitivity.
"""

from skm_analysis.report import anchors, numbers
from skm_analysis.report import sensitivity as rule_lines
from skm_analysis.report.elements import Absent, Line, Paragraph, Reference
from skm_analysis.report.numbers import number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.sensitivity import Rule, rules
from skm_analysis.report.sensitivity_appendix import INTERVALS
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import line, sentences

NONE = Absent("Tidak ada cara menghitung lain yang berlaku untuk unit ini.")
NOT_TOLD = Absent("Indeks unit ini tidak disajikan.")


def dependence(page: UnitPage) -> Paragraph | Absent:
    """The range over all ways, whether the letter depends on them, what was set aside.

    Where each way stands is said with them.
    """
    if page.standing not in TOLD:
        return NOT_TOLD
    found, grade = _rules(page), page.row("grade")
    if not found:
        return NONE
    graded = any(rule.letter for rule in found)
    text = sentences(
        (
            _range(found),
            rule_lines.dependence(grade, found)
            if grade and grade.category and graded
            else (),
            _set_aside(page),
        )
    )
    return Paragraph(f"unit.{page.unit.id}.sensitivity", text)


def _rules(page: UnitPage) -> list[Rule]:
    return rules(page.rows("sensitivity"), page.rows("sensitivity_grade"))


def _range(found: list[Rule]) -> Line:
    """From the lowest to the highest index of the ways that change it."""
    told = [x.row for x in found if x.told and x.row.category not in INTERVALS]
    told.sort(key=numbers.printed)
    where = line(" (", Reference(anchors.SENSITIVITY), ").")
    if not told:
        return line(
            "Cara menghitung lainnya tercantum pada ",
            Reference(anchors.SENSITIVITY),
            ".",
        )
    low, high = number(told[0]), number(told[-1])
    if low.shown == high.shown:
        return line("Menurut cara menghitung lainnya, indeks unit ini ", low, where)
    return line(
        "Menurut cara menghitung lainnya, indeks unit ini antara ",
        low,
        " dan ",
        high,
        where,
    )


def _set_aside(page: UnitPage) -> Line:
    aside, received = page.row("n_set_aside"), page.row("n_received")
    if aside is None or received is None or "over_5_percent" not in aside.flags:
        return ()
    put_back = [r for r in _rules(page) if r.row.category.startswith("with-")]
    if any(rule.told for rule in put_back):
        effect = "lampiran itu memuat indeks seandainya yang nilainya sah ikut dihitung"
    elif put_back:
        effect = "indeks seandainya yang nilainya sah ikut dihitung tidak disajikan"
    else:
        effect = "nilainya tidak sah, sehingga tidak dapat ikut dihitung"
    return line(
        "Sebanyak ",
        number(aside),
        " dari ",
        number(received),
        f" kuesioner disisihkan, lebih dari lima persen; {effect}.",
    )
