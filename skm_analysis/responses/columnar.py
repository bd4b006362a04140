"""A column of a million rows has few distinct texts: look at each of them once."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from skm_analysis.responses.spelling import tidy

Texts = npt.NDArray[np.object_]
Codes = npt.NDArray[np.intp]


class Distinct(NamedTuple):
    """A column as its distinct texts, in the order in which they appear."""

    codes: Codes  # row -> position in `texts`
    texts: Sequence[str]

    @property
    def counts(self) -> npt.NDArray[np.intp]:
        """Rows that hold each text."""
        return np.bincount(self.codes, minlength=len(self.texts))

    def map(self, function: Callable[[str], str]) -> "Distinct":
        """`function` of each cell, called once for each distinct text.

        >>> split(["a", "b", "A"]).map(str.upper).texts
        ['A', 'B']
        """
        told = split([function(text) for text in self.texts])
        return Distinct(told.codes[self.codes], told.texts)

    def take(self, values: Sequence[object]) -> Texts:
        """For each row that one of `values` which belongs to its text."""
        told = np.empty(len(values), dtype=object)
        told[:] = values
        return told[self.codes]

    def cells(self) -> Texts:
        return self.take(self.texts)

    def at(self, rows: Codes | npt.NDArray[np.bool_] | slice) -> "Distinct":
        """The same column of some of the rows, in their order."""
        codes = self.codes[rows]
        if len(codes) == len(self.codes):
            return self
        codes, kept = pd.factorize(codes)
        return Distinct(codes, [self.texts[place] for place in kept.tolist()])

    def below(self, row: int) -> "Distinct":
        """The same column from `row` on."""
        above = int(self.codes[:row].max(initial=-1)) + 1
        if (self.codes[row:] < above).any():
            return self.at(slice(row, None))
        # No text stands above and below: the codes below begin where those end.
        return Distinct(self.codes[row:] - above, self.texts[above:])

    def categorical(self) -> pd.Categorical:
        texts = pd.Index(np.array(self.texts, dtype=object), dtype="str")
        return pd.Categorical.from_codes(self.codes, categories=texts, validate=False)


def split(column: Sequence[str] | Texts) -> Distinct:
    """The distinct texts of `column`, in the order in which they appear."""
    if not len(column):
        return Distinct(np.array([], dtype=np.intp), [])
    codes, texts = pd.factorize(np.asarray(column, dtype=object))
    return Distinct(codes, texts.tolist())


def same(text: str, rows: int) -> Distinct:
    """A column in which `text` stands in every row."""
    return Distinct(np.zeros(rows, dtype=np.intp), [text] if rows else [])


def tidied(column: Distinct) -> Distinct:
    """The column as `tidy` leaves it, which mostly is what it was.

    >>> tidied(split(["a ", "b"])).texts, tidied(split(["a", "b"])).texts
    (['a', 'b'], ['a', 'b'])
    """
    whole = "".join(column.texts)
    if whole.isascii() and whole.split() in ([], [whole]):
        return column
    return column.map(tidy)


def spread(column: Sequence[str] | Texts, function: Callable[[str], object]) -> Texts:
    """`function` of each cell, called once for each distinct text.

    >>> spread(["a", "b", "a"], str.upper).tolist()
    ['A', 'B', 'A']
    """
    found = split(column)
    return found.take([function(text) for text in found.texts])


class ByColumn(Sequence[tuple[str, ...]]):
    """Rows of equal length, kept by column: a million of them are few objects.

    >>> rows = ByColumn([split([*"aca"]), split([*"bdb"])])
    >>> rows[1], rows == [("a", "b"), ("c", "d"), ("a", "b")]
    (('c', 'd'), True)
    """

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Distinct]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0].codes)

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> "ByColumn": ...
    def __getitem__(self, at: int | slice) -> "tuple[str, ...] | ByColumn":
        if isinstance(at, slice) and at.start is not None and at.stop is None:
            return ByColumn([column.below(at.start) for column in self.columns])
        if isinstance(at, slice):
            return ByColumn([column.at(at) for column in self.columns])
        return tuple([texts[codes[at]] for codes, texts in self.columns])

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        columns = [column.cells().tolist() for column in self.columns]
        return zip(*columns, strict=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*map(tuple, other)]

    __hash__ = None  # type: ignore[assignment]
