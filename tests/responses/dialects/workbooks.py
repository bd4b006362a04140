"""Dialects that are workbooks."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

import pandas as pd
import pyreadstat
import xlsxwriter
from answers import CODES, OPTIONS, QUESTIONS, Sheet, option
from text_files import HEADER, row
from xlsxwriter.worksheet import Worksheet

Fill = Callable[[Worksheet], None]


def workbook(**sheets: Fill) -> bytes:
    """The same bytes each time."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}
    )
    book.set_properties({"created": datetime(2021, 12, 1)})
    for name, fill in sheets.items():
        fill(book.add_worksheet(name))
    book.close()
    return stream.getvalue()


def write(sheet: Worksheet, top: int, rows: Sequence[Sequence[object]]) -> None:
    for number, cells in enumerate(rows, start=top):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, column, cell)
            elif cell not in ("", None):
                sheet.write(number, column, cell)


def dated(each: Sheet) -> list[object]:
    cells = row(each)
    cells[1] = each.time
    return cells


def plain(sheets: list[Sheet]) -> bytes:
    return workbook(Data=lambda sheet: write(sheet, 0, [HEADER, *map(dated, sheets)]))


def header_rows(sheets: list[Sheet]) -> bytes:
    """A title, then three rows of merged cells, down and across."""

    def fill(sheet: Worksheet) -> None:
        sheet.merge_range("A1:M1", "REKAPITULASI SURVEI KEPUASAN MASYARAKAT")
        sheet.merge_range("A2:M2", "Dinas Contoh, semester 1 tahun 2021")
        sheet.merge_range("A4:A6", "No")
        sheet.merge_range("B4:B6", "Tanggal")
        sheet.merge_range("C4:D5", "Responden")
        sheet.merge_range("E4:M4", "Nilai per unsur")
        sheet.merge_range("E5:I5", "Prosedur layanan")
        sheet.merge_range("J5:K5", "Petugas")
        sheet.merge_range("L5:M5", "Lain")
        write(sheet, 5, [["", "", "Jenis Kelamin", "Usia", *CODES]])
        write(sheet, 6, [dated(each) for each in sheets])

    return workbook(Data=fill)


def ticks(sheets: list[Sheet]) -> bytes:
    """A column for each answer, in one of which a tick stands."""
    degrees = ("TB", "KB", "B", "SB")

    def fill(sheet: Worksheet) -> None:
        sheet.merge_range("A1:AN1", "REKAPITULASI KUESIONER")
        for places, name in (("A3:A4", "No"), ("B3:B4", "Tanggal")):
            sheet.merge_range(places, name)
        sheet.merge_range("C3:D3", "Jenis Kelamin")
        sheet.merge_range("E3:E4", "Usia")
        for item, code in enumerate(CODES):
            sheet.merge_range(2, 5 + 4 * item, 2, 8 + 4 * item, code)
        write(sheet, 3, [["", "", "L", "P", "", *(degrees * len(CODES))]])
        write(sheet, 4, [ticked(each) for each in sheets])

    def ticked(each: Sheet) -> list[object]:
        number, time, sex, age, *_ = dated(each)
        answers = [
            "√" if score == told else ""
            for score in each.scores
            for told in range(1, 5)
        ]
        sexes = ["√" if sex == told else "" for told in ("Laki-laki", "Perempuan")]
        return [number, time, *sexes, age, *answers]

    return workbook(Rekap=fill)


def several_sheets(sheets: list[Sheet]) -> bytes:
    """One holds respondents, the others tell how and what came of it."""
    means = [
        sum(filter(None, scores)) / sum(score is not None for score in scores)
        for scores in zip(*(each.scores for each in sheets), strict=True)
    ]
    return workbook(
        Petunjuk=lambda sheet: write(sheet, 0, [["Isi angka 1 sampai 4."]]),
        Jawaban=lambda sheet: write(sheet, 0, [HEADER, *map(dated, sheets)]),
        Grafik=lambda sheet: write(
            sheet, 0, [["Unsur", "Nilai"], *zip(CODES, means, strict=True)]
        ),
    )


def monthly(sheets: list[Sheet]) -> bytes:
    """A sheet of respondents per month, behind one that tells how to fill them in."""
    months = {"Maret": 3, "April": 4, "Mei": 5, "Juni": 6}

    def filled(month: int) -> Fill:
        own = [dated(each) for each in sheets if each.time.month == month]
        return lambda sheet: write(sheet, 0, [HEADER, *own])

    def told(sheet: Worksheet) -> None:
        write(sheet, 0, [["Satu lembar tiap bulan."]])

    return workbook(Petunjuk=told, **{name: filled(at) for name, at in months.items()})


def worksheet(sheets: list[Sheet]) -> bytes:
    """The office's "pengolahan data", with its own result below the respondents."""

    def fill(sheet: Worksheet) -> None:
        sheet.merge_range("A1:M1", "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT")
        sheet.merge_range("A3:A4", "No")
        sheet.merge_range("B3:B4", "Tanggal")
        sheet.merge_range("C3:C4", "Jenis Kelamin")
        sheet.merge_range("D3:D4", "Usia")
        sheet.merge_range("E3:M3", "NILAI UNSUR PELAYANAN")
        write(sheet, 3, [["", "", "", "", *CODES]])
        write(sheet, 4, [list(range(1, 14))])
        write(sheet, 5, [dated(each) for each in sheets])
        write(sheet, 5 + len(sheets), _footer(sheets))

    return workbook(Pengolahan=fill)


def _footer(sheets: list[Sheet]) -> list[list[object]]:
    columns = list(zip(*(each.scores for each in sheets), strict=True))
    sums = [sum(filter(None, scores)) for scores in columns]
    means = [
        total / sum(score is not None for score in scores)
        for total, scores in zip(sums, columns, strict=True)
    ]
    weighted = [0.111 * mean for mean in means]
    return [
        ["Σ Nilai/Unsur", "", "", "", *sums],
        ["NRR/Unsur", "", "", "", *means],
        ["NRR tertimbang/unsur", "", "", "", *weighted],
        ["IKM", "", "", "", 25 * sum(weighted)],
    ]


def kobo(sheets: list[Sheet]) -> bytes:
    """Names with their groups, a row of labels below them, answers as labels."""
    names = [
        *("start", "end", "profil/nomor", "profil/jk", "profil/usia"),
        *(f"unsur/u{i}" for i in range(1, 10)),
        *("unsur/foto", "unsur/foto_URL", "_id", "_uuid", "_submission_time"),
        *("_validation_status", "_index"),
    ]
    labels = [
        *("start", "end", "Nomor kuesioner", "Jenis kelamin", "Usia"),
        *(*QUESTIONS, "Foto loket", "Foto loket_URL", "_id", "_uuid"),
        *("_submission_time", "_validation_status", "_index"),
    ]
    rows = []
    for each in sheets:
        start = each.time.strftime("%Y-%m-%dT%H:%M:%S.000+07:00")
        said = [option(item, score) for item, score in enumerate(each.scores)]
        own = [
            9_000_000 + each.number,
            f"uuid-{each.number}",
            start[:19],
            "",
            each.number,
        ]
        rows.append(
            [start, start, each.number, each.sex, each.age, *said, "", "", *own]
        )
    return workbook(Survei=lambda sheet: write(sheet, 0, [names, labels, *rows]))


def e_skm(sheets: list[Sheet]) -> bytes:
    """As e-SKM applications export: what was chosen above, sums below."""

    def fill(sheet: Worksheet) -> None:
        sheet.write("A1", "Jenis Pelayanan")
        sheet.merge_range("B1:M1", "Semua layanan")
        sheet.write("A2", "Periode")
        sheet.merge_range("B2:M2", "01 Maret 2021 s/d 30 Juni 2021")
        sheet.merge_range("A4:A5", "NO URUT\nRESPONDEN")
        sheet.merge_range("B4:J4", "NILAI PER UNSUR PELAYANAN")
        sheet.merge_range("K4:M4", "RESPONDEN")
        write(sheet, 4, [["", *CODES, "TANGGAL", "JENIS KELAMIN", "UMUR"]])
        rows = []
        for each in sheets:
            number, time, sex, age, *scores = row(each, "%d-%m-%Y %H:%M")
            rows.append([number, *scores, time, sex, age])
        write(sheet, 5, rows)
        below = [[name, *cells] for name, _, _, _, *cells in _footer(sheets)]
        write(sheet, 5 + len(sheets), below)

    return workbook(Worksheet=fill)


def spss(sheets: list[Sheet], path: str) -> None:
    """Numbers with labels; what the office declared as missing is 9."""
    rows = [
        [each.number, each.time.date(), each.sex[0], each.age]
        + [9 if score is None else score for score in each.scores]
        for each in sheets
    ]
    names = ["NOMOR", "TANGGAL", "JK", "USIA", *CODES]
    values = {
        code: {float(i): said for i, said in enumerate(options, start=1)}
        for code, options in zip(CODES, OPTIONS, strict=True)
    }
    pyreadstat.write_sav(
        pd.DataFrame(rows, columns=names),
        path,
        column_labels=[
            "Nomor kuesioner",
            "Tanggal",
            "Jenis kelamin",
            "Usia",
            *QUESTIONS,
        ],
        variable_value_labels={**values, "JK": {"L": "Laki-laki", "P": "Perempuan"}},
        missing_ranges={code: [9] for code in CODES},
    )
