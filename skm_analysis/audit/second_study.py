"""What every row of the estimates should say, from a survey's answers alone."""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Sheet, Survey

FEWEST_PUBLISHED = 10

Named = TypeVar("Named", bound=Hashable)


class Expected(NamedTuple):
    """What one row should say; None: nothing."""

    value: Fraction | None = None
    se: float | None = None
    n: int | None = None
    letter: str | None = None
    has_error: bool = False  # whether a standard error belongs to the measure


def expect(survey: Survey) -> Iterator[tuple[str, Expected]]:
    """Key and content of every row that this implementation covers."""
    indices: dict[str, second.Figure] = {}
    for office in survey.offices:
        external = [s for s in office.sheets if s.source == "external"]
        own = external or list(office.sheets)
        yield from _office(survey, office, own, indices if external else {})
        internal = [s for s in office.sheets if s.source == "internal"]
        if external and internal:
            design = _design(survey, office, internal)
            yield from _summary(survey, office, internal, design, "internal")
    main = _most_common([office.scale for office in survey.offices])
    counted = [each for each in survey.offices if each.scale == main]
    bands = _most_common([each.bands for each in counted if each.bands]) or ""
    within = [each for each in counted if each.id in indices]
    yield from _city("city.", within, indices, bands)
    for kind in dict.fromkeys(office.kind for office in survey.offices):
        members = [each for each in within if each.kind == kind]
        yield from _city(f"group.{_slug(kind)}", members, indices, bands)


def _office(
    survey: Survey,
    office: Office,
    sheets: Sequence[Sheet],
    indices: dict[str, second.Figure],
) -> Iterator[tuple[str, Expected]]:
    at = f"unit.{_slug(office.id)}"
    design = _design(survey, office, sheets)
    for key, expected in _summary(survey, office, sheets, design, ""):
        if key == f"{at}.ikm" and expected.value is not None and design is not None:
            df = sum(map(len, design.groups)) - len(design.groups)
            indices[office.id] = second.Figure(
                expected.value, expected.se, expected.n, df
            )
        yield key, expected
    if design is None:
        return
    yield from _items(survey, office, sheets, design)
    yield from _other_indices(survey, office, sheets, design)
    yield from _parts(survey, office, sheets)


def _summary(
    survey: Survey,
    office: Office,
    sheets: Sequence[Sheet],
    design: second.Design | None,
    part: str,
) -> Iterator[tuple[str, Expected]]:
    at, end = f"unit.{_slug(office.id)}", f"@{part}" if part else ""
    n = len(sheets)
    yield f"{at}.n_accepted{end}", Expected(Fraction(n), n=n)
    index = _index(survey, office, design)
    yield f"{at}.ikm{end}", index
    if index.value is None or not office.bands:
        yield f"{at}.grade{end}", Expected(letter="")
    else:
        yield (
            f"{at}.grade{end}",
            Expected(letter=second.letter(index.value, office.bands)),
        )


def _items(
    survey: Survey, office: Office, sheets: Sequence[Sheet], design: second.Design
) -> Iterator[tuple[str, Expected]]:
    at = f"unit.{_slug(office.id)}"
    low, high = office.scale
    for question in office.questions:
        item = _slug(question.key)
        given = [s.scores[question.key] for s in sheets if question.key in s.scores]
        mean = second.nrr(design, question.key, office.questions, survey.missing)
        yield f"{at}.nrr.{item}", _figure(design, mean)
        if mean is None or not given:
            continue
        n = len(given)
        yield f"{at}.sum.{item}", Expected(Fraction(sum(given)), n=n)
        yield f"{at}.nrr_unweighted.{item}", Expected(Fraction(sum(given), n), n=n)
        for score in range(low, high + 1):
            part = second.share(design, question.key, score)
            yield f"{at}.share.{item}.{score}", _figure(design, part)
            times = Fraction(given.count(score))
            yield f"{at}.share_count.{item}.{score}", Expected(times, n=n)


def _other_indices(
    survey: Survey, office: Office, sheets: Sequence[Sheet], design: second.Design
) -> Iterator[tuple[str, Expected]]:
    at = f"unit.{_slug(office.id)}"
    index = _index(survey, office, design)
    if index.value is None:
        return
    if office.strata:
        plain = second.plain_design(office, sheets, office.people)
        yield f"{at}.ikm_unweighted", _index(survey, office, plain)
        strata = second.strata_design(office, sheets)
        yield f"{at}.ikm_strata", _index(survey, office, strata)
    rest = tuple(each for each in office.questions if each.unsur != "biaya")
    whole = sum((each.weight for each in rest), Fraction(0))
    if len(rest) < len(office.questions) and whole > 0:
        weights = [each.weight / whole for each in rest]
        without = second.ikm(design, rest, office.scale[1], survey.missing, weights)
        yield f"{at}.ikm_without_biaya", _figure(design, without)
    if all(each.weight == Fraction(1, 9) for each in office.questions):
        for name, weight in (
            ("0_11", Fraction(11, 100)),
            ("0_111", Fraction(111, 1000)),
        ):
            rounded = index.value * 9 * weight
            yield f"{at}.ikm_weight_{name}", Expected(rounded, n=index.n)


def _parts(
    survey: Survey, office: Office, sheets: Sequence[Sheet]
) -> Iterator[tuple[str, Expected]]:
    at = f"unit.{_slug(office.id)}"
    for name in dict.fromkeys((*survey.periods, *office.strata)):
        by_period = name in survey.periods
        within = [s for s in sheets if name == (s.period if by_period else s.stratum)]
        # In a census, whoever was served in this part of the year answered.
        whole = office.sampling == "census" and len(sheets) == office.people
        people = len(within) if whole else office.strata.get(name)
        design = second.plain_design(office, within, people)
        if design is not None:
            n = len(within)
            yield f"{at}.n_accepted@{name}", Expected(Fraction(n), n=n)
            yield f"{at}.ikm@{name}", _index(survey, office, design)


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


def _design(
    survey: Survey, office: Office, sheets: Sequence[Sheet]
) -> second.Design | None:
    if survey.weighting == "strata" and office.strata:
        return second.strata_design(office, sheets)
    return second.plain_design(office, sheets, office.people)


def _index(survey: Survey, office: Office, design: second.Design | None) -> Expected:
    if design is None:
        return Expected(has_error=True)
    highest = office.scale[1]
    return _figure(
        design, second.ikm(design, office.questions, highest, survey.missing)
    )


def _figure(design: second.Design, ratio: second.Ratio | None) -> Expected:
    if ratio is None:
        return Expected(has_error=True)
    figure = second.with_error(design, ratio)
    return Expected(figure.value, figure.se, figure.n, has_error=True)


def _most_common(things: Sequence[Named]) -> Named | None:
    """The first of those that occur most often."""
    counts = Counter(things)
    return max(counts, key=lambda each: counts[each]) if counts else None


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
