"""Numbers as they are shown, with their keys."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.report import formatting, numbers
from skm_analysis.report.elements import Number, plain


@pytest.mark.parametrize(
    ("measure", "value", "shown"),
    [
        ("ikm", 95.325, "95,33"),
        ("nrr", 3.845, "3,85"),
        ("change", 1.2, "+1,20"),
        ("change", -0.8, "−0,80"),
        ("share", 0.6365, "63,7%"),
        ("n_accepted", 1234.0, "1.234"),
        ("p_holm", 0.0004, "< 0,001"),
        ("p_holm", 0.0125, "0,013"),
        ("sum", 1048.0, "1.048"),
    ],
)
def test_each_measure_has_its_places(row, measure, value, shown):
    assert numbers.number(row(measure, value)).shown == shown


def test_a_number_says_where_it_comes_from(row):
    assert numbers.number(row("share", 0.5834, item="waktu", category="4")) == Number(
        "unit.kel-ngalau.share.waktu.4", "58,3%", "estimate", 0.5834, 1, percent=True
    )


def test_other_columns_of_a_row_have_keys_of_their_own(row):
    told = row("ikm", 97.0155, 96.34, 97.58)
    assert [each.key for each in numbers.interval(told) if each != "–"] == [
        "unit.kel-ngalau.ikm:ci_low",
        "unit.kel-ngalau.ikm:ci_high",
    ]
    assert numbers.respondents(told)[0].key == "unit.kel-ngalau.ikm:n"


def test_what_is_undefined_is_a_dash(row):
    assert plain(numbers.shown(row("ikm"))) == "–"
    assert plain(numbers.shown(None)) == "–"
    assert plain(numbers.interval(row("ikm", 100.0))) == "–"
    with pytest.raises(ValueError, match="has no value"):
        numbers.number(row("ikm"))


def test_an_interval_of_a_change_reads_in_spite_of_its_signs(row):
    assert plain(numbers.interval(row("change", 0.4, -0.5, 1.3))) == (
        "−0,50 s.d. +1,30"
    )


def test_printed_figures_keep_their_digits():
    assert numbers.as_printed("history.2017.ikm", "82,4") == Number(
        "history.2017.ikm", "82,4", "stated", 82.4, 1
    )


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_half_goes_away_from_zero(value, places):
    shown = Fraction(formatting.rounded(value, places))
    half = Fraction(1, 2 * 10**places)
    assert abs(shown - value) <= half
    if abs(shown - value) == half:
        assert abs(shown) > abs(value)


@given(st.decimals(min_value=-9999, max_value=9999, places=5), st.integers(0, 3))
def test_what_is_written_reads_back(value, places):
    written = formatting.decimal(value, places)
    read = written.replace(".", "").replace(",", ".").replace("−", "-")
    assert Decimal(read) == formatting.rounded(value, places)
