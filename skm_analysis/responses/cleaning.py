"""Raw deliveries -> accepted responses and set-aside rows, each with one reason.

Nothing is dropped silently: for every delivery, rows read = accepted + set aside. Rows
without any text and sums at the end of a file are not rows read; the latter are logged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.responses.accepting import accepted_rows, rows_of_units
from skm_analysis.responses.comments import Comments, decided_comments
from skm_analysis.responses.identity import read_secret
from skm_analysis.responses.judging import (
    Reason,
    came_before,
    is_valid,
    judge_all,
    repeated,
)
from skm_analysis.responses.office_results import office_log
from skm_analysis.responses.profile_proposals import propose
from skm_analysis.responses.received import INVALID, Received
from skm_analysis.responses.receiving import Receipt, receive_all, split_arrived
from skm_analysis.responses.schema import (
    CHANGES,
    CORRECTIONS,
    CROSSWALK,
    DELIVERIES,
    OFFICE_RESULTS,
    PROFILES,
    SET_ASIDE,
    AcceptedColumns,
    empty_log,
    typed,
)
from skm_analysis.study.frozen_rules import CLEANING_RULES, changes
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import PlanLock, read_lock
from skm_analysis.study.records import Cleaning, Study


class Cleaned(NamedTuple):
    """What is kept, what is not and why; columns as in `schema`."""

    accepted: Mapping[str, pd.DataFrame]  # unit id -> rows; every unit of the study
    set_aside: pd.DataFrame
    changes: pd.DataFrame
    crosswalk: pd.DataFrame
    deliveries: pd.DataFrame
    corrections: pd.DataFrame = empty_log(CORRECTIONS)
    profiles: pd.DataFrame = empty_log(PROFILES)  # spellings and their bands
    office: pd.DataFrame = empty_log(OFFICE_RESULTS)  # what offices worked out
    comments: Comments = Comments()  # what respondents wrote in their own words
    # Other ways to count, by unit; only of units that have such rows.
    put_back: Mapping[str, pd.DataFrame] = MappingProxyType({})  # set aside, but valid
    uncorrected: Mapping[str, pd.DataFrame] = MappingProxyType({})  # accepted if not …
    # Accepted under a cleaning rule that was frozen and changed since: rule -> unit.
    under_frozen: Mapping[str, Mapping[str, pd.DataFrame]] = MappingProxyType({})


def clean_study(places: Places, study: Study, *, partial: bool = False) -> Cleaned:
    """Read all deliveries of the study and judge every row.

    `partial`: those that have come, for a draft; the others are no fault then.
    Reads raw files and decisions only; the one thing it may write is the study's
    `secret`, once.

    Raises
    ------
    DeliveryError
        Files that have not come yet, or files that cannot be read as declared; all of
        them at once. No message holds a citizen's answer.
    StudyError
        Corrections that fit no cell of the files, decisions that fit no comment.
    """
    arrived, awaited = split_arrived(places, study) if partial else (study, ())
    receipts = receive_all(places, arrived, read_secret(places), study)
    read = [each.read for each in receipts]
    cleaned = clean_receipts(study, receipts, read_lock(places))
    comments = decided_comments(places, study, read, whole=not awaited)
    return cleaned._replace(comments=comments)


def clean_receipts(
    study: Study, receipts: Sequence[Receipt], lock: PlanLock | None = None
) -> Cleaned:
    """Judge every row of the deliveries; `lock` asks how frozen rules would judge."""
    read = [each.read for each in receipts]
    delivered = [each.delivered for each in receipts]
    corrected = any(each.corrected_units for each in receipts)
    for reading in (delivered, read) if corrected else (read,):
        judged = judge_all(reading, study.cleaning)
        for received, reasons in zip(reading, judged, strict=True):
            received.rows["reason"] = reasons
            received.rows["valid"] = is_valid(received.marks, study.cleaning)
    rows = [each.rows for each in read]
    columns = {unit.id: AcceptedColumns.of(study, unit) for unit in study.units}
    found = rows_of_units(read, columns)
    corrections = _stacked([each.log(study) for each in receipts], CORRECTIONS)
    return Cleaned(
        accepted={unit: rows.accepted for unit, rows in found.items()},
        set_aside=_stacked([f[f["reason"] != ""] for f in rows], SET_ASIDE),
        changes=_changes(read, study.cleaning),
        crosswalk=_stacked(rows, CROSSWALK),
        deliveries=_log(read),
        corrections=corrections,
        profiles=propose(read),
        office=_office(read),
        put_back={
            unit: its.put_back for unit, its in found.items() if len(its.put_back)
        },
        uncorrected=_uncorrected(receipts, columns),
        under_frozen=_under_frozen(lock, study, read, columns),
    )


def _uncorrected(
    receipts: Sequence[Receipt], columns: Mapping[str, AcceptedColumns]
) -> dict[str, pd.DataFrame]:
    """The accepted rows as if nobody had corrected anything, of the units concerned."""
    delivered = [each.delivered for each in receipts]
    concerned = {unit for each in receipts for unit in each.corrected_units}
    mine = {unit: its for unit, its in columns.items() if unit in concerned}
    return accepted_rows(delivered, mine)


def _under_frozen(
    lock: PlanLock | None,
    study: Study,
    read: list[Received],
    columns: Mapping[str, AcceptedColumns],
) -> dict[str, dict[str, pd.DataFrame]]:
    """The accepted rows under each cleaning rule that was frozen and changed since."""
    found = {}
    for change in changes(lock.rules, study) if lock else ():
        if change.rule in CLEANING_RULES:
            field = {change.rule.replace("-", "_"): change.before}
            frozen = replace(study.cleaning, **field)
            judged = judge_all(read, frozen)
            then = [
                replace(each, rows=each.rows.assign(reason=reasons))
                for each, reasons in zip(read, judged, strict=True)
            ]
            found[change.rule] = accepted_rows(then, columns)
    return found


def _stacked(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    kept = [frame[list(columns)] for frame in frames if len(frame)]
    if not kept:
        return empty_log(columns)
    return typed(pd.concat(kept, ignore_index=True), columns)


def _changes(received: list[Received], cleaning: Cleaning) -> pd.DataFrame:
    """What was read otherwise than written; an answer that spoils its sheet was not."""
    spoiling = {rule for rule in INVALID if getattr(cleaning, rule) == "row"}
    counts: dict[tuple[str, str, str], int] = {}
    for each in received:
        for column, rule, answers in each.changes:
            if rule not in spoiling:
                key = (each.name, column, rule)
                counts[key] = counts.get(key, 0) + answers
    rows = [(*key, count) for key, count in counts.items()]
    return typed(pd.DataFrame(rows, columns=list(CHANGES)), CHANGES)


def _office(received: list[Received]) -> pd.DataFrame:
    rows = [row for x in received for row in office_log(x.name, x.table, x.office)]
    return typed(pd.DataFrame(rows, columns=list(OFFICE_RESULTS)), OFFICE_RESULTS)


def _log(received: list[Received]) -> pd.DataFrame:
    rows = []
    usable = [
        each.rows["reason"].isin(["", Reason.DUPLICATE.value]).to_numpy()
        for each in received
    ]
    before = came_before(received, usable)
    for each, its, again in zip(received, usable, before, strict=True):
        reason, delivery = each.rows["reason"], each.delivery
        accepted = (reason == "").to_numpy()
        kept, aside = (int(np.count_nonzero(x)) for x in (accepted, reason != ""))
        if kept + aside != len(each.table.rows):
            raise RuntimeError(f"{each.name}: rows are not all accounted for")
        rows.append(
            {
                "delivery": each.name,
                "unit": delivery.unit or "",
                "source": delivery.source,
                "mode": delivery.mode or "",
                "format": each.table.format,
                "sha256": each.table.sha256,
                "bytes": each.table.size,
                "rows_read": len(each.table.rows),
                "accepted": kept,
                "set_aside": aside,
                "repeated_id": int((again | repeated(each, its, "id")).sum()),
                "repeated_row": int(repeated(each, its, "copy").sum()),
                "outside_period": int((accepted & ~each.marks["in_period"]).sum()),
                "blank_words": int(each.marks["blank_words"].sum()),
                "unread": " | ".join(each.unread),
            }
        )
    return typed(pd.DataFrame(rows, columns=list(DELIVERIES)), DELIVERIES)
