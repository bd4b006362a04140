"""Which items the estimates name as a unit's weakest, and which had no part in it."""

from typing import NamedTuple

from skm_analysis.estimates.disclosure import FEWEST_RELIABLE
from skm_analysis.estimates.rows import Estimates, Row
from skm_analysis.report.elements import Line
from skm_analysis.report.numbers import number
from skm_analysis.report.wording import line, listing
from skm_analysis.study.records import Item, Unit


class Weakness(NamedTuple):
    """What was found out by comparing the items of one unit."""

    named: tuple[tuple[Item, Row], ...]  # with their means, the lowest first
    compared: tuple[tuple[Item, Row], ...]  # the same of all that were compared
    constant: tuple[Item, ...]  # answered alike by all
    free: tuple[Item, ...]  # the fee of a service that takes none
    few: tuple[Item, ...]  # with fewer answers than it takes
    hidden: tuple[Item, ...]  # not told, though many answered


def weakness(estimates: Estimates, unit: Unit) -> Weakness:
    """Read from the flags of `item_rank`; nothing is compared here."""
    items = {item.key: item for item in unit.instrument.items}
    means = {
        row.item: row
        for row in estimates.select(scope="unit", unit=unit.id, measure="nrr", part="")
    }
    told = [
        (items[row.item], row)
        for row in estimates.select(scope="unit", unit=unit.id, measure="item_rank")
        if row.item in items and row.item in means
    ]
    out = [(item, row.flags) for item, row in told if "left_out" in row.flags]
    rest = [(item, row.flags) for item, row in told if "left_out" not in row.flags]
    compared = [
        (item, means[item.key], flags)
        for item, flags in rest
        if "suppressed" not in flags
    ]
    untold = [item for item, flags in rest if "suppressed" in flags]
    compared.sort(key=lambda each: each[1].value or 0.0)
    return Weakness(
        named=tuple((i, mean) for i, mean, flags in compared if "weakest" in flags),
        compared=tuple((i, mean) for i, mean, _ in compared),
        constant=tuple(i for i, flags in out if "free_service" not in flags),
        free=tuple(i for i, flags in out if "free_service" in flags),
        few=tuple(i for i in untold if (means[i.key].n or 0) < FEWEST_RELIABLE),
        hidden=tuple(i for i in untold if (means[i.key].n or 0) >= FEWEST_RELIABLE),
    )


def with_means(pairs: tuple[tuple[Item, Row], ...]) -> Line:
    """“Waktu” (3,12) dan “Sarana” (3,15)."""
    return listing([line(f"“{item.label}” (", number(row), ")") for item, row in pairs])


def not_compared(found: Weakness) -> Line:
    """Which items had no part in the comparison, and why; nothing if all had."""
    reasons = (
        (found.free, "pada layanan tanpa biaya semua menjawab dengan nilai tertinggi"),
        (found.constant, "semua responden memberi jawaban yang sama"),
        (found.few, "jawabannya kurang dari tiga puluh"),
        (found.hidden, "nilainya tidak disajikan"),
    )
    told = [
        f"{listing([f'“{item.label}”' for item in items])[0]} ({reason})"
        for items, reason in reasons
        if items
    ]
    return line("Tidak ikut dibandingkan: ", "; ".join(told), ".") if told else ()
