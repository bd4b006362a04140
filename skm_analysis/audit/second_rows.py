"""From figures of the second implementation to what their rows should say."""

import math
from collections.abc import Sequence
from fractions import Fraction

from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_index import Figure
from skm_analysis.audit.second_interval import mover

Terms = Sequence[tuple[Fraction, Figure]]


def mean(
    figure: Figure | None, level: Fraction, population: int | None = None
) -> Expected:
    """One mean with its pseudo-beta limits; nothing where nobody answered."""
    if figure is None:
        return Expected(population=population)
    spread, limits = figure.spread, figure.limits(level)
    return Expected(
        figure.value,
        spread.se if spread else None,
        figure.n,
        float(spread.df) if spread else None,
        limits,
        level if limits else None,
        population,
    )


def combined(terms: Terms, level: Fraction, n: int) -> Expected:
    """A sum of independent figures, with MOVER limits and Satterthwaite's df."""
    limits = mover((c, f.value, f.limits(level)) for c, f in terms)
    return Expected(
        _total(terms), _error(terms), n, _df(terms), limits, level if limits else None
    )


def joined(
    terms: Terms, level: Fraction, n: int, population: int | None = None
) -> Expected:
    """The row of a mean of independent figures on one scale."""
    terms = known_where_bare(terms)
    limits = as_one(terms).limits(level)
    return Expected(
        _total(terms),
        _error(terms),
        n,
        _df(terms),
        limits,
        level if limits else None,
        population,
    )


def as_one(terms: Terms) -> Figure:
    """A mean of independent figures on one scale, each a stratum of the whole.

    A respondent of weight a in a figure of factor c moves the mean by c·a.
    """
    if len(terms) == 1:
        return terms[0][1]
    value, n = _total(terms), sum(figure.n for _, figure in terms)
    spreads = [(float(factor), figure.spread) for factor, figure in terms]
    known = [(c, own) for c, own in spreads if own is not None and own.df >= 1]
    error = _error(terms)
    if len(known) < len(terms) or error is None:
        return Figure(value, n, None)
    whole = math.fsum(c * c * own.concentration for c, own in known)
    free = math.fsum(c * c * own.concentration * own.sampled for c, own in known)
    spread = known[0][1]._replace(
        se=error,
        df=_df(terms) or sum(own.df for _, own in known),
        concentration=whole,
        sampled=free / whole if whole else 0.0,
    )
    return Figure(value, n, spread)


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


def _total(terms: Terms) -> Fraction:
    return sum((factor * figure.value for factor, figure in terms), Fraction(0))


def _variances(terms: Terms) -> list[tuple[float, float]]:
    """Of each figure that has one: its part of the variance, its df."""
    return [
        ((float(factor) * figure.spread.se) ** 2, figure.spread.df)
        for factor, figure in terms
        if figure.spread is not None
    ]


def _error(terms: Terms) -> float | None:
    parts = _variances(terms)
    if len(parts) < len(terms):
        return None
    return math.sqrt(math.fsum(part for part, _ in parts))


def _df(terms: Terms) -> float | None:
    """Satterthwaite's; None where nothing shows any spread."""
    parts = [(part, df) for part, df in _variances(terms) if df > 0]
    divisor = math.fsum(part**2 / df for part, df in parts if part)
    return math.fsum(part for part, _ in parts) ** 2 / divisor if divisor else None
