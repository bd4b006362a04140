"""The rows of the index under every other rule, per unit and for the city.

The unit is graded under the official rule only. What another rule gives stands as
`sensitivity` with the rule in `category`; its letter is a row `sensitivity_grade` of
the same category, whose flag is `grade_A` to `grade_D`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from skm_analysis.estimates.city import mean_of_units
from skm_analysis.estimates.city_rows import Counted, combined_flags
from skm_analysis.estimates.disclosure import FEWEST_TOLD, mean_flags
from skm_analysis.estimates.grading import find_grade, stored_value
from skm_analysis.estimates.interval import has_interval
from skm_analysis.estimates.recording import Address, mean_row, sum_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sensitivity_ways import Way
from skm_analysis.estimates.surveyed import (
    Surveyed,
)
from skm_analysis.study.regulation import BANDS


def sensitivity_rows(at: Address, surveyed: Surveyed, ways: Sequence[Way]) -> list[Row]:
    """Index and letter of a unit under each other rule."""
    ikm, bands = surveyed.ikm, surveyed.bands
    if ikm is None:
        return []
    rows: list[Row] = []
    for way in ways:
        # What is withheld of the unit stays so under a rule that counts more sheets.
        hidden = () if way.told else ("suppressed",)
        flags = (*mean_flags(min(way.n, ikm.n)), *hidden)
        if way.estimate is None:
            row = at.row(
                "sensitivity", stored_value(way.value), category=way.name, n=way.n
            )
        else:
            row = mean_row(
                at,
                "sensitivity",
                way.estimate,
                level=surveyed.level,
                category=way.name,
                population=surveyed.population,
                flags=surveyed.flags,
            )
        rows += _graded(row.flagged(*flags), way.value, ikm.value, bands)
    return rows


def city_sensitivity_rows(
    at: Address,
    units: Sequence[Counted],
    ways: Mapping[str, Sequence[Way]],
    bands: str | None,
) -> list[Row]:
    """The mean of units under each rule; where it does not apply, the official index.

    A rule is withheld where the units whose own figure is withheld would follow from
    the city's: where it is one unit, or all of them by 1 to 9 sheets.
    """
    if not units:
        return []
    official = sum((each.ikm.value for each in units), Fraction(0)) / len(units)
    by_unit = [
        {way.name: way for way in ways.get(each.surveyed.unit.id, ())} for each in units
    ]
    names = dict.fromkeys(
        way.name for each in units for way in ways.get(each.surveyed.unit.id, ())
    )
    rows: list[Row] = []
    for name in names:
        found = [each.get(name) for each in by_unit]
        value = sum(
            (
                way.value if way else each.ikm.value
                for way, each in zip(found, units, strict=True)
            ),
            Fraction(0),
        ) / len(units)
        row = _city_row(at, name, value, found, units)
        withheld = [way.moved for way in found if way and not way.told]
        if withheld and (len(withheld) == 1 or sum(withheld) < FEWEST_TOLD):
            row = row.flagged("suppressed")
        rows += _graded(row, value, official, bands)
    return rows


def _city_row(
    at: Address,
    name: str,
    value: Fraction,
    found: Sequence[Way | None],
    units: Sequence[Counted],
) -> Row:
    """With limits, unless the rule only rounds."""
    n = sum(
        way.n if way else each.ikm.n for way, each in zip(found, units, strict=True)
    )
    estimates = [
        way.estimate if way else each.ikm
        for way, each in zip(found, units, strict=True)
    ]
    known = [each for each in estimates if each is not None]
    if len(known) < len(estimates):
        return at.row("sensitivity", stored_value(value), category=name, n=n)
    bare = not all(has_interval(each) for each in known)
    flags = combined_flags(each.surveyed for each in units)
    row = sum_row(
        at,
        "sensitivity",
        mean_of_units(known),
        level=units[0].surveyed.level,
        n=n,
        flags=(*flags, *(["units_without_interval"] * bare)),
    )
    return replace(row, category=name)


def _graded(
    row: Row, value: Fraction, official: Fraction, bands: str | None
) -> Iterator[Row]:
    """The row, flagged where its letter is another, and the letter beside it."""
    if bands is None:
        yield row
        return
    letter, usual = (find_grade(each, BANDS[bands]).grade for each in (value, official))
    differs = ("grade_differs",) if letter != usual else ()
    withheld = tuple(each for each in row.flags if each in ("suppressed", "indicative"))
    yield row.flagged(*differs)
    yield Row(
        study=row.study,
        scope=row.scope,
        unit=row.unit,
        part=row.part,
        measure="sensitivity_grade",
        category=row.category,
        n=row.n,
        flags=(*withheld, f"grade_{letter}", *differs),
    )
