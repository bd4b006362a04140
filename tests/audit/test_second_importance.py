"""The auditor's own importance: from the page, and by ways of its own."""

import math
import statistics
from fractions import Fraction

import pytest

from skm_analysis.audit.answers import Office, Question, Sheet, Survey
from skm_analysis.audit.second_importance import expect_importance
from skm_analysis.audit.second_surveyed import ask

HALVES = (Question("a", "", Fraction(1, 2)), Question("b", "", Fraction(1, 2)))


def rows(sheets):
    """Two items and their importance; nothing known of the population."""
    told = tuple(
        Sheet("external", "", "", {"a": a, "b": b}, importance={"a": c, "b": d})
        for a, b, c, d in sheets
    )
    office = Office("u", "k", (1, 4), "", HALVES, None, "random", {}, told)
    survey = Survey("s", "ratio", "none", Fraction(19, 20), (), (office,))
    found = expect_importance(ask(survey, office, told))
    return {key.removeprefix("unit.u."): row for key, row in found}


def test_the_index_weighed_by_importance_is_that_of_the_page():
    """docs/methodology.md, section 9: S = 3, 4 and M = 4, 2."""
    found = rows([(3, 4, 4, 2), (3, 4, 4, 1), (4, 4, 4, 3), (2, 4, 4, 2)])
    assert found["csi"].value == Fraction(250, 3)
    assert found["gap.a"].value == -1
    assert found["nrr_mean"].value == Fraction(7, 2)
    assert found["quadrant.a"].words == ("prioritas utama",)
    assert found["quadrant.b"].category == "overkill"


SHEETS = [(3, 4, 4, 2), (3, 3, 4, 1), (4, 4, 3, 3), (2, 4, 4, 2), (4, 3, 2, 4)]


def test_the_error_of_a_gap_is_that_of_paired_differences():
    differences = [a - c for a, _, c, _ in SHEETS]
    row = rows(SHEETS)["gap.a"]
    expected = statistics.stdev(differences) / math.sqrt(len(SHEETS))
    assert row.se == pytest.approx(expected)
    assert row.limits.low < float(row.value) < row.limits.high


def weighed(weights):
    """The index of sheets that count so much, 25 · ΣMS ÷ ΣM."""
    whole = sum(weights)
    a, b, c, d = (
        sum(w * x for w, x in zip(weights, column, strict=True)) / whole
        for column in zip(*SHEETS, strict=True)
    )
    return 25 * (a * c + b * d) / (c + d)


def test_the_error_of_the_index_is_that_of_numerical_derivatives():
    n, step = len(SHEETS), 1e-5
    moves = []
    for place in range(n):
        up, down = ([1.0] * n for _ in range(2))
        up[place] += step
        down[place] -= step
        moves.append((weighed(up) - weighed(down)) / (2 * step))
    expected = math.sqrt(n / (n - 1) * sum(move * move for move in moves))
    assert rows(SHEETS)["csi"].se == pytest.approx(expected, rel=1e-7)


def test_where_nobody_was_asked_there_is_nothing():
    sheet = Sheet("external", "", "", {"a": 4, "b": 3})
    office = Office("u", "k", (1, 4), "", HALVES, None, "random", {}, (sheet,))
    survey = Survey("s", "ratio", "none", Fraction(19, 20), (), (office,))
    assert not list(expect_importance(ask(survey, office, (sheet,))))
