import json

import pytest

from skm_analysis.responses.labels import RULES
from skm_analysis.responses.parsing import AnswerReader, Kind, parse_answers

SERVICE = ("Buruk", "Cukup", "Baik", "Sangat baik")


def read(text, **given):
    answer = AnswerReader(**({"scale": (1, 4), "options": SERVICE} | given)).read(text)
    return answer.score if answer.kind is Kind.SCORE else answer.kind.name.lower()


@pytest.mark.parametrize(
    "text",
    [
        "4",
        " 4 ",
        "4.0",
        "4,0",
        "4.",
        "+4",
        "'4",
        "\u200b4",
        "4\xa0",
        "４",
        "٤",
        "४",
        "Sangat baik",
        "SANGAT  baik ",
        "4 - Sangat baik",
        "4. sangat baik",
        "1900-01-04",
    ],
)
def test_what_can_only_mean_four_is_four(text):
    assert read(text) == 4


@pytest.mark.parametrize("text", ["5", "0", "-1", "44", "99999999999"])
def test_a_whole_number_off_the_scale_is_never_clamped(text):
    assert read(text) == "out_of_scale"


@pytest.mark.parametrize(
    "text",
    [
        "3,5",
        "3.5",
        "3-4",
        "3;4",
        "-",
        "–",
        "④",
        "4️⃣",
        "empat",
        "4?",
        "1e999",
        "NaN",
        "True",
        "TRUE",
        "#DIV/0!",
        "0x4",
        "1.000",
        "4.000,00",
        "1_000",
        "=4",
        "4 - Baik",
        "04/01/1900",
        "3.9999999999999996",
        "0.04",
    ],
)
def test_what_is_no_whole_number_is_never_converted(text):
    assert read(text) == "not_whole_number"


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\t\u00a0"])
def test_a_blank_is_missing(text):
    assert read(text) == "missing"


def test_the_name_that_kobotoolbox_makes_of_an_option_is_the_option():
    options = ("Tidak ada", "Ada tetapi tidak berfungsi", "Kurang", "Dikelola")
    names = ["tidak_ada", "ada_tetapi_tidak_berfungsi", "_4", "4_", "tidak_ada_juga"]
    told = [read(name, options=options) for name in names]
    assert told == [1, 2, *["not_whole_number"] * 3]


def test_only_declared_answers_count_where_some_are_declared():
    letters = {"declared": {"a": 1, "b": 2, "c": 3, "d": 4}, "only_declared": True}
    assert [read(text, **letters) for text in ("a", "D", "d.", "(c)", " b ")] == [
        1, 4, 4, 3, 2,
    ]  # fmt: skip
    assert read("d. Sangat baik", **letters) == 4
    assert read("d. Baik", **letters) == "out_of_scale"
    assert read("4", **letters) == "out_of_scale"
    assert read("e", **letters) == "out_of_scale"


@pytest.mark.parametrize("text", ["４．０", "４，０", "＋４", "4\u3000"])
def test_full_width_signs_are_plain_ones(text):
    assert read(text) == 4


@pytest.mark.parametrize("text", ["３．５", "３－４", "５", "－１"])
def test_full_width_signs_mean_no_more_than_plain_ones(text):
    assert not isinstance(read(text), int)


def test_full_width_letters_are_the_declared_ones():
    letters = {"declared": {"a": 1, "d": 4}, "only_declared": True}
    assert [read(text, **letters) for text in ("Ｄ", "ｄ．", "（ａ）")] == [4, 4, 1]


def test_each_word_for_a_blank_that_is_no_score_is_noticed():
    words = ["-", "–", "N/A", "kosong", "Tidak diisi", "", "4", "empat", "5"]
    parsed = parse_answers(words, AnswerReader(scale=(1, 4)))
    assert parsed.blank_words.tolist() == [True] * 5 + [False] * 4


def test_letters_mean_nothing_unless_declared():
    assert read("d") == "not_whole_number"


def test_an_item_can_have_answers_of_its_own(delivery, instrument):
    declared = delivery("a.csv", item_answers={"biaya": {"Tidak bayar": 4}})
    own = AnswerReader.of(declared, instrument, instrument.item("biaya"))
    other = AnswerReader.of(declared, instrument, instrument.item("prosedur"))
    assert own.read("tidak bayar").score == 4
    assert own.read("Gratis").score == 4
    assert other.read("Tidak bayar").kind is Kind.NOT_WHOLE_NUMBER


def test_declared_answers_of_an_item_come_before_those_of_all(delivery, instrument):
    declared = delivery(
        "a.csv", answers={"a": 1, "d": 4}, item_answers={"biaya": {"a": 4}}
    )
    own = AnswerReader.of(declared, instrument, instrument.item("biaya"))
    other = AnswerReader.of(declared, instrument, instrument.item("prosedur"))
    assert (own.read("a").score, other.read("a").score) == (4, 1)
    assert other.read("4").kind is Kind.OUT_OF_SCALE
    assert other.read("Mudah").kind is Kind.OUT_OF_SCALE


def test_every_rule_that_is_logged_has_a_label():
    texts = ["4,0", "baik", "4 - Sangat baik", "1900-01-04", "x"]
    reader = AnswerReader((1, 4), SERVICE, not_applicable=frozenset({"x"}))
    assert set(parse_answers(texts, reader).changes) < set(RULES)


def test_not_applicable_is_missing_and_logged():
    reader = AnswerReader(scale=(1, 4), not_applicable=frozenset({"tidak berlaku"}))
    parsed = parse_answers(["4", "Tidak Berlaku", ""], reader)
    assert parsed.answered.tolist() == [True, False, False]
    assert dict(parsed.changes) == {"not_applicable": 1}


def test_conversions_are_counted_by_rule_and_plain_answers_are_not():
    reader = AnswerReader(scale=(1, 4), options=SERVICE)
    texts = ["4", "4,0", "4,0", " 4", "baik", "Baik", "4 - Sangat baik", "", "9"]
    parsed = parse_answers(texts, reader)
    assert dict(parsed.changes) == {"digits": 2, "spelling": 2, "labelled": 1}
    assert parsed.scores.tolist() == [4, 4, 4, 4, 3, 3, 4, 0, 0]
    assert parsed.canonical.tolist() == ["4", "4", "4", "4", "3", "3", "4", "", "9"]


def test_an_empty_column_is_no_fault():
    assert parse_answers([], AnswerReader(scale=(1, 4))).scores.tolist() == []


def test_hostile_numbers_end_as_they_should(shared):
    entries = json.loads((shared / "hostile" / "hostile_inputs.json").read_text())
    numbers = [entry for entry in entries["inputs"] if entry["kind"] == "number"]
    assert len(numbers) > 30
    for entry in numbers:
        found = read(entry["value"])
        expected = entry["expect_value"]
        if expected is None:
            assert not isinstance(found, int), entry["id"]
            assert found != "missing", entry["id"]
        else:
            assert found == expected, entry["id"]
