from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.reliability import (
    complete_sheets,
    correlations,
    covariances,
    critical_r,
    cronbach_alpha,
    feldt_limits,
    item_with_rest,
    item_with_total,
    omega_total,
    varied_items,
)
from skm_analysis.estimates.reliability_rows import instrument_rows, unit_alpha
from skm_analysis.estimates.surveyed import survey_unit

# Enough sheets to be told, with a free fee item and one blank sheet.
VARIED = ["443", "344", "434", "333", "444", "332", "444", "444", "433", "343"]
VARIED += ["344", "443", "222", "33."]


def rows_of(city, sheets, unit=None):
    unit = unit or city.unit("a")
    surveyed = survey_unit(
        city.study([unit]), unit, city.frame(unit, sheets), "external"
    )
    rows = instrument_rows("2021", [surveyed], 0.95)
    return {(row.measure, row.item): row for row in rows}


def test_alpha_of_three_items_by_hand():
    sheets = np.array([[4, 3, 4], [3, 3, 2], [2, 1, 2], [4, 4, 3], [1, 2, 2]])
    variances = [
        Fraction(sheets[:, j].var(ddof=1)).limit_denominator(1000) for j in range(3)
    ]
    total = Fraction(sheets.sum(axis=1).var(ddof=1)).limit_denominator(1000)
    by_hand = Fraction(3, 2) * (1 - sum(variances) / total)
    assert cronbach_alpha(covariances(sheets)) == pytest.approx(float(by_hand))


def test_alpha_of_items_that_agree_fully_is_one_and_of_unrelated_ones_zero():
    alike = np.array([[1, 1], [2, 2], [4, 4]])
    unrelated = np.array([[1, 1], [1, 2], [2, 1], [2, 2]])
    assert cronbach_alpha(covariances(alike)) == pytest.approx(1)
    assert cronbach_alpha(covariances(unrelated)) == pytest.approx(0)


def test_alpha_is_undefined_for_one_item_and_for_a_sum_that_never_moves():
    assert cronbach_alpha(np.array([[1.0]])) is None
    opposed = np.array([[1, 4], [4, 1], [2, 3]])
    assert cronbach_alpha(covariances(opposed)) is None


@given(
    st.lists(
        st.lists(st.integers(1, 4), min_size=3, max_size=3), min_size=3, max_size=20
    )
)
def test_order_of_items_and_sheets_and_another_scale_leave_alpha_alone(sheets):
    scores = np.array(sheets)
    alpha = cronbach_alpha(covariances(scores))
    if alpha is not None:
        assert cronbach_alpha(covariances(scores[::-1, [2, 0, 1]])) == pytest.approx(
            alpha
        )
        assert cronbach_alpha(covariances(7 * scores + 2)) == pytest.approx(alpha)
        assert alpha <= 1 + 1e-12


def test_omega_of_exact_loadings_is_found():
    loadings = np.array([0.9, 0.7, 0.6, 0.5])
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1)
    common = loadings.sum() ** 2
    expected = common / (common + (1 - loadings**2).sum())
    found = omega_total(matrix)
    assert found.value == pytest.approx(expected, abs=1e-6)
    assert not found.heywood


def test_an_item_without_variance_of_its_own_is_told():
    # Loadings sqrt(r12 r13 / r23) and so on: the first would be above 1.
    matrix = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    assert omega_total(matrix).heywood


def test_an_item_with_itself_in_the_sum_is_correlated_by_construction():
    pairs = np.array([[a, b] for a in (1, 2, 3, 4) for b in (1, 2, 3, 4)])
    assert item_with_rest(pairs, 0) == pytest.approx(0)
    assert item_with_total(pairs, 0) == pytest.approx(1 / np.sqrt(2))


def test_the_r_table_is_the_customary_one():
    # Printed tables of the correlation coefficient, 5 %, two-sided.
    table = {10: 0.632, 20: 0.444, 30: 0.361, 50: 0.279, 100: 0.197, 200: 0.139}
    assert {n: round(critical_r(n), 3) for n in table} == table


def test_an_interval_of_alpha_is_wider_with_fewer_sheets_and_holds_it():
    wide, narrow = feldt_limits(0.8, 15, 9, 0.95), feldt_limits(0.8, 300, 9, 0.95)
    assert wide.low < narrow.low < 0.8 < narrow.high < wide.high < 1


def test_blanks_leave_complete_sheets_and_pairs():
    scores = np.array([[4, 3, -1], [3, 3, 4], [2, -1, 1], [1, 1, 1]])
    assert complete_sheets(scores).tolist() == [[3, 3, 4], [1, 1, 1]]
    both = np.array([[4, 3], [3, 3], [1, 1]])
    assert covariances(scores)[0, 1] == pytest.approx(np.cov(both.T)[0, 1])
    assert correlations(scores)[0, 1] == pytest.approx(np.corrcoef(both.T)[0, 1])
    assert varied_items(np.array([[4, -1], [4, 3], [-1, 3]])).tolist() == [False, False]


def test_a_questionnaire_gets_its_rows_over_complete_sheets(city):
    rows = rows_of(city, VARIED)
    sheets = np.array([[int(c) for c in sheet] for sheet in VARIED[:-1]])
    assert rows["alpha", ""].value == cronbach_alpha(covariances(sheets))
    assert rows["alpha", ""].key == "instrument.3-4.alpha"
    assert rows["alpha", ""].method == "feldt"
    assert rows["alpha", ""].n == 13
    assert rows["n_items", ""].value == 3
    assert rows["omega", ""].value == omega_total(correlations(sheets)).value
    assert rows["r_table", ""].value == critical_r(13)
    assert rows["item_total", "biaya"].value == item_with_rest(sheets, 1)
    assert "valid" in rows["validity", "biaya"].flags
    assert "suppressed" in rows["validity", "biaya"].flags  # a verdict below n = 30
    assert rows["alpha", ""].flags == ("indicative",)


def test_a_free_service_leaves_its_fee_out_and_says_so(city):
    rows = rows_of(city, [sheet[0] + "4" + sheet[2] for sheet in VARIED])
    assert rows["alpha", ""].value is not None
    assert "constant_items" in rows["alpha", ""].flags
    assert rows["n_items", ""].value == 2
    assert rows["validity", "biaya"].value is None
    assert "no_variance" in rows["validity", "biaya"].flags
    assert "too_few_items" in rows["omega", ""].flags


def test_what_is_undefined_is_a_row_without_a_value(city):
    rows = rows_of(city, ["444"] * 40)
    for measure, item in [("alpha", ""), ("omega", ""), ("item_total", "biaya")]:
        assert rows[measure, item].value is None
        assert "no_variance" in rows[measure, item].flags
    few = rows_of(city, VARIED[:5])
    for measure, item in [("alpha", ""), ("omega", ""), ("validity", "perilaku")]:
        assert few[measure, item].value is None
        assert "too_few" in few[measure, item].flags


def test_a_correlation_that_rests_on_a_handful_of_sheets_is_flagged(city):
    rows = rows_of(city, ["444"] * 90 + ["344"] * 20 + ["333"] * 9)
    assert "few_different" in rows["validity", "biaya"].flags
    assert "few_different" not in rows["validity", "persyaratan"].flags


def test_only_the_independent_survey_is_asked_about_the_questionnaire(city):
    unit = city.unit("a")
    frame = city.frame(unit, VARIED, source="internal")
    surveyed = survey_unit(city.study([unit]), unit, frame, "internal")
    assert instrument_rows("2021", [surveyed], 0.95) == []


def test_alpha_of_a_unit_begins_at_thirty_complete_sheets(city):
    unit, at = city.unit("a"), Address("2021", "unit", "a")

    def alpha(sheets):
        frame = city.frame(unit, sheets)
        found = survey_unit(city.study([unit]), unit, frame, "external")
        return unit_alpha(at, found)[0]

    many, blank = alpha(VARIED[:10] * 3), alpha(VARIED[:10] * 3 + ["44."] * 5)
    assert many.value == blank.value
    assert (many.key, many.n, many.flags) == ("unit.a.alpha", 30, ())
    few = alpha(VARIED)
    assert few.value is None
    assert "too_few" in few.flags
