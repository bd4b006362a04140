"""The auditor's own mean of several figures."""

from fractions import Fraction

import pytest

from skm_analysis.audit.second_index import Figure
from skm_analysis.audit.second_interval import Spread
from skm_analysis.audit.second_rows import joined

LEVEL = Fraction(95, 100)
THIRD = Fraction(1, 3)


def figure(value, se, n, sampled):
    spread = Spread(se, n - 1, Fraction(25), Fraction(100), 1 / n, sampled)
    return Figure(Fraction(value), n, spread)


def test_a_mean_of_two_units_has_the_limits_worked_out_on_the_page():
    """docs/methodology.md, section 4."""
    terms = [(THIRD, figure(90, 1.5, 20, 1.0)), (2 * THIRD, figure(96, 1.0, 10, 0.5))]
    row = joined(terms, LEVEL, 30)
    assert (row.value, row.n) == (94, 30)
    assert row.se == pytest.approx(5 / 6)
    assert row.df == pytest.approx(19.1087, abs=1e-4)
    assert row.limits == pytest.approx((91.2157, 95.6696), abs=1e-4)


def test_a_city_of_one_unit_has_the_units_own_limits():
    one = figure(90, 1.5, 20, 1.0)
    assert joined([(Fraction(1), one)], LEVEL, 20).limits == one.limits(LEVEL)


def test_a_single_respondent_adds_no_width_but_moves_the_mean():
    known = figure(90, 1.5, 20, 1.0)
    lone = Figure(Fraction(90), 1, None)
    half = Fraction(1, 2)
    row = joined([(half, lone), (half, known)], LEVEL, 21)
    low, _ = row.limits
    assert 90 - low < 90 - known.limits(LEVEL).low
    assert row.df == pytest.approx(19)
    alone = joined([(half, lone), (half, lone)], LEVEL, 2)
    assert (alone.value, alone.se, alone.limits) == (90, None, None)


def test_a_city_in_which_everybody_answered_has_no_width():
    units = [figure(each, 0.0, 9, 0.0) for each in (80, 90)]
    row = joined([(Fraction(1, 2), each) for each in units], LEVEL, 18)
    assert row.limits == pytest.approx((85, 85))
