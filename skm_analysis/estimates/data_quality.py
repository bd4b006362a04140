"""Sheets that were filled in without looking: shares, nothing is removed."""

from fractions import Fraction

import numpy as np

from skm_analysis.estimates.sample import MISSING, Scores


def straight_lined(scores: Scores) -> Fraction:
    """Share (0 to 1) of sheets with one answer throughout, of at least two given.

    Parameters
    ----------
    scores
        (n, k), n >= 1, MISSING where not answered

    Notes
    -----
    A satisfied respondent may well mean it: near the ceiling a high share is no proof
    of carelessness.
    """
    answered = scores != MISSING
    lowest = np.where(answered, scores, np.iinfo(np.int64).max).min(axis=1)
    alike = (scores.max(axis=1) == lowest) & (answered.sum(axis=1) > 1)
    return Fraction(int(alike.sum()), len(scores))


def all_highest(scores: Scores, highest: int) -> Fraction:
    """Share (0 to 1) of sheets whose every answer is the highest of the scale."""
    answered = scores != MISSING
    top = ((scores == highest) | ~answered).all(axis=1) & answered.any(axis=1)
    return Fraction(int(top.sum()), len(scores))
