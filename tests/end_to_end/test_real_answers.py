"""The 2,520 real answers of a public-service mall, from its own file to the report."""

import csv
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pypdf
import pytest

PROJECT = Path(__file__).parents[2]
ANSWERS = PROJECT.parent / "shared" / "real" / "jepara_mpp.csv"

pytestmark = pytest.mark.skipif(
    not ANSWERS.is_file(), reason="the real answers lie beside the project, not in it"
)

ITEMS = [f"U{number}" for number in range(1, 10)]


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("jepara")
    study = shutil.copytree(
        PROJECT / "docs" / "examples" / "jepara", root / "data" / "raw" / "jepara"
    )
    (study / "responses").mkdir()
    shutil.copyfile(ANSWERS, study / "responses" / ANSWERS.name)
    command = "from skm_analysis.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", command, "run", "jepara", "--root", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return root / "reports" / "jepara"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_accepted_or_set_aside_for_the_reason_that_the_file_shows(edition):
    """Counted here from the file itself, by the rules in the example's README."""
    study = tomllib.loads(
        (PROJECT / "docs/examples/jepara/study.toml").read_text(encoding="utf-8")
    )
    counters = study["delivery"][0]["units"]
    periods = {period["id"] for period in study["period"]}
    rows = read(ANSWERS)
    known = [row for row in rows if row["loket"].strip() in counters]
    dated = [row for row in known if row["periode"].strip() in periods]
    filled = [sum(row[item].strip() != "" for item in ITEMS) for row in dated]
    aside = read(edition / "internal/tables/set_aside.csv")
    reasons = [row["reason"] for row in aside]
    assert len(rows) == 2520
    assert reasons.count("unknown_unit") == len(rows) - len(known)
    assert reasons.count("out_of_period") == len(known) - len(dated)
    assert reasons.count("empty") == filled.count(0)
    assert reasons.count("too_few_items") == sum(0 < each < 5 for each in filled)
    [delivery] = read(edition / "internal/tables/deliveries.csv")
    assert int(delivery["rows_read"]) == 2520
    assert int(delivery["accepted"]) + len(aside) == 2520


def explained(cell: str) -> int:
    """The count in the row of the README's table that starts with ``cell``."""
    readme = (PROJECT / "docs/examples/jepara/README.md").read_text(encoding="utf-8")
    [count] = re.findall(rf"^\| {re.escape(cell)} \| ([\d.]+) \|", readme, re.MULTILINE)
    return int(count.replace(".", ""))


def test_the_example_explains_where_each_row_went(edition):
    reasons = [row["reason"] for row in read(edition / "internal/tables/set_aside.csv")]
    [delivery] = read(edition / "internal/tables/deliveries.csv")
    assert explained("dibaca") == int(delivery["rows_read"])
    assert explained("dipakai") == int(delivery["accepted"])
    assert {reason: explained(f"`{reason}`") for reason in set(reasons)} == Counter(
        reasons
    )


def test_no_cell_of_the_letters_is_changed_and_no_blank_is_filled(edition):
    letters = {
        row["no"]: [row[item].strip() for item in ITEMS] for row in read(ANSWERS)
    }
    accepted = [
        row
        for path in (edition / "internal/tables/responses").glob("*.csv")
        for row in read(path)
    ]
    aside = {row["row"] for row in read(edition / "internal/tables/set_aside.csv")}
    kept = [
        cells
        for row, cells in enumerate(letters.values(), start=2)
        if str(row) not in aside
    ]
    keys = list(accepted[0])[-9:]
    scores = [tuple(row[key] for key in keys) for row in accepted]
    expected = [tuple(str(" abcd".index(c)) if c else "" for c in row) for row in kept]
    assert Counter(scores) == Counter(expected)
    assert not read(edition / "internal/tables/cleaning.csv")


def test_the_index_of_the_largest_counter_is_that_of_its_own_answers(edition):
    rows = [
        [" abcd".index(row[item].strip() or " ") for item in ITEMS]
        for row in read(ANSWERS)
        if row["loket"] == "22" and row["periode"].strip()
    ]
    rows = [row for row in rows if sum(score > 0 for score in row) >= 5]
    means = [
        Fraction(sum(column), sum(score > 0 for score in column))
        for column in zip(*rows, strict=True)
    ]
    index = float(sum(means, Fraction(0)) / 9 * 25)
    estimates = {
        row["key"]: row for row in read(edition / "internal/tables/estimates.csv")
    }
    assert float(estimates["unit.loket-22.ikm"]["value"]) == pytest.approx(
        index, rel=1e-12
    )
    text = " ".join(
        page.extract_text()
        for page in pypdf.PdfReader(edition / "skm-jepara.pdf").pages
    )
    assert f"{index:.2f}".replace(".", ",") in text


def test_real_answers_carry_no_notice_of_synthetic_data(edition):
    text = " ".join(
        page.extract_text()
        for page in pypdf.PdfReader(edition / "skm-jepara.pdf").pages
    )
    assert "SINTETIS" not in text
