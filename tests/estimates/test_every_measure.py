"""Each clause of the method names its rows in the table, and the page names them too.

Left the clause, right the rows that show it: a measure, and where that alone says too
little its scope, category or part, or a flag. Looked for in the estimates of the
example study 2021, or of a small study where nothing in the example has it.
"""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.printed_difference_rows import printed_headline
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.tables import read_previous
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.study.frozen_rules import rules_of
from skm_analysis.study.history import read_history
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import read_lock

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "methodology.md").read_text(encoding="utf-8")


class Shown(NamedTuple):
    """Rows that show a clause; what is empty may be anything."""

    measure: str
    scope: str = "unit"
    category: str = ""
    part: str = ""
    flag: str = ""
    item: bool = False  # whether an item or a variable must be named
    filled: bool = True  # whether some have a value


def sensitivity(*rules, scope="unit"):
    return [Shown("sensitivity", scope, rule) for rule in rules]


CLAUSES = {
    "comments by theme": [
        Shown("n_comments"),
        Shown("n_comments_reviewed"),
        Shown("theme", category="sarana"),
        Shown("theme", flag="suppressed"),
    ],
    # Estimation
    "index with its error, df and limits": [Shown("ikm"), Shown("margin")],
    "item means": [Shown("nrr", item=True), Shown("nrr_unweighted", item=True)],
    "answers and sums of an item": [
        Shown("share", item=True),
        Shown("share_count", item=True),
        Shown("sum", item=True),
    ],
    "weighted means and their sum": [
        Shown("nrr_weighted", item=True),
        Shown("nrr_weighted"),
    ],
    "what keeps the city below 100": [
        Shown("shortfall", "city", "biaya", part="published"),
        Shown("shortfall", "city", "own", part="published"),
    ],
    "grade": [
        Shown("grade", filled=False),
        Shown("grade", "group", filled=False),
        Shown("grade", "city", filled=False),
    ],
    "missing rules": sensitivity("missing-complete", "missing-person"),
    "strata and the other weighting": [
        Shown("ikm_strata"),
        Shown("ikm_unweighted"),
        *sensitivity("weighting-strata"),
    ],
    "census": [Shown("ikm", flag="census")],
    "all alike": [Shown("ikm", flag="no_variance")],
    "declared clusters": [
        Shown("ikm", flag="clustered"),
        Shown("ikm", flag="few_clusters"),
        Shown("icc", category="cluster"),
        Shown("deff", category="cluster"),
        Shown("icc", "study", "cluster"),
    ],
    "clusters as a diagnosis": [
        Shown("icc", category="day"),
        Shown("icc", category="counter"),
        Shown("deff", category="day"),
        Shown("deff", category="counter"),
        *sensitivity("clusters-day", "clusters-counter"),
    ],
    "without the fee, rounded weights": [
        Shown("ikm_without_biaya"),
        Shown("ikm_weight_0_11"),
        Shown("ikm_weight_0_111"),
    ],
    "per period": [Shown("ikm", part="2021-S1"), Shown("n_accepted", part="2021-S1")],
    "per group": [Shown("ikm_mean_of_units", "group"), Shown("n_units", "group")],
    "per kind of respondent": [
        Shown("ikm", part="sex=perempuan"),
        Shown("profile", item=True),
        Shown("profile_count", item=True),
    ],
    "three city figures": [
        Shown("ikm_mean_of_units", "city"),
        Shown("ikm_pooled", "city"),
        Shown("ikm_population_weighted", "city"),
        Shown("ikm_mean_of_units", "city", part="published"),
    ],
    "response flow": [
        Shown("response_rate"),
        Shown("n_received"),
        Shown("n_accepted"),
        Shown("n_set_aside"),
        Shown("n_set_aside", category="duplicate"),
    ],
    "over 5 per cent set aside": [Shown("n_set_aside", flag="over_5_percent")],
    "sensitivity: rounding and weights": sensitivity(
        "weight-0-11", "weight-0-111", "early-rounding", "early-rounding-3"
    ),
    "sensitivity: what is left out": sensitivity(
        "without-biaya", "without-straight-lined", "without-duplicates"
    )
    + sensitivity("without-corrections"),
    "sensitivity: set-aside rows put back": sensitivity(
        "with-duplicate", "with-too-few-items", "with-all-set-aside"
    ),
    "sensitivity: finite correction": sensitivity("finite-correction"),
    "sensitivity of the city": sensitivity(
        "weight-0-11", "missing-person", scope="city"
    ),
    "sensitivity of the letter": [
        Shown("sensitivity_grade", filled=False),
        Shown("sensitivity", flag="grade_differs"),
        Shown("sensitivity_grade", "city", filled=False),
    ],
    # Intervals
    "probability of each grade": [
        Shown("grade_probability", scope, letter)
        for scope in ("unit", "city")
        for letter in "ABCD"
    ],
    # Comparison
    "change of units, items and the city": [
        Shown("change"),
        Shown("change", "city"),
        Shown("change_nrr", item=True),
        Shown("change", flag="common_items"),
        Shown("p", category="change"),
        Shown("p_holm", category="change"),
        Shown("p_holm", item=True),
    ],
    "difference to the printed figure, split": [
        Shown("difference_printed", "city", name)
        for name in (
            *("matched", "instrument", "entered_left", "method"),
            *("entered_left-membership", "entered_left-threshold"),
        )
    ],
    "ranks of units": [Shown("rank"), Shown("n_ranked"), Shown("rank_group")],
    "weakest items": [
        Shown("item_rank", item=True),
        Shown("item_rank", item=True, flag="weakest"),
        Shown("item_rank", item=True, flag="none_weakest"),
        Shown("item_rank", item=True, flag="left_out", filled=False),
    ],
    "internal survey": [
        Shown("internal_difference"),
        Shown("ikm", part="internal"),
        Shown("grade", part="internal", filled=False),
    ],
    "targets": [
        Shown("target_gap"),
        Shown("target_gap", "city"),
        Shown("target_gap", category="reached"),
    ],
    "last year's figures": [
        Shown("ikm", part="previous"),
        Shown("nrr", part="previous", item=True),
        Shown("ikm_mean_of_units", "city", part="previous"),
    ],
    # Samples
    "sample sizes by each rule": [
        Shown("n_planned"),
        Shown("n_required"),
        Shown("n_cochran"),
        Shown("n_slovin"),
        Shown("n_required_precision"),
        Shown("n_required_change"),
        Shown("n_to_ask"),
        Shown("n_required", flag="below_required"),
    ],
    "condition of the sampling": [Shown("ikm", flag="conditional")],
    # Quality of the measure and of the data
    "reliability of an instrument": [
        Shown("alpha", "instrument"),
        Shown("omega", "instrument"),
        Shown("item_total", "instrument", item=True),
        Shown("validity", "instrument", item=True),
        Shown("validity", "instrument", item=True, flag="valid"),
        Shown("r_table", "instrument"),
    ],
    "alpha of a unit": [Shown("alpha"), Shown("alpha", flag="too_few", filled=False)],
    "signs of careless answers": [
        Shown("straight_lined"),
        Shown("all_highest"),
        Shown("duplicate_vectors"),
        Shown("longest_run"),
        Shown("concentration", category="day"),
        Shown("concentration", category="counter"),
        Shown("item_nonresponse", item=True),
    ],
    "earlier printed figures": [
        Shown("printed_check", flag="reproduced"),
        Shown("printed_check", flag="not_reproduced"),
        Shown("printed_check", item=True, flag="impossible_mean"),
    ],
    "an office's own result": [
        Shown("office_ikm", flag="rule_weight-0-11"),
        Shown("office_difference", category="ikm"),
        Shown("office_difference", category="nrr", item=True),
        Shown("office_differing_items"),
        *(Shown(f"office_{name}", item=True) for name in ("sum", "nrr")),
        Shown("office_nrr_weighted", item=True),
    ],
    "importance asked": [
        Shown("importance", item=True),
        Shown("gap", item=True),
        Shown("csi"),
        *(
            Shown("quadrant", category=case, item=True, filled=False)
            for case in ("concentrate", "keep", "low", "overkill")
        ),
    ],
}

ELSEWHERE = {
    "an empty stratum, its share and no grade": [
        Shown("uncovered_share"),
        Shown("ikm", flag="uncovered_stratum"),
        Shown("grade", flag="uncovered", filled=False),
    ],
    "a single-respondent stratum": [Shown("ikm", flag="single_psu")],
    "one respondent": [Shown("ikm", flag="single_respondent")],
    "rules changed after they were frozen": [Shown("rule_change")],
}


def matches(row, shown):
    return (
        row.measure == shown.measure
        and row.scope == shown.scope
        and shown.category in ("", row.category)
        and row.part == shown.part
        and (not shown.flag or shown.flag in row.flags)
        and bool(row.item) >= shown.item
    )


def check(rows, clause, shown):
    found = [row for row in rows if matches(row, shown)]
    assert found, f"{clause}: no row for {shown}"
    if shown.filled:
        assert any(row.value is not None for row in found), f"{clause}: none filled"


def pairs(clauses):
    return [(clause, shown) for clause, rows in clauses.items() for shown in rows]


@pytest.fixture(scope="module")
def example():
    """All estimates of the example study 2021; nothing is written."""
    places = Places(PROJECT, "2021")
    study, history, lock = load_study(places), read_history(places), read_lock(places)
    previous = read_previous(places, study.previous)
    printed = printed_headline(history, previous.study.year)
    return Estimates(
        estimate_study(
            study,
            clean_study(places, study),
            previous._replace(printed=printed),
            history,
            lock.rules if lock else None,
        )
    )


@pytest.fixture(scope="module")
def elsewhere(city):
    strata = {"s1": 50, "s2": 50, "s3": 50}
    units = [city.unit(name, population=None, strata=strata) for name in "abc"]
    sheets = ["444", "333"] * 20
    frames = {
        "a": city.frame(units[0], sheets, stratum=["s1"] * 40),
        "b": city.frame(units[1], sheets, stratum=["s1"] * 39 + ["s2"]),
        "c": city.frame(units[2], ["443"], stratum=["s3"]),
    }
    study = city.study(units, weighting="strata", confidence_level=Decimal("0.9"))
    frozen = rules_of(replace(study, weighting="none"))
    return Estimates(estimate_study(study, city.cleaned(frames), None, (), frozen))


@pytest.mark.parametrize(("clause", "shown"), pairs(CLAUSES))
def test_the_example_shows_every_clause(example, clause, shown):
    check(example, clause, shown)


@pytest.mark.parametrize(("clause", "shown"), pairs(ELSEWHERE))
def test_a_small_study_shows_what_the_example_does_not_have(elsewhere, clause, shown):
    check(elsewhere, clause, shown)


def test_the_page_names_every_measure_and_flag(example, elsewhere):
    named = set(re.findall(r"`([a-z][a-zA-Z0-9_]*)`", PAGE))
    # `grade_A` and so on, `rule_` with the name of a known way to round, `counted_`
    # with that of the sheets
    prefixes = ("grade_", "rule_", "counted_")
    for rows in (example, elsewhere):
        measures = {row.measure for row in rows}
        flags = {flag for row in rows for flag in row.flags}
        wanted = measures | {each for each in flags if not each.startswith(prefixes)}
        assert wanted <= named, sorted(wanted - named)


def test_the_page_names_every_other_rule_and_every_case_of_a_category(example):
    rules = {row.category for row in example.select(measure="sensitivity")}
    rules |= {row.category for row in example.select(measure="difference_printed")}
    rules |= {row.category for row in example.select(measure="quadrant")}
    for rule in rules - {""}:
        family = re.sub(r"-.*", "-", rule)
        assert f"`{rule}`" in PAGE or f"`{family}" in PAGE, rule


def test_what_the_page_calls_a_method_of_intervals_is_what_the_rows_use(example):
    methods = {row.method for row in example} - {"none"}
    assert methods <= set(re.findall(r"`([a-z-]+)`", PAGE)), methods


def test_every_row_of_the_example_keeps_the_bounds_of_its_interval(example):
    for row in example:
        if row.ci_low is not None and row.value is not None:
            assert row.ci_low - 1e-9 <= row.value <= row.ci_high + 1e-9, row.key
        assert len(row.key) <= 100
