"""A good file, spoilt in whatever way, is read or refused; the refusal names it."""

import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.reading import read_all_sheets, read_table

HERE = Path(__file__).parent
DIALECTS = HERE / "dialects"
TEXTS = (
    *("csv.csv", "csv-titik-koma.csv", "csv-cp1252.csv", "csv-tiga-baris-judul.csv"),
    *("tsv-utf16.tsv", "google-forms.csv", "limesurvey.csv", "bentuk-panjang.csv"),
)
ARCHIVES = ("xlsx.xlsx", "xlsx-tiga-baris-judul.xlsx", "ods.ods")
BINARIES = (*ARCHIVES, "xls.xls", "spss.sav")
OPENING = 1500  # bytes of a text file: its header and some rows

pieces = st.one_of(
    st.binary(max_size=4),
    st.sampled_from(
        [
            *(b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r", b"\r\n", b"\n\n"),
            *(b"\x00", b"\xff", b"\xe9", b"\xef\xbb\xbf", b"\xff\xfe", b" ", b"'"),
            *(b"Jumlah", b"NRR", b"Keterangan", b"4", b"3,5", "\u200b".encode()),
        ]
    ),
)
encodings = st.sampled_from(
    [None, "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "cp437"]
)


@cache
def good(name):
    return (DIALECTS / name).read_bytes()


@st.composite
def spoilt(draw, data):
    """`data` with some bytes replaced, taken out or put in; perhaps cut off."""
    content = bytearray(data)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        gone = draw(st.sampled_from([0, 1, 1, 2, 16]))
        content[at : at + gone] = draw(pieces)
    if draw(st.booleans()):
        del content[draw(st.integers(0, len(content))) :]
    return bytes(content)


@st.composite
def spoilt_texts(draw):
    name = draw(st.sampled_from(TEXTS))
    data = good(name)[: OPENING * (2 if "utf16" in name else 1)]
    if draw(st.booleans()):
        data = data.replace(*draw(st.tuples(*[st.sampled_from(DELIMITERS)] * 2)))
    if encoding := draw(encodings):
        data = data.decode("latin-1").encode(encoding, "replace")
    return Path(name).suffix, draw(spoilt(data))


DELIMITERS = [b",", b";", b"\t", b"|", b"\n", b" ", b"1", b'"', b"."]


def names(error, file):
    assert str(error).startswith(file)


def check(data, suffix, **declared):
    """The table, after what must hold of every one; None if the file is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"kiriman{suffix}"
        path.write_bytes(data)
        try:
            table = read_table(path, path.name, wanted=["U1", "U2"], **declared)
        except DeliveryError as error:
            return names(error, path.name)
    width = len(table.header)
    rows = [*table.rows]
    assert len(rows) == len(table.rows) == len(table.row_numbers)
    assert all(len(row) == width for row in rows)
    assert [*table.row_numbers] == sorted(set(table.row_numbers))
    for at in range(width):
        assert table.column(at) == [row[at] for row in rows]
    return table


@examples(400)
@given(spoilt_texts())
def test_a_spoilt_text_file_is_read_or_refused(delivered):
    suffix, data = delivered
    check(data, suffix)


@examples(150)
@given(
    spoilt_texts(),
    st.sampled_from([None, *",;\t|", "", "\n", '"', "ab", "é"]),
    st.sampled_from([None, "utf-8", "utf-16", "cp1252", "ascii", "base64", "tidak"]),
    st.sampled_from([None, 1, 2, 7, 99]),
)
def test_whatever_is_declared_of_a_text_file(delivered, delimiter, encoding, header):
    suffix, data = delivered
    check(data, suffix, delimiter=delimiter, encoding=encoding, header_row=header)


@pytest.mark.parametrize("name", BINARIES)
@examples(12)
@given(st.data())
def test_a_spoilt_workbook_is_read_or_refused(name, data):
    check(data.draw(spoilt(good(name))), Path(name).suffix)


@pytest.mark.parametrize("name", ARCHIVES)
@examples(12)
@given(st.data())
def test_a_workbook_with_spoilt_members_is_read_or_refused(name, data):
    """Members spoilt, exchanged, doubled or left out; the archive itself is whole."""
    with zipfile.ZipFile(io.BytesIO(good(name))) as archive:
        members = [[each, archive.read(each)] for each in archive.namelist()]
    places = st.integers(0, len(members) - 1)
    for _ in range(data.draw(st.integers(1, 2))):
        one, other = data.draw(places), data.draw(places)
        match data.draw(st.sampled_from(["spoil", "exchange", "double", "leave out"])):
            case "spoil":
                members[one][1] = data.draw(spoilt(members[one][1]))
            case "exchange":
                members[one][1], members[other][1] = members[other][1], members[one][1]
            case "double":
                members[one][0] = members[other][0]
            case "leave out":
                members[one][0] = f"lain/{one}.xml"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in dict(members).items():
            archive.writestr(member, content)
    check(stream.getvalue(), Path(name).suffix)


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".ods", ".xls", ".sav", ".zsav"])
@pytest.mark.parametrize("name", BINARIES)
def test_a_file_under_another_kinds_name_is_read_or_refused(name, suffix):
    check(good(name), suffix)


@examples(8)
@given(st.data())
def test_all_sheets_of_a_spoilt_workbook_are_read_or_refused(data):
    content = data.draw(spoilt(good("xlsx-lembar-per-bulan.xlsx")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kiriman.xlsx"
        path.write_bytes(content)
        try:
            tables = read_all_sheets(path, path.name, wanted=["U1", "U2"])
        except DeliveryError as error:
            names(error, path.name)
            return
    assert len({table.sheet for table in tables}) == len(tables)
