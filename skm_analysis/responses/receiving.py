"""All deliveries of a study: as they came, and as people corrected them."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.errors import DeliveryError, StudyError
from skm_analysis.responses.columnar import same
from skm_analysis.responses.correcting import correct, log_corrections
from skm_analysis.responses.delivered_tables import delivered_tables
from skm_analysis.responses.file_kinds import READABLE
from skm_analysis.responses.file_names import refuse_personal_name
from skm_analysis.responses.identity import number_responses
from skm_analysis.responses.labels import BANDS, THEMES, UNKNOWN
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.received import Change, Decided, Received, receive
from skm_analysis.responses.response_numbers import written
from skm_analysis.responses.spelling import fold
from skm_analysis.study.comment_decisions import read_comment_decisions
from skm_analysis.study.corrections import Correction, is_named, read_corrections
from skm_analysis.study.custody import changed_since, read_received
from skm_analysis.study.faults import Faults, plain
from skm_analysis.study.places import Places
from skm_analysis.study.profile_decisions import read_profile_decisions
from skm_analysis.study.records import ALL_SHEETS, Delivery, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One delivery. Without corrections `read` and `delivered` are the same object."""

    read: Received  # with the corrections
    delivered: Received  # as it came
    corrections: tuple[Correction, ...]

    @property
    def readings(self) -> tuple[Received, ...]:
        """Once each."""
        same = self.read is self.delivered
        return (self.read,) if same else (self.read, self.delivered)

    @property
    def corrected_units(self) -> set[str]:
        """The units of the corrected rows, before and after."""
        rows = {each.row for each in self.corrections}
        return {
            unit
            for received in self.readings
            for unit in received.rows.loc[received.rows["row"].isin(rows), "unit"]
        }

    def log(self, study: Study) -> pd.DataFrame:
        return log_corrections(study, self.delivered, self.read, self.corrections)


class Refused(NamedTuple):
    """A file that cannot be used as declared."""

    file: str  # as in study.toml
    message: str


class Taken(NamedTuple):
    """What could be read, and all that is wrong with the rest."""

    receipts: tuple[Receipt, ...]
    refused: tuple[Refused, ...]
    unsound: tuple[str, ...]  # faults of decisions and of `received.csv`


def split_arrived(places: Places, study: Study) -> tuple[Study, tuple[Delivery, ...]]:
    """The study with the deliveries that have come, and those still awaited."""
    there = [each for each in study.in_force if (places.raw / each.file).is_file()]
    awaited = tuple(each for each in study.in_force if each not in there)
    return replace(study, deliveries=tuple(there)), awaited


def receive_all(
    places: Places, study: Study, key: bytes, declared: Study | None = None
) -> list[Receipt]:
    """Read the study's deliveries, each row with its response number.

    The number of a row follows from the row as it came: a correction does not change
    it, and neither do deliveries that have not come. `declared` is the study with
    those, where `study` leaves them out.

    Raises
    ------
    DeliveryError
        Files that are not there, or cannot be read as declared; all of them at once.
    StudyError
        Corrections that fit no cell; all of them at once.
    """
    refuse_missing(places, study)
    taken = receive_sound(places, study, declared or study, key)
    if taken.refused:
        told = [each.message for each in taken.refused]
        raise DeliveryError("\n\n".join([*told, *taken.unsound]))
    if taken.unsound:
        raise StudyError(taken.unsound)
    return list(taken.receipts)


def receive_sound(places: Places, study: Study, declared: Study, key: bytes) -> Taken:
    """As `receive_all` of files that are there, but telling faults beside the rest.

    `declared` is the study with all deliveries, of which `study` may leave out those
    that are awaited: their corrections wait as well. Of a delivery with a correction
    that does not fit, none is applied.
    """
    unsound = Faults()
    corrections = read_corrections(places, declared, unsound)
    decided = _decided(places, unsound)
    received: list[Receipt] = []
    refused: list[Refused] = []
    for delivery in study.in_force:
        try:
            refuse_personal_name(delivery.file)
            tables = delivered_tables(places, declared, delivery)
            _refuse_other_sheets(delivery, tables, corrections)
            received += [
                _receive(
                    table,
                    delivery,
                    name,
                    declared,
                    [each for each in corrections if each.delivery == name],
                    key,
                    decided,
                )
                for name, table in tables.items()
            ]
        except DeliveryError as error:
            refused.append(Refused(delivery.file, f"{error}{_found_by(delivery)}"))
    refused += _delivered_twice([each.delivered for each in received])
    refused += _changed(places, received, unsound)
    gone = {each.file for each in refused}
    sound = [each for each in received if each.read.delivery.file not in gone]
    _number(sound, study, key)
    told = unsound.error().problems if unsound.found else ()
    return Taken(tuple(sound), tuple(refused), told)


def _changed(
    places: Places, received: Sequence[Receipt], unsound: Faults
) -> list[Refused]:
    """Files that are not what came, by `received.csv`."""
    try:
        known = read_received(places)
    except StudyError as error:
        unsound.found += error.problems
        return []
    seen = {each.read.delivery.file: each.read.table.sha256 for each in received}
    return [Refused(*each) for each in changed_since(places, known, seen).items()]


def refuse_missing(places: Places, study: Study) -> None:
    """Raise DeliveryError, telling all declared files that have not come yet."""
    missing = [d.file for d in study.in_force if not (places.raw / d.file).is_file()]
    if missing:
        raise _not_there(places, list(dict.fromkeys(missing)))


def refuse_unsound_decisions(places: Places, study: Study) -> None:
    """Raise StudyError for decisions of people that do not hold, all at once.

    Of the deliveries only those are read that somebody corrected; what is wrong with a
    file itself is told where all of them are read.
    """
    faults = Faults()
    _decided(places, faults)
    read_comment_decisions(places, study, THEMES, faults)
    corrections = read_corrections(places, study, faults)
    for delivery in study.in_force:
        if not any(is_named(study, delivery, x.delivery) for x in corrections):
            continue
        with contextlib.suppress(DeliveryError):
            tables = delivered_tables(places, study, delivery)
            _refuse_other_sheets(delivery, tables, corrections)
            for name, table in tables.items():
                mine = [each for each in corrections if each.delivery == name]
                correct(table, delivery, mine)
    faults.raise_if_any()


def _receive(
    table: RawTable,
    delivery: Delivery,
    name: str,
    study: Study,
    corrections: Sequence[Correction],
    key: bytes,
    decided: Decided,
) -> Receipt:
    delivered = receive(table, delivery, name, study, key, decided)
    if not corrections:
        return Receipt(read=delivered, delivered=delivered, corrections=())
    faults = corrections[0].spot.faults
    before = len(faults.found)
    mended, corrections = correct(table, delivery, corrections)
    if len(faults.found) > before:
        return Receipt(read=delivered, delivered=delivered, corrections=())
    read = receive(mended, delivery, name, study, key, decided)
    counted = tuple(Change(each.target, "corrected", 1) for each in corrections)
    return Receipt(
        read=replace(read, changes=(*read.changes, *counted)),
        delivered=delivered,
        corrections=corrections,
    )


def _found_by(delivery: Delivery) -> str:
    """What to do about a file that lies in a folder and is no delivery."""
    if delivery.pattern is None or delivery.file.lower().endswith(READABLE):
        return ""
    return (
        f"\n  berkas ini termasuk file = {delivery.pattern!r}; bila bukan kiriman, "
        "pindahkan,\n  atau persempit menjadi pola nama seperti folder/*.xlsx."
    )


def _refuse_other_sheets(
    delivery: Delivery,
    tables: Mapping[str, RawTable],
    corrections: Sequence[Correction],
) -> None:
    """Tell corrections of a sheet that is not there, or not read."""
    for each in corrections:
        file = each.delivery.rpartition("#")[0]
        if delivery.sheet != ALL_SHEETS or file != delivery.file:
            continue
        if each.delivery not in tables:
            each.spot.fault(
                f"lembar itu tidak dibaca dari '{plain(delivery.file)}'.",
                f"yang dibaca: {', '.join(map(plain, tables))}",
            )


def _decided(places: Places, faults: Faults) -> Decided:
    decided: dict[str, dict[str, str]] = {}
    for each in read_profile_decisions(places, _DECIDABLE, faults):
        decided.setdefault(each.variable, {})[fold(each.written)] = each.band
    return decided


# A spelling may also be decided to say nothing.
_DECIDABLE = {variable: (*bands, UNKNOWN) for variable, bands in BANDS.items()}


def _number(receipts: Sequence[Receipt], study: Study, key: bytes) -> None:
    rows = [each.delivered.rows for each in receipts]
    numbers = number_responses(key, study, rows)
    for each, mine in zip(receipts, numbers, strict=True):
        responses = pd.array(np.array(written(mine), dtype=object), dtype="str")
        for received in each.readings:
            received.rows["response"] = responses
            received.rows["delivery"] = same(received.name, len(mine)).categorical()


def _delivered_twice(received: list[Received]) -> list[Refused]:
    """Deliveries that hold the same bytes as one before: nobody is counted twice."""
    seen: dict[tuple[str, str, str | None], Received] = {}
    faults = []
    for each in received:
        same = (each.table.sha256, each.table.sheet, each.delivery.unit)
        first = seen.setdefault(same, each)
        if first is not each and each.table.rows:
            message = (
                f"{each.table.file}: isinya sama persis dengan {first.table.file}.\n"
                "  hapus salah satu [[delivery]] dari study.toml, atau letakkan\n"
                "  berkas yang seharusnya."
            )
            faults.append(Refused(each.delivery.file, message))
    return faults


def _not_there(places: Places, files: list[str]) -> DeliveryError:
    listed = "\n".join(f"  {places.told(places.raw / file)}" for file in files)
    return DeliveryError(
        f"{len(files)} berkas kiriman di study.toml belum ada:\n{listed}\n"
        "  letakkan berkasnya di sana, atau perbaiki file di [[delivery]];\n"
        "  draf tanpa berkas itu: pakai --draft;\n"
        "  yang sudah dan belum diterima dapat dilihat\n"
        f"  dengan: skm check {places.study}"
    )
