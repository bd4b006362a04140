"""Numbers in place of people: who a row is stays in the raw file.

A response's number is a keyed hash, so that it tells nothing to who
has not the study's `secret`, is the same in every run, and stays the same for all other
rows when a file is corrected.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, compress

import numpy as np
import numpy.typing as npt
import pandas as pd

from skm_analysis.errors import StudyError
from skm_analysis.responses.columnar import Distinct, Texts
from skm_analysis.responses.keyed_hash import keyed_hash
from skm_analysis.responses.response_numbers import Numbers, written
from skm_analysis.study.places import Places
from skm_analysis.study.records import Delivery, Study

_SEPARATOR = "\x1f"


def read_secret(places: Places) -> bytes:
    """The study's key; made at random, readable by the owner only, if there is none."""
    try:
        handle = os.open(places.secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w", encoding="ascii", newline="") as file:
            file.write(secrets.token_hex(32) + "\n")
    return _key(places)


def borrowed_secret(places: Places) -> bytes:
    """The study's key, or while it has none one of no meaning; nothing is written."""
    return _key(places) if places.secret.exists() else bytes(32)


def _key(places: Places) -> bytes:
    key = places.secret.read_bytes().strip()
    if len(key) < 16:
        raise StudyError(
            [
                f"{places.told(places.secret)}: terlalu pendek untuk menjadi kunci.\n"
                "  pulihkan berkas aslinya dari cadangan; tanpa itu nomor respons "
                "berubah,\n"
                "  atau hapus berkas itu agar dibuat yang baru."
            ]
        )
    return key


def number_responses(
    key: bytes, study: Study, deliveries: Sequence[pd.DataFrame]
) -> list[Numbers]:
    """A number for each row, distinct from all others of the study.

    The rows of each delivery have unit, source, place and basis: `place` tells
    deliveries of one unit apart (`delivery_place`), `basis` the rows of one delivery,
    as the respondent's id or the row itself in normal form. Rows with the same basis
    are told apart by their order.
    """
    parts = [(_places(study, rows), np.asarray(rows["basis"])) for rows in deliveries]
    numbers = [_first_of_their_kind(key, *part) for part in parts]
    whole = np.concatenate([np.array([], dtype=np.uint64), *numbers])
    alike = pd.Series(whole).duplicated(keep=False).to_numpy()
    if alike.any():
        whole[alike] = _repeated(key, parts, whole, alike)
    ends = accumulate(map(len, numbers))
    return [whole[end - len(own) : end] for own, end in zip(numbers, ends, strict=True)]


def _first_of_their_kind(key: bytes, places: Distinct, basis: Texts) -> Numbers:
    """The numbers of rows with which none before agrees."""
    numbers = np.empty(len(basis), dtype=np.uint64)
    for code, place in enumerate(places.texts):
        at = np.flatnonzero(places.codes == code)
        numbers[at] = keyed_hash(key, f"{place}{_SEPARATOR}first", basis[at])
    return numbers


def _repeated(
    key: bytes,
    parts: Sequence[tuple[Distinct, Texts]],
    numbers: Numbers,
    alike: npt.NDArray[np.bool_],
) -> Numbers:
    """The numbers of the rows `alike`, by how many before have the same basis."""
    rows = chain.from_iterable(
        zip(places.cells(), basis, strict=True) for places, basis in parts
    )
    found = numbers[alike]
    seen: Counter[tuple[str, str]] = Counter()
    later: dict[str, list[tuple[int, str]]] = {}
    for at, (place, basis) in enumerate(compress(rows, alike)):
        if count := seen[place, basis]:
            text = f"{count}{_SEPARATOR}{basis}"
            later.setdefault(place, []).append((at, text))
        seen[place, basis] += 1
    for place, those in later.items():
        which, texts = zip(*those, strict=True)
        told = np.array(texts, dtype=object)
        found[[*which]] = keyed_hash(key, f"{place}{_SEPARATOR}repeated", told)
    return found


def _places(study: Study, rows: pd.DataFrame) -> Distinct:
    """The study and the unit's delivery of each row, as one text."""
    names = [rows[name].astype("category") for name in ("unit", "source", "place")]
    whole = np.zeros(len(rows), dtype=np.intp)
    for each in names:
        whole = whole * (len(each.cat.categories) + 1) + each.cat.codes.to_numpy()
    codes, _ = pd.factorize(whole)
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    told = zip(*(each.iloc[first].tolist() for each in names), strict=True)
    texts = [_SEPARATOR.join((study.id, *each)) for each in told]
    return Distinct(codes, texts)


def hide_names(key: bytes, kind: str, names: Iterable[str]) -> dict[str, str]:
    """A short number for each name of a cluster, day or counter; none for no name.

    The same name has the same number in the whole study, and another one under
    another `kind`.
    """
    told = [*names]
    numbers = written(keyed_hash(key, kind, np.array(told, dtype=object)))
    return {
        name: number[:8] if name else ""
        for name, number in zip(told, numbers, strict=True)
    }


def may_hold(delivery: Delivery, unit: str) -> bool:
    """Whether rows of `unit` can stand in the delivery."""
    if delivery.unit is not None:
        return delivery.unit == unit
    return not delivery.units or unit in delivery.units.values()


def delivery_place(study: Study, delivery: Delivery, unit: str) -> str:
    """Which of the unit's deliveries of that source it is, counted from 0.

    A delivery that replaces another takes its place, and one of another unit moves
    nobody, so that a correction leaves the numbers of all other rows as they are. A
    folder or pattern is one place, and its files are told apart by their names, so
    that it does not matter how many of them have come.
    """
    first = _first_version(study, delivery)
    before = {
        _declared(study, each)
        for each in study.deliveries[: _position(study, first)]
        if each.source == delivery.source
        and may_hold(each, unit)
        and _first_version(study, each) is each
    }
    place = str(len(before - {_declared(study, first)}))
    return f"{place}/{first.file}" if first.pattern else place


def _declared(study: Study, delivery: Delivery) -> tuple[str | None, object]:
    """What tells one [[delivery]] of study.toml from the others."""
    if delivery.pattern:
        return delivery.pattern, delivery.sheet
    return None, _position(study, delivery)


def _first_version(study: Study, delivery: Delivery) -> Delivery:
    seen = [delivery]
    while seen[-1].replaces is not None:
        older = next(
            (d for d in study.deliveries if d.file == seen[-1].replaces), seen[-1]
        )
        if any(older is each for each in seen):
            break
        seen.append(older)
    return seen[-1]


def _position(study: Study, delivery: Delivery) -> int:
    return next(i for i, each in enumerate(study.deliveries) if each is delivery)
