"""From the accepted responses to every row of the estimates table, in a fixed order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from skm_analysis.estimates.certainty_rows import certainty_rows, city_certainty_rows
from skm_analysis.estimates.change import holm
from skm_analysis.estimates.city import mean_of_units
from skm_analysis.estimates.city_rows import (
    Counted,
    combined_flags,
    counted_units,
    figure_rows,
    main_bands,
    mean_uncovered,
    unit_standing,
    with_published,
)
from skm_analysis.estimates.clusters_rows import (
    cluster_rows,
    pooled_resemblance,
    pooled_variations,
    study_rows,
)
from skm_analysis.estimates.comment_rows import comment_rows
from skm_analysis.estimates.comparison_rows import (
    Pair,
    change_rows,
    city_change_rows,
    index_p_values,
    internal_rows,
    pair_surveys,
)
from skm_analysis.estimates.counting import city_counts, unit_counts
from skm_analysis.estimates.data_quality_rows import quality_rows
from skm_analysis.estimates.disclosure import FEWEST_TOLD
from skm_analysis.estimates.importance_rows import importance_rows
from skm_analysis.estimates.interval import Term
from skm_analysis.estimates.item_disclosure import withhold_items
from skm_analysis.estimates.office_rows import office_rows
from skm_analysis.estimates.parts import part_rows
from skm_analysis.estimates.planning import plan_units
from skm_analysis.estimates.printed_difference_rows import difference_printed_rows
from skm_analysis.estimates.printed_rows import printed_rows
from skm_analysis.estimates.ranking_rows import rank_rows
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.reliability_rows import instrument_rows, unit_alpha
from skm_analysis.estimates.respondent_parts import respondent_rows
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.rule_change_rows import rule_change_rows
from skm_analysis.estimates.sensitivity_rows import (
    city_sensitivity_rows,
    sensitivity_rows,
)
from skm_analysis.estimates.sensitivity_ways import Way, other_ways
from skm_analysis.estimates.shortfall_rows import shortfall_rows
from skm_analysis.estimates.size_rows import below_required, size_rows
from skm_analysis.estimates.surveyed import (
    MOST_UNCOVERED,
    Surveyed,
    survey_published,
    survey_unit,
)
from skm_analysis.estimates.target_rows import target_rows
from skm_analysis.estimates.unit_rows import (
    index_rows,
    item_rows,
    nrr_rows,
    profile_rows,
    unit_grade,
)
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.frozen_rules import Rules
from skm_analysis.study.history import HistoricFigure
from skm_analysis.study.records import Study

# A service is a category of one unit: over the city it would only list the units.
CITY_PROFILE = ("sex", "age", "education", "occupation")


class Previous(NamedTuple):
    """The earlier study and its responses, cleaned anew by today's rules."""

    study: Study
    cleaned: Cleaned
    printed: Decimal | None = None  # its headline as it was printed then, where known


def estimate_study(
    study: Study,
    cleaned: Cleaned,
    previous: Previous | None = None,
    history: Sequence[HistoricFigure] = (),
    frozen: Rules | None = None,
) -> list[Row]:
    """Every estimate of a study: its units one by one, its groups, the city.

    Where an independent survey asked a unit, its answers give the unit's figures and
    those of the unit's own survey stand beside them in part `internal`. Nothing is
    rounded; what may not be printed is there too, flagged `suppressed`.
    """
    now = survey_units(study, cleaned)
    then = survey_units(previous.study, previous.cleaned) if previous else {}
    pairs = (
        pair_surveys(now, then, (study, previous.study)) if previous is not None else {}
    )
    p_values = index_p_values(pairs)
    adjusted = holm(p_values)
    ways = {unit: other_ways(study, each, cleaned) for unit, each in now.items()}
    planned = plan_units(study, previous.study if previous else None, then)
    plans = {each.unit.id: each for each in planned}
    variations = pooled_variations(list(now.values()))
    rows: list[Row] = []
    for unit_id, surveyed in now.items():
        at = Address(study.id, "unit", unit_id)
        own = [
            *size_rows(at, surveyed, plans[unit_id]),
            *_unit_rows(at, study, surveyed, cleaned),
            *cluster_rows(at, surveyed, variations),
            *certainty_rows(at, surveyed),
            *sensitivity_rows(at, surveyed, ways[unit_id]),
        ]
        rows += withhold_items(own, surveyed)
        if unit_id in then and previous:
            rows += _previous_unit(previous.study, then[unit_id])
        if unit_id in pairs:
            changes = change_rows(
                at, pairs[unit_id], p_values.get(unit_id), adjusted.get(unit_id)
            )
            rows += withhold_items(changes, surveyed, then[unit_id])
    if previous:
        for unit_id in [each for each in then if each not in now]:
            rows += _previous_unit(previous.study, then[unit_id])
    rows += study_rows(study.id, list(now.values()), variations)
    rows += rank_rows(study.id, now.values())
    rows += instrument_rows(study.id, now.values(), float(study.confidence_level))
    rows += _group_rows(study, now)
    rows += printed_rows(study.id, history)
    if frozen is not None:
        rows += rule_change_rows(study, frozen, cleaned, now)
    return rows + _city_rows(study, cleaned, now, previous, then, pairs, ways)


def survey_units(study: Study, cleaned: Cleaned) -> dict[str, Surveyed]:
    """Each unit's figures, of the independent survey where there is one."""
    return survey_accepted(study, cleaned.accepted)


def survey_accepted(
    study: Study, accepted: Mapping[str, pd.DataFrame]
) -> dict[str, Surveyed]:
    """The same, from the accepted responses by unit."""
    found = [survey_published(study, unit, accepted[unit.id]) for unit in study.units]
    rho = pooled_resemblance(found)
    return {
        each.unit.id: survey_published(study, each.unit, accepted[each.unit.id], rho)
        if "clustered" in each.flags
        else replace(each, resemblance=rho)
        for each in found
    }


def _unit_rows(
    at: Address, study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> list[Row]:
    short = below_required(surveyed)
    counts = [
        row.flagged(*short) if row.measure == "n_accepted" else row
        for row in unit_counts(at, surveyed, cleaned)
    ]
    return [
        *counts,
        *index_rows(at, surveyed, unit_standing(study, surveyed)),
        *target_rows(
            at,
            _own_term(surveyed),
            surveyed.unit.target,
            level=surveyed.level,
            flags=combined_flags([surveyed]),
        ),
        *item_rows(at, surveyed),
        *quality_rows(at, surveyed, cleaned),
        *unit_alpha(at, surveyed),
        *importance_rows(at, surveyed),
        *profile_rows(at, [surveyed]),
        *part_rows(at, surveyed, study.periods),
        *respondent_rows(at, surveyed),
        *comment_rows(at, study, surveyed, cleaned),
        *office_rows(at, surveyed, cleaned),
        *_internal(at, study, surveyed, cleaned),
    ]


def _internal(
    at: Address, study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> list[Row]:
    accepted = cleaned.accepted[surveyed.unit.id]
    if surveyed.source == "internal" or not (accepted["source"] == "internal").any():
        return []
    rho = surveyed.resemblance
    internal = survey_unit(study, surveyed.unit, accepted, "internal", rho)
    beside = at._replace(part="internal")
    return [
        *_summary(beside, internal),
        *internal_rows(at, surveyed, internal),
        *office_rows(beside, internal, cleaned),
    ]


def _previous_unit(earlier: Study, surveyed: Surveyed) -> list[Row]:
    at = Address(earlier.id, "unit", surveyed.unit.id, "previous")
    items = [
        row
        for key in surveyed.unit.instrument.keys
        for row in nrr_rows(at, surveyed, key)
    ]
    return withhold_items([*_summary(at, surveyed), *items], surveyed)


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
        graded = bands if mean_uncovered(units) <= MOST_UNCOVERED else None
        return [
            *figure_rows(at, units, bands),
            *city_certainty_rows(at, units, graded),
            *city_sensitivity_rows(at, units, ways, graded),
            *shortfall_rows(at, units),
            *target_rows(
                at,
                terms,
                target,
                level=level,
                flags=combined_flags(each.surveyed for each in units),
            ),
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
        if previous.printed is not None:
            rows += difference_printed_rows(
                at, (study, previous.study), (now, then), pairs, previous.printed
            )
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
