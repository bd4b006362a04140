"""Coverage of the interval where enumerators gathered the answers. Run by hand.

Studies of 30 units whose correlation within clusters is estimated from the study
itself, as the package does it. Prints, per cell, coverage in % and mean width for three
rules: the standard error of respondents times the design effect ("few"), that between
clusters ("between"), and the wider of both. Quoted in docs/methodology.md, 2.1. Takes
about a minute.
"""

import itertools
from typing import NamedTuple

import numpy as np
from scipy import special

SEED = 20250101
UNITS = 30
SAMPLES = 6000
EQUAL = [(2, 20), (4, 5), (4, 10), (4, 25), (8, 4), (8, 10), (20, 5), (20, 15)]
UNEQUAL = [
    [1, 2, 3, 4, 6, 8, 12, 20],
    [1] * 10 + [30] * 2,
    [40, 10, 5, 5],
    [3, 4, 5, 6, 8, 10, 14, 10],
    [2] * 14 + [10] * 4,
]
LATENT = 1.25  # what items of four answers leave of a correlation, about


class Units(NamedTuple):
    """Own indices of the respondents (units, n), and the clusters' sizes (C,)."""

    own: np.ndarray
    sizes: np.ndarray


def draw(rng, count, sizes, rho, lift):
    """Nine answers of 1 to 4: a cluster, a person and chance behind thresholds."""
    sizes = np.array(sizes)
    member = np.repeat(np.arange(len(sizes)), sizes)
    shared = rng.normal(size=(count, len(sizes)))[:, member] * np.sqrt(rho)
    person = rng.normal(size=(count, len(member))) * np.sqrt(1 - rho)
    chance = rng.normal(size=(count, len(member), 9)) * 0.6
    felt = (shared + person)[:, :, None] * 0.8 + chance + lift
    answers = 1.0 + (felt > -1.8) + (felt > -0.8) + (felt > 0.4)
    return Units(answers.mean(-1) * 25, sizes)


def pseudo_beta(value, se, df, concentration):
    """The formula of section 3 at 95 %, for arrays, on 25 to 100."""
    m = (100 - value) / 75
    v = (se / 75 * special.stdtrit(df, 0.975) / special.ndtri(0.975)) ** 2
    down, up = (1 - m) * concentration / 4, m * concentration / 4

    def quantile(tail, mean, variance):
        mean = np.clip(mean, 1e-12, 1 - 1e-12)
        k = np.maximum(mean * (1 - mean) / np.maximum(variance, 1e-18) - 1, 1e-6)
        return special.betaincinv(mean * k, (1 - mean) * k, tail)

    far = quantile(0.975, m + down, v + down**2)
    near = quantile(0.025, m - up, v + up**2)
    return 100 - 75 * np.maximum(m, far), 100 - 75 * np.minimum(m, near)


def intervals(units):
    """Limits by each rule, with rho pooled over every 30 units."""
    own, sizes = units
    clusters, n = len(sizes), sizes.sum()
    member = np.repeat(np.arange(clusters), sizes)
    middle = own.mean(1)
    means = own @ (member[:, None] == np.arange(clusters)) / sizes
    between = (sizes * (means - middle[:, None]) ** 2).sum(1)
    within = ((own - means[:, member]) ** 2).sum(1)

    def pooled(values):
        return values.reshape(-1, UNITS).sum(1).repeat(UNITS)

    msb = pooled(between) / (UNITS * (clusters - 1))
    msw = pooled(within) / (UNITS * (n - clusters))
    size = (n - (sizes**2).sum() / n) / (clusters - 1)
    rho = np.maximum(0, (msb - msw) / (msb + (size - 1) * msw))
    deff = 1 + rho * ((sizes**2).sum() / n - 1)
    singly = np.sqrt((between + within) / (n - 1) / n * deff)
    sums = sizes * (means - middle[:, None]) / n
    apart = np.sqrt(clusters * sums.var(axis=1, ddof=1))
    few = pseudo_beta(middle, singly, n - 1, deff / n)
    many = pseudo_beta(middle, apart, clusters - 1, deff / n)
    wider = np.minimum(few[0], many[0]), np.maximum(few[1], many[1])
    return {"few": few, "between": many, "wider": wider}


def main():
    rng = np.random.default_rng(SEED)
    layouts = [[size] * clusters for clusters, size in EQUAL] + UNEQUAL
    for lift, rho in itertools.product((0.6, 1.6, 2.3), (0.02, 0.10)):
        true = np.mean([draw(rng, 2000, [20] * 20, rho, lift).own for _ in range(5)])
        for sizes in layouts:
            found = intervals(draw(rng, SAMPLES, sizes, rho * LATENT, lift))
            told = " ".join(
                f"{name} {100 * np.mean((low <= true) & (true <= high)):.1f}/"
                f"{np.mean(high - low):.2f}"
                for name, (low, high) in found.items()
            )
            shape = f"{len(sizes)} clusters of {min(sizes)} to {max(sizes)}"
            print(f"mean {true:.1f} rho {rho:.2f} {shape}: {told}", flush=True)


if __name__ == "__main__":
    main()
