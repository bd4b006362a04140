"""What an office works out below its respondents, with one ninth written 0.11."""

from collections.abc import Sequence

from delivery import Delivery
from instruments import Instrument
from records import Cell, Record

WEIGHT = 0.11
_LABEL = "id"  # the column in which the labels stand
_TOTAL = "remark"  # the column behind the items

Line = dict[str, Cell | float]


def footer(
    rows: Sequence[Record], delivery: Delivery, instrument: Instrument, year: int
) -> list[Line]:
    """Rows below the respondents by column role; a row without cells is blank."""
    if not delivery.worksheet:
        return []
    items = [f"item:{item.key}" for item in instrument.items]
    sheets = _usable(rows, items, instrument, year)
    told = {role: [_score(row[role]) for row in sheets] for role in items}
    told = {role: [x for x in scores if x] for role, scores in told.items()}
    sums = {role: sum(scores) for role, scores in told.items()}
    means = {role: sums[role] / len(told[role]) for role in items}
    weighted = {role: means[role] * WEIGHT for role in items}
    total = sum(weighted.values())
    return [
        {_LABEL: "Σ Nilai /Unsur", **sums},
        {_LABEL: "NRR /Unsur", **means},
        {_LABEL: "NRR tertimbang /Unsur", **weighted, _TOTAL: total},
        {_LABEL: "IKM Unit Pelayanan", _TOTAL: total * 25},
        {},
        {_LABEL: "Keterangan :"},
        {_LABEL: "NRR tertimbang", items[0]: "= NRR per unsur x 0,11"},
        {_LABEL: "IKM Unit Pelayanan", items[0]: "= Jumlah NRR tertimbang x 25"},
        {},
        {items[-2]: "Mengetahui,"},
        {items[-2]: "Pejabat Contoh"},
        {items[-2]: "NIP 00000000 000000 0 000"},
    ]


def _usable(
    rows: Sequence[Record], items: Sequence[str], instrument: Instrument, year: int
) -> list[Record]:
    """The sheets that an office counts which checks them by hand."""
    kept: dict[Cell, Record] = {}
    scale = range(1, instrument.highest + 1)
    for row in rows:
        answers = [_score(row[role]) for role in items if row[role] is not None]
        sound = all(answer in scale for answer in answers)
        enough = 2 * len(answers) >= len(items)
        if sound and enough and row["date"].year == year:
            kept.setdefault(row["id"], row)
    return list(kept.values())


def _score(cell: Cell) -> int:
    """What a person reads in the cell, 0 for no number."""
    text = str(cell).strip()
    return int(text) if text.isdigit() else 0
