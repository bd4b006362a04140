"""This year's headline minus last year's printed one, split exactly into its reasons.

The headline is the mean of the units' indices, and the units are not the same ones
every year. Every part is a sum over units with exact factors, so that the parts add up
as fractions and each has an interval.
"""

from collections.abc import Mapping, Set
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.estimates.interval import Term
from skm_analysis.estimates.variance import Estimate

Factors = dict[tuple[str, str], Fraction]  # (year, unit) -> factor
NOW, THEN = "now", "then"


class Headlines(NamedTuple):
    """What the split is made from: the units of both published headlines."""

    now: Mapping[str, Estimate]  # by unit, those in this year's headline
    then: Mapping[str, Estimate]  # those in last year's, estimated by today's rules
    same: Set[str]  # units in both whose items, weights, scale and bands are the same
    crossed: Set[str]  # units in one only since the other year had too few respondents
    printed: Decimal  # last year's headline as it was printed


class Parts(NamedTuple):
    """Parts of the difference; each a sum over units, but `method` is a number."""

    matched: list[Term]
    instrument: list[Term]
    membership: list[Term]  # units that were surveyed in one year only
    threshold: list[Term]  # units that crossed the line of 10 respondents
    entered_left: list[Term]  # both of these
    method: Fraction  # last year's headline by today's rules minus the printed one


def split(years: Headlines) -> Parts | None:
    """Split the difference; None where no unit is in both headlines.

    Notes
    -----
    With C = `same`, B = units in both headlines, H and R both headlines, P = `printed`:
    matched = mean change of C; instrument = mean change of B - that of C; entered or
    left = (H - mean of B now) - (R - mean of B then); method = R - P. They add up to
    H - P. Entered or left is told apart unit by unit: one that is only in this year's
    headline moves it by (its index - mean of B now)/units in the headline, whatever
    the others do. Without a unit in C the change of B counts as `instrument`.

    Last year's headline `then` and the printed one share their sampling error, so
    `method` is known exactly.
    """
    both = [unit for unit in years.now if unit in years.then]
    if not both:
        return None
    same = [unit for unit in both if unit in years.same]
    matched = _plus(_mean(NOW, same), _mean(THEN, same), -1)
    change = _plus(_mean(NOW, both), _mean(THEN, both), -1)
    pieces: dict[bool, Factors] = {True: {}, False: {}}
    for year, estimates, sign in ((NOW, years.now, 1), (THEN, years.then, -1)):
        for unit in estimates:
            if unit not in both:
                own = _plus({(year, unit): Fraction(1)}, _mean(year, both), -1)
                piece = unit in years.crossed
                share = Fraction(sign, len(estimates))
                pieces[piece] = _plus(pieces[piece], own, share)
    return Parts(
        matched=_terms(matched, years),
        instrument=_terms(_plus(change, matched, -1), years),
        membership=_terms(pieces[False], years),
        threshold=_terms(pieces[True], years),
        entered_left=_terms(_plus(pieces[False], pieces[True], 1), years),
        method=recomputed_minus_printed(years),
    )


def whole(years: Headlines) -> list[Term]:
    """This year's headline minus last year's by today's rules."""
    headlines = _mean(NOW, [*years.now]), _mean(THEN, [*years.then])
    return _terms(_plus(*headlines, -1), years)


def recomputed_minus_printed(years: Headlines) -> Fraction:
    """Last year's headline by today's rules minus the printed one."""
    values = [each.value for each in years.then.values()]
    return sum(values, Fraction(0)) / len(values) - Fraction(years.printed)


def _mean(year: str, units: list[str]) -> Factors:
    return {(year, unit): Fraction(1, len(units)) for unit in units}


def _plus(first: Factors, second: Factors, times: Fraction | int) -> Factors:
    return {
        key: first.get(key, Fraction(0)) + times * second.get(key, Fraction(0))
        for key in first | second
    }


def _terms(factors: Factors, years: Headlines) -> list[Term]:
    known = {NOW: years.now, THEN: years.then}
    return [
        Term(factor, known[year][unit])
        for (year, unit), factor in factors.items()
        if factor
    ]
