"""Was the target reached, and do the data support it?"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from skm_analysis.estimates.grading import shown_value
from skm_analysis.estimates.interval import Limits


class Outcome(StrEnum):
    """The official answer: the index as printed against the target."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"


class Evidence(StrEnum):
    """What the interval says of reaching the target."""

    SUPPORTED = "supported"  # the whole interval is at or above it
    CONTRADICTED = "contradicted"  # the whole interval is below it
    UNCERTAIN = "uncertain"  # neither, or there is no interval


def outcome(value: Fraction, target: Decimal) -> Outcome:
    reached = shown_value(value) >= target
    return Outcome.REACHED if reached else Outcome.NOT_REACHED


def evidence(found: Limits | None, target: Decimal) -> Evidence:
    if found is None:
        return Evidence.UNCERTAIN
    if found.low >= target:
        return Evidence.SUPPORTED
    return Evidence.CONTRADICTED if found.high < target else Evidence.UNCERTAIN
