"""Six intervals for the mean of a bounded scale, each for many samples at once.

Written apart from the package, and compared with it in test_coverage_methods.py.
Every method takes `Found` and gives the lower and the upper limit of each sample, in
index points. Student's t with the estimate's df takes the place of the normal
quantile in all of them.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, logit, ndtr, ndtri, stdtrit

Floats = NDArray[np.float64]
LEVEL = 0.95
TAIL = (1 + LEVEL) / 2


class Found(NamedTuple):
    """What each sample shows; arrays over samples, value and se in index points."""

    value: Floats
    se: Floats
    df: Floats
    concentration: Floats  # A
    free: Floats  # u
    skewness: Floats  # of the linearised values
    respondents: Floats
    below: Floats  # answers below the highest
    low: float = 25.0
    high: float = 100.0

    @property
    def gap(self) -> Floats:
        return (self.high - self.value) / (self.high - self.low)

    @property
    def spread(self) -> Floats:
        """Standard error as a share of the scale."""
        return self.se / (self.high - self.low)

    @property
    def quantile(self) -> Floats:
        return stdtrit(self.df, TAIL)


Pair = tuple[Floats, Floats]
Method = Callable[[Found], Pair]


def joined(parts: list[Found]) -> Found:
    arrays = [
        np.concatenate(each) for each in zip(*(p[:8] for p in parts), strict=True)
    ]
    return Found(*arrays, low=parts[0].low, high=parts[0].high)


def combined(factors: list[float], units: list[Found]) -> Found:
    """A sum of independent estimates as one estimate, its units as strata."""
    parts = [(f * each.se) ** 2 for f, each in zip(factors, units, strict=True)]
    squares = [
        f**2 * each.concentration for f, each in zip(factors, units, strict=True)
    ]
    variance, whole = sum(parts), sum(squares)
    divisor = sum(part**2 / each.df for part, each in zip(parts, units, strict=True))
    spread = divisor > 0
    return Found(
        value=sum(f * each.value for f, each in zip(factors, units, strict=True)),
        se=np.sqrt(variance),
        df=np.where(
            spread,
            variance**2 / np.where(spread, divisor, 1),
            sum(each.df for each in units),
        ),
        concentration=whole,
        free=sum(part * each.free for part, each in zip(squares, units, strict=True))
        / whole,
        skewness=np.zeros_like(whole),
        respondents=1 / whole,
        below=sum(each.below for each in units),
    )


def student(found: Found) -> Pair:
    reach = found.quantile * found.se
    return found.value - reach, found.value + reach


def logit_t(found: Found) -> Pair:
    """No width where all answers are the highest."""
    inside = (found.gap > 0) & (found.gap < 1)
    gap = np.where(inside, found.gap, 0.5)
    reach = np.where(inside, found.quantile * found.spread / (gap * (1 - gap)), 0)
    far, near = expit(logit(gap) + reach), expit(logit(gap) - reach)
    return _from_gaps(
        found, np.where(inside, far, found.gap), np.where(inside, near, found.gap)
    )


def wilson(found: Found) -> Pair:
    """Effective number from the variance; without spread, the respondents' own."""
    gap, spread = found.gap, found.spread
    shown = spread > 1e-12
    number = np.where(
        shown, gap * (1 - gap) / np.where(shown, spread, 1) ** 2, found.respondents
    )
    t = found.quantile
    centre = (gap + t**2 / (2 * number)) / (1 + t**2 / number)
    reach = t * np.sqrt(gap * (1 - gap) / number + t**2 / (4 * number**2))
    reach = reach / (1 + t**2 / number)
    return _from_gaps(found, centre + reach, centre - reach)


def hall(found: Found) -> Pair:
    """Hall's (1992) cubic transformation of t against skewness, named from memory."""
    bend = found.skewness / (3 * np.sqrt(found.respondents))
    flat = np.abs(bend) < 1e-9
    bend = np.where(flat, 1, bend)

    def back(quantile: Floats) -> Floats:
        cubed = 1 + 3 * bend * (quantile - bend / 2)
        return np.where(flat, quantile, (np.cbrt(cubed) - 1) / bend)

    t = found.quantile
    return (
        np.maximum(found.low, found.value - found.se * back(t)),
        np.minimum(found.high, found.value - found.se * back(-t)),
    )


def pseudo_beta(found: Found) -> Pair:
    gap, free = found.gap, found.free
    variance = (found.spread * found.quantile / ndtri(TAIL)) ** 2
    down = (1 - gap) * found.concentration / 4
    up = gap * found.concentration / 4
    far = beta_quantile(TAIL, gap + free * down, variance + free * down**2)
    near = beta_quantile(1 - TAIL, gap - free * up, variance + free * up**2)
    return _from_gaps(found, np.maximum(gap, far), np.minimum(gap, near))


def beta_quantile(tail: float, mean: Floats, variance: Floats) -> Floats:
    mean = np.clip(mean, 0, 1)
    inside = (variance > 0) & (mean > 0) & (mean < 1)
    size = mean * (1 - mean) / np.where(inside, variance, 1) - 1
    fits = inside & (size > 0)
    size, middle = np.where(fits, size, 2), np.where(fits, mean, 0.5)
    quantile = betaincinv(middle * size, (1 - middle) * size, tail)
    # More variance than a beta distribution can have: the end of the scale.
    return np.where(fits, quantile, np.where(inside, float(tail > 0.5), mean))


METHODS: Mapping[str, Method] = {
    "t": student,
    "logit-t": logit_t,
    "wilson": wilson,
    "hall": hall,
    "pseudo-beta": pseudo_beta,
}


def bca(values: Floats, draws: int, rng: np.random.Generator) -> Pair:
    """Bias-corrected accelerated bootstrap of the mean; values (samples, n).

    All samples share the resampled positions. A sample without spread has no width.
    """
    n = values.shape[1]
    counts = rng.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)
    means = np.sort(counts @ values.T / n, axis=0)
    value = values.mean(axis=1)
    # Ties count half, or crowded scales would be shifted by their own coarseness.
    lower = (means < value - 1e-9).mean(axis=0) + (np.abs(means - value) <= 1e-9).mean(
        axis=0
    ) / 2
    shift = ndtri(np.clip(lower, 1 / draws, 1 - 1 / draws))
    centred = values - value[:, None]
    squares = (centred**2).sum(axis=1)
    bend = (centred**3).sum(axis=1) / (6 * np.maximum(squares, 1e-12) ** 1.5)

    def limit(z: float) -> Floats:
        moved = shift + z
        tail = ndtr(shift + moved / (1 - bend * moved))
        return means[
            np.clip((tail * draws).astype(int), 0, draws - 1), np.arange(len(values))
        ]

    return limit(-ndtri(TAIL)), limit(ndtri(TAIL))


def _from_gaps(found: Found, far: Floats, near: Floats) -> Pair:
    length = found.high - found.low
    return found.high - length * far, found.high - length * near
