"""Labelled tables as files for other programs: XLSX, and SAV for SPSS and R."""

import io
import tempfile
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from skm_analysis.responses.labelling import Labelled, Variable, label_responses
from skm_analysis.responses.literal_cells import is_worked_out
from skm_analysis.responses.storing import replace_file
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study

FOLDER = "labelled"  # below data/processed/STUDY
DATA, VARIABLES, VALUES = "Data", "Variabel", "Nilai"

_ROWS_OF_A_SHEET = 1_000_000  # Excel has room for 1,048,576 with the header
_LONGEST_LABEL, _LONGEST_VALUE = 256, 120  # bytes, in SPSS
# Where the header of a SAV file says when it was made; otherwise two runs differ.
_MADE_AT, _MADE_LENGTH = 92, 17
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_labelled(
    places: Places, study: Study, accepted: Mapping[str, pd.DataFrame]
) -> None:
    """Write `labelled/INSTRUMENT.xlsx` and `.sav`; those of no use any more go.

    The same bytes for the same rows: both files say that they were made on the last
    day of the study.
    """
    folder = places.processed / FOLDER
    written = set()
    for labelled in label_responses(study, accepted):
        for ending, render in (("xlsx", render_xlsx), ("sav", render_sav)):
            path = folder / f"{labelled.instrument.id}.{ending}"
            replace_file(path, render(labelled, study.end), places)
            written.add(path)
    for stale in folder.iterdir() if folder.is_dir() else ():
        if stale not in written:
            stale.unlink()


def render_xlsx(labelled: Labelled, made: date) -> bytes:
    """Sheets: the rows with scores as numbers, the variables, and their values."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties(
            {
                "title": labelled.instrument.title,
                "created": datetime.combine(made, time()),
            }
        )
        rows = labelled.rows
        literal = book.add_format({"quote_prefix": True})
        for start in range(0, max(len(rows), 1), _ROWS_OF_A_SHEET):
            number = start // _ROWS_OF_A_SHEET + 1
            sheet = book.add_worksheet(DATA if number == 1 else f"{DATA} {number}")
            _write(sheet, 0, [each.name for each in labelled.variables], literal)
            part = rows.iloc[start : start + _ROWS_OF_A_SHEET]
            for column, name in enumerate(rows.columns):
                _write_column(sheet, column, part[name])
            sheet.freeze_panes(1, 0)
        _write_variables(book.add_worksheet(VARIABLES), labelled, literal)
        _write_values(book.add_worksheet(VALUES), labelled, literal)
    return file.getvalue()


def _write_column(sheet: Worksheet, column: int, cells: pd.Series) -> None:
    if isinstance(cells.dtype, pd.Int64Dtype):
        for row, score in enumerate(cells.tolist(), start=1):
            if score is not pd.NA:
                sheet.write_number(row, column, score)
    else:
        for row, text in enumerate(cells.tolist(), start=1):
            if text:
                sheet.write_string(row, column, text)


def _write_variables(sheet: Worksheet, labelled: Labelled, literal: Format) -> None:
    items = {item.key: item for item in labelled.instrument.items}
    heads = ["Kolom", "Nama dalam SPSS", "Arti", "Isi", "Unsur", "Bobot"]
    _write(sheet, 0, heads, literal)
    for row, each in enumerate(labelled.variables, start=1):
        item = items.get(each.name)
        kind = "nilai" if each.measure == "ordinal" else "teks"
        about = [item.unsur or "", str(item.weight)] if item else []
        cells = [each.name, each.spss, each.label, kind, *about]
        _write(sheet, row, cells, literal)


def _write_values(sheet: Worksheet, labelled: Labelled, literal: Format) -> None:
    _write(sheet, 0, ["Kolom", "Nilai", "Arti"], literal)
    row = 0
    for each in labelled.variables:
        for value, meaning in each.values.items():
            row += 1
            _write(sheet, row, [each.name, value, meaning], literal)


def _write(
    sheet: Worksheet, row: int, cells: list[str] | list[str | int], literal: Format
) -> None:
    """A text that begins like a formula stays text when somebody edits it."""
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell)
        else:
            told = literal if is_worked_out(cell) else None
            sheet.write_string(row, column, cell, told)


def render_sav(labelled: Labelled, made: date) -> bytes:
    """A SAV file: scores as numbers with the options as labels, blanks as missing."""
    variables = labelled.variables
    scored = [each for each in variables if each.measure == "ordinal"]
    frame = labelled.rows.astype({each.name: "float64" for each in scored})
    frame.columns = pd.Index([each.spss for each in variables])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labelled.sav"
        pyreadstat.write_sav(
            frame,
            path,
            file_label=cut(labelled.instrument.title, 64),
            column_labels={x.spss: cut(x.label, _LONGEST_LABEL) for x in variables},
            variable_value_labels={x.spss: _values(x) for x in variables if x.values},
            variable_measure={x.spss: x.measure for x in variables},
            variable_format={each.spss: "F3.0" for each in scored},
            missing_ranges=_blanks(variables),
            row_compress=True,
        )
        return _made_on(path.read_bytes(), made)


def _values(variable: Variable) -> dict[Any, str]:
    number = variable.measure == "ordinal"
    return {
        float(value) if number else value: cut(meaning, _LONGEST_VALUE)
        for value, meaning in variable.values.items()
    }


def _blanks(variables: tuple[Variable, ...]) -> dict[str, list[Any]]:
    """Blank text is missing; a blank score is so without being told."""
    texts = [each for each in variables if each.measure == "nominal" and each.may_lack]
    return {each.spss: [""] for each in texts}


def _made_on(data: bytes, day: date) -> bytes:
    when = f"{day.day:02} {_MONTHS[day.month - 1]} {day.year % 100:02}00:00:00"
    end = _MADE_AT + _MADE_LENGTH
    return data[:_MADE_AT] + when.encode("ascii") + data[end:]


def cut(text: str, most: int) -> str:
    """`text` in at most `most` bytes of UTF-8, no character broken.

    >>> cut("Bagaimana…", 11)
    'Bagaimana'
    """
    return text.encode()[:most].decode(errors="ignore")
