"""A delivery as people corrected it: single cells, each checked against the file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from skm_analysis.responses.columns import Columns, find_columns
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.received import Received
from skm_analysis.responses.schema import IMPORTANCE
from skm_analysis.responses.spelling import tidy
from skm_analysis.study.corrections import Correction
from skm_analysis.study.faults import plain
from skm_analysis.study.records import Delivery, Study

Direction = Literal["raised", "lowered", "neither"]


def correct(
    table: RawTable, delivery: Delivery, corrections: Sequence[Correction]
) -> RawTable:
    """`table` with the corrected cells; its digest stays that of the file.

    A row that is not there and a cell that does not hold `old` are told to the line of
    `corrections.csv`, without what stands in either; the cell then stays as it is.
    Raises DeliveryError for a column that is not there.
    """
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
        at = position(columns, each.target)
        if tidy(rows[place][at]) != tidy(each.old):
            each.spot.fault(
                f"kolom '{plain(each.column)}' baris {each.row} pada "
                f"{plain(table.file)} tidak berisi 'old'.",
                "salin isi sel itu dari berkasnya, atau perbaiki baris dan kolomnya.",
            )
            continue
        cells = [*rows[place]]
        cells[at] = each.new
        rows[place] = tuple(cells)
    return replace(table, rows=tuple(rows))


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
    return (
        f"baris jawabannya: {first} sampai {last}, dihitung seperti di Excel",
        "baris kosong, baris jumlah, dan baris nomor kolom tidak ikut.",
    )
