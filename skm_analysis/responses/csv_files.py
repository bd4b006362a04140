"""Text files: which encoding, which delimiter, and never a shifted column."""

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.columnar import ByColumn
from skm_analysis.responses.headers import find_header
from skm_analysis.responses.plain_text import plain_rows
from skm_analysis.responses.raw import MAX_COLUMNS, Grid, refusal

DELIMITERS = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}
_SAMPLE = 200  # records by which a delimiter is judged
_OPENING = 2**16  # characters in which they are looked for first
_MOSTLY = 0.9  # share of letters below U+0100
_MAX_ROWS = 2_000_000
# Broken rows up to which the others are taken: three, or one in a hundred.
_FEW, _IN = 3, 100
_DECIMAL = re.compile(r"\s*\d{1,3}([.,])\d{1,4}\s*")
_SIGNS = {",": "koma", ".": "titik"}
# Bytes that CP1252 leaves undefined, and ÿ þ, which here are pieces of other encodings.
_NOT_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d\xfe\xff")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


class CsvText(NamedTuple):
    grid: Grid
    dialect: str  # told


def read_csv(
    data: bytes,
    file: str,
    *,
    wanted: Collection[str] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
) -> CsvText:
    """All records of a text file; an empty line is an empty record.

    Raises DeliveryError when the bytes are not text in a known encoding, a quote is
    not closed, or a line cannot be taken apart.
    """
    text, told = _decode(data, file, encoding)
    if delimiter is None:
        delimiter = _find_delimiter(text, wanted, header_row)
    grid = _records(text, delimiter, file)
    name = DELIMITERS.get(delimiter, repr(delimiter))
    quoted = ", bertanda kutip" if '"' in text else ""
    decimal = _decimal_sign(grid[:_SAMPLE])
    return CsvText(grid, f"CSV, {told}, pemisah {name}{quoted}{decimal}")


def _decode(data: bytes, file: str, encoding: str | None) -> tuple[str, str]:
    told = (encoding or "").upper()
    try:
        if encoding is not None:
            text = data.decode(encoding)
        else:
            text, told = _decode_found(data)
    except UnicodeDecodeError as error:
        raise refusal(
            file,
            f"bukan teks {encoding or 'UTF-8 maupun CP1252'} yang utuh "
            f"(byte ke-{error.start + 1}).",
            "simpan ulang dari program asalnya sebagai CSV UTF-8, lalu kirim ulang,",
            "atau sebutkan encoding yang benar di study.toml.",
        ) from None
    except (LookupError, ValueError):
        raise refusal(
            file,
            f"encoding {encoding!r} tidak dikenal.",
            "yang lazim: utf-8, utf-16, cp1252; hapus encoding dari study.toml bila",
            "tidak yakin: program mencarinya sendiri.",
        ) from None
    if "\0" in text:
        raise refusal(
            file,
            "berisi karakter NUL; ini bukan berkas teks, atau berkasnya rusak.",
            "minta kirim ulang berkas itu dari program asalnya.",
        )
    return text.lstrip("\ufeff"), told


def _decode_found(data: bytes) -> tuple[str, str]:
    for bom, encoding, told in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding), told
    if encoding := _without_bom(data):
        return data.decode(encoding), "UTF-16 (tanpa BOM)"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        # A file that is UTF-8 elsewhere is damaged UTF-8, not another encoding.
        ignored = data.decode("utf-8", errors="ignore")
        if not ignored.isascii() or _NOT_CP1252.intersection(data):
            raise
        return data.decode("cp1252"), "CP1252"


def _without_bom(data: bytes) -> str:
    """UTF-16 that does not say so: of Latin letters every other byte is zero."""
    opening = data[:_OPENING]
    halves = (opening[1::2], "utf-16-le"), (opening[::2], "utf-16-be")
    for half, encoding in halves:
        zeros = half.count(0)
        if zeros == opening.count(0) and zeros >= _MOSTLY * len(half) > 0:
            return encoding
    return ""


def _find_delimiter(text: str, wanted: Collection[str], header_row: int | None) -> str:
    """The delimiter under which most wanted names are found, then most rows agree."""

    def fitness(delimiter: str) -> tuple[int, float, int]:
        grid = _sample(text, delimiter)
        widths = Counter(len(cells) for cells in grid if cells)
        if not widths:
            return (0, 0.0, 0)
        # With one field a row there is nothing to agree on.
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
        header = find_header(grid, wanted, header_row)
        named = header.count(wanted) if header else 0
        agreed = rows / widths.total() if width > 1 else 0.0
        return (named, agreed, width)

    return max(DELIMITERS, key=fitness)


def _decimal_sign(grid: Grid) -> str:
    """The sign before decimals, as people are told; both are read alike."""
    found = {
        _SIGNS[number[1]]
        for cells in grid
        for cell in cells
        if (number := _DECIMAL.fullmatch(cell))
    }
    return f", desimal {' dan '.join(sorted(found))}" if found else ""


def _sample(text: str, delimiter: str) -> Grid:
    """The first records, from as much of `text` as holds them whole."""
    length = _OPENING
    while True:
        opening = io.StringIO(text[:length], newline="")
        grid: list[list[str]] = []
        # The strict reading tells what is wrong.
        with contextlib.suppress(csv.Error):
            for cells in csv.reader(opening, delimiter=delimiter):
                grid.append(cells)
                if len(grid) > _SAMPLE:
                    return grid[:_SAMPLE]
        if length >= len(text):
            return grid
        length *= 8


def _records(text: str, delimiter: str, file: str) -> Grid:
    plain = plain_rows(text, delimiter)
    if plain is not None:
        if len(plain) > _MAX_ROWS or len(plain.columns) > MAX_COLUMNS:
            raise _too_large(file)
        return plain
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, strict=True
        )
    except (TypeError, ValueError):
        raise refusal(
            file,
            f"delimiter {delimiter!r} tidak dapat dipakai.",
            "tulis satu karakter di study.toml, misalnya ';'.",
        ) from None
    grid: list[list[str]] = []
    try:
        for cells in reader:
            grid.append(cells)
            if len(grid) > _MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise _too_large(file)
    except csv.Error:
        raise refusal(
            file,
            f"baris {len(grid) + 1} tidak dapat dibaca: tanda kutip tidak ditutup, "
            "salah letak, atau isinya terlalu panjang.",
            "simpan ulang dari program asalnya sebagai CSV, lalu kirim ulang.",
        ) from None
    return grid


def _too_large(file: str) -> DeliveryError:
    return refusal(
        file,
        f"lebih dari {_MAX_ROWS} baris atau {MAX_COLUMNS} kolom.",
        "pecah berkas itu, atau periksa apakah pemisah kolomnya benar.",
    )


def ragged_rows(
    grid: Grid,
    file: str,
    header_at: int,
    names: Collection[str],
    aside: Collection[int] = (),
) -> frozenset[int]:
    """Numbers of the rows with another number of fields than the header.

    Empty fields behind the last column are no fault, and neither are missing ones
    under nameless columns there; rows `aside` are no respondents. A few broken rows
    are for the caller to set aside; raises DeliveryError for so many that the file
    itself is written wrongly.
    """
    width = len(names)
    if isinstance(grid, ByColumn) and len(grid.columns) == width:
        return frozenset()
    named = max((i + 1 for i, name in enumerate(names) if name), default=0)
    wrong = [
        number
        for number, cells in enumerate(grid[header_at + 1 :], start=header_at + 2)
        if len(cells) != width
        and any(cells)
        and number not in aside
        and (len(cells) < named or any(cell.strip() for cell in cells[width:]))
    ]
    rows = sum(map(any, grid[header_at + 1 :])) - len(aside) if wrong else 0
    if len(wrong) > max(_FEW, rows // _IN) or 1 < len(wrong) == rows:
        told = ", ".join(map(str, wrong[:5])) + (", …" if len(wrong) > 5 else "")
        raise refusal(
            file,
            f"jumlah kolom di baris {told} berbeda dari judulnya "
            f"(baris {header_at + 1}, {width} kolom).",
            "biasanya ada pemisah atau baris baru di dalam isian tanpa tanda kutip;",
            "simpan ulang dari program asalnya sebagai CSV, lalu kirim ulang.",
        )
    return frozenset(wrong)
