"""Ranks with what is sure of them: all pairs compared at once, by Holm's rule."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import inf
from typing import NamedTuple, TypeVar

import numpy as np

from skm_analysis.estimates.grading import shown_value
from skm_analysis.estimates.interval import Limits, limits
from skm_analysis.estimates.sample import Flags
from skm_analysis.estimates.variance import Estimate

Name = TypeVar("Name", bound=Hashable)
UNKNOWN = Limits(-inf, inf)


class Place(NamedTuple):
    """A rank, 1 the best, and the ranks that it may truly be."""

    rank: int
    low: int
    high: int


def shown_ranks(values: Mapping[Name, Fraction]) -> dict[Name, int]:
    """Rank of each value as shown, 1 the highest; ties share the better rank.

    A rank says nothing of whether two things can be told apart.

    >>> shown_ranks({"a": Fraction(3), "b": Fraction(4), "c": Fraction("3.001")})
    {'a': 2, 'b': 1, 'c': 2}
    """
    shown = {name: shown_value(value) for name, value in values.items()}
    return {
        name: 1 + sum(other > own for other in shown.values())
        for name, own in shown.items()
    }


def holm_rejections(
    excluded: Callable[[float], Flags], count: int, level: float
) -> Flags:
    """(count,): which hypotheses Holm's step-down rule rejects at the error 1 - level.

    Parameters
    ----------
    excluded
        gives for a two-sided level, which intervals at that level exclude what
        their hypothesis says; (count,), fewer the higher the level
    count
        hypotheses in the family
    level
        of the whole family, between 0 and 1

    Notes
    -----
    Without p-values: with r rejected, all whose interval at 1 - (1 - level)/(count - r)
    excludes the hypothesis are rejected too, until no more are. That is Holm's rule,
    since p <= a says that the interval at 1 - a excludes it.
    """
    rejected = np.zeros(count, dtype=np.bool_)
    while not rejected.all():
        left = count - int(rejected.sum())
        found = rejected | excluded(1 - (1 - level) / left)
        if np.array_equal(found, rejected):
            break
        rejected = found
    return rejected


def surely_better(estimates: Sequence[Estimate], level: float) -> Flags:
    """(k, k): is the true value of i above that of j? Sure of all pairs at once.

    Parameters
    ----------
    estimates
        k independent estimates of one scale; one without an interval can be told
        from none
    level
        the probability that no pair at all is told apart wrongly

    Notes
    -----
    A pair's interval is that of `interval.mover`: the difference against the distance
    of the higher to its lower limit and of the lower to its upper limit. Two values
    shown alike are never told apart.
    """
    k = len(estimates)
    value = np.array([float(each.value) for each in estimates])
    shown = [shown_value(each.value) for each in estimates]
    pairs = [
        (first, second) if shown[first] > shown[second] else (second, first)
        for first, second in combinations(range(k), 2)
    ]
    higher, lower = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    differ = np.array([shown[high] > shown[low] for high, low in pairs], np.bool_)

    def excluded(at_level: float) -> Flags:
        known = [limits(each, at_level) or UNKNOWN for each in estimates]
        down = value - np.array([each.low for each in known])
        up = np.array([each.high for each in known]) - value
        reach = np.hypot(down[higher], up[lower])
        apart: Flags = differ & (value[higher] - value[lower] > reach)
        return apart

    told = holm_rejections(excluded, len(pairs), level)
    better = np.zeros((k, k), dtype=np.bool_)
    better[higher[told], lower[told]] = True
    return better


def places(values: Sequence[Fraction], better: Flags) -> list[Place]:
    """Each one's rank, and the ranks from the number surely better and surely worse.

    >>> sure = np.array([[False, True], [False, False]])
    >>> places([Fraction(90), Fraction(80)], sure)
    [Place(rank=1, low=1, high=1), Place(rank=2, low=2, high=2)]
    """
    ranks = shown_ranks(dict(enumerate(values)))
    return [
        Place(
            rank=ranks[own],
            low=1 + int(better[:, own].sum()),
            high=len(values) - int(better[own].sum()),
        )
        for own in range(len(values))
    ]


def alike_groups(values: Sequence[Fraction], better: Flags) -> list[tuple[int, ...]]:
    """Positions of neighbours by value of whom no two can be told apart, best first.

    Notes
    -----
    Each group is as long as can be, and groups may share members. Two that cannot be
    told apart need not share a group, where one between them is known more exactly
    and can be told from either.

    >>> sure = np.array([[0, 0, 1], [0, 0, 0], [0, 0, 0]], dtype=bool)
    >>> alike_groups([Fraction(90), Fraction(85), Fraction(80)], sure)
    [(0, 1), (1, 2)]
    """
    order = sorted(range(len(values)), key=lambda place: (-values[place], place))
    groups: list[tuple[int, ...]] = []
    reached = 0
    for start in range(len(order)):
        stop = start + 1
        while stop < len(order) and not better[order[start:stop], order[stop]].any():
            stop += 1
        if stop > reached:
            groups.append(tuple(order[start:stop]))
            reached = stop
    return groups
