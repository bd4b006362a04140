"""How sure a letter is, against other ways to reach the same number."""

import csv
import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.grade_certainty import (
    grade_probabilities,
    probability_at_least,
    rounded_bound,
)
from skm_analysis.estimates.interval import Term, joined, limits
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.variance import Estimate
from skm_analysis.study.regulation import BANDS

OFFICIAL = BANDS["permenpanrb-14-2017"]


def an_index(value, se=1.0, n=100, u=1.0):
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


def test_the_bounds_are_where_an_index_is_first_shown_as_the_next_letter():
    bounds = [rounded_bound(band) for band in OFFICIAL[:-1]]
    assert bounds == [Fraction("88.305"), Fraction("76.605"), Fraction("64.995")]


def test_it_is_the_middle_of_the_two_sides_as_scipy_has_them():
    # m = 0.2, n = 25, se = 3: lower side m + 0.8/100, upper side m - 0.2/100.
    estimate = an_index("85", se=3.0, n=25)
    widened = stats.t.ppf(0.975, 24) / stats.norm.ppf(0.975)
    variance = (3 / 75 * widened) ** 2
    gap = (100 - 88.305) / 75

    def below(mean, more):
        size = mean * (1 - mean) / (variance + more**2) - 1
        return stats.beta.cdf(gap, mean * size, (1 - mean) * size)

    expected = (below(0.208, 0.008) + below(0.198, 0.002)) / 2
    found = probability_at_least(estimate, Fraction("88.305"), 0.95)
    assert found == pytest.approx(expected, rel=1e-12)


@given(
    st.fractions(26, 99, max_denominator=50),
    st.floats(0.05, 6),
    st.integers(10, 500),
)
def test_a_higher_bound_is_never_surer_and_the_letters_sum_to_one(value, se, n):
    estimate = an_index(value, se, n)
    points = [Fraction(p) for p in range(25, 101)]
    chances = [probability_at_least(estimate, p, 0.95) for p in points]
    assert all(0 <= c <= 1 for c in chances)
    assert chances == sorted(chances, reverse=True)
    letters = grade_probabilities(
        OFFICIAL,
        {
            band.grade: probability_at_least(estimate, rounded_bound(band), 0.95)
            for band in OFFICIAL[:-1]
        },
    )
    assert list(letters) == list("ABCD")
    assert math.fsum(letters.values()) == pytest.approx(1, abs=1e-12)
    assert all(chance >= 0 for chance in letters.values())


@given(st.fractions(60, 99, max_denominator=50), st.floats(0.2, 4))
def test_where_the_interval_stays_within_a_letter_that_letter_is_all_but_sure(
    value, se
):
    estimate = an_index(value, se, 60)
    low, high = limits(estimate, 0.95)
    for band, above in zip(OFFICIAL, (None, *OFFICIAL), strict=False):
        upper = float(rounded_bound(above)) if above else 101
        if float(rounded_bound(band)) <= low and high < upper:
            reached = probability_at_least(estimate, rounded_bound(band), 0.95)
            passed = (
                probability_at_least(estimate, rounded_bound(above), 0.95)
                if above
                else 0
            )
            assert reached - passed > 0.94


def test_a_census_is_certain():
    whole = an_index("88.305", se=0.0, u=0.0)
    assert probability_at_least(whole, Fraction("88.305"), 0.95) == 1
    less = replace(whole, value=Fraction("88.3049"))
    assert probability_at_least(less, Fraction("88.305"), 0.95) == 0
    city = joined([Term(Fraction(1, 2), each) for each in (whole, less)])
    assert probability_at_least(city, Fraction("88.305"), 0.95) == 0


def test_one_respondent_gives_no_probability():
    one = replace(an_index(80, n=1), se=None, df=0)
    assert probability_at_least(one, Fraction("76.605"), 0.95) is None
    city = joined([Term(Fraction(1, 2), each) for each in (one, an_index(90))])
    assert probability_at_least(city, Fraction("76.605"), 0.95) is None


def test_all_highest_is_not_certain():
    top = an_index(100, se=0.0, n=15)
    assert 0.97 < probability_at_least(top, Fraction("88.305"), 0.95) < 1


def test_of_many_units_it_is_nearly_the_normal_share():
    # 40 units with se 2: the mean's se is 2/sqrt(40).
    city = joined([Term(Fraction(1, 40), an_index(76, 2.0, 400)) for _ in range(40)])
    expected = stats.norm.sf((76.605 - 76) / (2 / math.sqrt(40)))
    chance = probability_at_least(city, Fraction("76.605"), 0.95)
    assert chance == pytest.approx(expected, abs=0.01)


def test_units_and_city_say_how_sure_their_letters_are(city):
    unit = city.unit("a")
    sheets = ["444", "443", "333", "344", "434"] * 8
    rows = Estimates(
        estimate_study(
            city.study([unit]), city.cleaned({"a": city.frame(unit, sheets)})
        )
    )
    for key in ("unit.a.grade_probability", "city..grade_probability"):
        chances = [rows[f"{key}.{letter}"].value for letter in "abcd"]
        assert math.fsum(chances) == pytest.approx(1)
        assert 0.8 < chances[0] < 0.9


def test_a_small_units_certainty_is_withheld(city):
    unit = city.unit("a")
    frame = city.frame(unit, ["444", "333", "343"] * 3)
    rows = Estimates(estimate_study(city.study([unit]), city.cleaned({"a": frame})))
    assert "suppressed" in rows["unit.a.grade_probability.a"].flags


def test_no_bands_no_certainty(city):
    unit = city.unit("a", instrument=city.instrument(scale=(1, 5), bands=False))
    frame = city.frame(unit, ["555", "444"] * 20)
    rows = Estimates(estimate_study(city.study([unit]), city.cleaned({"a": frame})))
    assert rows.select(measure="grade_probability") == []


def test_the_bounds_are_those_of_the_units_own_bands():
    old = BANDS["kepmenpan-25-2004"]
    assert rounded_bound(old[0]) == Fraction(Decimal("81.255"))


def test_the_calibration_says_what_the_methodology_page_tells_of_it():
    table = Path(__file__).parents[2] / "docs" / "grade-calibration.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["claim"] == "plain"]
    assert len(rows) == 3 * 3 * 3 * 2 * 10  # shapes, bounds, sizes, reaches, bins
    assert all(int(row["samples"]) >= 2000 for row in rows)

    def away(n, reach):
        """Per bin, how far right is from said on the mean of shapes and bounds."""
        found = {}
        for row in rows:
            if (row["n"], row["reach"]) == (n, reach):
                off = float(row["right"]) - float(row["said"])
                found.setdefault(row["bin"], []).append(off)
        return [sum(each) / len(each) for each in found.values()]

    assert all(abs(off) < 0.045 for n in ("15", "30", "100") for off in away(n, "11"))
    assert all(abs(off) < 0.035 for off in away("100", "4"))
    assert min(away("15", "4")) < -0.1  # too sure: said on the page
