"""Printed means, sums, letters and indices that do or do not belong together."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.printed_figures import (
    possible_mean,
    possible_sum,
    read_index,
    worksheets,
)
from skm_analysis.estimates.printed_rows import printed_rows
from skm_analysis.estimates.rows import Estimates
from skm_analysis.study.history import HistoricFigure

CENT = Fraction(1, 100)
# Their mean is 3.4967, times 25 is 87.42.
NINE = ["3.52", "3.48", "3.41", "3.60", "3.50", "3.47", "3.55", "3.40", "3.54"]


def figure(measure, printed, item="", *, n=None, year=2019, unit="kel-a", **changes):
    columns = {
        "year": year,
        "unit": unit,
        "measure": measure,
        "item": item,
        "printed": printed,
        "n": n,
        "instrument": "PermenPANRB 14/2017",
        "source": "laporan",
    }
    return HistoricFigure(**(columns | changes))


def history(index, letter="", means=NINE, n=None, **changes):
    figures = [figure("ikm", index, n=n, **changes)]
    if letter:
        figures.append(figure("grade", letter, **changes))
    return figures + [
        figure("nrr", mean, f"u{place}", **changes)
        for place, mean in enumerate(means, 1)
    ]


def check(figures, item="", year=2019, unit="kel-a"):
    rows = Estimates(printed_rows("2021", figures))
    name = ".".join(each for each in (item, str(year)) if each)
    return rows[f"unit.{unit}.printed_check.{name}"]


def test_an_index_of_96_88_that_its_own_means_do_not_give_is_found():
    row = check(history("96,88", "A"))
    assert round(row.value, 2) == 87.42
    assert row.flags == ("not_reproduced", "grade_B", "grade_differs")


def test_the_same_means_with_the_index_that_they_give():
    row = check(history("87,42", "B"))
    assert row.flags[0] == "reproduced"
    assert "rule_exact" in row.flags
    assert "grade_differs" not in row.flags


def test_a_letter_that_is_not_that_of_the_printed_index():
    assert "grade_misfit" in check(history("87,42", "A")).flags
    alone = [figure("ikm", "88,31"), figure("grade", "B")]
    assert check(alone).flags == ("grade_misfit",)
    assert check(alone).value is None


def test_letters_go_by_the_bands_of_their_own_regulation():
    old = history("87,42", "A", instrument="KepMenPAN 25/2004")
    assert "grade_misfit" not in check(old).flags
    unknown = history("87,42", "D", instrument="kuesioner sendiri")
    assert not [x for x in check(unknown).flags if x.startswith("grade_")]


@pytest.mark.parametrize(
    ("weight", "rule"),
    [("0.11", "rule_weight-0-11"), ("0.111", "rule_weight-0-111")],
)
def test_rounded_weights_are_named(weight, rule):
    total = sum(map(Decimal, NINE))
    index = (total * Decimal(weight) * 25).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert rule in check(history(str(index))).flags


def test_sums_with_their_number_of_respondents_are_exact():
    sums = [figure("sum", str(s), f"u{p}") for p, s in enumerate((99, 101, 98))]
    row = check([figure("ikm", "82,78", n=30), *sums])
    assert row.value == pytest.approx(25 * 298 / 90)
    assert "rule_exact" in row.flags


def test_sums_without_a_number_of_respondents_say_nothing():
    sums = [figure("sum", "99", "u1"), figure("sum", "100", "u2")]
    assert printed_rows("2021", [figure("ikm", "82,78"), *sums]) == []


def test_means_that_were_rounded_leave_the_index_a_little_room():
    within = read_index([Fraction("3.33")] * 3, Decimal("83.33"), mean_step=CENT)
    assert within.rules == ("within-rounding",)
    beyond = read_index([Fraction("3.33")] * 3, Decimal("83.39"), mean_step=CENT)
    assert not beyond.reproduced
    exact = read_index([Fraction("3.33")] * 3, Decimal("83.33"))
    assert not exact.reproduced


def test_a_mean_that_no_respondents_can_have_given():
    figures = history("87,42", n=10)
    assert "impossible_mean" in check(figures, "u1").flags
    assert "possible_mean" in check(figures, "u4").flags  # 36 of ten
    unknown = Estimates(printed_rows("2021", history("87,42")))
    assert unknown.select(item="u1") == []
    off = history("87,42", means=["4.20", *NINE[1:]])
    assert "impossible_mean" in check(off, "u1").flags


def test_an_items_own_number_of_respondents_counts():
    figures = [figure("ikm", "87,42", n=10), figure("nrr", "3,52", "u1", n=25)]
    assert "possible_mean" in check(figures, "u1").flags


@given(st.integers(1, 60), st.data(), st.sampled_from([1, 2, 3]))
def test_every_mean_that_can_occur_is_possible_rounded_either_way(n, data, places):
    total = data.draw(st.integers(n, 4 * n))
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        mean = (Decimal(total) / n).quantize(Decimal(1).scaleb(-places), rounding)
        assert possible_mean(mean, n, (1, 4))


@given(st.integers(1, 25), st.integers(90, 410))
def test_possible_means_are_those_that_counting_finds(n, cents):
    printed = Decimal(cents).scaleb(-2)
    found = any(
        abs(Fraction(s, n) - Fraction(printed)) <= Fraction(1, 200)
        for s in range(n, 4 * n + 1)
    )
    assert possible_mean(printed, n, (1, 4)) == found


def test_a_sum_lies_between_all_lowest_and_all_highest():
    assert possible_sum(Decimal(80), 20, (1, 4))
    assert not possible_sum(Decimal(81), 20, (1, 4))
    assert not possible_sum(Decimal(19), 20, (1, 4))
    assert not possible_sum(Decimal("76.5"), 20, (1, 4))


def test_weights_that_are_exact_when_written_are_no_other_rule():
    assert [x.name for x in worksheets(2) if "weight" in x.name] == []
    assert {x.name for x in worksheets(14)} >= {"weight-0-07", "weight-0-071"}


def test_a_citys_printed_index_is_held_against_its_printed_means():
    city = [figure("ikm_mean_of_units", "87,42", unit="")]
    city += [figure("nrr", m, f"u{p}", unit="") for p, m in enumerate(NINE)]
    rows = Estimates(printed_rows("2021", city))
    assert "reproduced" in rows["city..printed_check.2019"].flags
    assert len(rows) == 1


def test_two_years_of_one_unit_stand_apart():
    figures = history("96,88") + history("87,42", year=2018)
    assert "not_reproduced" in check(figures, year=2019).flags
    assert "reproduced" in check(figures, year=2018).flags


@pytest.mark.parametrize(
    ("printed", "possible"),
    [("3.12", True), ("3.13", True), ("3.14", False), ("3.11", False)],
)
def test_a_tie_accuses_neither_way_of_rounding(printed, possible):
    """25 points of 8 answers are 3.125: 3.13 half up, 3.12 half to even or cut off."""
    assert possible_mean(Decimal(printed), 8, (1, 4)) is possible
