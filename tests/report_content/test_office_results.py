"""The offices' own results as they are told, for facts typed by hand."""

import pytest

from skm_analysis.report import office_results
from skm_analysis.report.elements import Absent, numbers, plain


def beside(row, theirs, apart, *flags, items=None, **changes):
    """The rows of one office that printed `theirs`, less ours `apart`."""
    given = {"flags": flags, **changes}
    yield row("office_ikm", theirs, **given)
    yield row("office_difference", apart, category="ikm", **given)
    if items is not None:
        yield row("office_differing_items", items, **given)


def lines(page):
    return [[plain(cell) for cell in line] for line in office_results.table(page).rows]


def test_nobody_sent_a_result(city_page, set_of):
    page = city_page(*set_of())
    assert isinstance(office_results.sentence(page), Absent)
    assert isinstance(office_results.table(page), Absent)


def test_a_difference_and_its_explanation(city_page, set_of, row):
    flags = ("stated", "rule_weight-0-11", "counted_accepted")
    page = city_page(*set_of(), *beside(row, 96.05, -0.9655, *flags, items=0.0))
    assert lines(page) == [
        ["Kelurahan Ngalau", "96,05", "97,02", "−0,97", "0", "bobotnya ditulis 0,11"]
    ]
    told = plain(office_results.sentence(page).text)
    assert told == (
        "Hanya 1 hasil hitungan kantor sendiri yang dikirimkan bersama jawabannya, dan "
        "hasil itu berbeda dari hasil perhitungan ulang. Yang berlaku dalam laporan "
        "ini adalah hasil perhitungan ulang."
    )
    kinds = {each.key: each.kind for each in numbers(office_results.table(page))}
    assert kinds["unit.kel-ngalau.office_ikm"] == "stated"
    assert kinds["unit.kel-ngalau.office_difference.ikm"] == "estimate"


def test_the_same_result(city_page, set_of, row):
    flags = ("stated", "rule_exact", "counted_accepted")
    page = city_page(*set_of(), *beside(row, 97.02, 0.0, *flags))
    assert lines(page)[0][3:] == ["0,00", "–", "sama"]
    assert "sama dengan hasil perhitungan ulang" in plain(
        office_results.sentence(page).text
    )


def test_what_would_tell_on_few_is_not_shown(city_page, set_of, row):
    flags = ("stated", "suppressed", "tells_on_few", "rule_exact")
    page = city_page(
        *set_of(), *beside(row, 96.0, -1.0, *flags, "counted_with-too-few-items")
    )
    [shown] = lines(page)
    assert shown[1:5] == ["–", "97,02", "–", "–"]
    assert shown[5] == (
        "ikut dihitung baris yang disisihkan (terlalu sedikit pertanyaan yang dijawab)"
    )
    assert not any("office" in x.key for x in numbers(office_results.table(page)))


def test_a_unit_of_fewer_than_ten_is_not_named(city_page, set_of, row):
    page = city_page(
        *set_of(n=9), *beside(row, 96.0, -1.0, "stated", "suppressed", "unexplained")
    )
    assert isinstance(office_results.sentence(page), Absent)
    assert isinstance(office_results.table(page), Absent)


def test_explanations_in_words(city_page, set_of, row):
    def explained(*flags):
        page = city_page(*set_of(), *beside(row, 96.0, -1.0, *flags))
        return lines(page)[0][5]

    assert explained("unexplained") == "tidak dapat dijelaskan"
    assert explained("rule_exact", "counted_accepted", "blanks_counted") == (
        "isian kosong ikut menjadi pembagi"
    )
    assert explained("rule_weight-0-11", "counted_own-means") == (
        "mengikuti NRR kantor sendiri bila bobotnya ditulis 0,11; NRR itu tidak dapat "
        "dijelaskan"
    )
    assert explained("rule_exact", "counted_file").startswith("semua isian")
    assert "yang terakhir" in explained("unexplained", "several_results")


def test_files_that_are_not_compared_are_counted(city_page, set_of, row):
    page = city_page(*set_of(), row("office_not_compared", 2.0))
    told = plain(office_results.sentence(page).text)
    assert told.startswith("Hasil pada 2 berkas tidak dibandingkan")


@pytest.mark.parametrize(
    ("told", "apart", "words"),
    [
        (1, 0, "Hanya 1 hasil kantor yang dikirimkan, dan hasil itu sama dengan"),
        (3, 0, "Sebanyak 3 hasil kantor dikirimkan, dan semuanya sama dengan"),
        (3, 1, "Sebanyak 3 hasil kantor dikirimkan; 1 di antaranya berbeda dari"),
        (3, 3, "Sebanyak 3 hasil kantor dikirimkan, dan semuanya berbeda dari"),
    ],
)
def test_one_several_and_all_results_are_told_in_their_own_words(told, apart, words):
    text = plain(office_results.opening(told, apart))
    short = text.replace(" hitungan kantor sendiri", " kantor")
    short = short.replace(" bersama jawabannya", "")
    assert short.startswith(f"{words} hasil perhitungan ulang.")
    assert ("Yang berlaku" in text) == (apart > 0)


@pytest.mark.parametrize(
    ("unexplained", "apart", "words"),
    [
        (1, 1, "Selisih itu tidak dapat dijelaskan"),
        (2, 2, "Tidak satu pun selisih itu dapat dijelaskan"),
        (1, 2, "Sebanyak 1 selisih tidak dapat dijelaskan"),
    ],
)
def test_what_nothing_explains_is_told_in_its_own_words(unexplained, apart, words):
    told = plain(office_results.without_explanation(unexplained, apart))
    assert told.startswith(words)
