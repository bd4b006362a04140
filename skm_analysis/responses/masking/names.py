"""Names of people: after a form of address or "atas nama", and the commonest ones."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from skm_analysis.responses.masking.kinds import Found, Kind
from skm_analysis.responses.masking.words import (
    COMMON,
    NAMES_AND_WORDS,
    OFFICES,
    STAFF,
    SURE_NAMES,
    TITLES,
    TITLES_WITH_STOP,
)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?")
_MARK = re.compile(
    r"\b(?:a\.\s?n\b\.?|(?<!\d\s)an\b\.?|a/n|atas\snama|bernama|ttd|tertanda|si|"
    r"panggil(?:an|lah)?|"
    r"(?:nama|namanya)(?:\s(?:anak|suami|istri|ibu|bapak|ayah|lengkap|orang\stua|adik|"
    r"kakak|petugas|pegawai))?\s?(?:(?:saya|kami|nya|adalah|yaitu|:|=)\s?)+|namanya)"
    r"[.:\s]{0,3}",
    re.IGNORECASE,
)
_BEFORE_CAPITAL = {"dari", "oleh", "kasih", "makasih", "trims", "salam", "wassalam"}
_GAP = re.compile(r"\s|\.\s?")
_AFTER_TITLE = re.compile(r"[.:]?\s?")
_MOST = 4  # words of one name
_MIXED = 0.6  # share of words with a capital from which capitals tell nothing


class _Word(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def folded(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def find(text: str, known: frozenset[str] = frozenset()) -> Iterator[Found]:
    """`known`: words, in small letters, that are no name of a person."""
    words = [_Word(x.start(), x.end(), x.group()) for x in _TOKEN.finditer(text)]
    usual = COMMON | known
    telling = _capitals_tell(words)
    starts = {word.start: place for place, word in enumerate(words)}
    for place, word in enumerate(words):
        rest = words[place + 1 : place + 3 + _MOST]
        if word.folded in TITLES and _is_title(text, word, rest):
            while len(rest) > 1 and rest[0].folded in OFFICES | TITLES:
                rest = rest[1:]
            yield from _name(text, rest[:_MOST], usual, small=1, telling=telling)
        elif telling and _leads(text, word, rest):
            yield from _name(text, rest[:_MOST], usual, small=0, telling=True)
        if word.folded in SURE_NAMES or (
            word.folded in NAMES_AND_WORDS and word.capital and telling
        ):
            others = list(_name(text, rest[:2], usual, small=0, telling=telling))
            near = others and _GAP.fullmatch(text, word.end, others[0].start)
            yield Found(word.start, others[0].end if near else word.end, Kind.NAME)
    if telling:
        yield from _pairs(text, words, usual)
    for mark in _MARK.finditer(text):
        if (place := starts.get(mark.end(), -1)) >= 0:
            rest = words[place : place + _MOST]
            yield from _name(text, rest, usual, small=2, telling=telling)


def _capitals_tell(words: Sequence[_Word]) -> bool:
    """Whether only names and beginnings of sentences are written with a capital."""
    capitals = sum(word.capital for word in words)
    return len(words) < 2 or capitals / len(words) <= _MIXED


def _is_title(text: str, title: _Word, rest: Sequence[_Word]) -> bool:
    if not rest:
        return False
    between = text[title.end : rest[0].start]
    if title.folded in TITLES_WITH_STOP:
        return (between.startswith(".") or rest[0].capital) and len(between) <= 2
    return bool(_AFTER_TITLE.fullmatch(between)) and bool(between)


def _leads(text: str, word: _Word, rest: Sequence[_Word]) -> bool:
    """Whether a capital after `word` begins a name: "petugas", "dari", "salam,"."""
    if not rest:
        return False
    between = text[word.end : rest[0].start]
    if word.folded in STAFF:
        return between == " "
    return word.folded in _BEFORE_CAPITAL and between in (" ", ", ")


def _pairs(text: str, words: Sequence[_Word], usual: frozenset[str]) -> Iterator[Found]:
    """Two words with a capital side by side, neither of which everybody writes."""
    for one, two in pairwise(words):
        both = one.capital and two.capital and text[one.end : two.start] == " "
        lone = any(word.text.isupper() or len(word.text) < 3 for word in (one, two))
        if both and not lone and not {one.folded, two.folded} & usual:
            yield Found(one.start, two.end, Kind.NAME)


def _name(
    text: str,
    words: Sequence[_Word],
    usual: frozenset[str],
    *,
    small: int,
    telling: bool,
) -> Iterator[Found]:
    """The words that belong to a name; the first `small` may be without a capital.

    Where capitals do not tell, a name has two words at most.
    """
    end = 0
    for place, word in enumerate(words if telling else words[:2]):
        gap = text[words[place - 1].end : word.start] if place else " "
        if not _GAP.fullmatch(gap) or word.folded in usual:
            break
        initial = place == 1 and len(words[0].text) == 1
        if not (word.capital or place < small or initial):
            break
        end = place + 1
    if end:
        yield Found(words[0].start, words[end - 1].end, Kind.NAME)
