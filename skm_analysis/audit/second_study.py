"""What every row of the estimates should say, from a survey's answers alone."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Sheet, Survey
from skm_analysis.audit.expectation import Expected, profile, slug
from skm_analysis.audit.second_city import expect_city


def expect(survey: Survey) -> Iterator[tuple[str, Expected]]:
    """Key and content of every row that this implementation covers."""
    indices: dict[str, second.Figure] = {}
    for office in survey.offices:
        external = [s for s in office.sheets if s.source == "external"]
        own = external or list(office.sheets)
        yield from _office(survey, office, own, indices if external else {})
        internal = [s for s in office.sheets if s.source == "internal"]
        if external and internal:
            yield from _beside(survey, office, internal, indices.get(office.id))
    yield from expect_city(survey, indices)


def _beside(
    survey: Survey,
    office: Office,
    sheets: Sequence[Sheet],
    external: second.Figure | None,
) -> Iterator[tuple[str, Expected]]:
    """What the unit found itself, and how far that is from the independent survey."""
    rows = dict(
        _summary(survey, office, sheets, _design(survey, office, sheets), "internal")
    )
    yield from rows.items()
    own = rows[f"unit.{slug(office.id)}.ikm@internal"]
    if external is None or own.value is None:
        return
    key = f"unit.{slug(office.id)}.internal_difference"
    errors = [each for each in (own.se, external.se) if each is not None]
    se = math.hypot(*errors) if len(errors) == 2 else None
    difference = own.value - external.value
    yield key, Expected(difference, se, own.n, has_error=True)


def _required(people: int | None) -> int:
    """Krejcie and Morgan: chi-square 3.841, P = 0.5, d = 0.05, nearest whole."""
    spread = Fraction("3.841") / 4
    margin = Fraction("0.05") ** 2
    if people is None:
        return math.floor(spread / margin + Fraction(1, 2))
    exact = spread * people / (margin * (people - 1) + spread)
    return math.floor(exact + Fraction(1, 2))


def _office(
    survey: Survey,
    office: Office,
    sheets: Sequence[Sheet],
    indices: dict[str, second.Figure],
) -> Iterator[tuple[str, Expected]]:
    at = f"unit.{slug(office.id)}"
    design = _design(survey, office, sheets)
    for key, expected in _summary(survey, office, sheets, design, ""):
        if key == f"{at}.ikm" and expected.value is not None and design is not None:
            df = sum(map(len, design.groups)) - len(design.groups)
            indices[office.id] = second.Figure(
                expected.value, expected.se, expected.n, df
            )
        yield key, expected
    yield f"{at}.n_required", Expected(Fraction(_required(office.people)))
    yield from profile(at, sheets)
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
    at, end = f"unit.{slug(office.id)}", f"@{part}" if part else ""
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
    at = f"unit.{slug(office.id)}"
    low, high = office.scale
    for question in office.questions:
        item = slug(question.key)
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
    at = f"unit.{slug(office.id)}"
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
    at = f"unit.{slug(office.id)}"
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
