"""Comments by theme: of which sheets, and which numbers are shielded."""

from dataclasses import replace

import pandas as pd
import pytest

from skm_analysis.estimates.comment_rows import comment_rows
from skm_analysis.estimates.deriving import survey_units
from skm_analysis.estimates.recording import Address
from skm_analysis.responses.comments import Comments
from skm_analysis.study.records import Delivery


def delivery(**changes):
    usual = dict.fromkeys(Delivery.__dataclass_fields__)
    usual |= {"file": "a.csv", "unit": "a", "units": {}, "source": "external"}
    return Delivery(**(usual | {"comment_column": "Saran", "columns": {}} | changes))


@pytest.fixture
def rows(city):
    def build(themes, n=40, decided=0, **changes):
        """`themes`: one per respondent from the first on; the rest wrote nothing."""
        unit = city.unit("a")
        frame = city.frame(unit, ["444"] * n)
        numbers = frame["response"].tolist()
        table = pd.DataFrame(
            {
                "response": [*numbers[: len(themes)], "f" * 16],
                "unit": "a",
                "theme": [*themes, "waktu"],
                "status": ["decided"] * decided
                + ["proposed"] * (len(themes) - decided + 1),
            }
        )
        study = replace(city.study([unit]), deliveries=(delivery(**changes),))
        cleaned = city.cleaned({"a": frame})
        cleaned = cleaned._replace(comments=Comments(themes=table))
        surveyed = survey_units(study, cleaned)["a"]
        found = comment_rows(Address("2021", "unit", "a"), study, surveyed, cleaned)
        return {row.key.removeprefix("unit.a."): row for row in found}

    return build


def test_comments_of_other_sheets_than_the_units_do_not_count(rows):
    found = rows(["sarana"] * 12 + ["waktu"] * 10, decided=3)
    assert {key: (row.value, row.n) for key, row in found.items()} == {
        "n_comments": (22.0, 40),
        "n_comments_reviewed": (3.0, 22),
        "theme.waktu": (10.0, 22),
        "theme.sarana": (12.0, 22),
    }
    assert not any(row.flags for row in found.values())


def test_small_themes_are_shielded_with_the_next(rows):
    found = rows(["sarana"] * 14 + ["waktu"] * 11 + ["biaya"] * 3)
    hidden = {key for key, row in found.items() if "suppressed" in row.flags}
    assert hidden == {"theme.biaya", "theme.waktu"}


@pytest.mark.parametrize(("comments", "n"), [(9, 40), (9, 9), (1, 40)])
def test_of_few_comments_or_few_respondents_nothing_is_told(rows, comments, n):
    found = rows(["sarana"] * comments, n=n)
    assert all("suppressed" in row.flags for row in found.values())


def test_that_nobody_wrote_is_told_and_not_being_asked_is_no_row(rows):
    assert rows([])["n_comments"].value == 0
    assert rows([])["n_comments"].flags == ()
    assert rows(["sarana"] * 12, comment_column=None) == {}
    assert rows(["sarana"] * 12, source="internal", unit="b") == {}
