"""From linearised values to a standard error, and the record of one estimate."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import fsum, sqrt
from typing import Literal

import numpy as np

from skm_analysis.estimates.index import Linear
from skm_analysis.estimates.sample import (
    Flags,
    Floats,
    Integers,
    Sample,
    unclustered_sample,
)

# With fewer degrees of freedom between clusters, or fewer of them by weight, or less
# than half of them by weight, their spread is not to be trusted.
FEWEST_BETWEEN = 7
FEWEST_EFFECTIVE = 6
_LAST_DIGITS = 1e-9  # so that rounding decides nothing

Lonely = Literal["adjust", "remove"]


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One estimated mean on a bounded scale and all that its interval needs.

    `value`, `se`, `lowest` and `highest` share one unit: score points for an NRR,
    index points for an IKM, 0 to 1 for a share. `se` is None where one respondent
    cannot show any spread.
    """

    value: Fraction
    lowest: float
    highest: float
    se: float | None
    df: float  # whole for one sample; Satterthwaite's for several together
    concentration: float  # A, the sum of squares of the normalised weights
    sampled: float  # u, the part of A that is not finished by a finite population
    n: int  # respondents that it is based on
    lonely: bool  # a stratum has one respondent, or one cluster, only
    few_clusters: bool = False  # they cannot show the spread between them

    @cached_property
    def gap(self) -> float:
        """Share of the scale above the value: satisfaction scores crowd at its top."""
        length = Fraction(self.highest - self.lowest)
        return float((Fraction(self.highest) - self.value) / length)


def standard_error(
    linear: Linear, sample: Sample, *, lonely: Lonely = "adjust"
) -> float:
    """Standard error of a linearised estimate, in its unit.

    Parameters
    ----------
    linear
        the estimate's influence per respondent
    sample
        the design that it was estimated under
    lonely
        a stratum with one respondent is held against the mean of the whole sample
        ("adjust") or gives nothing ("remove")

    Notes
    -----
    Var = sum_h (1 - f_h) n_h/(n_h - 1) sum_i (p_i z_i - mean_h)^2, over respondents i
    or, in a clustered sample, over the sums within clusters. The mean of the whole
    sample is 0, since the linearised values sum to 0. "remove" understates; it is here
    to compare with software that does so. Sums are exact to the last digit, so that
    the order of respondents leaves no trace.

    References
    ----------
    R `survey`, `svyrecvar` with `survey.lonely.psu`; compared in tests/reference.
    """
    variance = 0.0
    for place, fraction in enumerate(sample.fraction):
        inside = sample.stratum == place
        values = linear.influence[inside]
        if sample.cluster is not None:
            values = cluster_sums(values, sample.cluster[inside])
        n = len(values)
        if n > 1:
            mean = fsum(values) / n
            spread = n / (n - 1) * fsum((values - mean) ** 2)
        else:
            spread = float(values[0]) ** 2 if lonely == "adjust" else 0.0
        variance += float(1 - fraction) * spread
    return sqrt(variance)


def cluster_sums(values: Floats, cluster: Integers) -> Floats:
    """(C,): the sum of the values within each cluster, by position."""
    return np.array([fsum(values[cluster == each]) for each in np.unique(cluster)])


def assess(
    linear: Linear,
    sample: Sample,
    *,
    lowest: Fraction,
    highest: Fraction,
    domain: bool = False,
) -> Estimate:
    """The estimate with its standard error under the sample's design.

    `domain`: it speaks of those who enter it only (who answered an item, who belong to
    a group), so that only they and their strata and clusters count for df.

    Notes
    -----
    A is the variance of the weighted mean of values with variance 1 and the
    correlation rho within clusters: (1 - rho) sum a_i^2 + rho sum_c (sum_c a_i)^2.
    Where clusters are few, by number or by weight, or reach over strata, the variance
    is that of unclustered respondents times the same ratio, A over sum a_i^2; see
    docs/methodology.md.
    """
    share = linear.share / fsum(linear.share)
    squares = share**2
    alone = fsum(squares)
    counted = share > 0 if domain else np.ones(len(share), dtype=np.bool_)
    n = int(np.count_nonzero(share))
    strata = int(np.count_nonzero(np.bincount(sample.stratum[counted])))
    design, df = sample, int(counted.sum()) - strata
    concentration, few = alone, False
    if sample.cluster is not None:
        together = fsum(cluster_sums(share, sample.cluster) ** 2)
        concentration += sample.resemblance * (together - alone)
        inside = _parts(sample, counted)
        between = len(inside) - strata
        # One that reaches over strata is not independent of itself in the next.
        reaching = len({cluster for _, cluster in inside}) < len(inside)
        by_weight = max(FEWEST_EFFECTIVE, len(inside) / 2) - _LAST_DIGITS
        few = between < FEWEST_BETWEEN or reaching or 1 / together < by_weight
        if few:
            design = unclustered_sample(sample)
        else:
            df = between
    se = standard_error(linear, design) if n > 1 else None
    if few and se is not None:
        se *= sqrt(concentration / alone)
    free = fsum((1 - sample.fractions) * squares)
    return Estimate(
        value=linear.value,
        lowest=float(lowest),
        highest=float(highest),
        se=se,
        df=df,
        concentration=concentration,
        sampled=free / alone,
        n=n,
        lonely=_lonely(design) and sample.n > 1,
        few_clusters=few,
    )


def _lonely(sample: Sample) -> bool:
    if sample.cluster is None:
        return 1 in sample.sizes
    strata = [place for place, _ in _parts(sample, np.ones(sample.n, dtype=np.bool_))]
    return any(strata.count(place) == 1 for place in set(strata))


def _parts(sample: Sample, counted: Flags) -> set[tuple[int, int]]:
    """The clusters within each stratum, of those who are counted."""
    if sample.cluster is None:
        return set()
    strata, clusters = sample.stratum[counted], sample.cluster[counted]
    return {*zip(strata.tolist(), clusters.tolist(), strict=True)}
