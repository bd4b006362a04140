"""The codebook: every column of the answers, every key of an item, no count."""

from dataclasses import replace

import pytest

from skm_analysis.report import codebook
from skm_analysis.report.elements import Number, Table, plain
from skm_analysis.responses.schema import PLACES
from skm_analysis.study.catalogue import catalogue


@pytest.fixture
def tables(city_page, unit):
    def build(*instruments):
        units = [
            unit(id=f"u{place}", instrument=each)
            for place, each in enumerate(instruments)
        ]
        found = codebook.appendix(city_page(units=units).study).pieces
        return [
            [[plain(cell) for cell in row] for row in each.rows]
            for each in found
            if isinstance(each, Table)
        ]

    return build


def test_every_column_beside_the_items_is_told(tables):
    columns, _ = tables(catalogue()["skm-2017"])
    assert [row[0] for row in columns] == [*PLACES, "kunci butir"]
    assert all(cell for row in columns for cell in row)


def test_every_key_stands_with_its_name_unsur_scale_and_questionnaires(tables):
    nine, free = catalogue()["skm-2017"], catalogue()["skm-2017-gratis"]
    _, items = tables(nine, free)
    assert ["biaya", "Biaya/Tarif", "Biaya/Tarif", "1–4", nine.title] in items
    assert ["waktu", *["Waktu Penyelesaian"] * 2, "1–4", "semua"] in items
    assert ["informasi", "Kejelasan Informasi Layanan", "–", "1–4", free.title] in items
    assert len(items) == 10


def test_what_most_questionnaires_ask_is_told_by_those_that_do_not(tables):
    nine, free = catalogue()["skm-2017"], catalogue()["skm-2017-gratis"]
    _, items = tables(nine, replace(nine, id="lain"), free)
    [cost] = [row for row in items if row[0] == "biaya"]
    assert cost[4] == f"semua kecuali {free.title}"


def test_a_key_that_is_asked_under_two_names_has_two_rows(tables):
    first, second = catalogue()["skm-2017"], catalogue()["skm-2014"]
    _, items = tables(first, second)
    assert [row[1] for row in items if row[0] == "prosedur"] == [
        "Sistem, Mekanisme, dan Prosedur", "Prosedur",
    ]  # fmt: skip


def test_two_scales_of_one_key_are_both_told(tables):
    four = catalogue()["spak"]
    six = replace(four, id="enam", scale=(1, 6))
    _, items = tables(four, six)
    assert items[0][3] == "1–4 dan 1–6"


def test_profile_columns_are_told_where_respondents_were_asked(city_page):
    page = city_page()
    assert "sex" not in str(codebook.appendix(page.study).pieces)


def test_no_count_of_respondents_stands_in_it(city_page, unit):
    study = city_page(units=[unit(instrument=catalogue()["skm-2017"])]).study
    shown = {
        cell.key
        for piece in codebook.appendix(study).pieces
        if isinstance(piece, Table)
        for row in piece.rows
        for line in row
        for cell in line
        if isinstance(cell, Number)
    }
    assert shown == {
        "study.instrument.skm-2017.lowest",
        "study.instrument.skm-2017.highest",
    }
