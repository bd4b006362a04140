"""The study folder as one record, or every fault of its files at once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from skm_analysis.study import agreement
from skm_analysis.study.delivered_files import expand
from skm_analysis.study.deliveries import check_deliveries
from skm_analysis.study.documents import read_document
from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.instruments import read_instruments
from skm_analysis.study.places import Places
from skm_analysis.study.records import (
    Cleaning,
    Delivery,
    ExcludedRows,
    Instrument,
    LongForm,
    Period,
    Plan,
    Signatory,
    Study,
    Target,
    TrialRows,
    Unit,
)
from skm_analysis.study.schema import STUDY_FILE, STUDY_NAME
from skm_analysis.study.sound_part import keep_sound
from skm_analysis.study.tables import Table, read_table


def load_study(places: Places) -> Study:
    """Read `study.toml` and the instruments.

    Raises
    ------
    StudyError
        With all faults: each names file, table and key, what was expected, and the
        nearest right name. A delivery whose file has not come is not a fault.
    """
    faults = Faults()
    instruments = read_instruments(places, faults)
    document = _read_study_file(places, instruments, faults)
    if document is None or faults.found:
        raise faults.error()
    sound = {name: each for name, each in instruments.items() if each is not None}
    return _study(places, document, sound)


class Loaded(NamedTuple):
    """What a study folder says as far as it is sound, and what is not."""

    study: Study | None  # without units and deliveries at fault; None: too little left
    faults: tuple[str, ...]
    left_out: frozenset[str] = frozenset()  # ids of units, files of deliveries


def load_sound(places: Places) -> Loaded:
    """As `load_study`, but telling the faults beside what can be used nonetheless."""
    faults = Faults()
    instruments = read_instruments(places, faults)
    document = _read_study_file(places, instruments, faults)
    told = faults.error().problems if faults.found else ()
    if document is None:
        return Loaded(None, told)
    sound = {name: each for name, each in instruments.items() if each is not None}
    if not told:
        return Loaded(_study(places, document, sound), ())
    before = _named(document)
    if not keep_sound(document, sound, faults):
        return Loaded(None, told)
    left_out = before - _named(document)
    return Loaded(_study(places, document, sound), told, left_out)


def _named(document: Table) -> frozenset[str]:
    """Ids of units and files of deliveries, as far as they can be read."""
    units = {unit.get("id", "") for unit in document.get("unit", ())}
    return frozenset(
        units | {each.get("file", "") for each in document.get("delivery", ())}
    )


def _read_study_file(
    places: Places, instruments: Mapping[str, Instrument | None], faults: Faults
) -> Table | None:
    spot = Spot(faults, plain(places.told(places.study_file)))
    STUDY_NAME.read(places.study, spot, "nama folder studi")
    found = read_document(places.study_file, spot)
    if found is None:
        return None
    document = read_table(found, STUDY_FILE, spot)
    agreement.check_study(document, places)
    agreement.check_units(document, instruments)
    check_deliveries(document, instruments, places)
    return document


def _study(
    places: Places, document: Table, instruments: Mapping[str, Instrument]
) -> Study:
    target = document["target"]
    return Study(
        id=places.study,
        **document["study"],
        target=None if target is None else Target(**target),
        plan=Plan(**document["plan"]),
        cleaning=Cleaning(**document["cleaning"]),
        signatories=tuple(Signatory(**each) for each in document["signatory"]),
        periods=tuple(Period(**each) for each in document["period"]),
        units=tuple(
            Unit(**{**_values(each), "instrument": instruments[each["instrument"]]})
            for each in document["unit"]
        ),
        deliveries=expand(places.raw, map(_delivery, document["delivery"])),
        instruments=instruments,
    )


def _delivery(table: Table) -> Delivery:
    values = _values(table)
    values["received_from"] = values.pop("from")
    for section in ("columns", "profile"):
        columns: Mapping[str, tuple[str, ...]] = values[section]
        named = {key: headers for key, headers in columns.items() if headers}
        values[section] = {key: first for key, (first, *_) in named.items()}
        values[f"further_{section}"] = {
            key: (*others,) for key, (_, *others) in named.items() if others
        }
    if values["long"] is not None:
        values["long"] = LongForm(**values["long"])
    values["trials"] = tuple(TrialRows(**each) for each in values.pop("test"))
    values["excluded"] = tuple(ExcludedRows(**each) for each in values.pop("exclude"))
    return Delivery(**values)


def _values(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table and those in it as plain dicts, which no longer know where they stood."""
    return {
        key: _values(value) if isinstance(value, dict) else value
        for key, value in table.items()
    }
