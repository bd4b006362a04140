"""One question in two columns, as a form that branches delivers it."""

import pytest

from skm_analysis.errors import DeliveryError

BRANCHED = (
    "Layanan,U1 KTP,U2,U3,U1 KK\n"
    "KTP,4,4,4,\nKK,,3,3,2\nKTP,3,3,3,3 \nKTP,4,2,2,1\nKK,,1,1,\n"
)
SEVERAL = {
    "columns": {"persyaratan": "U1 KTP", "prosedur": "U2", "biaya": "U3"},
    "further_columns": {"persyaratan": ("U1 KK",)},
    "drop": ("Layanan",),
}


def test_whichever_column_holds_an_answer_is_read(survey):
    survey.deliver(BRANCHED, **SEVERAL)
    assert survey.reasons() == {}
    cleaned = survey.clean()
    rows = cleaned.crosswalk.merge(cleaned.accepted["ngalau"], on="response")
    assert rows.sort_values("row")["persyaratan"].tolist()[:3] == [4, 2, 3]
    # Answered twice and not alike, or not at all: no answer.
    assert rows.sort_values("row")["persyaratan"].isna().tolist()[3:] == [True, True]
    told = cleaned.changes.set_index("rule")["count"]
    assert told["two_columns"] == 1
    assert cleaned.deliveries["unread"].tolist() == [""]


def test_the_same_header_twice_is_named_with_its_number(survey):
    text = BRANCHED.replace("U1 KTP", "U1").replace("U1 KK", "U1")
    given = {**SEVERAL, "columns": {**SEVERAL["columns"], "persyaratan": "U1"}}
    survey.deliver(text, **{**given, "further_columns": {"persyaratan": ("U1 (2)",)}})
    cleaned = survey.clean()
    assert cleaned.accepted["ngalau"]["persyaratan"].notna().sum() == 3


def test_a_further_column_that_is_not_there_is_told(survey):
    survey.deliver(BRANCHED, **{**SEVERAL, "further_columns": {"biaya": ("U9",)}})
    with pytest.raises(DeliveryError, match="kolom 'U9' untuk biaya tidak ada"):
        survey.clean()


TICKED = (
    "No,JK,JK,U1,U1,U1,U1,U2,U3\n"
    ",L,P,1,2,3,4,,\n"
    "1,√,,,,v,,4,4\n"
    "2,,√,,,,V ,4,4\n"
    "3,√,√,x,,,√,4,4\n"
    "4,,,,,,,4,4\n"
)
TICKS = {
    "ticks": ("√", "v", "x"),
    "columns": {"persyaratan": "U1 / 1", "prosedur": "U2", "biaya": "U3"},
    "further_columns": {"persyaratan": ("U1 / 2", "U1 / 3", "U1 / 4")},
    "profile": {"sex": "JK / L"},
    "further_profile": {"sex": ("P",)},
    "serial_column": "No",
}


def test_a_tick_says_what_stands_above_its_column(survey):
    survey.deliver(TICKED, **TICKS)
    cleaned = survey.clean()
    rows = cleaned.crosswalk.merge(cleaned.accepted["ngalau"], on="response")
    rows = rows.sort_values("row")
    assert rows["persyaratan"].tolist()[:2] == [3, 4]
    assert rows["sex"].tolist()[:2] == ["Laki-laki", "Perempuan"]
    # Two ticks, or none, say nothing.
    assert rows["persyaratan"].isna().tolist()[2:] == [True, True]
    assert rows["sex"].tolist()[2:] == ["", ""]
    told = cleaned.changes.set_index(["column", "rule"])["count"]
    assert told["persyaratan", "two_columns"] == told["sex", "two_columns"] == 1
    assert cleaned.deliveries["unread"].tolist() == [""]


def test_a_sign_that_is_not_declared_is_no_tick(survey):
    alone = TICKED.replace("3,√,√,x,,,√", "3,√,√,x,,,")
    survey.deliver(alone, **{**TICKS, "ticks": ("√", "v")})
    assert survey.reasons() == {5: "not_whole_number"}
