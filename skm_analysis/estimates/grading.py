"""The one rounding of an estimate that is part of its definition, and the grade."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from skm_analysis.study.regulation import Band


def shown_value(value: Fraction, places: int = 2) -> Decimal:
    """The value as printed: decimal, half up, from the exact fraction.

    >>> shown_value(Fraction("95.325")), shown_value(Fraction(2, 3))
    (Decimal('95.33'), Decimal('0.67'))
    """
    unit = 10**places
    whole = math.floor(value * unit + Fraction(1, 2))
    return Decimal(whole).scaleb(-places)


def find_grade(value: Fraction, bands: Sequence[Band]) -> Band:
    """Band of an index: rounded as printed, then graded by lower bounds only.

    Parameters
    ----------
    value
        index points, exact
    bands
        at least one, in any order

    Notes
    -----
    The printed upper bounds leave gaps (88.30 | 88.31), so they are not used. An index
    below every lower bound, possible on a scale that the bands were not made for, has
    the lowest grade.

    References
    ----------
    PermenPANRB 14/2017, annex, table of conversion intervals.
    """
    shown = shown_value(value)
    descending = sorted(bands, key=lambda band: band.lower, reverse=True)
    return next((band for band in descending if shown >= band.lower), descending[-1])


def stored_value(value: Fraction) -> float:
    """The float whose shortest decimal rounds half up to two places as `value` does.

    Notes
    -----
    That is the nearest float, except where an exact value within 1e-14 below a tie
    would be stored as the tie itself; then it is the float below. See
    docs/methodology.md.

    >>> just_below = Fraction("95.325") - Fraction(1, 10**20)
    >>> stored_value(Fraction("95.325")), stored_value(just_below)
    (95.325, 95.32499999999999)
    """
    nearest = float(value)
    # A value below a tie never rounds above it, so that is the only way to err.
    if shown_value(Fraction(repr(nearest))) == shown_value(value):
        return nearest
    return math.nextafter(nearest, -math.inf)
