"""Units that a delivery names and the study does not."""

from collections import Counter

from skm_analysis.responses.columns import find_columns
from skm_analysis.responses.masking import mask
from skm_analysis.responses.received import Received
from skm_analysis.responses.spelling import tidy

# Rows that say the same: fewer might be of a person, in a column named by mistake.
FEWEST = 10
MOST_NAMED = 10


def strange_units(received: Received) -> dict[str, int]:
    """Rows by what their unit column writes, where that is no unit of the study.

    Only what stands in ten rows or more and holds nothing personal, the most frequent
    first; the key "" is a blank cell.
    """
    at = find_columns(received.table, received.delivery).get("unit_column")
    if at is None:
        return {}
    texts = [tidy(text) for text in received.table.column(at)]
    unknown = Counter(
        text
        for text, unit in zip(texts, received.rows["unit"], strict=True)
        if not unit
    )
    return {
        text: count
        for text, count in unknown.most_common(MOST_NAMED)
        if count >= FEWEST and mask(text) == text
    }
