"""`texts/*.md`: what people write for the report."""

import json
import re
from typing import Any

from skm_analysis.study.documents import read_utf8
from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.places import Places

_NAME = re.compile(r"(units/)?[a-z0-9][a-z0-9-]*")
_CARRIED = "<!-- Disalin dari studi"
_NOTE = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)


def is_text_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def read_text(places: Places, name: str) -> str | None:
    """The Markdown of `texts/NAME.md` without its notes; None where nothing is said.

    Notes to the writers stand in `<!-- … -->`. Raises StudyError where the file is not
    UTF-8 text, ValueError where `name` is no name of a text.

    Examples: preface, background, conclusions, units/kel-ngalau.
    """
    if not is_text_name(name):
        raise ValueError(f"not the name of a text: {name!r}")
    path = places.texts / f"{name}.md"
    faults = Faults()
    text = read_utf8(path, Spot(faults, plain(places.told(path))))
    faults.raise_if_any()
    return _NOTE.sub("", text or "").strip() or None


def carried_over(text: str, study: str) -> str:
    """An earlier study's text as a note to the writers, who take out what holds still.

    >>> print(carried_over("Satu\\n\\n<!-- lama -->dua.", "2021"))
    <!-- Disalin dari studi 2021: perbaiki, lalu pindahkan ke bawah keterangan ini.
    <BLANKLINE>
    Satu
    <BLANKLINE>
    dua.
    -->
    <BLANKLINE>
    """
    told = _NOTE.sub("", text).strip().replace("-->", "")
    return (
        f"{_CARRIED} {study}: perbaiki, lalu pindahkan ke bawah keterangan ini.\n\n"
        f"{told}\n-->\n"
    )


def is_carried_over(places: Places, name: str) -> bool:
    """Whether nothing but an earlier study's text stands in `texts/NAME.md`.

    A file that is not text is none; `read_text` tells what is wrong with it.
    """
    path = places.texts / f"{name}.md"
    text = path.read_text(encoding="utf-8", errors="replace")
    return text.startswith(_CARRIED) and not _NOTE.sub("", text).strip()


def with_blank_notes(text: str) -> str:
    """The text without its notes, each line where it was.

    >>> with_blank_notes("<!-- one\\ntwo -->three")
    '\\nthree'
    """
    return _NOTE.sub(lambda note: "\n" * note.group().count("\n"), text)


def read_references(places: Places) -> list[dict[str, Any]]:
    """The study's own sources, `texts/references.json`: CSL JSON, as Zotero exports it.

    Raises StudyError where it is no list of sources with id, type and title.
    """
    path = places.texts / "references.json"
    faults = Faults()
    spot = Spot(faults, plain(places.told(path)))
    text = read_utf8(path, spot)
    faults.raise_if_any()
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        found = None
    needed = ("id", "type", "title")
    if not isinstance(found, list) or not all(
        isinstance(each, dict) and all(isinstance(each.get(k), str) for k in needed)
        for each in found
    ):
        spot.fault(
            "bukan daftar pustaka CSL JSON.",
            "setiap sumber memerlukan id, type dan title; di Zotero: ekspor, CSL JSON.",
        )
        raise faults.error()
    return found
