"""How often ranks and weakest items are right, simulated.

    nice -n 10 python tests/benchmarks/ranks.py [FOLDER]

Units: eight of them, a sheet of nine items enters by its total alone (9 to 36), whose
distribution is tilted exponentially until its mean is the true index. Items: nine of
one unit, ordinal answers to one latent variable per person and item. Infinite
populations, no blanks. The arithmetic is written over many samples at once; in every
cell the first samples are given to the package, which must decide alike. The seed is
fixed.
"""

import csv
import sys
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.special import betaincinv, ndtri, stdtrit

from skm_analysis.estimates.ranking import surely_better
from skm_analysis.estimates.sample import simple_sample
from skm_analysis.estimates.variance import Estimate
from skm_analysis.estimates.weakest import constant_columns, find_weakest

SEED = 20_170_014
LEVEL = 0.95
SAMPLES = 5_000
CHECKED = 20
UNITS, ITEMS = 8, 9
TOTALS = np.arange(9, 37)
INDEX = 25 * TOTALS / 9
COLUMNS = (
    "what",
    "population",
    "truth",
    "n",
    "samples",
    "all_right",  # units: every interval holds the true rank
    "only_right",  # items: the one that is lower is called the only weakest
    "false_only",  # items: one is called the only weakest and is not
    "lowest_missed",  # items: a truly lowest one is not named
    "false_named",  # items: some are named though all are equal
    "left_out",  # items: of equal lowest ones, any is not named
    "mean_width",  # units: ranks in an interval; items: how many are named
)


def quantile(tail, mean, variance):
    size = mean * (1 - mean) / np.where(variance > 0, variance, 1) - 1
    usable = (variance > 0) & (mean > 0) & (mean < 1) & (size > 0)
    safe = np.where(usable, size, 1), np.where(usable, mean, 0.5)
    found = betaincinv(safe[1] * safe[0], (1 - safe[1]) * safe[0], tail)
    edge = np.where((variance > 0) & (size <= 0), 1.0 * (tail > 0.5), mean.clip(0, 1))
    return np.where(usable, found, edge)


def limits(value, se, n, low, high, level):
    """The pseudo-beta interval of means over n respondents each, arrays alike."""
    length, upper = high - low, (1 + level) / 2
    gap = (high - value) / length
    variance = (se / length * stdtrit(n - 1, upper) / ndtri(upper)) ** 2
    down, up = (1 - gap) / n / 4, gap / n / 4
    far = quantile(upper, gap + down, variance + down**2)
    near = quantile(1 - upper, gap - up, variance + up**2)
    return high - length * np.maximum(gap, far), high - length * np.minimum(gap, near)


def step_down(excluded, family):
    """(samples, pairs): Holm's rejections; `family`: the pairs that belong to it."""
    rejected = np.zeros(family.shape, dtype=bool)
    while True:
        left = np.maximum(family.sum(axis=1) - rejected.sum(axis=1), 1)
        found = rejected | (excluded(1 - (1 - LEVEL) / left[:, None]) & family)
        if np.array_equal(found, rejected):
            return found
        rejected = found


def tilted(shape, mean):
    low, high = -6.0, 6.0
    for _ in range(80):
        middle = (low + high) / 2
        chances = shape * np.exp(middle * (TOTALS - 36))
        chances /= chances.sum()
        low, high = (middle, high) if chances @ INDEX < mean else (low, middle)
    return chances


def unit_shapes():
    spread = np.exp(-(((TOTALS - 28) / 5) ** 2) / 2)
    ceiling = np.exp((TOTALS - 36) / 5.0)
    ceiling[-1] += 1.4 * ceiling[:-1].sum()
    return {
        "middle": (spread, 81.0),
        "ceiling": (ceiling, 96.0),
        "highest": (ceiling, 98.8),
    }


def unit_cell(generator, shape, true, sizes):
    values, errors = [], []
    for mean, n in zip(true, sizes, strict=True):
        chances = tilted(shape, mean)
        drawn = generator.choice(INDEX, size=(SAMPLES, n), p=chances)
        values.append(drawn.mean(axis=1))
        errors.append(drawn.std(axis=1, ddof=1) / np.sqrt(n))
    value, se, n = np.column_stack(values), np.column_stack(errors), np.array(sizes)
    pairs = np.array(list(combinations(range(UNITS), 2)))
    first, second = pairs.T
    swap = value[:, first] < value[:, second]
    high = np.where(swap, second, first)
    low = np.where(swap, first, second)
    whole = np.ones(high.shape, dtype=bool)

    def excluded(level):
        apart = np.zeros(high.shape, dtype=bool)
        for each in np.unique(level):
            rows = np.flatnonzero(level[:, 0] == each)
            bottom, top = limits(value[rows], se[rows], n, 25, 100, each)
            own = np.arange(len(rows))[:, None]
            above, below = high[rows], low[rows]
            down = (value[rows] - bottom)[own, above]
            up = (top - value[rows])[own, below]
            gap = value[rows][own, above] - value[rows][own, below]
            apart[rows] = gap > np.hypot(down, up)
        return apart

    told = step_down(excluded, whole)
    better = np.zeros((SAMPLES, UNITS, UNITS), dtype=bool)
    sample, pair = np.nonzero(told)
    better[sample, high[sample, pair], low[sample, pair]] = True
    check_units(value, se, sizes, better)
    truly = np.greater.outer(np.array(true), np.array(true))
    lowest, highest = 1 + better.sum(axis=1), UNITS - better.sum(axis=2)
    first_rank, last_rank = 1 + truly.sum(axis=0), UNITS - truly.sum(axis=1)
    right = ((lowest <= first_rank) & (highest >= last_rank)).all(axis=1)
    return right.mean(), (highest - lowest + 1).mean()


def check_units(value, se, sizes, better):
    for row in range(CHECKED):
        estimates = [
            Estimate(
                value=Fraction(value[row, unit]),
                lowest=25.0,
                highest=100.0,
                se=float(se[row, unit]),
                df=n - 1,
                concentration=1 / n,
                sampled=1.0,
                n=n,
                lonely=False,
            )
            for unit, n in enumerate(sizes)
        ]
        found = surely_better(estimates, LEVEL)
        if not np.array_equal(found, better[row]):
            raise RuntimeError("the package ranks another way")


EDGES = {
    "middle": (-2.2, -1.2, 0.3),
    "ceiling": (-2.8, -2.2, -1.5),
    "highest": (-3.0, -2.6, -2.0),
}
SHIFTS = {
    "all equal": np.zeros(ITEMS),
    "one lower": np.array([-0.4] + [0.0] * (ITEMS - 1)),
    "two lowest": np.array([0.0, 0.0] + [0.8] * (ITEMS - 2)),
}


def item_cell(generator, edges, shift, n):
    person = generator.standard_normal((SAMPLES, n, 1))
    own = generator.standard_normal((SAMPLES, n, ITEMS))
    scores = 1 + np.digitize(np.sqrt(0.5) * (person + own) + shift, edges)
    means = scores.mean(axis=1)
    usable = scores.max(axis=1) != scores.min(axis=1)
    lowest = np.where(usable, means, 9).argmin(axis=1)
    value, se = np.empty((2, SAMPLES, ITEMS))
    for sample in range(SAMPLES):
        apart = scores[sample] - scores[sample][:, [lowest[sample]]]
        value[sample] = apart.mean(axis=0)
        se[sample] = apart.std(axis=0, ddof=1) / np.sqrt(n)
    family = usable & (np.arange(ITEMS) != lowest[:, None])

    def excluded(level):
        return limits(value, se, n, -3, 3, level)[0] > 0

    named = usable & ~step_down(excluded, family)
    compared = usable.sum(axis=1)
    clear = (compared > 1) & (2 * named.sum(axis=1) <= compared)
    check_items(scores, named, clear)
    bottom = shift == shift.min()
    only = clear & (named.sum(axis=1) == 1)
    alone = bottom.sum() == 1
    right = only & named[:, 0] if alone else np.zeros(SAMPLES, dtype=bool)
    false_only = (only & ~right).mean()
    missed = (usable & bottom & ~named).sum() / (usable & bottom).sum()
    left_out = (usable & bottom & ~named).any(axis=1).mean()
    named_of_equal = clear.mean() if bottom.all() else None
    found = right.mean() if alone else None
    many = named.sum(axis=1).mean()
    return found, false_only, missed, named_of_equal, left_out, many


def check_items(scores, named, clear):
    for row in range(CHECKED):
        sample = simple_sample(scores[row])
        columns = [x for x in range(ITEMS) if x not in constant_columns(sample)]
        found = find_weakest(sample, columns, scale=(1, 4), level=LEVEL)
        if set(found.lowest) != set(np.flatnonzero(named[row])):
            raise RuntimeError("the package names other items")
        if found.clear != clear[row]:
            raise RuntimeError("the package is sure of another thing")


def cells(generator):
    for population, (shape, mean) in unit_shapes().items():
        step = (100 - mean) / 25
        truths = {
            "all equal": [mean] * UNITS,
            "steps": [mean + step * (x - UNITS / 2) for x in range(UNITS)],
            "four and four": [mean - 6 * step] * 4 + [mean] * 4,
        }
        for truth, true in truths.items():
            for name in (15, 30, 100, 400, "15 to 400"):
                sizes = (15, 15, 30, 30, 100, 100, 400, 400)
                many = sizes if isinstance(name, str) else (name,) * UNITS
                right, width = unit_cell(generator, shape, true, many)
                told = ("units", population, truth, name, SAMPLES, f"{right:.4f}")
                yield (*told, "", "", "", "", "", f"{width:.2f}")
    for population, edges in EDGES.items():
        for truth, shift in SHIFTS.items():
            for n in (30, 100, 300):
                *shares, width = item_cell(generator, edges, shift, n)
                told = ["" if each is None else f"{each:.4f}" for each in shares]
                start = ("items", population, truth, n, SAMPLES, "")
                yield (*start, *told, f"{width:.2f}")


def main(folder):
    generator = np.random.default_rng(SEED)
    rows = []
    for row in cells(generator):
        rows.append(row)
        print(*(f"{cell!s:>13}" for cell in row), flush=True)
    with (folder / "coverage-ranks.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
