"""Dialects that are text."""

import csv
import io
from collections.abc import Iterable, Sequence

from answers import CODES, QUESTIONS, Sheet, option

Row = Sequence[object]


def text(rows: Iterable[Row], **style: object) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, **{"lineterminator": "\n", **style}).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue()


def row(sheet: Sheet, date: str = "%Y-%m-%d") -> list[object]:
    """Number, day, sex, age and nine scores."""
    scores = ["" if score is None else score for score in sheet.scores]
    return [sheet.number, sheet.time.strftime(date), sheet.sex, sheet.age, *scores]


HEADER = ["No", "Tanggal", "Jenis Kelamin", "Usia", *CODES]


def comma(sheets: list[Sheet]) -> bytes:
    return text([HEADER, *map(row, sheets)]).encode()


def semicolon(sheets: list[Sheet]) -> bytes:
    """As Excel with Indonesian settings writes it, decimals and quotes included."""
    rows = [row(each, "%d/%m/%Y") for each in sheets]
    rows = [[*each[:4], *(f"{s},0" if s else "" for s in each[4:])] for each in rows]
    style = {"delimiter": ";", "lineterminator": "\r\n", "quoting": csv.QUOTE_ALL}
    return text([HEADER, *rows], **style).encode("utf-8-sig")


def cp1252(sheets: list[Sheet]) -> bytes:
    rows = [[*row(each), "“café” – baik"] for each in sheets]
    return text([[*HEADER, "Saran"], *rows], delimiter=";").encode("cp1252")


def tabs(sheets: list[Sheet]) -> bytes:
    rows = [row(each, "%d %m %Y") for each in sheets]
    months = ("Maret", "April", "Mei", "Juni")
    for each in rows:
        day, month, year = str(each[1]).split()
        each[1] = f"{int(day)} {months[int(month) - 3]} {year}"
    return text([HEADER, *rows], delimiter="\t").encode("utf-16")


def header_rows(sheets: list[Sheet]) -> bytes:
    """Three header rows under a title; where cells were merged there are blanks."""
    rows = [
        ["REKAPITULASI SURVEI KEPUASAN MASYARAKAT"],
        [],
        ["No", "Tanggal", "Responden", "", "Penilaian", *[""] * 8],
        ["", "", "", "", "Prosedur layanan", "", "", "", "", "Petugas", "", "Lain", ""],
        ["", "", "Jenis Kelamin", "Usia", *CODES],
    ]
    return text([*rows, *map(row, sheets)]).encode()


def long_form(sheets: list[Sheet]) -> bytes:
    """One row per answer, the last item first; one answer is told twice."""
    rows: list[Row] = [["Responden", "Waktu", "JK", "Umur", "Butir", "Jawaban"]]
    for each in sheets:
        number, time, sex, age, *scores = row(each, "%Y-%m-%d %H:%M:%S")
        pairs = list(zip(CODES, scores, strict=True))[::-1]
        rows += [[number, time, sex, age, *pair] for pair in pairs]
    rows.insert(5, rows[4])
    return text(rows).encode()


def google_forms(sheets: list[Sheet]) -> bytes:
    """The texts of the answers, as the CSV of a form in Indonesian holds them."""
    head = ["Stempel waktu", "Nomor kuesioner", "Jenis kelamin", "Usia Anda"]
    rows = []
    for each in sheets:
        time = each.time.strftime("%Y/%m/%d %I:%M:%S %p GMT+7")
        said = [option(item, score) for item, score in enumerate(each.scores)]
        rows.append([time, each.number, each.sex, each.age, *said])
    return text([[*head, *QUESTIONS], *rows], quoting=csv.QUOTE_ALL).encode()


def limesurvey(sheets: list[Sheet]) -> bytes:
    """Headings as "code & text", answers as codes."""
    head = [
        *("id. Response ID", "submitdate. Date submitted", "lastpage. Last page"),
        *("startlanguage. Start language", "seed. Seed"),
        *("NOMOR. Nomor kuesioner", "JK. Jenis kelamin", "USIA. Usia"),
        *(f"U[SQ00{i}]. {each}" for i, each in enumerate(QUESTIONS, start=1)),
    ]
    rows = []
    for each in sheets:
        time = each.time.strftime("%Y-%m-%d %H:%M:%S")
        said = ["" if score is None else f"A{score}" for score in each.scores]
        sex = {"Laki-laki": "L", "Perempuan": "P"}[each.sex]
        own = [each.number + 40, time, 3, "id", 1_000_000 + each.number]
        rows.append([*own, each.number, sex, f"{each.age}.0000000000", *said])
    return text([head, *rows], quoting=csv.QUOTE_ALL).encode()
