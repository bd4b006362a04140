"""Faults of the files that people write, gathered so that all are told at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from skm_analysis.errors import StudyError

_TOLD_AT_ONCE = 100
_NAMES_LISTED = 30


@dataclass(slots=True)
class Faults:
    """A growing list of problems, each a finished text of a few lines."""

    found: list[str] = field(default_factory=list)
    places: list[object] = field(default_factory=list)  # where each was added

    def add(self, where: object, what: str, *hints: str) -> None:
        """Keep `where: what`, with one indented line for each hint."""
        self.places.append(where)
        self.found.append("\n  ".join((f"{where}: {what}", *hints)))

    def raise_if_any(self) -> None:
        if self.found:
            raise self.error()

    def error(self) -> StudyError:
        """All that was found, the first hundred in full."""
        told = list(dict.fromkeys(self.found))
        if len(told) > _TOLD_AT_ONCE:
            rest = len(told) - _TOLD_AT_ONCE
            told = [*told[:_TOLD_AT_ONCE], f"… dan {rest} masalah lain lagi."]
        return StudyError(told)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, as messages name it: `study.toml [[unit]] kel-ngalau`."""

    faults: Faults
    file: str
    table: str = ""
    many: bool = False
    label: str = ""

    def __str__(self) -> str:
        table = f"[[{self.table}]]" if self.many else f"[{self.table}]"
        parts = (self.file, table if self.table else "", self.label)
        return " ".join(part for part in parts if part)

    def fault(self, what: str, *hints: str) -> None:
        self.faults.add(self, what, *hints)

    def inside(self, key: str) -> "Spot":
        table = f"{self.table}.{key}" if self.table else key
        return replace(self, table=plain(table), many=False)

    def at(self, label: str) -> "Spot":
        return replace(self, label=plain(label))

    def one_of_many(self, key: str, label: str) -> "Spot":
        return replace(self.inside(key), many=True, label=plain(label))


def plain(text: str) -> str:
    """`text` on one short line without anything that would move a terminal's cursor.

    >>> plain("kel-\\x1b[2Jngalau")
    'kel-�[2Jngalau'
    """
    short = text if len(text) <= 60 else f"{text[:57]}…"
    return "".join(sign if sign.isprintable() else "�" for sign in short)


def shown(value: object) -> str:
    """A value of a configuration file as a message quotes it."""
    match value:
        case str():
            return f'"{plain(value)}"'
        case bool():
            return str(value).lower()
        case dict():
            return "sebuah tabel"
        case list():
            return "sebuah daftar"
        case int() if value.bit_length() > 200:
            return "bilangan yang sangat besar"
    return plain(str(value))


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Hints after an unknown name: the known ones, and the one probably meant."""
    names = list(dict.fromkeys(known))
    listed = ", ".join(plain(each) for each in names[:_NAMES_LISTED])
    if len(names) > _NAMES_LISTED:
        listed += f", … ({len(names)} semuanya)"
    hints = [f"yang dikenal: {listed or 'belum ada'}"]
    # difflib takes quadratic time; a name this long is near no real one.
    if len(name) <= 80 and len(names) <= 1000:
        by_folded = {each.casefold(): each for each in names}
        close = get_close_matches(name.casefold(), by_folded, n=1)
        hints += [f"mungkin maksudnya: {plain(by_folded[each])}" for each in close]
    return tuple(hints)
