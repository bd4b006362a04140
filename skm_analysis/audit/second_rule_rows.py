"""The rows of the index under other rules, of units and of the city."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Survey
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_city import (
    MOST_UNCOVERED,
    city_bands,
    city_units,
    editions,
    figure_of,
    mean_uncovered,
    shares,
)
from skm_analysis.audit.second_rows import joined, mean
from skm_analysis.audit.second_rules import Way, other_ways
from skm_analysis.audit.second_surveyed import Asked

Rows = Iterator[tuple[str, Expected]]


def expect_rules(survey: Survey, now: Mapping[str, Asked]) -> Rows:
    """Every unit under every other rule that applies, and the city's mean of them."""
    ways = {unit: list(other_ways(asked)) for unit, asked in now.items()}
    for unit, asked in now.items():
        office, level = asked.office, asked.survey.level
        bands = office.bands if office.uncovered <= MOST_UNCOVERED else ""
        for way in ways[unit]:
            row = mean(way.figure, level, office.people)
            if way.rounds:
                row = Expected(way.figure.value, n=way.figure.n)
            official = figure_of(asked).value
            at = f"unit.{slug(unit)}"
            yield from _both(at, way.name, "", row, way.figure.value, official, bands)
    for end, units in editions(city_units(survey, now)).items():
        yield from _city(survey, units, ways, end)


def _city(
    survey: Survey, units: Sequence[Asked], ways: Mapping[str, list[Way]], end: str
) -> Rows:
    """Where a rule does not apply to a unit, its official index enters."""
    if not units:
        return
    graded = mean_uncovered(units) <= MOST_UNCOVERED
    bands = city_bands(survey) if graded else ""
    figures = [figure_of(each) for each in units]
    official = _mean(figures)
    by_unit = [{way.name: way for way in ways[each.office.id]} for each in units]
    for name in dict.fromkeys(name for own in by_unit for name in own):
        found = [own.get(name) for own in by_unit]
        under = [
            way.figure if way else figure
            for way, figure in zip(found, figures, strict=True)
        ]
        value, n = _mean(under), sum(figure.n for figure in under)
        row = joined(shares([1] * len(under), under), survey.level, n)
        if any(way is not None and way.rounds for way in found):
            row = Expected(value, n=n)
        yield from _both("city.", name, end, row, value, official, bands)


def _mean(figures: Sequence[second.Figure]) -> Fraction:
    whole = sum((figure.value for figure in figures), Fraction(0))
    return whole / len(figures)


def _both(
    at: str,
    name: str,
    end: str,
    row: Expected,
    value: Fraction,
    official: Fraction,
    bands: str,
) -> Rows:
    """The index, with what is between the two printed ones, and its letter."""
    apart = second.shown(value) - second.shown(official)
    yield f"{at}.sensitivity.{name}{end}", row._replace(beside={"difference": apart})
    if bands:
        letter = second.letter(value, bands)
        graded = Expected(n=row.n, letter=letter)
        yield f"{at}.sensitivity_grade.{name}{end}", graded
