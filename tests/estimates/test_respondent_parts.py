"""The index of women, of men, of each age: domains of a unit's sample."""

from math import sqrt

import pytest

from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.respondent_parts import respondent_rows
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.surveyed import survey_unit

WOMEN = ["444", "443", "433"] * 10
MEN = ["333", "343"] * 10


@pytest.fixture
def parts(city):
    """Rows of one unit whose sheets and profile are given."""

    def make(sheets, unit=None, **profile):
        unit = city.unit("a", **(unit or {"population": None}))
        frame = city.frame(unit, sheets, **profile)
        surveyed = survey_unit(city.study([unit]), unit, frame, "external")
        return Estimates(respondent_rows(Address("2021", "unit", "a"), surveyed))

    return make


def test_each_band_has_the_index_of_its_own_sheets(parts):
    rows = parts(WOMEN + MEN, sex=["Perempuan"] * 30 + ["Laki-laki"] * 20)
    women = rows["unit.a.ikm@sex=perempuan"]
    assert women.value == pytest.approx(25 * (12 + 11 + 10) / 9)
    assert women.n == 30
    assert rows["unit.a.ikm@sex=laki-laki"].value == pytest.approx(25 * (9 + 10) / 6)


def test_a_band_is_a_domain_of_the_whole_sample(parts):
    """As R's svymean on a subset: z is 0 outside, and all 50 sheets are the sample."""
    rows = parts(WOMEN + MEN, sex=["Perempuan"] * 30 + ["Laki-laki"] * 20)
    own = [100.0, 100 * 11 / 12, 100 * 10 / 12]
    squares = 10 * sum((each - sum(own) / 3) ** 2 for each in own)
    se = sqrt(50 / 49 * squares / 30**2)
    assert rows["unit.a.ikm@sex=perempuan"].se == pytest.approx(se, rel=1e-12)
    assert rows["unit.a.ikm@sex=perempuan"].df == 29


def test_a_small_band_and_the_one_that_would_give_it_are_withheld(parts):
    sex = ["Perempuan"] * 43 + ["Laki-laki"] * 7
    rows = parts(WOMEN + MEN, sex=sex)
    assert all("suppressed" in row.flags for row in rows)


def test_a_variable_is_withheld_where_a_band_answered_alike(parts):
    sheets = ["444"] * 30 + MEN
    rows = parts(sheets, sex=["Perempuan"] * 30 + ["Laki-laki"] * 20)
    assert len(rows) == 2
    assert all("suppressed" in row.flags for row in rows)


def test_a_census_is_no_reason_to_withhold_a_band(parts):
    """It has no error of sampling, but its people did not all answer alike."""
    sex = ["Perempuan"] * 30 + ["Laki-laki"] * 20
    census = {"population": 50, "sampling": "census"}
    rows = parts(WOMEN + MEN, census, sex=sex)
    assert rows["unit.a.ikm@sex=perempuan"].se == 0
    assert not any("suppressed" in row.flags for row in rows)
    rows = parts(["444"] * 30 + MEN, census, sex=sex)
    assert all("suppressed" in row.flags for row in rows)


def test_an_unknown_band_counts_as_one(parts):
    rows = parts(WOMEN + MEN, age=["26–35"] * 25 + [""] * 25)
    assert "unit.a.ikm@age=26-35" in rows
    assert "unit.a.ikm@age=tidak-diketahui" in rows
