"""How wide the columns of a table are, so that its rows need few lines."""

from typing import NamedTuple

from skm_analysis.report.elements import Table, plain

# Hundredths of the letter size: what a line of table text holds on an A4 page, upright
# and turned, and what is measured below. Letters are as wide as those of Times; the
# padding covers what other fonts need more.
UPRIGHT, TURNED = 5000, 7750
_PADDING = 105
_NARROW = 650  # a column that holds all its cells in this width never breaks them
_LONG_WORD = 1100
_STEP = 25
_BOLD = 110  # percent; what headers need more
_SPACE, _OTHER = 25, 50
_WIDTHS = {
    **dict.fromkeys("ijlt.,:;|!'/", 28),
    **dict.fromkeys("fr()[]-", 33),
    **dict.fromkeys("acesz", 44),
    **dict.fromkeys("+−", 56),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ", 70),
    **dict.fromkeys("mwMW%", 82),
}
_EVEN = 0.25  # what a shorter cell is worth in a row that stays as high


class _Step(NamedTuple):
    """A width at which some cell of a column needs a line less than below it."""

    width: int
    lines: tuple[int, ...]  # of each cell, the header first


def fitted(table: Table) -> list[float]:
    """Relative widths that make the table low, near to those that it asks for.

    Every column starts as wide as its longest cell. While the page is too narrow for
    all, the one gives way that saves most width for the lines that it then needs.
    Room that is left goes to the columns that have less than their asked share.

    Examples
    --------
    >>> from skm_analysis.report.elements import Column
    >>> name, note = ("Ngalau",), ("a b " * 14,)
    >>> fitted(Table("t", (), (Column("Unit"), Column("Catatan")), ((name, note),)))
    [2500.0, 2500.0]
    """
    room = TURNED if is_turned(table) else UPRIGHT
    steps = [
        _steps([column.header, *(plain(row[place]) for row in table.rows)])
        for place, column in enumerate(table.columns)
    ]
    widths = [float(each.width) for each in _chosen(steps, room)]
    left = room - sum(widths)
    if left < 0:
        return widths
    asked = sum(column.width for column in table.columns)
    lacking = [
        max(room * column.width / asked - width, 0)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    total = sum(lacking)
    if not total:
        return widths
    return [
        width + left * lack / total for width, lack in zip(widths, lacking, strict=True)
    ]


def is_turned(table: Table) -> bool:
    """Whether the table stands on a page on its side, asked for or needed."""
    return table.landscape or least(table) > UPRIGHT


def least(table: Table) -> int:
    """The width below which words of the table would be broken."""
    cells = (
        [column.header, *(plain(row[place]) for row in table.rows)]
        for place, column in enumerate(table.columns)
    )
    return sum(_steps(column)[0].width for column in cells)


def _chosen(steps: list[list[_Step]], room: int) -> list[_Step]:
    """One step of each column, the widest that fit beside one another."""
    at = [len(column) - 1 for column in steps]
    while (now := _at(steps, at)) and sum(step.width for step in now) > room:
        offers = []
        for column, place in enumerate(at):
            if place:
                less = steps[column][place - 1]
                tried = [*now[:column], less, *now[column + 1 :]]
                saved = now[column].width - less.width
                offers.append(((_height(tried) - _height(now)) / saved, column))
        if not offers:
            return now
        at[min(offers)[1]] -= 1
    while better := _exchanged(steps, at, room):
        at = better
    return _at(steps, at)


def _at(steps: list[list[_Step]], at: list[int]) -> list[_Step]:
    return [column[place] for column, place in zip(steps, at, strict=True)]


def _exchanged(steps: list[list[_Step]], at: list[int], room: int) -> list[int]:
    """The best of one column wider, another as narrow as that needs; [] if none."""
    best, found = _height(_at(steps, at)), []
    for wider, column in enumerate(steps):
        for place in range(at[wider] + 1, len(column)):
            for narrower in range(len(steps)):
                tried = [*at]
                tried[wider] = place
                while sum(step.width for step in _at(steps, tried)) > room:
                    tried[narrower] -= 1
                    if narrower == wider or tried[narrower] < 0:
                        break
                else:
                    height = _height(_at(steps, tried))
                    if height < best:
                        best, found = height, tried
    return found


def _height(chosen: list[_Step]) -> float:
    rows = zip(*(step.lines for step in chosen), strict=True)
    return sum((max(row) + _EVEN * sum(row) for row in rows), 0.0)


def _steps(cells: list[str]) -> list[_Step]:
    words = [[_wide(word) for word in cell.split()] for cell in cells]
    words[0] = [word * _BOLD // 100 for word in words[0]]
    whole = [sum(cell) + _SPACE * max(len(cell) - 1, 0) for cell in words]
    longest = min(max(max(cell, default=0) for cell in words), _LONG_WORD)
    full = max([*whole[1:], longest, -(-whole[0] // 2)])
    least = full if full + _PADDING <= _NARROW else longest
    made: list[_Step] = []
    widest = min(max(least, *whole), TURNED)
    for width in range(least, widest + _STEP, _STEP):
        lines = tuple(_lines(cell, width) for cell in words)
        if not made or sum(lines) < sum(made[-1].lines):
            made.append(_Step(width + _PADDING, lines))
    return made


def _wide(word: str) -> int:
    return sum(_WIDTHS.get(each, _OTHER) for each in word)


def _lines(words: list[int], width: int) -> int:
    """Lines that words of these lengths need."""
    count, used = 1, 0
    for word in words:
        if used and used + _SPACE + word > width:
            count, used = count + 1, 0
        used += word + (_SPACE if used else 0)
        while used > width:
            count, used = count + 1, used - width
    return count
