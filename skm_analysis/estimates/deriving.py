"""From the accepted responses to every row of the estimates table, in a fixed order."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.estimates.certainty_rows import certainty_rows, city_certainty_rows
from skm_analysis.estimates.change import holm
from skm_analysis.estimates.city import mean_of_units
from skm_analysis.estimates.city_rows import (
    Counted,
    counted_units,
    figure_rows,
    main_bands,
    unit_standing,
    with_published,
)
from skm_analysis.estimates.comparison_rows import (
    Pair,
    change_rows,
    city_change_rows,
    index_p_values,
    internal_rows,
    pair_surveys,
)
from skm_analysis.estimates.counting import city_counts, unit_counts
from skm_analysis.estimates.disclosure import FEWEST_TOLD, mean_flags
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.interval import Term, mover, total
from skm_analysis.estimates.parts import part_rows
from skm_analysis.estimates.planning import plan_units
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.respondent_parts import respondent_rows
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sensitivity_rows import (
    Way,
    city_sensitivity_rows,
    other_ways,
    sensitivity_rows,
)
from skm_analysis.estimates.size_rows import below_required, size_rows
from skm_analysis.estimates.surveyed import Surveyed, survey_unit
from skm_analysis.estimates.targets import evidence, outcome
from skm_analysis.estimates.unit_rows import (
    index_rows,
    item_rows,
    nrr_rows,
    profile_rows,
    quality_rows,
    unit_grade,
)
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.records import Study

# A service is a category of one unit: over the city it would only list the units.
CITY_PROFILE = ("sex", "age", "education", "occupation")


class Previous(NamedTuple):
    """The earlier study and its responses, cleaned anew by today's rules."""

    study: Study
    cleaned: Cleaned


def estimate_study(
    study: Study, cleaned: Cleaned, previous: Previous | None = None
) -> list[Row]:
    """Every estimate of a study: its units one by one, its groups, the city.

    Where an independent survey asked a unit, its answers give the unit's figures and
    those of the unit's own survey stand beside them in part `internal`. Nothing is
    rounded; what may not be printed is there too, flagged `suppressed`.
    """
    now = survey_units(study, cleaned)
    then = survey_units(previous.study, previous.cleaned) if previous else {}
    pairs = pair_surveys(now, then)
    p_values = index_p_values(pairs)
    adjusted = holm(p_values)
    ways = {unit: other_ways(study, each, cleaned) for unit, each in now.items()}
    planned = plan_units(study, previous.study if previous else None, then)
    plans = {each.unit.id: each for each in planned}
    rows: list[Row] = []
    for unit_id, surveyed in now.items():
        at = Address(study.id, "unit", unit_id)
        rows += size_rows(at, surveyed, plans[unit_id])
        rows += _unit_rows(at, study, surveyed, cleaned)
        rows += certainty_rows(at, surveyed)
        rows += sensitivity_rows(at, surveyed, ways[unit_id])
        if unit_id in then and previous:
            rows += _previous_unit(previous.study, then[unit_id])
        if unit_id in pairs:
            rows += change_rows(
                at, pairs[unit_id], p_values.get(unit_id), adjusted.get(unit_id)
            )
    if previous:
        for unit_id in [each for each in then if each not in now]:
            rows += _previous_unit(previous.study, then[unit_id])
    rows += _group_rows(study, now)
    return rows + _city_rows(study, cleaned, now, previous, then, pairs, ways)


def survey_units(study: Study, cleaned: Cleaned) -> dict[str, Surveyed]:
    """Each unit's figures, of the independent survey where there is one."""
    found: dict[str, Surveyed] = {}
    for unit in study.units:
        accepted = cleaned.accepted[unit.id]
        external = survey_unit(study, unit, accepted, "external")
        only_internal = external.n == 0 and len(accepted) > 0
        found[unit.id] = (
            survey_unit(study, unit, accepted, "internal")
            if only_internal
            else external
        )
    return found


def _unit_rows(
    at: Address, study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> list[Row]:
    short = below_required(surveyed)
    counts = [
        row.flagged(*short) if row.measure == "n_accepted" else row
        for row in unit_counts(at, surveyed, cleaned)
    ]
    internal = survey_unit(
        study, surveyed.unit, cleaned.accepted[surveyed.unit.id], "internal"
    )
    return [
        *counts,
        *index_rows(at, surveyed, unit_standing(study, surveyed)),
        *_target(at, _own_term(surveyed), surveyed.unit.target, surveyed.level),
        *item_rows(at, surveyed),
        *quality_rows(at, surveyed),
        *profile_rows(at, [surveyed]),
        *part_rows(at, surveyed, study.periods),
        *respondent_rows(at, surveyed),
        *_internal(at, surveyed, internal),
    ]


def _internal(at: Address, surveyed: Surveyed, internal: Surveyed) -> list[Row]:
    if surveyed.source == "internal" or internal.n == 0:
        return []
    beside = at._replace(part="internal")
    return [*_summary(beside, internal), *internal_rows(at, surveyed, internal)]


def _previous_unit(earlier: Study, surveyed: Surveyed) -> list[Row]:
    at = Address(earlier.id, "unit", surveyed.unit.id, "previous")
    items = [
        row
        for key in surveyed.unit.instrument.keys
        for row in nrr_rows(at, surveyed, key)
    ]
    return [*_summary(at, surveyed), *items]


def _summary(at: Address, surveyed: Surveyed) -> list[Row]:
    """Count, index and grade of a survey that stands beside the study's own."""
    return [
        at.tally("n_accepted", surveyed.n, n=surveyed.n),
        index_rows(at, surveyed)[0],
        unit_grade(at, surveyed),
    ]


def _group_rows(study: Study, now: Mapping[str, Surveyed]) -> list[Row]:
    bands = main_bands(study)
    rows: list[Row] = []
    for kind in study.kinds:
        members = [each for each in now.values() if each.unit.kind == kind]
        rows += with_published(
            Address(study.id, "group", kind),
            counted_units(study, members),
            lambda at, units: figure_rows(at, units, bands),
        )
    return rows


def _city_rows(
    study: Study,
    cleaned: Cleaned,
    now: Mapping[str, Surveyed],
    previous: Previous | None,
    then: Mapping[str, Surveyed],
    pairs: Mapping[str, Pair],
    ways: Mapping[str, Sequence[Way]],
) -> list[Row]:
    at = Address(study.id, "city")
    surveyed = list(now.values())
    bands = main_bands(study)
    target = study.target.ikm if study.target else None

    def figures(at: Address, units: Sequence[Counted]) -> list[Row]:
        level = float(study.confidence_level)
        terms = mean_of_units([each.ikm for each in units])
        return [
            *figure_rows(at, units, bands),
            *city_certainty_rows(at, units, bands),
            *city_sensitivity_rows(at, units, ways, bands),
            *_target(at, terms, target, level),
        ]

    rows = [
        *city_counts(at, surveyed, cleaned),
        *with_published(at, counted_units(study, surveyed), figures),
        # With the profiles of all other units, the city's would give that of a unit
        # whose own may not be printed.
        *(
            row.flagged("suppressed")
            for row in profile_rows(at, _told_units(surveyed), CITY_PROFILE)
        ),
    ]
    if previous:
        rows += _previous_city(previous.study, then)
        rows += city_change_rows(at, study, previous.study, list(pairs.values()))
    return rows


def _told_units(surveyed: Sequence[Surveyed]) -> list[Surveyed]:
    """Those of the independent survey from which a total may be told by subtraction."""
    return [
        each for each in surveyed if each.source == "external" and each.n >= FEWEST_TOLD
    ]


def _previous_city(earlier: Study, then: Mapping[str, Surveyed]) -> list[Row]:
    bands = main_bands(earlier)
    rows = with_published(
        Address(earlier.id, "city", "", "previous"),
        counted_units(earlier, then.values()),
        lambda at, units: figure_rows(at, units, bands),
    )
    kept = ("n_units", "n_accepted", "ikm_mean_of_units", "grade")
    return [row for row in rows if row.measure in kept]


def _own_term(surveyed: Surveyed) -> list[Term]:
    return mean_of_units([surveyed.ikm]) if surveyed.ikm else []


def _target(
    at: Address, terms: Sequence[Term], target: Decimal | None, level: float
) -> list[Row]:
    """Index minus target, with the verdict; nothing without a target or an index."""
    if target is None or not terms:
        return []
    value, found = total(terms), mover(terms, level)
    n = sum(term.estimate.n for term in terms)
    shift = float(target)
    row = at.row(
        "target_gap",
        stored_value(value - Fraction(target)),
        category=outcome(value, target).value,
        ci_low=found.low - shift if found else None,
        ci_high=found.high - shift if found else None,
        level=level if found else None,
        method="mover" if found else "none",
        n=n,
    )
    suppressed = mean_flags(n) if at.scope == "unit" else ()
    return [row.flagged(evidence(found, target).value, *suppressed)]
