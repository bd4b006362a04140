"""How much the answers of one cluster resemble each other, and what that costs.

A cluster is what gathered answers together: an enumerator, a day, a counter.
"""

from collections.abc import Iterable
from math import fsum
from typing import NamedTuple

import numpy as np

from skm_analysis.estimates.index import Linear
from skm_analysis.estimates.sample import Floats, Integers, Sample
from skm_analysis.estimates.variance import FEWEST_BETWEEN

# The correlation taken where the clusters of a whole study are too few to show it.
ASSUMED = 0.05


class Variation(NamedTuple):
    """Respondents' own indices, taken apart between and within clusters."""

    between: float  # sum of squares of the cluster means around their stratum's
    within: float  # and of the respondents around their cluster's
    df_between: int
    df_within: int
    spread: float  # sum over strata of n - (sum of squared cluster sizes)/n


def variation(linear: Linear, sample: Sample) -> Variation:
    """One-way analysis of variance of a clustered sample, within strata.

    Notes
    -----
    The value of a respondent is his linearised value over his weight in the estimate:
    without blanks his own index less the mean. Whoever does not enter the estimate is
    left out.
    """
    if sample.cluster is None:
        raise ValueError("a sample must have clusters to vary between them")
    counted = linear.share > 0
    values = linear.influence[counted] / linear.share[counted]
    strata, clusters = sample.stratum[counted], sample.cluster[counted]
    return pool(
        _stratum(values[strata == place], clusters[strata == place])
        for place in np.unique(strata)
    )


def pool(parts: Iterable[Variation]) -> Variation:
    """The variation of several samples, each around its own mean."""
    columns = list(zip(*parts, strict=True))
    if not columns:
        return Variation(0.0, 0.0, 0, 0, 0.0)
    between, within, df_between, df_within, spread = columns
    return Variation(
        fsum(between), fsum(within), sum(df_between), sum(df_within), fsum(spread)
    )


def intraclass(found: Variation) -> float | None:
    """rho, 0 to 1; None without spread, or where no cluster could be compared.

    Notes
    -----
    (MSB - MSW) / (MSB + (m0 - 1) MSW) with the mean squares between and within
    clusters and m0 = spread / df_between, the size of clusters of equal size; 0 where
    it would be negative. It presumes that clusters differ by nature, not that one
    enumerator was sent to other people than the next.

    References
    ----------
    The analysis-of-variance estimator, named from memory (Donner 1986), not consulted;
    compared with R's `anova` in tests/reference.

    Examples
    --------
    Two clusters of two, which differ as much as they can:

    >>> intraclass(Variation(4.0, 0.0, 1, 2, 2.0))
    1.0
    """
    if found.df_between < 1 or found.df_within < 1:
        return None
    mean_between = found.between / found.df_between
    mean_within = found.within / found.df_within
    size = found.spread / found.df_between
    whole = mean_between + (size - 1) * mean_within
    return max(0.0, (mean_between - mean_within) / whole) if whole > 0 else None


def is_estimable(found: Variation) -> bool:
    """Whether there are clusters enough that their correlation is used as it is."""
    return found.df_between >= FEWEST_BETWEEN and intraclass(found) is not None


def resemblance(found: Variation) -> float:
    """The rho to calculate with: that found, with too few clusters at least ASSUMED."""
    rho = intraclass(found)
    if rho is not None and is_estimable(found):
        return rho
    return max(rho or 0.0, ASSUMED)


def mean_size(sizes: Integers) -> float:
    """Mean size of the cluster that a respondent is in: squares over sizes.

    >>> mean_size(np.array([10, 10])), mean_size(np.array([18, 2]))
    (10.0, 16.4)
    """
    return float((sizes**2).sum() / sizes.sum())


def design_effect(size: float, rho: float) -> float:
    """How many times the variance is that of as many respondents asked singly.

    >>> design_effect(11, 0.05)
    1.5
    """
    return 1 + (size - 1) * rho


def _stratum(values: Floats, clusters: Integers) -> Variation:
    n = len(values)
    parts = [values[clusters == each] for each in np.unique(clusters)]
    middle = fsum(values) / n
    means = [fsum(part) / len(part) for part in parts]
    return Variation(
        fsum(
            len(part) * (mean - middle) ** 2
            for part, mean in zip(parts, means, strict=True)
        ),
        fsum(
            float(fsum((part - mean) ** 2))
            for part, mean in zip(parts, means, strict=True)
        ),
        len(parts) - 1,
        n - len(parts),
        n - sum(len(part) ** 2 for part in parts) / n,
    )
