"""Addresses: a street with its number, a neighbourhood (RT/RW), a block."""

import re
from collections.abc import Iterator, Sequence

from skm_analysis.responses.masking.kinds import Found, Kind
from skm_analysis.responses.masking.words import COMMON, DIGITS

_COUNT = rf"(?:\d{{1,3}}|{'|'.join(DIGITS)})\b"
_ONE_WARD = rf"\br\.?\s?[tw]\s?[.:/]?\s?{_COUNT}"
_WARD = re.compile(
    r"\brt\s?/\s?rw\W{0,3}\d{1,3}\s?[/-]\s?\d{1,3}"
    rf"|{_ONE_WARD}(?:\s?[/,.-]?\s?{_ONE_WARD})?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+(?:['/][^\W_]+)*")
# What an address surely begins with, and what may be any road or alley.
_SURE = {"jl", "jln", "gg", "perum", "lrg", "komplek", "kompleks", "dusun", "dsn"}
_SURE |= {"jorong", "perumahan", "perumnas"}
_PERHAPS = {"jalan", "gang", "lorong", "simpang", "kampung", "kp", "blok"}
_NUMBERED = {"no", "nomor", "nmr", "nomer", "km", "blok", "rt", "rw"}
_LIVES = re.compile(
    r"\b(?:alamat(?:ku|nya|\s(?:saya|kami|rumah))?|rumah\s(?:saya|kami)|tinggal|domisili|"
    r"berdomisili)\s{0,2}(?:di|:|d/a|ada di)?\s{0,2}",
    re.IGNORECASE,
)
_MOST = 6  # words of a street's name with its number
_ENDS = re.compile(r"[;!?\n]|\.\s(?=[A-Z][a-z]{3})")


def find(text: str) -> Iterator[Found]:
    for ward in _WARD.finditer(text):
        yield Found(ward.start(), ward.end(), Kind.ADDRESS)
    tokens = [*_TOKEN.finditer(text)]
    for place, token in enumerate(tokens):
        word = token.group().lower()
        if word in _SURE or word in _PERHAPS:
            following = tokens[place + 1 : place + 1 + _MOST]
            if length := _length(text, token, following, word in _SURE):
                yield Found(token.start(), following[length - 1].end(), Kind.ADDRESS)
    for home in _LIVES.finditer(text):
        words = [x for x in tokens if x.start() >= home.end()][:3] if home.end() else []
        if words and words[0].start() == home.end() and (n := _proper(text, words)):
            yield Found(home.end(), words[n - 1].end(), Kind.ADDRESS)


def _length(
    text: str,
    head: re.Match[str],
    following: Sequence[re.Match[str]],
    sure: bool,
) -> int:
    """How many of the words that follow belong to the address; 0 if it is none."""
    end, named, numbered, before = 0, 0, 0, head
    for place, token in enumerate(following, 1):
        between = text[before.end() : token.start()]
        if _ENDS.search(between) or len(between) > 3:
            break
        word, last = token.group(), before.group().lower()
        if word.lower() in _NUMBERED:
            pass
        elif _is_number(word) and (end or last in _NUMBERED or sure):
            numbered = end = place
        elif _is_proper(word) or place == 1:
            if word.lower() in COMMON and word.lower() != "dr":
                break
            named = end = place
        elif word.lower() in COMMON:
            break
        elif sure and place == 2:
            named = end = place
        elif not _is_numbered_soon(following[place:]):
            break
        before = token
    if sure or numbered:
        return end
    return named if following and _is_proper(following[0].group()) else 0


def _is_number(word: str) -> bool:
    """12, 12A, C3, A."""
    digits = sum(sign.isdigit() for sign in word)
    return (bool(digits) and len(word) - digits <= 2) or len(word) == 1


def _is_proper(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()


def _is_numbered_soon(following: Sequence[re.Match[str]]) -> bool:
    return any(token.group().lower() in _NUMBERED for token in following[:4])


def _proper(text: str, words: Sequence[re.Match[str]]) -> int:
    """How many words from the first on are names of places."""
    for place, token in enumerate(words):
        if not _is_proper(token.group()) or token.group().lower() in COMMON:
            return place
        if place and text[words[place - 1].end() : token.start()] != " ":
            return place
    return len(words)
