import json
from dataclasses import replace
from datetime import date

import pytest

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.dates import are_month_first, read_date


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


MIXED = {
    "month first": (["5/4/2021 9:00:00", "5/13/2021 9:00:00"], True),
    "day first": (["5/4/2021", "13/5/2021"], False),
    "one stray date": (["5/4/2021", "13/5/2021", "5/13/2021"], False),
    "nothing read otherwise": (["5/13/2021", "4/4/2021"], False),
    "the year first": (["2021-05-13T09:12:01.000+07:00", "2021-05-04 09:00:00"], False),
}


@pytest.mark.parametrize(("texts", "month_first"), MIXED.values(), ids=MIXED)
def test_a_column_is_month_first_where_day_first_would_misread_it(texts, month_first):
    assert are_month_first(texts) is month_first


def test_dates_of_an_english_form_are_refused_until_they_are_declared(survey):
    text = "Timestamp,U1,U2,U3\n2/3/2021 9:12:01,4,4,4\n3/13/2021 10:03:11,4,4,4\n"
    survey.deliver(text, period_column="Timestamp")
    with pytest.raises(DeliveryError, match="month-first") as refused:
        survey.clean()
    assert "13" not in str(refused.value)
    survey.change(deliveries=())
    survey.change(start=date(2021, 2, 3), end=date(2021, 3, 12))
    survey.deliver(text, period_column="Timestamp", date_order="month-first")
    assert survey.reasons() == {3: "out_of_period"}


def test_numbers_by_which_excel_counts_days_are_refused_until_declared(survey):
    text = (
        "Tanggal,U1,U2,U3\n44260,4,4,4\n44561.75,3,3,3\n3/5/2021,2,2,2\n44562,1,1,1\n"
    )
    survey.deliver(text, period_column="Tanggal")
    with pytest.raises(DeliveryError, match='date_order = "excel-number"') as refused:
        survey.clean()
    assert "44561" not in str(refused.value)
    survey.change(deliveries=())
    survey.deliver(text, period_column="Tanggal", date_order="excel-number")
    assert survey.reasons() == {5: "out_of_period"}  # 1 January 2022


def test_one_number_among_many_days_is_a_row_on_no_day(survey):
    days = "".join(f"2021-03-{day:02},4,4,4\n" for day in range(1, 25))
    survey.deliver(f"Tanggal,U1,U2,U3\n{days}44260,4,4,4\n", period_column="Tanggal")
    assert survey.reasons() == {26: "unread_day"}


BOTH = "".join(f"{day}/5/2021,4,4,4\n" for day in (4, 5, 13, 20))


def test_a_file_with_days_in_both_orders_is_refused(survey):
    swapped = "".join(f"5/{day}/2021,4,4,4\n" for day in (13, 14, 31))
    path = survey.deliver(f"Tanggal,U1,U2,U3\n{BOTH}{swapped}", period_column="Tanggal")
    with pytest.raises(DeliveryError, match="tahun di depan") as refused:
        survey.clean()
    assert "31" not in str(refused.value)
    # Two such days are slips, and say nothing of the others.
    path.write_text(f"Tanggal,U1,U2,U3\n{BOTH}{swapped[:30]}", encoding="utf-8")
    assert survey.reasons() == {6: "unread_day", 7: "unread_day"}


def test_a_slip_in_a_file_that_declares_the_month_first_is_a_slip(survey):
    text = "5/13/2021 5/14/2021 5/31/2021 4/5/2021 13/5/2021"
    days = "".join(f"{day},4,4,4\n" for day in text.split())
    given = {"period_column": "Tanggal", "date_order": "month-first"}
    path = survey.deliver(f"Tanggal,U1,U2,U3\n{days}", **given)
    assert survey.reasons() == {6: "unread_day"}
    path.write_text(
        f"Tanggal,U1,U2,U3\n{days}14/5/2021,4,4,4\n15/5/2021,4,4,4\n", encoding="utf-8"
    )
    with pytest.raises(DeliveryError, match="tahun di depan"):
        survey.clean()


def test_an_office_may_be_asked_for_some_of_the_days_alone(survey):
    days = ("2021-02-28", "2021-03-01", "2021-04-30", "2021-05-01")
    survey.deliver(
        "Tanggal,U1,U2,U3\n" + "".join(f"{day},4,4,4\n" for day in days),
        period_column="Tanggal",
        start=date(2021, 3, 1),
        end=date(2021, 4, 30),
    )
    assert survey.reasons() == {2: "out_of_period", 5: "out_of_period"}
    survey.change(deliveries=(replace(survey.study.deliveries[0], end=None),))
    assert survey.reasons() == {2: "out_of_period"}


def test_a_period_that_the_study_does_not_name_is_another_time(survey):
    survey.halves()
    survey.deliver(
        "Kapan,U1,U2,U3\n2021-S1,4,4,4\n2020-S2,4,4,4\n,4,4,4\n04/05/21,4,4,4\n",
        period_column="Kapan",
    )
    assert survey.reasons() == {3: "out_of_period", 4: "unread_day", 5: "unread_day"}
