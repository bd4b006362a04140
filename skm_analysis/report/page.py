"""What a notebook opens: one frozen record with all that its page tells."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from skm_analysis.estimates import tables
from skm_analysis.estimates.rows import Estimates, Row, make_key
from skm_analysis.report.standing import Standing, standing
from skm_analysis.responses.cleaning import Cleaned, clean_study
from skm_analysis.responses.labelled_files import write_labelled
from skm_analysis.responses.receiving import split_arrived
from skm_analysis.responses.storing import (
    Paraphrase,
    is_cleaned,
    read_paraphrases,
    write_cleaned,
)
from skm_analysis.study import places as study_places
from skm_analysis.study.custody import Seen, read_received
from skm_analysis.study.faults import Faults, nearest, plain
from skm_analysis.study.followup import Recommendation, read_recommendations
from skm_analysis.study.history import HistoricFigure, read_history
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import PlanLock, read_lock
from skm_analysis.study.records import Delivery, Study, Unit
from skm_analysis.study.texts import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """One unit's chapter."""

    study: Study
    unit: Unit
    estimates: Estimates
    modes: tuple[str, ...] = ()  # how its deliveries were gathered, where declared
    recommendations: tuple[Recommendation, ...] = ()
    earlier_recommendations: tuple[Recommendation, ...] = ()
    text: str | None = None
    paraphrases: tuple[Paraphrase, ...] = ()  # of comments, approved to be printed
    awaited: tuple[Delivery, ...] = ()  # deliveries that have not come

    @property
    def standing(self) -> Standing:
        return standing(self.estimates, self.unit.id)

    def row(
        self, measure: str, item: str = "", category: str = "", part: str = ""
    ) -> Row | None:
        key = make_key("unit", self.unit.id, measure, item, category, part)
        return self.estimates.get(key)

    def rows(self, measure: str, part: str = "") -> list[Row]:
        return self.estimates.select(
            scope="unit", unit=self.unit.id, measure=measure, part=part
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CityPage:
    """All units side by side."""

    study: Study
    estimates: Estimates
    recommendations: tuple[Recommendation, ...] = ()
    earlier_recommendations: tuple[Recommendation, ...] = ()
    history: tuple[HistoricFigure, ...] = ()
    conclusions: str | None = None
    lock: PlanLock | None = None  # the rules of analysis as frozen, if they were
    awaited: tuple[Delivery, ...] = ()

    def row(self, measure: str, category: str = "", part: str = "") -> Row | None:
        key = make_key("city", "", measure, "", category, part)
        return self.estimates.get(key)

    def of_unit(self, unit: Unit, measure: str, part: str = "") -> Row | None:
        key = make_key("unit", unit.id, measure, part=part)
        return self.estimates.get(key)

    def standing(self, unit: Unit) -> Standing:
        return standing(self.estimates, unit.id)

    def units(self, *standings: Standing) -> tuple[Unit, ...]:
        return tuple(
            unit for unit in self.study.units if self.standing(unit) in standings
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalsPage:
    """What arrived, what was set aside and why; counts only, never an answer."""

    study: Study
    deliveries: pd.DataFrame
    set_aside: pd.DataFrame
    changes: pd.DataFrame
    corrections: pd.DataFrame
    profiles: pd.DataFrame
    received: tuple[Seen, ...] = ()  # the chain of custody
    awaited: tuple[Delivery, ...] = ()


def arrivals(study: str = "") -> ArrivalsPage:
    """Clean the deliveries anew, write the working tables, and tell what came.

    What has not come is told as awaited on every page; `run` refuses it, but for a
    draft. Estimates made from the tables before are removed, so that none outlive them.
    """
    places = study_places.find(study)
    record = load_study(places)
    cleaned = _clean(places, record)
    return ArrivalsPage(
        study=record,
        deliveries=cleaned.deliveries,
        set_aside=cleaned.set_aside,
        changes=cleaned.changes,
        corrections=cleaned.corrections,
        profiles=cleaned.profiles,
        received=read_received(places),
        awaited=awaited(places, record),
    )


def calculated(study: str = "") -> CityPage:
    """Estimate anew from the working tables, write the estimates, and open the city."""
    places = study_places.find(study)
    record = load_study(places)
    if not is_cleaned(places):
        _clean(places, record)
    return city_of(places, record, tables.make(places))


def city(study: str = "") -> CityPage:
    """All units; of the newest study if none is named."""
    places = _ready(study)
    return city_of(places, load_study(places), tables.load(places))


def unit(study: str = "", unit: str = "") -> UnitPage:
    """The page of `unit`, or of the first unit; of the newest study if none is named.

    Raises StudyError where the study has no such unit, naming those that it has.
    """
    places = _ready(study)
    record = load_study(places)
    found = _find_unit(record, unit)
    return UnitPage(
        study=record,
        unit=found,
        estimates=tables.load(places),
        modes=modes_of(record, found),
        recommendations=_of_unit(read_recommendations(places), found),
        earlier_recommendations=_of_unit(_earlier(places, record), found),
        text=read_text(places, f"units/{found.id}"),
        paraphrases=read_paraphrases(places, found.id),
        awaited=awaited(places, record),
    )


def _ready(study: str) -> Places:
    """The study's places; its working tables are made first if they are not there."""
    places = study_places.find(study)
    if not (places.processed / tables.NAME).is_file():
        if not is_cleaned(places):
            _clean(places, load_study(places))
        tables.make(places)
    return places


def _clean(places: Places, study: Study) -> Cleaned:
    cleaned = clean_study(places, study, partial=True)
    (places.processed / tables.NAME).unlink(missing_ok=True)
    write_cleaned(places, study, cleaned)
    write_labelled(places, study, cleaned.accepted)
    return cleaned


def city_of(places: Places, study: Study, estimates: Estimates) -> CityPage:
    """The city from what is at hand, without looking for it."""
    return CityPage(
        study=study,
        estimates=estimates,
        recommendations=read_recommendations(places),
        earlier_recommendations=_earlier(places, study),
        history=read_history(places),
        conclusions=read_text(places, "conclusions"),
        lock=read_lock(places),
        awaited=awaited(places, study),
    )


def awaited(places: Places, study: Study) -> tuple[Delivery, ...]:
    return split_arrived(places, study)[1]


def _find_unit(study: Study, unit_id: str) -> Unit:
    known: Mapping[str, Unit] = {unit.id: unit for unit in study.units}
    if unit_id and unit_id not in known:
        faults = Faults()
        faults.add(
            f"data/raw/{study.id}/study.toml",
            f"unit '{plain(unit_id)}' tidak ada.",
            *nearest(unit_id, known),
            "perbaiki isi unit pada sel kode yang pertama, lalu jalankan semua sel.",
        )
        raise faults.error()
    return known[unit_id] if unit_id else study.units[0]


def modes_of(study: Study, unit: Unit) -> tuple[str, ...]:
    """How the unit's independent answers were gathered, where it is declared."""
    found = [
        delivery.mode
        for delivery in study.in_force
        if delivery.mode
        and delivery.source == "external"
        and unit in study.units_of(delivery)
    ]
    return tuple(dict.fromkeys(found))


def _earlier(places: Places, study: Study) -> tuple[Recommendation, ...]:
    if study.previous is None:
        return ()
    return tuple(read_recommendations(places.other(study.previous)))


def _of_unit(
    records: tuple[Recommendation, ...], unit: Unit
) -> tuple[Recommendation, ...]:
    return tuple(record for record in records if record.unit == unit.id)
