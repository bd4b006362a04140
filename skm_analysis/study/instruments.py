"""Instruments: `instruments/*.toml` as records, with what must hold among items."""

from fractions import Fraction
from pathlib import Path

from skm_analysis.study.documents import read_document
from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.places import Places
from skm_analysis.study.records import Instrument, Item
from skm_analysis.study.regulation import BANDS_SCALE
from skm_analysis.study.schema import IDENTIFIER, INSTRUMENT_FILE
from skm_analysis.study.tables import Table, read_table


def read_instruments(places: Places, faults: Faults) -> dict[str, Instrument | None]:
    """All instruments of a study by id, None for one whose file is at fault."""
    return {
        path.stem: read_instrument(path, Spot(faults, plain(places.told(path))))
        for path in sorted(places.instruments.glob("*.toml"))
    }


def read_instrument(path: Path, spot: Spot) -> Instrument | None:
    """One instrument, named by its file; None where the file is at fault."""
    before = len(spot.faults.found)
    IDENTIFIER.read(path.stem, spot, "nama berkas tanpa .toml")
    document = read_document(path, spot)
    if document is None:
        return None
    table = read_table(document, INSTRUMENT_FILE, spot)
    _check(table)
    sound = len(spot.faults.found) == before
    return _instrument(path.stem, table) if sound else None


def _check(instrument: Table) -> None:
    items: tuple[Table, ...] = instrument.get("item", ())
    _check_items(items, instrument)
    _check_weights(items, instrument.spot)
    scale = instrument.get("scale")
    if scale and instrument.get("bands") and scale != BANDS_SCALE:
        instrument.spot.fault(
            f"'bands' tidak berlaku untuk skala {list(scale)}.",
            "tabel mutu dalam peraturan dibuat untuk skala [1, 4];",
            "hapus 'bands': indeks tetap dihitung, tanpa huruf mutu.",
        )


def _check_items(items: tuple[Table, ...], instrument: Table) -> None:
    if "item" in instrument and not 1 <= len(items) <= 100:
        instrument.spot.fault("jumlah [[item]] harus 1 sampai 100.")
    seen: set[str] = set()
    for item in items:
        key = item.get("key")
        if key in seen:
            item.spot.fault("'key' ini sudah dipakai butir lain.", "beri kunci lain.")
        elif key:
            seen.add(key)
        if item.get("regulated") and item.get("unsur"):
            item.spot.fault("'regulated' hanya untuk butir tanpa 'unsur'.", "hapus.")
        _check_options(item, instrument.get("scale"))


def _check_options(item: Table, scale: tuple[int, int] | None) -> None:
    options = item.get("options", ())
    if not options or scale is None:
        return
    wanted = scale[1] - scale[0] + 1
    if len(options) != wanted:
        item.spot.fault(
            f"'options' berisi {len(options)} pilihan.",
            f"yang diharapkan: {wanted}, satu untuk tiap nilai "
            f"{scale[0]} sampai {scale[1]}, dari yang terendah",
        )
    if len({option.casefold() for option in options}) < len(options):
        item.spot.fault("'options' memuat pilihan yang sama dua kali.")


def _check_weights(items: tuple[Table, ...], spot: Spot) -> None:
    # A weight at fault has been told already, and is no longer in its table.
    if not all("weight" in item for item in items):
        return
    weights = [item["weight"] for item in items if item["weight"] is not None]
    if not weights:
        return
    if len(weights) < len(items):
        without = [plain(str(i.get("key"))) for i in items if i["weight"] is None]
        spot.fault(
            f"'weight' belum ada pada butir {', '.join(without)}.",
            "beri bobot pada semua butir, atau hapus semuanya agar bobotnya sama.",
        )
    elif (total := sum(weights, Fraction(0))) != 1:
        spot.fault(
            f"jumlah bobot {_sum_shown(total)}, bukan tepat 1.",
            'tulis bobot sebagai pecahan, misalnya "1/9", atau hapus semuanya '
            "agar bobotnya sama.",
        )


def _sum_shown(total: Fraction) -> str:
    if total.denominator < 10_000:
        return str(total)
    return f"sekitar {float(total):.6g}".replace(".", ",")


def _instrument(name: str, table: Table) -> Instrument:
    items: tuple[Table, ...] = table["item"]
    equal = Fraction(1, len(items))
    return Instrument(
        id=name,
        title=table["title"],
        regulation=table["regulation"],
        scale=table["scale"],
        bands=table["bands"],
        source=table["source"],
        items=tuple(
            Item(**{**item, "weight": item["weight"] or equal}) for item in items
        ),
        weights_given=items[0]["weight"] is not None,
    )
