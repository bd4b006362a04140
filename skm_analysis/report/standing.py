"""How much of a unit may be told: decided by its number of respondents."""

from enum import StrEnum

from skm_analysis.estimates.rows import Estimates, Row, make_key


class Standing(StrEnum):
    """What the report shows of a unit. Design: disclosure and reliability."""

    EMPTY = "empty"  # nobody's answers were accepted
    SUPPRESSED = "suppressed"  # 1 to 9: counts only
    INDICATIVE = "indicative"  # 10 to 29: means and intervals only
    FULL = "full"  # 30 and more


TOLD = (Standing.INDICATIVE, Standing.FULL)


def standing(estimates: Estimates, unit_id: str) -> Standing:
    """Read from the flags that estimation set; a unit without an index is empty."""
    accepted = estimates.get(make_key("unit", unit_id, "n_accepted"))
    if accepted is None or not accepted.value:
        return Standing.EMPTY
    ikm = estimates.get(make_key("unit", unit_id, "ikm"))
    if ikm is None or "suppressed" in ikm.flags:
        return Standing.SUPPRESSED
    return Standing.INDICATIVE if "indicative" in ikm.flags else Standing.FULL


def published(estimates: Estimates, measure: str, unit: str = "") -> Row | None:
    """The city's (or, with `unit`, a group's) row that is printed.

    Where small units had to be left out, that is the one of part `published`.
    """
    scope = "group" if unit else "city"
    without = make_key(scope, unit, measure, part="published")
    return estimates.get(without) or estimates.get(make_key(scope, unit, measure))
