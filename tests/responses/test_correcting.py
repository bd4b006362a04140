"""Corrections fall on the cell that was checked, or on none."""

import pytest

from skm_analysis.errors import DeliveryError, StudyError
from skm_analysis.responses.labels import RULES

ROWS = "No,JK,U1,U2,U3\n1,L,4,4,4\n2,P,3,3,3\n3,P,2,,5\n4,L,4,4,4\n"
FILE = "responses/a.csv"


@pytest.fixture
def delivered(survey):
    survey.deliver(ROWS, id_column="No", profile={"sex": "JK"})
    return survey


def answers(frame):
    items = ["persyaratan", "prosedur", "biaya"]
    return sorted(
        tuple(None if each is None else int(each) for each in row)
        for row in frame[items].astype(object).where(frame[items].notna(), None).values
    )


def test_a_corrected_cell_is_read_as_corrected_and_the_file_stays(delivered):
    raw = delivered.places.raw / FILE
    delivered.correct((FILE, 3, "U1", "3", "1"))
    assert (1, 3, 3) in answers(delivered.clean().accepted["ngalau"])
    assert raw.read_text() == ROWS


def test_the_rows_without_corrections_are_kept_beside(delivered):
    before = delivered.clean()
    assert not before.uncorrected
    delivered.correct((FILE, 3, "U1", "3", "1"))
    after = delivered.clean()
    assert after.uncorrected["ngalau"].equals(before.accepted["ngalau"])
    assert list(after.uncorrected) == ["ngalau"]


def test_a_correction_changes_no_response_number(delivered):
    before = delivered.clean()
    delivered.correct((FILE, 2, "No", "1", "9"), (FILE, 3, "U1", "3", "1"))
    after = delivered.clean()
    assert after.crosswalk.equals(before.crosswalk)


def test_each_correction_is_logged_with_its_direction_and_no_value(delivered):
    delivered.correct(
        (FILE, 2, "U1", "4", "3"),
        (FILE, 3, "u 1".replace(" ", ""), "3", "4"),
        (FILE, 4, "U2", "", "4"),  # a blank filled in
        (FILE, 4, "U3", "5", "4"),  # off the scale before
        (FILE, 5, "JK", "L", "P"),
    )
    cleaned = delivered.clean()
    told = cleaned.corrections
    assert list(told.columns) == [
        *("response", "delivery", "row", "unit", "column", "direction")
    ]
    assert told[["row", "column", "direction"]].values.tolist() == [
        [2, "persyaratan", "lowered"],
        [3, "persyaratan", "raised"],
        [4, "prosedur", "neither"],
        [4, "biaya", "neither"],
        [5, "sex", "neither"],
    ]
    assert set(told["unit"]) == {"ngalau"}
    numbers = cleaned.crosswalk.set_index("row")["response"]
    assert told["response"].tolist() == numbers.loc[told["row"]].tolist()
    counted = cleaned.changes[cleaned.changes["rule"] == "corrected"]
    assert dict(zip(counted["column"], counted["count"], strict=True)) == {
        "persyaratan": 2,
        "prosedur": 1,
        "biaya": 1,
        "sex": 1,
    }
    assert set(counted["rule"]) < set(RULES)


def test_a_correction_can_save_a_row_and_lose_one(delivered):
    assert delivered.reasons() == {4: "out_of_scale"}
    delivered.correct((FILE, 4, "U3", "5", "4"), (FILE, 5, "No", "4", "1"))
    assert delivered.reasons() == {5: "duplicate"}


def test_a_row_may_be_moved_to_another_unit(survey):
    survey.deliver(
        "Unit,U1,U2,U3\nngalau,4,4,4\nngalau,3,3,3\n", unit=None, unit_column="Unit"
    )
    survey.correct((FILE, 3, "Unit", "ngalau", "ganting"))
    cleaned = survey.clean()
    assert [len(cleaned.accepted[unit]) for unit in ("ngalau", "ganting")] == [1, 1]
    assert [len(cleaned.uncorrected[unit]) for unit in ("ngalau", "ganting")] == [2, 0]
    assert cleaned.corrections["unit"].tolist() == ["ganting"]


def test_corrections_that_fit_no_cell_are_told_at_once_without_any_value(delivered):
    delivered.correct(
        ("responses/x.csv", 2, "U1", "4", "3"),
        (FILE, 2, "U9", "4", "3"),
        (FILE, 99, "U1", "4", "3"),
        (FILE, 2, "U2", "Rahasia", "3"),
        (FILE, 2, "U1", "4", "4"),
        (FILE, 3, "U1", "3", "4"),
        (FILE, 3, "U1", "3", "2"),
    )
    with pytest.raises(StudyError) as refused:
        delivered.clean()
    told = str(refused.value)
    where = "data/raw/2021/decisions/corrections.csv baris "
    for line in (
        "2: berkas 'responses/x.csv' tidak ada pada [[delivery]].",
        "3: kolom 'U9' tidak dibaca dari berkas itu.",
        "4: baris 99 bukan baris jawaban pada data/raw/2021/responses/a.csv.",
        "5: kolom 'U2' baris 2 pada data/raw/2021/responses/a.csv tidak berisi 'old'.",
        "6: 'old' dan 'new' sama.",
        "8: sel ini sudah dibetulkan pada baris lain.",
    ):
        assert where + line in told
    assert "baris 7" not in told
    assert "Rahasia" not in told


def test_corrections_of_a_file_that_has_not_come_wait_for_it(delivered):
    delivered.deliver("U1,U2,U3\n4,4,4\n", "b.csv", unit="ganting").unlink()
    delivered.correct(("responses/b.csv", 2, "U1", "4", "3"))
    cleaned = delivered.clean_arrived(delivered.study.deliveries[0])
    assert cleaned.corrections.empty
    with pytest.raises(DeliveryError, match=r"b\.csv"):
        delivered.clean()


def test_a_correction_of_a_replaced_file_is_refused(delivered):
    delivered.deliver("U1,U2,U3\n1,1,1\n", "b.csv", replaces=FILE, reason="salah kirim")
    delivered.correct((FILE, 2, "U1", "4", "3"))
    with pytest.raises(StudyError, match="sudah digantikan"):
        delivered.clean()


def test_a_citizens_words_and_columns_that_are_not_read_cannot_be_corrected(survey):
    survey.deliver(
        "U1,U2,U3,Saran,Nama\n4,4,4,baik,Siti\n", comment_column="Saran", drop=("Nama",)
    )
    for column in ("Saran", "Nama"):
        survey.correct((FILE, 2, column, "baik", ""))
        with pytest.raises(StudyError, match="tidak dibaca"):
            survey.clean()


def test_importance_is_corrected_by_its_own_column(survey):
    survey.deliver("U1,U2,U3,H1\n4,4,4,1\n", importance={"persyaratan": "H1"})
    survey.correct((FILE, 2, "H1", "1", "4"))
    cleaned = survey.clean()
    frame = cleaned.accepted["ngalau"]
    assert frame["importance.persyaratan"].tolist() == [4]
    assert frame["persyaratan"].tolist() == [4]
    told = cleaned.corrections[["column", "direction"]].values.tolist()
    assert told == [["importance.persyaratan", "neither"]]


def test_set_aside_rows_with_valid_scores_can_be_put_back(survey):
    survey.deliver(
        "No,Unit,Tanggal,U1,U2,U3\n"
        "1,ngalau,2021-03-01,4,4,4\n"
        "1,ngalau,2021-03-01,4,4,3\n"  # the same respondent again
        "2,ngalau,2021-03-01,,,\n"
        "3,ngalau,2021-03-01,2,,\n"  # one of three
        "4,ngalau,2021-03-01,5,4,4\n"
        '5,ngalau,2021-03-01,4,"3,5",4\n'
        "6,entah,2021-03-01,4,4,4\n"
        "7,ngalau,2020-12-31,1,,4\n"
        "8,ngalau,2020-12-31,1,7,4\n",
        unit=None,
        unit_column="Unit",
        id_column="No",
        period_column="Tanggal",
    )
    cleaned = survey.clean()
    frame = cleaned.put_back["ngalau"]
    assert list(frame.columns) == [*cleaned.accepted["ngalau"].columns, "reason"]
    rows = frame.set_index("reason")[["persyaratan", "prosedur", "biaya"]]
    told = rows.astype(object).where(rows.notna(), None)
    assert {reason: list(row) for reason, row in told.iterrows()} == {
        "duplicate": [4, 4, 3],
        "too_few_items": [2, None, None],
        "out_of_period": [1, None, 4],
    }
    assert set(frame["response"]) < set(cleaned.set_aside["response"])
    assert list(cleaned.put_back) == ["ngalau"]


def test_a_row_with_too_many_fields_cannot_be_mended_cell_by_cell(survey):
    rows = ["4,4,4"] * 200
    rows[5] = "4,4,4,4"
    survey.deliver("U1,U2,U3\n" + "\n".join(rows))
    survey.correct((FILE, 7, "U1", "", "3"))
    with pytest.raises(StudyError, match="baris 7 mempunyai isian lebih atau kurang"):
        survey.clean()
