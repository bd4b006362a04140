"""The auditor's own distributions and limits: closed forms, tables, scipy."""

import math
import random
from fractions import Fraction

import pytest
from scipy import special

from skm_analysis.audit.second_interval import (
    Limits,
    Spread,
    beta_quantile,
    incomplete_beta,
    mover,
    pseudo_beta,
    student_quantile,
)

LEVEL = Fraction(95, 100)


@pytest.mark.parametrize(
    ("x", "a", "b", "exact"),
    [
        (0.5, 2, 3, 11 / 16),  # binomial: at least 2 of 4 heads
        (0.25, 1, 4, 1 - 0.75**4),
        (0.25, 5, 1, 0.25**5),
        (0.3, 0.5, 0.5, 2 / math.pi * math.asin(math.sqrt(0.3))),
        (0.0, 3, 4, 0.0),
        (1.0, 3, 4, 1.0),
    ],
)
def test_the_incomplete_beta_function_has_its_closed_forms(x, a, b, exact):
    assert incomplete_beta(x, a, b) == pytest.approx(exact, rel=1e-14)


@pytest.mark.parametrize("tail", [0.025, 0.5, 0.975])
@pytest.mark.parametrize("size", [0.01, 0.3, 1, 7, 400])
def test_beta_quantiles_have_their_closed_forms(tail, size):
    assert beta_quantile(tail, 1, size) == pytest.approx(
        -math.expm1(math.log1p(-tail) / size), rel=1e-12
    )
    assert beta_quantile(tail, size, 1) == pytest.approx(tail ** (1 / size), rel=1e-12)


def test_beta_quantiles_are_those_of_scipy_up_to_a_hundred_thousand():
    seeded = random.Random(20211231)
    for _ in range(500):
        size = 10 ** seeded.uniform(0.3, 5)
        mean = seeded.choice([10 ** seeded.uniform(-7, -0.1), seeded.random()])
        for tail in (0.005, 0.025, 0.975, 0.995):
            found = beta_quantile(tail, mean * size, (1 - mean) * size)
            known = special.betaincinv(mean * size, (1 - mean) * size, tail)
            assert found == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize(
    ("df", "printed"),  # any printed table of Student's distribution
    [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_student_quantiles_are_those_of_the_tables(df, printed):
    assert student_quantile(0.975, df) == pytest.approx(printed, abs=5e-4)
    assert student_quantile(0.975, df) == pytest.approx(
        float(special.stdtrit(df, 0.975)), rel=1e-12
    )


def test_the_worked_unit_has_its_limits():
    """docs/methodology.md, section 8: twelve sheets of 60 people."""
    a = [101] * 10 + [89] * 2  # of 1188: ten full sheets, two with an item blank
    concentration = sum(Fraction(each, 1188) ** 2 for each in a)
    spread = Spread(
        2.2973828, 11, Fraction(25), Fraction(100), float(concentration), 0.8
    )
    found = pseudo_beta(Fraction(111325, 1188), spread, LEVEL)
    assert found == pytest.approx((86.0423, 97.8627), abs=1e-4)


def test_a_census_is_the_value_and_the_ends_of_the_scale_hold():
    census = Spread(0.0, 9, Fraction(1), Fraction(4), 0.1, 0.0)
    assert pseudo_beta(Fraction(7, 2), census, LEVEL) == (3.5, 3.5)
    alike = Spread(0.0, 9, Fraction(1), Fraction(4), 0.1, 1.0)
    low, high = pseudo_beta(Fraction(4), alike, LEVEL)
    assert high == 4.0
    assert 3.0 < low < 4.0
    apart = Spread(1.5, 1, Fraction(1), Fraction(4), 0.5, 1.0)
    assert pseudo_beta(Fraction(5, 2), apart, LEVEL) == (1.0, 4.0)


def test_mover_takes_the_distance_that_moves_the_sum():
    first = (Fraction(1), Fraction(10), Limits(7.0, 14.0))
    second = (Fraction(-1), Fraction(6), Limits(2.0, 9.0))
    # down: 10 - 7 = 3 and 9 - 6 = 3; up: 14 - 10 = 4 and 6 - 2 = 4
    low, high = mover([first, second]) or (0, 0)
    assert (low, high) == pytest.approx((4 - math.sqrt(18), 4 + math.sqrt(32)))
    assert mover([first, (Fraction(1), Fraction(1), None)]) is None
