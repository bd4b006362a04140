"""What an XLSX workbook must not be while anything parses it.

It may claim a sheet of billions of cells, or hold formulas that nobody calculated. Its
parts are checked by byte patterns (an XML scan costs three times the reading itself),
and only those that hold cells are handed on: no macro, picture, comment, author's name
or link to elsewhere reaches the parser.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from skm_analysis.responses import archives
from skm_analysis.responses.raw import MAX_COLUMNS
from skm_analysis.responses.sheets import (
    LAST_ROW,
    MAX_CELLS,
    Marks,
    SheetPart,
    Vetted,
    too_large,
    uncalculated,
)

_LEFT_OUT = re.compile(
    r"docProps/|customXml/|xl/(externalLinks|comments|threadedComments|persons|media|"
    r"drawings|printerSettings|calcChain|revisions|pivot)"
)
_IGNORED = {"xl/vbaProject.bin": "makro", "xl/externalLinks/": "tautan ke luar"}

_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\bt=["']e["'][^<>]*>""")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]+)([0-9]+)["']""")
_FAR_ROW = re.compile(rb"""\br=["'][A-Z]+([0-9]{6,})["']""")
_WIDE = re.compile(rb"""\br=["']([A-Z]{2,})[0-9]""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
_IN_STRING = re.compile(rb"""\bt=["']str["']""")

# Of a piece of XML only this is left where far addresses are looked for: every capital
# as A, every digit as 0. A third is left, in which they are few short patterns.
_SHAPES = bytes.maketrans(b"BCDEFGHIJKLMNOPQRSTUVWXYZ123456789", b"A" * 25 + b"0" * 9)
_SHAPELESS = bytes(
    byte
    for byte in range(256)
    if not (chr(byte).isupper() or chr(byte).isdigit() or byte in b"\"'=.:-")
    or byte > 127
)
_FAR_SHAPES = (b'0000000"', b'="AAA0', b'="AAAA')
_OPENING, _LONGEST_CELL = 1_000, 300_000  # bytes of a tag, and of a cell to its end
_OVERLAP = 64  # more than any pattern that is looked for piece by piece


def vet_workbook(data: bytes, file: str) -> Vetted:
    """Check the archive and its parts; raise DeliveryError for what is refused."""
    with archives.opened(data, file) as archive:
        members = archive.infolist()
        archives.refuse_bombs(members, file)
        kept = [
            member
            for member in members
            if member.filename.endswith((".xml", ".rels"))
            and not _LEFT_OUT.match(member.filename)
        ]
        sheets = _sheets(archive, {member.filename for member in kept}, file)
        looked_at_later = {sheet.part for sheet in sheets}
        for member in kept:
            if member.filename not in looked_at_later:
                archives.refuse_declarations(archive, member.filename, file)
    return Vetted(
        kind="xlsx",
        told=_told(member.filename for member in members),
        data=archives.repacked(data, kept),
        sheets=sheets,
        vet_sheet=lambda sheet: _vet_sheet(data, file, sheet),
    )


def _told(members: Iterable[str]) -> str:
    """What it is, and what of it is not read although it could do something."""
    names = [*members]
    ignored = [
        f", {told} diabaikan"
        for start, told in _IGNORED.items()
        if any(name.startswith(start) for name in names)
    ]
    macros = any("makro" in told for told in ignored)
    return "".join(["XLSM" if macros else "XLSX", *ignored])


def _sheets(
    archive: zipfile.ZipFile, parts: set[str], file: str
) -> tuple[SheetPart, ...]:
    try:
        book = ElementTree.fromstring(_small(archive, "xl/workbook.xml", file))
        links = ElementTree.fromstring(
            _small(archive, "xl/_rels/workbook.xml.rels", file)
        )
    except (KeyError, ElementTree.ParseError):
        raise archives.damaged(file) from None
    targets = {
        link.get("Id"): _part(link.get("Target", ""))
        for link in links
        if link.get("Type", "").endswith("/worksheet")
    }
    found = []
    for element in book.iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        part = targets.get(link, "")
        if part in parts:
            visible = element.get("state", "visible") == "visible"
            found.append(SheetPart(element.get("name", ""), part, visible))
    if not found:
        raise archives.damaged(file)
    return tuple(found)


def _small(archive: zipfile.ZipFile, part: str, file: str) -> bytes:
    """A part that is parsed here, and therefore declares nothing."""
    archives.refuse_declarations(archive, part, file)
    return archive.read(part)


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


@dataclass(slots=True)
class _Survey:
    """What the bytes of a sheet show at one glance; each a reason to look closely."""

    far: bool = False
    formulas: bool = False
    errors: bool = False


def _vet_sheet(data: bytes, file: str, sheet: SheetPart) -> Marks:
    """Refuse a sheet that claims too much or is not calculated; tell its error cells.

    Error cells (#DIV/0! …) are found here since the parser yields nothing for them,
    which would look like an answer that was not given. How many rows and columns there
    are is counted when they are read.
    """
    with archives.opened(data, file) as archive:
        seen = _survey(archive, sheet.part, file)
        if not (seen.far or seen.formulas or seen.errors):
            return {}
        xml = archive.read(sheet.part)
    # Behind the cells, rules and small charts have formulas of their own.
    xml = xml[: xml.rfind(b"sheetData>") + 1]
    if seen.far:
        _refuse_far(xml, file, sheet.name)
    if seen.formulas:
        _refuse_uncalculated(xml, file, sheet.name)
    return _errors(xml, file) if seen.errors else {}


def _survey(archive: zipfile.ZipFile, part: str, file: str) -> _Survey:
    """Look for one character before looking for two: that is ten times as fast."""
    seen = _Survey()
    for piece, repeated in archives.chunks(archive, part, _OVERLAP):
        if archives.declares(piece) or (not repeated and b"\0" in piece[:200]):
            raise archives.undue_declaration(file)
        if b"f" in piece:
            seen.formulas |= b"<f" in piece or b":f" in piece
        if b"e" in piece:
            seen.errors |= b'"e"' in piece or b"'e'" in piece
        if not seen.far:
            shape = piece.translate(_SHAPES, _SHAPELESS)
            if b"'" in shape:
                shape = shape.replace(b"'", b'"')
            seen.far = any(far in shape for far in _FAR_SHAPES)
    return seen


def _refuse_far(xml: bytes, file: str, sheet: str) -> None:
    last = max((int(row[:9]) for row in _FAR_ROW.findall(xml)), default=0)
    wide = max(map(_column, set(_WIDE.findall(xml))), default=0)
    if last > LAST_ROW or wide >= MAX_COLUMNS:
        raise too_large(file, sheet)


def _refuse_uncalculated(xml: bytes, file: str, sheet: str) -> None:
    if xml.count(b"<f") > MAX_CELLS:
        raise too_large(file, sheet)
    without = []
    for address, cell in _cells_at(xml, _FORMULA, file):
        if not _has_value(cell):
            without.append(address)
            if len(without) > 5:  # more are not told
                break
    if without:
        raise uncalculated(file, sheet, without)


def _errors(xml: bytes, file: str) -> Marks:
    errors = {}
    for address, cell in _cells_at(xml, _ERROR, file):
        value = _VALUE.search(cell)
        text = value[1].decode("ascii", "replace") if value else "#N/A"
        errors[_position(address)] = text
    return errors


def _cells_at(
    xml: bytes, pattern: re.Pattern[bytes], file: str
) -> Iterator[tuple[str, bytes]]:
    """For each match within a cell: the cell's address, and its XML.

    Only near the match: a search through the whole sheet for each would never end.
    """
    for match in pattern.finditer(xml):
        start = match.start()
        if not _CELL.match(xml, start):
            near = max(0, start - _OPENING)
            start = max(xml.rfind(b"<c ", near, start), xml.rfind(b":c ", near, start))
        if start < 0:
            continue
        end = _CELL_END.search(xml, match.end(), match.end() + _LONGEST_CELL)
        if end is None and not xml.startswith(b"/>", match.end() - 2):
            raise archives.damaged(file)
        cell = xml[start : end.start() + 1 if end else match.end()]
        found = _ADDRESS.search(cell[: cell.find(b">") + 1])
        yield (found[1] + found[2]).decode() if found else "A1", cell


def _has_value(cell: bytes) -> bool:
    """Whether a formula's result is stored; an empty text is a result too."""
    value = _VALUE.search(cell)
    opening = cell[: cell.find(b">") + 1]
    return bool(value and value[1].strip()) or bool(_IN_STRING.search(opening))


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters[:4]:
        column = column * 26 + letter - 64
    return column - 1


def _position(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :][:9]) - 1, _column(letters.encode())
