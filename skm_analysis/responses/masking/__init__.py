"""Personal data in what people wrote, hidden: one mask in place of each finding.

Rather too much than too little. No mask finds every name or address: how many of a
list of made-up remarks are found is told in `docs/komentar.md`, and what is printed is
a paraphrase that a person approved.
"""

import unicodedata
from collections.abc import Iterable

from skm_analysis.responses.masking import contacts, names, numbers, places
from skm_analysis.responses.masking.kinds import Found, Kind

__all__ = ["Kind", "mask", "masked_kinds", "plain_letters"]

_FINDERS = (contacts.find, places.find, numbers.find)
_MARKS = 4  # accents on one letter; more are there to confuse


def mask(text: str, known: frozenset[str] = frozenset()) -> str:
    """`text` on one line, in plain letters, with a mask for all that was found.

    `known` are words in small letters that are no name of a person, such as those of
    the units' names.

    >>> mask("Hubungi Bu Sulistri di 0812-3456-7890")
    'Hubungi Bu [nama] di [telepon]'
    >>> mask("antri 2 jam, biaya 50.000")
    'antri 2 jam, biaya 50.000'
    """
    plain = plain_letters(text)
    told, at = [], 0
    for found in _apart(plain, _findings(plain, known)):
        told += [plain[at : found.start], found.kind.value]
        at = found.end
    return "".join([*told, plain[at:]])


def masked_kinds(text: str, known: frozenset[str] = frozenset()) -> frozenset[Kind]:
    """What `mask` would hide."""
    return frozenset(found.kind for found in _findings(plain_letters(text), known))


def plain_letters(text: str) -> str:
    """`text` without disguises: invisible signs, wide letters, digits of other scripts.

    >>> plain_letters("０٨1\\u200b2")
    '0812'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept, marks = [], 0
    for sign in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(sign)
        marks = marks + 1 if category == "Mn" else 0
        if is_no_sign(sign) or marks > _MARKS:
            continue
        digit = unicodedata.decimal(sign, None) if category == "Nd" else None
        kept.append(sign if digit is None else str(digit))
    return " ".join("".join(kept).split())


def is_no_sign(sign: str) -> bool:
    """Whether a character shows nothing and parts no words: one between digits hides.

    >>> [is_no_sign(sign) for sign in ("\\x1b", "\\u202e", "\\uffff", "\\n", "é")]
    [True, True, True, False, False]
    """
    category = unicodedata.category(sign)
    if category in ("Cf", "Cs", "Co"):
        return True
    if category == "Cc":
        return not sign.isspace() or "\x1c" <= sign <= "\x1f"
    return category == "Cn" and ord(sign) & 0xFFFE == 0xFFFE


def _findings(plain: str, known: frozenset[str]) -> list[Found]:
    found = [each for find in _FINDERS for each in find(plain)]
    return [*found, *names.find(plain, known)]


def _apart(plain: str, findings: Iterable[Found]) -> list[Found]:
    """Findings in order; those that overlap, or are of one kind in a row, as one."""
    apart: list[Found] = []
    for found in sorted(findings, key=lambda each: (each.start, -each.end)):
        if apart and _is_one(plain, apart[-1], found):
            end = max(apart[-1].end, found.end)
            apart[-1] = apart[-1]._replace(end=end)
        else:
            apart.append(found)
    return apart


def _is_one(plain: str, before: Found, found: Found) -> bool:
    if found.start < before.end:
        return True
    between = plain[before.end : found.start]
    return found.kind is before.kind and not between.strip(" ,.;:/()-")
