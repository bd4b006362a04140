"""How often the probability of a grade is right: said against found, bin by bin.

    nice -n 10 python tests/benchmarks/grade_calibration.py [FOLDER]

True indices are uniform within 4 points of each rounded bound, and for comparison
within 11. `cut` bins the probability that is left when the window is known: the
distribution cut at both ends of the window. A sheet of nine items
enters by its total alone (9 to 36), whose distribution is tilted exponentially until
its mean is the true index. Three shapes: `smooth` (answers of one person resemble each
other), `alike` (half of the sheets have one answer throughout) and `ceiling` (most of
the sheets are the highest throughout, the others spread). Samples are drawn from an
infinite population, without blanks. The seed is fixed. Writes a table and a chart.
"""

import csv
import sys
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from scipy.special import ndtr

from skm_analysis.estimates.grade_certainty import probability_at_least
from skm_analysis.estimates.variance import Estimate

SEED = 20_170_014
BOUNDS = ("88.305", "76.605", "64.995")
SIZES = (15, 30, 100)
REACHES = (4.0, 11.0)
BINS = 10
FEWEST = 2_000  # samples in every bin of a cell
BATCH = 20_000
TOTALS = np.arange(9, 37)
INDEX = 25 * TOTALS / 9
LEVEL = 0.95
COLUMNS = ("shape", "bound", "n", "reach", "claim", "bin", "samples", "said", "right")


def shapes():
    """Distribution of a sheet's total, per shape, before it is tilted."""
    edges = np.array([-np.inf, -1.6, -0.7, 0.4, np.inf])
    smooth = np.zeros(len(TOTALS))
    for person in np.linspace(-2.5, 2.5, 101):
        item = np.diff(ndtr((edges - 0.8 * person) / 0.6))
        total = np.array([1.0])
        for _ in range(9):
            total = np.convolve(total, item)
        smooth += np.exp(-(person**2) / 2) * total
    smooth /= smooth.sum()
    alike = smooth / 2
    for score, share in zip((1, 2, 3, 4), (0.02, 0.08, 0.5, 0.4), strict=True):
        alike[9 * score == TOTALS] += share / 2
    ceiling = 0.4 * np.ones(len(TOTALS)) / len(TOTALS)
    ceiling[-1] += 0.6
    return {"smooth": smooth, "alike": alike, "ceiling": ceiling}


def tilted(shape, means):
    """(len(means), 28): the shape, tilted so that its mean is each of `means`."""
    low, high = np.full(len(means), -3.0), np.full(len(means), 3.0)
    for _ in range(60):
        middle = (low + high) / 2
        chances = shape * np.exp(middle[:, None] * (TOTALS - 36))
        chances /= chances.sum(axis=1, keepdims=True)
        below = chances @ INDEX < means
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return chances


class Bins(NamedTuple):
    """Counts and sums per tenth of the claim."""

    samples: np.ndarray
    said: np.ndarray
    right: np.ndarray

    def add(self, claims, truths):
        at = np.minimum((claims * BINS).astype(int), BINS - 1)
        self.samples[:] += np.bincount(at, minlength=BINS)
        self.said[:] += np.bincount(at, claims, BINS)
        self.right[:] += np.bincount(at, truths, BINS)


def empty():
    return Bins(*(np.zeros(BINS) for _ in range(3)))


def draw(generator, cumulative, grid, n):
    """True indices, and the sums of totals and standard errors of a sample of each."""
    place = generator.integers(0, len(grid), BATCH)
    chance = generator.random((BATCH, n))
    totals = np.empty((BATCH, n), dtype=np.int64)
    for each in np.unique(place):
        rows = place == each
        found = np.searchsorted(cumulative[each], chance[rows])
        totals[rows] = TOTALS[found.clip(0, len(TOTALS) - 1)]
    errors = 25 / 9 * totals.std(axis=1, ddof=1) / np.sqrt(n)
    return grid[place], totals.sum(axis=1), errors


def estimate(total, error, n):
    return Estimate(
        value=Fraction(25 * int(total), 9 * n),
        lowest=25.0,
        highest=100.0,
        se=float(error),
        df=n - 1,
        concentration=1 / n,
        sampled=1.0,
        n=n,
        lonely=False,
    )


def calibrate(generator, shape, bound, n, reach):
    """Bins of what is said, and of what is said once the window is known.

    The latter is seldom near 0 or 1 where samples are small: its outer bins may be
    thin or empty.
    """
    exact, width = Fraction(bound), Fraction(reach)
    grid = np.linspace(float(bound) - reach, float(bound) + reach, int(200 * reach) + 1)
    cumulative = tilted(shape, grid).cumsum(axis=1)
    plain, cut = empty(), empty()
    while plain.samples.min() < FEWEST:
        truth, totals, errors = draw(generator, cumulative, grid, n)
        chances = np.array(
            [
                [
                    probability_at_least(estimate(*each, n), point, LEVEL)
                    for point in (exact - width, exact, exact + width)
                ]
                for each in zip(totals, errors, strict=True)
            ]
        )
        reached = truth >= float(bound)
        plain.add(chances[:, 1], reached)
        inside = chances[:, 0] - chances[:, 2]
        told = inside > 1e-9
        within = (chances[told, 1] - chances[told, 2]) / inside[told]
        cut.add(np.clip(within, 0, 1), reached[told])
    return {"plain": plain, "cut": cut}


def simulate():
    generator = np.random.default_rng(SEED)
    for name, shape in shapes().items():
        for bound in BOUNDS:
            for n in SIZES:
                for reach in REACHES:
                    found = calibrate(generator, shape, bound, n, reach)
                    for claim, bins in found.items():
                        for each in np.flatnonzero(bins.samples):
                            yield {
                                "shape": name,
                                "bound": bound,
                                "n": n,
                                "reach": int(reach),
                                "claim": claim,
                                "bin": f"{10 * int(each)}-{10 * int(each) + 10}",
                                "samples": int(bins.samples[each]),
                                "said": f"{bins.said[each] / bins.samples[each]:.4f}",
                                "right": f"{bins.right[each] / bins.samples[each]:.4f}",
                            }


def cells(rows, n, kind):
    """The bins of each shape and bound, without thin ones."""
    found = {}
    for each in rows:
        if each["n"] == n and kind == f"{each['reach']} {each['claim']}":
            of_cell = found.setdefault((each["shape"], each["bound"]), [])
            if each["samples"] >= FEWEST / 4:
                of_cell.append(each)
    return found.values()


def chart(rows, path):
    """Every cell's bins as faint lines, per sample size and reach."""
    matplotlib.rcParams["svg.hashsalt"] = "grade-calibration"
    figure, axes = plt.subplots(1, len(SIZES), figsize=(9, 3.4), sharey=True)
    colours = {"4 plain": "#b2452f", "4 cut": "#7a7a7a", "11 plain": "#1f5a83"}
    labels = {
        "4 plain": "true index within 4 points of the bound",
        "4 cut": "the same, window known",
        "11 plain": "within 11 points",
    }
    for ax, n in zip(axes, SIZES, strict=True):
        ax.plot([0, 1], [0, 1], color="black", lw=0.8)
        for kind, colour in colours.items():
            for cell in cells(rows, n, kind):
                said, right = (
                    [float(each[c]) for each in cell] for c in ("said", "right")
                )
                ax.plot(said, right, color=colour, lw=0.8, alpha=0.6)
            ax.plot([], [], color=colour, label=labels[kind])
        ax.set_title(f"n = {n}")
        ax.set_xlabel("said")
    axes[0].set_ylabel("right")
    axes[0].legend(fontsize=6, loc="upper left")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main(folder):
    rows = list(simulate())
    with (folder / "grade-calibration.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    chart(rows, folder / "grade-calibration.svg")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "docs")
