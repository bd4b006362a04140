"""Which items are the weakest, against paired tests that others wrote."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from skm_analysis.estimates.index import item_mean
from skm_analysis.estimates.sample import simple_sample, stratified_sample
from skm_analysis.estimates.weakest import (
    constant_columns,
    find_weakest,
    item_difference,
)


def sheets(n, seed=3):
    """Four items: the first the lowest by far, the last two alike."""
    generator = np.random.default_rng(seed)
    person = generator.normal(size=(n, 1))
    latent = person + generator.normal(size=(n, 4)) + [-1.5, 0.5, 0.0, 0.0]
    return np.digitize(latent, [-3.0, -1.5, 0.0]).astype(np.int64) + 1


def difference(sample, above, below):
    return item_difference(
        sample, item_mean(sample, above), item_mean(sample, below), (1, 4)
    )


def test_the_standard_error_of_a_difference_is_that_of_the_paired_test():
    scores = sheets(60)
    found = difference(simple_sample(scores), 1, 0)
    paired = stats.ttest_rel(scores[:, 1], scores[:, 0])
    assert float(found.value) / found.se == pytest.approx(paired.statistic, rel=1e-12)
    assert found.df == paired.df


def test_blanks_strata_and_people_enter_with_the_covariance():
    scores = sheets(40)
    scores[::7, 0] = -1
    scores[::9, 1] = -1
    strata = ["a"] * 15 + ["b"] * 25
    people = {"a": 50, "b": 100}
    sample = stratified_sample(scores, strata=strata, populations=people)
    found = difference(sample, 1, 0)

    def mean(column):
        p = [Fraction(50, 15) if each == "a" else Fraction(4) for each in strata]
        given = [(w, int(y)) for w, y in zip(p, scores[:, column], strict=True)]
        whole = sum(w for w, y in given if y > 0)
        centre = sum(w * y for w, y in given if y > 0) / whole
        return centre, [w * (y - centre) / whole if y > 0 else 0 for w, y in given]

    (high, first), (low, second) = mean(1), mean(0)
    assert found.value == high - low
    variance = Fraction(0)
    for name, n in (("a", 15), ("b", 25)):
        z = [
            x - y
            for x, y, own in zip(first, second, strata, strict=True)
            if own == name
        ]
        spread = sum((each - sum(z) / n) ** 2 for each in z)
        variance += (1 - Fraction(n, people[name])) * Fraction(n, n - 1) * spread
    assert found.se == pytest.approx(float(variance) ** 0.5, rel=1e-12)


def test_an_item_far_below_the_others_is_the_only_weakest():
    found = find_weakest(simple_sample(sheets(200)), range(4), scale=(1, 4), level=0.95)
    assert found.lowest == (0,)
    assert found.clear
    assert found.better[1:, 0].all()


def test_items_that_are_alike_have_no_weakest():
    found = find_weakest(simple_sample(sheets(60)), (2, 3), scale=(1, 4), level=0.95)
    assert found.lowest == (2, 3)
    assert not found.clear
    assert not found.better.any()


def test_a_single_item_is_not_the_weakest():
    found = find_weakest(simple_sample(sheets(60)), (0,), scale=(1, 4), level=0.95)
    assert not found.clear


def test_two_answers_apart_by_one_sheet_are_not_told_apart():
    scores = np.full((40, 2), 4, dtype=np.int64)
    scores[0, 0] = 1
    found = find_weakest(simple_sample(scores), (0, 1), scale=(1, 4), level=0.95)
    assert found.lowest == (0, 1)


def test_a_census_orders_its_items_with_certainty():
    scores = np.full((40, 3), 4, dtype=np.int64)
    scores[0, 0] = 3
    scores[:2, 1] = 3
    sample = simple_sample(scores, population=40)
    found = find_weakest(sample, range(3), scale=(1, 4), level=0.95)
    assert found.lowest == (1,)


def test_items_that_always_differ_alike_are_told_apart_without_any_spread():
    scores = np.tile([[4, 3], [3, 2]], (20, 1)).astype(np.int64)
    found = difference(simple_sample(scores), 0, 1)
    assert (found.value, found.se) == (1, 0)
    both = find_weakest(simple_sample(scores), (0, 1), scale=(1, 4), level=0.95)
    assert both.lowest == (1,)


def test_an_item_that_all_answered_alike_is_constant_blanks_aside():
    scores = np.array([[4, 4, 3], [4, -1, 4], [4, 4, 4]], dtype=np.int64)
    assert constant_columns(simple_sample(scores)) == {0, 1}


def test_two_items_shown_alike_are_never_told_apart_not_even_in_a_census():
    """By hand: 1999 and 2000 of 2000 sheets, both shown 4.00, and one item lower."""
    scores = np.full((2000, 3), 4)
    scores[0, 0] = 3
    scores[:1000, 2] = 3
    sample = simple_sample(scores, population=2000)
    found = find_weakest(sample, [0, 1, 2], scale=(1, 4), level=0.95)
    assert not found.better[:2, :2].any()
    assert found.better[:2, 2].all()
    assert found.lowest == (2,)
