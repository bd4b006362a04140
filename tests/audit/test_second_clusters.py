"""The auditor's own clusters against R's `survey` and `anova`, and by hand."""

import csv
import math
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Question, Sheet
from skm_analysis.audit.second_clusters import names, pooled_rho

HERE = Path(__file__).parents[1] / "reference" / "data"
NAMES = ["equal", "unequal", "few", "two", "strata", "unknown", "ten"]


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def offices():
    kinds = {row["sample"]: row for row in read("instruments.csv")}
    rows = defaultdict(list)
    for row in read("samples.csv"):
        rows[row["sample"]].append(row)
    return {name: office(rows[name], kinds[name]) for name in NAMES}


def office(rows, kind):
    weights = kind["weights"].split()
    questions = tuple(
        Question(f"u{place}", "", Fraction(weight))
        for place, weight in enumerate(weights, start=1)
    )
    sheets = tuple(
        Sheet(
            "external",
            row["stratum"],
            "",
            {q.key: int(row[q.key]) for q in questions if row[q.key]},
            cluster=row["cluster"],
        )
        for row in rows
    )
    strata = {row["stratum"]: int(row["N"]) for row in rows}
    scale = (1, int(kind["highest"]))
    return Office("a", "", scale, "", questions, None, "random", strata, sheets, 0.05)


@pytest.fixture(scope="module")
def values():
    found = defaultdict(dict)
    for row in read("expected_samples.csv"):
        found[row["unit"]][row["quantity"]] = float(row["value"])
    return found


def index_of(one, rule):
    design = second.strata_design(one, one.sheets)
    return design, second.ikm(design, one.questions, one.scale, rule)


@pytest.mark.parametrize("name", ["equal", "unequal", "unknown"])
@pytest.mark.parametrize(
    ("prefix", "rule"), [("RS", "ratio"), ("PM", "person"), ("CC_domain", "complete")]
)
def test_many_clusters_have_the_error_of_r(offices, values, name, prefix, rule):
    figure = second.with_error(*index_of(offices[name], rule))
    expected = values[name]
    label = f"{prefix}_clustered_adjust"
    assert float(figure.value) == close(expected[f"{label}_est"])
    assert figure.spread.se == close(expected[f"{label}_se"])
    assert figure.spread.df == expected[f"{label}_df"]


def test_few_clusters_have_the_error_of_respondents_times_the_design_effect(
    offices, values
):
    """Sizes 12, 9, 10, 7 without respect to blanks, rho 0.05."""
    figure = second.with_error(*index_of(offices["few"], "person"))
    sizes = [12, 9, 10, 7]
    effect = 1 + 0.05 * (sum(m * m for m in sizes) / sum(sizes) - 1)
    alone = values["few"]["PM_srs_nofpc_se"]
    assert figure.spread.se == close(alone * math.sqrt(effect))
    assert figure.spread.df == sum(sizes) - 1
    assert figure.spread.concentration == close(effect / sum(sizes))


def test_a_cluster_in_several_strata_counts_once_with_all_its_sheets(offices):
    """Sheets weigh N/(n ΣN); rho 0.05."""
    one = offices["strata"]
    assert all(sheet.cluster for sheet in one.sheets)
    sizes = Counter(sheet.stratum for sheet in one.sheets)
    whole = sum(one.strata.values())
    together, alone = defaultdict(float), 0.0
    for sheet in one.sheets:
        weight = one.strata[sheet.stratum] / sizes[sheet.stratum] / whole
        together[sheet.cluster] += weight
        alone += weight**2
    pairs = {(sheet.stratum, sheet.cluster) for sheet in one.sheets}
    assert len(together) < len(pairs)
    spread = second.with_error(*index_of(one, "person")).spread
    squares = sum(weight**2 for weight in together.values())
    assert spread.concentration == close(0.95 * alone + 0.05 * squares)
    assert spread.df == len(one.sheets) - len(sizes)


def test_the_pooled_correlation_is_that_of_an_analysis_of_variance(offices, values):
    groups = []
    for one in offices.values():
        design, ratio = index_of(one, "person")
        labels = [names(group) for group in design.groups]
        groups += zip(ratio.moves, ratio.weights, labels, strict=True)
    assert pooled_rho(groups) == close(values["pooled"]["icc"])


@pytest.mark.parametrize("groups", [[], [([0.0] * 9, [1 / 9] * 9, "aaabbbccc")]])
def test_without_a_correlation_one_is_assumed(groups):
    assert pooled_rho(groups) == 0.05


def test_what_strata_leave_uncovered(offices):
    one = offices["strata"]
    assert one.uncovered == 0
    fewer = [sheet for sheet in one.sheets if sheet.stratum != "b"]
    assert one._replace(sheets=tuple(fewer)).uncovered == Fraction(60, 510)
