"""Do earlier figures, known only as they were printed, follow from each other?

An index is worked out anew from the item means printed beside it, under every rule that
worksheets are known to use; a mean is held against what its number of respondents can
give. Nothing here says who erred, or why.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from skm_analysis.estimates.grading import shown_value
from skm_analysis.estimates.sensitivity import rounded, worksheet_index

WITHIN_ROUNDING = "within-rounding"


class Worksheet(NamedTuple):
    """How a worksheet gets from means to the index."""

    name: str
    weight_places: int | None = None
    mean_places: int | None = None
    index_places: int | None = None
    cell_places: int | None = None


class Reading(NamedTuple):
    """What printed means say of the index printed beside them."""

    value: Fraction  # with exact weights
    rules: tuple[str, ...]  # that give the printed index; none: it does not follow

    @property
    def reproduced(self) -> bool:
        return bool(self.rules)


def worksheets(items: int) -> list[Worksheet]:
    """Every known way: equal weights, exact or written with 2 or 3 decimals.

    Each with at most one rounding on the way: of the means, of the sum of the weighted
    means before it is multiplied, or of each weighted mean. 21 ways for nine items.

    >>> [each.name for each in worksheets(9)][::7]
    ['exact', 'weight-0-11', 'weight-0-111']
    """
    share = Fraction(1, items)
    bases: list[tuple[str, int | None]] = [("exact", None)]
    for places in (2, 3):
        if rounded(share, places) != share:
            written = str(shown_value(share, places)).replace(".", "-")
            bases.append((f"weight-{written}", places))
    found = []
    for name, weight in bases:
        found.append(Worksheet(name, weight))
        for places in (2, 3):
            found.append(Worksheet(f"{name}+mean-{places}", weight, places))
        for places in (2, 3):
            found.append(Worksheet(f"{name}+index-{places}", weight, None, places))
        for places in (2, 3):
            found.append(Worksheet(f"{name}+cell-{places}", weight, None, None, places))
    return found


def read_index(
    means: Sequence[Fraction],
    printed: Decimal,
    *,
    highest: int = 4,
    mean_step: Fraction = Fraction(0),
) -> Reading:
    """The printed index held against the item means, in index points.

    Parameters
    ----------
    means
        one per item, in score points, as printed or from printed sums
    printed
        the index with the decimals that were printed
    highest
        the best answer; the index is 100 there
    mean_step
        the unit of the means' last printed decimal, 0 where they are exact

    Notes
    -----
    A rule gives the printed index if its value is that very number; if no rule's is,
    those whose rounded value is. If none does, but the index with exact weights could
    have been printed so had the means not been rounded, the rule is `within-rounding`.
    With two decimals that allows 0.13 of an index point: 0.111 and 1/9 (0.1 point
    apart) cannot be told apart then, 0.11 (0.9 points) can. Of 21 ways some fit by
    chance: of wrong indices within one point, 4 % with exact and 15 % with rounded
    means (simulated); of those within five, 1 and 3 %.
    """
    weights = [Fraction(1, len(means))] * len(means)
    factor = Fraction(100, highest)
    value = worksheet_index(means, weights, factor)
    places = _places(printed)
    found = {
        way.name: worksheet_index(
            means,
            weights,
            factor,
            mean_places=way.mean_places,
            weight_places=way.weight_places,
            cell_places=way.cell_places,
            index_places=way.index_places,
        )
        for way in worksheets(len(means))
    }
    rules = [name for name, each in found.items() if each == Fraction(printed)] or [
        name for name, each in found.items() if shown_value(each, places) == printed
    ]
    reach = factor * mean_step / 2 + _unit(places) / 2
    if not rules and mean_step and abs(value - Fraction(printed)) <= reach:
        rules = [WITHIN_ROUNDING]
    return Reading(value, tuple(rules))


def possible_mean(printed: Decimal, n: int, scale: tuple[int, int]) -> bool:
    """Whether `n` whole numbers on the scale have a mean that is printed so.

    Notes
    -----
    The granularity test (GRIM): some whole sum over n lies within half a unit of the
    last printed decimal, ends included, so that neither way to round a tie is accused.
    It needs the number who answered *this* item; with the number of questionnaires
    instead, a blank can make a true mean look impossible. With n above 10^decimals
    every mean on the scale is possible.

    References
    ----------
    The test is named after Brown and Heathers; from memory, not consulted.

    Examples
    --------
    >>> [possible_mean(Decimal(each), 20, (1, 4)) for each in ("3.45", "3.47", "4.05")]
    [True, False, False]
    """
    half = _unit(_places(printed)) / 2
    least = ceil((Fraction(printed) - half) * n)
    most = floor((Fraction(printed) + half) * n)
    lowest, highest = scale
    return max(least, lowest * n) <= min(most, highest * n)


def possible_sum(printed: Decimal, n: int, scale: tuple[int, int]) -> bool:
    """Whether `n` whole numbers on the scale can have this sum.

    An answer off the scale goes unseen where the others leave room for it.
    """
    lowest, highest = scale
    return printed == int(printed) and lowest * n <= printed <= highest * n


def last_step(printed: Decimal) -> Fraction:
    """The unit of the last printed decimal.

    >>> last_step(Decimal("3.06"))
    Fraction(1, 100)
    """
    return _unit(_places(printed))


def _places(printed: Decimal) -> int:
    return max(0, -int(printed.as_tuple().exponent))


def _unit(places: int) -> Fraction:
    return Fraction(1, 10**places)
