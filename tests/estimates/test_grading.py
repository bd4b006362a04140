from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.grading import find_grade, shown_value, stored_value
from skm_analysis.study.regulation import BANDS

BANDS_2017 = BANDS["permenpanrb-14-2017"]
CENT = Decimal("0.01")


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("25", "D"),
        ("64.99", "D"),
        ("64.994999", "D"),
        ("64.995", "C"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.604999", "C"),
        ("76.605", "B"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.304999", "B"),
        ("88.305", "A"),
        ("88.31", "A"),
        ("100", "A"),
    ],
)
def test_the_grade_follows_the_lower_bound_of_the_printed_value(index, grade):
    assert find_grade(Fraction(index), BANDS_2017).grade == grade


def test_the_order_of_the_bands_is_irrelevant():
    assert find_grade(Fraction(70), BANDS_2017[::-1]).grade == "C"


def test_an_index_below_all_bands_has_the_lowest_grade():
    assert find_grade(Fraction(20), BANDS_2017).grade == "D"


def test_the_report_and_the_grade_agree_on_every_index_up_to_300_sheets():
    """All sums of nine items near each bound, as the regulation's own worksheet."""
    for n in range(1, 301):
        for bound, at, below in (
            ("88.305", "A", "B"),
            ("76.605", "B", "C"),
            ("64.995", "C", "D"),
        ):
            first = -(-Fraction(bound) * 9 * n // 25)
            for total, grade in ((first, at), (first - 1, below)):
                index = Fraction(25 * int(total), 9 * n)
                assert find_grade(index, BANDS_2017).grade == grade
                printed = Decimal(repr(stored_value(index)))
                rounded = printed.quantize(CENT, rounding=ROUND_HALF_UP)
                assert rounded == shown_value(index)


@given(
    st.integers(100, 100_000),
    st.integers(1, 10**30),
    st.sampled_from([-1, 0, 1]),
)
def test_the_stored_float_rounds_as_the_fraction_however_near_a_tie(cents, far, side):
    exact = Fraction(cents, 1000) + Fraction(side, far)
    printed = Decimal(repr(stored_value(exact)))
    assert printed.quantize(CENT, rounding=ROUND_HALF_UP) == shown_value(exact)
    assert abs(Fraction(stored_value(exact)) - exact) < Fraction(1, 10**12)
