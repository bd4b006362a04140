"""What a workbook must not be before anything parses it.

A workbook of five kilobytes can ask for gigabytes, point outside itself, or hold
formulas that nobody calculated. The archive is checked by its directory, its parts by
byte patterns (an XML scan costs three times the reading itself), and only the parts
that hold cells are handed on, stored anew: no macro, picture, comment, author's name or
link to elsewhere reaches the reader.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.raw import MAX_BYTES, MAX_COLUMNS, refusal

MAX_ROWS = 250_000
MAX_CELLS = 10_000_000
_MAX_MEMBERS = 2_000
_MAX_RATIO = 200
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_LEFT_OUT = re.compile(
    r"docProps/|customXml/|xl/(externalLinks|comments|threadedComments|persons|media|"
    r"drawings|printerSettings|calcChain|revisions|pivot)"
)
_OUTDATED = "simpan ulang sebagai .xlsx dari Excel, lalu kirim ulang."

_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\bt=["']e["'][^<>]*>""")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]+)([0-9]+)["']""")
_FAR_ROW = re.compile(rb"""\br=["'][A-Z]+([0-9]{6,})["']""")
_WIDE = re.compile(rb"""\br=["']([A-Z]{2,})[0-9]""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
_IN_STRING = re.compile(rb"""\bt=["']str["']""")


class SheetPart(NamedTuple):
    name: str
    part: str  # member of the archive
    visible: bool


class Vetted(NamedTuple):
    """A workbook that may be parsed."""

    archive: bytes  # only the parts that hold cells, uncompressed
    sheets: tuple[SheetPart, ...]
    parts: Mapping[str, bytes]


def vet_workbook(data: bytes, file: str) -> Vetted:
    """Check the archive and its parts; raise DeliveryError for what is refused."""
    _refuse_other_kinds(data, file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bombs(members, file)
            parts = {
                member.filename: archive.read(member)
                for member in members
                if member.filename.endswith((".xml", ".rels"))
                and not _LEFT_OUT.match(member.filename)
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        raise _damaged(file) from None
    except NotImplementedError:  # a way of packing that Excel does not use
        raise _damaged(file) from None
    except RuntimeError:  # zipfile's word for a member with a password
        raise _encrypted(file) from None
    for content in parts.values():
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:200]:
            raise refusal(
                file,
                "berisi deklarasi dokumen (DOCTYPE) atau penyandian yang tidak lazim.",
                _OUTDATED,
            )
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as clean:
        for name, content in parts.items():
            clean.writestr(zipfile.ZipInfo(name), content)
    return Vetted(stored.getvalue(), _sheets(parts, file), parts)


def _damaged(file: str) -> DeliveryError:
    return refusal(
        file,
        "buku kerjanya rusak atau terpotong.",
        "buka di Excel, simpan ulang sebagai .xlsx, lalu kirim ulang.",
    )


def _encrypted(file: str) -> DeliveryError:
    return refusal(
        file,
        "dilindungi kata sandi.",
        "buka di Excel, hapus kata sandinya, simpan, lalu kirim ulang.",
    )


def _refuse_other_kinds(data: bytes, file: str) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _encrypted(file)
        raise refusal(
            file,
            "namanya .xlsx, tetapi isinya buku kerja Excel lama (.xls).",
            _OUTDATED,
        )
    if not data.startswith(b"PK"):
        raise refusal(
            file,
            "namanya .xlsx, tetapi isinya bukan buku kerja Excel.",
            "bila isinya teks CSV, beri akhiran .csv; bila bukan, simpan ulang",
            "sebagai .xlsx dari program asalnya, lalu kirim ulang.",
        )


def _refuse_bombs(members: list[zipfile.ZipInfo], file: str) -> None:
    names = [member.filename for member in members]
    outside = any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)
        for name in names
    )
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > _MAX_MEMBERS
        or unpacked > MAX_BYTES
        or unpacked > 2**20 + _MAX_RATIO * packed
    ):
        raise refusal(
            file,
            "isinya jauh lebih besar daripada berkasnya, atau terlalu banyak bagian.",
            "salin jawabannya saja ke buku kerja baru, lalu kirim ulang.",
        )
    if outside or len(set(names)) != len(names):
        raise refusal(
            file,
            "susunannya bukan susunan buku kerja Excel yang wajar.",
            "salin jawabannya ke buku kerja baru, lalu kirim ulang.",
        )


def _sheets(parts: Mapping[str, bytes], file: str) -> tuple[SheetPart, ...]:
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, ElementTree.ParseError):
        raise _damaged(file) from None
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
        raise _damaged(file)
    return tuple(found)


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def vet_sheet(xml: bytes, file: str, sheet: str) -> dict[tuple[int, int], str]:
    """Refuse a sheet that is too large or not calculated; return its error cells.

    Error cells (#DIV/0! …) are found here since the reader yields nothing for them,
    which would look like an answer that was not given.

    Returns
    -------
    dict
        0-based (row, column) -> the error as Excel writes it.
    """
    # Behind the cells, rules and small charts have formulas of their own.
    xml = xml[: xml.rfind(b"sheetData>") + 1]
    _refuse_large(xml, file, sheet)
    without = [
        address
        for start, address, cell in _cells_at(xml, _FORMULA)
        if start >= 0 and not _has_value(cell)
    ]
    if without:
        places = ", ".join(without[:5]) + (", …" if len(without) > 5 else "")
        raise refusal(
            file,
            f"lembar {sheet!r} berisi rumus yang belum dihitung, di sel {places}.",
            "buka di Excel agar dihitung, simpan, lalu kirim ulang; atau salin",
            "jawabannya sebagai nilai (Tempel Khusus, Nilai).",
        )
    errors = {}
    for _, address, cell in _cells_at(xml, _ERROR):
        value = _VALUE.search(cell)
        text = value[1].decode("ascii", "replace") if value else "#N/A"
        errors[_position(address)] = text
    return errors


def _refuse_large(xml: bytes, file: str, sheet: str) -> None:
    rows = sum(map(xml.count, (b"<row ", b"<row>", b":row ", b":row>")))
    last = max((int(row[:9]) for row in _FAR_ROW.findall(xml)), default=0)
    wide = max(map(_column, set(_WIDE.findall(xml))), default=0)
    cells = sum(map(xml.count, (b"<c ", b"<c>", b":c ", b":c>")))
    if max(rows, last) > MAX_ROWS or wide >= MAX_COLUMNS or cells > MAX_CELLS:
        raise refusal(
            file,
            f"lembar {sheet!r} memakai lebih dari {MAX_ROWS} baris, "
            f"{MAX_COLUMNS} kolom, atau {MAX_CELLS} sel.",
            "hapus isian yang jauh dari tabel jawaban, atau kirim sebagai CSV.",
        )


def _cells_at(
    xml: bytes, pattern: re.Pattern[bytes]
) -> Iterator[tuple[int, str, bytes]]:
    """For each match: where its cell begins, its address, and its XML."""
    for match in pattern.finditer(xml):
        start = match.start()
        if not _CELL.match(xml, start):
            start = max(
                xml.rfind(b"<c ", 0, match.start()),
                xml.rfind(b":c ", 0, match.start()),
            )
        end = re.compile(rb"</(?:\w+:)?c>").search(xml, match.end())
        cell = xml[start : end.start() + 1 if end else len(xml)]
        found = _ADDRESS.search(cell[: cell.find(b">") + 1])
        yield start, (found[1] + found[2]).decode() if found else "A1", cell


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
