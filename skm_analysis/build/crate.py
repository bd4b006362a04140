"""`ro-crate-metadata.json`: the edition told in RO-Crate 1.2, for archives.

Written by hand, since a crate is one small JSON-LD file and its bytes must follow
from the edition alone.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from skm_analysis.build import manifest
from skm_analysis.study.digests import sha256
from skm_analysis.study.places import Places

NAME = "ro-crate-metadata.json"

_CONTEXT = "https://w3id.org/ro/crate/1.2/context"
_FORMATS = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml."
    "presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_crate(places: Places, stage: Path) -> None:
    """Describe the files of `stage`; write it just before the manifest."""
    study = manifest.read_study(places)
    files = [
        path
        for path in sorted(stage.rglob("*"))
        if path.is_file() and path.name not in (NAME, manifest.NAME)
    ]
    graph = [
        _descriptor(),
        _root(study, [path.relative_to(stage).as_posix() for path in files]),
        *(_file(stage, path) for path in files),
        _software(),
        *(_run(stage, path) for path in files if path.suffix == ".ipynb"),
    ]
    text = json.dumps(
        {"@context": _CONTEXT, "@graph": graph},
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    )
    (stage / NAME).write_bytes(f"{text}\n".encode())


def _descriptor() -> dict[str, object]:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }


def _root(study: Mapping[str, object], files: list[str]) -> dict[str, object]:
    institution = str(study.get("institution", ""))
    synthetic = "DATA SINTETIS – bukan hasil survei. " if study.get("synthetic") else ""
    runs = [name for name in files if name.endswith(".ipynb")]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": str(study.get("title", "")),
        "description": f"{synthetic}Laporan survei kepuasan masyarakat, "
        "tabel yang mendasarinya, dan notebook sebagaimana dijalankan.",
        # The last day of the survey: the edition itself knows no clock.
        "datePublished": str(study.get("end", "")),
        "license": f"Penggunaan menurut ketentuan {institution}.",
        "hasPart": [{"@id": name} for name in files],
        "mentions": [{"@id": f"#{name}"} for name in runs],
    }


def _file(stage: Path, path: Path) -> dict[str, object]:
    described: dict[str, object] = {
        "@id": path.relative_to(stage).as_posix(),
        "@type": "File",
        "name": path.name,
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path),
    }
    if kind := _FORMATS.get(path.suffix):
        described["encodingFormat"] = kind
    return described


def _software() -> dict[str, object]:
    return {
        "@id": "#skm_analysis",
        "@type": "SoftwareApplication",
        "name": "skm_analysis",
        "version": manifest.versions()["skm_analysis"],
    }


def _run(stage: Path, path: Path) -> dict[str, object]:
    """The run of a notebook with its parameters."""
    name = path.relative_to(stage).as_posix()
    ran = json.loads(path.read_bytes()).get("metadata", {}).get("papermill", {})
    parameters = ran.get("parameters", {})
    return {
        "@id": f"#{name}",
        "@type": "CreateAction",
        "name": " ".join(
            [
                path.stem,
                *(f"{key}={value}" for key, value in sorted(parameters.items())),
            ]
        ),
        "instrument": {"@id": "#skm_analysis"},
        "result": {"@id": name},
    }
