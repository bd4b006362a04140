"""The city's heat map: every unit's mean of each unsur, where the same was asked."""

import math
from collections.abc import Sequence

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from skm_analysis.estimates.rows import Row, make_key
from skm_analysis.report import figure_style as style
from skm_analysis.report import numbers
from skm_analysis.report.city_result import main_instrument
from skm_analysis.report.elements import Absent, Figure, Group, Line
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD
from skm_analysis.study.records import Unit
from skm_analysis.study.regulation import UNSUR

MOST_CM = 17.0  # what the rows of one figure may take
LETTERS = 40  # of a line of a unit's name
_HEAD_CM, _LINE_CM, _SPACE_CM = 4.4, 0.31, 0.17

# Per unit, the row of each unsur that may be told.
_Found = dict[str, dict[str, Row]]


def heat_map(page: CityPage) -> Figure | Group | Absent:
    """Rows by kind and name; more units than a page holds go on in the next figure."""
    units = _units(page)
    found = {unit.id: _means(page, unit) for unit in units}
    units = [unit for unit in units if found[unit.id]]
    if len(units) < 2:
        return Absent("Kurang dari dua unit menanyakan unsur pada skala yang sama.")
    asked = [key for key in UNSUR if any(key in found[unit.id] for unit in units)]
    parts = parted(units)
    figures = [
        _figure(page, part, asked, found, place, several=len(parts) > 1)
        for place, part in enumerate(parts, 1)
    ]
    return figures[0] if len(figures) == 1 else Group(tuple(figures))


def _units(page: CityPage) -> list[Unit]:
    """Those on the scale of most units, whose means can stand side by side."""
    scale = main_instrument(page).scale
    told = [unit for unit in page.units(*TOLD) if unit.instrument.scale == scale]
    kinds = {kind: place for place, kind in enumerate(page.study.kinds)}
    return sorted(told, key=lambda unit: (kinds[unit.kind], unit.name.casefold()))


def _means(page: CityPage, unit: Unit) -> dict[str, Row]:
    """By unsur; one that several questions ask of has no mean of its own."""
    found: dict[str, Row] = {}
    for key in UNSUR:
        items = [item for item in unit.instrument.items if item.unsur == key]
        if len(items) != 1:
            continue
        row = page.estimates.get(make_key("unit", unit.id, "nrr", items[0].key))
        if row and row.value is not None and "suppressed" not in row.flags:
            found[key] = row
    return found


def _row_cm(unit: Unit) -> float:
    """A row is as high as its name needs."""
    lines = style.wrapped(unit.name, LETTERS).count("\n") + 1
    return _SPACE_CM + _LINE_CM * lines


def parted(units: Sequence[Unit]) -> list[list[Unit]]:
    """As few figures as there must be, of about the same length."""
    whole = sum(map(_row_cm, units))
    each = whole / max(math.ceil(whole / MOST_CM), 1)
    parts: list[list[Unit]] = [[]]
    for unit in units:
        taken = sum(map(_row_cm, parts[-1]))
        full = taken >= each - _SPACE_CM or taken + _row_cm(unit) > MOST_CM
        if parts[-1] and full:
            parts.append([])
        parts[-1].append(unit)
    return parts


def _figure(
    page: CityPage,
    units: Sequence[Unit],
    asked: Sequence[str],
    found: _Found,
    place: int,
    *,
    several: bool,
) -> Figure:
    with style.drawing(_HEAD_CM + sum(map(_row_cm, units))) as (canvas, axes):
        _draw(axes, units, asked, found)
        part = f", bagian {place}" if several else ""
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-kota-unsur-{place}",
            caption=(f"Nilai rata-rata (NRR) setiap unsur di setiap unit{part}",),
            alt=_alt(units, asked, found),
            notes=_notes(page, units, asked, found),
        )


def _draw(
    axes: Axes, units: Sequence[Unit], asked: Sequence[str], found: _Found
) -> None:
    values = np.full((len(units), len(asked)), np.nan)
    for line, unit in enumerate(units):
        for column, key in enumerate(asked):
            if row := found[unit.id].get(key):
                values[line, column] = row.value
    # One scale of shades for all parts, so that they can be held side by side.
    everything = [row.value or 0.0 for rows in found.values() for row in rows.values()]
    low, high = min(everything), max(everything)
    shades = sns.color_palette(f"blend:{style.LIGHTEST},{style.DARKEST}", as_cmap=True)
    share = Normalize(low, high if high > low else low + 1)
    ends = np.cumsum([0.0, *map(_row_cm, units)])
    middles = (ends[:-1] + ends[1:]) / 2
    columns = np.arange(len(asked) + 1)
    axes.pcolormesh(
        columns,
        ends,
        np.ma.masked_invalid(values),
        cmap=shades,
        norm=share,
        edgecolors="white",
        linewidth=0.8,
    )
    labels = [style.wrapped(UNSUR[key].label, 24) for key in asked]
    axes.set_xticks(columns[:-1] + 0.5, labels)
    axes.set_yticks(middles, [style.wrapped(unit.name, LETTERS) for unit in units])
    axes.invert_yaxis()
    sns.despine(ax=axes, left=True, bottom=True)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, rotation=90)
    axes.tick_params(axis="y", length=0, rotation=0)
    for middle, unit in zip(middles, units, strict=True):
        for column, key in enumerate(asked):
            row = found[unit.id].get(key)
            shade = shades(share(row.value or 0.0))[:3] if row else None
            axes.text(
                column + 0.5,
                middle,
                numbers.number(row).shown if row else "–",
                ha="center",
                va="center",
                size=7,
                color=style.ink_on(shade) if shade else style.INK,
            )


def _notes(
    page: CityPage, units: Sequence[Unit], asked: Sequence[str], found: _Found
) -> tuple[Line, ...]:
    told: list[Line] = [("Makin gelap, makin tinggi nilainya.",)]
    if any(key not in found[unit.id] for unit in units for key in asked):
        told.append(
            (
                "Tanda –: unsur itu tidak ditanyakan dengan satu pertanyaan, atau "
                "nilainya tidak disajikan.",
            )
        )
    if len(_units(page)) < len(page.units(*TOLD)):
        told.append(("Unit dengan skala jawaban lain tidak dimuat.",))
    return tuple(told)


def _alt(units: Sequence[Unit], asked: Sequence[str], found: _Found) -> str:
    """Per unsur the lowest and the highest mean, and whose they are."""
    told = []
    for key in asked:
        pairs = [(found[u.id][key], u.name) for u in units if key in found[u.id]]
        if not pairs:
            continue
        low = min(pairs, key=lambda pair: pair[0].value or 0.0)
        high = max(pairs, key=lambda pair: pair[0].value or 0.0)
        ends = [f"{numbers.number(row).shown} ({name})" for row, name in (low, high)]
        told.append(f"{UNSUR[key].label} dari {ends[0]} sampai {ends[1]}")
    return f"Peta warna nilai rata-rata unsur menurut unit: {'; '.join(told)}."
