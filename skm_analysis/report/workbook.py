"""The report's tables as a workbook: numbers as numbers, text never a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from skm_analysis.report import anchors, formatting
from skm_analysis.report.document import UNIT, Document
from skm_analysis.report.elements import Column, Line, Number, Table, plain
from skm_analysis.report.nodes import clean
from skm_analysis.report.numbering import Entry
from skm_analysis.responses.literal_cells import is_worked_out

INDEX = "Daftar"
LONGEST = 32_000  # Excel holds 32,767 characters in a cell
_NARROWEST, _WIDEST = 8, 48  # characters
_FIRST, _APART = 3, 2  # row of a sheet's first title; empty rows between tables
_LINE, _TALLEST = 15, 400  # points
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


# Appendices whose tables share one sheet.
_APPENDICES = {
    "kuesioner": "Kuesioner",
    "pengolahan-data": "Pengolahan data",
    anchors.ITEMS: "Rincian unsur",
    anchors.QUALITY: "Mutu data",
    anchors.SENSITIVITY: "Kepekaan hasil",
    "buku-kode": "Buku kode",
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
    chapters = {**units, **_APPENDICES}
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
        self.literal = book.add_format({"quote_prefix": True})
        self.link = book.add_format({"font_color": "#0B4F6C", "underline": 1})
        self.made: dict[tuple[str, str, bool, bool, bool], Any] = {}

    def style(
        self,
        form: str,
        align: str,
        *,
        head: bool = False,
        strong: bool = False,
        literal: bool = False,
    ) -> Any:
        """A cell format, made once; `literal` keeps text from being worked out."""
        told = (form, align, head, strong, literal)
        if told not in self.made:
            given: dict[str, Any] = {
                "num_format": form,
                "align": align,
                "valign": "top",
            }
            given |= {
                "bold": strong,
                "quote_prefix": literal,
                "text_wrap": True,
                "bottom": 4,
                "bottom_color": "#C9D2DA",
            }
            if align == "left":
                given["indent"] = 1  # a number stands close to its right edge
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
            below = _FIRST
            for entry, table in each.tables:
                target = f"internal:'{each.name}'!A{below + 1}"
                below += _rows(table)
                sheet.write_url(row, 0, target, self.link, entry.label)
                sheet.write_string(row, 1, clean(entry.title), self.literal)
                row += 1

    def sheet(self, given: Sheet) -> None:
        sheet = self.new(given.name)
        sheet.write_url(1, 0, f"internal:'{INDEX}'!A1", self.link, "Ke daftar")
        grids = [(entry, table, *_split(table)) for entry, table in given.tables]
        widths = _widths([(columns, rows) for _, _, columns, rows in grids])
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        row = _FIRST
        for entry, table, columns, rows in grids:
            title = clean(f"{entry.label} {entry.title}")
            sheet.write_string(row, 0, title, self.title)
            strong = table.emphasised
            row = self.grid(sheet, row + 1, columns, rows, widths, strong)
            for note in table.notes:
                sheet.write_string(row, 0, _text(note), self.note)
                row += 1
            row += _APART

    def grid(
        self,
        sheet: Any,
        row: int,
        columns: list[Column],
        rows: list[list[Line]],
        widths: list[float],
        strong: Sequence[int],
    ) -> int:
        """Header and rows from `row` on; gives the row after them."""
        header = [clean(column.header) for column in columns]
        sheet.set_row(row, _height(header, widths))
        for place, column in enumerate(columns):
            literal = is_worked_out(header[place])
            style = self.style("General", column.align, head=True, literal=literal)
            sheet.write_string(row, place, header[place], style)
        for number, line in enumerate(rows):
            down = row + 1 + number
            sheet.set_row(down, _height([_text(cell) for cell in line], widths))
            for place, cell in enumerate(line):
                value, form = _value(cell)
                align = columns[place].align
                text, bold = _text(cell), number in strong
                literal = value is None and is_worked_out(text)
                style = self.style(form, align, strong=bold, literal=literal)
                if value is None:
                    sheet.write_string(down, place, text, style)
                else:
                    sheet.write_number(down, place, value, style)
        return row + 1 + len(rows)


def _rows(table: Table) -> int:
    """Rows that a table takes on its sheet, with what parts it from the next."""
    return 2 + len(table.rows) + len(table.notes) + _APART


def _widths(grids: list[tuple[list[Column], list[list[Line]]]]) -> list[float]:
    """Characters of each column of a sheet: its longest cell, within bounds."""
    widths: list[float] = []
    for columns, rows in grids:
        widths += [0.0] * (len(columns) - len(widths))
        for place, column in enumerate(columns):
            words = [len(word) for word in column.header.split()]
            cells = [len(_text(row[place])) for row in rows]
            wide = min(max([_NARROWEST, *words, *cells]) + 2, _WIDEST)
            widths[place] = max(widths[place], wide)
    return widths


def _height(texts: list[str], widths: list[float]) -> float:
    """Points of a row, so that no wrapped line is hidden."""
    lines = [
        -(-len(text) // max(width - 2, 1))
        for text, width in zip(texts, widths, strict=False)
    ]
    return min(_LINE * max([1, *lines]), _TALLEST)


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
    """Whether a column holds both limits of an interval, or nothing, in each cell."""
    known = [cell for cell in cells if len(cell) == 3]
    others = [cell for cell in cells if len(cell) != 3]
    return (
        bool(known)
        and all(
            _limit(cell[0], "ci_low") and _limit(cell[2], "ci_high") for cell in known
        )
        and all(cell in ((), ("–",), ("",)) for cell in others)
    )


def _limit(part: object, side: str) -> bool:
    return isinstance(part, Number) and part.key.endswith(f":{side}")
