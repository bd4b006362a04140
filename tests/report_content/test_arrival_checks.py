"""Repetition, days, spellings and custody as the report tells them, typed by hand."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from skm_analysis.report import arrival_checks
from skm_analysis.report.elements import plain
from skm_analysis.report.page import ArrivalsPage
from skm_analysis.study.custody import Seen
from skm_analysis.study.records import Cleaning

NOTHING = {"repeated_id": 0, "repeated_row": 0, "outside_period": 0}
ROW, IDS = "Baris yang seluruh isinya sama", "Baris yang mengulang penanda responden"


@pytest.fixture
def page(city_page):
    """A page of two files; `rule` is the study's for duplicates."""

    def build(*, rule="id", id_column="No", profiles=(), seen=(), **noticed):
        study = city_page().study
        study = replace(
            study,
            cleaning=Cleaning(duplicates=rule),
            deliveries=(SimpleNamespace(file="a", replaces=None, id_column=id_column),),
        )
        files = [
            {"delivery": "responses/a.csv", **NOTHING},
            {"delivery": "responses/b.xlsx#Data", **NOTHING, **noticed},
        ]
        return ArrivalsPage(
            study=study,
            deliveries=pd.DataFrame(files),
            set_aside=pd.DataFrame(),
            changes=pd.DataFrame(),
            corrections=pd.DataFrame(),
            profiles=pd.DataFrame(profiles, columns=["status", "spellings"]),
            received=seen,
        )

    return build


@pytest.mark.parametrize(
    ("rule", "of_rows", "of_ids"),
    [
        (
            "id",
            "hanya yang penanda respondennya juga berulang yang",
            "2 dan disisihkan",
        ),
        ("row", "1.200 dan disisihkan", "hanya yang seluruh isinya juga sama yang"),
        ("report", "1.200 dan tetap dipakai", "2 dan tetap dipakai"),
    ],
)
def test_repetition_is_told_whatever_the_rule(page, rule, of_rows, of_ids):
    told = arrival_checks.repeated(page(rule=rule, repeated_id=2, repeated_row=1200))
    first, second = plain(told.text).split(IDS)
    assert first.startswith(ROW)
    assert of_rows in first
    assert of_ids in second


def test_nothing_repeated_is_told_too(page):
    told = plain(arrival_checks.repeated(page()).text)
    assert told.startswith("Tidak ada baris yang seluruh isinya sama")
    assert told.endswith("Tidak ada responden yang tercatat lebih dari sekali menurut "
                         "penanda.")  # fmt: skip


def test_without_a_mark_of_the_respondent_nobody_can_be_recognised(page):
    told = plain(arrival_checks.repeated(page(id_column=None)).text)
    assert "tidak dapat dikenali" in told
    assert IDS not in told


def test_rows_of_other_days_that_are_kept_are_told(page):
    told = plain(arrival_checks.repeated(page(outside_period=7)).text)
    assert "7 baris bertanggal di luar masa survei" in told


def test_spellings_are_told_by_who_grouped_them(page):
    rows = [("decided", 3), ("read", 20), ("read", 1), ("proposed", 5)]
    told = plain(arrival_checks.spellings(page(profiles=rows)).text)
    assert told.startswith("Ciri responden ditulis dengan 29 ejaan")
    assert "3 dikelompokkan menurut keputusan" in told
    assert "21 menurut aturan program" in told
    assert "5 ejaan, dihitung sebagai Lainnya" in told
    assert "Selebihnya" not in plain(
        arrival_checks.spellings(page(profiles=rows[:3])).text
    )


def seen(file, **more):
    return Seen(file=file, sha256="0" * 64, bytes=1, **more)


def test_the_chain_of_custody_is_told_of_the_files_that_were_read(page):
    lines = (
        seen("responses/a.csv", received=date(2021, 11, 12)),
        seen("responses/b.xlsx"),
        seen("responses/lama.csv", received=date(2021, 11, 1)),
    )
    told = plain(arrival_checks.custody(page(seen=lines)).text)
    assert "(SHA-256) 2 berkas dicatat" in told
    assert "Tanggal penerimaan tercatat untuk 1 berkas." in told
    assert "belum dicatat" not in told
    assert "Berkas yang lain belum dicatat." in plain(
        arrival_checks.custody(page(seen=lines[:1])).text
    )
    assert "belum dicatat" in plain(arrival_checks.custody(page()).text)
