"""Plans of small units, their spread worked out from the sheets by numpy."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from skm_analysis.estimates.deriving import Previous, estimate_study, survey_units
from skm_analysis.estimates.index_size import for_change_in_both, for_interval
from skm_analysis.estimates.planning import Spread, earlier_spread, plan_units
from skm_analysis.estimates.rows import Estimates
from skm_analysis.study.records import Plan

SHEETS = ["444", "433", "343", "444", "222", "434", "444", "333", "344", "443"] * 4
AIMS = Plan(margin=Decimal("1.5"), nonresponse=Decimal("0.1"), change=Decimal("2"))


def planned(city, unit=None, earlier=None, sheets=SHEETS, plan=AIMS, **frame):
    """The plan of unit `a`, whose sheets of last year are `sheets`."""
    then_unit = city.unit("a", **(earlier or {}))
    then = city.study([then_unit], id="2020", year=2020)
    accepted = {"a": city.frame(then_unit, sheets, **frame)}
    study = city.study([city.unit("a", **(unit or {}))], plan=plan)
    surveys = survey_units(then, city.cleaned(accepted))
    return plan_units(study, then, surveys)[0]


def persons(sheets=SHEETS):
    """Index of each respondent: the mean of three answers times 25."""
    return np.array([[int(x) for x in sheet] for sheet in sheets]).mean(axis=1) * 25


def test_the_spread_is_that_between_respondents_not_between_answers(city):
    spread = planned(city).spread
    assert spread.deviation == pytest.approx(persons().std(ddof=1), rel=1e-12)
    assert (spread.n, spread.df) == (40, 39)


def test_the_earlier_standard_error_keeps_its_finite_correction(city):
    spread = planned(city, earlier={"population": 160}).spread
    assert spread.se == pytest.approx(
        persons().std(ddof=1) / 40**0.5 * (1 - 40 / 160) ** 0.5, rel=1e-12
    )
    assert spread.deviation == pytest.approx(persons().std(ddof=1), rel=1e-12)


def test_weighting_by_strata_comes_in_as_a_design_effect(city):
    strata = {"S1": 900, "S2": 100}
    unit = city.unit("a", strata=strata, population=None)
    study = city.study([unit], weighting="strata")
    stratum = ["S1"] * 20 + ["S2"] * 20
    frame = city.frame(unit, SHEETS, stratum=stratum)
    [surveyed] = survey_units(study, city.cleaned({"a": frame})).values()
    spread = earlier_spread(unit, surveyed)
    within = [persons()[:20].var(ddof=1), persons()[20:].var(ddof=1)]
    variance = 0.9**2 * within[0] / 20 + 0.1**2 * within[1] / 20
    assert isinstance(spread, Spread)
    assert spread.deviation == pytest.approx((40 * variance) ** 0.5, rel=1e-12)


def test_answers_gathered_together_widen_the_spread(city):
    sheets = ["444"] * 20 + ["333"] * 20
    alone = planned(city, sheets=sheets).spread
    together = planned(city, sheets=sheets, cluster=["ani"] * 20 + ["budi"] * 20).spread
    assert together.deviation > 2 * alone.deviation
    assert together.crowding > 2 * alone.crowding == pytest.approx(2)


@pytest.mark.parametrize("need", ["precision", "change"])
def test_clusters_get_no_finite_correction_for_their_interval_has_none(city, need):
    halves = {"cluster": ["ani", "budi"] * (len(SHEETS) // 2)}
    found = [
        getattr(
            planned(city, {"sampling": sampling, "population": 3000}, **halves), need
        )
        for sampling in ("random", "convenience")
    ]
    assert found[0].size == found[1].size < 3000


def test_random_choice_brings_the_finite_correction_and_convenience_does_not(city):
    value, deviation = Fraction(260, 3), float(persons().std(ddof=1))
    scale = {"lowest": 25.0, "highest": 100.0}
    random = planned(city, {"sampling": "random"}).precision
    met = planned(city, {"sampling": "convenience"}).precision
    assert random == (
        for_interval(value, deviation, 1.5, **scale, population=1000),
        (),
    )
    assert met == (for_interval(value, deviation, 1.5, **scale), ("conditional",))
    assert random.size < met.size


@pytest.mark.parametrize(
    ("unit", "earlier", "sheets", "flag"),
    [
        ({}, {}, [], "no_previous"),
        ({}, {}, SHEETS[:9], "too_few"),
        ({}, {}, ["444"] * 40, "no_variance"),
        ({"sampling": "census"}, {}, SHEETS, "census"),
    ],
)
def test_where_nothing_follows_from_last_year_the_reason_is_told(
    city, unit, earlier, sheets, flag
):
    found = planned(city, unit, earlier, sheets)
    assert found.precision == (None, (flag,))
    assert found.change == (None, (flag,))


def test_another_scale_or_other_items_give_no_spread(city):
    for instrument in (city.instrument(scale=(1, 5)), city.instrument("lain lagi")):
        found = planned(city, {"instrument": instrument})
        assert found.precision == (None, ("not_comparable",))


def test_items_of_both_years_that_weigh_nothing_give_no_spread(city):
    instrument = city.instrument("persyaratan lain")
    items = [
        replace(item, weight=Fraction(item.key == "lain")) for item in instrument.items
    ]
    found = planned(city, {"instrument": replace(instrument, items=tuple(items))})
    assert found.precision == (None, ("not_comparable",))


def test_the_items_that_both_years_ask_are_used(city):
    found = planned(city, {"instrument": city.instrument("persyaratan perilaku lain")})
    two = [sheet[0] + sheet[2] for sheet in SHEETS]
    assert found.spread.deviation == pytest.approx(persons(two).std(ddof=1), rel=1e-12)


def test_without_a_stated_aim_there_is_no_number(city):
    found = planned(city, plan=Plan())
    assert found.precision == found.change == (None, ("no_aim",))
    assert found.ask == (None, ("no_rate",))
    assert found.aimed == found.krejcie_morgan == 278


def test_a_spread_of_few_respondents_is_indicative(city):
    assert "indicative" in planned(city, sheets=SHEETS[:29]).precision.flags
    assert planned(city, sheets=SHEETS[:30]).precision.flags == ()


def test_never_more_than_there_are(city):
    small = {"population": 30, "sampling": "convenience"}
    found = planned(city, small)
    assert found.precision == (30, ("conditional", "whole_population"))
    assert found.change == (30, ("conditional", "whole_population", "both_years"))
    assert found.ask.size <= 30


def test_where_last_year_is_too_unsure_the_number_is_for_two_years_to_come(city):
    # 40 sheets with a spread of about 18 points: SE 2.9, and 2 points to be seen.
    found = planned(city, {"population": None})
    deviation = float(persons().std(ddof=1))
    assert found.change == (for_change_in_both(deviation, 2), ("both_years",))
    sure = planned(city, {"population": None}, sheets=SHEETS * 30)
    assert "both_years" not in sure.change.flags
    assert sure.change.size < found.change.size


def test_what_was_agreed_is_aimed_at_and_otherwise_the_most_that_is_asked_for(city):
    assert planned(city, {"planned": 120}).aimed == 120
    found = planned(city, {"population": 5000}, plan=Plan(margin=Decimal("0.2")))
    assert found.aimed == found.precision.size > found.krejcie_morgan
    census = planned(city, {"sampling": "census", "planned": 10})
    assert (census.aimed, census.ask.size) == (1000, 1000)


def test_those_to_ask_allow_for_silence_as_stated_or_as_last_year(city):
    stated = planned(city, {"planned": 120})
    assert stated.ask == (ceil(Fraction(120) / Fraction(9, 10)), ())
    last_year = planned(city, {"planned": 120}, {"approached": 50}, plan=Plan())
    assert (last_year.nonresponse, last_year.ask.size) == (Decimal("0.2"), 150)


def test_strata_named_after_the_year_take_last_years_spread(city):
    stratum = ["2020-S1"] * 20 + ["2020-S2"] * 20
    found = planned(
        city,
        {"strata": {"2021-S1": 300, "2021-S2": 500}, "population": None},
        {"strata": {"2020-S1": 350, "2020-S2": 450}, "population": None},
        stratum=stratum,
    )
    first, second = found.shares
    assert first.deviation == pytest.approx(persons()[:20].std(ddof=1), rel=1e-12)
    assert first.proportional + second.proportional == found.aimed
    assert first.neyman + second.neyman == found.aimed


def test_no_neyman_allocation_where_a_stratum_had_too_few(city):
    found = planned(
        city,
        {"strata": {"A": 300, "B": 500}, "population": None},
        {"strata": {"A": 300, "B": 500}, "population": None},
        stratum=["A"] * 9 + ["B"] * 31,
    )
    assert [share.neyman for share in found.shares] == [None, None]
    assert sum(share.proportional for share in found.shares) == found.aimed


def test_the_estimates_hold_the_numbers_of_the_plan(city):
    unit = city.unit("a", planned=120)
    then = city.study([unit], id="2020", year=2020)
    study = city.study([unit], plan=AIMS, previous="2020")
    cleaned = city.cleaned({"a": city.frame(unit, SHEETS)})
    rows = Estimates(estimate_study(study, cleaned, Previous(then, cleaned)))
    [plan] = plan_units(study, then, survey_units(then, cleaned))

    def value(measure):
        return rows[f"unit.a.{measure}"].value

    assert (value("n_planned"), value("n_required")) == (120, 278)
    # 384.146/(1 + 383.146/1000) up; 1000/3.5 up
    assert (value("n_cochran"), value("n_slovin")) == (278, 286)
    assert value("n_required_precision") == plan.precision.size
    assert value("n_required_change") == plan.change.size
    assert value("n_to_ask") == plan.ask.size
    assert rows["unit.a.n_required_precision"].n == 40
    without = Estimates(estimate_study(study, cleaned))
    assert without["unit.a.n_required_precision"].flags == ("no_previous",)
