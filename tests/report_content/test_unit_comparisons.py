"""A unit against last year, its own survey and its target; who answered."""

from dataclasses import replace
from decimal import Decimal

import pytest

from skm_analysis.report import (
    items_appendix,
    unit_change,
    unit_item_changes,
    unit_profile,
    unit_target,
)
from skm_analysis.report.elements import Absent, Heading, plain


@pytest.fixture
def compared(unit_page, set_of, row):
    """The page of a unit whose index was 92.10 the year before."""

    def build(change, p=None, n=262):
        before = row("ikm", 92.10, 91.2, 92.9, part="previous", study="2020")
        tested = [row("p_holm", p, category="change")] if p is not None else []
        return unit_page(*set_of(n=n), before, change, *tested)

    return build


def test_a_rise_is_called_one_only_on_evidence(compared, row):
    page = compared(row("change", 4.9155, 3.6, 6.2), p=0.0004)
    assert plain(unit_change.change(page).text) == (
        "Dibandingkan dengan tahun 2020 (92,10), indeks naik 4,92 poin; selang "
        "kepercayaan 95% selisihnya +3,60 s.d. +6,20."
    )


def test_a_fall_is_told_without_a_minus(compared, row):
    page = compared(row("change", -1.5, -2.6, -0.4), p=0.01)
    assert "indeks turun 1,50 poin" in plain(unit_change.change(page).text)


def test_what_was_not_subtracted_as_printed_is_said(compared, row):
    told = plain(unit_change.change(compared(row("change", 4.91, 3.6, 6.2), 0.01)).text)
    assert "indeks naik 4,91 poin, dihitung sebelum pembulatan; selang" in told


@pytest.mark.parametrize(
    ("value", "p", "told"),
    [
        (0.3, 0.0, "indeks naik 0,30 poin"),
        (0.0, 1.0, "indeks tetap; tanpa selang"),
    ],
)
def test_where_all_answered_twice_nothing_is_uncertain(compared, row, value, p, told):
    change = row("change", value, value, value, flags=("census",))
    text = plain(unit_change.change(compared(change, p)).text)
    assert told in text
    assert "tidak dapat dibedakan" not in text


@pytest.mark.parametrize("p", [0.05, 0.3, 1.0])
def test_no_direction_without_evidence(compared, row, p):
    text = plain(unit_change.change(compared(row("change", 0.8, -0.4, 2.0), p)).text)
    assert "naik" not in text
    assert "turun" not in text
    assert text == (
        "Indeks pada tahun 2020 adalah 92,10 dan selisihnya +0,80 poin (selang "
        "kepercayaan 95% selisihnya −0,40 s.d. +2,00). Dengan memperhitungkan "
        "banyaknya unit yang dibandingkan, kedua indeks itu tidak dapat dibedakan."
    )


def test_small_units_get_no_direction(compared, row):
    change = row("change", 5.0, 2.0, 8.0, flags=("indicative",))
    text = plain(unit_change.change(compared(change, 0.001, n=20)).text)
    assert "naik" not in text
    assert "Arah perubahan tidak disimpulkan" in text


def test_questionnaires_that_differ_are_not_compared(compared, row):
    text = plain(unit_change.change(compared(row("change", None))).text)
    assert "tidak sebanding, sehingga selisihnya tidak dihitung" in text


def test_a_comparison_over_common_items_says_so(compared, row):
    change = row("change", 1.0, 0.4, 1.6, flags=("common_items",))
    assert "hanya memakai pertanyaan yang sama" in plain(
        unit_change.change(compared(change, 0.001)).text
    )


def test_a_unit_that_is_new_says_so(unit_page, set_of):
    assert plain(unit_change.change(unit_page(*set_of())).text) == (
        "Kelurahan Ngalau tidak mempunyai hasil pada tahun 2020, sehingga perubahannya "
        "tidak dapat dihitung."
    )


def test_without_an_earlier_study_there_is_no_section(unit_page, set_of):
    page = unit_page(*set_of(), study={"previous": None})
    assert isinstance(unit_change.change(page), Absent)
    assert isinstance(unit_item_changes.item_changes(page), Absent)
    assert isinstance(unit_item_changes.change_table(page), Absent)


@pytest.fixture
def items(set_of, row):
    """Three items now and then; each change by key, with its adjusted p."""

    def build(n=262, **changes):
        yield from set_of(n=n)
        for key, (value, p) in changes.items():
            yield row("nrr", 3.5, 3.4, 3.6, item=key)
            before = row("nrr", 3.5 - value, 3.3, 3.6, item=key)
            yield replace(before, part="previous", study="2020")
            yield row("change_nrr", value, value - 0.1, value + 0.1, item=key)
            yield row("p_holm", p, item=key)

    return build


UP, DOWN, UNSURE = (0.12, 0.001), (-0.2, 0.01), (0.05, 0.4)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"persyaratan": UNSURE, "waktu": UNSURE},
            "Tidak satu pun unsur yang nilainya jelas berubah; perubahan setiap "
            "unsur tercantum pada lampiran-unsur.",
        ),
        (
            {"persyaratan": UNSURE, "waktu": UP},
            "Unsur yang nilainya jelas naik adalah “Waktu Penyelesaian” (+0,12); "
            "perubahan setiap unsur tercantum pada lampiran-unsur.",
        ),
        (
            {"persyaratan": UP, "waktu": DOWN, "biaya": UP},
            "Unsur yang nilainya jelas naik adalah “Persyaratan” (+0,12) dan "
            "“Biaya/Tarif” (+0,12); yang jelas turun adalah “Waktu "
            "Penyelesaian” (−0,20); perubahan setiap unsur tercantum pada "
            "lampiran-unsur.",
        ),
    ],
)
def test_only_items_that_clearly_changed_are_named(unit_page, items, changes, told):
    page = unit_page(*items(**changes))
    assert plain(unit_item_changes.item_changes(page).text) == told


def test_of_few_respondents_no_item_is_said_to_change(unit_page, items):
    page = unit_page(*items(n=29, waktu=UP))
    assert isinstance(unit_item_changes.item_changes(page), Absent)


def test_every_items_change_stands_in_the_appendix(city_page, items):
    heading, table = items_appendix.appendix(
        city_page(*items(persyaratan=UNSURE, waktu=DOWN))
    ).pieces
    assert isinstance(heading, Heading)
    assert [[plain(cell) for cell in line] for line in table.rows] == [
        [
            *("Persyaratan", "3,45", "3,50", "+0,05", "−0,05 s.d. +0,15"),
            "tidak dapat dibedakan",
        ],
        ["Waktu Penyelesaian", "3,70", "3,50", "−0,20", "−0,30 s.d. −0,10", "turun"],
    ]


def test_the_own_survey_stands_beside_the_independent_one(unit_page, set_of, row):
    page = unit_page(
        *set_of(),
        row("n_accepted", 84.0, part="internal"),
        row("ikm", 98.5, 97.0, 99.2, part="internal"),
        row("internal_difference", 1.4845, 0.2, 2.7),
    )
    assert plain(unit_change.internal(page).text) == (
        "Kelurahan Ngalau juga melakukan survei sendiri dengan 84 kuesioner yang dapat "
        "dipakai. Jawabannya tidak digabung dengan survei independen. Indeks menurut "
        "survei sendiri itu adalah 98,50. Hasil itu lebih tinggi 1,48 poin daripada "
        "survei independen (selang kepercayaan 95% +0,20 s.d. +2,70); angka laporan "
        "ini adalah hasil survei independen."
    )


def test_an_own_survey_of_few_is_not_told(unit_page, set_of, row):
    page = unit_page(
        *set_of(),
        row("n_accepted", 9.0, part="internal"),
        row("ikm", 98.5, 97.0, 99.2, part="internal", flags=("suppressed",)),
        row("internal_difference", 1.49, 0.2, 2.7, flags=("suppressed",)),
    )
    text = plain(unit_change.internal(page).text)
    assert "98,50" not in text
    assert "1,49" not in text


@pytest.mark.parametrize(
    ("gap", "category", "flag", "told"),
    [
        (
            9.0155,
            "reached",
            "supported",
            "Target itu tercapai: indeks berada 9,02 poin di atas target. Seluruh "
            "selang kepercayaan berada pada atau di atas target",
        ),
        (
            0.3,
            "reached",
            "uncertain",
            "Target itu tercapai: indeks berada 0,30 poin di atas target. Target itu "
            "berada di dalam selang kepercayaan indeks, sehingga kesimpulan ini belum "
            "dapat dipastikan.",
        ),
        (
            -2.63,
            "not_reached",
            "contradicted",
            "Target itu tidak tercapai: indeks berada 2,63 poin di bawah target.",
        ),
        (0.0, "reached", "uncertain", "indeks tepat sama dengan target"),
    ],
)
def test_the_target(unit_page, set_of, row, gap, category, flag, told):
    page = unit_page(
        *set_of(),
        row("target_gap", gap, category=category, flags=(flag,)),
        unit={"target": Decimal("88.00")},
    )
    text = plain(unit_target.target(page).text)
    assert text.startswith("Target Kelurahan Ngalau adalah 88,00. ")
    assert told in text


def test_the_target_of_a_unit_without_randomness_holds_on_its_condition(
    unit_page, set_of, row
):
    page = unit_page(
        *set_of(flags=("conditional",)),
        row("target_gap", 2.0, category="reached", flags=("supported",)),
        unit={"target": Decimal("95.00")},
    )
    assert (
        "Seluruh selang kepercayaan (berlaku seandainya responden dipilih acak) berada "
        "pada atau di atas target" in plain(unit_target.target(page).text)
    )


def profile_rows(row, counts, hidden=(), n=100):
    for band, count in counts.items():
        flags = ("suppressed",) if band in hidden else ()
        given = {"item": "sex", "category": band, "flags": flags, "n": n}
        yield row("profile", count / n, **given)
        yield row("profile_count", float(count), **given)


def test_small_bands_of_a_profile_stand_together(unit_page, set_of, row):
    counts = {"SD": 3, "SMP": 17, "SMA": 80}
    page = unit_page(*set_of(), *profile_rows(row, counts, hidden=("SD", "SMP")))
    table = unit_profile.profile(page)
    assert [[plain(cell) for cell in line] for line in table.rows] == [
        ["Jenis kelamin", "SMA", "80", "80,0%"],
        ["", "Gabungan: SD, SMP", "20", "20,0%"],
    ]
    assert "Kelompok kecil digabung" in plain(table.notes[0])


def test_a_share_of_small_bands_together_is_rounded_from_their_count(
    unit_page, set_of, row
):
    """9 of 80 is 11.25 %; as floats, 3/80 + 6/80 is less."""
    counts = {"SD": 3, "SMP": 6, "SMA": 71}
    profile = profile_rows(row, counts, hidden=("SD", "SMP"), n=80)
    table = unit_profile.profile(unit_page(*set_of(), *profile))
    assert [plain(cell) for cell in table.rows[-1]][:4] == [
        *("", "Gabungan: SD, SMP", "9", "11,3%")
    ]


def test_a_profile_of_which_all_is_small_is_left_out(unit_page, set_of, row):
    counts = {"Laki-laki": 96, "Perempuan": 4}
    page = unit_page(*set_of(), *profile_rows(row, counts, hidden=counts))
    assert isinstance(unit_profile.profile(page), Absent)


def test_the_index_of_each_kind_of_respondent_stands_beside_it(unit_page, set_of, row):
    counts = {"Laki-laki": 40, "Perempuan": 55, "Tidak diketahui": 5}
    hidden = ("Tidak diketahui",)
    page = unit_page(
        *set_of(),
        *profile_rows(row, counts, hidden=hidden),
        row("ikm", 90.5, 88.0, 92.25, part="sex=laki-laki", n=40),
        row("ikm", 93.25, 91.5, 94.75, part="sex=perempuan", n=55),
        row("ikm", 99.0, 91.5, 99.75, part="sex=tidak-diketahui", n=5),
    )
    table = unit_profile.profile(page)
    assert [[plain(cell) for cell in line] for line in table.rows] == [
        ["Jenis kelamin", "Laki-laki", "40", "40,0%", "90,50", "88,00–92,25"],
        ["", "Perempuan", "55", "55,0%", "93,25", "91,50–94,75"],
        ["", "Gabungan: Tidak diketahui", "5", "5,0%", "–", "–"],
    ]
    assert "selang kepercayaan 95%" in plain(table.caption)
    assert "Indeks kelompok gabungan" in plain(table.notes[-1])


def test_the_intervals_of_kinds_of_respondents_repeat_the_condition(
    unit_page, set_of, row
):
    each = {"flags": ("conditional",)}
    page = unit_page(
        *set_of(),
        *profile_rows(row, {"Laki-laki": 40, "Perempuan": 60}),
        row("ikm", 90.5, 88.0, 92.25, part="sex=laki-laki", **each),
        row("ikm", 93.25, 91.5, 94.75, part="sex=perempuan", **each),
    )
    assert plain(unit_profile.profile(page).notes[-1]) == (
        "Selang kepercayaan berlaku seandainya responden dipilih acak."
    )


def test_the_index_of_one_kind_of_respondent_alone_is_not_shown(unit_page, set_of, row):
    page = unit_page(
        *set_of(),
        *profile_rows(row, {"Perempuan": 100}),
        row("ikm", 93.25, 91.5, 94.75, part="sex=perempuan"),
    )
    headers = [column.header for column in unit_profile.profile(page).columns]
    assert headers == ["Karakteristik", "Kelompok", "Responden", "Persentase"]


@pytest.mark.parametrize("flag", ["supported", "uncertain", "contradicted"])
def test_the_evidence_on_a_target_repeats_the_condition_of_the_interval(
    unit_page, set_of, row, flag
):
    page = unit_page(
        *set_of(flags=("conditional",)),
        row("target_gap", 1.0, category="reached", flags=(flag,)),
        unit={"target": Decimal("88.00")},
    )
    text = plain(unit_target.target(page).text)
    assert "berlaku seandainya responden dipilih acak" in text


def test_another_way_of_asking_is_said_beside_the_change(unit_page, set_of, row):
    page = unit_page(
        *set_of(),
        row("ikm", 95.0, part="previous", study="2020"),
        row("change", 2.0, 1.0, 3.0, flags=("mode_changed",)),
    )
    assert plain(unit_change.change(page).text).endswith(
        "Cara jawaban dikumpulkan berbeda antara kedua studi, dan itu sendiri dapat "
        "mengubah jawaban."
    )
