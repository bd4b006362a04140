"""Means and answers of a unit's items in one figure, so that each is named once."""

from skm_analysis.report import figure_style as style
from skm_analysis.report import formatting
from skm_analysis.report.elements import Absent, Figure, Group, Line
from skm_analysis.report.page import UnitPage
from skm_analysis.report.unit_figures import (
    LABEL,
    answers_alt,
    distribution,
    draw_answers,
    draw_mean,
    height,
    left_end,
    mean_notes,
    means_alt,
    nrr_with_intervals,
)
from skm_analysis.report.unit_items import (
    answers_beside,
    shares_told,
    told,
    with_interval,
)
from skm_analysis.report.wording import line

_WIDTHS = (2.0, 3.0)
_LEGIBLE = 0.11  # a narrower part of a bar holds no label here
_LEGEND = 0.5  # centimetres


def means_and_answers(page: UnitPage) -> Figure | Group | Absent:
    """Both beside each other, best first, where the answers are few enough.

    Otherwise the two figures, of which either may be absent.
    """
    if not answers_beside(page):
        pieces = (nrr_with_intervals(page), distribution(page))
        return Group(
            tuple(each for each in pieces if isinstance(each, Figure)) or pieces
        )
    pairs = sorted(told(page), key=lambda pair: -(pair[1].value or 0.0))
    labels = [style.wrapped(item.label, LABEL) for item, _ in pairs]
    places, end = style.stacked(labels)
    shown = [
        (place, item)
        for place, (item, _) in zip(places, pairs, strict=True)
        if shares_told(page, item)
    ]
    _, highest = page.unit.instrument.scale
    with style.panels(height(end) + _LEGEND, _WIDTHS) as (canvas, (means, answers)):
        for place, (item, row) in zip(places, pairs, strict=True):
            draw_mean(means, place, item, row)
        draw_answers(answers, page, shown, _LEGIBLE)
        means.set_yticks(places, labels)
        means.set_ylim(end, -0.6)
        means.grid(axis="x")
        means.set_xlim(left_end([row for _, row in pairs], highest), highest + 0.02)
        style.decimal_axis(means, 1)
        means.set_xlabel("NRR")
        answers.set_xlim(0, 1)
        answers.set_xlabel("Sebaran jawaban")
        answers.xaxis.set_major_formatter(lambda value, _: formatting.percent(value))
        handles, names = answers.get_legend_handles_labels()
        # Of the whole figure: it may be wider than the bars, and would part the panels.
        canvas.legend(
            handles,
            names,
            loc="outside lower right",
            ncols=len(names),
            handlelength=1.2,
            columnspacing=1.0,
        )
        items = [item for _, item in shown]
        return style.finish(
            canvas,
            study=page.study,
            anchor=f"fig-{page.unit.id}-nrr",
            caption=_caption(page),
            alt=f"{means_alt(page, pairs)} {answers_alt(page, items, highest)}",
            notes=(*mean_notes(pairs), *_left_out(len(pairs) - len(items))),
        )


def _caption(page: UnitPage) -> Line:
    return line(
        f"Nilai rata-rata (NRR) unsur {page.unit.name} dari yang tertinggi",
        with_interval(page),
        ", dan sebaran jawabannya",
    )


def _left_out(hidden: int) -> tuple[Line, ...]:
    if not hidden:
        return ()
    return (("Tanpa batang: dijawab oleh kurang dari tiga puluh responden.",),)
