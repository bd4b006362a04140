"""Numbers of people: NIK, NIP, telephones, accounts, dates of birth.

Digits count together though signs, spaces or words for digits stand between them. What
is left is what nobody is known by: a price, an hour, a year.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skm_analysis.responses.masking.kinds import Found, Kind
from skm_analysis.responses.masking.words import DIGITS, NO_DIGITS

FEWEST = 5  # digits that tell on somebody

_TOKEN = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[0-9]+|[^\W0-9_]+")
_BETWEEN = re.compile(r"[^\w]{0,4}|[^\w]?_{1,3}[^\w]?")
_SPOKEN = re.compile("|".join(sorted(DIGITS, key=len, reverse=True)))
_SPOKEN_TOGETHER = re.compile(rf"(?:{_SPOKEN.pattern}){{3,30}}")
_LOOKALIKES = str.maketrans("OoQIl", "00011")

_HOUR = r"[012]?\d[.:][0-5]\d"
_HOURS = re.compile(rf"{_HOUR}(?:\s?[-–/]\s?{_HOUR})?")
_AT_TIME = re.compile(r"\b(?:jam|pukul|pkl)\W{0,3}$", re.IGNORECASE)
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_PRICED = re.compile(r"\brp\W{0,2}$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}\s?([-/.])\s?\d{1,2}\s?\1\s?\d{2,4}"
    r"|\d{4}\s?([-/.])\s?\d{1,2}\s?\2\s?\d{1,2})(?!\d)"
)
_MONTHS = "jan|feb|peb|mar|apr|mei|jun|jul|agu|agt|ags|aug|sep|okt|oct|nov|nop|des|dec"
_WRITTEN_DAY = re.compile(
    rf"(?<!\d)\d{{1,2}}[\s/.-]{{0,2}}(?:{_MONTHS})[a-z]{{0,7}}(?:[\s/.'-]{{0,2}}\d{{2,4}})?",
    re.IGNORECASE,
)
_BORN = re.compile(r"lahir|\bttl\b|\blhr\b", re.IGNORECASE)
# A day of birth in words, or in pieces: what stands after "lahir".
_PART_OF_DAY = (
    rf"\d{{1,4}}|(?:{_SPOKEN.pattern}|puluh|belas|se)+|(?:{_MONTHS})[a-z]{{0,7}}"
    r"|tahun|thn|th|tanggal|tgl|bulan|bln|hari"
)
_BIRTH = re.compile(
    rf"(?:lahir(?:nya)?|\bttl|\blhr)\W{{0,3}}((?:(?:{_PART_OF_DAY})\b\W{{0,3}}){{2,9}})",
    re.IGNORECASE,
)


class _Digits(NamedTuple):
    start: int
    end: int
    digits: str
    written: bool  # as words


def find(text: str) -> Iterator[Found]:
    """Runs of five digits and more, mobile numbers cut short, days of birth."""
    for day in _DAY.finditer(text):
        yield Found(day.start(), day.end(), Kind.DATE)
    for day in _WRITTEN_DAY.finditer(text):
        if _BORN.search(text, max(0, day.start() - 50), day.start()):
            yield Found(day.start(), day.end(), Kind.DATE)
    for birth in _BIRTH.finditer(text):
        yield Found(birth.start(1), birth.end(1), Kind.DATE)
    for run in _runs(text):
        digits = "".join(piece.digits for piece in run)
        if _tells(text, run, digits):
            yield Found(run[0].start, run[-1].end, _kind(digits))


def _runs(text: str) -> Iterator[list[_Digits]]:
    run: list[_Digits] = []
    for piece in _pieces(text):
        if run and not _BETWEEN.fullmatch(text, run[-1].end, piece.start):
            yield run
            run = []
        if piece.digits or run:
            run.append(piece)
    if run:
        yield run


def _pieces(text: str) -> Iterator[_Digits]:
    """Digits, words for digits, and words that may stand between them."""
    for token in _TOKEN.finditer(text):
        alike = token.group().translate(_LOOKALIKES)
        if alike.isdigit() and not token.group().isalpha():
            yield _Digits(token.start(), token.end(), alike, False)
            continue
        for part in _PIECE.finditer(token.group()):
            start, end = token.start() + part.start(), token.start() + part.end()
            word = part.group().lower()
            if part.group().isdigit():
                yield _Digits(start, end, part.group(), False)
            elif word in DIGITS:
                yield _Digits(start, end, DIGITS[word], True)
            elif word in NO_DIGITS or not word.strip("x"):
                yield _Digits(start, end, "", True)
            elif _SPOKEN_TOGETHER.fullmatch(word):
                spoken = _SPOKEN.findall(word)
                yield _Digits(start, end, "".join(DIGITS[x] for x in spoken), True)


def _tells(text: str, run: Sequence[_Digits], digits: str) -> bool:
    pieces = [piece for piece in run if piece.digits]
    if any(piece.written for piece in pieces):
        if len(digits) >= FEWEST:
            return not _is_year_beside(pieces)
        return len(digits) >= 3 and digits.startswith("0") and pieces[0].written
    if len(digits) < FEWEST:
        return any(len(x.digits) == 4 and x.digits.startswith("08") for x in pieces)
    if max(len(piece.digits) for piece in pieces) >= FEWEST:
        return True
    whole = text[pieces[0].start : pieces[-1].end]
    return not (
        _is_year_beside(pieces)
        or _is_time(text, pieces, whole)
        or _is_amount(text, pieces, whole)
    )


def _is_year_beside(pieces: Sequence[_Digits]) -> bool:
    """Years, or one with a small number beside it."""
    others = [x.digits for x in pieces if not _YEAR.fullmatch(x.digits)]
    years = len(pieces) - len(others)
    return 0 < years <= 3 and len("".join(others)) <= 3


def _is_time(text: str, pieces: Sequence[_Digits], whole: str) -> bool:
    if _HOURS.fullmatch(whole):
        return True
    near = text[max(0, pieces[0].start - 12) : pieces[0].start]
    short = all(len(x.digits) <= 2 and int(x.digits) < 60 for x in pieces)
    return short and len(pieces) <= 4 and bool(_AT_TIME.search(near))


def _is_amount(text: str, pieces: Sequence[_Digits], whole: str) -> bool:
    """Up to nine millions, or any number of rupiah, in groups of three."""
    if not _AMOUNT.fullmatch(whole):
        return False
    near = text[max(0, pieces[0].start - 5) : pieces[0].start]
    return sum(len(x.digits) for x in pieces) <= 7 or bool(_PRICED.search(near))


def _kind(digits: str) -> Kind:
    if len(digits) == 16:
        return Kind.NIK
    if len(digits) == 18:
        return Kind.NIP
    if re.match(r"0[2-9]|628", digits) and 7 <= len(digits) <= 15:
        return Kind.PHONE
    return Kind.NUMBER
