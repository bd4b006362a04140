"""`branding/logo*`: the logos that documents carry."""

import re
from pathlib import Path
from typing import NamedTuple

from skm_analysis.errors import StudyError
from skm_analysis.study.faults import plain
from skm_analysis.study.places import Places

MOST = 4  # logos that fit side by side
_MOST_BYTES = 2_000_000
_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
}


class Logo(NamedTuple):
    """One picture; `alt` says whose it is, from the words of its file's name."""

    alt: str
    ending: str  # .png or .jpg
    data: bytes


def read_logos(places: Places) -> tuple[Logo, ...]:
    """The logos of `branding/`, by the names of their files.

    `logo-1-pemerintah-kota.png` stands before `logo-2-universitas.png`, and is
    described as "Logo pemerintah kota".

    Raises
    ------
    StudyError
        More than four, or one that is no PNG or JPEG, or too large.
    """
    there = sorted(
        path
        for path in places.raw.glob("branding/logo*")
        if path.is_file() and path.suffix.lower() in _LIKE_PICTURES
    )
    problems: list[str] = []
    if len(there) > MOST:
        problems.append(
            f"{places.told(places.raw / 'branding')}: {len(there)} logo.\n"
            f"  yang diharapkan: paling banyak {MOST} berkas logo*\n"
            "  pindahkan yang lain, atau gabungkan menjadi satu gambar."
        )
    found = [_read(path, plain(places.told(path)), problems) for path in there]
    if problems:
        raise StudyError(problems)
    return tuple(each for each in found if each)


_LIKE_PICTURES = {".png", ".jpg", ".jpeg", ".svg", ".gif", ".bmp", ".webp", ".tif"}


def _read(path: Path, told: str, problems: list[str]) -> Logo | None:
    data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    for beginning, ending in _BEGINNINGS.items():
        if data.startswith(beginning):
            return Logo(_described(path.stem), ending, data)
    problems.append(
        f"{told}: bukan gambar yang dapat dipakai.\n"
        "  yang diharapkan: PNG atau JPEG, paling besar 2 MB\n"
        "  simpan kembali logo itu sebagai PNG."
    )
    return None


def _described(name: str) -> str:
    """
    >>> _described("logo-1-pemerintah-kota"), _described("logo")
    ('Logo pemerintah kota', 'Logo')
    """
    words = re.sub(r"[-_ 0-9]+", " ", name.removeprefix("logo")).strip()
    return f"Logo {words}".strip()
