"""The sheet that an office hangs up: what it tells, and what it may not tell."""

import pytest

from skm_analysis.report import publication
from skm_analysis.report.elements import numbers, plain


def words(sheet) -> str:
    return " ".join(plain(line) for line in sheet.lines)


def band(row, item, category, count, n=262, **changes):
    usual = {"item": item, "category": category, "n": n, **changes}
    return (
        row("profile_count", float(count), **usual),
        row("profile", count / n, **usual),
    )


@pytest.fixture
def profile(row):
    hidden = {"flags": ("suppressed",)}
    return [
        *band(row, "sex", "Laki-laki", 120),
        *band(row, "sex", "Perempuan", 142),
        *band(row, "education", "SMA/SMK", 240),
        *band(row, "education", "S1/D4", 13, **hidden),
        *band(row, "education", "S2", 9, **hidden),
    ]


def test_index_grade_and_respondents_stand_on_the_sheet(unit_page, set_of, profile):
    sheet = publication.sheet(unit_page(*set_of(), *profile))
    assert sheet.index.shown == "97,02"
    assert plain(sheet.letter) == "A"
    assert sheet.meaning == "Sangat baik"
    assert plain(sheet.respondents) == "262"
    assert sheet.period == "1 Januari sampai dengan 31 Desember 2021"
    assert sheet.marked == ""
    told = {
        label: [(plain(band.name), plain(band.count)) for band in bands]
        for label, bands in sheet.groups
    }
    assert told == {
        "Jenis kelamin": [("Laki-laki", "120"), ("Perempuan", "142")],
        # 13 would give away 9 by subtraction from those who told it.
        "Pendidikan": [("SMA/SMK", "240"), ("Gabungan: S1/D4, S2", "22")],
    }


def test_protected_cells_are_nowhere_on_the_sheet(unit_page, set_of, profile):
    sheet = publication.sheet(unit_page(*set_of(), *profile))
    keys = {number.key for line in sheet.lines for number in numbers(line)}
    assert not any("s1-d4" in key or key.endswith(".s2") for key in keys)
    shown = {number.shown for line in sheet.lines for number in numbers(line)}
    assert shown == {
        *("97,02", "A", "262", "120", "142", "240", "22"),
        *("95%", "96,34", "97,58"),
    }


def test_a_variable_that_is_withheld_is_named_as_such(unit_page, set_of, row):
    rows = [
        *band(row, "sex", "Laki-laki", 255, flags=("suppressed",)),
        *band(row, "sex", "Perempuan", 7, flags=("suppressed",)),
    ]
    sheet = publication.sheet(unit_page(*set_of(), *rows))
    assert sheet.groups == ()
    assert "Tidak disajikan karena kelompoknya kecil: jenis kelamin." in words(sheet)


@pytest.mark.parametrize(("n", "why"), [(6, publication.FEW), (9, publication.FEW)])
def test_a_small_unit_gets_no_figure_but_a_reason(unit_page, set_of, row, n, why):
    rows = band(row, "sex", "Perempuan", n, n=n)  # even if it were not flagged
    sheet = publication.sheet(unit_page(*set_of(n=n), *rows))
    assert plain(sheet.reason) == why
    assert sheet.index is None
    assert (sheet.groups, sheet.letter, sheet.respondents) == ((), (), ())
    assert [number for line in sheet.lines for number in numbers(line)] == []


def test_a_unit_without_answers_says_so(unit_page, row):
    sheet = publication.sheet(unit_page(row("n_accepted", 0.0)))
    assert plain(sheet.reason) == publication.NONE


@pytest.mark.parametrize(("n", "marked"), [(10, True), (29, True), (30, False)])
def test_ten_to_twenty_nine_is_marked(unit_page, set_of, n, marked):
    sheet = publication.sheet(unit_page(*set_of(n=n)))
    assert sheet.index is not None
    assert (sheet.marked == "INDIKATIF") is marked
    assert ("kurang dari tiga puluh responden" in words(sheet)) is marked


def test_without_bands_there_is_no_grade_but_a_reason(unit_page, set_of, instrument):
    rows = [each for each in set_of() if each.measure != "grade"]
    unit = {"instrument": instrument(bands=None, scale=(1, 5))}
    sheet = publication.sheet(unit_page(*rows, unit=unit))
    assert (sheet.letter, sheet.meaning) == ((), "")
    assert "Indeks ini tidak diberi mutu karena" in words(sheet)


def test_services_are_named_or_counted(unit_page, set_of, row):
    few = [*band(row, "service", "KTP", 200), *band(row, "service", "Surat", 62)]
    assert plain(publication.sheet(unit_page(*set_of(), *few)).service) == (
        "KTP dan Surat"
    )
    many = [
        each
        for place in range(8)
        for each in band(row, "service", f"Layanan dengan nama panjang {place}", 32)
    ]
    assert plain(publication.sheet(unit_page(*set_of(), *many)).service) == (
        "8 kelompok layanan"
    )
    assert publication.sheet(unit_page(*set_of())).service == ()
