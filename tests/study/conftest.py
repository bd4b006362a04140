"""A small sound study on disk, with one thing changed by each test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

STUDY = """\
format = 1

[study]
title = "Survei Kepuasan Masyarakat"
year = 2021
institution = "Pemerintah Kota"
start = 2021-01-01
end = 2021-12-31

[[unit]]
id = "kel-ngalau"
name = "Kelurahan Ngalau"
kind = "kelurahan"
instrument = "dua-butir"
population = 812

[[delivery]]
file = "responses/ngalau.csv"
unit = "kel-ngalau"
[delivery.columns]
persyaratan = "U1"
parkir = "U2"
"""

INSTRUMENT = """\
format = 1
title = "Dua butir"
scale = [1, 4]
bands = "permenpanrb-14-2017"

[[item]]
key = "persyaratan"
unsur = "persyaratan"
label = "Persyaratan"
question = "Bagaimana persyaratannya?"
options = ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"]

[[item]]
key = "parkir"
label = "Parkir"
question = "Bagaimana parkirnya?"
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path, "2021")
    places.instruments.mkdir(parents=True)
    places.study_file.write_text(STUDY, encoding="utf-8")
    (places.instruments / "dua-butir.toml").write_text(INSTRUMENT, encoding="utf-8")
    return places


@pytest.fixture
def change(places: Places) -> Callable[..., None]:
    """Write `new` for the one place where a file says `old`."""

    def change(old: str, new: str, file: str = "study.toml") -> None:
        path = places.raw / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.fixture
def problems(places: Places) -> Callable[[], tuple[str, ...]]:
    """What loading tells; empty when the study is sound."""

    def problems() -> tuple[str, ...]:
        try:
            load_study(places)
        except StudyError as error:
            return error.problems
        return ()

    return problems
