"""ODS and XLS, and files that are not what their names say.

`files/answers.ods` and `files/answers.xls` were written by LibreOffice from one
workbook: a sheet of instructions, a sheet of answers under a title and two merged
header rows, and a hidden one with the same header.
"""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.reading import read_table

FILES = Path(__file__).parent / "files"
ODS = (FILES / "answers.ods").read_bytes()
XLS = (FILES / "answers.xls").read_bytes()


def xlsx(*lines, macros=False):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for line in lines or (["U1", "U2"], [4, 3]):
        book.active.append(line)
    book.save(stream)
    if macros:
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    return stream.getvalue()


def mended(data, changes, left_out=()):
    """The same archive with members changed, added or left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys([*old.namelist(), *changes]):
            if name not in left_out:
                content = old.read(name) if name in old.namelist() else b""
                new.writestr(name, changes.get(name, bytes)(content))
    return stream.getvalue()


def content(before, after):
    assert before in zipfile.ZipFile(io.BytesIO(ODS)).read("content.xml")
    return mended(ODS, {"content.xml": lambda xml: xml.replace(before, after, 1)})


@pytest.fixture
def read(tmp_path):
    def read(data, suffix, **given):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        return read_table(path, f"data/a{suffix}", **given)

    return read


@pytest.mark.parametrize(("data", "suffix"), [(ODS, ".ods"), (XLS, ".xls")])
def test_an_open_document_and_an_old_workbook_say_the_same(read, data, suffix):
    table = read(data, suffix, wanted=["U1", "Saran"])
    unsur = [f"Unsur Pelayanan / U{i}" for i in (1, 2, 3)]
    assert table.header == ("Kode", *unsur, "Saran", "Waktu")
    # 4 is shown as a date, TRUE is no 1, and an error is no blank; the comment on the
    # first cell, which names a person, is nowhere.
    assert table.rows == (
        ("R-1", "4", "3", "#DIV/0!", "baik  sekali", "2021-05-04 09:12:01"),
        ("R-2", "1900-01-04", "TRUE", "4", "dua\nbaris", "2021-05-04"),
        ("R-3", "#N/A", "", "2.5", " x ", ""),
    )
    assert table.row_numbers == (4, 5, 6)
    assert table.format.startswith(
        f"{suffix[1:].upper()}, lembar 2 dari 3 (1 tersembunyi), judul"
    )
    assert "Kanari" not in repr(table)


@pytest.mark.parametrize(("data", "suffix"), [(ODS, ".ods"), (XLS, ".xls")])
def test_a_hidden_sheet_is_read_only_if_declared(read, data, suffix):
    assert read(data, suffix, sheet="lama").header == (
        "Kode",
        "U1",
        "U2",
        "U3",
        "Saran",
    )
    with pytest.raises(DeliveryError, match="Petunjuk, Data, Lama"):
        read(data, suffix, sheet="Hasil")


def test_macros_are_ignored_and_said(read):
    table = read(xlsx(macros=True), ".xlsm")
    assert table.format.startswith("XLSM, makro diabaikan, lembar 1 dari 1")
    assert table.rows == (("4", "3"),)


R2 = b"<text:p>R-2</text:p>"
CELL = b'<table:table-cell office:value-type="string"'
BOMB_OF_CELLS = CELL + b' table:number-columns-repeated="16000"'
ROW = b'<table:table-row table:style-name="ro1">'
BOMB_OF_ROWS = ROW[:-1] + b' table:number-rows-repeated="900000">'
RESULT = b' office:value-type="float" office:value="4" calcext:value-type="float"'
RESULT += b"><text:p>4</text:p></table:table-cell>"
FORMULA = b'table:formula="of:=1+3"'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (content(CELL, BOMB_OF_CELLS), "500 kolom"),
        (content(ROW, BOMB_OF_ROWS), "250000 baris"),
        (content(FORMULA + RESULT, FORMULA + b"/>"), "belum dihitung, di sel D5"),
        (content(b"<office:document-content", b"<!DOCTYPE x><a"), "DOCTYPE"),
        (mended(ODS, {"a.xml": lambda _: b"A" * (30 * 2**20)}), "jauh lebih besar"),
        (mended(ODS, {"../a": lambda _: b"x"}), "susunan"),
        (mended(ODS, {}, left_out=["content.xml"]), "rusak"),
        (mended(ODS, {"content.xml": lambda _: b"<a/>"}), "rusak"),
        (mended(ODS, {"content.xml": lambda xml: xml[:-2000]}), "dibaca"),
        (
            mended(ODS, {"META-INF/manifest.xml": lambda _: b"<encryption-data/>"}),
            "kata sandi",
        ),
        (
            content(
                b"<table:table ", b'<table:table table:name="a"/><table:table ' * 501
            ),
            "500 lembar",
        ),
        (ODS[:-100], "rusak"),
        (ODS[:3000], "rusak"),
    ],
)
def test_a_hostile_or_damaged_open_document_is_refused(read, data, told):
    with pytest.raises(DeliveryError, match=told) as refused:
        read(data, ".ods", sheet="Data")
    assert str(refused.value).startswith("data/a.ods: ")


def test_a_claim_that_no_pattern_sees_does_not_bring_us_down(read):
    """A tag that ends early for us and not for the parser: its memory is limited."""
    sly = CELL + b' x=">" table:number-columns-repeated="99999999"'
    data = content(CELL, sly)
    try:
        table = read(data, ".ods", sheet="Petunjuk")
    except DeliveryError:
        return
    assert len(table.header) <= 500


def test_a_million_empty_rows_at_the_end_claim_nothing(read):
    xml = zipfile.ZipFile(io.BytesIO(ODS)).read("content.xml")
    assert b'number-rows-repeated="104856' in xml
    assert len(read(ODS, ".ods", sheet="Data", wanted=["U1"]).rows) == 3


def test_repeated_rows_are_as_many_as_they_say(read):
    def thrice(xml):
        start = xml.rindex(ROW, 0, xml.index(R2))
        more = ROW[:-1] + b' table:number-rows-repeated="3">'
        return xml[:start] + more + xml[start + len(ROW) :]

    data = mended(ODS, {"content.xml": thrice})
    table = read(data, ".ods", sheet="Data", wanted=["U1"])
    assert [row[0] for row in table.rows] == ["R-1", "R-2", "R-2", "R-2", "R-3"]
    assert [row[2] for row in table.rows] == ["3", "TRUE", "TRUE", "TRUE", ""]
    assert table.rows[-1][1] == "#N/A"


def records(stream_at):
    """Where each record of the workbook's own part begins in XLS, and its kind."""
    at = stream_at
    while True:
        kind, length = struct.unpack_from("<HH", XLS, at)
        yield at, kind
        if kind == 0x0A:
            return
        at += 4 + length


def test_a_locked_old_workbook_is_refused_with_the_remedy(read):
    start = XLS.index(struct.pack("<HHH", 0x809, 16, 0x600))
    at = next(at for at, kind in records(start) if kind not in (0x809, 0x85, 0x0A))
    locked = XLS[:at] + struct.pack("<H", 0x2F) + XLS[at + 2 :]
    with pytest.raises(DeliveryError, match="kata sandi"):
        read(locked, ".xls")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.8])
def test_an_old_workbook_that_was_cut_off_is_refused(read, kept):
    with pytest.raises(DeliveryError, match="rusak"):
        read(XLS[: int(len(XLS) * kept)], ".xls", sheet="Data")


HTML = b"<html><table><tr><td>U1</td></tr><tr><td>4</td></tr></table></html>"
XML = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'


@pytest.mark.parametrize(
    ("data", "suffix", "told"),
    [
        (HTML, ".xls", r"namanya .xls .*Excel lama.* isinya halaman web"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html>" + HTML, ".xls", "isinya halaman web"),
        (HTML, ".xlsx", "Simpan Sebagai"),
        (XML, ".xls", "isinya XML"),
        (b"U1\tU2\n4\t3\n", ".xls", r"isinya teks.*\n.*\.csv"),
        (xlsx(), ".xls", r"isinya buku kerja Excel \(.xlsx\)(.|\n)*akhiran .xlsx"),
        (xlsx(), ".ods", r"isinya buku kerja Excel \(.xlsx\)"),
        (xlsx(), ".csv", r"isinya buku kerja Excel \(.xlsx\)"),
        (ODS, ".xlsx", r"isinya buku kerja LibreOffice \(.ods\)"),
        (ODS, ".csv", r"isinya buku kerja LibreOffice \(.ods\)"),
        (XLS, ".xlsx", r"isinya buku kerja Excel lama \(.xls\)"),
        (XLS, ".sav", r"isinya buku kerja Excel lama \(.xls\)"),
        (b"$FL2@(#) SPSS DATA FILE", ".csv", r"isinya data SPSS \(.sav\)"),
        (mended(xlsx(), {"xl/workbook.bin": bytes}), ".xlsx", "biner"),
        (XLS[:8] + b"\0" * 600, ".xls", "dokumen Office lama"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(read, data, suffix, told):
    with pytest.raises(DeliveryError, match=told):
        read(data, suffix)


@examples(25)
@given(st.sampled_from([".ods", ".xls"]), st.data())
def test_changed_bytes_are_read_or_refused(tmp_path_factory, suffix, data):
    changed = bytearray(ODS if suffix == ".ods" else XLS)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(8, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("a") / f"a{suffix}"
    path.write_bytes(changed)
    try:
        table = read_table(path, path.name, wanted=["U1"])
    except DeliveryError:
        return
    assert {len(row) for row in table.rows} <= {len(table.header)}
