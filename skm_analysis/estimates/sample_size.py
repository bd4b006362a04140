"""How many respondents a unit needs."""

from fractions import Fraction

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
    elif population < 1:
        raise ValueError(f"population must be at least 1, got {population}")
    else:
        size = spread * population / (ERROR**2 * (population - 1) + spread)
    return int(size + Fraction(1, 2))
