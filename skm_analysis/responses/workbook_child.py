"""The process that parses a workbook, apart from the one that holds the study.

Run by its path, with the vetted archive on standard input and the sheet's name as
argument; imports nothing but the parser. Writes one line of JSON for the place of the
cells and the merged ones, then one array of text for each row.

Exit codes: 0 done; 3 the parser refused the workbook; 4 too much text.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

_MEMORY = 2 * 2**30  # bytes
_SECONDS = 60
_MAX_TEXT = 300 * 10**6  # characters


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
    return str(value)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(sheet: str) -> int:
    _limit()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        table = book.get_sheet_by_name(sheet)
    except (CalamineError, MemoryError):
        return 3
    left = table.start[1] if table.start else 0
    out.write(json.dumps({"left": left, "merges": table.merged_cell_ranges or []}))
    written = 0
    for row in table.iter_rows():
        line = json.dumps([as_text(cell) for cell in row], ensure_ascii=False)
        written += len(line)
        if written > _MAX_TEXT:
            return 4
        out.write("\n" + line)
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
