"""How far the field work is: planned, received, accepted, still short, per unit."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from skm_analysis.estimates.rows import Estimates, make_key
from skm_analysis.study.places import Places
from skm_analysis.study.records import Delivery, Study, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """One unit's field work as it stands. Counts are questionnaires."""

    unit: str
    name: str
    planned: int | None
    required: int  # Krejcie–Morgan for the population served
    received: int
    accepted: int
    set_aside: int
    short: int  # of the planned number, or where none was planned of the required
    straight_lined: float | None  # share of the accepted sheets
    waiting: tuple[str, ...]  # files that have not come yet


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWork:
    """The state of one study's field work.

    `set_aside` counts the independent survey's rows per reason; those of an unknown
    unit stand only here.
    """

    study: str
    title: str
    units: tuple[UnitState, ...]
    set_aside: Mapping[str, int]

    @property
    def waiting(self) -> tuple[str, ...]:
        """Files that have not come yet, each once."""
        return tuple(
            dict.fromkeys(file for unit in self.units for file in unit.waiting)
        )

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "waiting": self.waiting}


def split_arrived(places: Places, study: Study) -> tuple[Study, tuple[Delivery, ...]]:
    """The study with the deliveries that have come, and those still awaited."""
    there = [each for each in study.in_force if (places.raw / each.file).is_file()]
    awaited = tuple(each for each in study.in_force if each not in there)
    return replace(study, deliveries=tuple(there)), awaited


def field_work(study: Study, rows: Estimates, awaited: Sequence[Delivery]) -> FieldWork:
    """The state per unit, from the estimates of what has come so far."""
    return FieldWork(
        study=study.id,
        title=study.title,
        units=tuple(_state(unit, rows, awaited) for unit in study.units),
        set_aside={
            row.category: int(row.value or 0)
            for row in rows.select(scope="city", measure="n_set_aside", part="")
            if row.category
        },
    )


def _state(unit: Unit, rows: Estimates, awaited: Sequence[Delivery]) -> UnitState:
    def value(measure: str) -> float | None:
        row = rows.get(make_key("unit", unit.id, measure))
        return row.value if row else None

    accepted = int(value("n_accepted") or 0)
    required = int(value("n_required") or 0)
    return UnitState(
        unit=unit.id,
        name=unit.name,
        planned=unit.planned,
        required=required,
        received=int(value("n_received") or 0),
        accepted=accepted,
        set_aside=int(value("n_set_aside") or 0),
        short=max(0, (unit.planned or required) - accepted),
        straight_lined=value("straight_lined"),
        waiting=tuple(
            each.file
            for each in awaited
            if each.unit == unit.id or unit.id in each.units.values()
        ),
    )
