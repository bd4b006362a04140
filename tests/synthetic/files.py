"""Rows into bytes, the same on every machine: CSV and XLSX."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from delivery import Delivery
from records import Cell, Record
from worksheet import Line
from xlsxwriter.worksheet import Worksheet

_TITLE = "REKAPITULASI SURVEI KEPUASAN MASYARAKAT (CONTOH SINTETIS)"
_GROUPS = {
    "number": "No",
    "item": "Penilaian Responden",
    "importance": "Tingkat Kepentingan",
    "remark": "Masukan",
}


def csv_bytes(
    delivery: Delivery, headers: dict[str, str], rows: Sequence[Record]
) -> bytes:
    text = io.StringIO()
    ending = "\n" if delivery.encoding == "utf-8" else "\r\n"
    writer = csv.writer(text, delimiter=delivery.delimiter, lineterminator=ending)
    writer.writerow(headers.values())
    for row in rows:
        writer.writerow(_text(row[role], delivery.dates) for role in headers)
    return text.getvalue().encode(delivery.encoding)


def _text(cell: Cell, dates: str) -> str:
    if isinstance(cell, datetime):
        return cell.strftime(dates)
    return "" if cell is None else str(cell)


def xlsx_bytes(
    delivery: Delivery,
    headers: dict[str, str],
    rows: Sequence[Record],
    below: Sequence[Line] = (),
) -> bytes:
    """One sheet, whose header stands below a title or below merged groups.

    `below`: what the office worked out itself, below the rows.
    """
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    book.set_properties({"created": datetime(2022, 1, 3)})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    sheet = book.add_worksheet(delivery.sheet)
    top = _write_head(book, sheet, delivery, list(headers))
    for column, (role, header) in enumerate(headers.items()):
        if not (delivery.head == "merged" and role == "number"):
            sheet.write_string(top, column, header)
    for line, row in enumerate(rows, top + 1):
        for column, role in enumerate(headers):
            cell = row[role]
            if isinstance(cell, datetime):
                sheet.write_datetime(
                    line, column, cell, moment if delivery.forms else day
                )
            elif isinstance(cell, int):
                sheet.write_number(line, column, cell)
            elif cell is not None:
                sheet.write_string(line, column, cell)
    _write_below(sheet, top + 1 + len(rows), list(headers), below)
    book.close()
    return _uncompressed(raw)


def _write_below(
    sheet: Worksheet, top: int, roles: list[str], below: Sequence[Line]
) -> None:
    for line, cells in enumerate(below, top):
        for role, cell in cells.items():
            if isinstance(cell, str):
                sheet.write_string(line, roles.index(role), cell)
            else:
                sheet.write_number(line, roles.index(role), cell)


def _write_head(
    book: xlsxwriter.Workbook, sheet: Worksheet, delivery: Delivery, roles: list[str]
) -> int:
    """What stands above the header; returns the header's row, from zero."""
    if delivery.head == "title":
        sheet.write_string(0, 0, _TITLE)
        sheet.write_string(1, 0, delivery.sender or delivery.file)
        return 3
    if delivery.head == "merged":
        middle = book.add_format({"align": "center", "valign": "vcenter", "bold": True})
        groups = [_group(role) for role in roles]
        for name in dict.fromkeys(groups):
            first = groups.index(name)
            last = first + groups.count(name) - 1
            if name == "No":
                sheet.merge_range(0, first, 1, first, name, middle)
            elif first == last:
                sheet.write_string(0, first, name, middle)
            else:
                sheet.merge_range(0, first, 0, last, name, middle)
        return 1
    return 0


def _group(role: str) -> str:
    return _GROUPS.get(role.partition(":")[0], "Identitas dan Profil")


def _uncompressed(raw: io.BytesIO) -> bytes:
    """The same workbook stored: compressed bytes differ between zlib versions."""
    stored = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name))
    return stored.getvalue()
