"""What fits on a slide: lines of text and rows of a table, counted, not hoped for.

Widths are reckoned with an average letter, a little wider than Arial's, so that what
is counted as fitting does fit in PowerPoint, LibreOffice and Impress alike.
"""

import re
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from skm_analysis.report.elements import Line, Table, plain
from skm_analysis.report.slide_places import (
    BODY,
    BODY_SIZE,
    SHOWN,
    TABLE_SIZE,
    TEXT,
    TEXT_SIZE,
    TITLE_BOX,
    TITLE_SIZE,
    Box,
)

MOST_ROWS = 8
_LETTER = 0.54  # of the size, on average
_LEADING = 1.2
_BETWEEN = 9 / 72  # inches before a paragraph
_INSET = 0.2  # inches, both sides of a box or cell
_CELL = 0.1  # inches above and below a cell's text
_SMALLEST = 14
_SENTENCE_END = re.compile(r"(?<=[.;]) ")


class Fitted(NamedTuple):
    """Text with the size at which it fits."""

    lines: tuple[Line, ...]
    size: int


def title_size(title: Line) -> int:
    """The largest of three sizes at which a title takes two lines at most."""
    for size in (TITLE_SIZE, 22):
        if _count(plain(title), TITLE_BOX.wide, size) <= 2:
            return size
    return 18


def text(lines: Sequence[Line], *, above: bool) -> Fitted:
    """As many sentences as fit, at the largest size at which most of them do.

    `above`: the text stands over a table or picture; otherwise it has the slide.
    """
    box, largest = (TEXT, TEXT_SIZE) if above else (BODY, BODY_SIZE)
    given = tuple(line for line in lines if line)
    for size in range(largest, _SMALLEST - 1, -2):
        if _high(given, box, size) <= box.high:
            return Fitted(given, size)
    kept = given
    while len(kept) > 1 and _high(kept, box, _SMALLEST) > box.high:
        kept = kept[:-1]
    while kept and _high(kept, box, _SMALLEST) > box.high:
        shorter = _without_last_sentence(kept[0])
        if shorter == kept[0]:
            break
        kept = (shorter,)
    return Fitted(kept, _SMALLEST)


def _without_last_sentence(line: Line) -> Line:
    """The line up to the end of its last sentence but one; itself if it has one."""
    for place in range(len(line) - 1, -1, -1):
        part = line[place]
        ends = (
            [found.start() for found in _SENTENCE_END.finditer(part)]
            if isinstance(part, str)
            else []
        )
        if ends and isinstance(part, str):
            return (*line[:place], part[: ends[-1]])
    return line


def _high(lines: Sequence[Line], box: Box, size: int) -> float:
    count = sum(_count(plain(line), box.wide - 0.35, size) for line in lines)
    return count * size * _LEADING / 72 + len(lines) * _BETWEEN + 0.1


def _count(told: str, wide: float, size: int) -> int:
    """Lines that `told` takes in a box of that width, in inches."""
    letters = max(int((wide - _INSET) * 72 / (size * _LETTER)), 1)
    return max(len(textwrap.wrap(told, letters)), 1)


def heights(table: Table, size: int = TABLE_SIZE) -> list[float]:
    """The height of the header and of every row, in inches."""
    total = sum(column.width for column in table.columns)
    wide = [SHOWN.wide * column.width / total for column in table.columns]
    rows = [[column.header for column in table.columns]]
    rows += [[plain(cell) for cell in row] for row in table.rows]
    return [
        max(_count(cell, width, size) for cell, width in zip(row, wide, strict=True))
        * size
        * _LEADING
        / 72
        + _CELL
        for row in rows
    ]


def table_size(table: Table) -> int:
    """The largest size at which the whole table fits."""
    for size in (18, 16):
        if sum(heights(table, size)) <= SHOWN.high:
            return size
    return TABLE_SIZE


def fitting(table: Table) -> list[int]:
    """The places of the rows that fit under the header, from the top.

    A row that would take half the room by itself is passed over.
    """
    head, *rows = heights(table)
    left = SHOWN.high - head
    places: list[int] = []
    for place, high in enumerate(rows):
        if high > SHOWN.high / 2:
            continue
        left -= high
        if left < 0 or len(places) == MOST_ROWS:
            break
        places.append(place)
    return places
