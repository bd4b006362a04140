"""The three figures for a city or a group of units, as sums of their indices.

All units were surveyed: there is no sampling of units, so the only uncertainty is that
within them. What units without spread do to the limits is told by `width_flags`.
"""

from collections.abc import Sequence
from fractions import Fraction

from skm_analysis.estimates.interval import Term, has_interval, known_where_bare
from skm_analysis.estimates.variance import Estimate


def mean_of_units(estimates: Sequence[Estimate]) -> list[Term]:
    """Every unit counts the same; the headline figure."""
    return _weighted(estimates, [1] * len(estimates))


def pooled(estimates: Sequence[Estimate]) -> list[Term]:
    """Every respondent counts the same: units weigh by their sample."""
    return _weighted(estimates, [estimate.n for estimate in estimates])


def population_weighted(
    estimates: Sequence[Estimate], populations: Sequence[int | None]
) -> list[Term] | None:
    """Every person served counts the same; None where a population is not known."""
    known = [each for each in populations if each is not None]
    if len(known) != len(populations):
        return None
    return _weighted(estimates, known)


def width_flags(estimates: Sequence[Estimate]) -> tuple[str, ...]:
    """What units without spread do to the limits of a sum over units.

    `units_without_interval`: some have one respondent only; they are counted as if
    known exactly, so the limits are too narrow by what they would add.
    `units_without_variance`: in some all answers are alike; they add nothing to the
    standard error, but their small number of respondents does to the limits.
    """
    flags = []
    if not all(has_interval(each) for each in estimates):
        flags.append("units_without_interval")
    if any(each.se == 0 and each.sampled > 0 for each in estimates):
        flags.append("units_without_variance")
    return tuple(flags)


def _weighted(estimates: Sequence[Estimate], weights: Sequence[int]) -> list[Term]:
    whole = sum(weights)
    return known_where_bare(
        [
            Term(Fraction(weight, whole), estimate)
            for weight, estimate in zip(weights, estimates, strict=True)
        ]
    )
