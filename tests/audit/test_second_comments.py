"""The second count of comments, and where it expects any."""

from fractions import Fraction

import pytest

from skm_analysis.audit.answers import Office, Question, Sheet, Survey
from skm_analysis.audit.kept_comments import Theme, commented
from skm_analysis.audit.second_comments import expect_comments
from skm_analysis.audit.second_surveyed import ask

QUESTIONS = (Question("u1", "", Fraction(1)),)


def expected(themes, **changes):
    sheets = [
        Sheet("external", "", "", {"u1": 4}, name=str(number)) for number in range(40)
    ]
    office = Office("a", "", (1, 4), "", QUESTIONS, None, "random", {}, tuple(sheets))
    survey = Survey("a", "ratio", "none", Fraction(19, 20), (), (office,))
    told = {str(number): Theme(*each) for number, each in enumerate(themes)}
    told["a sheet of another unit"] = Theme("waktu", "decided")
    usual = {"themes": told, "commented": frozenset({("a", "external")})}
    survey = survey._replace(**(usual | changes))
    rows = expect_comments(survey, ask(survey, office, office.sheets))
    return {key.removeprefix("unit.a."): row for key, row in rows}


def test_themes_are_counted_over_the_units_own_sheets():
    themes = [("sarana", "decided")] * 12 + [("waktu", "proposed")] * 4
    found = expected(themes + [("biaya", "proposed")] * 7)
    values = {key: (row.value, row.n) for key, row in found.items() if row.row}
    assert values == {
        "n_comments": (23, 40),
        "n_comments_reviewed": (12, 23),
        "theme.sarana": (12, 23),
        "theme.waktu": (4, 23),
        "theme.biaya": (7, 23),
    }
    assert found["theme"].beside == {"merged_count": 11}


def test_nothing_is_expected_where_nobody_was_asked():
    assert expected([("sarana", "decided")], commented=frozenset()) == {}
    assert expected([])["n_comments"].value == 0


@pytest.mark.parametrize(
    ("delivery", "places"),
    [
        ({"unit": "a"}, {("a", "external")}),
        ({"unit": "a", "source": "internal"}, {("a", "internal")}),
        ({"units": {"01": "b"}}, {("b", "external")}),
        ({}, {("a", "external"), ("b", "external")}),
        ({"columns": {"u1": "U1"}}, {("a", "external")}),
    ],
)
def test_a_delivery_with_a_column_for_comments_asks_its_units(delivery, places):
    usual = {"file": "x.csv", "comment_column": "Saran"}
    document = {"delivery": [usual | {"columns": {"u1": "1", "u2": "2"}} | delivery]}
    asked = {"a": ["u1"], "b": ["u1", "u2"]}
    assert set(commented(document, asked)) == places
    newer = {"file": "y.csv", "replaces": "x.csv", "columns": {}}
    assert set(commented({"delivery": [*document["delivery"], newer]}, asked)) == set()
