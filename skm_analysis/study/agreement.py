"""What must hold among the tables of `study.toml`, deliveries apart."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from skm_analysis.study.faults import Spot, nearest, plain
from skm_analysis.study.places import Places
from skm_analysis.study.records import Instrument
from skm_analysis.study.schema import PARTS
from skm_analysis.study.tables import Table


def check_study(document: Table, places: Places) -> None:
    """Dates, the earlier study, and the periods."""
    study: Table | None = document.get("study")
    if study is None:
        return
    check_order(study)
    start, year = study.get("start"), study.get("year")
    if start and year and year not in (start.year, start.year - 1):
        study.spot.fault(
            f"tahun {year} tidak sesuai dengan 'start', {start}.",
            "perbaiki 'year' atau 'start'.",
        )
    if previous := study.get("previous"):
        _check_previous(previous, places, study.spot)
    _check_periods(document.get("period", ()), study)
    units: tuple[Table, ...] = document.get("unit", ())
    no_strata = all("strata" in unit and not unit["strata"] for unit in units)
    if study.get("weighting") == "strata" and no_strata:
        study.spot.fault(
            'weighting = "strata", tetapi tidak ada unit dengan strata.',
            "tambahkan [unit.strata], atau hapus 'weighting'.",
        )


def check_units(document: Table, instruments: Mapping[str, Instrument | None]) -> None:
    """Ids and names told apart, known instruments, and the population once."""
    units: tuple[Table, ...] = document.get("unit", ())
    if "unit" in document and not units:
        document.spot.fault("belum ada unit.", "tambahkan sekurangnya satu [[unit]].")
    _check_unique(units, "id")
    _check_unique(units, "name")
    for unit in units:
        name = unit.get("instrument")
        if name is not None and name not in instruments:
            unit.spot.fault(
                f"instrumen '{name}' tidak ada di folder instruments.",
                *nearest(name, instruments),
            )
        if unit.get("strata") and unit.get("population") is not None:
            unit.spot.fault(
                "'population' dan [unit.strata] diisi bersamaan.",
                "hapus 'population': jumlahnya sama dengan jumlah strata.",
            )
        _check_strata_names(unit)
        _check_approached(unit)
        counted = unit.get("strata", True) or unit.get("population", True)
        if unit.get("sampling") == "census" and not counted:
            unit.spot.fault(
                'sampling = "census" memerlukan jumlah yang dilayani.',
                "isi 'population', atau pilih cara pengambilan yang lain.",
            )


def _check_approached(unit: Table) -> None:
    """Nobody is asked who was not served."""
    strata = unit.get("strata") or {}
    served = sum(strata.values()) or unit.get("population")
    approached = unit.get("approached")
    if served and approached and approached > served:
        unit.spot.fault(
            f"'approached' ({approached}) melebihi yang dilayani ({served}).",
            "isi 'approached' dengan banyaknya orang yang diminta mengisi, atau "
            "perbaiki 'population'.",
        )


def _check_strata_names(unit: Table) -> None:
    """Strata are parts of the estimates table: none may be called as another part."""
    seen = dict.fromkeys(PARTS, "nama bagian yang sudah dipakai program ini")
    for name in unit.get("strata") or ():
        if re.match("[=+\\-@＝＋－＠]", name):
            unit.spot.fault(
                f"stratum {plain(name)} diawali tanda yang oleh Excel dianggap rumus.",
                "awali dengan huruf atau angka.",
            )
        plainly = re.sub(r"[\W_]+", " ", name.casefold()).strip()
        if plainly in seen:
            unit.spot.fault(
                f"stratum {plain(name)} bernama sama dengan {seen[plainly]}.",
                "beri nama yang berbeda huruf atau angkanya.",
            )
        seen[plainly] = f"stratum {plain(name)}"


def check_order(table: Table) -> None:
    """No end before its start."""
    start, end = table.get("start"), table.get("end")
    if start and end and end < start:
        table.spot.fault(
            f"'end' ({end}) mendahului 'start' ({start}).", "perbaiki tanggalnya."
        )


def _check_previous(previous: str, places: Places, spot: Spot) -> None:
    earlier = places.other(previous)
    if previous == places.study:
        spot.fault(
            "'previous' menunjuk studi ini sendiri.", "sebutkan studi terdahulu."
        )
    elif not earlier.study_file.is_file():
        folders = sorted(places.raw.parent.glob("*/study.toml"))
        known = [path.parent.name for path in folders]
        spot.fault(
            f"studi terdahulu '{previous}' tidak ada di data/raw.",
            *nearest(previous, [name for name in known if name != places.study]),
            "hapus 'previous' bila tidak ada studi pembanding.",
        )


def _check_periods(periods: tuple[Table, ...], study: Table) -> None:
    _check_unique(periods, "id")
    dated = [each for each in periods if each.get("start") and each.get("end")]
    for period in dated:
        check_order(period)
        first = study.get("start", period["start"])
        last = study.get("end", period["end"])
        if period["start"] < first or period["end"] > last:
            period.spot.fault(
                "di luar masa studi.", f"masa studi: {first} sampai {last}"
            )
    for earlier, later in pairwise(sorted(dated, key=lambda each: each["start"])):
        if later["start"] <= earlier["end"]:
            later.spot.fault(
                f"bertumpang tindih dengan periode {earlier.spot.label}.",
                "satu tanggal hanya boleh masuk satu periode.",
            )


def _check_unique(tables: Iterable[Table], key: str) -> None:
    seen: set[str] = set()
    for table in tables:
        value = table.get(key)
        if value is None:
            continue
        told = " ".join(value.casefold().split())  # as unit columns are read
        if told in seen:
            table.spot.fault(
                f"'{key}' {plain(value)} sudah dipakai.", "beri yang berbeda."
            )
        seen.add(told)
