"""XLS workbooks (Excel 97–2003): how they are built, and what the parser leaves out.

The file is a small file system of sectors, in which the workbook is one stream of
records. The parser tells neither error cells (#DIV/0!, which would look like answers
that were not given) nor in which way a workbook is locked; both stand in the records.

References: [MS-CFB] 2.2 to 2.6, [MS-XLS] 2.4.28 (BoundSheet8), 2.4.24 (BoolErr),
2.4.127 (Formula), 2.4.117 (FilePass).
"""

import struct
from collections.abc import Iterator

from skm_analysis.errors import DeliveryError
from skm_analysis.responses import archives
from skm_analysis.responses.raw import refusal
from skm_analysis.responses.sheets import SheetPart, Vetted

_END_OF_CHAIN = 0xFFFFFFFA  # and above: no sector
_STREAMS = ("Workbook", "Book")  # Excel 97 to 2003; 5 and 95
_EOF, _FORMULA, _BOOL_ERR, _BOUND_SHEET, _FILE_PASS, _BOF = (
    *(0x000A, 0x0006, 0x0205, 0x0085, 0x002F, 0x0809),
)
_WORKSHEET = 0
_EXCEL_97 = 0x0600
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def vet_old_workbook(data: bytes, file: str) -> Vetted:
    """Find the sheets; raise DeliveryError for a locked or damaged workbook."""
    try:
        stream = _workbook_stream(data)
        sheets = _sheets(stream, file)
    except (struct.error, IndexError, ValueError):
        raise _damaged(file) from None
    if not sheets:
        raise _damaged(file)

    def vet_sheet(sheet: SheetPart) -> dict[tuple[int, int], str]:
        return _errors(stream, int(sheet.part))

    return Vetted(kind="xls", told="XLS", data=data, sheets=sheets, vet_sheet=vet_sheet)


def _damaged(file: str) -> DeliveryError:
    return refusal(
        file,
        "buku kerja Excel lama ini rusak atau terpotong.",
        "buka di Excel, simpan ulang sebagai .xlsx, lalu kirim ulang.",
    )


def _workbook_stream(data: bytes) -> bytes:
    """The stream that holds the workbook; ValueError when there is none."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise ValueError("neither of the two sizes of sectors")
    size = 1 << shift
    table = _sector_table(data, size)
    (first,) = struct.unpack_from("<I", data, 48)
    entries = _chain(data, table, first, size)
    found = {
        entries[at : at + 64].decode("utf-16-le", "replace").split("\0")[0]: at
        for at in range(0, len(entries) - 127, 128)
    }
    at = next((found[name] for name in _STREAMS if name in found), None)
    if at is None:
        raise ValueError("no workbook")
    start, length = struct.unpack_from("<II", entries, at + 116)
    (least,) = struct.unpack_from("<I", data, 56)
    if length >= least:
        return _chain(data, table, start, size)[:length]
    return _short_stream(data, table, entries, start, size)[:length]


def _sector_table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    listed = [*struct.unpack_from("<109I", data, 76)]
    (further,) = struct.unpack_from("<I", data, 68)
    for _ in range(len(data) // size):
        if further >= _END_OF_CHAIN:
            break
        more = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        listed += more[:-1]
        further = more[-1]
    whole = b"".join(
        data[(sector + 1) * size : (sector + 2) * size]
        for sector in listed[: len(data) // size + 1]
        if sector < _END_OF_CHAIN
    )
    return struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4])


def _chain(data: bytes, table: tuple[int, ...], sector: int, size: int) -> bytes:
    parts: list[bytes] = []
    while sector < _END_OF_CHAIN:
        if len(parts) > len(table):
            raise ValueError("a chain of sectors without an end")
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)


def _short_stream(
    data: bytes, table: tuple[int, ...], entries: bytes, start: int, size: int
) -> bytes:
    """A stream of less than 4 KiB, which lies in sectors of 64 bytes within another."""
    root, _ = struct.unpack_from("<II", entries, 116)
    (first,) = struct.unpack_from("<I", data, 60)
    told = _chain(data, table, first, size)
    short_table = struct.unpack(f"<{len(told) // 4}I", told)
    # `_chain` passes over a header as long as a sector.
    whole = b"\0" * 64 + _chain(data, table, root, size)
    return _chain(whole, short_table, start, 64)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one sheet, or of the workbook itself, charts in it included."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        at += 4 + length


def _sheets(stream: bytes, file: str) -> tuple[SheetPart, ...]:
    found = []
    version = 0
    for kind, record in _records(stream, 0):
        if kind == _BOF:
            (version,) = struct.unpack_from("<H", record)
        elif kind == _FILE_PASS:
            raise archives.encrypted(file)
        elif kind == _BOUND_SHEET:
            at, state, sort = struct.unpack_from("<IBB", record)
            if sort == _WORKSHEET:
                name = _name(record[6:], version)
                found.append(SheetPart(name, str(at), visible=state & 3 == 0))
    return tuple(found)


def _name(told: bytes, version: int) -> str:
    if version < _EXCEL_97:
        return told[1 : 1 + told[0]].decode("cp1252")
    if told[1] & 1:
        return told[2 : 2 + 2 * told[0]].decode("utf-16-le")
    return told[2 : 2 + told[0]].decode("latin-1")


def _errors(stream: bytes, at: int) -> dict[tuple[int, int], str]:
    errors = {}
    for kind, record in _records(stream, at):
        code = None
        if kind == _BOOL_ERR and len(record) >= 8 and record[7] == 1:
            code = record[6]
        elif kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:
            code = record[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", record)
            errors[row, column] = _ERRORS.get(code, "#N/A")
    return errors
