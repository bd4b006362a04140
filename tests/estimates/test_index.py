"""What must hold for every survey, whatever its answers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from skm_analysis.estimates.index import answer_share, index, item_mean
from skm_analysis.estimates.sample import MISSING, simple_sample, stratified_sample
from skm_analysis.estimates.variance import standard_error

ITEMS = 5
WEIGHTS = [Fraction(tenths, 10) for tenths in (1, 3, 2, 2, 2)]
FACTOR = Fraction(25)
RULES = ["ratio", "complete", "person"]


def answers(choices):
    return st.integers(2, 40).flatmap(
        lambda n: arrays(np.int64, (n, ITEMS), elements=st.sampled_from(choices))
    )


complete = answers([1, 2, 3, 4])
with_blanks = answers([1, 2, 3, 4, MISSING])
rules = st.sampled_from(RULES)


def ikm(scores, rule="ratio", population=None):
    return index(
        simple_sample(scores, population=population), WEIGHTS, FACTOR, rule=rule
    )


@given(with_blanks, rules)
def test_the_index_lies_on_its_scale(scores, rule):
    found = ikm(scores, rule)
    if found is not None:
        assert 25 <= found.value <= 100


@given(with_blanks, rules)
def test_shares_sum_to_one_and_influences_to_zero(scores, rule):
    found = ikm(scores, rule)
    if found is not None:
        assert found.share.sum() == pytest.approx(1)
        assert found.influence.sum() == pytest.approx(0, abs=1e-9)


@given(with_blanks, rules, st.randoms(use_true_random=False))
def test_the_order_of_respondents_is_irrelevant(scores, rule, random):
    order = random.sample(range(len(scores)), len(scores))
    found, shuffled = ikm(scores, rule), ikm(scores[order], rule)
    assert (found is None) == (shuffled is None)
    if found is not None:
        assert found.value == shuffled.value


@given(with_blanks, rules)
def test_every_respondent_twice_leaves_the_index_alone(scores, rule):
    found, twice = ikm(scores, rule), ikm(np.vstack([scores, scores]), rule)
    assert (found is None) == (twice is None)
    if found is not None:
        assert found.value == twice.value


@given(with_blanks, rules, st.integers(0, ITEMS - 1))
def test_a_better_answer_never_lowers_the_index(scores, rule, item):
    better = scores.copy()
    better[0, item] = 4 if scores[0, item] != MISSING else MISSING
    found = ikm(scores, rule)
    if found is not None:
        assert ikm(better, rule).value >= found.value


@given(complete)
def test_without_blanks_the_three_rules_agree(scores):
    values = {ikm(scores, rule).value for rule in RULES}
    assert len(values) == 1


@given(with_blanks)
def test_a_doubled_scale_gives_the_same_index(scores):
    doubled = np.where(scores == MISSING, MISSING, 2 * scores)
    found = ikm(scores)
    if found is not None:
        other = index(simple_sample(doubled), WEIGHTS, Fraction(100, 8))
        assert other.value == found.value


@given(complete)
def test_a_census_has_no_sampling_error(scores):
    sample = simple_sample(scores, population=len(scores))
    assert standard_error(index(sample, WEIGHTS, FACTOR), sample) == 0


@given(complete)
def test_more_respondents_than_people_leave_the_standard_error_uncorrected(scores):
    crowded = simple_sample(scores, population=len(scores) - 1)
    infinite = simple_sample(scores)
    assert standard_error(index(crowded, WEIGHTS, FACTOR), crowded) == standard_error(
        index(infinite, WEIGHTS, FACTOR), infinite
    )


@given(complete, st.integers(1, 50))
def test_a_unit_split_into_strata_of_equal_rate_keeps_its_index(scores, rate):
    n = len(scores)
    strata = ["first"] * (n // 2) + ["second"] * (n - n // 2)
    sample = stratified_sample(
        scores,
        strata=strata,
        populations={"first": n // 2 * rate, "second": (n - n // 2) * rate},
    )
    assert index(sample, WEIGHTS, FACTOR).value == ikm(scores).value


def test_strata_weigh_by_their_population():
    sample = stratified_sample(
        np.array([[4], [2], [2]]),
        strata=["few", "many", "many"],
        populations={"few": 1, "many": 9, "nobody": 5},
    )
    assert index(sample, [Fraction(1)], FACTOR).value == 25 * Fraction(
        4 * 1 + 2 * 9, 10
    )


def test_a_stratum_without_a_population_is_refused():
    with pytest.raises(ValueError, match="strata must be of"):
        stratified_sample(np.array([[4]]), strata=["north"], populations={"south": 3})


def test_a_blank_counts_for_no_item_but_its_own():
    scores = np.array([[4, 4], [2, MISSING]])
    halves = [Fraction(1, 2)] * 2
    found = {
        rule: index(simple_sample(scores), halves, FACTOR, rule=rule).value
        for rule in RULES
    }
    assert found == {
        "ratio": 25 * Fraction(3 + 4, 2),
        "complete": 100,
        "person": 25 * Fraction(4 + 2, 2),
    }


def test_an_item_that_nobody_answered_leaves_no_index_but_the_persons():
    sample = simple_sample(np.array([[4, MISSING], [2, MISSING]]))
    halves = [Fraction(1, 2)] * 2
    assert item_mean(sample, 1) is None
    assert index(sample, halves, FACTOR) is None
    assert index(sample, halves, FACTOR, rule="complete") is None
    assert index(sample, halves, FACTOR, rule="person").value == 75


@given(with_blanks)
def test_the_shares_of_an_items_answers_sum_to_one(scores):
    sample = simple_sample(scores)
    shares = [answer_share(sample, 0, score) for score in (1, 2, 3, 4)]
    if shares[0] is not None:
        assert sum(share.value for share in shares) == 1


def test_one_ninth_written_as_0_11_costs_a_perfect_unit_one_point():
    sample = simple_sample(np.full((3, 9), 4))
    assert index(sample, [Fraction("0.11")] * 9, FACTOR).value == 99
    assert index(sample, [Fraction(1, 9)] * 9, FACTOR).value == 100


def test_a_lonely_respondent_is_held_against_the_whole_sample():
    """By hand: nrr 3; influences 2(y - 3)/6 are 1/3 alone, -1/3 and 0 together."""
    sample = stratified_sample(
        np.array([[4], [2], [3]]),
        strata=["alone", "two", "two"],
        populations={"alone": 2, "two": 4},
        corrected=False,
    )
    linear = item_mean(sample, 0)
    assert linear.value == 3
    pair = 2 / 1 * 2 * (1 / 6) ** 2
    assert standard_error(linear, sample) ** 2 == pytest.approx(pair + (1 / 3) ** 2)
    assert standard_error(linear, sample, lonely="remove") ** 2 == pytest.approx(pair)
