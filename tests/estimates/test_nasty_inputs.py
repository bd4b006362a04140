"""Small surveys that a hostile reader would try, and what must hold of every table.

Each case is a whole study; the checks know nothing of how its rows are made.
"""

import math
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from skm_analysis.estimates.deriving import Previous, estimate_study
from skm_analysis.estimates.rows import Estimates
from skm_analysis.study.records import Target

HALVES = ["444", "333"]
NINE = "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan"

SHARES = {
    *("share", "profile", "straight_lined", "all_highest", "response_rate"),
    *("duplicate_vectors", "any_nonresponse", "item_nonresponse", "concentration"),
    *("p", "p_holm", "grade_probability", "icc", "uncovered_share"),
    *("longest_run_chance",),
}
COUNTS = re.compile(r"^n_|_count$|^sum$|^longest_run$")


def study_of(city, sheets, *, columns=(), study=(), **unit_columns):
    """One unit's sheets as a study: (study, cleaned)."""
    unit = city.unit("a", **unit_columns)
    frame = city.frame(unit, sheets, **dict(columns))
    return city.study([unit], **dict(study)), city.cleaned({"a": frame})


def strata_of(city, sheets, where, strata, **study):
    return study_of(
        city,
        sheets,
        columns={"stratum": where},
        study=study,
        population=None,
        strata=strata,
    )


def several(city, *units, **study):
    """`units`: (id, sheets, columns of the unit)."""
    made = [city.unit(name, **columns) for name, _, columns in units]
    frames = {
        unit.id: city.frame(unit, sheets)
        for unit, (_, sheets, _) in zip(made, units, strict=True)
    }
    return city.study(made, **study), city.cleaned(frames)


def no_answers(city):
    return study_of(city, [])


def one_respondent(city):
    return study_of(city, ["432"])


def one_respondent_of_one(city):
    return study_of(city, ["432"], population=1, sampling="census")


def one_of_a_population_of_one_by_chance(city):
    return study_of(city, ["432"], population=1)


def two_who_contradict(city):
    return study_of(city, ["111", "444"])


def three_who_contradict_within_a_finite_population(city):
    return study_of(city, ["111", "444", "444"], population=4)


def an_item_that_nobody_answered(city):
    return study_of(city, ["4.4", "3.3"] * 20)


def an_item_that_one_answered(city):
    return study_of(city, ["444"] + ["3.3", "4.3"] * 20)


def all_blank_but_one_sheet(city):
    return study_of(city, ["..."] * 30 + ["432"])


def nothing_but_blanks(city):
    return study_of(city, ["..."] * 12)


def all_at_the_bottom(city):
    return study_of(city, ["111"] * 30)


def all_at_the_top(city):
    return study_of(city, ["444"] * 30)


def more_respondents_than_people(city):
    return study_of(city, HALVES * 20, population=17)


def a_census_with_more_than_all(city):
    return study_of(city, HALVES * 20, population=39, sampling="census")


def an_incomplete_census(city):
    return study_of(city, HALVES * 20, population=41, sampling="census")


def nine_twenty_nine_and_thirty(city):
    return several(
        city,
        *((f"n{n}", (HALVES * 20)[:n], {}) for n in (1, 2, 9, 10, 29, 30)),
        target=Target(ikm=Decimal("87.50"), source=""),
    )


def two_identical_units(city):
    return several(city, ("a", HALVES * 20, {}), ("b", HALVES * 20, {}))


def units_of_other_scales(city):
    ten = city.instrument("x y", (1, 10), False)
    return several(
        city,
        ("a", HALVES * 20, {}),
        ("b", ["19", "91"] * 20, {"instrument": ten}),
    )


def only_a_scale_of_ten(city):
    ten = city.instrument("x y", (1, 10), False)
    return several(city, ("a", ["19", "91", "99", "11"] * 10, {"instrument": ten}))


def one_item(city):
    return study_of(city, ["4", "3"] * 20, instrument=city.instrument("perilaku"))


def only_the_fee(city):
    return study_of(city, ["4", "3"] * 20, instrument=city.instrument("biaya"))


def an_item_without_weight(city):
    instrument = city.instrument()
    weights = (Fraction(1, 2), Fraction(0), Fraction(1, 2))
    items = tuple(
        replace(item, weight=weight)
        for item, weight in zip(instrument.items, weights, strict=True)
    )
    weighed = replace(instrument, items=items, weights_given=True)
    return study_of(city, ["443", "414", "334", "424"] * 10, instrument=weighed)


def all_weight_on_the_fee(city):
    instrument = city.instrument()
    weights = (Fraction(0), Fraction(1), Fraction(0))
    items = tuple(
        replace(item, weight=weight)
        for item, weight in zip(instrument.items, weights, strict=True)
    )
    weighed = replace(instrument, items=items, weights_given=True)
    return study_of(city, ["443", "414", "334", "424"] * 10, instrument=weighed)


def an_item_that_one_stratum_was_never_asked(city):
    sheets = ["4.4", "3.3"] * 10 + ["443", "334"] * 10
    where = ["s1"] * 20 + ["s2"] * 20
    return strata_of(city, sheets, where, {"s1": 100, "s2": 900}, weighting="strata")


def an_empty_stratum(city):
    return strata_of(
        city,
        HALVES * 20,
        ["s1"] * 40,
        {"s1": 100, "s2": 900, "s3": 5},
        weighting="strata",
    )


def an_empty_stratum_unweighted(city):
    return strata_of(city, HALVES * 20, ["s1"] * 40, {"s1": 900, "s2": 100})


def a_stratum_of_one_respondent(city):
    where = ["s1"] * 39 + ["s2"]
    return strata_of(
        city, HALVES * 20, where, {"s1": 100, "s2": 900}, weighting="strata"
    )


def strata_of_one_respondent_each(city):
    strata = {f"s{place}": 10 for place in range(12)}
    return strata_of(city, HALVES * 6, list(strata), strata, weighting="strata")


def a_stratum_with_more_respondents_than_people(city):
    where = ["s1"] * 20 + ["s2"] * 20
    return strata_of(city, HALVES * 20, where, {"s1": 3, "s2": 90}, weighting="strata")


def a_stratum_asked_whole(city):
    where = ["s1"] * 20 + ["s2"] * 20
    return strata_of(city, HALVES * 20, where, {"s1": 20, "s2": 90}, weighting="strata")


def one_cluster(city):
    return study_of(city, HALVES * 20, columns={"cluster": ["k"] * 40})


def clusters_of_one(city):
    names = [str(place) for place in range(40)]
    return study_of(city, HALVES * 20, columns={"cluster": names})


def clusters_that_hold_all_the_spread(city):
    names = [str(place % 2) for place in range(40)]
    return study_of(city, HALVES * 20, columns={"cluster": names})


def clusters_of_which_most_are_unknown(city):
    return study_of(city, HALVES * 20, columns={"cluster": ["k"] * 3 + [""] * 37})


def days_and_counters(city):
    days = [f"2021-03-{1 + place % 9:02}" for place in range(40)]
    counters = ["1"] * 39 + [""]
    return study_of(city, HALVES * 20, columns={"day": days, "counter": counters})


def only_its_own_survey(city):
    unit = city.unit("a")
    frame = city.frame(unit, HALVES * 20, source="internal")
    return city.study([unit]), city.cleaned({"a": frame})


def its_own_survey_of_one_beside_another_of_one(city):
    unit = city.unit("a")
    frame = pd.concat(
        [city.frame(unit, ["444"]), city.frame(unit, ["111"], source="internal")]
    )
    return city.study([unit]), city.cleaned({"a": frame})


def profiles_of_everybody_unknown(city):
    return study_of(city, HALVES * 20, columns={"sex": [""] * 40, "age": [""] * 40})


def profiles_of_one_each(city):
    bands = ["SD", "SMP", "SMA/SMK", "S1/D4", ""] * 2
    return study_of(city, HALVES * 5, columns={"education": bands})


def a_period_that_holds_nobody_and_one_that_holds_one(city):
    periods = tuple(
        city.period(id=f"2021-S{half}", start=date(2021, 1, 1), end=date(2021, 12, 31))
        for half in (1, 2)
    )
    return study_of(
        city,
        HALVES * 20,
        columns={"period": ["2021-S1"] + [""] * 39},
        study={"periods": periods},
    )


def set_aside_more_than_accepted(city):
    unit = city.unit("a", approached=3)
    aside = [("a", "duplicate", "external")] * 50 + [("", "unknown_unit", "external")]
    cleaned = city.cleaned({"a": city.frame(unit, ["444", "333"])}, aside=aside)
    return city.study([unit]), cleaned


def no_unit_at_all_answered(city):
    return several(city, ("a", [], {}), ("b", [], {"kind": "opd"}))


def nine_items_at_an_infinite_population(city):
    nine = city.instrument(NINE)
    sheets = ["4" * 9, "343434343", "44444444.", "3" * 9] * 10
    return study_of(
        city, sheets, instrument=nine, population=None, sampling="convenience"
    )


def complete_sheets_only_and_none_is(city):
    sheets = ["44.", "4.4", ".44"] * 12
    return study_of(city, sheets, study={"missing": "complete"})


def persons_who_answer_one_item_each(city):
    return study_of(city, ["4..", ".3.", "..2"] * 12, study={"missing": "person"})


CASES = [
    *(no_answers, one_respondent, one_respondent_of_one),
    *(one_of_a_population_of_one_by_chance, two_who_contradict),
    *(three_who_contradict_within_a_finite_population, an_item_that_nobody_answered),
    *(an_item_that_one_answered, all_blank_but_one_sheet, nothing_but_blanks),
    *(all_at_the_bottom, all_at_the_top, more_respondents_than_people),
    *(a_census_with_more_than_all, an_incomplete_census, nine_twenty_nine_and_thirty),
    *(two_identical_units, units_of_other_scales, only_a_scale_of_ten, one_item),
    *(only_the_fee, an_item_without_weight, all_weight_on_the_fee),
    *(an_item_that_one_stratum_was_never_asked, an_empty_stratum),
    *(an_empty_stratum_unweighted, a_stratum_of_one_respondent),
    *(strata_of_one_respondent_each, a_stratum_with_more_respondents_than_people),
    *(a_stratum_asked_whole, one_cluster, clusters_of_one),
    *(clusters_that_hold_all_the_spread, clusters_of_which_most_are_unknown),
    *(days_and_counters, only_its_own_survey),
    *(its_own_survey_of_one_beside_another_of_one, profiles_of_everybody_unknown),
    *(profiles_of_one_each, a_period_that_holds_nobody_and_one_that_holds_one),
    *(set_aside_more_than_accepted, no_unit_at_all_answered),
    *(nine_items_at_an_infinite_population, complete_sheets_only_and_none_is),
    *(persons_who_answer_one_item_each,),
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.__name__)
def nasty(request, city):
    """(study, its table), with the same survey as that of the year before."""
    study, cleaned = request.param(city)
    earlier = replace(study, id="2020")
    rows = estimate_study(study, cleaned, Previous(earlier, cleaned, Decimal("87.50")))
    return study, Estimates(rows)


def numbers(row):
    return [
        x for x in (row.value, row.se, row.df, row.ci_low, row.ci_high) if x is not None
    ]


def test_every_number_is_finite_and_no_error_is_negative(nasty):
    for row in nasty[1]:
        assert all(math.isfinite(x) for x in numbers(row)), row
        assert row.se is None or row.se >= 0, row
        assert row.df is None or row.df >= 0, row


def test_every_value_lies_between_its_limits(nasty):
    for row in nasty[1]:
        assert (row.ci_low is None) == (row.ci_high is None), row
        if row.ci_low is None or row.ci_high is None:
            continue
        assert row.level is not None, row
        assert row.ci_low <= row.ci_high, row
        if row.value is not None:
            assert row.ci_low - 1e-9 <= row.value <= row.ci_high + 1e-9, row


def test_shares_means_and_indices_lie_on_their_scale(nasty):
    study, rows = nasty
    least = min(
        100 * u.instrument.scale[0] / u.instrument.scale[1] for u in study.units
    )
    most = max(u.instrument.scale[1] for u in study.units)
    for row in rows:
        ends = None
        if row.measure in SHARES:
            ends = (0, math.inf if row.measure == "response_rate" else 1)
        elif row.measure in ("nrr", "nrr_unweighted", "importance"):
            ends = (1, most)
        elif row.measure == "nrr_weighted":
            ends = (0, most) if row.item else (1, most)
        elif row.measure == "shortfall":
            ends = (0, 100 - least)
        elif row.measure in ("ikm", "ikm_strata", "ikm_mean_of_units", "csi"):
            ends = (least, 100)
        elif COUNTS.search(row.measure):
            ends = (0, math.inf)
        if ends and row.value is not None:
            for number in (row.value, row.ci_low, row.ci_high):
                if number is not None:
                    assert ends[0] - 1e-9 <= number <= ends[1] + 1e-9, row


def test_what_has_no_value_says_why(nasty):
    for row in nasty[1]:
        if row.value is None and row.measure not in ("grade", "sensitivity_grade"):
            assert row.flags, row


def test_more_answers_than_people_asked_is_said(city):
    study, cleaned = study_of(city, HALVES, approached=1)
    rate = Estimates(estimate_study(study, cleaned))["unit.a.response_rate"]
    assert (rate.value, rate.flags) == (2, ("above_approached",))


def test_letters_go_with_the_bands_of_the_unit_and_with_nothing_else(nasty):
    study, rows = nasty
    for unit in study.units:
        grade = rows[f"unit.{unit.id}.grade"]
        ikm = rows[f"unit.{unit.id}.ikm"]
        may = ikm.value is not None and unit.instrument.bands is not None
        if not may or "uncovered" in grade.flags:
            assert grade.category == ""
        else:
            assert grade.category in ("A", "B", "C", "D")


def test_a_survey_held_against_itself_has_not_changed(nasty):
    for row in nasty[1].select(measure="change"):
        if row.value is not None:
            assert row.value == 0
        p = nasty[1].get(f"{row.scope}.{row.unit}.p.change")
        assert p is None or p.value == 1


def test_small_units_are_never_told(nasty):
    for row in nasty[1]:
        tells = row.measure in ("ikm", "nrr", "grade", "margin", "share", "rank", "sum")
        if tells and row.scope == "unit" and row.n is not None and 0 < row.n < 10:
            assert "suppressed" in row.flags, row


def test_the_table_reads_alike_whatever_the_order_of_its_rows(nasty):
    keys = [row.key for row in nasty[1]]
    assert len(set(keys)) == len(keys)
    assert all(len(key) <= 100 and re.fullmatch(r"[\x21-\x7e]+", key) for key in keys)


FLAGGED = [
    (an_incomplete_census, "incomplete_census", "census"),
    (more_respondents_than_people, "above_population", "census"),
    (a_census_with_more_than_all, "above_population", "census"),
    (one_respondent_of_one, "census", "incomplete_census"),
    (one_of_a_population_of_one_by_chance, "single_respondent", "census"),
    (a_stratum_with_more_respondents_than_people, "above_stratum", "above_population"),
    (a_stratum_asked_whole, "below_required", "above_stratum"),
    (an_empty_stratum, "uncovered_stratum", "single_psu"),
    (a_stratum_of_one_respondent, "single_psu", "single_respondent"),
    (all_at_the_top, "no_variance", "census"),
]


@pytest.mark.parametrize(
    ("case", "flag", "other"), FLAGGED, ids=lambda each: getattr(each, "__name__", each)
)
def test_the_index_carries_the_flag_of_its_case_and_not_another(
    city, case, flag, other
):
    study, cleaned = case(city)
    ikm = Estimates(estimate_study(study, cleaned))["unit.a.ikm"]
    assert flag in ikm.flags
    assert other not in ikm.flags


@pytest.mark.parametrize(("n", "short"), [(13, True), (14, False), (15, False)])
def test_just_enough_is_enough(city, n, short):
    """The annex's table asks 14 of 15 people."""
    study, cleaned = study_of(city, (HALVES * 8)[:n], population=15)
    rows = Estimates(estimate_study(study, cleaned))
    for measure in ("n_required", "n_accepted", "ikm"):
        assert ("below_required" in rows[f"unit.a.{measure}"].flags) is short


def test_a_units_own_survey_is_not_the_year_before_of_an_independent_one(city):
    study, cleaned = study_of(city, ["444"] * 40)
    _, own = only_its_own_survey(city)
    earlier = Previous(replace(study, id="2020"), own)
    rows = Estimates(estimate_study(study, cleaned, earlier))
    assert rows["unit.a.change"].value is None
    assert {"not_comparable", "other_source"} <= {*rows["unit.a.change"].flags}
    assert rows.select(measure="p_holm") == rows.select(measure="change_nrr") == []


def test_every_flag_and_measure_of_them_is_described(city):
    page = (Path(__file__).parents[2] / "docs/methodology.md").read_text("utf-8")
    described = set(re.findall(r"`([a-zA-Z0-9_]+)`", page))
    found = set()
    for case in CASES:
        study, cleaned = case(city)
        rows = estimate_study(study, cleaned, Previous(study, cleaned, Decimal(80)))
        found |= {row.measure for row in rows}
        found |= {flag for row in rows for flag in row.flags}
    letters = {f"grade_{letter}" for letter in "ABCD"}  # of a sensitivity_grade
    assert found - letters <= described, sorted(found - letters - described)
