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

_TEXT = pd.StringDtype(na_value=np.nan)  # "str", without a search for its name


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
    found: dict[str, UnitRows] = {}
    for its, units in _alike(columns):
        found |= _split(_rows(units, received, its), units, its)
    return {unit: found[unit] for unit in columns}


def _alike(
    columns: Mapping[str, AcceptedColumns],
) -> list[tuple[AcceptedColumns, list[str]]]:
    """Units with the same columns: one large table takes less time than many."""
    alike: list[tuple[AcceptedColumns, list[str]]] = []
    for unit, its in columns.items():
        units = next((units for other, units in alike if other == its), None)
        if units is None:
            alike.append((its, [unit]))
        else:
            units.append(unit)
    return alike


def _split(
    frame: pd.DataFrame, units: Sequence[str], columns: AcceptedColumns
) -> dict[str, UnitRows]:
    """The checked rows of each unit, sorted by the numbers of the responses."""
    order = check_accepted(frame[[*columns.names]], columns)
    aside = frame["reason"].ne("").to_numpy()
    unit = frame.pop("unit").astype("category").cat
    places = pd.Index(units).get_indexer(unit.categories)[unit.codes]
    groups = places * 2 + aside
    order = order[np.argsort(groups[order], kind="stable")]
    frame = frame.take(order).reset_index(drop=True)
    frame = frame.astype(dict.fromkeys((*columns.texts, "reason"), _TEXT))
    ends = np.cumsum(np.bincount(groups, minlength=2 * len(units))).tolist()
    names = [*columns.names]
    found, start = {}, 0
    for name, middle, end in zip(units, ends[::2], ends[1::2], strict=True):
        accepted, put_back = (
            _grouped(frame.iloc[of].reset_index(drop=True))
            for of in (slice(start, middle), slice(middle, end))
        )
        found[name] = UnitRows(accepted[names], put_back[[*names, "reason"]])
        start = end
    return found


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    if "service" in rows and len(rows):
        return rows.assign(service=group_services(rows["service"]))
    return rows


def _rows(
    units: Sequence[str], received: Sequence[Received], columns: AcceptedColumns
) -> pd.DataFrame:
    """The rows of all these units, with unit and reason behind the columns."""
    parts = []
    order = [*columns.names, "unit", "reason"]
    for each in received:
        mine = each.rows["unit"].isin(units)
        mine &= each.rows["reason"].eq("") | each.rows["valid"]
        at = np.flatnonzero(mine)
        if not len(at):
            continue
        places = each.rows[[*PLACES, "unit", "reason"]].take(at)
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
        nothing = pd.Series([], dtype="str")
        return empty_accepted(columns).assign(unit=nothing, reason=nothing)
    if len(parts) == 1:
        return parts[0].reset_index(drop=True)
    return pd.concat(parts, ignore_index=True)
