"""The worksheet's weighted means, and what each unsur lacks of the highest index."""

from dataclasses import replace
from fractions import Fraction

import pytest

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.rows import Estimates

FOUR = ["444", "443", "4.2", "424"]  # means 4, 10/3, 13/4
HALVES = ["444", "333"] * 20


def estimates(city, units, sheets, **rules):
    frames = {each.id: city.frame(each, sheets[each.id]) for each in units}
    study = city.study(units, **rules)
    return Estimates(estimate_study(study, city.cleaned(frames)))


def weighed(city, *weights):
    blank = city.instrument()
    items = tuple(
        replace(item, weight=Fraction(weight))
        for item, weight in zip(blank.items, weights, strict=True)
    )
    return replace(blank, items=items)


def test_each_mean_is_weighed_and_the_sum_is_on_the_scale_of_the_answers(city):
    unit = city.unit("a", instrument=weighed(city, "1/2", "1/4", "1/4"))
    rows = estimates(city, [unit], {"a": FOUR})
    assert rows["unit.a.nrr_weighted.persyaratan"].value == 2
    assert rows["unit.a.nrr_weighted.biaya"].value == pytest.approx(5 / 6)
    assert rows["unit.a.nrr_weighted.biaya"].n == 3
    assert rows["unit.a.nrr_weighted.perilaku"].value == 13 / 16
    assert rows["unit.a.nrr_weighted"].value == pytest.approx(175 / 48)
    assert rows["unit.a.nrr_weighted"].n == 4


def test_an_item_that_nobody_answered_has_an_empty_one_and_there_is_no_sum(city):
    unit = city.unit("a")
    rows = estimates(city, [unit], {"a": ["4.4"] * 12})
    empty = rows["unit.a.nrr_weighted.biaya"]
    assert (empty.value, "item_unanswered" in empty.flags) == (None, True)
    assert rows.get("unit.a.nrr_weighted") is None


def test_where_few_answered_it_is_withheld_as_the_mean_is(city):
    unit = city.unit("a")
    rows = estimates(city, [unit], {"a": ["444", "44."] * 4 + ["343"] * 30})
    assert "suppressed" not in rows["unit.a.nrr_weighted.perilaku"].flags
    few = estimates(city, [unit], {"a": ["44."] * 30 + ["343"] * 9})
    assert "suppressed" in few["unit.a.nrr_weighted.perilaku"].flags
    assert "suppressed" not in few["unit.a.nrr_weighted"].flags
    nine = estimates(city, [unit], {"a": ["444"] * 9})
    assert "suppressed" in nine["unit.a.nrr_weighted"].flags


def test_no_sum_stands_beside_an_index_that_is_not_made_of_it(city):
    rows = estimates(city, [city.unit("a")], {"a": FOUR}, missing="person")
    assert rows.get("unit.a.nrr_weighted") is None
    assert rows["unit.a.nrr_weighted.persyaratan"].value == pytest.approx(4 / 3)


@pytest.fixture
def two(city):
    """Means 3.5 throughout, 1/3 each; means 4 and 3, 1/2 each. Both indices are 87.5.

    Of 100 they lack 25 · 1/3 · 0.5 = 25/6 thrice, and 25 · 1/2 · 1 = 12.5 once.
    """
    return [
        city.unit("a"),
        city.unit("b", instrument=city.instrument("persyaratan sarana")),
    ]


def shortfall(rows, part=""):
    found = rows.select(measure="shortfall", part=part)
    return {row.category: row for row in found}


def test_the_unsur_together_are_what_the_mean_of_the_units_lacks(city, two):
    rows = estimates(city, two, {"a": HALVES, "b": ["43"] * 40})
    found = shortfall(rows)
    assert [(each, round(row.value, 9), row.n) for each, row in found.items()] == [
        ("persyaratan", round(25 / 12, 9), 80),
        ("biaya", round(25 / 12, 9), 40),
        ("perilaku", round(25 / 12, 9), 40),
        ("sarana", 6.25, 40),
    ]
    assert rows["city..ikm_mean_of_units"].value == 87.5
    assert sum(row.value for row in found.values()) == pytest.approx(100 - 87.5)


def test_the_units_own_indicators_stand_together_in_one_row(city):
    blank = city.instrument("persyaratan parkir kantin")
    items = tuple(
        replace(item, unsur="persyaratan" if item.key == "persyaratan" else None)
        for item in blank.items
    )
    unit = city.unit("a", instrument=replace(blank, items=items))
    found = shortfall(estimates(city, [unit], {"a": HALVES}))
    assert {each: round(row.value, 9) for each, row in found.items()} == {
        "persyaratan": round(25 / 6, 9),
        "own": round(25 / 3, 9),
    }


def test_a_unit_of_nine_is_in_the_withheld_rows_alone(city, two):
    rows = estimates(city, two, {"a": HALVES, "b": ["43"] * 9})
    assert all("suppressed" in row.flags for row in shortfall(rows).values())
    told = shortfall(rows, "published")
    assert set(told) == {"persyaratan", "biaya", "perilaku"}
    assert told["biaya"].value == pytest.approx(25 / 6)
    assert not any("suppressed" in row.flags for row in told.values())


def test_what_would_give_a_withheld_mean_away_is_withheld(city, two):
    rows = estimates(city, two, {"a": ["44."] * 30 + ["343"] * 9, "b": ["43"] * 40})
    held = {each for each, row in shortfall(rows).items() if "suppressed" in row.flags}
    assert "perilaku" in held
    assert len(held) == 2
    assert "sarana" not in held


def test_under_the_rule_person_the_index_is_no_sum_over_unsur(city, two):
    sheets = {"a": HALVES, "b": ["43"] * 40}
    assert not shortfall(estimates(city, two, sheets, missing="person"))
