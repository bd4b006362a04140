"""ODS workbooks (LibreOffice): what they must not be, and what the parser leaves out.

A cell and a row may say how often they are repeated, so that a hundred bytes can claim
billions of cells; LibreOffice itself ends each sheet with a million empty rows. Only
claims that hold something count.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from skm_analysis.responses import archives
from skm_analysis.responses.raw import MAX_COLUMNS, column_letters
from skm_analysis.responses.sheets import (
    LAST_ROW,
    MAX_CELLS,
    SheetPart,
    Span,
    Vetted,
    too_large,
    uncalculated,
)

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_KEPT = ("mimetype", _CONTENT, "styles.xml", _MANIFEST)
_ROW_END = b"</table:table-row>"
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b")
_LONGEST_ROW = 8 * 2**20  # bytes
_REPEATED = re.compile(rb"""columns-repeated=["']([0-9]+)["']""")
# What makes a row worth a look at each of its cells.
_NOTABLE = (
    *(b"spanned=", b"table:formula=", b'type="error"'),
    *(b">TRUE<", b">FALSE<"),
)


@dataclass(slots=True)
class _Sheet:
    name: str
    visible: bool
    rows: int = 0  # up to the last that holds something
    cells: int = 0
    width: int = 0
    merges: list[Span] = field(default_factory=list)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)  # formulas without a result

    @property
    def too_large(self) -> bool:
        cells = max(self.cells, self.rows * self.width)
        return self.rows > LAST_ROW or self.width > MAX_COLUMNS or cells > MAX_CELLS


def vet_open_document(data: bytes, file: str) -> Vetted:
    """Check the archive and all its sheets; raise DeliveryError for what is refused."""
    with archives.opened(data, file) as archive:
        members = archive.infolist()
        archives.refuse_bombs(members, file)
        kept = [member for member in members if member.filename in _KEPT]
        names = {member.filename for member in kept}
        if not {_CONTENT, _MANIFEST} <= names:
            raise archives.damaged(file)
        if b"encryption-data" in archive.read(_MANIFEST):
            raise archives.encrypted(file)
        for member in kept:
            archives.refuse_declarations(archive, member.filename, file)
        found = _sheets(archive)
    if not found:
        raise archives.damaged(file)
    parts = tuple(
        SheetPart(sheet.name, str(number), sheet.visible, tuple(sheet.merges))
        for number, sheet in enumerate(found)
    )

    def vet_sheet(part: SheetPart) -> dict[tuple[int, int], str]:
        sheet = found[int(part.part)]
        if sheet.without:
            raise uncalculated(file, sheet.name, sheet.without)
        return sheet.marks

    for sheet in found:  # the parser reads them all, whichever is asked for
        if sheet.too_large:
            raise too_large(file, sheet.name)
    return Vetted(
        kind="ods",
        told="ODS",
        data=archives.repacked(data, kept),
        sheets=parts,
        vet_sheet=vet_sheet,
    )


def _sheets(archive: zipfile.ZipFile) -> list[_Sheet]:
    hidden: set[bytes] = set()
    found: list[_Sheet] = []
    at = 0
    for piece in _rows(archive):
        if b"<table:table " in piece or b"<style:style " in piece:
            hidden |= _hidden(piece)
            if opened := _opened(piece, hidden):
                found += opened
                at = 0
        _, row, cells = piece.rpartition(b"<table:table-row")
        if found and row:
            told, _, cells = cells.partition(b">")
            at = _take_row(found[-1], cells, told, at)
            if found[-1].too_large:
                break
    return found


def _rows(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The document cut behind each row."""
    rest = b""
    with archive.open(_CONTENT) as stream:
        while piece := stream.read(2**20):
            *whole, rest = (rest + piece).split(_ROW_END)
            if len(rest) > _LONGEST_ROW:
                raise ValueError("a row without an end")
            yield from whole
    yield rest


def _opened(piece: bytes, hidden: set[bytes]) -> list[_Sheet]:
    """The sheets that begin in a piece; only the last one has a row there."""
    found = []
    for rest in piece.split(b"<table:table ")[1:]:
        tag = rest.partition(b">")[0]
        name = _attribute(tag, b"table:name").decode("utf-8", "replace")
        style = _attribute(tag, b"table:style-name")
        found.append(_Sheet(unescape(name), style not in hidden))
    return found


def _hidden(piece: bytes) -> set[bytes]:
    """The styles of tables that are not shown."""
    found, name = set(), b""
    for tag in piece.split(b">"):
        if b"<style:style " in tag:
            name = _attribute(tag, b"style:name")
        elif b"<style:table-properties" in tag and b'table:display="false"' in tag:
            found.add(name)
    return found


def _take_row(sheet: _Sheet, row: bytes, told: bytes, at: int) -> int:
    """Count one row, which begins at row `at`; return where the next one begins."""
    times = _times(told, b"table:number-rows-repeated")
    row = _without_empty_end(row)
    width = _width(row)
    if width <= MAX_COLUMNS and not any(mark in row for mark in _NOTABLE):
        if b"<text:p" in row or b"value-type" in row:
            _hold(sheet, at + times, width * times, width)
        return at + times
    column, filled = 0, 0
    # Cut apart and not matched: that takes no longer where tags are not closed.
    for cell in _CELL.split(row)[1:]:
        attributes, _, inside = cell.partition(b">")
        inside = _without_notes(inside)
        repeated = _times(attributes, b"table:number-columns-repeated")
        if b"value-type=" in attributes or b"<text:" in inside:
            filled = column + repeated
        if b"=" in attributes:
            _note(sheet, attributes, inside, (at, column), (times, repeated))
        column += repeated
    if filled:
        _hold(sheet, at + times, filled * times, filled)
    return at + times


def _width(row: bytes) -> int:
    """How many cells a row has at most, empty ones before its end included."""
    width = row.count(b"<table:table-cell") + row.count(b"<table:covered-")
    if b"columns-repeated=" in row:
        width += sum(int(times[:9]) - 1 for times in _REPEATED.findall(row))
    return width


def _without_empty_end(row: bytes) -> bytes:
    """Without the empty cells by which LibreOffice fills a row to its end."""
    last = row.rfind(b"<table:table-cell")
    end = row[last:] if last >= 0 else b""
    empty = end.endswith(b"/>") and end.count(b"<") == 1
    return row[:last] if empty and not re.search(rb"value-type=|formula=", end) else row


def _hold(sheet: _Sheet, rows: int, cells: int, width: int) -> None:
    sheet.rows = rows
    sheet.cells += cells
    sheet.width = max(sheet.width, width)


def _note(
    sheet: _Sheet,
    attributes: bytes,
    inside: bytes,
    place: tuple[int, int],
    repeated: tuple[int, int],
) -> None:
    """What the parser does not tell of a cell: errors, truth, merging, no result."""
    row, column = place
    across = _times(attributes, b"table:number-columns-spanned")
    down = _times(attributes, b"table:number-rows-spanned")
    if across > 1 or down > 1:
        sheet.merges.append((place, (row + down - 1, column + across - 1)))
    shown = inside.partition(b"<text:p")[2].partition(b">")[2].partition(b"<")[0]
    text = shown.decode("utf-8", "replace")
    if b'calcext:value-type="error"' in attributes:
        text = unescape(text) or "#N/A"
    elif text not in ("TRUE", "FALSE"):
        text = ""
    if text and repeated[0] * repeated[1] <= MAX_COLUMNS:
        for down in range(repeated[0]):
            for over in range(repeated[1]):
                sheet.marks[row + down, column + over] = text
    # LibreOffice tells no type where the result is an empty text, but a paragraph.
    untold = b"value-type=" not in attributes and b"<text:p" not in inside
    if b"table:formula=" in attributes and untold:
        sheet.without.append(f"{column_letters(column)}{row + 1}")


def _without_notes(inside: bytes) -> bytes:
    first, *noted = inside.split(b"<office:annotation")
    return first + b"".join(p.partition(b"</office:annotation>")[2] for p in noted)


def _attribute(tag: bytes, name: bytes) -> bytes:
    rest = tag.partition(name + b"=")[2]
    return rest[1:].partition(rest[:1])[0] if rest else b""


def _times(attributes: bytes, name: bytes) -> int:
    told = _attribute(attributes, name) if name in attributes else b""
    return int(told[:9]) if told.isdigit() else 1
