"""The figures of the city and of its groups of units, a second time."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Sheet, Survey
from skm_analysis.audit.expectation import Expected, profile, slug

FEWEST_PUBLISHED = 10
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
    within = [each for each in counted if each.id in indices]
    yield from _city("city.", within, indices, bands)
    for kind in dict.fromkeys(office.kind for office in survey.offices):
        members = [each for each in within if each.kind == kind]
        yield from _city(f"group.{slug(kind)}", members, indices, bands)


def _city(
    at: str, offices: Sequence[Office], indices: Mapping[str, second.Figure], bands: str
) -> Iterator[tuple[str, Expected]]:
    yield from _figures(at, "", offices, indices, bands)
    told = [each for each in offices if (indices[each.id].n or 0) >= FEWEST_PUBLISHED]
    if len(told) < len(offices):
        yield from _figures(at, "@published", told, indices, bands)


def _figures(
    at: str,
    end: str,
    offices: Sequence[Office],
    indices: Mapping[str, second.Figure],
    bands: str,
) -> Iterator[tuple[str, Expected]]:
    n = sum(indices[each.id].n or 0 for each in offices)
    yield f"{at}.n_units{end}", Expected(Fraction(len(offices)), n=n)
    if at.startswith("group") or end:
        yield f"{at}.n_accepted{end}", Expected(Fraction(n), n=n)
    people = [each.people for each in offices]
    known = [each for each in people if each is not None]
    weightings = {
        "ikm_mean_of_units": [1] * len(offices),
        "ikm_pooled": [indices[each.id].n or 0 for each in offices],
        "ikm_population_weighted": known if len(known) == len(people) else [],
    }
    figures = [indices[each.id] for each in offices]
    for measure, weights in weightings.items():
        yield f"{at}.{measure}{end}", _weighted(figures, weights, n)
    mean = _weighted(figures, weightings["ikm_mean_of_units"], n).value
    grade = second.letter(mean, bands) if mean is not None and bands else ""
    yield f"{at}.grade{end}", Expected(letter=grade)


def _weighted(
    figures: Sequence[second.Figure], weights: Sequence[int], n: int
) -> Expected:
    if not figures or not weights:
        return Expected(n=n, has_error=True)
    whole = sum(weights)
    pairs = [(Fraction(w, whole), f) for w, f in zip(weights, figures, strict=True)]
    bare = [f.se is None or f.df < 1 for f in figures]
    # A unit without an interval adds none, unless no unit has one.
    errors = [
        None if f.se is None and all(bare) else 0.0 if lone and not all(bare) else f.se
        for f, lone in zip(figures, bare, strict=True)
    ]
    known = [each for each in errors if each is not None]
    se = None
    if len(known) == len(errors):
        se = (
            sum((float(w) * e) ** 2 for (w, _), e in zip(pairs, known, strict=True))
            ** 0.5
        )
    value = sum((weight * figure.value for weight, figure in pairs), Fraction(0))
    return Expected(value, se, n, has_error=True)


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
