"""Whatever stands in the files: a study, or a StudyError that a terminal can show."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skm_analysis.errors import StudyError
from skm_analysis.study.followup import COLUMNS, read_recommendations
from skm_analysis.study.history import read_history
from skm_analysis.study.loading import load_study
from skm_analysis.study.records import Study

any_example = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def told(error):
    """The problems, once it is sure that they are fit to be shown."""
    assert error.problems
    assert all(sign.isprintable() or sign == "\n" for sign in str(error))
    return error.problems


def load(places):
    try:
        return load_study(places)
    except StudyError as error:
        return told(error)


@any_example
@given(st.binary(max_size=300))
def test_any_bytes_give_a_study_or_its_faults(places, content):
    places.study_file.write_bytes(content)
    assert load(places)


ODD_VALUES = (
    *("nan", "-inf", "-0.0", "1e999999999999999999999", "1e-999999999", "1e400000000"),
    *("9" * 5000, "0x" + "f" * 5000, "true", "[]", "{}", "[[1]]", "{a = {b = 1}}"),
    *("1979-05-27T07:32:00Z", "07:32:00", '"1/0"', "'''\n'''", '"../../etc/passwd"'),
    *("[" * 2000 + "]" * 2000, '"' + "x" * 100_000 + '"'),
)
VALUES = st.one_of(
    st.sampled_from(ODD_VALUES),
    st.text(max_size=20).map(json.dumps),
    st.integers().map(str),
    st.floats().map(repr),
    st.dates().map(str),
)
LINES = st.integers(0, 40)


@any_example
@given(st.lists(st.tuples(LINES, VALUES), min_size=1, max_size=3))
def test_any_value_for_any_key_gives_a_study_or_its_faults(places, changes):
    sound = places.study_file.read_text(encoding="utf-8")
    lines = sound.splitlines()
    for number, value in changes:
        key, equals, _ = lines[number % len(lines)].partition(" = ")
        if equals:
            lines[number % len(lines)] = f"{key} = {value}"
    try:
        places.study_file.write_text("\n".join(lines), encoding="utf-8")
        assert isinstance(load(places), Study | tuple)
    finally:
        places.study_file.write_text(sound, encoding="utf-8")


@any_example
@given(st.integers(0, 30), VALUES)
def test_any_value_in_an_instrument_gives_a_study_or_its_faults(places, number, value):
    path = places.instruments / "dua-butir.toml"
    sound = path.read_text(encoding="utf-8")
    lines = sound.splitlines()
    key, _, _ = lines[number % len(lines)].partition(" = ")
    lines[number % len(lines)] = f"{key} = {value}"
    try:
        path.write_text("\n".join(lines), encoding="utf-8")
        assert isinstance(load(places), Study | tuple)
    finally:
        path.write_text(sound, encoding="utf-8")


@any_example
@given(st.binary(max_size=200))
def test_any_bytes_in_a_list_give_its_rows_or_its_faults(places, content):
    for head in (b"", ",".join(COLUMNS).encode() + b"\n"):
        for path in (places.recommendations, places.history):
            path.write_bytes(head + content)
        for read in (read_recommendations, read_history):
            try:
                assert isinstance(read(places), tuple)
            except StudyError as error:
                told(error)


def test_sixty_thousand_units_at_fault_are_told_in_short(places):
    with places.study_file.open("a", encoding="utf-8") as file:
        file.writelines(f"[[unit]]\nid='{n}'\n" for n in range(60_000))
    start = time.perf_counter()
    problems = load(places)
    assert len(problems) == 101
    assert "masalah lain lagi" in problems[-1]
    assert time.perf_counter() - start < 30


def test_a_file_too_large_is_not_read(places):
    with places.study_file.open("ab") as file:
        file.write(b"#" * 3_000_000)
    [problem] = load(places)
    assert "lebih dari 2 MB" in problem


@pytest.mark.parametrize("name", ["study.toml", "instruments/dua-butir.toml"])
def test_a_folder_in_place_of_a_file_is_told(places, name):
    (places.raw / name).unlink()
    (places.raw / name).mkdir()
    assert any("bukan berkas biasa" in each for each in load(places))
