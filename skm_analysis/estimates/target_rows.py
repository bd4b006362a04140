"""The row of a target: official is the printed index, evidence is the interval."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from skm_analysis.estimates.disclosure import mean_flags
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.interval import Term, mover, total
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
    value, found = total(terms), mover(terms, level)
    n = sum(term.estimate.n for term in terms)
    shift = float(target)
    row = at.row(
        "target_gap",
        stored_value(value - Fraction(target)),
        category=outcome(value, target).value,
        ci_low=found.low - shift if found else None,
        ci_high=found.high - shift if found else None,
        level=level if found else None,
        method="mover" if found else "none",
        n=n,
    )
    suppressed = mean_flags(n) if at.scope == "unit" else ()
    return [row.flagged(evidence(found, target).value, *flags, *suppressed)]
