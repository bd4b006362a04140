"""The deck's slides of all units: by grade, as many beside each other as it takes."""

from collections.abc import Sequence
from typing import NamedTuple

from skm_analysis.report import numbers, slide_room
from skm_analysis.report.city_result import group_sentence
from skm_analysis.report.city_units import by_grade, grade_of, groups_table
from skm_analysis.report.elements import Column, Line, Table
from skm_analysis.report.numbers import verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.slides import Slide, reason, told, with_table
from skm_analysis.report.standing import TOLD
from skm_analysis.study.records import Unit

MOST = 3  # slides that units may take
_ORDER: Line = (
    "Menurut mutu, lalu abjad; bukan peringkat. Tanda –: tidak disajikan atau tanpa "
    "mutu.",
)
_ALONE = (
    Column("Unit", width=4.6),
    Column("Responden", "right", 1.3),
    Column("IKM", "right", 1.0),
    Column("Selang kepercayaan", "right", 2.2),
    Column("Mutu", "center", 0.8),
)
_BESIDE = (
    Column("Unit", width=3.1),
    Column("IKM", "right", 0.95),
    Column("Mutu", "center", 0.8),
)


class _Form(NamedTuple):
    """Tables of so many rows with so many units side by side."""

    beside: int
    rows: int


def slides(page: CityPage) -> tuple[Slide, ...]:
    """At most three slides; units that these cannot hold are told by their groups."""
    units = by_grade(page, page.study.units)
    for beside in (1, 2, 3):
        for rows in range(slide_room.MOST_ROWS, 0, -1):
            form = _Form(beside, rows)
            parts = _parts(units, form)
            if len(parts) > MOST:
                break
            tables = [_table(page, part, form) for part in parts]
            if all(len(slide_room.fitting(x)) == len(x.rows) for x in tables):
                return tuple(
                    _slide(table, place, len(tables))
                    for place, table in enumerate(tables, 1)
                )
    groups = groups_table(page)
    title = ("Hasil unit menurut kelompok",)
    text = [told(group_sentence(page)), reason(groups), _ELSEWHERE]
    return (with_table("unit", title, text, groups),)


_ELSEWHERE: Line = ("Indeks setiap unit dengan selangnya ada dalam laporan.",)


def _slide(table: Table, place: int, many: int) -> Slide:
    which = f" ({place} dari {many})" if many > 1 else ""
    return with_table(f"unit-{place}", (f"Indeks setiap unit{which}",), [_ORDER], table)


def _parts(units: Sequence[Unit], form: _Form) -> list[Sequence[Unit]]:
    held = form.beside * form.rows
    return [units[at : at + held] for at in range(0, len(units), held)]


def _table(page: CityPage, units: Sequence[Unit], form: _Form) -> Table:
    """Filled downwards, so that a column is read before the next."""
    columns = _ALONE if form.beside == 1 else _BESIDE * form.beside
    high = -(-len(units) // form.beside)
    rows = []
    for at in range(high):
        found = [units[place] for place in range(at, len(units), high)]
        cells = [cell for unit in found for cell in _cells(page, unit, form.beside)]
        rows.append((*cells, *[("",)] * (len(columns) - len(cells))))
    return Table("unit", (), columns, tuple(rows))


def _cells(page: CityPage, unit: Unit, beside: int) -> tuple[Line, ...]:
    row = page.of_unit(unit, "ikm") if page.standing(unit) in TOLD else None
    letter = grade_of(page, unit)
    grade = page.of_unit(unit, "grade")
    mark: Line = (verdict(grade.key, letter),) if grade and letter else numbers.EMPTY
    if beside > 1:
        return ((unit.name,), numbers.shown(row), mark)
    accepted = numbers.shown(page.of_unit(unit, "n_accepted"))
    return ((unit.name,), accepted, numbers.shown(row), numbers.interval(row), mark)
