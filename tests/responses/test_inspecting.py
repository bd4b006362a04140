"""What files of many dialects hold, and that nothing of a person is told."""

import csv
import tempfile
import tomllib
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

from skm_analysis.responses.answer_meanings import meanings_of
from skm_analysis.responses.column_contents import contents_of
from skm_analysis.responses.column_kinds import Role, SeenColumn
from skm_analysis.responses.delivery_blocks import block, same_header
from skm_analysis.responses.dialects import Dialect
from skm_analysis.responses.inspecting import expect, look_at
from skm_analysis.responses.proposing import Proposal
from skm_analysis.study.catalogue import catalogue

NINE = catalogue()["skm-2017"]
PEOPLE = ("Siti Zulaikha", "Budi Hartanto", "Yusuf Malik", "Rahmawati Putri")


def write_csv(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def write_xlsx(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def look(path, sheet=None):
    return look_at(path, path.name, f"responses/{path.name}", expect(None), sheet)


def one(path):
    looked = look(path)
    assert looked.problem == ""
    (seen,) = looked.tables
    return seen


def roles(seen):
    return {column.header: column.role for column in seen.columns}


def delivery(seen):
    (found,) = tomllib.loads(block(seen))["delivery"]
    return found


@pytest.fixture
def google_forms(tmp_path):
    header = ["Timestamp", "Nama Lengkap", "Nomor HP / WhatsApp", "Jenis Kelamin"]
    header += ["Usia", *(item.question for item in NINE.items), "Saran dan masukan"]
    rows = [
        [f"0{day}/03/2021 10:24:13", person, "0812-3456-7890", "L", 30 + day]
        + [item.options[3 - day % 2] for item in NINE.items]
        + ["Terima kasih Bu Zulaikha"]
        for day, person in enumerate(PEOPLE, start=1)
    ]
    return write_csv(tmp_path / "formulir.csv", header, rows)


def test_google_forms_gives_a_whole_delivery(google_forms):
    seen = one(google_forms)
    assert (seen.dialect, seen.rows) == (Dialect.GOOGLE_FORMS, 4)
    told = delivery(seen)
    assert told["id_column"] == told["period_column"] == "Timestamp"
    assert told["drop"] == ["Nama Lengkap", "Nomor HP / WhatsApp"]
    assert told["comment_column"] == "Saran dan masukan"
    assert told["columns"] == {item.key: item.question for item in NINE.items}
    assert told["profile"] == {"sex": "Jenis Kelamin", "age": "Usia"}
    assert "answers" not in told  # the item's own options say what they mean


def test_option_texts_are_counted(google_forms):
    seen = one(google_forms)
    (cost,) = [x for x in seen.columns if "biaya/tarif" in x.header]
    assert dict(cost.contents.tally) == {"Gratis": 2, "Murah": 2}


def test_a_value_that_spss_labels_as_no_answer_is_none_of_the_scale(tmp_path):
    labels = {4: "Sangat baik", 1: "Tidak baik", 9: "Tidak menjawab"}
    frame = pd.DataFrame({"u1": [4, 1, 9, 9], "u2": [3, 2, 4, 9]})
    path = tmp_path / "rsud.sav"
    pyreadstat.write_sav(frame, path, variable_value_labels={"u1": labels})
    seen = one(path)
    assert seen.meanings.perhaps == ("9",)
    assert dict(seen.columns[0].contents.tally) == {"1": 1, "4": 1}
    # The 9 of the other question has no label: it is shown as what it is.
    assert dict(seen.columns[1].contents.tally)["9"] == 1
    assert '# not_applicable = ["9"]' in block(seen)


def test_kobotoolbox_drops_its_own_columns(tmp_path):
    header = ["start", "end", "profil/nama", "profil/jk", "skm/u1", "skm/u2", "_id"]
    header += ["_uuid", "_submission_time", "_lokasi_latitude"]
    times = ["2021-03-01T09:00:00", "2021-03-01T09:04:00"]
    rows = [
        [*times, person, "L", 4, 3, 7000 + i, f"7f-{i}", times[1], "-0.4650123"]
        for i, person in enumerate(PEOPLE)
    ]
    seen = one(write_xlsx(tmp_path / "kobo.xlsx", data=[header, *rows]))
    assert seen.dialect is Dialect.KOBO
    # A form that was sent twice has two _id, and one _uuid.
    assert roles(seen)["_id"] is Role.TOOL
    assert roles(seen)["_uuid"] is Role.ID
    assert roles(seen)["profil/nama"] is Role.DROP
    assert roles(seen)["_lokasi_latitude"] is Role.DROP
    assert roles(seen)["skm/u1"] is Role.QUESTION
    # What KoboToolbox calls the time of submission is a day early before seven.
    assert roles(seen)["_submission_time"] is Role.TOOL
    assert roles(seen)["start"] is Role.PERIOD


def test_limesurvey_reads_the_question_behind_its_code(tmp_path):
    header = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page"]
    header = ["id", "submitdate", "lastpage", "startlanguage", "ipaddr"]
    header += [f"U{n}. {item.question}" for n, item in enumerate(NINE.items, start=1)]
    rows = [
        [n, "2021-03-01 09:00:00", 3, "id", "10.1.2.3"] + [4] * 9 for n in range(1, 5)
    ]
    seen = one(write_csv(tmp_path / "lime.csv", header, rows))
    assert seen.dialect is Dialect.LIMESURVEY
    assert roles(seen)["ipaddr"] is Role.DROP
    assert set(seen.proposal.sure) == set(NINE.keys)


def test_limesurveys_own_codes_are_no_plates_of_cars(tmp_path):
    header = ["Response ID", "Date submitted", "G01Q01. Jenis kelamin"]
    header += [
        f"G02Q02[SQ00{n}]. Nilai kami [{x}]" for n, x in ((1, "Prosedur"), (2, "Biaya"))
    ]
    header += ["Saran. Tuliskan saran Anda", "Jumlah"]
    rows = [
        [n, f"2021-04-0{n} 08:00:00", "Perempuan", "Baik", "Kurang baik", "", 20 + n]
        for n in range(1, 9)
    ]
    seen = one(write_csv(tmp_path / "lime.csv", header, rows))
    assert [column.shown for column in seen.columns] == header
    told = delivery(seen)
    assert told["columns"] == {"prosedur": "G02Q02[SQ001]", "biaya": "G02Q02[SQ002]"}
    assert told["profile"] == {"sex": "G01Q01"}
    assert told["comment_column"] == "Saran"


def test_the_worksheet_leaves_its_sums_out_and_asks_for_the_eighth(tmp_path):
    rows = [["PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT"], []]
    rows += [["No. Resp", *(f"U{n}" for n in range(1, 10))]]
    rows += [[number, *([3, 4, 4] * 3)] for number in range(1, 13)]
    rows += [["Jumlah", *[40] * 9]]
    seen = one(write_xlsx(tmp_path / "olah.xlsx", Sheet1=rows))
    assert (seen.dialect, seen.rows) == (Dialect.WORKSHEET, 12)
    assert roles(seen)["No. Resp"] is Role.SERIAL
    told = delivery(seen)
    assert told["columns"] == {
        item.key: f"U{n}" for n, item in enumerate(NINE.items[:7], start=1)
    }
    assert block(seen).count('# sarana = "U8"') == 1
    assert block(seen).count('# pengaduan = "U8"') == 1
    assert block(seen).count('# maklumat = "U8"') == 1


def test_groups_before_a_question_leave_it_the_question_that_it_is(tmp_path):
    """As KoboToolbox exports labels with groups, in a form of RSUD's own wording."""
    asked = {
        "prosedur": "2. Bagaimana penilaian Bapak/Ibu atas prosedur pelayanan di RSUD?",
        "waktu": "3. Bagaimana penilaian Bapak/Ibu atas kecepatan waktu pelayanan?",
        "biaya": "4. Bagaimana penilaian Bapak/Ibu atas kewajaran biaya/tarif?",
    }
    header = [f"grup_unsur/{question}" for question in asked.values()]
    answers = [["Kurang mudah", "Cepat", "Gratis"], ["Mudah", "Cepat", "Murah"]] * 3
    rows = [[n, f"7f-{n}", *each] for n, each in enumerate(answers, start=1)]
    seen = one(write_csv(tmp_path / "rsud.csv", ["_id", "_uuid", *header], rows))
    assert delivery(seen)["columns"] == dict(zip(asked, header, strict=True))


@pytest.mark.parametrize("group", ["unsur/u", "penilaian/q", "a/b/u"])
def test_kobotoolbox_may_send_the_names_of_questions_and_answers(tmp_path, group):
    """Made of their labels: u1_persyaratan, sangat_sesuai."""
    header = [f"{group}{n}_{key}" for n, key in enumerate(NINE.keys, start=1)]
    rows = [
        [
            n,
            f"7f-{n}",
            *(item.options[n % 4].lower().replace(" ", "_") for item in NINE.items),
        ]
        for n in range(12)
    ]
    seen = one(write_csv(tmp_path / "kobo.csv", ["_id", "_uuid", *header], rows))
    assert delivery(seen)["columns"] == dict(zip(NINE.keys, header, strict=True))
    assert "item_answers" not in delivery(seen)
    assert "sangat_sesuai" in dict(seen.asked[0].contents.tally)


def test_the_long_form_may_hold_the_options_of_all_questions(tmp_path):
    rows = [
        [f"ID{person}", item.label, item.options[(person + at) % 4]]
        for person in range(12)
        for at, item in enumerate(NINE.items)
    ]
    header = ["kode_responden", "unsur", "jawaban"]
    told = delivery(one(write_csv(tmp_path / "p.csv", header, rows)))
    roles = ("respondent", "item", "answer")
    assert told["long"] == dict(zip(roles, header, strict=True))
    assert set(told["columns"]) == set(NINE.keys)


def test_the_long_form_names_its_three_columns(tmp_path):
    rows = [
        [person, key, 3 + person % 2]
        for person in range(1, 9)
        for key in ("persyaratan", "prosedur", "waktu")
    ]
    path = write_csv(tmp_path / "p.csv", ["id responden", "unsur", "nilai"], rows)
    seen = one(path)
    assert seen.dialect is Dialect.LONG
    told = delivery(seen)
    assert told["long"] == {
        "respondent": "id responden",
        "item": "unsur",
        "answer": "nilai",
    }
    assert told["columns"] == {
        "persyaratan": "persyaratan",
        "prosedur": "prosedur",
        "waktu": "waktu",
    }


@pytest.mark.parametrize(
    ("header", "dialect"), [("NO_SOAL", Dialect.LONG), ("BLOK", Dialect.OWN)]
)
def test_bare_numbers_are_questions_where_their_column_says_so(
    tmp_path, header, dialect
):
    rows = [
        [700 + person, number, 3 + person % 2]
        for person in range(12)
        for number in range(1, 10)
    ]
    path = write_csv(tmp_path / "p.csv", ["ID_RESP", header, "JAWABAN"], rows)
    seen = one(path)
    assert seen.dialect is dialect
    if dialect is Dialect.LONG:
        told = block(seen)
        assert 'item = "NO_SOAL"' in told
        assert '# sarana = "8"' in told  # which of two orders, a person decides
        assert '# sarana = "9"' in told


def test_an_application_export_with_letters(tmp_path):
    header = ["no", "periode", "loket", *(f"U{n}" for n in range(1, 10))]
    rows = [[n, "2021-S1", 20 + n % 2, *"ddcddbdad"] for n in range(1, 9)]
    seen = one(write_csv(tmp_path / "ekspor.csv", header, rows))
    assert seen.dialect is Dialect.ESKM
    told = delivery(seen)
    assert "answers" not in told  # in some offices a is the best answer
    assert "# [delivery.answers]\n# a = 1\n# b = 2\n# c = 3\n# d = 4" in block(seen)
    assert "unit_column" not in told  # a counter may be a unit or not
    assert '# unit_column = "loket"' in block(seen)


def test_an_own_table_with_a_column_of_units(tmp_path):
    header = ["Tanggal", "Unit Layanan", "Keramahan petugas", "Kebersihan toilet"]
    rows = [["1/3/2021", f"Kelurahan {'AB'[n % 2]}", 4, 3] for n in range(12)]
    seen = one(write_csv(tmp_path / "tabel.csv", header, rows))
    assert seen.dialect is Dialect.OWN
    assert dict(seen.written.units) == {"Kelurahan A": "", "Kelurahan B": ""}
    assert seen.proposal.sure == {"perilaku": 2}
    assert seen.proposal.unmatched == (3,)
    assert '# ? = "Kebersihan toilet"' in block(seen)


def test_names_of_spss_are_shown_whatever_they_are(tmp_path):
    table = pd.DataFrame({"pend": [1.0, 2.0] * 4, "zulaikha1": [3.0, 4.0] * 4})
    labels = ["Pendidikan terakhir", "Bagaimana keramahan Bu Zulaikha?"]
    pyreadstat.write_sav(table, tmp_path / "a.sav", column_labels=labels)
    seen = one(tmp_path / "a.sav")
    assert [column.shown for column in seen.columns] == ["pend", "zulaikha1"]
    assert delivery(seen)["profile"] == {"education": "pend"}


def test_spss_goes_by_its_labels(tmp_path):
    table = pd.DataFrame({"v1": [4.0, 3.0, 4.0], "v2": [3.0, 3.0, 4.0]})
    labels = [NINE.items[0].question, NINE.items[3].question]
    pyreadstat.write_sav(table, tmp_path / "a.sav", column_labels=labels)
    seen = one(tmp_path / "a.sav")
    assert seen.dialect is Dialect.SPSS
    assert delivery(seen)["columns"] == {"persyaratan": "v1", "biaya": "v2"}


def test_every_sheet_with_answers_has_its_block(tmp_path):
    rows = [["No", "Persyaratan", "Biaya/Tarif"], [1, 4, 4], [2, 3, 4]]
    notes = [["Catatan"], ["Terima kasih"]]
    book = write_xlsx(tmp_path / "b.xlsx", Ngalau=rows, Ganting=rows, Catatan=notes)
    looked = look(book)
    assert [seen.sheet for seen in looked.tables] == ["Ngalau", "Ganting"]
    assert looked.other_sheets == 1
    assert 'sheet = "Ngalau"' in block(looked.tables[0])
    assert [x.sheet for x in look(book, "Ganting").tables] == [""]


@pytest.mark.parametrize(
    ("name", "dialect", "sure"),
    [
        ("google-forms.csv", Dialect.GOOGLE_FORMS, 9),
        ("limesurvey.csv", Dialect.LIMESURVEY, 9),
        ("bentuk-panjang.csv", Dialect.LONG, 7),
        ("csv-tiga-baris-judul.csv", Dialect.OWN, 7),
    ],
)
def test_what_is_proposed_for_a_committed_dialect_is_what_is_declared(
    name, dialect, sure
):
    path = Path(__file__).parent / "dialects" / name
    declared = tomllib.loads(path.with_suffix(".toml").read_text())["delivery"][0]
    seen = one(path)
    told = delivery(seen)
    assert seen.dialect is dialect
    assert len(told["columns"]) == sure
    assert told["columns"].items() <= declared["columns"].items()
    for key in ("period_column", "profile", "long"):
        assert told.get(key) == declared.get(key)


def test_a_refused_file_tells_why(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7")
    looked = look(tmp_path / "a.csv")
    assert looked.tables == ()
    assert "PDF" in looked.problem


def test_files_with_the_same_columns_are_named_together(tmp_path):
    rows = [[1, 4, 3]]
    header = ["No", "Persyaratan", "Prosedur"]
    paths = [write_csv(tmp_path / f"{x}.csv", header, rows) for x in "abc"]
    other = write_csv(tmp_path / "d.csv", [*header[:2], "Biaya"], rows)
    assert same_header([one(path) for path in (*paths, other)]) == [
        ("a.csv", "b.csv", "c.csv")
    ]


def test_options_of_no_instrument_are_asked_for_in_the_order_they_show(tmp_path):
    answers = ["Tidak memuaskan", "Memuaskan", "Sangat memuaskan"] * 4
    path = write_csv(tmp_path / "a.csv", ["Persyaratan"], [[x] for x in answers])
    text = block(one(path))
    assert '# "Tidak memuaskan" = 1\n# Memuaskan = 3\n# "Sangat memuaskan" = 4' in text
    assert "answers" not in tomllib.loads(text)["delivery"][0]


def test_answers_with_the_options_of_another_instrument_get_their_scores(tmp_path):
    answers = ["Tidak wajar", "Wajar", "Sangat wajar"]  # biaya as asked in 2014
    path = write_csv(tmp_path / "a.csv", ["Biaya/Tarif"], [[x] for x in answers * 3])
    assert delivery(one(path))["item_answers"] == {
        "biaya": {"Tidak wajar": 1, "Wajar": 3, "Sangat wajar": 4}
    }


def test_degrees_of_agreement_are_asked_for_in_their_order(tmp_path):
    header = ["No", "Persyaratan", "Prosedur"]
    answers = ["STS TS", "S SS", "SS TS"] * 4
    rows = [[n, *each.split()] for n, each in enumerate(answers, start=1)]
    seen = one(write_csv(tmp_path / "setuju.csv", header, rows))
    for line in ("STS = 1", "TS = 2", "S = 3", "SS = 4"):
        assert f"\n# {line}" in block(seen)


def test_the_address_of_a_mail_is_dropped_by_its_name(tmp_path):
    """As Google Forms calls it in Indonesian."""
    header = ["Cap waktu", "Alamat Email", *(item.question for item in NINE.items)]
    rows = [
        [
            f"0{n}/03/2021 9:12:01",
            f"a{n}@x.id",
            *(item.options[2] for item in NINE.items),
        ]
        for n in range(1, 9)
    ]
    seen = one(write_csv(tmp_path / "formulir.csv", header, rows))
    assert delivery(seen)["drop"] == ["Alamat Email"]


def test_what_does_not_apply_is_proposed_and_a_dash_is_asked_for(tmp_path):
    cells = ["4"] * 8 + ["Tidak berlaku", "-"]
    path = write_csv(tmp_path / "a.csv", ["Biaya/Tarif"], [[x] for x in cells])
    assert delivery(one(path))["not_applicable"] == ["Tidak berlaku"]
    assert '# not_applicable = ["Tidak berlaku", "-"]' in block(one(path))


@pytest.mark.parametrize(
    ("cells", "highest", "outside"),
    [
        ([3, 4] * 50, 4, 0),
        ([3, 4] * 50 + [5], 4, 1),
        ([3, 5] * 50, 5, 0),
        ([3, 6] * 50, 6, 0),
        ([7, 10] * 50, 10, 0),
    ],
)
def test_the_scale_is_told_by_most_answers(tmp_path, cells, highest, outside):
    path = write_csv(tmp_path / "a.csv", ["Prosedur"], [[x] for x in cells])
    meanings = one(path).meanings
    assert (meanings.highest, meanings.outside) == (highest, outside)


def test_a_file_without_a_header_tells_none(tmp_path):
    first = ["Siti Zulaikha", "L", "SMA", "4", "3", "1374014107900001"]
    rows = [["Budi Hartanto", "P", "S1", "3", "4", "1374014107900002"]] * 5
    seen = one(write_csv(tmp_path / "a.csv", first, rows))
    assert not seen.has_header
    assert block(seen) == ""
    assert all(column.shown == "" for column in seen.columns)


def test_respondents_side_by_side_are_no_header(tmp_path):
    header = ["Pertanyaan", *PEOPLE]
    rows = [[item.label, 4, 3, 4, 4] for item in NINE.items]
    seen = one(write_csv(tmp_path / "a.csv", header, rows))
    assert not set(PEOPLE) & {column.shown for column in seen.columns}
    assert not any(person in block(seen) for person in PEOPLE)


def test_a_header_with_a_persons_number_or_address_is_not_shown(tmp_path):
    header = ["U1", "U2", "U3", "Catatan 0812-9988-7766", "Jl. Rajawali No. 12"]
    seen = one(write_csv(tmp_path / "a.csv", header, [[4, 3, 4, "x", "y"]] * 5))
    assert [column.shown for column in seen.columns] == ["U1", "U2", "U3", "", ""]


@pytest.mark.parametrize("first", ["P1", "Saran", "Pelayanan Bu Zulaikha baik"])
def test_one_cell_like_a_header_makes_no_header(tmp_path, first):
    header = [first, "zulaikha", "surabaya", "melati"]
    seen = one(write_csv(tmp_path / "a.csv", header, [["4", "q", "r", "s"]] * 5))
    assert not seen.has_header


def test_a_wording_with_a_word_that_no_answer_has_is_not_shown(tmp_path):
    cells = ["Baik"] * 20 + ["sangat Zulaikha"] * 5
    seen = one(write_csv(tmp_path / "a.csv", ["Prosedur"], [[x] for x in cells]))
    (column,) = seen.columns
    assert (dict(column.contents.tally), column.contents.hidden) == ({"Baik": 20}, 5)


def test_a_rare_wording_of_no_instrument_is_not_shown(tmp_path):
    cells = ["Sesuai"] * 20 + ["Cukup memadai"] * 2 + ["Tidak sesuai"]
    seen = one(write_csv(tmp_path / "a.csv", ["Prosedur"], [[x] for x in cells]))
    tally = dict(seen.columns[0].contents.tally)
    assert tally == {"Sesuai": 20, "Tidak sesuai": 1}


def test_a_unit_column_with_people_in_it_shows_nobody(tmp_path):
    rows = [[x, 4] for x in ("Siti Zulaikha", "Loket 2", "Loket 2", "Loket 2") * 3]
    seen = one(write_csv(tmp_path / "a.csv", ["Loket", "Prosedur"], rows))
    assert dict(seen.written.units) == {"Loket 2": ""}
    assert seen.written.hidden == 1
    assert "1 tulisan lain" in block(seen)


def test_a_unit_that_only_the_name_tells_is_left_to_a_person(tmp_path):
    path = write_csv(tmp_path / "kel-ngalau.csv", ["Prosedur"], [[4]] * 5)
    assert "unit" not in delivery(one(path))


def test_options_that_two_instruments_score_otherwise_are_asked_for():
    five = ("Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju")
    spak = catalogue()["spak"]
    items = tuple(replace(item, options=five) for item in spak.items)
    other = replace(spak, id="lima", scale=(1, 5), items=items)
    answers = Counter({"Setuju": 9, "Sangat setuju": 9})
    column = SeenColumn(
        position=0,
        header="Persyaratan",
        shown="Persyaratan",
        contents=contents_of(answers, frozenset()),
        role=Role.QUESTION,
        code=None,
    )
    proposal = Proposal(instrument=NINE, sure={"persyaratan": 0})
    alone = meanings_of([column], proposal, [spak])
    assert alone.item_answers == {"persyaratan": {"Setuju": 3, "Sangat setuju": 4}}
    both = meanings_of([column], proposal, [spak, other])
    assert both.item_answers == {}
    assert [set(ask.texts) for ask in both.asks] == [{"Setuju", "Sangat setuju"}]


SECRETS = st.sampled_from(
    [
        "Zulaikha Wijayanti",
        "zulaikha",
        "1374014107900001",
        "0812-9988-7766",
        "+62 812 9988 7766",
        "zulaikha@contoh.id",
        "Jl. Rajawali No. 12",
        "BA 1234 ZX",
        "-0.4650123, 100.3981",
        "01/02/1979",
        "Pelayanan Bu Zulaikha sangat baik",
        "Zulaikha, petugas loket 3",
        "sangat Zulaikha",
        "1979",
    ]
)
CELLS = st.one_of(
    SECRETS, st.sampled_from(["4", "3", "a", "Baik", "", "-", "L", "x" * 300])
)
HEADERS = st.one_of(
    SECRETS,
    st.sampled_from(
        ["U1", "U2", "Nama", "Saran", "Persyaratan", "Unit", "", "1", "No", "Loket"]
    ),
)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.tuples(
        st.lists(HEADERS, min_size=width, max_size=width),
        st.lists(
            st.lists(CELLS, min_size=width, max_size=width), min_size=0, max_size=12
        ),
    )
)


@examples(150)
@given(TABLES)
def test_whatever_stands_in_a_table_no_cell_of_a_person_is_told(table):
    header, rows = table
    with tempfile.TemporaryDirectory() as folder:
        looked = look(write_csv(Path(folder) / "a.csv", header, rows))
    told = looked.problem
    for seen in looked.tables:
        told += block(seen) + "".join(x.shown for x in seen.columns)
        told += "".join(key for x in seen.columns for key in x.contents.tally)
        told += "".join(seen.written.units)
    cells = {cell for row in rows for cell in row}
    shown = [cell for cell in cells - set(header) if cell in told]
    assert set(shown) <= {"4", "3", "a", "Baik", "", "-", "L"}
    for secret in ("1374014107900001", "9988", "@contoh", "rajawali", "1234", "0.46"):
        assert secret not in told.casefold()


def test_nothing_that_is_kept_of_a_table_holds_a_cell_of_a_person(google_forms):
    kept = str(asdict(one(google_forms)))
    for secret in (*PEOPLE, "3456", "Zulaikha"):
        assert secret not in kept


@pytest.mark.parametrize(
    "header",
    [
        "Apakah Bu Zulaikha melayani dengan ramah?",
        "keramahan petugas zulaikha",
        "Kinerja Hendra Gunawan, S.Sos",
        "Saran untuk zulaikha",
        "Penilaian 081299887766",
    ],
)
def test_a_question_about_somebody_is_not_shown(tmp_path, header):
    known = [item.question for item in NINE.items]
    rows = [[4] * 10 for _ in range(8)]
    seen = one(write_csv(tmp_path / "a.csv", [*known, header], rows))
    assert [bool(column.shown) for column in seen.columns] == [True] * 9 + [False]
    told = block(seen).casefold()
    assert not any(x in told for x in ("zulaikha", "hendra", "99887766"))


def test_what_stands_above_a_header_does_not_hide_it(tmp_path):
    upper = ["", "Penilaian Bu Zulaikha", *[""] * 8]
    lower = ["No", *(f"U{n}" for n in range(1, 10))]
    rows = [upper, lower, *([n, *[4] * 9] for n in range(1, 9))]
    book = write_xlsx(tmp_path / "a.xlsx", A=rows)
    workbook = openpyxl.load_workbook(book)
    workbook["A"].merge_cells("B1:J1")
    workbook.save(book)
    seen = one(book)
    assert [column.shown for column in seen.columns] == lower
    assert "zulaikha" not in block(seen).casefold()


def test_an_item_of_the_long_form_that_names_somebody_is_not_shown(tmp_path):
    items = ("persyaratan", "prosedur", "waktu", "biaya", "keramahan Bu Zulaikha")
    rows = [[person, key, 4] for person in range(1, 9) for key in items]
    seen = one(write_csv(tmp_path / "p.csv", ["id responden", "unsur", "nilai"], rows))
    assert seen.dialect is Dialect.LONG
    assert "zulaikha" not in block(seen).casefold()
    assert "zulaikha" not in "".join(x.shown for x in seen.asked).casefold()
