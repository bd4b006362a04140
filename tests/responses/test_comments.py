"""Comments: masked, themed, decided by people; nothing of them leaves otherwise."""

import csv
import json
import stat

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.responses.literal_cells import shown_as_text
from skm_analysis.responses.odd_words import LONGEST
from skm_analysis.responses.receiving import refuse_unsound_decisions
from skm_analysis.responses.storing import (
    Paraphrase,
    read_cleaned,
    read_paraphrases,
    write_cleaned,
)

COLUMNS = ("response", "unit", "proposed", "theme", "release", "paraphrase", "by", "on")
SAID = (
    "Kursi mohon ditambah, hub Bu Kanarina 0812-3456-7890",
    "antri lama sekali",
    "-",
    "",
    "=HYPERLINK(1)",
)


def deliver(survey, comments=SAID, **given):
    rows = [["U1", "U2", "U3", "Saran"], *([4, 4, 3, said] for said in comments)]
    text = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    survey.deliver(text, comment_column="Saran", **given)


def decide(survey, *lines):
    path = survey.places.comment_decisions
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows({"by": "Ani", "on": "2021-12-01", **line} for line in lines)


def told(survey):
    """Comment -> its line."""
    frame = survey.clean().comments.comments
    return {line["comment"]: line for line in frame.to_dict("records")}


def number_of(survey, words):
    return next(x["response"] for said, x in told(survey).items() if words in said)


def faults(survey):
    with pytest.raises(StudyError) as error:
        survey.clean()
    return str(error.value)


def test_each_comment_is_masked_and_has_a_proposed_theme(survey):
    deliver(survey)
    lines = told(survey)
    assert {said: line["proposed"] for said, line in lines.items()} == {
        "Kursi mohon ditambah, hub Bu [nama] [telepon]": "sarana",
        "antri lama sekali": "antrean",
        "-": "nihil",
        "=HYPERLINK(1)": "lainnya",
    }
    assert {line["status"] for line in lines.values()} == {"proposed"}
    assert {line["release"] for line in lines.values()} == {"no"}


def test_only_comments_that_say_something_on_accepted_sheets_are_counted(survey):
    survey.deliver(
        "U1,U2,U3,Saran\n4,4,4,kursi kurang\n,,,toilet kotor\n4,4,4,nihil\n",
        comment_column="Saran",
    )
    found = survey.clean().comments
    assert sorted(found.comments["reason"]) == ["", "", "empty"]
    assert found.themes["theme"].tolist() == ["sarana"]
    assert list(found.themes.columns) == ["response", "unit", "theme", "status"]


def test_a_comment_of_an_unknown_unit_is_nobodys(survey):
    survey.deliver(
        "Unit,U1,U2,U3,Saran\nngalau,4,4,4,a b c\nlain,4,4,4,kursi\n",
        unit=None,
        unit_column="Unit",
        comment_column="Saran",
    )
    assert told(survey).keys() == {"a b c"}


def test_a_decision_goes_by_number_then_unit_then_all_units(survey):
    deliver(survey, ("kursi kurang", "kursi rusak"))
    deliver(survey, ("kursi sempit",), name="b.csv", unit="ganting")
    decide(
        survey,
        {"response": number_of(survey, "rusak"), "theme": "pengaduan"},
        {"proposed": "sarana", "unit": "ngalau", "theme": "waktu"},
        {"proposed": "sarana", "theme": "biaya"},
    )
    lines = told(survey)
    assert {said: line["theme"] for said, line in lines.items()} == {
        "kursi kurang": "waktu",
        "kursi rusak": "pengaduan",
        "kursi sempit": "biaya",
    }
    assert {line["status"] for line in lines.values()} == {"decided"}


def test_a_decision_survives_a_delivery_more_and_a_row_more(survey):
    deliver(survey, ("kursi kurang",), id_column=None)
    decide(survey, {"response": number_of(survey, "kursi"), "theme": "waktu"})
    deliver(survey, ("toilet kotor",), name="b.csv", unit="ganting")
    path = survey.places.raw / "responses" / "a.csv"
    path.write_text(path.read_text() + '1,2,3,"antri"\n')
    assert told(survey)["kursi kurang"]["theme"] == "waktu"


def test_an_approved_paraphrase_is_kept_with_its_unit_and_theme(survey):
    deliver(survey)
    number = number_of(survey, "Kursi")
    text = "Tempat duduk diminta ditambah."
    decide(
        survey,
        {"response": number, "theme": "sarana", "release": "paraphrase"}
        | {"paraphrase": text},
        {"unit": "ngalau", "proposed": "antrean", "theme": "waktu"}
        | {"release": "paraphrase", "paraphrase": "Menunggu terlalu lama."},
        {"unit": "ganting", "proposed": "antrean", "theme": "waktu"}
        | {"release": "paraphrase", "paraphrase": "Tidak ada komentarnya."},
    )
    cleaned = survey.clean()
    write_cleaned(survey.places, survey.study, cleaned)
    assert read_paraphrases(survey.places, "ngalau") == (
        Paraphrase("sarana", text),
        Paraphrase("waktu", "Menunggu terlalu lama."),
    )
    assert read_paraphrases(survey.places, "ganting") == ()
    kept = cleaned.comments.comments
    assert sorted(kept[kept["release"] == "paraphrase"]["theme"]) == ["sarana", "waktu"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"response": "0" * 16, "theme": "waktu"}, "tidak ada komentar"),
        ({"proposed": "sarana", "theme": "warna"}, "tidak dikenal"),
        ({"proposed": "sarana", "theme": "waktu", "unit": "padang"}, "tidak dikenal"),
        ({"theme": "waktu"}, "isi salah satu"),
        ({"response": "0" * 16, "proposed": "sarana", "theme": "waktu"}, "salah satu"),
        ({"response": "0" * 16, "unit": "ngalau", "theme": "waktu"}, "kosongkan"),
        ({"proposed": "sarana", "theme": "waktu", "by": ""}, "'by' belum ada"),
        ({"proposed": "sarana", "theme": "waktu", "on": ""}, "'on' belum ada"),
        ({"proposed": "sarana", "theme": "sarana", "paraphrase": "Kursi."}, "bukan"),
        (
            {"proposed": "sarana", "theme": "sarana", "release": "paraphrase"},
            "'paraphrase' belum ada",
        ),
        (
            {"proposed": "sarana", "theme": "sarana", "release": "paraphrase"}
            | {"paraphrase": "Kursi kurang."},
            "semua unit",
        ),
        (
            {"proposed": "sarana", "theme": "sarana", "release": "paraphrase"}
            | {"unit": "ngalau", "paraphrase": "Hubungi Bu Kanarina 081234567890."},
            "data pribadi: [nama], [telepon]",
        ),
        (
            {"proposed": "antrean", "theme": "waktu", "release": "paraphrase"}
            | {"unit": "ngalau", "paraphrase": "Antri  lama sekali!"},
            "sama dengan komentarnya",
        ),
    ],
)
def test_a_decision_that_does_not_hold_is_told_by_row(survey, line, said):
    deliver(survey)
    decide(survey, {"proposed": "biaya", "theme": "biaya"}, line)
    text = faults(survey)
    assert said in text
    assert "decisions/comments.csv baris 3" in text
    assert "Kanarina" not in text
    assert "081234567890" not in text


def test_a_paraphrase_of_a_sheet_set_aside_is_refused(survey):
    survey.deliver("U1,U2,U3,Saran\n4,4,4,\n,,,toilet kotor\n", comment_column="Saran")
    line = {"response": number_of(survey, "toilet"), "theme": "sarana"}
    decide(survey, line)
    assert told(survey)["toilet kotor"]["theme"] == "sarana"
    decide(survey, line | {"release": "paraphrase", "paraphrase": "Jamban kotor."})
    assert "disisihkan tidak dicetak" in faults(survey)


def test_the_same_comment_decided_twice_is_a_fault(survey):
    deliver(survey)
    decide(survey, *[{"proposed": "sarana", "theme": "waktu"}] * 2)
    assert "sudah diputuskan" in faults(survey)


def test_unsound_decisions_are_told_before_a_run(survey):
    deliver(survey)
    decide(survey, {"proposed": "sarana", "theme": "warna"})
    with pytest.raises(StudyError, match="warna"):
        refuse_unsound_decisions(survey.places, survey.study)


def test_the_file_is_its_owners_and_only_there_if_anybody_wrote(survey):
    deliver(survey)
    write_cleaned(survey.places, survey.study, survey.clean())
    path = survey.places.processed / "comments.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        said = {line["comment"] for line in csv.DictReader(file)}
    assert "'=HYPERLINK(1)" in said
    assert "'-" in said
    (survey.places.raw / "responses" / "a.csv").write_text("U1,U2,U3,Saran\n4,4,4,\n")
    write_cleaned(survey.places, survey.study, survey.clean())
    assert not path.exists()


def test_themes_and_paraphrases_are_read_back_without_the_words(survey):
    deliver(survey)
    cleaned = survey.clean()
    write_cleaned(survey.places, survey.study, cleaned)
    again = read_cleaned(survey.places, survey.study)
    assert again.comments.themes.equals(cleaned.comments.themes)
    assert again.comments.comments.empty


def test_no_word_of_a_comment_is_in_any_other_table(survey):
    canaries = ("Bu Kanarina", "7799887799", "kanari@example.org", "zebrawarna")
    deliver(survey, [f"kursi {canary} kurang" for canary in canaries])
    write_cleaned(survey.places, survey.study, survey.clean())
    for path in survey.places.processed.rglob("*"):
        if path.is_file() and path.name != "comments.csv":
            text = path.read_bytes()
            assert not [canary for canary in canaries if canary.encode() in text]
    kept = (survey.places.processed / "comments.csv").read_text(encoding="utf-8-sig")
    assert [canary for canary in canaries if canary in kept] == ["zebrawarna"]


def test_a_comment_of_any_length_is_cut_and_masked(survey):
    deliver(survey, ("x " * 30_000 + "0812345678901",))
    (said,) = told(survey)
    assert len(said) <= LONGEST + 10
    assert said.endswith("[…]")


def test_what_excel_would_work_out_is_shown_as_text(shared):
    listed = json.loads((shared / "hostile" / "hostile_inputs.json").read_text())
    formulas = [x for x in listed["inputs"] if x["id"].startswith("formula-")]
    for each in formulas:
        if each["expect"] == "keep_escaped" and each["id"] != "formula-19":
            assert shown_as_text(each["value"].strip("\ufeff")).startswith("'")
    assert shown_as_text("tetap = sama") == "tetap = sama"
