"""How sure a grade is: the probability of each letter, from the interval's own tails.

The letter itself follows from the printed index alone; this says how far another
sample of the same people might have given another one.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from scipy import special

from skm_analysis.estimates.interval import Side, has_interval, sides
from skm_analysis.estimates.variance import Estimate
from skm_analysis.study.regulation import Band

_HALF_STEP = Decimal("0.005")  # an index from here on is shown as the bound


def rounded_bound(band: Band) -> Fraction:
    """The least index that is shown as at least the band's lower bound.

    >>> float(rounded_bound(Band("A", Decimal("88.31"), "Sangat baik")))
    88.305
    """
    return Fraction(band.lower - _HALF_STEP)


def probability_at_least(
    estimate: Estimate, bound: Fraction, level: float
) -> float | None:
    """Probability (0 to 1) that the true mean lies at or above `bound`.

    Parameters
    ----------
    estimate
        a mean on a bounded scale; of units, by `interval.joined`
    bound
        in the unit of the estimate
    level
        of the interval whose tails are read

    Returns
    -------
    None where there is no interval. A census gives 0 or 1.

    Notes
    -----
    The interval's two limits are quantiles of two beta distributions of the distance
    from the top. The probability is the middle of their shares at or below the
    bound's distance. Both fall as the bound rises, so their middle does. At the lower
    limit of the interval it is at least, at the upper limit at most, what the level
    leaves on that side, but for the caps of the interval at the value. It is no
    posterior of a stated prior; docs/methodology.md shows how often it is right.
    """
    if not has_interval(estimate):
        return None
    length = Fraction(estimate.highest) - Fraction(estimate.lowest)
    if estimate.sampled == 0:
        return float(estimate.value >= bound)
    gap = float((Fraction(estimate.highest) - bound) / length)
    below, above = sides(estimate, level)
    return (_share_within(gap, below) + _share_within(gap, above)) / 2


def grade_probabilities(
    bands: Sequence[Band], at_least: Mapping[str, float]
) -> dict[str, float]:
    """Probability of each letter, best first; they sum to 1.

    Parameters
    ----------
    bands
        best first, as in `regulation.BANDS`
    at_least
        by letter: the probability of lying at or above the band's rounded bound. That
        of the lowest band is not asked: whatever is left is its share.

    >>> bands = [Band(x, Decimal(low), "") for x, low in zip("AB", ("88.31", "76.61"))]
    >>> grade_probabilities(bands, {"A": 0.25})
    {'A': 0.25, 'B': 0.75}
    """
    reached, found = 0.0, {}
    for band in bands[:-1]:
        # Never falling, should two bounds ever come out in the wrong order.
        upto = min(1.0, max(reached, at_least[band.grade]))
        found[band.grade] = upto - reached
        reached = upto
    found[bands[-1].grade] = 1 - reached
    return found


def _share_within(gap: float, side: Side) -> float:
    """Share of a side's distribution at or below a distance from the top."""
    if gap < 0:
        return 0.0
    if gap >= 1:
        return 1.0
    mean, variance = side
    if variance == 0 or mean <= 0 or mean >= 1:
        return float(mean <= gap)
    size = mean * (1 - mean) / variance - 1
    if size <= 0:
        # More spread than any beta distribution has: all of it is at the two ends.
        return 1 - mean
    return float(special.betainc(mean * size, (1 - mean) * size, gap))
