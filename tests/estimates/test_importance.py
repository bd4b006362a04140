from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from skm_analysis.estimates.importance import (
    from_cross,
    gap,
    mean_over_items,
    quadrant,
    satisfaction_index,
)
from skm_analysis.estimates.importance_rows import importance_rows
from skm_analysis.estimates.index import index, item_mean
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.sample import simple_sample
from skm_analysis.estimates.surveyed import survey_unit
from skm_analysis.estimates.variance import standard_error


def answers(n, seed=3, blanks=0.0):
    """(n, 6): three items' satisfaction, then their importance; related, skewed."""
    generator = np.random.default_rng(seed)
    mood = generator.normal(size=(n, 1))
    latent = 0.8 * mood + generator.normal(size=(n, 6)) + [1.5, 0.5, 1, 2, 1, 0]
    scores = np.clip(np.round(2 + latent), 1, 4).astype(np.int64)
    return np.where(generator.random(scores.shape) < blanks, -1, scores)


def linears(scores):
    sample = simple_sample(scores)
    means = [item_mean(sample, place) for place in range(scores.shape[1])]
    half = len(means) // 2
    return sample, means[:half], means[half:]


def csi(scores, weights):
    """Written again, in floats, for sheets that weigh differently."""
    given = scores != -1
    counted = weights[:, None] * given
    means = (counted * scores).sum(axis=0) / counted.sum(axis=0)
    satisfaction, importance = means[:3], means[3:]
    return 25 * (satisfaction @ importance) / importance.sum()


def test_the_satisfaction_index_by_hand():
    # Satisfaction 3 and 4, importance 4 and 2: (3·4 + 4·2) / 6 of 4.
    scores = np.array([[3, 4, 4, 2]] * 5)
    _, satisfied, important = linears(scores)
    found = satisfaction_index(satisfied, important, Fraction(25))
    assert found.value == Fraction(25 * 20, 6)


def test_where_all_is_equally_important_it_is_the_index_with_its_error():
    scores = answers(40)
    scores[:, 3:] = 4
    sample, satisfied, important = linears(scores)
    found = satisfaction_index(satisfied, important, Fraction(25))
    alone = simple_sample(scores[:, :3])
    plain = index(alone, [Fraction(1, 3)] * 3, Fraction(25))
    assert found.value == plain.value
    assert standard_error(found, sample) == pytest.approx(standard_error(plain, alone))


@pytest.mark.parametrize("blanks", [0.0, 0.15])
def test_each_respondents_pull_is_the_slope_of_the_index_in_that_sheets_weight(blanks):
    scores = answers(30, blanks=blanks)
    _, satisfied, important = linears(scores)
    found = satisfaction_index(satisfied, important, Fraction(25))
    assert float(found.value) == pytest.approx(csi(scores, np.ones(30)))
    step = 1e-5
    for place in range(30):
        more, less = np.ones(30), np.ones(30)
        more[place] += step
        less[place] -= step
        slope = (csi(scores, more) - csi(scores, less)) / (2 * step)
        assert found.influence[place] == pytest.approx(slope, abs=1e-8)


def test_the_error_of_the_satisfaction_index_is_that_of_a_bootstrap():
    scores = answers(200)
    sample, satisfied, important = linears(scores)
    found = satisfaction_index(satisfied, important, Fraction(25))
    generator = np.random.default_rng(11)
    draws = [
        csi(scores, np.bincount(generator.integers(0, 200, 200), minlength=200) * 1.0)
        for _ in range(4000)
    ]
    assert standard_error(found, sample) == pytest.approx(np.std(draws), rel=0.05)


def test_the_gap_is_that_of_paired_answers_with_their_error():
    scores = answers(50)
    sample, satisfied, important = linears(scores)
    for item in range(3):
        found = gap(sample, satisfied[item], important[item], (1, 4))
        paired = scores[:, item] - scores[:, item + 3]
        assert float(found.value) == pytest.approx(paired.mean())
        assert found.se == pytest.approx(paired.std(ddof=1) / np.sqrt(50))
        assert (found.df, found.n) == (49, 50)
        assert (found.lowest, found.highest) == (-3, 3)


def test_an_item_lies_in_one_of_four_quadrants_and_the_cross_counts_as_high():
    cross = Fraction(7, 2), Fraction(3)
    low, high = Fraction(2), Fraction(4)
    assert quadrant(low, high, cross) == "concentrate"
    assert quadrant(high, high, cross) == "keep"
    assert quadrant(low, low, cross) == "low"
    assert quadrant(high, low, cross) == "overkill"
    assert quadrant(cross[0], cross[1], cross) == "keep"


def test_an_item_is_told_from_the_mean_of_items_by_the_same_sheets():
    scores = answers(80)
    sample, satisfied, _ = linears(scores)
    cross = mean_over_items(satisfied)
    found = from_cross(sample, satisfied[1], cross, (1, 4))
    own = scores[:, 1] - scores[:, :3].mean(axis=1)
    assert float(cross.value) == pytest.approx(scores[:, :3].mean())
    assert float(found.value) == pytest.approx(own.mean())
    assert found.se == pytest.approx(own.std(ddof=1) / np.sqrt(80))


def test_a_quadrant_is_certain_where_sheets_agree_on_what_is_below_the_mean(city):
    # Contented or not, everybody finds the second item worse and more important.
    content = np.repeat([[4, 3, 4, 3, 4, 3], [3, 2, 3, 2, 3, 2]], 30, axis=0)
    content[0, 0] = 3  # some difference between sheets
    rows = rows_of(city, content)
    assert rows["quadrant", "biaya"].category == "concentrate"
    assert "uncertain" not in rows["quadrant", "biaya"].flags
    same = rows_of(city, np.tile([[4, 4, 4, 3, 3, 3], [3, 3, 4, 3, 3, 3]], (30, 1)))
    assert "uncertain" in same["quadrant", "biaya"].flags


def rows_of(city, scores, asked="persyaratan biaya perilaku"):
    unit = city.unit("a")
    table = np.where(scores == -1, None, scores)
    sheets = ["".join("." if v is None else str(v) for v in row[:3]) for row in table]
    frame = city.frame(unit, sheets)
    for place, key in enumerate(unit.instrument.keys):
        if key in asked.split():
            frame["importance." + key] = pd.array(table[:, 3 + place], dtype="Int64")
    surveyed = survey_unit(city.study([unit]), unit, frame, "external")
    rows = importance_rows(Address("2021", "unit", "a"), surveyed)
    return {(row.measure, row.item): row for row in rows}


def test_nothing_is_said_of_importance_that_was_not_asked(city):
    assert rows_of(city, answers(40), asked="") == {}


def test_importance_gap_quadrant_and_index_are_rows_of_the_unit(city):
    scores = answers(60)
    rows = rows_of(city, scores)
    means = scores.mean(axis=0)
    assert rows["importance", "biaya"].value == pytest.approx(means[4])
    assert rows["gap", "biaya"].value == pytest.approx(means[1] - means[4])
    assert rows["nrr_mean", ""].value == pytest.approx(means[:3].mean())
    assert rows["importance_mean", ""].value == pytest.approx(means[3:].mean())
    assert rows["csi", ""].value == pytest.approx(csi(scores, np.ones(60)))
    assert rows["csi", ""].ci_low < rows["csi", ""].value < rows["csi", ""].ci_high
    for place, key in enumerate(("persyaratan", "biaya", "perilaku")):
        good = means[place] >= means[:3].mean()
        heavy = means[3 + place] >= means[3:].mean()
        expected = {
            (True, True): "keep",
            (False, True): "concentrate",
            (False, False): "low",
            (True, False): "overkill",
        }[good, heavy]
        assert rows["quadrant", key].category == expected
        assert rows["quadrant", key].key == f"unit.a.quadrant.{key}"


def test_a_gap_whose_interval_leaves_zero_out_is_flagged(city):
    scores = answers(60)
    scores[:, 3] = 4  # importance of the first item
    rows = rows_of(city, scores)
    assert "gap_sure" in rows["gap", "persyaratan"].flags
    scores[:, 4] = scores[:, 1]
    rows = rows_of(city, scores)
    assert "gap_sure" not in rows["gap", "biaya"].flags


def test_importance_of_some_items_only_gives_their_index_and_says_so(city):
    rows = rows_of(city, answers(60), asked="persyaratan perilaku")
    assert "common_items" in rows["csi", ""].flags
    assert ("importance", "biaya") not in rows


def test_importance_told_by_few_is_withheld_with_all_that_would_give_it_away(city):
    scores = answers(60)
    scores[8:, 4] = -1
    rows = rows_of(city, scores)
    for measure, item in [
        ("importance", "biaya"),
        ("gap", "biaya"),
        ("quadrant", "biaya"),
        ("csi", ""),
        ("importance_mean", ""),
    ]:
        assert "suppressed" in rows[measure, item].flags
    assert "suppressed" not in rows["gap", "perilaku"].flags
