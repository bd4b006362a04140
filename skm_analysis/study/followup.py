"""`recommendations.csv`: what the study recommends, and what became of it by May."""

from dataclasses import dataclass
from datetime import date

from skm_analysis.study.faults import Faults, Spot, nearest
from skm_analysis.study.kinds import WRITTEN, WRITTEN_DAY, identifier, line, one_of
from skm_analysis.study.ledgers import read_ledger
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study
from skm_analysis.study.tables import Schema, Table, needed, optional

# As written in the column `status`; empty until the review.
STATUSES = ("belum", "berjalan", "selesai", "batal")

COLUMNS: Schema = {
    "id": needed(line(24)),
    "unit": optional(identifier(), ""),
    "item": optional(identifier(), ""),
    "problem": needed(WRITTEN),
    "activity": needed(WRITTEN),
    "quarter": optional(line(60), ""),
    "responsible": optional(line(200), ""),
    "due": optional(WRITTEN_DAY),
    "status": optional(one_of(*STATUSES), ""),
    "evidence": optional(WRITTEN, ""),
    "reviewed": optional(WRITTEN_DAY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One thing to be done. An empty `unit` means the city, an empty `item` the unit
    as a whole, an empty `status` that nobody has reviewed it yet."""

    id: str
    unit: str
    item: str
    problem: str
    activity: str
    quarter: str
    responsible: str
    due: date | None
    status: str
    evidence: str
    reviewed: date | None


def read_recommendations(
    places: Places, study: Study | None = None
) -> tuple[Recommendation, ...]:
    """The recommendations in the order of the file; none where there is no file.

    With `study`, units and items are held against it. Raises StudyError with every
    fault, by row.
    """
    faults = Faults()
    spot = Spot(faults, places.told(places.recommendations))
    rows = read_ledger(places.recommendations, COLUMNS, spot)
    seen: set[str] = set()
    for row in rows:
        name = row.get("id")
        if name in seen:
            row.spot.fault(f"'id' {name} sudah dipakai.", "beri yang berbeda.")
        seen.add(name or "")
        if study is not None:
            _check_subject(row, study)
    faults.raise_if_any()
    return tuple(Recommendation(**row) for row in rows)


def _check_subject(row: Table, study: Study) -> None:
    units = {unit.id: unit for unit in study.units}
    name, item = row.get("unit"), row.get("item")
    if name and name not in units:
        row.spot.fault(f"unit '{name}' tidak ada.", *nearest(name, units))
    elif name and item and item not in units[name].instrument.keys:
        row.spot.fault(
            f"butir '{item}' tidak ditanyakan di unit {name}.",
            *nearest(item, units[name].instrument.keys),
        )
