"""Several columns under one name, of which each respondent ticks one."""

import csv

import openpyxl
import pytest

from skm_analysis.responses.delivery_blocks import block
from skm_analysis.responses.dialects import Dialect
from skm_analysis.responses.inspecting import expect, look_at

NAMES = (
    *("Persyaratan", "Prosedur", "Waktu pelayanan", "Biaya", "Produk"),
    *("Kompetensi petugas", "Perilaku petugas", "Sarana", "Penanganan pengaduan"),
)


def sheet(path, titles, rows, across=None):
    """Two header rows: names over as many columns each as there are titles."""
    book = openpyxl.Workbook()
    page = book.active
    wide = across or len(titles)
    page.append(["No", *(x for name in NAMES for x in (name, *[None] * (wide - 1)))])
    page.append([None, *(titles * len(NAMES))])
    for item in range(len(NAMES)):
        first = 2 + wide * item
        page.merge_cells(
            start_row=1, end_row=1, start_column=first, end_column=first + wide - 1
        )
    for number, row in enumerate(rows, start=1):
        page.append([number, *row])
    book.save(path)
    return look(path)


def look(path):
    looked = look_at(path, path.name, f"responses/{path.name}", expect(None), None)
    assert looked.problem == ""
    (seen,) = looked.tables
    return seen


def ticks(score, mark="√"):
    return [mark if at == score else None for _ in NAMES for at in range(1, 5)]


@pytest.mark.parametrize("mark", ["√", "v", "X", 1, "ü"])
@pytest.mark.parametrize(
    "titles", [["TB", "KB", "B", "SB"], [1, 2, 3, 4], ["a", "b", "c", "d"]]
)
def test_the_block_names_every_column_and_the_tick(tmp_path, titles, mark):
    rows = [ticks(1 + n % 4, mark) for n in range(12)]
    seen = sheet(tmp_path / "a.xlsx", titles, rows)
    first, *_, last = titles
    told = block(seen)
    assert f'ticks = ["{str(mark).lower()}"]' in told
    assert f'persyaratan = ["Persyaratan / {first}", ' in told
    assert f'"Penanganan pengaduan / {last}"]' in told
    assert "waktu = [" in told
    by_name = {column.header: column.contents.tally for column in seen.columns}
    shown = {str(title): 3 for title in titles}
    assert by_name["Biaya"] == shown


def test_a_text_file_has_no_merged_cells_and_is_read_nonetheless(tmp_path):
    titles = ["TB", "KB", "B", "SB"]
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(["No", *(x for name in NAMES for x in (name, "", "", ""))])
        lines.writerow(["", *(titles * len(NAMES))])
        lines.writerows([n + 1, *ticks(1 + n % 4)] for n in range(12))
    assert 'biaya = ["Biaya / TB", "Biaya / KB"' in block(look(path))


def test_two_ticks_a_row_are_no_answer_to_one_question(tmp_path):
    both = [x or y for x, y in zip(ticks(1), ticks(3), strict=True)]
    seen = sheet(tmp_path / "a.xlsx", ["TB", "KB", "B", "SB"], [both] * 12)
    assert seen.ticked == {}
    assert "ticks" not in block(seen)


def test_scores_under_one_name_are_no_ticks(tmp_path):
    # Importance and performance of each question, both of them 1.
    seen = sheet(tmp_path / "a.xlsx", ["Harapan", "Kinerja"], [[1, 1] * 9] * 12)
    assert seen.ticked == {}


def test_columns_called_after_people_are_not_told(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["No", "Petugas", None, "U1", "U2", "U3"])
    page.append([None, "Zulaikha", "Hartanto", None, None, None])
    page.merge_cells("B1:C1")
    for n in range(12):
        page.append([n + 1, *(("v", None) if n % 2 else (None, "v")), 4, 3, 4])
    book.save(tmp_path / "a.xlsx")
    seen = look(tmp_path / "a.xlsx")
    told = block(seen)
    assert seen.ticked == {}
    assert '"U3"' in told
    assert not any(name in told for name in ("Zulaikha", "Hartanto"))


def test_what_is_neither_asked_nor_profile_is_not_read_from_ticks(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["No", "Semester", None, "U1", "U2", "U3"])
    page.append([None, "I", "II", None, None, None])
    page.merge_cells("B1:C1")
    for n in range(12):
        page.append([n + 1, *(("v", None) if n % 2 else (None, "v")), 4, 3, 4])
    book.save(tmp_path / "a.xlsx")
    assert "stratum_column" not in block(look(tmp_path / "a.xlsx"))


def test_a_respondent_is_never_taken_for_a_row_of_names(tmp_path):
    # Their number stands beside the merged cells.
    book = openpyxl.Workbook()
    page = book.active
    page.append(["No", "U1", "U2", "Saran", None])
    page.merge_cells("D1:E1")
    page.append([1, 4, 4, "baik", "cepat"])
    page.append([2, 3, 3, "murah", "ramah"])
    book.save(tmp_path / "a.xlsx")
    looked = look_at(tmp_path / "a.xlsx", "a.xlsx", "a.xlsx", expect(None), None)
    assert looked.tables == ()
    assert "tidak berjudul" in looked.problem


def test_a_table_that_lies_on_its_side_is_told_and_not_proposed(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["No", "Unsur", *(f"R{n}" for n in range(1, 31))])
    for number, name in enumerate(NAMES, start=1):
        page.append([number, name, *(3 + (number + n) % 2 for n in range(30))])
    book.save(tmp_path / "a.xlsx")
    seen = look(tmp_path / "a.xlsx")
    assert seen.dialect is Dialect.SIDEWAYS
    assert block(seen) == ""
