"""The auditor's own parts of a sample against R's `survey`, and by hand."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from skm_analysis.audit.answers import Office, Question, Sheet, Survey
from skm_analysis.audit.second_respondents import expect_respondents, merged
from skm_analysis.audit.second_surveyed import ask

HERE = Path(__file__).parents[1] / "reference" / "data"
QUESTIONS = tuple(Question(f"u{j}", "", Fraction(1, 9)) for j in range(1, 10))


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reference():
    """Units; `sex` tells who left out no answer, R's subset of complete sheets."""
    sheets, values = defaultdict(list), defaultdict(dict)
    for row in read("responses.csv"):
        sheets[row["unit"]].append(row)
    for row in read("expected.csv"):
        values[row["unit"]][row["quantity"]] = row["value"]
    return {unit: (office(rows), values[unit]) for unit, rows in sheets.items()}


def office(rows):
    sheets = []
    for number, row in enumerate(rows):
        scores = {q.key: int(float(row[q.key])) for q in QUESTIONS if row[q.key]}
        band = "whole" if len(scores) == 9 else ""
        sheet = Sheet("external", row["stratum"], "", scores, {"sex": band})
        sheets.append(sheet._replace(name=str(number)))
    strata = {row["stratum"]: int(row["N"]) for row in rows}
    return Office("a", "", (1, 4), "", QUESTIONS, None, "random", strata, tuple(sheets))


@pytest.mark.parametrize(
    ("weighting", "design"), [("none", "srs_fpc"), ("strata", "strat_fpc")]
)
def test_a_band_is_a_subset_of_the_design_of_r(reference, weighting, design):
    survey = Survey("a", "ratio", weighting, Fraction(19, 20), (), ())
    compared = 0
    for one, expected in reference.values():
        rows = dict(expect_respondents(ask(survey, one, one.sheets)))
        row, value = (
            rows.get("unit.a.ikm@sex=whole"),
            expected.get(f"CC_domain_{design}_est"),
        )
        if row is None or not value:
            continue
        assert float(row.value) == pytest.approx(float(value), rel=1e-9)
        lonely = [sum(s.stratum == h for s in one.sheets) for h in one.strata]
        if row.se is not None and 1 not in lonely:
            error = float(expected[f"CC_domain_{design}_se"])
            assert row.se == pytest.approx(error, rel=1e-9, abs=1e-9)
            compared += 1
    assert compared > 20


def test_who_did_not_tell_is_a_band_of_his_own(reference):
    survey = Survey("a", "person", "none", Fraction(19, 20), (), ())
    one = next(
        one
        for one, _ in reference.values()
        if any(len(s.scores) < 9 for s in one.sheets)
    )
    rows = dict(expect_respondents(ask(survey, one, one.sheets)))
    blank = sum(len(sheet.scores) < 9 for sheet in one.sheets)
    assert rows["unit.a.ikm@sex=tidak-diketahui"].n == blank


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ((40, 30), 0),
        ((40, 4), 44),  # the other would follow from the whole
        ((3, 8, 60), 11),
        ((3, 5, 12, 60), 20),  # 8 alone would be told of too few
    ],
)
def test_small_bands_stand_together(sizes, together):
    assert merged(dict(enumerate(sizes))) == together
