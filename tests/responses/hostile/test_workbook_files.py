"""Hostile workbooks as deliveries: what is read, what is refused, and at what cost."""

import subprocess
import sys
import time

import hostile_books
import hostile_entries
import pytest

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.labelled_files import write_labelled
from skm_analysis.responses.parsing_process import CAN_LIMIT_MEMORY
from skm_analysis.responses.storing import write_cleaned

PARAMS = hostile_entries.entries("xlsx_file")
# What a refusal says; or the scores of the one respondent and what the format tells.
EXPECTED = {
    "xlsx-far-cell": "250000 baris",
    "xlsx-dim-lie": ((4, 3, 4), "XLSX, lembar 1 dari 1"),
    "xlsx-xxe": "DOCTYPE",
    "xlsx-trav": "susunan",
    "xlsx-ext-link": ((4, 3, 4), "XLSX, tautan ke luar diabaikan, lembar"),
    "xlsx-encrypted": "kata sandi",
    "xlsx-xls": r"Excel lama \(.xls\)",
    "xlsx-truncated": "rusak atau terpotong",
    "xlsx-hidden-sheet": ((4, 3, 4), "XLSX, lembar 1 dari 2 (1 tersembunyi)"),
    "xlsx-comments-pii": ((4, 3, 4), "XLSX"),
    "xlsx-images": ((4, 3, 4), "XLSX"),
    "xlsx-many-styles": ((4, 3, 4), "XLSX"),
    "xlsx-shared-strings": "lembar 'Sheet' tidak dapat dibaca",
    "xlsx-rich-text": ((4, 4, 4), "XLSX"),
    "xlsx-mtime": ((4, 3, 4), "XLSX"),
    "own-xlsx-far-cell": "tidak dapat dibaca",
    "own-xlsx-doctype": "DOCTYPE",
    "own-xlsx-bomb": "jauh lebih besar",
    "own-xlsx-hidden-sheet": ((4, 3, 4), "(1 tersembunyi)"),
    "own-xlsx-torn": "tidak dapat dibaca",
}


@pytest.mark.parametrize("entry", PARAMS)
def test_a_workbook_is_read_or_refused_within_its_limits(entry, survey):
    expected = EXPECTED[entry.id]
    survey.deliver(hostile_books.BUILT[entry.id](), "a.xlsx")
    start = time.perf_counter()
    if isinstance(expected, str):
        with pytest.raises(DeliveryError, match=expected):
            survey.clean()
    else:
        cleaned = survey.clean()
        rows = cleaned.accepted["ngalau"]
        assert tuple(rows[["persyaratan", "prosedur", "biaya"]].loc[0]) == expected[0]
        assert len(rows) == 1
        assert expected[1] in cleaned.deliveries["format"].item()
    assert time.perf_counter() - start < 30


@pytest.mark.parametrize("entry", PARAMS)
def test_nothing_beside_the_cells_is_in_any_file(entry, survey):
    survey.deliver(hostile_books.BUILT[entry.id](), "a.xlsx")
    before = {path for path in survey.places.root.rglob("*") if path.is_file()}
    try:
        cleaned = survey.clean()
    except DeliveryError as refused:
        written, told = {}, str(refused)
    else:
        write_cleaned(survey.places, survey.study, cleaned)
        write_labelled(survey.places, survey.study, cleaned.accepted)
        paths = {x for x in survey.places.root.rglob("*") if x.is_file()} - before
        assert all(x.is_relative_to(survey.places.processed) for x in paths)
        written, told = {path: path.read_bytes() for path in paths}, ""
    for data in (told.encode(), *written.values()):
        for canary in (b"Kanari", b"3201012345678901", b"root:", hostile_books.PHOTO):
            assert canary not in data


def test_the_same_cells_saved_again_are_the_same_answers_of_another_file(
    survey, new_survey
):
    other = new_survey("lagi")
    survey.deliver(hostile_books.book(), "a.xlsx")
    other.deliver(hostile_books.BUILT["xlsx-mtime"](), "a.xlsx")
    one, again = survey.clean(), other.clean()
    assert one.accepted["ngalau"].equals(again.accepted["ngalau"])
    assert one.deliveries["sha256"].item() != again.deliveries["sha256"].item()


def test_a_hidden_sheet_is_read_where_it_is_named(survey):
    survey.deliver(hostile_books.BUILT["xlsx-hidden-sheet"](), "a.xlsx", sheet="Lama")
    rows = survey.clean().accepted["ngalau"]
    assert rows["persyaratan"].tolist() == [1]


MEASURE = """
import re, resource, sys, time
from pathlib import Path
from skm_analysis.errors import DeliveryError
from skm_analysis.responses.reading import read_table
start = time.perf_counter()
try:
    read_table(Path(sys.argv[1]), "a.xlsx")
except DeliveryError:
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # Not ru_maxrss: that begins with what the process had that started this one.
    status = Path("/proc/self/status").read_text()
    own = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1])
    print(children // 1024, own // 1024, time.perf_counter() - start)
"""


@pytest.mark.skipif(not CAN_LIMIT_MEMORY, reason="no limits of memory here")
@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted otherwise")
@pytest.mark.parametrize(
    "name", ["xlsx-far-cell", "own-xlsx-far-cell", "own-xlsx-bomb"]
)
def test_what_asks_for_gigabytes_gets_less_than_one_and_not_long(name, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile_books.BUILT[name]())
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    children, own, seconds = map(float, told.stdout.split())
    assert children < 1024
    assert own < 1024
    assert seconds < 20
