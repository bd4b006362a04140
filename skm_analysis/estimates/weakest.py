"""Which items of a unit are the weakest: differences between items of the same sheets.

Two items of one unit are answered by the same people, so their difference is known
better, or worse, than their own intervals tell: its variance holds the covariance.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from skm_analysis.estimates.clusters import ASSUMED, intraclass, pool, variation
from skm_analysis.estimates.grading import shown_value
from skm_analysis.estimates.index import Linear, MissingRule, item_mean
from skm_analysis.estimates.interval import limits
from skm_analysis.estimates.ranking import holm_rejections
from skm_analysis.estimates.sample import Flags, Sample
from skm_analysis.estimates.variance import FEWEST_BETWEEN, Estimate, assess


class Weakest(NamedTuple):
    """The items that may be the lowest; more than half of those compared: none is."""

    compared: tuple[int, ...]  # columns of the sample
    lowest: tuple[int, ...]  # of these, all that cannot be told from the lowest
    better: Flags  # (compared, compared): surely higher, over all pairs at once

    @property
    def clear(self) -> bool:
        """Whether any item can be called weakest."""
        return len(self.compared) > 1 and 2 * len(self.lowest) <= len(self.compared)


def find_weakest(
    sample: Sample,
    columns: Sequence[int],
    *,
    scale: tuple[int, int],
    rule: MissingRule = "ratio",
    level: float,
) -> Weakest:
    """The items of `columns` that cannot be told from the one with the lowest mean.

    Parameters
    ----------
    sample
        one unit's sheets under its design
    columns
        items that may be compared, each answered; those that everybody answered
        alike have no place here
    scale
        lowest and highest answer
    rule
        how unanswered items count, as for `index.item_mean`
    level
        of the whole family, between 0 and 1

    Notes
    -----
    `lowest` takes Holm's rule over the pairs with the item of the lowest mean (of
    equal ones the first), which has more power than over all pairs and keeps what the
    reader needs: one item is wrongly called the only weakest in at most 1 - level of
    samples, and an item that truly is the lowest is named in at least `level`. It does
    not keep that none at all of many equal items is left out. `better`, for intervals
    of ranks, takes all pairs.

    References
    ----------
    Simulated in tests/benchmarks/ranks.py; table in docs/methodology.md.
    """
    means = {
        column: linear
        for column in columns
        if (linear := item_mean(sample, column, rule=rule)) is not None
    }
    compared = tuple(means)
    linears = list(means.values())
    values = [linear.value for linear in linears]
    count = len(compared)
    pairs = [
        (first, second) if values[first] > values[second] else (second, first)
        for first in range(count)
        for second in range(first + 1, count)
    ]
    contrasts = [_contrast(linears[above], linears[below]) for above, below in pairs]
    design = _contrasts_design(sample, contrasts, count)
    estimates = [_assess(design, each, scale) for each in contrasts]
    better = np.zeros((count, count), dtype=np.bool_)
    shown = [shown_value(value) for value in values]
    differ = [shown[above] != shown[below] for above, below in pairs]
    told = _told(estimates, differ, level)
    for (above, below), sure in zip(pairs, told, strict=True):
        better[above, below] = sure
    lowest = _lowest(compared, values, pairs, estimates, differ, level)
    return Weakest(compared, lowest, better)


def item_difference(
    sample: Sample, above: Linear, below: Linear, scale: tuple[int, int]
) -> Estimate:
    """Difference of two items' means, in score points on -(hi - lo) to hi - lo.

    Notes
    -----
    The linearised value of a respondent is the difference of those of both items, so
    that the covariance is in the variance. The normalised weight is the mean of both,
    and those who answered either count for df.
    """
    return _assess(sample, _contrast(above, below), scale)


def _assess(sample: Sample, contrast: Linear, scale: tuple[int, int]) -> Estimate:
    reach = Fraction(scale[1] - scale[0])
    return assess(contrast, sample, lowest=-reach, highest=reach, domain=True)


def _contrast(above: Linear, below: Linear) -> Linear:
    return Linear(
        above.value - below.value,
        above.influence - below.influence,
        (above.share + below.share) / 2,
    )


def _contrasts_design(
    sample: Sample, contrasts: Sequence[Linear], items: int
) -> Sample:
    """The design with the correlation of differences within clusters, not of indices.

    An enumerator to whom people answer kindly raises both items, and their difference
    resembles far less. The analysis of variance of all differences together has
    (items - 1) times the degrees of freedom between clusters; where that is still too
    little, the correlation is at least the one assumed for a study.
    """
    if sample.cluster is None or not contrasts:
        return sample
    found = pool(variation(each, sample) for each in contrasts)
    rho = intraclass(found)
    free = (items - 1) * found.df_between // len(contrasts)
    if rho is None or free < FEWEST_BETWEEN:
        rho = max(rho or 0.0, ASSUMED)
    return replace(sample, resemblance=rho)


def constant_columns(sample: Sample) -> frozenset[int]:
    """Columns that everybody who answered them answered alike."""
    answers = [set(column[column >= 0].tolist()) for column in sample.scores.T]
    return frozenset(place for place, given in enumerate(answers) if len(given) == 1)


def _lowest(
    compared: Sequence[int],
    values: Sequence[Fraction],
    pairs: Sequence[tuple[int, int]],
    estimates: Sequence[Estimate],
    differ: Sequence[bool],
    level: float,
) -> tuple[int, ...]:
    if not compared:
        return ()
    least = min(range(len(compared)), key=lambda place: values[place])
    against = [place for place, pair in enumerate(pairs) if least in pair]
    sure = _told(
        [estimates[place] for place in against],
        [differ[place] for place in against],
        level,
    )
    told = {
        sum(pairs[place]) - least: bool(each)
        for place, each in zip(against, sure, strict=True)
    }
    return tuple(
        column for place, column in enumerate(compared) if not told.get(place, False)
    )


def _told(estimates: Sequence[Estimate], differ: Sequence[bool], level: float) -> Flags:
    """Which differences are surely more than 0; two means shown alike never are."""

    def excluded(at_level: float) -> Flags:
        known = [limits(each, at_level) for each in estimates]
        return np.array(
            [
                apart and found is not None and found.low > 0
                for apart, found in zip(differ, known, strict=True)
            ],
            dtype=np.bool_,
        )

    return holm_rejections(excluded, len(estimates), level)
