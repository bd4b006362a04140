"""How sure a letter is, told where the interval reaches into another one."""

from collections.abc import Sequence
from fractions import Fraction

from skm_analysis.estimates.disclosure import FEWEST_RELIABLE
from skm_analysis.estimates.grading import find_grade
from skm_analysis.estimates.rows import Row
from skm_analysis.report import formatting, numbers
from skm_analysis.report.city_result import HEADLINE
from skm_analysis.report.elements import Absent, Line, Number, Paragraph
from skm_analysis.report.numbers import verdict
from skm_analysis.report.page import CityPage, UnitPage
from skm_analysis.report.standing import TOLD, published
from skm_analysis.report.wording import CONDITIONAL, line, listing, sentences
from skm_analysis.study.records import Study
from skm_analysis.study.regulation import BANDS

MEASURE = "grade_probability"
SURE = Absent("Selang kepercayaan tidak melampaui batas golongan mutu.")
UNTOLD = Absent("Indeks unit ini tidak disajikan.")
_LEAST = 0.005  # what would be printed as 0%


def certainty(page: UnitPage) -> Paragraph | Absent:
    """The probability of each letter that the unit's interval leaves open."""
    if page.standing not in TOLD:
        return UNTOLD
    row = page.row("ikm")
    if row is None or not _crosses(row, page.unit.instrument.bands):
        return SURE
    text = _told(row, page.rows(MEASURE), f"mutu {page.unit.name}")
    if text and row.n is not None and row.n < FEWEST_RELIABLE:
        text = sentences(
            (
                text,
                ("Dengan responden sesedikit ini, peluang itu hanya petunjuk kasar.",),
            )
        )
    key = f"unit.{page.unit.id}.certainty"
    return Paragraph(key, text) if text else SURE


def city_certainty(page: CityPage) -> Paragraph | Absent:
    """The same for the headline over the units that are printed."""
    row = published(page.estimates, HEADLINE)
    grade = published(page.estimates, "grade")
    if row is None or grade is None or not grade.category:
        return Absent("Angka kota tidak diberi mutu.")
    if not _crosses(row, _bands(page.study)):
        return SURE
    rows = page.estimates.select(scope="city", measure=MEASURE, part=row.part)
    text = _told(row, rows, "mutu pada tingkat kota")
    return Paragraph("city..certainty", text) if text else SURE


def _crosses(row: Row, bands: str | None) -> bool:
    both = numbers.limits(row)
    if both is None or bands is None:
        return False
    low, high = (find_grade(Fraction(str(end)), BANDS[bands]).grade for end in both)
    return low != high


def _told(row: Row, chances: Sequence[Row], whose: str) -> Line:
    likely = [
        each
        for each in chances
        if each.value is not None
        and each.value >= _LEAST
        and "suppressed" not in each.flags
    ]
    if len(likely) < 2:
        return ()
    ordered = sorted(likely, key=lambda each: -(each.value or 0.0))
    condition = f", {CONDITIONAL}," if "conditional" in row.flags else ""
    return line(
        f"Kalau seluruh pengguna layanan ditanya, {whose} diperkirakan{condition} ",
        listing([_one(each) for each in ordered]),
        ".",
    )


def _one(row: Row) -> Line:
    return line(
        verdict(f"{row.key}:letter", row.category), " dengan peluang ", _percent(row)
    )


def _percent(row: Row) -> Number:
    """Whole percent: simulation does not bear out more."""
    value = row.value or 0.0
    return Number(
        row.key, formatting.percent(value, 0), "estimate", value, 0, percent=True
    )


def _bands(study: Study) -> str | None:
    names = [unit.instrument.bands for unit in study.units if unit.instrument.bands]
    return max(names, key=names.count) if names else None
