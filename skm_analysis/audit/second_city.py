"""The figures of the city and of its groups of units, a second time."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Sheet, Survey
from skm_analysis.audit.expectation import Expected, profile, slug
from skm_analysis.audit.second_rows import joined

FEWEST_PUBLISHED = 10
MOST_UNCOVERED = Fraction(1, 5)  # of the people, for a letter to be given
CITY_PROFILE = ("sex", "age", "education", "occupation")  # services differ by unit

Named = TypeVar("Named", bound=Hashable)


def expect_city(
    survey: Survey, indices: Mapping[str, second.Figure]
) -> Iterator[tuple[str, Expected]]:
    """Rows of scope city and group.

    `indices` holds the index of each unit that an independent survey asked.
    """
    yield from profile("city.", _city_sheets(survey), CITY_PROFILE)
    main = _most_common([office.scale for office in survey.offices])
    counted = [each for each in survey.offices if each.scale == main]
    bands = _most_common([each.bands for each in counted if each.bands]) or ""
    found = _Found(indices, bands, survey.level)
    within = [each for each in counted if each.id in indices]
    yield from _city("city.", within, found)
    for kind in dict.fromkeys(office.kind for office in survey.offices):
        members = [each for each in within if each.kind == kind]
        yield from _city(f"group.{slug(kind)}", members, found)


class _Found(NamedTuple):
    indices: Mapping[str, second.Figure]
    bands: str
    level: Fraction


def _city(
    at: str, offices: Sequence[Office], found: _Found
) -> Iterator[tuple[str, Expected]]:
    yield from _figures(at, "", offices, found)
    told = [each for each in offices if found.indices[each.id].n >= FEWEST_PUBLISHED]
    if len(told) < len(offices):
        yield from _figures(at, "@published", told, found)


def _figures(
    at: str, end: str, offices: Sequence[Office], found: _Found
) -> Iterator[tuple[str, Expected]]:
    figures = [found.indices[each.id] for each in offices]
    n = sum(figure.n for figure in figures)
    yield f"{at}.n_units{end}", Expected(Fraction(len(offices)), n=n)
    if at.startswith("group") or end:
        yield f"{at}.n_accepted{end}", Expected(Fraction(n), n=n)
    people = [each.people for each in offices]
    known = [each for each in people if each is not None]
    weightings = {
        "ikm_mean_of_units": [1] * len(offices),
        "ikm_pooled": [figure.n for figure in figures],
        "ikm_population_weighted": known if len(known) == len(people) else [],
    }
    for measure, weights in weightings.items():
        yield f"{at}.{measure}{end}", _weighted(figures, weights, n, found.level)
    grade = ""
    uncovered = sum((each.uncovered for each in offices), Fraction(0))
    uncovered /= max(len(offices), 1)
    if uncovered:
        yield f"{at}.uncovered_share{end}", Expected(uncovered, n=n)
    if figures and found.bands and uncovered <= MOST_UNCOVERED:
        whole = sum((figure.value for figure in figures), Fraction(0))
        grade = second.letter(whole / len(figures), found.bands)
    yield f"{at}.grade{end}", Expected(letter=grade)


def _weighted(
    figures: Sequence[second.Figure], weights: Sequence[int], n: int, level: Fraction
) -> Expected:
    if not figures or not weights:
        return Expected(n=n, has_error=True)
    whole = sum(weights)
    terms = [(Fraction(w, whole), f) for w, f in zip(weights, figures, strict=True)]
    return joined(terms, level, n)


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
