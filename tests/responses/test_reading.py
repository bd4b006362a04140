import hashlib
import json

import pytest

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.reading import read_table

PLAIN = "U1,U2,U3\n4,3,4\n2,1,3\n"


@pytest.fixture
def read(tmp_path):
    def read(content, name="a.csv", **given):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(path, f"data/{name}", **given)

    return read


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", "|").encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        b"\xef\xbb\xbf\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        b"U1,U2,U3\r\n4,3,4\n2,1,3",
        b'"U1","U2","U3"\n"4","3","4"\n"2","1","3"\n',
        b"U1,U2,U3,,\n4,3,4,,\n2,1,3,,\n",
    ],
)
def test_one_table_in_many_dialects_reads_alike(read, data):
    table = read(data)
    assert table.header == ("U1", "U2", "U3")
    assert table.rows == (("4", "3", "4"), ("2", "1", "3"))
    assert table.row_numbers == (2, 3)
    assert table.sha256 == hashlib.sha256(data).hexdigest()


def test_the_dialect_is_told(read):
    data = "nama;saran\r\nA;caf\u00e9\r\n".encode("cp1252")
    table = read(data)
    assert table.format == "CSV, CP1252, pemisah titik koma, judul kolom di baris 1"
    assert table.rows == (("A", "café"),)


def test_a_decimal_comma_does_not_make_the_comma_the_delimiter(read):
    table = read("U1;U2\n4,0;3,0\n3,0;2,0\n")
    assert table.header == ("U1", "U2")
    assert table.rows[0] == ("4,0", "3,0")


def test_a_title_above_the_header_is_passed_over(read):
    table = read("Laporan SKM 2021\n\nU1,U2,U3\n4,3,2\n", wanted=["U1", "U2", "U3"])
    assert table.header == ("U1", "U2", "U3")
    assert table.first_row == 4


def test_a_title_is_passed_over_without_knowing_the_names(read):
    table = read("Laporan SKM 2021\n\nU1,U2,U3\n4,3,2\n")
    assert table.header == ("U1", "U2", "U3")


def test_two_header_rows_are_joined_and_the_lower_name_still_serves(read):
    table = read(
        "No,Unsur Pelayanan,,,Usia\n,U1,U2,U3,\n1,4,3,2,40\n", wanted=["U1", "Usia"]
    )
    assert table.header == (
        "No",
        "Unsur Pelayanan / U1",
        "Unsur Pelayanan / U2",
        "Unsur Pelayanan / U3",
        "Usia",
    )
    assert table.lower[1:4] == ("U1", "U2", "U3")
    assert table.rows == (("1", "4", "3", "2", "40"),)


def test_the_declared_header_row_wins(read):
    table = read("a,b\nU1,U2\n4,3\n", header_row=2)
    assert table.header == ("U1", "U2")
    assert table.row_numbers == (3,)


def test_headers_are_tidied_and_repeated_ones_numbered(read):
    table = read('"Jenis\n Kelamin",U1, U1 ,u1\nL,4,3,2\n')
    assert table.header == ("Jenis Kelamin", "U1", "U1 (2)", "u1 (3)")


def test_rows_are_numbered_as_excel_shows_them(read):
    table = read('U1,saran\n4,"dua\nbaris"\n\n3,ya\n,\n2,ya\n')
    assert table.row_numbers == (2, 4, 6)


def test_sums_at_the_end_are_no_respondents_but_counted(read):
    table = read("No,U1\n1,4\n2,4\nJumlah,8\nRata-rata :,4\n")
    assert len(table.rows) == 2
    assert table.passed_over == {"total_row": 2}


def test_a_row_that_only_numbers_the_columns_is_no_respondent(read):
    table = read("No,JK,Usia,U1,U2,U3\n(1),(2),(3),(4),(5),(6)\n1,L,30,4,3,2\n")
    assert table.rows == (("1", "L", "30", "4", "3", "2"),)
    assert table.passed_over == {"numbering_row": 1}


@pytest.mark.parametrize("broken", ["4\n", "4,3,ya\n", ",,ya\n", '4,"3,ya"\n4\n4\n'])
def test_a_few_broken_rows_are_there_without_their_cells(read, broken):
    table = read("No,U1\n1,4\n" + broken + "2,2\nJumlah\n")
    count = broken.count("\n")
    if broken.startswith('4,"'):
        assert table.rows[1] == ("4", "3,ya")
        count -= 1
    first = 3 if count == 1 else 4
    lost = tuple(range(first, first + count))
    assert dict(table.broken) == dict.fromkeys(lost, "ragged_row")
    assert [row for row in table.rows if row == ("", "")] == [("", "")] * count
    assert (table.rows[0], table.rows[-1]) == (("1", "4"), ("2", "2"))
    assert table.passed_over == {"total_row": 1}


def test_as_many_as_one_broken_row_in_a_hundred_are_set_aside(read):
    assert len(read("No,U1\n" + 495 * "1,4\n" + 5 * "1\n").broken) == 5
    with pytest.raises(DeliveryError, match="jumlah kolom"):
        read("No,U1\n" + 593 * "1,4\n" + 6 * "1\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No,U1\n1,4\n", "CSV, UTF-8, pemisah koma, "),
        (
            'No;U1\n1;"4,0"\n2;3,0\n',
            "pemisah titik koma, bertanda kutip, desimal koma,",
        ),
        ("No;U1\n1;4.0\n2;3,0\n", "pemisah titik koma, desimal koma dan titik, "),
    ],
)
def test_quotes_and_the_decimal_sign_are_told(read, text, told):
    assert told in read(text).format


def test_a_sum_in_the_middle_is_a_row_like_any_other(read):
    assert len(read("No,U1\n1,4\nJumlah,4\n2,4\n").rows) == 3


def test_a_header_without_rows_is_an_empty_table(read):
    table = read("U1,U2\n")
    assert (table.rows, table.first_row) == ((), 0)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.csv", "kosong"),
        (b" \r\n\t", "a.csv", "kosong"),
        (b",,\n,,\n", "a.csv", "tidak ada baris yang berisi"),
        (b"U1,U2\n4\n3\n", "a.csv", "baris 2, 3 "),
        (b"U1,U2\n" + 99 * b"4,3\n" + 4 * b"4,3,2\n", "a.csv", "101, 102, 103, 104"),
        (b'U1,saran\n4,"a\n3,b\n', "a.csv", "kutip"),
        (b"U1,saran\n4,\xff\xfe\n", "a.csv", "byte ke-12"),
        (b"U1,saran\n4,caf\xc3\xa9\n3,\xe9\n", "a.csv", "bukan teks"),
        (b"U1,U2\n4,\x003\n", "a.csv", "NUL"),
        ("U1,U2\n4,3\n".encode("utf-16-le") + b"4", "a.csv", "bukan teks"),
        ("U1,U2\n4,3\n".encode("utf-32-le"), "a.csv", "NUL"),
        (b"<html><table><tr><td>4</td></tr></table></html>", "a.csv", "HTML"),
        (b"PK\x03\x04" + b"\0" * 50, "a.csv", "Excel"),
        (b"%PDF-1.7", "a.csv", "PDF"),
        (b",U1,,U2\n7,4,8,3\n", "a.csv", "kolom A, C"),
        (b"U1,U2\n4,3\n", "a.xlsx", "isinya teks"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "a.xlsx", ".xls"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "kata sandi",
        ),
        (b"U1,U2\n4,3\n", "a.pdf", "belum dapat dibaca"),
    ],
)
def test_a_bad_file_is_refused_with_file_fault_and_remedy(read, data, name, told):
    with pytest.raises(DeliveryError, match=told) as refused:
        read(data, name)
    message = str(refused.value)
    assert message.startswith(f"data/{name}: ")
    assert "\n  " in message
    assert refused.value.__cause__ is None


def test_a_wrong_declaration_is_refused(read):
    for given in ({"encoding": "utf-99"}, {"header_row": 9}, {"delimiter": ";;"}):
        with pytest.raises(DeliveryError, match=r"study\.toml"):
            read(PLAIN, **given)
    with pytest.raises(DeliveryError, match="byte ke-2"):
        read(b"U\xe9,U2\n4,3\n", encoding="utf-8")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DeliveryError, match="tidak dapat dibuka"):
        read_table(tmp_path / "a.csv", "a.csv")


def test_hostile_csv_bytes_end_as_they_should(read, shared):
    entries = json.loads((shared / "hostile" / "hostile_inputs.json").read_text())
    # A title above the header is found, and what concerns single rows is the business
    # of cleaning.
    elsewhere = {"csv-title-lines", "csv-total-row", "csv-dup-rows"}
    for entry in entries["inputs"]:
        if entry["kind"] != "csv_bytes" or entry["id"] in elsewhere:
            continue
        data = bytes.fromhex(entry["value_hex"])
        if entry["expect"] == "reject_file":
            with pytest.raises(DeliveryError):
                read(data)
        else:
            table = read(data)
            assert table.rows, entry["id"]
            assert bool(table.broken) == (entry["expect"] == "reject_row"), entry["id"]
