"""The auditor's own alpha and correlations against R's `psych`, and the page."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from skm_analysis.audit.second_scales import alpha, correlation, critical_r, feldt

HERE = Path(__file__).parents[1] / "reference" / "data"
LEVEL = Fraction(19, 20)
ITEMS = [f"u{number}" for number in range(1, 10)]


def close(expected):
    return pytest.approx(expected, rel=1e-9)


@pytest.fixture(scope="module")
def reference():
    sheets, values = defaultdict(list), defaultdict(dict)
    with (HERE / "reliability-answers.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            sheet = [int(float(row[item])) for item in ITEMS if row[item].strip("NA")]
            for unit in (row["unit"], "ALL"):
                sheets[unit] += [sheet] if len(sheet) == len(ITEMS) else []
    with (HERE / "reliability-expected.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            values[row["unit"]][row["quantity"]] = float(row["value"])
    return [(sheets[unit], values[unit]) for unit in values]


def test_alpha_and_its_limits_are_those_of_r(reference):
    for sheets, expected in reference:
        value, k = alpha(sheets)
        assert value == close(expected["complete_alpha_raw"])
        low, high = feldt(value, len(sheets), k, LEVEL)
        assert low == close(expected["complete_alpha_feldt_lo"])
        assert high == close(expected["complete_alpha_feldt_hi"])
        assert len(sheets) == expected["complete_alpha_n"]


def test_correlations_of_items_are_those_of_r(reference):
    for sheets, expected in reference:
        sums = [sum(sheet) for sheet in sheets]
        for place, item in enumerate(ITEMS):
            own = [sheet[place] for sheet in sheets]
            rest = [whole - each for whole, each in zip(sums, own, strict=True)]
            assert correlation(own, sums) == close(expected[f"complete_raw_r_{item}"])
            assert correlation(own, rest) == close(expected[f"complete_r_drop_{item}"])


def test_five_sheets_are_those_of_the_page():
    """docs/methodology.md, section 9."""
    five = [[4, 3, 4], [3, 3, 2], [2, 1, 2], [4, 4, 3], [1, 2, 2]]
    value, k = alpha(five)
    assert (round(value, 4), k) == (0.8667, 3)
    low, high = feldt(0.8667, 5, 3, LEVEL)
    assert (round(low, 3), round(high, 3)) == (0.326, 0.985)
    assert round(critical_r(5), 3) == 0.878
    assert round(critical_r(30), 3) == 0.361


def test_what_does_not_vary_has_no_alpha_and_no_correlation():
    assert alpha([[4, 3], [4, 3]]) is None
    assert alpha([[4, 3], [4, 2]]) is None  # one item alone
    assert alpha([[4, 3], [3, 4]]) is None  # the sum is fixed
    assert correlation([4, 4, 4], [1, 2, 3]) is None
