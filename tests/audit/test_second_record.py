"""What the second implementation takes from a study's own files."""

import pytest

from skm_analysis.audit.answers import read_survey
from skm_analysis.audit.second_record import expect_record


@pytest.mark.parametrize(
    ("written", "own", "known"),
    [
        ('unsur = "sarana"', 0, 2),
        ("# tanpa unsur", 1, 1),
        ("regulated = true", 0, 1),
    ],
)
def test_only_what_no_regulation_asks_is_the_units_own(places, written, own, known):
    path = places.raw / "instruments/dua.toml"
    path.write_text(path.read_text().replace('unsur = "sarana"', written))
    survey = read_survey(places.raw, places.edition / "internal/tables")
    told = dict(expect_record(survey))
    assert told["study.instrument.dua.own_items"].value == own
    assert told["study.instrument.dua.unsur"].value == known
