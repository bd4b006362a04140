"""Which items of a unit are withheld so that none answered by few can be worked out.

The index is the weighted sum of the items' means. Where one item was answered by 1 to
9 respondents, its withheld mean is the index less all the others: at least one more
must be withheld with it.
"""

from collections.abc import Iterable

from skm_analysis.estimates.disclosure import hidden_cells
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed

# What gives an item's mean, by itself or with another printed number.
_TELLING = (
    *("nrr", "nrr_weighted", "sum", "nrr_unweighted"),
    *("share", "share_count", "item_rank"),
    *("change_nrr", "gap"),
    *("office_nrr", "office_sum", "office_nrr_weighted", "office_difference"),
)


def withheld_items(*surveys: Surveyed) -> frozenset[str]:
    """Keys of the items that may not be told, of one survey or of two compared.

    Those that weigh nothing do not enter the index and give nothing away.
    """
    found: set[str] = set()
    for each in surveys:
        instrument = each.unit.instrument
        found |= hidden_cells(
            {
                key: estimate.n
                for key, estimate in each.nrr.items()
                if instrument.item(key).weight
            }
        )
    return frozenset(found)


def withhold_items(rows: Iterable[Row], *surveys: Surveyed) -> list[Row]:
    """The rows of a unit, those that tell of a withheld item flagged `suppressed`.

    `surveys`: that which the rows are of, or the two that they compare. Where the fee
    item is withheld, so is the index without it: the two give the fee.
    """
    keys = withheld_items(*surveys)
    fees = {
        item.key
        for each in surveys
        for item in each.unit.instrument.items
        if item.unsur == "biaya"
    }
    without_fee = bool(keys & fees)
    return [
        row.flagged("suppressed")
        if (row.item in keys and row.measure in _TELLING)
        or (without_fee and _is_without_fee(row))
        else row
        for row in rows
    ]


def _is_without_fee(row: Row) -> bool:
    return row.measure == "ikm_without_biaya" or row.category == "without-biaya"
