"""Which item a question is: wordings of many offices, with keys written by hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from skm_analysis.responses.column_contents import contents_of
from skm_analysis.responses.column_kinds import Role, SeenColumn, code_of
from skm_analysis.responses.proposing import propose
from skm_analysis.responses.wordings import best_match
from skm_analysis.study.catalogue import catalogue

with Path(__file__).with_name("wordings.csv").open(newline="") as lines:
    WORDINGS = [(row["item"], row["wording"]) for row in csv.DictReader(lines)]
NINE = catalogue()["skm-2017"]
READY = (NINE, *(catalogue()[x] for x in ("skm-2014", "ikm-2004", "spkp", "spak")))
FIRST_SEVEN = [
    *("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku")
]


def question(position, header, **answers):
    return SeenColumn(
        position=position,
        header=header,
        shown=header,
        contents=contents_of(Counter(answers or {"4": 20, "3": 10}), frozenset()),
        role=Role.QUESTION,
        code=code_of(header, header),
    )


def questions(*headers, answers=None):
    return [
        question(at, header, **(answers or {}).get(header, {}))
        for at, header in enumerate(headers)
    ]


def test_what_is_called_sure_is_right_for_every_wording():
    found = [(item, text, best_match(text, NINE.items)) for item, text in WORDINGS]
    wrong = [
        (text, match.key)
        for item, text, match in found
        if match and match.sure and match.key != item
    ]
    assert len(WORDINGS) > 120
    assert wrong == []


def test_most_wordings_get_their_item_and_over_half_surely():
    asked = [(item, best_match(text, NINE.items)) for item, text in WORDINGS if item]
    right = [match for item, match in asked if match and match.key == item]
    assert len(right) >= 0.9 * len(asked)
    assert sum(match.sure for match in right) >= 0.6 * len(asked)


def test_most_questions_that_are_no_unsur_get_no_item():
    own = [best_match(text, NINE.items) for item, text in WORDINGS if not item]
    assert sum(match is None for match in own) >= 0.5 * len(own)


@pytest.mark.parametrize("instrument", READY, ids=lambda each: each.id)
def test_an_instrument_knows_its_own_questions_and_labels(instrument):
    for item in instrument.items:
        for text in (item.question, item.question.upper(), f"3. {item.label}"):
            match = best_match(text, instrument.items)
            assert (match.key, match.sure) == (item.key, True)


def test_a_whole_questionnaire_tells_which_instrument_it_is():
    for instrument in READY:
        asked = questions(*(item.question for item in instrument.items))
        proposal = propose(asked, READY, ready=True)
        assert proposal.instrument is instrument
        assert proposal.sure == {key: at for at, key in enumerate(instrument.keys)}


def test_two_questions_for_one_item_are_both_left_to_a_person():
    proposal = propose(questions("Biaya layanan", "Tarif layanan"), READY, ready=True)
    assert proposal.sure == {}
    assert [(x.key, x.position) for x in proposal.likely] == [
        ("biaya", 0),
        ("biaya", 1),
    ]


def test_bare_numbers_are_read_only_as_far_as_every_order_agrees():
    names = [f"U{number}" for number in range(1, 10)]
    proposal = propose(questions(*names), READY, ready=True)
    assert proposal.sure == {key: at for at, key in enumerate(FIRST_SEVEN)}
    assert [dict(choice.columns) for choice in proposal.choices] == [
        {"sarana": 7, "pengaduan": 8},
        {"sarana": 8, "pengaduan": 7},
        {"maklumat": 7, "pengaduan": 8},
    ]


def test_option_texts_settle_what_the_numbers_leave_open():
    options = {
        f"U{number}": dict.fromkeys(item.options, 5)
        for number, item in enumerate(NINE.items, start=1)
    }
    options["U8"], options["U9"] = options["U9"], options["U8"]
    proposal = propose(questions(*options, answers=options), READY, ready=True)
    assert proposal.choices == ()
    assert proposal.sure["pengaduan"] == 7
    assert proposal.sure["sarana"] == 8
    assert "pengaduan nomor 8" in proposal.settled


def test_options_that_are_alike_for_all_questions_settle_nothing():
    alike = {f"U{n}": {"Baik": 20, "Sangat baik": 9} for n in range(1, 10)}
    proposal = propose(questions(*alike, answers=alike), READY, ready=True)
    assert proposal.settled == ""
    assert len(proposal.choices) == 3


@pytest.mark.parametrize("letter", ["P", "Q", "X", ""])
def test_other_numbers_say_nothing_by_themselves(letter):
    names = [f"{letter}{number}" for number in range(1, 10)]
    proposal = propose(questions(*names), READY, ready=True)
    assert proposal.sure == {}
    assert len(proposal.choices) == 3


def test_numbers_of_an_unknown_length_are_left_alone():
    proposal = propose(questions("U1", "U2", "U3"), READY, ready=True)
    assert (proposal.sure, proposal.choices) == ({}, ())
    assert proposal.unmatched == (0, 1, 2)


def test_eight_numbers_may_be_the_nine_without_the_fee_or_another_survey():
    names = [f"U{number}" for number in range(1, 9)]
    proposal = propose(questions(*names), READY, ready=True)
    assert proposal.sure == {}
    sizes = {tuple(choice.columns) for choice in proposal.choices}
    assert any("biaya" not in keys and "sarana" in keys for keys in sizes)
    assert any("konsultasi" in keys for keys in sizes)


def test_a_question_with_the_options_of_another_is_not_sure():
    header = "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?"
    options = {"Tidak ada": 4, "Dikelola dengan baik": 30}
    proposal = propose([question(0, header, **options)], READY, ready=True)
    assert proposal.contradicted == {0: "pengaduan"}
    assert proposal.sure == {}


def test_importance_is_told_from_satisfaction():
    names = ["Kinerja / Persyaratan", "Tingkat kepentingan / Persyaratan"]
    proposal = propose(questions(*names), READY, ready=True)
    assert proposal.sure == {"persyaratan": 0}
    assert proposal.importance == {"persyaratan": 1}


def test_a_second_block_of_numbers_is_only_perhaps_importance():
    names = [f"U{n}" for n in range(1, 10)] + [f"H{n}" for n in range(1, 10)]
    proposal = propose(questions(*names), READY, ready=True)
    assert proposal.importance == {}
    assert proposal.perhaps_importance == tuple(range(9, 18))


def test_an_indicator_beside_the_unsur_takes_no_importance_from_them():
    names = [*(f"U{n}" for n in range(1, 10)), "I1"]
    names += [f"Tingkat Kepentingan / H{n}" for n in range(1, 11)]
    proposal = propose(questions(*names), READY, ready=True)
    assert proposal.importance == {key: 10 + at for at, key in enumerate(FIRST_SEVEN)}
    assert proposal.perhaps_importance == (17, 18, 19)


def test_the_lowest_of_several_header_rows_is_the_question():
    header = f"Penilaian Responden / {NINE.items[4].question}"
    assert propose(questions(header), READY, ready=True).sure == {"produk": 0}
