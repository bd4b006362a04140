"""The appendix on sensitivity: every unit's index under every other rule.

Rules of one kind stand in one table, a line per unit; a chapter tells the range and
whether the letter depends on the rule.
"""

from collections.abc import Mapping
from typing import NamedTuple

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import (
    Absent,
    Column,
    Group,
    Heading,
    Line,
    Paragraph,
    Piece,
    Table,
)
from skm_analysis.report.numbers import number, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.sensitivity import LABELS, PUT_BACK, Rule, letter_of
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import line, sentences
from skm_analysis.responses.labels import REASONS
from skm_analysis.study.records import Unit

HELD = "ditahan"
INTERVALS = ("finite-correction", "clusters-day", "clusters-counter")


class Family(NamedTuple):
    """Rules of one kind, which stand side by side."""

    name: str
    title: str
    rules: tuple[str, ...]


FAMILIES = (
    Family(
        "bobot",
        "Bobot dan pembulatan",
        (
            "weight-0-11",
            "weight-0-111",
            "early-rounding",
            "early-rounding-3",
            "early-rounding-index-3",
            "without-biaya",
        ),
    ),
    Family(
        "jawaban",
        "Pertanyaan yang tidak dijawab, strata, dan pembetulan",
        (
            "missing-ratio",
            "missing-complete",
            "missing-person",
            "weighting-none",
            "weighting-strata",
            "without-corrections",
        ),
    ),
    Family(
        "dikurangi",
        "Tanpa sebagian kuesioner",
        (
            "without-straight-lined",
            "without-all-highest",
            "without-duplicates",
            "without-longest-run",
            "without-largest-day",
            "without-largest-counter",
        ),
    ),
    Family(
        "ditambah",
        "Ditambah kuesioner yang disisihkan",
        (
            *(f"with-{reason.replace('_', '-')}" for reason in REASONS),
            "with-all-set-aside",
        ),
    ),
    Family("selang", "Selang kepercayaan menurut anggapan lain", INTERVALS),
)

_READING = (
    "Setiap cara diterapkan sendiri-sendiri; kolom Resmi memuat indeks menurut aturan "
    "yang ditetapkan. Huruf mutu dicantumkan hanya bila berbeda dari mutu resmi. Tanda "
    "–: cara itu tidak berlaku bagi unit tersebut."
)
_HELD = (
    "Ditahan: berbeda kurang dari sepuluh kuesioner dari angka lain, sehingga jawaban "
    "perseorangan dapat dihitung dari selisihnya."
)
_NOTES: Mapping[str, str] = {
    "without-biaya": "Tanpa unsur Biaya/Tarif, bobot unsur lainnya disesuaikan.",
    "weight-0-11": (
        "Bobot 0,11 dan 0,111 tidak berjumlah satu, sehingga indeksnya selalu lebih "
        "rendah."
    ),
    "finite-correction": (
        "Koreksi populasi terhingga hanya berlaku bagi responden yang dipilih acak."
    ),
}

# Per unit and rule, what there is.
_Found = Mapping[str, Mapping[str, Rule]]


def appendix(page: CityPage) -> Group:
    """One table per kind of rule; the assembler gives the appendix its title."""
    units = page.units(*TOLD)
    found = {unit.id: _rules(page, unit) for unit in units}
    pieces: list[Piece] = []
    for family in FAMILIES:
        if table := _table(page, family, units, found):
            pieces += [Heading(2, (family.title,)), table]
    if not pieces:
        return Group((Absent("Tidak ada cara menghitung lain yang berlaku."),))
    return Group((Paragraph("sensitivity.reading", (_READING,)), *pieces))


def _rules(page: CityPage, unit: Unit) -> dict[str, Rule]:
    def rows(measure: str) -> dict[str, Row]:
        found = page.estimates.select(
            scope="unit", unit=unit.id, measure=measure, part=""
        )
        return {row.category: row for row in found}

    letters = rows("sensitivity_grade")
    return {
        name: Rule(row, letters.get(name))
        for name, row in rows("sensitivity").items()
        if row.value is not None
    }


def _table(
    page: CityPage, family: Family, units: tuple[Unit, ...], found: _Found
) -> Table | None:
    told = [unit for unit in units if any(x in found[unit.id] for x in family.rules)]
    kept = [name for name in family.rules if any(name in found[u.id] for u in told)]
    if not kept:
        return None
    intervals = family.rules == INTERVALS
    held = any(
        not found[unit.id][name].told
        for unit in told
        for name in kept
        if name in found[unit.id]
    )
    what = "Selang kepercayaan indeks" if intervals else "Indeks"
    return Table(
        f"tab-kepekaan-{family.name}",
        (f"{what} setiap unit. {family.title}",),
        (
            Column("Unit", width=2.2),
            Column("Resmi", "right", 0.8),
            *(Column(_header(name), "right", 0.9) for name in kept),
        ),
        tuple(_line(page, unit, kept, found, intervals=intervals) for unit in told),
        notes=_notes(kept, held=held),
    )


def _header(name: str) -> str:
    short = LABELS[name].removeprefix(PUT_BACK).removeprefix("Ditambah ")
    return short[:1].upper() + short[1:]


def _line(
    page: CityPage,
    unit: Unit,
    kept: list[str],
    found: _Found,
    *,
    intervals: bool,
) -> tuple[Line, ...]:
    official = page.of_unit(unit, "ikm")
    cell = _interval if intervals else _index
    first = numbers.interval(official) if intervals else _official(page, unit, official)
    rules = found[unit.id]
    cells = [cell(rules[x]) if x in rules else numbers.EMPTY for x in kept]
    return ((unit.name,), first, *cells)


def _official(page: CityPage, unit: Unit, row: Row | None) -> Line:
    grade = page.of_unit(unit, "grade")
    if row is None or grade is None or not grade.category:
        return numbers.shown(row)
    return line(numbers.shown(row), " (", verdict(grade.key, grade.category), ")")


def _index(rule: Rule) -> Line:
    if not rule.told:
        return (f"{HELD}, mutu berubah" if rule.differs else HELD,)
    if not rule.differs or rule.letter is None:
        return (number(rule.row),)
    letter = verdict(rule.letter.key, letter_of(rule.letter))
    return line(number(rule.row), " (", letter, ")")


def _interval(rule: Rule) -> Line:
    return numbers.interval(rule.row) if rule.told else (HELD,)


def _notes(kept: list[str], *, held: bool) -> tuple[Line, ...]:
    told = [text for name, text in _NOTES.items() if name in kept]
    told += [_HELD] if held else []
    return (sentences([(each,) for each in told]),) if told else ()
