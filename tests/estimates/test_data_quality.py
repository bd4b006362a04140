from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.data_quality import (
    all_highest,
    any_blank,
    blank_shares,
    concentration,
    duplicate_vectors,
    expected_duplicates,
    keep_first_of_duplicates,
    keep_first_of_longest_run,
    keep_not_all_highest,
    keep_not_straight_lined,
    keep_outside_largest,
    longest_run,
    longest_run_chance,
    straight_lined,
)
from skm_analysis.estimates.data_quality_rows import quality_rows
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.surveyed import survey_unit


def sheets(*rows):
    return np.array([[-1 if c == "." else int(c) for c in row] for row in rows])


def sample_tables(most=12):
    return st.integers(1, 4).flatmap(
        lambda k: st.lists(
            st.lists(st.sampled_from([-1, 1, 2, 3, 4]), min_size=k, max_size=k),
            min_size=1,
            max_size=most,
        ).map(np.array)
    )


def test_a_sheet_with_one_answer_throughout_is_straight_lined_blanks_aside():
    scores = sheets("444", "333", "33.", "3..", "...", "434")
    assert keep_not_straight_lined(scores).tolist() == [False] * 3 + [True] * 3
    assert straight_lined(scores) == Fraction(3, 6)


def test_a_sheet_is_all_highest_if_every_answer_that_it_has_is():
    scores = sheets("444", "333", "4..", "...", "434")
    assert keep_not_all_highest(scores, 4).tolist() == [False, True, False, True, True]
    assert all_highest(scores, 4) == Fraction(2, 5)


def test_every_sheet_with_a_twin_counts_and_blanks_are_part_of_the_vector():
    scores = sheets("434", "434", "43.", "43.", "344", "434", "4.4")
    assert duplicate_vectors(scores) == Fraction(5, 7)
    assert keep_first_of_duplicates(scores).tolist() == [
        *(True, False, True, False, True, False, True)
    ]


@given(sample_tables())
def test_one_sheet_of_each_vector_is_kept(scores):
    kept = keep_first_of_duplicates(scores)
    rows = [tuple(row) for row in scores.tolist()]
    assert [tuple(row) for row in scores[kept].tolist()] == list(dict.fromkeys(rows))
    twins = sum(rows.count(row) > 1 for row in rows)
    assert duplicate_vectors(scores) == Fraction(twins, len(rows))


def enumerate_expected(scores):
    """Over every answer vector and in fractions."""
    n = len(scores)
    margins = [
        {score: Fraction(column.count(score), n) for score in set(column)}
        for column in scores.T.tolist()
    ]
    expected = Fraction(0)
    for vector in product(*margins):
        chance = Fraction(1)
        for score, margin in zip(vector, margins, strict=True):
            chance *= margin[score]
        expected += chance * (1 - (1 - chance) ** (n - 1))
    return float(expected)


@given(sample_tables())
def test_expected_twins_agree_with_enumeration(scores):
    assert expected_duplicates(scores) == pytest.approx(
        enumerate_expected(scores), abs=1e-3
    )


def test_near_the_ceiling_most_sheets_have_a_twin_without_any_copying():
    generator = np.random.default_rng(1)
    scores = np.where(generator.random((200, 9)) < 0.95, 4, 3)
    assert expected_duplicates(scores) > 0.9
    assert abs(float(duplicate_vectors(scores)) - expected_duplicates(scores)) < 0.05


def test_many_items_with_many_answers_are_no_obstacle():
    scores = np.random.default_rng(2).integers(1, 11, (150, 20))
    assert expected_duplicates(scores) < 1e-6


def one_file(scores):
    return np.zeros(len(scores), dtype=np.int64)


def brute_longest(rows):
    return max(
        stop - start
        for start in range(len(rows))
        for stop in range(start + 1, len(rows) + 1)
        if len(set(rows[start:stop])) == 1
    )


def test_a_run_ends_with_its_file():
    scores = sheets("44", "33", "33", "33", "44")
    assert longest_run(scores, np.array([0, 0, 1, 1, 1])) == 2
    assert keep_first_of_longest_run(scores, np.array([0, 0, 1, 1, 1])).tolist() == [
        *(True, True, True, False, True)
    ]


@given(sample_tables())
def test_the_longest_run_agrees_with_brute_force(scores):
    rows = [tuple(row) for row in scores.tolist()]
    longest = brute_longest(rows)
    assert longest_run(scores, one_file(scores)) == longest
    kept = keep_first_of_longest_run(scores, one_file(scores))
    assert (~kept).sum() == longest - 1
    dropped = {rows[place] for place in np.flatnonzero(~kept)}
    assert len(dropped) <= 1


def test_a_run_among_unlike_sheets_is_rare_in_random_orders_and_sure_among_alike():
    alike = np.array([[4, 4]] * 10)
    unlike = [[a, b] for a in range(1, 5) for b in range(1, 5)]
    assert longest_run_chance(alike, one_file(alike)) == 1
    copied = np.array(unlike[:8] + [[4, 4]] * 8 + unlike[8:15])
    assert longest_run_chance(copied, one_file(copied)) < 0.01
    assert longest_run_chance(np.array(unlike), one_file(unlike)) == 1


def test_the_chance_of_a_run_agrees_with_all_orders_of_a_few_sheets():
    # Of the 10 orders of aaabb three in a row occur in 3: aaabb, baaab, bbaaa.
    scores = sheets("44", "44", "44", "33", "33")
    assert longest_run_chance(scores, one_file(scores)) == pytest.approx(0.3, abs=0.05)


def test_the_most_frequent_label_is_taken_out_and_no_label_is_none():
    labels = ["b", "a", "", "a", "b", "c", ""]
    assert concentration(labels) == Fraction(2, 5)
    assert keep_outside_largest(labels).tolist() == [
        *(True, False, True, False, True, True, True)
    ]
    assert concentration(["", ""]) is None
    assert keep_outside_largest(["", ""]).all()
    assert not keep_outside_largest(["x", "x"]).any()


def test_blanks_are_counted_per_item_and_per_sheet():
    scores = sheets("4.4", "..4", "444", "333")
    assert blank_shares(scores) == [Fraction(1, 4), Fraction(1, 2), 0]
    assert any_blank(scores) == Fraction(1, 2)


def quality_of(city, sheets, crosswalk=None, **columns):
    unit = city.unit("a")
    frame = city.frame(unit, sheets, **columns)
    surveyed = survey_unit(city.study([unit]), unit, frame, "external")
    cleaned = city.cleaned({"a": frame})
    if crosswalk is not None:
        cleaned = cleaned._replace(crosswalk=crosswalk)
    rows = quality_rows(Address("2021", "unit", "a"), surveyed, cleaned)
    return {(row.measure, row.item, row.category): row for row in rows}


def test_every_sign_is_a_row_of_the_unit(city):
    answers = ["444"] * 20 + ["4.3"] * 10
    rows = quality_of(city, answers, day=["x"] * 15 + ["y"] * 5 + [""] * 10)
    expected = pytest.approx(enumerate_expected(sheets(*answers)), abs=1e-3)
    assert {key: row.value for key, row in rows.items()} == {
        ("straight_lined", "", ""): 20 / 30,
        ("all_highest", "", ""): 20 / 30,
        ("duplicate_vectors", "", ""): 1,
        ("duplicate_vectors", "", "expected"): expected,
        ("any_nonresponse", "", ""): 10 / 30,
        ("item_nonresponse", "persyaratan", ""): 0,
        ("item_nonresponse", "biaya", ""): 10 / 30,
        ("item_nonresponse", "perilaku", ""): 0,
        ("concentration", "", "day"): 0.75,
    }
    day = rows["concentration", "", "day"]
    assert (day.key, day.n) == ("unit.a.concentration.day", 20)
    assert day.flags == ("indicative", "suppressed")
    assert rows["straight_lined", "", ""].flags == ()


def test_a_run_is_counted_in_the_order_of_the_file_not_of_the_table(city):
    sheets = ["444", "443", "444", "334", "444"]
    crosswalk = pd.DataFrame(
        {
            "response": [f"{number:016x}" for number in (9, 2, 0, 4, 1, 3)],
            "delivery": ["a.csv"] * 6,
            "row": [2, 3, 4, 5, 6, 7],
        }
    )
    # In the file: 0 and 2 and 4 stand beside each other, and 9 was set aside.
    rows = quality_of(city, sheets, crosswalk)
    assert rows["longest_run", "", ""].value == 3
    assert quality_of(city, ["444", "443"]).get(("longest_run", "", "")) is None
