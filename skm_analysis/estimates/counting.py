"""How many questionnaires came, were accepted and were set aside."""

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.records import Source


def unit_counts(at: Address, surveyed: Surveyed, cleaned: Cleaned) -> list[Row]:
    """Counts of the source whose figures stand for the unit."""
    aside = _set_aside(cleaned, surveyed.source)
    own = aside.loc[aside["unit"] == surveyed.unit.id, "reason"].tolist()
    approached = surveyed.unit.approached
    return _counts(at, surveyed.n, own, approached)


def city_counts(at: Address, units: Sequence[Surveyed], cleaned: Cleaned) -> list[Row]:
    """Counts of the independent survey over all units, unknown ones included."""
    reasons = _set_aside(cleaned, "external")["reason"].tolist()
    external = [each for each in units if each.source == "external"]
    asked = [each.unit.approached for each in external]
    known = [each for each in asked if each is not None]
    approached = sum(known) if known and len(known) == len(asked) else None
    return _counts(at, sum(each.n for each in external), reasons, approached)


def _set_aside(cleaned: Cleaned, source: Source) -> pd.DataFrame:
    deliveries = cleaned.deliveries
    of_source = set(deliveries.loc[deliveries["source"] == source, "delivery"])
    return cleaned.set_aside[cleaned.set_aside["delivery"].isin(of_source)]


def _counts(
    at: Address, accepted: int, reasons: Sequence[str], approached: int | None
) -> list[Row]:
    names = [str(reason) for reason in reasons]
    rows = [
        at.tally("n_received", accepted + len(names)),
        at.tally("n_accepted", accepted, n=accepted),
        at.tally("n_set_aside", len(names)).flagged(
            *_aside_flags(accepted, len(names))
        ),
    ]
    rows += [
        at.tally("n_set_aside", names.count(name), category=name)
        for name in sorted(set(names))
    ]
    if approached:
        rate = stored_value(Fraction(accepted, approached))
        # More answers than people asked: one of the two numbers is wrong.
        flags = ("above_approached",) if accepted > approached else ()
        rows.append(at.row("response_rate", rate, n=approached, flags=flags))
    return rows


def _aside_flags(accepted: int, aside: int) -> tuple[str, ...]:
    """So many rows set aside that the report has to say it.

    >>> _aside_flags(95, 5), _aside_flags(94, 6)
    ((), ('over_5_percent',))
    """
    return ("over_5_percent",) if 20 * aside > accepted + aside else ()
