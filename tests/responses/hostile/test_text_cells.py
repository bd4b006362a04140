"""What a respondent may have typed, in every column that can hold text.

One CSV and one workbook hold all texts at once, each as the comment, the service, the
officer and a column that is not read; then every file that is written is looked
through by readers that are not the project's own.
"""

import csv
import io
import re
import time
import unicodedata
from collections import Counter
from dataclasses import replace

import hostile_entries
import openpyxl
import pytest
import xlsxwriter

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.labelled_files import write_labelled
from skm_analysis.responses.masking import mask
from skm_analysis.responses.storing import read_cleaned, write_cleaned

HEADER = ("Kode", "Nama", "U1", "U2", "U3", "Saran", "Layanan", "Petugas", "Catatan")
# As the shared list words it: what a field of a CSV file must not begin with.
WORKED_OUT = re.compile(r"^[\s\ufeff\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
MASKS = re.compile(r"\[(?:NIK|NIP|telepon|nomor|surel|tautan|pelat|alamat|nama)\]")
IN_UTF8 = {"uni-lone-high"}  # cannot stand in a text file
NOT_IN_XML = {"uni-lone-high", "uni-nonchar"}


def texts(*groups, but=()):
    params = hostile_entries.entries("text_cell", *groups, but=but)
    return pytest.mark.parametrize("entry", params)


def rows_of(left_out):
    """Two sheets for each text, so that a service counts as one."""
    found = [*hostile_entries.own(), *hostile_entries.shared()]
    for entry in found:
        if entry.kind == "text_cell" and entry.id not in left_out:
            for sheet in "ab":
                told = (entry.value,) * 4
                yield (f"{entry.id} {sheet}", entry.value, 4, 3, 4, *told[1:], told[0])


def as_csv(rows):
    file = io.StringIO()
    csv.writer(file).writerows([HEADER, *rows])
    return file.getvalue().encode()


def as_xlsx(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, cell[:32_000])
    return file.getvalue()


@pytest.fixture(scope="session")
def delivered(make_survey, tmp_path_factory):
    """The study with both files, cleaned and stored, and how many rows they hold."""
    survey = make_survey(tmp_path_factory.mktemp("hostile"))
    third = replace(survey.study.units[0], id="ketiga", name="=1+1")
    survey.change(units=(*survey.study.units, third))
    survey.deliver(b"U1,U2,U3\n4,4,4\n", "b.csv", unit="ketiga")
    declared = {
        "serial_column": "Kode",
        "cluster_column": "Petugas",
        "comment_column": "Saran",
        "profile": {"service": "Layanan", "sex": "Nama"},
    }
    counts = {}
    for unit, left_out, form, ending in (
        ("ngalau", IN_UTF8, as_csv, "csv"),
        ("ganting", NOT_IN_XML, as_xlsx, "xlsx"),
    ):
        rows = [*rows_of(left_out)]
        counts[unit] = len(rows)
        survey.deliver(form(rows), f"a.{ending}", unit=unit, **declared)
    cleaned = survey.clean()
    write_cleaned(survey.places, survey.study, cleaned)
    write_labelled(survey.places, survey.study, cleaned.accepted)
    return survey, counts


@pytest.fixture(scope="session")
def files(delivered):
    """Name -> bytes of each file among the working tables."""
    folder = delivered[0].places.processed
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def lines(data):
    return [*csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


@pytest.fixture(scope="session")
def comments(files):
    """Unit and id of the entry -> its comment as it stands in comments.csv."""
    of = {x["response"]: x["serial"][:-2] for x in lines(files["crosswalk.csv"])}
    found = lines(files["comments.csv"])
    return {(x["unit"], of[x["response"]]): x for x in found}


def typed(comment, value):
    """Without the apostrophe that keeps a spreadsheet from working it out."""
    return comment if value.startswith("'") else comment.removeprefix("'")


def plain(value):
    kept = [
        sign
        for sign in unicodedata.normalize("NFKC", value)
        if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf")
    ]
    return " ".join("".join(kept).split())


def test_every_text_is_one_row_of_both_files(delivered, files):
    _, counts = delivered
    told = {x["unit"]: int(x["rows_read"]) for x in lines(files["deliveries.csv"])}
    assert told == counts | {"ketiga": 1}
    for unit, count in counts.items():
        assert len(lines(files[f"responses/{unit}.csv"])) == count


@texts("formula", "html", "markdown", "latex", "typst")
def test_markup_is_kept_as_text_but_for_what_is_masked(entry, comments):
    comment = comments["ngalau", entry.id]["comment"]
    if entry.id == "own-formula-apostrophe":
        assert comment == "''=1+2"
        return
    comment = typed(comment, entry.value)
    kept = ".+".join(map(re.escape, MASKS.split(comment)))
    assert re.fullmatch(kept, plain(entry.value))
    assert len(MASKS.sub("", comment)) >= 0.2 * len(plain(entry.value))


@texts("formula")
def test_a_formula_begins_with_an_apostrophe(entry, comments):
    comment = comments["ngalau", entry.id]["comment"]
    assert comment.startswith(("'", "["))


def test_no_field_of_a_table_is_worked_out(files):
    for name, data in files.items():
        if name.endswith(".csv"):
            fields = {x for line in lines(data) for x in (*line, *line.values())}
            assert not [x for x in fields if WORKED_OUT.match(x)], name


def test_no_cell_of_a_workbook_is_worked_out(files):
    book = openpyxl.load_workbook(io.BytesIO(files["labelled/kelurahan.xlsx"]))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    odd = [x for x in cells if x.data_type == "s" and WORKED_OUT.match(x.value)]
    assert [cell.value for cell in odd] == ["=1+1"]  # the name of the third unit
    assert odd[0].quotePrefix


def test_what_is_written_is_read_back_as_it_was(delivered):
    survey, _ = delivered
    survey_again = read_cleaned(survey.places, survey.study)
    cleaned = survey.clean()
    for name in ("set_aside", "profiles", "crosswalk", "deliveries"):
        assert getattr(survey_again, name).equals(getattr(cleaned, name))
    for unit in ("ngalau", "ganting"):
        assert survey_again.accepted[unit].equals(cleaned.accepted[unit])


@texts(but=NOT_IN_XML)
def test_a_workbook_says_what_the_text_file_says(entry, comments):
    one, other = (comments.get((x, entry.id), {}) for x in ("ngalau", "ganting"))
    assert one.get("comment") == other.get("comment")
    assert one.get("theme") == other.get("theme")


# What is left of each, and the rule under which cleaning.csv counts it.
UNICODE = {
    "uni-rlo": ("gpj.nakitupek", "odd_signs"),
    "uni-lri": ("abc", "odd_signs"),
    "uni-zwsp": ("puas", "odd_signs"),
    "uni-zwj": ("ab", "odd_signs"),
    "uni-bom-mid": ("ab", "odd_signs"),
    "uni-c1": ("a b", "odd_signs"),
    "uni-nonchar": ("ab", "odd_signs"),
    "uni-emoji": ("👍🏽👨👩👧👦🇮🇩", "odd_signs"),
    "uni-zalgo": ("p̷̢̛̀́̂̃̄uas", "odd_signs"),
    "uni-ls-ps": ("a b c", None),
    "uni-crlf": ("a b c d", None),
    "uni-mojibake": ("puas banget â€œokâ€", "mojibake"),
    "own-uni-rlo": ("pelayanan kiab", "odd_signs"),
    "own-uni-zwsp": ("ramah", "odd_signs"),
    "own-uni-control": ("antre lama", "odd_signs"),
    "own-uni-mojibake": ("kata â€œbaikâ€ saja", "mojibake"),
}


def alone(survey, value, **given):
    """The comment, its theme, and what cleaning.csv counts of it."""
    survey.deliver(
        as_csv([("1", "", 4, 3, 4, value, "", "", "")]),
        comment_column="Saran",
        **given,
    )
    cleaned = survey.clean()
    counted = cleaned.changes[cleaned.changes["column"] == "comment"]
    told = cleaned.comments.comments.to_dict("records")
    return (
        told[0]["comment"] if told else "",
        told[0]["proposed"] if told else "nihil",
        dict(zip(counted["rule"], counted["count"], strict=True)),
    )


@texts("unicode", but=IN_UTF8)
def test_odd_signs_go_and_are_counted(entry, survey):
    expected, rule = UNICODE[entry.id]
    comment, _, counted = alone(survey, entry.value)
    if "zalgo" in entry.id:
        marks = re.findall(
            r"[^\W\d_][\u0300-\u036f]*", unicodedata.normalize("NFD", comment)
        )
        assert max(map(len, marks)) <= 6
        assert (
            re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", comment))
            == "puas"
        )
    else:
        assert comment == expected
    assert (rule in counted) if rule else not counted
    assert set(counted.values()) <= {1}


def test_a_word_with_an_invisible_sign_is_the_word(survey):
    assert alone(survey, "pu\u200bas")[1] == "pujian"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_half_a_character_is_refused_by_byte_in_a_text_file(survey, encoding):
    text = "U1,U2,U3,Saran\n4,4,4,a\ud800b\n4,4,4,é\n".encode(encoding, "surrogatepass")
    bom = b"\xff\xfe" if encoding == "utf-16-le" else b""
    survey.deliver(bom + text, comment_column="Saran")
    with pytest.raises(DeliveryError, match=r"byte ke-\d+"):
        survey.clean()


def test_half_a_character_from_elsewhere_is_left_out():
    assert mask("a\ud800b") == "ab"


# Comment, theme, rule counted.
SIZES = {
    "size-32768": ("y" * 2000 + " […]", "lainnya", {"cut_text": 1}),
    "own-size-long": ("y" * 2000 + " […]", "lainnya", {"cut_text": 1}),
    "size-newlines": ("", "nihil", {}),
    "size-nested": ("[" * 2000 + " […]", "lainnya", {"cut_text": 1}),
}


@texts("size")
def test_a_text_of_any_length_is_cut_and_counted_in_time(entry, survey):
    start = time.perf_counter()
    assert alone(survey, entry.value) == SIZES[entry.id]
    assert time.perf_counter() - start < 2


# As shown in comments.csv, and whether it counts as saying something.
WORDS = {
    "size-empty": ("", "nihil"),
    "word-NaN": ("NaN", "lainnya"),
    "word-None": ("None", "nihil"),
    "word--": ("-", "nihil"),
    "word-inf": ("inf", "lainnya"),
    "word-True": ("True", "lainnya"),
    "word-False": ("False", "lainnya"),
    "word-empty": ("", "nihil"),
    "own-word-null": ("NULL", "lainnya"),
    "own-word-dash": ("‒", "nihil"),
}


@texts("word")
def test_a_word_that_programs_take_for_nothing_stays_a_word(entry, survey, comments):
    assert alone(survey, entry.value)[:2] == WORDS[entry.id]
    there = comments.get(("ngalau", entry.id), {}).get("comment", "")
    assert typed(there, entry.value) == WORDS[entry.id][0]


# What no written file may hold.
CANARIES = {
    "pii-nik-dots": ("32.01.01", "234567"),
    "pii-nik-zwsp": ("3201", "012345678901"),
    "pii-phone-intl": ("812-3456", "7890"),
    "pii-phone-words": ("delapan", "tiga empat"),
    "pii-email": ("kanari", "example.org"),
    "pii-name": ("Siti", "Kanari"),
    "pii-plate": ("1234", "XYZ"),
    "pii-address": ("Melati", "RT 03", "RW 07"),
    "pii-npwp": ("12.345.678", "012.000"),
    "pii-dob": ("17-08", "1990"),
    "pii-accuse": ("Budi",),
    "own-pii-phone": ("0852", "1122"),
    "own-pii-name": ("Rosmanidar",),
}


@texts("personal")
def test_nothing_of_a_person_is_in_any_file(entry, comments, survey):
    assert entry.id in CANARIES
    for unit in ("ngalau", "ganting"):
        assert (
            MASKS.search(comments[unit, entry.id]["comment"])
            or "[tanggal]" in (comments[unit, entry.id]["comment"])
        )
    declared = {
        "id_column": "Kode",
        "cluster_column": "Petugas",
        "comment_column": "Saran",
        "profile": {"service": "Layanan", "sex": "Nama"},
    }
    told = (entry.value,) * 4
    rows = [(entry.value + sheet, told[0], 4, 3, 4, *told) for sheet in "ab"]
    survey.deliver(as_csv(rows), **declared)
    cleaned = survey.clean()
    write_cleaned(survey.places, survey.study, cleaned)
    write_labelled(survey.places, survey.study, cleaned.accepted)
    for path in survey.places.processed.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            cells = [cell.value for sheet in book for row in sheet for cell in row]
            data = repr(cells).encode()
        text = data.decode("latin-1")
        text = re.sub(r"[0-9a-f]{16,64}", "", text)  # numbers of responses, digests
        for canary in CANARIES[entry.id]:
            assert canary not in text, (path.name, canary)


def test_every_text_is_counted_once_in_the_logs(files):
    found = Counter()
    for line in lines(files["cleaning.csv"]):
        if line["column"] == "comment":
            found[line["rule"]] += int(line["count"])
    assert found["cut_text"] >= 2
    assert found["odd_signs"] >= 6
    assert found["mojibake"] >= 2
