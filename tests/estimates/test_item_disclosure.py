"""An item that few answered must not follow from the index and the other items."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest

from skm_analysis.estimates.deriving import Previous, estimate_study
from skm_analysis.estimates.rows import Estimates

FULL = ["444", "334"] * 18
FEW = ["41.", "34."] * 18 + ["431"] * 4  # 4 of 40 answered `perilaku`


def told(rows, measure, **columns):
    found = rows.select(measure=measure, part="", **columns)
    return {row.item for row in found if "suppressed" not in row.flags}


@pytest.fixture
def table(city):
    def make(sheets, earlier=None, keys="persyaratan prosedur perilaku"):
        unit = city.unit("a", instrument=city.instrument(keys))
        study = city.study([unit])
        before = earlier and Previous(
            city.study([unit], id="2020"),
            city.cleaned({"a": city.frame(unit, earlier)}),
        )
        return Estimates(
            estimate_study(study, city.cleaned({"a": city.frame(unit, sheets)}), before)
        )

    return make


def test_the_mean_of_few_is_withheld_with_that_of_another_item(table):
    rows = table(FEW)
    for measure in ("nrr", "sum", "nrr_unweighted", "share", "share_count"):
        assert len(told(rows, measure)) == 1
        assert "perilaku" not in told(rows, measure)
    assert "suppressed" not in rows["unit.a.ikm"].flags


def test_no_printed_number_gives_the_answers_of_the_few(table):
    """With the index known, two unknown means are one equation."""
    rows = table(FEW)
    index = Fraction(rows["unit.a.ikm"].value).limit_denominator(10**6)
    known = {
        key: rows[f"unit.a.nrr.{key}"].value
        for key in told(rows, "nrr") | told(rows, "nrr_unweighted")
    }
    rest = float(index) * 3 / 25 - sum(known.values())
    possible = {
        (few, other)
        for few, other in itertools.product(range(4, 17), range(40, 161))
        if abs(few / 4 + other / 40 - rest) < 1e-9
    }
    assert len(possible) > 1


def test_where_every_item_has_enough_answers_nothing_is_withheld(table):
    rows = table(FULL)
    assert told(rows, "nrr") == {"persyaratan", "prosedur", "perilaku"}


def test_the_index_without_the_fee_is_withheld_if_few_told_the_fee(table):
    few = [sheet[::-1] for sheet in FEW]
    rows = table(few, keys="biaya prosedur perilaku")
    assert "suppressed" in rows["unit.a.ikm_without_biaya"].flags
    assert "suppressed" in rows["unit.a.sensitivity.without-biaya"].flags
    enough = table(FULL, keys="biaya prosedur perilaku")
    assert "suppressed" not in enough["unit.a.ikm_without_biaya"].flags


@pytest.mark.parametrize(("now", "then"), [(FEW, FULL), (FULL, FEW)])
def test_nor_does_the_change_of_an_item_give_it_away(table, now, then):
    rows = table(now, then)
    assert len(told(rows, "change_nrr")) == 1
    held = {
        row.item
        for row in rows.select(measure="nrr", part="previous")
        if "suppressed" in row.flags
    }
    assert len(held) == (2 if then is FEW else 0)


def test_an_item_that_weighs_nothing_gives_nothing_away(city):
    instrument = city.instrument("persyaratan prosedur perilaku")
    items = tuple(
        replace(item, weight=Fraction(item.key != "perilaku", 2))
        for item in instrument.items
    )
    unit = city.unit("a", instrument=replace(instrument, items=items))
    frame = city.frame(unit, FEW)
    rows = Estimates(estimate_study(city.study([unit]), city.cleaned({"a": frame})))
    assert told(rows, "nrr") == {"persyaratan", "prosedur"}
