"""The committed example studies are exactly what their generator writes."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from skm_analysis.study.frozen_rules import changes
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import read_lock

GENERATOR = Path(__file__).parent
RAW = GENERATOR.parents[1] / "data" / "raw"
MADE = (
    "study.toml",
    "secret",
    "instruments/*",
    "responses/*",
    "decisions/corrections.csv",
    "plan.lock",
    "received.csv",
)
YEARS = ("2020", "2021")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for pattern in MADE
        for path in sorted(folder.glob(pattern))
    }


def _study(year: str) -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((RAW / year / "study.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the generator writes in a far time zone."""
    folder = tmp_path_factory.mktemp("raw")
    subprocess.run(
        [sys.executable, str(GENERATOR), str(folder)],
        check=True,
        env={**os.environ, "TZ": "Pacific/Apia"},
    )
    return folder


@pytest.mark.parametrize("year", YEARS)
def test_the_committed_files_are_the_generators_output_byte_for_byte(
    made: Path, year: str
) -> None:
    written, committed = _files(made / year), _files(RAW / year)
    assert written.keys() == committed.keys()
    different = [name for name in written if written[name] != committed[name]]
    assert different == []


@pytest.mark.parametrize("year", YEARS)
def test_every_delivered_file_is_declared(year: str) -> None:
    deliveries = _study(year)["delivery"]
    declared = {each["file"] for each in deliveries}
    declared |= {each["replaces"] for each in deliveries if "replaces" in each}
    present = {
        f"responses/{path.name}" for path in (RAW / year / "responses").iterdir()
    }
    assert present == declared


def test_the_example_has_the_shape_of_the_citys_study() -> None:
    this_year, last_year = (_study(year)["unit"] for year in ("2021", "2020"))
    kinds = [unit["kind"] for unit in this_year]
    sampling = [unit["sampling"] for unit in this_year]
    assert [kinds.count(kind) for kind in ("kelurahan", "puskesmas", "opd")] == [
        16,
        4,
        10,
    ]
    assert sampling.count("systematic") == 10
    assert sampling.count("census") == 1
    ids, earlier = ({u["id"] for u in units} for units in (this_year, last_year))
    assert len(ids - earlier) == 1
    assert earlier < ids


def test_the_rules_of_2021_were_frozen_before_any_answer_came_and_kept() -> None:
    places = Places(RAW.parents[1], "2021")
    lock = read_lock(places)
    assert lock is not None
    assert lock.received == 0
    assert changes(lock.rules, load_study(places)) == ()
    assert read_lock(places.other("2020")) is None


def test_phone_numbers_in_the_example_are_nobodys() -> None:
    for path in (RAW / "2021" / "responses").glob("*.csv"):
        text = path.read_bytes().decode("latin-1")
        numbers = re.findall(r"\b08\d\d[\d-]{6,}", text)
        assert [each for each in numbers if not each.startswith("0800-000-")] == []
