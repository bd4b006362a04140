"""The process that parses a delivered file, apart from the one that holds the study.

Run without site packages: its arguments are the folders of itself and the parser, what
to parse, and the sheets to read; the file is its standard input. It imports next to
nothing but the parser, so that it starts in some 20 ms: json and typing alone would
take as long, and are needed for odd cells and SPSS only.

Written are records, each ended by U+001E, its cells apart by U+001F. A record that
begins with U+001D is JSON: an object opens a table, an array is a row in whose cells
one of these three characters stands.

Exit codes: 0 done; 3 the parser refused the file; 4 too much text; 5 a password.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MEMORY = 2**30  # bytes
_SECONDS = 60
_MAX_TEXT = 300 * 10**6  # characters
_JSON, _ROW, _CELL = "\x1d", "\x1e", "\x1f"
_BATCH = 2_000  # rows
_REMEMBERED = 10_000  # values of a type
_MAX_CASES = 250_000
REFUSED, TOO_MUCH, PASSWORD = 3, 4, 5
# Until then the calendars of Excel and OpenDocument differ by one day.
_SAME_CALENDAR = date(1900, 3, 1)


def as_text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO.

    >>> [as_text(cell) for cell in (4.0, 3.5, True, "a", date(2021, 5, 4))]
    ['4', '3.5', 'TRUE', 'a', '2021-05-04']
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return str(value)[:19]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds() / 86400)
    return "" if value is None else str(value)


def as_excel_shows(value: object) -> str:
    """A cell of an OpenDocument: the number 4 shown as a date is 4 January there, too.

    >>> as_excel_shows(date(1900, 1, 3))
    '1900-01-04'
    """
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if day < _SAME_CALENDAR:
            return as_text(value + timedelta(days=1))
    return as_text(value)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _TooMuchTextError(Exception):
    """More characters than any survey has."""


class _Out:
    """Standard output, as records."""

    def __init__(self) -> None:
        self._stream = sys.stdout.buffer
        self._left = _MAX_TEXT

    def open(self, table: str) -> None:
        self._write(_JSON + table + _ROW)

    def rows(self, rows: Iterable[Sequence[Any]], told: _Told) -> None:
        batch: list[Sequence[Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                self._write(_records(batch, told))
                batch.clear()
        if batch:
            self._write(_records(batch, told))

    def _write(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise _TooMuchTextError
        self._stream.write(text.encode("utf-8", "replace"))


class _Texts(dict[object, str]):
    """The texts of numbers; most of them come again and again."""

    def __init__(self, tell: Callable[[Any], str]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, value: float) -> str:
        text = self._tell(value)
        if len(self) < _REMEMBERED:
            self[value] = text
        return text


class _Told(dict[type, Callable[..., str]]):
    """How values of a type are told; by type, since 1, 1.0 and TRUE are one key."""

    def __init__(self, tell: Callable[[Any], str]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        numbers = kind in (int, float)
        self[kind] = _Texts(self._tell).__getitem__ if numbers else self._tell
        return self[kind]


def _records(rows: Sequence[Sequence[Any]], told: _Told) -> str:
    """Rows as they are written, as JSON where a cell holds one of the marks.

    Told column by column: most hold values of one type, which then takes half the time.
    """
    columns = [_texts(column, told) for column in zip(*rows, strict=True)]
    lines = [*map(_CELL.join, zip(*columns, strict=True))]
    text = _ROW.join(lines) + _ROW
    marks = len(rows) * max(len(columns), 1)
    if text.count(_ROW) + text.count(_CELL) == marks and _JSON not in text:
        return text
    columns = [_texts(column, told) for column in zip(*rows, strict=True)]
    return "".join(map(_record, zip(*columns, strict=True)))


def _texts(column: Sequence[Any], told: _Told) -> Iterable[str]:
    kinds = {*map(type, column)}
    if len(kinds) > 1:
        return [told[cell.__class__](cell) for cell in column]
    kind = kinds.pop()
    return column if kind is str else map(told[kind], column)


def _record(cells: Sequence[str]) -> str:
    line = _CELL.join(cells)
    if line.count(_CELL) == len(cells) - 1 and _ROW not in line and line[:1] != _JSON:
        return line + _ROW
    import json

    return _JSON + json.dumps(cells) + _ROW


def _workbook(data: io.BytesIO, sheets: Sequence[str], out: _Out, kind: str) -> int:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    told = _Told(as_excel_shows if kind == "ods" else as_text)
    try:
        book = CalamineWorkbook.from_filelike(data)
        for name in sheets:
            table = book.get_sheet_by_name(name)
            left = table.start[1] if table.start else 0
            merges = [[*map(list, span)] for span in table.merged_cell_ranges or ()]
            out.open(f'{{"left": {left}, "merges": {merges}}}')
            out.rows(table.iter_rows(), told)
    except PasswordError:
        return PASSWORD
    except CalamineError:
        return REFUSED
    return 0


def _cases(data: io.BytesIO, out: _Out) -> int:
    import json

    import pyreadstat

    try:
        columns, told = pyreadstat.read_sav(
            data, output_format="dict", user_missing=True, row_limit=_MAX_CASES + 1
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError):
        return REFUSED
    except (OverflowError, ValueError, KeyError, OSError):
        return REFUSED
    variables = []
    for name in told.column_names:
        cells, user_missing = _without_missing(
            columns[name], told.missing_ranges.get(name, ())
        )
        columns[name] = cells
        values = told.variable_value_labels.get(name, {})
        variables.append(
            {
                "label": told.column_names_to_labels.get(name) or "",
                "values": {as_text(code): text for code, text in values.items()},
                "user_missing": user_missing,
            }
        )
    count = len(columns[told.column_names[0]]) if told.column_names else 0
    opening = {
        "names": told.column_names,
        "variables": variables,
        "encoding": told.file_encoding or "",
        "more": count > _MAX_CASES,
    }
    out.open(json.dumps(opening))
    out.rows(
        zip(*(columns[name] for name in told.column_names), strict=True), _Told(as_text)
    )
    return 0


def _without_missing(cells: list[Any], ranges: Sequence[Any]) -> tuple[list[Any], int]:
    """A column whose declared missing values are none; how many there were."""
    if not ranges:
        return cells, 0
    kept: list[Any] = []
    for cell in cells:
        missing = cell is not None and any(_within(cell, each) for each in ranges)
        kept.append(None if missing else cell)
    return kept, sum(a is not b for a, b in zip(cells, kept, strict=True))


def _within(cell: Any, limits: dict[str, Any]) -> bool:
    low, high = limits["lo"], limits["hi"]
    if isinstance(cell, str) or isinstance(low, str):
        return str(cell).rstrip() in (str(low).rstrip(), str(high).rstrip())
    return isinstance(cell, int | float) and low <= cell <= high


def main(kind: str, sheets: Sequence[str]) -> int:
    """Parse standard input and write its tables; see the module for what and how."""
    _limit()
    gc.disable()  # nothing here refers to itself, and there are millions of cells
    out = _Out()
    try:
        data = io.BytesIO(sys.stdin.buffer.read())
        if kind == "sav":
            code = _cases(data, out)
        else:
            code = _workbook(data, sheets, out, kind)
        sys.stdout.buffer.flush()
    except MemoryError:
        return REFUSED
    except _TooMuchTextError:
        return TOO_MUCH
    return code


def run() -> None:
    code = main(sys.argv[2], sys.argv[3:])
    # Nothing is left to tidy up, and freeing millions of cells takes its time.
    os._exit(code)
