"""From figures of the second implementation to what their rows should say."""

import math
from collections.abc import Sequence
from fractions import Fraction

from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_index import Figure
from skm_analysis.audit.second_interval import mover, pseudo_beta

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


def joined(terms: Terms, level: Fraction, n: int) -> Expected:
    """A mean of independent figures on one scale, each a stratum of the whole.

    A respondent of weight a in a figure of factor c moves the mean by c·a.
    """
    terms = known_where_bare(terms)
    row = combined(terms, level, n)._replace(limits=None)
    spreads = [(float(factor), figure.spread) for factor, figure in terms]
    if len(terms) == 1:
        return row._replace(limits=terms[0][1].limits(level))
    if row.se is None or any(each is None or each.df < 1 for _, each in spreads):
        return row
    known = [(factor, each) for factor, each in spreads if each is not None]
    whole = math.fsum(c * c * each.concentration for c, each in known)
    free = math.fsum(c * c * each.concentration * each.sampled for c, each in known)
    spread = known[0][1]._replace(
        se=row.se,
        df=row.df or sum(each.df for _, each in known),
        concentration=whole,
        sampled=free / whole,
    )
    value = sum((factor * figure.value for factor, figure in terms), Fraction(0))
    return row._replace(limits=pseudo_beta(value, spread, level))


def known_where_bare(terms: Terms) -> Terms:
    """A figure without limits adds no width, unless none of them has any."""
    bare = [figure.spread is None or figure.spread.df < 1 for _, figure in terms]
    if all(bare):
        return terms
    some = terms[bare.index(False)][1].spread
    exact = some and some._replace(se=0.0, df=1, concentration=0.0, sampled=0.0)
    return [
        (factor, figure._replace(spread=exact) if lone else figure)
        for (factor, figure), lone in zip(terms, bare, strict=True)
    ]
