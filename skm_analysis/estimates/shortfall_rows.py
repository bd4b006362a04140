"""What parts the city's index from its highest value: one row per unsur."""

from collections.abc import Sequence
from fractions import Fraction

from skm_analysis.estimates.city_rows import Counted
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.item_disclosure import withheld_items
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.study.records import Item
from skm_analysis.study.regulation import UNSUR

OWN = "own"  # the units' own indicators together


def shortfall_rows(at: Address, units: Sequence[Counted]) -> list[Row]:
    """Index points by which each unsur keeps the mean of the units below 100.

    Notes
    -----
    Mean over the units of 100 / h * sum of weight * (h - nrr) over the unit's items of
    the unsur, h the highest answer; 0 for a unit that did not ask. All rows together
    are 100 less the headline, so none are made under the rule `person`, whose index is
    no sum over items. A description of what was measured: it has no interval. Where one
    unit may not tell such an item, the row would give it: it is `suppressed`.
    """
    if not units or units[0].surveyed.rule == "person":
        return []
    asked = {unsur_of(item) for each in units for item in _items(each)}
    return [_row(at, units, each) for each in (*UNSUR, OWN) if each in asked]


def unsur_of(item: Item) -> str:
    return item.unsur or OWN


def _items(counted: Counted) -> tuple[Item, ...]:
    return counted.surveyed.unit.instrument.items


def _row(at: Address, units: Sequence[Counted], unsur: str) -> Row:
    asking = [
        each for each in units if any(unsur_of(item) == unsur for item in _items(each))
    ]
    lost = sum((_lost(each, unsur) for each in asking), Fraction(0))
    row = at.row(
        "shortfall",
        stored_value(lost / len(units)),
        category=unsur,
        n=sum(each.ikm.n for each in asking),
    )
    return row.flagged(*["suppressed"] * any(_hides(each, unsur) for each in asking))


def _lost(counted: Counted, unsur: str) -> Fraction:
    surveyed = counted.surveyed
    highest = surveyed.unit.instrument.scale[1]
    return sum(
        (
            Fraction(100, highest)
            * item.weight
            * (highest - surveyed.nrr[item.key].value)
            for item in _items(counted)
            if unsur_of(item) == unsur
        ),
        Fraction(0),
    )


def _hides(counted: Counted, unsur: str) -> bool:
    keys = withheld_items(counted.surveyed)
    return any(item.key in keys for item in _items(counted) if unsur_of(item) == unsur)
