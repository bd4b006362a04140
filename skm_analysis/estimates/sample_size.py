"""How many respondents a unit needs, by rules that ask different questions.

The first three are made for a proportion near one half and know nothing of the
survey; the others are made for a mean and need its spread. All presume random choice.
"""

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor, sqrt

from scipy import special, stats

from skm_analysis.estimates.interval import limits
from skm_analysis.estimates.variance import Estimate

CHI_SQUARE = Fraction("3.841")  # 1 df, 95 %, three decimals as in the published table
PROPORTION = Fraction("0.5")
ERROR = Fraction("0.05")
POWER = 0.8
FEWEST = 2  # fewer show no spread


def krejcie_morgan(population: int | None) -> int:
    """Respondents needed out of `population` (None: infinite), nearest whole.

    Parameters
    ----------
    population
        people served, at least 1, or None

    Notes
    -----
    S = χ²·N·P(1-P) / (d²(N-1) + χ²·P(1-P)) with χ² = 3.841, P = 0.5, d = 0.05.
    Nearest, not up: that gives all 90 rows of the published table, rounding up
    differs in 45 of them. The formula is for a proportion near one half, not for a
    mean, and presumes random choice.

    References
    ----------
    Krejcie & Morgan (1970), as quoted in the annex of PermenPANRB 14/2017.

    Examples
    --------
    >>> krejcie_morgan(1000), krejcie_morgan(812), krejcie_morgan(None)
    (278, 261, 384)
    """
    spread = CHI_SQUARE * PROPORTION * (1 - PROPORTION)
    if population is None:
        size = spread / ERROR**2
    else:
        _refuse_empty(population)
        size = spread * population / (ERROR**2 * (population - 1) + spread)
    return floor(size + Fraction(1, 2))


def cochran(population: int | None, level: float = 0.95) -> float:
    """Cochran's number for a proportion of one half within 0.05; not rounded.

    Parameters
    ----------
    population
        people served, at least 1; None for an infinite population
    level
        two-sided, between 0 and 1

    Notes
    -----
    n0 = z²·P(1-P)/d², n = n0/(1 + (n0-1)/N). With χ² = z² it is Krejcie and Morgan's
    formula written in another way; the two differ by the decimals of χ² and by
    rounding, up here.

    References
    ----------
    Named after Cochran's Sampling Techniques, from memory; not consulted.

    Examples
    --------
    >>> round(cochran(1000), 3), round(cochran(None), 3)
    (277.733, 384.146)
    """
    z = float(special.ndtri((1 + level) / 2))
    first = z**2 * float(PROPORTION * (1 - PROPORTION) / ERROR**2)
    if population is None:
        return first
    _refuse_empty(population)
    return first / (1 + (first - 1) / population)


def slovin(population: int | None) -> Fraction:
    """Slovin's number N/(1 + N·e²) with e = 0.05; not rounded.

    Notes
    -----
    For reference only. It is Cochran's number with z² taken as 4 and N - 1 as N; it
    knows neither level nor spread, so it promises nothing about the index, and its e
    is read as a margin only for a proportion of one half at about 95 %.

    Examples
    --------
    >>> slovin(1000), slovin(None)
    (Fraction(2000, 7), Fraction(400, 1))
    """
    if population is None:
        return 1 / ERROR**2
    _refuse_empty(population)
    return population / (1 + population * ERROR**2)


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


def to_ask(size: int, nonresponse: Fraction) -> int:
    """People to ask so that about `size` answer when `nonresponse` (0 to <1) do not.

    On average: with half the luck fewer answer.

    >>> to_ask(261, Fraction(1, 10))
    290
    """
    if not 0 <= nonresponse < 1:
        raise ValueError(f"nonresponse must be from 0 to below 1, got {nonresponse}")
    return ceil(size / (1 - nonresponse))


def whole(size: float | Fraction, population: int | None) -> int:
    """`size` rounded up, but not above the population.

    >>> whole(9.2, None), whole(9.2, 9)
    (10, 9)
    """
    up = ceil(size)
    return up if population is None else min(up, population)


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


def _refuse_empty(population: int) -> None:
    if population < 1:
        raise ValueError(f"population must be at least 1, got {population}")


def _refuse_nothing(deviation: float, aim: float) -> None:
    if deviation <= 0 or aim <= 0:
        raise ValueError(f"must be more than 0: deviation {deviation}, aim {aim}")
