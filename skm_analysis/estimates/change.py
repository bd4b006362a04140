"""Differences between two studies or two sources: comparability, tests, Holm."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from skm_analysis.estimates.interval import Term, mover, reach, total
from skm_analysis.estimates.variance import Estimate
from skm_analysis.study.records import Instrument

Name = TypeVar("Name", bound=Hashable)
_SMALLEST = 1e-10  # error rate, and level, that a p-value is looked for between


class Comparable(NamedTuple):
    """The items on which two instruments can be compared."""

    keys: tuple[str, ...]  # in the order of the later instrument
    whole: bool  # both ask exactly these, with the same weights
    weights: tuple[Fraction, ...]  # of the later instrument, made to sum to 1


def compare_instruments(later: Instrument, earlier: Instrument) -> Comparable | None:
    """Common items of two instruments; None where scale or bands differ, or no item.

    Items are told apart by key. Where the items differ or weigh differently, `whole`
    is False, and both years are compared with the weights of the later instrument, so
    that a change of weights is not taken for a change of answers. That is another
    index than the printed one, which must be said.
    """
    if (later.scale, later.bands) != (earlier.scale, earlier.bands):
        return None
    keys = tuple(key for key in later.keys if key in earlier.keys)
    if not any(later.item(key).weight for key in keys):
        return None
    asked, before = (
        {item.key: item.weight for item in each.items} for each in (later, earlier)
    )
    return Comparable(keys, asked == before, rescaled_weights(later, keys))


def rescaled_weights(
    instrument: Instrument, keys: tuple[str, ...]
) -> tuple[Fraction, ...]:
    """Weights of the items `keys`, in that order, made to sum to 1 again."""
    weights = [instrument.item(key).weight for key in keys]
    whole = sum(weights, Fraction(0))
    return tuple(weight / whole for weight in weights)


def difference(later: Estimate, earlier: Estimate) -> list[Term]:
    """Later minus earlier, as terms for `interval.mover` and `p_value`.

    Assumes two independent samples; people asked in both years would make the true
    interval narrower.
    """
    return [Term(Fraction(1), later), Term(Fraction(-1), earlier)]


def p_value(terms: Sequence[Term]) -> float | None:
    """Smallest error rate at which the sum's MOVER interval excludes 0.

    Notes
    -----
    Found by bisection on the level, to 1e-10. 1 where no level excludes 0; 0 where
    every level does (two censuses that differ), or all but errors below 1e-10.
    """
    if mover(terms, _SMALLEST) is None:
        return None
    centre = float(total(terms))

    def excludes_zero(level: float) -> bool:
        return abs(centre) > reach(terms, level, upwards=centre < 0)

    if not excludes_zero(_SMALLEST):
        return 1.0
    if excludes_zero(1 - _SMALLEST):
        return 0.0
    excluded, included = _SMALLEST, 1 - _SMALLEST
    while included - excluded > _SMALLEST:
        middle = (excluded + included) / 2
        if excludes_zero(middle):
            excluded = middle
        else:
            included = middle
    return 1 - excluded


def holm(p_values: Mapping[Name, float]) -> dict[Name, float]:
    """p-values adjusted for their number by Holm's step-down rule, same keys.

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'c': 0.06, 'b': 0.06}
    """
    adjusted: dict[Name, float] = {}
    reached = 0.0
    ordered = sorted(p_values, key=lambda name: p_values[name])
    for place, name in enumerate(ordered):
        reached = max(reached, min(1.0, (len(ordered) - place) * p_values[name]))
        adjusted[name] = reached
    return adjusted
