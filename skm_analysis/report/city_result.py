"""The city's chapter: the headline, the three city figures, who is not in them."""

from collections import Counter

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import (
    Absent,
    Bullets,
    Column,
    Line,
    Paragraph,
    Table,
    plain,
)
from skm_analysis.report.numbers import derived, number
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD, Standing, published
from skm_analysis.report.unit_result import level, without_index
from skm_analysis.report.wording import (
    CONDITIONAL,
    graded,
    line,
    listing,
    lower_first,
    population,
    sentences,
)
from skm_analysis.study.records import Instrument, Unit
from skm_analysis.study.regulation import BANDS

HEADLINE = "ikm_mean_of_units"


def main_instrument(page: CityPage) -> Instrument:
    """An instrument on the scale and bands that most units share."""
    shared = Counter(
        (unit.instrument.scale, unit.instrument.bands) for unit in page.study.units
    )
    scale = shared.most_common(1)[0][0]
    return next(
        unit.instrument
        for unit in page.study.units
        if (unit.instrument.scale, unit.instrument.bands) == scale
    )


def meaning(page: CityPage, letter: str) -> str:
    bands = BANDS[main_instrument(page).bands or "permenpanrb-14-2017"]
    return next(band.meaning for band in bands if band.grade == letter)


def headline(page: CityPage) -> Paragraph:
    """The mean of the units' indices, its grade and its interval."""
    row = published(page.estimates, HEADLINE)
    if row is None or row.value is None:
        text: Line = (
            "Belum ada unit yang indeksnya dapat disajikan, sehingga angka kota tidak "
            "dihitung.",
        )
        return Paragraph("city..headline", text)
    told = (_index(page, row), _sure(page, row), _uncovered(page))
    return Paragraph("city..headline", sentences(told))


def _index(page: CityPage, row: Row) -> Line:
    grade = published(page.estimates, "grade")
    opening = line(
        f"Pada tahun {page.study.year} rata-rata Indeks Kepuasan Masyarakat (IKM) ",
        _units(page),
        f" unit pelayanan {page.study.institution} adalah ",
        number(row),
    )
    if grade is not None and "uncovered" in grade.flags:
        return line(
            opening,
            ". Angka itu tidak diberi mutu karena lebih dari seperlima pengguna "
            "layanan, rata-rata antarunit, berada di strata yang tidak mempunyai "
            "responden.",
        )
    if grade is None or not grade.category:
        return line(opening, ".")
    words = meaning(page, grade.category)
    letter = graded(grade.key, grade.category, words)
    return line(opening, ", dengan mutu pelayanan ", letter, ".")


def _units(page: CityPage) -> Line:
    counted = published(page.estimates, "n_units")
    if counted is not None and counted.value is not None:
        return (number(counted),)
    return (derived("city..n_units:counted", len(page.units(*TOLD))),)


def _sure(page: CityPage, row: Row) -> Line:
    if row.ci_low is None or row.ci_high is None:
        return ()
    condition = f" ({CONDITIONAL})" if "conditional" in row.flags else ""
    based = line(" Angka itu didasarkan pada ", numbers.respondents(row), " responden.")
    return line(
        "Selang kepercayaan ",
        level(page.study),
        f" angka itu{condition} adalah ",
        numbers.interval(row),
        ".",
        based,
    )


def _uncovered(page: CityPage) -> Line:
    """What share of the people served nobody's stratum stands for."""
    share = published(page.estimates, "uncovered_share")
    if share is None or "suppressed" in share.flags:
        return ()
    return line(
        "Strata yang tidak mempunyai responden mencakup rata-rata ",
        number(share),
        " pengguna layanan setiap unit; angka kota menggambarkan yang lainnya.",
    )


_FIGURES = (
    (
        HEADLINE,
        "Rata-rata antarunit (angka utama)",
        "Setiap unit dihitung sama. Dipakai untuk kinerja pelayanan secara umum dan "
        "untuk dibandingkan dengan tahun-tahun sebelumnya.",
    ),
    (
        "ikm_pooled",
        "Gabungan seluruh responden",
        "Setiap responden dihitung sama, sehingga unit dengan banyak responden lebih "
        "menentukan. Dipakai bila yang dibicarakan adalah para responden.",
    ),
    (
        "ikm_population_weighted",
        "Tertimbang pengguna layanan",
        "Setiap pengguna layanan, atau setiap kunjungan pada unit yang menghitungnya, "
        "dihitung sama. Dipakai bila yang dibicarakan adalah pengalaman seluruh "
        "pengguna layanan; memerlukan populasi setiap unit.",
    ),
)


def three_figures(page: CityPage) -> Table | Absent:
    """The mean of units, the pooled and the weighted figure, and when to quote each."""
    found = [
        (published(page.estimates, measure), label, use)
        for measure, label, use in _FIGURES
    ]
    told = [each for each in found if each[0] and each[0].value is not None]
    if not told:
        return Absent("Angka kota tidak dihitung.")
    return Table(
        "tab-kota-angka",
        (f"Tiga angka kota tahun {page.study.year} dan kegunaannya",),
        (
            Column("Angka", width=1.7),
            Column("IKM", "right", 0.7),
            Column("Selang kepercayaan", "right", 1.2),
            Column("Arti dan kegunaan", width=3.6),
        ),
        tuple(
            ((label,), numbers.shown(row), numbers.interval(row), (use,))
            for row, label, use in told
        ),
        notes=_figure_notes(page, [row for row, _, _ in told if row]),
        emphasised=(0,),
    )


def _figure_notes(page: CityPage, rows: list[Row]) -> tuple[Line, ...]:
    """What the intervals hold, what they do not, and why a figure is missing."""
    flags = {flag for row in rows for flag in row.flags}
    notes: list[str] = [
        "Unit tidak dipilih sebagai sampel: seluruh unit dalam studi ini disurvei, "
        "sehingga selang hanya mencerminkan ketidakpastian di dalam setiap unit."
    ]
    if "conditional" in flags:
        notes.append(f"Selang kepercayaan berlaku {CONDITIONAL}.")
    if "units_without_interval" in flags:
        notes.append(
            "Unit dengan satu responden tidak mempunyai selang dan tidak melebarkan "
            "selang kota."
        )
    if "units_without_variance" in flags:
        notes.append(
            "Unit yang semua jawabannya sama tidak menambah simpangan baku, tetapi "
            "banyaknya respondennya tetap ikut menentukan lebar selang kota."
        )
    unknown = [unit.name for unit in page.units(*TOLD) if population(unit) is None]
    weighted = published(page.estimates, "ikm_population_weighted")
    if unknown and weighted is not None and weighted.value is None:
        names = plain(listing(unknown))
        notes.append(
            "Angka tertimbang tidak dihitung, sebab banyaknya pengguna layanan tidak "
            f"diketahui pada {names}."
        )
    return tuple((note,) for note in notes)


def kind_name(kind: str) -> str:
    """
    >>> kind_name("opd"), kind_name("kelurahan")
    ('OPD', 'Kelurahan')
    """
    return kind.upper() if len(kind) <= 4 else kind[:1].upper() + kind[1:]


def _within(kind: str) -> str:
    """The kind's name inside a sentence."""
    name = kind_name(kind)
    return name if name.isupper() else lower_first(name)


def left_out(page: CityPage) -> Bullets | Paragraph:
    """Units that the city's figure does not hold, each with its reason."""
    items = [
        line(f"{unit.name}: ", reason, ".")
        for unit in page.study.units
        if (reason := _reason(page, unit))
    ]
    if not items:
        text = ("Seluruh unit ikut dihitung dalam angka kota.",)
        return Paragraph("city..left_out", text)
    return Bullets("city..left_out", tuple(items))


def _reason(page: CityPage, unit: Unit) -> Line:
    standing = page.standing(unit)
    if standing is Standing.EMPTY:
        return ("tidak ada kuesioner yang dapat dipakai",)
    if standing is Standing.SUPPRESSED:
        accepted = page.of_unit(unit, "n_accepted")
        used = numbers.shown(accepted)
        return line("hanya ", used, " kuesioner yang dapat dipakai")
    row = page.of_unit(unit, "ikm")
    flags = row.flags if row else ()
    if "other_scale" in flags:
        lowest, highest = unit.instrument.scale
        key = f"study.instrument.{unit.instrument.id}"
        return line(
            "memakai skala ",
            numbers.stated(f"{key}.lowest", lowest),
            " sampai dengan ",
            numbers.stated(f"{key}.highest", highest),
            ", bukan skala yang dipakai kebanyakan unit",
        )
    if "internal_only" in flags:
        return ("hanya mempunyai survei yang dilakukannya sendiri",)
    if row is None or row.value is None:
        return (without_index(page.study),)
    return ("tidak memenuhi syarat penyajian",) if "excluded" in flags else ()


def group_sentence(page: CityPage) -> Paragraph | Absent:
    """The mean of every kind of unit, without ranking them."""
    parts = []
    for kind in page.study.kinds:
        row = published(page.estimates, HEADLINE, kind)
        if row and row.value is not None and "suppressed" not in row.flags:
            parts.append(line(number(row), f" untuk {_within(kind)}"))
    if len(parts) < 2:
        return Absent("Hanya ada satu kelompok unit.")
    text = line("Rata-rata indeks unit adalah ", listing(parts), ".")
    return Paragraph("city..groups", text)
