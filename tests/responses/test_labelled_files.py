"""The accepted rows as XLSX and SAV, read back by programs that did not write them."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pyreadstat
import pytest

from skm_analysis.responses.labelled_files import (
    FOLDER,
    cut,
    render_sav,
    render_xlsx,
    write_labelled,
)
from skm_analysis.responses.labelling import label_responses, spss_name

# One row of what was delivered for each unit: the cells expected in both files.
NGALAU = "No,JK,Strata,U1,U2,U3,H1\n1,L,2021-S1,4,,3,4\n2,,2021-S2,1,2,3,x\n"
GANTING = "No,Waktu,U1,U2,U3\n1,2021-S2,2,3,4\n"
COLUMNS = [
    *("unit", "response", "source", "stratum", "cluster", "day", "counter", "period"),
    *("persyaratan", "prosedur", "biaya", "importance.persyaratan", "sex"),
]
# Without response numbers: unit, stratum, three scores, importance, sex.
EXPECTED = {
    ("ngalau", "2021-S1", 4, None, 3, 4, "Laki-laki"),
    ("ngalau", "2021-S2", 1, 2, 3, None, None),
    ("ganting", None, 2, 3, 4, None, None),
}


@pytest.fixture
def filled(survey):
    survey.halves()
    survey.deliver(
        NGALAU,
        id_column="No",
        stratum_column="Strata",
        importance={"persyaratan": "H1"},
        profile={"sex": "JK"},
    )
    survey.deliver(
        GANTING, name="b.csv", unit="ganting", id_column="No", period_column="Waktu"
    )
    return survey


@pytest.fixture
def labelled(filled):
    [made] = label_responses(filled.study, filled.clean().accepted)
    return made


def told(rows):
    """What the expected rows say of whole rows as read back."""
    return {
        tuple(None if cell in ("", None) or cell != cell else cell for cell in row)
        for row in rows
    }


def read_sav(data, tmp_path):
    path = tmp_path / "read.sav"
    path.write_bytes(data)
    return pyreadstat.read_sav(path, user_missing=True)


def test_xlsx_holds_the_accepted_cells(labelled):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(labelled, date(2021, 12, 31))))
    header, *rows = book["Data"].iter_rows(values_only=True)
    assert list(header) == COLUMNS
    chosen = [0, 3, 8, 9, 10, 11, 12]
    assert told([row[place] for place in chosen] for row in rows) == EXPECTED
    assert sorted(row[1] for row in rows) == sorted(labelled.rows["response"])


def test_xlsx_tells_what_columns_and_scores_mean(labelled):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(labelled, date(2021, 12, 31))))
    variables = {row[0]: row[1:] for row in book["Variabel"].values}
    assert variables["prosedur"] == (
        "prosedur", "Bagaimana prosedur?", "nilai", "prosedur", "1/3",
    )  # fmt: skip
    assert variables["sex"][:3] == ("sex", "Jenis kelamin", "teks")
    values = set(book["Nilai"].values)
    assert ("biaya", 4, "Gratis") in values
    assert ("unit", "ganting", "Unit Ganting") in values


def test_sav_holds_the_accepted_cells_with_their_labels(labelled, tmp_path):
    frame, meta = read_sav(render_sav(labelled, date(2021, 12, 31)), tmp_path)
    assert meta.column_names == [name.replace(".", "_") for name in COLUMNS]
    scores = ["persyaratan", "prosedur", "biaya", "importance_persyaratan"]
    names = ["unit", "stratum", *scores, "sex"]
    assert told(frame[names].itertuples(index=False, name=None)) == EXPECTED
    assert frame["response"].tolist() == labelled.rows["response"].tolist()
    assert meta.column_names_to_labels["prosedur"] == "Bagaimana prosedur?"
    assert meta.variable_value_labels["biaya"] == {
        1.0: "Sangat mahal", 2.0: "Cukup mahal", 3.0: "Murah", 4.0: "Gratis",
    }  # fmt: skip
    assert meta.variable_value_labels["unit"] == {
        "ngalau": "Unit Ngalau", "ganting": "Unit Ganting",
    }  # fmt: skip
    assert meta.variable_measure["biaya"] == "ordinal"
    assert meta.missing_ranges["sex"] == [{"lo": "", "hi": ""}]


def test_neither_file_holds_what_respondents_wrote_or_who_they_are(survey):
    survey.deliver(
        "No,Nama,Saran,U1,U2,U3\nBudi-17,Budi Rahasia,parkirnya rahasia,4,3,2\n",
        id_column="No",
        drop=("Nama",),
        comment_column="Saran",
    )
    write_labelled(survey.places, survey.study, survey.clean().accepted)
    [xlsx, sav] = sorted((survey.places.processed / FOLDER).iterdir(), reverse=True)
    assert (xlsx.suffix, sav.suffix) == (".xlsx", ".sav")
    frame, _ = pyreadstat.read_sav(sav)
    book = openpyxl.load_workbook(xlsx)
    cells = [str(c) for sheet in book for row in sheet.values for c in row]
    cells += [str(cell) for row in frame.to_numpy().tolist() for cell in row]
    assert not any("ahasia" in cell or "Budi" in cell for cell in cells)


def test_files_are_the_same_at_any_time_of_day(labelled):
    day = date(2021, 12, 31)
    sav = render_sav(labelled, day)
    assert sav[92:109] == b"31 Dec 2100:00:00"
    assert render_xlsx(labelled, day) == render_xlsx(labelled, day)
    assert sav == render_sav(labelled, day)


def test_a_unit_without_answers_makes_files_without_rows(survey, tmp_path):
    [made] = label_responses(survey.study, survey.clean().accepted)
    frame, meta = read_sav(render_sav(made, date(2021, 12, 31)), tmp_path)
    assert len(frame) == 0
    assert meta.variable_value_labels["biaya"][4.0] == "Gratis"
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(made, date(2021, 12, 31))))
    assert book["Data"].max_row == 1


def test_each_instrument_has_its_files_and_those_of_no_use_go(survey):
    unit, other = survey.study.units
    second = replace(other, instrument=replace(other.instrument, id="lain"))
    survey.change(units=(unit, second))
    survey.deliver("U1,U2,U3\n4,3,2\n")
    folder = survey.places.processed / FOLDER
    write_labelled(survey.places, survey.study, survey.clean().accepted)
    assert {path.name for path in folder.iterdir()} == {
        "kelurahan.sav", "kelurahan.xlsx", "lain.sav", "lain.xlsx",
    }  # fmt: skip
    survey.change(units=(unit, other))
    write_labelled(survey.places, survey.study, survey.clean().accepted)
    assert {path.name for path in folder.iterdir()} == {
        "kelurahan.sav", "kelurahan.xlsx",
    }  # fmt: skip


def test_a_long_question_is_cut_between_characters(labelled, tmp_path):
    long = "ü" * 200
    variables = tuple(each._replace(label=long) for each in labelled.variables)
    data = render_sav(labelled._replace(variables=variables), date(2021, 12, 31))
    _, meta = read_sav(data, tmp_path)
    assert meta.column_names_to_labels["biaya"] == "ü" * 128
    assert cut("aü", 2) == "a"


def test_names_that_spss_does_not_take_are_changed_and_stay_apart():
    made = []
    for name in ("u-1", "u.1", "U_1", "with", "9a"):
        made.append(spss_name(name, made))
    assert made == ["u_1", "u_1_2", "U_1_3", "with_", "v_9a"]
