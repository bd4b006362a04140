"""How pieces and errors show themselves in JupyterLab."""

import subprocess
import sys

from skm_analysis.report.elements import Absent, Column, Prose, Table
from skm_analysis.report.html import piece


def test_what_is_absent_is_said_not_to_be_printed():
    shown = piece(Absent("Belum ada catatan."))
    assert "Tidak dicetak: Belum ada catatan." in shown


def test_a_key_in_written_text_is_told_apart_and_explained():
    shown = piece(Prose("Indeksnya {unit.rsud.ikm}, kata [56]{sumber=x}."))
    assert "<code>{unit.rsud.ikm}</code>" in shown
    assert shown.count("<code>") == 1
    assert "ketika laporan disusun" in shown


def test_written_text_without_a_key_has_no_explanation():
    assert piece(Prose("Selesai pada {minggu ini}.")) == (
        "<p>Selesai pada {minggu ini}.</p>\n"
    )


def test_numbers_in_a_table_are_not_broken_over_lines():
    table = Table(
        "tab-x",
        ("Selang",),
        (Column("Unit"), Column("Selang", "right")),
        ((("Kelurahan Satu",), ("1,20 s.d. 2,08",)),),
    )
    words, interval = piece(table).split("<td ")[1:]
    assert "nowrap" not in words
    assert "white-space:nowrap" in interval


def test_a_notebook_shows_the_message_of_an_error_not_the_way_to_it():
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as Shell\n"
        "from IPython.core.history import HistoryManager\n"
        "HistoryManager.enabled = False\n"
        "Shell().run_cell('''from skm_analysis.errors import StudyError\n"
        "raise StudyError([\"study.toml: unit tidak ada.\"])''')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "study.toml: unit tidak ada."
