"""A unit's chapter: what respondents find important beside how content they are."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from skm_analysis.estimates.rows import Row
from skm_analysis.report import anchors, numbers
from skm_analysis.report import figure_style as style
from skm_analysis.report.elements import (
    Absent,
    Column,
    Figure,
    Line,
    Paragraph,
    Reference,
    Table,
)
from skm_analysis.report.numbers import number, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import CONDITIONAL, line, listing, sentences
from skm_analysis.study.records import Item

QUADRANTS = {
    "concentrate": "prioritas utama",
    "keep": "pertahankan",
    "low": "prioritas rendah",
    "overkill": "cenderung berlebih",
}
_CORNERS = {  # (right, top)
    "concentrate": (False, True),
    "keep": (True, True),
    "low": (False, False),
    "overkill": (True, False),
}
NOT_ASKED = "Tingkat kepentingan tidak ditanyakan, atau belum dapat disajikan."


class Weighed(NamedTuple):
    item: Item
    performance: Row
    importance: Row
    gap: Row


def weighed(page: UnitPage) -> list[Weighed]:
    """Items of which both means may be told, in the asked order."""
    found = []
    for item in page.unit.instrument.items:
        rows = [page.row(name, item.key) for name in ("nrr", "importance", "gap")]
        told = [row for row in rows if row and row.value is not None]
        if len(told) == 3 and not any("suppressed" in row.flags for row in told):
            found.append(Weighed(item, *told))
    return found


def importance(page: UnitPage) -> Paragraph | Absent:
    """The index weighed by importance, and what to improve first."""
    if page.standing not in TOLD or not weighed(page):
        return Absent(NOT_ASKED)
    where = line("Nilai setiap unsur tercantum pada ", Reference(anchors.ITEMS), ".")
    text = sentences((_index(page), _first(page), where))
    return Paragraph(f"unit.{page.unit.id}.importance", text)


def importance_table(page: UnitPage) -> Table | Absent:
    """Both means, their difference with its interval, and the quadrant."""
    items = weighed(page)
    if page.standing not in TOLD or not items:
        return Absent(NOT_ASKED)
    quadrants = any(_quadrant(page, each.item) for each in items)
    columns = [
        Column("Unsur", width=2.8),
        Column("Kepentingan", "right"),
        Column("Kinerja (NRR)", "right"),
        Column("Selisih", "right", 0.8),
        Column("Selang selisih", "right", 1.6),
        Column("Kuadran", width=1.5),
    ]
    shown = len(columns) if quadrants else len(columns) - 1
    return Table(
        f"tab-{page.unit.id}-kepentingan",
        line(
            f"Kepentingan dan kinerja setiap unsur {page.unit.name}, "
            "selang kepercayaan ",
            level(page.study),
        ),
        tuple(columns[:shown]),
        tuple(
            (
                (each.item.label,),
                (number(each.importance),),
                (number(each.performance),),
                (number(each.gap),),
                numbers.interval(each.gap),
                _named(page, each.item),
            )[:shown]
            for each in items
        ),
        notes=_notes(page, items, quadrants=quadrants),
    )


def importance_figure(page: UnitPage) -> Figure | Absent:
    """Performance across, importance upwards, crossed at the means of both."""
    items = [each for each in weighed(page) if _quadrant(page, each.item)]
    cross = page.row("nrr_mean"), page.row("importance_mean")
    if page.standing not in TOLD or not items or not cross[0] or not cross[1]:
        return Absent(NOT_ASKED)
    if any("suppressed" in row.flags for row in cross if row):
        return Absent(NOT_ASKED)
    with style.drawing(9.0) as (canvas, axes):
        axes.axvline(cross[0].value or 0.0, color=style.SOFT, lw=0.8, ls="--")
        axes.axhline(cross[1].value or 0.0, color=style.SOFT, lw=0.8, ls="--")
        _draw(axes, items)
        axes.set_xlabel("Kinerja (NRR)")
        axes.set_ylabel("Kepentingan")
        style.decimal_axis(axes, 1)
        axes.yaxis.set_major_formatter(axes.xaxis.get_major_formatter())
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-{page.unit.id}-kepentingan",
            caption=(f"Kepentingan dan kinerja setiap unsur {page.unit.name}",),
            alt=_alt(page, items),
            notes=_figure_notes(items),
        )


def _figure_notes(items: Sequence[Weighed]) -> tuple[Line, ...]:
    notes: list[Line] = [("Garis putus-putus: rata-rata semua unsur.",)]
    if any(each.item.own for each in items):
        notes.append(
            ("Belah ketupat kosong: indikator yang ditambahkan sendiri oleh unit.",)
        )
    return tuple(notes)


def _draw(axes: Axes, items: Sequence[Weighed]) -> None:
    """Points, each led to its name in a list at the right, so that none overlap."""
    points = [
        (each.performance.value or 0, each.importance.value or 0) for each in items
    ]
    for axis, values in ((0, [x for x, _ in points]), (1, [y for _, y in points])):
        space = max(0.1, 0.12 * (max(values) - min(values)))
        ends = min(values) - space, max(values) + space
        (axes.set_ylim if axis else axes.set_xlim)(*ends)
    order = sorted(range(len(items)), key=lambda place: (points[place][1], -place))
    for slot, place in enumerate(order):
        axes.annotate(
            style.wrapped(items[place].item.label, 30),
            points[place],
            xytext=(1.06, (slot + 0.5) / len(order)),
            textcoords="axes fraction",
            va="center",
            size=7,
            arrowprops={
                "arrowstyle": "-",
                "color": style.GRID,
                "lw": 0.7,
                "relpos": (0, 0.5),
            },
            annotation_clip=False,
        )
    for name, (right, top) in _CORNERS.items():
        axes.text(
            0.99 if right else 0.01,
            0.99 if top else 0.01,
            QUADRANTS[name],
            transform=axes.transAxes,
            ha="right" if right else "left",
            va="top" if top else "bottom",
            size=7,
            style="italic",
            color=style.SOFT,
        )
    for each, (across, up) in zip(items, points, strict=True):
        axes.plot(
            across,
            up,
            marker="D" if each.item.own else "o",
            markersize=5,
            color=style.MAIN,
            markerfacecolor="white" if each.item.own else style.MAIN,
            zorder=3,
        )


def _alt(page: UnitPage, items: Sequence[Weighed]) -> str:
    told = "; ".join(
        f"{each.item.label} kepentingan {number(each.importance).shown}, "
        f"kinerja {number(each.performance).shown}"
        for each in items
    )
    return f"Diagram kepentingan dan kinerja {page.unit.name}: {told}."


def _quadrant(page: UnitPage, item: Item) -> Row | None:
    row = page.row("quadrant", item.key)
    return None if row is None or "suppressed" in row.flags else row


def _named(page: UnitPage, item: Item) -> Line:
    row = _quadrant(page, item)
    if row is None:
        return numbers.EMPTY
    unsure = " *" if "uncertain" in row.flags else ""
    return line(verdict(row.key, QUADRANTS[row.category]), unsure)


def _index(page: UnitPage) -> Line:
    csi, ikm = page.row("csi"), page.row("ikm")
    if csi is None or csi.value is None or ikm is None or "suppressed" in csi.flags:
        return ()
    over = " atas unsur yang kepentingannya ditanyakan" * ("common_items" in csi.flags)
    limits: Line = ()
    if numbers.limits(csi):
        limits = line(
            " (selang kepercayaan ", level(page.study), " ", numbers.interval(csi), ")"
        )
    return line(
        "Bila setiap unsur ditimbang menurut kepentingannya bagi responden, indeks "
        f"kepuasannya (CSI){over} adalah ",
        number(csi),
        limits,
        "; IKM, yang bobotnya ditetapkan oleh kuesioner, adalah ",
        numbers.shown(ikm),
        ".",
    )


def _first(page: UnitPage) -> Line:
    """Items more important and less well done than the mean, without doubt."""
    rows = [(each.item, _quadrant(page, each.item)) for each in weighed(page)]
    if not any(row for _, row in rows):
        return ()
    sure = [
        item
        for item, row in rows
        if row and row.category == "concentrate" and "uncertain" not in row.flags
    ]
    if not sure:
        return (
            "Tidak ada unsur yang jelas lebih penting daripada rata-rata sekaligus "
            "kinerjanya jelas di bawah rata-rata.",
        )
    named = listing([f"“{item.label}”" for item in sure])
    return line(
        "Yang jelas lebih penting daripada rata-rata, sedangkan kinerjanya jelas di "
        "bawah rata-rata, adalah ",
        named,
        ".",
    )


def _notes(
    page: UnitPage, items: Sequence[Weighed], *, quadrants: bool
) -> tuple[Line, ...]:
    notes: list[Line] = [
        (
            "Selisih: kinerja dikurangi kepentingan, dari responden yang sama; negatif "
            "berarti kinerja di bawah kepentingan.",
        )
    ]
    if quadrants:
        notes.append(
            (
                "Kuadran dibatasi oleh rata-rata semua unsur, sehingga selalu ada "
                "unsur yang berada di bawahnya, betapapun baiknya pelayanan.",
            )
        )
    if any("uncertain" in row.flags for e in items if (row := _quadrant(page, e.item))):
        notes.append(
            ("* Belum dapat dibedakan dari batas kuadran; letaknya belum pasti.",)
        )
    if any("conditional" in each.gap.flags for each in items):
        notes.append((f"Selang kepercayaan berlaku {CONDITIONAL}.",))
    return tuple(notes)
