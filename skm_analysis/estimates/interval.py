"""Intervals: pseudo-beta for a mean of one or of many units, MOVER for differences."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import fsum, sqrt
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
    if not has_interval(estimate):
        return None
    return Limits(_low(estimate, level), _high(estimate, level))


def _low(estimate: Estimate, level: float) -> float:
    """The lower limit of an estimate that has an interval."""
    below, _ = sides(estimate, level)
    far = max(estimate.gap, beta_quantile((1 + level) / 2, *below))
    reached = estimate.highest - (estimate.highest - estimate.lowest) * far
    return min(float(estimate.value), max(estimate.lowest, reached))


def _high(estimate: Estimate, level: float) -> float:
    _, above = sides(estimate, level)
    near = min(estimate.gap, beta_quantile(1 - (1 + level) / 2, *above))
    reached = estimate.highest - (estimate.highest - estimate.lowest) * near
    return max(float(estimate.value), min(estimate.highest, reached))


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
    gap, u = estimate.gap, estimate.sampled
    down = (1 - gap) * estimate.concentration / 4
    up = gap * estimate.concentration / 4
    return (
        Side(gap + u * down, variance + u * down**2),
        Side(gap - u * up, variance + u * up**2),
    )


def beta_quantile(tail: float, mean: float, variance: float) -> float:
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
        else term._replace(
            estimate=replace(
                term.estimate, se=0.0, df=1, concentration=0.0, sampled=0.0
            )
        )
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


def joined(terms: Sequence[Term]) -> Estimate:
    """A weighted mean of independent estimates as one estimate, its units as strata.

    Parameters
    ----------
    terms
        estimates on one scale; their factors are not negative and sum to 1

    Returns
    -------
    One to be given to `limits`. A single term gives its own estimate. Without a
    standard error where a term has no interval (see `known_where_bare`).

    Raises
    ------
    ValueError where the factors or scales are others.

    Notes
    -----
    A respondent of weight a in a unit of factor c moves the mean by c·a, so that
    A = Σ c² A_k, of which Σ c² A_k u_k is not finished by finite populations;
    Satterthwaite's df, or the sum of the units' where nobody shows any spread. It
    assumes that the units' samples are independent and are all units there are.
    In the coverage study at least 95.5 % for 6 to 60 units of equal weight. One more
    person than was seen is imagined for all units together, not for each: too little
    where one unit of few sheets has much of the weight (93 % with half of it).

    References
    ----------
    Of the project's own making, as is the interval of one unit; no source is known to
    us that does it so.
    """
    if sum((term.factor for term in terms), Fraction(0)) != 1:
        raise ValueError("the factors of a mean must sum to 1")
    if any(term.factor < 0 for term in terms) or len(_scales(terms)) != 1:
        raise ValueError("a mean has no negative factors, and one scale")
    if len(terms) == 1:
        return terms[0].estimate
    estimates = [term.estimate for term in terms]
    squares = [float(factor) ** 2 * each.concentration for factor, each in terms]
    whole = fsum(squares)
    free = fsum(
        square * each.sampled for square, each in zip(squares, estimates, strict=True)
    )
    return Estimate(
        value=total(terms),
        lowest=estimates[0].lowest,
        highest=estimates[0].highest,
        se=total_se(terms) if all(map(has_interval, estimates)) else None,
        df=satterthwaite(terms) or sum(each.df for each in estimates),
        concentration=whole,
        sampled=free / whole if whole else 0.0,
        n=sum(each.n for each in estimates),
        lonely=any(each.lonely for each in estimates),
        few_clusters=any(each.few_clusters for each in estimates),
    )


def opposed(terms: Sequence[Term]) -> list[Term]:
    """The same sum with as few terms as can be: what adds and what takes away, joined.

    A mean of units becomes one term of factor 1, the difference of two means two. Only
    estimates on one scale are joined. Terms of factor 0 are left out.
    """
    sides: dict[tuple[bool, float, float], list[Term]] = {}
    for term in terms:
        if term.factor:
            scale = term.estimate.lowest, term.estimate.highest
            sides.setdefault((term.factor > 0, *scale), []).append(term)
    found = []
    for side in sides.values():
        whole = sum((term.factor for term in side), Fraction(0))
        parts = [term._replace(factor=term.factor / whole) for term in side]
        found.append(Term(whole, joined(parts)))
    return found


def _scales(terms: Sequence[Term]) -> set[tuple[float, float]]:
    return {(term.estimate.lowest, term.estimate.highest) for term in terms}


def mover(terms: Sequence[Term], level: float) -> Limits | None:
    """Limits of a sum of independent estimates; None if one of them has no interval.

    Notes
    -----
    sum ± root of the sum of squared distances, each term's distance being that from
    its value to the limit which moves the sum towards the side in question. For few
    terms: a sum of many it misses on one side, since the distances keep a skewness
    that the sum no longer has. Their mean is `joined` first (`opposed`).
    """
    if not all(has_interval(term.estimate) for term in terms):
        return None
    centre = float(total(terms))
    return Limits(
        centre - reach(terms, level, upwards=False),
        centre + reach(terms, level, upwards=True),
    )


def reach(terms: Sequence[Term], level: float, *, upwards: bool) -> float:
    """How far from a sum of estimates that have intervals its limit is on one side."""
    squares = 0.0
    for factor, estimate in terms:
        side = _high if upwards == (factor > 0) else _low
        distance = side(estimate, level) - float(estimate.value)
        squares += (float(factor) * distance) ** 2
    return sqrt(squares)
