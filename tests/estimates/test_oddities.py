"""What an office worked out is asked about only where no habit explains it."""

from types import SimpleNamespace

import pytest

from skm_analysis.estimates.fieldwork import OfficeResult, UnitState
from skm_analysis.estimates.oddities import of_units


def kinds(*flags: str, difference: float = -0.08) -> list[str]:
    office = OfficeResult(
        theirs=79.92, ours=80.0, difference=difference, items_apart=0, flags=flags
    )
    state = UnitState(
        unit="a", name="A", source="external", planned=None, required=50, census=False,
        received=50, accepted=50, set_aside=0, reasons={}, short=0, blanks={},
        blank_share=0.0, straight_lined=0.0, same_answers=0.0, repeated=0,
        office=office, waiting=(), refused=(),
    )  # fmt: skip
    unit = SimpleNamespace(approached=None, sampling="convenience")
    surveyed = SimpleNamespace(unit=unit, population=None)
    return [finding.kind for finding in of_units([state], [surveyed])]


def test_weights_of_0_111_on_the_same_sheets_are_a_habit():
    assert kinds("rule_weight-0-111", "counted_accepted") == []


@pytest.mark.parametrize(
    "flags",
    [
        ("unexplained",),
        ("rule_exact", "counted_with-all"),
        ("rule_exact", "counted_accepted", "blanks_counted"),
        (),
    ],
)
def test_other_sheets_and_blanks_counted_are_asked_about(flags):
    assert kinds(*flags) == ["office_differs"]


def test_the_same_result_is_no_finding():
    assert kinds("rule_exact", "counted_file", difference=0.0) == []
