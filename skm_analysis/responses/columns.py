"""Which column of the file is which, by the names that the study gives."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import (
    RawTable,
    column_letters,
    printable,
    refusal,
)
from skm_analysis.responses.screening import may_be_shown
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.value_labels import variable_names
from skm_analysis.study.records import Delivery

# What stands in study.toml -> where to mend it.
_SINGLE = (
    "unit_column",
    "id_column",
    "stratum_column",
    "serial_column",
    "cluster_column",
    "period_column",
    "comment_column",
)
_TRIALS = "[[delivery.test]]"
_EXCLUDED = "[[delivery.exclude]]"
_ITEMS = "[delivery.columns]"
_IMPORTANCE = "[delivery.importance]"
_PROFILE = "[delivery.profile]"
_IN_ITEMS = (_ITEMS, _IMPORTANCE, _PROFILE)  # of a file in long form


class Columns(NamedTuple):
    """Positions of the columns that a delivery names."""

    items: Mapping[str, int]  # item key -> position
    importance: Mapping[str, int]  # item key -> position
    profile: Mapping[str, int]  # variable -> position
    single: Mapping[str, int]  # unit_column, id_column … -> position
    trials: Mapping[str, int]  # header of a [[delivery.test]] -> position
    excluded: Mapping[str, int]  # header of a [[delivery.exclude]] -> position
    unread: tuple[str, ...]  # headers that nothing in study.toml names

    def get(self, role: str) -> int | None:
        return self.single.get(role)


class _Named(NamedTuple):
    place: str  # key in study.toml
    purpose: str
    header: str


def wanted_headers(delivery: Delivery) -> tuple[str, ...]:
    """All column names of the file without which the delivery cannot be read."""
    named = _named(delivery)
    told = [each.header for each in named]
    told += further_headers(delivery)
    if (long := delivery.long) is not None:
        beside = [each.header for each in named if each.place not in _IN_ITEMS]
        told = [long.respondent, long.item, long.answer, *beside]
    return tuple(dict.fromkeys(told))


def further_headers(delivery: Delivery) -> tuple[str, ...]:
    """Columns that stand beside the first of their item or profile variable."""
    several = (*delivery.further_columns.values(), *delivery.further_profile.values())
    return (*chain.from_iterable(several),)


def item_names(delivery: Delivery, beside: Sequence[str]) -> tuple[str, ...]:
    """What a delivery in long form names in its item column.

    A profile variable is there unless it has a column of its own, `beside` the items.
    """
    told = [
        each.header
        for each in _named(delivery)
        if each.place in _IN_ITEMS
        and not (each.place == _PROFILE and positions(beside, each.header))
    ]
    return tuple(dict.fromkeys(told))


def places_beside(names: Sequence[str], delivery: Delivery) -> tuple[int, ...]:
    """Which of the columns `names` tell whose a row is; a comment tells nothing."""
    found = [
        at
        for each in _named(delivery)
        if each.place != "comment_column"
        and (each.place not in _IN_ITEMS or each.place == _PROFILE)
        for at in positions(names, each.header)
    ]
    return tuple(dict.fromkeys(found))


def find_columns(table: RawTable, delivery: Delivery) -> Columns:
    """Find every named column; raise DeliveryError telling all that are missing."""
    named_ones = [named.header for named in _named(delivery)]
    respondent = [delivery.long.respondent] if delivery.long else []
    joined = further_headers(delivery)
    known = {fold(x) for x in (*named_ones, *respondent, *joined, *delivery.drop)}
    places: dict[tuple[str, str], int] = {}
    missing: list[_Named] = []
    for named in _named(delivery):
        found = positions(table.header, named.header) or positions(
            variable_names(table), named.header
        )
        if not found:
            missing.append(named)
            continue
        _refuse_repeated(table, named, found, known)
        by_header = named.place in (_TRIALS, _EXCLUDED)
        key = named.header if by_header else named.purpose
        places[named.place, key] = found[0]
    if missing:
        raise _missing(table, delivery, missing)
    beside = (*delivery.drop, *joined)
    passed = (each for name in beside for each in positions(table.header, name))
    named_positions = {*places.values(), *passed}
    unread = tuple(
        _shown(table, position)
        for position, header in enumerate(table.header)
        if header and position not in named_positions and fold(header) not in known
    )
    return Columns(
        items=_of(places, _ITEMS),
        importance=_of(places, _IMPORTANCE),
        profile=_of(places, _PROFILE),
        single={
            place: position
            for (place, _), position in places.items()
            if place in _SINGLE
        },
        trials=_of(places, _TRIALS),
        excluded=_of(places, _EXCLUDED),
        unread=unread,
    )


def _named(delivery: Delivery) -> list[_Named]:
    sections = (
        (_ITEMS, delivery.columns),
        (_IMPORTANCE, delivery.importance),
        (_PROFILE, delivery.profile),
    )
    named = [
        _Named(place, key, header)
        for place, headers in sections
        for key, header in headers.items()
    ]
    for role in _SINGLE:
        header = getattr(delivery, role)
        if role == "id_column" and delivery.long is not None:
            header = header or delivery.long.respondent
        if header:
            named.append(_Named(role, role, header))
    named += [_Named(_TRIALS, "baris uji coba", x.column) for x in delivery.trials]
    columns = dict.fromkeys(rows.column for rows in delivery.excluded)
    named += [_Named(_EXCLUDED, "baris yang dikeluarkan", each) for each in columns]
    return named


def _of(places: Mapping[tuple[str, str], int], section: str) -> dict[str, int]:
    return {key: at for (place, key), at in places.items() if place == section}


def _refuse_repeated(
    table: RawTable, named: _Named, found: list[int], known: set[str]
) -> None:
    """Refuse a name that several columns bear, unless the others are named as well."""
    others = [_shown(table, i) for i in found[1:] if fold(table.header[i]) not in known]
    if others:
        raise refusal(
            table.file,
            f"kolom {named.header!r} untuk {named.purpose} ada lebih dari satu kali.",
            f"yang lain terbaca sebagai: {', '.join(others)}",
            f"sebutkan yang dimaksud di {named.place} study.toml, dan yang tidak "
            "dipakai di drop.",
        )


def _missing(
    table: RawTable, delivery: Delivery, missing: list[_Named]
) -> DeliveryError:
    first, *rest = missing
    lines = [f"kolom {first.header!r} untuk {first.purpose} tidak ada."]
    lines += [f"  kolom {n.header!r} untuk {n.purpose} tidak ada." for n in rest]
    near = {
        close
        for named in missing
        for close in get_close_matches(named.header, table.header, n=1, cutoff=0.75)
    }
    told = [_shown(table, at) for at, name in enumerate(table.header) if name]
    remedies = [f"kolom pada berkas: {', '.join(told)}"]
    if len(missing) == len(_named(delivery)) and any(map(_is_data, table.header)):
        remedies = ["tampaknya berkas ini tidak berjudul kolom, atau judulnya berbeda."]
    elif near:
        remedies.append(f"mungkin maksudnya: {', '.join(sorted(near))}")
    places = dict.fromkeys(named.place for named in missing)
    remedies.append(
        f"perbaiki {', '.join(places)} di study.toml: tulis judul kolom seperti pada "
        "berkas."
    )
    return refusal(table.file, "\n".join(lines), *remedies)


def _is_data(header: str) -> bool:
    """Whether a header is more likely the first respondent of a file without one."""
    return bool(re.search(r"^[\d.,\s]+$|\d{5,}|@", header))


def _shown(table: RawTable, at: int) -> str:
    """A column's name, or where it lies if a person may be named in it."""
    header = table.header[at]
    told = header if may_be_shown(header) else f"(kolom {column_letters(at)})"
    return printable(told)
