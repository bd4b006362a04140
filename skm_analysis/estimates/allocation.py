"""How a sample is shared out among strata."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

FEWEST_IN_STRATUM = 2  # fewer show no spread within it


def proportional(size: int, populations: Mapping[str, int]) -> dict[str, int]:
    """`size` respondents over strata in proportion to their people.

    Parameters
    ----------
    size
        respondents in all; raised to 2 per stratum, lowered to all there are
    populations
        N_h by name, each at least 1

    Returns
    -------
    n_h by name, in the same order. They sum to `size` as raised or lowered; each is at
    least 2 (or N_h, if that is less) and at most N_h.

    Notes
    -----
    Largest remainders. Where a bound holds a stratum, the others share out the rest.

    Examples
    --------
    >>> proportional(100, {"S1": 401, "S2": 411})
    {'S1': 49, 'S2': 51}
    """
    return _share_out(
        size, {name: Fraction(n) for name, n in populations.items()}, populations
    )


def neyman(
    size: int, populations: Mapping[str, int], deviations: Mapping[str, float]
) -> dict[str, int]:
    """`size` respondents over strata as makes the mean surest: n_h ∝ N_h·S_h.

    Parameters
    ----------
    size, populations
        as for `proportional`
    deviations
        S_h by name, 0 or more; where all are 0 the shares are proportional

    Notes
    -----
    As good as the S_h are: those of last year are a guess at this year's, and one of
    few respondents near the ceiling may be far too small. Presumes `weighting =
    "strata"`: unweighted, an unequal allocation shifts the index.

    Examples
    --------
    >>> neyman(100, {"S1": 400, "S2": 400}, {"S1": 3.0, "S2": 9.0})
    {'S1': 25, 'S2': 75}
    """
    shares = {name: n * Fraction(deviations[name]) for name, n in populations.items()}
    if not any(shares.values()):
        return proportional(size, populations)
    return _share_out(size, shares, populations)


def _share_out(
    size: int, shares: Mapping[str, Fraction], populations: Mapping[str, int]
) -> dict[str, int]:
    least = {name: min(FEWEST_IN_STRATUM, n) for name, n in populations.items()}
    size = max(sum(least.values()), min(size, sum(populations.values())))
    quotas = _bounded(size, shares, least, populations)
    given = {name: floor(quota) for name, quota in quotas.items()}
    # A quota that is not whole lies below its bound, so that one more is possible.
    by_remainder = sorted(quotas, key=lambda name: given[name] - quotas[name])
    for name in by_remainder[: size - sum(given.values())]:
        given[name] += 1
    return given


def _bounded(
    size: int,
    shares: Mapping[str, Fraction],
    least: Mapping[str, int],
    most: Mapping[str, int],
) -> dict[str, Fraction]:
    """Quotas in proportion to `shares` within their bounds, which sum to `size`.

    Each is factor·share cut to its bounds; the factor lies between two of those at
    which a bound is met.
    """

    def cut(factor: Fraction) -> dict[str, Fraction]:
        return {
            name: min(max(factor * share, Fraction(least[name])), Fraction(most[name]))
            for name, share in shares.items()
        }

    ends = sorted(
        Fraction(bound[name]) / share
        for name, share in shares.items()
        if share
        for bound in (least, most)
    )
    below = max((x for x in ends if sum(cut(x).values()) <= size), default=Fraction(0))
    quotas = cut(below)
    rest = size - sum(quotas.values(), Fraction(0))
    free = [
        name
        for name, share in shares.items()
        if share and least[name] <= below * share < most[name]
    ]
    if rest and free:
        step = rest / sum((shares[name] for name in free), Fraction(0))
        return {
            name: quota + (step * shares[name] if name in free else 0)
            for name, quota in quotas.items()
        }
    if rest:  # all with a share are asked whole; those without one take the rest
        room = {name: most[name] - quotas[name] for name in shares}
        whole = sum(room.values(), Fraction(0))
        return {
            name: quota + rest * room[name] / whole for name, quota in quotas.items()
        }
    return quotas
