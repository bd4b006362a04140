"""Cells of the working paper: texts, numbers, and formulas with the value they give."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from skm_analysis.report.nodes import clean

NONE = "–"
_POINT = 13  # of a line of text at size 9
_TALLEST = 400
_STANDARD = 8.43  # characters of a column that nobody set


class Formula(NamedTuple):
    """A live formula, and its value for programs that do not work it out."""

    text: str  # without "="
    value: float | int | str


Cell = Formula | float | int | str | None


class Form(NamedTuple):
    """What a cell looks like."""

    number: str = "General"
    bold: bool = False
    align: str = ""
    size: int = 10
    color: str = ""
    fill: str = ""
    top: int = 0
    wrap: bool = False


TEXT = Form()
TITLE = Form(bold=True, size=12)
WARNING = Form(bold=True, color="#8A1C1C")
NOTE = Form(size=9, color="#51606E", wrap=True)
HEAD = Form(bold=True, align="center", fill="#E4EBF0", wrap=True)
SECTION = Form(bold=True, fill="#E4EBF0")
CODE = Form("@", size=9)
SCORE = Form("0", align="center")
COUNT = Form("#,##0")
PLACE = Form("0", align="center")  # the number of a line
DECIMAL = Form("0.00")
FINE = Form("0.0000")
TINY = Form("0.0E+00")


@dataclass(slots=True)
class Styles:
    """The formats of one workbook, each made once."""

    book: Any
    made: dict[tuple[Form, bool], Any] = field(default_factory=dict)

    def of(self, form: Form, *, literal: bool = False) -> Any:
        """`literal`: of a text, which stays one when typed over or saved as CSV.

        Never of a formula: whoever opens and closes it would have its text.
        """
        if (form, literal) not in self.made:
            given: dict[str, Any] = {
                "num_format": form.number,
                "font_size": form.size,
                "valign": "vcenter",
                "bold": form.bold,
                "text_wrap": form.wrap,
                "top": form.top,
                "quote_prefix": literal,
            }
            told: dict[str, Any] = {"align": form.align, "font_color": form.color}
            if form.align in ("", "left") and form.number in ("General", "@"):
                told |= {"align": "left", "indent": 1}  # apart from a number beside it
            given |= {name: value for name, value in told.items() if value}
            if form.fill:
                given |= {"bg_color": form.fill, "border": 1, "border_color": "#C9D2DA"}
            self.made[form, literal] = self.book.add_format(given)
        return self.made[form, literal]


@dataclass(slots=True)
class Grid:
    """One sheet being written. Rows and columns count from 0."""

    sheet: Any
    styles: Styles
    widths: dict[int, float] = field(default_factory=dict)

    def put(self, row: int, column: int, cell: Cell, form: Form = TEXT) -> None:
        """A text is never a formula, whatever it begins with."""
        self.down(row, column, (cell,), form)

    def down(self, row: int, column: int, cells: Iterable[Cell], form: Form) -> None:
        """Cells below each other, all alike."""
        sheet, style = self.sheet, self.styles.of(form)
        literal = self.styles.of(form, literal=True)
        for place, cell in enumerate(cells, row):
            if isinstance(cell, Formula):
                sheet.write_formula(place, column, f"={cell.text}", style, cell.value)
            elif isinstance(cell, str):
                sheet.write_string(place, column, clean(cell), literal)
            elif cell is None:
                sheet.write_blank(place, column, None, style)
            else:
                sheet.write_number(place, column, cell, style)

    def wide(self, first: int, last: int, width: float) -> None:
        self.sheet.set_column(first, last, width)
        self.widths |= dict.fromkeys(range(first, last + 1), width)

    def across(
        self, row: int, first: int, last: int, text: str, form: Form = NOTE
    ) -> int:
        """Text over several columns; gives how many lines it takes."""
        if first == last:
            self.put(row, first, text, form)
        else:
            style = self.styles.of(form, literal=True)
            self.sheet.merge_range(row, first, row, last, clean(text), style)
        room = sum(self.widths.get(each, _STANDARD) for each in range(first, last + 1))
        return ceil(1.05 * len(text) / room)

    def lines(self, column: int, text: str) -> int:
        """How many lines a text takes that is wrapped in its cell."""
        return ceil(1.1 * len(text) / self.widths.get(column, _STANDARD))

    def tall(self, row: int, lines: int) -> None:
        """A row as high as its wrapped texts need; programs do not see to it."""
        self.sheet.set_row(row, min(max(lines, 1) * _POINT + 3, _TALLEST))

    def link(self, row: int, column: int, sheet: str, text: str) -> None:
        form = self.styles.of(Form(color="#0B4F6C"))
        self.sheet.write_url(row, column, f"internal:'{sheet}'!A1", form, clean(text))


def at(row: int, column: int) -> str:
    """The address of a cell, fixed."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def here(row: int, column: int) -> str:
    """The address of a cell, as a person writes it who will copy the formula."""
    return str(xl_rowcol_to_cell(row, column))


def down(column: int, first: int, last: int) -> str:
    """The cells of a column, its rows fixed."""
    name = xl_col_to_name(column)
    return f"{name}${first + 1}:{name}${last + 1}"


def fixed(column: int, first: int, last: int) -> str:
    """The cells of a column, fixed altogether."""
    name = xl_col_to_name(column)
    return f"${name}${first + 1}:${name}${last + 1}"


def right(row: int, first: int, last: int, *, lock: bool = True) -> str:
    """The cells of a row."""
    mark = "$" if lock else ""
    ends = (f"{mark}{xl_col_to_name(each)}{mark}{row + 1}" for each in (first, last))
    return ":".join(ends)
