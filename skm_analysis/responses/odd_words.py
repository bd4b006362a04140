"""Words that are read otherwise than written, counted: in comments, and of units."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from skm_analysis.responses.columnar import Distinct, split
from skm_analysis.responses.columns import Columns
from skm_analysis.responses.masking import is_no_sign, plain_letters
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.spelling import tidy

LONGEST = 2000  # characters of a comment that are read

# UTF-8 that was read as CP1252: "â€œ" for a quotation mark, "Ã©" for an é.
_LATER = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore"))
_MOJIBAKE = re.compile(
    f"[Â-ß][{_LATER}]|[à-ï][{_LATER}]{{2}}|[ð-ô][{_LATER}]{{3}}",
)


def read_whole(text: str) -> str:
    """A comment before it is cut: thousands of blank lines are none of its words."""
    return text if len(text) <= LONGEST else " ".join(text.split())


def odd_words(
    table: RawTable, columns: Columns, units: pd.Series
) -> list[tuple[str, str, int]]:
    """Column, rule and count; `units` are the rows' units, "" where unknown."""
    found = []
    if (at := columns.get("unit_column")) is not None:
        names = table.distinct(at)
        untidy = np.array([tidy(text) != text for text in names.texts], dtype=bool)
        count = int((untidy[names.codes] & units.ne("").to_numpy()).sum())
        found += [("unit", "spelling", count)] if count else []
    if (at := columns.get("comment_column")) is not None:
        odd = odd_comments(table.distinct(at))
        found += [("comment", rule, count) for rule, count in odd.items()]
    return found


def odd_comments(texts: Sequence[str] | Distinct) -> Counter[str]:
    """Rule -> comments that are read otherwise than written, or look spoilt.

    >>> dict(odd_comments(["baik", "pu\\u200bas", "â€œok", "x" * 2001]))
    {'odd_signs': 1, 'mojibake': 1, 'cut_text': 1}
    """
    column = texts if isinstance(texts, Distinct) else split(texts)
    counts = column.counts.tolist()
    found: Counter[str] = Counter()
    for text, count in zip(column.texts, counts, strict=True):
        told = {
            "odd_signs": _has_odd_signs(text),
            "mojibake": not text.isascii() and bool(_MOJIBAKE.search(text)),
            "cut_text": len(read_whole(text)) > LONGEST,
        }
        found.update({rule: count for rule, is_so in told.items() if is_so})
    return found


def _has_odd_signs(text: str) -> bool:
    """Whether reading takes a character away: an invisible one, a heap of accents."""
    if text.isprintable() and text.isascii():
        return False
    composed = unicodedata.normalize("NFKC", text)
    kept = plain_letters(composed)
    return any(map(is_no_sign, composed)) or len(kept) < len(" ".join(composed.split()))
