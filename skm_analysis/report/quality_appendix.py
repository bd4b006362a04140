"""The appendix on data quality: one line per unit, for what its chapter sums up.

Which sheets came and why some do not count; signs in how those that count were filled
in. Nothing is removed because of a sign.
"""

from collections.abc import Callable
from typing import NamedTuple

from skm_analysis.estimates.rows import Row
from skm_analysis.report import anchors, numbers
from skm_analysis.report.elements import (
    Absent,
    Align,
    Column,
    Group,
    Heading,
    Line,
    Paragraph,
    Piece,
    Reference,
    Table,
)
from skm_analysis.report.numbers import number, stated
from skm_analysis.report.page import CityPage, UnitPage
from skm_analysis.report.standing import Standing
from skm_analysis.report.wording import line, listing
from skm_analysis.responses.labels import REASONS

MOST_NAMED = 2  # questions that are left blank equally often
_FEW: Line = ("Unit dengan kurang dari tiga puluh responden tidak dimuat.",)
READING = (
    "Tanda-tanda ini layak diperiksa, tetapi tidak membuktikan bahwa kuesioner diisi "
    "asal saja: responden yang puas dapat dengan sungguh-sungguh memberi nilai "
    "tertinggi untuk semua pertanyaan. Tidak ada kuesioner yang dikeluarkan karenanya"
)
_FIRST_REASON: Line = (
    "Bila beberapa alasan berlaku bagi satu kuesioner, hanya alasan pertama menurut "
    "urutan pemeriksaan yang dihitung.",
)
EXPECTED = (
    "Perkiraan: seandainya jawaban atas setiap pertanyaan tidak saling berhubungan. "
    "Pengacakan: bagian pengacakan urutan kuesioner yang menghasilkan deret yang tidak "
    "lebih pendek."
)


def appendix(page: CityPage) -> Group:
    """The flow of sheets, then the signs; the assembler gives the title."""
    pages = [
        UnitPage(study=page.study, unit=unit, estimates=page.estimates)
        for unit in page.study.units
    ]
    pieces: list[Piece] = [*_flow(pages), *_signs(pages)]
    return Group(tuple(pieces) or (Absent("Belum ada kuesioner yang diterima."),))


def _flow(pages: list[UnitPage]) -> list[Piece]:
    came = [each for each in pages if (row := each.row("n_received")) and row.value]
    if not came:
        return []
    asked = any(each.unit.approached is not None for each in came)
    table = Table(
        "tab-mutu-alur",
        ("Kuesioner yang diterima, disisihkan, dan dipakai",),
        (
            Column("Unit", width=2.2),
            *((Column("Diminta menjawab", "right", 0.8),) if asked else ()),
            Column("Diterima", "right", 0.8),
            Column("Disisihkan", "right", 0.9),
            Column("Dipakai", "right", 0.8),
            Column("Alasan penyisihan", width=3.0),
        ),
        tuple(_flow_line(each, asked=asked) for each in came),
        notes=(_FIRST_REASON,) if any(aside(each) for each in came) else (),
    )
    return [Heading(2, ("Kuesioner yang dipakai dan yang disisihkan",)), table]


def aside(page: UnitPage) -> list[Row]:
    """Per reason, those for which a sheet was set aside."""
    return [row for row in page.rows("n_set_aside") if row.category and row.value]


def _flow_line(page: UnitPage, *, asked: bool) -> tuple[Line, ...]:
    unit = page.unit
    key = f"study.unit.{unit.id}.approached"
    told: Line = numbers.EMPTY
    if unit.approached is not None:
        told = (stated(key, unit.approached),)
    order = list(REASONS)
    rows = sorted(aside(page), key=lambda row: order.index(row.category))
    reasons = [line(REASONS[row.category], " (", number(row), ")") for row in rows]
    return (
        (unit.name,),
        *((told,) if asked else ()),
        numbers.shown(page.row("n_received")),
        numbers.shown(page.row("n_set_aside")),
        numbers.shown(page.row("n_accepted")),
        line(*(line("; " if place else "", x) for place, x in enumerate(reasons)))
        or numbers.EMPTY,
    )


class _Sign(NamedTuple):
    """One column: what is looked for in the rows of a unit."""

    header: str
    cell: Callable[[UnitPage], Line]
    align: Align = "right"
    width: float = 0.9


def _of(measure: str, category: str = "") -> Callable[[UnitPage], Line]:
    return lambda page: numbers.shown(sign(page, measure, category))


def _signs(pages: list[UnitPage]) -> list[Piece]:
    told = [each for each in pages if each.standing is Standing.FULL]
    few = len(told) < len(pages)
    tables = [_table(told, *each, few=few) for each in _TABLES]
    made = [each for each in tables if each]
    if not made:
        return []
    return [
        Heading(2, ("Tanda pada pengisian kuesioner",)),
        Paragraph("quality.reading", line(READING, _effects(told))),
        *made,
    ]


def _table(
    told: list[UnitPage],
    name: str,
    caption: str,
    signs: tuple[_Sign, ...],
    *,
    few: bool,
) -> Table | None:
    """Signs that some unit has, and units that have some of them."""
    lines = [(each, [sign.cell(each) for sign in signs]) for each in told]
    lines = [(each, cells) for each, cells in lines if _any(cells)]
    kept = [place for place in range(len(signs)) if _any([c[place] for _, c in lines])]
    if not lines:
        return None
    columns = [signs[place] for place in kept]
    explained = any(each.header in (_EXPECTED, _SHUFFLED) for each in columns)
    return Table(
        f"tab-mutu-{name}",
        (caption,),
        (
            Column("Unit", width=2.2),
            *(Column(each.header, each.align, each.width) for each in columns),
        ),
        tuple(
            ((each.unit.name,), *(cells[place] for place in kept))
            for each, cells in lines
        ),
        notes=((EXPECTED,),) * explained + (_FEW,) * few,
    )


def _effects(told: list[UnitPage]) -> Line:
    """Where the index without such sheets stands, if there is any."""
    if not any(each.rows("sensitivity") for each in told):
        return (".",)
    return line(
        "; pengaruhnya pada indeks tercantum pada ", Reference(anchors.SENSITIVITY), "."
    )


def _any(cells: list[Line]) -> bool:
    return any(cell != numbers.EMPTY for cell in cells)


def sign(page: UnitPage, measure: str, category: str = "") -> Row | None:
    """A row that may be told and says something."""
    row = page.row(measure, category=category)
    if row is None or row.value is None or "suppressed" in row.flags:
        return None
    return row


def _longest(page: UnitPage) -> Line:
    """Sheets alike in a row; one alone is no row."""
    row = sign(page, "longest_run")
    return numbers.shown(row if row and (row.value or 0) > 1 else None)


def _blank_most(page: UnitPage) -> Line:
    """The question that is left blank most, or two of them."""
    labels = {item.key: item.label for item in page.unit.instrument.items}
    rows = [
        row
        for row in page.rows("item_nonresponse")
        if row.value and "suppressed" not in row.flags
    ]
    most = max((row.value or 0.0 for row in rows), default=None)
    named = [row for row in rows if row.value == most]
    if not 0 < len(named) <= MOST_NAMED:
        return numbers.EMPTY
    together = listing([labels[row.item] for row in named])
    return line(together, " (", number(named[0]), ")")


_EXPECTED, _SHUFFLED = "Perkiraan", "Pengacakan"
_ALIKE = (
    _Sign("Semua jawaban sama", _of("straight_lined")),
    _Sign("Semuanya tertinggi", _of("all_highest")),
    _Sign("Sama persis dengan lainnya", _of("duplicate_vectors")),
    _Sign(_EXPECTED, _of("duplicate_vectors", "expected")),
    _Sign("Deret terpanjang", _longest),
    _Sign(_SHUFFLED, _of("longest_run_chance")),
)
_OTHERS = (
    _Sign("Hari terbanyak", _of("concentration", "day")),
    _Sign("Petugas atau loket terbanyak", _of("concentration", "counter")),
    _Sign("Ada yang tidak dijawab", _of("any_nonresponse")),
    _Sign("Paling sering tidak dijawab", _blank_most, "left", 2.4),
)
_TABLES = (
    ("serupa", "Kuesioner yang jawabannya serupa, bagian dari semua kuesioner", _ALIKE),
    (
        "waktu",
        "Pemusatan menurut hari dan petugas, dan pertanyaan yang tidak dijawab",
        _OTHERS,
    ),
)
