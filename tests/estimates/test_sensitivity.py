"""The index under every other rule, counted by hand; and what stays inside."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.sensitivity import (
    moved,
    tells_on_few,
    worksheet_index,
)

NINE = "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan"


@pytest.fixture
def told(city):
    """Estimate one unit; `back` holds (sheet, reason), `before` all sheets anew."""

    def estimate(sheets, *, back=(), before=None, study=None, columns=None, **changes):
        unit = city.unit("a", **changes)
        frame = city.frame(unit, sheets, **(columns or {}))
        returned = city.frame(unit, [sheet for sheet, _ in back])
        returned["reason"] = [reason for _, reason in back]
        cleaned = city.cleaned({"a": frame})._replace(
            uncorrected={"a": city.frame(unit, before)} if before else {},
            put_back={"a": returned} if back else {},
        )
        record = city.study([unit], **(study or {}))
        return Estimates(estimate_study(record, cleaned))

    return estimate


def value(rows, name, scope="unit.a"):
    return rows[f"{scope}.sensitivity.{name}"].value


def test_ninths_written_with_two_or_three_decimals(told, city):
    rows = told(["4" * 9, "3" * 9] * 20, instrument=city.instrument(NINE))
    assert value(rows, "weight-0-11") == pytest.approx(3.5 * 9 * 0.11 * 25)
    assert value(rows, "weight-0-111") == pytest.approx(3.5 * 9 * 0.111 * 25)
    assert value(rows, "weight-0-11") == rows["unit.a.ikm_weight_0_11"].value
    assert value(rows, "weight-0-111") == rows["unit.a.ikm_weight_0_111"].value


def test_early_rounding_of_means_and_of_the_sum(told):
    # Means 11/3, 10/3, 4: the sum of thirds is 11/3, rounded early 3.67 and 3.33.
    rows = told(["444", "434", "334"] * 10)
    cents = Decimal("0.01")
    means = [(Decimal(sum(c)) / 3).quantize(cents) for c in ((4, 4, 3), (4, 3, 3))]
    assert value(rows, "early-rounding") == pytest.approx(
        float(25 * (sum(means) + 4) / 3)
    )
    assert value(rows, "early-rounding-3") == pytest.approx(
        25 * (3.667 + 3.333 + 4) / 3
    )
    assert value(rows, "early-rounding-index-3") == pytest.approx(25 * 3.667)


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=2, max_size=9),
    st.sampled_from([2, 3]),
)
def test_early_rounding_is_what_decimal_arithmetic_gives(pairs, places):
    means = [Fraction(max(n, 1) + k % 3 * n, max(n, 1)) for n, k in pairs]
    weights = [Fraction(1, len(means))] * len(means)
    step = Decimal(1).scaleb(-places)
    digits = [
        (Decimal(m.numerator) / m.denominator).quantize(step, ROUND_HALF_UP)
        for m in means
    ]
    expected = 25 * sum(map(Fraction, digits), Fraction(0)) / len(means)
    assert worksheet_index(means, weights, Fraction(25), mean_places=places) == expected


def test_the_two_other_rules_for_blanks(told):
    rows = told(["44.", "333", "222"] * 20)
    assert rows["unit.a.ikm"].value == pytest.approx(25 / 3 * (3 + 3 + 2.5))
    assert value(rows, "missing-complete") == pytest.approx(62.5)
    assert value(rows, "missing-person") == pytest.approx(75)
    assert rows["unit.a.sensitivity.missing-complete"].n == 40
    assert "unit.a.sensitivity.missing-ratio" not in rows
    other = told(["44.", "333", "222"] * 20, study={"missing": "person"})
    assert value(other, "missing-ratio") == pytest.approx(25 / 3 * (3 + 3 + 2.5))
    assert "unit.a.sensitivity.early-rounding" not in other


def test_the_other_weighting(told):
    columns = {"stratum": ["s1"] * 30 + ["s2"] * 10}
    strata = {"s1": 100, "s2": 300}
    rows = told(["444"] * 30 + ["222"] * 10, columns=columns, strata=strata)
    assert value(rows, "weighting-strata") == pytest.approx(62.5)
    assert "suppressed" not in rows["unit.a.sensitivity.weighting-strata"].flags
    few = {"stratum": ["s1"] * 35 + ["s2"] * 5}
    rows = told(["444"] * 35 + ["222"] * 5, columns=few, strata=strata)
    assert "suppressed" in rows["unit.a.sensitivity.weighting-strata"].flags
    assert "suppressed" in rows["unit.a.ikm_strata"].flags
    assert "suppressed" not in rows["unit.a.ikm"].flags


def test_without_the_fee_item(told):
    rows = told(["243"] * 30)
    assert value(rows, "without-biaya") == pytest.approx(62.5)
    assert rows["unit.a.sensitivity_grade.without-biaya"].flags == (
        "grade_D",
        "grade_differs",
    )
    assert "grade_differs" in rows["unit.a.sensitivity.without-biaya"].flags
    assert rows["unit.a.grade"].category == "C"


def test_without_sheets_of_one_answer_and_with_twins_counted_once(told):
    rows = told(["444"] * 12 + ["434"] * 20 + ["343"] * 12)
    assert value(rows, "without-straight-lined") == pytest.approx(
        25 / 3 * (11 * 20 + 10 * 12) / 32
    )
    assert rows["unit.a.sensitivity.without-straight-lined"].n == 32
    assert value(rows, "without-duplicates") == pytest.approx(25 / 3 * 33 / 3)
    assert "suppressed" in rows["unit.a.sensitivity.without-duplicates"].flags


def test_who_gave_one_answer_but_not_the_highest_does_not_follow(told):
    """Their share is printed, and so is that of the highest answer throughout: beside
    the index of all, that of the rest would give the few between the two."""
    few = ["444"] * 15 + ["333"] + ["434"] * 24
    rows = told(few)
    assert "suppressed" in rows["unit.a.sensitivity.without-straight-lined"].flags
    assert "suppressed" not in rows["unit.a.sensitivity.without-all-highest"].flags
    rows = told([*few, *["333"] * 9])
    assert "suppressed" not in rows["unit.a.sensitivity.without-straight-lined"].flags


def test_nor_where_too_few_gave_the_highest_for_that_index_to_be_printed(told):
    rows = told(["444"] * 4 + ["333"] * 7 + ["434"] * 30)
    assert "suppressed" in rows["unit.a.sensitivity.without-all-highest"].flags
    assert "suppressed" in rows["unit.a.sensitivity.without-straight-lined"].flags


def test_sheets_as_they_were_before_corrections(told):
    rows = told(["444"] * 40, before=["444"] * 28 + ["333"] * 12)
    assert value(rows, "without-corrections") == pytest.approx(92.5)
    assert "suppressed" not in rows["unit.a.sensitivity.without-corrections"].flags
    rows = told(["444"] * 40, before=["444"] * 39 + ["333"])
    assert "suppressed" in rows["unit.a.sensitivity.without-corrections"].flags
    assert "unit.a.sensitivity.without-corrections" not in told(["444"] * 40)


def test_rows_put_back_by_each_rule_alone_and_all_together(told):
    back = [("222", "duplicate")] * 10 + [("333", "out_of_period")] * 10
    rows = told(["444"] * 20, back=back)
    assert value(rows, "with-duplicate") == pytest.approx(25 * (80 + 20) / 30)
    assert value(rows, "with-out-of-period") == pytest.approx(25 * (80 + 30) / 30)
    assert value(rows, "with-all-set-aside") == pytest.approx(25 * (80 + 50) / 40)
    assert rows["unit.a.sensitivity.with-all-set-aside"].n == 40


def test_one_reason_alone_needs_no_row_for_all(told):
    rows = told(["444"] * 20, back=[("222", "duplicate")] * 10)
    assert "unit.a.sensitivity.with-duplicate" in rows
    assert "unit.a.sensitivity.with-all-set-aside" not in rows


def test_with_few_rows_put_back_the_sum_that_would_give_them_is_withheld_too(told):
    back = [("222", "duplicate")] * 12 + [("333", "out_of_period")] * 3
    rows = told(["444"] * 30, back=back)
    flags = {
        name: "suppressed" in rows[f"unit.a.sensitivity.with-{name}"].flags
        for name in ("duplicate", "out-of-period", "all-set-aside")
    }
    assert flags == {"duplicate": False, "out-of-period": True, "all-set-aside": True}


def test_of_a_withheld_figure_the_letter_is_withheld_too(told):
    rows = told(["444"] * 30, back=[("111", "duplicate")] * 9)
    row = rows["unit.a.sensitivity_grade.with-duplicate"]
    assert {"suppressed", "grade_differs"} <= set(row.flags)


def test_a_unit_below_ten_stays_withheld_under_a_rule_with_more_sheets(told):
    rows = told(["444"] * 8, back=[("333", "duplicate")] * 20)
    assert "suppressed" in rows["unit.a.sensitivity.with-duplicate"].flags


def test_the_finite_correction_narrows_and_keeps_the_value(told):
    sheets = ["444", "434", "323"] * 20
    rows = told(sheets, sampling="convenience", population=100)
    row, official = rows["unit.a.sensitivity.finite-correction"], rows["unit.a.ikm"]
    assert row.value == official.value
    assert row.se == pytest.approx(official.se * (1 - 60 / 100) ** 0.5)
    assert "conditional" in row.flags
    assert "unit.a.sensitivity.finite-correction" not in told(sheets)
    gathered = {"cluster": ["ani", "budi", "citra"] * 20}
    rows = told(sheets, columns=gathered, sampling="convenience", population=100)
    assert "clustered" in rows["unit.a.ikm"].flags
    assert "unit.a.sensitivity.finite-correction" not in rows
    unknown = told(sheets, sampling="convenience", population=None)
    assert "unit.a.sensitivity.finite-correction" not in unknown


def test_the_citys_rule_is_the_mean_over_units_official_where_it_does_not_apply(city):
    fee = city.unit("a")
    free = city.unit("b", instrument=city.instrument("persyaratan perilaku"))
    frames = {
        "a": city.frame(fee, ["424", "444"] * 20),
        "b": city.frame(free, ["44", "33"] * 20),
    }
    rows = Estimates(estimate_study(city.study([fee, free]), city.cleaned(frames)))
    assert value(rows, "without-biaya", "city.") == pytest.approx((100 + 87.5) / 2)
    row = rows["city..sensitivity.without-biaya"]
    assert row.method == "pseudo-beta"
    assert row.ci_low < row.value <= row.ci_high
    # The mean of means rounded early has no error of its own.
    assert rows["city..sensitivity.early-rounding"].se is None


def test_the_citys_figure_is_withheld_where_it_would_give_one_units(city):
    units = [city.unit("a"), city.unit("b")]
    sheets = ["434", "343"] * 20
    frames = {
        "a": city.frame(units[0], sheets + ["444"] * 20),
        "b": city.frame(units[1], sheets + ["444"] * 3),
    }

    def flags(frames):
        rows = Estimates(estimate_study(city.study(units), city.cleaned(frames)))
        return rows["city..sensitivity.without-straight-lined"].flags

    assert "suppressed" in flags(frames)
    assert "suppressed" not in flags(frames | {"b": frames["a"]})


def test_the_city_tells_on_no_few_that_lie_between_two_rules(city):
    """Two sheets of each unit, four in all, though 17 of each are of one answer."""
    units = [city.unit("a"), city.unit("b")]
    sheets = ["444"] * 15 + ["333"] * 2 + ["434"] * 30
    frames = {each.id: city.frame(each, sheets) for each in units}
    rows = Estimates(estimate_study(city.study(units), city.cleaned(frames)))
    for scope in ("unit.a", "unit.b", "city."):
        row = rows[f"{scope}.sensitivity.without-straight-lined"]
        assert "suppressed" in row.flags
    assert "suppressed" not in rows["city..sensitivity.without-all-highest"].flags


def test_over_five_per_cent_set_aside_is_flagged(city):
    unit = city.unit("a")
    frame = city.frame(unit, ["444", "333"] * 47)

    def flags(aside):
        cleaned = city.cleaned({"a": frame}, [("a", "duplicate", "external")] * aside)
        rows = Estimates(estimate_study(city.study([unit]), cleaned))
        return rows["unit.a.n_set_aside"].flags

    assert flags(4) == ()
    assert flags(5) == ("over_5_percent",)


def test_who_is_moved():
    one = {"a": (4, 4), "b": (3, 3), "c": (2, 2)}
    assert moved(one, one) == 0
    assert moved(one, {"a": (4, 4), "b": (3, 4), "d": (1, 1)}) == 3
    assert tells_on_few(one, [{}])
    assert not tells_on_few(one, [one])
    many = {name: 4 for name in range(10)}
    assert not tells_on_few(many, [{}])


def test_the_frame_of_put_back_rows_may_hold_other_columns(city):
    unit = city.unit("a")
    frame = city.frame(unit, ["444"] * 20)
    back = city.frame(unit, ["333"] * 10)
    back["reason"], back["row"] = "duplicate", range(10)
    cleaned = city.cleaned({"a": frame})._replace(put_back={"a": back})
    rows = Estimates(estimate_study(city.study([unit]), cleaned))
    assert value(rows, "with-duplicate") == pytest.approx(25 * 110 / 30)
