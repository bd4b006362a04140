"""The same answers give the same tables, whatever they come in."""

import io

import openpyxl
import pytest

from skm_analysis.responses.storing import write_cleaned

ANSWERS = [
    ("R-1", "L", "23", 4, 4, 4),
    ("R-2", "P", "41", 3, 4, None),
    ("R-3", "P", "", 4, 4, 4),
    ("R-4", "L", "60", 2, 1, 3),
    ("R-5", "L", "23", 4, 4, 4),
]
HEADER = ["Kode", "JK", "Usia", "U1", "U2", "U3"]
MAPPED = {"profile": {"sex": "JK", "age": "Usia"}}
QUESTIONS = [
    f"Bagaimana pendapat Saudara tentang hal ke-{i}, menurut Saudara?" for i in "123"
]
LETTERS = {1: "a", 2: "b", 3: "c", 4: "d", None: ""}


def text(rows, delimiter=",", newline="\n"):
    lines = [[str(cell if cell is not None else "") for cell in row] for row in rows]
    quoted = [[f'"{c}"' if delimiter in c else c for c in line] for line in lines]
    return newline.join(delimiter.join(line) for line in quoted) + newline


def workbook(above, rows, merges=()):
    book = openpyxl.Workbook()
    for row in (*above, *rows):
        book.active.append(row)
    for cells in merges:
        book.active.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plain():
    return text([HEADER, *ANSWERS]).encode()


def letters():
    rows = [(*r[:3], *(LETTERS[s] for s in r[3:])) for r in ANSWERS]
    return text([HEADER, *rows]).encode()


def google_forms():
    header = ["Timestamp", "Nama", "No HP", "Kode", "JK", "Usia", *QUESTIONS]
    rows = [
        (f"2021/03/0{i} 9:12:01 AM GMT+7", f"Contoh {i}", "081200000000", *row)
        for i, row in enumerate(ANSWERS, start=1)
    ]
    return text([header, *rows]).encode()


def excel():
    numbers = [(k, jk, int(age) if age else None, *s) for k, jk, age, *s in ANSWERS]
    return workbook([], [HEADER, *numbers])


def excel_with_two_header_rows():
    upper = ["Kode", "JK", "Usia", "Unsur Pelayanan", None, None]
    lower = [None, None, None, "U1", "U2", "U3"]
    return workbook([], [upper, lower, *ANSWERS], ["A1:A2", "D1:F1"])


LETTER_SCORES = {"answers": {"a": 1, "b": 2, "c": 3, "d": 4}}
WHOLE_QUESTIONS = {
    "columns": dict(zip(("persyaratan", "prosedur", "biaya"), QUESTIONS, strict=True)),
    "drop": ("Nama", "No HP"),
}
DIALECTS = {
    "utf-8": ("a.csv", plain(), {}),
    "bom": ("a.csv", b"\xef\xbb\xbf" + plain(), {}),
    "cp1252": (
        "a.csv",
        text([[*HEADER, "Saran"], *((*r, "caf\u00e9") for r in ANSWERS)], ";", "\r\n")
        .encode("cp1252"),
        {},
    ),
    "letters": ("a.csv", letters(), LETTER_SCORES),
    "google": ("a.csv", google_forms(), WHOLE_QUESTIONS),
    "excel": ("a.xlsx", excel(), {}),
    "two headers": ("a.xlsx", excel_with_two_header_rows(), {}),
    "title": (
        "a.xlsx",
        workbook([["REKAPITULASI SKM"], [None]], [HEADER, *ANSWERS], ["A1:F1"]),
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("id_column", ["Kode", None])
def test_the_same_answers_give_the_same_bytes_in_every_dialect(new_survey, id_column):
    told = {}
    for dialect, (name, data, given) in DIALECTS.items():
        survey = new_survey(dialect)
        survey.deliver(data, name, id_column=id_column, **MAPPED, **given)
        write_cleaned(survey.places, survey.study, survey.clean())
        told[dialect] = (survey.places.processed / "responses/ngalau.csv").read_text()
    assert told["utf-8"].count("\n") == 1 + len(ANSWERS)
    for dialect, table in told.items():
        assert table == told["utf-8"], dialect
