"""The thirty units of the study."""

from kelurahan import EAST, WEST
from offices import HEALTH, OFFICES
from unit import Unit

_ALL = (*WEST, *EAST, *HEALTH, *OFFICES)


def units(year: int) -> tuple[Unit, ...]:
    """The units surveyed in `year`; one of them was not in 2020."""
    return tuple(unit for unit in _ALL if unit.cohort(year))
