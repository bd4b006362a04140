"""The index as other worksheets would round and weigh it, and who a rule moves.

Pure functions on exact means. The official index rounds once, when it is shown; what
stands here is only ever printed beside it.
"""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

from skm_analysis.estimates.disclosure import FEWEST_TOLD
from skm_analysis.estimates.grading import shown_value

# What a worksheet prints that writes one ninth with two or three decimals.
ROUNDED_NINTHS = {"weight-0-11": 2, "weight-0-111": 3}

Sheets = Mapping[Hashable, Hashable]  # who answered -> what


def rounded(value: Fraction, places: int | None) -> Fraction:
    """Half up, as a worksheet that shows so many decimals and goes on with them."""
    return value if places is None else Fraction(shown_value(value, places))


def worksheet_index(
    means: Sequence[Fraction],
    weights: Sequence[Fraction],
    factor: Fraction,
    *,
    mean_places: int | None = None,
    weight_places: int | None = None,
    cell_places: int | None = None,
    index_places: int | None = None,
) -> Fraction:
    """IKM in index points from NRRs, rounded on the way wherever places are given.

    Parameters
    ----------
    means, weights
        one per item, score points; weights sum to 1
    factor
        index points per score point
    mean_places, weight_places, cell_places, index_places
        decimals of the NRR, of its weight, of their product, and of the sum of the
        products before it is multiplied by the factor; None: not rounded there

    Examples
    --------
    >>> fours, ninths = [Fraction(4)] * 9, [Fraction(1, 9)] * 9
    >>> float(worksheet_index(fours, ninths, Fraction(25), weight_places=2))
    99.0
    """
    cells = [
        rounded(
            rounded(mean, mean_places) * rounded(weight, weight_places), cell_places
        )
        for mean, weight in zip(means, weights, strict=True)
    ]
    return factor * rounded(sum(cells, Fraction(0)), index_places)


def moved(one: Sheets, other: Sheets) -> int:
    """How many sheets are in one set only, or differ in what they say."""
    return len({name for name, _ in one.items() ^ other.items()})


def tells_on_few(sheets: Sheets, published: Sequence[Sheets]) -> bool:
    """Whether a figure over `sheets` beside the published ones would tell on people.

    Two exact means of sets that differ by 1 to 9 sheets give the mean of those few by
    subtraction, and with one sheet its answers.
    """
    return any(0 < moved(sheets, each) < FEWEST_TOLD for each in published)
