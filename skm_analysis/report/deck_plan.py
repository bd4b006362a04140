"""The deck's slides of what to mend: weakest unsur, last year's plan, this year's."""

from collections.abc import Sequence
from dataclasses import replace

from skm_analysis.report import conclusions, recommendations
from skm_analysis.report.city_units import weakest_table
from skm_analysis.report.elements import Line, Table, plain
from skm_analysis.report.page import CityPage
from skm_analysis.report.slides import Slide, of_rows, reason, with_table
from skm_analysis.report.standing import Standing
from skm_analysis.report.weakness import weakness
from skm_analysis.report.wording import earlier

_OPEN = ("belum dilaksanakan", "belum ditinjau", "sedang berjalan", "dibatalkan")
_FIRST: Line = ("Yang menyangkut unsur terlemah disebut lebih dahulu.",)


def weakest(page: CityPage) -> Slide:
    """The units whose weakest unsur lies lowest on its scale come first."""
    table = weakest_table(page)
    if isinstance(table, Table):
        lowest = _lowest(page)
        places = sorted(range(len(table.rows)), key=lambda at: lowest[at])
        table = of_rows(table, places)
    text = [reason(conclusions.weakest_unsur(page))]
    return with_table("unsur-terlemah", ("Unsur yang terlemah",), text, table)


def _lowest(page: CityPage) -> list[float]:
    """Share of the scale of each clear unit's weakest item, in the table's order."""
    found = [
        (unit, weakness(page.estimates, unit)) for unit in page.units(Standing.FULL)
    ]
    return [
        (each.named[0][1].value or 0.0) / unit.instrument.scale[1]
        for unit, each in found
        if each.named
    ]


def followed_up(page: CityPage) -> Slide:
    """Last year's recommendations; what is still open stands first."""
    table = recommendations.city_followup(page)
    previous = page.study.previous
    title = "Rekomendasi tahun lalu dan tindak lanjutnya"
    if previous is not None:
        title = f"Rekomendasi {earlier(previous)} dan tindak lanjutnya"
    if isinstance(table, Table):
        status = [plain(row[3]) for row in table.rows]
        places = sorted(
            range(len(status)),
            key=lambda at: _OPEN.index(status[at]) if status[at] in _OPEN else 9,
        )
        table = _columns(of_rows(table, places), (0, 1, 2, 3), (2.2, 1.9, 5.2, 1.7))
    text = [reason(recommendations.followup_counts(page))]
    return with_table("tindak-lanjut", (title,), text, table)


def planned(page: CityPage) -> Slide:
    """This year's recommendations; those on the weakest items stand first."""
    table = recommendations.city_plan(page)
    first = recommendations.foremost_places(page)
    if isinstance(table, Table):
        others = [at for at in range(len(table.rows)) if at not in first]
        chosen = of_rows(table, [*first, *others])
        table = _columns(chosen, (0, 1, 3, 4, 5), (2.2, 1.8, 4.4, 1.2, 2.0))
    text = [reason(recommendations.plan_counts(page))]
    if first:
        text.append(_FIRST)
    title = (f"Rekomendasi tahun {page.study.year}",)
    return with_table("rekomendasi", title, text, table)


def _columns(table: Table, kept: Sequence[int], widths: Sequence[float]) -> Table:
    """The table with these columns, as wide as a slide wants them."""
    columns = tuple(
        replace(table.columns[place], width=width)
        for place, width in zip(kept, widths, strict=True)
    )
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=columns, rows=rows)
