"""The city by unsur: heat map, what is lacking, which units can be compared."""

import base64
import io
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PIL import Image

from skm_analysis.report import (
    city_comparable,
    city_heatmap,
    city_shortfall,
    city_units,
)
from skm_analysis.report.elements import Absent, numbers, plain

LONG = (
    "Dinas yang Namanya Delapan Puluh Huruf Panjangnya, Urusan Ini dan Urusan Itu Juga"
)


def cells(table):
    return [[plain(cell) for cell in line] for line in table.rows]


@pytest.fixture
def means(row, set_of):
    """A unit with a mean of each item, the first given and each next 0.1 lower."""

    def build(
        unit="kel-ngalau", first=3.9, keys=("persyaratan", "waktu", "biaya"), **n
    ):
        yield from set_of(unit, **n)
        for place, key in enumerate(keys):
            yield row("nrr", first - 0.1 * place, item=key, unit=unit)

    return build


@pytest.fixture
def heated(city_page, unit, means):
    """A city of so many units with names of eighty letters."""

    def build(count, name=LONG):
        units = [unit(id=f"u{at}", name=f"{at:02} {name}") for at in range(count)]
        rows = [each for at in range(count) for each in means(f"u{at}")]
        return city_heatmap.heat_map(city_page(*rows, units=units))

    return build


def frame(figure):
    """Colours of the outermost pixels: only paper, if nothing is cut off."""
    image = Image.open(io.BytesIO(base64.b64decode(figure.png))).convert("RGB")
    width, height = image.size
    sides = [(0, 0, width, 1), (0, height - 1, width, height)]
    sides += [(0, 0, 1, height), (width - 1, 0, width, height)]
    return {c for side in sides for _, c in image.crop(side).getcolors(maxcolors=4096)}


def test_the_heat_map_says_in_words_whose_mean_is_lowest_and_highest(
    city_page, unit, means
):
    units = [unit(), unit(id="kel-a", name="Kelurahan A")]
    figure = city_heatmap.heat_map(
        city_page(*means(), *means("kel-a", 3.5), units=units)
    )
    assert figure.alt == (
        "Peta warna nilai rata-rata unsur menurut unit: Persyaratan dari 3,50 "
        "(Kelurahan A) sampai 3,90 (Kelurahan Ngalau); Waktu Penyelesaian dari 3,40 "
        "(Kelurahan A) sampai 3,80 (Kelurahan Ngalau); Biaya/Tarif dari 3,30 "
        "(Kelurahan A) sampai 3,70 (Kelurahan Ngalau)."
    )
    assert [plain(note) for note in figure.notes] == [
        "Makin gelap, makin tinggi nilainya."
    ]


def test_a_withheld_mean_is_in_no_shade_and_no_word(city_page, unit, means, row):
    units = [unit(), unit(id="kel-a", name="Kelurahan A")]
    held = row("nrr", 1.23, item="waktu", unit="kel-a", flags=("suppressed",))
    other = [each for each in means("kel-a", 3.5) if each.item != "waktu"]
    small = unit(id="kel-b", name="Kelurahan B")
    figure = city_heatmap.heat_map(
        city_page(
            *means(), *other, held, *means("kel-b", 1.5, n=9), units=[*units, small]
        )
    )
    assert "1,23" not in figure.alt
    assert "Kelurahan B" not in figure.alt
    assert "Waktu Penyelesaian dari 3,80 (Kelurahan Ngalau) sampai 3,80" in figure.alt
    assert "Tanda –" in plain(figure.notes[1])


def test_units_on_another_scale_and_unsur_asked_twice_are_left_out(
    city_page, unit, means, instrument
):
    twice = instrument()
    items = tuple(replace(item, unsur="waktu") for item in twice.items[:2])
    wider = replace(twice, id="lima", scale=(1, 5))
    units = [
        unit(),
        unit(id="kel-a", name="A"),
        unit(
            id="kel-b",
            name="B",
            instrument=replace(twice, items=(*items, twice.items[2])),
        ),
        unit(id="kel-c", name="C", instrument=wider),
    ]
    rows = [
        each for x in units for each in means(x.id, 3.0 if x.id == "kel-b" else 3.9)
    ]
    figure = city_heatmap.heat_map(city_page(*rows, units=units))
    assert "Biaya/Tarif dari 2,80 (B)" in figure.alt
    assert "Waktu Penyelesaian dari 3,80" in figure.alt
    assert "(C)" not in figure.alt
    assert plain(figure.notes[-1]) == "Unit dengan skala jawaban lain tidak dimuat."


def test_names_of_eighty_letters_are_not_cut(heated):
    figure = heated(4)
    assert frame(figure) == {(255, 255, 255)}
    assert figure == heated(4)


def test_sixty_units_go_on_in_further_figures_that_fit_a_page(unit, heated):
    units = [unit(id=f"u{at}", name=f"{at:02} {LONG}") for at in range(60)]
    parts = city_heatmap.parted(units)
    assert [each for part in parts for each in part] == units
    assert {len(part) for part in parts} == {15}
    assert len(city_heatmap.parted([unit()] * 20)) == 1
    image = Image.open(io.BytesIO(base64.b64decode(heated(15).png)))
    assert image.height / image.width * heated(2).width_cm < 23  # what a page holds


def test_one_unit_is_no_map(heated):
    assert isinstance(heated(1), Absent)


@pytest.fixture
def lacking(row):
    """A headline of 87.50, and what each unsur lacks of 100."""

    def build(*points, part="", flags=()):
        city = {"scope": "city", "unit": "", "part": part}
        yield row("ikm_mean_of_units", 87.5, 86, 89, **city)
        for name, value in points:
            yield row("shortfall", value, category=name, flags=flags, **city)

    return build


def test_the_unsur_that_take_most_are_told_first(city_page, lacking):
    page = city_page(*lacking(("biaya", 2.5), ("sarana", 6.25), ("own", 3.75)))
    assert plain(city_shortfall.sentence(page).text).startswith(
        "Rata-rata antarunit, 87,50, berada 12,50 poin di bawah nilai tertinggi. "
        "Bagian terbesar dari kekurangan itu berasal dari “Sarana dan Prasarana” (6,25 "
        "poin) dan “Indikator yang ditambahkan unit” (3,75 poin). Unsur yang ditanyakan"
    )
    assert cells(city_shortfall.table(page)) == [
        ["Sarana dan Prasarana", "6,25", "262"],
        ["Indikator yang ditambahkan unit", "3,75", "262"],
        ["Biaya/Tarif", "2,50", "262"],
    ]


def test_the_figures_without_small_units_are_those_that_are_printed(city_page, lacking):
    page = city_page(
        *lacking(("biaya", 2.5), flags=("suppressed",)),
        *lacking(("biaya", 3.5), part="published"),
    )
    assert cells(city_shortfall.table(page)) == [["Biaya/Tarif", "3,50", "262"]]


def test_a_withheld_unsur_is_named_and_has_no_number(city_page, lacking, row):
    held = row(
        *("shortfall", 1.0),
        **{"scope": "city", "unit": "", "category": "sarana"},
        flags=("suppressed",),
    )
    table = city_shortfall.table(city_page(*lacking(("biaya", 2.5)), held))
    assert len(table.rows) == 1
    assert "dihitung darinya: “Sarana dan Prasarana”." in plain(table.notes[-1])
    assert not [each for each in numbers(table) if "sarana" in each.key]


def test_a_city_at_the_top_lacks_nothing_and_one_without_rows_says_nothing(
    city_page, row, lacking
):
    city = {"scope": "city", "unit": ""}
    top = row("ikm_mean_of_units", 100.0, 99, 100, **city)
    page = city_page(top, row("shortfall", 0.0, category="biaya", **city))
    assert "tidak ada kekurangan" in plain(city_shortfall.sentence(page).text)
    without = city_page(*lacking())
    assert isinstance(city_shortfall.sentence(without), Absent)
    assert isinstance(city_shortfall.table(without), Absent)


def test_units_that_share_questions_scale_and_way_stand_in_one_line(
    city_page, unit, instrument
):
    other = replace(instrument(("waktu", "biaya")), id="dua", title="Dua unsur")
    units = [
        unit(id="a", name="A"),
        unit(id="b", name="B"),
        unit(id="c", name="C"),
        unit(id="d", name="D", instrument=other),
    ]
    page = city_page(units=units)
    ways = {"a": "interview", "b": "interview", "c": "web"}
    deliveries = tuple(
        SimpleNamespace(
            file=name, unit=name, mode=mode, source="external", replaces=None
        )
        for name, mode in ways.items()
    )
    study = replace(page.study, deliveries=deliveries)
    assert cells(city_comparable.comparable_units(replace(page, study=study))) == [
        ["Kelurahan, tiga unsur", "1–4", "wawancara", "A dan B"],
        ["Kelurahan, tiga unsur", "1–4", "kuesioner daring", "C"],
        ["Dua unsur", "1–4", "tidak dinyatakan", "D"],
    ]


def test_the_table_of_all_units_marks_those_that_cannot_be_told_apart(
    city_page, unit, set_of, row
):
    units = [unit(id=x, name=f"Kelurahan {x.upper()}") for x in "abcd"]
    groups = {"a": ("kel-1", "kel-2"), "b": ("kel-1",), "c": ("kel-2",)}
    rows = [each for x in "abcd" for each in set_of(x)]
    rows += [
        row("rank_group", 2.0, unit=x, category=name)
        for x, names in groups.items()
        for name in names
    ]
    table = city_units.units_table(city_page(*rows, units=units))
    assert [column.header for column in table.columns][4:] == [
        *("Mutu", "Kelompok", "Keterangan"),
    ]
    assert {line[0]: line[5] for line in cells(table)[1:]} == {
        "Kelurahan A": "I ab",
        "Kelurahan B": "I a",
        "Kelurahan C": "I b",
        "Kelurahan D": "–",
    }
    plain_one = city_units.units_table(city_page(*set_of()))
    assert "Kelompok" not in [column.header for column in plain_one.columns]
