"""The estimates table: one row per number, keyed, unrounded; and how it is stored."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One estimate, in the unit of its measure; None where undefined."""

    study: str
    measure: str
    scope: str  # unit, group, city, instrument, study
    unit: str = ""  # id of the unit, name of the group or instrument, "" for the city
    item: str = ""  # item key, profile variable
    category: str = ""  # answer, band, letter, reason
    part: str = ""  # "" the whole study; otherwise names joined by "+"
    value: float | None = None
    se: float | None = None
    df: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    level: float | None = None
    method: str = "none"
    n: int | None = None
    population: int | None = None
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        category = "" if self.measure in _VERDICTS else self.category
        return make_key(
            self.scope, self.unit, self.measure, self.item, category, self.part
        )

    def flagged(self, *flags: str) -> "Row":
        every = tuple(dict.fromkeys((*self.flags, *flags)))
        return self if every == self.flags else replace(self, flags=every)


COLUMNS = (
    "key",
    "study",
    "part",
    "scope",
    "unit",
    "measure",
    "item",
    "category",
    "value",
    "se",
    "df",
    "ci_low",
    "ci_high",
    "level",
    "method",
    "n",
    "population",
    "flags",
)
# Their category is what was found, not part of the name.
_VERDICTS = {"grade", "target_gap", "quadrant"}
_FLOATS = {"value", "se", "df", "ci_low", "ci_high", "level"}
_INTEGERS = {"n", "population"}


_LONGEST_PIECE = 40
_PLAIN_PART = re.compile(r"[A-Za-z0-9=_+-]{1,56}")


def slug(text: str) -> str:
    """`text` in the characters of a key: a-z 0-9 and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def piece(text: str) -> str:
    """`slug`; where that is long, empty or lacks a letter, shortened with a digest."""
    plain = slug(text)
    lost = any(each.isalpha() and not each.isascii() for each in text)
    if not text or (0 < len(plain) <= _LONGEST_PIECE and not lost):
        return plain
    digest = sha256(text.encode()).hexdigest()[:6]
    return f"{plain[: _LONGEST_PIECE - 7].strip('-')}-{digest}".strip("-")


def _part(text: str) -> str:
    """A part as it is, where it looks like ids; what people call a stratum may not."""
    return text if _PLAIN_PART.fullmatch(text) else piece(text)


def make_key(
    scope: str,
    unit: str,
    measure: str,
    item: str = "",
    category: str = "",
    part: str = "",
) -> str:
    """Stable name of a number: scope.unit.measure[.item][.category][@part].

    At most 100 characters, if ids are as long as a study may have them.

    >>> make_key("unit", "kel-ngalau", "share", "persyaratan", "4")
    'unit.kel-ngalau.share.persyaratan.4'
    >>> make_key("city", "", "ikm_mean_of_units")
    'city..ikm_mean_of_units'
    """
    name = f"{scope}.{piece(unit)}.{measure}"
    name += "".join(f".{piece(each)}" for each in (item, category) if each)
    return f"{name}@{_part(part)}" if part else name


class Estimates:
    """The rows of one study, found by key or by their columns. Read only."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)
        self._by_key = {row.key: row for row in self._rows}
        if len(self._by_key) != len(self._rows):
            count = Counter(row.key for row in self._rows)
            twice = [key for key, times in count.items() if times > 1]
            raise ValueError(f"keys must be unique; more than once: {twice[:3]}")

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Row:
        return self._by_key[key]

    def get(self, key: str) -> Row | None:
        return self._by_key.get(key)

    def select(self, **columns: str) -> list[Row]:
        """Rows whose columns equal all those given, in the table's order."""
        return [
            row
            for row in self._rows
            if all(getattr(row, name) == value for name, value in columns.items())
        ]


def write_estimates(path: Path, rows: Iterable[Row]) -> None:
    """Write shortest decimals that read back alike, and nothing where undefined."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = dict(
            zip((each.name for each in fields(row)), astuple(row), strict=True)
        )
        cells |= {"key": row.key, "flags": " ".join(row.flags)}
        writer.writerow(_text(cells[column]) for column in COLUMNS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def read_estimates(path: Path) -> Estimates:
    with path.open(encoding="utf-8", newline="") as file:
        return Estimates(_row(cells) for cells in csv.DictReader(file))


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return repr(float(cell)) if isinstance(cell, float) else str(cell)


def _row(cells: dict[str, str]) -> Row:
    values: dict[str, object] = {}
    for column in COLUMNS[1:]:
        cell = cells[column]
        if column in _FLOATS:
            values[column] = float(cell) if cell else None
        elif column in _INTEGERS:
            values[column] = int(cell) if cell else None
        elif column == "flags":
            values[column] = tuple(cell.split())
        else:
            values[column] = cell
    return Row(**values)  # type: ignore[arg-type]
