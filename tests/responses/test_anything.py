"""Whatever comes is read or refused, and what is read is what stands there."""

import csv
import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.reading import read_table

bits = st.sampled_from(
    [
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r\n",
        b'"',
        b"U1",
        b"4",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x00",
        b"\xe9",
        "\u200b".encode(),
        b" ",
        b"Jumlah",
        b"'",
        b"<html>",
        b"PK\x03\x04",
        b"$FL2@(#)",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        "Workbook\0".encode("utf-16-le"),
    ]
)
files = st.one_of(
    st.binary(max_size=300),
    st.lists(bits, max_size=60).map(b"".join),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)


@cache
def good_workbook():
    book = openpyxl.Workbook()
    for row in (["U1", "U2"], [4, "tiga"], [3.5, True]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        return read_table(path, f"a{suffix}", wanted=["U1"])


@examples(400)
@given(files, st.sampled_from([".csv", ".txt", ".xlsx", ".xls", ".ods", ".sav"]))
def test_whatever_bytes_come_are_read_or_refused(data, suffix):
    try:
        table = read(data, suffix)
    except DeliveryError:
        return
    assert len(table.rows) == len(table.row_numbers)
    assert {len(row) for row in table.rows} <= {len(table.header)}


@examples(40)
@given(st.data())
def test_a_workbook_with_changed_bytes_is_read_or_refused(data):
    content = bytearray(good_workbook())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    try:
        table = read(bytes(content), ".xlsx")
    except DeliveryError:
        return
    assert {len(row) for row in table.rows} <= {len(table.header)}


@examples(40)
@given(st.data())
def test_a_sheet_with_changed_bytes_is_read_or_refused(data):
    stream = io.BytesIO(good_workbook())
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        content[at : at + 1] = data.draw(st.sampled_from([b"", b"9", b"<", b'"', b"&"]))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for each, part in parts.items():
            archive.writestr(each, bytes(content) if each == name else part)
    try:
        table = read(changed.getvalue(), ".xlsx")
    except DeliveryError:
        return
    assert {len(row) for row in table.rows} <= {len(table.header)}


cells = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=6
)


@examples(100)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8))
def test_quoted_cells_come_through_unchanged(rows):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerows([("U1", "Kolom Dua", "Kolom Tiga"), *rows, ("x", "y", "z")])
    table = read(stream.getvalue().encode(), ".csv")
    kept = [row for row in rows if row in table.rows]
    assert table.rows[-1] == ("x", "y", "z")
    assert list(table.rows[:-1]) == [row for row in rows if row in kept]
    told = [row for row in rows if row not in kept and "".join(row).isalnum()]
    assert len(told) <= sum(table.passed_over.values())
