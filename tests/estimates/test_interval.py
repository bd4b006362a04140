from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from skm_analysis.estimates.change import p_value
from skm_analysis.estimates.index import index
from skm_analysis.estimates.interval import (
    Term,
    joined,
    known_where_bare,
    limits,
    mover,
    opposed,
    satterthwaite,
    total_se,
)
from skm_analysis.estimates.sample import MISSING, simple_sample
from skm_analysis.estimates.variance import Estimate, assess


def estimate(scores, population=None):
    scores = np.asarray(scores)
    k = scores.shape[1]
    sample = simple_sample(scores, population=population)
    linear = index(sample, [Fraction(1, k)] * k, Fraction(25))
    return assess(linear, sample, lowest=Fraction(25), highest=Fraction(100))


def all_four(n):
    return np.full((n, 9), 4)


sheets = st.integers(2, 60).flatmap(
    lambda n: arrays(np.int64, (n, 4), elements=st.sampled_from([1, 2, 3, 4, 4, 4]))
)
# Satisfaction as it is found: crowded at the top, nobody at the bottom.
crowded = st.integers(30, 80).flatmap(
    lambda n: arrays(np.int64, (n, 9), elements=st.sampled_from([3, 4, 4, 4, 4]))
)
levels = st.floats(0.05, 0.999)


@pytest.mark.parametrize(("n", "low"), [(15, 95.4), (40, 98.3)])
def test_all_alike_still_has_the_width_that_its_number_allows(n, low):
    """Figures of the study that the interval was chosen by."""
    found = limits(estimate(all_four(n)), 0.95)
    assert round(found.low, 1) == low
    assert found.high == 100


def test_one_lower_answer_among_fifteen_sheets():
    scores = all_four(15)
    scores[0, 0] = 3
    assert round(limits(estimate(scores), 0.95).low, 1) == 95.3


@given(sheets, levels)
def test_the_interval_lies_on_the_scale_around_the_value(scores, level):
    found = estimate(scores)
    low, high = limits(found, level)
    assert 25 <= low <= float(found.value) <= high <= 100


@given(sheets, levels, levels)
def test_a_higher_level_gives_a_wider_interval(scores, first, second):
    found = estimate(scores)
    inner, outer = sorted([first, second])
    assert limits(found, outer).low <= limits(found, inner).low + 1e-9
    assert limits(found, outer).high >= limits(found, inner).high - 1e-9


def change_of_lower_limit(scores, respondent, item):
    better = scores.copy()
    better[respondent, item] = 4
    return limits(estimate(better), 0.95).low - limits(estimate(scores), 0.95).low


@given(crowded, st.integers(0, 29), st.integers(0, 8))
@example(np.vstack([[[4] * 8 + [3]], np.full((29, 9), 3)]), 0, 8)  # the worst found
def test_the_lower_limit_does_not_fall_when_an_answer_improves(
    scores, respondent, item
):
    assert change_of_lower_limit(scores, respondent, item) > -0.1


@given(sheets, st.integers(0, 1), st.integers(0, 3))
def test_nor_in_any_sample_where_half_of_the_sheets_are_the_highest(
    scores, respondent, item
):
    ceiling = np.vstack([scores, np.full_like(scores, 4)])
    assert change_of_lower_limit(ceiling, respondent, item) > -0.1


@st.composite
def nearly_alike(draw):
    """Most sheets the same, some not: where an improved answer can widen most."""
    k = draw(st.sampled_from([1, 4, 9]))
    answers = st.lists(st.sampled_from([2, 3, 4, 4, 4, 4]), min_size=k, max_size=k)
    common = draw(answers)
    others = draw(st.lists(answers, max_size=6))
    n = draw(st.integers(15, 60))
    first = [*([4] * (k - 1)), draw(st.integers(1, 3))]
    return np.array([first, *others, *[common] * n])[:n]


@pytest.mark.parametrize(("least", "index_points"), [(15, 90), (20, 88.31), (30, 85)])
@given(nearly_alike())
def test_nor_near_the_ceiling_whatever_the_number_of_items(least, index_points, scores):
    """Lowering an answer never raises the lower limit by more than 0.1 point there."""
    better = scores.copy()
    better[0, -1] = 4
    assume(len(scores) >= least)
    assume(better.mean() * 25 >= index_points)
    assert change_of_lower_limit(scores, 0, scores.shape[1] - 1) > -0.1


@pytest.mark.parametrize(
    ("n", "items", "fall"), [(15, 9, 0.19), (10, 9, 0.34), (30, 4, 0.17)]
)
def test_far_from_the_ceiling_one_who_is_happier_than_all_can_lower_it(n, items, fall):
    """The page says so: everybody answers 3, and one goes from all but one 4 to all."""
    scores = np.full((n, items), 3)
    scores[0, :-1] = 4
    assert round(-change_of_lower_limit(scores, 0, items - 1), 2) == fall


@given(sheets)
def test_a_mirrored_scale_mirrors_the_interval(scores):
    low, high = limits(estimate(scores), 0.95)
    mirrored = limits(estimate(5 - scores), 0.95)
    assert mirrored.low == pytest.approx(125 - high, abs=1e-6)
    assert mirrored.high == pytest.approx(125 - low, abs=1e-6)


@given(sheets)
def test_a_census_is_its_value(scores):
    found = estimate(scores, population=len(scores))
    assert limits(found, 0.95) == pytest.approx((float(found.value),) * 2)


def test_all_at_the_bottom_mirrors_all_at_the_top():
    low, high = limits(estimate(np.full((15, 9), 1)), 0.95)
    assert low == 25
    assert round(high, 1) == round(125 - 95.38826, 1)


def test_one_respondent_has_no_interval():
    found = estimate([[4, 3]])
    assert found.se is None
    assert limits(found, 0.95) is None


def test_two_respondents_who_contradict_each_other_leave_the_whole_scale():
    assert limits(estimate([[1, 1], [4, 4]]), 0.95) == (25, 100)


def test_respondents_who_answer_less_enter_less():
    scores = all_four(20)
    scores[10:, :] = MISSING
    assert limits(estimate(scores), 0.95).low < limits(estimate(all_four(20)), 0.95).low


@given(sheets, sheets)
def test_a_difference_turned_round_turns_its_interval_round(first, second):
    one, other = estimate(first), estimate(second)
    there = mover([Term(Fraction(1), one), Term(Fraction(-1), other)], 0.95)
    back = mover([Term(Fraction(-1), one), Term(Fraction(1), other)], 0.95)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


@given(sheets)
def test_the_sum_of_one_estimate_has_its_own_interval(scores):
    found = estimate(scores)
    assert mover([Term(Fraction(1), found)], 0.95) == pytest.approx(limits(found, 0.95))


@given(sheets, sheets)
def test_p_below_five_per_cent_means_that_the_interval_excludes_zero(first, second):
    terms = [Term(Fraction(1), estimate(first)), Term(Fraction(-1), estimate(second))]
    p, found = p_value(terms), mover(terms, 0.95)
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == (found.low > 0 or found.high < 0)


def test_a_survey_against_itself_has_p_one():
    found = estimate(all_four(20))
    assert p_value([Term(Fraction(1), found), Term(Fraction(-1), found)]) == 1


def test_two_censuses_that_differ_have_p_zero():
    one, other = estimate(all_four(5), 5), estimate(all_four(5) - 1, 5)
    assert p_value([Term(Fraction(1), one), Term(Fraction(-1), other)]) == 0


def test_a_difference_from_a_single_respondent_has_no_interval_and_no_p():
    terms = [
        Term(Fraction(1), estimate(all_four(20))),
        Term(Fraction(-1), estimate([[4, 3]])),
    ]
    assert mover(terms, 0.95) is None
    assert p_value(terms) is None
    assert total_se(terms) is None


def test_in_a_sum_of_many_a_single_respondent_adds_no_width():
    half = Fraction(1, 2)
    terms = known_where_bare(
        [Term(half, estimate([[3] * 9, [4] * 9])), Term(half, estimate([[4, 3]]))]
    )
    assert total_se(terms) == terms[0].estimate.se / 2
    assert satterthwaite(terms) == pytest.approx(1)
    assert mover(terms, 0.95) is not None
    bare = [terms[1]._replace(estimate=estimate([[4, 3]]))]
    assert mover(known_where_bare(bare), 0.95) is None


def test_satterthwaite_of_equal_parts_adds_their_df():
    found = estimate([[3, 4], [4, 4], [2, 3], [4, 3]])
    terms = [Term(Fraction(1, 2), replace(found, df=6))] * 2
    assert satterthwaite(terms) == pytest.approx(12)


def a_unit(value, se, n, u):
    return Estimate(
        value=Fraction(value),
        lowest=25.0,
        highest=100.0,
        se=se,
        df=n - 1,
        concentration=1 / n,
        sampled=u,
        n=n,
        lonely=False,
    )


@given(sheets, levels)
def test_a_city_of_one_unit_has_the_units_own_limits(scores, level):
    found = estimate(scores, 100)
    city = joined([Term(Fraction(1), found)])
    assert limits(city, level) == limits(found, level)


def test_a_mean_of_two_units_has_the_limits_worked_out_by_hand():
    """A third of 90 and two thirds of 96: value 94 is 6 of 75 below the top.

    se² = (1.5 ÷ 3)² + (2 · 1 ÷ 3)² = 25/36; A = 1/9 ÷ 20 + 4/9 ÷ 10 = 1/20, of which
    1/180 + 4/90 ÷ 2 = 1/36 is not finished: u = 5/9.
    """
    first, second = a_unit(90, 1.5, 20, 1.0), a_unit(96, 1.0, 10, 0.5)
    city = joined([Term(Fraction(1, 3), first), Term(Fraction(2, 3), second)])
    df = (25 / 36) ** 2 / (0.25**2 / 19 + (4 / 9) ** 2 / 9)
    v = (5 / 6 / 75 * special.stdtrit(df, 0.975) / special.ndtri(0.975)) ** 2
    ends = []
    for tail, a in ((0.975, 0.92 / 80), (0.025, -0.08 / 80)):
        mean, variance = 0.08 + 5 / 9 * a, v + 5 / 9 * a**2
        k = mean * (1 - mean) / variance - 1
        gap = special.betaincinv(mean * k, (1 - mean) * k, tail)
        ends.append(100 - 75 * gap)
    assert (city.value, city.n) == (94, 30)
    assert limits(city, 0.95) == pytest.approx(ends, abs=1e-9)


def test_a_city_in_which_everybody_answered_has_no_width():
    units = [estimate(all_four(5) - each, 5) for each in (0, 1)]
    city = joined([Term(Fraction(1, 2), each) for each in units])
    assert limits(city, 0.95) == pytest.approx((87.5, 87.5))


def test_units_all_alike_still_have_the_width_that_their_number_allows():
    """Thirty units of 15 are as sure as one unit of 450."""
    unit = estimate(all_four(15))
    city = joined([Term(Fraction(1, 30), unit)] * 30)
    assert limits(city, 0.95) == pytest.approx(limits(estimate(all_four(450)), 0.95))


@given(sheets, sheets, st.fractions(0, 1), levels)
def test_the_limits_of_a_mean_hold_it_and_stay_on_the_scale(first, second, c, level):
    units = estimate(first), estimate(second)
    low, high = limits(
        joined([Term(f, u) for f, u in zip((c, 1 - c), units, strict=True)]), level
    )
    value = float(c * units[0].value + (1 - c) * units[1].value)
    assert 25 <= low <= value <= high <= 100


@pytest.mark.parametrize("factors", [(1, 1), (2, -1)])
def test_only_a_mean_can_be_joined(factors):
    unit = estimate(all_four(9))
    with pytest.raises(ValueError, match="mean"):
        joined([Term(Fraction(each), unit) for each in factors])


def test_units_on_two_scales_are_not_joined():
    half, unit = Fraction(1, 2), estimate(all_four(9))
    terms = [Term(half, unit), Term(half, replace(unit, lowest=20.0))]
    with pytest.raises(ValueError, match="scale"):
        joined(terms)
    assert opposed(terms) == terms


@given(sheets, sheets, sheets)
def test_a_change_of_a_city_is_that_of_its_two_means(first, second, third):
    half, units = Fraction(1, 2), [estimate(each) for each in (first, second, third)]
    terms = [Term(half, units[0]), Term(-1 * half, units[2]), Term(half, units[1])]
    now = joined([Term(half, each) for each in units[:2]])
    sides = opposed(terms)
    assert sides == [Term(Fraction(1), now), Term(-half, units[2])]
    assert satterthwaite(sides) == pytest.approx(satterthwaite(terms))
    assert total_se(sides) == pytest.approx(total_se(terms))
