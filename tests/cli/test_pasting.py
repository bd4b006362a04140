"""The block that `skm inspect` prints, pasted into a study, passes `skm check`.

What the block leaves open is decided here as a person would: from the questionnaire,
which is known for these files, and never from what the program proposes.
"""

import csv
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from skm_analysis.checking import check
from skm_analysis.cli.inspected_words import decisions
from skm_analysis.estimates.fieldwork import FieldWork
from skm_analysis.report.check_words import finding_words
from skm_analysis.responses.delivery_blocks import block
from skm_analysis.responses.inspecting import Seen, expect, look_at
from skm_analysis.study.catalogue import FOLDER, catalogue
from skm_analysis.study.loading import load_sound
from skm_analysis.study.places import Places

DIALECTS = Path(__file__).parents[1] / "responses" / "dialects"
NINE = catalogue()["skm-2017"]
ASKS = re.compile(r"# (\[delivery\.(?:answers|item_answers\..*)\]|.+ = (?:\d+|\?))")
# What the questionnaires of the dialects say, lowest first.
WRITTEN = (
    *(("Tidak sopan", "Kurang sopan", "Sopan", "Sangat sopan, ramah"),),
    *(("Tidak ada", "Tidak berfungsi", "Kurang maksimal", "Dikelola dengan baik"),),
    *(("A1", "A2", "A3", "A4"), ("a", "b", "c", "d"), ("1", "2", "3", "4")),
    ("TB", "KB", "B", "SB"),
)
SCORES = {text: n for texts in WRITTEN for n, text in enumerate(texts, start=1)}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A study without deliveries: one unit, asked what the regulation asks."""
    places = Places(tmp_path, "2021")
    places.responses.mkdir(parents=True)
    places.instruments.mkdir()
    shutil.copy(FOLDER / "skm-2017.toml", places.instruments)
    places.study_file.write_text(
        'format = 1\n\n[study]\ntitle = "Uji"\nyear = 2021\ninstitution = "Kota"\n'
        "start = 2021-01-01\nend = 2021-12-31\n\n"
        '[[unit]]\nid = "dinas"\nname = "Dinas Contoh"\nkind = "opd"\n'
        'instrument = "skm-2017"\n',
        encoding="utf-8",
    )
    return places


def inspect(places: Places, name: str) -> list[Seen]:
    path = places.responses / name
    study = load_sound(places).study
    looked = look_at(path, name, f"responses/{name}", expect(study), None)
    assert looked.problem == ""
    return list(looked.tables)


def decide(text: str, key_of_unknown: str = "") -> str:
    """Take in the first of several choices, the unit, and the scores of answers."""
    choice, lines = 0, []
    for line in text.splitlines():
        if found := re.match(r"# pilihan (\d)", line):
            choice = int(found[1])
        elif not line.startswith("#"):
            choice = 0
        if line.startswith("# unit = "):
            line = 'unit = "dinas"'
        elif asked := ASKS.fullmatch(line):
            told = asked[1].replace("KUNCI", key_of_unknown)
            written = told.rpartition(" = ")[0]
            if written:
                told = f"{written} = {SCORES[written.strip(chr(34))]}"
            line = told
        elif choice == 1 and " = " in line:
            line = line.removeprefix("# ")
        lines.append(line)
    return "\n".join(lines) + "\n"


def paste(places: Places, *blocks: str) -> FieldWork:
    with places.study_file.open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(blocks))
    return check(places.root, "2021")


def accepted(work: FieldWork) -> int:
    assert [fault.message for fault in work.faults] == []
    assert (
        work.totals["rows_read"] == work.totals["accepted"] + work.totals["set_aside"]
    )
    return work.totals["accepted"]


FILES = sorted(
    path.name
    for path in DIALECTS.iterdir()
    if path.suffix not in ("", ".toml", ".py", ".pyc")
)


def test_all_dialects_are_pasted():
    assert len(FILES) == 19


@pytest.mark.parametrize("name", FILES)
def test_the_block_of_a_dialect_passes_the_check(places, name):
    shutil.copy(DIALECTS / name, places.responses)
    seen = inspect(places, name)
    work = paste(places, *(decide(block(each), "pengaduan") for each in seen))
    assert accepted(work) == work.totals["rows_read"] == 200


def test_the_block_of_one_file_serves_its_folder(places):
    shutil.copytree(DIALECTS / "folder", places.responses / "folder")
    (seen, *_) = inspect(places, "folder/2021-03.csv")
    text = decide(block(seen)).replace("folder/2021-03.csv", "folder/")
    assert accepted(paste(places, text)) == 200


def write_csv(places: Places, name: str, rows: list[list[object]]) -> None:
    with (places.responses / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def answers(respondents: int) -> list[list[int]]:
    """Whole sheets: 3 and 4 by turns, so that both orders of U8 and U9 are alike."""
    return [[3 + n % 2] * 9 for n in range(respondents)]


LETTER = {1: "a", 2: "b", 3: "c", 4: "d"}


def test_letters_are_read_once_their_scores_are_taken_in(places):
    rows = [[n, *(LETTER[x] for x in each)] for n, each in enumerate(answers(20))]
    write_csv(places, "huruf.csv", [["No", *(f"U{n}" for n in range(1, 10))], *rows])
    (seen,) = inspect(places, "huruf.csv")
    assert accepted(paste(places, decide(block(seen)))) == 20


def test_letters_without_scores_are_no_answers_and_named(places):
    rows = [[n, *(LETTER[x] for x in each)] for n, each in enumerate(answers(20))]
    write_csv(places, "huruf.csv", [["No", *(f"U{n}" for n in range(1, 10))], *rows])
    (seen,) = inspect(places, "huruf.csv")
    undecided = re.sub(
        r"\n(\[delivery\.answers|[abcd] =)", r"\n# \1", decide(block(seen))
    )
    work = paste(places, undecided)
    assert accepted(work) == 0
    (found,) = [x for x in work.findings if x.kind == "unknown_answers"]
    assert (found.count, set(found.names)) == (180, {"c", "d"})


def test_fives_on_a_scale_to_four_are_told_as_another_scale(places):
    rows = [[n, *each] for n, each in enumerate(answers(20))]
    for row in rows[:4]:
        row[1] = 5
    rows[9][2] = 44  # a slip, and no scale
    header = ["No", *(f"U{n}" for n in range(1, 10))]
    write_csv(places, "lima.csv", [header, *rows])
    (seen,) = inspect(places, "lima.csv")
    work = paste(places, decide(block(seen)))
    (found,) = [x for x in work.findings if x.kind == "off_scale"]
    assert (found.count, found.of, found.names) == (4, 180, ("1–4", "5"))
    assert "(5) di luar skala kuesioner 1–4;" in finding_words(work, found)


def test_three_fives_among_very_many_answers_are_slips(places):
    rows = [[n, *each] for n, each in enumerate(answers(20))]
    for row in rows[:3]:
        row[1] = 5
    header = ["No", *(f"U{n}" for n in range(1, 10))]
    write_csv(places, "lima.csv", [header, *rows])
    (seen,) = inspect(places, "lima.csv")
    work = paste(places, decide(block(seen)))
    assert not [x for x in work.findings if x.kind == "off_scale"]


def test_days_without_a_readable_year_are_told_before_and_after(places):
    rows = [[f"{n + 1:02}/05/21", *each] for n, each in enumerate(answers(20))]
    header = ["Tanggal", *(item.question for item in NINE.items)]
    write_csv(places, "hari.csv", [header, *rows, ["", *answers(1)[0]]])
    (seen,) = inspect(places, "hari.csv")
    assert '# period_column = "Tanggal"' in block(seen)
    assert "tidak terbaca sebagai tanggal" in " ".join(decisions(seen))
    work = paste(places, decide(block(seen)).replace("# period", "period"))
    (found,) = [x for x in work.findings if x.kind == "unread_days"]
    assert (found.count, found.of, accepted(work)) == (20, 21, 0)


def test_letters_beside_option_texts_leave_these_readable(places):
    """One question with letters, the others with the options of the regulation."""
    header = ["No", *(item.question for item in NINE.items)]
    rows = [
        [
            n,
            LETTER[x[0]],
            *(i.options[y - 1] for i, y in zip(NINE.items[1:], x[1:], strict=True)),
        ]
        for n, x in enumerate(answers(20))
    ]
    write_csv(places, "campur.csv", [header, *rows])
    (seen,) = inspect(places, "campur.csv")
    assert "[delivery.answers]" not in block(seen)
    assert accepted(paste(places, decide(block(seen)))) == 20


@pytest.mark.parametrize("label", ["{0}. {1}", "({0}) {1}", "{0}) {1}", "{2}. {1}"])
def test_options_with_their_letter_or_number_are_read_as_they_are(places, label):
    header = ["Timestamp", *(item.question for item in NINE.items)]
    rows = [
        [f"2021-03-0{n + 1} 08:00:00"]
        + [
            label.format(LETTER[y], i.options[y - 1], y)
            for i, y in zip(NINE.items, x, strict=True)
        ]
        for n, x in enumerate(answers(9))
    ]
    write_csv(places, "pilihan.csv", [header, *rows])
    (seen,) = inspect(places, "pilihan.csv")
    assert accepted(paste(places, decide(block(seen)))) == 9


def test_forms_sent_in_the_same_second_are_two_respondents(places):
    header = ["Timestamp", *(item.question for item in NINE.items)]
    rows = [[f"2021-03-0{1 + n // 2} 08:00:00", *x] for n, x in enumerate(answers(8))]
    write_csv(places, "serentak.csv", [header, *rows])
    (seen,) = inspect(places, "serentak.csv")
    assert accepted(paste(places, decide(block(seen)))) == 8


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (["3/13/2021 8:00:00", "4/5/2021 9:00:00"], "month-first"),
        (["3/13/2021 8:00:00", "4/25/2021 9:00:00"], "month-first"),
        (["13/3/2021 8:00:00", "5/4/2021 9:00:00"], "day-first"),
    ],
)
def test_the_order_of_day_and_month_is_proposed_where_the_values_decide(
    places, days, order
):
    header = ["Timestamp", *(item.question for item in NINE.items)]
    rows = [
        [day.replace("8:", f"{n}:"), *x]
        for n, x in enumerate(answers(4))
        for day in days
    ]
    write_csv(places, "tanggal.csv", [header, *rows])
    (seen,) = inspect(places, "tanggal.csv")
    assert ('date_order = "month-first"' in block(seen)) == (order == "month-first")
    assert "# date_order" not in block(seen)
    assert accepted(paste(places, decide(block(seen)))) == 8


def test_days_that_can_be_read_either_way_are_left_to_a_person(places):
    header = ["Timestamp", *(item.question for item in NINE.items)]
    rows = [[f"4/5/2021 8:00:0{n}", *x] for n, x in enumerate(answers(4))]
    write_csv(places, "tanggal.csv", [header, *rows])
    (seen,) = inspect(places, "tanggal.csv")
    assert '\n# date_order = "month-first"' in block(seen)
    assert accepted(paste(places, decide(block(seen)))) == 4


def test_numbers_of_days_are_proposed_as_days_where_the_header_says_so(places):
    header = ["Tanggal", "Kode Pos", *(item.question for item in NINE.items)]
    rows = [[f"{44260 + n}.375", "40111", *x] for n, x in enumerate(answers(4))]
    write_csv(places, "nomor.csv", [header, *rows])
    (seen,) = inspect(places, "nomor.csv")
    assert '\nperiod_column = "Tanggal"\ndate_order = "excel-number"' in block(seen)
    assert accepted(paste(places, decide(block(seen)))) == 4


def test_the_rows_of_a_grid_are_questions(places):
    """Google Forms writes a grid as one question and its rows in brackets."""
    asked = "Bagaimana pendapat Saudara tentang hal berikut?"
    header = ["Timestamp", *(f"{asked} [{item.label}]" for item in NINE.items)]
    rows = [[f"2021-03-0{n + 1} 08:00:00", *x] for n, x in enumerate(answers(9))]
    write_csv(places, "kisi.csv", [header, *rows])
    (seen,) = inspect(places, "kisi.csv")
    assert set(seen.proposal.sure) == set(NINE.keys)
    assert accepted(paste(places, decide(block(seen)))) == 9


def test_codes_of_limesurvey_without_questions_are_numbers(places):
    header = ["id", "submitdate", *(f"Q[SQ00{n}]" for n in range(1, 10))]
    rows = [[n, "2021-03-01 09:00:00", *x] for n, x in enumerate(answers(9))]
    write_csv(places, "kode.csv", [header, *rows])
    (seen,) = inspect(places, "kode.csv")
    assert seen.proposal.sure == {}  # only the worksheet's U1, U2 … say so themselves
    assert accepted(paste(places, decide(block(seen)))) == 9


def test_a_header_that_is_there_twice_is_left_to_a_person(places):
    header = ["No", "U1", *(f"U{n}" for n in range(1, 10))]
    rows = [[n, x[0], *x] for n, x in enumerate(answers(9))]
    write_csv(places, "ganda.csv", [header, *rows])
    (seen,) = inspect(places, "ganda.csv")
    told = '# persyaratan = ["U1", "U1 (2)"]'
    assert f"\n{told}\n" in block(seen)
    text = decide(block(seen)).replace(told, 'persyaratan = "U1"')
    text = text.replace("serial_column", 'drop = ["U1 (2)"]\nserial_column')
    assert accepted(paste(places, text)) == 9


def test_a_form_that_branches_is_read_by_removing_the_signs(places):
    questions = [item.question for item in NINE.items]
    rows = []
    for n, each in enumerate(answers(18)):
        texts = [i.options[y - 1] for i, y in zip(NINE.items, each, strict=True)]
        blank = [""] * len(texts)
        branches = [*texts, *blank] if n % 3 else [*blank, *texts]
        rows.append([f"2021/03/{n + 1:02} 9:00:00 AM GMT+7", *branches])
    write_csv(places, "cabang.csv", [["Timestamp", *questions, *questions], *rows])
    (seen,) = inspect(places, "cabang.csv")
    text = re.sub(r'(?m)^# (\w+ = \["Bagaimana)', r"\1", decide(block(seen)))
    work = paste(places, text)
    assert accepted(work) == 18
    assert not [x for x in work.findings if x.kind in ("unread", "never_answered")]


def test_scores_that_excel_shows_as_dates_are_scores(places):
    book = openpyxl.Workbook()
    book.active.append(["No", *(f"U{n}" for n in range(1, 10))])
    for number, each in enumerate(answers(9), start=1):
        book.active.append([number, *each])
        book.active.cell(number + 1, 2).number_format = "dd/mm/yyyy"
    book.save(places.responses / "tanggal.xlsx")
    (seen,) = inspect(places, "tanggal.xlsx")
    assert accepted(paste(places, decide(block(seen)))) == 9


def test_a_file_named_as_another_kind_is_told_as_such(places):
    path = places.responses / "halaman.xls"
    path.write_text("<html><table><tr><td>U1</td></tr></table></html>")
    looked = look_at(path, path.name, path.name, expect(None), None)
    assert "isinya halaman web (HTML)" in looked.problem
