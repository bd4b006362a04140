"""How answers and respondents are spread: counts, nothing more."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from skm_analysis.estimates.sample import Integers


def answer_counts(answers: Integers, scale: tuple[int, int]) -> dict[int, int]:
    """How many gave each answer of the scale to one item, every sheet the same.

    >>> answer_counts(np.array([4, 4, -1, 2]), (1, 4))
    {1: 0, 2: 1, 3: 0, 4: 2}
    """
    lowest, highest = scale
    return {
        score: int(np.count_nonzero(answers == score))
        for score in range(lowest, highest + 1)
    }


def band_counts(
    bands: Iterable[str], order: Sequence[str], unknown: str
) -> dict[str, int]:
    """Respondents per band of a profile variable; an empty band is called `unknown`.

    In `order`, then others by name, the unknown last; only bands that occur.

    >>> band_counts(["P", "", "L", "P", "?"], ["L", "P"], "tidak diketahui")
    {'L': 1, 'P': 2, '?': 1, 'tidak diketahui': 1}
    """
    counts = Counter(band or unknown for band in bands)
    others = sorted(counts.keys() - {*order, unknown})
    return {
        band: counts[band] for band in (*order, *others, unknown) if counts[band] > 0
    }
