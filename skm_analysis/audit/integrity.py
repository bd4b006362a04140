"""Is the edition the one that was made, from the files that are there today?"""

from skm_analysis.audit.step import Step, dotted
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


def check_files(places: Places) -> Step:
    """Every file of the edition by hash; nothing missing, added or linked."""
    found = manifest.differences(places.edition)
    many = _listed(places, "files")
    return Step(
        "files",
        "keutuhan berkas",
        f"sidik {dotted(many)} berkas edisi dicocokkan dengan manifes",
        {"files": many, "differences": len(found)},
        tuple(map(_line, found)),
    )


def check_inputs(places: Places) -> Step:
    """The study's files as they are today, against those the edition was made from."""
    found = manifest.inputs_changed(places, places.edition)
    data = [each for each in found if _is_data(each)]
    notes = [_line(each) for each in found if each not in data]
    told = manifest.read_manifest(places.edition) or {}
    if told and told.get("code") != manifest.code_hash():
        notes.append("program berubah sejak edisi ini disusun")
    if told and told.get("lock") != manifest.lock_hash():
        notes.append("requirements.lock berubah sejak edisi ini disusun")
    many = _listed(places, "inputs")
    return Step(
        "inputs",
        "masukan",
        f"sidik {dotted(many)} berkas masukan dicocokkan dengan manifes",
        {"inputs": many, "differences": len(data), "notes": len(notes)},
        tuple(map(_line, data)),
        tuple(notes),
    )


def check_chain(places: Places) -> Step:
    """Last year's edition, as this one knew it."""
    told = manifest.read_manifest(places.edition) or {}
    then, now = told.get("previous"), manifest.previous_manifest(places)
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    if then is None and now is None:
        notes = ("tidak ada edisi sebelumnya",)
    elif then is None:
        notes = ("edisi sebelumnya terbit sesudah edisi ini",)
    elif now is None:
        findings = ("edisi sebelumnya tidak ada lagi",)
    elif then != now:
        findings = ("edisi sebelumnya berubah sejak edisi ini disusun",)
    many = int(then is not None)
    return Step(
        "editions",
        "rantai edisi",
        f"{many} manifes edisi sebelumnya dicocokkan",
        {"editions": many, "differences": len(findings)},
        findings,
        notes,
    )


def _is_data(found: Difference) -> bool:
    parts = found.path.split("/")
    is_raw = parts[:2] == ["data", "raw"] and len(parts) > 3
    return found.kind == "manifest" or (is_raw and parts[3] in _DATA)


def _line(found: Difference) -> str:
    return f"{found.path}: {_TOLD[found.kind]}"


def _listed(places: Places, table: str) -> int:
    listed = (manifest.read_manifest(places.edition) or {}).get(table)
    return len(listed) if isinstance(listed, dict) else 0
