"""The report's tables as a workbook: numbers as numbers, text never a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from skm_analysis.report import formatting
from skm_analysis.report.document import UNIT, Document
from skm_analysis.report.elements import Column, Line, Number, Table, plain
from skm_analysis.report.nodes import clean
from skm_analysis.report.numbering import Entry

INDEX = "Daftar"
LONGEST = 32_000  # Excel holds 32,767 characters in a cell
_BETWEEN = ("–", " s.d. ")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the tables of one unit, or one table of the city's chapters."""

    name: str
    tables: tuple[tuple[Entry, Table], ...]


def write(document: Document, path: Path) -> None:
    path.write_bytes(render(document))


def render(document: Document) -> bytes:
    """The workbook; the same bytes for the same document."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        when = datetime.fromtimestamp(document.epoch, UTC).replace(tzinfo=None)
        book.set_properties(
            {
                "title": clean(document.title),
                "author": document.study.partner or document.study.institution,
                "created": when,
            }
        )
        writer = _Writer(book, document)
        sheets = _sheets(document)
        writer.index(sheets)
        for sheet in sheets:
            writer.sheet(sheet)
    return made.getvalue()


def _sheets(document: Document) -> list[Sheet]:
    """Sheets in the order of the report."""
    grouped: dict[str, list[tuple[Entry, Table]]] = {}
    units = {f"{UNIT}{unit.id}": unit.id for unit in document.study.units}
    chapters = {**units, "kuesioner": "Kuesioner"}
    for entry in document.entries:
        if entry.sort != "table":
            continue
        chapter = _chapter(entry.anchor, document)
        name = chapters.get(chapter, entry.label)
        grouped.setdefault(name, []).append((entry, document.tables[entry.anchor]))
    return [Sheet(name, tuple(tables)) for name, tables in grouped.items()]


def _chapter(anchor: str, document: Document) -> str:
    """The longest chapter id that the anchor begins with: ids may nest."""
    names = [name for name in document.chapters if anchor.startswith(f"{name}-")]
    return max(names, key=len, default="")


class _Writer:
    """The workbook being written, and its formats."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book = book
        self.document = document
        self.banner = book.add_format({"bold": True, "font_color": "#8A1C1C"})
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.note = book.add_format({"font_color": "#51606E", "font_size": 9})
        self.link = book.add_format({"font_color": "#0B4F6C", "underline": 1})
        self.made: dict[tuple[str, str, bool], Any] = {}

    def style(self, form: str, align: str, *, head: bool = False) -> Any:
        """A cell format, made once."""
        told = (form, align, head)
        if told not in self.made:
            given: dict[str, Any] = {
                "num_format": form,
                "align": align,
                "valign": "top",
            }
            given |= {"text_wrap": True, "bottom": 4, "bottom_color": "#C9D2DA"}
            if head:
                given |= {"bold": True, "top": 2, "bottom": 1, "valign": "bottom"}
            self.made[told] = self.book.add_format(given)
        return self.made[told]

    def new(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        banner = clean(self.document.banner).replace("&", "&&")
        sheet.set_header(f"&L&K8A1C1C{banner}" if banner else "")
        sheet.set_footer("&L&A&RHalaman &P dari &N")
        if banner:
            sheet.write_string(0, 0, self.document.banner, self.banner)
        return sheet

    def index(self, sheets: Sequence[Sheet]) -> None:
        sheet = self.new(INDEX)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 90)
        sheet.write_string(1, 0, clean(self.document.title), self.title)
        row = 3
        for each in sheets:
            for entry, _ in each.tables:
                target = f"internal:'{each.name}'!A1"
                sheet.write_url(row, 0, target, self.link, entry.label)
                sheet.write_string(row, 1, clean(entry.title))
                row += 1

    def sheet(self, given: Sheet) -> None:
        sheet = self.new(given.name)
        sheet.write_url(1, 0, f"internal:'{INDEX}'!A1", self.link, "Ke daftar")
        row = 3
        widths: dict[int, float] = {}
        for entry, table in given.tables:
            row = self.table(sheet, row, entry, table, widths)
        for column, width in widths.items():
            sheet.set_column(column, column, width)

    def table(
        self, sheet: Any, row: int, entry: Entry, table: Table, widths: dict[int, float]
    ) -> int:
        """Write from `row` on; gives the row for the next table."""
        sheet.write_string(row, 0, clean(f"{entry.label} {entry.title}"), self.title)
        columns, rows = _split(table)
        for place, column in enumerate(columns):
            style = self.style("General", column.align, head=True)
            sheet.write_string(row + 1, place, clean(column.header), style)
            total = sum(each.width for each in columns)
            wide = min(max(100 * column.width / total, 10), 60)
            widths[place] = max(widths.get(place, 0), wide)
        for down, line in enumerate(rows, row + 2):
            for place, cell in enumerate(line):
                self.cell(sheet, down, place, cell, columns[place].align)
        row += 2 + len(rows)
        for note in table.notes:
            sheet.write_string(row, 0, _text(note), self.note)
            row += 1
        return row + 2

    def cell(self, sheet: Any, row: int, place: int, cell: Line, align: str) -> None:
        value, form = _value(cell)
        style = self.style(form, align)
        if value is None:
            sheet.write_string(row, place, _text(cell), style)
        else:
            sheet.write_number(row, place, value, style)


def _text(line: Line) -> str:
    text = clean(plain(line))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _value(cell: Line) -> tuple[float | None, str]:
    """The number that a cell shows, rounded as printed, and its format in Excel."""
    if len(cell) != 1 or not isinstance(cell[0], Number):
        return None, "General"
    number = cell[0]
    if number.value is None or number.places is None:
        return None, "General"
    decimals = "0" + ("." + "0" * number.places if number.places else "")
    if number.percent:
        if formatting.percent(number.value, number.places) != number.shown:
            return None, "General"
        share = formatting.rounded(number.value, number.places + 2)
        return float(share), f"{decimals}%"
    value = float(formatting.rounded(number.value, number.places))
    if number.shown == formatting.decimal(number.value, number.places):
        return value, f"#,##{decimals}"
    if number.shown == formatting.signed(number.value, number.places):
        return value, f"+#,##{decimals};-#,##{decimals};{decimals}"
    return None, "General"


def _split(table: Table) -> tuple[list[Column], list[list[Line]]]:
    """Columns and rows, a column of intervals made into one for each limit."""
    columns: list[Column] = []
    rows: list[list[Line]] = [[] for _ in table.rows]
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        if not _intervals(cells):
            columns.append(column)
            for row, cell in zip(rows, cells, strict=True):
                row.append(cell)
            continue
        for side, name in ((0, "batas bawah"), (2, "batas atas")):
            header = f"{column.header}, {name}"
            columns.append(Column(header, "right", column.width / 2))
            for row, cell in zip(rows, cells, strict=True):
                row.append((cell[side],) if len(cell) == 3 else cell)
    return columns, rows


def _intervals(cells: Iterable[Line]) -> bool:
    known = [cell for cell in cells if len(cell) == 3]
    others = [cell for cell in cells if len(cell) != 3]
    return (
        bool(known)
        and all(
            isinstance(low, Number) and between in _BETWEEN and isinstance(high, Number)
            for low, between, high in known
        )
        and all(cell in ((), ("–",), ("",)) for cell in others)
    )
