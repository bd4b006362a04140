"""XLSX files: which sheet, and its cells as text.

Cells are parsed by calamine in a process of its own, `workbook_child`: a sheet that
claims a far cell makes it abort, which would take the whole run with it, and there its
memory and time can be limited. The process imports nothing but the parser, so that it
costs some 0.1 s a sheet (half a second if it imported pandas). Where the system cannot
limit memory (Windows), the guard before it and the time limit remain.
"""

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.headers import Merges, find_header
from skm_analysis.responses.raw import Grid, refusal
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.workbook_guard import (
    MAX_CELLS,
    SheetPart,
    Vetted,
    vet_sheet,
    vet_workbook,
)

_SECONDS = 120
_CHILD = Path(__file__).with_name("workbook_child.py")


class SheetText(NamedTuple):
    grid: Grid
    merges: Merges
    sheet: str
    dialect: str  # told


def read_workbook(
    data: bytes,
    file: str,
    wanted: Collection[str] = (),
    sheet: str | None = None,
    header_row: int | None = None,
) -> SheetText:
    """The declared sheet, the only visible one, or the one that has the names wanted.

    Raises DeliveryError when there is no such sheet, when several fit equally well, and
    for whatever the guard or the parser refuses.
    """
    book = vet_workbook(data, file)
    chosen = _candidates(book, file, sheet)
    if len(chosen) == 1:
        return _read_sheet(book, chosen[0], file)
    keys = {fold(name) for name in wanted}
    read = [_read_sheet(book, part, file) for part in chosen]
    fits = [_fit(text, keys, header_row) for text in read]
    best = max(fits)
    if best > 0 and fits.count(best) > 1:
        names = ", ".join(
            repr(text.sheet)
            for text, fit in zip(read, fits, strict=True)
            if fit == best
        )
        raise refusal(
            file,
            f"lembar {names} sama-sama berisi kolom yang diminta.",
            "sebutkan yang dimaksud dengan sheet di study.toml.",
        )
    filled = [text for text in read if text.grid] or read
    return read[fits.index(best)] if best > 0 else filled[0]


def _candidates(book: Vetted, file: str, sheet: str | None) -> list[SheetPart]:
    if sheet is None:
        return [part for part in book.sheets if part.visible] or [*book.sheets]
    exact = [part for part in book.sheets if part.name == sheet]
    alike = [part for part in book.sheets if fold(part.name) == fold(sheet)]
    if len(exact or alike) != 1:
        raise refusal(
            file,
            f"lembar {sheet!r} tidak ada.",
            f"lembar pada berkas: {', '.join(part.name for part in book.sheets)}",
            "perbaiki sheet di study.toml.",
        )
    return exact or alike


def _fit(text: SheetText, keys: Collection[str], header_row: int | None) -> int:
    header = find_header(text.grid, keys, header_row, text.merges)
    return header.count(keys) if header else 0


def _read_sheet(book: Vetted, part: SheetPart, file: str) -> SheetText:
    errors = vet_sheet(book.parts[part.part], file, part.name)
    lines = _parse(book.archive, part.name, file)
    place = json.loads(lines[0])
    left = [""] * place["left"]
    grid: Grid = [left + json.loads(line) for line in lines[1:]]
    if sum(map(len, grid)) > MAX_CELLS:
        raise _refused(file, part.name)
    for (row, column), text in errors.items():
        if row < len(grid) and column < len(grid[row]):
            grid[row] = [*grid[row]]
            grid[row][column] = text  # type: ignore[index]
    merges = [(tuple(start), tuple(end)) for start, end in place["merges"]]
    number = book.sheets.index(part) + 1
    dialect = f"XLSX, lembar {number} dari {len(book.sheets)}"
    return SheetText(_trimmed(grid), merges, part.name, dialect)


def _parse(archive: bytes, sheet: str, file: str) -> list[bytes]:
    command = [sys.executable, "-P", str(_CHILD), sheet]
    try:
        done = subprocess.run(
            command, input=archive, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _refused(file, sheet) from None
    if done.returncode != 0:
        raise _refused(file, sheet)
    return done.stdout.split(b"\n")


def _refused(file: str, sheet: str) -> DeliveryError:
    return refusal(
        file,
        f"lembar {sheet!r} tidak dapat dibaca: rusak, atau terlalu besar.",
        "buka di Excel, salin jawabannya ke buku kerja baru, simpan sebagai .xlsx,",
        "lalu kirim ulang.",
    )


def _trimmed(grid: Grid) -> Grid:
    """Without empty columns at the right, which formatting leaves behind."""
    width = 0
    for row in grid:
        if any(row[width:]):
            width = max(i + 1 for i in range(width, len(row)) if row[i])
    return [row[:width] for row in grid]
