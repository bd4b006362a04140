"""The files that people write: UTF-8 text, and TOML with exact decimals."""

import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from skm_analysis.study.faults import Spot

_MOST_BYTES = 2_000_000


def read_utf8(path: Path, spot: Spot) -> str | None:
    """The text of a file with plain line ends; None where it is absent or at fault."""
    try:
        if not path.exists():
            return None
        if not path.is_file():
            spot.fault("bukan berkas biasa.", "hapus, lalu tulis berkasnya kembali.")
            return None
        if path.stat().st_size > _MOST_BYTES:
            spot.fault("terlalu besar: lebih dari 2 MB.")
            return None
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError:
        spot.fault("tidak dapat dibaca.", "periksa apakah Anda boleh membacanya.")
        return None
    except UnicodeDecodeError as error:
        number = raw[: error.start].count(b"\n") + 1
        spot.fault(
            f"baris {number}: bukan teks UTF-8.",
            "simpan ulang sebagai UTF-8 (di Excel: CSV UTF-8).",
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_document(path: Path, spot: Spot) -> dict[str, Any] | None:
    """The values of a TOML file; None where it is absent or at fault, which is told."""
    before = len(spot.faults.found)
    text = read_utf8(path, spot)
    if text is None:
        if len(spot.faults.found) == before:
            spot.fault("belum ada.", "mulai studi baru dengan: skm new STUDI")
        return None
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except (ValueError, RecursionError) as error:
        # The parser's own words are English; its line and column say enough.
        spot.fault(
            f"{_line(error)}bukan TOML yang sah.",
            "periksa tanda kutip, kurung siku, dan tanda = di sekitar tempat itu;",
            'tanda kutip harus lurus ("), garis miring harus /,',
            "dan satu kunci hanya boleh ditulis satu kali dalam tabelnya.",
        )
    return None


def _line(error: Exception) -> str:
    place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    return f"baris {place[1]}, kolom {place[2]}: " if place else ""


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:  # an exponent beyond all measure; no key takes it
        return Decimal("NaN")
