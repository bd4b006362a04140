"""One delivered file -> text in rows under a header, or a refusal that says why.

The file is read once; what is hashed is what is parsed.
"""

import contextlib
import gc
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from skm_analysis.responses.between_rows import heading_rows, repeated_rows
from skm_analysis.responses.columnar import ByColumn
from skm_analysis.responses.csv_files import ragged_rows, read_csv
from skm_analysis.responses.file_kinds import refuse_misnamed
from skm_analysis.responses.footers import Footers, find_footers
from skm_analysis.responses.headers import (
    Header,
    distinct,
    find_header,
    is_numbering,
    is_second_header,
    refuse_nameless,
    width_of_table,
)
from skm_analysis.responses.raw import (
    MAX_BYTES,
    Grid,
    RawTable,
    column_letters,
    refusal,
)
from skm_analysis.responses.spelling import is_blank, tidy
from skm_analysis.responses.spss_files import SPSS, read_spss
from skm_analysis.responses.workbooks import (
    WORKBOOKS,
    SheetText,
    read_fitting_sheets,
    read_workbook,
)


@contextlib.contextmanager
def _collecting_later() -> Iterator[None]:
    """Rows refer to nothing: looking for cycles among them takes most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_table(
    path: Path,
    file: str,
    *,
    wanted: Collection[str] = (),
    asked: Collection[str] = (),
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> RawTable:
    """Read a delivered file as text, of whichever kind.

    `file` is how messages name it, `wanted` the column names that the study asks for,
    by which the header is found, `asked` those of them that hold answers; the rest as
    declared, and found where it is not.

    Raises
    ------
    DeliveryError
        The file is not there, not what its name says, damaged, too large, or would
        have to be guessed at. The message names the place, never what stands there.
    """
    with _collecting_later():
        data, suffix = _read_bytes(path, file), path.suffix.lower()
        refuse_misnamed(data, file, suffix)
        digest = hashlib.sha256(data).hexdigest()
        if suffix in SPSS:
            return read_spss(data, file, digest)
        if suffix in WORKBOOKS:
            book = read_workbook(data, file, suffix, wanted, sheet, header_row)
            return _sheet_table(
                book, file, wanted, asked, header_row, digest, len(data)
            )
        text = read_csv(
            data,
            file,
            wanted=wanted,
            encoding=encoding,
            delimiter=delimiter,
            header_row=header_row,
        )
        grid = text.grid
        header = _found(find_header(grid, wanted, header_row), file, header_row)
        aside = _no_respondents(grid, header, asked)
        ragged = ragged_rows(grid, file, header.row, header.names, aside.rows)
        refuse_nameless(file, header, grid, aside.rows)
        return _table(
            file, "", grid, header, text.dialect, digest, len(data), aside, ragged
        )


def read_all_sheets(
    path: Path,
    file: str,
    *,
    wanted: Collection[str],
    asked: Collection[str] = (),
    header_row: int | None = None,
) -> tuple[RawTable, ...]:
    """Each sheet of a workbook that has all columns wanted; the first names the others.

    Raises DeliveryError as `read_table`, and for a sheet that has most of them only.
    """
    with _collecting_later():
        data, suffix = _read_bytes(path, file), path.suffix.lower()
        refuse_misnamed(data, file, suffix)
        digest = hashlib.sha256(data).hexdigest()
        chosen, others = read_fitting_sheets(data, file, suffix, wanted, header_row)
        tables = []
        for book in chosen:
            told = f"{file}#{book.sheet}"
            table = _sheet_table(
                book, told, wanted, asked, header_row, digest, len(data)
            )
            tables.append(table)
        if others:
            left = f"{tables[0].format}, lembar lain: {', '.join(map(repr, others))}"
            tables[0] = replace(tables[0], format=left)
        return tuple(tables)


def _sheet_table(
    book: SheetText,
    file: str,
    wanted: Collection[str],
    asked: Collection[str],
    header_row: int | None,
    digest: str,
    size: int,
) -> RawTable:
    header = _found(
        find_header(book.grid, wanted, header_row, book.merges), file, header_row
    )
    grid, dialect = book.grid, book.dialect
    if (width := width_of_table(grid, header, wanted)) < len(header.names):
        grid = [cells[:width] for cells in grid]
        header = header._replace(names=header.names[:width], lower=header.lower[:width])
        beside = column_letters(width + 1)
        dialect = f"{dialect}, di samping tabel (mulai kolom {beside}) tidak dibaca"
    aside = _no_respondents(grid, header, asked)
    refuse_nameless(file, header, grid, aside.rows)
    return _table(file, book.sheet, grid, header, dialect, digest, size, aside)


def _no_respondents(grid: Grid, header: Header, asked: Collection[str]) -> Footers:
    aside = find_footers(grid, header, asked)
    repeated = repeated_rows(grid, header) - aside.rows
    headings = heading_rows(grid, header) - aside.rows - repeated
    return aside._replace(repeated=repeated, headings=headings)


def _read_bytes(path: Path, file: str) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError:
        raise refusal(
            file,
            "tidak dapat dibuka.",
            "periksa apakah berkas itu ada, boleh dibaca, dan tidak sedang terkunci;",
            "tutup berkas itu di Excel bila sedang terbuka, lalu ulangi.",
        ) from None
    if size > MAX_BYTES:
        raise refusal(
            file,
            f"lebih besar dari {MAX_BYTES // 2**20} MiB.",
            "kirim jawabannya saja, tanpa gambar dan lembar lain.",
        )
    if not data.strip():
        raise refusal(file, "berkasnya kosong.", "minta kirim ulang yang berisi.")
    return data


def _found(header: Header | None, file: str, header_row: int | None) -> Header:
    if header is not None:
        return header
    if header_row is not None:
        raise refusal(
            file,
            f"baris {header_row} yang dinyatakan sebagai judul kolom tidak berisi.",
            "perbaiki header_row di study.toml, atau hapus: judul dicari sendiri.",
        )
    raise refusal(
        file,
        "tidak ada baris yang berisi.",
        "minta kirim ulang berkas yang berisi jawaban.",
    )


def _table(
    file: str,
    sheet: str,
    grid: Grid,
    header: Header,
    dialect: str,
    digest: str,
    size: int,
    aside: Footers,
    ragged: Collection[int] = (),
) -> RawTable:
    width = max(i + 1 for i, name in enumerate(header.names) if name)
    numbers = _filled_rows(grid, header.row + 1, width, ragged)
    if no_respondents := aside.rows:
        numbers = [number for number in numbers if number not in no_respondents]
    told = Counter(
        total_row=len(aside.totals),
        legend_row=len(aside.legend),
        header_row=len(aside.repeated),
        heading_row=len(aside.headings),
    )
    names, first = header.names[:width], 0
    while first < len(numbers) and is_second_header(
        _row(grid, numbers[first], width), names
    ):
        first += 1
        told["label_row"] += 1
    if first < len(numbers) and is_numbering(_row(grid, numbers[first], width)):
        first += 1
        told["numbering_row"] += 1
    numbers = numbers[first:]
    return RawTable(
        file=file,
        sheet=sheet,
        header=distinct(header.names[:width]),
        lower=tuple(map(tidy, header.lower[:width])),
        rows=_rows(grid, numbers, width, ragged),
        row_numbers=tuple(numbers),
        format=f"{dialect}, {header.place}",
        sha256=digest,
        size=size,
        passed_over=+told,
        broken=_broken(numbers, ragged),
        office=aside.results,
    )


def _broken(numbers: Sequence[int], ragged: Collection[int]) -> dict[int, str]:
    if not ragged:
        return {}
    return {number: "ragged_row" for number in numbers if number in ragged}


def _filled_rows(
    grid: Grid, top: int, width: int, ragged: Collection[int]
) -> list[int]:
    """Numbers of the rows from `top` on in which anything stands; ragged ones too."""
    if isinstance(grid, ByColumn):
        blank = np.ones(len(grid) - top, dtype=bool)
        for column in sorted(grid.columns[:width], key=lambda each: len(each.texts)):
            nothing = np.array([not tidy(text) for text in column.texts], dtype=bool)
            blank &= nothing[column.codes[top:]]
            if not blank.any():
                break
        return (np.flatnonzero(~blank) + (top + 1)).tolist()
    return [
        number
        for number, cells in enumerate(grid[top:], start=top + 1)
        if number in ragged or not is_blank(cells[:width])
    ]


def _row(grid: Grid, number: int, width: int) -> tuple[str, ...]:
    cells = tuple(grid[number - 1][:width])
    return cells + ("",) * (width - len(cells))


def _rows(
    grid: Grid, numbers: Sequence[int], width: int, ragged: Collection[int]
) -> Sequence[tuple[str, ...]]:
    """The rows of these numbers, as wide as the header.

    Nobody knows which cell of a ragged row is missing, or which one too many.
    """
    if isinstance(grid, ByColumn):
        columns = grid.columns[:width]
        if numbers and numbers[0] + len(numbers) == len(grid) + 1:
            return ByColumn([column.below(numbers[0] - 1) for column in columns])
        at = np.array(numbers, dtype=np.intp) - 1
        return ByColumn([column.at(at) for column in columns])
    nothing = ("",) * width
    return tuple(
        [
            nothing if number in ragged else _row(grid, number, width)
            for number in numbers
        ]
    )
