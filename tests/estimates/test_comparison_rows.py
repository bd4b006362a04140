"""The rows that compare two years, from answers that can be counted by hand."""

from dataclasses import fields
from decimal import Decimal
from fractions import Fraction

import pytest
from scipy import stats

from skm_analysis.estimates.deriving import Previous, estimate_study
from skm_analysis.estimates.printed_difference_rows import printed_headline
from skm_analysis.estimates.rows import Estimates
from skm_analysis.study.history import HistoricFigure
from skm_analysis.study.records import Delivery, Target

HALF_AND_HALF = ["444", "333"]  # index 87.5


def delivery(unit, mode):
    empty = {"columns": {}, "units": {}, "drop": ()}
    told = {"file": f"responses/{unit}.csv", "unit": unit, "source": "external"}
    names = [field.name for field in fields(Delivery)]
    return Delivery(**(dict.fromkeys(names) | empty | told | {"mode": mode}))


@pytest.fixture
def two_years(city):
    """Estimate units of 2021 against 2020: (sheets, columns) by unit and year."""

    def estimate(now, then, printed=None, modes=(None, None), **study):
        studies, frames = [], []
        for year, found, mode in (("2021", now, modes[0]), ("2020", then, modes[1])):
            units = [city.unit(name, **columns) for name, (_, columns) in found.items()]
            frames.append(
                city.cleaned(
                    {unit.id: city.frame(unit, found[unit.id][0]) for unit in units}
                )
            )
            deliveries = tuple(delivery(unit.id, mode) for unit in units)
            studies.append(city.study(units, id=year, deliveries=deliveries, **study))
        previous = Previous(studies[1], frames[1], printed and Decimal(printed))
        return Estimates(estimate_study(studies[0], frames[0], previous))

    return estimate


def weighted(city, *weights):
    instrument = city.instrument()
    return city.replace(
        instrument,
        items=tuple(
            city.replace(item, weight=Fraction(weight))
            for item, weight in zip(instrument.items, weights, strict=True)
        ),
    )


def test_a_change_of_weights_is_not_taken_for_a_change_of_answers(two_years, city):
    sheets = ["443"] * 20 + ["442"] * 20
    heavy = {"instrument": weighted(city, "1/4", "1/4", "1/2")}
    rows = two_years({"a": (sheets, {})}, {"a": (sheets, heavy)})
    assert rows["unit.a.ikm"].value != rows["unit.a.ikm@previous"].value
    assert rows["unit.a.change"].value == 0
    assert "reweighted" in rows["unit.a.change"].flags
    assert "reweighted" in rows["city..change"].flags


@pytest.mark.parametrize(
    ("modes", "flagged"),
    [
        (("interview", "web"), True),
        (("web", "web"), False),
        ((None, "web"), False),
    ],
)
def test_another_way_of_asking_is_flagged_beside_the_change(two_years, modes, flagged):
    year = {"a": (HALF_AND_HALF * 20, {})}
    rows = two_years(year, year, modes=modes)
    assert ("mode_changed" in rows["unit.a.change"].flags) == flagged
    assert ("mode_changed" in rows["city..change"].flags) == flagged


def test_what_units_without_spread_do_to_the_citys_limits_is_said(two_years):
    mixed = (HALF_AND_HALF * 20, {})
    rows = two_years({"a": mixed, "b": (["444"] * 40, {})}, {"a": mixed})
    city = rows["city..ikm_mean_of_units"]
    assert "units_without_variance" in city.flags
    alone = rows["unit.b.ikm"]
    assert city.se == pytest.approx(rows["unit.a.ikm"].se / 2)
    assert (
        city.value - city.ci_low
        > (rows["unit.a.ikm"].value - rows["unit.a.ikm"].ci_low) / 2
    )
    assert alone.ci_low < 100
    rows = two_years({"a": mixed, "b": (["444"], {})}, {"a": mixed})
    assert "units_without_interval" in rows["city..ikm_mean_of_units"].flags


def test_far_from_the_ends_the_interval_of_a_change_is_close_to_welchs(two_years):
    now, then = ["234", "223", "323", "233"] * 40, ["223", "332", "322", "333"] * 40
    endless = {"population": None}
    row = two_years({"a": (now, endless)}, {"a": (then, endless)})["unit.a.change"]
    indices = [[sum(map(int, each)) * 25 / 3 for each in year] for year in (now, then)]
    found = stats.ttest_ind(*indices, equal_var=False).confidence_interval()
    width = found.high - found.low
    assert row.ci_low == pytest.approx(found.low, abs=0.05 * width)
    assert row.ci_high == pytest.approx(found.high, abs=0.05 * width)


def test_the_internal_difference_has_its_p(city):
    unit = city.unit("a")
    frame = city.concat(
        [
            city.frame(unit, HALF_AND_HALF * 20),
            city.frame(unit, ["444"] * 40, source="internal"),
        ]
    )
    study = city.study([unit])
    rows = Estimates(estimate_study(study, city.cleaned({"a": frame})))
    assert rows["unit.a.internal_difference"].value == 12.5
    assert rows["unit.a.p.internal-difference"].value < 0.001


def test_a_target_repeats_the_condition_of_its_interval(two_years):
    year = {
        "a": (HALF_AND_HALF * 20, {"sampling": "convenience", "target": Decimal(80)})
    }
    rows = two_years(year, year, target=Target(ikm=Decimal(80), source="x"))
    assert "conditional" in rows["unit.a.target_gap"].flags
    assert "conditional" in rows["city..target_gap"].flags


PARTS = ("matched", "instrument", "entered-left", "method")


def test_the_difference_from_the_printed_headline_and_its_parts(two_years, city):
    two = city.instrument("persyaratan biaya")
    sheets = {100: ["444"] * 40, 75: ["333"] * 40, 50: ["222"] * 40}
    rows = two_years(
        {
            "a": (sheets[100], {}),
            "b": (sheets[75], {}),
            "new": (sheets[50], {}),
            "grown": (sheets[100], {}),
        },
        {
            "a": (sheets[75], {}),
            "b": (["44"] * 40, {"instrument": two}),
            "gone": (sheets[50], {}),
            "grown": (["444"] * 9, {}),
        },
        printed="74.90",
    )
    # Headlines 325/4 = 81.25 and 225/3 = 75; of a and b 87.5 in both years.
    value = {each: rows[f"city..difference_printed.{each}"].value for each in PARTS}
    assert rows["city..difference_printed"].value == pytest.approx(81.25 - 74.9)
    assert value == {
        "matched": 25,
        "instrument": -25,
        "entered-left": (81.25 - 87.5) - (75 - 87.5),
        "method": pytest.approx(0.1),
    }
    crossed = rows["city..difference_printed.entered-left-threshold"].value
    assert crossed == (100 - 87.5) / 4
    member = rows["city..difference_printed.entered-left-membership"].value
    assert member == (50 - 87.5) / 4 - (50 - 87.5) / 3
    assert rows["city..ikm_mean_of_units@previous+printed"].value == 74.9
    counts = ("matched", "instrument", "entered", "left", "crossed")
    assert [rows[f"city..n_units.difference-{each}"].value for each in counts] == [
        1,
        1,
        1,
        1,
        1,
    ]
    whole = rows["city..difference_printed"]
    assert whole.ci_low < whole.value < whole.ci_high
    assert rows["city..difference_printed.method"].ci_low is None


def test_rounding_that_shows_is_flagged(two_years):
    # Changes 1/3 and 1/3 of a point, method 1/3: shown 0.33 + 0.33 is not 0.67.
    now = {"a": (["444"] * 299 + ["443"], {}), "new": (["444"] * 30, {})}
    then = {"a": (["444"] * 30, {})}
    rows = two_years(now, then, printed="99.99")
    shown = sum(
        round(Decimal(repr(rows[f"city..difference_printed.{each}"].value)), 2)
        for each in PARTS
    )
    whole = round(Decimal(repr(rows["city..difference_printed"].value)), 2)
    said = "rounding_shows" in rows["city..difference_printed"].flags
    assert said == (shown != whole)


def test_rounding_that_shows_in_the_two_pieces_of_a_part_is_flagged_too(two_years):
    # One answer of 150 a step lower: 100 - 25/150 in both; each takes 1/3 of 1/6 off.
    # Shown -0.06 and -0.06, together -0.11.
    lower = (["444"] * 49 + ["443"], {})
    full = (["444"] * 50, {})
    rows = two_years(
        {"a": full, "new": lower, "grown": lower},
        {"a": full, "grown": (["444"] * 9, {})},
        printed="100.00",
    )
    assert rows["city..difference_printed.entered-left"].value == pytest.approx(-1 / 9)
    for piece in ("membership", "threshold"):
        part = rows[f"city..difference_printed.entered-left-{piece}"]
        assert part.value == pytest.approx(-1 / 18)
    assert "rounding_shows" in rows["city..difference_printed"].flags


def test_without_a_printed_figure_there_is_no_difference_from_it(two_years):
    year = {"a": (HALF_AND_HALF * 20, {})}
    assert two_years(year, year).select(measure="difference_printed") == []


def test_without_a_common_unit_only_the_whole_difference_is_told(two_years):
    rows = two_years(
        {"a": (["444"] * 40, {})}, {"b": (["333"] * 40, {})}, printed="75.00"
    )
    (row,) = rows.select(measure="difference_printed")
    assert row.value == 25
    assert "no_unit_in_both" in row.flags


def test_the_printed_headline_is_the_citys_of_that_year():
    def figure(year, unit, measure, printed):
        return HistoricFigure(
            year=year,
            unit=unit,
            measure=measure,
            item="",
            printed=printed,
            n=None,
            instrument="x",
            source="x",
        )

    history = (
        figure(2019, "", "ikm_mean_of_units", "80,00"),
        figure(2020, "a", "ikm", "81,00"),
        figure(2020, "", "ikm_mean_of_units", "82,47"),
    )
    assert printed_headline(history, 2020) == Decimal("82.47")
    assert printed_headline(history, 2018) is None
