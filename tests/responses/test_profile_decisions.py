"""Spellings of the profile: what is proposed, what people decide, what is not shown."""

import csv

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.responses.profile_proposals import HIDDEN
from skm_analysis.responses.receiving import refuse_unsound_decisions
from skm_analysis.responses.storing import read_cleaned, write_cleaned

PROFILE = {"sex": "JK", "age": "Usia", "occupation": "Kerja", "service": "Layanan"}
HEAD = "JK,Usia,Kerja,Layanan,U1,U2,U3\n"


def decide(survey, *lines):
    path = survey.places.profile_decisions
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("variable", "written", "band", "by", "on"))
        writer.writerows([*each, "Ani", "2021-12-01"] for each in lines)


def answer(survey, *people):
    """Each person: sex, age, occupation, service."""
    rows = "".join(f"{','.join(each)},4,4,4\n" for each in people)
    survey.deliver(HEAD + rows, profile=PROFILE)


def proposals(survey, variable):
    found = survey.clean().profiles
    mine = found[found["variable"] == variable].drop(columns="variable")
    return [tuple(each) for each in mine.itertuples(index=False)]


def bands(survey, variable):
    return sorted(survey.clean().accepted["ngalau"][variable])


def test_spellings_are_listed_with_the_band_that_they_mean(survey):
    answer(
        survey,
        ("L", "30", "Petani", "KTP"),
        ("l", "30", "petani", "KTP"),
        ("perempaun", "30", "Wiraswata", "KTP"),
        ("Wanita", "-41", "PNS", "ktp."),
    )
    assert proposals(survey, "sex") == [
        (HIDDEN, "Perempuan", 1, 1, "proposed"),
        ("L", "Laki-laki", 2, 1, "read"),
        ("Wanita", "Perempuan", 1, 1, "read"),
    ]
    assert proposals(survey, "occupation") == [
        ("Petani", "Lainnya", 2, 1, "proposed"),
        (HIDDEN, "Wirausaha", 1, 1, "proposed"),
        ("PNS", "PNS/ASN", 1, 1, "read"),
    ]
    # An age that is read is no spelling to look at.
    assert proposals(survey, "age") == [("-41", "", 1, 1, "proposed")]
    assert proposals(survey, "service") == [
        ("KTP", "KTP", 3, 1, "read"),
        (HIDDEN, "", 1, 1, "read"),
    ]


PRIVATE = (
    "Siti Rahmawati",
    "Budi PNS",
    "081234567890",
    "1371010101010001",
    "Jl. Melati 5",
    "siti@example.org",
    "BA 1234 XY",
)


def test_what_could_be_a_person_is_counted_and_never_shown(survey):
    answer(survey, *((each, each, each, each) for each in PRIVATE))
    found = survey.clean().profiles
    shown = found["written"].str.cat(found["band"], sep=" ").str.cat(sep=" ")
    assert [each for each in PRIVATE if each in shown] == []
    assert set(found["written"]) == {HIDDEN}
    assert found.groupby("variable")["count"].sum().tolist() == [7, 7, 7, 7]
    write_cleaned(survey.places, survey.study, survey.clean())
    text = (survey.places.processed / "profiles.csv").read_text(encoding="utf-8")
    assert [each for each in PRIVATE if each in text] == []


def test_a_number_that_several_wrote_is_not_shown_either(survey):
    answer(survey, *[("L", "1121212", "081234567890", "081234567890")] * 3)
    for variable in ("age", "occupation", "service"):
        assert [each[:1] for each in proposals(survey, variable)] == [(HIDDEN,)]


def test_a_decision_comes_before_what_the_program_reads(survey):
    answer(
        survey,
        ("L", "30", "Petani", "KTP"),
        ("1", "352", "PNS", "e-KTP"),
        ("2", "30", "Guru PNS", "KTP"),
    )
    assert bands(survey, "sex") == ["", "", "Laki-laki"]
    decide(
        survey,
        ("sex", "1", "Laki-laki"),
        ("sex", "2", "Perempuan"),
        ("age", "352", "26–35"),
        ("occupation", "guru  pns", "Lainnya"),
        ("occupation", "PNS", "Tidak diketahui"),
        ("service", "E-KTP", "KTP"),
    )
    assert bands(survey, "sex") == ["Laki-laki", "Laki-laki", "Perempuan"]
    assert bands(survey, "age") == ["26–35"] * 3
    assert bands(survey, "occupation") == ["", "Lainnya", "Lainnya"]
    assert bands(survey, "service") == ["KTP"] * 3
    changes = survey.clean().changes
    decided = changes[changes["rule"] == "decided"]
    assert dict(zip(decided["column"], decided["count"], strict=True)) == {
        "sex": 2,
        "age": 1,
        "occupation": 2,
        "service": 1,
    }
    assert ("1", "Laki-laki", 1, 1, "decided") not in proposals(survey, "sex")
    assert (HIDDEN, "Laki-laki", 1, 1, "decided") in proposals(survey, "sex")


def test_a_decision_renumbers_nobody_and_survives_every_run(survey):
    answer(survey, ("1", "30", "Petani", "KTP"), ("1", "30", "Petani", "KTP"))
    before = survey.clean().accepted["ngalau"]["response"].tolist()
    decide(survey, ("sex", "1", "Laki-laki"), ("occupation", "petani", "Swasta"))
    for _ in range(2):
        cleaned = survey.clean()
        write_cleaned(survey.places, survey.study, cleaned)
        assert cleaned.accepted["ngalau"]["response"].tolist() == before
        assert set(cleaned.accepted["ngalau"]["sex"]) == {"Laki-laki"}
    again = read_cleaned(survey.places, survey.study).profiles
    assert again.equals(cleaned.profiles)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("sex", "1", "Laki"), "mungkin maksudnya: Laki-laki"),
        (("jenis", "1", "Laki-laki"), "'variable' tidak dikenal"),
        (("sex", "", "Laki-laki"), "'written' belum ada"),
        (("age", "352", "30"), "kelompok '30' tidak ada untuk age"),
    ],
)
def test_faults_of_decisions_are_told_by_row_before_anything_is_built(
    survey, line, said
):
    answer(survey, ("L", "30", "Petani", "KTP"))
    decide(survey, ("sex", "x", "Perempuan"), line)
    with pytest.raises(StudyError, match=r"decisions/profiles\.csv baris 3") as caught:
        refuse_unsound_decisions(survey.places, survey.study)
    assert said in str(caught.value)
    with pytest.raises(StudyError, match="baris 3"):
        survey.clean()


def test_a_spelling_is_decided_once(survey):
    answer(survey, ("L", "30", "Petani", "KTP"))
    decide(survey, ("sex", "Lk ki", "Laki-laki"), ("sex", "LK  KI", "Perempuan"))
    with pytest.raises(StudyError, match="baris 3: ejaan ini sudah") as caught:
        survey.clean()
    assert "KI" not in str(caught.value)


def test_unsound_corrections_are_told_before_anything_is_built(survey):
    survey.deliver("U1,U2,U3\n4,4,3\n")
    survey.correct(("responses/a.csv", 2, "U3", "2", "4"))
    with pytest.raises(StudyError, match="tidak berisi 'old'"):
        refuse_unsound_decisions(survey.places, survey.study)
    survey.correct(("responses/a.csv", 2, "U3", "3", "4"))
    refuse_unsound_decisions(survey.places, survey.study)
