import io
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from skm_analysis.errors import DeliveryError
from skm_analysis.responses import parsing_child
from skm_analysis.responses.reading import read_table

SHEET = "xl/worksheets/sheet1.xml"


def book(fill, engine="openpyxl"):
    """The bytes of a workbook that `fill` wrote."""
    stream = io.BytesIO()
    if engine == "openpyxl":
        workbook = openpyxl.Workbook()
        fill(workbook)
        workbook.save(stream)
    else:
        with xlsxwriter.Workbook(stream) as workbook:
            fill(workbook)
    return stream.getvalue()


def rows(*lines):
    def fill(workbook):
        for line in lines:
            workbook.active.append(line)

    return book(fill)


def mend(data, changes, packing=zipfile.ZIP_DEFLATED):
    """The same archive with members changed or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", packing) as new,
    ):
        for name in old.namelist():
            change = changes.get(name, lambda content: content)
            new.writestr(name, change(old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](b""))
    return stream.getvalue()


@pytest.fixture
def read(tmp_path):
    def read(data, **given):
        path = tmp_path / "a.xlsx"
        path.write_bytes(data)
        return read_table(path, "data/a.xlsx", **given)

    return read


def test_cells_become_text_as_a_person_would_write_them(read):
    moment = datetime(2021, 5, 4, 9, 12, 1)
    table = read(rows(list("ABCDEF"), [4, 3.5, True, moment, 3201012345678901, " x "]))
    assert table.rows == (
        ("4", "3.5", "TRUE", "2021-05-04 09:12:01", "3201012345678901", " x "),
    )
    assert table.format == "XLSX, lembar 1 dari 1, judul kolom di baris 1"


def test_a_score_shown_as_a_date_or_percentage_is_not_lost(read):
    def fill(workbook):
        sheet = workbook.active
        sheet.append(["U1", "U2"])
        sheet.append([4, 0.04])
        sheet["A2"].number_format = "dd/mm/yyyy"
        sheet["B2"].number_format = "0%"

    assert read(book(fill)).rows == (("1900-01-04", "0.04"),)


def test_an_error_cell_is_text_and_not_a_blank(read):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["U1", "U2", "U3"])
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 1, "=2+2", None, 4)
        sheet.write_formula(1, 2, '=""', None, "")

    # Excel says so where the result of a formula is an empty text.
    as_text = {SHEET: lambda x: x.replace(b'r="C2"', b'r="C2" t="str"')}
    data = mend(book(fill, "xlsxwriter"), as_text)
    assert read(data).rows == (("#DIV/0!", "4", ""),)


def test_formulas_that_nobody_calculated_are_refused_with_their_address(read):
    data = rows(["U1", "U2"], [4, "=A2"], [3, "=A3"])
    with pytest.raises(DeliveryError, match="sel B2, B3") as refused:
        read(data)
    assert "'Sheet'" in str(refused.value)


def test_formulas_of_rules_and_charts_are_no_answers(read):
    rule = b"</sheetData><extLst><ext><xm:f>A1:A2</xm:f></ext></extLst>"
    data = mend(GOOD, {SHEET: lambda x: x.replace(b"</sheetData>", rule)})
    assert read(data).rows == (("4", "3"),)


def test_a_title_above_and_columns_to_the_left_are_passed_over(read):
    def fill(workbook):
        sheet = workbook.active
        sheet["C2"] = "REKAP SKM 2021"
        for column, (name, score) in enumerate([("U1", 4), ("U2", 3)], start=3):
            sheet.cell(4, column, name)
            sheet.cell(5, column, score)

    table = read(book(fill), wanted=["U1", "U2"])
    assert table.header[2:] == ("U1", "U2")
    assert [row[2:] for row in table.rows] == [("4", "3")]
    assert table.row_numbers == (5,)


def test_two_merged_header_rows_are_one_header(read):
    def fill(workbook):
        sheet = workbook.active
        sheet.append(["No", "Unsur Pelayanan", None, "Saran"])
        sheet.append([None, "U1", "U2", None])
        sheet.append([1, 4, 3, "baik"])
        for cells in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(cells)

    table = read(book(fill), wanted=["Unsur Pelayanan / U1", "U2", "Saran"])
    assert table.header == (
        "No", "Unsur Pelayanan / U1", "Unsur Pelayanan / U2", "Saran",
    )  # fmt: skip
    assert table.rows == (("1", "4", "3", "baik"),)


def several(workbook):
    workbook.active.append(["Petunjuk"])
    workbook.create_sheet("Data").append(["U1", "U2"])
    workbook["Data"].append([4, 3])
    hidden = workbook.create_sheet("Lama")
    hidden.append(["U1", "U2"])
    hidden.sheet_state = "hidden"


def test_the_sheet_that_has_the_columns_is_read_and_hidden_ones_are_not(read):
    table = read(book(several), wanted=["U1", "U2"])
    assert (table.sheet, table.rows) == ("Data", (("4", "3"),))
    assert table.format.startswith("XLSX, lembar 2 dari 3")


def test_a_declared_sheet_is_read_even_if_hidden(read):
    assert read(book(several), sheet="lama").rows == ()
    with pytest.raises(DeliveryError, match="Sheet, Data, Lama"):
        read(book(several), sheet="Hasil")


def test_two_sheets_that_fit_alike_are_not_chosen_from(read):
    def fill(workbook):
        for sheet in (workbook.active, workbook.create_sheet("Dua")):
            sheet.append(["U1"])

    with pytest.raises(DeliveryError, match="'Sheet', 'Dua'"):
        read(book(fill), wanted=["U1"])


GOOD = rows(["U1", "U2"], [4, 3])
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
# Written so that no byte pattern sees it: the parser alone must not bring us down.
SLY = FAR.replace(b'"XFD1048576"', b'"&#88;FD1048576"').replace(b"row r=", b"row x=")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (GOOD[:-100], "rusak"),
        (GOOD[: len(GOOD) // 2], "rusak"),
        (
            mend(GOOD, {SHEET: lambda x: x.replace(b"</sheetData>", FAR)}),
            "250000 baris",
        ),
        (mend(GOOD, {SHEET: lambda x: x.replace(b"</sheetData>", SLY)}), "dibaca"),
        (
            mend(GOOD, {SHEET: lambda x: x.replace(b"<worksheet", DOCTYPE, 1)}),
            "DOCTYPE",
        ),
        (mend(GOOD, {SHEET: lambda x: x[: len(x) // 2]}), "tidak dapat dibaca"),
        (mend(GOOD, {SHEET: lambda x: x.replace(b"</c>", b"<f/>")}), "rusak"),
        (mend(GOOD, {"../../x": lambda _: b"x"}), "susunan"),
        (mend(GOOD, {"xl/a.xml": lambda _: b"A" * (200 * 2**20)}), "jauh lebih besar"),
        (mend(GOOD, {"xl/a.xml": lambda _: b"A" * (30 * 2**20)}), "jauh lebih besar"),
        (mend(GOOD, {f"xl/{i}.xml": lambda _: b"" for i in range(2100)}), "bagian"),
        (mend(GOOD, {"xl/workbook.xml": lambda _: b"<a/>"}), "rusak"),
        (rows([f"U{i}" for i in range(501)]), "500 kolom"),
        (rows(), "tidak ada baris"),
    ],
)
def test_a_hostile_or_damaged_workbook_is_refused(read, data, told):
    with pytest.raises(DeliveryError, match=told) as refused:
        read(data)
    assert str(refused.value).startswith("data/a.xlsx: ")
    assert refused.value.__cause__ is None


def test_a_shared_text_that_is_not_there_is_refused(read):
    def fill(workbook):
        workbook.add_worksheet().write_column(0, 0, ["U1", "empat"])

    data = book(fill, "xlsxwriter")
    with pytest.raises(DeliveryError, match="tidak dapat dibaca"):
        read(mend(data, {SHEET: lambda x: x.replace(b"<v>1</v>", b"<v>99</v>")}))


def test_texts_of_several_runs_are_joined(read):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "U1")
        sheet.write_rich_string(
            1, 0, workbook.add_format({"bold": 1}), "Sangat", " baik"
        )

    assert read(book(fill, "xlsxwriter")).rows == (("Sangat baik",),)


def test_a_lying_dimension_is_not_believed(read):
    data = mend(
        GOOD,
        {SHEET: lambda x: re.sub(rb'ref="A1:B2"', b'ref="A1:XFD1048576"', x, count=1)},
    )
    assert read(data).rows == (("4", "3"),)


def test_what_lies_outside_the_cells_goes_nowhere(read):
    def fill(workbook):
        workbook.active.append(["U1"])
        workbook.active.append([4])
        workbook.active["A2"].comment = Comment("Siti Kanari", "Siti Kanari")
        workbook.properties.creator = "Siti Kanari"

    table = read(
        mend(book(fill), {"xl/externalLinks/externalLink1.xml": lambda _: b""})
    )
    assert "Kanari" not in repr(table)


def test_a_system_without_limits_still_parses(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)
    parsing_child._limit()


def test_the_parser_runs_without_the_package():
    child = Path(read_table.__code__.co_filename).with_name("parsing_child.py")
    assert "skm_analysis" not in child.read_text()
