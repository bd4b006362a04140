"""Where and when each row of a delivery belongs: unit, counter, day, stratum …"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.columnar import Distinct, same, split, spread, tidied
from skm_analysis.responses.columns import Columns
from skm_analysis.responses.dates import (
    are_excel_numbers,
    are_mixed,
    are_month_first,
    looks_like_a_day,
    read_date,
)
from skm_analysis.responses.identity import delivery_place, hide_names
from skm_analysis.responses.raw import RawTable, refusal
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.study.records import ALL_SHEETS, DateOrder, Delivery, Study
from skm_analysis.study.toml_writing import entry


def place_rows(
    table: RawTable,
    delivery: Delivery,
    columns: Columns,
    study: Study,
    key: bytes,
    ids: Distinct | None,
) -> pd.DataFrame:
    """Where and when each row belongs, and whose it is by the `ids` of its column."""
    count = len(table.rows)

    def column(role: str) -> Distinct:
        at = columns.get(role)
        return same("", count) if at is None else table.distinct(at)

    if (whose := _unit_of_place(table, delivery)) is not None:
        unit = same(whose, count)
    else:
        known = _known_units(delivery, study)
        unit = column("unit_column").map(lambda text: known.get(fold(text), ""))
        if count and not any(unit.texts):
            raise _no_known_unit(table, delivery, known.values())
    dates = column("period_column")
    order = delivery.date_order
    if order == "day-first" and are_month_first(set(dates.texts)):
        raise _month_first(table, delivery)
    if are_mixed(set(dates.texts), order):
        raise _mixed_orders(table, delivery)
    if order != "excel-number" and are_excel_numbers(set(dates.texts)):
        raise _excel_numbers(table, delivery)
    period = dates.map(lambda text: _period(text, study, order))
    in_period, told_day = (np.ones(count, dtype=bool) for _ in range(2))
    if delivery.period_column is not None:
        placed = [_is_placed(text, study, delivery) for text in dates.texts]
        told = [_tells_when(text, study, order) for text in dates.texts]
        in_period = np.array(placed, dtype=bool)[dates.codes]
        told_day = np.array(told, dtype=bool)[dates.codes]
    days = dates.map(lambda text: str(read_date(text, order) or ""))
    desks = _desks(delivery)
    counters = column("unit_column").map(lambda text: desks.get(fold(text), ""))
    stratum, known_stratum = _strata(
        *(delivery, study, unit, period, column("stratum_column"))
    )
    within = f"#{table.sheet}" if delivery.sheet == ALL_SHEETS else ""
    return pd.DataFrame(
        {
            "row": np.array(table.row_numbers, dtype=np.int64),
            "unit": unit.categorical(),
            "source": same(delivery.source, count).categorical(),
            "stratum": stratum.categorical(),
            "cluster": _hidden(key, "cluster", column("cluster_column").map(fold)),
            "day": _hidden(key, "day", days),
            "counter": _hidden(key, "counter", counters),
            "period": period.categorical(),
            "date": days.categorical(),
            "serial": tidied(column("serial_column")).categorical(),
            "id": _numbers_of(ids or same("", count), delivery),
            "place": unit.map(
                lambda each: delivery_place(study, delivery, each) + within
            ).categorical(),
            "in_period": in_period,
            "told_day": told_day,
            "known_stratum": known_stratum,
        }
    )


def _hidden(key: bytes, kind: str, names: Distinct) -> pd.Categorical:
    numbers = hide_names(key, kind, names.texts)
    return names.map(numbers.__getitem__).categorical()


def _numbers_of(names: Distinct, delivery: Delivery) -> npt.NDArray[np.intp]:
    """A number for each id; 0 for none, or for a word that means that there is none."""
    numbers = np.arange(1, len(names.texts) + 1)
    none = {"", *map(fold, delivery.not_applicable)}
    longest = 3 * max(map(len, none))  # a letter may be three in lower case
    lengths = np.fromiter(map(len, names.texts), dtype=np.intp)
    for place in np.flatnonzero(lengths <= longest).tolist():
        if fold(names.texts[place]) in none:
            numbers[place] = 0
    return numbers[names.codes] if len(names.texts) else names.codes


def _unit_of_place(table: RawTable, delivery: Delivery) -> str | None:
    """The unit of all rows; None where a column tells it.

    Raises DeliveryError for a file or sheet whose name stands for none.
    """
    if delivery.unit is not None or delivery.unit_from is None:
        return delivery.unit
    of_sheet = delivery.unit_from == "sheet"
    name = table.sheet if of_sheet else delivery.file.rpartition("/")[2]
    known = {fold(text): unit for text, unit in delivery.units.items()}
    if of_sheet and fold(name) in known:
        return known[fold(name)]
    what, otherwise = (
        ("lembar", "sembunyikan lembarnya, atau sebutkan tiap lembar sendiri.")
        if of_sheet
        else ("nama berkas", "pindahkan berkasnya ke luar folder itu.")
    )
    raise refusal(
        table.file,
        f"{what} {name!r} tidak disebut dalam [delivery.units].",
        f"tambahkan di study.toml: {entry(name, 'id-unit')}",
        f"bila bukan jawaban, {otherwise}",
    )


def _desks(delivery: Delivery) -> dict[str, str]:
    """What the unit column writes for one of several counters of the same unit."""
    written = {fold(text): unit for text, unit in delivery.units.items()}
    several = Counter(written.values())
    return {text: text for text, unit in written.items() if several[unit] > 1}


def _known_units(delivery: Delivery, study: Study) -> dict[str, str]:
    """Folded text in the unit column -> unit id."""
    if delivery.units:
        return {fold(text): unit for text, unit in delivery.units.items()}
    names = {fold(unit.name): unit.id for unit in study.units}
    return names | {fold(unit.id): unit.id for unit in study.units}


def _no_known_unit(
    table: RawTable, delivery: Delivery, known: Iterable[str]
) -> DeliveryError:
    """One strange row is set aside; a file of them is declared wrongly."""
    return DeliveryError(
        f"{table.file}: pada kolom {delivery.unit_column!r} tidak satu baris pun "
        "menyebut unit yang dikenal.\n"
        f"  unit yang dikenal di situ: {', '.join(dict.fromkeys(known))}\n"
        "  sebutkan pada [delivery.units] di study.toml bagaimana unit ditulis dalam\n"
        "  berkas itu, atau perbaiki unit_column."
    )


def _month_first(table: RawTable, delivery: Delivery) -> DeliveryError:
    """Read day first, half of the dates would be of another month."""
    return refusal(
        table.file,
        f"tanggal pada kolom {delivery.period_column!r} tampaknya ditulis bulan dahulu "
        "(bulan/hari/tahun).",
        'bila benar, tulis date_order = "month-first" pada [[delivery]] di study.toml;',
        "bila tidak, perbaiki tanggal yang bulannya lebih dari 12.",
    )


def _mixed_orders(table: RawTable, delivery: Delivery) -> DeliveryError:
    return refusal(
        table.file,
        f"tanggal pada kolom {delivery.period_column!r} sebagian hanya dapat dibaca "
        "hari dahulu, sebagian hanya bulan dahulu; yang lain tidak dapat diketahui.",
        "mintalah kolom itu dengan tahun di depan (2021-05-04), atau bagi barisnya "
        "menjadi dua berkas",
        "atau lembar, masing-masing dengan [[delivery]] dan date_order sendiri.",
    )


def _excel_numbers(table: RawTable, delivery: Delivery) -> DeliveryError:
    """The dates would lie on no day, and each of their rows be set aside."""
    return refusal(
        table.file,
        f"kolom {delivery.period_column!r} memuat bilangan lima angka, yang tampaknya "
        "nomor hari dari Excel (44320 = 4 Mei 2021).",
        'bila benar, tulis date_order = "excel-number" pada [[delivery]] di '
        "study.toml;",
        "bila bukan tanggal, perbaiki atau hapus period_column.",
    )


def _period(text: str, study: Study, order: DateOrder) -> str:
    """The [[period]] that a date falls in, or that is named by its id; "" for none."""
    named = {fold(period.id): period.id for period in study.periods}
    if (found := named.get(fold(text))) is not None:
        return found
    day = read_date(text, order)
    return next(
        (p.id for p in study.periods if day is not None and p.start <= day <= p.end), ""
    )


def _is_placed(text: str, study: Study, delivery: Delivery) -> bool:
    """Whether it lies in the study's time, and in what the delivery was asked for.

    A blank or unclear date cannot be placed.
    """
    day = read_date(text, delivery.date_order)
    if day is None:
        return bool(_period(text, study, delivery.date_order))
    start, end = delivery.start or study.start, delivery.end or study.end
    return start <= day <= end


def _tells_when(text: str, study: Study, order: DateOrder) -> bool:
    """Whether it says a day or a period, be it one of the study or not."""
    if read_date(text, order) or _period(text, study, order):
        return True
    named = bool(study.periods and tidy(text))
    return named and not looks_like_a_day(text)


def _strata(
    delivery: Delivery,
    study: Study,
    unit: Distinct,
    period: Distinct,
    column: Distinct,
) -> tuple[Distinct, npt.NDArray[np.bool_]]:
    """The stratum of each row, and whether it has one where its unit has strata."""
    known = np.ones(len(unit.codes), dtype=bool)
    stratified = [x for x in study.units if x.strata and x.id in unit.texts]
    if not stratified:
        return same("", len(unit.codes)), known
    units, periods, texts = unit.cells(), period.cells(), column.cells()
    stratum = np.full(len(units), "", dtype=object)
    for each in stratified:
        at = units == each.id
        names = {fold(name): name for name in each.strata}
        if delivery.stratum_column is not None:
            order = delivery.date_order
            found = spread(
                texts[at], partial(_stratum, names=names, study=study, order=order)
            )
        else:
            found = spread(periods[at], partial(_named, names=names))
        stratum[at] = found
        # A unit's own survey needs no strata: it is shown beside, never weighted in.
        known[at] = (found != "") | (delivery.source == "internal")
    return split(stratum), known


def _stratum(
    text: str, names: Mapping[str, str], study: Study, order: DateOrder
) -> str:
    return names.get(fold(text)) or names.get(fold(_period(text, study, order)), "")


def _named(text: str, names: Mapping[str, str]) -> str:
    return names.get(fold(text), "")
