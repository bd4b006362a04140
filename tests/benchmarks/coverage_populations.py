"""Whom the coverage study asks: distributions of whole sheets, made by a formula.

A sheet has nine items on a scale of 1 to 4. One standard normal satisfaction stands
behind it; an item adds its own noise, and cut points turn both into an answer. A part
of the sheets has one answer throughout (never 1). At the mean of 3.85 the share of
sheets that are the highest throughout is 58 %, and the covariances between items make
the standard error about twice what independent items would give, as was found in
real answers.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Sheets = NDArray[np.int64]  # (…, 9) answers
Floats = NDArray[np.float64]

ITEMS = 9
STRAIGHT_LINE = 0.3  # share of sheets with one answer throughout
LOADING = 0.65  # correlation of an answer's latent value with the satisfaction
DISTINCT = 20_000  # sheets that an infinite population repeats for ever

# Of what an item lacks to the top: two, three and four answers; an item's own part.
_AT_MOST = np.array([0.94, 0.05, 0.01])
_OWN = np.linspace(0.8, 1.2, ITEMS)


class Latent(NamedTuple):
    """How far below the highest the mean answer lies, in score points."""

    lacks: float
    straight: float = STRAIGHT_LINE
    loading: float = LOADING


def sheets_of(latent: Latent, satisfaction: Floats, rng: np.random.Generator) -> Sheets:
    """Sheets (…, 9) of people with these satisfactions (…), standard normal."""
    shape = satisfaction.shape
    noise = rng.standard_normal((*shape, ITEMS))
    values = latent.loading * satisfaction[..., None]
    values = values + np.sqrt(1 - latent.loading**2) * noise
    below = np.zeros((*shape, ITEMS), dtype=np.int64)
    for share in _AT_MOST:
        below += values < ndtri(latent.lacks * _OWN * share)
    whole = np.zeros(shape, dtype=np.int64)
    for share in (_AT_MOST[0], _AT_MOST[1] + _AT_MOST[2]):
        whole += satisfaction < ndtri(latent.lacks * share)
    straight = rng.random(shape) < latent.straight
    return 4 - np.where(straight[..., None], whole[..., None], below)


def latent_population(mean: float, **shape: float) -> Sheets:
    return sheets_of(
        Latent(4 - mean, **shape), _quantiles(), np.random.default_rng(DISTINCT)
    )


def with_all_highest(share: float, others: Sheets) -> Sheets:
    """A population of which so many are the highest throughout, no more and no less."""
    lower = others[(others < 4).any(axis=1)]
    return _mixture({1 - share: lower, share: np.full((1, ITEMS), 4)})


def with_all_lowest(share: float, others: Sheets) -> Sheets:
    return _mixture({1 - share: others, share: np.full((1, ITEMS), 1)})


def evenly_spread() -> Sheets:
    """Items independent, each answer as likely: far rows, hardly two alike."""
    return np.random.default_rng(DISTINCT).integers(1, 5, (DISTINCT, ITEMS))


def of_size(sheets: Sheets, people: int) -> Sheets:
    """A finite population that looks like the infinite one: sheets at even distances.

    Sheets are taken in order of their mean, so that the two means nearly agree.
    """
    order = np.argsort(sheets.sum(axis=1), kind="stable")
    return sheets[order[_evenly(people, len(sheets))]]


def _evenly(wanted: int, size: int) -> NDArray[np.int64]:
    """So many positions among `size`, at even distances."""
    return ((np.arange(wanted) + 0.5) * size / wanted).astype(np.int64)


def _quantiles() -> Floats:
    """Every quantile once: the population has the mean that it is named by."""
    return ndtri((np.arange(DISTINCT) + 0.5) / DISTINCT)


def _mixture(parts: dict[float, Sheets]) -> Sheets:
    return np.vstack(
        [
            each[_evenly(round(share * DISTINCT), len(each))]
            for share, each in parts.items()
        ]
    )


_LOW = latent_population(3.20)

WITHOUT_LOWEST = {
    "mean-3.20": _LOW,
    "mean-3.85": latent_population(3.85),
    "mean-3.96": latent_population(3.96),
    "latent-3.6": latent_population(3.6, straight=0.0),
    "all-4-70": with_all_highest(0.70, _LOW),
    "all-4-80": with_all_highest(0.80, _LOW),
    "all-4-95": with_all_highest(0.95, _LOW),
}
# Sheets far from the others: beyond what the interval is made for.
FAR = {
    "half-4-all-1-5": with_all_lowest(0.05, with_all_highest(0.5 / 0.95, _LOW)),
    "3.85-all-1-1": with_all_lowest(0.01, WITHOUT_LOWEST["mean-3.85"]),
    "3.85-all-1-5": with_all_lowest(0.05, WITHOUT_LOWEST["mean-3.85"]),
    "3.96-all-1-1": with_all_lowest(0.01, WITHOUT_LOWEST["mean-3.96"]),
    "3.96-all-1-5": with_all_lowest(0.05, WITHOUT_LOWEST["mean-3.96"]),
    "all-4-80-spread": with_all_highest(0.80, evenly_spread()),
    "all-4-95-spread": with_all_highest(0.95, evenly_spread()),
}
