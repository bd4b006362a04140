"""Sizes against the published table, R and hand-worked fractions."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.index_size import (
    for_change,
    for_change_in_both,
    for_interval,
    for_margin,
)
from skm_analysis.estimates.sample_size import (
    cochran,
    krejcie_morgan,
    slovin,
    to_ask,
    whole,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "data"


def read(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made_by_r(kind):
    """Rows of tests/reference/sample_size.R, as the arguments that they are for."""
    return [
        (
            float(row["deviation"]),
            float(row["aim"]),
            int(row["population"]) if row["population"] else None,
            int(row["earlier_n"] or 0),
            float(row["level"]),
            int(row["size"]) if row["size"] else None,
        )
        for row in read("sample_size")
        if row["kind"] == kind
    ]


def test_all_rows_of_the_published_table():
    rows = read("krejcie_morgan")
    assert len(rows) == 90
    for row in rows:
        assert krejcie_morgan(int(row["N"])) == int(row["S_printed"])


def test_an_infinite_population_needs_384():
    assert krejcie_morgan(None) == 384


@pytest.mark.parametrize("rule", [krejcie_morgan, cochran, slovin])
def test_nobody_served_is_refused(rule):
    with pytest.raises(ValueError, match="population must be at least 1"):
        rule(0)


def test_cochran_and_slovin_are_those_of_r():
    rows = read("cochran_slovin")
    assert len(rows) == 90
    for row in rows:
        population = int(row["N"])
        assert cochran(population) == pytest.approx(
            float(row["cochran_fpc_p"]), rel=1e-12
        )
        assert float(slovin(population)) == pytest.approx(
            float(row["slovin_5"]), rel=1e-12
        )


def test_slovin_worked_by_hand():
    # 812 / (1 + 812/400) = 812·400 / 1212
    assert slovin(812) == Fraction(324_800, 1_212)
    assert whole(slovin(812), 812) == 268


@pytest.mark.parametrize(
    ("deviation", "aim", "population", "_", "level", "size"), made_by_r("margin")
)
def test_the_size_for_a_margin_is_what_r_finds_by_trying(
    deviation, aim, population, _, level, size
):
    found = for_margin(deviation, aim, population=population, level=level)
    assert found == size


@pytest.mark.parametrize("value", ["80", "95", "98.5"])
def test_the_size_for_the_printed_interval_is_what_r_finds_by_trying(value):
    for deviation, aim, population, _, level, size in made_by_r(f"interval-{value}"):
        found = for_interval(
            Fraction(value),
            deviation,
            aim,
            lowest=25,
            highest=100,
            population=population,
            level=level,
        )
        assert found == size


def test_two_equal_years_need_what_power_t_test_says():
    for deviation, aim, _, n, level, _ in made_by_r("equal"):

        def needed(earlier_n, deviation=deviation, aim=aim, level=level):
            return for_change(
                deviation,
                aim,
                earlier_se=deviation / earlier_n**0.5,
                earlier_df=earlier_n - 1,
                level=level,
            )

        assert needed(n) <= n
        assert needed(n - 1) > n - 1
        assert for_change_in_both(deviation, aim, level=level) == n


@pytest.mark.parametrize(
    ("deviation", "aim", "population", "earlier_n", "level", "size"),
    made_by_r("change"),
)
def test_the_size_for_a_change_is_what_r_finds_by_trying(
    deviation, aim, population, earlier_n, level, size
):
    found = for_change(
        deviation,
        aim,
        earlier_se=deviation / earlier_n**0.5,
        earlier_df=earlier_n - 1,
        population=population,
        level=level,
    )
    assert found == size


@given(st.floats(0.5, 30), st.floats(0.2, 10), st.integers(3, 5000))
def test_a_finite_population_never_needs_more(deviation, margin, population):
    finite = for_margin(deviation, margin, population=population)
    infinite = for_margin(deviation, margin)
    assert finite is not None
    assert finite <= min(infinite, population)


@given(st.integers(1, 1000), st.integers(0, 90))
def test_those_asked_give_enough_answers_and_one_less_would_not(size, percent):
    rate = Fraction(percent, 100)
    asked = to_ask(size, rate)
    assert asked * (1 - rate) >= size > (asked - 1) * (1 - rate)


@pytest.mark.parametrize(("deviation", "aim"), [(0, 1), (1, 0), (-1, 1)])
def test_no_spread_or_no_aim_is_refused(deviation, aim):
    with pytest.raises(ValueError, match="must be more than 0"):
        for_margin(deviation, aim)
    with pytest.raises(ValueError, match="must be more than 0"):
        for_change(deviation, aim, earlier_se=1, earlier_df=10)


def test_nobody_answering_is_refused():
    with pytest.raises(ValueError, match="from 0 to below 1"):
        to_ask(10, Fraction(1))


def test_one_person_shows_no_spread():
    assert for_margin(8, 1.5, population=1) is None
