import struct

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.reading import read_table

OPTIONS = {1: "Tidak sesuai", 2: "Kurang sesuai", 3: "Sesuai", 4: "Sangat sesuai"}
COLUMNS = {"persyaratan": "u1", "prosedur": "Kemudahan prosedur", "biaya": "u3"}
ANSWERS = pd.DataFrame(
    {
        "kode": ["R-1", "R-2", "R-3", "R-4"],
        "jk": [1.0, 2.0, 2.0, None],
        "u1": [4.0, 3.0, 9.0, 1.0],
        "u2": [4.0, 3.5, 3.0, 2.0],
        "u3": [1.0, 2.0, 3.0, 4.0],
        "saran": ["baik\x1fsekali", "", "é ü", "\x1dx"],
    }
)
WHOLE = ANSWERS.assign(u2=[4.0, 2.0, 3.0, 2.0])
LABELS = {"kode": "Kode", "jk": "Jenis kelamin", "u2": "Kemudahan prosedur"}
SEX = {"jk": {1: "Laki-laki", 2: "Perempuan"}}


@pytest.fixture
def sav(tmp_path):
    """The bytes of an SPSS file."""

    def sav(frame=ANSWERS, suffix=".sav", values=SEX, **given):
        path = tmp_path / f"written{suffix}"
        given = {"column_labels": LABELS, "missing_ranges": {"u1": [9]}} | given
        pyreadstat.write_sav(
            frame,
            path,
            variable_value_labels=values,
            row_compress=suffix == ".sav",
            compress=suffix == ".zsav",
            **given,
        )
        return path.read_bytes()

    return sav


@pytest.fixture
def read(tmp_path):
    def read(data, suffix=".sav"):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        return read_table(path, f"data/a{suffix}")

    return read


@pytest.mark.parametrize("suffix", [".sav", ".zsav"])
def test_a_cell_is_the_value_and_a_missing_one_is_blank(sav, read, suffix):
    table = read(sav(suffix=suffix), suffix)
    assert table.header == ("kode", "jk", "u1", "u2", "u3", "saran")
    assert table.rows == (
        ("R-1", "1", "4", "4", "1", "baik\x1fsekali"),
        ("R-2", "2", "3", "3.5", "2", ""),
        ("R-3", "2", "", "3", "3", "é ü"),
        ("R-4", "", "1", "2", "4", "\x1dx"),
    )
    assert table.row_numbers == (1, 2, 3, 4)
    assert table.format == "SAV (SPSS), 6 variabel, UTF-8"
    assert [each.label for each in table.variables][1] == "Jenis kelamin"
    assert table.variables[1].values == {"1": "Laki-laki", "2": "Perempuan"}
    assert [each.user_missing for each in table.variables] == [0, 0, 1, 0, 0, 0]


def test_dates_are_told_as_in_a_workbook(sav, read):
    days = pd.DataFrame({"u1": [4.0, 3.0], "tgl": pd.to_datetime(["2021-05-04", None])})
    assert read(sav(days)).rows == (("4", "2021-05-04 00:00:00"), ("3", ""))


def test_a_column_is_named_by_its_variable_or_its_label(sav, survey):
    survey.deliver(sav(), "a.sav", columns=COLUMNS, profile={"sex": "JENIS KELAMIN"})
    accepted = survey.clean().accepted["ngalau"]
    told = sorted(zip(accepted["prosedur"], accepted["sex"].fillna(""), strict=True))
    # The 3.5 of the second sheet sets it aside.
    assert told == [(2, ""), (3, "Perempuan"), (4, "Laki-laki")]


def test_what_spss_calls_missing_and_what_labels_tell_is_logged(sav, survey):
    survey.deliver(sav(), "a.sav", columns=COLUMNS, profile={"sex": "jk"})
    log = survey.clean().changes
    lines = log[["column", "rule", "count"]].itertuples(index=False, name=None)
    assert ("persyaratan", "user_missing", 1) in (told := [*lines])
    assert ("sex", "value_label", 3) in told


def scores(survey, data):
    survey.deliver(data, "a.sav", columns=COLUMNS)
    return sorted(survey.clean().accepted["ngalau"]["persyaratan"].dropna())


def test_a_scale_coded_the_other_way_round_is_read_by_its_labels(sav, survey):
    turned = {5 - score: text for score, text in OPTIONS.items()}
    assert scores(survey, sav(WHOLE, values={"u1": turned})) == [1, 2, 4]


def test_labels_that_are_no_options_leave_the_numbers(sav, survey):
    faces = {1: "sedih", 2: "datar", 3: "senyum", 4: "gembira", 9: "TT"}
    assert scores(survey, sav(WHOLE, values={"u1": faces})) == [1, 3, 4]


def test_labels_of_which_some_contradict_their_numbers_are_refused(sav, survey):
    unclear = {1: "Sangat sesuai", 2: "bagus", 3: "lumayan", 4: "Tidak sesuai"}
    with pytest.raises(DeliveryError, match="'u1' tidak sejalan"):
        scores(survey, sav(WHOLE, values={"u1": unclear}))


def test_ranges_and_texts_may_be_missing_too(sav, read):
    frame = pd.DataFrame({"u1": [4.0, 97.0, 99.0, 100.0], "jk": ["L", "X", "P", "L"]})
    given = {"column_labels": {}, "values": {}}
    missing = {"u1": [{"lo": 97, "hi": 99}], "jk": ["X"]}
    table = read(sav(frame, missing_ranges=missing, **given))
    assert table.rows == (("4", "L"), ("", "P"), ("100", "L"))
    assert table.row_numbers == (1, 3, 4)


def test_a_text_in_another_encoding_than_the_file_says_is_refused(sav, read):
    data = sav().replace("é ü".encode(), b"\xe9 \xfc\xff\xfe")
    with pytest.raises(DeliveryError, match="encoding"):
        read(data)


def test_a_file_that_was_cut_off_is_refused(sav, read):
    data = sav()
    for length in (60, 200, len(data) // 2, len(data) - 20):
        with pytest.raises(DeliveryError, match="SPSS"):
            read(data[:length])


def test_a_claim_of_billions_of_cases_is_refused_or_not_believed(sav, read):
    data = bytearray(sav())
    struct.pack_into("<i", data, 80, 2**31 - 1)  # number of cases
    try:
        assert len(read(bytes(data)).rows) == 4
    except DeliveryError:
        return


def test_too_many_variables_are_refused(sav, read):
    wide = pd.DataFrame({f"v{i}": [1.0] for i in range(501)})
    with pytest.raises(DeliveryError, match="500 variabel"):
        read(sav(wide, column_labels={}, values={}, missing_ranges={}))


def test_a_variable_without_a_name_is_refused(tmp_path):
    pyreadstat.write_sav(ANSWERS, tmp_path / "a.sav", variable_value_labels=SEX)
    data = bytearray((tmp_path / "a.sav").read_bytes())
    data[700] = 128  # found by changing bytes at random
    (tmp_path / "a.sav").write_bytes(data)
    with pytest.raises(DeliveryError, match="rusak"):
        read_table(tmp_path / "a.sav", "a.sav")


@examples(12)
@given(st.data())
def test_changed_bytes_are_read_or_refused(tmp_path_factory, data):
    stream = tmp_path_factory.mktemp("a") / "a.sav"
    pyreadstat.write_sav(ANSWERS, stream, variable_value_labels=SEX)
    changed = bytearray(stream.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(4, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    stream.write_bytes(changed)
    try:
        table = read_table(stream, "a.sav")
    except DeliveryError:
        return
    assert {len(row) for row in table.rows} <= {len(table.header)}
