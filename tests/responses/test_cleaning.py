import pytest

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.judging import RULES, Reason
from skm_analysis.responses.labels import REASONS
from skm_analysis.study.records import Cleaning

HEAD = "No,Unit,Tanggal,U1,U2,U3\n"


def scores(cleaned, unit="ngalau"):
    frame = cleaned.accepted[unit][["persyaratan", "prosedur", "biaya"]]
    return sorted(
        frame.astype(object).where(frame.notna(), None).values.tolist(), key=str
    )


def test_every_rule_has_a_label():
    assert set(REASONS) == {reason.value for reason in Reason}
    assert [reason for reason, _ in RULES] + [Reason.DUPLICATE] == list(Reason)


def test_each_row_is_accepted_or_set_aside_with_one_reason(survey):
    survey.deliver(
        HEAD
        + "1,ngalau,2021-03-01,4,4,4\n"
        + "1,ngalau,2021-03-01,4,4,4\n"  # the same respondent again
        + "2,ngalau,2021-03-01,,,\n"  # nothing answered
        + "3,ngalau,2021-03-01,4,,\n"  # one of three
        + "4,ngalau,2021-03-01,5,4,4\n"
        + '5,ngalau,2021-03-01,4,"3,5",4\n'
        + "6,entah,2021-03-01,4,4,4\n"
        + "7,ngalau,2020-12-31,4,4,4\n"
        + "8,ngalau,kemarin,4,4,4\n"
        + "9,ngalau,2021-12-31,3,,2\n"
        + "10,ngalau,2021-01-01,2,2,2\n",
        unit=None,
        unit_column="Unit",
        id_column="No",
        period_column="Tanggal",
    )
    assert survey.reasons() == {
        3: "duplicate",
        4: "empty",
        5: "too_few_items",
        6: "out_of_scale",
        7: "not_whole_number",
        8: "unknown_unit",
        9: "out_of_period",
        10: "unread_day",
    }
    cleaned = survey.clean()
    assert scores(cleaned) == [[2, 2, 2], [3, None, 2], [4, 4, 4]]
    log = cleaned.deliveries.iloc[0]
    assert (log["rows_read"], log["accepted"], log["set_aside"]) == (11, 3, 8)


def test_the_first_rule_that_applies_wins(survey):
    survey.deliver("U1,U2,U3\n5,-,\n-,,\n")
    assert survey.reasons() == {2: "out_of_scale", 3: "not_whole_number"}


def test_every_unit_has_a_table_even_without_a_delivery(survey):
    cleaned = survey.clean()
    assert {unit: len(frame) for unit, frame in cleaned.accepted.items()} == {
        "ngalau": 0,
        "ganting": 0,
    }
    assert list(cleaned.accepted["ganting"].columns) == [
        "response", "source", "stratum", "cluster", "day", "counter", "period",
        "persyaratan", "prosedur", "biaya",
    ]  # fmt: skip


def test_a_header_without_rows_gives_an_empty_unit(survey):
    survey.deliver("U1,U2,U3\n")
    cleaned = survey.clean()
    assert len(cleaned.accepted["ngalau"]) == 0
    assert cleaned.deliveries["rows_read"].tolist() == [0]


@pytest.mark.parametrize(("rule", "rows"), [("id", [3]), ("row", [5]), ("report", [])])
def test_duplicates_are_set_aside_as_the_study_says(survey, rule, rows):
    survey.change(cleaning=Cleaning(duplicates=rule))
    survey.deliver(
        "No,Nama,U1,U2,U3\n1,A,4,4,4\n1,B,3,3,3\n2,C,4,4,4\n2,C,4,4,4\n"
        if rule == "row"
        else "No,Nama,U1,U2,U3\n1,A,4,4,4\n1,B,3,3,3\n2,C,4,4,4\n,C,4,4,4\n,C,4,4,4\n",
        id_column="No",
    )
    assert survey.reasons() == dict.fromkeys(rows, "duplicate")


def test_equal_answers_of_two_people_are_no_duplicates(survey):
    survey.deliver("U1,U2,U3\n4,4,4\n4,4,4\n")
    accepted = survey.clean().accepted["ngalau"]
    assert len(accepted) == 2
    assert accepted["response"].nunique() == 2


def test_a_respondent_whose_first_sheet_was_unusable_is_not_lost(survey):
    survey.deliver("No,U1,U2,U3\n1,,,\n1,4,4,4\n1,3,3,3\n", id_column="No")
    assert survey.reasons() == {2: "empty", 4: "duplicate"}


def test_the_same_id_in_two_deliveries_is_two_people(survey):
    survey.deliver("No,U1,U2,U3\n1,4,4,4\n", "a.csv", id_column="No")
    survey.deliver("No,U1,U2,U3\n1,3,3,3\n", "b.csv", id_column="No")
    assert survey.reasons() == {}
    assert survey.clean().accepted["ngalau"]["response"].nunique() == 2


def test_internal_answers_are_kept_and_told_apart(survey):
    survey.deliver("U1,U2,U3\n4,4,4\n", "a.csv")
    survey.deliver("U1,U2,U3\n4,4,4\n\n", "b.csv", source="internal")
    accepted = survey.clean().accepted["ngalau"]
    assert sorted(accepted["source"]) == ["external", "internal"]


@pytest.mark.parametrize(
    ("share", "accepted"), [("0.34", 2), ("0.5", 2), ("0.67", 1), ("1", 1), ("0.3", 3)]
)
def test_the_least_share_of_items_is_the_studys(survey, share, accepted):
    survey.change(
        cleaning=Cleaning(minimum_items=type(survey.study.confidence_level)(share))
    )
    survey.deliver("U1,U2,U3\n4,4,4\n4,4,\n4,,\n")
    assert len(survey.clean().accepted["ngalau"]) == accepted


def test_a_unit_is_known_by_its_id_its_name_or_as_declared(survey):
    text = "Unit,U1,U2,U3\nngalau,4,4,4\nunit  GANTING,4,4,4\n01,4,4,4\n,4,4,4\n"
    survey.deliver(text, unit=None, unit_column="Unit")
    assert survey.reasons() == {4: "unknown_unit", 5: "unknown_unit"}
    assert survey.clean().set_aside["unit"].tolist() == ["", ""]


def test_a_declared_spelling_is_the_only_one(survey):
    text = "Unit,U1,U2,U3\nngalau,4,4,4\n01,4,4,4\n"
    survey.deliver(text, unit=None, unit_column="Unit", units={"01": "ngalau"})
    assert survey.reasons() == {2: "unknown_unit"}


def test_a_date_or_a_period_id_tells_period_and_stratum(survey):
    survey.halves()
    text = "Waktu,U1,U2,U3\n30/06/2021,4,4,4\n2021-s2,3,3,3\n1 Juli 2021,2,2,2\n"
    survey.deliver(text, period_column="Waktu")
    accepted = survey.clean().accepted["ngalau"]
    told = accepted.set_index("biaya")[["period", "stratum"]].to_dict("index")
    assert told == {
        4: {"period": "2021-S1", "stratum": "2021-S1"},
        3: {"period": "2021-S2", "stratum": "2021-S2"},
        2: {"period": "2021-S2", "stratum": "2021-S2"},
    }


def test_a_row_of_no_stratum_is_set_aside_where_there_are_strata(survey):
    survey.halves()
    text = "Semester,U1,U2,U3\n2021-S1,4,4,4\nlain,4,4,4\n,4,4,4\n"
    survey.deliver(text, stratum_column="Semester")
    assert survey.reasons() == {3: "unknown_stratum", 4: "unknown_stratum"}


def test_a_stratum_is_not_asked_of_a_unit_without_strata(survey):
    survey.deliver("Semester,U1,U2,U3\nlain,4,4,4\n", stratum_column="Semester")
    assert survey.clean().accepted["ngalau"]["stratum"].tolist() == [""]


def test_conversions_are_counted_per_column_and_rule(survey):
    survey.deliver('U1,U2,U3\n"4,0",mudah,4\n4.0,4,gratis\n')
    changes = survey.clean().changes
    assert set(changes.itertuples(index=False, name=None)) == {
        ("responses/a.csv", "persyaratan", "digits", 2),
        ("responses/a.csv", "prosedur", "spelling", 1),
        ("responses/a.csv", "biaya", "spelling", 1),
    }


def test_missing_files_are_told_all_at_once_with_where_to_look(survey):
    for name in ("a.csv", "b.xlsx"):
        survey.deliver("", name).unlink()
    with pytest.raises(DeliveryError, match="skm check 2021") as refused:
        survey.clean()
    assert "data/raw/2021/responses/a.csv" in str(refused.value)
    assert "data/raw/2021/responses/b.xlsx" in str(refused.value)


def test_bad_files_are_told_all_at_once(survey):
    survey.deliver("", "a.csv")
    survey.deliver("U1,U2\n4,4\n", "b.csv")
    with pytest.raises(DeliveryError) as refused:
        survey.clean()
    assert "a.csv: berkasnya kosong" in str(refused.value)
    assert "b.csv: kolom 'U3' untuk biaya tidak ada" in str(refused.value)


def test_missing_columns_are_told_with_what_is_there(survey):
    survey.deliver("Persyaratan,U2,U 3,Umur\n4,4,4,30\n", profile={"age": "Usia"})
    with pytest.raises(DeliveryError) as refused:
        survey.clean()
    assert str(refused.value) == (
        "data/raw/2021/responses/a.csv: kolom 'U1' untuk persyaratan tidak ada.\n"
        "  kolom 'U3' untuk biaya tidak ada.\n"
        "  kolom 'Usia' untuk age tidak ada.\n"
        "  kolom pada berkas: Persyaratan, U2, U 3, Umur\n"
        "  mungkin maksudnya: U 3\n"
        "  perbaiki [delivery.columns], [delivery.profile] di study.toml: tulis judul "
        "kolom seperti pada berkas."
    )


def test_an_item_that_the_unit_asks_but_the_delivery_does_not_name_is_refused(survey):
    survey.deliver("U1,U2\n4,4\n", columns={"persyaratan": "U1", "prosedur": "U2"})
    with pytest.raises(DeliveryError, match="kolom untuk biaya tidak disebutkan"):
        survey.clean()


def test_columns_that_look_alike_are_not_chosen_from(survey):
    survey.deliver("U1,U2,u1 ,U3\n4,4,1,4\n")
    with pytest.raises(DeliveryError, match="lebih dari satu kali"):
        survey.clean()


def test_a_repeated_column_serves_once_the_other_is_named(survey):
    survey.deliver("U1,U2,U1,U3\n4,4,1,4\n", drop=("U1 (2)",))
    assert scores(survey.clean()) == [[4, 4, 4]]


def test_a_delivery_that_is_replaced_is_not_read(survey):
    survey.deliver("", "a.csv").unlink()
    survey.deliver("U1,U2,U3\n4,4,4\n", "b.csv", replaces="responses/a.csv")
    assert survey.clean().deliveries["delivery"].tolist() == ["responses/b.csv"]


def test_nothing_but_the_contracts_columns_is_kept(survey):
    survey.deliver(
        "Timestamp,Nama,No HP,Usia,Petugas,Saran,U1,U2,U3,Catatan\n"
        "2021-03-01,Siti Kanari,081200000000,30,Budi,telepon 0812,4,4,4,ya\n",
        id_column="Timestamp",
        cluster_column="Petugas",
        comment_column="Saran",
        profile={"age": "Usia"},
        drop=("Nama",),
    )
    cleaned = survey.clean()
    accepted = cleaned.accepted["ngalau"]
    assert list(accepted.columns) == [
        "response", "source", "stratum", "cluster", "day", "counter", "period",
        "persyaratan", "prosedur", "biaya", "age",
    ]  # fmt: skip
    assert accepted["age"].tolist() == ["26–35"]
    told = accepted.to_csv() + cleaned.set_aside.to_csv() + cleaned.changes.to_csv()
    for value in ("Siti", "Kanari", "0812", "Budi", "telepon"):
        assert value not in told
    assert cleaned.deliveries["unread"].tolist() == ["No HP | Catatan"]


def test_what_is_dropped_by_the_code_of_its_question_is_not_left_unread(survey):
    survey.deliver('U1,U2,U3,"seed. Seed",lain\n4,4,4,77,x\n', drop=("seed",))
    assert survey.clean().deliveries["unread"].tolist() == ["lain"]


def test_the_same_file_twice_is_refused(survey):
    survey.deliver("U1,U2,U3\n4,4,4\n", "a.csv")
    survey.deliver("U1,U2,U3\n4,4,4\n", "b.csv")
    with pytest.raises(
        DeliveryError, match=r"b\.csv: isinya sama persis dengan .*a\.csv"
    ):
        survey.clean()


def test_an_internal_survey_needs_no_strata(survey):
    survey.halves()
    survey.deliver("U1,U2,U3\n4,4,4\n", source="internal")
    assert survey.reasons() == {}


def test_a_file_without_a_header_does_not_show_its_first_respondent(survey):
    survey.deliver("Siti Kanari,081200000000,4,4,4\nBudi,0813,3,3,3\n")
    with pytest.raises(DeliveryError, match="tidak berjudul kolom") as refused:
        survey.clean()
    assert "Kanari" not in str(refused.value)
    assert "0812" not in str(refused.value)


def test_a_header_that_may_name_somebody_is_told_by_its_place(survey):
    survey.deliver("U1,U2,U3,Catatan,Kinerja Bu Kanari\n4,4,4,x,4\n")
    assert survey.clean().deliveries["unread"].tolist() == ["Catatan | (kolom E)"]
    survey.deliver("Siti Kanari,L,a,b,c\nBudi,L,a,a,a\n", "b.csv")
    with pytest.raises(DeliveryError, match=r"kolom pada berkas") as refused:
        survey.clean()
    assert "(kolom A), L, a, b, c" in str(refused.value)
    assert "Kanari" not in str(refused.value)


def test_a_file_in_which_no_row_names_a_known_unit_is_refused(survey):
    text = "Unit,U1,U2,U3\nSiti Kanari,4,4,4\n,4,4,4\n"
    survey.deliver(text, unit=None, unit_column="Unit", units={"01": "ngalau"})
    with pytest.raises(DeliveryError, match=r"kolom 'Unit'.*(?s:.)*ngalau") as refused:
        survey.clean()
    assert "Kanari" not in str(refused.value)


def test_no_message_holds_an_answer(survey):
    survey.deliver(
        "Unit,U1,U2,U3\nSiti Kanari,Rahasia,4,4\nngalau,4,4,4\n",
        unit_column="Unit",
        unit=None,
    )
    assert survey.reasons() == {2: "unknown_unit"}
    survey.deliver('Unit,U1\nKanari,"Rahasia\n', "b.csv")
    with pytest.raises(DeliveryError) as refused:
        survey.clean()
    assert "Kanari" not in str(refused.value)
    assert "Rahasia" not in str(refused.value)


def test_two_empty_forms_are_not_the_same_answers_twice(survey):
    survey.deliver("U1,U2,U3\n", "a.csv")
    survey.deliver("U1,U2,U3\n", "b.csv")
    assert survey.clean().deliveries["rows_read"].tolist() == [0, 0]


def test_a_unit_has_the_bands_that_its_own_deliveries_declare(survey):
    survey.deliver("JK,U1,U2,U3\nL,4,4,4\n", "a.csv", profile={"sex": "JK"})
    survey.deliver("U1,U2,U3\n4,4,4\n", "b.csv", unit="ganting")
    accepted = survey.clean().accepted
    assert "sex" in accepted["ngalau"]
    assert "sex" not in accepted["ganting"]


def test_a_day_is_a_label_that_is_the_same_however_it_is_written(survey):
    survey.deliver(
        "Waktu,U1,U2,U3\n2021-03-01,4,4,4\n1 Maret 2021 09:12,4,4,3\n02/03/2021,4,4,2\n"
        "2021-S1,4,4,1\n",
        period_column="Waktu",
    )
    survey.halves()
    frame = survey.clean().accepted["ngalau"].set_index("biaya")
    day = frame["day"].to_dict()
    assert day[4] == day[3] != day[2]
    assert [len(day[score]) for score in (1, 2, 3, 4)] == [0, 8, 8, 8]
    assert not frame["day"].str.contains("2021").any()


def test_a_day_cannot_be_told_without_the_studys_secret(survey, new_survey):
    def days(of):
        of.deliver("Waktu,U1,U2,U3\n2021-03-01,4,4,4\n", period_column="Waktu")
        return of.clean().accepted["ngalau"]["day"].tolist()

    other = new_survey("other")
    (other.places.raw / "secret").write_text("f" * 64)
    assert days(survey) != days(other)


def test_desks_of_one_unit_are_told_apart_and_single_ones_are_not_named(survey):
    survey.deliver(
        "Loket,U1,U2,U3\nA,4,4,4\n b,4,4,3\nB,4,4,2\nC,4,4,1\n",
        unit=None,
        unit_column="Loket",
        units={"A": "ngalau", "B": "ngalau", "C": "ganting"},
    )
    accepted = survey.clean().accepted
    desk = accepted["ngalau"].set_index("biaya")["counter"].to_dict()
    assert desk[3] == desk[2] != desk[4]
    assert all(len(each) == 8 for each in desk.values())
    assert accepted["ganting"]["counter"].tolist() == [""]


def test_importance_is_read_like_the_item_and_never_sets_a_row_aside(survey):
    survey.deliver(
        "U1,U2,U3,H1,H3\n4,4,4,3,murah\n4,4,3,7,\n4,4,2,entah,4\n",
        importance={"biaya": "H3", "persyaratan": "H1"},
    )
    survey.deliver("U1,U2,U3\n4,4,1\n", "b.csv")
    cleaned = survey.clean()
    frame = cleaned.accepted["ngalau"].set_index("biaya")
    named = ["importance.persyaratan", "importance.biaya"]
    assert list(frame.columns)[-2:] == named
    told = frame[named].astype(object).where(frame[named].notna(), None)
    assert told.T.to_dict("list") == {
        4: [3, 3],
        3: [None, None],
        2: [None, 4],
        1: [None, None],
    }
    assert cleaned.set_aside.empty
    assert set(cleaned.changes.itertuples(index=False, name=None)) == {
        ("responses/a.csv", "importance.persyaratan", "no_importance", 2),
        ("responses/a.csv", "importance.biaya", "spelling", 1),
    }


def test_units_whose_deliveries_ask_no_importance_have_no_such_columns(survey):
    survey.deliver("U1,U2,U3,H1\n4,4,4,3\n", importance={"persyaratan": "H1"})
    survey.deliver("U1,U2,U3\n4,4,4\n", "b.csv", unit="ganting")
    accepted = survey.clean().accepted
    assert "importance.persyaratan" in accepted["ngalau"]
    assert not any(name.startswith("importance") for name in accepted["ganting"])
