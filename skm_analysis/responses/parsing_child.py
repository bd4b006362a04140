"""The process that parses a delivered file, apart from the one that holds the study.

Run by its path, without site packages: its arguments are the folders of the parser,
what to parse, and the sheets to read as a JSON list; the file is its standard input.
It imports nothing but the parser, so that it starts in some 30 ms.

Written are records, each ended by U+001E, its cells apart by U+001F. A record that
begins with U+001D is JSON: an object opens a table, an array is a row in whose cells
one of these three characters stands.

Exit codes: 0 done; 3 the parser refused the file; 4 too much text; 5 a password.
"""

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

_MEMORY = 2**30  # bytes
_SECONDS = 60
_MAX_TEXT = 300 * 10**6  # characters
_JSON, _ROW, _CELL = "\x1d", "\x1e", "\x1f"
_BATCH = 2_000  # rows
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
        return value.isoformat(sep=" ", timespec="seconds")
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

    def open(self, table: dict[str, object]) -> None:
        self._write(_JSON + json.dumps(table) + _ROW)

    def rows(
        self, rows: Iterable[Sequence[object]], told: Callable[[Any], str]
    ) -> None:
        """All rows; numbers are mostly few and the same, so each is told once."""
        numbers: dict[float, str] = {}
        batch: list[str] = []
        for row in rows:
            cells = []
            for cell in row:
                kind = cell.__class__
                if kind is str:
                    cells.append(cell)
                elif kind is float:
                    text = numbers.get(cell)  # type: ignore[call-overload]
                    if text is None:
                        text = told(cell)
                        if len(numbers) < 10_000:
                            numbers[cell] = text  # type: ignore[index]
                    cells.append(text)
                else:
                    cells.append(told(cell))
            batch.append(_record(cells))
            if len(batch) == _BATCH:
                self._write("".join(batch))
                batch.clear()
        self._write("".join(batch))

    def _write(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise _TooMuchTextError
        self._stream.write(text.encode("utf-8", "replace"))


def _record(cells: list[Any]) -> str:
    line = _CELL.join(cells)
    odd = line.count(_CELL) != len(cells) - 1 or _ROW in line or line[:1] == _JSON
    return _JSON + json.dumps(cells) + _ROW if odd else line + _ROW


def _workbook(data: io.BytesIO, sheets: Sequence[str], out: _Out, kind: str) -> int:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    told = as_excel_shows if kind == "ods" else as_text
    try:
        book = CalamineWorkbook.from_filelike(data)
        for name in sheets:
            table = book.get_sheet_by_name(name)
            left = table.start[1] if table.start else 0
            merges = table.merged_cell_ranges or []
            out.open({"sheet": name, "left": left, "merges": merges})
            out.rows(table.iter_rows(), told)
    except PasswordError:
        return PASSWORD
    except CalamineError:
        return REFUSED
    return 0


def _cases(data: io.BytesIO, out: _Out) -> int:
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
    out.open(
        {
            "names": told.column_names,
            "variables": variables,
            "encoding": told.file_encoding or "",
            "more": count > _MAX_CASES,
        }
    )
    out.rows(zip(*(columns[name] for name in told.column_names), strict=True), as_text)
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


if __name__ == "__main__":
    sys.path += sys.argv[1].split(os.pathsep)
    code = main(sys.argv[2], json.loads(sys.argv[3]))
    # Nothing is left to tidy up, and freeing millions of cells takes its time.
    os._exit(code)
