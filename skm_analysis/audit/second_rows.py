"""From figures of the second implementation to what their rows should say."""

import math
from collections.abc import Sequence
from fractions import Fraction

from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_index import Figure
from skm_analysis.audit.second_interval import Spread, mover

_EXACT = Spread(0.0, 1, Fraction(0), Fraction(100), 0.0, 0.0)  # no width at all

Terms = Sequence[tuple[Fraction, Figure]]


def mean(figure: Figure | None, level: Fraction) -> Expected:
    """One mean with its pseudo-beta limits; nothing where nobody answered."""
    if figure is None:
        return Expected(has_error=True)
    spread = figure.spread
    return Expected(
        figure.value,
        spread.se if spread else None,
        figure.n,
        has_error=True,
        df=float(spread.df) if spread else None,
        limits=figure.limits(level),
        level=level,
    )


def combined(terms: Terms, level: Fraction, n: int) -> Expected:
    """A sum of independent figures, with MOVER limits and Satterthwaite's df."""
    parts = [
        ((float(factor) * figure.spread.se) ** 2, figure.spread.df)
        for factor, figure in terms
        if figure.spread is not None
    ]
    divisor = math.fsum(part**2 / df for part, df in parts if part and df > 0)
    counted = math.fsum(part for part, df in parts if df > 0)
    whole = math.fsum(part for part, _ in parts)
    return Expected(
        sum((factor * figure.value for factor, figure in terms), Fraction(0)),
        math.sqrt(whole) if len(parts) == len(terms) else None,
        n,
        has_error=True,
        df=counted**2 / divisor if divisor else None,
        limits=mover((c, f.value, f.limits(level)) for c, f in terms),
        level=level,
    )


def known_where_bare(terms: Terms) -> Terms:
    """A figure without limits adds no width, unless none of them has any."""
    bare = [figure.spread is None or figure.spread.df < 1 for _, figure in terms]
    if all(bare):
        return terms
    return [
        (factor, figure._replace(spread=_EXACT) if lone else figure)
        for (factor, figure), lone in zip(terms, bare, strict=True)
    ]
