"""The orders in which known instruments number their items, laid over a file's columns.

"U8" is *sarana* in the regulation's questionnaire and *pengaduan* in its list of
elements; an earlier regulation has *maklumat* there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from skm_analysis.responses.column_kinds import SeenColumn
from skm_analysis.study.records import Instrument

_SWAPPED = ("sarana", "pengaduan")  # in two official orders


class Choice(NamedTuple):
    """One way to read columns that only a number names."""

    name: str
    columns: Mapping[str, int]  # item key -> position
    official: bool  # of an instrument that the regulation grades


def orders_of(
    numbered: Sequence[SeenColumn],
    instruments: Sequence[Instrument],
    taken: set[str],
    *,
    ready: bool,
) -> list[Choice]:
    """Every known order of items that has as many as there are numbered columns."""
    blocks = _blocks(numbered)
    found: dict[tuple[tuple[str, int], ...], Choice] = {}
    seen: set[tuple[str, int]] = set()
    for number, instrument in enumerate(instruments):
        # Of a regulation's variants the first: what replaces an unsur tells by wording.
        variant = (instrument.regulation or instrument.id, len(instrument.items))
        if ready and variant in seen:
            continue
        seen.add(variant)
        for name, keys in _ways(instrument, without_fee=ready and number == 0):
            columns = _laid(keys, instrument, blocks)
            if columns and not taken & columns.keys():
                graded = instrument.bands is not None
                whole = len(keys) == len(instrument.items)
                order = Choice(name, columns, graded and whole)
                found.setdefault(tuple(sorted(columns.items())), order)
    return list(found.values())


def _blocks(numbered: Iterable[SeenColumn]) -> dict[str, list[int]]:
    """Block -> positions of 1, 2, 3 … in it; blocks that do not run so are no order."""
    codes = [(x.code, x.position) for x in numbered if x.code]
    letters = [code.block.rsplit(" / ", 1)[-1] for code, _ in codes]
    numbers: dict[str, dict[int, int]] = {}
    for (code, position), letter in zip(codes, letters, strict=True):
        # U1 to U5 under one name and U6 to U9 under another are one block.
        same = [
            c.number for (c, _), x in zip(codes, letters, strict=True) if x == letter
        ]
        block = letter if len(set(same)) == len(same) else code.block
        numbers.setdefault(block, {}).setdefault(code.number, position)
    return {
        block: [found[n] for n in sorted(found)]
        for block, found in numbers.items()
        if sorted(found) == list(range(1, len(found) + 1)) and len(found) > 1
    }


def _ways(
    instrument: Instrument, *, without_fee: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """The orders in which an instrument's items are numbered.

    A free service may not have been asked for the fee, and its numbers close up.
    """
    name = " – ".join(filter(None, (instrument.regulation, instrument.title)))
    whole = instrument.keys
    shorter = tuple(key for key in whole if key != "biaya")
    ways = [(name, whole)]
    if without_fee and "biaya" in whole:
        ways.append((f"{name} tanpa biaya", shorter))
    return [way for each, keys in ways for way in _both_orders(each, keys)]


def _both_orders(name: str, keys: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    if not set(_SWAPPED) <= set(keys):
        return [(name, keys)]
    first, second = (keys.index(key) for key in _SWAPPED)
    other = list(keys)
    other[first], other[second] = other[second], other[first]
    return [
        (f"{name}; sarana nomor {a + 1}, pengaduan nomor {b + 1}", order)
        for order, a, b in ((keys, first, second), (tuple(other), second, first))
    ]


def _laid(
    keys: Sequence[str], instrument: Instrument, blocks: Mapping[str, list[int]]
) -> dict[str, int]:
    """The items over one block, or the regulation's over one and its own over another.

    Empty when the numbers of columns are not those of the instrument.
    """
    for positions in blocks.values():
        if len(positions) == len(keys):
            return dict(zip(keys, positions, strict=True))
    own = {item.key for item in instrument.items if item.unsur is None}
    official = [key for key in keys if key not in own]
    indicators = [key for key in keys if key in own]
    first = next((x for x in blocks.values() if len(x) == len(official)), None)
    if not own or first is None:
        return {}
    laid = dict(zip(official, first, strict=True))
    others = [positions for positions in blocks.values() if positions is not first]
    if len(others) == 1 and len(others[0]) == len(indicators):
        laid |= dict(zip(indicators, others[0], strict=True))
    return laid
