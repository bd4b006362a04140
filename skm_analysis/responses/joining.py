"""One question in several columns.

A form that branches asks it once on each branch; a sheet for ticks has a column for
each answer, which its header says.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from skm_analysis.responses.columnar import ByColumn, Distinct, split
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import RawTable, refusal
from skm_analysis.responses.spelling import fold
from skm_analysis.study.records import Delivery


def join_columns(table: RawTable, delivery: Delivery) -> RawTable:
    """The table with all answers to an item in its first column, and each profile.

    Who answered in two of the columns, and not alike, gave no answer; `disagreeing`
    counts them. Raises DeliveryError for a column that is not there.
    """
    sections = (
        ("columns", delivery.columns, delivery.further_columns),
        ("profile", delivery.profile, delivery.further_profile),
    )
    several = [
        (section, key, (first[key], *others))
        for section, first, further in sections
        for key, others in further.items()
    ]
    if not several:
        return table
    columns = [table.distinct(at) for at in range(len(table.header))]
    ticks = frozenset(map(fold, delivery.ticks))
    disagreeing = {}
    for section, key, headers in several:
        places = [_place(table, section, key, header) for header in headers]
        joined, unlike = join(
            [spelled_out(columns[at], table.lower[at], ticks) for at in places]
        )
        columns[places[0]] = joined
        if unlike:
            disagreeing[key] = unlike
    return replace(table, rows=ByColumn(columns), disagreeing=disagreeing)


def spelled_out(column: Distinct, header: str, ticks: Collection[str]) -> Distinct:
    """The column with `header` where one of `ticks` stands, which are folded."""
    if not ticks:
        return column
    return column.map(lambda text: header if fold(text) in ticks else text)


def _place(table: RawTable, section: str, key: str, header: str) -> int:
    whole = [at for at, x in enumerate(table.header) if fold(x) == fold(header)]
    found = whole or positions(table.header, header)
    if len(found) != 1:
        fault = "ada lebih dari satu kali" if found else "tidak ada"
        raise refusal(
            table.file,
            f"kolom {header!r} untuk {key} {fault}.",
            f"tulis judul kolom seperti pada berkas di [delivery.{section}] "
            "study.toml.",
        )
    return found[0]


def join(columns: Sequence[Distinct]) -> tuple[Distinct, int]:
    """What stands in any of the columns; a blank where they differ, and how often."""
    told, *others = (column.cells() for column in columns)
    folded, *rest = (column.map(fold).cells() for column in columns)
    unlike = np.zeros(len(told), dtype=bool)
    for cells, plain in zip(others, rest, strict=True):
        unlike |= (folded != "") & (plain != "") & (folded != plain)
        told = np.where(folded == "", cells, told)
        folded = np.where(folded == "", plain, folded)
    return split(np.where(unlike, "", told)), int(np.count_nonzero(unlike))
