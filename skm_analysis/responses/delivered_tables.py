"""The tables of one delivery: its file, or its sheets, one row per respondent."""

from dataclasses import replace
from itertools import chain

from skm_analysis.responses.columns import wanted_headers
from skm_analysis.responses.joining import join_columns
from skm_analysis.responses.limesurvey import count_unfinished
from skm_analysis.responses.long_form import widen
from skm_analysis.responses.raw import RawTable, refusal
from skm_analysis.responses.reading import read_all_sheets, read_table
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.workbooks import WORKBOOKS
from skm_analysis.study.corrections import delivery_name
from skm_analysis.study.places import Places
from skm_analysis.study.records import ALL_SHEETS, Delivery, Study


def delivered_tables(
    places: Places, study: Study, delivery: Delivery
) -> dict[str, RawTable]:
    """What a delivery holds, by the name that the tables call it.

    One table, or one for each sheet where all are to be read.
    """
    path = places.raw / delivery.file
    wanted = wanted_headers(delivery)
    further = chain.from_iterable(delivery.further_columns.values())
    asked = () if delivery.long else (*delivery.columns.values(), *further)
    told = places.told(path)
    tables: tuple[RawTable, ...]
    if delivery.sheet == ALL_SHEETS and path.suffix.lower() in WORKBOOKS:
        tables = read_all_sheets(
            path, told, wanted=wanted, asked=asked, header_row=delivery.header_row
        )
        _refuse_absent(told, delivery, tables)
    else:
        table = read_table(
            path,
            told,
            wanted=wanted,
            asked=asked,
            sheet=delivery.sheet,
            header_row=delivery.header_row,
            encoding=delivery.encoding,
            delimiter=delivery.delimiter,
        )
        tables = (table,)
    if delivery.long is not None:
        tables = tuple(widen(each, delivery, delivery.long) for each in tables)
    tables = tuple(_with_unfinished(join_columns(each, delivery)) for each in tables)
    if delivery.passed_over:
        beside = ", ".join(map(repr, delivery.passed_over))
        first = f"{tables[0].format}, berkas dilewati: {beside}"
        tables = (replace(tables[0], format=first), *tables[1:])
    name = delivery_name(study, delivery)
    if delivery.sheet != ALL_SHEETS:
        return {name: tables[0]}
    return {f"{delivery.file}#{each.sheet}": each for each in tables}


def _refuse_absent(file: str, delivery: Delivery, tables: tuple[RawTable, ...]) -> None:
    """Where sheets are units, none that is listed may be left out unseen."""
    read = {fold(each.sheet) for each in tables}
    absent = [name for name in delivery.units if fold(name) not in read]
    if delivery.unit_from == "sheet" and absent:
        raise refusal(
            file,
            f"lembar {', '.join(map(repr, absent))} dari [delivery.units] tidak "
            "dibaca: tidak ada, tersembunyi, atau tidak memuat semua kolom.",
            "perbaiki namanya di study.toml, atau minta kirim ulang buku kerjanya.",
        )


def _with_unfinished(table: RawTable) -> RawTable:
    if not (count := count_unfinished(table)):
        return table
    told = f"{table.format}, {count} baris tidak selesai diisi (submitdate kosong)"
    return replace(table, format=told)
