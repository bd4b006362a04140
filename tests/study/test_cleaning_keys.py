"""The switches of [cleaning], [[delivery.test]], and whom a unit can have asked."""

import pytest

from skm_analysis.study.loading import load_study
from skm_analysis.study.records import Cleaning, ExcludedRows, TrialRows

SWITCHES = """
[cleaning]
out_of_scale = "answer"
not_whole_number = "answer"
out_of_period = "report"
"""
TRIAL = """
[[delivery.test]]
column = "Nama"
values = ["tes", "coba"]
[[delivery.test]]
column = "Petugas"
values = ["Admin"]
"""


def add(places, text):
    with places.study_file.open("a", encoding="utf-8") as file:
        file.write(text)


def test_switches_that_are_not_written_are_as_usual(places):
    usual = load_study(places).cleaning
    assert usual == Cleaning()
    assert (usual.out_of_scale, usual.not_whole_number) == ("row", "row")
    assert usual.out_of_period == "set_aside"


def test_switches_are_read_as_written(places):
    add(places, SWITCHES)
    found = load_study(places).cleaning
    assert (found.out_of_scale, found.not_whole_number) == ("answer", "answer")
    assert found.out_of_period == "report"


def test_an_unknown_choice_of_a_switch_is_refused(places, problems):
    add(places, '\n[cleaning]\nout_of_scale = "abaikan"\n')
    [told] = problems()
    assert "[cleaning]: 'out_of_scale' tidak dikenal" in told
    assert "yang dikenal: row, answer" in told


def test_trial_rows_are_declared_by_column_and_what_stands_in_it(places):
    add(places, TRIAL)
    [delivery] = load_study(places).deliveries
    assert delivery.trials == (
        TrialRows(column="Nama", values=("tes", "coba")),
        TrialRows(column="Petugas", values=("Admin",)),
    )


def test_the_column_of_trials_may_be_one_that_is_dropped(places, change):
    change('unit = "kel-ngalau"\n', 'unit = "kel-ngalau"\ndrop = ["Nama"]\n')
    add(places, TRIAL)
    assert load_study(places).deliveries[0].drop == ("Nama",)


EXCLUDE = """
[[delivery.exclude]]
column = "Ket"
values = ["pegawai"]
reason = "Pegawai sendiri"
"""


def test_rows_are_left_out_for_a_reason_in_words(places):
    add(places, EXCLUDE)
    assert load_study(places).deliveries[0].excluded == (
        ExcludedRows(column="Ket", values=("pegawai",), reason="Pegawai sendiri"),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('reason = "Pegawai sendiri"\n', "", "'reason' belum ada"),
        ('column = "Ket"', 'column = "U1"', "memuat jawaban butir"),
        ('["pegawai"]', "[]", "'values' kosong"),
    ],
)
def test_nobody_is_left_out_without_a_reason_or_for_an_answer(
    places, problems, old, new, said
):
    add(places, EXCLUDE.replace(old, new))
    assert any(said in each and "delivery.exclude" in each for each in problems())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["tes", "coba"]', "[]", "'values' kosong"),
        ('column = "Nama"', 'column = "U1"', "memuat jawaban butir"),
        ('column = "Nama"', 'kolom = "Nama"', "'kolom' tidak dikenal"),
    ],
)
def test_a_faulty_declaration_of_trials_is_told(places, problems, old, new, said):
    add(places, TRIAL.replace(old, new))
    assert any(said in each and "delivery.test" in each for each in problems())


@pytest.mark.parametrize(
    ("served", "approached", "faulty"),
    [
        ("population = 812", 812, False),
        ("population = 812", 813, True),
        ("strata = { A = 400, B = 412 }", 813, True),
        ("", 813, False),
    ],
)
def test_nobody_is_asked_who_was_not_served(
    change, problems, served, approached, faulty
):
    change("population = 812", f"{served}\napproached = {approached}")
    if "strata" in served:
        change('unit = "kel-ngalau"\n', 'unit = "kel-ngalau"\nstratum_column = "S"\n')
    told = problems()
    assert len(told) == faulty
    assert all("'approached' (813) melebihi yang dilayani (812)" in x for x in told)
