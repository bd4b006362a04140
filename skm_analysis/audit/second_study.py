"""What every row of the estimates should say, from a survey's answers alone."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Sheet, Survey
from skm_analysis.audit.expectation import Expected, part_name, profile, slug
from skm_analysis.audit.second_city import MOST_UNCOVERED, expect_city
from skm_analysis.audit.second_clusters import Group, names, pooled_rho
from skm_analysis.audit.second_rows import combined, mean


def expect(survey: Survey) -> Iterator[tuple[str, Expected]]:
    """Key and content of every row that this implementation covers."""
    indices: dict[str, second.Figure] = {}
    survey = _with_rho(survey)
    for office in survey.offices:
        external = [s for s in office.sheets if s.source == "external"]
        own = external or list(office.sheets)
        yield from _office(survey, office, own, indices if external else {})
        internal = [s for s in office.sheets if s.source == "internal"]
        if external and internal:
            yield from _beside(survey, office, internal, indices.get(office.id))
    yield from expect_city(survey, indices)


def _with_rho(survey: Survey) -> Survey:
    """The survey with the correlation within the clusters of all its units."""
    groups: list[Group] = []
    for office in survey.offices:
        external = [s for s in office.sheets if s.source == "external"]
        design = _design(survey, office, external or list(office.sheets))
        if design is None or design.rho is None:
            continue
        ratio = second.ikm(design, office.questions, office.scale, survey.missing)
        if ratio is not None:
            labels = [names(group) for group in design.groups]
            groups += zip(ratio.moves, ratio.weights, labels, strict=True)
    rho = pooled_rho(groups)
    return survey._replace(
        offices=tuple(office._replace(rho=rho) for office in survey.offices)
    )


def _beside(
    survey: Survey,
    office: Office,
    sheets: Sequence[Sheet],
    external: second.Figure | None,
) -> Iterator[tuple[str, Expected]]:
    """What the unit found itself, and how far that is from the independent survey."""
    design = second.plain_design(office, sheets, office.people)
    yield from _summary(survey, office, sheets, design, "internal")
    own = _index(survey, office, design)
    if external is not None and own is not None:
        key = f"unit.{slug(office.id)}.internal_difference"
        terms = [(Fraction(1), own), (Fraction(-1), external)]
        yield key, combined(terms, survey.level, own.n)


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
    index = _index(survey, office, design)
    if index is not None:
        indices[office.id] = index
    yield from _summary(survey, office, sheets, design, "")
    yield f"{at}.n_required", Expected(Fraction(_required(office.people)))
    yield from profile(at, sheets)
    if office.uncovered:
        yield f"{at}.uncovered_share", Expected(office.uncovered, n=len(sheets))
    if design is None:
        return
    yield from _alike(office, sheets)
    if index is not None and (limits := index.limits(survey.level)) is not None:
        yield f"{at}.margin", Expected((limits.high - limits.low) / 2, n=index.n)
    yield from _items(survey, office, sheets, design)
    yield from _other_indices(survey, office, sheets, design)
    yield from _parts(survey, office, sheets)


def _alike(office: Office, sheets: Sequence[Sheet]) -> Iterator[tuple[str, Expected]]:
    """Shares of sheets with one answer throughout, and with the highest only."""
    n = len(sheets)
    given = [list(sheet.scores.values()) for sheet in sheets]
    alike = sum(len(each) > 1 and len(set(each)) == 1 for each in given)
    highest = sum(set(each) == {office.scale[1]} for each in given)
    at = f"unit.{slug(office.id)}"
    yield f"{at}.straight_lined", Expected(Fraction(alike, n), n=n)
    yield f"{at}.all_highest", Expected(Fraction(highest, n), n=n)


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
    yield f"{at}.ikm{end}", mean(index, survey.level)
    uncovered = office.uncovered > MOST_UNCOVERED and part != "internal"
    if index is None or not office.bands or uncovered:
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
    shown: dict[str, tuple[Fraction, int]] = {}
    for question in office.questions:
        item = slug(question.key)
        given = [s.scores[question.key] for s in sheets if question.key in s.scores]
        found = second.nrr(
            design, question.key, office.questions, office.scale, survey.missing
        )
        yield f"{at}.nrr.{item}", _mean(survey, design, found)
        if found is None or not given:
            continue
        n = len(given)
        counted = second.with_error(design, found).n
        if len(set(given)) > 1:
            shown[item] = second.shown(found.value), counted
        else:
            yield f"{at}.item_rank.{item}", Expected()  # constant: left out
        yield f"{at}.sum.{item}", Expected(Fraction(sum(given)), n=n)
        yield f"{at}.nrr_unweighted.{item}", Expected(Fraction(sum(given), n), n=n)
        for score in range(low, high + 1):
            part = second.share(design, question.key, score)
            yield f"{at}.share.{item}.{score}", _mean(survey, design, part)
            times = Fraction(given.count(score))
            yield f"{at}.share_count.{item}.{score}", Expected(times, n=n)
    for item, (own, n) in shown.items():
        rank = 1 + sum(other > own for other, _ in shown.values())
        yield f"{at}.item_rank.{item}", Expected(Fraction(rank), n=n)


def _other_indices(
    survey: Survey, office: Office, sheets: Sequence[Sheet], design: second.Design
) -> Iterator[tuple[str, Expected]]:
    at = f"unit.{slug(office.id)}"
    index = _index(survey, office, design)
    if index is None:
        return
    if office.strata:
        plain = second.plain_design(office, sheets, office.people)
        unweighted = _index(survey, office, plain)
        yield f"{at}.ikm_unweighted", mean(unweighted, survey.level)
        weighted = _index(survey, office, second.strata_design(office, sheets))
        yield f"{at}.ikm_strata", mean(weighted, survey.level)
    rest = tuple(each for each in office.questions if each.unsur != "biaya")
    whole = sum((each.weight for each in rest), Fraction(0))
    if len(rest) < len(office.questions) and whole > 0:
        weights = [each.weight / whole for each in rest]
        without = second.ikm(design, rest, office.scale, survey.missing, weights)
        yield f"{at}.ikm_without_biaya", _mean(survey, design, without)
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
            yield f"{at}.n_accepted@{part_name(name)}", Expected(Fraction(n), n=n)
            index = _index(survey, office, design)
            yield f"{at}.ikm@{part_name(name)}", mean(index, survey.level)


def _design(
    survey: Survey, office: Office, sheets: Sequence[Sheet]
) -> second.Design | None:
    """A unit's own survey need not know strata: its sheets are all alike."""
    external = all(sheet.source == "external" for sheet in sheets)
    if survey.weighting == "strata" and office.strata and external:
        return second.strata_design(office, sheets)
    return second.plain_design(office, sheets, office.people)


def _index(
    survey: Survey, office: Office, design: second.Design | None
) -> second.Figure | None:
    if design is None:
        return None
    ratio = second.ikm(design, office.questions, office.scale, survey.missing)
    return second.with_error(design, ratio) if ratio is not None else None


def _mean(
    survey: Survey, design: second.Design, ratio: second.Ratio | None
) -> Expected:
    figure = second.with_error(design, ratio) if ratio is not None else None
    return mean(figure, survey.level)
