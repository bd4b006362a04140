"""What an edition was made of and what it holds, by hash; no clock, host or user."""

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

import skm_analysis
from skm_analysis.errors import PublishError
from skm_analysis.responses.labelled_files import FOLDER as LABELLED
from skm_analysis.study.digests import sha256
from skm_analysis.study.places import Places

NAME = "manifest.json"

# The key of the response numbers, and the ways back to a citizen, are in no list.
_SECRET_INPUTS = {"secret"}
_PRIVATE_TABLES = {"crosswalk.csv", "comments.csv"}

_TOLD_PACKAGES = (
    "matplotlib",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "pypandoc_binary",
    "scipy",
    "skm_analysis",
    "typst",
    "xlsxwriter",
)


class Entry(NamedTuple):
    sha256: str
    bytes: int


class Difference(NamedTuple):
    """One way in which a folder is not what its manifest says."""

    path: str
    kind: Literal["missing", "changed", "added", "symlink", "manifest"]


def fingerprint(places: Places) -> str:
    """The hash of everything that an edition's content follows from.

    Inputs (of the study and of the one it is compared with), notebooks, code, lock
    file and working tables. It is printed on the report's last page, so it is taken
    before the report is put together.
    """
    return _digest(
        {
            "inputs": _inputs(places),
            "code": code_hash(),
            "lock": lock_hash(),
            "tables": _tables(places.processed),
        }
    )


def _tables(processed: Path) -> dict[str, dict[str, object]]:
    """The working tables; not their labelled copies, which libraries may compress."""
    entries = _entries(processed, skip=_PRIVATE_TABLES)
    copies = f"{LABELLED}/"
    return {name: each for name, each in entries.items() if not name.startswith(copies)}


def write_manifest(
    places: Places, stage: Path, told: str, *, draft: bool = False
) -> None:
    """List every file of `stage`; the last file that is written into it.

    Parameters
    ----------
    places
        Of the study.
    stage
        The finished edition, still beside the published one.
    told
        The fingerprint that was printed in the report.
    draft
        Whether the report is one.

    Raises
    ------
    PublishError
        The fingerprint is not that any more: something changed meanwhile.
    """
    if fingerprint(places) != told:
        raise PublishError(
            f"Masukan studi {places.study} berubah selama laporan disusun.\n"
            "  yang diharapkan: data/raw, notebooks, dan program tetap sampai selesai\n"
            "  jalankan kembali; edisi sebelumnya tidak diubah."
        )
    written = {
        "format": 1,
        "study": places.study,
        "fingerprint": told,
        "draft": draft,
        "previous": previous_manifest(places),
        "inputs": _inputs(places),
        "code": code_hash(),
        "lock": lock_hash(),
        "versions": versions(),
        "files": _entries(stage, skip={NAME}),
    }
    (stage / NAME).write_bytes(_json(written))


def read_manifest(folder: Path) -> Mapping[str, object] | None:
    """The manifest of an edition; None if there is none or it cannot be read."""
    try:
        manifest = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    readable = isinstance(manifest, dict) and isinstance(manifest.get("files"), dict)
    return manifest if readable else None


def differences(folder: Path) -> list[Difference]:
    """Where the files of `folder` are not those of its manifest, by path."""
    manifest = read_manifest(folder)
    if manifest is None:
        return [Difference(NAME, "manifest")]
    listed: dict[str, dict[str, object]] = manifest["files"]  # type: ignore[assignment]
    found: list[Difference] = []
    there: set[str] = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.append(Difference(name, "symlink"))
        elif path.is_dir() or name == NAME:
            continue
        elif name not in listed:
            found.append(Difference(name, "added"))
        elif _entry(path)._asdict() != listed[name]:
            found.append(Difference(name, "changed"))
        there.add(name)
    found += [Difference(name, "missing") for name in sorted(set(listed) - there)]
    return found


def inputs_changed(places: Places, edition: Path) -> list[Difference]:
    """Where today's inputs are not those that `edition` was made from."""
    manifest = read_manifest(edition)
    if manifest is None:
        return [Difference(NAME, "manifest")]
    then: dict[str, dict[str, object]] = manifest["inputs"]  # type: ignore[assignment]
    now = _inputs(places)
    names = sorted(then.keys() | now.keys())
    return [
        Difference(
            name,
            "missing"
            if name not in now
            else "added"
            if name not in then
            else "changed",
        )
        for name in names
        if then.get(name) != now.get(name)
    ]


def code_hash() -> str:
    """Of every file of the package."""
    return _digest(_entries(Path(skm_analysis.__file__).parent))


def lock_hash() -> str | None:
    """Of `requirements.lock`; None where the package stands without its project."""
    lock = Path(skm_analysis.__file__).parents[1] / "requirements.lock"
    return _entry(lock).sha256 if lock.is_file() else None


def versions() -> dict[str, str]:
    """Python and the packages whose version can show in an edition."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"python": python} | {
        name: metadata.version(name) for name in _TOLD_PACKAGES
    }


def read_study(places: Places) -> Mapping[str, object]:
    """The `[study]` table as it stands; empty if it cannot be read."""
    try:
        text = (places.raw / "study.toml").read_text(encoding="utf-8")
        study = tomllib.loads(text).get("study", {})
    except (OSError, ValueError):
        return {}
    return study if isinstance(study, dict) else {}


def _previous(places: Places) -> Places | None:
    name = read_study(places).get("previous")
    return places.other(name) if isinstance(name, str) and name else None


def previous_manifest(places: Places) -> str | None:
    """Last year's manifest by hash, so that a changed old edition breaks the chain."""
    before = _previous(places)
    manifest = before.edition / NAME if before else None
    return _entry(manifest).sha256 if manifest and manifest.is_file() else None


def _inputs(places: Places) -> dict[str, dict[str, object]]:
    entries = _entries(places.raw, f"data/raw/{places.study}/", _SECRET_INPUTS)
    if before := _previous(places):
        entries |= _entries(before.raw, f"data/raw/{before.study}/", _SECRET_INPUTS)
    for path in sorted(places.notebooks.glob("*.ipynb")):
        entries[f"notebooks/{path.name}"] = _entry(path)._asdict()
    return entries


def _entries(
    folder: Path, prefix: str = "", skip: set[str] | frozenset[str] = frozenset()
) -> dict[str, dict[str, object]]:
    return {
        prefix + path.relative_to(folder).as_posix(): _entry(path)._asdict()
        for path in _files(folder)
        if path.relative_to(folder).as_posix() not in skip
    }


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and "__pycache__" not in inside and not _dropped(path):
            yield path


def _dropped(path: Path) -> bool:
    """Files that desktops and office programs leave in any folder they show."""
    return path.name.startswith((".", "~$")) or path.name in (
        "Thumbs.db",
        "desktop.ini",
    )


def was_edited(folder: Path) -> bool:
    """Whether somebody changed an edition; what desktops drop into it is no change."""
    return any(
        each.kind != "added" or not _dropped(Path(each.path))
        for each in differences(folder)
    )


def _entry(path: Path) -> Entry:
    return Entry(sha256(path), path.stat().st_size)


def _digest(thing: object) -> str:
    return hashlib.sha256(_json(thing)).hexdigest()


def _json(thing: object) -> bytes:
    text = json.dumps(thing, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()
