"""Which numbers may be printed, by how many respondents they rest on.

Two reasons are kept apart in the design and meet in one flag, `suppressed`: below 10
respondents a number could tell on people, from 10 to 29 a distribution or a rank is
too unsure to print.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

FEWEST_TOLD = 10
FEWEST_RELIABLE = 30


def mean_flags(n: int) -> tuple[str, ...]:
    """Flags of a mean, its grade and its interval over `n` respondents.

    >>> mean_flags(9), mean_flags(10), mean_flags(30)
    (('suppressed',), ('indicative',), ())
    """
    if n < FEWEST_TOLD:
        return ("suppressed",)
    return ("indicative",) if n < FEWEST_RELIABLE else ()


def distribution_flags(n: int) -> tuple[str, ...]:
    """Flags of a distribution or a rank over `n` respondents.

    >>> distribution_flags(9), distribution_flags(10), distribution_flags(30)
    (('suppressed',), ('indicative', 'suppressed'), ())
    """
    if n < FEWEST_TOLD:
        return ("suppressed",)
    return ("indicative", "suppressed") if n < FEWEST_RELIABLE else ()


def has_small_group(labels: Iterable[str]) -> bool:
    """Whether some label is carried by 1 to 9 respondents.

    >>> has_small_group(["a"] * 12 + ["b"] * 9), has_small_group(["a"] * 12)
    (True, False)
    """
    return any(count < FEWEST_TOLD for count in Counter(labels).values())


def hidden_cells(counts: Mapping[str, int]) -> frozenset[str]:
    """Bands of one profile variable that may not be printed.

    Cells of 1 to 9 respondents, and as many of the next smallest as it takes so that
    neither one cell nor fewer than 10 respondents follow by subtraction.

    >>> sorted(hidden_cells({"L": 40, "P": 4}))
    ['L', 'P']
    >>> sorted(hidden_cells({"SD": 3, "SMP": 8, "SMA": 60}))
    ['SD', 'SMP']
    """
    filled = sorted((count, band) for band, count in counts.items() if count > 0)
    hidden = [band for count, band in filled if count < FEWEST_TOLD]
    if not hidden:
        return frozenset()
    for _, band in filled[len(hidden) :]:
        if sum(counts[each] for each in hidden) >= FEWEST_TOLD:
            break
        hidden.append(band)
    return frozenset(hidden)
