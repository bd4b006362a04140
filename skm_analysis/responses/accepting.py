"""The rows of a unit: the accepted ones, and set-aside ones with valid scores."""

from collections.abc import Callable, Sequence

import pandas as pd

from skm_analysis.responses.profiles import group_services
from skm_analysis.responses.received import Received
from skm_analysis.responses.schema import (
    PLACES,
    AcceptedColumns,
    check_accepted,
    empty_accepted,
)


def accepted_rows(
    unit: str, received: Sequence[Received], columns: AcceptedColumns
) -> pd.DataFrame:
    """The unit's accepted responses, sorted by their numbers."""
    frame = _rows(unit, received, columns, lambda each: each.rows["reason"].eq(""))
    return check_accepted(frame[list(columns.names)], columns)


def rows_to_put_back(
    unit: str, received: Sequence[Received], columns: AcceptedColumns
) -> pd.DataFrame:
    """Set-aside rows whose scores are valid, with the `reason` behind the columns.

    Every answer is a score or counts as a blank, and there is a score at least. A row
    that is put back may lack what its reason names: a stratum, a period, most answers.
    """
    frame = _rows(unit, received, columns, _is_valid_and_set_aside)
    check_accepted(frame[list(columns.names)], columns)
    return frame


def _is_valid_and_set_aside(each: Received) -> pd.Series:
    return each.rows["reason"].ne("") & each.rows["valid"]


def _rows(
    unit: str,
    received: Sequence[Received],
    columns: AcceptedColumns,
    chosen: Callable[[Received], pd.Series],
) -> pd.DataFrame:
    parts = []
    for each in received:
        mine = each.rows["unit"].eq(unit)
        if not mine.any():
            continue
        mine &= chosen(each)
        if not mine.any():
            continue
        scores = each.scores[columns.instrument.id].loc[mine[mine].index]
        scores = scores.reindex(columns=list(columns.scores)).astype("Int64")
        bands = each.profile.loc[mine]
        bands = bands.reindex(columns=list(columns.profile), fill_value="")
        places = each.rows.loc[mine, [*PLACES, "reason"]]
        parts.append(places.join([scores, bands]))
    if not parts:
        empty = empty_accepted(columns)
        return empty.assign(reason=pd.Series([], dtype="str"))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.astype(dict.fromkeys((*columns.texts, "reason"), "str"))
    if "service" in frame:
        frame["service"] = group_services(frame["service"])
    frame = frame.sort_values("response", ignore_index=True)
    return frame[[*columns.names, "reason"]]
