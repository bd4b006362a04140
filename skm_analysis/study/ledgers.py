"""The lists that people keep beside `study.toml`, in Excel or a text editor, as CSV."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from skm_analysis.study.documents import read_utf8
from skm_analysis.study.faults import Spot, nearest, plain
from skm_analysis.study.tables import Schema, Table, read_table


def read_ledger(path: Path, schema: Schema, spot: Spot) -> list[Table]:
    """The rows of a list by column; none where the file is not there.

    The columns are those of `schema`, in any order, parted by commas or semicolons.
    An empty cell is a key that was not given. Rows are counted as Excel shows them.
    """
    text = read_utf8(path, spot)
    if not text:
        return []
    head = text.partition("\n")[0]
    delimiter = delimiter_of(head)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        spot.fault(
            "tanda kutip pada berkas ini tidak berpasangan.",
            "buka dengan Excel, lalu simpan ulang sebagai CSV UTF-8.",
        )
        return []
    header = [cell.strip() for cell in rows[0]]
    while header and not header[-1]:  # Excel widens a table that was once wider
        header.pop()
    if not _sound_header(header, schema, spot):
        return []
    found = []
    for number, cells in enumerate(rows[1:], 2):
        there = spot.at(f"baris {number}")
        if len(cells) > len(rows[0]):
            there.fault(
                f"berisi {len(cells)} sel, lebih banyak daripada judul kolom.",
                "apit sel yang memuat tanda pemisah dengan tanda kutip.",
            )
        elif any(cell.strip() for cell in cells):
            found.append(_row(header, cells, schema, there))
    return found


def delimiter_of(head: str) -> str:
    """What parts the columns, by the first line: Excel of this country writes ;."""
    return ";" if head.count(";") > head.count(",") else ","


def _sound_header(header: Sequence[str], schema: Schema, spot: Spot) -> bool:
    before = len(spot.faults.found)
    for name in header:
        if name not in schema:
            spot.fault(f"kolom '{plain(name)}' tidak dikenal.", *nearest(name, schema))
    if missing := [name for name in schema if name not in header]:
        spot.fault(
            f"kolom {', '.join(missing)} belum ada.",
            f"yang diharapkan pada baris pertama: {','.join(schema)}",
        )
    if len(set(header)) < len(header):
        spot.fault("ada judul kolom yang sama dua kali.", "hapus salah satunya.")
    return len(spot.faults.found) == before


def _row(
    header: Sequence[str], cells: Sequence[str], schema: Schema, spot: Spot
) -> Table:
    written = {
        name: cell.strip()
        for name, cell in zip(header, cells, strict=False)
        if cell.strip()
    }
    return read_table(written, schema, spot)
