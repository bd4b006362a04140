"""The rows of a unit: the accepted ones, and set-aside ones with valid scores."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
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
    received: Sequence[Received], columns: Mapping[str, AcceptedColumns]
) -> dict[str, pd.DataFrame]:
    """The units' accepted responses, sorted by their numbers."""
    found = rows_of_units(received, columns)
    return {unit: rows.accepted for unit, rows in found.items()}


def rows_of_units(
    received: Sequence[Received], columns: Mapping[str, AcceptedColumns]
) -> dict[str, UnitRows]:
    """The accepted responses by unit, and set-aside ones whose scores are valid.

    In the latter every answer is a score or counts as a blank, and there is a score at
    least. A row that is put back may lack what its reason names: a stratum, a period,
    most answers.
    """
    found = {unit: _rows(unit, received, its) for unit, its in columns.items()}
    _check(found, columns)
    return {unit: _sorted(frame, columns[unit]) for unit, frame in found.items()}


def _check(
    found: Mapping[str, pd.DataFrame], columns: Mapping[str, AcceptedColumns]
) -> None:
    """Units with the same columns together, which takes a tenth of the time."""
    alike: list[tuple[AcceptedColumns, list[pd.DataFrame]]] = []
    for unit, its in columns.items():
        frame = found[unit].drop(columns="reason")
        for other, frames in alike:
            if other == its:
                frames.append(frame)
                break
        else:
            alike.append((its, [frame]))
    for its, frames in alike:
        check_accepted(frames, its)


def _sorted(frame: pd.DataFrame, columns: AcceptedColumns) -> UnitRows:
    kept = frame["reason"].eq("").to_numpy()
    frame = frame.astype(dict.fromkeys((*columns.texts, "reason"), "str"))
    # Sixteen letters each: as bytes they are sorted five times as fast.
    order = np.argsort(frame["response"].to_numpy(dtype=object).astype("S16"))
    accepted, put_back = (
        _grouped(frame.take(order[of]).reset_index(drop=True))
        for of in (kept[order], ~kept[order])
    )
    names = list(columns.names)
    return UnitRows(accepted[names], put_back[[*names, "reason"]])


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    if "service" in rows and len(rows):
        return rows.assign(service=group_services(rows["service"]))
    return rows


def _rows(
    unit: str, received: Sequence[Received], columns: AcceptedColumns
) -> pd.DataFrame:
    parts = []
    order = [*columns.names, "reason"]
    for each in received:
        mine = each.rows["unit"].eq(unit)
        mine &= each.rows["reason"].eq("") | each.rows["valid"]
        at = np.flatnonzero(mine)
        if not len(at):
            continue
        places = each.rows[[*PLACES, "reason"]].take(at)
        scores = each.scores[columns.instrument.id]
        scores = scores.take(scores.index.get_indexer(at))
        scores = scores.reindex(columns=list(columns.scores)).astype("Int64")
        bands = each.profile.take(at)
        for name in columns.profile:
            if name not in bands:
                bands[name] = ""
        bands = bands[list(columns.profile)]
        parts.append(pd.concat([places, scores, bands], axis=1)[order])
    if not parts:
        return empty_accepted(columns).assign(reason=pd.Series([], dtype="str"))
    if len(parts) == 1:
        return parts[0].reset_index(drop=True)
    return pd.concat(parts, ignore_index=True)
