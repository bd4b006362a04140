"""`history.csv`: earlier figures known only as printed, each with its source."""

from dataclasses import dataclass
from decimal import Decimal

from skm_analysis.study.faults import Faults, Spot
from skm_analysis.study.kinds import (
    NAME,
    WRITTEN_COUNT,
    WRITTEN_YEAR,
    identifier,
    one_of,
    pattern,
)
from skm_analysis.study.ledgers import read_ledger
from skm_analysis.study.places import Places
from skm_analysis.study.tables import Schema, Table, needed, optional

CITY_FIGURES = ("ikm_mean_of_units", "ikm_pooled", "ikm_population_weighted")
OF_ITEM = ("nrr", "sum")
MEASURES = ("ikm", *OF_ITEM, "grade", *CITY_FIGURES)

_LETTER = "[A-D]"
_NUMBER = r"\d{1,6}([.,]\d{1,6})?"

COLUMNS: Schema = {
    "year": needed(WRITTEN_YEAR),
    "unit": optional(identifier(), ""),
    "measure": needed(one_of(*MEASURES)),
    "item": optional(identifier(), ""),
    "printed": needed(
        pattern(f"{_NUMBER}|{_LETTER}", "angka seperti 84,80, atau huruf mutu A-D")
    ),
    "n": optional(WRITTEN_COUNT),
    "instrument": needed(NAME),
    "source": needed(NAME),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricFigure:
    """A figure as it was printed. An empty `unit` means the city."""

    year: int
    unit: str
    measure: str
    item: str
    printed: str
    n: int | None
    instrument: str
    source: str

    @property
    def value(self) -> Decimal | None:
        """The printed number; None for a letter."""
        if self.measure == "grade":
            return None
        return Decimal(self.printed.replace(",", "."))


def read_history(places: Places) -> tuple[HistoricFigure, ...]:
    """Oldest first; none where there is no file. Raises StudyError, by row."""
    faults = Faults()
    spot = Spot(faults, places.told(places.history))
    rows = read_ledger(places.history, COLUMNS, spot)
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        _check_printed(row)
        subject = tuple(row.get(key) for key in ("year", "unit", "measure", "item"))
        if subject in seen:
            row.spot.fault("angka ini sudah ada pada baris lain.", "hapus satu.")
        seen.add(subject)
    faults.raise_if_any()
    return tuple(
        sorted((HistoricFigure(**row) for row in rows), key=lambda each: each.year)
    )


def _check_printed(row: Table) -> None:
    printed, measure = row.get("printed"), row.get("measure")
    if printed and measure and printed.isalpha() != (measure == "grade"):
        row.spot.fault(
            "'printed' tidak sesuai dengan 'measure'.",
            "yang diharapkan: huruf mutu untuk grade, selain itu angka",
        )
    if measure and (measure in OF_ITEM) != bool(row.get("item")):
        row.spot.fault("'item' diisi untuk nrr dan sum, dan hanya untuk keduanya.")
