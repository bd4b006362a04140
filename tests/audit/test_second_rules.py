"""The auditor's own indices under other rules: the worked unit, and by hand."""

from fractions import Fraction

import pytest

from skm_analysis.audit.answers import Office, Question, SetAside, Sheet, Survey
from skm_analysis.audit.second_counts import expect_counts
from skm_analysis.audit.second_index import shown
from skm_analysis.audit.second_rule_rows import expect_rules
from skm_analysis.audit.second_rules import other_ways
from skm_analysis.audit.second_sheets import expect_sheets
from skm_analysis.audit.second_surveyed import ask, ask_all

# docs/methodology.md, section 8: twelve sheets of nine unsur, two answers missing.
WORKED = [
    *("444444444", "443444434", "333433433"),
    *("444444444", "43344443.", "444444444"),
    *("332433323", "444444444", "444434444"),
    *("443.44434", "344444344", "444444444"),
]


def unit(rows, weights, **more):
    questions = tuple(
        Question(f"u{place}", "biaya" if place == 4 else "", weight)
        for place, weight in enumerate(weights, 1)
    )
    sheets = tuple(
        Sheet(
            "external",
            "",
            "",
            {q.key: int(x) for q, x in zip(questions, row, strict=True) if x != "."},
            name=f"{place:02}",
        )
        for place, row in enumerate(rows)
    )
    office = Office(
        *("a", "k", (1, 4), "permenpanrb-14-2017"),
        *(questions, 60, "systematic", {}, sheets),
    )
    return office._replace(**more)


def survey(*offices, **rules):
    told = Survey("s", "ratio", "none", Fraction(19, 20), (), offices)
    return told._replace(**rules)


def ways(office, **rules):
    one = survey(office, **rules)
    return {way.name: way for way in other_ways(ask(one, office, office.sheets))}


@pytest.fixture
def worked():
    return unit(WORKED, [Fraction(1, 9)] * 9)


def test_the_worked_unit_under_other_rules_is_that_of_the_page(worked):
    """docs/methodology.md, section 11."""
    found = {name: float(shown(way.figure.value)) for name, way in ways(worked).items()}
    assert found["early-rounding"] == 93.69
    assert found["weight-0-11"] == 92.77
    assert found["missing-person"] == 93.61
    assert found["missing-complete"] == 93.89
    assert "missing-ratio" not in found
    assert not {"weighting-strata", "finite-correction"} & found.keys()


def test_without_each_sign_other_sheets_are_left(worked):
    n = {name: way.figure.n for name, way in ways(worked).items()}
    assert n["without-straight-lined"] == n["without-all-highest"] == 7  # five of 4
    assert n["without-duplicates"] == 8


def test_clusters_leave_no_finite_correction_to_be_made():
    office = unit(["4", "3"] * 4, [Fraction(1)], sampling="convenience")
    assert "finite-correction" in ways(office)
    named = tuple(
        sheet._replace(cluster="ani" if place < 4 else "budi")
        for place, sheet in enumerate(office.sheets)
    )
    assert "finite-correction" not in ways(office._replace(sheets=named))


def test_a_largest_day_goes_by_number_and_then_by_name():
    days = ["b", "a", "", "b", "a", "c"]
    office = unit(["4", "3", "2", "1", "4", "3"], [Fraction(1)])
    dated = [
        sheet._replace(gathered={"day": day})
        for sheet, day in zip(office.sheets, days, strict=True)
    ]
    found = ways(office._replace(sheets=tuple(dated)))
    assert found["without-largest-day"].figure.value == 25 * Fraction(4 + 2 + 1 + 3, 4)
    assert "without-largest-counter" not in found


def test_what_was_set_aside_is_put_back_by_reason_and_all_together():
    office = unit(["4", "3"], [Fraction(1)])
    extra = office.sheets[0]
    back = (
        extra._replace(scores={"u1": 1}, reason="duplicate"),
        extra._replace(scores={"u1": 2}, reason="out_of_period"),
        extra._replace(scores={"u1": 2}, reason="out_of_period", source="internal"),
    )
    found = ways(office._replace(put_back=back, uncorrected=office.sheets[:1]))
    value = {name: way.figure.value / 25 for name, way in found.items()}
    assert value["with-duplicate"] == Fraction(8, 3)
    assert value["with-out-of-period"] == Fraction(9, 3)
    assert value["with-all-set-aside"] == Fraction(10, 4)
    assert value["without-corrections"] == 4


def test_the_city_takes_the_official_index_where_a_rule_does_not_apply():
    first = unit(["4", "3"], [Fraction(1)], sampling="convenience")
    second = unit(["2", "2", "1"], [Fraction(1)], id="b")
    told = survey(first, second)
    rows = dict(expect_rules(told, ask_all(told)))
    assert "unit.b.sensitivity.finite-correction" not in rows
    city = rows["city..sensitivity.finite-correction"]
    assert city.value == 25 * (Fraction(7, 2) + Fraction(5, 3)) / 2
    assert city.n == 5
    assert rows["city..sensitivity.early-rounding"].se is None
    assert rows["unit.b.sensitivity_grade.missing-person"].letter == "D"


def test_the_difference_is_that_of_the_printed_numbers(worked):
    told = survey(worked)
    row = dict(expect_rules(told, ask_all(told)))["unit.a.sensitivity.weight-0-11"]
    assert row.beside["difference"] == Fraction("92.77") - Fraction("93.71")


def test_signs_on_the_sheets_of_the_worked_unit(worked):
    """docs/methodology.md, section 10: five of twelve have a twin."""
    rows = dict(expect_sheets(ask(survey(worked), worked, worked.sheets)))
    value = {key.removeprefix("unit.a."): row.value for key, row in rows.items()}
    assert value["duplicate_vectors"] == value["straight_lined"] == Fraction(5, 12)
    assert value["any_nonresponse"] == Fraction(2, 12)
    assert value["item_nonresponse.u9"] == value["item_nonresponse.u4"]
    assert value["item_nonresponse.u1"] == 0


def test_counts_are_those_of_the_source_that_gives_the_figures():
    first = unit(["4", "3"], [Fraction(1)], approached=4)
    own = unit(["4"], [Fraction(1)], id="b")
    own = own._replace(sheets=(own.sheets[0]._replace(source="internal"),))
    aside = (
        SetAside("f", "external", "a", "duplicate"),
        SetAside("f", "external", "", "unknown_unit"),
        SetAside("f", "internal", "a", "empty"),
        SetAside("f", "internal", "b", "empty"),
    )
    told = survey(first, own, set_aside=aside)
    rows = dict(expect_counts(told, ask_all(told)))
    value = {key: row.value for key, row in rows.items()}
    assert value["unit.a.n_received"] == 3
    assert value["unit.a.response_rate"] == Fraction(1, 2)
    assert value["unit.b.n_set_aside.empty"] == 1
    assert value["city..n_accepted"] == 2
    assert value["city..n_received"] == 4
    assert value["city..n_set_aside.unknown-unit"] == 1
    assert value["city..response_rate"] == Fraction(1, 2)
