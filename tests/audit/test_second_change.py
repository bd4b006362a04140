"""The auditor's own changes: by hand, from the page, and by scipy's quantiles."""

import math
from fractions import Fraction

import pytest
from scipy import special

from skm_analysis.audit.answers import Office, Question, Sheet, Survey
from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_change import expect_changes, pair_units, said
from skm_analysis.audit.second_index import Figure
from skm_analysis.audit.second_interval import Limits, Spread
from skm_analysis.audit.second_p_values import holm, p_value
from skm_analysis.audit.second_surveyed import ask_all

LEVEL = Fraction(19, 20)


def test_holm_is_that_of_the_page():
    """docs/methodology.md, section 4."""
    found = holm({"ngalau": 0.01, "ganting": 0.04, "sigando": 0.03})
    assert found == pytest.approx({"ngalau": 0.03, "sigando": 0.06, "ganting": 0.06})


def figure(value, se, n):
    spread = Spread(se, n - 1, Fraction(25), Fraction(100), 1 / n, 1.0)
    return Figure(Fraction(value), n, spread)


def limits_by_scipy(one, level):
    """docs/methodology.md, section 3, for an endless population."""
    tail, m = (1 + level) / 2, float((100 - one.value) / 75)
    spread = one.spread
    v = (spread.se / 75 * special.stdtrit(spread.df, tail) / special.ndtri(tail)) ** 2

    def quantile(q, mean, variance):
        k = mean * (1 - mean) / variance - 1
        return special.betaincinv(mean * k, (1 - mean) * k, q)

    a, b = (1 - m) * spread.concentration / 4, m * spread.concentration / 4
    low = 100 - 75 * max(m, quantile(tail, m + a, v + a * a))
    return low, 100 - 75 * min(m, quantile(1 - tail, m - b, v + b * b))


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        (figure(92, 1.1, 60), figure("88.5", 1.3, 45)),
        (figure("97.25", 0.6, 30), figure(98, 0.7, 200)),
        (figure(82, 2.0, 15), figure(76, 2.5, 12)),
    ],
)
def test_at_the_level_of_p_the_interval_just_reaches_0(later, earlier):
    p = p_value([(Fraction(1), later), (Fraction(-1), earlier)])
    gap = float(later.value - earlier.value)
    now, then = (limits_by_scipy(each, 1 - p) for each in (later, earlier))
    up, down = (now, then) if gap > 0 else (then, now)
    first, second = (later, earlier) if gap > 0 else (earlier, later)
    reach = math.hypot(float(first.value) - up[0], down[1] - float(second.value))
    assert abs(gap) == pytest.approx(reach, abs=1e-8)


def test_of_many_respondents_p_is_nearly_that_of_the_normal_distribution():
    first, second = figure(70, 0.3, 40_000), figure(69, 0.4, 30_000)
    p = p_value([(Fraction(1), first), (Fraction(-1), second)])
    assert p == pytest.approx(2 * special.ndtr(-1 / 0.5), rel=0.01)


def test_the_ends_of_p():
    same = figure(90, 1.0, 40)
    assert p_value([(Fraction(1), same), (Fraction(-1), same)]) == 1.0
    known = [
        Figure(Fraction(v), 9, Spread(0.0, 8, Fraction(25), Fraction(100), 1 / 9, 0.0))
        for v in (90, 91)
    ]
    assert p_value([(Fraction(1), known[0]), (Fraction(-1), known[1])]) == 0.0
    lone = Figure(Fraction(90), 1, None)
    assert p_value([(Fraction(1), same), (Fraction(-1), lone)]) is None


@pytest.mark.parametrize(
    ("value", "limits", "p", "fewer", "words"),
    [
        ("3", (1, 5), 0.01, 40, ("naik",)),
        ("-3", (-5, -1), 0.01, 40, ("turun",)),
        ("3", (-1, 5), 0.05, 40, ("tidak dapat dibedakan",)),
        ("0.001", (0.0005, 0.002), 0.01, 40, ("tidak dapat dibedakan",)),
        ("3", (3, 3), None, 40, ("tidak dapat dibedakan",)),
        ("0", (0, 0), None, 40, ("tetap",)),
        ("3", (1, 5), 0.01, 29, ("indikatif, tanpa arah",)),
    ],
)
def test_a_direction_is_told_only_on_evidence(value, limits, p, fewer, words):
    row = Expected(Fraction(value), limits=Limits(*map(float, limits)))
    assert said(row, p, fewer) == words


def survey(sheets, weights, source="external", scale=(1, 4)):
    questions = tuple(Question(key, "", Fraction(w)) for key, w in weights.items())
    answers = tuple(
        Sheet(source, "", "", dict(zip(weights, each, strict=True))) for each in sheets
    )
    office = Office("a", "k", scale, "b", questions, None, "random", {}, answers)
    return Survey("s", "ratio", "none", LEVEL, (), (office,))


def pair(now, then):
    return pair_units(ask_all(now), ask_all(then))["a"]


NOW = survey([(4, 3), (3, 3), (4, 2)], {"a": "1/4", "b": "3/4"})


def test_other_weights_are_compared_with_todays():
    then = survey([(2, 3), (3, 4)], {"a": "1/2", "b": "1/2"})
    found = pair(NOW, then)
    assert not found.whole
    assert found.terms[1][1].value == 25 * (Fraction(5, 8) + Fraction(21, 8))


def test_other_questions_are_left_out():
    then = survey([(2, 3), (3, 4)], {"b": "1/2", "c": "1/2"})
    found = pair(NOW, then)
    assert [figure.value for _, figure in found.terms] == [25 * Fraction(8, 3), 62.5]


@pytest.mark.parametrize(
    "then",
    [
        survey([(2, 3)] * 3, {"a": "1/4", "b": "3/4"}, scale=(1, 5)),
        survey([(2, 3)] * 3, {"a": "1/4", "b": "3/4"}, source="internal"),
        survey([(2, 3)] * 3, {"c": "1/4", "d": "3/4"}),
        survey([(2, 3)] * 3, {"c": "1", "d": "0"}),
    ],
)
def test_what_cannot_be_compared_has_an_empty_row(then):
    assert pair(NOW, then).terms is None
    rows = dict(expect_changes(ask_all(NOW), ask_all(then)))
    assert rows["unit.a.change"] == Expected(n=3)
    assert rows["city..n_units.comparable"].value == 0
