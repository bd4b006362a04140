"""The figures of a unit's chapter."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import figure_style as style
from skm_analysis.report import formatting, numbers
from skm_analysis.report.elements import Absent, Figure, plain
from skm_analysis.report.numbers import stated_percent
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.wording import CONDITIONAL, line
from skm_analysis.study.records import Item


def nrr_with_intervals(page: UnitPage) -> Figure | Absent:
    """The mean of every item as a point with its interval, best first."""
    told = _told(page)
    if page.standing not in TOLD or not told:
        return Absent("Nilai unsur tidak disajikan untuk unit ini.")
    told.sort(key=lambda pair: -(pair[1].value or 0.0))
    labels = [style.wrapped(item.label) for item, _ in told]
    with style.drawing(2.2 + 0.36 * (style.lines_in(labels) + len(labels))) as (
        canvas,
        axes,
    ):
        _, highest = page.unit.instrument.scale
        for place, (item, row) in enumerate(told):
            value = row.value or 0.0
            low, high = row.ci_low, row.ci_high
            if low is not None and high is not None:
                axes.plot([low, high], [place, place], color=style.MAIN, linewidth=2)
            axes.plot(
                value,
                place,
                marker="o" if item.unsur else "D",
                markersize=5,
                color=style.MAIN,
                markerfacecolor=style.MAIN if item.unsur else "white",
            )
            axes.annotate(
                numbers.number(row).shown,
                (1.015, place),
                xycoords=("axes fraction", "data"),
                va="center",
                annotation_clip=False,
            )
        axes.set_yticks(range(len(told)), labels)
        axes.invert_yaxis()
        axes.grid(axis="x")
        lowest = min(_lowest(row) for _, row in told)
        axes.set_xlim(_left(lowest, highest), highest + 0.02)
        style.decimal_axis(axes, 1)
        axes.set_xlabel("Nilai rata-rata (NRR)")
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-{page.unit.id}-nrr",
            caption=line(
                f"Nilai rata-rata setiap unsur {page.unit.name} dengan selang "
                "kepercayaan ",
                stated_percent("study.confidence_level", page.study.confidence_level),
                f", {CONDITIONAL}" if _conditional(told) else "",
            ),
            alt=_nrr_alt(page, told),
            notes=_nrr_notes(told),
        )


def distribution(page: UnitPage) -> Figure | Absent:
    """Shares of the answers to every item as stacked bars, in the asked order."""
    if page.standing is not Standing.FULL:
        return Absent("Sebaran jawaban disajikan mulai dari tiga puluh responden.")
    lowest, highest = page.unit.instrument.scale
    scores = range(lowest, highest + 1)
    items = [item for item in page.unit.instrument.items if page.row("nrr", item.key)]
    labels = [style.wrapped(item.label) for item in items]
    shades = style.shades(len(scores))
    with style.drawing(2.6 + 0.36 * (style.lines_in(labels) + len(labels))) as (
        canvas,
        axes,
    ):
        for place, item in enumerate(items):
            left = 0.0
            for score, shade in zip(scores, shades, strict=True):
                row = page.row("share", item.key, str(score))
                share = (row.value if row else None) or 0.0
                axes.barh(place, share, left=left, color=shade, height=0.72)
                if share >= 0.08:
                    axes.text(
                        left + share / 2,
                        place,
                        formatting.percent(share),
                        ha="center",
                        va="center",
                        size=7,
                        color=style.ink_on(shade),
                    )
                left += share
        axes.set_yticks(range(len(items)), labels)
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(lambda value, _: formatting.percent(value))
        axes.legend(
            [axes.barh(0, 0, color=shade) for shade in shades],
            [f"nilai {score}" for score in scores],
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            ncols=len(scores),
            borderaxespad=0.2,
        )
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-{page.unit.id}-sebaran",
            caption=line(f"Sebaran jawaban setiap pertanyaan, {page.unit.name}"),
            alt=_distribution_alt(page, items, highest),
        )


def _told(page: UnitPage) -> list[tuple[Item, Row]]:
    pairs = [(item, page.row("nrr", item.key)) for item in page.unit.instrument.items]
    return [(item, row) for item, row in pairs if row and row.value is not None]


def _conditional(told: list[tuple[Item, Row]]) -> bool:
    return any("conditional" in row.flags for _, row in told)


def _lowest(row: Row) -> float:
    known = [each for each in (row.value, row.ci_low) if each is not None]
    return min(known)


def _left(lowest: float, highest: int) -> float:
    """A left end on a half point, never so close that small differences look large."""
    return min(int(lowest * 2) / 2, highest - 1.0)


def _nrr_notes(told: list[tuple[Item, Row]]) -> tuple[tuple[str, ...], ...]:
    if all(item.unsur for item, _ in told):
        return ()
    return (("Belah ketupat kosong: indikator yang ditambahkan sendiri oleh unit.",),)


def _nrr_alt(page: UnitPage, told: list[tuple[Item, Row]]) -> str:
    listed = "; ".join(
        f"{item.label} {plain(numbers.shown(row))}" for item, row in told
    )
    return (
        f"Diagram titik dengan selang kepercayaan, dari nilai tertinggi ke terendah, "
        f"{page.unit.name}: {listed}."
    )


def _distribution_alt(page: UnitPage, items: list[Item], highest: int) -> str:
    told = []
    for item in items:
        row = page.row("share", item.key, str(highest))
        told.append(f"{item.label} {formatting.percent((row and row.value) or 0.0)}")
    return (
        f"Diagram batang bertumpuk sebaran jawaban {page.unit.name}. "
        f"Bagian yang memberi nilai {highest}: {'; '.join(told)}."
    )
