"""Coverage where enumerators work in several strata. Run by hand, about two minutes.

One item of four answers; two strata that weigh alike, the same enumerators in both.
Prints, per cell, coverage in % if a name is one cluster throughout, and if it is one in
each stratum. Quoted in docs/methodology.md, 2.1.
"""

from fractions import Fraction
from statistics import NormalDist

import numpy as np

from skm_analysis.estimates.index import index
from skm_analysis.estimates.interval import limits
from skm_analysis.estimates.sample import clustered_sample, stratified_sample
from skm_analysis.estimates.variance import assess

SEED = 20250102
SAMPLES = 1500
SHARES = (0.02, 0.06, 0.25)  # of the answers, up to and with 1, 2, 3
POPULATIONS = {"a": 10_000, "b": 10_000}
# enumerators, sheets per stratum, latent correlation, what answers leave of it
CELLS = [
    (4, 100, 0.10, 0.075),
    (4, 200, 0.10, 0.075),
    (8, 100, 0.10, 0.075),
    (12, 120, 0.10, 0.075),
    (20, 200, 0.10, 0.075),
    (4, 100, 0.02, 0.015),
]
BOUNDS = [NormalDist().inv_cdf(share) for share in SHARES]
TRUTH = 25 * sum(
    score * share
    for score, share in enumerate(np.diff([0.0, *SHARES, 1.0]).tolist(), start=1)
)


def covers(answers, strata, names, rho):
    sheets = stratified_sample(answers, strata=strata, populations=POPULATIONS)
    sample = clustered_sample(sheets, names, rho)
    linear = index(sample, [Fraction(1)], Fraction(25))
    found = assess(linear, sample, lowest=Fraction(25), highest=Fraction(100))
    low, high = limits(found, 0.95)
    return low <= TRUTH <= high


def main():
    rng = np.random.default_rng(SEED)
    for enumerators, size, latent, rho in CELLS:
        member = np.tile(np.arange(size) % enumerators, 2)
        strata = ["a"] * size + ["b"] * size
        once = [f"{each}" for each in member]
        apart = [f"{each}{stratum}" for each, stratum in zip(once, strata, strict=True)]
        right = np.zeros(2)
        for _ in range(SAMPLES):
            shared = rng.normal(0, np.sqrt(latent), enumerators)[member]
            felt = shared + rng.normal(0, np.sqrt(1 - latent), 2 * size)
            answers = (np.searchsorted(BOUNDS, felt) + 1)[:, None]
            right += [covers(answers, strata, names, rho) for names in (once, apart)]
        told = " ".join(f"{100 * each / SAMPLES:.1f}" for each in right)
        print(f"{enumerators} of {2 * size} sheets, rho {latent}: {told}", flush=True)


if __name__ == "__main__":
    main()
