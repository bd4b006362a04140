"""`plan.lock`: the rules of analysis as they stood when they were frozen.

The file holds no date: its evidence is when it was committed or handed over, and the
digest that `skm plan --freeze` prints. It is sealed against slips, not against intent:
whoever edits it can work out a new digest.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from skm_analysis.errors import StudyError, cause
from skm_analysis.study.documents import read_document
from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.frozen_rules import Rules, rules_of
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study
from skm_analysis.study.toml_writing import toml

_HEAD = """\
# Aturan analisis studi {study}, dibekukan oleh program. Jangan disunting: perubahan
# ditulis di study.toml dan instruments/; laporan menyebutnya beserta pengaruhnya.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLock:
    """What was frozen. `rules` is the file's document, as TOML gives it."""

    received: int  # delivered files that were already there: 0 before any data came
    digest: str
    rules: Rules


class Frozen(NamedTuple):
    """What `freeze` did: wrote it, found it the same, or wrote it anew before data."""

    path: Path
    state: Literal["frozen", "same", "renewed"]
    lock: PlanLock


def freeze(places: Places, study: Study) -> Frozen:
    """Write the study's rules to `plan.lock`.

    Raises
    ------
    StudyError
        There is a lock with other rules and data have come since; or the file is
        damaged, or cannot be written.
    """
    before = read_lock(places)
    rules = rules_of(study)
    if before and before.rules == rules:
        return Frozen(places.plan_lock, "same", before)
    received = len(_arrived(places, study))
    where = places.told(places.plan_lock)
    if before and received:
        raise StudyError(
            [
                f"{where}: sudah ada, dengan aturan yang lain, dan {received} berkas "
                "kiriman sudah diterima.\n"
                "  aturan yang dibekukan sebelum data datang tidak diganti;\n"
                "  perubahan sesudahnya disebut dalam laporan beserta pengaruhnya."
            ]
        )
    head = {"format": 1, "study": study.id, "received": received}
    digest = _digest(head, rules)
    text = _HEAD.format(study=study.id) + toml({**head, "digest": digest, **rules})
    _write(places, text)
    state: Literal["frozen", "renewed"] = "renewed" if before else "frozen"
    lock = PlanLock(received=received, digest=digest, rules=rules)
    return Frozen(places.plan_lock, state, lock)


def read_lock(places: Places) -> PlanLock | None:
    """The frozen rules; None where nothing was frozen.

    Raises StudyError where the file is not as it was written.
    """
    if not os.path.lexists(places.plan_lock):
        return None
    faults = Faults()
    spot = Spot(faults, plain(places.told(places.plan_lock)))
    document = read_document(places.plan_lock, spot)
    if document is None:
        raise faults.error()
    head = {name: document.pop(name, None) for name in ("format", "study", "received")}
    digest = document.pop("digest", None)
    if head["study"] != places.study:
        spot.fault(
            "bukan dari studi ini.",
            "hapus berkasnya, lalu bekukan lagi dengan: "
            f"skm plan {places.study} --freeze",
        )
    elif digest != _digest(head, document):
        spot.fault(
            "isinya berubah sejak dibekukan.",
            "kembalikan berkas aslinya, misalnya dari riwayat git.",
        )
    faults.raise_if_any()
    return PlanLock(received=head["received"], digest=digest, rules=document)


def _digest(head: Mapping[str, Any], rules: Rules) -> str:
    try:
        told = {name: each for name, each in head.items() if each is not None}
        text = toml({**told, **rules})
    except TypeError:  # a kind of value that is never written here
        return ""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _arrived(places: Places, study: Study) -> set[Path]:
    """Delivered files that are there, declared or not."""
    declared = {places.raw / each.file for each in study.deliveries}
    lying = places.responses.rglob("*") if places.responses.is_dir() else ()
    return {
        path
        for path in declared | set(lying)
        if path.is_file() and not path.name.startswith(".")
    }


def _write(places: Places, text: str) -> None:
    """All of it or nothing."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".plan-", dir=places.raw)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            temporary.chmod(0o644)
            temporary.replace(places.plan_lock)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise StudyError(
            [
                f"{places.told(places.plan_lock)}: tidak dapat ditulis "
                f"({cause(error)}).\n"
                "  periksa izin tulis dan sisa ruang penyimpanan."
            ]
        ) from error
