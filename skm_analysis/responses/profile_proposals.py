"""How respondents wrote of themselves, and which band each way of writing means.

People look through this list and decide in `decisions/profiles.csv`. A spelling that
could be somebody's name, number or address is counted, never shown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from skm_analysis.responses.labels import OTHER, PROFILE
from skm_analysis.responses.profiles import (
    BY_WORD,
    DECIDED,
    Spelling,
    is_plain,
    words_of,
)
from skm_analysis.responses.received import Received
from skm_analysis.responses.schema import PROFILES, typed
from skm_analysis.responses.spelling import fold, tidy

HIDDEN = "(tidak ditampilkan)"
READ, PROPOSED = "read", "proposed"  # beside `DECIDED`, what became of a spelling
_STATUSES = (PROPOSED, DECIDED, READ)

_ALIKE = 85  # of 100: "perempaun" and "perempuan" are 89
_SHORTEST = 4  # letters of a word that may be misspelt: "smu" and "sma" are two things
_ALIKE_SERVICES = 90
_COMPARED = 50  # commonest services that a rarer one is held against
_MOST_SERVICES = 1000  # that are held against others; more are no list to choose from
_FEWEST_SHOWN = 2  # rows from which a spelling may be no single person's
_AGE = re.compile(r"[-+]?\d{1,3}")
# Words of trades and of no name: they are shown though one person alone wrote them.
_COMMON = {
    *("petani", "nelayan", "buruh", "guru", "dosen", "honorer", "sopir", "supir"),
    *("ojek", "tukang", "dokter", "perawat", "bidan", "pegawai", "negeri", "sipil"),
    *("bekerja", "kerja", "belum", "tidak", "tamat", "sekolah", "dasar", "menengah"),
    *("pertama", "atas", "kejuruan", "tinggi", "rumah", "tangga", "ibu", "sederajat"),
    *("dan", "atau", "lain", "kuliah"),
}
_ADDRESS = re.compile(r"\b(jl|jln|jalan|gang|gg|rt|rw|no|blok|desa|dusun)\b")


class _Seen(NamedTuple):
    """A spelling in all deliveries; `text` as most wrote it."""

    variable: str
    text: str
    band: str
    status: str
    rows: int


def propose(received: Sequence[Received]) -> pd.DataFrame:
    """One line per spelling: variable, written, band, count, spellings, status.

    `status`: `decided` by people; `read` by a built-in rule; `proposed` where nothing
    was decided and the spelling counts as unknown or as the rest: `band` is then what
    it may mean, "" if the program has no idea. Ages that are read are not listed.
    Spellings that may not be shown are one line per band, told in `spellings`.
    """
    seen = [each for variable in PROFILE for each in _seen(variable, received)]
    lines = []
    hidden: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for each in seen:
        if _may_be_shown(each):
            lines.append((*each[:3], each.rows, 1, each.status))
        else:
            # A service's band is its own words.
            band = "" if each.variable == "service" else each.band
            hidden[each.variable, band, each.status].append(each.rows)
    lines += [
        (variable, HIDDEN, band, sum(rows), len(rows), status)
        for (variable, band, status), rows in hidden.items()
    ]
    order = [*PROFILE]
    lines.sort(
        key=lambda x: (order.index(x[0]), _STATUSES.index(x[5]), -x[3], x[1], x[2])
    )
    return typed(pd.DataFrame(lines, columns=list(PROFILES)), PROFILES)


def _seen(variable: str, received: Sequence[Received]) -> list[_Seen]:
    found: dict[str, Counter[Spelling]] = defaultdict(Counter)
    for delivery in received:
        for each in delivery.spellings.get(variable, ()):
            if tidy(each.text):
                kind = each._replace(text=tidy(each.text), rows=0)
                found[fold(each.text)][kind] += each.rows
    if variable == "service":
        return _services(found.values())
    return [
        _Seen(variable, most.text, *_meaning(variable, most), ways.total())
        for ways in found.values()
        if variable != "age" or _commonest(ways).rule
        for most in (_commonest(ways),)
    ]


def _commonest(ways: Counter[Spelling]) -> Spelling:
    return min(ways, key=lambda each: (-ways[each], each.text))


def _meaning(variable: str, spelling: Spelling) -> tuple[str, str]:
    """The band in effect, or the one to be confirmed; and the status."""
    if spelling.rule == DECIDED:
        return spelling.band, DECIDED
    if not spelling.rule:
        return spelling.band, READ
    return _near(variable, spelling.text) or spelling.band, PROPOSED


def _near(variable: str, text: str) -> str:
    """The band of the one word that a misspelt word is near to; "" for none or two."""
    words = [word for word in BY_WORD.get(variable, {}) if len(word) >= _SHORTEST]
    bands = set()
    for written in words_of(text).split():
        if len(written) >= _SHORTEST:
            near = process.extractOne(
                written, words, scorer=fuzz.ratio, score_cutoff=_ALIKE
            )
            bands |= {BY_WORD[variable][near[0]]} if near else set()
    return bands.pop() if len(bands) == 1 else ""


def _services(found: Iterable[Counter[Spelling]]) -> list[_Seen]:
    """Services that differ in punctuation alone are one; a rare one may be another."""
    groups: dict[str, list[tuple[Spelling, int]]] = defaultdict(list)
    for ways in found:
        most = _commonest(ways)
        groups[words_of(most.text)].append((most, ways.total()))
    sizes = {key: sum(rows for _, rows in group) for key, group in groups.items()}
    named = {
        key: min(group, key=lambda x: (-x[1], x[0].text))[0].text
        for key, group in groups.items()
    }
    ordered = sorted(groups, key=lambda key: (-sizes[key], key))
    seen = []
    for place, key in enumerate(ordered):
        first = ordered[: min(place, _COMPARED)] if place < _MOST_SERVICES else ()
        larger = [other for other in first if sizes[other] > sizes[key]]
        near = process.extractOne(
            key, larger, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE_SERVICES
        )
        kept = sizes[key] >= _FEWEST_SHOWN and is_plain(named[key])
        band = named[near[0]] if near else (named[key] if kept else OTHER)
        status = READ if kept and not near else PROPOSED
        seen += [
            _Seen(
                "service",
                each.text,
                each.band if each.rule == DECIDED else band,
                DECIDED if each.rule == DECIDED else status,
                rows,
            )
            for each, rows in groups[key]
        ]
    return seen


def _may_be_shown(seen: _Seen) -> bool:
    """Whether a spelling is surely about no single person."""
    written = fold(seen.text)
    if seen.variable == "age" and _AGE.fullmatch(written):
        return True
    known = _COMMON | BY_WORD.get(seen.variable, {}).keys()
    words = words_of(written).split()
    if words and all(word in known for word in words):
        return True
    plain = is_plain(seen.text) and not _ADDRESS.search(written)
    return plain and seen.rows >= _FEWEST_SHOWN
