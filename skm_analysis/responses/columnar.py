"""A column of a million rows has few distinct texts: look at each of them once."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Texts = npt.NDArray[np.object_]


class Distinct(NamedTuple):
    codes: npt.NDArray[np.intp]  # row -> position in `texts`
    texts: tuple[str, ...]
    counts: npt.NDArray[np.intp]  # rows that hold each text


def split(column: Sequence[str] | Texts) -> Distinct:
    """The distinct texts of `column`, in the order in which they appear."""
    if not len(column):
        empty = np.array([], dtype=np.intp)
        return Distinct(empty, (), empty)
    codes, texts = pd.factorize(np.asarray(column, dtype=object))
    return Distinct(codes, tuple(texts), np.bincount(codes, minlength=len(texts)))


def spread(column: Sequence[str] | Texts, function: Callable[[str], object]) -> Texts:
    """`function` of each cell, called once for each distinct text.

    >>> spread(["a", "b", "a"], str.upper).tolist()
    ['A', 'B', 'A']
    """
    found = split(column)
    results = np.empty(len(found.texts), dtype=object)
    for position, text in enumerate(found.texts):
        results[position] = function(text)
    return results[found.codes]
