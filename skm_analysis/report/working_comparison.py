"""The sheet that holds the working paper's live values against the report's."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from skm_analysis.estimates.rows import Estimates
from skm_analysis.report import formatting, numbers
from skm_analysis.report.register import Shown
from skm_analysis.report.working_cells import (
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
from skm_analysis.report.working_sheet import Result

NAME = "Banding laporan"
SAME, OTHER = "sesuai", "BERBEDA"
TOLERANCE = 1e-6
_UNPRINTED = "tidak dicetak"
_HEADS = (
    *("No.", "Unit", "Besaran", "Kunci register"),
    *("Nilai register", "Tercetak dalam laporan"),
    *("Nilai buku kerja", "Dibulatkan seperti laporan", "Selisih", "Putusan"),
)
_WIDTHS = (5, 30, 26, 44, 15, 13, 15, 14, 11, 11)
_TOP = 7  # row of the headings
_STORED, _SHOWN, _LIVE, _LIVE_SHOWN, _APART, _VERDICT = range(4, 10)
_LIMIT = 5  # row of the tolerance
_EXPLAINED = (
    "Nilai register adalah angka laporan sebelum dibulatkan; nilai buku kerja dihitung "
    "rumus lembar unit dari jawaban. Putusan menuntut teks yang sama dan selisih yang "
    "tidak melebihi batas. Yang tidak dicetak laporan dibandingkan selisihnya saja."
)


class Line(NamedTuple):
    """One number of the report, and the cell that gives it again."""

    number: int  # of the unit on the sheet of contents; 0 for the city
    unit: str
    result: Result
    stored: float | str
    shown: str | None  # None: the report does not print it
    places: int

    @property
    def live_shown(self) -> str:
        """The live value, rounded as the report rounds."""
        value = self.result.cell.value
        if isinstance(value, str):
            return value
        if self.is_change:
            return formatting.signed(value, self.places)
        return formatting.decimal(value, self.places)

    @property
    def is_change(self) -> bool:
        return ".internal_difference" in self.result.key

    @property
    def apart(self) -> float | None:
        value = self.result.cell.value
        if isinstance(value, str) or isinstance(self.stored, str):
            return None
        return value - self.stored

    @property
    def same(self) -> bool:
        if self.apart is None:
            near = self.result.cell.value == self.stored
        else:
            near = abs(self.apart) <= TOLERANCE
        return near and self.shown in (None, self.live_shown)


def lines_of(
    number: int,
    unit: str,
    results: Iterable[Result],
    shown: Mapping[str, Sequence[Shown]],
    estimates: Estimates,
) -> list[Line]:
    """A line for each way in which the report prints a number; one if it does not."""
    lines: list[Line] = []
    for result in results:
        stored = _stored(estimates, result.key)
        verdict = isinstance(stored, str)
        printed = [
            each
            for each in shown.get(result.key, ())
            if (each.kind == "verdict") == verdict and _plain(each.rounding)
        ]
        for each in printed if not verdict else printed[:1]:
            places = int(each.rounding or 0)
            lines.append(Line(number, unit, result, stored, each.shown, places))
        if not printed:
            places = _places(estimates, result.key)
            lines.append(Line(number, unit, result, stored, None, places))
    return lines


def _plain(rounding: str) -> bool:
    """Whether a number is shown as such: not in per cent, not in the abstract."""
    return not rounding or rounding.isdigit()


def _places(estimates: Estimates, key: str) -> int:
    """Decimals with which the report would print it."""
    name, _, column = key.partition(":")
    return 0 if column == "n" else numbers.places(estimates[name])


def _stored(estimates: Estimates, key: str) -> float | str:
    """What the estimates hold under a key; "" for nothing."""
    name, _, column = key.partition(":")
    row = estimates[name]
    if row.measure == "grade":
        return row.category
    found = getattr(row, column or "value")
    return "" if found is None else float(found)


def write_comparison(
    grid: Grid, warnings: Sequence[str], lines: Sequence[Line]
) -> None:
    """The verdict over all on top, below it a line for each number."""
    for column, width in enumerate(_WIDTHS):
        grid.wide(column, column, width)
    for row, text in enumerate(warnings):
        grid.put(row, 0, text, WARNING)
    grid.put(2, 0, "Buku kerja dibandingkan dengan laporan", TITLE)
    grid.tall(3, grid.across(3, 0, len(_HEADS) - 1, _EXPLAINED))
    grid.put(4, 0, "Putusan seluruhnya", _STRONG)
    grid.put(4, 2, overall(lines), _STRONG)
    grid.put(_LIMIT, 0, "Batas selisih", TEXT)
    grid.put(_LIMIT, 2, TOLERANCE, Form("0.000000", align="left"))
    grid.tall(_TOP, 3)
    for column, text in enumerate(_HEADS):
        grid.put(_TOP, column, text, HEAD)
    for place, line in enumerate(lines):
        _line(grid, _TOP + 1 + place, line)
    last = _TOP + max(len(lines), 1)
    grid.sheet.freeze_panes(_TOP + 1, 3)
    grid.sheet.repeat_rows(_TOP)
    grid.sheet.autofilter(_TOP, 0, last, len(_HEADS) - 1)
    grid.sheet.print_area(0, 0, last, len(_HEADS) - 1)
    grid.sheet.conditional_format(
        *(_TOP + 1, _VERDICT, last, _VERDICT),
        {
            "type": "cell",
            "criteria": "==",
            "value": f'"{OTHER}"',
            "format": grid.styles.of(_ALARM),
        },
    )


def overall(lines: Sequence[Line]) -> Cell:
    """Whether all lines agree, by formula, for any sheet."""
    if not lines:
        return _NOTHING
    column = f"'{NAME}'!{fixed(_VERDICT, _TOP + 1, _TOP + len(lines))}"
    many = f'(ROWS({column})-COUNTIF({column},"{SAME}"))'
    text = f'IF({many}=0,"{_ALL_SAME}",{many}&"{_DIFFERENT}")'
    different = sum(not line.same for line in lines)
    return Formula(text, f"{different}{_DIFFERENT}" if different else _ALL_SAME)


def differing(lines: Sequence[Line], number: int, cell: str) -> Formula:
    """How many lines of the unit whose number stands in `cell` do not agree."""
    first, last = _TOP + 1, _TOP + len(lines)
    numbers = f"'{NAME}'!{fixed(0, first, last)}"
    verdicts = f"'{NAME}'!{fixed(_VERDICT, first, last)}"
    text = f'COUNTIF({numbers},{cell})-COUNTIFS({numbers},{cell},{verdicts},"{SAME}")'
    return Formula(text, sum(x.number == number and not x.same for x in lines))


def _line(grid: Grid, row: int, line: Line) -> None:
    grid.put(row, 0, line.number, PLACE)
    grid.put(row, 1, line.unit, _WRAPPED)
    grid.put(row, 2, line.result.label, _WRAPPED)
    grid.tall(row, max(grid.lines(1, line.unit), grid.lines(2, line.result.label)))
    grid.put(row, 3, line.result.key, Form("@", size=9))
    exact = _RIGHT if isinstance(line.stored, str) else _EXACT
    grid.put(row, _STORED, line.stored, exact)
    grid.put(row, _SHOWN, _UNPRINTED if line.shown is None else line.shown, _PRINTED)
    grid.put(row, _LIVE, line.result.cell, exact)
    rounded = Formula(_rounded(here(row, _LIVE), line), line.live_shown)
    grid.put(row, _LIVE_SHOWN, rounded, _RIGHT)
    apart = f"{here(row, _LIVE)}-{here(row, _STORED)}"
    near = f"ABS({here(row, _APART)})<={at(_LIMIT, 2)}"
    if line.apart is None:
        grid.put(row, _APART, NONE, _RIGHT)
        near = f"EXACT({here(row, _LIVE)},{here(row, _STORED)})"
    else:
        grid.put(row, _APART, Formula(apart, line.apart), Form("0.0E+00"))
    alike = f"EXACT({here(row, _SHOWN)},{here(row, _LIVE_SHOWN)})"
    told = near if line.shown is None else f"AND({alike},{near})"
    verdict = f'IFERROR(IF({told},"{SAME}","{OTHER}"),"{OTHER}")'
    grid.put(row, _VERDICT, Formula(verdict, SAME if line.same else OTHER), _CENTER)


def _rounded(cell: str, line: Line) -> str:
    """The cell as the report would print it, whatever language the program speaks."""
    if isinstance(line.stored, str):
        return cell
    # Twice, for a sum of a spreadsheet may lie a last digit below a tie.
    value = f"(ROUND(ROUND({cell},10),{line.places})+0)"
    if not line.places:
        groups = f'INT({value}/1000)&"."&RIGHT(FIXED({value},0,TRUE),3)'
        return f"IF({value}<1000,FIXED({value},0,TRUE),{groups})"
    comma = f'SUBSTITUTE(FIXED({value},{line.places},TRUE),".",",")'
    text = f'SUBSTITUTE({comma},"-","−")'
    return f'IF({value}>0,"+","")&{text}' if line.is_change else text


_ALL_SAME = "semua angka sesuai dengan laporan"
_NOTHING = "belum ada angka yang dapat dibandingkan"
_DIFFERENT = " angka BERBEDA dari laporan"
_STRONG = Form(bold=True)
_WRAPPED = Form(wrap=True)
_RIGHT = Form(align="right")
_CENTER = Form(align="center")
_PRINTED = Form("@", align="right")
_EXACT = Form("#,##0.00000000")
_ALARM = Form(bold=True, color="#8A1C1C", fill="#F6DADA")
