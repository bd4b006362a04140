"""Cells of CSV tables that a spreadsheet shows as text and never works out.

Excel and its like take a cell that begins with = + - @ for a formula, also behind
spaces. Such a text is written with an apostrophe before it, and read back without.
"""

import re

import pandas as pd

_FORMULA = re.compile(
    r"'*\s*\ufeff*\s*(?:%0[9ad]\s*)*[=+\-@＝＋－＠\t\r\n]", re.IGNORECASE
)


def is_worked_out(text: str) -> bool:
    """Whether a spreadsheet would take `text` for a formula."""
    return bool(_FORMULA.match(text))


def shown_as_text(text: str) -> str:
    """`text` as a cell that is shown and never worked out.

    >>> shown_as_text("=1+1"), shown_as_text("- kursi kurang"), shown_as_text("bagus")
    ("'=1+1", "'- kursi kurang", 'bagus')
    """
    return f"'{text}" if is_worked_out(text) else text


def as_typed(cell: str) -> str:
    """What `shown_as_text` was given.

    >>> as_typed("'=1+1"), as_typed("'70-an"), as_typed(shown_as_text("'=1+1"))
    ('=1+1', "'70-an", "'=1+1")
    """
    return cell[1:] if cell[:1] == "'" and is_worked_out(cell) else cell


def shown_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with every text as `shown_as_text` gives it."""
    odd = [name for name in frame.columns if _may_be_odd(frame[name])]
    return frame.assign(**{name: frame[name].map(shown_as_text) for name in odd})


def typed_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """What `shown_columns` was given."""
    odd = [name for name in frame.columns if _may_be_odd(frame[name])]
    return frame.assign(**{name: frame[name].map(as_typed) for name in odd})


def _may_be_odd(column: pd.Series) -> bool:
    """Whether any text begins with a sign; most columns are looked at no closer."""
    if not pd.api.types.is_string_dtype(column):
        return False
    first = {text[:1] for text in column}
    return not all(map(str.isalnum, first - {""}))
