"""One row per answer gives the same responses as one row per respondent."""

import pytest

from skm_analysis.errors import DeliveryError, StudyError
from skm_analysis.study.records import LongForm

LONG = LongForm(respondent="Responden", item="Butir", answer="Jawaban")
HEAD = "Responden,Tanggal,Butir,Jawaban\n"
ONE = "R-1,2021-03-01,U1,4\nR-1,2021-03-01,U2,3\nR-1,2021-03-01,U3,2\n"
TWO = "R-2,2021-03-02,U1,1\nR-2,2021-03-02,U3,4\n"


@pytest.fixture
def rows(survey):
    """The accepted answers by row, after delivering `text`."""

    def rows(text: str, **given: object) -> dict[int, list[object]]:
        survey.deliver(HEAD + text, long=LONG, **given)
        cleaned = survey.clean()
        frame = cleaned.accepted["ngalau"].merge(cleaned.crosswalk, on="response")
        items = frame[["persyaratan", "prosedur", "biaya"]].astype(object)
        told = items.where(items.notna(), None).values.tolist()
        return dict(sorted(zip(frame["row"], told, strict=True)))

    return rows


def test_a_respondent_is_one_row_with_the_number_of_the_first(rows, survey):
    assert rows(ONE + TWO) == {2: [4, 3, 2], 5: [1, None, 4]}
    (log,) = survey.clean().deliveries.to_dict("records")
    assert (log["rows_read"], log["accepted"]) == (2, 2)
    assert log["format"].endswith("bentuk panjang dari 5 baris")
    assert log["unread"] == "Tanggal"


def test_the_order_of_the_rows_does_not_matter(rows):
    one, two = ONE.splitlines(True), TWO.splitlines(True)
    mixed = "".join([two[1], one[2], one[0], two[0], one[1]])
    assert rows(mixed) == {2: [1, None, 4], 3: [4, 3, 2]}


def test_the_same_answer_twice_is_one_and_is_told(rows, survey):
    assert rows(ONE + "R-1,2021-03-01,U2,3 \nR-1,2021-03-01,U2,\n") == {2: [4, 3, 2]}
    changes = survey.clean().changes
    assert changes[["rule", "count"]].values.tolist() == [["same_answer", 1]]


@pytest.mark.parametrize(
    "again", ["R-1,2021-03-01,U2,4\n", "R-1,2021-03-09,U2,3\n"], ids=["answer", "day"]
)
def test_between_unlike_answers_nothing_is_chosen(rows, survey, again):
    assert rows(ONE + TWO + again, period_column="Tanggal") == {5: [1, None, 4]}
    assert survey.reasons() == {2: "two_answers"}
    assert survey.clean().put_back == {}


def test_times_of_one_day_are_the_same_day(rows):
    text = ONE.replace("2021-03-01,U3", "2021-03-01T09:59:59+07:00,U3")
    assert rows(text, period_column="Tanggal") == {2: [4, 3, 2]}


def test_an_answer_that_nobody_gave_is_a_row_of_its_own(rows, survey):
    assert rows(ONE + ",2021-03-01,U1,4\n,,U2,4\n") == {2: [4, 3, 2]}
    assert survey.reasons() == {5: "no_respondent", 6: "no_respondent"}


def test_items_that_are_not_named_are_counted_but_not_told(rows, survey):
    assert rows(ONE + "R-1,2021-03-01,Nama,Budi\n") == {2: [4, 3, 2]}
    told = survey.clean().deliveries.iloc[0]
    assert "1 butir lain tidak dibaca" in told["format"]
    assert "Nama" not in told["unread"]


def test_a_profile_stands_in_a_column_or_among_the_items(survey):
    survey.deliver(
        "Responden,JK,Butir,Jawaban\n1,,U1,4\n1,L,U2,4\n1,,U3,4\n1,,Usia,23\n",
        long=LONG,
        profile={"sex": "JK", "age": "Usia"},
    )
    (row,) = survey.clean().accepted["ngalau"].to_dict("records")
    assert (row["sex"], row["age"]) == ("Laki-laki", "17–25")


def test_who_answered_is_the_respondents_id(rows, survey):
    rows(ONE + TWO)
    before = dict(survey.clean().crosswalk[["row", "response"]].values.tolist())
    survey.change(deliveries=())
    rows((ONE + TWO).replace("U2,3", "U2,1"))
    assert dict(survey.clean().crosswalk[["row", "response"]].values.tolist()) == before


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        (ONE.replace("U2", "Budi"), {}, "butir 'U2' tidak ada"),
        (ONE.replace("U2", "a/U2") + "R-1,,b/U2,3\n", {}, "'U2' cocok dengan beberapa"),
        (ONE, {"long": LongForm(respondent="R", item="I", answer="Jawaban")}, "'R'"),
    ],
)
def test_a_wrong_declaration_is_refused_without_what_stands_there(
    survey, text, given, said
):
    survey.deliver(HEAD + text, **{"long": LONG, **given})
    with pytest.raises(DeliveryError) as refused:
        survey.clean()
    assert said in str(refused.value)
    assert "Budi" not in str(refused.value)
    assert "R-1" not in str(refused.value)


def test_a_correction_names_the_respondents_row_and_the_item(rows, survey):
    survey.correct(("responses/a.csv", 2, "U2", "3", "4"))
    assert rows(ONE + TWO) == {2: [4, 4, 2], 5: [1, None, 4]}


FILE = "responses/a.csv"
AGAIN = "R-1,2021-03-01,U2,4\n"  # line 7, unlike line 3


@pytest.mark.parametrize(
    ("line", "old", "new", "said"),
    [(7, "4", "", 3), (3, "3", "", 4), (3, "3", "4", 4), (7, "4", "3", 3)],
)
def test_which_of_two_answers_is_wrong_a_correction_of_its_line_tells(
    rows, survey, line, old, new, said
):
    survey.correct((FILE, line, "Jawaban", old, new))
    assert rows(ONE + TWO + AGAIN) == {2: [4, said, 2], 5: [1, None, 4]}
    cleaned = survey.clean()
    assert cleaned.set_aside.empty
    assert cleaned.corrections[["row", "column"]].values.tolist() == [[2, "prosedur"]]
    assert cleaned.uncorrected["ngalau"]["prosedur"].isna().tolist() == [True]


def test_a_correction_of_a_line_moves_no_response_number(rows, survey):
    rows(ONE + TWO + AGAIN)
    before = survey.clean().crosswalk
    survey.correct((FILE, 7, "Jawaban", "4", ""))
    after = survey.clean()
    assert after.crosswalk.sort_values("row")["response"].tolist() == (
        before.sort_values("row")["response"].tolist()
    )


def test_an_unlike_day_is_corrected_on_its_line(rows, survey):
    day = "R-1,2021-03-09,U2,3\n"
    survey.correct((FILE, 7, "Tanggal", "2021-03-09", "2021-03-01"))
    given = {"period_column": "Tanggal"}
    assert rows(ONE + TWO + day, **given) == {2: [4, 3, 2], 5: [1, None, 4]}


def test_a_correction_of_a_line_gives_the_direction_of_its_item(rows, survey):
    survey.correct((FILE, 4, "Jawaban", "2", "1"))
    assert rows(ONE) == {2: [4, 3, 1]}
    told = survey.clean().corrections[["row", "column", "direction"]]
    assert told.values.tolist() == [[2, "biaya", "lowered"]]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ((2, "U2", "", "4"), "isiannya bertentangan"),
        ((7, "Jawaban", "1", "4"), "tidak berisi 'old'"),
        ((99, "Jawaban", "1", "4"), "bukan baris jawaban"),
        ((8, "Jawaban", "baik", "4"), "butir pada baris 8 tidak dibaca"),
    ],
)
def test_a_correction_that_would_do_nothing_is_refused(rows, survey, cell, said):
    survey.correct((FILE, *cell))
    with pytest.raises(StudyError, match=said):
        rows(ONE + TWO + AGAIN + "R-1,2021-03-01,U9,baik\n")
