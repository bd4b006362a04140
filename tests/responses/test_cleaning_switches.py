"""The switches of [cleaning] and [[delivery.test]], each on a file written by hand."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.judging import Reason
from skm_analysis.responses.labels import BANDS
from skm_analysis.responses.storing import read_cleaned, write_cleaned
from skm_analysis.study.plan_lock import freeze
from skm_analysis.study.records import Cleaning, ExcludedRows, TrialRows

DOCUMENTED = Path(__file__).parents[2] / "docs" / "pembersihan.md"
TRIAL = (TrialRows(column="Nama", values=("tes", "Coba  Isi")),)


def scores(cleaned, unit="ngalau"):
    frame = cleaned.accepted[unit][["persyaratan", "prosedur", "biaya"]]
    blank = frame.astype(object).where(frame.notna(), None)
    return sorted(blank.values.tolist(), key=str)


def log_of(cleaned, *columns):
    return cleaned.deliveries[list(columns)].iloc[0].tolist()


def changes_of(cleaned):
    return {
        (each.column, each.rule): each.count
        for each in cleaned.changes.itertuples(index=False)
    }


def test_the_order_of_the_rules_is_the_documented_one():
    text = DOCUMENTED.read_text(encoding="utf-8")
    found = re.findall(r"^\| (\d+) \| `(\w+)`", text, re.MULTILINE)
    assert [int(place) for place, _ in found] == [*range(1, len(found) + 1)]
    assert [reason for _, reason in found] == list(Reason)


def test_the_documented_bands_are_those_that_may_be_decided():
    text = DOCUMENTED.read_text(encoding="utf-8")
    for variable, bands in BANDS.items():
        assert f"- `{variable}`: {', '.join(bands)}\n" in text


def test_declared_trial_rows_are_set_aside_before_any_other_rule(survey):
    survey.deliver(
        "Nama,U1,U2,U3\nTES,,,\n coba isi ,4,4,4\nTesa,4,4,4\nSiti,3,3,3\n",
        trials=TRIAL,
        drop=("Nama",),
    )
    assert survey.reasons() == {2: "test_row", 3: "test_row"}
    cleaned = survey.clean()
    assert log_of(cleaned, "rows_read", "accepted", "set_aside") == [4, 2, 2]
    # What was tried with can be counted in again, to see what it would change.
    assert cleaned.put_back["ngalau"]["reason"].tolist() == ["test_row"]


def test_an_id_that_holds_in_the_whole_unit_is_looked_for_in_all_its_files(survey):
    once = {"id_column": "NIK", "id_within": "unit", "not_applicable": ("lupa",)}
    survey.deliver("NIK,U1,U2,U3\n11,4,4,4\nlupa,1,2,3\nlupa,3,2,1\n", **once)
    survey.deliver("NIK,U1,U2,U3\n12,3,3,3\n11,1,1,1\n11,9,1,1\n", "b.csv", **once)
    survey.deliver("NIK,U1,U2,U3\n11,2,2,2\n", "c.csv", id_column="NIK")
    set_aside = survey.clean().set_aside
    told = [*zip(set_aside["delivery"], set_aside["row"], strict=True)]
    assert told == [("responses/b.csv", 3), ("responses/b.csv", 4)]
    assert set_aside["reason"].tolist() == ["duplicate", "out_of_scale"]


def test_ids_that_come_again_in_another_file_are_counted_where_they_stay(survey):
    once = {"id_column": "NIK", "id_within": "unit"}
    survey.deliver("NIK,U1,U2,U3\n11,4,4,4\n12,4,4,4\n", **once)
    survey.deliver("NIK,U1,U2,U3\n11,3,3,3\n13,1,1,1\n13,2,2,2\n", "b.csv", **once)
    survey.change(cleaning=Cleaning(duplicates="report"))
    cleaned = survey.clean()
    assert cleaned.deliveries["set_aside"].tolist() == [0, 0]
    assert cleaned.deliveries["repeated_id"].tolist() == [0, 2]


def test_a_long_number_is_the_same_id_however_it_is_grouped(survey):
    numbers = "1374010101900001", "1374 0101 0190 0001", "1374-0101.01900001"
    others = "1 12", "11 2", "1-12", "112"
    rows = "".join(f"{number},4,4,4\n" for number in (*numbers, *others))
    survey.deliver(f"NIK,U1,U2,U3\n{rows}", id_column="NIK")
    assert survey.reasons() == {3: "duplicate", 4: "duplicate"}


def test_rows_that_the_office_asks_to_leave_out_have_a_reason_of_their_own(survey):
    staff = ExcludedRows(column="Ket", values=("pegawai",), reason="Pegawai sendiri")
    young = ExcludedRows(column="Ket", values=("16 th",), reason="Di bawah umur")
    survey.deliver(
        "Nama,Ket,U1,U2,U3\nTES,Pegawai,4,4,4\nA, pegawai ,4,4,4\n"
        "B,16 th,9,,\nC,,3,3,3\n",
        trials=TRIAL,
        excluded=(staff, young),
        drop=("Nama",),
    )
    # A trial is one first; whatever else is wrong with a row comes later.
    assert survey.reasons() == {2: "test_row", 3: "excluded", 4: "excluded"}
    cleaned = survey.clean()
    assert log_of(cleaned, "rows_read", "accepted", "set_aside") == [4, 1, 3]
    assert cleaned.deliveries["unread"].tolist() == [""]


def test_a_column_of_trials_that_is_not_there_is_refused(survey):
    survey.deliver("U1,U2,U3\n4,4,4\n", trials=TRIAL)
    with pytest.raises(DeliveryError, match=r"'Nama' untuk baris uji coba tidak ada"):
        survey.clean()


@pytest.mark.parametrize(
    ("switches", "aside", "kept", "logged"),
    [
        ({}, {2: "out_of_scale", 3: "not_whole_number"}, [[4, 4, 4]], {}),
        (
            {"out_of_scale": "answer"},
            {3: "not_whole_number"},
            [[4, 4, 4], [None, 4, 4]],
            {("persyaratan", "out_of_scale"): 1},
        ),
        (
            {"not_whole_number": "answer"},
            {2: "out_of_scale"},
            [[4, 4, 4], [4, None, 4]],
            {("prosedur", "not_whole_number"): 1},
        ),
    ],
)
def test_an_answer_that_is_no_score_spoils_what_the_study_says(
    survey, switches, aside, kept, logged
):
    survey.change(cleaning=Cleaning(**switches))
    survey.deliver('U1,U2,U3\n5,4,4\n4,"3,5",4\n4,4,4\n')
    assert survey.reasons() == aside
    assert scores(survey.clean()) == kept
    assert changes_of(survey.clean()) == logged


def test_a_sheet_whose_every_answer_is_emptied_is_empty(survey):
    survey.change(cleaning=Cleaning(out_of_scale="answer"))
    survey.deliver("U1,U2,U3\n5,6,7\n5,6,4\n")
    assert survey.reasons() == {2: "empty", 3: "too_few_items"}
    assert survey.clean().put_back["ngalau"]["reason"].tolist() == ["too_few_items"]


def test_the_response_number_does_not_follow_from_a_switch(survey):
    survey.deliver("U1,U2,U3\n5,4,4\n4,4,4\n")
    strict = survey.clean()
    survey.change(cleaning=Cleaning(out_of_scale="answer"))
    lenient = survey.clean()
    numbers = [*strict.accepted["ngalau"]["response"], *strict.set_aside["response"]]
    assert sorted(numbers) == lenient.accepted["ngalau"]["response"].tolist()


def test_rows_of_another_time_can_be_reported_instead_of_set_aside(survey):
    survey.deliver(
        "Tanggal,U1,U2,U3\n2020-12-31,4,4,4\nkemarin,3,3,3\n2021-05-05,2,2,2\n",
        period_column="Tanggal",
    )
    assert survey.reasons() == {2: "out_of_period", 3: "unread_day"}
    assert log_of(survey.clean(), "outside_period") == [0]
    survey.change(cleaning=Cleaning(out_of_period="report"))
    assert survey.reasons() == {}
    assert log_of(survey.clean(), "accepted", "outside_period") == [3, 2]


ALIKE = (
    "No,Nama,U1,U2,U3\n"
    "1,A,4,4,4\n1,B,3,3,3\n2,C,4,4,4\n2,C,4,4,4\n3,D,5,4,4\n3,D,5,4,4\n"
)


@pytest.mark.parametrize(
    ("rule", "aside"), [("id", [3, 5]), ("row", [5]), ("report", [])]
)
def test_repeated_ids_and_rows_are_counted_under_every_rule(survey, rule, aside):
    """Rows 6 and 7 cannot be used: nobody is reported for answering twice with them."""
    survey.change(cleaning=Cleaning(duplicates=rule))
    survey.deliver(ALIKE, id_column="No")
    found = [row for row, why in survey.reasons().items() if why == "duplicate"]
    assert found == aside
    assert log_of(survey.clean(), "repeated_id", "repeated_row") == [2, 1]


def test_words_for_a_blank_are_counted_where_nobody_declared_them(survey):
    survey.deliver("U1,U2,U3\n-,4,4\nN/A,4,4\nTidak  diisi,4,4\nempat,4,4\n")
    assert survey.reasons() == dict.fromkeys((2, 3, 4, 5), "not_whole_number")
    assert log_of(survey.clean(), "blank_words") == [3]


def test_declared_words_for_a_blank_are_blanks(survey):
    survey.deliver("U1,U2,U3\n-,4,4\n-,-,-\n", not_applicable=("-",))
    assert survey.reasons() == {3: "empty"}
    assert log_of(survey.clean(), "blank_words") == [0]
    assert sum(changes_of(survey.clean()).values()) == 4


@pytest.mark.parametrize(
    ("now", "frozen", "rows"),
    [
        ({"out_of_scale": "answer"}, {}, [[4, 4, 4], [4, 4, 4]]),
        ({}, {"out_of_scale": "answer"}, [[4, 4, 4], [4, 4, 4], [None, 4, 4]]),
        ({"duplicates": "report"}, {"duplicates": "id"}, [[4, 4, 4]]),
        (
            {},
            {"minimum_items": Decimal("0.3")},
            [[4, 4, 4], [4, 4, 4], [4, None, None]],
        ),
    ],
)
def test_all_rows_are_judged_anew_under_a_rule_that_was_frozen(
    survey, now, frozen, rows
):
    survey.deliver("No,U1,U2,U3\n1,4,4,4\n1,4,4,4\n2,5,4,4\n3,4,,\n", id_column="No")
    usual = Cleaning(duplicates="report")
    survey.change(cleaning=replace(usual, **frozen))
    freeze(survey.places, survey.study)
    survey.change(cleaning=replace(usual, **now))
    cleaned = survey.clean()
    [rule] = {*now, *frozen}
    then = cleaned.under_frozen[rule.replace("_", "-")]
    assert scores(cleaned._replace(accepted=then)) == rows
    write_cleaned(survey.places, survey.study, cleaned)
    again = read_cleaned(survey.places, survey.study).under_frozen
    assert again.keys() == cleaned.under_frozen.keys()
    assert scores(cleaned._replace(accepted=again[rule.replace("_", "-")])) == rows


def test_without_a_changed_rule_nothing_is_judged_anew(survey):
    survey.deliver("U1,U2,U3\n4,4,4\n")
    freeze(survey.places, survey.study)
    assert survey.clean().under_frozen == {}
