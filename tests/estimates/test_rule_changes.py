"""What a rule changed after freezing did: worked by hand on sheets of three items."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from skm_analysis.estimates.deriving import survey_units
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.rule_change_rows import rule_change_rows
from skm_analysis.study.frozen_rules import rules_of

# 30 sheets; the last ten left the third item blank. Means 3.5, 3.5 and 4.
SHEETS = ["444"] * 10 + ["334"] * 10 + ["44."] * 5 + ["33."] * 5


def rows_of(now, then, frames, put_back=None):
    """Rows after the rules were frozen as in the study `then`."""
    cleaned = put_back(frames) if put_back else frames
    surveys = survey_units(now, cleaned)
    return Estimates(rule_change_rows(now, rules_of(then), cleaned, surveys))


def one(city, sheets=SHEETS, now=None, then=None, now_unit=None, then_unit=None, **f):
    """Rows of a city of unit `a` and unit `b`, which answers 4 throughout."""
    other = city.unit("b")

    def made(columns, unit):
        return city.study([city.unit("a", **(unit or {})), other], **(columns or {}))

    study, frozen = made(now, now_unit), made(then, then_unit)
    frames = {
        "a": city.frame(study.units[0], sheets, **f),
        "b": city.frame(other, ["444"] * 40),
    }
    return rows_of(study, frozen, city.cleaned(frames))


def test_without_a_change_there_are_no_rows(city):
    assert len(one(city)) == 0


def test_the_rule_for_blanks_as_frozen(city):
    rows = one(city, then={"missing": "complete"})
    row = rows["unit.a.rule_change.missing"]
    # Twenty complete sheets: 3.5, 3.5, 4, and 25 a point. As a ratio the same.
    assert row.value == pytest.approx(25 * 11 / 3, rel=1e-12)
    assert row.n == 20
    assert "grade_A" in row.flags
    city_row = rows["city..rule_change.missing"]
    assert city_row.value == pytest.approx((25 * 11 / 3 + 100) / 2, rel=1e-12)


def test_the_letter_that_differs_is_told(city):
    # 3.5 twice and 1: 66.67 is C by weights alike, and 87.5 is B without the third.
    weights = [Fraction(1, 2), Fraction(1, 2), Fraction(0)]
    today = replace(city.instrument(), id="own")
    items = tuple(
        replace(item, weight=weight)
        for item, weight in zip(today.items, weights, strict=True)
    )
    rows = one(
        city,
        sheets=["441"] * 15 + ["331"] * 15,
        now_unit={"instrument": today},
        then_unit={"instrument": replace(today, items=items)},
    )
    row = rows["unit.a.rule_change.weights"]
    assert row.value == 87.5
    assert {"grade_B", "grade_differs"} <= set(row.flags)
    assert rows["city..rule_change.weights"].value == (87.5 + 100) / 2
    assert "unit.b.rule_change.weights" not in rows


def test_another_table_of_grades_moves_the_letter_alone(city):
    today = replace(city.instrument(), id="own")
    rows = one(
        city,
        now_unit={"instrument": today},
        then_unit={"instrument": replace(today, bands=None)},
    )
    row = rows["unit.a.rule_change.bands"]
    assert row.value == pytest.approx(25 * 11 / 3, rel=1e-12)
    assert {"no_bands", "grade_differs"} <= set(row.flags)


def test_strata_as_frozen_weigh_as_then(city):
    stratum = ["A"] * 15 + ["B"] * 15
    sheets = ["444"] * 15 + ["222"] * 15
    rows = one(
        city,
        sheets,
        now={"weighting": "strata"},
        then={"weighting": "strata"},
        now_unit={"population": None, "strata": {"A": 500, "B": 500}},
        then_unit={"population": None, "strata": {"A": 900, "B": 100}},
        stratum=stratum,
    )
    # 0.9 of 100 and 0.1 of 50; today half and half.
    row = rows["unit.a.rule_change.strata"]
    assert row.value == 95
    assert {"grade_A", "grade_differs"} <= set(row.flags)


def test_strata_that_the_answers_do_not_tell_are_not_worked_out(city):
    rows = one(
        city,
        ["444"] * 30,
        now={"weighting": "strata"},
        then={"weighting": "strata"},
        now_unit={"population": None, "strata": {"A": 500, "B": 500}},
        then_unit={"population": None, "strata": {"C": 900, "D": 100}},
        stratum=["A"] * 30,
    )
    for key in ("unit.a.rule_change.strata", "city..rule_change.strata"):
        assert rows[key].value is None
        assert rows[key].flags == ("not_computed",)


def test_a_small_stratum_does_not_come_out_by_two_weightings(city):
    rows = one(
        city,
        ["444"] * 25 + ["222"] * 5,
        now={"weighting": "strata"},
        now_unit={"population": None, "strata": {"A": 500, "B": 500}},
        then_unit={"population": None, "strata": {"A": 500, "B": 500}},
        stratum=["A"] * 25 + ["B"] * 5,
    )
    assert "suppressed" in rows["unit.a.rule_change.weighting"].flags
    assert "suppressed" in rows["city..rule_change.weighting"].flags


def test_a_withheld_unit_on_another_scale_hides_nothing_of_the_city(city):
    """It is no part of the city's figure, which the sensitivity table prints anyway."""
    first = city.unit("a")
    other = city.unit("b", instrument=city.instrument(scale=(1, 5)))
    third = city.unit("c")
    blanks = ["4.4"] * 12 + ["434"] * 18
    sheets = {"a": blanks, "b": ["5.5"] * 2 + ["454"] * 28, "c": blanks}
    units = (first, other, third)
    frames = {each.id: city.frame(each, sheets[each.id]) for each in units}
    study = city.study(units, missing="person")
    rows = rows_of(study, city.study(units), city.cleaned(frames))
    assert "suppressed" in rows["unit.b.rule_change.missing"].flags
    assert "suppressed" not in rows["city..rule_change.missing"].flags


def test_the_level_and_the_choice_of_respondents_move_the_interval(city):
    wide = one(city, then={"confidence_level": Decimal("0.99")})
    row = wide["unit.a.rule_change.confidence-level"]
    assert row.level == 0.99
    met = one(city, then_unit={"sampling": "convenience"})
    assert "conditional" in met["unit.a.rule_change.sampling"].flags
    assert "unit.b.rule_change.sampling" not in met


def test_a_target_as_frozen(city):
    rows = one(
        city,
        now_unit={"target": Decimal(91)},
        then_unit={"target": Decimal(92)},
    )
    # 91.67 reaches 91 and not 92.
    assert "outcome_differs" in rows["unit.a.rule_change.target"].flags
    assert "city..rule_change.target" not in rows


def under(city, accepted, then):
    """Index and flags of unit a and of the city if `then` were the accepted sheets.

    What the frozen rule would have accepted is the cleaning's to say.
    """
    units = [city.unit("a")]
    usual = city.study(units).cleaning
    frozen = city.study(units, cleaning=replace(usual, duplicates="report"))
    frames, before = (
        {"a": city.frame(units[0], sheets)} for sheets in (accepted, then)
    )
    cleaned = city.cleaned(frames)._replace(under_frozen={"duplicates": before})
    rows = rows_of(city.study(units), frozen, cleaned)
    return rows["unit.a.rule_change.duplicates"], rows["city..rule_change.duplicates"]


def test_a_cleaning_rule_as_frozen_counts_the_sheets_that_it_accepts(city):
    row, whole = under(city, ["444"] * 30, ["444"] * 30 + ["111"] * 10)
    assert (row.n, row.value) == (40, 25 * (30 * 4 + 10) / 40)
    assert "suppressed" not in row.flags
    assert whole.value == row.value


def test_a_cleaning_rule_as_frozen_may_take_sheets_away(city):
    row, _ = under(city, ["444"] * 30 + ["111"] * 10, ["444"] * 30)
    assert (row.n, row.value) == (30, 100)


def test_few_sheets_that_come_back_are_not_told_on(city):
    for row in under(city, ["444"] * 30, ["444"] * 30 + ["111"] * 9):
        assert "suppressed" in row.flags


def test_few_sheets_in_each_of_two_units_are_told_of_the_city_alone(city):
    units = [city.unit(name) for name in "ab"]
    usual = city.study(units).cleaning
    study = city.study(units)
    frozen = city.study(units, cleaning=replace(usual, duplicates="report"))
    frames, before = (
        {unit.id: city.frame(unit, sheets) for unit in units}
        for sheets in (["444"] * 30, ["444"] * 30 + ["111"] * 6)
    )
    cleaned = city.cleaned(frames)._replace(under_frozen={"duplicates": before})
    rows = rows_of(study, frozen, cleaned)
    assert "suppressed" in rows["unit.a.rule_change.duplicates"].flags
    assert "suppressed" in rows["unit.b.rule_change.duplicates"].flags
    row = rows["city..rule_change.duplicates"]
    assert "suppressed" not in row.flags
    assert row.value == pytest.approx(25 * (30 * 4 + 6) / 36, rel=1e-12)


def test_tables_without_the_frozen_rule_say_nothing_of_it(city):
    units = [city.unit("a")]
    usual = city.study(units).cleaning
    frozen = city.study(units, cleaning=replace(usual, duplicates="report"))
    cleaned = city.cleaned({"a": city.frame(units[0], ["444"] * 30)})
    rows = rows_of(city.study(units), frozen, cleaned)
    for place in ("unit.a", "city."):
        assert rows[f"{place}.rule_change.duplicates"].flags == ("not_computed",)


def test_a_unit_added_later_is_left_out_as_frozen(city):
    a, b = city.unit("a"), city.unit("b")
    frames = {"a": city.frame(a, ["222"] * 30), "b": city.frame(b, ["444"] * 30)}
    now, then = city.study([a, b]), city.study([a])
    rows = rows_of(now, then, city.cleaned(frames))
    assert rows["city..rule_change.units"].value == 50
    rows = rows_of(
        city.study([a]), city.study([a, b]), city.cleaned({"a": frames["a"]})
    )
    assert rows["city..rule_change.units"].flags == ("not_computed",)


@pytest.mark.parametrize("rule", ["planned", "aims", "periods"])
def test_rules_that_move_no_index_have_no_rows(city, rule):
    changed = {
        "planned": {"now_unit": {"planned": 12}},
        "aims": {"now": {"plan": replace(city.study([]).plan, margin=Decimal(1))}},
        "periods": {
            "now": {
                "periods": (
                    city.period(
                        id="S1",
                        start=city.study([]).start,
                        end=city.study([]).end,
                    ),
                )
            }
        },
    }
    assert len(one(city, **changed[rule])) == 0
