"""A TOML file of a study, read whole: its values, or one fault with its line."""

import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from skm_analysis.study.faults import Spot

_MOST_BYTES = 2_000_000


def read_document(path: Path, spot: Spot) -> dict[str, Any] | None:
    """The values of a TOML file, its decimal numbers exact; None when at fault."""
    try:
        if not path.is_file() and path.exists():
            spot.fault("bukan berkas biasa.", "hapus, lalu tulis berkasnya kembali.")
            return None
        if path.stat().st_size > _MOST_BYTES:
            spot.fault("terlalu besar untuk berkas pengaturan (lebih dari 2 MB).")
            return None
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text, parse_float=_decimal)
    except FileNotFoundError:
        spot.fault("belum ada.", "mulai studi baru dengan: skm new STUDI")
    except OSError:
        spot.fault(
            "tidak dapat dibaca.",
            "pastikan ini berkas biasa dan Anda boleh membacanya.",
        )
    except UnicodeDecodeError:
        spot.fault(
            "bukan teks UTF-8.", "simpan ulang dari penyunting teks sebagai UTF-8."
        )
    except (ValueError, RecursionError) as error:
        # The parser's own words are English; its line and column say enough.
        spot.fault(
            f"{_line(error)}bukan TOML yang sah.",
            "periksa tanda kutip, kurung siku, dan tanda = di sekitar tempat itu;",
            "satu kunci hanya boleh ditulis satu kali dalam tabelnya.",
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
