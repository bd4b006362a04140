"""The figures of the city and of its groups of units, a second time."""

import math
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Sheet, Survey
from skm_analysis.audit.expectation import Expected, profile, slug
from skm_analysis.audit.second_rows import Terms, joined
from skm_analysis.audit.second_surveyed import Asked

FEWEST_PUBLISHED = 10
MOST_UNCOVERED = Fraction(1, 5)  # of the people, for a letter to be given
CITY_PROFILE = ("sex", "age", "education", "occupation")  # services differ by unit

Named = TypeVar("Named", bound=Hashable)


def expect_city(
    survey: Survey, now: Mapping[str, Asked]
) -> Iterator[tuple[str, Expected]]:
    """Rows of scope city and group."""
    yield from profile("city.", _city_sheets(survey), CITY_PROFILE)
    within, bands = city_units(survey, now), city_bands(survey)
    for end, units in editions(within).items():
        yield from _figures("city.", end, units, bands)
        if survey.missing != "person":
            yield from _missing_points(end, units)
    for kind in dict.fromkeys(office.kind for office in survey.offices):
        members = [each for each in within if each.office.kind == kind]
        for end, units in editions(members).items():
            yield from _figures(f"group.{slug(kind)}", end, units, bands)


def headline(
    survey: Survey, then: Mapping[str, Asked], part: str
) -> Iterator[tuple[str, Expected]]:
    """Of an earlier study only what stands beside this one's headline."""
    kept = ("n_units", "n_accepted", "ikm_mean_of_units", "grade")
    bands = city_bands(survey)
    for end, units in editions(city_units(survey, then), part).items():
        for key, row in _figures("city.", end, units, bands):
            if key.removeprefix("city..").removesuffix(end) in kept:
                yield key, row


def counted_scale(survey: Survey) -> tuple[int, int] | None:
    """That of most units."""
    return _most_common([office.scale for office in survey.offices])


def city_bands(survey: Survey) -> str:
    """Those of most units on that scale, by which the city is graded."""
    main = counted_scale(survey)
    counted = [each for each in survey.offices if each.scale == main]
    return _most_common([each.bands for each in counted if each.bands]) or ""


def city_units(survey: Survey, asked: Mapping[str, Asked]) -> list[Asked]:
    """Units of the independent survey on the scale of most, with an index."""
    main = counted_scale(survey)
    return [
        each
        for each in asked.values()
        if each.office.scale == main and each.external and each.ikm is not None
    ]


def editions(units: Sequence[Asked], part: str = "") -> dict[str, list[Asked]]:
    """All units, and where some are small those of the published figure, by key end."""
    told = [each for each in units if figure_of(each).n >= FEWEST_PUBLISHED]
    found = {f"@{part}" if part else "": list(units)}
    if len(told) < len(units):
        found[f"@{part}+published" if part else "@published"] = told
    return found


def figure_of(asked: Asked) -> second.Figure:
    """The index of a unit that has one."""
    if asked.ikm is None:
        raise ValueError(f"{asked.office.id} has no index")
    return asked.ikm


def _figures(
    at: str, end: str, units: Sequence[Asked], bands: str
) -> Iterator[tuple[str, Expected]]:
    figures = [figure_of(each) for each in units]
    n = sum(figure.n for figure in figures)
    yield f"{at}.n_units{end}", Expected(Fraction(len(units)), n=n)
    if at.startswith("group") or end:
        yield f"{at}.n_accepted{end}", Expected(Fraction(n), n=n)
    people = [each.office.people for each in units]
    known = [each for each in people if each is not None]
    weightings = {
        "ikm_mean_of_units": [1] * len(units),
        "ikm_pooled": [figure.n for figure in figures],
        "ikm_population_weighted": known if len(known) == len(people) else [],
    }
    whole = sum(known) if len(known) == len(people) else None
    for measure, weights in weightings.items():
        row = Expected(n=n)
        if weights:
            level = units[0].survey.level
            row = joined(shares(weights, figures), level, n, whole)
        if measure == "ikm_mean_of_units" and isinstance(row.value, Fraction):
            row = row._replace(beside={"below_highest": _below_highest(row.value)})
        yield f"{at}.{measure}{end}", row
    uncovered = mean_uncovered(units)
    if uncovered:
        yield f"{at}.uncovered_share{end}", Expected(uncovered, n=n)
    grade = ""
    if figures and bands and uncovered <= MOST_UNCOVERED:
        total = sum((figure.value for figure in figures), Fraction(0))
        grade = second.letter(total / len(figures), bands)
    yield f"{at}.grade{end}", Expected(category=grade, n=n)


def _below_highest(index: Fraction) -> Fraction:
    """From the index as it is printed, so that both add up to 100."""
    return 100 - Fraction(math.floor(index * 100 + Fraction(1, 2)), 100)


def _missing_points(end: str, units: Sequence[Asked]) -> Iterator[tuple[str, Expected]]:
    """Per unsur what its questions lack of the highest index, all units alike."""
    lost: dict[str, Fraction] = {}
    asking: dict[str, set[str]] = {}
    for each in units:
        highest = each.office.scale[1]
        for question in each.office.questions:
            unsur = question.unsur or "own"
            part = (1 - each.items[question.key].value / highest) * question.weight
            lost[unsur] = lost.get(unsur, Fraction(0)) + 100 * part / len(units)
            asking.setdefault(unsur, set()).add(each.office.id)
    for unsur, points in lost.items():
        n = sum(figure_of(u).n for u in units if u.office.id in asking[unsur])
        yield f"city..shortfall.{unsur}{end}", Expected(points, n=n)


def mean_uncovered(units: Sequence[Asked]) -> Fraction:
    whole = sum((each.office.uncovered for each in units), Fraction(0))
    return whole / max(len(units), 1)


def shares(weights: Sequence[int], figures: Sequence[second.Figure]) -> Terms:
    """Each figure with its part of the whole weight."""
    whole = sum(weights)
    return [(Fraction(w, whole), f) for w, f in zip(weights, figures, strict=True)]


def _city_sheets(survey: Survey) -> list[Sheet]:
    """Of units with enough respondents that nobody is found by subtraction."""
    told = []
    for office in survey.offices:
        external = [s for s in office.sheets if s.source == "external"]
        told += external if len(external) >= FEWEST_PUBLISHED else []
    return told


def _most_common(things: Sequence[Named]) -> Named | None:
    """The first of those that occur most often."""
    counts = Counter(things)
    return max(counts, key=lambda each: counts[each]) if counts else None
