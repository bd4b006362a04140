"""The first sheet of the working paper: what is where, and each unit's result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm_analysis.estimates.rows import make_key
from skm_analysis.report import working_comparison
from skm_analysis.report.working_cells import (
    COUNT,
    DECIMAL,
    FINE,
    HEAD,
    NONE,
    PLACE,
    TEXT,
    TITLE,
    WARNING,
    Cell,
    Form,
    Formula,
    Grid,
    at,
    fixed,
    here,
)
from skm_analysis.report.working_comparison import Line, differing, overall
from skm_analysis.report.working_sheet import Result
from skm_analysis.study.records import Unit

NAME = "Daftar isi"
_HEADS = (
    *("No.", "Unit", "Lembar", "Survei", "n", "IKM", "Galat baku"),
    *("Batas bawah", "Batas atas", "Mutu", "Dalam rata-rata kota"),
    *("Dalam rata-rata yang diumumkan", "Internal − independen", "Angka berbeda"),
)
_WIDTHS = (5, 38, 22, 12, 8, 9, 9, 9, 9, 8, 11, 13, 13, 10)
_TOP = 10  # row of the headings
_SHEET, _SOURCE, _N, _IKM, _SE, _LOW, _HIGH, _GRADE = range(2, 10)
_COUNTED, _TOLD, _APART, _OTHERS = range(10, 14)
_SOURCES = {"external": "independen", "internal": "internal"}
_EXPLAINED = (
    "Lembar setiap unit memuat jawaban setiap responden menurut nomor responsnya, "
    "kemudian rumus hidup sampai NRR, NRR tertimbang, IKM, galat baku, selang, dan "
    "mutu. Ubahlah satu jawaban dan semua angka ikut berubah; lembar Banding laporan "
    "lalu menunjukkan angka mana yang tidak lagi sesuai dengan laporan.",
    "Nomor respons tidak mengandung identitas. Jalan kembali ke baris berkas asli ada "
    "dalam crosswalk.csv, yang hanya disimpan pengelola studi.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit's survey in the table of contents."""

    number: int
    unit: Unit
    source: str
    sheet: str | None  # None: nobody's response was accepted
    results: tuple[Result, ...] = ()
    counted: bool = False  # in the city's mean
    told: bool = False  # in the mean that is published

    def cell(self, key_end: str) -> Cell:
        """Its result whose key ends so; a dash where it has none."""
        internal = "@internal" if self.number_is_beside else ""
        measure, colon, side = key_end.partition(":")
        key = make_key("unit", self.unit.id, measure) + internal + colon + side
        found = [each.cell for each in self.results if each.key == key]
        return found[0] if found else NONE

    @property
    def number_is_beside(self) -> bool:
        """Whether it stands beside an independent survey of the same unit."""
        return any("@internal" in each.key for each in self.results)


def contents_results(
    entries: Sequence[Entry], means: Sequence[tuple[str, str, Fraction]]
) -> tuple[list[tuple[Entry, Result]], list[Result]]:
    """What the report knows of this sheet: differences of surveys, the city's means.

    `means`: part, what it is called, and its value.
    """
    beside = []
    for place, entry in enumerate(entries):
        outer = _independent(entries, entry)
        if outer is None:
            continue
        key = make_key("unit", entry.unit.id, "internal_difference")
        value = _difference(entry, outer)
        if value is not None:
            text = f"'{NAME}'!{at(_TOP + 1 + place, _APART)}"
            label = "Survei internal − independen"
            beside.append((entry, Result(key, label, Formula(text, value))))
    last = _TOP + len(entries)
    city = [
        Result(
            make_key("city", "", "ikm_mean_of_units", part=part),
            label,
            Formula(f"'{NAME}'!{at(last + 1 + place, _IKM)}", float(value)),
        )
        for place, (part, label, value) in enumerate(means)
    ]
    return beside, city


def _independent(entries: Sequence[Entry], entry: Entry) -> Entry | None:
    """The independent survey that an internal one stands beside."""
    if not entry.number_is_beside:
        return None
    others = (each for each in entries if each.unit is entry.unit)
    return next((each for each in others if each is not entry), None)


def _difference(entry: Entry, outer: Entry) -> float | None:
    own, other = entry.cell("ikm"), outer.cell("ikm")
    if not isinstance(own, Formula) or not isinstance(other, Formula):
        return None
    return float(own.value) - float(other.value)


def write_contents(
    grid: Grid,
    title: str,
    warnings: Sequence[str],
    entries: Sequence[Entry],
    means: Sequence[tuple[str, str, Fraction]],
    lines: Sequence[Line],
) -> None:
    """Explanations, the verdict over all, and a line for each survey of a unit."""
    for column, width in enumerate(_WIDTHS):
        grid.wide(column, column, width)
    end = len(_HEADS) - 1
    for row, text in enumerate(warnings):
        grid.put(row, 0, text, WARNING)
    grid.put(2, 0, "Kertas kerja pengolahan SKM", TITLE)
    grid.put(3, 0, title, Form(bold=True))
    for row, text in enumerate(_EXPLAINED, 4):
        grid.tall(row, grid.across(row, 0, end, text))
    grid.put(7, 1, overall(lines), Form(bold=True))
    grid.link(8, 1, working_comparison.NAME, "Ke lembar Banding laporan")
    grid.tall(_TOP, 3)
    for column, text in enumerate(_HEADS):
        grid.put(_TOP, column, text, HEAD)
    for place, entry in enumerate(entries):
        _entry(grid, _TOP + 1 + place, entries, entry, lines)
    last = _TOP + len(entries)
    for place, (part, label, value) in enumerate(means):
        _mean(grid, last + 1 + place, last, part, label, value)
    bottom = last + len(means)
    grid.sheet.freeze_panes(_TOP + 1, 2)
    grid.sheet.repeat_rows(_TOP)
    grid.sheet.print_area(0, 0, bottom, end)


def _entry(
    grid: Grid,
    row: int,
    entries: Sequence[Entry],
    entry: Entry,
    lines: Sequence[Line],
) -> None:
    grid.put(row, 0, entry.number, PLACE)
    grid.put(row, 1, entry.unit.name, Form(wrap=True))
    grid.tall(row, grid.lines(1, entry.unit.name))
    grid.put(row, _SOURCE, _SOURCES[entry.source], TEXT)
    if entry.sheet is None:
        grid.put(row, _SHEET, "belum ada respons", TEXT)
        return
    grid.link(row, _SHEET, entry.sheet, entry.sheet)
    for column, cell, form in _results(entry):
        dash = Form(align="right") if cell == NONE else form
        grid.put(row, column, cell, dash)
    grid.put(row, _COUNTED, int(entry.counted), PLACE)
    grid.put(row, _TOLD, int(entry.told), PLACE)
    outer = _independent(entries, entry)
    value = _difference(entry, outer) if outer else None
    if outer is not None and value is not None:
        there = at(_TOP + 1 + entries.index(outer), _IKM)
        text = f"{here(row, _IKM)}-{there}"
        grid.put(row, _APART, Formula(text, value), Form("+0.00;-0.00;0.00"))
    grid.put(row, _OTHERS, differing(lines, entry.number, here(row, 0)), COUNT)


def _results(entry: Entry) -> Iterator[tuple[int, Cell, Form]]:
    yield _N, entry.cell("ikm:n"), COUNT
    yield _IKM, entry.cell("ikm"), DECIMAL
    yield _SE, entry.cell("ikm:se"), FINE
    yield _LOW, entry.cell("ikm:ci_low"), DECIMAL
    yield _HIGH, entry.cell("ikm:ci_high"), DECIMAL
    yield _GRADE, entry.cell("grade"), Form(align="center")


def _mean(
    grid: Grid, row: int, last: int, part: str, label: str, value: Fraction
) -> None:
    """The city's mean of units, over those that the flags count."""
    flags = fixed(_TOLD if part else _COUNTED, _TOP + 1, last)
    text = f"SUMPRODUCT({flags},{fixed(_IKM, _TOP + 1, last)})/SUM({flags})"
    strong = Form("0.00", bold=True, top=1)
    grid.put(row, 1, label, Form(bold=True, top=1, wrap=True))
    grid.put(row, _IKM, Formula(text, float(value)), strong)
