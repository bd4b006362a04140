"""NRR and IKM, their standard errors and t limits, against R's `survey` package.

Expected values: `data/` (committed here, see README.md) and, where the folder of
reference outputs stands beside the project, all units of its two simulated cities.
"""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from skm_analysis.estimates.index import index, item_mean
from skm_analysis.estimates.interval import t_limits
from skm_analysis.estimates.sample import MISSING, simple_sample, stratified_sample
from skm_analysis.estimates.variance import standard_error

HERE = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "reference"
SOURCES = {
    "committed": (HERE / "responses.csv", HERE / "expected.csv"),
    **{
        name: (SHARED / "input" / f"{name}.csv", SHARED / "output" / f"{name}.csv")
        for name in ("sim1_strata", "sim2_missing_edge")
    },
}
RULES = {"RS": "ratio", "PM": "person", "CC_domain": "complete"}
COMPARED = [
    ("RS", "srs_nofpc"),
    ("RS", "srs_fpc"),
    ("RS", "strat_fpc"),
    ("PM", "srs_nofpc"),
    ("PM", "srs_fpc"),
    ("PM", "strat_fpc"),
    ("CC_domain", "srs_fpc"),
]
ITEMS = [f"u{number}" for number in range(1, 10)]
NINTHS = [Fraction(1, 9)] * 9
CLOSE = 1e-9


def close(expected):
    return pytest.approx(expected, rel=CLOSE, abs=1e-12)


@pytest.fixture(scope="module", params=SOURCES)
def reference(request):
    responses, expected = SOURCES[request.param]
    if not responses.exists():
        pytest.skip(f"no reference outputs at {responses.parent}")
    sheets = defaultdict(list)
    with responses.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sheets[row["unit"]].append(row)
    values = defaultdict(dict)
    with expected.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["value"]:
                values[row["unit"]][row["quantity"]] = float(row["value"])
    return sheets, values


def scores_of(sheets):
    return np.array(
        [
            [int(float(row[item])) if row[item] else MISSING for item in ITEMS]
            for row in sheets
        ]
    )


def sample_of(sheets, design, stratum="stratum"):
    scores = scores_of(sheets)
    populations = {row[stratum]: int(row["N"]) for row in sheets}
    if design == "strat_fpc":
        strata = [row[stratum] for row in sheets]
        return stratified_sample(scores, strata=strata, populations=populations)
    corrected = design == "srs_fpc"
    return simple_sample(
        scores, population=sum(populations.values()), corrected=corrected
    )


@pytest.mark.parametrize(("prefix", "design"), COMPARED)
def test_the_index_and_its_standard_error_are_those_of_r(reference, prefix, design):
    sheets, values = reference
    compared = 0
    for unit, rows in sheets.items():
        name = f"{prefix}_{design}"
        expected = values[unit].get(f"{name}_est")
        sample = sample_of(rows, design)
        found = index(sample, NINTHS, Fraction(25), rule=RULES[prefix])
        if expected is None:
            assert prefix != "RS" or found is None
            continue
        assert float(found.value) == close(expected)
        if f"{name}_se" not in values[unit]:
            continue
        se = standard_error(found, sample, lonely="remove")
        assert se == close(values[unit][f"{name}_se"])
        assert sample.df == values[unit][f"{name}_df"]
        limits = t_limits(float(found.value), se, sample.df, 0.95)
        assert limits.low == close(values[unit][f"{name}_lo"])
        assert limits.high == close(values[unit][f"{name}_hi"])
        compared += 1
    assert compared >= 5


def test_the_item_means_are_those_of_r(reference):
    sheets, values = reference
    for unit, rows in sheets.items():
        sample = sample_of(rows, "srs_nofpc")
        for place, item in enumerate(ITEMS):
            found = item_mean(sample, place)
            expected = values[unit].get(f"mean_{item}")
            assert (found is None) == (expected is None)
            if found is not None:
                assert float(found.value) == close(expected)
                assert np.count_nonzero(found.share) == values[unit][f"n_{item}"]


def test_the_rounded_weight_gives_the_worksheets_figure(reference):
    sheets, values = reference
    for unit, rows in sheets.items():
        if (expected := values[unit].get("ikm_w0.111")) is not None:
            sample = sample_of(rows, "srs_nofpc")
            found = index(sample, [Fraction("0.111")] * 9, Fraction(25))
            assert float(found.value) == close(expected)


@pytest.mark.parametrize("name", ["sim1_strata", "sim2_missing_edge"])
def test_strata_with_one_respondent_are_removed_or_adjusted_as_in_r(name):
    responses, expected = SOURCES[name]
    if not responses.exists():
        pytest.skip(f"no reference outputs at {responses.parent}")
    with responses.open(encoding="utf-8", newline="") as file:
        sheets = [
            {**row, "cell": f"{row['unit']}.{row['stratum']}"}
            for row in csv.DictReader(file)
        ]
    with expected.open(encoding="utf-8", newline="") as file:
        city = {
            row["quantity"]: float(row["value"])
            for row in csv.DictReader(file)
            if row["level"] == "city" and row["value"]
        }
    sample = sample_of(sheets, "strat_fpc", stratum="cell")
    found = index(sample, NINTHS, Fraction(25))
    combined = "city_pop_combined_strat"
    assert float(found.value) == close(city[f"{combined}_est"])
    assert standard_error(found, sample, lonely="remove") == close(
        city[f"{combined}_se"]
    )
    assert standard_error(found, sample, lonely="adjust") == close(
        city[f"{combined}_se_lonely_adjust"]
    )
