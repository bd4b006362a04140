"""From a study on disk to its estimates table and back."""

import pytest

from skm_analysis.estimates import tables
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.responses.storing import write_cleaned
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

STUDY = """
format = 1
[study]
title = "Survei"
year = {year}
institution = "Kota"
start = {year}-01-01
end = {year}-12-31
{previous}
[[unit]]
id = "kel-ngalau"
name = "Kelurahan Ngalau"
kind = "kelurahan"
instrument = "satu"
population = 812
[[delivery]]
file = "responses/ngalau.csv"
unit = "kel-ngalau"
id_column = "No"
[delivery.columns]
persyaratan = "U1"
"""
INSTRUMENT = """
format = 1
title = "Satu butir"
scale = [1, 4]
bands = "permenpanrb-14-2017"
[[item]]
key = "persyaratan"
unsur = "persyaratan"
label = "Persyaratan"
question = "Bagaimana persyaratannya?"
"""


def write_study(root, year, answers, previous=""):
    places = Places(root, str(year))
    for folder in ("instruments", "responses"):
        (places.raw / folder).mkdir(parents=True)
    text = STUDY.format(year=year, previous=previous)
    (places.raw / "study.toml").write_text(text, encoding="utf-8")
    (places.raw / "instruments/satu.toml").write_text(INSTRUMENT, encoding="utf-8")
    lines = [f"{number},{answer}" for number, answer in enumerate(answers)]
    (places.raw / "responses/ngalau.csv").write_text(
        "\n".join(["No,U1", *lines, ""]), encoding="utf-8"
    )
    return places


@pytest.fixture
def places(tmp_path):
    write_study(tmp_path, 2020, [3] * 40)
    places = write_study(tmp_path, 2021, [4, 3] * 20, 'previous = "2020"')
    study = load_study(places)
    write_cleaned(places, study, clean_study(places, study))
    return places


def test_the_table_is_made_from_the_cleaned_tables_and_the_earlier_raw_files(places):
    rows = tables.make(places)
    assert rows["unit.kel-ngalau.ikm"].value == 87.5
    assert rows["unit.kel-ngalau.ikm@previous"].value == 75
    assert rows["unit.kel-ngalau.change"].value == 12.5


def test_what_is_loaded_is_what_was_made(places):
    made = tables.make(places)
    assert list(tables.load(places)) == list(made)


def test_made_twice_the_bytes_are_the_same(places):
    tables.make(places)
    first = (places.processed / tables.NAME).read_bytes()
    tables.make(places)
    assert (places.processed / tables.NAME).read_bytes() == first


def test_the_answers_that_a_change_rests_on_stay_as_long_as_it_is_made(places):
    tables.make(places)
    kept = places.processed / "previous/responses/kel-ngalau.csv"
    assert kept.read_text().splitlines()[1:] == ["external,,,3"] * 40
    record = places.raw / "study.toml"
    record.write_text(record.read_text().replace('previous = "2020"', ""))
    tables.make(places)
    assert not (places.processed / "previous").exists()
