"""NRR and IKM: exact values, and how much each respondent moves them.

Pure functions on whole-number scores and fractional weights. An estimate is kept as
its exact value with two numbers per respondent: the linearised value, from which the
variance follows with all covariances between items, and the normalised weight.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Literal, NamedTuple

import numpy as np

from skm_analysis.estimates.sample import Flags, Floats, Integers, Sample

MissingRule = Literal["ratio", "complete", "person"]


class Linear(NamedTuple):
    """An estimate as a sum over respondents."""

    value: Fraction
    influence: Floats  # (n,) p_i z_i, in the unit of the value; sums to 0
    share: Floats  # (n,) a_i >= 0; sums to 1


def item_mean(
    sample: Sample, item: int, *, rule: MissingRule = "ratio"
) -> Linear | None:
    """NRR of the item in column `item`, in score points; None if nobody answered it.

    Notes
    -----
    nrr = sum p·y / sum p·d with d = 1 where answered (under "complete": where the
    whole sheet is answered). With weights a combined ratio: strata are added up
    before dividing.

    References
    ----------
    PermenPANRB 14/2017, annex: sum of an unsur's values over filled-in questionnaires.
    """
    counted = _complete(sample) if rule == "complete" else sample.answered[:, item]
    return _ratio(sample, sample.scores[:, item], counted)


def answer_share(sample: Sample, item: int, score: int) -> Linear | None:
    """Share (0 to 1) of `score` among the answers to an item; None if there are none.

    Weighted like the item's mean.
    """
    counted = sample.answered[:, item]
    given = (sample.scores[:, item] == score).astype(np.int64)
    return _ratio(sample, given, counted)


def index(
    sample: Sample,
    weights: Sequence[Fraction],
    factor: Fraction,
    *,
    rule: MissingRule = "ratio",
) -> Linear | None:
    """IKM in index points; None where an item has no answer that counts.

    Parameters
    ----------
    sample
        sheets with their design
    weights
        one per item, summing to 1 (other sums are taken as they are, to show
        what a worksheet with rounded weights prints)
    factor
        index points per score point, 100 over the highest answer
    rule
        how unanswered items count. "ratio": the mean of each item over those who
        answered it; "complete": complete sheets only; "person": the mean of the
        respondents' own indices over the items each answered

    Notes
    -----
    The linearised value of a respondent under "ratio" is
    z_i = factor · sum_j w_j d_ij (y_ij - nrr_j) / D_j with D_j = sum p·d, and the
    normalised weight a_i = sum_j w_j p_i d_ij / D_j. "complete" is a domain of the
    full sample, which keeps its design.

    Examples
    --------
    >>> from skm_analysis.estimates.sample import simple_sample
    >>> sheets = simple_sample(np.array([[4, 4], [2, -1]]))
    >>> halves = (Fraction(1, 2), Fraction(1, 2))
    >>> str(index(sheets, halves, Fraction(25)).value)
    '175/2'
    >>> str(index(sheets, halves, Fraction(25), rule="person").value)
    '75'
    """
    if rule == "ratio":
        linear = _weighted_items(sample, weights)
    elif rule == "complete":
        linear = _complete_sheets(sample, weights)
    else:
        linear = _persons(sample, weights)
    if linear is None:
        return None
    return Linear(linear.value * factor, linear.influence * float(factor), linear.share)


def _weighted_items(sample: Sample, weights: Sequence[Fraction]) -> Linear | None:
    answered = sample.answered.T
    if not len(answered) or not answered.any(axis=1).all():
        return None
    means = _ratios(sample, sample.scores.T, answered)
    factors = np.array([[float(weight)] for weight in weights])
    pairs = zip(weights, means.values, strict=True)
    return Linear(
        sum((weight * value for weight, value in pairs), Fraction(0)),
        np.sum(factors * means.influences, axis=0),
        np.sum(factors * means.shares, axis=0),
    )


def _complete_sheets(sample: Sample, weights: Sequence[Fraction]) -> Linear | None:
    whole, unit = _whole(weights)
    linear = _ratio(sample, sample.scores @ whole, _complete(sample))
    if linear is None:
        return None
    return Linear(linear.value / unit, linear.influence / unit, linear.share)


def _persons(sample: Sample, weights: Sequence[Fraction]) -> Linear | None:
    whole, _ = _whole(weights)
    divisor = sample.answered @ whole
    counted = divisor > 0
    if not counted.any():
        return None
    amount = np.where(sample.answered, sample.scores, 0) @ whole
    people = _total(sample, counted)
    summed = sum(
        (
            _total(sample, np.where(divisor == each, amount, 0)) / int(each)
            for each in np.unique(divisor[counted])
        ),
        Fraction(0),
    )
    value = summed / people
    share = np.where(counted, sample.weights / float(people), 0.0)
    own = amount / np.where(counted, divisor, 1)
    return Linear(value, share * (own - float(value)), share)


def _ratio(sample: Sample, amount: Integers, counted: Flags) -> Linear | None:
    """Weighted mean of whole numbers over the respondents that are counted."""
    if not counted.any():
        return None
    found = _ratios(sample, amount[np.newaxis], counted[np.newaxis])
    return Linear(found.values[0], found.influences[0], found.shares[0])


class _Ratios(NamedTuple):
    """Several estimates of one sample: k values, and (k, n) as in `Linear`."""

    values: list[Fraction]
    influences: Floats
    shares: Floats


def _ratios(sample: Sample, amounts: Integers, counted: Flags) -> _Ratios:
    """Weighted means of (k, n) whole numbers; each counts at least one respondent."""
    people = _totals(sample, counted)
    totals = _totals(sample, np.where(counted, amounts, 0))
    pairs = [*zip(totals, people, strict=True)]
    divisors = np.array([[each / sample.unit] for each in people])
    middles = np.array([[total / each] for total, each in pairs])
    shares = np.where(counted, sample.weights / divisors, 0.0)
    values = [Fraction(total, each) for total, each in pairs]
    return _Ratios(values, shares * (amounts - middles), shares)


def _complete(sample: Sample) -> Flags:
    complete: Flags = np.all(sample.answered, axis=1)
    return complete


def _total(sample: Sample, amount: Integers | Flags) -> Fraction:
    return Fraction(_totals(sample, amount[np.newaxis])[0], sample.unit)


def _totals(sample: Sample, amounts: Integers | Flags) -> list[int]:
    """Of (k, n) whole numbers k weighted sums over respondents, in `sample.unit`."""
    within = [
        amounts[:, sample.stratum == place].sum(axis=1).tolist()
        for place in range(len(sample.weight))
    ]
    return [
        sum(part * each for part, each in zip(sample.parts, column, strict=True))
        for column in zip(*within, strict=True)
    ]


def _whole(weights: Sequence[Fraction]) -> tuple[Integers, int]:
    """Weights as whole numbers, and the unit that they are counted in."""
    unit = lcm(*(weight.denominator for weight in weights))
    return np.array([int(weight * unit) for weight in weights], dtype=np.int64), unit
