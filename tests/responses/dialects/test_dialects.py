"""The same 200 answers, whatever an office sends them in, are the same table."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from skm_analysis.responses.cleaning import Cleaned, clean_study
from skm_analysis.responses.storing import write_cleaned
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

HERE = Path(__file__).parent
ITEMS = (
    *("persyaratan", "prosedur", "waktu", "biaya", "produk"),
    *("kompetensi", "perilaku", "sarana", "pengaduan"),
)
# Several files or sheets: which of them a row came in is part of its number.
IN_PARTS = ("folder", "xlsx-lembar-per-bulan")
DIALECTS = sorted(
    path.stem
    for path in HERE.glob("*.toml")
    if path.stem not in ("study", "instrument")
)


class Delivered(NamedTuple):
    cleaned: Cleaned
    table: bytes  # the file of accepted responses


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[[str], Delivered]:
    def deliver(dialect: str) -> Delivered:
        places = Places(tmp_path / dialect, "2021")
        places.responses.mkdir(parents=True)
        places.instruments.mkdir()
        shutil.copy(HERE / "instrument.toml", places.instruments)
        declared = (HERE / f"{dialect}.toml").read_text(encoding="utf-8")
        study = (HERE / "study.toml").read_text(encoding="utf-8") + declared
        places.study_file.write_text(study, encoding="utf-8")
        places.secret.write_text("0123456789abcdef" * 4)
        for path in HERE.glob(f"{dialect}.*"):
            if path.suffix != ".toml":
                shutil.copy(path, places.responses)
        if (HERE / dialect).is_dir():
            shutil.copytree(HERE / dialect, places.responses / dialect)
        loaded = load_study(places)
        cleaned = clean_study(places, loaded)
        write_cleaned(places, loaded, cleaned)
        return Delivered(
            cleaned, (places.processed / "responses" / "dinas.csv").read_bytes()
        )

    return deliver


def numbered_as_one_file(delivered: Delivered, plain: Delivered) -> bytes:
    """The table with each respondent's number from `plain`, found by the whole row."""
    frame = delivered.cleaned.accepted["dinas"]
    told = [*frame.columns.drop("response")]
    frame = frame.sort_values(told, ignore_index=True)
    own = plain.cleaned.accepted["dinas"].sort_values(told, ignore_index=True)
    frame["response"] = own["response"]
    frame = frame.sort_values("response", ignore_index=True)
    return frame.to_csv(index=False, lineterminator="\n").encode()


def test_there_are_enough_dialects():
    assert len(DIALECTS) == 20


@pytest.mark.parametrize("dialect", [each for each in DIALECTS if each != "csv"])
def test_every_dialect_gives_the_same_bytes(deliver, dialect):
    plain, other = deliver("csv"), deliver(dialect)
    table = other.table
    if dialect in IN_PARTS:
        table = numbered_as_one_file(other, plain)
    assert table == plain.table
    log = other.cleaned.deliveries
    assert log[["rows_read", "accepted", "set_aside"]].sum().tolist() == [200, 200, 0]
    assert len(log) == (4 if dialect in IN_PARTS else 1)


def test_the_table_says_what_the_plain_file_says(deliver):
    """Read here by Python's csv alone."""
    with (HERE / "csv.csv").open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file)
    answers = {number: line for number, line in enumerate(lines, start=2)}
    plain = deliver("csv").cleaned
    frame = plain.accepted["dinas"].merge(plain.crosswalk, on="response")
    assert len(frame) == len(answers) == 200
    for row in frame.to_dict("records"):
        _, _, sex, _, *scores = answers[row["row"]]
        read = ["" if pd.isna(row[key]) else str(row[key]) for key in ITEMS]
        assert read == scores
        assert (row["sex"], row["period"]) == (sex, "2021-S1")
