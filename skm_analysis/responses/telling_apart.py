"""What tells the rows of a delivery apart, and which of them are the same."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.responses.columnar import Codes, Distinct, Texts, tidied
from skm_analysis.responses.columns import Columns
from skm_analysis.responses.profiles import Banded
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.spelling import fold

_SEPARATOR = "\x1f"
_BETWEEN_GROUPS = " -."
_WITHOUT_THEM = str.maketrans("", "", _BETWEEN_GROUPS)
_LONG_NUMBER = 10  # digits; of shorter ids "1 12" and "11 2" may be two people


def identifiers(column: Distinct) -> Distinct:
    """The ids of a column, a long number as its digits alone.

    A NIK or telephone number is written in groups by one officer and not by another.

    >>> from skm_analysis.responses.columnar import split
    >>> identifiers(split(["1374 0101 0190 0001", "r 1", "1-12"])).texts
    ['1374010101900001', 'r 1', '1-12']
    """
    told = tidied(column)
    if max(map(len, told.texts), default=0) <= _LONG_NUMBER:
        return told  # none is long enough to be a long number in groups
    grouped = [_digits_of(text) for text in told.texts if len(text) > _LONG_NUMBER]
    return told.map(_of_number) if any(grouped) else told


def _of_number(text: str) -> str:
    return _digits_of(text) or text


def _digits_of(text: str) -> str:
    """The digits of a long number that is written in groups; "" for any other text."""
    digits = text.translate(_WITHOUT_THEM)
    is_one = _LONG_NUMBER <= len(digits) < len(text) and digits.isdigit()
    return digits if is_one else ""


class Nameless(NamedTuple):
    """What the rows without an id answered, by which they are told apart."""

    rows: Codes
    answers: Mapping[str, Texts]  # item -> score, or the folded text of what is none

    @classmethod
    def of(cls, table: RawTable, columns: Columns, rows: pd.DataFrame) -> "Nameless":
        at = np.flatnonzero(rows["id"] == 0)
        return cls(
            at,
            {
                item: table.distinct(place).at(at).map(fold).cells()
                for item, place in columns.items.items()
            },
        )

    def note(self, item: str, at: Codes, told: Distinct) -> None:
        """That the rows `at` answered so."""
        if not len(self.rows):
            return
        place = np.searchsorted(at, self.rows)
        there = np.isin(self.rows, at, assume_unique=True)
        self.answers[item][there] = told.at(place[there]).cells()


def basis_of(
    rows: pd.DataFrame,
    ids: Distinct | None,
    nameless: Nameless,
    profile: Sequence[Banded],
) -> Texts:
    """What makes a row itself: its id, otherwise all that is read of it.

    As the program reads it by itself: a decision about a spelling renumbers nobody.
    What is read begins with a separator, as no id does.
    """
    basis = np.full(len(rows), "", dtype=object) if ids is None else ids.cells()
    if not len(at := nameless.rows):
        return basis
    whole = rows.iloc[at]
    days = np.where(whole["date"] != "", whole["date"], whole["period"])
    services = [each.built_in.at(at).map(fold).cells() for each in profile]
    parts = [*nameless.answers.values(), *services, days]
    parts += [np.asarray(whole[name], dtype=object) for name in ("stratum", "cluster")]
    told = zip(*[part.tolist() for part in parts], strict=True)
    basis[at] = [_SEPARATOR.join(("", *cells)) for cells in told]
    return basis


def copies(table: RawTable) -> Codes:
    """For each row, a number that is the same where all its cells are.

    Columns with many texts come first: mostly one of them tells all rows apart.
    """
    count = len(table.rows)
    columns = [table.distinct(at) for at in range(len(table.header))]
    alike = np.zeros(count, dtype=np.intp)
    groups = 1
    for column in sorted(columns, key=lambda each: -len(each.texts)):
        if groups >= count:
            break
        alike, found = pd.factorize(alike * len(column.texts) + column.codes)
        groups = len(found)
    return alike
