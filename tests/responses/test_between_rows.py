"""Rows between respondents that are none: the header again, the name of a desk."""

import io

import openpyxl
import pytest

TITLE = ["REKAPITULASI SKM", "", "", "", ""]
HEAD = ["No", "Nama", "U1", "U2", "U3"]
UPPER = ["", "", "Unsur", "", ""]
PAGED = [
    *(TITLE, UPPER, HEAD),
    ["1", "A", "4", "4", "4"],
    ["2", "B", "3", "3", "3"],
    *(TITLE, UPPER, HEAD),
    ["3", "C", "2", "2", "2"],
    ["4", "No", "U1", "4", "4"],
]
DESKS = [
    HEAD,
    ["Loket 1 - Perizinan", "", "", "", ""],
    *([str(n), "", "4", "4", "4"] for n in range(1, 6)),
    ["Loket 2 - Pajak", "", "", "", ""],
    *([str(n), "", "3", "3", "3"] for n in range(6, 11)),
    ["11", "", "", "", ""],
    ["", "Siti", "", "", ""],
]


def as_csv(rows):
    return "\n".join(",".join(row) for row in rows) + "\n"


def as_xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(x) if x.isdigit() else x or None for x in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("form", "name"), [(as_csv, "a.csv"), (as_xlsx, "a.xlsx")])
def test_a_header_on_every_page_is_no_respondent(survey, form, name):
    survey.deliver(form(PAGED), name, drop=("Nama", "No"))
    assert survey.reasons() == {10: "not_whole_number"}
    cleaned = survey.clean()
    assert len(cleaned.accepted["ngalau"]) == 3
    assert cleaned.deliveries["rows_read"].tolist() == [4]
    told = dict(zip(cleaned.changes["rule"], cleaned.changes["count"], strict=True))
    assert told["header_row"] == 3


@pytest.mark.parametrize(("form", "name"), [(as_csv, "a.csv"), (as_xlsx, "a.xlsx")])
def test_the_name_of_a_desk_is_no_respondent_but_an_empty_sheet_is_one(
    survey, form, name
):
    survey.deliver(form(DESKS), name, drop=("Nama", "No"))
    assert survey.reasons() == {14: "empty", 15: "empty"}
    cleaned = survey.clean()
    assert cleaned.deliveries["rows_read"].tolist() == [12]
    told = dict(zip(cleaned.changes["rule"], cleaned.changes["count"], strict=True))
    assert told["heading_row"] == 2


def test_ids_of_letters_are_no_headings(survey):
    rows = [HEAD, *([f"R{n}", "", *"444"] for n in range(4)), ["R9", "", "", "", ""]]
    survey.deliver(as_csv(rows), drop=("Nama", "No"))
    assert survey.reasons() == {6: "empty"}


def test_words_in_a_column_of_numbers_beside_answers_are_a_respondent(survey):
    rows = [HEAD, *([str(n), "", *"444"] for n in range(8)), ["baru", "", *"333"]]
    survey.deliver(as_csv(rows), drop=("Nama", "No"))
    assert survey.reasons() == {}
    assert len(survey.clean().accepted["ngalau"]) == 9
