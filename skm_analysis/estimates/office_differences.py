"""An office's own result beside ours: how far apart, and what makes it so.

The office's numbers are held against what known habits of worksheets give: rounded
weights, rounding on the way, blanks that are divided by, other rows counted. Pure
functions on exact fractions; nothing here says who is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.estimates.grading import shown_value
from skm_analysis.estimates.printed_figures import Worksheet, last_step, worksheets
from skm_analysis.estimates.sensitivity import rounded, worksheet_index

OWN_MEANS = "own-means"  # the index follows from the office's own means, which do not
_FINEST = 9  # decimals; a spreadsheet keeps sixteen digits, the last ones not exact


class Counted(NamedTuple):
    """Some sheets of a unit, added up item by item."""

    name: str  # "accepted", or what else is counted
    sums: Mapping[str, Fraction]
    answered: Mapping[str, int]
    sheets: int
    moved: int = 0  # sheets that are counted otherwise than in the official index

    def means(self, *, blanks: bool) -> dict[str, Fraction]:
        """NRR per item; `blanks`: divided by all sheets."""
        return {
            item: total / (self.sheets if blanks else self.answered[item])
            for item, total in self.sums.items()
        }


class Told(NamedTuple):
    """What the office printed; items by key."""

    n: Mapping[str, Decimal]  # "" for the unit
    sums: Mapping[str, Decimal]
    means: Mapping[str, Decimal]
    weighted: Mapping[str, Decimal]  # "" for their total
    ikm: Decimal | None


class Explained(NamedTuple):
    """By what the office's whole result is reproduced."""

    counted: str  # name of the sheets, or OWN_MEANS
    rule: str  # of `worksheets`
    blanks: bool = False
    moved: int = 0

    @property
    def is_ours(self) -> bool:
        return (self.counted, self.rule, self.blanks) == ("accepted", "exact", False)


def agrees(exact: Fraction, printed: Decimal) -> bool:
    """Whether the value is printed so; of more than nine decimals the first nine count.

    >>> agrees(Fraction(11, 3), Decimal("3.67"))
    True
    >>> agrees(Fraction(11, 3), Decimal("3.6666666666666665"))
    True
    """
    places = min(_FINEST, max(0, -int(printed.as_tuple().exponent)))
    return Fraction(shown_value(exact, places)) == rounded(Fraction(printed), places)


def difference(exact: Fraction, printed: Decimal) -> Fraction:
    """Theirs less ours; none where ours is printed like theirs."""
    return Fraction(0) if agrees(exact, printed) else Fraction(printed) - exact


def explain(
    told: Told,
    counts: Sequence[Counted],
    weights: Mapping[str, Fraction],
    factor: Fraction,
) -> Explained | None:
    """The first way in which all that was printed follows; None if there is none.

    Parameters
    ----------
    told
        the office's numbers; without an index its other numbers are explained
    counts
        the sheets that may have been counted, the official ones first
    weights
        one per item, sum to 1
    factor
        index points per score point

    Notes
    -----
    Sums, means and numbers of respondents must be those of one set of sheets; the
    weighted means and the index must follow from it by one of the rules of
    `worksheets`. If the means are nobody's, the index may follow from them all the
    same. With an index alone, one in about twenty wrong ones fits one set by chance.
    """
    ways = _ways(weights)
    for each in counts:
        if any(not each.answered.get(item) for item in weights):
            continue
        for blanks in (False, True):
            if not _is_of(told, each, blanks=blanks):
                continue
            means = each.means(blanks=blanks)
            for way in ways:
                if _follows(told, means, weights, factor, way):
                    return Explained(each.name, way.name, blanks, each.moved)
    if told.ikm is None or not weights.keys() <= told.means.keys():
        return None
    printed = {item: Fraction(told.means[item]) for item in weights}
    for way in ways:
        if agrees(_index(printed, weights, factor, way), told.ikm):
            return Explained(OWN_MEANS, way.name)
    reach = factor * max(last_step(told.means[item]) for item in weights) / 2
    reach += last_step(told.ikm) / 2
    exact = _index(printed, weights, factor, ways[0])
    near = abs(exact - Fraction(told.ikm)) <= reach
    return Explained(OWN_MEANS, ways[0].name) if near else None


def _ways(weights: Mapping[str, Fraction]) -> list[Worksheet]:
    """All known ways where weights are equal; others are not rounded as a rule."""
    found = worksheets(len(weights))
    equal = len(set(weights.values())) == 1
    return found if equal else [way for way in found if way.weight_places is None]


def _is_of(told: Told, counted: Counted, *, blanks: bool) -> bool:
    """Whether sums, means and numbers of respondents are those of these sheets."""
    means = counted.means(blanks=blanks)
    here = {"": counted.sheets, **counted.answered}
    return (
        all(here.get(item) == n for item, n in told.n.items())
        and all(counted.sums.get(item) == Fraction(x) for item, x in told.sums.items())
        and all(item in means for item in told.means)
        and all(agrees(means[item], x) for item, x in told.means.items())
    )


def _follows(
    told: Told,
    means: Mapping[str, Fraction],
    weights: Mapping[str, Fraction],
    factor: Fraction,
    way: Worksheet,
) -> bool:
    cells = dict(_cells(means, weights, way))
    total = rounded(sum(cells.values(), Fraction(0)), way.index_places)
    here = {**cells, "": total}
    if not all(agrees(here[item], x) for item, x in told.weighted.items()):
        return False
    index = _index(means, weights, factor, way)
    return told.ikm is None or agrees(index, told.ikm)


def _cells(
    means: Mapping[str, Fraction], weights: Mapping[str, Fraction], way: Worksheet
) -> Iterator[tuple[str, Fraction]]:
    """The weighted mean of each item."""
    for item, weight in weights.items():
        product = rounded(means[item], way.mean_places) * rounded(
            weight, way.weight_places
        )
        yield item, rounded(product, way.cell_places)


def _index(
    means: Mapping[str, Fraction],
    weights: Mapping[str, Fraction],
    factor: Fraction,
    way: Worksheet,
) -> Fraction:
    return worksheet_index(
        [means[item] for item in weights],
        list(weights.values()),
        factor,
        mean_places=way.mean_places,
        weight_places=way.weight_places,
        cell_places=way.cell_places,
        index_places=way.index_places,
    )
