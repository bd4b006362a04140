"""How far the field work is: what came of each unit, and what is odd about it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

MOST_ASIDE = 1_000  # rows that are told one by one


class Fault(NamedTuple):
    """What has to be mended before a run; `message` is the whole text shown."""

    kind: str  # configuration, decision, delivery
    message: str
    file: str = ""  # of a delivery, relative to the study folder


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody should look at; a run goes on nonetheless."""

    kind: str
    unit: str = ""  # id
    file: str = ""  # the delivery as the tables call it
    count: int = 0
    of: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeResult:
    """What an office worked out itself, beside ours, in index points."""

    theirs: float
    ours: float | None  # None: of too few sheets to be told
    difference: float | None
    items_apart: int | None  # items whose means differ; None: it printed no means
    flags: tuple[str, ...]  # say what explains it


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """One unit's field work as it stands. Counts are questionnaires.

    Of the independent survey, or of the unit's own where there is no other.
    """

    unit: str
    name: str
    source: str
    planned: int | None
    required: int  # Krejcie–Morgan for the population served; all of it in a census
    census: bool
    received: int
    accepted: int
    set_aside: int
    reasons: Mapping[str, int]  # why rows were set aside
    short: int  # of the planned number, or where none was planned of the required
    blanks: Mapping[str, int]  # item -> accepted sheets that leave it out
    blank_share: float | None  # of all answers on the accepted sheets
    straight_lined: float | None  # share of the accepted sheets
    same_answers: float | None  # share of the accepted sheets that have a twin
    repeated: int  # rows set aside because their respondent came before
    office: OfficeResult | None
    waiting: tuple[str, ...]  # files that have not come yet
    refused: tuple[str, ...]  # files that cannot be used
    standing: tuple[str, ...] = ()  # why it does not enter the city's figures


class AsideRow(NamedTuple):
    """One row that is set aside, told by its place alone."""

    file: str  # as the tables call it
    row: int  # as Excel shows it
    reason: str
    items: tuple[str, ...]  # whose answers are no score, where that is the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryState:
    """One delivered file that can be read."""

    file: str  # as the tables call it
    source: str
    rows_read: int
    accepted: int
    set_aside: int
    repeated_id: int
    repeated_row: int
    excluded: int  # rows that the office asked to leave out
    excluded_for: tuple[str, ...]  # why, in its words
    first_day: str  # of all rows read, as YYYY-MM-DD; "" where none tells its day
    last_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWork:
    """The state of one study's field work.

    `set_aside` counts the independent survey's rows per reason; those of an unknown
    unit stand only here.
    """

    study: str
    title: str
    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...] = ()
    units: tuple[UnitState, ...] = ()
    deliveries: tuple[DeliveryState, ...] = ()
    set_aside: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)  # key -> label, of all
    aside: tuple[AsideRow, ...] = ()  # the first ones, see `MOST_ASIDE`
    left_out: tuple[str, ...] = ()  # units and files whose description is at fault
    page: str = ""  # where the same stands to be read, relative to the root

    @property
    def waiting(self) -> tuple[str, ...]:
        """Files that have not come yet, each once."""
        return each_once(file for unit in self.units for file in unit.waiting)

    @property
    def refused(self) -> tuple[str, ...]:
        return each_once(fault.file for fault in self.faults if fault.file)

    @property
    def totals(self) -> dict[str, int]:
        """Over the study; rows of all sources, those of unknown units included."""
        return {
            "units": len(self.units),
            "delivered": sum(unit.received > 0 for unit in self.units),
            "files": len(self.deliveries),
            "waiting": len(self.waiting),
            "refused": len(self.refused),
            "rows_read": sum(each.rows_read for each in self.deliveries),
            "accepted": sum(each.accepted for each in self.deliveries),
            "set_aside": sum(each.set_aside for each in self.deliveries),
            "faults": len(self.faults),
            "findings": len(self.findings),
        }

    def as_json(self) -> dict[str, object]:
        return {
            **asdict(self),
            "faults": [fault._asdict() for fault in self.faults],
            "aside": [row._asdict() for row in self.aside],
            "waiting": self.waiting,
            "refused": self.refused,
            "totals": self.totals,
            "ok": not self.faults,
        }


def each_once(files: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(files))
