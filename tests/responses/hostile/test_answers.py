"""Hostile values where an answer, a day or a respondent's id is expected."""

import csv
import io
from dataclasses import replace
from datetime import date

import hostile_entries
import openpyxl
import pytest

from skm_analysis.responses.judging import Reason
from skm_analysis.responses.labels import RULES
from skm_analysis.responses.storing import write_cleaned
from skm_analysis.study.records import Cleaning

OPTIONS = ("Buruk", "Cukup", "Baik", "Sangat baik")


def of(kind):
    return pytest.mark.parametrize("entry", hostile_entries.entries(kind))


def as_csv(*rows):
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def as_xlsx(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = book.active.cell(number, column, text)
            cell.data_type = "s"  # never a formula, whatever it begins with
    book.save(file)
    return file.getvalue()


@pytest.fixture
def asked(survey):
    """A study whose first item has the options of the list."""
    first, *others = survey.study.units[0].instrument.items
    items = (replace(first, options=OPTIONS), *others)
    units = [
        replace(unit, instrument=replace(unit.instrument, items=items))
        for unit in survey.study.units
    ]
    survey.change(units=tuple(units))
    return survey


def outcome(survey):
    """Score of the one row or why it was set aside, and rule -> count of its item."""
    cleaned = survey.clean()
    changes = cleaned.changes[cleaned.changes["column"] == "persyaratan"]
    rows = cleaned.accepted["ngalau"]
    assert len(rows) + len(cleaned.set_aside) == 1
    told = rows["persyaratan"].tolist() or cleaned.set_aside["reason"].tolist()
    return told[0], dict(zip(changes["rule"], changes["count"], strict=True))


@of("number")
@pytest.mark.parametrize("form", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_a_number_is_its_score_or_sets_its_row_aside(entry, form, asked):
    name = "a.csv" if form is as_csv else "a.xlsx"
    asked.deliver(form(["U1", "U2", "U3"], [entry.value, "3", "4"]), name)
    told, counted = outcome(asked)
    if entry.score is None:
        assert told in ("out_of_scale", "not_whole_number")
    else:
        assert told == entry.score
        assert list(counted.values()) == [1] * (entry.value != "4")
        assert counted.keys() <= RULES.keys()


@of("number")
def test_a_number_that_is_none_is_counted_where_it_only_empties_its_cell(entry, asked):
    asked.change(cleaning=Cleaning(out_of_scale="answer", not_whole_number="answer"))
    asked.deliver(as_csv(["U1", "U2", "U3"], [entry.value, "3", "4"]))
    told, counted = outcome(asked)
    if entry.score is None:
        assert str(told) == "<NA>"
        assert counted in ({"out_of_scale": 1}, {"not_whole_number": 1})
    else:
        assert told == entry.score


def a_bool(cell):
    cell.value = True


def a_date(score):
    def fill(cell):
        cell.value = score
        cell.number_format = "dd/mm/yyyy"

    return fill


def a_percentage(cell):
    cell.value = 0.04
    cell.number_format = "0%"


def an_error(cell):
    cell.value = "#DIV/0!"
    cell.data_type = "e"


CELLS = {
    "num-xl-bool": (a_bool, "not_whole_number"),
    "num-xl-date": (a_date(4), 4),
    "num-xl-pct": (a_percentage, "not_whole_number"),
    "num-xl-err": (an_error, "not_whole_number"),
    "own-cell-bool": (a_bool, "not_whole_number"),
    "own-cell-date": (a_date(3), 3),
}


@of("xlsx_cell")
def test_a_cell_of_another_type_is_no_score_by_accident(entry, asked):
    fill, expected = CELLS[entry.id]
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["U1", "U2", "U3"])
    book.active.append([None, 3, 4])
    fill(book.active["A2"])
    book.save(file)
    asked.deliver(file.getvalue(), "a.xlsx")
    told, counted = outcome(asked)
    assert told == expected
    assert entry.score == (expected if isinstance(expected, int) else None)
    assert counted == ({"date_serial": 1} if entry.score else {})


# The day that is read; a reason where none is, or where it is none of the survey.
DAYS = {
    "date-dmy": "2025-05-04",
    "date-mdy": "unread_day",
    "date-gforms": "2025-05-04",
    "date-future": "out_of_period",
    "date-id": "2025-05-04",
    "date-id2": "unread_day",
    "date-y2": "unread_day",
    "own-date-words": "2025-08-07",
    "own-date-us": "unread_day",
    "own-date-past": "out_of_period",
}


@of("date")
def test_a_day_is_read_as_written_or_sets_its_row_aside(entry, survey):
    survey.change(start=date(2025, 1, 1), end=date(2025, 12, 31))
    day = DAYS[entry.id]
    aside = day in set(map(str, Reason))
    head, answers = ["U1", "U2", "U3", "Tanggal"], ["4", "3", "4"]
    rows = [[*answers, entry.value], [*answers, "2025-05-04" if aside else day]]
    survey.deliver(as_csv(head, *rows), period_column="Tanggal")
    days = survey.clean().accepted["ngalau"]["day"].tolist()
    if aside:
        assert survey.reasons() == {2: day}
    else:
        assert len(days) == 2
        assert len({*days}) == 1


# Another respondent, who would be the same if the id were a number or padded.
ALMOST = {
    "id-phone0": "81234567890",
    "id-nik-15": "0320101234567890",
    "id-nik-17": "3201012345678901",
    "own-id-zeros": "7",
}


@of("id")
@pytest.mark.parametrize("form", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_an_id_is_text_that_tells_respondents_apart_and_goes_nowhere(
    entry, form, survey
):
    ids = [entry.value, ALMOST[entry.id], entry.value]
    rows = [[each, "4", "3", "4"] for each in ids]
    name = "a.csv" if form is as_csv else "a.xlsx"
    survey.deliver(form(["NIK", "U1", "U2", "U3"], *rows), name, id_column="NIK")
    assert survey.reasons() == {4: "duplicate"}
    write_cleaned(survey.places, survey.study, survey.clean())
    for path in survey.places.processed.rglob("*.csv"):
        fields = path.read_text(encoding="utf-8").replace("\n", ",").split(",")
        assert entry.value not in fields


def test_a_number_on_paper_keeps_its_zeros(survey):
    survey.deliver("No,U1,U2,U3\n0081,4,3,4\n", serial_column="No")
    assert survey.clean().crosswalk["serial"].tolist() == ["0081"]
