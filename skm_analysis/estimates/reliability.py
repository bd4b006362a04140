"""How well the items of a questionnaire hang together: alpha, omega, item and total.

None of it says that the questionnaire measures satisfaction. Near the ceiling of a
scale few people differ, so that correlations are small or rest on a handful of sheets.
"""

from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

import numpy as np
from scipy import optimize, special

from skm_analysis.estimates.interval import Limits
from skm_analysis.estimates.sample import MISSING, Flags, Floats, Scores

# Of an item's variance at least this much is its own, as in R's `psych`.
_LEAST_UNIQUE = 0.005


class Omega(NamedTuple):
    """Omega of a one-factor fit; `value` is None where the fit was not reached."""

    value: float | None
    heywood: bool  # an item without variance of its own: the model does not fit


def complete_sheets(scores: Scores) -> Scores:
    """The sheets without blanks, (n, k)."""
    return scores[np.all(scores != MISSING, axis=1)]


def varied_items(scores: Scores) -> Flags:
    """(k,): items that got at least two different answers."""
    varied = [len(set(column[column != MISSING].tolist())) > 1 for column in scores.T]
    return np.array(varied, dtype=np.bool_)


def covariances(scores: Scores) -> Floats:
    """(k, k) of the items, divisor n - 1.

    Parameters
    ----------
    scores
        (n, k); each two items over the sheets that answer both ("pairwise"), at least
        two. Without blanks this is the usual matrix; with them it need not be one of
        any set of answers.
    """

    def covariance(one: Scores, other: Scores) -> float:
        return _moment(one, other) / (len(one) - 1)

    return _pairwise(scores, covariance)


def correlations(scores: Scores) -> Floats:
    """(k, k) of the items, each two over the sheets that answer both.

    Not a number where an item does not vary over such sheets.
    """

    def correlation(one: Scores, other: Scores) -> float:
        r = _pearson(one, other)
        return np.nan if r is None else r

    return _pairwise(scores, correlation)


def cronbach_alpha(covariance: Floats) -> float | None:
    """Alpha of the sum of the items; None with fewer than two, or if the sum is fixed.

    Notes
    -----
    k/(k-1) (1 - sum of variances / variance of the sum). It is below the reliability
    where the items measure one thing unequally well, may be above it where errors are
    shared (one enumerator, one mood, one answer ticked throughout), and grows with the
    number of items. Negative values are possible and are kept.

    References
    ----------
    R `psych`, `alpha()$total$raw_alpha`; compared in tests/reference.

    >>> cronbach_alpha(np.array([[2.0, 1.0], [1.0, 2.0]]))
    0.6666666666666667
    """
    items = len(covariance)
    whole = float(covariance.sum())
    if items < 2 or whole <= 1e-12 * float(np.trace(covariance)):
        return None
    return items / (items - 1) * (1 - float(np.trace(covariance)) / whole)


def feldt_limits(alpha: float, n: int, items: int, level: float) -> Limits:
    """Feldt's interval of alpha over `n` >= 2 sheets.

    Notes
    -----
    (1 - A) / (1 - a) is F distributed with n - 1 and (n - 1)(k - 1) degrees of freedom
    if answers are normal, items interchangeable and respondents independent. Answers
    near the ceiling are not normal: take the interval for a rough one.

    References
    ----------
    R `psych`, `alpha()$feldt`; compared in tests/reference.
    """
    df = n - 1, (n - 1) * (items - 1)
    tail = (1 - level) / 2
    return Limits(
        1 - (1 - alpha) * float(special.fdtri(*df, 1 - tail)),
        1 - (1 - alpha) * float(special.fdtri(*df, tail)),
    )


def omega_total(correlation: Floats) -> Omega:
    """Omega of one common factor, fitted to correlations by minimal residuals.

    Parameters
    ----------
    correlation
        (k, k), k >= 3: with two items one correlation cannot tell two loadings

    Notes
    -----
    Loadings minimise the sum of squared residuals off the diagonal, with
    squares of at most 0.995 as in `psych`; omega = (sum l)^2 / ((sum l)^2 +
    sum (1 - l^2)). It starts at the largest eigenvector, so that the same answers
    give the same value. Presumes one factor: of a questionnaire with several it is the
    reliability of none. An item at the bound (`heywood`) means that the model does not
    fit, however good omega looks.

    References
    ----------
    R `psych`, `fa(nfactors = 1, fm = "minres")`; compared in tests/reference.
    """
    rows, columns = np.triu_indices(len(correlation), 1)
    values, vectors = np.linalg.eigh(correlation)
    first = vectors[:, -1] * sqrt(max(float(values[-1]), 0.0))
    bound = sqrt(1 - _LEAST_UNIQUE)

    def residuals(loadings: Floats) -> Floats:
        rest: Floats = correlation[rows, columns] - loadings[rows] * loadings[columns]
        return rest

    def slopes(loadings: Floats) -> Floats:
        slope = np.zeros((len(rows), len(correlation)))
        place = np.arange(len(rows))
        slope[place, rows] = -loadings[columns]
        slope[place, columns] = -loadings[rows]
        return slope

    fit = optimize.least_squares(
        residuals,
        np.clip(first, -0.99 * bound, 0.99 * bound),
        slopes,
        bounds=(-bound, bound),
        xtol=1e-12,
        ftol=1e-14,
        gtol=1e-12,
        max_nfev=1000,
    )
    heywood = bool(np.any(np.abs(fit.x) > bound - 1e-4))
    if not fit.success:
        return Omega(None, heywood)
    common = float(fit.x.sum()) ** 2
    return Omega(common / (common + float(np.sum(1 - fit.x**2))), heywood)


def item_with_total(scores: Scores, item: int) -> float | None:
    """Pearson's r of an item with the sum of all items, itself included.

    Parameters
    ----------
    scores
        (n, k) without blanks
    item
        column

    Notes
    -----
    The customary "validity" of an item. The item is part of the sum: with k unrelated
    items of equal spread r is 1/sqrt(k) by itself, 0.33 with nine. None where item or
    sum is the same on all sheets.
    """
    return _pearson(scores[:, item], scores.sum(axis=1))


def item_with_rest(scores: Scores, item: int) -> float | None:
    """Pearson's r of an item with the sum of the others (corrected item-total).

    None where either is the same on all sheets. As `item_with_total` without
    the item in the sum.

    References
    ----------
    R `psych`, `alpha()$item.stats$r.drop`; compared in tests/reference.
    """
    return _pearson(scores[:, item], scores.sum(axis=1) - scores[:, item])


def critical_r(n: int) -> float:
    """The r-table: smallest r over n > 2 sheets that differs from 0, two-sided 5 %.

    >>> round(critical_r(30), 3), round(critical_r(102), 3)
    (0.361, 0.195)
    """
    t = float(special.stdtrit(n - 2, 0.975))
    return t / sqrt(n - 2 + t**2)


def _pairwise(scores: Scores, measure: Callable[[Scores, Scores], float]) -> Floats:
    answered = scores != MISSING
    items = scores.shape[1]
    found = np.empty((items, items))
    for one in range(items):
        for other in range(one, items):
            both = answered[:, one] & answered[:, other]
            found[one, other] = measure(scores[both, one], scores[both, other])
            found[other, one] = found[one, other]
    return found


def _pearson(one: Scores, other: Scores) -> float | None:
    divisor = sqrt(_moment(one, one) * _moment(other, other))
    return _moment(one, other) / divisor if divisor > 0 else None


def _moment(one: Scores, other: Scores) -> float:
    """Sum of products of the distances to the means."""
    return float((one - one.mean()) @ (other - other.mean()))
