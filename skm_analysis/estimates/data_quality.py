"""Signs that sheets were not filled in one by one: shares and masks, nothing removed.

Every sign has an innocent reading, and near the ceiling of a scale the innocent one
is the likelier. The `keep_` functions say which sheets are left if a sign were a rule,
so that its effect on the index can be shown; they set nothing aside.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from skm_analysis.estimates.sample import MISSING, Flags, Integers, Scores

# Random orders that a run is held against; fixed, so that a run tells the same twice.
ORDERS = 999
_SEED = 20_170_014
# Log probabilities are counted in steps of this width.
_WIDTH = 1e-3


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
    return _share(~keep_not_straight_lined(scores))


def all_highest(scores: Scores, highest: int) -> Fraction:
    """Share (0 to 1) of sheets whose every answer is the highest of the scale."""
    return _share(~keep_not_all_highest(scores, highest))


def duplicate_vectors(scores: Scores) -> Fraction:
    """Share (0 to 1) of sheets that have a twin: the same answers, the same blanks."""
    counts = Counter(_vectors(scores))
    twins = sum(count for count in counts.values() if count > 1)
    return Fraction(twins, len(scores))


def expected_duplicates(scores: Scores) -> float:
    """Share of twins to expect if the items were answered independently of each other.

    Parameters
    ----------
    scores
        (n, k), n >= 1, MISSING where not answered; a blank counts as an answer

    Notes
    -----
    sum over all answer vectors v of P(v) (1 - (1 - P(v))^(n-1)), P(v) the product of
    the items' observed shares. Each item's log share is rounded to three decimals and
    vectors of the same log P are counted together, so that their number is no limit.
    Items of one service are never independent: the true expectation is higher, and an
    observed share above this one proves nothing.
    """
    n = len(scores)
    chances = np.ones(1)  # by how many steps log P lies below 0
    for column in scores.T:
        shares = np.unique(column, return_counts=True)[1] / n
        steps = np.round(-np.log(shares) / _WIDTH).astype(np.int64)
        longer = np.zeros(len(chances) + int(steps.max()))
        for share, step in zip(shares, steps, strict=True):
            longer[step : step + len(chances)] += share * chances
        chances = longer
    logs = -_WIDTH * np.arange(len(chances))
    alone = (-np.expm1(logs)) ** (n - 1)
    return float(np.clip(np.sum(chances * (1 - alone)), 0, 1))


def longest_run(scores: Scores, files: Integers) -> int:
    """Most sheets in a row that are alike.

    Parameters
    ----------
    scores
        (n, k), n >= 1, in the order of the files
    files
        (n,) the file of each sheet; a run ends with its file
    """
    start, stop = _longest_run(_numbered(scores), files)
    return stop - start


def longest_run_chance(scores: Scores, files: Integers) -> float:
    """Share (0 to 1) of random orders of the sheets with a run at least as long.

    Notes
    -----
    (1 + orders that reach it) / (1 + 999 orders), with a fixed seed. It takes the
    sheets as they are: where most are alike, long runs come about by themselves, and
    this is close to 1. Sheets of one day or one kind of service resemble each other
    too, so that a small share is a reason to look, no proof.
    """
    numbers = _numbered(scores)
    start, stop = _longest_run(numbers, files)
    steps = stop - start - 1  # from one sheet to the next, all of them between twins
    if steps == 0:
        return 1.0
    orders = np.tile(numbers, (ORDERS, 1))
    orders = np.random.default_rng(_SEED).permuted(orders, axis=1)
    alike = (np.diff(orders, axis=1) == 0) & (np.diff(files) == 0)
    so_far = np.cumsum(alike, axis=1)
    so_far = np.column_stack([np.zeros(ORDERS, dtype=so_far.dtype), so_far])
    reached = np.any(so_far[:, steps:] - so_far[:, :-steps] == steps, axis=1)
    return (1 + int(reached.sum())) / (1 + ORDERS)


def concentration(labels: Sequence[str]) -> Fraction | None:
    """Largest share (0 to 1) of one label among those known ("" is not).

    None where no label is known.

    >>> concentration(["senin", "senin", "", "rabu"])
    Fraction(2, 3)
    """
    counts = Counter(label for label in labels if label)
    if not counts:
        return None
    return Fraction(max(counts.values()), counts.total())


def blank_shares(scores: Scores) -> list[Fraction]:
    """Share (0 to 1) of sheets on which each item is blank."""
    return [_share(column) for column in (scores == MISSING).T]


def any_blank(scores: Scores) -> Fraction:
    """Share (0 to 1) of sheets with at least one blank."""
    return _share((scores == MISSING).any(axis=1))


def keep_not_straight_lined(scores: Scores) -> Flags:
    """(n,): sheets with two different answers, or fewer than two answers."""
    answered = scores != MISSING
    lowest = np.where(answered, scores, np.iinfo(np.int64).max).min(axis=1)
    alike = (scores.max(axis=1) == lowest) & (answered.sum(axis=1) > 1)
    kept: Flags = ~alike
    return kept


def keep_not_all_highest(scores: Scores, highest: int) -> Flags:
    """(n,): sheets with an answer below the highest, or no answer."""
    answered = scores != MISSING
    top = ((scores == highest) | ~answered).all(axis=1) & answered.any(axis=1)
    kept: Flags = ~top
    return kept


def keep_first_of_duplicates(scores: Scores) -> Flags:
    """(n,): of sheets alike in answers and blanks only the first."""
    seen: set[bytes] = set()
    kept = []
    for vector in _vectors(scores):
        kept.append(vector not in seen)
        seen.add(vector)
    return np.array(kept, dtype=np.bool_)


def keep_first_of_longest_run(scores: Scores, files: Integers) -> Flags:
    """(n,): all but the repetitions in the longest run; of equal runs the first.

    `scores` and `files` as for `longest_run`.
    """
    start, stop = _longest_run(_numbered(scores), files)
    kept = np.ones(len(scores), dtype=np.bool_)
    kept[start + 1 : stop] = False
    return kept


def keep_outside_largest(labels: Sequence[str]) -> Flags:
    """(n,): sheets that do not carry the most frequent label; "" is no label.

    Of equally frequent labels it is the one that sorts first. All are kept where no
    label is known, and none where all carry the same.

    >>> keep_outside_largest(["senin", "senin", "", "rabu"]).tolist()
    [False, False, True, True]
    """
    counts = Counter(label for label in labels if label)
    if not counts:
        return np.ones(len(labels), dtype=np.bool_)
    largest = min(counts, key=lambda label: (-counts[label], label))
    return np.array([label != largest for label in labels], dtype=np.bool_)


def _share(flags: Flags) -> Fraction:
    return Fraction(int(flags.sum()), len(flags))


def _vectors(scores: Scores) -> list[bytes]:
    return [row.tobytes() for row in np.ascontiguousarray(scores)]


def _numbered(scores: Scores) -> Integers:
    """(n,): the same number for sheets alike in answers and blanks."""
    numbers: Integers = np.unique(scores, axis=0, return_inverse=True)[1].reshape(-1)
    return numbers


def _longest_run(numbers: Integers, files: Integers) -> tuple[int, int]:
    """First and past-the-last place of the first longest run."""
    ends = (np.diff(numbers) != 0) | (np.diff(files) != 0)
    edges = np.concatenate(([0], np.flatnonzero(ends) + 1, [len(numbers)]))
    place = int(np.argmax(np.diff(edges)))
    return int(edges[place]), int(edges[place + 1])
