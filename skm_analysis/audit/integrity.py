"""Is the edition the one that was made, from the files that are there today?"""

from typing import NamedTuple

from skm_analysis.build import manifest
from skm_analysis.build.manifest import Difference
from skm_analysis.study.places import Places

# What numbers follow from; texts and recommendations may be written on afterwards.
_DATA = ("study.toml", "instruments", "responses", "decisions", "received.csv")

_TOLD = {
    "missing": "hilang",
    "changed": "berubah",
    "added": "bertambah, tidak tercatat",
    "symlink": "diganti tautan",
    "manifest": "tidak ada atau tidak dapat dibaca",
}


class Checked(NamedTuple):
    """How many things were held against the manifest, and what differs."""

    checked: int
    findings: tuple[str, ...]
    notes: tuple[str, ...] = ()


def check_files(places: Places) -> Checked:
    """Every file of the edition by hash; nothing missing, added or linked."""
    found = manifest.differences(places.edition)
    return Checked(_listed(places, "files"), tuple(map(_line, found)))


def check_inputs(places: Places) -> Checked:
    """The study's files as they are today, against those the edition was made from."""
    found = manifest.inputs_changed(places, places.edition)
    data = [each for each in found if _is_data(each)]
    notes = [_line(each) for each in found if each not in data]
    told = manifest.read_manifest(places.edition) or {}
    if told and told.get("code") != manifest.code_hash():
        notes.append("program berubah sejak edisi ini disusun")
    if told and told.get("lock") != manifest.lock_hash():
        notes.append("requirements.lock berubah sejak edisi ini disusun")
    return Checked(_listed(places, "inputs"), tuple(map(_line, data)), tuple(notes))


def check_chain(places: Places) -> Checked:
    """Last year's edition, as this one knew it."""
    told = manifest.read_manifest(places.edition) or {}
    then, now = told.get("previous"), manifest.previous_manifest(places)
    if then is None and now is None:
        return Checked(0, (), ("tidak ada edisi sebelumnya",))
    if then == now:
        return Checked(1, ())
    if then is None:
        return Checked(0, (), ("edisi sebelumnya terbit sesudah edisi ini",))
    if now is None:
        return Checked(1, ("edisi sebelumnya tidak ada lagi",))
    return Checked(1, ("edisi sebelumnya berubah sejak edisi ini disusun",))


def _is_data(found: Difference) -> bool:
    parts = found.path.split("/")
    is_raw = parts[:2] == ["data", "raw"] and len(parts) > 3
    return found.kind == "manifest" or (is_raw and parts[3] in _DATA)


def _line(found: Difference) -> str:
    return f"{found.path}: {_TOLD[found.kind]}"


def _listed(places: Places, table: str) -> int:
    listed = (manifest.read_manifest(places.edition) or {}).get(table)
    return len(listed) if isinstance(listed, dict) else 0
