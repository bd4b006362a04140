"""A unit's chapter: against its target."""

from decimal import Decimal

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Line, Paragraph
from skm_analysis.report.numbers import magnitude, stated, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import CONDITIONAL, line


def target(page: UnitPage) -> Paragraph | Absent:
    """Reached or not, and whether the interval bears it out."""
    row = page.row("target_gap")
    if row is None or row.value is None or page.standing not in TOLD:
        return Absent(
            "Tidak ada target untuk unit ini, atau indeksnya tidak disajikan."
        )
    goal = page.unit.target
    if goal is None:
        return Absent("Tidak ada target untuk unit ini.")
    key = f"study.unit.{page.unit.id}.target"
    ikm = page.row("ikm")
    conditional = ikm is not None and "conditional" in ikm.flags
    text = target_sentence(
        row, f"Target {page.unit.name}", key, goal, conditional=conditional
    )
    return Paragraph(f"unit.{page.unit.id}.target", text)


def target_sentence(
    row: Row,
    subject: str,
    key: str,
    goal: Decimal,
    source: str = "",
    *,
    conditional: bool,
) -> Line:
    """Shared by units and the city: the gap and how sure the conclusion is."""
    reached = row.category == "reached"
    word = verdict(row.key, "tercapai" if reached else "tidak tercapai")
    exact = not numbers.printed(row)
    where = (
        ("indeks tepat sama dengan target",)
        if exact
        else line(
            "indeks berada ",
            magnitude(row),
            " poin di atas target" if reached else " poin di bawah target",
        )
    )
    return line(
        f"{subject} adalah ",
        stated(key, goal, 2),
        source,
        ". Target itu ",
        word,
        ": ",
        where,
        ". ",
        _support(row, reached, f" (berlaku {CONDITIONAL})" if conditional else ""),
    )


def _support(row: Row, reached: bool, condition: str) -> str:
    if "supported" in row.flags and reached:
        return (
            f"Seluruh selang kepercayaan{condition} berada pada atau di atas target, "
            "sehingga kesimpulan ini didukung data."
        )
    if "contradicted" in row.flags and not reached:
        return (
            f"Seluruh selang kepercayaan{condition} berada di bawah target, sehingga "
            "kesimpulan ini didukung data."
        )
    if {"supported", "contradicted"} & {*row.flags}:
        return (
            f"Sebelum dibulatkan, seluruh selang kepercayaan{condition} berada di "
            "sisi lain target; kesimpulan ini hanya karena pembulatan."
        )
    return (
        f"Target itu berada di dalam selang kepercayaan indeks{condition}, sehingga "
        "kesimpulan ini belum dapat dipastikan."
    )
