"""Where the header of a sheet is, and what its columns are called.

A title may stand above it, and it may have two or three rows, the upper ones naming
groups of columns ("Unsur Pelayanan" over U1 … U9). The row that holds most of the names
that the study asks for is the last one of the header; the first of equals.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from skm_analysis.responses.columnar import ByColumn
from skm_analysis.responses.naming import JOINT, count_named
from skm_analysis.responses.raw import Grid, column_letters, refusal
from skm_analysis.responses.spelling import fold, tidy

_LEGEND = re.compile(r"(?:keterangan|ket|catatan|legenda) ?[.:]*")
_SEARCHED = 30  # rows from the top
_MOST_ROWS = 3  # of a header
Merges = Collection[tuple[tuple[int, int], tuple[int, int]]]


class Header(NamedTuple):
    row: int  # 0-based index of its last row in the grid
    names: tuple[str, ...]  # as found; "" where a column has no name
    lower: tuple[str, ...]  # from the last header row alone
    rows: int  # 1 to 3
    title: bool = False  # whether its top row is one text over all the columns

    @property
    def place(self) -> str:
        """Where it stands, as people are told."""
        numbers = [str(self.row + 2 - self.rows + i) for i in range(self.rows)]
        *before, last = numbers
        told = f"{', '.join(before)} dan {last}" if before else last
        return f"judul kolom di baris {told}"

    def count(self, wanted: Collection[str]) -> int:
        """How many of the names `wanted` it holds."""
        return count_named((*self.names, *self.lower), wanted)


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
    best = max(candidates, key=lambda candidate: candidate.count(wanted))
    if not best.count(wanted):
        best = _fullest(candidates)
    best = _with_lower_names(best, candidates, grid, merges)
    return _with_upper_names(best, candidates)


def _candidates(grid: Grid, row: int, merges: Merges) -> list[Header]:
    """The header that ends in `row`: that row alone, with one above it, with two."""
    lower = tuple(tidy(cell) for cell in grid[row])
    parts: list[Sequence[str]] = [lower]
    found = [Header(row, lower, lower, 1)]
    for above in range(row - 1, row - _MOST_ROWS, -1):
        if above < 0 or not any(grid[above]):
            break
        parts.insert(0, _spread(grid, above, row, merges))
        names = tuple(_joined(column) for column in zip(*parts, strict=True))
        title = len({name for name in parts[0] if name}) == 1 and all(parts[0])
        found.append(Header(row, names, lower, len(parts), title))
    return found


def _joined(parts: Sequence[str]) -> str:
    """The names of one column from top to bottom, without what is said twice."""
    told = [part for part in parts if part]
    return JOINT.join(
        part for i, part in enumerate(told) if not i or part != told[i - 1]
    )


def _spread(grid: Grid, row: int, last: int, merges: Merges) -> list[str]:
    """An upper header row, each name over all columns that it covers.

    Without merged cells, as in a text file, a name covers the blank cells beside it
    that have a name below, up to `last`, as far as no group above begins anew.
    """
    width = len(grid[last])
    cells = _cells(grid, row, width)
    across = [
        (start[1], end[1])
        for start, end in merges
        if start[0] <= row <= end[0] and end[1] > start[1]
    ]
    for first, final in across:
        name = cells[first] if first < width else ""
        cells[first : final + 1] = [name] * len(cells[first : final + 1])
    if across:
        return cells
    above = _cells(grid, row - 1, width)
    below = [_cells(grid, lower, width) for lower in range(row + 1, last + 1)]
    for column in range(1, width):
        named = any(cells_below[column] for cells_below in below)
        if not cells[column] and named and not above[column]:
            cells[column] = cells[column - 1]
    return cells


def _cells(grid: Grid, row: int, width: int) -> list[str]:
    cells = [tidy(cell) for cell in grid[row][:width]] if row >= 0 else []
    return cells + [""] * (width - len(cells))


def _fullest(candidates: Sequence[Header]) -> Header:
    """The first row with nearly as many words as any; numbers are no names."""

    def words(header: Header) -> int:
        return sum(any(map(str.isalpha, name)) for name in header.lower)

    enough = 0.6 * max(map(words, candidates))
    return next(header for header in candidates if words(header) >= enough)


def _with_upper_names(best: Header, candidates: Sequence[Header]) -> Header:
    """The same header with as many upper rows as name a column that has no name."""
    for other in candidates:
        if other.row == best.row and other.rows > best.rows and not other.title:
            gaps = zip(best.names, other.names, strict=True)
            if any(not name and joined for name, joined in gaps):
                best = other
    return best


def _with_lower_names(
    best: Header, candidates: Sequence[Header], grid: Grid, merges: Merges
) -> Header:
    """The header that ends one row lower, where that row is still part of it.

    It names what lies below the merged cells and nothing else, as no respondent does;
    without any, what lies below a name and the blank cells to its right.
    """
    below = best.row + 1
    covered = {
        column
        for (top, left), (bottom, right) in merges
        if top <= best.row == bottom and right > left
        for column in range(left, right + 1)
    } or _spread_over(grid[best.row])
    if not covered or below >= len(grid):
        return best
    named = {column for column, cell in enumerate(grid[below]) if tidy(cell)}
    taken = (x for x in candidates if x.row == below and x.rows == best.rows + 1)
    return next(taken, best) if named == covered else best


def _spread_over(cells: Sequence[str]) -> set[int]:
    """The columns of names that have blank cells to their right, and those cells.

    >>> sorted(_spread_over(["No", "JK", "", "U1", " ", "Saran"]))
    [1, 2, 3, 4]
    """
    blank = [not tidy(cell) for cell in cells]
    wide = {at for at in range(1, len(cells)) if blank[at]}
    return wide | {at - 1 for at in wide if not blank[at - 1]}


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


def refuse_nameless(
    file: str, header: Header, grid: Grid, aside: Collection[int] = ()
) -> None:
    """Refuse columns that hold data under no name: which question is it?

    `aside`: numbers of the rows that are no respondents.
    """
    nameless = [
        column
        for column, name in enumerate(header.names)
        if not name and not _is_blank_below(grid, header.row + 1, column, aside)
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


def _is_blank_below(grid: Grid, top: int, column: int, aside: Collection[int]) -> bool:
    if isinstance(grid, ByColumn) and not aside:
        return not any(map(tidy, grid.columns[column].at(slice(top, None)).texts))
    return not any(
        column < len(cells) and tidy(cells[column]) and number not in aside
        for number, cells in enumerate(grid[top:], top + 1)
    )


def width_of_table(grid: Grid, header: Header, wanted: Collection[str]) -> int:
    """How many columns belong to the table, and not to a legend beside it.

    The legend stands to the right of a blank column and has no names, or only one that
    says so ("Keterangan") and is none of `wanted`. What is beside without a gap, is a
    column of the table.
    """
    width = len(header.names)
    asked = set(map(fold, wanted))
    named = [
        bool(name) and (fold(name) in asked or not _LEGEND.fullmatch(fold(name)))
        for name in header.names
    ]
    for column in range(1, width - 1):
        if header.names[column] or any(named[column + 1 :]):
            continue
        if _is_blank_below(grid, 0, column, ()):
            told = range(column + 1, width)
            nothing = all(_is_blank_below(grid, 0, each, ()) for each in told)
            return width if nothing else column
    return width


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether the row below a header only numbers its columns: 1 2 3 … or (1) (2) …

    Six columns at least: on a scale to four or five no answers run like that.
    """
    told = [tidy(cell).strip("()") for cell in cells]
    return len(told) >= 6 and told == [str(i + 1) for i in range(len(told))]


def is_second_header(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the row below a header names its columns once more.

    With labels under the names of the questions (KoboToolbox), columns without a label
    are called the same again: two at least. Or with tags that begin with # (HXL).
    """
    told = [(fold(cell), fold(name)) for cell, name in zip(cells, names, strict=True)]
    filled = [(cell, name) for cell, name in told if cell]
    if len(filled) < 2:
        return False
    tags = all(re.match(r"#[a-z]", cell) for cell, _ in filled)
    return tags or sum(cell == name for cell, name in filled) >= 2
