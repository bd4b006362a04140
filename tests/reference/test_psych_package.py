"""Alpha, omega and item-total correlations against R's `psych` package.

Expected values: `data/reliability-*.csv` (committed here, see README.md) and, where the
folder of reference outputs stands beside the project, all that it holds.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from skm_analysis.estimates.reliability import (
    complete_sheets,
    correlations,
    covariances,
    cronbach_alpha,
    feldt_limits,
    item_with_rest,
    item_with_total,
    omega_total,
    varied_items,
)

HERE = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "reference"
ITEMS = [f"u{number}" for number in range(1, 10)]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_answers(path, items):
    answers = defaultdict(list)
    for row in read(path):
        sheet = [
            int(float(row[item])) if row[item] not in ("", "NA") else -1
            for item in items
        ]
        answers[row.get("unit", "")].append(sheet)
        answers["ALL"].append(sheet)
    return {unit: np.array(sheets) for unit, sheets in answers.items()}


@pytest.fixture(
    scope="module", params=["committed", "sim1_strata", "sim2_missing_edge"]
)
def reference(request):
    """Answers per unit, and what `psych` said of them."""
    if request.param == "committed":
        responses = HERE / "reliability-answers.csv"
        expected = HERE / "reliability-expected.csv"
    else:
        responses = SHARED / "input" / f"{request.param}.csv"
        expected = SHARED / "output" / f"{request.param}.csv"
    if not responses.exists():
        pytest.skip(f"no reference outputs at {responses.parent}")
    said = defaultdict(dict)
    for row in read(expected):
        if row.get("level", "reliability") == "reliability":
            said[row["unit"]][row["quantity"]] = float(row["value"])
    answers = read_answers(responses, ITEMS)
    return [(answers[unit], values) for unit, values in said.items()]


def modes(reference):
    """As the reference's script: items that do not vary go first, then blanks."""
    for answers, said in reference:
        kept = varied_items(answers)
        names = [item for item, keep in zip(ITEMS, kept, strict=True) if keep]
        for mode, sheets in (
            ("pairwise", answers[:, kept]),
            ("complete", complete_sheets(answers[:, kept])),
        ):
            yield sheets, names, said, mode


def test_alpha_is_that_of_psych_with_blanks_and_without(reference):
    for sheets, _, said, mode in modes(reference):
        assert cronbach_alpha(covariances(sheets)) == pytest.approx(
            said[f"{mode}_alpha_raw"], abs=1e-9
        )


def test_the_interval_of_alpha_is_that_of_psych(reference):
    for sheets, names, said, mode in modes(reference):
        found = feldt_limits(said[f"{mode}_alpha_raw"], len(sheets), len(names), 0.95)
        assert len(sheets) == said[f"{mode}_alpha_n"]
        assert found.low == pytest.approx(said[f"{mode}_alpha_feldt_lo"], abs=1e-9)
        assert found.high == pytest.approx(said[f"{mode}_alpha_feldt_hi"], abs=1e-9)


def test_omega_is_that_of_a_one_factor_fit_in_psych(reference):
    for sheets, _, said, mode in modes(reference):
        found = omega_total(correlations(sheets))
        assert found.value == pytest.approx(
            said[f"{mode}_omega_total_minres1"], abs=1e-6
        )
        assert not found.heywood


def test_item_and_total_are_correlated_as_in_psych(reference):
    for sheets, names, said, mode in modes(reference):
        if mode == "complete":
            for place, name in enumerate(names):
                rest = said[f"complete_r_drop_{name}"]
                total = said[f"complete_raw_r_{name}"]
                assert item_with_rest(sheets, place) == pytest.approx(rest, abs=1e-9)
                assert item_with_total(sheets, place) == pytest.approx(total, abs=1e-9)


def test_alpha_of_the_agreeableness_items_of_psych_is_as_printed_there():
    answers = SHARED / "input" / "psych_bfi.csv"
    if not answers.exists():
        pytest.skip(f"no reference outputs at {answers.parent}")
    sheets = read_answers(answers, ["A1", "A2", "A3", "A4", "A5"])["ALL"]
    # The first item is worded the other way round.
    sheets[:, 0] = np.where(sheets[:, 0] == -1, -1, 7 - sheets[:, 0])
    output = SHARED / "output" / "psych_bfi_reference.csv"
    said = {row["quantity"]: float(row["value"]) for row in read(output)}
    alpha = cronbach_alpha(covariances(sheets))
    found = feldt_limits(alpha, len(sheets), 5, 0.95)
    assert alpha == pytest.approx(said["raw_alpha_A1rev"], abs=1e-9)
    assert found.low == pytest.approx(said["feldt_lo"], abs=1e-9)
    assert found.high == pytest.approx(said["feldt_hi"], abs=1e-9)
