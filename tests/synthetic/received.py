"""received.csv: every delivered file with its digest, as of the day it came."""

import csv
import hashlib
import io
import tomllib
from pathlib import Path

_HEADER = ("file", "sha256", "bytes", "received", "from")


def received(folder: Path) -> bytes:
    """The chain of custody of the study in `folder`, whose files are all there."""
    told = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    for delivery in told["delivery"]:
        if "replaces" in delivery:
            writer.writerow(_line(folder, delivery["replaces"], "", ""))
        day, sender = delivery.get("received", ""), delivery.get("from", "")
        writer.writerow(_line(folder, delivery["file"], day, sender))
    return text.getvalue().encode()


def _line(folder: Path, file: str, day: object, sender: object) -> tuple[object, ...]:
    data = (folder / file).read_bytes()
    return file, hashlib.sha256(data).hexdigest(), len(data), day, sender
