"""What answers mean follows from the instrument, item by item: option texts, scales."""

from dataclasses import replace
from fractions import Fraction

import pytest

from skm_analysis.responses.parsing import AnswerReader, Kind
from skm_analysis.study.catalogue import catalogue
from skm_analysis.study.faults import Faults, Spot
from skm_analysis.study.instruments import read_instrument

ALL = [
    pytest.param(each, item, id=f"{name}-{item.key}")
    for name, each in catalogue().items()
    for item in each.items
]


def score(reader, text):
    answer = reader.read(text)
    return answer.score if answer.kind is Kind.SCORE else answer.kind.name.lower()


@pytest.mark.parametrize(("instrument", "item"), ALL)
def test_the_option_texts_of_a_ready_instrument_are_its_scores(
    delivery, instrument, item
):
    reader = AnswerReader.of(delivery("a.csv"), instrument, item)
    for place, option in enumerate(item.options, start=1):
        for written in (
            option,
            option.upper(),
            f" {option}.",
            f"{place}. {option}",
            str(place),
        ):
            assert score(reader, written) == place


def test_one_text_may_mean_another_score_in_another_question(survey):
    usual = survey.study.units[0].instrument
    texts = {
        "persyaratan": ("Cukup", "Baik", "Sangat baik", "Istimewa"),
        "prosedur": ("Buruk", "Cukup", "Baik", "Sangat baik"),
        "biaya": ("Sangat baik", "Baik", "Cukup", "Buruk"),
    }
    items = tuple(replace(each, options=texts[each.key]) for each in usual.items)
    unit = replace(survey.study.units[0], instrument=replace(usual, items=items))
    survey.change(units=(unit,))
    survey.deliver("U1,U2,U3\nCukup,Cukup,Cukup\nBaik,Baik,baik\nBuruk,Buruk,Buruk\n")
    cleaned = survey.clean()
    told = cleaned.accepted["ngalau"][["persyaratan", "prosedur", "biaya"]]
    assert told.values.tolist() == [[1, 2, 3], [2, 3, 2]]
    assert cleaned.set_aside["reason"].tolist() == ["not_whole_number"]


@pytest.mark.parametrize("scale", [(1, 5), (1, 6), (1, 10), (0, 10)])
def test_any_scale_of_whole_numbers_is_read_to_its_ends_and_no_further(scale):
    reader = AnswerReader(scale=scale)
    low, high = scale
    assert [score(reader, str(x)) for x in range(low, high + 1)] == [
        *range(low, high + 1)
    ]
    assert score(reader, f"{high},0") == high
    assert score(reader, str(high + 1)) == "out_of_scale"
    assert score(reader, str(low - 1)) == "out_of_scale"


def test_a_question_that_does_not_apply_is_a_blank(survey):
    survey.deliver(
        "U1,U2,U3\n4,3,Tidak berlaku\n4,3,tidak berlaku \n",
        not_applicable=("Tidak berlaku",),
    )
    cleaned = survey.clean()
    assert cleaned.accepted["ngalau"]["biaya"].isna().tolist() == [True, True]
    assert cleaned.changes["rule"].tolist() == ["not_applicable"]
    assert cleaned.changes["count"].tolist() == [2]


def fourteen(weight):
    items = "".join(
        f'[[item]]\nkey = "b{k}"\nlabel = "B"\nquestion = "B?"\nweight = {weight}\n'
        for k in range(14)
    )
    return f'format = 1\ntitle = "Empat belas"\nscale = [1, 6]\n{items}'


def test_fourteen_weights_of_one_fourteenth_are_exact(tmp_path):
    faults, path = Faults(), tmp_path / "empat-belas.toml"
    path.write_text(fourteen('"1/14"'), encoding="utf-8")
    made = read_instrument(path, Spot(faults, path.name))
    assert not faults.found
    assert made is not None
    assert {item.weight for item in made.items} == {Fraction(1, 14)}
    assert sum(item.weight for item in made.items) * 6 * made.factor == 100
    path.write_text(fourteen("0.071"), encoding="utf-8")
    assert read_instrument(path, Spot(faults, path.name)) is None
    assert "jumlah bobot 497/500" in faults.found[0]
