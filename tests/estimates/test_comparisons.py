from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.change import holm
from skm_analysis.estimates.disclosure import FEWEST_TOLD, hidden_cells
from skm_analysis.estimates.interval import Limits
from skm_analysis.estimates.targets import evidence, outcome

p_values = st.dictionaries(st.text(max_size=3), st.floats(0, 1), min_size=1)


@given(p_values)
def test_holm_never_makes_a_difference_surer(found):
    adjusted = holm(found)
    assert adjusted.keys() == found.keys()
    assert all(found[name] <= adjusted[name] <= 1 for name in found)


@given(p_values)
def test_holm_keeps_the_order(found):
    adjusted = holm(found)
    ordered = sorted(found, key=lambda name: found[name])
    values = [adjusted[name] for name in ordered]
    assert values == sorted(values)


def test_holm_as_worked_by_hand():
    adjusted = holm({"a": 0.01, "b": 0.02, "c": 0.9})
    assert adjusted == pytest.approx({"a": 0.03, "b": 0.04, "c": 0.9})


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40)))
def test_no_held_back_cell_follows_from_the_total(counts):
    hidden = hidden_cells(counts)
    small = {band for band, count in counts.items() if 0 < count < FEWEST_TOLD}
    assert small <= hidden
    if hidden and hidden != {band for band, count in counts.items() if count > 0}:
        assert len(hidden) > 1
        assert sum(counts[band] for band in hidden) >= FEWEST_TOLD


def test_a_target_is_reached_by_the_printed_value():
    assert outcome(Fraction("89.995"), Decimal("90.00")) == "reached"
    assert outcome(Fraction("89.9949"), Decimal("90.00")) == "not_reached"


def test_without_an_interval_a_target_is_uncertain():
    assert evidence(None, Decimal(90)) == "uncertain"
    assert evidence(Limits(90, 95), Decimal(90)) == "supported"
    assert evidence(Limits(80, 90), Decimal(90)) == "uncertain"
