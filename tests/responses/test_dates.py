import json

import pytest

from skm_analysis.responses.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "2021-05-04",
        "2021-05-04 09:12:01",
        "2021-05-04T09:12:01",
        "04/05/2021",
        "4/5/2021",
        "04-05-2021",
        "4.5.2021",
        "2021/05/04 9:12:01 AM GMT+7",
        "4 Mei 2021",
        "Selasa, 4 Mei 2021",
        "04/05/2021 9:12:01",
        "4 MEI 2021",
        " 4  Mei 2021 ",
    ],
)
def test_a_day_is_read_with_the_day_before_the_month(text):
    assert read_date(text).isoformat() == "2021-05-04"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "05/13/2021",
        "Mei-21",
        "04/05/21",
        "31/02/2021",
        "44320",
        "2021",
        "kemarin",
        "4 Foo 2021",
        "2021-05-041",
    ],
)
def test_what_would_have_to_be_guessed_is_no_day(text):
    assert read_date(text) is None


def test_hostile_dates_end_as_they_should(shared):
    entries = json.loads((shared / "hostile" / "hostile_inputs.json").read_text())
    for entry in entries["inputs"]:
        # A day in the future is a day; that it is outside the study is seen later.
        if entry["kind"] == "date" and entry["id"] != "date-future":
            assert (read_date(entry["value"]) is not None) == (
                entry["expect"] == "keep"
            ), entry["id"]
