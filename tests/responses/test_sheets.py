"""All sheets of a workbook that hold respondents, each with its own line in the log."""

import io

import openpyxl
import pytest

from skm_analysis.errors import DeliveryError, StudyError
from skm_analysis.study.records import LongForm

HEADER = ["Kode", "U1", "U2", "U3"]


def workbook(hidden: str = "", **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


JANUARY = [HEADER, ["R-1", 4, 4, 4], ["R-2", 3, 3, 9]]
FEBRUARY = [["REKAP"], [], HEADER, ["R-1", 2, 2, 2]]
OTHER = [["Petunjuk pengisian"], ["Isi dengan angka 1 sampai 4"]]


def test_each_sheet_that_fits_has_its_own_line(survey):
    data = workbook("Lama", Petunjuk=OTHER, Jan=JANUARY, Feb=FEBRUARY, Lama=JANUARY)
    survey.deliver(data, "a.xlsx", sheet="*", id_column="Kode")
    cleaned = survey.clean()
    log = cleaned.deliveries
    counts = log[["delivery", "rows_read", "accepted", "set_aside"]].values.tolist()
    assert counts == [
        ["responses/a.xlsx#Jan", 2, 1, 1],
        ["responses/a.xlsx#Feb", 1, 1, 0],
    ]
    assert log["format"][0].endswith("lembar lain: 'Petunjuk', 'Lama'")
    assert "lembar lain" not in log["format"][1]
    assert len(cleaned.accepted["ngalau"]) == 2
    assert cleaned.crosswalk["response"].is_unique
    assert cleaned.set_aside[["delivery", "row"]].values.tolist() == [
        ["responses/a.xlsx#Jan", 3]
    ]


def test_another_sheet_moves_no_number(survey):
    def numbers(**sheets):
        survey.change(deliveries=())
        data = workbook(**sheets)
        survey.deliver(data, "a.xlsx", sheet="*", id_column="Kode")
        crosswalk = survey.clean().crosswalk
        return dict(crosswalk.groupby("delivery")["response"].agg(tuple))

    alone = numbers(Feb=FEBRUARY)
    assert alone.items() < numbers(Jan=JANUARY, Feb=FEBRUARY).items()


def test_a_sheet_with_only_most_of_the_columns_is_for_people_to_judge(survey):
    part = [["Kode", "U1", "U2", "U 3"], ["R-3", 4, 4, 4]]
    survey.deliver(workbook(Jan=JANUARY, Mar=part), "a.xlsx", sheet="*")
    with pytest.raises(DeliveryError, match="'Mar' hanya memuat sebagian"):
        survey.clean()


def test_where_no_sheet_fits_the_missing_column_is_told(survey):
    survey.deliver(workbook(Jan=[["Kode", "U1"], ["R", 4]]), "a.xlsx", sheet="*")
    with pytest.raises(DeliveryError, match="kolom 'U2' untuk prosedur tidak ada"):
        survey.clean()


def test_a_correction_names_its_sheet(survey):
    survey.deliver(workbook(Jan=JANUARY, Feb=FEBRUARY), "a.xlsx", sheet="*")
    survey.correct(("responses/a.xlsx#Jan", 3, "U3", "9", "3"))
    assert survey.reasons() == {}
    survey.correct(("responses/a.xlsx#Mar", 3, "U3", "9", "3"))
    with pytest.raises(StudyError, match="lembar itu tidak dibaca"):
        survey.clean()


def test_long_forms_of_several_sheets_are_read_each(survey):
    head = ["Responden", "Butir", "Jawaban"]
    one = [head, *(["R-1", f"U{i}", 4] for i in (1, 2, 3))]
    two = [head, *(["R-1", f"U{i}", 1] for i in (1, 2, 3))]
    long = LongForm(respondent="Responden", item="Butir", answer="Jawaban")
    survey.deliver(workbook(A=one, B=two), "a.xlsx", sheet="*", long=long)
    assert sorted(survey.clean().accepted["ngalau"]["biaya"]) == [1, 4]


def test_what_lies_beside_the_files_of_a_folder_is_told_once(survey):
    beside = ("Thumbs.db", "~$a.xlsx")
    folder = {"pattern": "responses/", "passed_over": beside}
    survey.deliver("U1,U2,U3\n4,4,4\n", "a.csv", **folder)
    survey.deliver("U1,U2,U3\n4,4,3\n", "b.csv", pattern="responses/")
    first, second = survey.clean().deliveries["format"]
    assert first.endswith("berkas dilewati: 'Thumbs.db', '~$a.xlsx'")
    assert "dilewati" not in second


def test_a_file_of_a_folder_that_is_no_delivery_can_be_left_out(survey):
    survey.deliver("%PDF-1.4", "pindaian.pdf", pattern="responses/")
    with pytest.raises(DeliveryError, match=r"persempit menjadi pola .*\*\.xlsx"):
        survey.clean()
