"""The auditor's own NRR, IKM and standard errors against R's `survey` package."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Question, Sheet

HERE = Path(__file__).parents[1] / "reference" / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "reference"
SOURCES = {
    "committed": (HERE / "responses.csv", HERE / "expected.csv"),
    **{
        name: (SHARED / "input" / f"{name}.csv", SHARED / "output" / f"{name}.csv")
        for name in ("sim1_strata", "sim2_missing_edge")
    },
}
RULES = {"RS": "ratio", "PM": "person", "CC_domain": "complete"}
QUESTIONS = tuple(Question(f"u{j}", "", Fraction(1, 9)) for j in range(1, 10))


def office(rows):
    strata = {row["stratum"]: int(row["N"]) for row in rows}
    sheets = tuple(
        Sheet(
            "external",
            row["stratum"],
            "",
            {q.key: int(float(row[q.key])) for q in QUESTIONS if row[q.key]},
        )
        for row in rows
    )
    return Office("a", "", (1, 4), "", QUESTIONS, None, "random", strata, sheets)


@pytest.fixture(params=SOURCES)
def reference(request):
    answers, expected = SOURCES[request.param]
    if not answers.exists():
        pytest.skip(f"no reference outputs at {answers.parent}")
    sheets, values = defaultdict(list), defaultdict(dict)
    with answers.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sheets[row["unit"]].append(row)
    with expected.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["value"]:
                values[row["unit"]][row["quantity"]] = float(row["value"])
    return {unit: (office(rows), values[unit]) for unit, rows in sheets.items()}


def designs(one):
    return {
        "srs_fpc": second.plain_design(one, one.sheets, one.people),
        "srs_nofpc": second.plain_design(one, one.sheets, None),
        "strat_fpc": second.strata_design(one, one.sheets),
    }


@pytest.mark.parametrize("convention", RULES)
def test_index_and_standard_error_are_those_of_r(reference, convention):
    compared = 0
    for one, expected in reference.values():
        for name, design in designs(one).items():
            value = expected.get(f"{convention}_{name}_est")
            ratio = second.ikm(design, QUESTIONS, (1, 4), RULES[convention])
            if value is None or ratio is None:
                continue
            figure = second.with_error(design, ratio)
            assert float(figure.value) == pytest.approx(value, rel=1e-9)
            lonely = name == "strat_fpc" and any(len(g) == 1 for g in design.groups)
            if (
                se := expected.get(f"{convention}_{name}_se")
            ) is not None and not lonely:
                assert (figure.spread.se if figure.spread else 0.0) == pytest.approx(
                    se, rel=1e-9, abs=1e-9
                )
            compared += 1
    assert compared >= len(reference) - 1  # one unit has no complete sheet


def test_item_means_are_those_of_r(reference):
    for one, expected in reference.values():
        design = second.plain_design(one, one.sheets, one.people)
        for question in QUESTIONS:
            ratio = second.nrr(design, question.key, QUESTIONS, (1, 4), "ratio")
            if ratio is not None:
                mean = expected[f"mean_{question.key}"]
                assert float(ratio.value) == pytest.approx(mean, rel=1e-12)


@pytest.mark.parametrize(
    ("index", "bands", "letter"),
    [
        ("88.305", "permenpanrb-14-2017", "A"),
        ("88.3049", "permenpanrb-14-2017", "B"),
        ("76.605", "permenpanrb-14-2017", "B"),
        ("64.99", "permenpanrb-14-2017", "D"),
        ("65", "permenpanrb-14-2017", "C"),
        ("81.25", "kepmenpan-25-2004", "B"),
        ("81.26", "kepmenpan-25-2004", "A"),
    ],
)
def test_grades_follow_the_printed_lower_bounds(index, bands, letter):
    assert second.letter(Fraction(index), bands) == letter
