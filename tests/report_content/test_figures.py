"""Figures: the same bytes, nothing cut off, and what they say in words."""

import base64
import io
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from PIL import Image

from skm_analysis.report import (
    city_figures,
    figure_style,
    trend,
    unit_figures,
    unit_items_figure,
)
from skm_analysis.report.elements import Absent, flatten, plain
from skm_analysis.study.history import HistoricFigure
from skm_analysis.study.records import Target

LONG = (
    "Dinas yang Namanya Delapan Puluh Huruf Panjangnya, Urusan Ini dan Urusan Itu Juga"
)


@pytest.fixture
def full(row, set_of, unit_page):
    """A unit of which every item and every answer is told."""

    def build(instrument=None, **changes):
        unit = {"instrument": instrument} if instrument else {}
        keys = instrument.keys if instrument else ("persyaratan", "waktu", "biaya")
        rows = list(set_of())
        for place, key in enumerate(keys):
            value = 3.9 - 0.05 * place
            rows.append(row("nrr", value, value - 0.1, value + 0.05, item=key))
            for score, share in zip("1234", (0.0, 0.05, 0.25, 0.7), strict=True):
                rows.append(row("share", share, item=key, category=score))
        return unit_page(*rows, unit=unit, **changes)

    return build


@pytest.fixture
def many(unit, city_page, set_of):
    """A city of so many units with long names, half of each kind."""

    def build(count, **changes):
        units = [
            unit(
                id=f"u{place:02}",
                name=f"{place:02} {LONG}",
                kind="opd" if place % 2 else "kelurahan",
            )
            for place in range(count)
        ]
        rows = [each for unit in units for each in set_of(unit.id)]
        return city_page(*rows, units=units, **changes)

    return build


def picture(figure):
    return Image.open(io.BytesIO(base64.b64decode(figure.png)))


def frame(figure):
    """Colours of the outermost pixels: only paper, if nothing is cut off."""
    image = picture(figure).convert("RGB")
    width, height = image.size
    sides = [(0, 0, width, 1), (0, height - 1, width, height)]
    sides += [(0, 0, 1, height), (width - 1, 0, width, height)]
    return {
        colour
        for side in sides
        for _, colour in image.crop(side).getcolors(maxcolors=4096)
    }


def test_drawing_twice_gives_the_same_bytes(full):
    for draw in (unit_figures.nrr_with_intervals, unit_figures.distribution):
        assert draw(full()) == draw(full())


def test_a_figure_holds_no_date_and_no_tool(full):
    svg = unit_figures.nrr_with_intervals(full()).svg
    assert not re.search(r"20\d\d-\d\d-\d\d|matplotlib", svg.split("<defs>")[0], re.I)
    assert "<text" not in svg


def test_fourteen_items_with_long_labels_are_not_cut(full, long_named):
    assert all(len(item.label) > 70 for item in long_named.items)
    for draw in (unit_figures.nrr_with_intervals, unit_figures.distribution):
        assert frame(draw(full(long_named))) == {(255, 255, 255)}


def test_means_and_answers_stand_in_one_figure_that_is_not_cut(full, long_named):
    figure = unit_items_figure.means_and_answers(full(long_named))
    assert figure == unit_items_figure.means_and_answers(full(long_named))
    assert frame(figure) == {(255, 255, 255)}
    told = unit_items_figure.means_and_answers(full())
    assert told.alt == (
        "Diagram titik nilai rata-rata, dari yang tertinggi ke yang terendah, "
        "Kelurahan Ngalau: Persyaratan 3,90; Waktu Penyelesaian 3,85; Biaya/Tarif "
        "3,80. Diagram batang bertumpuk sebaran jawaban Kelurahan Ngalau. Bagian yang "
        "memberi nilai 4: Persyaratan 70%; Waktu Penyelesaian 70%; Biaya/Tarif 70%."
    )


def test_the_mark_of_synthetic_data_is_beside_no_legend(full):
    """Its row of pixels holds the mark's red and the paper, nothing else."""
    marked = unit_items_figure.means_and_answers(full(study={"synthetic": True}))
    image = picture(marked).convert("RGB")
    width, height = image.size
    top = image.crop((0, 0, width, round(height * 0.035)))
    assert not any(
        blue > red + 20 for _, (red, _, blue) in top.getcolors(maxcolors=1 << 16)
    )


def test_more_answers_than_fit_beside_the_means_keep_their_own_figure(
    full, instrument, unit_page, set_of
):
    group = unit_items_figure.means_and_answers(full(instrument(scale=(1, 10))))
    assert [each.anchor for each in group.pieces] == [
        "fig-kel-ngalau-nrr",
        "fig-kel-ngalau-sebaran",
    ]
    nothing = unit_items_figure.means_and_answers(unit_page(*set_of(n=6)))
    assert all(isinstance(each, Absent) for each in nothing.pieces)


def test_answers_from_one_to_ten_leave_room_for_the_bars(full, instrument):
    """Ten answers abreast in the legend took the whole width: the chapter failed."""
    figure = unit_figures.distribution(full(instrument(scale=(1, 10))))
    assert frame(figure) == {(255, 255, 255)}
    width, height = picture(figure).size
    assert width > 2 * height


@pytest.mark.parametrize("highest", [5, 7, 10])
def test_no_answer_of_the_legend_is_cut_off(full, long_named, highest):
    """Beside long labels the bars are narrower than five answers abreast."""
    wide = replace(long_named, scale=(1, highest))
    assert frame(unit_figures.distribution(full(wide))) == {(255, 255, 255)}


def test_a_unit_without_an_index_is_left_out_of_the_figure(
    city_page, unit, set_of, row
):
    """Nobody answered one of its items, so that it has no index whatever its size."""
    units = [unit(), unit(id="tanpa-biaya", name="Tanpa Biaya")]
    without = set_of("tanpa-biaya")
    rows = [
        row("ikm", unit="tanpa-biaya", n=50) if r.measure == "ikm" else r
        for r in without
    ]
    figure = city_figures.units_with_intervals(city_page(*set_of(), *rows, units=units))
    assert "Kelurahan Ngalau" in figure.alt
    assert "Tanpa Biaya" not in figure.alt


def test_long_names_are_not_cut(many):
    assert len(LONG) >= 80
    assert frame(city_figures.units_with_intervals(many(12))) == {(255, 255, 255)}


def test_more_units_than_a_page_holds_give_figures_that_fit(many):
    figures = flatten([city_figures.units_with_intervals(many(40))])
    assert [each.anchor for each in figures] == [
        "fig-kota-unit-kelurahan-1",
        "fig-kota-unit-kelurahan-2",
        "fig-kota-unit-opd-1",
        "fig-kota-unit-opd-2",
    ]
    for figure in figures:
        width, height = picture(figure).size
        assert figure.width_cm * height / width < 22


def test_a_target_within_the_axis_is_named_below_the_figure(many):
    def told(goal):
        target = Target(ikm=Decimal(goal), source="RPJMD")
        figure = city_figures.units_with_intervals(many(4, study={"target": target}))
        return [plain(note) for note in figure.notes]

    assert "Garis jingga: target kota, yaitu 90,00." in told("90.00")
    assert not any("target" in note for note in told("70.00"))


def test_synthetic_data_are_marked_in_the_figure_itself(full):
    marked = unit_figures.distribution(full(study={"synthetic": True}))
    assert marked.alt.startswith("DATA SINTETIS – bukan hasil survei.")
    reds = [
        colour
        for _, colour in picture(marked).convert("RGB").getcolors(maxcolors=4096)
        if colour[0] > 120 and colour[1] < 60 and colour[2] < 60
    ]
    assert reds
    assert "SINTETIS" not in unit_figures.distribution(full()).alt


def test_the_picture_is_sharp_and_small(full, long_named):
    figure = unit_figures.distribution(full(long_named))
    image = picture(figure)
    assert image.info["dpi"][0] == pytest.approx(200, abs=0.1)
    assert image.size[0] == pytest.approx(figure.width_cm / 2.54 * 200, abs=1)
    assert len(base64.b64decode(figure.png)) < 100_000


def test_the_alternative_text_tells_the_data(full):
    assert unit_figures.nrr_with_intervals(full()).alt == (
        "Diagram titik nilai rata-rata, dari yang tertinggi ke yang terendah, "
        "Kelurahan Ngalau: Persyaratan 3,90; Waktu Penyelesaian 3,85; Biaya/Tarif 3,80."
    )
    assert unit_figures.distribution(full()).alt.endswith(
        "Bagian yang memberi nilai 4: Persyaratan 70%; Waktu Penyelesaian 70%; "
        "Biaya/Tarif 70%."
    )


def test_the_condition_stands_at_the_figure(row, set_of, unit_page):
    nrr = row("nrr", 3.9, 3.8, 3.95, item="waktu", flags=("conditional",))
    figure = unit_figures.nrr_with_intervals(unit_page(*set_of(), nrr))
    assert [plain(note) for note in figure.notes] == [
        "Selang kepercayaan berlaku seandainya responden dipilih acak."
    ]


def test_shades_grow_darker_and_stay_apart_in_grey():
    for count in (4, 5, 10):
        grey = [0.3 * r + 0.59 * g + 0.11 * b for r, g, b in figure_style.shades(count)]
        steps = [light - dark for light, dark in pairwise(grey)]
        assert min(steps) > 0.05


def test_small_units_have_no_figures(set_of, unit_page):
    page = unit_page(*set_of(n=6))
    assert isinstance(unit_figures.nrr_with_intervals(page), Absent)
    assert isinstance(unit_figures.distribution(page), Absent)


def test_the_trend_is_not_cut(city_page, row):
    old = HistoricFigure(
        year=2017,
        unit="",
        measure="ikm_mean_of_units",
        item="",
        printed="82,47",
        n=None,
        instrument="PermenPANRB 16/2014",
        source="laporan lama",
    )
    now = row("ikm_mean_of_units", 96.08, 95.7, 96.3, scope="city", unit="")
    figure = trend.trend(city_page(now, history=(old,)))
    assert frame(figure) == {(255, 255, 255)}
    assert figure.alt == (
        "Diagram garis rata-rata IKM antarunit setiap tahun: tahun 2017 82,47; "
        "tahun 2021 96,08."
    )


@pytest.mark.parametrize("draw", ["nrr_with_intervals", "distribution"])
def test_a_long_label_among_short_ones_covers_none_of_them(
    full, long_named, instrument, monkeypatch, draw
):
    short = instrument(tuple(f"b-{number:02}" for number in range(9)))
    mixed = replace(
        short, items=(*short.items[:4], *long_named.items[:2], *short.items[4:])
    )
    seen = []

    def look(canvas, **rest):
        canvas.draw_without_rendering()
        labels = canvas.axes[0].get_yticklabels()
        seen.extend(label.get_window_extent() for label in labels)
        return finish(canvas, **rest)

    finish = figure_style.finish
    monkeypatch.setattr(figure_style, "finish", look)
    getattr(unit_figures, draw)(full(mixed))
    boxes = sorted(seen, key=lambda box: -box.y0)
    assert len(boxes) == 11
    assert all(upper.y0 >= lower.y1 for upper, lower in pairwise(boxes))
