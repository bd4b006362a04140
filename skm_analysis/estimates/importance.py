"""What respondents find important beside what they are content with, item by item."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

import numpy as np

from skm_analysis.estimates.index import Linear
from skm_analysis.estimates.sample import Sample
from skm_analysis.estimates.variance import Estimate, assess

Quadrant = Literal["concentrate", "keep", "low", "overkill"]


def gap(
    sample: Sample, satisfaction: Linear, importance: Linear, scale: tuple[int, int]
) -> Estimate:
    """Satisfaction minus importance of one item, in score points.

    Parameters
    ----------
    sample
        the design that both come from
    satisfaction, importance
        means of one item over the same respondents
    scale
        lowest and highest answer

    Notes
    -----
    Both are answered by the same people: the linearised value of a respondent is the
    difference of the two, so that their covariance is in the variance. The normalised
    weight is the mean of both; the estimate rests on the smaller number of answers.
    """
    reach = Fraction(scale[1] - scale[0])
    linear = Linear(
        satisfaction.value - importance.value,
        satisfaction.influence - importance.influence,
        (satisfaction.share + importance.share) / 2,
    )
    found = assess(linear, sample, lowest=-reach, highest=reach, domain=True)
    fewest = min(np.count_nonzero(each.share) for each in (satisfaction, importance))
    return replace(found, n=int(fewest))


def satisfaction_index(
    satisfaction: Sequence[Linear], importance: Sequence[Linear], factor: Fraction
) -> Linear:
    """Customer satisfaction index: satisfaction weighed by mean importance.

    Parameters
    ----------
    satisfaction, importance
        means of the same items, in the same order, over the same respondents
    factor
        index points per score point, 100 over the highest answer

    Notes
    -----
    CSI = F sum_j M_j S_j / sum_j M_j with S_j mean satisfaction and M_j mean
    importance. By the delta method a respondent moves it by
    F / sum M · sum_j (M_j s_ij + (S_j - CSI/F) m_ij), s_ij and m_ij being the
    linearised values of S_j and M_j: importance matters as far as an item's
    satisfaction differs from the whole. The mean importances of one survey differ
    little, so that CSI is close to the index with equal weights.

    References
    ----------
    Named from memory as customary in Indonesian studies, no source was consulted; the
    variance is compared with numerical derivatives and a bootstrap in the tests.
    """
    whole = sum((each.value for each in importance), Fraction(0))
    pairs = list(zip(satisfaction, importance, strict=True))
    value = sum((s.value * m.value for s, m in pairs), Fraction(0)) / whole
    influence = np.sum(
        [
            float(m.value / whole) * s.influence
            + float((s.value - value) / whole) * m.influence
            for s, m in pairs
        ],
        axis=0,
    )
    share = np.sum([float(m.value / whole) * s.share for s, m in pairs], axis=0)
    return Linear(factor * value, float(factor) * influence, share)


def mean_over_items(means: Sequence[Linear]) -> Linear:
    """The mean of means at which the quadrants meet, every item the same."""
    return Linear(
        sum((each.value for each in means), Fraction(0)) / len(means),
        np.mean([each.influence for each in means], axis=0),
        np.mean([each.share for each in means], axis=0),
    )


def from_cross(
    sample: Sample, mean: Linear, cross: Linear, scale: tuple[int, int]
) -> Estimate:
    """An item's mean minus the mean over all items, in score points.

    Notes
    -----
    As `gap`, with the covariance: whoever is content is so with most items, so that
    an item and the cross move together and are told apart better than by the item's
    own interval.
    """
    return gap(sample, mean, cross, scale)


def quadrant(
    satisfaction: Fraction, importance: Fraction, cross: tuple[Fraction, Fraction]
) -> Quadrant:
    """Where an item stands; `cross` is (satisfaction, importance), itself counted high.

    The cross lies at the mean of the items, so that some items are always below it,
    however good all are.

    >>> half = Fraction(7, 2)
    >>> quadrant(Fraction(3), Fraction(4), (half, half))
    'concentrate'
    >>> quadrant(half, half, (half, half))
    'keep'
    """
    if importance >= cross[1]:
        return "keep" if satisfaction >= cross[0] else "concentrate"
    return "overkill" if satisfaction >= cross[0] else "low"
