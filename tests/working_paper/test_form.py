"""What the working paper looks like, and what it must not do."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest


@pytest.fixture(scope="module")
def book(paper):
    return openpyxl.load_workbook(io.BytesIO(paper()))


def test_each_unit_has_a_sheet_in_the_layout_of_the_regulation(book, city):
    assert book.sheetnames[:3] == ["Daftar isi", "Banding laporan", "biasa"]
    assert book.sheetnames[3] == "biasa (int)"
    # Where nobody answered there is none: the contents say so.
    assert {*city.UNITS} - {*book.sheetnames} == {"kosong"}
    sheet = book["biasa"]
    assert sheet["A3"].value == (
        "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR "
        "PELAYANAN"
    )
    assert [cell.value for cell in sheet[9]][:6] == [
        "No.",
        "No. Resp",
        "U1",
        "U2",
        "U3",
        "Jumlah",
    ]
    assert [cell.value for cell in sheet[12]][:5] == [3, "biasae002", 3, None, 3]
    labels = [cell.value for cell in sheet["A"] if cell.value][10:]
    for label in ("Σ Nilai/Unsur", "NRR/Unsur", "NRR tertimbang/Unsur", "*)", "**)"):
        assert label in labels
    assert sheet["C22"].value == "=1/3"


def test_every_page_says_what_it_is(book):
    for sheet in book:
        assert sheet["A1"].value == "DATA SINTETIS – bukan hasil survei"
        assert sheet["A2"].value.startswith("INTERNAL")
        assert sheet.oddHeader.left.text == "DATA SINTETIS – bukan hasil survei"
        assert sheet.oddHeader.right.text == "INTERNAL"


def test_every_sheet_is_set_up_for_a4_landscape_and_frozen_below_its_headings(book):
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page wide, as many as needed high.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (
            1,
            0,
        )
        top = int("".join(filter(str.isdigit, sheet.freeze_panes)))
        assert sheet.print_title_rows.endswith(f"${top - 1}")
        assert sheet.print_area


def test_links_lead_to_sheets_that_are_there(book):
    links = [
        cell.hyperlink
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert len(links) > 20
    for link in links:
        assert link.target is None  # nothing outside the file
        assert link.location.rsplit("!", 1)[0].strip("'") in book.sheetnames


def test_numbers_are_numbers_and_texts_are_texts(book):
    for name in ("biasa", "strata"):
        for row in book[name].iter_rows(min_row=10, max_row=18, max_col=5):
            place, response, *answers = (cell.value for cell in row)
            assert isinstance(place, int)
            assert isinstance(response, str)
            assert all(each is None or type(each) is int for each in answers)


def test_a_name_that_looks_like_a_formula_stays_a_text(city):
    evil = '=HYPERLINK("http://x","x")'
    of = city.unit("history", name=evil, strata={"=1+1": 30, "@x": 30})
    made = city.study([of], title="+1", weighting="strata")
    rows = city.frame(of, ["444", "434"], stratum=["=1+1", "@x"])
    rows["response"] = ["=2+2", "-1"]
    data, _ = city.paper(made, {"history": rows})
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = {
        cell.value: cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    }
    for text in (evil, "=1+1", "@x", "+1", "=2+2", "-1"):
        assert text in texts
        assert texts[text].quotePrefix
    assert "history (unit)" in book.sheetnames  # Excel keeps the bare name for itself


def test_only_texts_are_kept_from_becoming_formulas_and_no_formula_is(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in (each for each in row if each.value is not None):
                text = cell.data_type == "s" and not cell.hyperlink
                assert cell.quotePrefix == text, cell


def test_each_sheet_says_how_its_respondents_were_gathered(book):
    texts = {
        sheet.title: " ".join(c.value for c in sheet["A"] if isinstance(c.value, str))
        for sheet in book
    }
    for unit in ("gugus", "gugus-strata"):
        assert "yang dihitung ragam jumlah per gugus" in texts[unit]
    for unit in ("sedikit", "lintas"):
        assert "gugusnya sedikit" in texts[unit]
    assert "berlaku seandainya responden dipilih acak" in texts["gugus"]
    assert "Koreksi populasi terhingga: 1 − f" in texts["biasa"]
    assert "survei oleh unit sendiri" in texts["swadaya"]


def test_the_same_answers_give_the_same_bytes(city):
    made = city.everything()
    assert city.paper(*made)[0] == city.paper(*made)[0]


def test_no_name_of_a_cluster_and_no_path_of_this_computer_is_in_it(paper):
    with zipfile.ZipFile(io.BytesIO(paper())) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
    assert b"budi" not in whole
    assert str(Path.home()).encode() not in whole
