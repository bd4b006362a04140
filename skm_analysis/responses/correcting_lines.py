"""Corrections of a file in long form, of which each names one line of the file.

Of a respondent who answered otherwise twice nothing is chosen; which line is wrong, a
person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from skm_analysis.responses.columns import Columns, find_columns
from skm_analysis.responses.long_form import item_columns, respondent_rows, widen
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.schema import IMPORTANCE
from skm_analysis.responses.spelling import tidy
from skm_analysis.study.corrections import ANSWER, Correction
from skm_analysis.study.faults import plain
from skm_analysis.study.records import Delivery, LongForm


class Mended(NamedTuple):
    """The table made of the corrected lines."""

    table: RawTable
    done: tuple[Correction, ...]  # with the row and the column of `table`
    left: tuple[Correction, ...]  # of cells of `table`


def correct_lines(
    table: RawTable,
    lines: RawTable,
    delivery: Delivery,
    long: LongForm,
    corrections: Sequence[Correction],
) -> Mended:
    """Apply what names one line of the file, which is the table `lines`.

    That is what names the column of answers, and any other column where the respondent
    was set aside for saying two things; the rest names a cell of `table`.
    """
    owners = respondent_rows(lines, long)
    asked = item_columns(lines, delivery, long)
    (item,) = positions(lines.header, long.item)
    targets = dict(_targets(find_columns(table, delivery)))
    places = {number: place for place, number in enumerate(lines.row_numbers)}
    rows, done, left = [*lines.rows], [], []
    for each in corrections:
        row, at = owners.get(each.row, 0), positions(lines.header, each.column)
        unlike = table.broken.get(row) == "two_answers"
        if not row or len(at) != 1 or not (each.target == ANSWER or unlike):
            left.append(each)
            continue
        place, target = places[each.row], each.target
        if target == ANSWER:
            target = targets.get(asked.get(rows[place][item], -1), "")
        if not target:
            each.spot.fault(
                f"butir pada baris {each.row} tidak dibaca dari {plain(lines.file)}.",
                "perbaiki nomor barisnya, atau hapus pembetulan ini.",
            )
        elif not holds_old(each, rows[place][at[0]]):
            refuse_old(each, lines)
        else:
            cells = [*rows[place]]
            cells[at[0]] = each.new
            rows[place] = tuple(cells)
            done.append(replace(each, row=row, target=target))
    mended = widen(replace(lines, rows=rows), delivery, long)
    return Mended(replace(mended, format=table.format), (*done,), (*left,))


def holds_old(correction: Correction, cell: str) -> bool:
    return tidy(cell) == tidy(correction.old)


def refuse_old(correction: Correction, table: RawTable) -> None:
    correction.spot.fault(
        f"kolom '{plain(correction.column)}' baris {correction.row} pada "
        f"{plain(table.file)} tidak berisi 'old'.",
        "salin isi sel itu dari berkasnya, atau perbaiki baris dan kolomnya.",
    )


def _targets(columns: Columns) -> Iterator[tuple[int, str]]:
    found: Mapping[str, int] = {**columns.single, **columns.profile, **columns.items}
    yield from ((at, name) for name, at in found.items())
    yield from ((at, IMPORTANCE + key) for key, at in columns.importance.items())
