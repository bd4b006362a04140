"""Numbers in place of people: who a row is stays in the raw file.

A response's number is the beginning of a keyed hash, so that it tells nothing to who
has not the study's `secret`, is the same in every run, and stays the same for all other
rows when a file is corrected.
"""

import os
import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import chain, repeat

import numpy as np
import pandas as pd

from skm_analysis.errors import StudyError
from skm_analysis.responses.columnar import Distinct
from skm_analysis.study.places import Places
from skm_analysis.study.records import Delivery, Study

_SEPARATOR = "\x1f"
_BLOCK = 64  # bytes that SHA-256 takes at once
_DIGITS = 16  # of 64 hexadecimal ones: a clash among a million is one in 10^7


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
) -> list[list[str]]:
    """A number for each row, distinct from all others of the study.

    The rows of each delivery have unit, source, place and basis: `place` tells
    deliveries of one unit apart (`delivery_place`), `basis` the rows of one delivery,
    as the respondent's id or the row itself in normal form. Rows with the same basis
    are told apart by their order.
    """
    parts = [(_places(study, rows), rows["basis"].tolist()) for rows in deliveries]
    texts = [_told_apart(*part, repeat("0")) for part in parts]
    if len(set(chain(*texts))) < sum(map(len, texts)):
        seen: dict[str, int] = {}
        again = [[_again(seen, text) for text in each] for each in texts]
        texts = [_told_apart(*x, n) for x, n in zip(parts, again, strict=True)]
    return [_digests(key, each) for each in texts]


def _places(study: Study, rows: pd.DataFrame) -> list[str]:
    """The study and the unit's delivery of each row, as one text."""
    names = [rows[name].astype("category") for name in ("unit", "source", "place")]
    whole = np.zeros(len(rows), dtype=np.intp)
    for each in names:
        whole = whole * (len(each.cat.categories) + 1) + each.cat.codes.to_numpy()
    codes, _ = pd.factorize(whole)
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    told = zip(*(each.iloc[first].tolist() for each in names), strict=True)
    texts = [_SEPARATOR.join((study.id, *each)) for each in told]
    return [*Distinct(codes, texts).cells()]


def _told_apart(
    places: Iterable[str], basis: Iterable[str], again: Iterable[str]
) -> list[str]:
    told = zip(places, again, basis, strict=False)
    return [_SEPARATOR.join(each) for each in told]


def _again(seen: dict[str, int], text: str) -> str:
    """How often `text` came before."""
    before = seen.get(text, 0)
    seen[text] = before + 1
    return str(before)


def hide_names(key: bytes, kind: str, names: Iterable[str]) -> dict[str, str]:
    """A short number for each name of a cluster, day or counter; none for no name.

    The same name has the same number in the whole study, and another one under
    another `kind`.
    """
    return {
        name: _digest(key, kind + _SEPARATOR + name)[:8] if name else ""
        for name in names
    }


def _digest(key: bytes, text: str) -> str:
    return _digests(key, [text])[0]


def _digests(key: bytes, texts: Iterable[str]) -> list[str]:
    """The first digits of HMAC-SHA-256 of each text.

    What the key alone decides is worked out once, which takes half the time of
    `hmac.digest`.
    """
    block = (key if len(key) <= _BLOCK else sha256(key).digest()).ljust(_BLOCK, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in block))
    outer = sha256(bytes(byte ^ 0x5C for byte in block))
    digests = []
    for text in texts:
        within, around = inner.copy(), outer.copy()
        within.update(text.encode("utf-8", "replace"))
        around.update(within.digest())
        digests.append(around.hexdigest()[:_DIGITS])
    return digests


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
