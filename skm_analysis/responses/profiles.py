"""What the report tabulates of the respondents: free spellings -> a few bands.

Only these bands are kept. A text that names no band, or two, becomes unknown and is
counted, and so does an age outside 10 to 100; nothing is corrected. What people decided
about a spelling (`decisions/profiles.csv`) comes before what it would be read as. A
service keeps the unit's own words only where at least two respondents gave them and
they cannot be a number, an address or a telephone.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from skm_analysis.responses.columnar import Distinct, Texts, split
from skm_analysis.responses.labels import BANDS, OTHER, UNKNOWN
from skm_analysis.responses.masking import masked_kinds
from skm_analysis.responses.spelling import fold, tidy

PLAUSIBLE_AGE = (10, 100)  # years
MOST_SERVICES = 8  # the rest is "Lainnya"
_FEWEST_ROWS = 2
_NOTHING: Mapping[str, str] = MappingProxyType({})

_AGE = re.compile(r"(-?\d+)(?:[.,]0+)?\s*(?:tahun|thn|th)?\.?")
_AGE_BOUNDS = ((17, "< 17"), (26, "17–25"), (36, "26–35"), (46, "36–45"), (56, "46–55"))

_WORDS: Mapping[str, Mapping[str, str]] = {
    "sex": {
        "Laki-laki": "l lk laki laki2 lelaki pria cowok male m",
        "Perempuan": "p pr perempuan wanita cewek female f",
    },
    "education": {
        "SD": "sd mi",
        "SMP": "smp sltp mts",
        "SMA/SMK": "sma smk slta smu ma stm aliyah",
        "Diploma": "diploma d1 d2 d3 dii diii akademi",
        "S1/D4": "s1 d4 div sarjana",
        "S2": "s2 magister pascasarjana",
        "S3": "s3 doktor",
    },
    "occupation": {
        "PNS/ASN": "pns asn p3k pppk",
        "TNI": "tni tentara",
        "POLRI": "polri polisi",
        "Swasta": "swasta karyawan karyawati",
        "Wirausaha": "wirausaha wiraswasta pedagang dagang pengusaha wirausahawan",
        "Pelajar/Mahasiswa": "pelajar mahasiswa mahasiswi siswa siswi",
        "Ibu rumah tangga": "irt",
        OTHER: "lainnya lain pensiunan pensiun",
    },
}
# Several words that mean one band; the first that applies is taken.
_PHRASES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sex": (),
    "education": (
        (r"\b(tidak|belum|tdk)\b.*\b(tamat|sekolah|lulus)\b", "Tidak tamat SD"),
        (r"\bsekolah dasar\b", "SD"),
        (r"\bmenengah pertama\b", "SMP"),
        (r"\bmenengah (atas|kejuruan)\b", "SMA/SMK"),
        (r"\b(diploma|d) ?(4|iv)\b", "S1/D4"),
        (r"^di$", "Diploma"),  # within a text it is "in"
        (r"\bpasca sarjana\b", "S2"),
        (r"\bstrata (1|satu)\b", "S1/D4"),
        (r"\bstrata (2|dua)\b", "S2"),
        (r"\bstrata (3|tiga)\b", "S3"),
    ),
    "occupation": (
        (r"\bpensiun", OTHER),
        (r"\bpegawai negeri\b", "PNS/ASN"),
        (r"\brumah ?tangga\b", "Ibu rumah tangga"),
        (r"\btni polri\b", "TNI/POLRI"),
    ),
}
BY_WORD: Mapping[str, Mapping[str, str]] = {
    variable: {word: band for band, words in bands.items() for word in words.split()}
    for variable, bands in _WORDS.items()
}
_PLAIN_SERVICE = re.compile(r"[^\W\d_][\w .,/&()'’\-]*")
_MOST_DIGITS = 3  # a plate, a house, a telephone has more


DECIDED = "decided"  # the rule of a spelling that people grouped


class Spelling(NamedTuple):
    """One way of writing, and what became of it."""

    text: str
    band: str  # "" is unknown
    rule: str  # what emptied or moved it; "" where a built-in rule simply read it
    rows: int


class Banded(NamedTuple):
    column: Distinct  # of bands; "" is unknown
    built_in: Distinct  # the same without anybody's decision
    changes: Counter[str]  # rule -> rows
    spellings: tuple[Spelling, ...]

    @property
    def bands(self) -> Texts:
        """One per row."""
        return self.column.cells()


def band_column(
    variable: str,
    texts: Sequence[str] | Distinct,
    decided: Mapping[str, str] = _NOTHING,
) -> Banded:
    """The band of each respondent; each distinct text is looked at once.

    `decided`: folded spelling -> band, as people decided; it overrides what the text
    would be read as. A service is only tidied here: its categories depend on all rows
    of the unit (`group_services`).
    """
    column = texts if isinstance(texts, Distinct) else split(texts)
    read = [_READERS[variable](text) for text in column.texts]
    counts = column.counts.tolist()
    spellings = []
    for text, (band, rule), count in zip(column.texts, read, counts, strict=True):
        told = decided.get(fold(text))
        if told is not None:
            band, rule = ("" if told == UNKNOWN else told), DECIDED
        spellings.append(Spelling(text, band, rule, count))
    changes: Counter[str] = Counter()
    for each in spellings:
        if each.rule:
            changes[each.rule] += each.rows
    return Banded(
        Distinct(column.codes, [each.band for each in spellings]).map(str),
        Distinct(column.codes, [band for band, _ in read]),
        changes,
        tuple(spellings),
    )


def read_age(text: str) -> tuple[str, str]:
    """The age band and the rule that emptied it, if one did.

    >>> read_age("23 tahun"), read_age("-41"), read_age("1?")
    (('17–25', ''), ('', 'implausible'), ('', 'unreadable'))
    """
    written = fold(text)
    if not written:
        return "", ""
    alike = {_squeezed(band): band for band in BANDS["age"]}
    if (band := alike.get(_squeezed(written))) is not None:
        return band, ""
    if not (found := _AGE.fullmatch(written)):
        return "", "unreadable"
    age = int(found[1][:9])
    if not PLAUSIBLE_AGE[0] <= age <= PLAUSIBLE_AGE[1]:
        return "", "implausible"
    return next((band for upper, band in _AGE_BOUNDS if age < upper), "> 55"), ""


def _squeezed(text: str) -> str:
    return re.sub(r"\s|tahun|thn", "", text).replace("-", "–")


def _reader_of(variable: str) -> Callable[[str], tuple[str, str]]:
    words = BY_WORD[variable]
    phrases = [(re.compile(pattern), band) for pattern, band in _PHRASES[variable]]
    exact = {fold(band): band for band in BANDS[variable]}

    def read(text: str) -> tuple[str, str]:
        written = fold(text)
        if not written or written in exact:
            return exact.get(written, ""), ""
        spaced = written.replace("_", " ")  # KoboToolbox: laki_laki
        # "S-1", "S.1" and "D III" are one word each.
        joined = re.sub(r"\b([sd])[ .\-]+(?=([1-4]|iv|i{1,3})\b)", r"\1", spaced)
        plain = " ".join(re.findall(r"\w+", joined))
        for pattern, band in phrases:
            if pattern.search(plain):
                return band, ""
        bands = {words[word] for word in plain.split() if word in words}
        if len(bands) == 1:
            return bands.pop(), ""
        if bands:
            return "", "ambiguous"
        return (OTHER, "other") if OTHER in BANDS[variable] else ("", "unreadable")

    return read


def _read_service(text: str) -> tuple[str, str]:
    return tidy(text), ""


_READERS: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "sex": _reader_of("sex"),
    "age": read_age,
    "education": _reader_of("education"),
    "occupation": _reader_of("occupation"),
    "service": _read_service,
}


def group_services(texts: pd.Series) -> pd.Series:
    """One unit's services as categories: at most eight, each from two rows or more.

    Spellings that differ in case, spaces and punctuation alone are one; the commonest
    of them names it, with spaces where a form's names have "_". What is rarer, or could
    be a person's data, is "Lainnya".
    """
    spellings = texts.value_counts()
    groups: dict[str, list[tuple[int, str]]] = {}
    for text, count in spellings.items():
        groups.setdefault(words_of(str(text)), []).append((-int(count), str(text)))
    for told in ("", words_of(OTHER), words_of(UNKNOWN)):
        groups.pop(told, None)
    sizes = {key: -sum(count for count, _ in found) for key, found in groups.items()}
    named = {key: min(found)[1].replace("_", " ") for key, found in groups.items()}
    kept = [
        key for key in groups if sizes[key] >= _FEWEST_ROWS and is_plain(named[key])
    ]
    kept.sort(key=lambda key: (-sizes[key], key))
    if len(kept) > MOST_SERVICES or (
        len(kept) == MOST_SERVICES and len(kept) < len(groups)
    ):
        kept = kept[: MOST_SERVICES - 1]
    names = {key: named[key] for key in kept} | {"": "", words_of(UNKNOWN): ""}
    found = {text: names.get(words_of(str(text)), OTHER) for text in spellings.index}
    return texts.map(found).astype(str)


def words_of(text: str) -> str:
    """The words alone: what tells two services apart."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def is_plain(text: str) -> bool:
    """Whether it can be a service's name: nothing of a person, no number or formula."""
    key = fold(text)
    return bool(
        len(key) <= 60
        and _PLAIN_SERVICE.fullmatch(key)
        and sum(map(str.isdigit, key)) <= _MOST_DIGITS
        and "@" not in key
        and not masked_kinds(text)
    )
