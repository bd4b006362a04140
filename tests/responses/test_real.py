"""2,520 real answers; the counts expected were taken with the csv module alone."""

import csv
import shutil
from collections import Counter
from fractions import Fraction

import pytest

UNITS = {"22": "ngalau", "1": "ganting"}
COLUMNS = {"persyaratan": "U1", "prosedur": "U2", "biaya": "U4"}


@pytest.fixture(scope="module")
def lines(shared):
    with (shared / "real" / "jepara_mpp.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def real(survey, shared):
    survey.halves()
    survey.deliver(
        "",
        unit=None,
        unit_column="loket",
        units=UNITS,
        period_column="periode",
        id_column="no",
        columns=COLUMNS,
        answers={"a": 1, "b": 2, "c": 3, "d": 4},
    )
    shutil.copy(
        shared / "real" / "jepara_mpp.csv", survey.places.raw / "responses" / "a.csv"
    )
    return survey


def test_real_answers_are_counted_as_they_stand(real, lines):
    cleaned = real.clean()
    log = cleaned.deliveries.iloc[0]
    assert (log["rows_read"], log["bytes"]) == (2520, 85227)
    kept, aside = Counter(), Counter()
    for line in lines:
        given = [line[column] for column in COLUMNS.values() if line[column]]
        if line["loket"] not in UNITS:
            aside["unknown_unit"] += 1
        elif not line["periode"].startswith("2021"):
            aside["out_of_period"] += 1
        elif not given:
            aside["empty"] += 1
        elif len(given) < 2:
            aside["too_few_items"] += 1
        else:
            kept[UNITS[line["loket"]]] += 1
    assert Counter(cleaned.set_aside["reason"]) == aside
    assert {unit: len(frame) for unit, frame in cleaned.accepted.items()} == kept


def test_the_mean_of_an_item_is_the_letters_mean(real, lines):
    cleaned = real.clean()
    scores = [
        "abcd".index(line["U2"]) + 1
        for line in lines
        if line["loket"] == "1" and line["periode"][:4] == "2021" and line["U2"]
    ]
    column = cleaned.accepted["ganting"]["prosedur"].dropna()
    assert Fraction(int(column.sum()), len(column)) == Fraction(
        sum(scores), len(scores)
    )
