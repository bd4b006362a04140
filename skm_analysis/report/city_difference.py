"""Why this year's headline differs from the one that was printed last year."""

from decimal import Decimal

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.city_result import HEADLINE
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, magnitude, number
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import published
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import CONDITIONAL, earlier, line

MEASURE = "difference_printed"
PARTS = (
    ("matched", "difference-matched", "Unit yang sebanding pada kedua studi"),
    ("instrument", "difference-instrument", "Unit yang kuesionernya berubah"),
    (
        "entered_left-membership",
        "difference-entered",
        "Unit yang baru disurvei atau tidak lagi disurvei",
    ),
    (
        "entered_left-threshold",
        "difference-crossed",
        "Unit yang melewati batas sepuluh responden",
    ),
    ("method", "", "Cara menghitung: angka lama dihitung ulang, dikurangi tercetak"),
)


def printed_sentence(page: CityPage) -> Paragraph | Absent:
    """The printed headline, the one recomputed, and the difference of this year's."""
    row, before = page.row(MEASURE), page.row(HEADLINE, part="previous+printed")
    previous = page.study.previous
    if row is None or row.value is None or before is None or previous is None:
        return Absent("Angka kota yang tercetak pada studi sebelumnya tidak diketahui.")
    side = "di atas" if row.value > 0 else "di bawah"
    where: Line = (" sama dengan",)
    if numbers.printed(row):
        where = line(" berada ", magnitude(row), f" poin {side}")
    text = line(
        "Angka kota tahun ini",
        where,
        f" angka yang tercetak pada laporan {earlier(previous)} (",
        number(before),
        "). Selisih itu bukan seluruhnya perubahan kepuasan: sebagian dapat berasal "
        "dari unit yang berganti, kuesioner yang berubah, atau cara menghitung.",
    )
    return Paragraph("city..printed_sentence", text)


def printed_table(page: CityPage) -> Table | Absent:
    """The exact parts of that difference."""
    row, before = page.row(MEASURE), page.row(HEADLINE, part="previous+printed")
    parts = [(page.row(MEASURE, name), unit, label) for name, unit, label in PARTS]
    if before is None or row is None or any(part is None for part, _, _ in parts):
        return Absent("Selisih dari angka tercetak tidak dapat diuraikan.")
    previous = page.study.previous or ""
    told = [(part, unit, label) for part, unit, label in parts if part is not None]
    return Table(
        "tab-kota-selisih",
        (f"Uraian selisih dari angka kota yang tercetak untuk {earlier(previous)}",),
        (
            Column("Bagian", width=3.4),
            Column("Unit", "right", 0.6),
            Column("Poin", "right", 0.8),
            Column("Selang kepercayaan", "right", 1.5),
        ),
        (
            ((f"Tercetak, {earlier(previous)}",), ("",), (number(before),), ("",)),
            *(
                (
                    (label,),
                    _units(page, unit),
                    numbers.shown(part),
                    numbers.interval(part),
                )
                for part, unit, label in told
            ),
            (
                ("Selisih seluruhnya",),
                ("",),
                numbers.shown(row),
                numbers.interval(row),
            ),
            (
                (f"Angka kota {page.study.year}",),
                ("",),
                numbers.shown(published(page.estimates, HEADLINE)),
                ("",),
            ),
        ),
        notes=_notes(page, row, [part for part, _, _ in told]),
        emphasised=(0, len(told) + 1, len(told) + 2),
    )


def _units(page: CityPage, part: str) -> Line:
    """How many units a part is about; those that came and those that left together."""
    if not part:
        return ("–",)
    rows = [page.row("n_units", part)]
    if part == "difference-entered":
        rows.append(page.row("n_units", "difference-left"))
    there = [row for row in rows if row is not None and row.value is not None]
    if not there:
        return ("–",)
    if len(there) == 1:
        return numbers.shown(there[0])
    many = sum(int(row.value or 0) for row in there)
    return (derived("city..n_units.difference-entered-left", many),)


def _notes(page: CityPage, row: Row, parts: list[Row]) -> tuple[Line, ...]:
    condition = f", {CONDITIONAL}" if "conditional" in row.flags else ""
    notes: list[Line] = [
        line(
            "Selang kepercayaan ",
            level(page.study),
            f"{condition}. Angka lama yang dihitung ulang memakai aturan studi ini.",
        )
    ]
    shown = sum((numbers.printed(part) for part in parts), Decimal(0))
    if shown != numbers.printed(row):
        notes.append(
            (
                "Bagian-bagian berjumlah tepat sama dengan selisih seluruhnya; yang "
                "tercetak tampak berbeda karena pembulatan.",
            )
        )
    return tuple(notes)
