"""What is said of an interval: whether it knows who gathered the answers."""

from dataclasses import replace

import pytest

from skm_analysis.report import unit_gathering, unit_result
from skm_analysis.report.elements import Absent, plain


def told(page):
    return plain(unit_gathering.gathering(page).text)


def test_without_clusters_the_interval_says_what_it_leaves_out(unit_page, set_of):
    assert told(unit_page(*set_of())) == (
        "Selang kepercayaan indeks dihitung tanpa memperhitungkan pewawancara."
    )


@pytest.mark.parametrize(
    ("modes", "said"),
    [
        (("self", "web"), "dengan menganggap jawaban setiap responden berdiri sendiri"),
        (("interview", "web"), "tanpa memperhitungkan pewawancara"),
    ],
)
def test_where_nobody_interviewed_no_interviewer_is_left_out(
    unit_page, set_of, modes, said
):
    page = replace(unit_page(*set_of()), modes=modes)
    assert told(page) == f"Selang kepercayaan indeks dihitung {said}."


def test_days_that_were_noted_say_what_they_would_do(unit_page, set_of, row):
    page = unit_page(
        *set_of(),
        row("icc", 0.0746, category="day"),
        row("sensitivity", 97.0, 95.9, 98.1, category="clusters-day"),
    )
    assert told(page) == (
        "Selang kepercayaan indeks dihitung tanpa memperhitungkan pewawancara. "
        "Jawaban pada hari yang sama berkorelasi 0,075; seandainya diperhitungkan, "
        "selangnya 95,90–98,10."
    )
    page = unit_page(
        *set_of(),
        row("icc", 0.0007, category="day"),
        row("sensitivity", 97.0, 96.4, 97.5, category="clusters-day"),
    )
    assert told(page).endswith(
        "seandainya diperhitungkan, selangnya tidak melebar: 96,40–97,50."
    )


def test_too_few_counters_say_what_the_correlation_of_the_survey_would_do(
    unit_page, set_of, row
):
    page = unit_page(
        *set_of(),
        row("icc", 0.93, category="counter", flags=("too_few",)),
        row(
            "sensitivity",
            97.0,
            94.0,
            99.0,
            category="clusters-counter",
            flags=("few_clusters",),
        ),
    )
    assert "0,93" not in told(page)
    assert told(page).endswith(
        "Korelasi jawaban pada petugas atau loket yang sama tidak dapat dipastikan "
        "karena kelompoknya terlalu sedikit; seandainya korelasi yang dipakai untuk "
        "seluruh survei berlaku, selangnya 94,00–99,00."
    )


def test_few_clusters_say_where_their_width_comes_from(unit_page, set_of, row):
    page = unit_page(
        *set_of(flags=("clustered", "few_clusters", "unknown_cluster")),
        row("deff", 2.4166, category="cluster"),
    )
    assert told(page) == (
        "Selang kepercayaan indeks memperhitungkan bahwa jawaban dikumpulkan per "
        "kelompok, misalnya oleh pewawancara yang sama; ragamnya 2,42 kali ragam "
        "sampel acak sederhana. Kelompok di unit ini sedikit, sangat tidak sama "
        "besar, atau melintasi strata, sehingga pelebaran selangnya memakai kemiripan "
        "jawaban di seluruh survei. Responden yang kelompoknya tidak tercatat dianggap "
        "dipilih sendiri-sendiri."
    )


def test_a_stratum_without_respondents_is_told_with_its_share(unit_page, set_of, row):
    page = unit_page(*set_of(), row("uncovered_share", 0.1234))
    assert told(page).endswith(
        "Strata yang tidak mempunyai responden mencakup 12,3% pengguna layanan; "
        "indeks ini menggambarkan yang lainnya."
    )


def test_above_a_fifth_the_missing_letter_has_its_reason(unit_page, set_of, row):
    rows = [each for each in set_of() if each.measure != "grade"]
    page = unit_page(*rows, row("grade", flags=("uncovered",)))
    assert "strata yang tidak mempunyai responden" in plain(unit_result.ikm(page).text)


def test_nothing_is_said_of_a_census_or_a_withheld_unit(unit_page, set_of):
    for page in (unit_page(*set_of(flags=("census",))), unit_page(*set_of(n=4))):
        assert isinstance(unit_gathering.gathering(page), Absent)
