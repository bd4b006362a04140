"""Where the header of a sheet is, and what its columns are called.

A title may stand above it, and it may have two rows, the upper one naming groups of
columns ("Unsur Pelayanan" over U1 … U9). The row that holds most of the names that the
study asks for is the header; the first of equals.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from skm_analysis.responses.raw import Grid, column_letters, refusal
from skm_analysis.responses.spelling import fold, tidy

_SEARCHED = 30  # rows from the top
Merges = Collection[tuple[tuple[int, int], tuple[int, int]]]
_TOTALS = frozenset(
    {"jumlah", "total", "grand total", "subtotal", "sub total", "jumlah nilai"}
    | {"rata-rata", "rata rata", "rerata", "nilai rata-rata", "nrr", "ikm"}
    | {"nilai/unsur", "nrr/unsur", "nrr tertimbang", "nrr tertimbang/unsur"}
)


class Header(NamedTuple):
    row: int  # 0-based index of its last row in the grid
    names: tuple[str, ...]  # as found; "" where a column has no name
    lower: tuple[str, ...]  # from the last header row alone
    rows: int  # 1 or 2


def find_header(
    grid: Grid,
    wanted: Collection[str],
    header_row: int | None = None,
    merges: Merges = (),
) -> Header | None:
    """The header of `grid`; None when no row holds any text.

    `wanted` are the names that the study asks for; without them, or when none is
    there, the first row with nearly as many words as any near the top.
    """
    if header_row is not None:
        rows = [header_row - 1] if header_row <= len(grid) else []
    else:
        rows = [i for i, cells in enumerate(grid[:_SEARCHED]) if any(cells)]
    candidates = [
        candidate
        for row in rows
        for candidate in _candidates(grid, row, merges)
        if any(candidate.names)
    ]
    if not candidates:
        return None
    keys = {fold(name) for name in wanted}
    best = max(candidates, key=lambda candidate: _matches(candidate, keys))
    if not _matches(best, keys):
        best = _fullest(candidates)
    return _with_upper_names(best, candidates)


def _candidates(grid: Grid, row: int, merges: Merges) -> list[Header]:
    lower = tuple(tidy(cell) for cell in grid[row])
    single = Header(row, lower, lower, 1)
    if row == 0 or not any(grid[row - 1]):
        return [single]
    upper = _spread(grid, row - 1, len(lower), merges)
    joined = tuple(
        " / ".join(part for part in (above, below) if part) if above != below else below
        for above, below in zip(upper, lower, strict=True)
    )
    return [single, Header(row, joined, lower, 2)]


def _spread(grid: Grid, row: int, width: int, merges: Merges) -> list[str]:
    """The upper header row, each name over all columns that it covers."""
    cells = [tidy(cell) for cell in grid[row][:width]]
    cells += [""] * (width - len(cells))
    across = [
        (start, end)
        for start, end in merges
        if start[0] <= row <= end[0] and end[1] > start[1]
    ]
    for (_, first), (_, last) in across:
        name = cells[first] if first < width else ""
        cells[first : last + 1] = [name] * len(cells[first : last + 1])
    if across:
        return cells
    below = grid[row + 1]
    for column in range(1, width):
        if not cells[column] and tidy(below[column]):
            cells[column] = cells[column - 1]
    return cells


def _matches(header: Header, keys: Collection[str]) -> int:
    names = {fold(name) for name in (*header.names, *header.lower)}
    return sum(key in names for key in keys)


def _fullest(candidates: Sequence[Header]) -> Header:
    """The first row with nearly as many words as any; numbers are no names."""

    def words(header: Header) -> int:
        return sum(any(map(str.isalpha, name)) for name in header.lower)

    enough = 0.6 * max(map(words, candidates))
    return next(header for header in candidates if words(header) >= enough)


def _with_upper_names(best: Header, candidates: Sequence[Header]) -> Header:
    """The same header with its upper row where that alone names a column."""
    for other in candidates:
        if other.row == best.row and other.rows == 2 and best.rows == 1:
            gaps = zip(best.names, other.names, strict=True)
            if any(not name and joined for name, joined in gaps):
                return other
    return best


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names with a number behind those that were there before.

    >>> distinct(["U1", "U2", " u1", ""])
    ('U1', 'U2', 'u1 (2)', '')
    """
    seen: set[str] = set()
    told = []
    for name in map(tidy, names):
        own, again = name, 1
        while own and fold(own) in seen:
            again += 1
            own = f"{name} ({again})"
        seen.add(fold(own))
        told.append(own)
    return tuple(told)


def refuse_nameless(file: str, header: Header, grid: Grid) -> None:
    """Refuse columns that hold data under no name: which question is it?"""
    nameless = [
        column
        for column, name in enumerate(header.names)
        if not name
        and any(column < len(r) and tidy(r[column]) for r in grid[header.row + 1 :])
    ]
    if nameless:
        places = ", ".join(map(column_letters, nameless[:5]))
        raise refusal(
            file,
            f"kolom {places} berisi data tetapi tidak berjudul "
            f"(judul kolom di baris {header.row + 1}).",
            "setiap kolom harus berjudul: minta kirim ulang berkas yang lengkap,",
            "atau sebutkan header_row di study.toml bila judulnya di baris lain.",
        )


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether the row below a header only numbers its columns: 1 2 3 … or (1) (2) …

    Six columns at least: on a scale to four or five no answers run like that.
    """
    told = [tidy(cell).strip("()") for cell in cells]
    return len(told) >= 6 and told == [str(i + 1) for i in range(len(told))]


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row at the end of a sheet is a sum over the respondents above it."""
    first = next((fold(cell) for cell in cells if tidy(cell)), "")
    return re.sub(r"^[σ∑*]+\s*|[\s:.*]+$", "", first) in _TOTALS
