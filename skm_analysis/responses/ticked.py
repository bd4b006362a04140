"""Sheets for ticks: several columns under one name, of which each row marks one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from skm_analysis.responses.columnar import ByColumn
from skm_analysis.responses.joining import join, spelled_out
from skm_analysis.responses.naming import JOINT
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.screening import may_be_shown
from skm_analysis.responses.spelling import fold

# "ü" is the tick of Wingdings, as other fonts show it.
_MARKS = frozenset({"√", "✓", "✔", "☑", "v", "x", "ü", "*", "1"})
_MOST = 0.95  # share of the rows that mark one column at most
_ENOUGH = 0.5  # share of the rows that mark any


class Ticked(NamedTuple):
    """Columns that stand under one name, and the signs in them, folded."""

    columns: tuple[int, ...]
    marks: frozenset[str]


def ticked_columns(table: RawTable) -> tuple[Ticked, ...]:
    """The groups of columns in which nothing but one tick a row stands."""
    if table.variables or not table.rows:
        return ()
    uppers = [name.rpartition(JOINT)[0] for name in table.header]
    groups = (
        [*places]
        for upper, places in groupby(range(len(uppers)), uppers.__getitem__)
        if upper
    )
    found = (_ticked(table, places) for places in groups if len(places) > 1)
    return tuple(each for each in found if each is not None)


def _ticked(table: RawTable, places: Sequence[int]) -> Ticked | None:
    if not all(may_be_shown(table.lower[at]) for at in places):
        return None  # columns called after people
    columns = [table.distinct(at).map(fold) for at in places]
    marks = frozenset(text for each in columns for text in each.texts if text)
    if not marks or not marks <= _MARKS:
        return None
    filled = sum((each.cells() != "").astype(np.int64) for each in columns)
    rows = len(table.rows)
    one, some = np.count_nonzero(filled <= 1), np.count_nonzero(filled)
    if one < _MOST * rows or some < _ENOUGH * rows:
        return None
    return Ticked((*places,), marks)


def told_by_ticks(table: RawTable, groups: Sequence[Ticked]) -> RawTable:
    """The table as if each group were one column, called by the name above it."""
    if not groups:
        return table
    columns = [table.distinct(at) for at in range(len(table.header))]
    header, lower = [*table.header], [*table.lower]
    for places, marks in groups:
        first, *others = places
        columns[first], _ = join(
            [spelled_out(columns[at], table.lower[at], marks) for at in places]
        )
        header[first] = lower[first] = table.header[first].rpartition(JOINT)[0]
        for at in others:
            header[at] = lower[at] = ""
    return replace(table, header=(*header,), lower=(*lower,), rows=ByColumn(columns))


def by_first(groups: Sequence[Ticked]) -> Mapping[int, Ticked]:
    """The groups by their first columns, which stand for them."""
    return {each.columns[0]: each for each in groups}
