"""The row of a target: official is the printed index, evidence is the interval."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from skm_analysis.estimates.disclosure import mean_flags
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.interval import Term, joined, limits
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.targets import evidence, outcome


def target_rows(
    at: Address,
    terms: Sequence[Term],
    target: Decimal | None,
    *,
    level: float,
    flags: Iterable[str] = (),
) -> list[Row]:
    """Index minus target, with the verdict; nothing without a target or an index.

    `flags` repeat the condition of the index's interval, for the evidence has it too.
    """
    if target is None or not terms:
        return []
    index = joined(terms)
    found = limits(index, level)
    shift = float(target)
    row = at.row(
        "target_gap",
        stored_value(index.value - Fraction(target)),
        category=outcome(index.value, target).value,
        ci_low=found.low - shift if found else None,
        ci_high=found.high - shift if found else None,
        level=level if found else None,
        method="pseudo-beta" if found else "none",
        n=index.n,
    )
    suppressed = mean_flags(index.n) if at.scope == "unit" else ()
    return [row.flagged(evidence(found, target).value, *flags, *suppressed)]
