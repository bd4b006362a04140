"""How wide the columns of a table are, so that few cells need a second line."""

from skm_analysis.report.elements import Column, Line, Table, plain

# Characters that a line of table text holds on an A4 page, upright and turned.
UPRIGHT, TURNED = 100, 155
_PADDING = 2
_NARROW = 16


def fitted(table: Table) -> list[float]:
    """Relative widths: those that the table asks for, idle room given to the tight.

    A narrow column always holds its longest cell. A column wider than its longest
    cell lends what it does not need to those that would break their cells, in
    proportion to what they lack.

    Examples
    --------
    >>> name, note = ("Ngalau",), ("a" * 58,)
    >>> fitted(Table("t", (), (Column("Unit"), Column("Catatan")), ((name, note),)))
    [40.0, 60.0]
    """
    room = TURNED if table.landscape else UPRIGHT
    needs = [
        _need(column, [row[place] for row in table.rows])
        for place, column in enumerate(table.columns)
    ]
    shares = _shares(room, [column.width for column in table.columns], needs)
    lacking = [max(need - share, 0) for need, share in zip(needs, shares, strict=True)]
    idle = [max(share - need, 0) for need, share in zip(needs, shares, strict=True)]
    moved = min(sum(lacking), sum(idle))
    if not moved:
        return shares
    return [
        share + moved * (short / sum(lacking) - spare / sum(idle))
        for share, short, spare in zip(shares, lacking, idle, strict=True)
    ]


def _shares(room: float, asked: list[float], needs: list[float]) -> list[float]:
    """The room as the table asks, but narrow columns as wide as they need to be."""
    shares = [room * width / sum(asked) for width in asked]
    held = [
        need if share < need <= _NARROW else 0.0
        for share, need in zip(shares, needs, strict=True)
    ]
    others = sum(share for share, kept in zip(shares, held, strict=True) if not kept)
    if not others:
        return shares
    left = (room - sum(held)) / others
    return [kept or share * left for share, kept in zip(shares, held, strict=True)]


def _need(column: Column, cells: list[Line]) -> float:
    """Characters of the longest cell; a header may take two lines."""
    words = [len(word) for word in column.header.split()] or [0]
    header = max(*words, len(column.header) / 2)
    return max([header, *(len(plain(cell)) for cell in cells)]) + _PADDING
