"""A delivery as people corrected it: single cells, each checked against the file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

import pandas as pd

from skm_analysis.responses.columns import Columns, find_columns
from skm_analysis.responses.correcting_lines import (
    correct_lines,
    holds_old,
    refuse_old,
)
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.received import Received
from skm_analysis.responses.schema import IMPORTANCE
from skm_analysis.study.corrections import Correction
from skm_analysis.study.faults import plain
from skm_analysis.study.records import Delivery, Study

Direction = Literal["raised", "lowered", "neither"]


class Corrected(NamedTuple):
    """A table, and its corrections with the rows and columns of that table."""

    table: RawTable
    corrections: tuple[Correction, ...]


def correct(
    table: RawTable, delivery: Delivery, corrections: Sequence[Correction]
) -> Corrected:
    """`table` with the corrected cells; its digest stays that of the file.

    A row that is not there or no sheet, and a cell that does not hold `old`, are told
    to the line of `corrections.csv`, without what stands in either; the cell then stays
    as it is. Raises DeliveryError for a column that is not there.
    """
    done: tuple[Correction, ...] = ()
    if table.lines is not None and delivery.long is not None and corrections:
        table, done, corrections = correct_lines(
            table, table.lines, delivery, delivery.long, corrections
        )
    mended = _correct_cells(table, delivery, corrections)
    return Corrected(mended, (*done, *corrections))


def _correct_cells(
    table: RawTable, delivery: Delivery, corrections: Sequence[Correction]
) -> RawTable:
    columns = find_columns(table, delivery)
    places = {number: place for place, number in enumerate(table.row_numbers)}
    rows = [*table.rows]
    for each in corrections:
        place = places.get(each.row)
        if place is None:
            each.spot.fault(
                f"baris {each.row} bukan baris jawaban pada {plain(table.file)}.",
                *_rows_there(table),
            )
            continue
        if why := table.broken.get(each.row):
            _refuse_broken(each, why, delivery)
            continue
        at = position(columns, each.target)
        if not holds_old(each, rows[place][at]):
            refuse_old(each, table)
            continue
        cells = [*rows[place]]
        cells[at] = each.new
        rows[place] = tuple(cells)
    return replace(table, rows=tuple(rows))


def _refuse_broken(correction: Correction, why: str, delivery: Delivery) -> None:
    """Tell of a row in which no cell can be mended, since nobody knows whose it is."""
    fault, remedy = _BROKEN[why]
    answer = plain(delivery.long.answer) if delivery.long else ""
    correction.spot.fault(
        f"baris {correction.row} {fault}", remedy.format(answer=answer)
    )


_ANEW = "minta kirim ulang berkasnya, lalu tulis replaces pada [[delivery]]-nya."
_BROKEN = {
    "ragged_row": ("mempunyai isian lebih atau kurang dari judul kolomnya.", _ANEW),
    "no_respondent": ("tidak menyebut respondennya.", _ANEW),
    "two_answers": (
        "milik responden yang isiannya bertentangan.",
        "sebut baris yang keliru, dengan kolom '{answer}' atau kolom yang berlainan.",
    ),
}


def position(columns: Columns, target: str) -> int:
    """Where the column lies that holds `target`, as `Correction` names it."""
    if target.startswith(IMPORTANCE):
        return columns.importance[target.removeprefix(IMPORTANCE)]
    found: Mapping[str, int] = {**columns.single, **columns.profile, **columns.items}
    return found[target]


def log_corrections(
    study: Study,
    delivered: Received,
    corrected: Received,
    corrections: Sequence[Correction],
) -> pd.DataFrame:
    """One row per correction: response, delivery, row, unit, column, direction.

    `unit` is the one that the row has after the correction, or had before it; both
    deliveries have their response numbers. No value is in it.
    """
    numbers = corrected.rows["row"] if corrections else ()
    places = {number: place for place, number in enumerate(numbers)}
    told = []
    for each in corrections:
        at = places[each.row]
        before, after = (x.rows["unit"].iloc[at] for x in (delivered, corrected))
        pair = [_score(study, x, at, each.target) for x in (delivered, corrected)]
        told.append(
            (
                corrected.rows["response"].iloc[at],
                corrected.name,
                each.row,
                after or before,
                each.target,
                _direction(*pair),
            )
        )
    names = ["response", "delivery", "row", "unit", "column", "direction"]
    return pd.DataFrame(told, columns=names)


def _score(study: Study, received: Received, at: int, item: str) -> int | None:
    """The answer of one row to an item; None where there is none, or `item` is none."""
    unit = received.rows["unit"].iloc[at]
    if not unit:
        return None
    scores = received.scores[study.unit(unit).instrument.id]
    if item not in study.unit(unit).instrument.keys or pd.isna(scores.at[at, item]):
        return None
    return int(scores.at[at, item])


def _direction(before: int | None, after: int | None) -> Direction:
    """Which way a score went; a blank that was filled in went neither way."""
    if before is None or after is None or before == after:
        return "neither"
    return "raised" if after > before else "lowered"


def _rows_there(table: RawTable) -> tuple[str, ...]:
    if not table.row_numbers:
        return ("berkas itu tidak memuat jawaban.",)
    first, last = table.row_numbers[0], table.row_numbers[-1]
    if table.lines is not None:
        return (
            "untuk kolom jawaban: nomor barisnya, dihitung seperti di Excel;",
            "untuk butir dan kolom lain: baris pertama responden itu.",
        )
    return (
        f"baris jawabannya: {first} sampai {last}, dihitung seperti di Excel",
        "baris kosong, baris jumlah, dan baris nomor kolom tidak ikut.",
    )
