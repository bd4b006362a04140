"""The schools that R's `survey` brings along: one variable on no scale at all."""

import csv
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from skm_analysis.estimates.index import Linear, item_mean
from skm_analysis.estimates.interval import t_limits
from skm_analysis.estimates.sample import simple_sample, stratified_sample
from skm_analysis.estimates.variance import standard_error

HERE = Path(__file__).parent / "data"


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=["srs", "strat"])
def schools(request):
    """The sample of two columns, api00 and enroll, its rows, and what R found."""
    rows = read(f"api{request.param}.csv")
    scores = np.array([[int(row["api00"]), int(row["enroll"])] for row in rows])
    if request.param == "srs":
        sample = simple_sample(scores, population=int(rows[0]["fpc"]))
        sample = replace(sample, weight=(Fraction(rows[0]["pw"]),))
    else:
        people = {row["stype"]: int(float(row["fpc"])) for row in rows}
        strata = [row["stype"] for row in rows]
        sample = stratified_sample(scores, strata=strata, populations=people)
        # As R has them: rounded to single precision, long ago.
        weights = {row["stype"]: Fraction(row["pw"]) for row in rows}
        sample = replace(sample, weight=tuple(weights[name] for name in people))
    expected = defaultdict(float)
    for row in read("expected_api.csv"):
        if row["unit"] == request.param:
            expected[row["quantity"]] = float(row["value"])
    return sample, rows, expected


def test_mean(schools):
    sample, _, expected = schools
    found, se = item_mean(sample, 0), standard_error(item_mean(sample, 0), sample)
    assert float(found.value) == close(expected["mean_api00_est"])
    assert se == close(expected["mean_api00_se"])
    assert sample.df == expected["mean_api00_df"]
    limits = t_limits(float(found.value), se, sample.df, 0.95)
    assert limits.low == close(expected["mean_api00_lo"])
    assert limits.high == close(expected["mean_api00_hi"])


def test_total(schools):
    """The mean times the sum of the weights, which the design fixes."""
    sample, _, expected = schools
    people = float(sample.weights.sum())
    found = item_mean(sample, 1)
    assert people * float(found.value) == close(expected["total_enroll"])
    se = people * standard_error(found, sample)
    assert se == close(expected["total_enroll_se"])


def test_ratio_of_two_variables(schools):
    sample, rows, expected = schools
    weight = sample.weights
    above = np.array([float(row["api.stu"]) for row in rows])
    below = np.array([float(row["enroll"]) for row in rows])
    ratio = (weight * above).sum() / (weight * below).sum()
    influence = weight * (above - ratio * below) / (weight * below).sum()
    assert ratio == close(expected["ratio"])
    found = Linear(Fraction(ratio), influence, weight / weight.sum())
    assert standard_error(found, sample) == close(expected["ratio_se"])


def test_design_effect(schools):
    sample, rows, expected = schools
    found = item_mean(sample, 0)
    n, people = sample.n, sum({r.get("stype"): float(r["fpc"]) for r in rows}.values())
    away = (sample.scores[:, 0] - float(found.value)) ** 2
    spread = (sample.weights * away).sum() / sample.weights.sum() * n / (n - 1)
    simple = spread / n * (1 - n / people)
    effect = standard_error(found, sample) ** 2 / simple
    assert effect == close(expected["deff_api00"])
