import csv
from pathlib import Path

import pytest

from skm_analysis.estimates.sample_size import krejcie_morgan

TABLE = Path(__file__).parents[2].parent / "shared/reference/krejcie_morgan.csv"


@pytest.mark.parametrize(
    ("population", "required"),
    # Rows of the table as printed, at its ends and where rounding up would differ.
    [(10, 10), (15, 14), (100, 80), (380, 191), (1000, 278), (5000, 357), (10**6, 384)],
)
def test_rows_of_the_published_table(population, required):
    assert krejcie_morgan(population) == required


def test_all_rows_of_the_published_table():
    if not TABLE.exists():
        pytest.skip(f"the transcribed table is not at {TABLE}")
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 90
    for row in rows:
        assert krejcie_morgan(int(row["N"])) == int(row["S_printed"])


def test_an_infinite_population_needs_384():
    assert krejcie_morgan(None) == 384


def test_nobody_served_is_refused():
    with pytest.raises(ValueError, match="population must be at least 1"):
        krejcie_morgan(0)
