"""The city's index over the years: printed earlier figures and computed ones."""

from itertools import pairwise
from typing import NamedTuple

from skm_analysis.report import figure_style as style
from skm_analysis.report import formatting, numbers
from skm_analysis.report.city_result import HEADLINE, main_instrument
from skm_analysis.report.elements import (
    Absent,
    Column,
    Figure,
    Line,
    Number,
    Paragraph,
    Table,
)
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import published
from skm_analysis.report.wording import line, listing
from skm_analysis.study.history import HistoricFigure


class Point(NamedTuple):
    """One year: what was printed then, or what is computed from the answers."""

    year: int
    number: Number
    low: float | None
    high: float | None
    instrument: str
    source: str  # "" for computed points

    @property
    def value(self) -> float:
        return self.number.value or 0.0


def points(page: CityPage) -> tuple[Point, ...]:
    """Oldest first; where a year was computed, its printed figure gives way."""
    computed = {point.year: point for point in _computed(page)}
    earlier = [
        _printed(figure)
        for figure in page.history
        if not figure.unit and figure.measure == HEADLINE
    ]
    kept = {point.year: point for point in earlier} | computed
    return tuple(kept[year] for year in sorted(kept))


def _printed(figure: HistoricFigure) -> Point:
    key = f"history.{figure.year}.{figure.measure}"
    number = numbers.as_printed(key, figure.printed)
    return Point(figure.year, number, None, None, figure.instrument, figure.source)


def _computed(page: CityPage) -> list[Point]:
    name = main_instrument(page).regulation or ""
    found: list[Point] = []
    before = page.estimates.get(f"city..{HEADLINE}@previous+published")
    before = before or page.row(HEADLINE, part="previous")
    previous = page.study.previous or ""
    for row, year in (
        (before, int(previous[:4]) if previous[:4].isdigit() else None),
        (published(page.estimates, HEADLINE), page.study.year),
    ):
        if row is None or row.value is None or year is None:
            continue
        point = Point(year, numbers.number(row), row.ci_low, row.ci_high, name, "")
        found.append(point)
    return found


def breaks(told: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    """Neighbouring years with different instruments: their line is not drawn."""
    pairs = pairwise(told)
    return [pair for pair in pairs if pair[0].instrument != pair[1].instrument]


def trend_sentence(page: CityPage) -> Paragraph | Absent:
    told = points(page)
    if len(told) < 2:
        return Absent("Belum ada angka tahun-tahun sebelumnya.")
    printed = [point for point in told if point.source]
    text: Line = (
        f"Angka kota tersedia untuk tahun {listing([str(p.year) for p in told])[0]}.",
    )
    if printed:
        text = line(
            text,
            " Angka yang tercetak pada laporan terdahulu diambil apa adanya dan tidak "
            "dapat dihitung ulang.",
        )
    changed = breaks(told)
    if changed:
        years = listing([f"{old.year} ke {new.year}" for old, new in changed])
        text = line(
            text,
            " Kuesioner atau peraturan yang dipakai berganti dari tahun ",
            years,
            "; angka di kedua sisi pergantian itu tidak dihubungkan karena tidak "
            "sebanding.",
        )
    return Paragraph("city..trend", text)


def trend(page: CityPage) -> Figure | Absent:
    """Years along the axis; filled points are computed, empty ones printed."""
    told = points(page)
    if len(told) < 2:
        return Absent("Belum ada angka tahun-tahun sebelumnya.")
    with style.drawing(6.8) as (canvas, axes):
        changed = breaks(told)
        for old, new in pairwise(told):
            if (old, new) not in changed:
                axes.plot(
                    [old.year, new.year], [old.value, new.value], color=style.MAIN
                )
            else:
                axes.axvline(
                    (old.year + new.year) / 2, color=style.SOFT, ls=(0, (4, 3)), lw=0.9
                )
        for point in told:
            if point.low is not None and point.high is not None:
                axes.plot(
                    [point.year] * 2, [point.low, point.high], color=style.MAIN, lw=2
                )
            axes.plot(
                point.year,
                point.value,
                marker="o",
                color=style.MAIN,
                markerfacecolor="white" if point.source else style.MAIN,
            )
            axes.annotate(
                point.number.shown,
                (point.year, point.high or point.value),
                xytext=(0, 5),
                textcoords="offset points",
                ha="center",
            )
        axes.set_xticks([point.year for point in told])
        axes.set_xlim(told[0].year - 0.5, told[-1].year + 0.5)
        axes.margins(y=0.2)
        axes.grid(axis="y")
        axes.yaxis.set_major_formatter(lambda value, _: formatting.decimal(value, 1))
        axes.set_ylabel("Rata-rata IKM antarunit")
        return style.finish(
            canvas,
            study=page.study,
            anchor="fig-kota-tren",
            caption=("Rata-rata IKM antarunit dari tahun ke tahun",),
            alt=_alt(told),
            notes=_notes(told),
        )


def trend_table(page: CityPage) -> Table | Absent:
    told = points(page)
    if len(told) < 2:
        return Absent("Belum ada angka tahun-tahun sebelumnya.")
    return Table(
        "tab-kota-tren",
        ("Angka kota dari tahun ke tahun dan sumbernya",),
        (
            Column("Tahun", "center", 0.6),
            Column("IKM", "right", 0.7),
            Column("Peraturan", width=2.0),
            Column("Sumber", width=3.0),
        ),
        tuple(
            (
                (str(point.year),),
                (point.number,),
                (point.instrument or "–",),
                (point.source or "dihitung dari data mentah",),
            )
            for point in told
        ),
    )


def _notes(told: tuple[Point, ...]) -> tuple[Line, ...]:
    notes: list[Line] = []
    if any(point.source for point in told):
        notes.append(
            (
                "Lingkaran kosong: sebagaimana tercetak dahulu. Lingkaran penuh: "
                "dihitung dari data mentah.",
            )
        )
    if breaks(told):
        notes.append(("Garis putus-putus: kuesioner atau peraturan berganti.",))
    return tuple(notes)


def _alt(told: tuple[Point, ...]) -> str:
    listed = "; ".join(f"tahun {point.year} {point.number.shown}" for point in told)
    return f"Diagram garis rata-rata IKM antarunit setiap tahun: {listed}."
