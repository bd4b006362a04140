"""The delivered files as they are today, against the list of what came."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from skm_analysis.audit.answers import read_list
from skm_analysis.audit.step import Step, dotted
from skm_analysis.study.places import Places

NAME, TITLE = "custody", "rantai penerimaan"


def check_custody(places: Places) -> Step:
    """Every file in the edition's `received.csv` by hash, and its line in today's.

    The edition's copy says what had come when it was made. A line more in today's list
    is a later delivery; one less, or another, is a finding.
    """
    kept = _digests(places.edition / "internal" / "received.csv")
    today = _digests(places.received)
    findings = tuple(
        line
        for file, digest in kept.items()
        for line in _compared(places, file, digest, today.get(file))
    )
    notes = () if kept else ("edisi ini tidak memuat daftar penerimaan",)
    return Step(
        NAME,
        TITLE,
        f"sidik {dotted(len(kept))} berkas kiriman dicocokkan dengan daftar penerimaan",
        {"received": len(kept), "differences": len(findings)},
        findings,
        notes,
    )


def _compared(
    places: Places, file: str, digest: str, today: str | None
) -> Iterator[str]:
    told = f"data/raw/{places.study}/{file}"
    path = places.raw / file
    if not path.is_file():
        yield f"{told}: hilang"
    elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        yield f"{told}: lain dari yang diterima"
    if today is None:
        yield f"{told}: barisnya hilang dari received.csv"
    elif today != digest:
        yield f"{told}: barisnya di received.csv diubah"


def _digests(path: Path) -> dict[str, str]:
    return {line.get("file", ""): line.get("sha256", "") for line in read_list(path)}
