"""How a table of a configuration file is read, key by key, against its schema.

A kind reads one written value. What does not fit is told to the spot, and reading
goes on, so that one look at the files finds every fault.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skm_analysis.study.faults import Spot, nearest, plain, shown

_REQUIRED = object()
UNFIT = object()  # what a kind gives when it has told a fault


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of value: how it is described to people, and how it is read."""

    expected: str
    read: Callable[[object, Spot, str], Any]


@dataclass(frozen=True, slots=True)
class Key:
    kind: Kind
    default: Any = _REQUIRED


Schema = Mapping[str, Key]


class Table(dict[str, Any]):
    """The values of one table by key, without those at fault; and where it stands."""

    def __init__(self, values: Mapping[str, Any], spot: Spot) -> None:
        super().__init__(values)
        self.spot = spot


def needed(kind: Kind) -> Key:
    return Key(kind)


def optional(kind: Kind, default: object = None) -> Key:
    return Key(kind, default)


def read_table(found: Mapping[str, object], schema: Schema, spot: Spot) -> Table:
    """Read every key of `schema`; tell unknown, missing and unfit ones."""
    for unknown in [name for name in found if name not in schema]:
        spot.fault(f"'{plain(unknown)}' tidak dikenal.", *nearest(unknown, schema))
    values = {}
    for name, key in schema.items():
        if name in found:
            before = len(spot.faults.found)
            value = key.kind.read(found[name], spot, name)
            if spot.table and (told := spot.faults.found[before:]):
                _tell_misplaced(found, name, schema, spot, told)
        elif key.default is _REQUIRED:
            spot.fault(f"'{name}' belum ada.", f"yang diharapkan: {key.kind.expected}")
            value = UNFIT
        else:
            value = key.default
        if value is not UNFIT:
            values[name] = value
    return Table(values, spot)


def _tell_misplaced(
    found: Mapping[str, object],
    name: str,
    schema: Schema,
    spot: Spot,
    told: Sequence[str],
) -> None:
    """Say of keys `told` to be unfit within a table that they belong above its head."""
    within = found[name]
    inner = spot.inside(name)
    for key in within if isinstance(within, dict) else ():
        if key in schema and any(f"'{key}'" in each for each in told):
            head = f"[[{spot.table}]]" if spot.many else f"[{spot.table}]"
            inner.fault(
                f"'{plain(key)}' adalah kunci {head}.",
                f"pindahkan ke atas [{inner.table}], di bawah {head}-nya.",
            )


def told_unfit(expected: str, found: object, spot: Spot, key: str) -> object:
    spot.fault(
        f"'{plain(key)}' tidak sesuai.",
        f"yang diharapkan: {expected}",
        f"yang tertulis: {shown(found)}",
    )
    return UNFIT


def each(kind: Kind) -> Kind:
    """A list of one kind, as a tuple."""
    expected = f"daftar berisi {kind.expected}"

    def read(found: object, spot: Spot, key: str) -> object:
        if not isinstance(found, list):
            return told_unfit(expected, found, spot, key)
        values = tuple(kind.read(value, spot, key) for value in found)
        return UNFIT if UNFIT in values else values

    return Kind(expected, read)


def one_or_more(kind: Kind) -> Kind:
    """One value or a list of them, as a tuple."""
    expected = f"{kind.expected}, atau daftar berisi itu"
    several = each(kind)

    def read(found: object, spot: Spot, key: str) -> object:
        if isinstance(found, list):
            if not found:
                return told_unfit(expected, found, spot, key)
            return several.read(found, spot, key)
        value = kind.read(found, spot, key)
        return UNFIT if value is UNFIT else (value,)

    return Kind(expected, read)


def table(schema: Schema) -> Kind:
    expected = "sebuah tabel"

    def read(found: object, spot: Spot, key: str) -> object:
        if not isinstance(found, dict):
            return told_unfit(f"tabel [{key}]", found, spot, key)
        return read_table(found, schema, spot.inside(key))

    return Kind(expected, read)


def tables(schema: Schema, *, named_by: str) -> Kind:
    """`[[key]]` tables; messages name each by one of its values."""
    expected = "satu tabel atau lebih, masing-masing diawali [[…]]"

    def read(found: object, spot: Spot, key: str) -> object:
        if not isinstance(found, list) or not all(isinstance(x, dict) for x in found):
            return told_unfit(f"tabel-tabel [[{key}]]", found, spot, key)
        read_ones = []
        for number, one in enumerate(found, 1):
            name = one.get(named_by)
            label = name if isinstance(name, str) and name else f"ke-{number}"
            read_ones.append(read_table(one, schema, spot.one_of_many(key, label)))
        return tuple(read_ones)

    return Kind(expected, read)


def mapping(names: Kind, values: Kind) -> Kind:
    """A table whose keys the study chooses."""

    def read(found: object, spot: Spot, key: str) -> object:
        if not isinstance(found, dict):
            return told_unfit(f"tabel [{key}]", found, spot, key)
        inner = spot.inside(key)
        read_ones = {
            names.read(name, inner, name): values.read(value, inner, name)
            for name, value in found.items()
        }
        if UNFIT in read_ones or UNFIT in read_ones.values():
            return UNFIT
        if len(read_ones) < len(found):
            inner.fault("ada kunci yang hanya berbeda dalam spasi.", "hapus satu.")
        return Table(read_ones, inner)

    return Kind(f"tabel: {names.expected} = {values.expected}", read)
