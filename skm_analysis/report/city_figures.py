"""The city's figure of all units with their intervals, by kind, grade and name."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from skm_analysis.estimates.rows import Row
from skm_analysis.report import figure_style as style
from skm_analysis.report import numbers
from skm_analysis.report.city_result import kind_name, main_instrument
from skm_analysis.report.city_units import by_grade
from skm_analysis.report.elements import Absent, Figure, Group, Line
from skm_analysis.report.numbers import stated
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import CONDITIONAL, line
from skm_analysis.study.records import Unit
from skm_analysis.study.regulation import BANDS

MOST_LINES = 42.0  # what one page holds


class _Entry(NamedTuple):
    """One line of the figure: a unit, or the name of the kind above its units."""

    label: str
    place: float
    unit: Unit | None = None
    row: Row | None = None


def units_with_intervals(page: CityPage) -> Figure | Group | Absent:
    """Every published unit's index with its interval, grouped by kind.

    More units than a page holds give one figure per kind.
    """
    told = [unit for kind in page.study.kinds for unit in _of_kind(page, kind)]
    if not told:
        return Absent("Tidak ada unit yang indeksnya dapat disajikan.")
    if _end(_entries(page, told)) <= MOST_LINES:
        return _figure(page, told, "", "menurut kelompok unit")
    figures = []
    for kind in page.study.kinds:
        for place, part in enumerate(_parts(page, _of_kind(page, kind)), 1):
            which = f"kelompok {kind_name(kind)}"
            which += f" (bagian {place})" if place > 1 else ""
            figures.append(_figure(page, part, f"-{kind}-{place}", which))
    return Group(tuple(figures))


def _parts(page: CityPage, units: Sequence[Unit]) -> list[list[Unit]]:
    """The units in as many parts as pages are needed, none of them over-full."""
    parts: list[list[Unit]] = []
    for unit in units:
        if not parts or _end(_entries(page, [*parts[-1], unit])) > MOST_LINES:
            parts.append([])
        parts[-1].append(unit)
    return parts


def _of_kind(page: CityPage, kind: str) -> list[Unit]:
    return [
        unit
        for unit in by_grade(page, page.units(*TOLD))
        if unit.kind == kind and _has_index(page, unit)
    ]


def _has_index(page: CityPage, unit: Unit) -> bool:
    """An item that nobody answered leaves a unit of any size without one."""
    row = page.of_unit(unit, "ikm")
    return row is not None and row.value is not None


def _entries(page: CityPage, units: Sequence[Unit]) -> list[_Entry]:
    """Lines from the top, the name of a kind above its units."""
    lines: list[tuple[str, Unit | None]] = []
    kind = None
    for unit in units:
        if unit.kind != kind:
            kind = unit.kind
            lines.append((kind_name(kind), None))
        lines.append((style.wrapped(unit.name, 38), unit))
    places, _ = style.stacked([label for label, _ in lines])
    return [
        _Entry(label, place, unit, page.of_unit(unit, "ikm") if unit else None)
        for (label, unit), place in zip(lines, places, strict=True)
    ]


def _end(entries: Sequence[_Entry]) -> float:
    """Where the last line ends, a wrapped name's lines included."""
    return style.stacked([entry.label for entry in entries])[1]


def _figure(page: CityPage, units: Sequence[Unit], name: str, which: str) -> Figure:
    entries = _entries(page, units)
    end = _end(entries)
    with style.drawing(2.3 + 0.43 * end) as (canvas, axes):
        for entry in entries:
            _draw(page, axes, entry)
        axes.set_yticks(
            [entry.place for entry in entries], [entry.label for entry in entries]
        )
        for tick, entry in zip(axes.get_yticklabels(), entries, strict=True):
            tick.set_fontweight("bold" if entry.unit is None else "normal")
        axes.set_ylim(end, -0.8)
        _scale(page, axes, [entry.row for entry in entries if entry.row])
        axes.set_xlabel("Indeks Kepuasan Masyarakat (IKM)")
        rows = [entry.row for entry in entries if entry.row]
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-kota-unit{name}",
            caption=line(
                "IKM setiap unit dengan selang kepercayaan ",
                level(page.study),
                f", {which}",
            ),
            alt=_alt(entries),
            notes=_notes(page, units, rows),
        )


def _draw(page: CityPage, axes: Axes, entry: _Entry) -> None:
    row, unit = entry.row, entry.unit
    if row is None or row.value is None or unit is None:
        return
    if both := numbers.limits(row):
        axes.plot(both, [entry.place] * 2, color=style.MAIN, lw=1.8)
    sure = page.standing(unit) is Standing.FULL
    axes.plot(
        row.value,
        entry.place,
        marker="s" if "other_scale" in row.flags else "o",
        markersize=4.5,
        color=style.MAIN,
        markerfacecolor=style.MAIN if sure else "white",
    )
    style.beside(axes, entry.place, numbers.number(row).shown)


def _scale(page: CityPage, axes: Axes, rows: Sequence[Row]) -> None:
    """The index axis with the lower bounds of the grades, and the target."""
    left = _left(rows)
    axes.set_xlim(left, 100.4)
    axes.grid(axis="x")
    axes.xaxis.set_major_locator(MultipleLocator(5))
    style.decimal_axis(axes, 0)
    bands = BANDS.get(main_instrument(page).bands or "", ())
    above = 100.0
    for band in bands:
        lower = float(band.lower)
        if above > left:
            middle = (max(lower, left) + above) / 2
            _over(axes, middle, f"mutu {band.grade}")
        if left < lower < 100:
            axes.axvline(lower, color=style.SOFT, lw=0.9, ls=(0, (4, 3)), zorder=0)
        above = lower
    if (target := page.study.target) is not None and float(target.ikm) > left:
        axes.axvline(float(target.ikm), color=style.SECOND, lw=1.2, zorder=1)


def _left(rows: Sequence[Row]) -> float:
    """The left end of the index axis: a multiple of five, 85 at most."""
    edges = [
        each
        for row in rows
        for each in (row.value, row.ci_low, row.ci_high)
        if each is not None
    ]
    return min(5 * (min(edges) // 5), 85.0)


def _over(axes: Axes, at: float, text: str) -> None:
    axes.annotate(
        text,
        (at, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2),
        textcoords="offset points",
        ha="center",
        size=7,
        color=style.SOFT,
        annotation_clip=False,
    )


def _notes(
    page: CityPage, units: Sequence[Unit], rows: Sequence[Row]
) -> tuple[Line, ...]:
    notes: list[Line] = []
    if any(page.standing(unit) is Standing.INDICATIVE for unit in units):
        notes.append(
            ("Lingkaran kosong: indikatif, responden kurang dari tiga puluh.",)
        )
    if any("conditional" in row.flags for row in rows):
        notes.append((f"Selang unit tanpa pengacakan berlaku {CONDITIONAL}.",))
    if any("other_scale" in row.flags for row in rows):
        notes.append(("Kotak: unit dengan skala jawaban lain, tidak diberi mutu.",))
    if BANDS.get(main_instrument(page).bands or ""):
        notes.append(("Garis putus-putus: batas bawah mutu.",))
    target = page.study.target
    if target is not None and float(target.ikm) > _left(rows):
        goal = stated("study.target.ikm", target.ikm, 2)
        notes.append(line("Garis jingga: target kota, yaitu ", goal, "."))
    told = page.units(*TOLD)
    if len([unit for unit in told if _has_index(page, unit)]) < len(page.study.units):
        notes.append(("Unit yang hasilnya tidak disajikan tidak digambarkan.",))
    return tuple(notes)


def _alt(entries: Sequence[_Entry]) -> str:
    told = [
        f"{entry.unit.name} {numbers.number(entry.row).shown}"
        for entry in entries
        if entry.unit and entry.row
    ]
    return f"Diagram titik dengan selang kepercayaan, IKM: {'; '.join(told)}."
