"""`decisions/corrections.csv`: what people mended in a delivery, each with its reason.

The raw files stay as they came. A correction names a cell and says what stands there,
so that it can never fall on another cell than the one that was checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from skm_analysis.study.faults import Faults, Spot, nearest, plain
from skm_analysis.study.kinds import (
    NAME,
    WRITTEN,
    WRITTEN_DAY,
    unrepeated,
    written_whole,
)
from skm_analysis.study.ledgers import read_ledger
from skm_analysis.study.places import Places
from skm_analysis.study.records import ALL_SHEETS, Delivery, Study
from skm_analysis.study.tables import Schema, Table, needed, optional

_MOST = 1000  # characters of a cell
_LAST_ROW = 100_000_000
_ROLES = (
    *("unit_column", "id_column", "stratum_column", "serial_column"),
    *("cluster_column", "period_column"),
)

ANSWER = "answer of a line"  # no key of a study has spaces

# Blank or not, as it stands in the file.
CELL = unrepeated("isi sel seperti pada berkasnya", _MOST)

COLUMNS: Schema = {
    "delivery": needed(NAME),
    "row": needed(written_whole(1, _LAST_ROW)),
    "column": needed(WRITTEN),
    "old": optional(CELL, ""),
    "new": optional(CELL, ""),
    "reason": needed(WRITTEN),
    "by": needed(NAME),
    "on": needed(WRITTEN_DAY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One cell of a delivery that reads otherwise than it came.

    `delivery` as the tables call it (the file, with #SHEET where several deliveries lie
    in one file); `row` as Excel shows it; `column` the header in the file; an empty
    `old` or `new` is a blank cell. `target` is what the column holds: an item key,
    `importance.KEY`, a profile variable, a key of [[delivery]] such as `id_column`, or
    in long form `ANSWER`, of which the row tells the item.
    """

    spot: Spot  # the line of corrections.csv
    delivery: str
    row: int
    column: str
    target: str
    old: str
    new: str
    reason: str
    by: str
    on: date


def delivery_name(study: Study, delivery: Delivery) -> str:
    """The file, with its sheet where several deliveries lie in one file.

    Where all its sheets are read, each has a name with its own in place of the *.
    """
    several = delivery.sheet == ALL_SHEETS
    shared = sum(each.file == delivery.file for each in study.deliveries) > 1
    if several or shared:
        return f"{delivery.file}#{delivery.sheet or ''}"
    return delivery.file


def delivery_named(study: Study, name: str) -> Delivery | None:
    """The delivery in force of which `name` is the file or one of its sheets."""
    return next((x for x in study.in_force if is_named(study, x, name)), None)


def is_named(study: Study, delivery: Delivery, name: str) -> bool:
    if delivery.sheet == ALL_SHEETS:
        return name.rpartition("#")[0] == delivery.file
    return name == delivery_name(study, delivery)


def read_corrections(
    places: Places, study: Study, faults: Faults
) -> tuple[Correction, ...]:
    """The sound corrections in the order of the file; none where there is no file.

    What is not sound is told to `faults`, by row. Whether the cells are there and hold
    what is said of them is asked where the deliveries are read.
    """
    spot = Spot(faults, places.told(places.corrections))
    known = {delivery_name(study, each): each for each in study.in_force}
    gone = {delivery_name(study, each) for each in study.deliveries} | {
        each.replaces for each in study.deliveries if each.replaces
    }
    seen: set[tuple[object, ...]] = set()
    found = []
    for line in read_ledger(places.corrections, COLUMNS, spot):
        if correction := _correction(line, known, gone):
            cell = (correction.delivery, correction.row, correction.target)
            if cell in seen:
                line.spot.fault("sel ini sudah dibetulkan pada baris lain.", _ONE)
            seen.add(cell)
            found.append(correction)
    return tuple(found)


_ONE = "hapus salah satu: satu sel dibetulkan satu kali."


def _correction(
    line: Table, known: Mapping[str, Delivery], gone: set[str]
) -> Correction | None:
    target = _target(line, known, gone)
    if "old" in line and "new" in line and _same(line["old"], line["new"]):
        line.spot.fault(
            "'old' dan 'new' sama.", "isi 'new' dengan nilai yang benar, atau hapus."
        )
        return None
    if target is None or len(line) < len(COLUMNS):
        return None
    return Correction(spot=line.spot, target=target, **line)


def _same(old: str, new: str) -> bool:
    return old.split() == new.split()


def _target(line: Table, known: Mapping[str, Delivery], gone: set[str]) -> str | None:
    """What the named column holds; tells an unknown delivery or column."""
    name, column = line.get("delivery"), line.get("column")
    if name is None or column is None:
        return None
    of_all_sheets = f"{name.rpartition('#')[0]}#{ALL_SHEETS}"
    delivery = known.get(name) or known.get(of_all_sheets)
    if delivery is None:
        if name in gone:
            line.spot.fault(
                f"berkas '{plain(name)}' sudah digantikan dan tidak dibaca.",
                "hapus baris ini, atau betulkan berkas penggantinya.",
            )
        else:
            line.spot.fault(
                f"berkas '{plain(name)}' tidak ada pada [[delivery]].",
                *nearest(name, known),
            )
        return None
    targets = _targets(delivery)
    found = targets.get(_folded(column))
    if found is None:
        headers = dict.fromkeys(header for header, _ in _headers(delivery))
        line.spot.fault(
            f"kolom '{plain(column)}' tidak dibaca dari berkas itu.",
            *nearest(column, headers),
        )
    return found


def _targets(delivery: Delivery) -> dict[str, str]:
    """Folded header -> what is read there first of all."""
    found: dict[str, str] = {}
    for header, target in _headers(delivery):
        found.setdefault(_folded(header), target)
    return found


def _headers(delivery: Delivery) -> list[tuple[str, str]]:
    """The columns that are read, with what they hold; a citizen's words are not."""
    roles = [(getattr(delivery, role), role) for role in _ROLES]
    answers = [delivery.long.answer] if delivery.long else []
    return [
        *((header, key) for key, header in delivery.columns.items()),
        *((header, f"importance.{key}") for key, header in delivery.importance.items()),
        *((header, variable) for variable, header in delivery.profile.items()),
        *((header, role) for header, role in roles if header),
        *((header, ANSWER) for header in answers),
    ]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
