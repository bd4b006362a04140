"""From a row of the estimates to the number as it is shown, with its key.

`KEY:COLUMN` names another column of the row with that key: its `n`, its `ci_low`.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from skm_analysis.estimates.rows import Row
from skm_analysis.report import formatting
from skm_analysis.report.elements import Kind, Line, Number

COUNTS = {
    "n_received",
    "n_accepted",
    "n_set_aside",
    "n_required",
    "n_required_precision",
    "n_required_change",
    "n_cochran",
    "n_slovin",
    "n_to_ask",
    "n_planned",
    "n_units",
    "share_count",
    "profile_count",
    "n_items",
    "n_ranked",
    "longest_run",
    "n_comments",
    "n_comments_reviewed",
    "theme",
    "office_differing_items",
    "office_not_compared",
}
WHOLE = {"sum", "rank", "item_rank"}
SHARES = {
    "share",
    "profile",
    "response_rate",
    "straight_lined",
    "all_highest",
    "duplicate_vectors",
    "longest_run_chance",
    "concentration",
    "item_nonresponse",
    "any_nonresponse",
    "grade_probability",
    "uncovered_share",
}
CHANGES = {"change", "change_nrr", "target_gap", "internal_difference", "gap"} | {
    "difference_printed",
    "office_difference",
}
P_VALUES = {"p", "p_holm"}
CORRELATIONS = {"item_total", "validity", "r_table", "icc"}
WEIGHTED = {"nrr_weighted"}  # a ninth of a mean: two decimals would hide what differs
EMPTY: Line = ("–",)


def places(row: Row) -> int:
    """Decimals with which a measure is printed; percentages have one."""
    if row.measure in COUNTS | WHOLE:
        return 0
    if row.measure in SHARES:
        return 1
    return 3 if row.measure in P_VALUES | CORRELATIONS | WEIGHTED else 2


def number(row: Row) -> Number:
    """The value of `row`. An undefined one is a ValueError: ask `shown` for those."""
    if row.value is None:
        raise ValueError(f"{row.key} has no value")
    return _column(row, row.key, row.value)


def limit(row: Row, side: Literal["ci_low", "ci_high"]) -> Number:
    value = row.ci_low if side == "ci_low" else row.ci_high
    if value is None:
        raise ValueError(f"{row.key} has no {side}")
    return _column(row, f"{row.key}:{side}", value)


def shown(row: Row | None) -> Line:
    """The value as the cell of a table; a dash where there is none."""
    return EMPTY if row is None or row.value is None else (number(row),)


def limits(row: Row) -> tuple[float, float] | None:
    """Both limits where there are any; a census has none to tell."""
    if row.ci_low is None or row.ci_high is None or "census" in row.flags:
        return None
    return row.ci_low, row.ci_high


def interval(row: Row | None) -> Line:
    """Both limits, "94,20–97,10"; a dash where there is none, or none is needed."""
    if row is None or limits(row) is None:
        return EMPTY
    between = " s.d. " if row.measure in CHANGES else "–"
    return (limit(row, "ci_low"), between, limit(row, "ci_high"))


def respondents(row: Row | None) -> Line:
    """How many respondents the row is based on."""
    if row is None or row.n is None:
        return EMPTY
    return (count(f"{row.key}:n", row.n),)


def standard_error(row: Row | None) -> Line:
    if row is None or row.se is None:
        return EMPTY
    return (_column(row, f"{row.key}:se", row.se),)


def count(key: str, value: int) -> Number:
    return Number(key, formatting.count(value), "count", float(value), 0)


def stated(key: str, value: int | Decimal | Fraction, decimals: int = 0) -> Number:
    """A number that the study's own files state: a population, a target."""
    written = formatting.decimal(value, decimals)
    return Number(key, written, "stated", float(value), decimals)


def as_printed(key: str, written: str) -> Number:
    """A figure known only as somebody printed it, its digits left as they were."""
    exact = Decimal(written.replace(",", "."))
    decimals = -int(exact.as_tuple().exponent)
    return Number(key, written.replace(".", ","), "stated", float(exact), decimals)


def stated_percent(key: str, share: Decimal) -> Number:
    return Number(key, formatting.percent(share), "stated", float(share), 0, True)


def derived(key: str, value: float | int, decimals: int = 0) -> Number:
    """A number counted over rows: how many units have one letter."""
    written = formatting.decimal(value, decimals)
    return Number(key, written, "derived", float(value), decimals)


def verdict(key: str, word: str) -> Number:
    """A word that follows from the number with that key: a letter, "naik"."""
    return Number(key, word, "verdict")


def printed(row: Row) -> Decimal:
    """The value as it is printed, for differences that a reader can check."""
    if row.value is None:
        raise ValueError(f"{row.key} has no value")
    return formatting.rounded(row.value, places(row))


def derived_change(key: str, value: Decimal) -> Number:
    return Number(key, formatting.signed(value, 2), "derived", float(value), 2)


def magnitude(row: Row) -> Number:
    """A change without its sign, for sentences whose verb gives the direction."""
    if row.value is None:
        raise ValueError(f"{row.key} has no value")
    written = formatting.decimal(abs(row.value), places(row))
    return Number(f"{row.key}:abs", written, "estimate", abs(row.value), places(row))


def english(number: Number) -> Number:
    """The same number as an English sentence shows it."""
    if number.value is None or number.places is None:
        raise ValueError(f"{number.key} is a word")
    sign = "+" if number.shown.startswith("+") else ""
    shown = formatting.english(number.value, number.places, percent=number.percent)
    return replace(number, shown=sign + shown, english=True)


def _column(row: Row, key: str, value: float) -> Number:
    decimals = places(row)
    if row.measure in SHARES:
        written = formatting.percent(value, decimals)
        return Number(key, written, "estimate", value, decimals, True)
    if row.measure in COUNTS:
        return Number(key, formatting.count(int(value)), "count", value, 0)
    if row.measure in CHANGES:
        return Number(key, formatting.signed(value, decimals), "estimate", value, 2)
    if row.measure in P_VALUES:
        return Number(key, formatting.p_value(value), "estimate", value, decimals)
    kind: Kind = "stated" if "stated" in row.flags else "estimate"
    return Number(key, formatting.decimal(value, decimals), kind, value, decimals)
