"""How many respondents the index needs: for a margin, or to see a change.

They need the spread of the index, and presume random choice.
"""

from collections.abc import Callable
from fractions import Fraction
from math import sqrt

from scipy import special, stats

from skm_analysis.estimates.interval import limits
from skm_analysis.estimates.variance import Estimate

POWER = 0.8
FEWEST = 2  # fewer show no spread


def for_margin(
    deviation: float,
    margin: float,
    *,
    population: int | None = None,
    level: float = 0.95,
) -> int | None:
    """Fewest respondents whose t interval of a mean is not wider than ± `margin`.

    Parameters
    ----------
    deviation
        standard deviation of one respondent's value, more than 0, in the unit of
        `margin`; with the design effect in it, if the design has one
    margin
        half the interval's width, more than 0
    population
        for the finite correction, which presumes random choice; None: no correction
    level
        two-sided, between 0 and 1

    Returns
    -------
    At least 2; None if even the whole population does not reach it (never, unless
    the population is 1).

    Notes
    -----
    T(n-1)·S/√n·√(1 - n/N) ≤ margin. With z for T that is n = n0/(1 + n0/N), n0 =
    (z·S/margin)²; T itself depends on n and adds a few respondents. The printed
    pseudo-beta interval is wider at small n and near the ceiling: `for_interval`.

    Examples
    --------
    >>> for_margin(8, 1.5), for_margin(8, 1.5, population=500)
    (112, 92)
    """
    _refuse_nothing(deviation, margin)

    def reached(n: int) -> bool:
        left = _left(n, population)
        reach = float(special.stdtrit(n - 1, (1 + level) / 2)) * deviation
        return reach * sqrt(left / n) <= margin

    return _fewest(reached, population)


def for_interval(
    value: Fraction,
    deviation: float,
    margin: float,
    *,
    lowest: float,
    highest: float,
    crowding: float = 1.0,
    population: int | None = None,
    level: float = 0.95,
) -> int | None:
    """Fewest respondents whose printed interval is not wider than 2·`margin`.

    Parameters
    ----------
    value, lowest, highest
        where on its scale the mean is expected
    deviation, margin, population, level
        as for `for_margin`
    crowding
        sum of squared normalised weights times n: 1 where all count the same

    Notes
    -----
    Half the width of the pseudo-beta interval of `interval.limits` that a mean
    `value` with this spread would have. Near the ceiling it asks for more than
    `for_margin`, since that interval is the wider one there.

    Examples
    --------
    >>> for_interval(Fraction(95), 8, 1.5, lowest=25, highest=100)
    126
    """
    _refuse_nothing(deviation, margin)

    def reached(n: int) -> bool:
        left = _left(n, population)
        found = limits(
            Estimate(
                value=value,
                lowest=lowest,
                highest=highest,
                se=deviation * sqrt(left / n),
                df=n - 1,
                concentration=crowding / n,
                sampled=left,
                n=n,
                lonely=False,
            ),
            level,
        )
        return found is not None and found.high - found.low <= 2 * margin

    return _fewest(reached, population)


def for_change(
    deviation: float,
    change: float,
    *,
    earlier_se: float,
    earlier_df: float,
    population: int | None = None,
    level: float = 0.95,
    power: float = POWER,
) -> int | None:
    """Fewest respondents with which a true change of `change` is seen with `power`.

    Parameters
    ----------
    deviation
        standard deviation of one respondent's value this year, more than 0
    change
        the difference between the two years' means that is not to be missed
    earlier_se, earlier_df
        of last year's mean, which is done and cannot be made surer
    population
        for the finite correction, which presumes random choice; None: no correction
    level
        of the two-sided test
    power
        chance of a significant change in the right direction

    Returns
    -------
    At least 2; None where last year's mean is so unsure that no sample this year,
    or not even the whole population, will do.

    Notes
    -----
    Student's two-sample test with Satterthwaite's degrees of freedom; its power by
    the noncentral t distribution. For one unit by itself: over many units at once,
    with Holm's adjustment, more are needed.

    Examples
    --------
    >>> for_change(8, 2, earlier_se=8 / 252**0.5, earlier_df=251)
    253
    >>> for_change(8, 2, earlier_se=1, earlier_df=63) is None
    True
    """
    _refuse_nothing(deviation, change)

    def reached(n: int) -> bool:
        own = deviation**2 * _left(n, population) / n
        both = own + earlier_se**2
        parts = own**2 / (n - 1) + earlier_se**4 / max(earlier_df, 1)
        df = both**2 / parts if parts else float(n - 1)
        return _power(change, sqrt(both), df, level) >= power

    return _fewest(reached, population)


def for_change_in_both(
    deviation: float,
    change: float,
    *,
    population: int | None = None,
    level: float = 0.95,
    power: float = POWER,
) -> int | None:
    """Fewest respondents in each of two years to come, as `for_change` for one.

    Notes
    -----
    Student's two-sample test, equal numbers and spreads, 2(n - 1) df.

    Examples
    --------
    >>> for_change_in_both(8, 2), for_change_in_both(8, 2, population=500)
    (253, 168)
    """
    _refuse_nothing(deviation, change)

    def reached(n: int) -> bool:
        se = deviation * sqrt(2 * _left(n, population) / n)
        return _power(change, se, 2 * (n - 1), level) >= power

    return _fewest(reached, population)


_MOST = 10**9


def _fewest(reached: Callable[[int], bool], population: int | None) -> int | None:
    """The smallest n from 2 on that is enough, n being enough from some n on."""
    most = _MOST if population is None else population
    if most < FEWEST or not reached(most):
        return None
    low, high = FEWEST - 1, most
    while high - low > 1:
        middle = (low + high) // 2
        if reached(middle):
            high = middle
        else:
            low = middle
    return high


def _power(change: float, se: float, df: float, level: float) -> float:
    """Chance of a significant result on the right side."""
    if se == 0:
        return 1.0
    critical = float(special.stdtrit(df, (1 + level) / 2))
    return float(stats.nct.sf(critical, df, change / se))


def _left(n: int, population: int | None) -> float:
    """The share of the population that was not asked."""
    return 1.0 if population is None else 1 - n / population


def _refuse_nothing(deviation: float, aim: float) -> None:
    if deviation <= 0 or aim <= 0:
        raise ValueError(f"must be more than 0: deviation {deviation}, aim {aim}")
