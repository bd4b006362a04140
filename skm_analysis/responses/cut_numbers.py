"""NIK whose last digit is gone: Excel keeps fifteen digits of a number."""

from typing import NamedTuple

from skm_analysis.responses.columns import find_columns
from skm_analysis.responses.received import Received
from skm_analysis.responses.telling_apart import identifiers

_DIGITS = 16
_FEWEST = 3


class CutNumbers(NamedTuple):
    cut: int  # rows whose id ends in 0
    of: int  # rows with an id of sixteen digits


def cut_numbers(received: Received) -> CutNumbers | None:
    """How many ids of sixteen digits end in 0, where that is most of them.

    A NIK ends in a serial number, 0001 for most, so that hardly one ends in 0. Of two
    people of the same sex, district and day of birth only the end tells who is who.
    """
    table = received.table
    place = find_columns(table, received.delivery).get("id_column")
    if place is None:
        return None
    ids = identifiers(table.distinct(place))
    counts = zip(ids.texts, ids.counts.tolist(), strict=True)
    long = [(t, n) for t, n in counts if len(t) == _DIGITS and t.isdecimal()]
    cut = sum(n for text, n in long if text.endswith("0"))
    of = sum(n for _, n in long)
    return CutNumbers(cut, of) if cut >= _FEWEST and 2 * cut > of else None
