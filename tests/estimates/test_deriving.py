"""Every row of the estimates table, from answers that can be counted by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from skm_analysis.estimates.deriving import Previous, estimate_study
from skm_analysis.estimates.rows import Estimates, read_estimates, write_estimates
from skm_analysis.study.records import Target

HALF_AND_HALF = ["444", "333"]  # index 87.5


def estimates(study, cleaned, previous=None):
    return Estimates(estimate_study(study, cleaned, previous))


@pytest.fixture
def one_unit(city):
    """Estimate a study of one unit, its sheets given."""

    def estimate(sheets, columns=(), **unit_columns):
        unit = city.unit("a", **unit_columns)
        frame = city.frame(unit, sheets, **dict(columns))
        return estimates(city.study([unit]), city.cleaned({"a": frame}))

    return estimate


def test_nrr_index_and_grade_of_four_sheets(one_unit):
    rows = one_unit(["444", "443", "4.2", "424"])
    assert rows["unit.a.nrr.persyaratan"].value == 4
    assert rows["unit.a.nrr.biaya"].value == pytest.approx(10 / 3)
    assert rows["unit.a.nrr.biaya"].n == 3
    assert rows["unit.a.nrr.perilaku"].value == 13 / 4
    assert rows["unit.a.ikm"].value == pytest.approx(25 / 3 * (4 + 10 / 3 + 13 / 4))
    assert rows["unit.a.grade"].category == "B"
    assert rows["unit.a.ikm_without_biaya"].value == pytest.approx(25 / 2 * (4 + 3.25))
    assert rows["unit.a.sum.perilaku"].value == 13
    assert rows["unit.a.item_rank.perilaku"].value == 2  # persyaratan is constant


def test_an_items_degrees_of_freedom_count_only_those_who_answered_it(one_unit):
    rows = one_unit(["444", "443", "4.2", "424"])
    assert rows["unit.a.nrr.biaya"].df == 2
    assert rows["unit.a.share.biaya.4"].df == 2
    assert rows["unit.a.ikm"].df == 3


def test_shares_of_the_answers_of_an_item(one_unit):
    rows = one_unit(["444", "443", "4.2", "424"])
    shares = {score: rows[f"unit.a.share.biaya.{score}"].value for score in "1234"}
    assert shares == {"1": 0, "2": 1 / 3, "3": 0, "4": 2 / 3}
    assert rows["unit.a.share_count.biaya.4"].value == 2


def test_the_index_lies_in_its_interval_and_the_margin_is_half_of_it(one_unit):
    ikm = one_unit(HALF_AND_HALF * 20)["unit.a.ikm"]
    assert ikm.ci_low < ikm.value < ikm.ci_high
    margin = one_unit(HALF_AND_HALF * 20)["unit.a.margin"]
    assert margin.value == (ikm.ci_high - ikm.ci_low) / 2


def test_sheets_with_one_answer_throughout_and_with_the_highest(one_unit):
    rows = one_unit(["444", "4.4", "333", "432", "..3"])
    assert rows["unit.a.straight_lined"].value == 3 / 5
    assert rows["unit.a.all_highest"].value == 2 / 5


def test_a_unit_without_an_accepted_response_has_counts_only(one_unit):
    rows = one_unit([])
    assert rows["unit.a.n_accepted"].value == 0
    assert rows["unit.a.n_required"].value == 278
    assert rows["unit.a.ikm"].value is None
    assert "no_data" in rows["unit.a.ikm"].flags
    assert rows.select(measure="nrr") == []
    assert rows["city..ikm_mean_of_units"].value is None


def test_an_item_that_nobody_answered_leaves_the_unit_without_an_index(one_unit):
    rows = one_unit(["4.4", "3.3"])
    assert rows["unit.a.ikm"].value is None
    assert {"no_data", "item_unanswered"} <= {*rows["unit.a.nrr.biaya"].flags}
    assert rows["unit.a.nrr.persyaratan"].value == 3.5


def test_one_respondent_has_an_index_and_no_interval(one_unit):
    ikm = one_unit(["443"])["unit.a.ikm"]
    assert ikm.value == pytest.approx(25 * 11 / 3)
    assert (ikm.se, ikm.ci_low, ikm.method) == (None, None, "none")
    assert "single_respondent" in ikm.flags


@pytest.mark.parametrize(
    ("n", "mean", "distribution"),
    [
        (9, {"suppressed"}, {"suppressed"}),
        (10, {"indicative"}, {"indicative", "suppressed"}),
        (29, {"indicative"}, {"indicative", "suppressed"}),
        (30, set(), set()),
    ],
)
def test_what_may_be_printed_depends_on_the_number_of_respondents(
    one_unit, n, mean, distribution
):
    rows = one_unit((HALF_AND_HALF * 15)[:n])
    told = {"suppressed", "indicative"}
    for measure in ("ikm", "grade", "margin", "nrr.biaya", "sum.biaya"):
        assert told & {*rows[f"unit.a.{measure}"].flags} == mean
    for measure in ("share.biaya.4", "item_rank.biaya", "straight_lined"):
        assert told & {*rows[f"unit.a.{measure}"].flags} == distribution
    assert not told & {*rows["unit.a.n_accepted"].flags}


@pytest.mark.parametrize(
    ("columns", "flag"),
    [
        ({"sampling": "convenience"}, "conditional"),
        ({"population": None}, "infinite_population"),
        ({"sampling": "census", "population": 40}, "census"),
        ({"sampling": "census", "population": 50}, "incomplete_census"),
        ({"population": 39}, "above_population"),
        ({"population": 1000}, "below_required"),
    ],
)
def test_the_design_is_flagged_at_the_index(one_unit, columns, flag):
    assert flag in one_unit(HALF_AND_HALF * 20, **columns)["unit.a.ikm"].flags


def test_only_random_choice_earns_the_finite_population_correction(one_unit):
    chosen = one_unit(HALF_AND_HALF * 20, population=50)["unit.a.ikm"]
    met = one_unit(HALF_AND_HALF * 20, population=50, sampling="convenience")
    assert chosen.se == pytest.approx(met["unit.a.ikm"].se * (1 - 40 / 50) ** 0.5)


def test_a_census_is_its_own_interval(one_unit):
    rows = one_unit(HALF_AND_HALF * 20, population=40, sampling="census")
    ikm = rows["unit.a.ikm"]
    assert (ikm.ci_low, ikm.value, ikm.ci_high) == pytest.approx((87.5, 87.5, 87.5))


def test_all_alike_is_flagged_and_still_has_an_interval(one_unit):
    ikm = one_unit(["444"] * 40)["unit.a.ikm"]
    assert "no_variance" in ikm.flags
    assert ikm.ci_low < 100 == ikm.ci_high


def test_an_instrument_without_bands_gives_no_grade(one_unit, city):
    rows = one_unit(["55"] * 30, instrument=city.instrument("x y", (1, 5), False))
    assert rows["unit.a.ikm"].value == 100
    assert "no_bands" in rows["unit.a.grade"].flags
    assert rows["unit.a.grade"].category == ""


def test_rounded_weights_are_shown_for_nine_equal_items_only(one_unit, city):
    nine = city.instrument("a b c d e f g h i")
    rows = one_unit(["4" * 9] * 30, instrument=nine)
    assert rows["unit.a.ikm_weight_0_11"].value == 99
    assert rows["unit.a.ikm_weight_0_111"].value == pytest.approx(99.9)
    assert "unit.a.ikm_weight_0_11" not in one_unit(["444"] * 30)


def test_the_smaller_cells_of_a_profile_are_held_back_so_that_none_follows(one_unit):
    bands = ["SMP"] * 3 + ["SMA/SMK"] * 12 + ["S1/D4"] * 20 + [""] * 15
    rows = one_unit(HALF_AND_HALF * 25, columns={"education": bands})
    profile = rows.select(scope="unit", measure="profile")
    assert [row.category for row in profile] == [
        "SMP",
        "SMA/SMK",
        "S1/D4",
        "Tidak diketahui",
    ]
    assert [row.value for row in profile] == [0.06, 0.24, 0.4, 0.3]
    held = {row.category for row in profile if "suppressed" in row.flags}
    assert held == {"SMP", "SMA/SMK"}


def test_counts_are_those_of_the_independent_survey(city):
    unit = city.unit("a", approached=10)
    cleaned = city.cleaned(
        {
            "a": pd.concat(
                [
                    city.frame(unit, ["444", "333"]),
                    city.frame(unit, ["444"], source="internal"),
                ]
            )
        },
        aside=[
            ("a", "duplicate", "external"),
            ("a", "empty", "external"),
            ("a", "empty", "internal"),
            ("", "unknown_unit", "external"),
        ],
    )
    rows = estimates(city.study([unit]), cleaned)
    assert rows["unit.a.n_received"].value == 4
    assert rows["unit.a.n_accepted"].value == 2
    assert rows["unit.a.n_set_aside"].value == 2
    assert rows["unit.a.n_set_aside.empty"].value == 1
    assert rows["unit.a.response_rate"].value == 0.2
    assert rows["city..n_received"].value == 5
    assert rows["city..n_set_aside.unknown-unit"].value == 1


def test_the_units_own_survey_stands_beside_and_is_never_pooled(city):
    unit = city.unit("a")
    frame = pd.concat(
        [
            city.frame(unit, HALF_AND_HALF * 20),
            city.frame(unit, ["444"] * 30, source="internal"),
        ]
    )
    rows = estimates(city.study([unit]), city.cleaned({"a": frame}))
    assert rows["unit.a.ikm"].value == 87.5
    assert rows["unit.a.ikm@internal"].value == 100
    assert rows["unit.a.n_accepted@internal"].value == 30
    assert rows["unit.a.grade@internal"].category == "A"
    difference = rows["unit.a.internal_difference"]
    assert difference.value == 12.5
    assert difference.ci_low < 12.5 < difference.ci_high
    assert rows["city..ikm_mean_of_units"].value == 87.5


def test_a_unit_with_its_own_survey_only_enters_no_city_figure(city):
    unit = city.unit("a")
    frame = city.frame(unit, ["444"] * 30, source="internal")
    rows = estimates(city.study([unit]), city.cleaned({"a": frame}))
    assert "internal_only" in rows["unit.a.ikm"].flags
    assert rows["city..n_units"].value == 0


@pytest.fixture
def four_units(city):
    """Indices 100 (n 30, N 100), 75 (n 10, N 300), 50 (n 6) and one on 1 to 5."""
    units = [
        city.unit("a", population=100),
        city.unit("b", population=300),
        city.unit("c", population=600),
        city.unit("d", instrument=city.instrument("x y", (1, 5), False)),
    ]
    sheets = [["444"] * 30, ["333"] * 10, ["222"] * 6, ["55"] * 30]
    frames = {
        unit.id: city.frame(unit, each)
        for unit, each in zip(units, sheets, strict=True)
    }
    target = Target(ikm=Decimal("80.00"), source="")
    return estimates(city.study(units, target=target), city.cleaned(frames))


def test_the_three_city_figures(four_units):
    rows = four_units
    assert rows["city..ikm_mean_of_units"].value == 75
    assert rows["city..ikm_pooled"].value == pytest.approx((3000 + 750 + 300) / 46)
    assert rows["city..ikm_population_weighted"].value == (100 + 3 * 75 + 6 * 50) / 10
    assert rows["group.kelurahan.ikm_mean_of_units"].value == 75
    assert rows["city..n_units"].value == 3


def test_the_published_city_figure_leaves_small_units_out(four_units):
    rows = four_units
    assert rows["city..ikm_mean_of_units@published"].value == 87.5
    assert rows["city..grade@published"].category == "B"
    assert rows["city..n_units@published"].value == 2
    assert rows["city..target_gap@published"].value == 7.5
    assert "suppressed" in rows["city..ikm_mean_of_units"].flags
    assert "suppressed" not in rows["city..ikm_mean_of_units@published"].flags
    assert "excluded" in rows["unit.c.ikm"].flags
    assert "other_scale" in rows["unit.d.ikm"].flags


def test_nothing_is_published_twice_where_no_unit_is_small(one_unit):
    rows = one_unit(HALF_AND_HALF * 20)
    assert rows.select(part="published") == []
    assert "suppressed" not in rows["city..ikm_mean_of_units"].flags


def test_a_population_that_is_not_known_leaves_that_city_figure_empty(one_unit):
    row = one_unit(HALF_AND_HALF, population=None)["city..ikm_population_weighted"]
    assert row.value is None
    assert "infinite_population" in row.flags


def test_strata_and_periods_have_rows_of_their_own(city):
    unit = city.unit("a", population=None, strata={"2021-S1": 900, "2021-S2": 100})
    halves = ["2021-S1"] * 30 + ["2021-S2"] * 30
    frame = city.frame(unit, ["333"] * 30 + ["444"] * 30, stratum=halves, period=halves)
    period = city.period(id="2021-S1", start=date(2021, 1, 1), end=date(2021, 6, 30))
    study = city.study([unit], weighting="strata", periods=(period,))
    rows = estimates(study, city.cleaned({"a": frame}))
    assert rows["unit.a.ikm_unweighted"].value == 87.5
    assert rows["unit.a.ikm_strata"].value == 77.5
    assert rows["unit.a.ikm"].value == 77.5
    assert rows["unit.a.nrr.biaya"].value == 3.1
    assert rows["unit.a.nrr_unweighted.biaya"].value == 3.5
    assert rows["unit.a.ikm@2021-S1"].value == 75
    assert rows["unit.a.ikm@2021-S2"].population == 100
    plain = estimates(replace(study, weighting="none"), city.cleaned({"a": frame}))
    assert plain["unit.a.ikm"].value == 87.5


@pytest.mark.parametrize(
    ("sizes", "printed"),
    [((12, 6), False), ((20, 10), True), ((12, 12), True), ((15, 12), True)],
)
def test_a_part_is_printed_only_where_no_part_of_nine_follows(city, sizes, printed):
    unit = city.unit("a", population=None, strata={"s1": 40, "s2": 40})
    where = ["s1"] * sizes[0] + ["s2"] * sizes[1]
    frame = city.frame(unit, ["444"] * sum(sizes), stratum=where)
    rows = estimates(city.study([unit]), city.cleaned({"a": frame}))
    for part in ("s1", "s2"):
        assert ("suppressed" not in rows[f"unit.a.ikm@{part}"].flags) is printed


def test_those_in_no_period_are_a_part_too(city):
    unit = city.unit("a")
    frame = city.frame(unit, ["444"] * 30, period=["2021-S1"] * 24 + [""] * 6)
    period = city.period(id="2021-S1", start=date(2021, 1, 1), end=date(2021, 6, 30))
    study = city.study([unit], periods=(period,))
    rows = estimates(study, city.cleaned({"a": frame}))
    assert "suppressed" in rows["unit.a.ikm@2021-S1"].flags


def test_plain_sums_beside_weighted_means_do_not_tell_on_a_small_stratum(city):
    """Two weightings of two strata are two equations for their two means."""
    unit = city.unit("a", population=None, strata={"s1": 100, "s2": 900})
    study = city.study([unit], weighting="strata")

    def flags(small):
        strata = ["s1"] * small + ["s2"] * (40 - small)
        frame = city.frame(unit, HALF_AND_HALF * 20, stratum=strata)
        rows = estimates(study, city.cleaned({"a": frame}))
        return [
            "suppressed" in rows[f"unit.a.{name}"].flags
            for name in (
                "nrr.biaya",
                "nrr_unweighted.biaya",
                "sum.biaya",
                "share.biaya.4",
                "share_count.biaya.4",
            )
        ]

    assert flags(small=9) == [False, True, True, True, True]
    assert not any(flags(small=10))


@pytest.mark.parametrize(("n", "flag"), [(9, "suppressed"), (29, "indicative")])
def test_without_an_index_it_is_still_told_how_few_answered(city, n, flag):
    unit = city.unit("a")
    frame = city.frame(unit, ["4.4"] * n)
    rows = estimates(city.study([unit]), city.cleaned({"a": frame}))
    assert rows["unit.a.ikm"].value is None
    assert flag in rows["unit.a.ikm"].flags


def test_a_units_own_survey_needs_no_strata(city):
    unit = city.unit("a", population=None, strata={"s1": 900, "s2": 100})
    frame = pd.concat(
        [
            city.frame(unit, HALF_AND_HALF * 20, stratum=["s1"] * 20 + ["s2"] * 20),
            city.frame(unit, ["444"] * 30, source="internal"),
        ]
    )
    study = city.study([unit], weighting="strata")
    rows = estimates(study, city.cleaned({"a": frame}))
    assert rows["unit.a.ikm@internal"].value == 100


def test_a_part_of_a_census_is_a_census(city):
    unit = city.unit(
        "a", population=None, strata={"s1": 20, "s2": 20}, sampling="census"
    )
    frame = city.frame(unit, HALF_AND_HALF * 20, stratum=["s1"] * 20 + ["s2"] * 20)
    part = estimates(city.study([unit]), city.cleaned({"a": frame}))["unit.a.ikm@s1"]
    assert (part.ci_low, part.ci_high) == pytest.approx((87.5, 87.5))


def test_the_citys_profile_is_that_of_the_independent_survey_without_small_units(city):
    units = [city.unit("large"), city.unit("small"), city.unit("own")]
    frames = {
        "own": city.frame(units[2], ["444"] * 30, "internal", sex="Laki-laki"),
        "large": city.frame(units[0], ["444"] * 30, sex="Perempuan"),
        "small": city.frame(units[1], ["444"] * 9, sex="Laki-laki"),
    }
    rows = estimates(city.study(units), city.cleaned(frames))
    of_city = rows.select(scope="city", measure="profile")
    assert all("suppressed" in row.flags for row in of_city)
    assert [row.category for row in of_city] == ["Perempuan"]


@pytest.mark.parametrize(
    ("target", "sheets", "category", "flag"),
    [
        ("80", ["444"] * 40, "reached", "supported"),
        ("87.50", HALF_AND_HALF * 20, "reached", "uncertain"),
        ("87.51", HALF_AND_HALF * 20, "not_reached", "uncertain"),
        ("99", HALF_AND_HALF * 20, "not_reached", "contradicted"),
    ],
)
def test_a_target_is_held_against_the_printed_index_and_its_interval(
    one_unit, target, sheets, category, flag
):
    gap = one_unit(sheets, target=Decimal(target))["unit.a.target_gap"]
    assert gap.category == category
    assert flag in gap.flags


@pytest.fixture
def two_years(city):
    """Estimate one unit in 2021 and in 2020, instruments and sheets given."""

    def estimate(sheets, earlier, then=None, units_then=("a",)):
        unit = city.unit("a")
        before = [
            city.unit(each, instrument=then or unit.instrument) for each in units_then
        ]
        old = city.study(before, id="2020")
        frames = {each.id: city.frame(each, earlier) for each in before}
        return estimates(
            city.study([unit], previous="2020"),
            city.cleaned({"a": city.frame(unit, sheets)}),
            Previous(old, city.cleaned(frames)),
        )

    return estimate


def test_the_change_of_a_unit_its_items_and_the_city(two_years):
    rows = two_years(["443"] * 40, HALF_AND_HALF * 20)
    assert rows["unit.a.change"].value == pytest.approx(25 * (11 / 3 - 3.5))
    assert rows["unit.a.change_nrr.perilaku"].value == -0.5
    assert rows["city..change"].value == rows["unit.a.change"].value
    assert rows["unit.a.p.perilaku"].value < 0.05
    assert rows["unit.a.p_holm.perilaku"].value >= rows["unit.a.p.perilaku"].value
    assert rows["unit.a.p_holm.change"].value == rows["unit.a.p.change"].value


def test_the_earlier_figures_stand_in_the_same_table(two_years):
    rows = two_years(["443"] * 40, HALF_AND_HALF * 20, units_then=("a", "gone"))
    ikm = rows["unit.a.ikm@previous"]
    assert (ikm.value, ikm.study, ikm.n) == (87.5, "2020", 40)
    assert rows["unit.a.grade@previous"].category == "B"
    assert rows["unit.a.nrr.biaya@previous"].value == 3.5
    assert rows["unit.gone.ikm@previous"].value == 87.5
    assert rows["city..ikm_mean_of_units@previous"].value == 87.5
    assert rows["city..n_units@previous"].value == 2
    assert rows["city..n_units.comparable"].value == 1


def test_with_other_items_the_change_is_over_the_common_ones(two_years, city):
    then = city.instrument("perilaku persyaratan waktu")
    rows = two_years(["423"] * 40, ["341"] * 40, then)
    change = rows["unit.a.change"]
    assert "common_items" in change.flags
    assert change.value == 25 * ((4 + 3) / 2 - (3 + 4) / 2)
    assert rows["unit.a.change_nrr.persyaratan"].value == 0
    assert "unit.a.change_nrr.biaya" not in rows


@pytest.mark.parametrize(
    ("keys", "scale", "bands"),
    [
        ("persyaratan biaya perilaku", (1, 5), True),
        ("persyaratan biaya perilaku", (1, 4), False),
        ("x y z", (1, 4), True),
    ],
)
def test_other_scales_bands_or_items_are_not_compared(
    two_years, city, keys, scale, bands
):
    rows = two_years(["423"] * 40, ["341"] * 40, city.instrument(keys, scale, bands))
    change = rows["unit.a.change"]
    assert change.value is None
    assert "not_comparable" in change.flags
    assert rows.select(measure="change_nrr") == []
    assert rows["city..n_units.comparable"].value == 0


def test_a_change_from_a_small_unit_is_not_told_and_not_tested(two_years):
    rows = two_years(["443"] * 40, HALF_AND_HALF * 4)
    assert "suppressed" in rows["unit.a.change"].flags
    assert "unit.a.p.change" not in rows
    assert "suppressed" in rows["city..change"].flags
    assert rows["city..n_units.comparable@published"].value == 0


def test_a_row_of_responses_may_stand_anywhere(one_unit):
    sheets = ["444", "443", "4.2", "424", "111", "234"]
    assert list(one_unit(sheets)) == list(one_unit(sheets[::-1]))


def test_the_table_reads_back_as_it_was_written(four_units, tmp_path):
    write_estimates(tmp_path / "estimates.csv", four_units)
    assert list(read_estimates(tmp_path / "estimates.csv")) == list(four_units)
