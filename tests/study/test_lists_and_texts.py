import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.study.digests import configuration_files, sha256
from skm_analysis.study.followup import read_recommendations
from skm_analysis.study.history import read_history
from skm_analysis.study.loading import load_study
from skm_analysis.study.texts import read_text

README = Path(__file__).parents[2] / "README.md"
HEAD = (
    "id,unit,item,problem,activity,quarter,responsible,due,status,evidence,reviewed\n"
)
ROW = "R1,kel-ngalau,parkir,Sempit,Memperluas,TW II,Lurah,2022-06-30,,,\n"
HISTORY = "year,unit,measure,item,printed,n,instrument,source\n"


def test_a_study_without_lists_has_none(places):
    assert read_recommendations(places) == ()
    assert read_history(places) == ()


def test_recommendations_are_read_in_their_order(places):
    reviewed = 'R2,,,"Antre,\nlama",Loket,,,30/06/2022,Selesai,foto,20-05-2022\n'
    places.recommendations.write_text(
        HEAD + ROW + reviewed.replace("Selesai", "selesai")
    )
    first, second = read_recommendations(places, load_study(places))
    assert (first.unit, first.item, first.due) == (
        "kel-ngalau", "parkir", date(2022, 6, 30),
    )  # fmt: skip
    assert (first.status, first.reviewed) == ("", None)
    assert (second.problem, second.due) == ("Antre,\nlama", date(2022, 6, 30))
    assert second.reviewed == date(2022, 5, 20)


def test_excel_may_write_semicolons_a_mark_and_empty_rows(places):
    text = (HEAD + ROW + "," * 10 + "\n").replace(",", ";").replace("\n", "\r\n")
    places.recommendations.write_bytes(b"\xef\xbb\xbf" + text.encode())
    [row] = read_recommendations(places)
    assert row.responsible == "Lurah"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "status",
            "state",
            ["kolom 'state' tidak dikenal", "mungkin maksudnya: status"],
        ),
        ("status,", "", ["kolom status belum ada"]),
        ("status", "due", ["dua kali"]),
        ("R1", "", ["baris 2", "'id' belum ada"]),
        ("kel-ngalau", "kel-ngala", ["baris 2", "maksudnya: kel-ngalau"]),
        ("parkir", "parkiran", ["baris 2", "tidak ditanyakan", "maksudnya: parkir"]),
        ("2022-06-30", "2022-06-31", ["baris 2", "'due'", "30/06/2021"]),
        ("30,,,", "30,sudah,,", ["baris 2", "belum, berjalan, selesai, batal"]),
        ("Sempit", '"Sempit', ["tanda kutip"]),
        ("TW II", "TW I, II", ["baris 2", "berisi 12 sel"]),
    ],
)
def test_a_fault_of_the_recommendations_names_its_row(places, old, new, said):
    places.recommendations.write_text((HEAD + ROW).replace(old, new, 1))
    with pytest.raises(StudyError) as caught:
        read_recommendations(places, load_study(places))
    assert str(caught.value).startswith("data/raw/2021/recommendations.csv")
    assert all(words in str(caught.value) for words in said), str(caught.value)


def test_two_recommendations_differ_in_id(places):
    places.recommendations.write_text(HEAD + ROW + ROW)
    with pytest.raises(StudyError, match="baris 3: 'id' R1 sudah dipakai"):
        read_recommendations(places)


def test_the_history_that_the_readme_shows_is_read(places):
    [shown] = re.findall(r"```csv\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    places.history.write_text(shown, encoding="utf-8")
    measures = [figure.measure for figure in read_history(places)]
    assert measures == ["ikm_mean_of_units", "ikm", "grade", "nrr"]


def test_history_is_read_oldest_first_as_printed(places):
    places.history.write_text(
        HISTORY + '2019,,ikm_mean_of_units,,"91,36",3108,PermenPANRB 14/2017,Laporan\n'
        "2018,kel-ngalau,grade,,A,,PermenPANRB 14/2017,Laporan\n"
    )
    first, second = read_history(places)
    assert (first.year, first.printed, first.value, first.n) == (2018, "A", None, None)
    assert (second.printed, second.value, second.n) == ("91,36", Decimal("91.36"), 3108)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2018,,ikm,,tinggi,10,P,L", "'printed' tidak sesuai"),
        ("2018,,ikm,,A,10,P,L", "'printed' tidak sesuai dengan 'measure'"),
        ("2018,,ikm,waktu,80,10,P,L", "'item' diisi untuk nrr"),
        ("2018,,nrr,,80,10,P,L", "'item' diisi untuk nrr"),
        ("2018,,ikmm,,80,10,P,L", "maksudnya: ikm"),
        ("18,,ikm,,80,10,P,L", "'year'"),
        ("2018,,ikm,,80,3.108,P,L", "tanpa titik"),
        ("2018,,ikm,,80,10,P,", "'source' belum ada"),
        ("2018,,ikm,,80,10,P,L\n2018,,ikm,,81,10,P,L", "baris 3"),
    ],
)
def test_a_fault_of_the_history_is_told(places, row, said):
    places.history.write_text(HISTORY + row + "\n")
    with pytest.raises(StudyError) as caught:
        read_history(places)
    assert said in str(caught.value)


def test_a_list_in_another_encoding_names_the_row(places):
    places.history.write_bytes(HISTORY.encode() + b"2018,,ikm,,80,10,P,Caf\xe9\n")
    with pytest.raises(StudyError, match="baris 2: bukan teks UTF-8"):
        read_history(places)


def test_a_text_is_read_without_its_notes(places):
    (places.texts / "units").mkdir(parents=True)
    (places.texts / "preface.md").write_bytes(
        b"\xef\xbb\xbf<!-- tulis\r\ndi sini -->\r\n\r\nTerima kasih.\r\n"
    )
    (places.texts / "units/kel-ngalau.md").write_text("<!-- belum ditulis -->\n")
    assert read_text(places, "preface") == "Terima kasih."
    assert read_text(places, "units/kel-ngalau") is None
    assert read_text(places, "background") is None


def test_a_text_in_another_encoding_is_refused(places):
    places.texts.mkdir()
    (places.texts / "preface.md").write_bytes(b"Terima kasih.\n\nCaf\xe9\n")
    with pytest.raises(StudyError, match=r"texts/preface\.md: baris 3"):
        read_text(places, "preface")


@pytest.mark.parametrize("name", ["../study", "/etc/passwd", "units/../x", ""])
def test_a_text_has_a_name_of_its_own(places, name):
    with pytest.raises(ValueError, match="not the name of a text"):
        read_text(places, name)


def test_the_digests_cover_what_people_wrote_and_nothing_else(places):
    for name in ("responses/ngalau.csv", "secret", "texts/preface.md", "study.toml~",
                 "decisions/corrections.csv", "branding/.DS_Store"):  # fmt: skip
        path = places.raw / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [
        path.relative_to(places.raw).as_posix() for path in configuration_files(places)
    ] == [
        "decisions/corrections.csv",
        "instruments/dua-butir.toml",
        "study.toml",
        "texts/preface.md",
    ]
    # From `printf x | sha256sum`.
    assert sha256(places.raw / "texts/preface.md").startswith("2d711642b726b0")
