"""How Indonesian sentences are put together from pieces: lists, letters, sampling."""

from collections.abc import Iterable, Sequence

from skm_analysis.report.elements import Inline, Line, Number
from skm_analysis.report.numbers import stated, verdict
from skm_analysis.study.records import Unit

SAMPLING = {
    "random": "dipilih secara acak",
    "systematic": "dipilih secara sistematis",
    "convenience": "ditemui pada saat menggunakan layanan, tanpa pengacakan",
    "census": "seluruh pengguna layanan (sensus)",
}
SAMPLING_SHORT = {
    "random": "acak",
    "systematic": "sistematis",
    "convenience": "tanpa pengacakan",
    "census": "sensus",
}
POPULATION_OF = {"persons": "orang", "visits": "kunjungan"}
CONDITIONAL = "seandainya responden dipilih acak"
MODES = {
    "interview": "wawancara",
    "self": "pengisian sendiri",
    "web": "kuesioner daring",
}


def population(unit: Unit) -> Number | None:
    """People or visits served: as stated, or over the strata; None if unknown."""
    told = unit.population or (sum(unit.strata.values()) if unit.strata else None)
    return stated(f"study.unit.{unit.id}.population", told) if told else None


def line(*parts: Inline | Line) -> Line:
    """One line from inlines and lines; neighbouring words are joined.

    >>> line("indeks ", ("94,20", " poin"), ".")
    ('indeks 94,20 poin.',)
    """
    flat: list[Inline] = []
    for part in parts:
        flat.extend(part if isinstance(part, tuple) else (part,))
    joined: list[Inline] = []
    for each in flat:
        if isinstance(each, str) and joined and isinstance(joined[-1], str):
            joined[-1] += each
        elif each != "":
            joined.append(each)
    return tuple(joined)


def listing(parts: Sequence[Inline | Line], last: str = "dan") -> Line:
    """
    >>> listing(["A"]), listing(["A", "B"]), listing(["A", "B", "C"])
    (('A',), ('A dan B',), ('A, B, dan C',))
    """
    if len(parts) < 2:
        return line(*parts)
    comma = ", " if len(parts) > 2 else " "
    inner: list[Inline | Line] = [parts[0]]
    for each in parts[1:-1]:
        inner += [", ", each]
    return line(*inner, f"{comma}{last} ", parts[-1])


def sentences(parts: Iterable[Line]) -> Line:
    """Lines that each are a sentence, one after another; empty ones vanish."""
    joined: list[Inline | Line] = []
    for part in parts:
        if part:
            joined += [" ", part] if joined else [part]
    return line(*joined)


def lower_first(text: str) -> str:
    """
    >>> lower_first("Sangat baik")
    'sangat baik'
    """
    return text[:1].lower() + text[1:]


def graded(key: str, letter: str, meaning: str) -> Line:
    """The letter as a verdict, with its meaning: A (sangat baik)."""
    return line(verdict(key, letter), f" ({lower_first(meaning)})")


def earlier(study: str) -> str:
    """How the previous study is named in a sentence.

    >>> earlier("2020"), earlier("2020-semester-2")
    ('tahun 2020', 'studi 2020-semester-2')
    """
    return f"tahun {study}" if study.isdigit() else f"studi {study}"
