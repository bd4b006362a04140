"""What goes wrong in real deliveries.

Rows that cleaning must set aside are added to the good ones, so that a unit keeps the
number of accepted sheets that its plan says. Lesser faults befall the good rows.
"""

from datetime import datetime, timedelta

import numpy as np
from delivery import Delivery
from records import Cell, Record

BAD_ROWS = 0.03  # added, per good row
SHORT_ROWS = 0.025  # good rows with one or two unanswered items
ODD_AGES = (-41, 352)
_OUT_OF_SCALE: dict[str, Cell] = {
    "numbers": 5,
    "letters": "x",
    "options": "Puas sekali",
}


def spoil(
    records: list[Record], delivery: Delivery, rng: np.random.Generator
) -> list[Record]:
    """The same rows and the bad ones among them."""
    if not delivery.dirt or not records:
        return records
    records = [dict(record) for record in records]
    _leave_blank(records, rng)
    _mistype_ages(records, rng)
    bad = max(round(BAD_ROWS * len(records)), len(records) // 15 > 0)
    kinds = _kinds(records[0], delivery)
    start = int(rng.integers(len(kinds)))
    for i in range(int(bad)):
        place = int(rng.integers(1, len(records) + 1))
        source = records[place - 1]
        kind = kinds[(start + i) % len(kinds)]
        row = _bad_row(kind, source, delivery, rng)
        if kind != "duplicate" and "id" in row:
            row["id"] = _another_id(row["id"], i)
        records.insert(place, row)
    return records


def _kinds(record: Record, delivery: Delivery) -> list[str]:
    """The faults that can befall this delivery."""
    kinds = ["empty", "too_few", "out_of_scale", "out_of_scale"]
    if delivery.answers == "numbers":
        kinds += ["not_whole", "not_whole"]
    if "id" in record:
        kinds += ["duplicate", "duplicate"]
    if {"date", "period"} & set(record) or delivery.forms:
        kinds += ["out_of_period"]
    if "unit" in record:
        kinds += ["unknown_unit"]
    if "stratum" in record:
        kinds += ["unknown_stratum"]
    return kinds


def _bad_row(
    kind: str, source: Record, delivery: Delivery, rng: np.random.Generator
) -> Record:
    row = dict(source)
    items = [role for role in row if role.startswith("item:")]
    hit = str(rng.choice(items))
    if kind == "duplicate":
        return row
    if kind == "out_of_period" and "period" in row:
        row["period"] = "2018-S2"
    elif kind == "out_of_period":
        role = "id" if delivery.forms else "date"
        row[role] = _years_before(row[role])
    elif kind == "unknown_unit":
        row["unit"] = "99"
    elif kind == "unknown_stratum":
        row["stratum"] = "Semester III"
    elif kind == "not_whole":
        row[hit] = "3,5"
    elif kind == "out_of_scale":
        row[hit] = _OUT_OF_SCALE[delivery.answers]
    else:
        row |= dict.fromkeys(items[2 if kind == "too_few" else 0 :])
    return row


def _another_id(old: Cell, number: int) -> Cell:
    if isinstance(old, datetime):
        return old + timedelta(seconds=17 + number)
    return f"R9{number:03d}"


def _years_before(moment: Cell) -> Cell:
    if not isinstance(moment, datetime):
        raise TypeError(f"a date is needed, not {moment!r}")
    return moment.replace(year=moment.year - 2, day=min(moment.day, 28))


def _leave_blank(records: list[Record], rng: np.random.Generator) -> None:
    items = [role for role in records[0] if role.startswith("item:")]
    for record in records:
        if rng.random() < SHORT_ROWS:
            for role in rng.choice(items, int(rng.integers(1, 3)), replace=False):
                record[str(role)] = None


def _mistype_ages(records: list[Record], rng: np.random.Generator) -> None:
    if "age" not in records[0]:
        return
    for age in ODD_AGES:
        if rng.random() < 0.4:
            records[int(rng.integers(len(records)))]["age"] = age
    for record in records:
        if rng.random() < 0.01:
            record["age"] = None
