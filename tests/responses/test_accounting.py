import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

answers = st.sampled_from(["1", "4", "4,0", "", "5", "3,5", "-", "Gratis", " 2", "x"])
rows = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3", ""]), *[answers] * 3), max_size=12
)


@examples(60)
@given(rows=rows)
def test_rows_read_are_accepted_or_set_aside(survey, rows):
    survey.change(deliveries=())
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    text = "\n".join(["No,U1,U2,U3", *lines]) + "\n"
    survey.deliver(text, id_column="No")
    cleaned = survey.clean()
    log = cleaned.deliveries.iloc[0]
    accepted = cleaned.accepted["ngalau"]
    written = sum(any(cell.strip() for cell in row) for row in rows)
    assert log["rows_read"] == written
    assert log["rows_read"] == log["accepted"] + log["set_aside"]
    assert (log["accepted"], log["set_aside"]) == (
        len(accepted),
        len(cleaned.set_aside),
    )
    assert len(cleaned.crosswalk) == written
    assert cleaned.crosswalk["response"].is_unique


def test_a_broken_row_is_set_aside_whatever_else_it_would_be(survey):
    survey.deliver(
        "Unit,U1,U2,U3\nngalau,4,4,4\nngalau,4,4\nngalau,4,4,4,ya\nngalau,3,3,3\n",
        unit=None,
        unit_column="Unit",
    )
    assert survey.reasons() == {3: "ragged_row", 4: "ragged_row"}
    cleaned = survey.clean()
    assert len(cleaned.accepted["ngalau"]) == 2
    assert cleaned.put_back == {}
    log = cleaned.deliveries.iloc[0]
    assert (log["rows_read"], log["accepted"], log["set_aside"]) == (4, 2, 2)
    assert cleaned.set_aside["response"].is_unique


@pytest.mark.parametrize(
    ("keys", "reasons"),
    [
        ({}, {4: "too_few_items"}),
        ({"period_column": "submitdate"}, {3: "unread_day", 4: "unread_day"}),
    ],
)
def test_unfinished_responses_of_limesurvey_are_told_and_judged(survey, keys, reasons):
    survey.deliver(
        "id,submitdate,lastpage,U1,U2,U3\n"
        "1,2021-03-01 09:12:01,2,4,4,4\n2,,1,4,4,\n3,,1,4,,\n",
        **keys,
    )
    assert survey.reasons() == reasons
    (told,) = survey.clean().deliveries["format"]
    assert "2 baris tidak selesai diisi" in told
