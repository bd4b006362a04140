"""The name of a file or sheet tells the unit, where it is listed."""

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from skm_analysis.checking import check
from skm_analysis.study.catalogue import FOLDER, catalogue
from skm_analysis.study.places import Places

ITEMS = catalogue()["skm-2017"].keys
COLUMNS = "\n".join(f'{key} = "U{n}"' for n, key in enumerate(ITEMS, start=1))
HEADER = [f"U{n}" for n in range(1, 10)]
UNIT = """
[[unit]]
id = "{id}"
name = "{name}"
kind = "kelurahan"
instrument = "skm-2017"
"""
BY_FILE = """
[[delivery]]
file = "responses/"
unit_from = "file"
[delivery.units]
"Data Ngalau.csv" = "kel-ngalau"
"ganting.csv" = "kel-ganting"
[delivery.columns]
"""
BY_SHEET = """
[[delivery]]
file = "responses/semua.xlsx"
sheet = "*"
unit_from = "sheet"
[delivery.units]
"Ngalau" = "kel-ngalau"
"Ganting" = "kel-ganting"
[delivery.columns]
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path, "2021")
    places.responses.mkdir(parents=True)
    places.instruments.mkdir()
    shutil.copy(FOLDER / "skm-2017.toml", places.instruments)
    return places


def declare(places: Places, delivery: str, columns: str = COLUMNS) -> None:
    units = "".join(
        UNIT.format(id=f"kel-{each}", name=f"Kelurahan {each.title()}")
        for each in ("ngalau", "ganting")
    )
    places.study_file.write_text(
        'format = 1\n[study]\ntitle = "Uji"\nyear = 2021\ninstitution = "Kota"\n'
        f"start = 2021-01-01\nend = 2021-12-31\n{units}{delivery}{columns}\n"
    )


def sheet(rows: int) -> list[list[str]]:
    return [HEADER, *([str(3 + n % 2)] * 9 for n in range(rows))]


def write(places: Places, name: str, rows: int) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(sheet(rows))
    (places.responses / name).write_text(text.getvalue())


def write_book(places: Places, hidden: str = "", **sheets: int) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in sheet(rows):
            made.append(row)
        made.sheet_state = "hidden" if name == hidden else "visible"
    book.save(places.responses / "semua.xlsx")


def accepted(places: Places) -> dict[str, int]:
    work = check(places.root, "2021")
    assert [fault.message for fault in work.faults] == []
    return {unit.unit: unit.accepted for unit in work.units}


def refused(places: Places) -> str:
    work = check(places.root, "2021")
    return "\n".join(fault.message for fault in work.faults)


def test_each_file_is_of_the_unit_that_its_name_stands_for(places):
    declare(places, BY_FILE)
    write(places, "data ngalau.csv", 12)
    write(places, "ganting.csv", 5)
    assert accepted(places) == {"kel-ngalau": 12, "kel-ganting": 5}


def test_a_file_that_has_not_come_is_awaited_by_its_name(places):
    declare(places, BY_FILE)
    write(places, "ganting.csv", 5)
    work = check(places.root, "2021")
    assert work.waiting == ("responses/Data Ngalau.csv",)
    assert [unit.waiting for unit in work.units] == [work.waiting, ()]
    assert work.faults == ()
    assert "no_delivery" not in [finding.kind for finding in work.findings]


def test_a_file_that_is_not_listed_is_refused_alone(places):
    declare(places, BY_FILE)
    write(places, "Data Ngalau.csv", 12)
    write(places, "ganting.csv", 5)
    write(places, "entah.csv", 7)
    told = refused(places)
    assert "responses/entah.csv: nama berkas 'entah.csv' tidak disebut" in told
    assert 'tambahkan di study.toml: "entah.csv" = "id-unit"' in told
    units = check(places.root, "2021").units
    assert [unit.accepted for unit in units] == [12, 5]


def test_the_same_file_for_two_units_is_a_finding(places):
    declare(places, BY_FILE)
    write(places, "Data Ngalau.csv", 5)
    write(places, "ganting.csv", 5)
    (found,) = [x for x in check(places.root, "2021").findings if x.kind == "same_file"]
    assert found.file == "responses/ganting.csv"
    assert found.names == ("responses/Data Ngalau.csv",)


def test_each_sheet_is_of_the_unit_that_its_name_stands_for(places):
    declare(places, BY_SHEET)
    write_book(places, Ngalau=12, Ganting=5)
    assert accepted(places) == {"kel-ngalau": 12, "kel-ganting": 5}


def test_no_sheet_is_left_out_unseen(places):
    declare(places, BY_SHEET)
    write_book(places, Ngalau=12, Ganting=5, Entah=3)
    assert "lembar 'Entah' tidak disebut dalam [delivery.units]" in refused(places)
    write_book(places, Ngalau=12)
    assert "lembar 'Ganting' dari [delivery.units] tidak dibaca" in refused(places)
    write_book(places, hidden="Ganting", Ngalau=12, Ganting=5)
    (places.raw / "received.csv").unlink()
    assert "lembar 'Ganting' dari [delivery.units] tidak dibaca" in refused(places)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('unit_from = "file"', 'unit_from = "file"\nunit = "kel-ngalau"', "bersamaan"),
        ('file = "responses/"', 'file = "responses/a.csv"', "hanya untuk folder"),
        ('unit_from = "file"', 'unit_from = "sheet"', 'hanya bersama sheet = "*"'),
        ('unit_from = "file"', 'unit_from = "name"', "unit_from"),
        ('= "kel-ganting"', '= "kel-gantang"', "unit 'kel-gantang' tidak ada"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_a_fault(places, old, new, told):
    declare(places, BY_FILE.replace(old, new))
    assert told in refused(places)


def test_names_have_to_be_listed(places):
    declare(
        places,
        '\n[[delivery]]\nfile = "responses/"\nunit_from = "file"\n[delivery.columns]\n',
    )
    assert "'unit_from' memerlukan [delivery.units]" in refused(places)
