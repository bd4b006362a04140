"""The English abstract, for facts typed by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from skm_analysis.audit import printed
from skm_analysis.report.abstract import abstract
from skm_analysis.report.elements import numbers, plain
from skm_analysis.study.records import Target


def city(row, measure, *limits, **changes):
    return row(measure, *limits, **({"scope": "city", "unit": ""} | changes))


@pytest.fixture
def units(unit):
    return [unit(id="a", name="Kelurahan A"), unit(id="b", name="Kelurahan B")]


def test_the_result_is_told_in_english_with_decimal_points(city_page, row, units):
    index = city(row, "ikm_mean_of_units", 96.1275, 95.73, 96.3, n=12582)
    page = city_page(
        index,
        city(row, "grade", category="A"),
        city(row, "n_units", 2),
        city(row, "target_gap", 6.13, category="reached"),
        units=units,
    )
    goal = Target(ikm=Decimal("90.00"), source="RPJMD")
    page = replace(page, study=replace(page.study, target=goal))
    told, keywords = (plain(each.text) for each in abstract(page))
    assert (
        "The mean of the Community Satisfaction Index over 2 units, based on "
        "12\u00a0582 respondents, is 96.13 (95% confidence interval 95.73 to 96.30), "
        "grade A (very good). As printed, it reaches the target of 90.00."
    ) in told
    assert "in 2 public service units, following PermenPANRB 14/2017." in told
    assert keywords.startswith("Keywords: ")
    assert all(each.language == "en" for each in abstract(page))


def test_a_city_without_a_result_says_so(city_page, units):
    told = plain(abstract(city_page(units=units[:1]))[0].text)
    assert "in 1 public service unit, following" in told
    assert "No unit has an index that can be published." in told


def test_the_audit_reads_each_english_number_as_the_number_it_is(city_page, row, units):
    index = city(row, "ikm_mean_of_units", 96.1275, 95.73, 96.3, n=12582)
    page = city_page(index, city(row, "change", -0.125, -0.5, 0.25), units=units)
    page = replace(page, study=replace(page.study, previous="2020"))
    found = [each for each in numbers(abstract(page)[0]) if each.kind != "verdict"]
    assert [each.shown for each in found if each.key.startswith("city..change")] == [
        "−0.13",
        "−0.50",
        "+0.25",
    ]
    for each in found:
        if each.english and each.kind == "estimate":
            ways = printed.renderings(each.shown, each.value, 1e-12)
            assert each.shown in ways, each
            assert each.shown not in printed.renderings(
                each.shown, each.value + 1, 1e-12
            )
