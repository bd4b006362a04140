"""Which of a unit's items changed since last year: in a sentence, and all in a table.

The sentence stands in the unit's chapter, the table in the appendix on items.
"""

from typing import NamedTuple

from skm_analysis.estimates.rows import Row
from skm_analysis.report import anchors, numbers
from skm_analysis.report.elements import (
    Absent,
    Column,
    Line,
    Paragraph,
    Reference,
    Table,
)
from skm_analysis.report.numbers import number, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import Standing
from skm_analysis.report.unit_change import conclusion
from skm_analysis.report.unit_items import told
from skm_analysis.report.wording import earlier, line, listing
from skm_analysis.study.records import Item

NOT_TOLD = Absent("Perubahan setiap unsur tidak disajikan untuk unit ini.")
NONE_ASKED = Absent("Tidak ada pertanyaan yang sama pada kedua studi.")


class Changed(NamedTuple):
    """An item that both studies asked, and what is concluded of it."""

    item: Item
    now: Row
    change: Row
    word: str


def changed(page: UnitPage) -> list[Changed]:
    """Items whose change may be told, in the asked order."""
    found: list[Changed] = []
    for item, now in told(page):
        row = page.row("change_nrr", item.key)
        if row is None or row.value is None:
            continue
        if {"suppressed", "indicative"} & {*row.flags}:
            continue
        word = conclusion(row, page.row("p_holm", item.key))
        found.append(Changed(item, now, row, word))
    return found


def item_changes(page: UnitPage) -> Paragraph | Absent:
    """Which items clearly rose or fell, and where all of them stand."""
    if page.study.previous is None or page.standing is not Standing.FULL:
        return NOT_TOLD
    found = changed(page)
    if not found:
        return NONE_ASKED
    moved = [_moved(found, word) for word in ("naik", "turun")]
    parts = [each for each in moved if each]
    where = line(
        "; perubahan setiap unsur tercantum pada ", Reference(anchors.ITEMS), "."
    )
    if not parts:
        text = line("Tidak satu pun unsur yang nilainya jelas berubah", where)
    else:
        joined = line(parts[0], *(line("; yang jelas ", x) for x in parts[1:]))
        text = line("Unsur yang nilainya jelas ", joined, where)
    return Paragraph(f"unit.{page.unit.id}.item_changes", text)


def _moved(found: list[Changed], word: str) -> Line:
    """ "naik adalah “Waktu” (+0,12)": the word is that of the first of them."""
    which = [each for each in found if each.word == word]
    if not which:
        return ()
    named = [line(f"“{x.item.label}” (", number(x.change), ")") for x in which]
    return line(verdict(which[0].change.key, word), " adalah ", listing(named))


def change_table(page: UnitPage) -> Table | Absent:
    """Every item that both studies asked, then and now."""
    if page.study.previous is None or page.standing is not Standing.FULL:
        return NOT_TOLD
    found = changed(page)
    if not found:
        return NONE_ASKED
    sampled = any(numbers.limits(each.change) is not None for each in found)
    rows = [_line(page, each) for each in found]
    when = earlier(page.study.previous)
    return Table(
        f"tab-{page.unit.id}-perubahan",
        (f"Perubahan nilai setiap unsur {page.unit.name} sejak {when}",),
        (
            Column("Unsur", width=2.6),
            Column(page.study.previous, "right", 0.75),
            Column(page.study.id, "right", 0.75),
            Column("Selisih", "right", 0.75),
            *((Column("Selang selisih", "right", 1.5),) if sampled else ()),
            Column("Kesimpulan", width=1.9),
        ),
        tuple(rows if sampled else [(*row[:4], row[5]) for row in rows]),
        notes=((f"{_TESTED if sampled else _ALL_ANSWERED} {_ROUNDED_LATE}",),),
    )


def _line(page: UnitPage, each: Changed) -> tuple[Line, ...]:
    before = page.row("nrr", each.item.key, part="previous")
    return (
        (each.item.label,),
        numbers.shown(before),
        (number(each.now),),
        (number(each.change),),
        numbers.interval(each.change),
        (verdict(each.change.key, each.word),),
    )


_TESTED = (
    "Kesimpulan memperhitungkan banyaknya unsur yang diuji bersama (koreksi Holm)."
)
_ALL_ANSWERED = (
    "Tanpa selang: seluruh pengguna layanan menjawab pada kedua studi, sehingga "
    "selisihnya tidak bergantung pada sampel."
)
_ROUNDED_LATE = "Selisih dihitung sebelum pembulatan."
