"""The p-value of a difference and Holm's adjustment, a second time.

The p-value is the smallest error rate at which the interval of the difference leaves
out 0. The distance from the difference to its limit grows nearly in proportion to the
normal quantile of the level, so that is where the crossing is looked for, by the rule
of false position.
"""

import math
from collections.abc import Callable, Hashable, Mapping
from statistics import NormalDist
from typing import TypeVar

from skm_analysis.audit.second_interval import mover
from skm_analysis.audit.second_rows import Terms

LEAST = 1e-10  # below that a p-value is told as 0
SLACK = 3e-10  # how far a bisection down to that may end from the crossing

Name = TypeVar("Name", bound=Hashable)


def p_value(terms: Terms) -> float | None:
    """Of a sum of independent figures; None where one has no interval.

    1 where no level leaves out 0; 0 where all do but those with an error below 1e-10.
    """
    centre = float(sum(factor * figure.value for factor, figure in terms))
    if any(figure.limits(0.5) is None for _, figure in terms):
        return None

    def beyond(z: float) -> float:
        """How far the interval stays away from 0, at the level of this quantile."""
        level = 1 - 2 * _NORMAL.cdf(-z)
        own = [(c, figure.value, figure.limits(level)) for c, figure in terms]
        low, high = mover(own) or (-math.inf, math.inf)
        return low if centre > 0 else -high

    narrowest = _NORMAL.inv_cdf(0.5 + LEAST / 2)
    widest = -_NORMAL.inv_cdf(LEAST / 2)
    if centre == 0 or beyond(narrowest) <= 0:
        return 1.0
    if beyond(widest) > 0:
        return 0.0
    return 2 * _NORMAL.cdf(-_crossing(beyond, narrowest, widest))


_NORMAL = NormalDist()


def _crossing(height: Callable[[float], float], left: float, right: float) -> float:
    """Where a falling function passes 0, by false position (Illinois)."""
    above, below = height(left), height(right)
    side = 0
    for _ in range(200):
        x = (left * below - right * above) / (below - above)
        now = height(x)
        if now > 0:
            left, above = x, now
            below /= 2 if side > 0 else 1
            side = 1
        else:
            right, below = x, now
            above /= 2 if side < 0 else 1
            side = -1
        if now == 0 or right - left < 1e-13 or abs(now) < 1e-13:
            return x
    return (left + right) / 2


def holm(p_values: Mapping[Name, float]) -> dict[Name, float]:
    """The m-th smallest of k times k − m + 1, never falling, at most 1."""
    ordered = sorted(p_values.items(), key=lambda pair: pair[1])
    adjusted, least = {}, 0.0
    for left, (name, p) in zip(range(len(ordered), 0, -1), ordered, strict=True):
        least = max(least, min(1.0, left * p))
        adjusted[name] = least
    return adjusted
