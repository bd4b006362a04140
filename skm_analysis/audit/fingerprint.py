"""The fingerprint: worked out from the edition, told by its manifest, and printed."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from skm_analysis.audit.documents import FORMATS, Opened
from skm_analysis.audit.step import Step
from skm_analysis.build import manifest
from skm_analysis.study.digests import sha256
from skm_analysis.study.places import Places


def check_fingerprint(places: Places, opened: Mapping[str, Opened]) -> Step:
    """The parts of the manifest with the edition's own tables against what is told.

    `opened` holds the documents that could be read, by path in the edition.
    """
    told = manifest.read_manifest(places.edition) or {}
    named = str(told.get("fingerprint", ""))
    counted = _worked_out(told, places.edition / "internal" / "tables")
    findings = []
    if named != counted:
        findings.append(f"manifest.json: sidik jari {named}, dihitung ulang {counted}")
    printed = [name for name in opened if "/" not in name and name.endswith(FORMATS)]
    for name in printed:
        if opened[name].hashes != (named,):
            there = ", ".join(opened[name].hashes) or "tidak ada"
            findings.append(f"{name}: sidik jari tercetak {there}, di manifes {named}")
    return Step(
        "fingerprint",
        "sidik jari",
        "dihitung ulang dari manifes dan tabel edisi, lalu dicocokkan dengan yang"
        f" tercetak dalam {len(printed)} dokumen",
        {"printed": len(printed), "differences": len(findings)},
        tuple(findings),
    )


def _worked_out(told: Mapping[str, object], tables: Path) -> str:
    parts: dict[str, object] = {
        name: told.get(name) for name in ("inputs", "code", "lock")
    }
    parts["tables"] = {
        path.relative_to(tables).as_posix(): {
            "sha256": sha256(path),
            "bytes": path.stat().st_size,
        }
        for path in sorted(tables.rglob("*"))
        if path.is_file()
    }
    text = json.dumps(parts, ensure_ascii=False, indent=1, sort_keys=True)
    return hashlib.sha256(f"{text}\n".encode()).hexdigest()
