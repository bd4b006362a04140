"""From estimates to rows of the table: limits, method and flags, nothing computed."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.estimates.disclosure import mean_flags
from skm_analysis.estimates.grading import find_grade, stored_value
from skm_analysis.estimates.interval import (
    Term,
    limits,
    mover,
    opposed,
    satterthwaite,
    total,
    total_se,
)
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.variance import Estimate
from skm_analysis.study.regulation import BANDS


class Address(NamedTuple):
    """Where in the table a row belongs."""

    study: str
    scope: str
    unit: str = ""
    part: str = ""

    def row(self, measure: str, value: float | None = None, **columns: object) -> Row:
        return Row(
            study=self.study,
            scope=self.scope,
            unit=self.unit,
            part=self.part,
            measure=measure,
            value=value,
            **columns,  # type: ignore[arg-type]
        )

    def tally(self, measure: str, value: int, **columns: object) -> Row:
        """A count, which is never suppressed."""
        return self.row(measure, float(value), **columns)


def mean_row(
    at: Address,
    measure: str,
    estimate: Estimate | None,
    *,
    level: float,
    population: int | None = None,
    flags: Iterable[str] = (),
    item: str = "",
    category: str = "",
) -> Row:
    """A row with the pseudo-beta interval; empty, flag `no_data`, without estimate."""
    row = at.row(measure, item=item, category=category, population=population)
    if estimate is None:
        return row.flagged("no_data")
    found = limits(estimate, level)
    filled = at.row(
        measure,
        stored_value(estimate.value),
        item=item,
        category=category,
        population=population,
        se=estimate.se,
        df=float(estimate.df) if estimate.se is not None else None,
        ci_low=found.low if found else None,
        ci_high=found.high if found else None,
        level=level if found else None,
        method="pseudo-beta" if found else "none",
        n=estimate.n,
    )
    return filled.flagged(*mean_flags(estimate.n), *estimate_flags(estimate), *flags)


def sum_row(
    at: Address,
    measure: str,
    terms: Sequence[Term],
    *,
    level: float,
    flags: Iterable[str] = (),
    item: str = "",
    n: int | None = None,
    population: int | None = None,
) -> Row:
    """A row for a mean of estimates (pseudo-beta) or a difference (`mover`)."""
    sides = opposed(terms)
    alone = [side.estimate for side in sides if side.factor == 1]
    if single := len(sides) == len(alone) == 1:
        found = limits(alone[0], level)
    else:
        found = mover(sides, level)
    method = "pseudo-beta" if single else "mover"
    return at.row(
        measure,
        stored_value(total(terms)),
        item=item,
        se=total_se(terms),
        df=satterthwaite(terms),
        ci_low=found.low if found else None,
        ci_high=found.high if found else None,
        level=level if found else None,
        method=method if found else "none",
        n=n,
        population=population,
    ).flagged(*flags)


def grade_row(
    at: Address,
    index: Fraction | None,
    bands: str | None,
    *,
    n: int | None = None,
    uncovered: bool = False,
    flags: Iterable[str] = (),
) -> Row:
    """The letter in `category`; empty, flagged with the reason, where there is none.

    `uncovered`: too much of the population is in strata without respondents.
    """
    if index is None:
        return at.row("grade", n=n).flagged("no_data")
    if bands is None:
        return at.row("grade", n=n).flagged("no_bands", *flags)
    if uncovered:
        return at.row("grade", n=n).flagged("uncovered", *flags)
    letter = find_grade(index, BANDS[bands]).grade
    return at.row("grade", category=letter, n=n).flagged(*flags)


def uncovered_rows(at: Address, uncovered: Fraction, n: int) -> list[Row]:
    """Share of the population that no respondent's stratum stands for, where any."""
    if uncovered == 0:
        return []
    return [at.row("uncovered_share", stored_value(uncovered), n=n)]


def estimate_flags(estimate: Estimate) -> tuple[str, ...]:
    """What the numbers themselves say of an interval."""
    if estimate.se is None:
        return ("single_respondent",)
    flags = ["single_psu"] if estimate.lonely else []
    if estimate.few_clusters:
        flags.append("few_clusters")
    if estimate.se == 0 and estimate.sampled > 0:
        flags.append("no_variance")
    return tuple(flags)
