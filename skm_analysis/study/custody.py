"""`received.csv`: every delivered file as it was first seen, the chain of custody.

The first `check` or `run` that sees a file adds its line. From then on the file has to
stay as it was: whoever audits the study can tell that what was read is what came.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from skm_analysis.errors import DeliveryError, StudyError, cause
from skm_analysis.study.digests import sha256
from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.kinds import (
    NAME,
    RELATIVE,
    WRITTEN_DAY,
    pattern,
    written_whole,
)
from skm_analysis.study.ledgers import delimiter_of, read_ledger
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study
from skm_analysis.study.tables import Schema, needed, optional

COLUMNS: Schema = {
    "file": needed(RELATIVE),
    "sha256": needed(pattern("[0-9a-f]{64}", "sidik SHA-256: 64 karakter 0-9 dan a-f")),
    "bytes": needed(written_whole(0, 999_999_999)),
    "received": optional(WRITTEN_DAY),
    "from": optional(NAME),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One delivered file as it was first seen."""

    file: str  # relative to the study folder
    sha256: str
    bytes: int
    received: date | None = None
    received_from: str | None = None


def read_received(places: Places) -> tuple[Seen, ...]:
    """The lines in the order of the file; none where there is no file.

    Raises StudyError with every fault, by row.
    """
    faults = Faults()
    spot = Spot(faults, places.told(places.received))
    found: dict[str, Seen] = {}
    for line in read_ledger(places.received, COLUMNS, spot):
        if line.get("file") in found:
            line.spot.fault(
                f"berkas '{plain(line['file'])}' sudah tercatat pada baris lain.",
                "hapus baris yang keliru: satu berkas dicatat satu kali.",
            )
        elif len(line) == len(COLUMNS):
            found[line["file"]] = Seen(received_from=line.pop("from"), **line)
    faults.raise_if_any()
    return tuple(found.values())


def take_in(places: Places, study: Study) -> None:
    """Add a line for every delivered file that has none; files of others stay as told.

    Raises
    ------
    StudyError
        `received.csv` has faults or cannot be written.
    DeliveryError
        Files that are not what they were when they came; all of them at once.
    """
    known = {each.file: each for each in read_received(places)}
    there = _delivered(places, study)
    refuse_changed(places, known.values(), {x.file: x.sha256 for x in there})
    if new := [each for each in there if each.file not in known]:
        _append(places, new)


def refuse_changed(
    places: Places, known: Iterable[Seen], found: Mapping[str, str]
) -> None:
    """Raise DeliveryError for all that `changed_since` tells."""
    if told := changed_since(places, known, found):
        raise DeliveryError("\n\n".join(told.values()))


def changed_since(
    places: Places, known: Iterable[Seen], found: Mapping[str, str]
) -> dict[str, str]:
    """By file, the fault of each whose digest in `found` is not the one of its line.

    `found` is by file, relative to the study folder.
    """
    return {
        each.file: f"{places.told(places.raw / each.file)}: isinya berubah sejak "
        "diterima.\n"
        f"  sidik SHA-256 ketika diterima: {each.sha256}\n"
        f"  sidik SHA-256 sekarang:        {found[each.file]}\n"
        "  pulihkan berkas aslinya; atau letakkan kiriman yang baru dengan nama lain\n"
        "  di sampingnya, dan tulis 'replaces' beserta 'reason' pada [[delivery]]-nya."
        for each in known
        if each.file in found and found[each.file] != each.sha256
    }


def _delivered(places: Places, study: Study) -> list[Seen]:
    """The declared files that are there, replaced ones too, each once."""
    told = {each.file: each for each in reversed(study.deliveries)}
    files = [
        file
        for each in study.deliveries
        for file in (each.replaces, each.file)
        if file is not None
    ]
    found = []
    for file in dict.fromkeys(files):
        delivery = told.get(file)
        path = places.raw / file
        try:
            if path.is_file():
                digest, size = sha256(path), path.stat().st_size
                day = delivery.received if delivery else None
                sender = delivery.received_from if delivery else None
                found.append(
                    Seen(
                        file=file,
                        sha256=digest,
                        bytes=size,
                        received=day,
                        received_from=sender,
                    )
                )
        except OSError:
            continue  # the reader refuses it, and says what to do
    return found


def _append(places: Places, new: Iterable[Seen]) -> None:
    """Add lines as the file itself is written: its order of columns, its line ends."""
    path = places.received
    try:
        before = path.read_bytes() if path.exists() else b""
        text = before.decode("utf-8-sig").replace("\r\n", "\n")
        head = text.partition("\n")[0] or ",".join(COLUMNS)
        end = "\r\n" if b"\r\n" in before else "\n"
        delimiter = delimiter_of(head)
        names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
        lines = io.StringIO()
        writer = csv.DictWriter(
            lines, names, delimiter=delimiter, lineterminator=end, restval=""
        )
        if not before:
            writer.writeheader()
        elif not text.endswith("\n"):
            lines.write(end)
        writer.writerows(map(_cells, new))
        _replace(path, before + lines.getvalue().encode())
    except OSError as error:
        raise StudyError(
            [
                f"{places.told(path)}: tidak dapat ditulis ({cause(error)}).\n"
                "  tutup berkas itu bila sedang terbuka; periksa izin tulis dan sisa "
                "ruang penyimpanan."
            ]
        ) from error


def _cells(seen: Seen) -> dict[str, object]:
    return {
        "file": seen.file,
        "sha256": seen.sha256,
        "bytes": seen.bytes,
        "received": seen.received or "",
        "from": seen.received_from or "",
    }


def _replace(path: Path, data: bytes) -> None:
    """All of it or nothing."""
    descriptor, name = tempfile.mkstemp(prefix=".received-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
