import re
import stat
import sys
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.errors import StudyError
from skm_analysis.study.catalogue import catalogue, text_of
from skm_analysis.study.followup import read_recommendations
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.regulation import UNSUR
from skm_analysis.study.scaffold import new_study
from skm_analysis.study.texts import is_carried_over, read_text
from skm_analysis.study.toml_writing import toml


def everything(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_new_study_loads_as_it_is(tmp_path):
    folder = new_study(tmp_path, "2024")
    assert folder == tmp_path / "data/raw/2024"
    places = Places(tmp_path, "2024")
    study = load_study(places)
    assert (study.year, study.start) == (2024, date(2024, 1, 1))
    assert not study.synthetic
    [unit] = study.units
    assert unit.instrument.keys == tuple(UNSUR)
    assert study.units_of(study.deliveries[0]) == (unit,)
    assert read_recommendations(places, study) == ()
    for name in ("preface", "background", "conclusions"):
        assert (places.texts / f"{name}.md").is_file()
        assert read_text(places, name) is None


def test_what_the_comments_of_a_new_study_offer_loads_too(tmp_path):
    places = Places(tmp_path, "2024")
    new_study(tmp_path, "2024")
    text = places.study_file.read_text(encoding="utf-8")
    offered = re.sub(r"(?m)^# (?=\w+ = |\[)", "", text)
    assert offered != text
    without = re.sub(r'(?m)^previous = .*\n|\bid = "2024-S1"', "", offered)
    places.study_file.write_text(
        without.replace("[[period]]", '[[period]]\nid = "2024-S1"'), encoding="utf-8"
    )
    study = load_study(places)
    assert study.target is not None
    assert study.deliveries[0].answers == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert len(study.deliveries[0].profile) == 5
    assert study.deliveries[0].importance.keys() == {"persyaratan", "waktu"}


def test_the_strata_that_a_new_study_offers_load_in_place_of_its_population(tmp_path):
    places = Places(tmp_path, "2024")
    new_study(tmp_path, "2024")
    text = places.study_file.read_text(encoding="utf-8")
    offered = re.sub(r'(?m)^#   (?=\[unit\.strata\]|"Strata |stratum_column)', "", text)
    places.study_file.write_text(offered, encoding="utf-8")
    study = load_study(places)
    assert study.units[0].strata == {"Strata A": 600, "Strata B": 400}
    assert study.deliveries[0].stratum_column == "Strata"


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_ready_instrument_loads_in_a_new_study(tmp_path, name):
    places = Places(tmp_path, "2024")
    new_study(tmp_path, "2024", ready=[name])
    text = places.study_file.read_text(encoding="utf-8")
    offered = text.replace("# [delivery.importance]", "[delivery.importance]")
    offered = re.sub(r'(?m)^# (?=[\w-]+ = "Kepentingan)', "", offered)
    places.study_file.write_text(offered, encoding="utf-8")
    study = load_study(places)
    assert study.units[0].instrument == catalogue()[name]
    assert study.deliveries[0].columns.keys() == set(catalogue()[name].keys)
    assert len(study.deliveries[0].importance) == 2


def test_a_new_study_takes_several_ready_instruments(tmp_path):
    new_study(tmp_path, "2024", ready=["spak", "skm-2017"])
    study = load_study(Places(tmp_path, "2024"))
    assert set(study.instruments) == {"spak", "skm-2017"}
    assert study.units[0].instrument.id == "spak"


def test_an_unknown_ready_instrument_leaves_no_folder_behind(tmp_path):
    with pytest.raises(StudyError, match="mungkin maksudnya: spak"):
        new_study(tmp_path, "2024", ready=["spack"])
    assert not (tmp_path / "data").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_answers_and_secret_are_for_their_owner_only(tmp_path):
    folder = new_study(tmp_path, "2024")
    assert stat.S_IMODE((folder / "responses").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600


def test_every_study_has_a_secret_of_its_own(tmp_path):
    secrets = [
        (new_study(tmp_path, name) / "secret").read_text() for name in ("a1", "a2")
    ]
    assert secrets[0] != secrets[1]
    assert all(re.fullmatch(r"[0-9a-f]{64}\n", secret) for secret in secrets)


MORE = """
[[period]]
id = "2021-S1"
start = 2021-01-01
end = 2021-06-30

[[unit]]
id = "rsud"
name = "RSUD"
kind = "opd"
instrument = "dua-butir"
approached = 10
planned = 40
strata = { "2021-S1" = 5, "Loket 2021" = 6 }

[[delivery]]
file = "responses/rsud-2021.csv"
unit = "rsud"
received = 2021-11-12
from = "RSUD"
stratum_column = "semester"
replaces = "responses/rsud-lama.csv"
reason = "salah lembar"
columns = { persyaratan = "Bagaimana \\"syarat\\"?\\nPilih", parkir = "U 2" }
answers = { "Sangat sesuai" = 4, a = 1 }
item_answers = { parkir = { "tidak ada" = 1 } }

[[delivery]]
file = "responses/rsud-lama.csv"
unit = "rsud"
stratum_column = "semester"
columns = { persyaratan = "U1", parkir = "U2" }
"""


@pytest.fixture
def earlier(places, change):
    change("Survei Kepuasan Masyarakat", "Survei Kepuasan Masyarakat 2021")
    change("year =", "synthetic = true\nyear =")
    with places.study_file.open("a", encoding="utf-8") as file:
        file.write(MORE)
    return places


def test_a_study_from_an_earlier_one_is_the_same_a_year_later(earlier):
    before = load_study(earlier)
    new_study(earlier.root, "2022", "2021")
    after = load_study(earlier.other("2022"))
    assert (after.year, after.previous) == (2022, "2021")
    assert (after.start, after.end) == (date(2022, 1, 1), date(2022, 12, 31))
    assert after.title == "Survei Kepuasan Masyarakat 2022"
    assert not after.synthetic
    assert after.instruments == before.instruments
    assert [unit.id for unit in after.units] == [unit.id for unit in before.units]
    assert after.units[0].population == 812
    assert (after.units[1].approached, after.units[1].planned) == (None, None)
    assert after.units[1].strata == {"2022-S1": 5, "Loket 2022": 6}
    assert after.periods[0].id == "2022-S1"
    assert after.periods[0].end == date(2022, 6, 30)


def test_mappings_of_an_earlier_study_are_kept_to_be_confirmed(earlier):
    before = load_study(earlier).deliveries[1]
    folder = new_study(earlier.root, "2022", "2021")
    deliveries = load_study(earlier.other("2022")).deliveries
    assert [each.file for each in deliveries] == [
        "responses/ngalau.csv", "responses/rsud-2022.csv",
    ]  # fmt: skip
    after = deliveries[1]
    assert after.columns == before.columns
    assert after.answers == before.answers
    assert after.item_answers == before.item_answers
    assert (after.received, after.received_from, after.replaces) == (None, None, None)
    assert "Perlu dikonfirmasi" in (folder / "study.toml").read_text(encoding="utf-8")


def test_logos_and_template_of_an_earlier_study_stay(earlier):
    branding = earlier.raw / "branding"
    branding.mkdir()
    for name in ("logo-1-kota.png", "reference.docx", "~$ference.docx", "surat.txt"):
        (branding / name).write_text(name)
    folder = new_study(earlier.root, "2022", "2021", template=b"templat baru")
    found = {path.name: path.read_text() for path in (folder / "branding").iterdir()}
    assert found == {each: each for each in ("logo-1-kota.png", "reference.docx")}


def test_texts_of_an_earlier_study_wait_as_notes(earlier):
    (earlier.texts / "units").mkdir(parents=True)
    (earlier.texts / "preface.md").write_text("<!-- catatan -->Kata **2021**.\n")
    (earlier.texts / "units" / "rsud.md").write_text("Ulasan {unit.rsud.ikm}.")
    (earlier.texts / "background.md").write_text("<!-- belum ditulis -->")
    new_study(earlier.root, "2022", "2021")
    new = earlier.other("2022")
    for name, text in (("preface", "Kata **2021**."), ("units/rsud", "Ulasan")):
        written = (new.texts / f"{name}.md").read_text(encoding="utf-8")
        assert text in written
        assert written.startswith("<!-- Disalin dari studi 2021")
        assert is_carried_over(new, name)
        assert read_text(new, name) is None
    assert not is_carried_over(new, "background")
    # What somebody takes out of the note is printed.
    with (new.texts / "preface.md").open("a", encoding="utf-8") as file:
        file.write("Kata baru.")
    assert read_text(new, "preface") == "Kata baru."
    assert not is_carried_over(new, "preface")


def test_what_lasts_is_copied_and_what_was_decided_of_people_is_not(earlier):
    (earlier.raw / "decisions").mkdir()
    (earlier.raw / "texts").mkdir(exist_ok=True)
    names = ("history.csv", "texts/references.json", "decisions/profiles.csv")
    others = ("decisions/comments.csv", "decisions/corrections.csv", "plan.lock")
    for name in (*names, *others):
        (earlier.raw / name).write_text("isi")
    folder = new_study(earlier.root, "2022", "2021")
    assert all((folder / name).read_text() == "isi" for name in names)
    assert not any((folder / name).exists() for name in others)


def test_days_and_numbers_of_one_delivery_are_next_years(earlier):
    own = 'start = 2021-03-01\nend = 2021-05-31\nreported = 40\nperiod_column = "Tgl"'
    text = earlier.study_file.read_text(encoding="utf-8")
    text = text.replace("received = 2021-11-12\n", f"{own}\n")
    earlier.study_file.write_text(text, encoding="utf-8")
    new_study(earlier.root, "2022", "2021")
    delivery = load_study(earlier.other("2022")).deliveries[1]
    assert (delivery.start, delivery.end) == (date(2022, 3, 1), date(2022, 5, 31))
    assert delivery.reported is None


def test_a_study_without_an_earlier_template_begins_with_the_one_given(earlier):
    for source in (None, "2021"):
        folder = new_study(earlier.root, f"2022-{source}", source, template=b"templat")
        assert (folder / "branding" / "reference.docx").read_bytes() == b"templat"


def test_nothing_that_citizens_said_is_copied(earlier):
    (earlier.raw / "responses").mkdir()
    (earlier.raw / "responses/ngalau.csv").write_text("rahasia warga")
    (earlier.raw / "secret").write_text("kunci lama")
    earlier.recommendations.write_text("id\nrahasia warga\n")
    folder = new_study(earlier.root, "2022", "2021")
    assert not list((folder / "responses").iterdir())
    assert not any(
        secret in content
        for content in everything(folder).values()
        for secret in (b"rahasia warga", b"kunci lama")
    )


def test_an_existing_folder_is_left_as_it_is(earlier):
    before = everything(earlier.raw)
    with pytest.raises(StudyError, match="data/raw/2021: sudah ada"):
        new_study(earlier.root, "2021")
    assert everything(earlier.raw) == before


@pytest.mark.parametrize("name", ["", "..", "a/b", "con", "editions", "x" * 41, ".x"])
def test_a_name_that_is_no_folder_name_is_refused(tmp_path, name):
    with pytest.raises(StudyError, match="STUDI"):
        new_study(tmp_path, name)
    assert not list(tmp_path.iterdir())


def test_an_earlier_study_that_is_not_there_is_told(earlier):
    with pytest.raises(StudyError, match="studi yang ada: 2021"):
        new_study(earlier.root, "2022", "2020")
    assert not earlier.other("2022").raw.exists()


def test_a_ready_instrument_stands_beside_those_of_the_earlier_study(earlier):
    new_study(earlier.root, "2022", "2021", ready=["spak"])
    assert set(load_study(earlier.other("2022")).instruments) == {"dua-butir", "spak"}
    (earlier.instruments / "spak.toml").write_text(text_of("spak"), encoding="utf-8")
    with pytest.raises(StudyError, match="--instrument spak"):
        new_study(earlier.root, "2023", "2021", ready=["spak"])
    assert not earlier.other("2023").raw.exists()


def test_an_earlier_study_at_fault_is_told_and_nothing_is_left(earlier, change):
    change("population = 812", "populasi = 812")
    with pytest.raises(StudyError, match="mungkin maksudnya: population"):
        new_study(earlier.root, "2022", "2021")
    assert [path.name for path in earlier.raw.parent.iterdir()] == ["2021"]


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(StudyError, match="folder studi tidak dapat dibuat"):
        new_study(tmp_path, "2024")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


SCALARS = st.one_of(
    st.text(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
)
DOCUMENTS = st.recursive(
    st.dictionaries(st.text(), st.one_of(SCALARS, st.lists(SCALARS, max_size=3))),
    lambda inner: st.dictionaries(
        st.text(), st.one_of(SCALARS, inner, st.lists(inner, min_size=1, max_size=2))
    ),
    max_leaves=8,
)


@given(DOCUMENTS)
def test_toml_reads_back_as_it_was_written(document):
    assert tomllib.loads(toml(document), parse_float=Decimal) == document
