"""The rows of a city or a group of units: three figures, a grade, a target."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.estimates import city
from skm_analysis.estimates.disclosure import FEWEST_TOLD
from skm_analysis.estimates.interval import Term, total
from skm_analysis.estimates.recording import Address, grade_row, sum_row, uncovered_rows
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import MOST_UNCOVERED, Surveyed
from skm_analysis.estimates.variance import Estimate
from skm_analysis.study.records import Study

PUBLISHED = "published"


class Counted(NamedTuple):
    """A unit that enters the city figures, with its index."""

    surveyed: Surveyed
    ikm: Estimate

    @property
    def told(self) -> bool:
        """Enough respondents to enter a published figure."""
        return self.ikm.n >= FEWEST_TOLD


def main_scale(study: Study) -> tuple[int, int]:
    """The scale that most units share; the first of those equally common."""
    scales = Counter(unit.instrument.scale for unit in study.units)
    return max(scales, key=lambda scale: scales[scale])


def main_bands(study: Study) -> str | None:
    """The bands that most units on the main scale share."""
    scale = main_scale(study)
    bands = Counter(
        unit.instrument.bands
        for unit in study.units
        if unit.instrument.scale == scale and unit.instrument.bands
    )
    return max(bands, key=lambda name: bands[name]) if bands else None


def counted_units(study: Study, surveyed: Iterable[Surveyed]) -> list[Counted]:
    """Units of the independent survey on the main scale that have an index."""
    scale = main_scale(study)
    return [
        Counted(each, each.ikm)
        for each in surveyed
        if each.ikm is not None
        and each.source == "external"
        and each.unit.instrument.scale == scale
    ]


def unit_standing(study: Study, surveyed: Surveyed) -> tuple[str, ...]:
    """Flags that say why a unit does not enter the city figures."""
    if surveyed.ikm is None:
        return ()
    if surveyed.source == "internal":
        return ("internal_only",)
    if surveyed.unit.instrument.scale != main_scale(study):
        return ("other_scale",)
    return () if surveyed.ikm.n >= FEWEST_TOLD else ("excluded",)


def with_published(
    at: Address,
    units: Sequence[Counted],
    figures: Callable[[Address, Sequence[Counted]], list[Row]],
) -> list[Row]:
    """The figures over all units and, where small ones make it differ, without them.

    Then the part `published` is what is printed, and the other, flagged `suppressed`,
    stays inside.
    """
    told = [each for each in units if each.told]
    rows = figures(at, units)
    if len(told) == len(units):
        return rows
    part = "+".join(each for each in (at.part, PUBLISHED) if each)
    inside = [
        row if row.measure.startswith("n_") else row.flagged("suppressed")
        for row in rows
    ]
    return inside + figures(at._replace(part=part), told)


def figure_rows(at: Address, units: Sequence[Counted], bands: str | None) -> list[Row]:
    """Number of units and respondents, the three figures, the headline's grade."""
    n = sum(each.ikm.n for each in units)
    rows = [
        at.tally("n_units", len(units), n=n),
    ]
    if at.scope == "group" or at.part:
        rows.append(at.tally("n_accepted", n, n=n))
    estimates = [each.ikm for each in units]
    populations = [each.surveyed.population for each in units]
    sums = {
        "ikm_mean_of_units": city.mean_of_units(estimates),
        "ikm_pooled": city.pooled(estimates),
        "ikm_population_weighted": city.population_weighted(estimates, populations),
    }
    for measure, terms in sums.items():
        rows.append(_figure(at, measure, terms, units))
    headline = sums["ikm_mean_of_units"] if units else None
    rows.append(_grade(at, headline, bands, units))
    return rows + uncovered_rows(at, mean_uncovered(units), n)


def mean_uncovered(units: Sequence[Counted]) -> Fraction:
    """Mean over the units of what each leaves uncovered."""
    shares = [each.surveyed.uncovered for each in units]
    return sum(shares, Fraction(0)) / max(len(shares), 1)


def combined_flags(units: Iterable[Surveyed]) -> tuple[str, ...]:
    """Condition of a sum: if one of its units has it; a census if all are."""
    flags = [set(each.flags) for each in units]
    if any("conditional" in each for each in flags):
        return ("conditional",)
    return ("census",) if all("census" in each for each in flags) else ()


def _figure(
    at: Address, measure: str, terms: list[Term] | None, units: Sequence[Counted]
) -> Row:
    if not units:
        return at.row(measure, n=0).flagged("no_data")
    n = sum(each.ikm.n for each in units)
    if terms is None:
        return at.row(measure, n=n).flagged("infinite_population")
    level = units[0].surveyed.level
    width = city.width_flags([each.ikm for each in units])
    flags = combined_flags(each.surveyed for each in units)
    uncovered = any(each.surveyed.uncovered > MOST_UNCOVERED for each in units)
    populations = [each.surveyed.population for each in units]
    known = [each for each in populations if each is not None]
    return sum_row(
        at,
        measure,
        terms,
        level=level,
        n=n,
        population=sum(known) if len(known) == len(units) else None,
        flags=(*flags, *width, *(["uncovered"] * uncovered)),
    )


def _grade(
    at: Address,
    headline: list[Term] | None,
    bands: str | None,
    units: Sequence[Counted],
) -> Row:
    return grade_row(
        at,
        total(headline) if headline else None,
        bands,
        n=sum(each.ikm.n for each in units),
        uncovered=mean_uncovered(units) > MOST_UNCOVERED,
    )
