"""Intervals: pseudo-beta for one mean, MOVER for sums and differences of several."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from scipy import special

from skm_analysis.estimates.variance import Estimate


class Limits(NamedTuple):
    low: float
    high: float


class Term(NamedTuple):
    """One estimate and its factor in a sum."""

    factor: Fraction
    estimate: Estimate


def has_interval(estimate: Estimate) -> bool:
    """Whether there are enough respondents to show a spread."""
    return estimate.se is not None and estimate.df >= 1


def limits(estimate: Estimate, level: float) -> Limits | None:
    """The pseudo-beta interval, in the unit of the estimate; None without spread data.

    Parameters
    ----------
    estimate
        a mean on a bounded scale
    level
        two-sided, between 0 and 1

    Returns
    -------
    Limits on the scale, around the value. A census gives the value itself.

    Notes
    -----
    A beta distribution with the estimate's mean and variance, after adding on each
    side one pseudo-observation a quarter of the remaining scale away; see
    docs/methodology.md for the formula. Defined also where all answers are alike.
    Where the variance is larger than any beta distribution on the scale can have
    (two or three respondents who disagree), the limit is the end of the scale.
    It assumes that respondents were drawn at random; it says nothing of who was
    missed. Simulated for n >= 15 only. Where a few people think two or three answers
    worse than all others, samples without one of them mislead: coverage falls as low
    as 59 % where about one sheet in n is the lowest throughout.

    References
    ----------
    In the kinship of Fay & Feuer (1997) and Korn & Graubard (1998), as named in the
    project's methodology page.
    """
    if estimate.se is None or not has_interval(estimate):
        return None
    low, high, value = estimate.lowest, estimate.highest, float(estimate.value)
    length, gap = high - low, _gap(estimate)
    upper_tail = (1 + level) / 2
    below, above = sides(estimate, level)
    far = _beta_quantile(upper_tail, *below)
    near = _beta_quantile(1 - upper_tail, *above)
    return Limits(
        min(value, max(low, high - length * max(gap, far))),
        max(value, min(high, high - length * min(gap, near))),
    )


class Side(NamedTuple):
    """A beta distribution of the distance from the top, as a share of the scale."""

    mean: float
    variance: float


def sides(estimate: Estimate, level: float) -> tuple[Side, Side]:
    """The distributions of which the lower and the upper limit are quantiles.

    Raises ValueError without a standard error. `level` enters by Student's quantile.
    """
    if estimate.se is None:
        raise ValueError("an estimate without a standard error has no sides")
    upper_tail = (1 + level) / 2
    widened = float(
        special.stdtrit(estimate.df, upper_tail) / special.ndtri(upper_tail)
    )
    length = estimate.highest - estimate.lowest
    variance = (estimate.se / length * widened) ** 2
    gap, u = _gap(estimate), estimate.sampled
    down = (1 - gap) * estimate.concentration / 4
    up = gap * estimate.concentration / 4
    return (
        Side(gap + u * down, variance + u * down**2),
        Side(gap - u * up, variance + u * up**2),
    )


def _gap(estimate: Estimate) -> float:
    """Counted from the top, where satisfaction scores crowd."""
    length = estimate.highest - estimate.lowest
    return float((Fraction(estimate.highest) - estimate.value) / Fraction(length))


def _beta_quantile(tail: float, mean: float, variance: float) -> float:
    """Quantile of the beta distribution with this mean and variance on 0 to 1."""
    if variance == 0 or mean <= 0 or mean >= 1:
        return min(max(mean, 0.0), 1.0)
    size = mean * (1 - mean) / variance - 1
    if size <= 0:
        return 1.0 if tail > 0.5 else 0.0
    return float(special.betaincinv(mean * size, (1 - mean) * size, tail))


def t_limits(value: float, se: float, df: float, level: float) -> Limits:
    """Student's interval, not clipped to the scale; for comparison with software only.

    Near the ceiling it covers far less than it says.
    """
    reach = float(special.stdtrit(df, (1 + level) / 2)) * se
    return Limits(value - reach, value + reach)


def total(terms: Sequence[Term]) -> Fraction:
    """The sum itself, exact."""
    return sum((term.factor * term.estimate.value for term in terms), Fraction(0))


def total_se(terms: Sequence[Term]) -> float | None:
    """Standard error of the sum of independent estimates; None if a term has none."""
    parts = [
        float(term.factor) * term.estimate.se
        for term in terms
        if term.estimate.se is not None
    ]
    return sqrt(sum(each**2 for each in parts)) if len(parts) == len(terms) else None


def known_where_bare(terms: Sequence[Term]) -> list[Term]:
    """Terms without an interval counted as if known exactly, unless all are without.

    For sums of many units, where the caller names those that add no width.
    """
    if not any(has_interval(term.estimate) for term in terms):
        return list(terms)
    return [
        term
        if has_interval(term.estimate)
        else term._replace(estimate=replace(term.estimate, se=0.0, df=1, sampled=0.0))
        for term in terms
    ]


def satterthwaite(terms: Sequence[Term]) -> float | None:
    """Degrees of freedom of the sum's standard error; None where that is 0 or unknown.

    Notes
    -----
    (sum of variances)^2 / sum of (variance^2 / df).
    """
    parts = [
        ((float(term.factor) * term.estimate.se) ** 2, term.estimate.df)
        for term in terms
        if term.estimate.se and term.estimate.df > 0
    ]
    divisor = sum(variance**2 / df for variance, df in parts)
    return sum(variance for variance, _ in parts) ** 2 / divisor if divisor else None


def mover(terms: Sequence[Term], level: float) -> Limits | None:
    """Limits of a sum of independent estimates; None if one of them has no interval.

    Notes
    -----
    sum ± root of the sum of squared distances, each term's distance being that from
    its value to the limit which moves the sum towards the side in question.
    """
    down, up = 0.0, 0.0
    for factor, estimate in terms:
        own = limits(estimate, level)
        if own is None:
            return None
        value, scale = float(estimate.value), abs(float(factor))
        below, above = scale * (value - own.low), scale * (own.high - value)
        if factor < 0:
            below, above = above, below
        down += below**2
        up += above**2
    centre = float(total(terms))
    return Limits(centre - sqrt(down), centre + sqrt(up))


def p_value(terms: Sequence[Term]) -> float | None:
    """Smallest error rate at which the sum's MOVER interval excludes 0.

    Notes
    -----
    Found by bisection on the level, to 1e-10. 1 where no level excludes 0; 0 where
    every level does (two censuses that differ).
    """
    smallest, largest = 1e-10, 1 - 1e-10
    if mover(terms, smallest) is None:
        return None
    if not _excludes_zero(terms, smallest):
        return 1.0
    if _excludes_zero(terms, largest):
        return 0.0
    excluded, included = smallest, largest
    while included - excluded > 1e-10:
        middle = (excluded + included) / 2
        if _excludes_zero(terms, middle):
            excluded = middle
        else:
            included = middle
    return 1 - excluded


def _excludes_zero(terms: Sequence[Term], level: float) -> bool:
    found = mover(terms, level)
    return found is not None and (found.low > 0 or found.high < 0)
