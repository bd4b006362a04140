"""The raw answers read once more, and held against those that the edition keeps."""

import csv
import io
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from skm_analysis.audit.step import Step, dotted
from skm_analysis.build.manifest import read_manifest
from skm_analysis.errors import SkmError
from skm_analysis.estimates.tables import read_previous
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.responses.storing import write_cleaned, write_previous
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

NAME, TITLE = "raw", "data mentah"
# The way back to a person, and what people wrote, are in no edition.
_KEPT_AWAY = {"crosswalk.csv", "comments.csv"}


def check_raw(places: Places) -> Step:
    """Read and clean the raw files with today's program, and compare the tables.

    Byte by byte, since the same answers give the same bytes. It is the program that
    made the edition: its own mistakes are not seen here. No answer is told.
    """
    try:
        study = load_study(places)
        told = read_manifest(places.edition) or {}
        cleaned = clean_study(places, study, partial=told.get("draft") is True)
        with tempfile.TemporaryDirectory() as name:
            again = Places(Path(name), places.study)
            write_cleaned(again, study, cleaned)
            if study.previous:
                earlier = read_previous(places, study.previous)
                write_previous(again, earlier.study, earlier.cleaned)
            tables = _tables(again.processed)
    except (SkmError, OSError) as error:
        reason = str(error).splitlines()[0] if isinstance(error, SkmError) else ""
        what = f"tidak dapat dibaca ulang: {reason or type(error).__name__}"
        return Step(NAME, TITLE, "tidak satu baris pun dibaca ulang", {}, (what,))
    findings = [
        line
        for table, data in tables.items()
        for line in _compared(table, data, places.edition / "internal" / "tables")
    ]
    accepted = sum(map(len, cleaned.accepted.values()))
    aside = len(cleaned.set_aside)
    return Step(
        NAME,
        TITLE,
        f"dibaca ulang dengan program ini; {dotted(accepted)} jawaban yang diterima,"
        f" {dotted(aside)} baris yang disisihkan dan catatan pembacaannya"
        f" ({len(tables)} tabel) dicocokkan dengan yang tersimpan dalam edisi",
        {
            "accepted": accepted,
            "set_aside": aside,
            "tables": len(tables),
            "differences": len(findings),
        },
        tuple(findings),
        unchecked=(
            "data mentah dibaca ulang oleh program yang sama dengan penyusun edisi:"
            " kekeliruan program itu dalam membaca tidak terlihat di sini",
            "isi berkas mentah tidak dicocokkan dengan formulir kertas",
        ),
    )


def _tables(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in _KEPT_AWAY
    }


def _compared(table: str, data: bytes, kept: Path) -> Iterator[str]:
    """Where the edition's table is another, never what stands there."""
    path = kept / table
    if not path.is_file():
        yield f"internal/tables/{table}: hilang"
    elif path.read_bytes() != data:
        is_table = path.suffix == ".csv"
        where = _first_difference(path.read_bytes(), data) if is_table else "isi"
        yield f"internal/tables/{table}: {where} lain dari hasil baca ulang data mentah"


def _first_difference(kept: bytes, read: bytes) -> str:
    there, should = (_lines(each) for each in (kept, read))
    header = next(iter(should), [])
    for number, (left, right) in enumerate(zip_longest(there, should), start=1):
        if left is None or right is None or len(left) != len(right):
            return f"baris {number}"
        for column, pair in enumerate(zip(left, right, strict=True)):
            if pair[0] != pair[1]:
                name = header[column] if column < len(header) else str(column + 1)
                return f"baris {number}, kolom {name},"
    return "penulisan"


def _lines(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8", errors="replace").replace("\0", "")
    return list(csv.reader(io.StringIO(text, newline="")))
