"""Raw deliveries -> accepted responses and set-aside rows, each with one reason.

Nothing is dropped silently: for every delivery, rows read = accepted + set aside. Rows
without any text and sums at the end of a file are not rows read; the latter are logged.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.responses.accepting import accepted_rows, rows_to_put_back
from skm_analysis.responses.identity import read_secret
from skm_analysis.responses.received import Received
from skm_analysis.responses.receiving import Receipt, receive_all
from skm_analysis.responses.schema import (
    CHANGES,
    CORRECTIONS,
    CROSSWALK,
    DELIVERIES,
    SET_ASIDE,
    AcceptedColumns,
    empty_log,
    typed,
)
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study


class Reason(StrEnum):
    """Why a questionnaire was set aside. The first rule that applies wins."""

    UNKNOWN_UNIT = "unknown_unit"  # the unit column is blank or names none of the study
    OUT_OF_PERIOD = "out_of_period"  # a day outside the study, or none that can be read
    UNKNOWN_STRATUM = "unknown_stratum"  # its unit has strata, and it is in none
    EMPTY = "empty"  # no item answered
    OUT_OF_SCALE = "out_of_scale"  # a whole number off the scale, an undeclared answer
    NOT_WHOLE_NUMBER = "not_whole_number"  # an answer that is no whole number
    TOO_FEW_ITEMS = "too_few_items"  # fewer answered than `minimum_items` asks
    DUPLICATE = "duplicate"  # a usable sheet of this respondent came before


class Cleaned(NamedTuple):
    """What is kept, what is not and why; columns as in `schema`."""

    accepted: Mapping[str, pd.DataFrame]  # unit id -> rows; every unit of the study
    set_aside: pd.DataFrame
    changes: pd.DataFrame
    crosswalk: pd.DataFrame
    deliveries: pd.DataFrame
    corrections: pd.DataFrame = empty_log(CORRECTIONS)
    # Other ways to count, by unit; only of units that have such rows.
    put_back: Mapping[str, pd.DataFrame] = MappingProxyType({})  # set aside, but valid
    uncorrected: Mapping[str, pd.DataFrame] = MappingProxyType({})  # accepted if not …


# In the order in which they are tried, over `Received.marks` and the least number of
# items that must be answered. `duplicate` follows, among the rows that are left: a
# respondent whose first sheet was unusable is not lost.
RULES: tuple[tuple[Reason, Callable[[pd.DataFrame, pd.Series], pd.Series]], ...] = (
    (Reason.UNKNOWN_UNIT, lambda marks, _: ~marks["known_unit"]),
    (Reason.OUT_OF_PERIOD, lambda marks, _: ~marks["in_period"]),
    (Reason.UNKNOWN_STRATUM, lambda marks, _: ~marks["known_stratum"]),
    (
        Reason.EMPTY,
        lambda marks, _: marks["given"].eq(0),
    ),
    (Reason.OUT_OF_SCALE, lambda marks, _: marks["out_of_scale"]),
    (Reason.NOT_WHOLE_NUMBER, lambda marks, _: marks["not_whole_number"]),
    (Reason.TOO_FEW_ITEMS, lambda marks, least: marks["answered"] < least),
)


def clean_study(places: Places, study: Study, declared: Study | None = None) -> Cleaned:
    """Read all deliveries of the study and judge every row.

    Reads raw files and decisions only; the one thing it may write is the study's
    `secret`, once. `declared` is the whole study, where `study` is without the
    deliveries that have not come.

    Raises
    ------
    DeliveryError
        Files that have not come yet, or files that cannot be read as declared; all of
        them at once. No message holds a citizen's answer.
    StudyError
        Corrections that fit no cell of the files.
    """
    receipts = receive_all(places, study, declared or study, read_secret(places))
    read = [each.read for each in receipts]
    for each in receipts:
        for received in each.readings:
            received.rows["reason"] = _judge(received, study)
    rows = [each.rows for each in read]
    columns = {unit.id: AcceptedColumns.of(study, unit) for unit in study.units}
    put_back = {
        unit: rows_to_put_back(unit, read, its) for unit, its in columns.items()
    }
    corrections = _stacked([each.log(study) for each in receipts], CORRECTIONS)
    return Cleaned(
        accepted={
            unit: accepted_rows(unit, read, its) for unit, its in columns.items()
        },
        set_aside=_stacked([f[f["reason"] != ""] for f in rows], SET_ASIDE),
        changes=_changes(read),
        crosswalk=_stacked(rows, CROSSWALK),
        deliveries=_log(read),
        corrections=corrections,
        put_back={unit: frame for unit, frame in put_back.items() if len(frame)},
        uncorrected=_uncorrected(receipts, columns),
    )


def _uncorrected(
    receipts: list[Receipt], columns: Mapping[str, AcceptedColumns]
) -> dict[str, pd.DataFrame]:
    """The accepted rows as if nobody had corrected anything, of the units concerned."""
    delivered = [each.delivered for each in receipts]
    concerned = {unit for each in receipts for unit in each.corrected_units}
    return {
        unit: accepted_rows(unit, delivered, its)
        for unit, its in columns.items()
        if unit in concerned
    }


def _judge(received: Received, study: Study) -> pd.Series:
    """The reason for which each row is set aside; "" for the accepted ones."""
    marks = received.marks
    share = study.cleaning.minimum_items
    least = marks["items"].map({n: ceil(n * share) for n in marks["items"].unique()})
    reason = pd.Series("", index=marks.index, dtype="str")
    for name, applies in RULES:
        reason = reason.mask((reason == "") & applies(marks, least), name.value)
    again = _duplicates(received, reason == "", study)
    return reason.mask(again, Reason.DUPLICATE.value)


def _duplicates(received: Received, usable: pd.Series, study: Study) -> pd.Series:
    """Usable rows of a respondent who was already seen in the unit's delivery."""
    rule, rows = study.cleaning.duplicates, received.rows
    by = {"id": "id", "row": "copy"}.get(rule)
    if by is None or (rule == "id" and received.delivery.id_column is None):
        return pd.Series(False, index=rows.index)
    told = usable & (rows[by] != "")
    again = rows[told].duplicated(["unit", by])
    return again.reindex(rows.index, fill_value=False)


def _stacked(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    kept = [frame for frame in frames if len(frame)]
    if not kept:
        return empty_log(columns)
    return typed(pd.concat(kept, ignore_index=True), columns)


def _changes(received: list[Received]) -> pd.DataFrame:
    counts: dict[tuple[str, str, str], int] = {}
    for each in received:
        for column, rule, answers in each.changes:
            key = (each.name, column, rule)
            counts[key] = counts.get(key, 0) + answers
    rows = [(*key, count) for key, count in counts.items()]
    return typed(pd.DataFrame(rows, columns=list(CHANGES)), CHANGES)


def _log(received: list[Received]) -> pd.DataFrame:
    rows = []
    for each in received:
        kept = int(np.count_nonzero(each.rows["reason"] == ""))
        aside = int(np.count_nonzero(each.rows["reason"] != ""))
        if kept + aside != len(each.table.rows):
            raise RuntimeError(f"{each.name}: rows are not all accounted for")
        delivery = each.delivery
        rows.append(
            (
                each.name,
                delivery.unit or "",
                delivery.source,
                delivery.mode or "",
                each.table.format,
                each.table.sha256,
                each.table.size,
                len(each.table.rows),
                kept,
                aside,
                " | ".join(each.unread),
            )
        )
    return typed(pd.DataFrame(rows, columns=list(DELIVERIES)), DELIVERIES)
