"""The page's table of samples that show hardly any spread, against the study's file."""

import csv
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
GROUPS = {
    "seven populations": "index",
    "one NRR": "nrr",
    "clusters declared": "clusters",
    "1 or 5 % all 1; spread evenly": "far",
}
SAMPLES = {"all alike": "alike", "at most two answers below the highest": "few"}
AS_DECLARED = ("C-4-deff", "C-8-between", "C-20-between")  # by number, as section 2.1
METHODS = ("t", "logit-t", "wilson", "hall", "pseudo-beta")


def test_coverage_apart_is_that_of_the_study():
    with (DOCS / "coverage.csv").open(encoding="utf-8", newline="") as file:
        cells = [
            row
            for row in csv.DictReader(file)
            if row["group"] != "clusters" or row["population"].endswith(AS_DECLARED)
        ]
    page = (DOCS / "methodology.md").read_text(encoding="utf-8")
    compared = 0
    for told in page.splitlines():
        columns = [each.strip() for each in told.strip("|").split("|")]
        if len(columns) < 2 or columns[0] not in GROUPS or columns[1] not in SAMPLES:
            continue
        group, samples, *numbers = columns
        kind = SAMPLES[samples]
        found = {
            method: [
                row
                for row in cells
                if (row["method"], row["group"]) == (method, GROUPS[group])
                and float(row[kind]) >= 5
            ]
            for method in METHODS
        }
        shares = [float(row[kind]) for row in found["t"]]
        least = [
            min(float(row[f"{kind}_coverage"]) for row in found[method])
            for method in METHODS
        ]
        assert numbers == [
            str(len(shares)),
            f"{min(shares):.0f}–{max(shares):.0f} %",
            *(f"{each:.1f}" for each in least),
        ]
        compared += 1
    assert compared == len(GROUPS) * len(SAMPLES)
