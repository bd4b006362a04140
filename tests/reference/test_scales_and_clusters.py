"""Other scales, unequal weights and clusters, against R's `survey` and `anova`.

Invented sheets (make_samples.py), every number of `data/expected_samples.csv` to 1e-9
relative.
"""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from skm_analysis.estimates.clusters import intraclass, pool, variation
from skm_analysis.estimates.index import index, item_mean
from skm_analysis.estimates.interval import t_limits
from skm_analysis.estimates.sample import (
    MISSING,
    clustered_sample,
    simple_sample,
    stratified_sample,
)
from skm_analysis.estimates.variance import assess, standard_error

HERE = Path(__file__).parent / "data"
RULES = {"RS": "ratio", "PM": "person", "CC_domain": "complete"}
NAMES = ["equal", "unequal", "few", "two", "strata", "unknown", "ten"]


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def samples():
    """name: its rows, its weights, its index points per score point."""
    rows = defaultdict(list)
    for row in read("samples.csv"):
        rows[row["sample"]].append(row)
    return {
        kind["sample"]: (
            rows[kind["sample"]],
            [Fraction(weight) for weight in kind["weights"].split()],
            Fraction(100, int(kind["highest"])),
        )
        for kind in read("instruments.csv")
    }


@pytest.fixture(scope="module")
def values():
    found = defaultdict(dict)
    for row in read("expected_samples.csv"):
        told = float(row["value"]) if row["value"] else None
        found[row["unit"]][row["quantity"]] = told
    return found


def draw(rows, items, design):
    scores = np.array(
        [[int(row[f"u{j}"] or MISSING) for j in range(1, items + 1)] for row in rows]
    )
    people = {row["stratum"]: int(row["N"]) for row in rows}
    if design.startswith("srs"):
        whole = sum(people.values())
        return simple_sample(scores, population=whole, corrected=design == "srs_fpc")
    strata = [row["stratum"] for row in rows]
    sample = stratified_sample(scores, strata=strata, populations=people)
    if design == "strat_fpc":
        return sample
    return clustered_sample(sample, [row["cluster"] for row in rows], 0.05)


def clusters_less_strata(sample):
    parts = {*zip(sample.stratum.tolist(), sample.cluster.tolist(), strict=True)}
    return len(parts) - len(sample.sizes)


def check(expected, name, found, se, df):
    assert float(found.value) == close(expected[f"{name}_est"])
    assert se == close(expected[f"{name}_se"])
    assert df == expected[f"{name}_df"]
    limits = t_limits(float(found.value), se, df, 0.95)
    assert limits == (close(expected[f"{name}_lo"]), close(expected[f"{name}_hi"]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("prefix", RULES)
def test_respondents_chosen_singly(samples, values, name, prefix):
    rows, weights, factor = samples[name]
    for design in ("srs_nofpc", "srs_fpc", "strat_fpc"):
        sample = draw(rows, len(weights), design)
        found = index(sample, weights, factor, rule=RULES[prefix])
        se = standard_error(found, sample)
        check(values[name], f"{prefix}_{design}", found, se, sample.df)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("prefix", RULES)
def test_respondents_in_clusters(samples, values, name, prefix):
    rows, weights, factor = samples[name]
    sample = draw(rows, len(weights), "clustered")
    found = index(sample, weights, factor, rule=RULES[prefix])
    for lonely in ("remove", "adjust"):
        se = standard_error(found, sample, lonely=lonely)
        df = clusters_less_strata(sample)
        check(values[name], f"{prefix}_clustered_{lonely}", found, se, df)


@pytest.mark.parametrize("name", ["equal", "unequal", "few", "two", "unknown"])
def test_with_one_stratum_the_weights_do_not_matter(samples, values, name):
    rows, weights, factor = samples[name]
    plain = draw(rows, len(weights), "srs_nofpc")
    sample = clustered_sample(plain, [row["cluster"] for row in rows], 0.05)
    found = index(sample, weights, factor)
    se = standard_error(found, sample)
    df = clusters_less_strata(sample)
    check(values[name], "RS_clustered_flat", found, se, df)


@pytest.mark.parametrize("name", NAMES)
def test_item_means_in_clusters(samples, values, name):
    rows, weights, _ = samples[name]
    sample = draw(rows, len(weights), "clustered")
    for place in range(len(weights)):
        found = item_mean(sample, place)
        expected = values[name]
        assert float(found.value) == close(expected[f"nrr_u{place + 1}"])
        se = standard_error(found, sample, lonely="remove")
        assert se == close(expected[f"nrr_u{place + 1}_se"])


@pytest.mark.parametrize("name", ["equal", "unequal", "unknown"])
def test_the_published_error_of_many_clusters_is_rs(samples, values, name):
    rows, weights, factor = samples[name]
    sample = draw(rows, len(weights), "clustered")
    found = assess(
        index(sample, weights, factor), sample, lowest=factor, highest=Fraction(100)
    )
    expected = values[name]
    assert not found.few_clusters
    assert found.se == close(expected["RS_clustered_adjust_se"])
    assert found.df == expected["RS_clustered_adjust_df"]


def taken_apart(samples, name):
    rows, weights, factor = samples[name]
    sample = draw(rows, len(weights), "clustered")
    return variation(index(sample, weights, factor, rule="person"), sample)


@pytest.mark.parametrize("name", [*NAMES, "pooled"])
def test_the_correlation_within_clusters_is_that_of_an_analysis_of_variance(
    samples, values, name
):
    found = (
        pool(taken_apart(samples, each) for each in NAMES)
        if name == "pooled"
        else taken_apart(samples, name)
    )
    expected = values[name]
    assert found.df_between == expected["icc_df_between"]
    assert found.df_within == expected["icc_df_within"]
    assert intraclass(found) == close(max(0, expected["icc"]))
