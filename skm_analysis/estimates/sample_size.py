"""How many respondents a unit needs, by rules made for a proportion near one half.

They know nothing of the survey and presume random choice; `index_size` asks how many
the index itself needs.
"""

from fractions import Fraction
from math import ceil, floor

from scipy import special

CHI_SQUARE = Fraction("3.841")  # 1 df, 95 %, three decimals as in the published table
PROPORTION = Fraction("0.5")
ERROR = Fraction("0.05")


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


def _refuse_empty(population: int) -> None:
    if population < 1:
        raise ValueError(f"population must be at least 1, got {population}")
