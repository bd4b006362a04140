"""An office's own result held against ours by the auditor, for ten sheets by hand.

Five answer 4, 4 and five 3, 4: sums 35 and 40, means 3.5 and 4, index 93.75.
"""

from fractions import Fraction

import pytest

from skm_analysis.audit.answers import Delivery, Log, Office, Question, Sheet, Survey
from skm_analysis.audit.second_office import expect_office, expect_office_tallies
from skm_analysis.audit.second_surveyed import ask

HALF = Fraction(1, 2)


def rows(*printed, accepted=10, others=(), source="external"):
    """What the audit expects where the office printed (measure, item, text)."""
    sheets = tuple(
        Sheet("external", "", "", {"a": first, "b": 4}, name=str(place))
        for place, first in enumerate([4] * 5 + [3] * 5)
    )
    questions = (Question("a", "", HALF), Question("b", "", HALF))
    office = Office("u", "k", (1, 4), "", questions, None, "convenience", {}, sheets)
    names = ("responses/a.xlsx", *others)
    log = Log(
        deliveries=tuple(Delivery(x, accepted, source=source) for x in names),
        office=tuple(
            {
                **{"delivery": name, "unit": "u", "row": str(row)},
                **{"measure": measure, "item": item, "printed": text},
            }
            for name in names
            for row, (measure, item, text) in enumerate(printed, 1)
        ),
    )
    survey = Survey("s", "ratio", "none", Fraction(19, 20), (), (office,), log=log)
    found = dict(expect_office(ask(survey, office, sheets), ""))
    tallies = dict(expect_office_tallies(survey, found))
    return {
        key.removeprefix("unit.u.office_").removeprefix("city..office."): row.value
        for key, row in (*found.items(), *tallies.items())
    }


def test_theirs_ours_and_what_lies_between():
    found = rows(
        ("sum", "a", "36"),
        ("nrr", "a", "3.60"),
        ("nrr", "b", "4.00"),
        ("nrr_weighted", "", "3.8"),
        ("n", "", "10"),
        ("ikm", "", "95"),
    )
    assert found == {
        "sum.a": 36,
        "difference.a.sum": 1,
        "nrr.a": Fraction("3.6"),
        "difference.a.nrr": Fraction("0.1"),
        "nrr.b": 4,
        "difference.b.nrr": 0,
        "nrr_weighted": Fraction("3.8"),
        "difference.nrr-weighted": 0,  # ours is 3.75, with one decimal 3.8
        "n": 10,
        "difference.n": 0,
        "ikm": 95,
        "difference.ikm": Fraction("1.25"),
        "differing_items": 1,
        "results": 1,
        "apart": 1,
        "left": 0,
    }


def test_the_last_of_several_results_counts():
    found = rows(("ikm", "", "80"), ("ikm", "", "93.75"))
    assert (found["ikm"], found["difference.ikm"]) == (Fraction("93.75"), 0)


@pytest.mark.parametrize(
    ("given", "left"), [({"accepted": 9}, 1), ({"others": ("responses/b.xlsx",)}, 2)]
)
def test_a_file_with_some_of_the_answers_is_left(given, left):
    found = rows(("ikm", "", "95"), **given)
    assert found == {"not_compared": left, "results": 0, "apart": 0, "left": left}


def test_a_result_of_the_other_survey_is_not_this_ones():
    found = rows(("ikm", "", "95"), source="internal")
    assert found == {"results": 0, "apart": 0, "left": 0}
