"""One question in several columns: a form that branches asks it once on each branch."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from skm_analysis.responses.columnar import ByColumn, Distinct, split
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import RawTable, refusal
from skm_analysis.responses.spelling import fold
from skm_analysis.study.records import Delivery


def join_columns(table: RawTable, delivery: Delivery) -> RawTable:
    """The table with all answers to an item in its first column.

    Who answered in two of the columns, and not alike, gave no answer; `disagreeing`
    counts them. Raises DeliveryError for a column that is not there.
    """
    if not delivery.further_columns:
        return table
    columns = [table.distinct(at) for at in range(len(table.header))]
    disagreeing = {}
    for key, others in delivery.further_columns.items():
        headers = (delivery.columns[key], *others)
        first, *rest = (_place(table, key, header) for header in headers)
        joined, unlike = _joined([columns[at] for at in (first, *rest)])
        columns[first] = joined
        if unlike:
            disagreeing[key] = unlike
    return replace(table, rows=ByColumn(columns), disagreeing=disagreeing)


def _place(table: RawTable, key: str, header: str) -> int:
    whole = [at for at, x in enumerate(table.header) if fold(x) == fold(header)]
    found = whole or positions(table.header, header)
    if len(found) != 1:
        fault = "ada lebih dari satu kali" if found else "tidak ada"
        raise refusal(
            table.file,
            f"kolom {header!r} untuk {key} {fault}.",
            "tulis judul kolom seperti pada berkas di [delivery.columns] study.toml.",
        )
    return found[0]


def _joined(columns: Sequence[Distinct]) -> tuple[Distinct, int]:
    """What stands in any of the columns; a blank where they differ, and how often."""
    told, *others = (column.cells() for column in columns)
    folded, *rest = (column.map(fold).cells() for column in columns)
    unlike = np.zeros(len(told), dtype=bool)
    for cells, plain in zip(others, rest, strict=True):
        unlike |= (folded != "") & (plain != "") & (folded != plain)
        told = np.where(folded == "", cells, told)
        folded = np.where(folded == "", plain, folded)
    return split(np.where(unlike, "", told)), int(np.count_nonzero(unlike))
