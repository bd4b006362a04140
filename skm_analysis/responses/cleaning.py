"""Raw deliveries -> accepted responses and set-aside rows, each with one reason.

Nothing is dropped silently: for every delivery, rows read = accepted + set aside. Rows
without any text and sums at the end of a file are not rows read; the latter are logged.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from math import ceil
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.columns import wanted_headers
from skm_analysis.responses.identity import number_responses, read_secret
from skm_analysis.responses.profiles import group_services
from skm_analysis.responses.reading import read_table
from skm_analysis.responses.received import Received, receive
from skm_analysis.responses.schema import (
    CHANGES,
    CROSSWALK,
    DELIVERIES,
    PLACES,
    SET_ASIDE,
    AcceptedColumns,
    check_accepted,
    empty_accepted,
    typed,
)
from skm_analysis.study.places import Places
from skm_analysis.study.records import Delivery, Study, Unit


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


def clean_study(places: Places, study: Study) -> Cleaned:
    """Read all deliveries of the study and judge every row.

    Reads raw files only; the one thing it may write is the study's `secret`, once.

    Raises
    ------
    DeliveryError
        Files that have not come yet, or files that cannot be read as declared; all of
        them at once. No message holds a citizen's answer.
    """
    key = read_secret(places)
    received = _receive_all(places, study, key)
    for each in received:
        each.rows["delivery"] = each.name
        each.rows["reason"] = _judge(each, study)
    rows = [each.rows for each in received]
    if rows:
        numbers = iter(number_responses(key, study, pd.concat(rows, ignore_index=True)))
        for frame in rows:
            frame["response"] = [next(numbers) for _ in range(len(frame))]
    accepted = {
        unit.id: _accepted(unit, received, AcceptedColumns.of(study, unit))
        for unit in study.units
    }
    return Cleaned(
        accepted=accepted,
        set_aside=_stacked([f[f["reason"] != ""] for f in rows], SET_ASIDE),
        changes=_changes(received),
        crosswalk=_stacked(rows, CROSSWALK),
        deliveries=_log(received),
    )


def refuse_missing(places: Places, study: Study) -> None:
    """Raise DeliveryError, telling all declared files that have not come yet."""
    missing = [d.file for d in study.in_force if not (places.raw / d.file).is_file()]
    if missing:
        raise _not_there(places, list(dict.fromkeys(missing)))


def _receive_all(places: Places, study: Study, key: bytes) -> list[Received]:
    refuse_missing(places, study)
    received, faults = [], []
    for delivery in study.in_force:
        try:
            received.append(_receive(places, study, delivery, key))
        except DeliveryError as error:
            faults.append(str(error))
    faults += _delivered_twice(received)
    if faults:
        raise DeliveryError("\n\n".join(faults))
    return received


def _delivered_twice(received: list[Received]) -> list[str]:
    """Deliveries that hold the same bytes as one before: nobody is counted twice."""
    seen: dict[tuple[str, str, str | None], Received] = {}
    faults = []
    for each in received:
        same = (each.table.sha256, each.table.sheet, each.delivery.unit)
        first = seen.setdefault(same, each)
        if first is not each and each.table.rows:
            faults.append(
                f"{each.table.file}: isinya sama persis dengan {first.table.file}.\n"
                "  hapus salah satu [[delivery]] dari study.toml, atau letakkan\n"
                "  berkas yang seharusnya."
            )
    return faults


def _receive(places: Places, study: Study, delivery: Delivery, key: bytes) -> Received:
    path = places.raw / delivery.file
    table = read_table(
        path,
        places.told(path),
        wanted=wanted_headers(delivery),
        sheet=delivery.sheet,
        header_row=delivery.header_row,
        encoding=delivery.encoding,
        delimiter=delivery.delimiter,
    )
    return receive(table, delivery, _name(delivery, study), study, key)


def _name(delivery: Delivery, study: Study) -> str:
    """The file, with its sheet where several deliveries lie in one file."""
    shared = sum(each.file == delivery.file for each in study.deliveries) > 1
    return f"{delivery.file}#{delivery.sheet or ''}" if shared else delivery.file


def _not_there(places: Places, files: list[str]) -> DeliveryError:
    listed = "\n".join(f"  {places.told(places.raw / file)}" for file in files)
    return DeliveryError(
        f"{len(files)} berkas kiriman di study.toml belum ada:\n{listed}\n"
        "  letakkan berkasnya di sana, atau perbaiki file di [[delivery]];\n"
        "  yang sudah dan belum diterima dapat dilihat\n"
        f"  dengan: skm check {places.study}"
    )


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


def _accepted(
    unit: Unit, received: list[Received], columns: AcceptedColumns
) -> pd.DataFrame:
    parts = []
    for each in received:
        mine = each.rows["unit"].eq(unit.id) & each.rows["reason"].eq("")
        if not mine.any():
            continue
        scores = each.scores[unit.instrument.id].loc[mine[mine].index]
        scores = scores.reindex(columns=list(columns.scores)).astype("Int64")
        bands = each.profile.loc[mine]
        bands = bands.reindex(columns=list(columns.profile), fill_value="")
        parts.append(each.rows.loc[mine, list(PLACES)].join([scores, bands]))
    if not parts:
        return empty_accepted(columns)
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.astype(dict.fromkeys(columns.texts, "str"))
    if "service" in frame:
        frame["service"] = group_services(frame["service"])
    frame = frame.sort_values("response", ignore_index=True)
    return check_accepted(frame, columns)


def _stacked(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    empty = pd.DataFrame({name: [] for name in columns})
    kept = [frame for frame in frames if len(frame)]
    return typed(pd.concat(kept, ignore_index=True) if kept else empty, columns)


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
