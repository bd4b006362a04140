"""From linearised values to a standard error, and the record of one estimate."""

from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt
from typing import Literal

import numpy as np

from skm_analysis.estimates.index import Linear
from skm_analysis.estimates.sample import Sample

Lonely = Literal["adjust", "remove"]


@dataclass(frozen=True, slots=True, kw_only=True)
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
    df: int
    concentration: float  # A, the sum of squares of the normalised weights
    sampled: float  # u, the part of A that is not finished by a finite population
    n: int  # respondents that it is based on
    lonely: bool  # a stratum has one respondent only


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
    Var = sum_h (1 - f_h) n_h/(n_h - 1) sum_i (p_i z_i - mean_h)^2. The mean of the
    whole sample is 0, since the linearised values sum to 0. "remove" understates; it
    is here to compare with software that does so. Sums are exact to the last digit, so
    that the order of respondents leaves no trace.

    References
    ----------
    R `survey`, `svyrecvar` with `survey.lonely.psu`; compared in tests/reference.
    """
    variance = 0.0
    for place, fraction in enumerate(sample.fraction):
        values = linear.influence[sample.stratum == place]
        n = len(values)
        if n > 1:
            mean = fsum(values) / n
            spread = n / (n - 1) * fsum((values - mean) ** 2)
        else:
            spread = float(values[0]) ** 2 if lonely == "adjust" else 0.0
        variance += float(1 - fraction) * spread
    return sqrt(variance)


def assess(
    linear: Linear, sample: Sample, *, lowest: Fraction, highest: Fraction
) -> Estimate:
    """The estimate with its standard error under the sample's design."""
    share = linear.share / fsum(linear.share)
    squares = share**2
    n = int(np.count_nonzero(share))
    concentration = fsum(squares)
    free = fsum((1 - sample.fractions) * squares)
    return Estimate(
        value=linear.value,
        lowest=float(lowest),
        highest=float(highest),
        se=standard_error(linear, sample) if n > 1 else None,
        df=sample.df,
        concentration=concentration,
        sampled=free / concentration,
        n=n,
        lonely=1 in sample.sizes and sample.n > 1,
    )
