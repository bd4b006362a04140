"""The rows of a unit: the accepted ones, and set-aside ones with valid scores."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from skm_analysis.responses.profiles import group_services
from skm_analysis.responses.received import Received
from skm_analysis.responses.schema import (
    PLACES,
    AcceptedColumns,
    check_accepted,
    empty_accepted,
)


class UnitRows(NamedTuple):
    """A unit's rows, each table sorted by the numbers of the responses."""

    accepted: pd.DataFrame
    put_back: pd.DataFrame  # set aside, with the `reason` behind the columns


def accepted_rows(
    unit: str, received: Sequence[Received], columns: AcceptedColumns
) -> pd.DataFrame:
    """The unit's accepted responses, sorted by their numbers."""
    return rows_of_unit(unit, received, columns).accepted


def rows_of_unit(
    unit: str, received: Sequence[Received], columns: AcceptedColumns
) -> UnitRows:
    """The unit's accepted responses, and set-aside ones whose scores are valid.

    In the latter every answer is a score or counts as a blank, and there is a score at
    least. A row that is put back may lack what its reason names: a stratum, a period,
    most answers.
    """
    frame = _rows(unit, received, columns)
    kept = frame["reason"].eq("")
    accepted, put_back = _sorted(frame[kept]), _sorted(frame[~kept])
    names = list(columns.names)
    # Together, which takes half the time.
    both = [each for each in (accepted, put_back) if len(each)] or [accepted]
    check_accepted(pd.concat(both, ignore_index=True)[names], columns)
    return UnitRows(accepted[names], put_back[[*names, "reason"]])


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    if "service" in rows and len(rows):
        rows = rows.assign(service=group_services(rows["service"]))
    return rows.sort_values("response", ignore_index=True)


def _rows(
    unit: str, received: Sequence[Received], columns: AcceptedColumns
) -> pd.DataFrame:
    parts = []
    for each in received:
        mine = each.rows["unit"].eq(unit)
        if not mine.any():
            continue
        mine &= each.rows["reason"].eq("") | each.rows["valid"]
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
    return frame.astype(dict.fromkeys((*columns.texts, "reason"), "str"))
