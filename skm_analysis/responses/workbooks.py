"""Workbooks of any kind: which sheet, and its cells as text."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.archives import encrypted
from skm_analysis.responses.headers import Merges, find_header
from skm_analysis.responses.old_workbooks import vet_old_workbook
from skm_analysis.responses.open_documents import vet_open_document
from skm_analysis.responses.parsing_process import (
    CAN_LIMIT_MEMORY,
    NotParsedError,
    ParsedTable,
    parsing,
)
from skm_analysis.responses.raw import MAX_COLUMNS, Grid, refusal
from skm_analysis.responses.sheets import (
    LAST_ROW,
    MAX_CELLS,
    Marks,
    SheetPart,
    Vetted,
    refuse_many,
    too_large,
)
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.workbook_guard import vet_workbook

_VETTED_BY: dict[str, Callable[[bytes, str], Vetted]] = {
    ".xlsx": vet_workbook,
    ".xlsm": vet_workbook,
    ".ods": vet_open_document,
    ".xls": vet_old_workbook,
}
WORKBOOKS = tuple(_VETTED_BY)  # suffixes


class SheetText(NamedTuple):
    grid: Grid
    merges: Merges
    sheet: str
    dialect: str  # told


def read_workbook(
    data: bytes,
    file: str,
    suffix: str,
    wanted: Collection[str] = (),
    sheet: str | None = None,
    header_row: int | None = None,
) -> SheetText:
    """The declared sheet, the only visible one, or the one that has the names wanted.

    Raises DeliveryError when there is no such sheet, when several fit equally well, and
    for whatever the guard or the parser refuses.
    """
    book = _vetted(data, file, suffix)
    chosen = _candidates(book, file, sheet)
    read = _read_sheets(book, chosen, file)
    if len(read) == 1:
        return read[0]
    keys = {fold(name) for name in wanted}
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


def read_fitting_sheets(
    data: bytes,
    file: str,
    suffix: str,
    wanted: Collection[str],
    header_row: int | None = None,
) -> tuple[list[SheetText], list[str]]:
    """The visible sheets that have all the names wanted, and the names of the others.

    Without any, the one that has most of them. Raises DeliveryError for a sheet that
    has more than half: whether it holds respondents is for people to say.
    """
    book = _vetted(data, file, suffix)
    read = _read_sheets(book, _candidates(book, file, None), file)
    fitting = []
    for text in read:
        header = find_header(text.grid, wanted, header_row, text.merges)
        there = header.count(wanted) if header else 0
        if there == len({fold(name) for name in wanted}):
            fitting.append(text)
        elif 2 * there > len(wanted):
            raise refusal(
                file,
                f"lembar {text.sheet!r} hanya memuat sebagian kolom yang diminta.",
                "bila itu jawaban responden, samakan judul kolomnya dengan lembar",
                "lain; bila bukan, sebutkan lembar yang dibaca satu per satu,",
                "masing-masing dalam [[delivery]] dengan sheet-nya.",
            )
    chosen = fitting or [max(read, key=lambda text: _fit(text, wanted, header_row))]
    names = {text.sheet for text in chosen}
    return chosen, [part.name for part in book.sheets if part.name not in names]


def visible_sheets(data: bytes, file: str, suffix: str) -> tuple[str, ...]:
    """The sheets that a person sees on opening the file; all, if none is shown."""
    return tuple(
        part.name for part in _candidates(_vetted(data, file, suffix), file, None)
    )


def _vetted(data: bytes, file: str, suffix: str) -> Vetted:
    book = _VETTED_BY[suffix](data, file)
    refuse_many(file, book.sheets)
    return book


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


def _read_sheets(
    book: Vetted, parts: Sequence[SheetPart], file: str
) -> list[SheetText]:
    """The sheets as text, checked while the parser is at work.

    Where its memory cannot be limited (Windows), they are checked before.
    """
    names = [part.name for part in parts]
    first = None if CAN_LIMIT_MEMORY else [book.vet_sheet(part) for part in parts]
    try:
        with parsing(book.data, book.kind, names) as running:
            marks = first or [book.vet_sheet(part) for part in parts]
            tables = running.tables()
    except NotParsedError as refused:
        raise encrypted(file) if refused.password else _unread(file, names) from None
    return [
        _sheet_text(book, part, table, marked, file)
        for part, table, marked in zip(parts, tables, marks, strict=True)
    ]


def _sheet_text(
    book: Vetted, part: SheetPart, table: ParsedTable, marks: Marks, file: str
) -> SheetText:
    grid, left = table.grid, table.opening["left"]
    if left:
        grid = [[""] * left + [*row] for row in grid]
    width = max(map(len, grid), default=0)
    if len(grid) > LAST_ROW or width > MAX_COLUMNS or len(grid) * width > MAX_CELLS:
        raise too_large(file, part.name)
    for (row, column), text in marks.items():
        if row < len(grid) and column < len(grid[row]):
            grid[row] = [*grid[row]]
            grid[row][column] = text  # type: ignore[index]
    told = table.opening["merges"]
    merges = part.merges or [(tuple(start), tuple(end)) for start, end in told]
    number = book.sheets.index(part) + 1
    hidden = sum(not each.visible for each in book.sheets)
    unseen = f" ({hidden} tersembunyi)" if hidden else ""
    dialect = f"{book.told}, lembar {number} dari {len(book.sheets)}{unseen}"
    return SheetText(_trimmed(grid), merges, part.name, dialect)


def _unread(file: str, sheets: Sequence[str]) -> DeliveryError:
    return refusal(
        file,
        f"lembar {', '.join(map(repr, sheets[:5]))} tidak dapat dibaca: rusak, atau "
        "terlalu besar.",
        "buka di Excel, salin jawabannya ke buku kerja baru, simpan sebagai .xlsx,",
        "lalu kirim ulang.",
    )


def _trimmed(grid: Grid) -> Grid:
    """Without empty columns at the right, which formatting leaves behind."""
    width = 0
    for row in grid:
        if len(row) > width and any(row[width:]):
            width = max(i + 1 for i in range(width, len(row)) if row[i])
    if all(len(row) <= width for row in grid):
        return grid
    return [row[:width] for row in grid]
