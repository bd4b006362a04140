"""NRR, IKM, their standard errors, df and t limits, against R's `survey` package.

Two simulated cities of 52 units. Expected values: `data/expected.csv` (oracle.R; see
README.md), every number of it, to 1e-9 relative.
"""

import csv
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from skm_analysis.estimates import city
from skm_analysis.estimates.index import index, item_mean
from skm_analysis.estimates.interval import satterthwaite, t_limits, total, total_se
from skm_analysis.estimates.sample import MISSING, simple_sample, stratified_sample
from skm_analysis.estimates.variance import assess, standard_error

HERE = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "reference" / "output"
RULES = {"RS": "ratio", "PM": "person", "CC_domain": "complete", "CC_dropped": "ratio"}
DESIGNS = ("srs_nofpc", "srs_fpc", "strat_fpc")
ITEMS = [f"u{number}" for number in range(1, 10)]
NINTHS = [Fraction(1, 9)] * 9
CITIES = {"sim1": "sim1_strata", "sim2": "sim2_missing_edge"}
BOUNDS = {"lowest": Fraction(25), "highest": Fraction(100)}


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sheets():
    units = defaultdict(list)
    for row in read(HERE / "responses.csv"):
        units[row["unit"]].append(row)
    return units


@pytest.fixture(scope="module")
def values():
    """unit or city: quantity: number, None where R has none."""
    found = defaultdict(dict)
    for row in read(HERE / "expected.csv"):
        told = float(row["value"]) if row["value"] else None
        found[row["unit"]][row["quantity"]] = told
    return found


def scores_of(rows):
    return np.array(
        [[int(row[item]) if row[item] else MISSING for item in ITEMS] for row in rows]
    )


def sample_of(rows, design, stratum="stratum"):
    scores = scores_of(rows)
    people = {row[stratum]: int(row["N"]) for row in rows}
    if design == "strat_fpc":
        strata = [row[stratum] for row in rows]
        return stratified_sample(scores, strata=strata, populations=people)
    whole = sum({(row["unit"], row["stratum"]): int(row["N"]) for row in rows}.values())
    corrected = design == "srs_fpc"
    return simple_sample(scores, population=whole, corrected=corrected)


def dropped(rows):
    """Complete sheets only, as a sample of their own."""
    whole = sum({row["stratum"]: int(row["N"]) for row in rows}.values())
    complete = [row for row in rows if all(row[item] for item in ITEMS)]
    return simple_sample(scores_of(complete), population=whole) if complete else None


@pytest.mark.parametrize("prefix", RULES)
@pytest.mark.parametrize("design", DESIGNS)
def test_index_standard_error_df_and_t_limits_are_those_of_r(
    sheets, values, prefix, design
):
    compared = 0
    for unit, rows in sheets.items():
        expected, name = values[unit], f"{prefix}_{design}"
        if f"{name}_est" not in expected:
            continue
        sample = dropped(rows) if prefix == "CC_dropped" else sample_of(rows, design)
        found = index(sample, NINTHS, Fraction(25), rule=RULES[prefix])
        if expected[f"{name}_est"] is None:
            assert found is None
            continue
        assert float(found.value) == close(expected[f"{name}_est"])
        assert sample.df == expected[f"{name}_df"]
        if expected[f"{name}_se"] is None:
            assert sample.n == 1 or 1 in sample.sizes
            continue
        se = standard_error(found, sample, lonely="remove")
        assert se == close(expected[f"{name}_se"])
        limits = t_limits(float(found.value), se, sample.df, 0.95)
        assert limits.low == close(expected[f"{name}_lo"])
        assert limits.high == close(expected[f"{name}_hi"])
        compared += 1
    only_here = prefix == "CC_dropped" and design != "srs_fpc"
    assert compared >= 45 or only_here


def test_item_means_are_those_of_r(sheets, values):
    for unit, rows in sheets.items():
        sample = sample_of(rows, "srs_nofpc")
        for place, item in enumerate(ITEMS):
            found = item_mean(sample, place)
            expected = values[unit][f"mean_{item}"]
            assert (found is None) == (expected is None)
            if found is not None:
                assert float(found.value) == close(expected)
                assert np.count_nonzero(found.share) == values[unit][f"n_{item}"]


def test_the_rounded_weight_gives_the_worksheets_figure(sheets, values):
    for unit, rows in sheets.items():
        if (expected := values[unit]["ikm_w0.111"]) is not None:
            sample = sample_of(rows, "srs_nofpc")
            found = index(sample, [Fraction("0.111")] * 9, Fraction(25))
            assert float(found.value) == close(expected)


# ---- edges, each by the unit that has it


def edge(sheets, unit, design="strat_fpc"):
    sample = sample_of(sheets[unit], design)
    found = index(sample, NINTHS, Fraction(25))
    return sample, found


def test_all_alike_has_no_spread(sheets):
    sample, found = edge(sheets, "sim2-unit01")
    assert (found.value, standard_error(found, sample)) == (100, 0)


def test_a_census_has_no_sampling_error(sheets):
    sample, found = edge(sheets, "sim2-unit02")
    assert sample.fraction == (1,) * len(sample.sizes)
    assert standard_error(found, sample) == 0


def test_a_stratum_that_never_asked_an_item_leaves_it_to_the_others(sheets, values):
    sample, found = edge(sheets, "sim2-unit03")
    first = np.array([row["stratum"] == "h1" for row in sheets["sim2-unit03"]])
    assert np.all(sample.scores[first, 8] == MISSING)
    expected = values["sim2-unit03"]["RS_strat_fpc_se"]
    assert standard_error(found, sample) == close(expected)


def test_one_respondent_with_blanks_has_no_index(sheets):
    sample, found = edge(sheets, "sim2-unit04")
    assert (sample.n, found) == (1, None)


# ---- the city


@pytest.mark.parametrize("name", CITIES)
@pytest.mark.parametrize(
    ("label", "design", "stratum"),
    [
        ("city_pop_combined_strat", "strat_fpc", "cell"),
        ("city_pop_combined_unit", "strat_fpc", "unit"),
        ("city_pooled_raw", "srs_nofpc", "stratum"),
    ],
)
def test_the_whole_city_as_one_sample(sheets, values, name, label, design, stratum):
    rows = [
        {**row, "cell": f"{unit}.{row['stratum']}"}
        for unit, members in sheets.items()
        for row in members
        if unit.startswith(name)
    ]
    if stratum == "unit":
        cells = {(row["unit"], row["stratum"]): int(row["N"]) for row in rows}
        people = defaultdict(int)
        for (unit, _), number in cells.items():
            people[unit] += number
        rows = [{**row, "N": people[row["unit"]]} for row in rows]
    sample = sample_of(rows, design, stratum)
    found = index(sample, NINTHS, Fraction(25))
    expected = values[name]
    assert float(found.value) == close(expected[f"{label}_est"])
    se = standard_error(found, sample, lonely="remove")
    assert se == close(expected[f"{label}_se"])
    assert sample.df == expected[f"{label}_df"]
    limits = t_limits(float(found.value), se, sample.df, 0.95)
    assert limits == (close(expected[f"{label}_lo"]), close(expected[f"{label}_hi"]))
    if stratum == "cell":
        # A published interval holds a lone respondent against the whole sample.
        published = assess(found, sample, **BOUNDS)
        assert published.se == close(expected[f"{label}_se_lonely_adjust"])
        assert published.lonely == (1 in sample.sizes)


@pytest.mark.parametrize("name", CITIES)
@pytest.mark.parametrize("kind", ["strat", "srs"])
@pytest.mark.parametrize("figure", ["mean_of_units", "popweighted_units"])
def test_the_citys_figures_from_those_of_its_units(sheets, values, name, kind, figure):
    estimates, people = [], []
    for unit, rows in sheets.items():
        sample = sample_of(rows, f"{kind}_fpc")
        found = index(sample, NINTHS, Fraction(25))
        if not unit.startswith(name) or found is None:
            continue
        lone = sample.n == 1 or 1 in sample.sizes  # R leaves these undefined
        removed = 0.0 if lone else standard_error(found, sample, lonely="remove")
        estimates.append(replace(assess(found, sample, **BOUNDS), se=removed))
        people.append(int(values[unit]["N"]))
    terms = (
        city.mean_of_units(estimates)
        if figure == "mean_of_units"
        else city.population_weighted(estimates, people)
    )
    expected, label = values[name], f"city_{figure}_{kind}"
    assert len(terms) == expected[f"{label}_units_used"]
    value, se = float(total(terms)), total_se(terms)
    assert value == close(expected[f"{label}_est"])
    assert se == close(expected[f"{label}_se"])
    assert satterthwaite(terms) == close(expected[f"{label}_df_satterthwaite"])
    df = sum(estimate.df for estimate in estimates)
    assert df == expected[f"{label}_df"]
    limits = t_limits(value, se, df, 0.95)
    assert limits == (close(expected[f"{label}_lo"]), close(expected[f"{label}_hi"]))


# ---- another run of R, by other hands


@pytest.mark.parametrize("name", CITIES)
def test_the_committed_numbers_are_those_of_an_independent_run(values, name):
    outputs = SHARED / f"{CITIES[name]}.csv"
    if not outputs.exists():
        pytest.skip(f"no reference outputs at {outputs.parent}")
    compared = 0
    for row in read(outputs):
        owner = {"unit": f"{name}-{row['unit']}", "city": name}.get(row["level"])
        if owner is None or row["quantity"] not in values[owner]:
            continue
        found = values[owner][row["quantity"]]
        if row["value"] == "":
            assert found is None
        else:
            assert found == close(float(row["value"]))
        compared += 1
    assert compared > 700
