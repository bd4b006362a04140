"""Ranks among units that were asked the same, with what is sure of them."""

from collections import defaultdict

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import (
    Absent,
    Column,
    Group,
    Line,
    Paragraph,
    Table,
)
from skm_analysis.report.formatting import roman
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import Standing
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import CONDITIONAL, line
from skm_analysis.study.records import Unit


def rank_tables(page: CityPage) -> Group | Absent:
    """How to read them, then one table per questionnaire that several units share."""
    tables = [
        _table(page, family, units, numeral)
        for numeral, (family, units) in _families(page).items()
    ]
    if not tables:
        return Absent(
            "Tidak ada unit yang pertanyaannya sama sehingga dapat diurutkan."
        )
    return Group((_reading(page), *tables))


def group_of(page: CityPage, unit: Unit) -> str:
    """ "II ab": the family, and its groups of units that cannot be told apart."""
    for numeral, (_, units) in _families(page).items():
        if unit in units:
            return f"{numeral} {_letters(page, unit)}"
    return ""


def _families(page: CityPage) -> dict[str, tuple[str, list[Unit]]]:
    """Units that were asked the same, by a Roman numeral; none of one unit alone."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in page.units(Standing.FULL):
        groups = _groups(page, unit)
        if groups:
            found[_family(groups[0])].append(unit)
    several = [(family, units) for family, units in found.items() if len(units) > 1]
    return {roman(place): each for place, each in enumerate(several, 1)}


def _reading(page: CityPage) -> Paragraph:
    text = line(
        "Hanya unit yang pertanyaannya sama yang diurutkan. Kemungkinan peringkat "
        "memuat semua peringkat yang masih sesuai dengan data, bagi semua unit dalam "
        "tabel sekaligus, dengan tingkat kepercayaan ",
        level(page.study),
        ". Unit yang mempunyai huruf yang sama tidak dapat dibedakan satu sama lain; "
        "yang hurufnya berbeda belum tentu dapat dibedakan.",
    )
    return Paragraph("city..ranks", text)


def _groups(page: CityPage, unit: Unit) -> list[Row]:
    return page.estimates.select(scope="unit", unit=unit.id, measure="rank_group")


def _family(group: Row) -> str:
    return group.category.rpartition("-")[0]


def _table(page: CityPage, family: str, units: list[Unit], numeral: str) -> Table:
    ranked = sorted(units, key=lambda unit: (_rank(page, unit), unit.name.casefold()))
    rows = [page.of_unit(unit, "rank") for unit in units]
    conditional = any(row and "conditional" in row.flags for row in rows)
    titles = dict.fromkeys(unit.instrument.title for unit in units)
    notes: list[Line] = []
    if conditional:
        notes.append((f"Kemungkinan peringkat berlaku {CONDITIONAL}.",))
    small = page.units(Standing.INDICATIVE)
    if any(family == _family(group) for x in small for group in _groups(page, x)):
        notes.append(
            (
                "Unit dengan sepuluh sampai dengan dua puluh sembilan responden ikut "
                "diurutkan, tetapi peringkatnya tidak disajikan.",
            )
        )
    return Table(
        f"tab-kota-peringkat-{family}",
        (
            f"Peringkat unit yang pertanyaannya sama, kelompok {numeral} "
            f"({'; '.join(titles)})",
        ),
        (
            Column("Unit", width=2.8),
            Column("IKM", "right", 0.7),
            Column("Peringkat", "right", 0.9),
            Column("Kemungkinan peringkat", "right", 1.4),
            Column("Kelompok", "center", 0.9),
        ),
        tuple(_row(page, unit) for unit in ranked),
        notes=tuple(notes),
    )


def _rank(page: CityPage, unit: Unit) -> float:
    row = page.of_unit(unit, "rank")
    return row.value if row and row.value is not None else 0.0


def _row(page: CityPage, unit: Unit) -> tuple[Line, ...]:
    row = page.of_unit(unit, "rank")
    return (
        (unit.name,),
        numbers.shown(page.of_unit(unit, "ikm")),
        numbers.shown(row),
        numbers.interval(row),
        (_letters(page, unit),),
    )


def _letters(page: CityPage, unit: Unit) -> str:
    return "".join(
        chr(ord("a") + int(each.category.rpartition("-")[2]) - 1)
        for each in _groups(page, unit)
    )
