"""The index under every other rule, a second time."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import GATHERED, Office, Sheet, Survey
from skm_analysis.audit.second_sheets import (
    one_answer_throughout,
    only_the_highest,
    vector,
)
from skm_analysis.audit.second_surveyed import Asked, design_of, index_of

NINTH = Fraction(1, 9)
# Decimals of each mean, and of the sum of the weighted means.
ROUNDED_EARLY = {
    "early-rounding": (2, None),
    "early-rounding-3": (3, None),
    "early-rounding-index-3": (None, 3),
}
# Not here: without-longest-run, whose sheets follow from the order of the files, and
# clusters-day and -counter, whose limits follow from another correlation.


class Way(NamedTuple):
    """The index under one other rule; one that only rounds has no error."""

    name: str
    figure: second.Figure
    rounds: bool = False


def other_ways(asked: Asked) -> Iterator[Way]:
    """Every other rule that applies to a unit with an index."""
    if asked.ikm is None:
        return
    yield from _roundings(asked, asked.ikm)
    survey, office = asked.survey, asked.office
    for name, sheets, changed, unit in _otherwise(asked):
        # Who counts under the rule is all there is of the unit.
        seen = unit._replace(sheets=tuple(sheets))
        index = index_of(changed, seen, design_of(changed, seen, sheets))
        if index is not None:
            yield Way(name, index)
    rest = tuple(each for each in office.questions if each.unsur != "biaya")
    whole = sum((each.weight for each in rest), Fraction(0))
    if len(rest) < len(office.questions) and whole > 0:
        weights = [each.weight / whole for each in rest]
        index = index_of(survey, office, asked.design, rest, weights)
        if index is not None:
            yield Way("without-biaya", index)


def _roundings(asked: Asked, index: second.Figure) -> Iterator[Way]:
    office = asked.office
    if all(each.weight == NINTH for each in office.questions):
        for name, places in (("weight-0-11", 2), ("weight-0-111", 3)):
            value = index.value * 9 * _rounded(NINTH, places)
            yield Way(name, index._replace(value=value), rounds=True)
    if asked.survey.missing == "person":
        return  # no sum of weighted means
    for name, (mean_places, sum_places) in ROUNDED_EARLY.items():
        total = sum(
            (
                each.weight * _rounded(asked.items[each.key].value, mean_places)
                for each in office.questions
            ),
            Fraction(0),
        )
        value = Fraction(100, office.scale[1]) * _rounded(total, sum_places)
        yield Way(name, index._replace(value=value), rounds=True)


def _rounded(number: Fraction, places: int | None) -> Fraction:
    """Half up."""
    if places is None:
        return number
    return Fraction(math.floor(number * 10**places + Fraction(1, 2)), 10**places)


Otherwise = Iterator[tuple[str, Sequence[Sheet], Survey, Office]]


def _otherwise(asked: Asked) -> Otherwise:
    """Rules under which other sheets count, or count otherwise."""
    survey, office, sheets = asked.survey, asked.office, asked.sheets
    for rule in ("ratio", "complete", "person"):
        if rule != survey.missing:
            changed = survey._replace(missing=rule)
            yield f"missing-{rule}", sheets, changed, office
    if office.strata and asked.external:
        other = "strata" if survey.weighting == "none" else "none"
        yield f"weighting-{other}", sheets, survey._replace(weighting=other), office
    for name, kept in (*_without_signs(office, sheets), *_with_others(asked)):
        yield name, kept, survey, office
    singly = asked.design is not None and asked.design.rho is None
    known = office.people and asked.n <= office.people
    if office.sampling == "convenience" and known and singly:
        drawn = office._replace(sampling="random")
        yield "finite-correction", sheets, survey, drawn


def _without_signs(
    office: Office, sheets: Sequence[Sheet]
) -> Iterator[tuple[str, Sequence[Sheet]]]:
    """What is left without each sign of sheets that were not filled in one by one."""
    leaves_out: dict[str, Callable[[Sheet], bool]] = {
        "straight-lined": one_answer_throughout,
        "all-highest": lambda sheet: only_the_highest(office, sheet),
    }
    for name, out in leaves_out.items():
        yield f"without-{name}", [sheet for sheet in sheets if not out(sheet)]
    first = {vector(office, sheet): sheet for sheet in reversed(sheets)}
    yield "without-duplicates", list(reversed(first.values()))
    for column in GATHERED:
        known = Counter(s.gathered[column] for s in sheets if s.gathered.get(column))
        if known:
            most = min(known, key=lambda label: (-known[label], label))
            kept = [s for s in sheets if s.gathered[column] != most]
            yield f"without-largest-{column}", kept


def _with_others(asked: Asked) -> Iterator[tuple[str, Sequence[Sheet]]]:
    """As delivered before corrections; with what was set aside but is valid."""
    office, survey = asked.office, asked.survey
    source = "external" if asked.external else "internal"
    if office.uncorrected is not None:
        before = [sheet for sheet in office.uncorrected if sheet.source == source]
        yield "without-corrections", before
    back = [sheet for sheet in office.put_back if sheet.source == source]
    if survey.weighting == "strata" and office.strata and asked.external:
        back = [sheet for sheet in back if sheet.stratum in office.strata]
    reasons = {sheet.reason for sheet in back}
    for reason in reasons:
        own = [sheet for sheet in back if sheet.reason == reason]
        yield f"with-{reason.replace('_', '-')}", [*asked.sheets, *own]
    if len(reasons) > 1:
        yield "with-all-set-aside", [*asked.sheets, *back]
