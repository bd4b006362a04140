"""Raw deliveries -> accepted responses and set-aside rows, each with one reason.

Nothing is dropped silently: for every delivery, rows read = accepted + set aside. Rows
without any text and sums at the end of a file are not rows read; the latter are logged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from skm_analysis.responses.accepting import accepted_rows, rows_of_units
from skm_analysis.responses.comments import Comments, decided_comments
from skm_analysis.responses.identity import read_secret
from skm_analysis.responses.office_results import office_log
from skm_analysis.responses.profile_proposals import propose
from skm_analysis.responses.received import INVALID, Received
from skm_analysis.responses.receiving import Receipt, receive_all
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


class Reason(StrEnum):
    """Why a questionnaire was set aside. The first rule that applies wins."""

    RAGGED_ROW = "ragged_row"  # more or fewer fields in its line than columns
    NO_RESPONDENT = "no_respondent"  # long form: an answer that nobody gave
    TWO_ANSWERS = "two_answers"  # long form: unlike answers to one question
    TEST_ROW = "test_row"  # a trial of the form, as [[delivery.test]] declares
    EXCLUDED = "excluded"  # whom the office asks to leave out ([[delivery.exclude]])
    UNKNOWN_UNIT = "unknown_unit"  # the unit column is blank or names none of the study
    UNREAD_DAY = "unread_day"  # a blank where the day stands, or no day one can read
    OUT_OF_PERIOD = "out_of_period"  # a day outside the study
    UNKNOWN_STRATUM = "unknown_stratum"  # its unit has strata, and it is in none
    EMPTY = "empty"  # no item answered
    OUT_OF_SCALE = "out_of_scale"  # a whole number off the scale, an undeclared answer
    NOT_WHOLE_NUMBER = "not_whole_number"  # an answer that is no whole number
    TOO_FEW_ITEMS = "too_few_items"  # fewer answered than `minimum_items` asks
    DUPLICATE = "duplicate"  # a usable sheet of this respondent came before


# What somebody said of a row, not what is wrong with it.
DECLARED = (Reason.TEST_ROW, Reason.EXCLUDED, Reason.DUPLICATE)


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


Rule = Callable[[pd.DataFrame, Cleaning], pd.Series]

# In the order in which they are tried, over `Received.marks`. `duplicate` follows,
# among the rows that are left: who sent an unusable sheet first is not lost.
RULES: tuple[tuple[Reason, Rule], ...] = (
    (Reason.RAGGED_ROW, lambda marks, _: marks["broken"].eq("ragged_row")),
    (Reason.NO_RESPONDENT, lambda marks, _: marks["broken"].eq("no_respondent")),
    (Reason.TWO_ANSWERS, lambda marks, _: marks["broken"].eq("two_answers")),
    (Reason.TEST_ROW, lambda marks, _: marks["trial"]),
    (Reason.EXCLUDED, lambda marks, _: marks["excluded"]),
    (Reason.UNKNOWN_UNIT, lambda marks, _: ~marks["known_unit"]),
    (
        Reason.UNREAD_DAY,
        lambda marks, cleaning: (
            ~marks["told_day"] & (cleaning.out_of_period == "set_aside")
        ),
    ),
    (
        Reason.OUT_OF_PERIOD,
        lambda marks, cleaning: (
            ~marks["in_period"] & (cleaning.out_of_period == "set_aside")
        ),
    ),
    (Reason.UNKNOWN_STRATUM, lambda marks, _: ~marks["known_stratum"]),
    (
        Reason.EMPTY,
        lambda marks, cleaning: marks["answered"].eq(0) & ~_spoilt(marks, cleaning),
    ),
    (
        Reason.OUT_OF_SCALE,
        lambda marks, cleaning: _spoilt(marks, cleaning, "out_of_scale"),
    ),
    (
        Reason.NOT_WHOLE_NUMBER,
        lambda marks, cleaning: _spoilt(marks, cleaning, "not_whole_number"),
    ),
    (
        Reason.TOO_FEW_ITEMS,
        lambda marks, cleaning: marks["answered"] < _least(marks, cleaning),
    ),
)


def _spoilt(marks: pd.DataFrame, cleaning: Cleaning, *rules: str) -> pd.Series:
    """Whether an answer that is no score spoils the whole sheet, by any of `rules`."""
    spoilt = pd.Series(False, index=marks.index)
    for rule in rules or INVALID:
        spoilt |= marks[rule].gt(0) & (getattr(cleaning, rule) == "row")
    return spoilt


def _least(marks: pd.DataFrame, cleaning: Cleaning) -> pd.Series:
    """How many items must be answered: `minimum_items` of those that are asked."""
    share = cleaning.minimum_items
    return marks["items"].map({n: ceil(n * share) for n in marks["items"].unique()})


def clean_study(places: Places, study: Study) -> Cleaned:
    """Read all deliveries of the study and judge every row.

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
    receipts = receive_all(places, study, read_secret(places))
    read = [each.read for each in receipts]
    cleaned = clean_receipts(study, receipts, read_lock(places))
    return cleaned._replace(comments=decided_comments(places, study, read))


def clean_receipts(
    study: Study, receipts: Sequence[Receipt], lock: PlanLock | None = None
) -> Cleaned:
    """Judge every row of the deliveries; `lock` asks how frozen rules would judge."""
    read = [each.read for each in receipts]
    delivered = [each.delivered for each in receipts]
    corrected = any(each.corrected_units for each in receipts)
    for reading in (delivered, read) if corrected else (read,):
        judged = _judge_all(reading, study.cleaning)
        for received, reasons in zip(reading, judged, strict=True):
            received.rows["reason"] = reasons
            received.rows["valid"] = _is_valid(received.marks, study.cleaning)
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
            judged = _judge_all(read, frozen)
            then = [
                replace(each, rows=each.rows.assign(reason=reasons))
                for each, reasons in zip(read, judged, strict=True)
            ]
            found[change.rule] = accepted_rows(then, columns)
    return found


def _is_valid(marks: pd.DataFrame, cleaning: Cleaning) -> pd.Series:
    """Whether every answer is a score or counts as a blank, and there is one at all."""
    return marks["answered"].gt(0) & ~_spoilt(marks, cleaning)


def _judge_all(read: Sequence[Received], cleaning: Cleaning) -> list[pd.Series]:
    """The reason of each row, delivery by delivery.

    A respondent whose id holds in the whole unit may have come in an earlier delivery.
    """
    found = [_judge(each, cleaning) for each in read]
    if cleaning.duplicates == "id":
        before = _came_before(read, [reasons.eq("").to_numpy() for reasons in found])
        for reasons, again in zip(found, before, strict=True):
            reasons[again] = Reason.DUPLICATE
    return found


def _came_before(
    read: Sequence[Received], usable: Sequence[npt.NDArray[np.bool_]]
) -> list[npt.NDArray[np.bool_]]:
    """Usable rows of a respondent of whom the unit has one in an earlier delivery.

    That can be told where ids hold in the whole unit.
    """
    found = [np.zeros(len(each.rows), dtype=bool) for each in read]
    seen: set[tuple[str, str, str]] = set()
    for each, its, again in zip(read, usable, found, strict=True):
        if each.delivery.id_within != "unit":
            continue
        at = np.flatnonzero(its & each.rows["id"].gt(0).to_numpy())
        rows = each.rows[["unit", "source", "basis"]].take(at)
        who = [*zip(rows["unit"], rows["source"], rows["basis"], strict=True)]
        again[at] = [person in seen for person in who]
        seen.update(who)
    return found


def _judge(received: Received, cleaning: Cleaning) -> pd.Series:
    """The reason for which each row is set aside; "" for the accepted ones."""
    places = {reason: place for place, reason in enumerate(Reason, start=1)}
    codes = np.zeros(len(received.rows), dtype=np.int8)
    for reason, applies in RULES:
        broken = applies(received.marks, cleaning).to_numpy()
        codes[broken & (codes == 0)] = places[reason]
    by = {"id": "id", "row": "copy"}.get(cleaning.duplicates)
    codes[_repeated(received, codes == 0, by)] = places[Reason.DUPLICATE]
    names = pd.Index(["", *places], dtype="str")
    reasons = pd.Categorical.from_codes(codes, categories=names)
    return pd.Series(reasons, index=received.rows.index)


def _repeated(
    received: Received, usable: npt.NDArray[np.bool_], by: str | None
) -> npt.NDArray[np.bool_]:
    """Usable rows whose id, or whose row as a whole, the unit's delivery had before."""
    rows = received.rows
    again = np.zeros(len(rows), dtype=bool)
    if by is None or (by == "id" and received.delivery.id_column is None):
        return again
    numbers = rows[by].to_numpy()
    told = np.flatnonzero(usable & (numbers > 0) if by == "id" else usable)
    units = rows["unit"].cat
    whole = numbers[told] * len(units.categories) + units.codes.to_numpy()[told]
    again[told] = pd.Series(whole).duplicated()
    return again


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
    before = _came_before(received, usable)
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
                "repeated_id": int((again | _repeated(each, its, "id")).sum()),
                "repeated_row": int(_repeated(each, its, "copy").sum()),
                "outside_period": int((accepted & ~each.marks["in_period"]).sum()),
                "blank_words": int(each.marks["blank_words"].sum()),
                "unread": " | ".join(each.unread),
            }
        )
    return typed(pd.DataFrame(rows, columns=list(DELIVERIES)), DELIVERIES)
