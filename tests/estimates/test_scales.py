"""The same answers on another scale: 1 to 4, 1 to 5, 1 to 6, 1 to 10.

Recoding 1-4 as 1, 4, 7, 10 stretches the scale without moving an answer on it. Every
mean, error and limit must stretch with it, and what is a share must stay.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.index import index
from skm_analysis.estimates.interval import limits
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.sample import MISSING, simple_sample
from skm_analysis.estimates.variance import assess

ITEMS = 3
# Parts that cannot be written with few decimals, and one that weighs nothing.
WEIGHTS = [Fraction(3, 7), Fraction(4, 7), Fraction(0)]
RULES = ["ratio", "complete", "person"]
SCALES = [(1, 5), (1, 6), (1, 10)]


def on(scale, scores, rule="ratio", population=None):
    lowest, highest = scale
    factor = Fraction(100, highest)
    sample = simple_sample(scores, population=population)
    linear = index(sample, WEIGHTS, factor, rule=rule)
    if linear is None:
        return None
    return assess(linear, sample, lowest=factor * lowest, highest=Fraction(100))


def place_on_scale(value, scale):
    """0 at the lowest index of a scale, 1 at 100."""
    least = 100 * scale[0] / scale[1]
    return (float(value) - least) / (100 - least)


def sheets_on(scale):
    marks = st.sampled_from([*range(scale[0], scale[1] + 1), MISSING])
    return st.integers(2, 30).flatmap(
        lambda n: arrays(np.int64, (n, ITEMS), elements=marks)
    )


def stretched(scores, scale, other):
    """Answers of one scale at the same places of another, 1-4 to 1-10 for example."""
    step = Fraction(other[1] - other[0], scale[1] - scale[0])
    assert step.denominator == 1
    moved = other[0] + int(step) * (scores - scale[0])
    return np.where(scores == MISSING, MISSING, moved)


@pytest.mark.parametrize(
    ("scale", "other"), [((1, 4), (1, 10)), ((1, 6), (1, 11)), ((1, 5), (0, 8))]
)
@given(st.data(), st.sampled_from(RULES), st.booleans())
def test_a_stretched_scale_stretches_value_error_and_limits(
    scale, other, data, rule, finite
):
    scores = data.draw(sheets_on(scale))
    population = 2 * len(scores) if finite else None
    one = on(scale, scores, rule, population)
    two = on(other, stretched(scores, scale, other), rule, population)
    assert (one is None) == (two is None)
    if one is None or one.se is None:
        return
    length, span = 100 - one.lowest, 100 - two.lowest
    assert place_on_scale(two.value, other) == pytest.approx(
        place_on_scale(one.value, scale), abs=1e-12
    )
    assert two.se / span == pytest.approx(one.se / length, abs=1e-12)
    for here, there in zip(limits(one, 0.95), limits(two, 0.95), strict=True):
        assert place_on_scale(there, other) == pytest.approx(
            place_on_scale(here, scale), abs=1e-8
        )


@pytest.mark.parametrize("scale", [(1, 4), *SCALES])
@given(st.data(), st.sampled_from(RULES))
def test_on_every_scale_the_index_and_its_limits_stay_on_it(scale, data, rule):
    found = on(scale, data.draw(sheets_on(scale)), rule)
    if found is None or found.se is None:
        return
    low, high = limits(found, 0.95)
    assert Fraction(100 * scale[0], scale[1]) <= found.value <= 100
    assert found.lowest <= low <= float(found.value) <= high <= 100


@pytest.mark.parametrize("scale", [(1, 4), *SCALES])
@given(st.data())
def test_turned_upside_down_value_and_limits_are_mirrored(scale, data):
    scores = data.draw(sheets_on(scale))
    turned = np.where(scores == MISSING, MISSING, sum(scale) - scores)
    one, two = on(scale, scores), on(scale, turned)
    if one is None or one.se is None:
        return
    assert place_on_scale(two.value, scale) == pytest.approx(
        1 - place_on_scale(one.value, scale)
    )
    (low, high), (other_low, other_high) = limits(one, 0.95), limits(two, 0.95)
    assert place_on_scale(other_low, scale) == pytest.approx(
        1 - place_on_scale(high, scale), abs=1e-8
    )
    assert place_on_scale(other_high, scale) == pytest.approx(
        1 - place_on_scale(low, scale), abs=1e-8
    )


@pytest.mark.parametrize("scale", [(1, 4), *SCALES])
def test_value_and_error_by_hand_on_every_scale(scale):
    """Best and worst throughout: the middle, with half the scale as its error."""
    best, worst = [scale[1]] * ITEMS, [scale[0]] * ITEMS
    found = on(scale, np.array([best, worst]))
    assert found.value == Fraction(100, scale[1]) * Fraction(sum(scale), 2)
    assert found.se == pytest.approx(100 * (scale[1] - scale[0]) / scale[1] / 2)


@pytest.fixture(scope="module")
def tables(city):
    """The same 40 sheets asked from 1 to 4 and from 1 to 10 (1, 4, 7, 10)."""
    recoded = {"1": 1, "2": 4, "3": 7, "4": 10, ".": None}
    sheets = [f"{4 - (row % 5 == 0)}{4 - (row % 3 == 0)}4" for row in range(38)]
    sheets += ["42.", "114"]
    found = []
    for scale in ((1, 4), (1, 10)):
        instrument = city.instrument(scale=scale, bands=scale == (1, 4))
        unit = city.unit("a", instrument=replace(instrument, id="same"))
        frame = city.frame(unit, sheets)
        if scale == (1, 10):
            for place, key in enumerate(unit.instrument.keys):
                frame[key] = frame[key].map(
                    lambda score: recoded[str(score)], na_action="ignore"
                )
                frame[key] = frame[key].astype("Int64")
                assert frame[key].isna().sum() == (place == 2)
        study = city.study([unit])
        found.append(Estimates(estimate_study(study, city.cleaned({"a": frame}))))
    return found


STAY = (
    *("n_accepted", "n_received", "n_required", "item_rank", "straight_lined"),
    *("all_highest", "alpha", "omega", "item_total", "validity", "duplicate_vectors"),
    *("item_nonresponse",),
)


@pytest.mark.parametrize("measure", STAY)
def test_what_is_no_score_is_the_same_on_both_scales(tables, measure):
    four, ten = (table.select(measure=measure) for table in tables)
    assert [row.key for row in four] == [row.key for row in ten]
    assert four
    for one, other in zip(four, ten, strict=True):
        for column in ("value", "ci_low", "ci_high", "n", "flags"):
            mine, theirs = getattr(one, column), getattr(other, column)
            if isinstance(mine, float):
                theirs = pytest.approx(theirs, abs=1e-6)
            assert mine == theirs


def test_item_means_stretch_with_their_errors_and_limits(tables):
    four, ten = (table.select(measure="nrr", part="") for table in tables)
    assert len(four) == len(ten) == ITEMS
    for one, other in zip(four, ten, strict=True):
        assert other.se == pytest.approx(3 * one.se)
        for column in ("value", "ci_low", "ci_high"):
            stretched_to = 3 * getattr(one, column) - 2
            assert getattr(other, column) == pytest.approx(stretched_to, abs=1e-8)


def test_the_index_of_ten_has_no_letter_and_lies_where_that_of_four_does(tables):
    four, ten = tables
    assert ten["unit.a.grade"].category == ""
    assert "no_bands" in ten["unit.a.grade"].flags
    assert ten.select(measure="grade_probability") == []
    for column in ("value", "ci_low", "ci_high"):
        places = [
            place_on_scale(getattr(table["unit.a.ikm"], column), scale)
            for table, scale in ((four, (1, 4)), (ten, (1, 10)))
        ]
        assert places[0] == pytest.approx(places[1], abs=1e-8)


def test_shares_of_answers_move_with_the_answers(tables):
    four, ten = tables
    for item in ("persyaratan", "biaya", "perilaku"):
        for score in (1, 2, 3, 4):
            one = four[f"unit.a.share.{item}.{score}"]
            other = ten[f"unit.a.share.{item}.{3 * score - 2}"]
            assert (one.value, one.se) == pytest.approx((other.value, other.se))
