"""What every row of the estimates should say, from a survey's answers alone."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Survey
from skm_analysis.audit.expectation import Expected, part_name, profile, slug
from skm_analysis.audit.second_arrivals import expect_arrivals
from skm_analysis.audit.second_certainty import expect_probabilities, probabilities
from skm_analysis.audit.second_change import expect_changes
from skm_analysis.audit.second_city import (
    FEWEST_PUBLISHED,
    MOST_UNCOVERED,
    city_bands,
    city_units,
    editions,
    expect_city,
    figure_of,
    mean_uncovered,
    shares,
)
from skm_analysis.audit.second_comments import expect_comments
from skm_analysis.audit.second_counts import expect_counts
from skm_analysis.audit.second_importance import expect_importance
from skm_analysis.audit.second_items import expect_items
from skm_analysis.audit.second_office import expect_office, expect_office_tallies
from skm_analysis.audit.second_p_values import SLACK, p_value
from skm_analysis.audit.second_previous import expect_previous
from skm_analysis.audit.second_ranks import expect_ranks
from skm_analysis.audit.second_record import expect_record, expect_unit_record
from skm_analysis.audit.second_respondents import expect_respondents
from skm_analysis.audit.second_rows import as_one, combined, known_where_bare, mean
from skm_analysis.audit.second_rule_rows import expect_rules
from skm_analysis.audit.second_scales import expect_scales, unit_alpha
from skm_analysis.audit.second_sheets import expect_sheets
from skm_analysis.audit.second_sizes import expect_margin, expect_sizes
from skm_analysis.audit.second_summary import difference_words, summary
from skm_analysis.audit.second_surveyed import Asked, ask, ask_all, index_of
from skm_analysis.audit.second_tallies import expect_tallies
from skm_analysis.audit.second_target import expect_target

Rows = Iterator[tuple[str, Expected]]


def expect(survey: Survey) -> dict[str, Expected]:
    """What every row that this implementation covers should say, by key."""
    now = ask_all(survey)
    rows = dict(_estimates(survey, now))
    # Printed without a row of the estimates.
    rows |= dict(expect_record(survey)) | dict(expect_arrivals(survey))
    for asked in now.values():
        rows |= dict(expect_unit_record(asked))
    rows |= dict(expect_office_tallies(survey, rows))
    return rows | dict(expect_tallies(now, rows))


def _estimates(survey: Survey, now: Mapping[str, Asked]) -> Rows:
    then = ask_all(survey.previous) if survey.previous else {}
    for unit, asked in now.items():
        yield from _unit(asked, then.get(unit))
        yield from expect_comments(survey, asked)
    yield from expect_ranks(now.values())
    yield from expect_scales(now.values())
    yield from expect_counts(survey, now)
    yield from expect_city(survey, now)
    yield from _headline(survey, now)
    yield from expect_rules(survey, now)
    if survey.previous is not None:
        yield from expect_previous(survey.previous, then)
        yield from expect_changes(now, then)


def _headline(survey: Survey, now: Mapping[str, Asked]) -> Rows:
    """How sure the city's letter is, and how far its index is from the target."""
    for end, units in editions(city_units(survey, now)).items():
        yield from expect_target("city.", units, survey.target, end)
        bands = city_bands(survey)
        if units and bands and mean_uncovered(units) <= MOST_UNCOVERED:
            figures = [figure_of(each) for each in units]
            whole = as_one(known_where_bare(shares([1] * len(figures), figures)))
            yield from probabilities("city.", end, whole, bands, survey.level)


def _unit(asked: Asked, then: Asked | None) -> Rows:
    at = f"unit.{slug(asked.office.id)}"
    yield from summary(asked, "")
    yield from expect_sizes(asked, then)
    yield from expect_margin(asked)
    yield from profile(at, asked.sheets)
    if asked.office.uncovered:
        yield f"{at}.uncovered_share", Expected(asked.office.uncovered, n=asked.n)
    yield from expect_target(at, [asked], asked.office.target)
    yield from expect_office(asked, "")
    yield from _beside(asked)
    if asked.design is None:
        return
    yield from expect_sheets(asked)
    yield from expect_items(asked)
    yield from unit_alpha(asked)
    yield from expect_importance(asked)
    yield from expect_respondents(asked)
    yield from expect_probabilities(asked)
    yield from _other_indices(asked)
    yield from _parts(asked)


def _beside(asked: Asked) -> Rows:
    """What the unit found itself, and how far that is from the independent survey."""
    office, survey = asked.office, asked.survey
    sheets = [sheet for sheet in office.sheets if sheet.source == "internal"]
    if not asked.sheets or not asked.external or not sheets:
        return
    own = ask(survey, office, sheets)
    yield from summary(own, "internal")
    yield from expect_office(own, "internal")
    if asked.ikm is None or own.ikm is None:
        return
    terms = [(Fraction(1), own.ikm), (Fraction(-1), asked.ikm)]
    n, at = own.ikm.n, f"unit.{slug(office.id)}"
    row = combined(terms, survey.level, n)
    fewer = min(n, asked.ikm.n)
    words = difference_words(row, fewer)
    yield f"{at}.internal_difference", row._replace(words=words)
    p = p_value(terms) if fewer >= FEWEST_PUBLISHED else None
    if p is not None:
        yield f"{at}.p.internal-difference", Expected(p, n=n, slack=SLACK)


def _other_indices(asked: Asked) -> Rows:
    office, survey, index = asked.office, asked.survey, asked.ikm
    at = f"unit.{slug(office.id)}"
    if index is None:
        return
    if office.strata and asked.external:
        for name, design in (
            ("unweighted", second.plain_design(office, asked.sheets, office.people)),
            ("strata", second.strata_design(office, asked.sheets)),
        ):
            other = index_of(survey, office, design)
            yield f"{at}.ikm_{name}", mean(other, survey.level, office.people)
    rest = tuple(each for each in office.questions if each.unsur != "biaya")
    whole = sum((each.weight for each in rest), Fraction(0))
    if len(rest) < len(office.questions) and whole > 0:
        weights = [each.weight / whole for each in rest]
        without = index_of(survey, office, asked.design, rest, weights)
        yield f"{at}.ikm_without_biaya", mean(without, survey.level, office.people)
    if all(each.weight == Fraction(1, 9) for each in office.questions):
        for name, weight in (
            ("0_11", Fraction(11, 100)),
            ("0_111", Fraction(111, 1000)),
        ):
            rounded = index.value * 9 * weight
            yield f"{at}.ikm_weight_{name}", Expected(rounded, n=index.n)


def _parts(asked: Asked) -> Rows:
    """Each period and stratum as a sample of its own."""
    survey, office, sheets = asked.survey, asked.office, asked.sheets
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
            index = index_of(survey, office, design)
            yield f"{at}.ikm@{part_name(name)}", mean(index, survey.level, people)
