"""Published indices held against the means or sums printed beside them.

What each case should turn out to be is what its own note says, written down by those
who collected the cases.
"""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from skm_analysis.estimates.grading import find_grade
from skm_analysis.estimates.printed_figures import (
    last_step,
    possible_mean,
    possible_sum,
    read_index,
)
from skm_analysis.study.regulation import BANDS

TABLE = Path(__file__).parent / "data" / "published_cases.csv"
WORDS = {"Sangat Baik": "A", "SANGAT BAIK": "A", "BAIK": "B"}
BANDS_OF = {"2017": "permenpanrb-14-2017", "2004": "kepmenpan-25-2004"}

with TABLE.open(encoding="utf-8", newline="") as file:
    CASES = {row["case_id"]: row for row in csv.DictReader(file)}

# The rule by the case's note; those that it says do not give the figure.
BY_NOTE = {
    "C01": ("weight-0-11", {"exact", "weight-0-111"}),
    "C02": ("exact", {"weight-0-11", "weight-0-111"}),
    "C03": ("exact", {"weight-0-11", "weight-0-111"}),
    "C04": ("weight-0-33", {"exact"}),
    "C05": ("exact", {"weight-0-33"}),
    "C06": ("exact", {"weight-0-33"}),
    "C07": ("weight-0-071+index-3", {"exact", "weight-0-071"}),
}


def figures(case):
    row = CASES[case]
    printed = [row[f"u{number}"] for number in range(1, 15) if row[f"u{number}"]]
    return [Decimal(each) for each in printed], int(row["n"] or 0)


def reading(case):
    given, n = figures(case)
    printed = Decimal(CASES[case]["ikm_published"])
    if CASES[case]["u_kind"] == "sum":
        return read_index([Fraction(each) / n for each in given], printed)
    step = last_step(given[0])
    return read_index([Fraction(each) for each in given], printed, mean_step=step)


def test_every_case_has_an_expectation():
    assert CASES.keys() == BY_NOTE.keys()


@pytest.mark.parametrize("case", BY_NOTE)
def test_a_case_follows_the_rule_that_its_note_names(case):
    rule, others = BY_NOTE[case]
    found = reading(case)
    assert rule in found.rules
    assert not others & set(found.rules)


@pytest.mark.parametrize("case", BY_NOTE)
def test_the_printed_letter_is_that_of_the_printed_index(case):
    row = CASES[case]
    bands = BANDS[BANDS_OF[row["table"]]]
    letter = WORDS.get(row["category_published"], row["category_published"])
    assert find_grade(Fraction(row["ikm_published"]), bands).grade == letter


def test_one_document_prints_two_indices_for_the_same_sums():
    assert figures("C01") == figures("C02")
    first, second = reading("C01"), reading("C02")
    assert first.value == second.value
    assert not set(first.rules) & set(second.rules)


@pytest.mark.parametrize("case", [c for c in BY_NOTE if CASES[c]["u_kind"] == "sum"])
def test_sums_that_hold_an_answer_off_the_scale_may_still_be_possible(case):
    # C04 holds a 5; the other answers leave room for it, so no sum can show it.
    given, n = figures(case)
    assert all(possible_sum(each, n, (1, 4)) for each in given)


def test_one_respondents_means_are_whole_numbers():
    given, n = figures("C03")
    assert all(possible_mean(each, n, (1, 4)) for each in given)
    assert not possible_mean(Decimal("3.50"), 1, (1, 4))
