"""The worksheet of the regulation as the appendix prints it."""

import pytest

from skm_analysis.report import unit_worksheets
from skm_analysis.report.elements import Absent, numbers, plain


@pytest.fixture
def lines(row):
    """Two answers of 4 and one of 3, and so on; the fee's mean may not be told."""

    def build(*held, total=3.5):
        yield row("nrr_weighted", total)
        for key, value, n in (
            ("persyaratan", 11, 3),
            ("waktu", 1234, 400),
            ("biaya", 28, 7),
        ):
            flags = ("suppressed",) if key in held else ()
            given = {"item": key, "n": n, "flags": flags}
            yield row("sum", float(value), **given)
            yield row("nrr", value / n, **given)
            yield row("nrr_weighted", value / n / 3, **given)

    return build


def tables(page):
    return list(unit_worksheets.appendix(page).pieces[1:])


def cells(table):
    return [[plain(cell) for cell in line] for line in table.rows]


def opening(page):
    return plain(unit_worksheets.appendix(page).pieces[0].text)


def test_the_lines_stand_as_in_the_regulation(city_page, set_of, lines):
    [table] = tables(city_page(*set_of(), *lines()))
    assert [column.header for column in table.columns] == [
        *("Baris", "U1", "U2", "U3", "Unit"),
    ]
    assert cells(table) == [
        ["Σ", "11", "1.234", "28", ""],
        ["n", "3", "400", "7", ""],
        ["NRR", "3,67", "3,09", "4,00", ""],
        ["Bobot", "0,333", "0,333", "0,333", ""],
        ["NRR tertimbang", "1,222", "1,028", "1,333", "3,500"],
        ["IKM", "", "", "", "97,02"],
        ["Mutu", "", "", "", "A"],
    ]
    [legend] = table.notes
    assert plain(legend) == "U1 Persyaratan; U2 Waktu Penyelesaian; U3 Biaya/Tarif."


def test_a_withheld_item_has_no_number_and_its_column_says_so(city_page, set_of, lines):
    [table] = tables(city_page(*set_of(), *lines("biaya")))
    assert [line[3] for line in cells(table)[:5]] == [
        *("ditahan", "ditahan", "ditahan", "0,333", "ditahan"),
    ]
    assert not [x for x in numbers(table) if "biaya" in x.key and "weight" not in x.key]
    assert "kurang dari sepuluh responden" in plain(table.notes[1])


def test_small_units_have_no_worksheet_and_are_named(city_page, set_of, unit, lines):
    units = [unit(), unit(id="kel-a", name="Kelurahan A"), unit(id="kel-b", name="B")]
    page = city_page(*set_of(), *set_of("kel-a", n=9), *lines(), units=units)
    assert len(tables(page)) == 1
    assert opening(page).endswith(
        "Lembar unit berikut tidak disajikan karena respondennya kurang dari sepuluh "
        "atau indeksnya tidak dapat dihitung: Kelurahan A dan B."
    )
    one = city_page(*set_of(), *set_of("kel-a", n=9), *lines(), units=units[:2])
    assert "Lembar satu unit tidak disajikan" in opening(one)
    assert "tidak disajikan" not in opening(city_page(*set_of(), *lines()))


def test_where_no_unit_may_be_told_the_appendix_is_absent(city_page, set_of):
    [piece] = unit_worksheets.appendix(city_page(*set_of(n=6))).pieces
    assert isinstance(piece, Absent)


def test_respondents_are_said_to_stand_elsewhere(city_page, set_of, lines):
    told = opening(city_page(*set_of(), *lines()))
    assert "hanya terdapat pada kertas kerja (internal/kertas-kerja.xlsx)" in told
    assert "dibagi nilai tertinggi" in told
    person = city_page(*set_of(), *lines(), study={"missing": "person"})
    assert "rata-rata indeks setiap responden" in opening(person)


def test_a_mean_that_is_not_the_sum_by_the_answers_is_explained(city_page, set_of, row):
    def notes(*rows, **study):
        [table] = tables(city_page(*set_of(), *rows, study=study))
        return [plain(note) for note in table.notes[1:]]

    total, mean = row("sum", 30.0, item="waktu", n=10), {"item": "waktu", "n": 10}
    assert notes(total, row("nrr", 3.0, **mean)) == []
    assert notes(total, row("nrr", 3.2, **mean)) == [
        "NRR dibobot menurut strata, sehingga bukan Σ dibagi n."
    ]
    assert notes(total, row("nrr", 3.2, **mean), missing="complete") == [
        "NRR dihitung hanya dari kuesioner yang lengkap, sedangkan Σ dan n memuat "
        "semua jawaban."
    ]
    held = row("sum", 30.0, item="waktu", n=10, flags=("suppressed",))
    assert notes(held, row("nrr", 3.2, **mean)) == [
        "NRR dibobot menurut strata; Σ ditahan karena bersama NRR itu jawaban strata "
        "yang kecil dapat dihitung."
    ]
