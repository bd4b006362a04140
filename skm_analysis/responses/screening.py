"""What of a delivered file may be shown to the person who describes it.

Of the cells only whole numbers of a scale, the letters of answers, words of which
answers are made, and the name of an office. Of the headers those that are headers: a
file without any begins with its first respondent.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from itertools import islice, pairwise

from skm_analysis.responses.dates import read_date
from skm_analysis.responses.masking import Kind, masked_kinds
from skm_analysis.responses.profiles import band_column
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.responses.vocabulary import (
    holds_known_words_only,
    is_answer_wording,
)


class Personal(StrEnum):
    """What of a person a cell may hold."""

    NAME = "name"
    NIK = "nik"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PLATE = "plate"
    PLACE = "place"  # coordinates
    NETWORK = "network"  # an IP address
    NUMBER = "number"  # any other long one


# What the masks of comments find, as far as a cell by itself tells it: names are told
# by a whole column, and a day is a day.
_BY_MASK = {
    Kind.NIK: Personal.NIK,
    Kind.NIP: Personal.NUMBER,
    Kind.NUMBER: Personal.NUMBER,
    Kind.PHONE: Personal.PHONE,
    Kind.MAIL: Personal.EMAIL,
    Kind.LINK: Personal.EMAIL,
    Kind.PLATE: Personal.PLATE,
    Kind.ADDRESS: Personal.ADDRESS,
}
# What no respondent writes in a comment, but tools do in a column of their own.
_BY_TOOLS = (
    (Personal.NETWORK, re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{0,4}::")),
    (Personal.PLACE, re.compile(r"-?\d{1,3}\.(?!0+\b)\d{4,}")),
)
# LimeSurvey's, by which it calls a question: G01Q02[SQ001] is no plate of a car.
_CODE = re.compile(r"^(?:g\d{1,3})?q\d{1,4}(?:\[\w+\])*(?:\. |$)", re.IGNORECASE)
_CELLS = 2_000  # of a column, by which it is judged
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’,-]*(?:[ .,'’-]+[^\W\d_]+\.?){1,5}")
_OFFICE = re.compile(
    r"(kelurahan|kecamatan|kel\.|kec\.|desa|nagari|dinas|badan|bagian|kantor|puskesmas|"
    r"pkm|rsud|rumah sakit|upt|uptd|loket|satpol|inspektorat|sekretariat|terminal|"
    r"perpustakaan|bpkd|bappeda|dukcapil|dpmptsp|disdukcapil|samsat|kua|polres|bpn|"
    r"pengadilan|kejaksaan)\b[^\W\d_/&() .,-]*(?:[ /&().,-]*[^\W\d_]+){0,7}[ )]*\d{0,2}"
)
_SHORT_CODE = re.compile(r"[a-z]{0,3}[ .-]?\d{1,3}")
OFTEN = 3  # cells in which a wording stands that is shown


def personal(text: str) -> Personal | None:
    """What of a person a single cell certainly shows by its shape."""
    if not text.strip() or read_date(text):
        return None
    for kind, shape in _BY_TOOLS:
        if shape.search(fold(text)):
            return kind
    found = {_BY_MASK[kind] for kind in masked_kinds(text) if kind in _BY_MASK}
    return next((kind for kind in Personal if kind in found), None)


def may_be_shown(header: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether a header can hold nothing of a person; words in `more` are known, too.

    >>> may_be_shown("Keramahan petugas"), may_be_shown("Keramahan Bu Zulaikha")
    (True, False)
    >>> may_be_shown("Alamat Email"), may_be_shown("Alamat Jl. Nusantara 5")
    (True, False)
    >>> may_be_shown("G01Q02. Jenis kelamin"), may_be_shown("B 1234 XY")
    (True, False)
    """
    kind = personal(_CODE.sub("", header))
    # "Alamat" before a capital is an address in a comment, not in a header.
    no_place = kind is Personal.ADDRESS and not re.search(r"\d", header)
    return (not kind or no_place) and holds_known_words_only(header, more)


def looks_like_name(text: str) -> bool:
    """Two to six words of letters, none of which is a word of an answer.

    >>> looks_like_name("Siti Aminah, S.Pd"), looks_like_name("Sangat baik")
    (True, False)
    """
    written = tidy(text)
    if not _NAME.fullmatch(written) or len(written) > 40:
        return False
    parts = re.findall(r"[^\W\d_]+", written)
    return not any(is_answer_wording(part) for part in parts) and all(
        part[0].isupper() for part in parts
    )


def personal_kinds(counts: Counter[str]) -> tuple[Personal, ...]:
    """What a column seems to hold of people; `counts` are its cells, blanks left out.

    One cell in twenty is enough for a shape. Names are told by the whole column: most
    of its cells are names, and few of these come again.
    """
    step = len(counts) // _CELLS + 1
    told = dict(islice(counts.items(), None, None, step))
    cells = sum(told.values())
    found: Counter[Personal] = Counter()
    names = 0
    for text, count in told.items():
        if kind := personal(text):
            found[kind] += count
        elif looks_like_name(text):
            names += count
    kinds = [kind for kind in Personal if found[kind] * 20 >= cells and found[kind]]
    if cells and names * 2 >= cells and len(told) * 2 >= cells:
        kinds.insert(0, Personal.NAME)
    return tuple(kinds)


def is_office(text: str) -> bool:
    """Whether a cell names an office or a short code of one.

    >>> is_office("Kelurahan Koto Panjang"), is_office("02"), is_office("Siti Aminah")
    (True, True, False)
    """
    written = fold(text)
    return len(written) <= 60 and bool(
        _SHORT_CODE.fullmatch(written) or _OFFICE.fullmatch(written)
    )


def is_data(header: str, cells: Counter[str]) -> bool:
    """Whether a header is more likely what the first respondent of a file answered."""
    header = _CODE.sub("", header)
    written = fold(header)
    if personal(header) or read_date(header) or looks_like_decimal(written):
        return True
    known = (band_column(variable, [header]) for variable in ("sex", "education"))
    if any(banded.bands[0] and not banded.changes for banded in known):
        return True
    return any(fold(text) == written for text in cells)


def looks_like_decimal(written: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s]+", written)) and not re.fullmatch(
        r"\d{1,2}", written
    )


def is_numbered(headers: Sequence[str]) -> bool:
    """Whether headers that are bare numbers count upwards by one: 1, 2, 3 …"""
    numbers = [int(each) for each in headers if re.fullmatch(r"\d{1,2}", each)]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) >= 3 and steps == {1}
