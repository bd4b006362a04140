"""The least favourable share of low sheets, calculated exactly.

    python tests/benchmarks/coverage_worst.py

A share of the people is lower by the same number of points throughout, all others are
the highest throughout. The number of low sheets in a sample is binomial, so that
coverage is a sum and needs no simulation.
"""

from typing import NamedTuple

import numpy as np
from coverage_designs import simple_found
from coverage_methods import METHODS
from scipy.stats import binom


class Worst(NamedTuple):
    coverage: float  # per cent
    share: float  # of low sheets, at which coverage is least
    failing: float  # part of the shares up to one half with less than 94 %


def worst(points: float, n: int, method: str = "pseudo-beta") -> Worst:
    """`points`: how far below the highest the low sheets lie, in index points."""
    low_sheets = np.arange(n + 1)
    values = np.where(np.arange(n) < low_sheets[:, None], 100.0 - points, 100.0)
    low, high = METHODS[method](simple_found(values, low_sheets, free=1.0))
    shares = np.linspace(0.0005, 0.5, 4_000)
    truth = (100 - points * shares)[:, None]
    covered = (low <= truth + 1e-9) & (high >= truth - 1e-9)
    chance = binom.pmf(low_sheets, n, shares[:, None])
    coverage = 100 * (chance * covered).sum(axis=1)
    return Worst(
        float(coverage.min()),
        float(shares[coverage.argmin()]),
        float((coverage < 94).mean()),
    )


if __name__ == "__main__":
    for points in (12.5, 25.0, 50.0, 75.0):
        for n in (15, 30, 100, 400):
            coverage, share, failing = worst(points, n)
            print(f"{points} {n}: {coverage:.1f} % at {share:.4f}, {failing:.3f} fail")
