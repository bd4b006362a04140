"""Which rows were set aside, each with its place and reason, and nothing it holds."""

from collections.abc import Iterator, Sequence

import numpy as np

from skm_analysis.estimates.fieldwork import AsideRow
from skm_analysis.responses.judging import Reason
from skm_analysis.responses.receiving import Receipt

_OF_ANSWERS = {Reason.OUT_OF_SCALE.value, Reason.NOT_WHOLE_NUMBER.value}


def aside_rows(receipts: Sequence[Receipt]) -> Iterator[AsideRow]:
    """In the order of the files; where answers are the reason, with their items."""
    for each in receipts:
        rows = each.read.rows
        spoilt: dict[int, list[str]] = {}
        for item, places in each.read.invalid.items():
            for place in places.tolist():
                spoilt.setdefault(place, []).append(item)
        reasons = rows["reason"].astype("str")
        for place in np.flatnonzero(reasons.ne("")).tolist():
            reason = reasons.iat[place]
            items = spoilt.get(place, []) if reason in _OF_ANSWERS else []
            number = int(rows["row"].iat[place])
            yield AsideRow(each.read.name, number, reason, tuple(items))
