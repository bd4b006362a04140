"""Rows between the respondents of a sheet that are none: headers again, and headings.

A worksheet that is printed page by page repeats its header; one that is typed desk by
desk has a line for each desk. Counted, they would be empty questionnaires.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from skm_analysis.responses.columnar import ByColumn
from skm_analysis.responses.headers import Header
from skm_analysis.responses.raw import Grid
from skm_analysis.responses.spelling import tidy

_FEWEST, _MOST_JUMPS = 10, 0.2  # of running numbers: 1 2 3 …, anew at each desk
_OPENING = 1_000  # cells by which a column of no such numbers is told at once
_COUNT = re.compile("[0-9]{1,9}")


def repeated_rows(grid: Grid, header: Header) -> frozenset[int]:
    """Numbers of the rows below the header that repeat one of it, or of a title above.

    Whole rows: a cell that happens to say what a title says is none.
    """
    found: set[int] = set()
    for above in grid[: header.row + 1]:
        said = _filled(above)
        if any(any(map(str.isalpha, text)) for text in said.values()):
            rows = _rows_with(grid, min(said), header.row + 1, above[min(said)])
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
    if not _are_running(_cells(grid, first, top, top + _OPENING)):
        return frozenset()
    cells = _cells(grid, first, top)
    if not _are_running(cells):
        return frozenset()
    words = [row for row, cell in enumerate(cells, start=top) if _is_no_number(cell)]
    return frozenset(row + 1 for row in words if _is_text(_filled(grid[row])))


def _are_running(cells: Sequence[str]) -> bool:
    """Whether the numbers of a column count its rows; answers do not run like that."""
    numbers = [int(cell) for cell in cells if _COUNT.fullmatch(cell)]
    jumps = sum(after != before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST and jumps <= _MOST_JUMPS * len(numbers)


def _cells(grid: Grid, at: int, top: int, end: int | None = None) -> list[str]:
    if isinstance(grid, ByColumn):
        codes, texts = grid.columns[at]
        return [texts[code] for code in codes[top:end].tolist()]
    return [cells[at] if at < len(cells) else "" for cells in grid[top:end]]


def _is_no_number(cell: str) -> bool:
    return cell != "" and not cell.isdigit()


def _is_text(filled: Mapping[int, str]) -> bool:
    return len(filled) == 1 and any(map(str.isalpha, *filled.values()))


def _rows_with(grid: Grid, at: int, top: int, text: str) -> list[int]:
    """The rows from `top` on that hold exactly this text in the column."""
    if isinstance(grid, ByColumn):
        codes, texts = grid.columns[at]  # above stands the text itself
        rows: list[int] = np.flatnonzero(codes == texts.index(text)).tolist()
        return [row for row in rows if row >= top]
    cells = enumerate(_cells(grid, at, top), start=top)
    return [row for row, cell in cells if cell == text]


def _filled(cells: Sequence[str]) -> dict[int, str]:
    """Place -> text of the cells in which anything stands."""
    return {at: text for at, cell in enumerate(cells) if (text := tidy(cell))}
