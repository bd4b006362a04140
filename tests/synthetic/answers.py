"""Answers to one instrument: one satisfaction behind all items, many straight lines."""

from statistics import NormalDist
from zlib import crc32

import numpy as np
from instruments import Instrument
from numpy.typing import NDArray

STRAIGHT_LINE = 0.35  # share of sheets with one answer throughout
LOADING = 0.7  # correlation of an answer's latent value with the satisfaction
ENUMERATOR = 0.2  # standard deviation between enumerators, in latent units

# How an item stands to its unit's level, in score points.
_OFFSETS = {
    "waktu": -0.06,
    "sarana": -0.05,
    "pengaduan": -0.04,
    "perilaku": 0.03,
    "kompetensi": 0.02,
    "tunggu-apotek": -0.09,
    "tunggu-poli": -0.12,
    "kebersihan-terminal": -0.14,
    "kemudahan-sistem": -0.05,
}
# Of what an item lacks to the top, this much lies in answers one, two, three below.
_BELOW = (0.89, 0.04, 0.01)


def stream(*names: str | int) -> np.random.Generator:
    """Random numbers of their own for whatever the names name."""
    return np.random.default_rng([crc32(str(name).encode()) for name in names])


def answers(
    instrument: Instrument,
    level: float,
    satisfaction: NDArray[np.float64],
    rng: np.random.Generator,
    unit: str,
) -> NDArray[np.int64]:
    """(n, k) scores whose item means lie about `level`; rows in order of respondents.

    Which items a unit does better or worse is the same in all its years.
    """
    n, k = len(satisfaction), len(instrument.items)
    noise = rng.standard_normal((n, k))
    latent = LOADING * satisfaction[:, None] + (1 - LOADING**2) ** 0.5 * noise
    straight = rng.random(n) < STRAIGHT_LINE
    scores = np.empty((n, k), dtype=np.int64)
    for column, item in enumerate(instrument.items):
        lacks = instrument.highest - _item_level(instrument, item.key, level, unit)
        cuts = _cuts(lacks)
        scores[:, column] = _score(latent[:, column], cuts, instrument.highest)
    throughout = _score(satisfaction, _cuts(instrument.highest - level), 4)
    scores[straight] = (throughout[straight] + instrument.highest - 4)[:, None]
    if instrument.free and any(item.key == "biaya" for item in instrument.items):
        column = [item.key for item in instrument.items].index("biaya")
        scores[rng.random(n) < 0.9, column] = instrument.highest
    return scores


def _item_level(instrument: Instrument, key: str, level: float, unit: str) -> float:
    own = stream("item", unit, key).normal(0, 0.025)
    return min(level + _OFFSETS.get(key, 0.01) + own, instrument.highest - 0.02)


def _cuts(lacks: float) -> list[float]:
    """Latent bounds between the four highest answers, for a mean that much short."""
    three, two, one = (lacks * share for share in reversed(_BELOW))
    normal = NormalDist()
    return [normal.inv_cdf(p) for p in (three, three + two, three + two + one)]


def _score(
    latent: NDArray[np.float64], cuts: list[float], highest: int
) -> NDArray[np.int64]:
    return np.searchsorted(cuts, latent) + highest - 3
