"""The single values that a key of a configuration file may hold."""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any, TypeVar

from skm_analysis.study.faults import Spot, nearest, plain, shown
from skm_analysis.study.tables import UNFIT, Kind, told_unfit

T = TypeVar("T")

LONGEST_PATH = 300  # characters; a file's name has 255 at most
_RESERVED_BY_WINDOWS = {
    *("con", "prn", "aux", "nul"),
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}


def _leaf(expected: str, fit: Callable[[Any], T | None]) -> Kind:
    """A single value; `fit` gives it as it will be used, or None."""

    def read(found: object, spot: Spot, key: str) -> object:
        value = fit(found)
        return told_unfit(expected, found, spot, key) if value is None else value

    return Kind(expected, read)


def line(most: int) -> Kind:
    """One line of printable text."""

    def fit(found: object) -> str | None:
        if not isinstance(found, str):
            return None
        text = unicodedata.normalize("NFC", found).strip()
        return text if 1 <= len(text) <= most and text.isprintable() else None

    return _leaf(f"teks satu baris, 1 sampai {most} karakter yang tampak", fit)


def unrepeated(expected: str, most: int) -> Kind:
    """One line that a citizen wrote, or about one: no message repeats it."""

    def read(found: object, spot: Spot, key: str) -> object:
        if isinstance(found, str) and len(found) <= most and found.isprintable():
            return found
        spot.fault(
            f"'{plain(key)}' tidak sesuai.",
            f"yang diharapkan: {expected}, paling banyak {most} karakter yang tampak",
        )
        return UNFIT

    return Kind(expected, read)


def _written(found: object) -> str | None:
    """Text that must match a file's own, whose lines may break."""
    if not isinstance(found, str) or not 1 <= len(found.strip()) <= 1000:
        return None
    control = {sign for sign in found if unicodedata.category(sign) == "Cc"}
    return found if control <= set("\n\r\t") else None


def pattern(expression: str, expected: str, *, but: Collection[str] = ()) -> Kind:
    shape = re.compile(expression)
    names = f", selain {', '.join(sorted(but))}" if but else ""

    def fit(found: object) -> str | None:
        if not isinstance(found, str) or not shape.fullmatch(found):
            return None
        reserved = found in but or found.lower() in _RESERVED_BY_WINDOWS
        return None if reserved else found

    return _leaf(expected + names, fit)


def identifier(*, but: Collection[str] = ()) -> Kind:
    return pattern(
        "[a-z0-9][a-z0-9-]{0,23}",
        "paling banyak 24 karakter a-z, 0-9, dan -, bukan nama yang dipakai Windows "
        "seperti con atau nul",
        but=but,
    )


def whole(least: int, most: int = 1_000_000_000) -> Kind:
    def fit(found: object) -> int | None:
        if not isinstance(found, int) or isinstance(found, bool):
            return None
        return found if least <= found <= most else None

    return _leaf(f"bilangan bulat dari {least} sampai {most}", fit)


def _number(found: object) -> Decimal | None:
    """An exact number of a size that people write; larger ones only cost time."""
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return None
    if isinstance(found, int):
        return Decimal(found) if found.bit_length() <= 64 else None
    _, digits, exponent = found.as_tuple()
    fits = isinstance(exponent, int) and -20 <= exponent <= 20 and len(digits) <= 40
    return found if fits else None


def amount(expected: str, fits: Callable[[Decimal], bool]) -> Kind:
    """An exact decimal number."""

    def fit(found: object) -> Decimal | None:
        number = _number(found)
        return number if number is not None and fits(number) else None

    return _leaf(f"{expected}, ditulis dengan titik desimal", fit)


def one_of(*words: str) -> Kind:
    def read(found: object, spot: Spot, key: str) -> object:
        if found in words:
            return found
        hints = nearest(found if isinstance(found, str) else "", words)
        spot.fault(f"'{plain(key)}' tidak dikenal: {shown(found)}.", *hints)
        return UNFIT

    return Kind(f"salah satu dari {', '.join(words)}", read)


def _day(found: object) -> date | None:
    # A datetime is a date, too, but a time of day has no meaning here.
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    return None


def _written_day(found: object) -> date | None:
    """A day as text editors (2021-06-30) and Excel (30/06/2021) write it."""
    iso = r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    local = r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
    for shape in (iso, local):
        if match := re.fullmatch(shape, str(found), re.ASCII):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
    return None


def written_whole(least: int, most: int) -> Kind:
    """A whole number that stands in a cell of text."""

    def fit(found: object) -> int | None:
        sound = re.fullmatch(r"\d{1,9}", str(found), re.ASCII)
        return int(str(found)) if sound and least <= int(str(found)) <= most else None

    return _leaf(f"bilangan bulat dari {least} sampai {most}, tanpa titik", fit)


def _scale(found: object) -> tuple[int, int] | None:
    match found:
        case [int(low), int(high)] if 0 <= low < high <= 100:
            return None if isinstance(low, bool) else (low, high)
    return None


def _weight(found: object) -> Fraction | None:
    if isinstance(found, str):
        shape = r"\d{1,9}/[1-9]\d{0,8}|\d(\.\d{1,18})?"
        fits = re.fullmatch(shape, found, re.ASCII)
        weight = Fraction(found) if fits else Fraction(0)
    else:
        weight = Fraction(_number(found) or 0)
    return weight if 0 < weight <= 1 else None


def _relative(found: object) -> str | None:
    if not isinstance(found, str) or not 1 <= len(found) <= LONGEST_PATH:
        return None
    path = PurePosixPath(found)
    inside = not path.is_absolute() and ".." not in path.parts
    plain_path = found.isprintable() and not set(found) & set(':\\<>"|?*')
    return found if inside and plain_path and str(path) == found else None


def fits_relative(path: str) -> bool:
    """Whether `path` can stand where one inside the study folder is asked for."""
    return _relative(path) is not None


def _delivered(found: object) -> str | None:
    """A file, a folder with its slash, or a pattern in the last part of the path."""
    if not isinstance(found, str):
        return None
    folder, _, name = found.removesuffix("/").rpartition("/")
    plain_name = re.sub(r"[*?]", "x", name)
    as_file = f"{folder}/{plain_name}" if folder else plain_name
    return found if _relative(as_file) else None


NAME = line(200)
SENTENCE = line(1000)
WRITTEN = _leaf("teks seperti pada berkasnya, 1 sampai 1000 karakter", _written)
DAY = _leaf("tanggal seperti 2021-06-30, tanpa tanda kutip", _day)
FLAG = _leaf("true atau false", lambda x: x if isinstance(x, bool) else None)
FORMAT = _leaf(
    "1, susunan berkas yang dikenal program ini",
    lambda x: 1 if x == 1 and isinstance(x, int) else None,
)
SCALE = _leaf("nilai terendah dan tertinggi seperti [1, 4]", _scale)
WEIGHT = _leaf(
    'pecahan seperti "1/9" atau desimal seperti 0.125, lebih dari 0 dan paling besar 1',
    _weight,
)
RELATIVE = _leaf(
    "jalur di dalam folder studi dengan garis miring biasa, seperti "
    "responses/ngalau.xlsx",
    _relative,
)
DELIVERED = _leaf(
    "jalur di dalam folder studi dengan garis miring biasa: berkas seperti "
    "responses/ngalau.xlsx, folder seperti responses/puskesmas/, atau pola nama "
    "seperti responses/pkm-*.xlsx",
    _delivered,
)
WRITTEN_DAY = _leaf("tanggal seperti 2021-06-30 atau 30/06/2021", _written_day)
WRITTEN_YEAR = written_whole(1990, 2100)
WRITTEN_COUNT = written_whole(0, 100_000_000)
