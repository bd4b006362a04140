"""Days that nobody can read: "04/05/22", "Mei"."""

import numpy as np

from skm_analysis.responses.columns import find_columns
from skm_analysis.responses.received import Received
from skm_analysis.responses.spelling import tidy


def unread_days(received: Received) -> int:
    """Rows whose cell in `period_column` holds something, but no day and no period."""
    table, rows = received.table, received.rows
    place = find_columns(table, received.delivery).get("period_column")
    if place is None:
        return 0
    column = table.distinct(place)
    filled = np.array([bool(tidy(text)) for text in column.texts], dtype=bool)
    unread = (rows["date"].eq("") & rows["period"].eq("")).to_numpy()
    return int(np.count_nonzero(filled[column.codes] & unread))
