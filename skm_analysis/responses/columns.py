"""Which column of the file is which, by the names that the study gives."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import RawTable, refusal
from skm_analysis.responses.spelling import fold
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


class Columns(NamedTuple):
    """Positions of the columns that a delivery names."""

    items: Mapping[str, int]  # item key -> position
    importance: Mapping[str, int]  # item key -> position
    profile: Mapping[str, int]  # variable -> position
    single: Mapping[str, int]  # unit_column, id_column … -> position
    trials: Mapping[str, int]  # header of a [[delivery.test]] -> position
    unread: tuple[str, ...]  # headers that nothing in study.toml names

    def get(self, role: str) -> int | None:
        return self.single.get(role)


class _Named(NamedTuple):
    place: str  # key in study.toml
    purpose: str
    header: str


def wanted_headers(delivery: Delivery) -> tuple[str, ...]:
    """All column names without which the delivery cannot be read."""
    return tuple(dict.fromkeys(named.header for named in _named(delivery)))


def find_columns(table: RawTable, delivery: Delivery) -> Columns:
    """Find every named column; raise DeliveryError telling all that are missing."""
    known = {fold(name) for name in (*wanted_headers(delivery), *delivery.drop)}
    places: dict[tuple[str, str], int] = {}
    missing: list[_Named] = []
    for named in _named(delivery):
        found = positions(table.header, named.header)
        if not found:
            missing.append(named)
            continue
        _refuse_repeated(table, named, found, known)
        key = named.header if named.place == _TRIALS else named.purpose
        places[named.place, key] = found[0]
    if missing:
        raise _missing(table, delivery, missing)
    named_positions = set(places.values())
    unread = tuple(
        header
        for position, header in enumerate(table.header)
        if header and position not in named_positions and fold(header) not in known
    )
    return Columns(
        items=_of(places, "[delivery.columns]"),
        importance=_of(places, "[delivery.importance]"),
        profile=_of(places, "[delivery.profile]"),
        single={
            place: position
            for (place, _), position in places.items()
            if place in _SINGLE
        },
        trials=_of(places, _TRIALS),
        unread=unread,
    )


def _named(delivery: Delivery) -> list[_Named]:
    sections = (
        ("[delivery.columns]", delivery.columns),
        ("[delivery.importance]", delivery.importance),
        ("[delivery.profile]", delivery.profile),
    )
    named = [
        _Named(place, key, header)
        for place, headers in sections
        for key, header in headers.items()
    ]
    for role in _SINGLE:
        if header := getattr(delivery, role):
            named.append(_Named(role, role, header))
    named += [_Named(_TRIALS, "baris uji coba", x.column) for x in delivery.trials]
    return named


def _of(places: Mapping[tuple[str, str], int], section: str) -> dict[str, int]:
    return {key: at for (place, key), at in places.items() if place == section}


def _refuse_repeated(
    table: RawTable, named: _Named, found: list[int], known: set[str]
) -> None:
    """Refuse a name that several columns bear, unless the others are named as well."""
    others = [table.header[i] for i in found[1:] if fold(table.header[i]) not in known]
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
    remedies = [f"kolom pada berkas: {', '.join(map(_shown, table.header))}"]
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


def _shown(header: str) -> str:
    return "…" if _is_data(header) else header
