"""The figures of a unit's chapter."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from skm_analysis.estimates.rows import Row
from skm_analysis.report import figure_style as style
from skm_analysis.report import formatting, numbers
from skm_analysis.report.elements import Absent, Figure, Line
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.unit_items import shares_told, told, with_interval
from skm_analysis.report.wording import CONDITIONAL, line
from skm_analysis.study.records import Item

LABEL = 40  # letters of a line; the longest name of an unsur has 39
LEGIBLE = 0.07  # a narrower segment of a bar holds no label
ABREAST = 5  # answers that stand side by side in the legend


def nrr_with_intervals(page: UnitPage) -> Figure | Absent:
    """The mean of every item as a point with its interval.

    Best first; of few respondents, whose order tells nothing, as asked.
    """
    pairs = told(page)
    if page.standing not in TOLD or not pairs:
        return Absent("Nilai unsur tidak disajikan untuk unit ini.")
    if page.standing is Standing.FULL:
        pairs.sort(key=lambda pair: -(pair[1].value or 0.0))
    labels = [style.wrapped(item.label, LABEL) for item, _ in pairs]
    places, end = style.stacked(labels)
    with style.drawing(height(end)) as (canvas, axes):
        for place, (item, row) in zip(places, pairs, strict=True):
            draw_mean(axes, place, item, row)
        axes.set_yticks(places, labels)
        axes.set_ylim(end, -0.6)
        axes.grid(axis="x")
        _, highest = page.unit.instrument.scale
        axes.set_xlim(left_end([row for _, row in pairs], highest), highest + 0.02)
        style.decimal_axis(axes, 1)
        axes.set_xlabel("Nilai rata-rata (NRR)")
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-{page.unit.id}-nrr",
            caption=_nrr_caption(page),
            alt=means_alt(page, pairs),
            notes=mean_notes(pairs),
        )


def _nrr_caption(page: UnitPage) -> Line:
    ordered = " dari yang tertinggi" if page.standing is Standing.FULL else ""
    opening = f"Nilai rata-rata (NRR) unsur {page.unit.name}{ordered}"
    return line(opening, with_interval(page))


def height(end: float) -> float:
    """Centimetres of a figure whose last row ends at `end`."""
    return 2.0 + 0.47 * end


def draw_mean(axes: Axes, place: float, item: Item, row: Row) -> None:
    if both := numbers.limits(row):
        axes.plot(both, [place] * 2, color=style.MAIN, lw=2)
    axes.plot(
        row.value or 0.0,
        place,
        marker="D" if item.own else "o",
        markersize=5,
        color=style.MAIN,
        markerfacecolor="white" if item.own else style.MAIN,
        clip_on=False,
        zorder=3,
    )
    style.beside(axes, place, numbers.number(row).shown)


def left_end(rows: Sequence[Row], highest: int) -> float:
    """A left end on a half point, never so close that small differences look large."""
    known = [each for row in rows for each in (row.value, row.ci_low) if each]
    return min(int(min(known) * 2) / 2, highest - 1.0)


def mean_notes(pairs: Sequence[tuple[Item, Row]]) -> tuple[Line, ...]:
    notes: list[Line] = []
    if any(item.own for item, _ in pairs):
        notes.append(
            ("Belah ketupat kosong: indikator yang ditambahkan sendiri oleh unit.",)
        )
    if any("conditional" in row.flags for _, row in pairs):
        notes.append((f"Selang kepercayaan berlaku {CONDITIONAL}.",))
    return tuple(notes)


def means_alt(page: UnitPage, pairs: Sequence[tuple[Item, Row]]) -> str:
    listed = "; ".join(
        f"{item.label} {numbers.number(row).shown}" for item, row in pairs
    )
    full = page.standing is Standing.FULL
    ordered = ", dari yang tertinggi ke yang terendah," if full else ""
    return f"Diagram titik nilai rata-rata{ordered} {page.unit.name}: {listed}."


def distribution(page: UnitPage) -> Figure | Absent:
    """Shares of the answers to every item as stacked bars, in the asked order."""
    if page.standing is not Standing.FULL:
        return Absent("Sebaran jawaban disajikan mulai dari tiga puluh responden.")
    lowest, highest = page.unit.instrument.scale
    scores = range(lowest, highest + 1)
    items = [item for item, _ in told(page) if shares_told(page, item)]
    if not items:
        return Absent("Sebaran jawaban unit ini tidak disajikan.")
    labels = [style.wrapped(item.label, LABEL) for item in items]
    legend = 0.4 * -(-len(scores) // ABREAST)
    places, end = style.stacked(labels)
    with style.drawing(height(end) + legend) as (canvas, axes):
        draw_answers(axes, page, list(zip(places, items, strict=True)), LEGIBLE)
        axes.set_yticks(places, labels)
        axes.set_ylim(end, -0.6)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(lambda value, _: formatting.percent(value))
        # More than four may be wider than the bars: they go left, above the labels.
        right = len(scores) > 4
        axes.legend(
            loc="lower right" if right else "lower left",
            bbox_to_anchor=(1.0 if right else 0.0, 1.0),
            ncols=min(len(scores), ABREAST),
            borderaxespad=0.2,
        )
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-{page.unit.id}-sebaran",
            caption=(f"Sebaran jawaban setiap pertanyaan, {page.unit.name}",),
            alt=answers_alt(page, items, highest),
        )


def draw_answers(
    axes: Axes, page: UnitPage, items: Sequence[tuple[float, Item]], legible: float
) -> None:
    """A bar per item, at its place; parts narrower than `legible` have no label."""
    lowest, highest = page.unit.instrument.scale
    scores = range(lowest, highest + 1)
    for number, (place, item) in enumerate(items):
        left = 0.0
        for score, shade in zip(scores, style.shades(len(scores)), strict=True):
            share = _share(page, item, score)
            axes.barh(
                place,
                share,
                left=left,
                color=shade,
                edgecolor="white",
                linewidth=0.5,
                height=0.72,
                label="_" if number else f"nilai {score}",
            )
            if share >= legible:
                _write_share(axes, left, place, share, shade)
            left += share


def _share(page: UnitPage, item: Item, score: int) -> float:
    row = page.row("share", item.key, str(score))
    return (row.value if row else None) or 0.0


def _write_share(
    axes: Axes, left: float, place: float, share: float, shade: style.Shade
) -> None:
    axes.text(
        left + share / 2,
        place,
        formatting.percent(share),
        ha="center",
        va="center",
        size=7,
        color=style.ink_on(shade),
    )


def answers_alt(page: UnitPage, items: Sequence[Item], highest: int) -> str:
    listed = "; ".join(
        f"{item.label} {formatting.percent(_share(page, item, highest))}"
        for item in items
    )
    return (
        f"Diagram batang bertumpuk sebaran jawaban {page.unit.name}. "
        f"Bagian yang memberi nilai {highest}: {listed}."
    )
