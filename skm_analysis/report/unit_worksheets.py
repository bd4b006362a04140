"""The appendix with each unit's worksheet as the regulation lays it out.

Only the lines below the respondents: the respondents themselves stand in the working
paper, which is for partner and auditor. What a chapter withholds is withheld here.
"""

from collections.abc import Callable
from math import isclose

from skm_analysis.estimates.rows import Row, make_key
from skm_analysis.report import numbers
from skm_analysis.report.elements import (
    Absent,
    Column,
    Group,
    Line,
    Paragraph,
    Piece,
    Table,
)
from skm_analysis.report.numbers import stated, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import line, listing, sentences
from skm_analysis.study.records import Item, Study, Unit

_HELD = "ditahan"
_NONE: Line = ()


def appendix(page: CityPage) -> Group:
    """How to read the tables, one table per unit, and which units have none.

    The assembler gives the appendix its title.
    """
    units = page.units(*TOLD)
    if not units:
        return Group((Absent("Hasil per unit tidak disajikan."),))
    pieces: list[Piece] = [_opening(page), *(_table(page, unit) for unit in units)]
    return Group(tuple(pieces))


def _opening(page: CityPage) -> Paragraph:
    told: list[Line] = [
        (
            "Setiap tabel memuat baris-baris hasil pada lembar pengolahan data menurut "
            "peraturan, dengan satu kolom bagi setiap pertanyaan.",
        ),
        (
            "Σ adalah jumlah nilai semua jawaban dan n banyaknya jawaban; NRR "
            "tertimbang adalah NRR dikalikan bobotnya.",
        ),
        (_index_of(page.study),),
        (
            "Baris jawaban setiap responden tidak dimuat dalam laporan; baris itu "
            "hanya terdapat pada kertas kerja (internal/kertas-kerja.xlsx), yang "
            "diperuntukkan bagi mitra dan auditor.",
        ),
        _without(page),
    ]
    return Paragraph("worksheets", sentences(told))


def _index_of(study: Study) -> str:
    if study.missing == "person":
        return (
            "Menurut aturan studi ini IKM adalah rata-rata indeks setiap responden, "
            "sehingga tidak dihitung dari baris NRR tertimbang."
        )
    return (
        "IKM adalah seratus kali jumlah NRR tertimbang dibagi nilai tertinggi pada "
        "skala kuesionernya."
    )


def _without(page: CityPage) -> Line:
    shown = page.units(*TOLD)
    rest = [unit.name for unit in page.study.units if unit not in shown]
    if not rest:
        return ()
    which = "unit berikut" if len(rest) > 1 else "satu unit"
    return line(
        f"Lembar {which} tidak disajikan karena respondennya kurang dari sepuluh atau "
        "indeksnya tidak dapat dihitung: ",
        listing(rest),
        ".",
    )


def _table(page: CityPage, unit: Unit) -> Table:
    items = unit.instrument.items
    return Table(
        f"tab-pengolahan-{unit.id}",
        (f"Pengolahan data {unit.name}",),
        (
            Column("Baris", width=1.6),
            *(Column(f"U{place}", "right", 0.8) for place in _places(items)),
            Column("Unit", "right", 0.8),
        ),
        (
            _items_row(page, unit, "Σ", "sum"),
            _row("n", items, lambda item: _answered(page, unit, item)),
            _items_row(page, unit, "NRR", "nrr"),
            _row("Bobot", items, lambda item: _weight(unit, item)),
            _items_row(
                page, unit, "NRR tertimbang", "nrr_weighted", _total(page, unit)
            ),
            _row("IKM", items, total=numbers.shown(page.of_unit(unit, "ikm"))),
            _row("Mutu", items, total=_grade(page, unit)),
        ),
        notes=_notes(page, unit),
        emphasised=(5, 6),
    )


def _places(items: tuple[Item, ...]) -> range:
    return range(1, len(items) + 1)


def _row(
    label: str,
    items: tuple[Item, ...],
    cell: Callable[[Item], Line] = lambda _: _NONE,
    total: Line = _NONE,
) -> tuple[Line, ...]:
    return ((label,), *(cell(item) for item in items), total)


def _items_row(
    page: CityPage, unit: Unit, label: str, measure: str, total: Line = _NONE
) -> tuple[Line, ...]:
    def cell(item: Item) -> Line:
        return _told(_of(page, unit, measure, item))

    return _row(label, unit.instrument.items, cell, total)


def _of(page: CityPage, unit: Unit, measure: str, item: Item) -> Row | None:
    return page.estimates.get(make_key("unit", unit.id, measure, item.key))


def _told(row: Row | None) -> Line:
    return (_HELD,) if _withheld(row) else numbers.shown(row)


def _answered(page: CityPage, unit: Unit, item: Item) -> Line:
    """How many answers there are; the mean tells it where the sum is withheld."""
    for measure in ("sum", "nrr"):
        row = _of(page, unit, measure, item)
        if row is not None and "suppressed" not in row.flags:
            return numbers.respondents(row)
    return (_HELD,)


def _weight(unit: Unit, item: Item) -> Line:
    key = f"study.instrument.{unit.instrument.id}.weight.{item.key}"
    return (stated(key, item.weight, 3),)


def _total(page: CityPage, unit: Unit) -> Line:
    row = page.of_unit(unit, "nrr_weighted")
    return _told(row) if row is not None else _NONE


def _grade(page: CityPage, unit: Unit) -> Line:
    row = page.of_unit(unit, "grade")
    if row is None or not row.category:
        return numbers.EMPTY
    return (verdict(row.key, row.category),)


def _notes(page: CityPage, unit: Unit) -> tuple[Line, ...]:
    items = unit.instrument.items
    names = "; ".join(
        f"U{place} {item.label}"
        for place, item in zip(_places(items), items, strict=True)
    )
    return ((f"{names}.",), *((told,) for told in _exceptions(page, unit)))


def _exceptions(page: CityPage, unit: Unit) -> list[str]:
    """Where the lines do not follow from one another as a reader would expect."""
    told: list[str] = []
    items = unit.instrument.items
    pairs = [(_of(page, unit, "sum", x), _of(page, unit, "nrr", x)) for x in items]
    if any(_withheld(mean) for _, mean in pairs):
        told.append(
            "Ditahan: dijawab oleh kurang dari sepuluh responden, atau jawaban yang "
            "demikian dapat dihitung darinya."
        )
    if any(_withheld(total) and not _withheld(mean) for total, mean in pairs):
        told.append(
            "NRR dibobot menurut strata; Σ ditahan karena bersama NRR itu jawaban "
            "strata yang kecil dapat dihitung."
        )
    elif page.study.missing == "complete":
        told.append(
            "NRR dihitung hanya dari kuesioner yang lengkap, sedangkan Σ dan n memuat "
            "semua jawaban."
        )
    elif any(_differs(*pair) for pair in pairs):
        told.append("NRR dibobot menurut strata, sehingga bukan Σ dibagi n.")
    return told


def _withheld(row: Row | None) -> bool:
    return row is not None and "suppressed" in row.flags


def _differs(total: Row | None, mean: Row | None) -> bool:
    """Whether the mean is not the sum divided by the answers."""
    if total is None or mean is None or not total.n:
        return False
    if total.value is None or mean.value is None:
        return False
    return not isclose(total.value / total.n, mean.value, rel_tol=1e-9)
