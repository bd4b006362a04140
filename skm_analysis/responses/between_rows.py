"""Rows between the respondents of a sheet that are none: headers again, and headings.

A worksheet that is printed page by page repeats its header; one that is typed desk by
desk has a line for each desk. Counted, they would be empty questionnaires.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from skm_analysis.responses.columnar import ByColumn
from skm_analysis.responses.headers import Header
from skm_analysis.responses.raw import Grid
from skm_analysis.responses.spelling import tidy

_FEWEST, _MOST_JUMPS = 10, 0.2  # of running numbers: 1 2 3 …, anew at each desk
_COUNT = re.compile("[0-9]{1,9}")


def repeated_rows(grid: Grid, header: Header) -> frozenset[int]:
    """Numbers of the rows below the header that repeat one of it, or of a title above.

    Whole rows: a cell that happens to say what a title says is none.
    """
    found: set[int] = set()
    for above in grid[: header.row + 1]:
        said = _filled(above)
        if any(any(map(str.isalpha, text)) for text in said.values()):
            cell = above[min(said)]
            rows = _rows_where(grid, min(said), header.row + 1, cell.__eq__)
            found |= {row + 1 for row in rows if _filled(grid[row]) == said}
    return frozenset(found)


def heading_rows(grid: Grid, header: Header) -> frozenset[int]:
    """Numbers of the rows that hold one text, in a first column of running numbers.

    A respondent who wrote nothing but a name stands in a column of names.
    """
    top = header.row + 1
    first = next((at for at, name in enumerate(header.names) if name), None)
    if first is None:
        return frozenset()
    words = _rows_where(grid, first, top, _is_words)
    if len(words) > _MOST_JUMPS * (len(grid) - top):
        return frozenset()  # ids with letters, of which there may be a million
    alone = [row for row in words if len(_filled(grid[row])) == 1]
    if not alone or not _are_running(_cells(grid, first, top)):
        return frozenset()
    return frozenset(row + 1 for row in alone)


def _are_running(cells: Sequence[str]) -> bool:
    """Whether the numbers of a column count its rows; answers do not run like that."""
    numbers = [int(cell) for cell in cells if _COUNT.fullmatch(cell)]
    jumps = sum(after != before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST and jumps <= _MOST_JUMPS * len(numbers)


def _cells(grid: Grid, at: int, top: int) -> list[str]:
    if isinstance(grid, ByColumn):
        return [*grid.columns[at].at(slice(top, None)).cells()]
    return [cells[at] for cells in grid[top:] if at < len(cells)]


def _is_words(cell: str) -> bool:
    return not cell.isdigit() and any(map(str.isalpha, cell))


def _rows_where(
    grid: Grid, at: int, top: int, holds: Callable[[str], bool]
) -> list[int]:
    """The rows from `top` on of whose cell in the column this holds."""
    if isinstance(grid, ByColumn):
        if at >= len(grid.columns):
            return []
        column = grid.columns[at]
        told = np.array([holds(text) for text in column.texts], dtype=bool)
        if not told.any():
            return []
        return (np.flatnonzero(told[column.codes[top:]]) + top).tolist()
    below = enumerate(grid[top:], start=top)
    return [row for row, cells in below if at < len(cells) and holds(cells[at])]


def _filled(cells: Sequence[str]) -> dict[int, str]:
    """Place -> text of the cells in which anything stands."""
    return {at: text for at, cell in enumerate(cells) if (text := tidy(cell))}
