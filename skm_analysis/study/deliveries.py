"""What must hold for each `[[delivery]]`: its file, its units, its columns.

Whether the file has come, and whether its columns are there, is not asked here: a
delivery may be described before it arrives.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from skm_analysis.study.delivered_columns import (
    check_days,
    check_declared_rows,
    check_headers,
    check_id,
    check_spellings,
    declared_answers,
)
from skm_analysis.study.delivered_files import (
    check_several,
    is_left_behind,
    names_several,
)
from skm_analysis.study.faults import nearest, plain
from skm_analysis.study.places import Places
from skm_analysis.study.records import ALL_SHEETS, Instrument
from skm_analysis.study.schema import DELIVERY
from skm_analysis.study.tables import Table

_WHOSE = ("unit", "unit_column", "unit_from")


def check_deliveries(
    document: Table, instruments: Mapping[str, Instrument | None], places: Places
) -> None:
    deliveries: tuple[Table, ...] = document.get("delivery", ())
    units = {unit["id"]: unit for unit in document.get("unit", ()) if "id" in unit}
    periods = {period.get("id") for period in document.get("period", ())}
    _check_files(deliveries)
    check_several(deliveries, places.raw)
    for delivery in deliveries:
        _check_inside(delivery, places.raw)
        _check_is_file(delivery, places.raw)
        check_headers(delivery)
        check_id(delivery)
        check_days(delivery, document.get("study", {}))
        check_spellings(delivery)
        check_declared_rows(delivery)
        theirs = _units_of(delivery, units, instruments, places.raw)
        _check_strata(delivery, theirs, periods)
        names = {unit.get("instrument") for unit in theirs}
        asked = [instruments.get(str(name)) for name in sorted(map(str, names))]
        sound = [instrument for instrument in asked if instrument is not None]
        if sound and len(sound) == len(asked):
            _check_items(delivery, sound)
            _check_scores(delivery, sound)


def _check_files(deliveries: tuple[Table, ...]) -> None:
    """Each file once, or once per sheet; replaced ones once, and not in a circle."""
    seen: dict[str, set[str | None]] = {}
    replaced: dict[str, str] = {}
    for delivery in deliveries:
        file, sheet = delivery.get("file"), delivery.get("sheet")
        if file is None:
            continue
        sheets = seen.setdefault(file.casefold(), set())
        whole = {None, ALL_SHEETS}
        if sheets and (sheet in whole or whole & sheets or sheet in sheets):
            delivery.spot.fault(
                "berkas ini sudah disebut pada [[delivery]] lain.",
                "hapus salah satu, atau beri masing-masing 'sheet' yang berbeda.",
            )
        sheets.add(sheet)
        _check_replaces(delivery, replaced)


def _check_replaces(delivery: Table, replaced: dict[str, str]) -> None:
    old, reason = delivery.get("replaces"), delivery.get("reason")
    if ("replaces" in delivery and "reason" in delivery) and (not old) != (not reason):
        delivery.spot.fault(
            "'replaces' dan 'reason' harus ada bersama-sama.",
            "sebutkan berkas yang digantikan dan alasannya.",
        )
    if not old:
        return
    file = delivery["file"]
    circle, step = {file}, old
    while step in replaced and step not in circle:
        circle.add(step)
        step = replaced[step]
    if step in circle:
        delivery.spot.fault("'replaces' berputar kembali ke berkas ini sendiri.")
    elif old in replaced.values():
        delivery.spot.fault(f"'{plain(old)}' sudah digantikan oleh berkas lain.")
    replaced[file] = old


def _check_inside(delivery: Table, folder: Path) -> None:
    """No link may lead out of the study folder."""
    home = Path(os.path.realpath(folder))
    for key in ("file", "replaces"):
        real = Path(os.path.realpath(folder / (delivery.get(key) or "")))
        if not real.is_relative_to(home):
            delivery.spot.fault(
                f"'{key}' menunjuk ke luar folder studi.",
                "salin berkasnya ke folder responses.",
            )


def _check_is_file(delivery: Table, folder: Path) -> None:
    """A lock of an open workbook is no delivery, nor is a folder called like a file."""
    file = delivery.get("file") or ""
    name = file.rpartition("/")[2]
    if is_left_behind(name):
        delivery.spot.fault(
            f"'{plain(name)}' bukan kiriman: berkas kunci buku kerja yang sedang "
            "terbuka, atau berkas milik sistem.",
            "sebutkan berkas jawabannya sendiri.",
        )
    elif Path(name).suffix and (folder / file).is_dir():
        delivery.spot.fault(
            f"'{plain(name)}' adalah folder yang bernama seperti berkas.",
            "letakkan berkasnya di sana, atau tulis / di belakang nama folder.",
        )


def _units_of(
    delivery: Table,
    units: Mapping[str, Table],
    instruments: Mapping[str, Instrument | None],
    folder: Path,
) -> list[Table]:
    """The units a delivery may hold; tells unknown ones."""
    unit, column = delivery.get("unit"), delivery.get("unit_column")
    place = delivery.get("unit_from")
    written: Mapping[str, str] = delivery.get("units", {})
    given = [each for each in _WHOSE if delivery.get(each)]
    if len(given) > 1:
        delivery.spot.fault(
            f"{' dan '.join(map(repr, given))} diisi bersamaan.",
            "pakai 'unit' bila semua baris milik satu unit, 'unit_column' bila unitnya",
            "di dalam kolom, 'unit_from' bila nama berkas atau lembarnya.",
        )
    elif not given and delivery.keys() >= set(_WHOSE):
        delivery.spot.fault(
            "belum jelas milik unit mana.",
            'isi unit = "id-unit", atau unit_column = "judul kolom" yang memuat unit.',
        )
    if written and not (column or place):
        delivery.spot.fault("'units' hanya berlaku bersama 'unit_column'.")
    if place:
        _check_unit_from(delivery, folder)
    named = [unit] if unit else list(written.values())
    for name in dict.fromkeys(named):
        if name not in units:
            delivery.spot.fault(f"unit '{name}' tidak ada.", *nearest(name, units))
    if column and not named:
        return _fitting(delivery.get("columns") or {}, units.values(), instruments)
    return [units[name] for name in dict.fromkeys(named) if name in units]


def _check_unit_from(delivery: Table, folder: Path) -> None:
    """Every name is listed: the unit of no file or sheet is guessed from its own."""
    file, sheet = delivery.get("file") or "", delivery.get("sheet")
    if delivery["unit_from"] == "file" and file and not names_several(folder, file):
        delivery.spot.fault(
            'unit_from = "file" hanya untuk folder atau pola nama berkas.',
            'untuk satu berkas, isi unit = "id-unit".',
        )
    if delivery["unit_from"] == "sheet" and sheet != ALL_SHEETS:
        delivery.spot.fault(
            'unit_from = "sheet" hanya bersama sheet = "*".',
            'tulis sheet = "*", atau isi unit = "id-unit" untuk satu lembar.',
        )
    if "units" in delivery and not delivery["units"]:
        delivery.spot.fault(
            "'unit_from' memerlukan [delivery.units].",
            'sebutkan tiap nama, misalnya: "ngalau.xlsx" = "kel-ngalau"',
        )


def _fitting(
    columns: Mapping[str, object],
    units: Iterable[Table],
    instruments: Mapping[str, Instrument | None],
) -> list[Table]:
    """The units all of whose items have columns; if there are none, the nearest one."""
    missing: list[tuple[int, Table]] = []
    for unit in units:
        if instrument := instruments.get(unit.get("instrument", "")):
            missing.append((len(set(instrument.keys) - columns.keys()), unit))
    least = min((count for count, _ in missing), default=0)
    fitting = [unit for count, unit in missing if count == least]
    return fitting if least == 0 else fitting[:1]


def _check_strata(
    delivery: Table, units: Iterable[Table], periods: set[str | None]
) -> None:
    told = [key for key in ("stratum_column", "period_column") if delivery.get(key)]
    if "stratum_column" in told or delivery.get("source") == "internal":
        return
    for unit in units:
        strata = unit.get("strata")
        if strata and not (told and strata.keys() <= periods):
            delivery.spot.fault(
                f"unit {plain(unit.get('id', ''))} memakai strata, "
                "tetapi 'stratum_column' belum ada.",
                "sebutkan kolom yang memuat stratum tiap baris.",
            )


def _check_items(delivery: Table, instruments: list[Instrument]) -> None:
    """Columns for every item of every unit, and for nothing else."""
    keys = dict.fromkeys(key for each in instruments for key in each.keys)
    columns: Table | None = delivery.get("columns")
    if columns is not None and (missing := [k for k in keys if k not in columns]):
        columns.spot.fault(
            f"butir {', '.join(missing)} belum punya kolom.",
            f'tambahkan, misalnya: {missing[0]} = "judul kolom pada berkas"',
            f"instrumen: {', '.join(each.id for each in instruments)}",
            "bila unit ini memang tidak ditanyai butir itu, beri unitnya instrumen "
            "sendiri",
            "tanpa butir itu di folder instruments.",
        )
    for part in ("columns", "item_answers", "importance"):
        table = delivery.get(part)
        if isinstance(table, Table):
            for key in [each for each in table if each not in keys]:
                _refuse_key(table, key, keys)


def _refuse_key(table: Table, key: str, keys: Iterable[str]) -> None:
    """Below a sub-table TOML reads a key of the delivery as one of the sub-table."""
    if key in DELIVERY:
        table.spot.fault(
            f"'{key}' adalah kunci [[delivery]].",
            f"pindahkan ke atas [{table.spot.table}], di bawah [[delivery]]-nya.",
        )
    else:
        table.spot.fault(
            f"butir '{key}' tidak ada pada instrumennya.", *nearest(key, keys)
        )


def _check_scores(delivery: Table, instruments: list[Instrument]) -> None:
    low = max(instrument.scale[0] for instrument in instruments)
    high = min(instrument.scale[1] for instrument in instruments)
    for table in declared_answers(delivery):
        if out := [text for text, score in table.items() if not low <= score <= high]:
            table.spot.fault(
                f"nilai untuk '{plain(out[0])}' di luar skala instrumen.",
                f"yang diharapkan: bilangan bulat dari {low} sampai {high}",
            )
