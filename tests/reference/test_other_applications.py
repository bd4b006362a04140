"""What the rules of four public SKM applications print for sheets that are graded B.

The rules are restated here in a line each from reading the applications; none of their
code is used. Sheets are made up: 250 a unit, mostly 3 and 4, seeded.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest

from skm_analysis.estimates.grading import find_grade, shown_value
from skm_analysis.estimates.index import index
from skm_analysis.estimates.sample import MISSING, simple_sample
from skm_analysis.study.regulation import BANDS

OFFICIAL = BANDS["permenpanrb-14-2017"]
UNITS = {"nine": (9, 0.0), "blanks": (9, 0.05), "twelve": (12, 0.0), "seven": (7, 0.0)}


def rounded_twice(sheets):
    """Means to two decimals, their mean to two decimals, then times 25."""
    return round(np.mean(np.round(np.nanmean(sheets, axis=0), 2)), 2) * 25


def a_ninth_for_any_number(sheets):
    """Every item weighs 0.111, however many there are."""
    return np.nanmean(sheets, axis=0).sum() * 0.111 * 25


def blanks_as_zero(sheets):
    """Sums over the number of sheets, answered or not."""
    return (np.nansum(sheets, axis=0) / len(sheets)).mean() * 25


def all_answers_alike(sheets):
    """The mean of all answers, whatever their item."""
    return np.nanmean(sheets) * 25


def printed(value):
    cents = Decimal(repr(float(value))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{cents} {find_grade(Fraction(cents), OFFICIAL).grade}"


@pytest.fixture(scope="module")
def sheets():
    """Per unit (250, items), NaN where not answered."""
    generator = np.random.default_rng(7)
    found = {}
    for name, (items, blank) in UNITS.items():
        tops = np.linspace(0.10, 0.45, items)
        chances = [[0.02, 0.06, 0.92 - top, top] for top in tops]
        columns = [generator.choice([1, 2, 3, 4], size=250, p=p) for p in chances]
        table = np.column_stack(columns).astype(float)
        share = blank * np.linspace(0.2, 2, items)
        table[generator.random(table.shape) < share] = np.nan
        found[name] = table
    return found


def ours(table):
    scores = np.where(np.isnan(table), MISSING, table).astype(np.int64)
    weights = [Fraction(1, table.shape[1])] * table.shape[1]
    return index(simple_sample(scores), weights, Fraction(25)).value


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("nine", "79.47 B"),
        ("blanks", "80.15 B"),
        ("twelve", "79.80 B"),
        ("seven", "79.00 B"),
    ],
)
def test_exact_weights_over_those_who_answered(sheets, unit, expected):
    value = ours(sheets[unit])
    letter = find_grade(value, OFFICIAL).grade
    assert f"{shown_value(value)} {letter}" == expected
    assert printed(np.nanmean(sheets[unit], axis=0).mean() * 25) == expected


@pytest.mark.parametrize(
    ("unit", "rule", "wrong"),
    [
        ("twelve", a_ninth_for_any_number, "106.29 A"),
        ("seven", a_ninth_for_any_number, "61.38 D"),
        ("blanks", blanks_as_zero, "75.36 C"),
        ("blanks", rounded_twice, "80.00 B"),
        ("nine", rounded_twice, "79.50 B"),
        ("blanks", all_answers_alike, "80.05 B"),
        ("nine", a_ninth_for_any_number, "79.39 B"),
    ],
)
def test_another_rule_prints_another_index(sheets, unit, rule, wrong):
    assert printed(rule(sheets[unit])) == wrong
    assert shown_value(ours(sheets[unit])) != Decimal(wrong.split()[0])


def test_rounding_twice_moves_the_index_in_steps_of_a_quarter(sheets):
    for table in sheets.values():
        assert round(rounded_twice(table) * 4, 9) == round(rounded_twice(table) * 4)
