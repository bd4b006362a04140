"""What must hold of errors, limits, differences and letters, whatever the answers.

Properties of the values alone are in `test_index.py`, those of one interval in
`test_interval.py`; here stand those that tie several parts of the method together.
"""

from dataclasses import replace
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from skm_analysis.estimates.change import difference, holm, p_value
from skm_analysis.estimates.city import mean_of_units, pooled, population_weighted
from skm_analysis.estimates.distribution import answer_counts
from skm_analysis.estimates.grade_certainty import (
    grade_probabilities,
    probability_at_least,
    rounded_bound,
)
from skm_analysis.estimates.grading import find_grade
from skm_analysis.estimates.index import answer_share, index, item_mean
from skm_analysis.estimates.interval import (
    joined,
    limits,
    mover,
    total,
    total_se,
)
from skm_analysis.estimates.ranking import places, surely_better
from skm_analysis.estimates.reliability import (
    covariances,
    cronbach_alpha,
    item_with_rest,
    omega_total,
)
from skm_analysis.estimates.sample import (
    MISSING,
    clustered_sample,
    simple_sample,
    stratified_sample,
)
from skm_analysis.estimates.variance import assess, standard_error
from skm_analysis.study.regulation import BANDS

ITEMS = 4
FACTOR = Fraction(25)
WEIGHTS = [Fraction(tenths, 10) for tenths in (1, 4, 3, 2)]
EQUAL = [Fraction(1, ITEMS)] * ITEMS
RULES = ["ratio", "complete", "person"]
BANDS_2017 = BANDS["permenpanrb-14-2017"]


def answers(choices, least=2, most=40):
    return st.integers(least, most).flatmap(
        lambda n: arrays(np.int64, (n, ITEMS), elements=st.sampled_from(choices))
    )


complete = answers([1, 2, 3, 4])
with_blanks = answers([1, 2, 3, 4, 4, MISSING])
rules = st.sampled_from(RULES)
designs = st.sampled_from(["plain", "finite", "strata", "clusters"])


def drawn(scores, design):
    """The sheets under a design that depends on their number alone."""
    n = len(scores)
    if design == "strata":
        names = ["few"] * (n // 2) + ["many"] * (n - n // 2)
        people = {"few": n, "many": 5 * n}
        return stratified_sample(scores, strata=names, populations=people)
    sample = simple_sample(scores, population=3 * n if design == "finite" else None)
    if design == "clusters":
        return clustered_sample(sample, [str(place % 9) for place in range(n)], 0.05)
    return sample


def estimate(sample, rule="ratio", weights=WEIGHTS):
    linear = index(sample, weights, FACTOR, rule=rule)
    if linear is None:
        return None
    return assess(linear, sample, lowest=Fraction(25), highest=Fraction(100))


def close(value, tolerance=1e-9):
    return pytest.approx(value, rel=tolerance, abs=tolerance)


def alike(one, other):
    """The same value to the last digit, and all that the interval is made from."""
    assert one.value == other.value
    assert one.se == close(other.se)
    assert one.concentration == close(other.concentration)
    assert one.sampled == close(other.sampled)
    assert (one.df, one.n, one.lonely) == (other.df, other.n, other.lonely)


@given(with_blanks, rules, designs)
def test_whatever_the_design_value_and_limits_lie_on_the_scale(scores, rule, design):
    found = estimate(drawn(scores, design), rule)
    assume(found is not None)
    assert 25 <= found.value <= 100
    own = limits(found, 0.95)
    if own is not None:
        assert 25 <= own.low <= found.value <= own.high <= 100
        assert found.se >= 0


@given(with_blanks, rules, designs, st.randoms(use_true_random=False))
def test_the_order_of_the_items_is_irrelevant(scores, rule, design, random):
    order = random.sample(range(ITEMS), ITEMS)
    found = estimate(drawn(scores, design), rule)
    turned = estimate(
        drawn(scores[:, order], design), rule, [WEIGHTS[place] for place in order]
    )
    assert (found is None) == (turned is None)
    if found is not None and found.se is not None:
        alike(found, turned)


@given(with_blanks, rules, st.randoms(use_true_random=False))
def test_the_order_of_respondents_leaves_no_trace_in_the_error(scores, rule, random):
    order = random.sample(range(len(scores)), len(scores))
    found, shuffled = (
        estimate(simple_sample(each), rule) for each in (scores, scores[order])
    )
    assume(found is not None and found.se is not None)
    alike(found, shuffled)


@given(with_blanks, rules, designs, st.integers(0, ITEMS - 1), st.integers(1, 3))
def test_a_better_answer_never_lowers_the_index(scores, rule, design, item, step):
    better = scores.copy()
    if scores[0, item] != MISSING:
        better[0, item] = min(4, scores[0, item] + step)
    found = estimate(drawn(scores, design), rule)
    assume(found is not None)
    assert estimate(drawn(better, design), rule).value >= found.value


@given(with_blanks, st.integers(1, 5), rules)
def test_the_sheets_several_times_over_shrink_the_error_as_their_number_says(
    scores, more, rule
):
    """Sums of squares grow m-fold, weights shrink m-fold: se² (n-1)/(mn-1)."""
    n, times = len(scores), more + 1
    found = estimate(simple_sample(scores), rule)
    again = estimate(simple_sample(np.vstack([scores] * times)), rule)
    assume(found is not None and found.se is not None)
    assert again.value == found.value
    assert again.se == close(found.se * sqrt((n - 1) / (times * n - 1)))
    assert again.concentration == close(found.concentration / times)


@given(complete, complete)
def test_a_unit_split_in_two_is_the_weighted_mean_of_its_halves(first, second):
    whole = estimate(simple_sample(np.vstack([first, second])))
    halves = [estimate(simple_sample(each)) for each in (first, second)]
    assert total(pooled(halves)) == whole.value


@given(complete, complete)
def test_halves_of_known_size_add_up_to_the_stratified_unit(first, second):
    """Strata and a population-weighted city are two ways to the same sum."""
    people = (3 * len(first), 7 * len(second))
    names = ["first"] * len(first) + ["second"] * len(second)
    strata = stratified_sample(
        np.vstack([first, second]),
        strata=names,
        populations=dict(zip(["first", "second"], people, strict=True)),
    )
    halves = [
        estimate(simple_sample(each, population=population))
        for each, population in zip((first, second), people, strict=True)
    ]
    terms = population_weighted(halves, people)
    found = estimate(strata)
    assert total(terms) == found.value
    assert total_se(terms) == close(found.se)
    city = joined(terms)
    assert city.concentration == close(found.concentration)
    assert city.sampled == close(found.sampled)


@given(complete, complete)
def test_units_joined_are_the_strata_of_one_sample(first, second):
    """All but df, which Satterthwaite's rule gives for units of their own spread."""
    people = (3 * len(first), 7 * len(second))
    names = ["first"] * len(first) + ["second"] * len(second)
    strata = estimate(
        stratified_sample(
            np.vstack([first, second]),
            strata=names,
            populations=dict(zip(["first", "second"], people, strict=True)),
        )
    )
    halves = [
        estimate(simple_sample(each, population=population))
        for each, population in zip((first, second), people, strict=True)
    ]
    found = joined(population_weighted(halves, people))
    alike(replace(found, df=strata.df), strata)


@given(complete, st.integers(1, 6))
def test_a_city_of_identical_units_has_their_index_and_a_smaller_error(scores, units):
    own = estimate(simple_sample(scores))
    same = [own] * units
    for terms in (
        mean_of_units(same),
        pooled(same),
        population_weighted(same, [500] * units),
    ):
        assert total(terms) == own.value
        assert total_se(terms) == close(own.se / sqrt(units))


@given(with_blanks, rules)
def test_an_empty_sheet_changes_nothing_but_the_number_of_sheets(scores, rule):
    padded = np.vstack([scores, np.full((1, ITEMS), MISSING)])
    found, other = (estimate(simple_sample(each), rule) for each in (scores, padded))
    assert (found is None) == (other is None)
    if found is not None:
        assert other.value == found.value
        assert other.n == found.n
        assert other.concentration == close(found.concentration)


@given(complete, designs)
def test_without_blanks_the_three_rules_agree_in_value_and_error(scores, design):
    found = [estimate(drawn(scores, design), rule) for rule in RULES]
    alike(found[0], found[1])
    alike(found[0], found[2])


@given(with_blanks)
def test_equal_weights_however_they_are_written_give_one_index(scores):
    for written in (
        [Fraction(25, 100)] * ITEMS,
        [Fraction("0.25")] * ITEMS,
        [Fraction(7, 28), Fraction(1, 4), Fraction(0.25), Fraction(250, 1000)],
    ):
        one = index(simple_sample(scores), written, FACTOR)
        other = index(simple_sample(scores), EQUAL, FACTOR)
        assert (one is None) == (other is None)
        if one is not None:
            assert one.value == other.value
            assert one.influence.tolist() == other.influence.tolist()


@given(with_blanks)
def test_an_item_without_weight_moves_nothing(scores):
    weights = [Fraction(1, 2), Fraction(0), Fraction(1, 4), Fraction(1, 4)]
    other = scores.copy()
    other[:, 1] = np.where(scores[:, 1] == MISSING, MISSING, 5 - scores[:, 1])
    one = estimate(simple_sample(scores), "ratio", weights)
    two = estimate(simple_sample(other), "ratio", weights)
    assert (one is None) == (two is None)
    if one is not None and one.se is not None:
        alike(one, two)


@given(complete)
def test_the_error_is_that_of_the_respondents_own_indices(scores):
    """Without blanks and strata: the sample standard deviation over the root of n."""
    own = 25 * (scores @ np.array([0.1, 0.4, 0.3, 0.2]))
    found = estimate(simple_sample(scores))
    assert found.se == close(own.std(ddof=1) / sqrt(len(own)))


@given(complete, st.integers(0, 200))
def test_the_finite_correction_is_the_root_of_the_share_not_asked(scores, more):
    n = len(scores)
    without = estimate(simple_sample(scores))
    within = estimate(simple_sample(scores, population=n + more))
    assert within.se == close(without.se * sqrt(more / (n + more)))
    wide, narrow = limits(without, 0.95), limits(within, 0.95)
    assert narrow.low >= wide.low - 1e-9
    assert narrow.high <= wide.high + 1e-9


@given(with_blanks, rules)
def test_a_census_is_its_own_interval_blanks_or_not(scores, rule):
    found = estimate(simple_sample(scores, population=len(scores)), rule)
    assume(found is not None and found.se is not None)
    assert found.se == 0
    assert limits(found, 0.95) == pytest.approx((float(found.value),) * 2, abs=1e-9)


@given(complete, st.integers(0, 3))
def test_strata_hold_no_spread_between_them(scores, shift):
    """Moving one stratum as a whole moves the index and leaves the error alone."""
    low = np.minimum(scores, 4 - shift)
    n = len(scores)
    names = ["moved"] * n + ["still"] * n
    people = {"moved": 4 * n, "still": 9 * n}

    def of(moved):
        both = np.vstack([moved, scores])
        return estimate(stratified_sample(both, strata=names, populations=people))

    moved = of(low + shift)
    assert moved.se == close(of(low).se)
    assert moved.value == of(low).value + 25 * shift * Fraction(4, 13)


@given(complete, st.integers(2, 5))
def test_clusters_of_identical_sheets_count_as_one_each(scores, times):
    """Asking everybody m times adds nothing, once the m sheets are one cluster."""
    assume(len(scores) >= 9)
    n = len(scores)
    sample = simple_sample(np.vstack([scores] * times))
    clusters = clustered_sample(
        sample, [str(place % n) for place in range(n * times)], 1
    )
    found, single = estimate(clusters), estimate(simple_sample(scores))
    assert found.value == single.value
    assert found.se == close(single.se)
    assert found.df == single.df


@given(complete, complete)
def test_a_change_turned_round_turns_value_limits_and_nothing_else(first, second):
    one, other = (estimate(simple_sample(each)) for each in (first, second))
    there, back = difference(one, other), difference(other, one)
    assert total(there) == one.value - other.value == -total(back)
    assert total_se(there) == close(total_se(back))
    assert p_value(there) == close(p_value(back), 1e-6)
    low, high = mover(there, 0.95)
    assert mover(back, 0.95) == pytest.approx((-high, -low), abs=1e-9)
    assert low <= float(total(there)) <= high


@given(complete, complete, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_p_and_interval_tell_the_same_at_every_level(first, second, level):
    terms = difference(*(estimate(simple_sample(each)) for each in (first, second)))
    p, (low, high) = p_value(terms), mover(terms, level)
    if abs(p - (1 - level)) > 1e-6:
        assert (p < 1 - level) == (low > 0 or high < 0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_is_raw_for_one_and_at_most_as_hard_as_bonferroni(p_values):
    many = len(p_values)
    adjusted = holm(dict(enumerate(p_values)))
    for name, p in enumerate(p_values):
        assert p <= adjusted[name] <= min(1, many * p) + 1e-12
    least = min(p_values)
    assert adjusted[p_values.index(least)] == close(min(1, many * least))


@given(with_blanks, st.integers(0, ITEMS - 1), designs)
def test_the_answers_of_an_item_are_shared_out_and_give_its_mean(scores, item, design):
    sample = drawn(scores, design)
    mean = item_mean(sample, item)
    assume(mean is not None)
    shares = {score: answer_share(sample, item, score).value for score in (1, 2, 3, 4)}
    assert sum(shares.values()) == 1
    assert sum(score * share for score, share in shares.items()) == mean.value
    counts = answer_counts(scores[:, item], (1, 4))
    assert sum(counts.values()) == np.count_nonzero(scores[:, item] != MISSING)


@given(with_blanks, designs)
def test_the_index_is_the_weighted_sum_of_its_items(scores, design):
    sample = drawn(scores, design)
    found = estimate(sample)
    assume(found is not None)
    means = [item_mean(sample, item).value for item in range(ITEMS)]
    assert found.value == FACTOR * sum(
        weight * mean for weight, mean in zip(WEIGHTS, means, strict=True)
    )


@given(with_blanks, rules, designs)
def test_the_letters_share_out_certainty(scores, rule, design):
    found = estimate(drawn(scores, design), rule)
    assume(found is not None and found.se is not None and found.df >= 1)
    at_least = {
        band.grade: probability_at_least(found, rounded_bound(band), 0.95)
        for band in BANDS_2017
    }
    assert all(0 <= each <= 1 for each in at_least.values())
    assert sorted(at_least.values()) == list(at_least.values())
    shares = grade_probabilities(BANDS_2017, at_least)
    assert list(shares) == ["A", "B", "C", "D"]
    assert sum(shares.values()) == close(1)
    assert all(share >= 0 for share in shares.values())


@given(with_blanks, rules)
def test_a_census_is_sure_of_its_letter(scores, rule):
    found = estimate(simple_sample(scores, population=len(scores)), rule)
    assume(found is not None and found.se is not None)
    at_least = {
        band.grade: probability_at_least(found, rounded_bound(band), 0.95)
        for band in BANDS_2017
    }
    shares = grade_probabilities(BANDS_2017, at_least)
    assert shares[find_grade(found.value, BANDS_2017).grade] == 1


@given(st.lists(complete, min_size=1, max_size=6))
def test_ranks_are_places_within_what_is_sure_of_them(units):
    found = [estimate(simple_sample(each)) for each in units]
    values = [each.value for each in found]
    ranked = places(values, surely_better(found, 0.95))
    k = len(units)
    for place in ranked:
        assert 1 <= place.low <= place.rank <= place.high <= k
    assert min(place.rank for place in ranked) == 1
    if len({round(float(value), 1) for value in values}) == k:
        assert sorted(place.rank for place in ranked) == list(range(1, k + 1))


@given(answers([1, 2, 3, 4], least=3), st.randoms(use_true_random=False))
def test_alpha_and_omega_do_not_hang_on_the_order_of_items_or_sheets(scores, random):
    columns = random.sample(range(ITEMS), ITEMS)
    rows = random.sample(range(len(scores)), len(scores))
    turned = scores[rows][:, columns]
    alpha = cronbach_alpha(covariances(scores))
    again = cronbach_alpha(covariances(turned))
    assert (alpha is None) == (again is None)
    if alpha is not None:
        assert again == close(alpha)
        assert alpha <= 1 + 1e-12
    rest = [item_with_rest(scores, item) for item in columns]
    for place, r in enumerate(rest):
        other = item_with_rest(turned, place)
        assert (r is None) == (other is None)
        if r is not None:
            assert other == close(r)


def test_alpha_of_items_that_are_copies_is_one_and_of_two_items_as_by_hand():
    column = np.array([1, 2, 4, 3, 3, 4])
    assert cronbach_alpha(covariances(np.column_stack([column] * 3))) == close(1)
    # Covariance 0.5, variances 1 and 1: 2/1 · (1 - 2/3).
    assert cronbach_alpha(np.array([[1, 0.5], [0.5, 1]])) == close(2 / 3)
    # Two halves that say the opposite: 2/1 · (1 - 2/1).
    assert cronbach_alpha(np.array([[1, -0.5], [-0.5, 1]])) == close(-2)


def test_omega_of_equal_loadings_is_as_by_hand_in_any_order():
    """Correlations of 0.6·0.8 and so on: the squared sum over itself and the rest."""
    loadings = np.array([0.6, 0.8, 0.7, 0.5])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1)
    expected = 2.6**2 / (2.6**2 + 4 - (loadings**2).sum())
    for order in ([0, 1, 2, 3], [3, 1, 0, 2]):
        found = omega_total(correlation[np.ix_(order, order)])
        assert found.value == close(expected, 1e-6)


@given(complete)
def test_an_error_without_the_covariances_is_another_number(scores):
    """Copies of one item: the covariances double the error, which must show."""
    column = scores[:, :1]
    assume(len(set(column[:, 0].tolist())) > 1)
    copies = simple_sample(np.repeat(column, ITEMS, axis=1))
    one = simple_sample(column)
    alone = standard_error(item_mean(one, 0), one)
    assert standard_error(index(copies, EQUAL, FACTOR), copies) == close(25 * alone)


def test_who_answers_the_heavier_item_enters_more():
    """By hand: a = (1/4·1/2 + 3/4, 1/4·1/2) = (7/8, 1/8), and A = 50/64."""
    sample = simple_sample(np.array([[4, 4], [2, MISSING]]))
    weights = [Fraction(1, 4), Fraction(3, 4)]
    linear = index(sample, weights, FACTOR)
    assert linear.share.tolist() == [7 / 8, 1 / 8]
    found = assess(linear, sample, lowest=Fraction(25), highest=Fraction(100))
    assert found.concentration == close(50 / 64)
