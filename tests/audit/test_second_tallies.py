"""What the auditor counts of deliveries, records and units, by hand."""

from fractions import Fraction

from skm_analysis.audit.answers import (
    Delivery,
    Log,
    Office,
    Question,
    SetAside,
    Sheet,
    Survey,
)
from skm_analysis.audit.second_study import expect

QUESTION = (Question("a", "waktu", Fraction(1)),)


def office(name, many, score, **more):
    sheets = tuple(Sheet("external", "", "", {"a": score}) for _ in range(many))
    one = Office(
        *(name, "k", (1, 4), "permenpanrb-14-2017", QUESTION, 1000, "random", {}),
        sheets,
    )
    return one._replace(**more)


def values(*offices, **more):
    survey = Survey("s", "ratio", "none", Fraction(19, 20), (), offices)
    found = expect(survey._replace(**more))
    return {key: row.value for key, row in found.items() if not row.row}


def test_units_are_counted_by_letter_and_number_of_respondents():
    told = values(
        office("many", 40, 4, planned=30, target=Fraction(90)),
        office("middle", 12, 3, kind="other", target=Fraction(70)),
        office("few", 9, 4),
        office("none", 0, 4, sampling="census"),
    )
    assert told["city..graded"] == 2
    assert (told["city..graded.a"], told["city..graded.c"]) == (1, 1)
    assert (told["city..graded.none"], told["city..graded.units"]) == (2, 4)
    assert (told["group.k.graded.a"], told["group.other.graded.c"]) == (1, 1)
    assert told["city..units.told"] == 2
    assert told["city..units.indicative"] == told["city..units.suppressed"] == 1
    assert (told["city..sample.judged"], told["city..sample.enough"]) == (3, 0)
    assert (told["city..targets"], told["city..targets.reached"]) == (2, 2)
    assert (told["study..units"], told["study..units.k"]) == (4, 3)
    assert told["study.sampling.census"] == 1
    assert told["study.unit.many.planned"] == 30
    assert (told["city..instruments"], told["study.instrument..unsur"]) == (1, 1)


def test_a_unit_without_an_index_is_not_called_small():
    asked = (*QUESTION, Question("b", "biaya", Fraction(1)))
    told = values(office("many", 40, 4, questions=asked))
    assert (told["city..units.suppressed"], told["city..graded.none"]) == (0, 1)


def test_a_population_that_is_too_small_is_no_measure_of_a_sample():
    told = values(office("many", 40, 4, population=30), office("some", 12, 3))
    assert told["city..sample.judged"] == 1


def test_rows_that_came_are_counted_by_file_and_reason():
    log = Log(
        (Delivery("one.csv", 5), Delivery("two.csv", 4)),
        (
            {"delivery": "one.csv", "rule": "spelling", "count": "7"},
            {"delivery": "two.csv", "rule": "spelling", "count": "2"},
            {"delivery": "two.csv", "rule": "corrected", "count": "1"},
        ),
        ({"unit": "many", "direction": "raised"}, {"unit": "", "direction": "neither"}),
    )
    aside = (
        SetAside("one.csv", "external", "many", "empty"),
        SetAside("one.csv", "external", "", "unknown_unit"),
        SetAside("two.csv", "external", "many", "empty"),
    )
    told = values(office("many", 9, 4), set_aside=aside, log=log)
    assert told["arrivals.1.rows_read"] == 7
    assert told["arrivals.rows_read"] == 12
    assert (told["arrivals.accepted"], told["arrivals.accepted.internal"]) == (9, 0)
    assert told["arrivals.set_aside.empty"] == told["arrivals.reason.empty.files"] == 2
    assert (told["arrivals.changes"], told["arrivals.rule.spelling.files"]) == (9, 2)
    assert (told["arrivals.corrections"], told["arrivals.corrections.units"]) == (2, 1)
    assert told["arrivals.corrections.many.raised"] == 1
    assert told["arrivals.corrections.unknown.neither"] == 1


def test_what_was_noticed_beside_the_answers_is_counted_from_the_tables():
    log = Log(
        (
            Delivery("a.csv", 5, {"repeated_row": 2, "repeated_id": 1}),
            Delivery("b.xlsx#Data", 4, {"repeated_row": 1, "outside_period": 3}),
        ),
        profiles=(
            {"status": "read", "spellings": "1"},
            {"status": "read", "spellings": "4"},
            {"status": "decided", "spellings": "1"},
        ),
        received=(
            {"file": "b.xlsx", "received": ""},
            {"file": "a.csv", "received": "2021-11-12"},
            {"file": "old.csv", "received": "2021-11-01"},
        ),
    )
    told = values(office("many", 9, 4), log=log)
    assert told["arrivals.repeated_row"] == 3
    assert (told["arrivals.repeated_id"], told["arrivals.outside_period"]) == (1, 3)
    assert (told["arrivals.profiles"], told["arrivals.profiles.read"]) == (6, 5)
    assert told["arrivals.profiles.decided"] == 1
    assert told["arrivals.profiles.proposed"] == 0
    assert told["arrivals.custody.files"] == 2
    assert told["arrivals.custody.dated"] == 1
