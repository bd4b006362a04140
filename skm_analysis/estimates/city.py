"""The three figures for a city or a group of units, as sums of their indices.

All units were surveyed: there is no sampling of units, so the only uncertainty is that
within them. Units without an interval add no width; the table names that by a flag.
"""

from collections.abc import Sequence
from fractions import Fraction

from skm_analysis.estimates.interval import Term, known_where_bare
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


def _weighted(estimates: Sequence[Estimate], weights: Sequence[int]) -> list[Term]:
    whole = sum(weights)
    return known_where_bare(
        [
            Term(Fraction(weight, whole), estimate)
            for weight, estimate in zip(weights, estimates, strict=True)
        ]
    )
