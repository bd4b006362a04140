"""The city's chapter: which units can be compared with which, and by what."""

from typing import NamedTuple

from skm_analysis.report.elements import Absent, Column, Line, Table
from skm_analysis.report.numbers import stated
from skm_analysis.report.page import CityPage, modes_of
from skm_analysis.report.wording import MODES, line, listing
from skm_analysis.study.records import Instrument, Unit

_NOTE = (
    "Unit dalam satu baris dapat dibandingkan menurut indeks dan menurut unsur. Unit "
    "pada baris yang berbeda dengan skala yang sama dibandingkan menurut indeks saja; "
    "perbedaan kecil dapat berasal dari pertanyaan atau cara pengumpulannya. Unit "
    "dengan skala yang berbeda tidak dibandingkan."
)


class _Alike(NamedTuple):
    """What units must share to stand in one line."""

    asked: frozenset[tuple[str, object]]
    scale: tuple[int, int]
    modes: tuple[str, ...]


def comparable_units(page: CityPage) -> Table | Absent:
    """One line per questionnaire, scale and way of gathering, with its units."""
    found: dict[_Alike, list[Unit]] = {}
    for unit in page.study.units:
        found.setdefault(_alike(page, unit), []).append(unit)
    if len(page.study.units) < 2:
        return Absent("Hanya ada satu unit.")
    return Table(
        "tab-kota-sebanding",
        ("Unit yang pertanyaan, skala, dan cara pengumpulan jawabannya sama",),
        (
            Column("Kuesioner", width=2.2),
            Column("Skala", "center", 0.6),
            Column("Cara pengumpulan", width=1.3),
            Column("Unit", width=3.6),
        ),
        tuple(_line(alike, units) for alike, units in found.items()),
        notes=((_NOTE,),),
    )


def _alike(page: CityPage, unit: Unit) -> _Alike:
    instrument = unit.instrument
    return _Alike(
        frozenset((item.key, item.weight) for item in instrument.items),
        instrument.scale,
        tuple(sorted(modes_of(page.study, unit))),
    )


def _line(alike: _Alike, units: list[Unit]) -> tuple[Line, ...]:
    titles = dict.fromkeys(unit.instrument.title for unit in units)
    ways = [MODES[mode] for mode in alike.modes]
    return (
        ("; ".join(titles),),
        _scale(units[0].instrument),
        listing(ways) if ways else ("tidak dinyatakan",),
        listing([unit.name for unit in units]),
    )


def _scale(instrument: Instrument) -> Line:
    key = f"study.instrument.{instrument.id}"
    lowest, highest = instrument.scale
    return line(stated(f"{key}.lowest", lowest), "–", stated(f"{key}.highest", highest))
