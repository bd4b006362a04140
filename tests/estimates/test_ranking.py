"""Ranks with simultaneous intervals, against Holm's rule written out."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.change import p_value
from skm_analysis.estimates.interval import Term
from skm_analysis.estimates.ranking import (
    alike_groups,
    holm_rejections,
    places,
    shown_ranks,
    surely_better,
)
from skm_analysis.estimates.variance import Estimate

values = st.lists(
    st.tuples(st.integers(2500, 10000), st.floats(0, 6), st.integers(15, 400)),
    min_size=2,
    max_size=6,
)


def estimate(value, se, n=100, sampled=1.0):
    return Estimate(
        value=Fraction(value),
        lowest=25.0,
        highest=100.0,
        se=se,
        df=n - 1,
        concentration=1 / n,
        sampled=sampled,
        n=n,
        lonely=False,
    )


def stepped_down(p_values, alpha):
    """Holm's rule: from the smallest p on, stop at the first that fails."""
    rejected, left = set(), len(p_values)
    for place in sorted(range(len(p_values)), key=lambda each: p_values[each]):
        if p_values[place] > alpha / left:
            break
        rejected.add(place)
        left -= 1
    return rejected


@given(st.lists(st.sampled_from([0, 0.001, 0.01, 0.012, 0.02, 0.04, 0.3]), max_size=9))
def test_rejecting_level_by_level_is_holms_step_down_rule(found):
    p_values = np.array(found)
    told = holm_rejections(lambda level: p_values < 1 - level, len(found), 0.95)
    assert set(np.flatnonzero(told)) == stepped_down(found, 0.05)


@given(values)
def test_pairs_are_told_apart_as_by_their_p_values(drawn):
    estimates = [estimate(Fraction(v, 100), se, n) for v, se, n in drawn]
    better = surely_better(estimates, 0.95)
    pairs = list(combinations(range(len(estimates)), 2))
    p_values = [
        p_value([Term(Fraction(1), estimates[a]), Term(Fraction(-1), estimates[b])])
        for a, b in pairs
    ]
    found = {
        frozenset(pair) for pair in pairs if better[pair] or better[pair[1], pair[0]]
    }
    # The bisection behind a p-value stops at 1e-10.
    strict = {frozenset(pairs[x]) for x in stepped_down(p_values, 0.05 - 1e-8)}
    loose = {frozenset(pairs[x]) for x in stepped_down(p_values, 0.05 + 1e-8)}
    assert strict <= found <= loose


@given(values)
def test_a_rank_lies_within_the_ranks_that_it_may_be(drawn):
    estimates = [estimate(Fraction(v, 100), se, n) for v, se, n in drawn]
    better = surely_better(estimates, 0.95)
    found = places([each.value for each in estimates], better)
    assert all(1 <= each.low <= each.rank <= each.high <= len(found) for each in found)


@given(values)
def test_every_group_is_of_neighbours_who_cannot_be_told_apart(drawn):
    estimates = [estimate(Fraction(v, 100), se, n) for v, se, n in drawn]
    given_values = [each.value for each in estimates]
    better = surely_better(estimates, 0.95)
    order = sorted(range(len(drawn)), key=lambda place: (-given_values[place], place))
    runs = {
        tuple(order[start:stop])
        for start in range(len(order))
        for stop in range(start + 1, len(order) + 1)
        if not any(better[a, b] for a, b in combinations(order[start:stop], 2))
    }
    longest = {run for run in runs if not any(set(run) < set(each) for each in runs)}
    assert set(alike_groups(given_values, better)) == longest


def test_censuses_are_ranked_with_certainty():
    estimates = [estimate(v, 0.0, sampled=0.0) for v in (80, 95, 90)]
    better = surely_better(estimates, 0.95)
    found = places([each.value for each in estimates], better)
    assert [(each.rank, each.low, each.high) for each in found] == [
        (3, 3, 3),
        (1, 1, 1),
        (2, 2, 2),
    ]


def test_values_shown_alike_share_a_rank_even_where_both_are_known():
    values = [Fraction("90.001"), Fraction("90.002"), Fraction(80)]
    estimates = [estimate(v, 0.0, sampled=0.0) for v in values]
    found = places(values, surely_better(estimates, 0.95))
    assert [each.rank for each in found] == [1, 1, 3]
    assert [(each.low, each.high) for each in found] == [(1, 2), (1, 2), (3, 3)]


def test_one_respondent_cannot_be_told_from_anybody():
    alone = estimate(30, None, n=1)
    better = surely_better([alone, estimate(90, 0.5), estimate(40, 0.5)], 0.95)
    assert np.argwhere(better).tolist() == [[1, 2]]


def test_the_more_units_the_less_is_sure():
    # The p of one pair is about 0.02: told apart alone, but not among three.
    two = [estimate(80, 2.0), estimate(73, 2.0)]
    assert surely_better(two, 0.95)[0, 1]
    assert not surely_better([*two, estimate(77, 2.0)], 0.95).any()


def test_ties_as_shown_share_the_better_rank():
    given_values = {"a": Fraction("3.449"), "b": Fraction("3.451"), "c": Fraction(4)}
    assert shown_ranks(given_values) == {"a": 2, "b": 2, "c": 1}


def test_a_pair_that_is_told_apart_ends_a_group():
    better = np.zeros((4, 4), dtype=bool)
    better[0, 2] = better[0, 3] = True
    ordered = [Fraction(each) for each in (95, 94, 93, 92)]
    assert alike_groups(ordered, better) == [(0, 1), (1, 2, 3)]


@pytest.mark.parametrize("count", [0, 1])
def test_with_nobody_to_compare_with_there_is_nothing_to_tell(count):
    estimates = [estimate(80, 1.0)] * count
    assert surely_better(estimates, 0.95).shape == (count, count)
    assert not surely_better(estimates, 0.95).any()
