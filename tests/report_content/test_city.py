"""What the city's chapters say, for facts typed by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from skm_analysis.report import (
    city_change,
    city_difference,
    city_grades,
    city_ranks,
    city_result,
    city_targets,
    city_units,
    conclusions,
    recommendations,
    sufficiency,
    trend,
)
from skm_analysis.report.elements import Absent, plain
from skm_analysis.study.followup import Recommendation
from skm_analysis.study.history import HistoricFigure
from skm_analysis.study.records import Target


def city(row, measure, *limits, **changes):
    return row(measure, *limits, **({"scope": "city", "unit": ""} | changes))


def rows_of(table):
    return [[plain(cell) for cell in line] for line in table.rows]


@pytest.fixture
def units(unit):
    return [
        unit(id="a", name="Kelurahan A"),
        unit(id="b", name="Kelurahan B"),
        unit(id="c", name="Dinas C", kind="opd"),
    ]


def test_a_city_with_strata_that_nobody_answered_for_says_so(city_page, row, units):
    index = city(row, "ikm_mean_of_units", 96.0811, 95.73, 96.3, n=5145)
    share = city(row, "uncovered_share", 0.1234)
    some = city_page(index, city(row, "grade", category="A"), share, units=units)
    assert plain(city_result.headline(some).text).endswith(
        "Strata yang tidak mempunyai responden mencakup rata-rata 12,3% pengguna "
        "layanan setiap unit; angka kota menggambarkan yang lainnya."
    )
    many = city_page(index, city(row, "grade", flags=("uncovered",)), units=units)
    assert "tidak diberi mutu karena lebih dari seperlima" in plain(
        city_result.headline(many).text
    )


def test_the_headline_is_the_published_mean_of_units(city_page, row, units):
    page = city_page(
        city(row, "ikm_mean_of_units", 96.4, 96.0, 96.8, flags=("suppressed",)),
        city(row, "ikm_mean_of_units", 96.0811, 95.73, 96.3, part="published", n=5145),
        city(row, "grade", category="B"),
        city(row, "grade", category="A", part="published"),
        city(row, "n_units", 3.0),
        city(row, "n_units", 2.0, part="published"),
        city(row, "n_accepted", 5331.0),
        units=units,
    )
    assert plain(city_result.headline(page).text) == (
        "Pada tahun 2021 rata-rata Indeks Kepuasan Masyarakat (IKM) 2 unit pelayanan "
        "Pemerintah Kota Contoh adalah 96,08, dengan mutu pelayanan A (sangat baik). "
        "Selang kepercayaan 95% angka itu adalah 95,73–96,30. Angka itu "
        "didasarkan pada 5.145 responden."
    )


def test_a_city_without_any_index_says_so(city_page):
    assert plain(city_result.headline(city_page()).text).startswith(
        "Belum ada unit yang indeksnya dapat disajikan"
    )
    assert isinstance(city_result.three_figures(city_page()), Absent)
    assert isinstance(city_grades.grade_sentence(city_page()), Absent)


def graded(row, set_of, **letters):
    for unit, letter in letters.items():
        *rest, _ = set_of(unit)
        yield from rest
        yield row("grade", unit=unit, category=letter)


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        (
            {"a": "A", "b": "B", "c": "A"},
            "Dari 3 unit yang diberi mutu, 2 unit mendapat A (sangat baik) dan 1 unit "
            "mendapat B (baik), yaitu Kelurahan B.",
        ),
        (
            {"a": "A", "b": "A", "c": "A"},
            "Seluruh unit yang diberi mutu (3 unit) mendapat A (sangat baik).",
        ),
        (
            {"a": "C"},
            "Satu-satunya unit yang diberi mutu mendapat C (kurang baik).",
        ),
    ],
)
def test_how_many_units_have_which_letter(city_page, row, units, set_of, letters, told):
    page = city_page(*graded(row, set_of, **letters), units=units)
    assert plain(city_grades.grade_sentence(page).text) == told


def test_letters_are_counted_by_kind_with_those_that_have_none(
    city_page, row, units, set_of
):
    page = city_page(*graded(row, set_of, a="A", c="B"), units=units)
    assert rows_of(city_grades.grade_table(page)) == [
        ["Kelurahan", "1", "0", "0", "0", "1", "2"],
        ["OPD", "0", "1", "0", "0", "0", "1"],
        ["Seluruh unit", "1", "1", "0", "0", "1", "3"],
    ]


def test_who_is_left_out_is_named_with_the_reason(city_page, units, set_of):
    page = city_page(
        *set_of("a", n=6, flags=("suppressed", "excluded")),
        *set_of("b"),
        units=units,
    )
    assert [plain(item) for item in city_result.left_out(page).items] == [
        "Kelurahan A: hanya 6 kuesioner yang dapat dipakai.",
        "Dinas C: tidak ada kuesioner yang dapat dipakai.",
    ]


def test_a_unit_without_an_index_is_left_out_for_what_nobody_answered(
    city_page, units, set_of, row
):
    rows = [
        row("ikm", unit="b", n=50) if each.measure == "ikm" else each
        for each in set_of("b")
        if each.measure != "grade"
    ]
    page = city_page(*set_of("a"), *rows, *set_of("c"), units=units)
    assert [plain(item) for item in city_result.left_out(page).items] == [
        "Kelurahan B: ada pertanyaan yang tidak dijawab oleh siapa pun."
    ]
    lines = {line[0]: line[1:] for line in rows_of(city_units.units_table(page))}
    assert lines["Kelurahan B"] == ["262", "–", "–", "–", "tidak dapat dihitung"]


def test_a_kind_without_a_mean_has_no_respondents_of_one(city_page, units, row):
    """Its units use another scale: 0 would say that nobody answered."""
    group = {"scope": "group"}
    page = city_page(
        row("ikm_mean_of_units", 97.0, 96.0, 98.0, unit="kelurahan", **group),
        row("n_accepted", 524.0, unit="kelurahan", **group),
        row("ikm_mean_of_units", unit="opd", n=0, **group),
        row("n_accepted", 0.0, unit="opd", n=0, **group),
        units=units,
    )
    table = city_units.groups_table(page)
    assert rows_of(table)[1] == ["OPD", "–", "–", "–", "–"]
    assert [plain(note) for note in table.notes] == [
        "Tanda –: tidak satu pun unitnya ikut dihitung dalam angka kota."
    ]


def test_nobody_left_out(city_page, units, set_of):
    page = city_page(*set_of("a"), *set_of("b"), *set_of("c"), units=units)
    assert plain(city_result.left_out(page).text) == (
        "Seluruh unit ikut dihitung dalam angka kota."
    )


def test_a_small_unit_shows_its_respondents_only(city_page, units, set_of):
    page = city_page(*set_of("a", n=6), *set_of("b"), units=units)
    lines = {line[0]: line[1:] for line in rows_of(city_units.units_table(page))}
    assert lines["Kelurahan A"] == ["6", "–", "–", "–", "tidak disajikan"]
    assert lines["Kelurahan B"] == ["262", "97,02", "96,34–97,58", "A", ""]
    assert lines["Dinas C"][-1] == "tidak ada data"


def test_one_questionnaire_is_comparable_throughout(city_page, units):
    assert plain(city_units.comparability(city_page(units=units)).text).startswith(
        "Semua unit memakai kuesioner yang sama"
    )


def test_several_questionnaires_are_compared_by_the_index(city_page, unit, instrument):
    other = instrument(("waktu", "sarana"), id="lain", title="Lain")
    page = city_page(units=[unit(id="a"), unit(id="b", instrument=other)])
    text = plain(city_units.comparability(page).text)
    assert text.startswith(
        "Kuesioner berbeda antarunit: 2 kuesioner dipakai oleh 2 unit."
    )
    assert text.endswith("Unsur yang ditanyakan oleh semua unit: “Waktu Penyelesaian”.")


def changed(row, set_of, unit, value, p):
    yield from set_of(unit)
    yield row("ikm", 92.0, 91.0, 93.0, unit=unit, part="previous")
    yield row("change", value, value - 1, value + 1, unit=unit)
    yield row("p_holm", p, unit=unit, category="change")


def test_how_many_units_rose_fell_or_cannot_be_told(city_page, row, units, set_of):
    page = city_page(
        *changed(row, set_of, "a", 3.0, 0.001),
        *changed(row, set_of, "b", -3.0, 0.001),
        *changed(row, set_of, "c", 0.5, 0.9),
        units=units,
    )
    assert plain(city_change.change_counts(page).text) == (
        "Dari 3 unit yang arah perubahannya dapat dinilai, 1 unit naik, 1 unit turun, "
        "dan 1 unit tidak dapat dibedakan dari sebelumnya."
    )
    assert [line[-1] for line in rows_of(city_change.change_table(page))] == [
        "naik",
        "turun",
        "tidak dapat dibedakan",
    ]


def test_all_units_cannot_be_told(city_page, row, units, set_of):
    page = city_page(
        *changed(row, set_of, "a", 0.3, 1.0),
        *changed(row, set_of, "b", 0.5, 0.9),
        units=units,
    )
    assert plain(city_change.change_counts(page).text) == (
        "Seluruh unit yang arah perubahannya dapat dinilai (2 unit) tidak dapat "
        "dibedakan dari sebelumnya."
    )


def test_the_city_rose_over_the_comparable_units(city_page, row, units):
    page = city_page(
        city(row, "change", 1.654, 1.2, 2.08),
        city(row, "p", 0.0001, category="change"),
        city(row, "n_units", 27.0, category="comparable"),
        city(row, "ikm_mean_of_units", 94.42, 94.0, 94.8, part="previous"),
        units=units,
    )
    assert plain(city_change.city_change(page).text) == (
        "Rata-rata antarunit pada tahun 2020, dihitung ulang dari data mentahnya, "
        "adalah 94,42. Pada 27 unit yang sebanding dalam kedua studi, rata-rata indeks "
        "naik 1,65 poin sejak tahun 2020 (selang kepercayaan 95% +1,20 s.d. +2,08)."
    )


def test_another_way_of_gathering_is_said_beside_the_citys_change(
    city_page, row, units
):
    changed = city(row, "change", 1.654, 1.2, 2.08, flags=("mode_changed",))
    told = plain(city_change.city_change(city_page(changed, units=units)).text)
    assert told.endswith(
        "Pada sebagian atau seluruh unit itu cara jawaban dikumpulkan berbeda antara "
        "kedua studi, dan itu sendiri dapat mengubah jawaban."
    )


def test_no_city_change_without_an_earlier_study(city_page):
    page = city_page(study={"previous": None})
    assert isinstance(city_change.city_change(page), Absent)


def test_the_city_target_names_its_source(city_page, row):
    target = Target(ikm=Decimal("90.00"), source="RPJMD 2018–2023")
    page = city_page(
        city(row, "target_gap", 6.0811, category="reached", flags=("supported",)),
        study={"target": target},
    )
    assert plain(city_targets.city_target(page).text).startswith(
        "Target kota adalah 90,00 (sumber: RPJMD 2018–2023). Target itu tercapai: "
        "indeks berada 6,08 poin di atas target."
    )


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (
            {"a": ("reached", "supported"), "b": ("reached", "uncertain")},
            "Seluruh unit yang bertarget (2 unit) mencapainya; pada 1 unit di "
            "antaranya selang kepercayaan mendukung kesimpulan itu.",
        ),
        (
            {"a": ("reached", "supported"), "b": ("not_reached", "contradicted")},
            "Dari 2 unit yang bertarget, 1 mencapainya; selang kepercayaannya "
            "mendukung kesimpulan itu.",
        ),
        (
            {"a": ("not_reached", "uncertain")},
            "Satu-satunya unit yang bertarget tidak mencapainya.",
        ),
        (
            {"a": ("reached", "uncertain")},
            "Satu-satunya unit yang bertarget mencapainya, tetapi target itu berada di "
            "dalam selang kepercayaan indeksnya.",
        ),
    ],
)
def test_how_many_units_reached_their_target(
    city_page, row, units, set_of, outcomes, told
):
    rows = []
    for unit, (category, flag) in outcomes.items():
        rows += set_of(unit)
        rows.append(row("target_gap", 1.0, unit=unit, category=category, flags=(flag,)))
    page = city_page(*rows, units=units)
    assert plain(city_targets.target_counts(page).text) == told


def historic(year, printed, instrument):
    return HistoricFigure(
        year=year,
        unit="",
        measure="ikm_mean_of_units",
        item="",
        printed=printed,
        n=None,
        instrument=instrument,
        source="laporan lama",
    )


def test_the_trend_is_broken_where_the_regulation_changed(city_page, row):
    page = city_page(
        city(row, "ikm_mean_of_units", 96.08, 95.7, 96.3),
        city(row, "ikm_mean_of_units", 94.42, 94.0, 94.8, part="previous"),
        history=(
            historic(2017, "82,47", "PermenPANRB 16/2014"),
            historic(2019, "91,4", "PermenPANRB 14/2017"),
        ),
    )
    told = trend.points(page)
    assert [(each.year, each.number.shown) for each in told] == [
        (2017, "82,47"),
        (2019, "91,4"),
        (2020, "94,42"),
        (2021, "96,08"),
    ]
    assert [(old.year, new.year) for old, new in trend.breaks(told)] == [(2017, 2019)]
    assert "berganti dari tahun 2017 ke 2019" in plain(trend.trend_sentence(page).text)


def test_one_year_is_no_trend(city_page, row):
    page = city_page(city(row, "ikm_mean_of_units", 96.08, 95.7, 96.3))
    assert isinstance(trend.trend(page), Absent)
    assert isinstance(trend.trend_sentence(page), Absent)


def recommended(name, status, unit="kel-ngalau", item="waktu"):
    return Recommendation(
        id=name,
        unit=unit,
        item=item,
        problem="Antrean panjang",
        activity="Membuka loket kedua",
        quarter="TW II",
        responsible="Lurah",
        due=None,
        status=status,
        evidence="",
        reviewed=date(2021, 5, 20),
    )


def test_what_became_of_the_recommendations(city_page):
    earlier = [recommended("1", "belum"), recommended("2", "selesai")]
    earlier.append(recommended("3", "selesai"))
    page = city_page(earlier_recommendations=tuple(earlier))
    assert plain(recommendations.followup_counts(page).text) == (
        "Dari 3 rekomendasi tahun 2020, 2 berstatus “selesai” dan 1 berstatus “belum "
        "dilaksanakan”."
    )
    table = recommendations.city_followup(page)
    assert rows_of(table)[0] == [
        "Kelurahan Ngalau",
        "Waktu Penyelesaian",
        "Membuka loket kedua",
        "belum dilaksanakan",
        "–",
    ]
    assert plain(table.notes[0]) == "Status menurut tinjauan pada 20 Mei 2021."


def test_all_recommendations_carried_out(city_page):
    earlier = (recommended("1", "selesai"), recommended("2", "selesai"))
    page = city_page(earlier_recommendations=earlier)
    assert plain(recommendations.followup_counts(page).text) == (
        "Seluruh rekomendasi tahun 2020 (2 butir) berstatus “selesai”."
    )


def test_a_recommendation_to_the_city_names_no_unit(city_page):
    page = city_page(recommendations=(recommended("1", "", unit="", item=""),))
    assert rows_of(recommendations.city_plan(page))[0][:2] == ["Seluruh unit", "Umum"]


def test_units_without_a_recommendation_are_named(city_page, units):
    page = city_page(
        recommendations=(recommended("1", "", "a"), recommended("2", "", "a")),
        units=units,
    )
    assert plain(recommendations.plan_counts(page).text) == (
        "Dari studi ini disusun 2 rekomendasi bagi 1 unit. Unit yang belum mempunyai "
        "rekomendasi: Kelurahan B dan Dinas C."
    )


def test_the_foremost_recommendations_are_on_the_clearly_weakest_items(
    city_page, row, units, set_of, unit, instrument
):
    fives = unit(id="d", name="Perpustakaan D", instrument=instrument(scale=(1, 5)))
    means = {"a": 3.3, "b": 3.6, "d": 4.0}
    rows = [row("nrr", mean, unit=each, item="waktu") for each, mean in means.items()]
    rows += [
        row("item_rank", 3.0, unit=each, item="waktu", flags=(flag,))
        for each, flag in (("a", "weakest"), ("b", "none_weakest"), ("d", "weakest"))
    ]
    rows += [each for name in means for each in set_of(name)]
    page = city_page(
        *rows,
        recommendations=tuple(recommended(each, "", each) for each in "bcda"),
        units=[*units, fives],
    )
    assert [plain(each) for each in recommendations.foremost(page)] == [
        "Perpustakaan D, “Waktu Penyelesaian” (4,00 pada skala 1–5): membuka loket "
        "kedua (TW II, Lurah).",
        "Kelurahan A, “Waktu Penyelesaian” (3,30 pada skala 1–4): membuka loket kedua "
        "(TW II, Lurah).",
    ]


def test_a_quarter_is_told_with_its_year():
    due = replace(recommended("1", ""), due=date(2022, 6, 30))
    assert recommendations.when(due) == "TW II 2022"
    assert recommendations.when(recommended("1", "")) == "TW II"
    assert recommendations.when(replace(due, quarter="")) == "30 Juni 2022"


def compared(row, unit, weakest, flag="weakest"):
    """Means and ranks of three items, of which `weakest` carry the flag."""
    rows = []
    for item in ("persyaratan", "waktu", "biaya"):
        flags = (flag,) if item in weakest else ()
        value = 3.5 if item in weakest else 3.9
        rows.append(row("nrr", value, 3.4, 3.95, unit=unit, item=item))
        rows.append(row("item_rank", 1.0, 1.0, 3.0, unit=unit, item=item, flags=flags))
    return rows


@pytest.fixture
def weak_page(city_page, row, units, set_of):
    everything = ("persyaratan", "waktu", "biaya")
    rows = [each for unit in "abc" for each in set_of(unit)]
    rows += compared(row, "a", ("waktu",)) + compared(row, "b", ("waktu",))
    rows += compared(row, "c", everything, "none_weakest")
    return city_page(*rows, units=units)


def test_the_weakest_unsur_over_the_units(weak_page):
    assert plain(conclusions.weakest_unsur(weak_page).text) == (
        "Unsur yang paling sering termasuk yang terlemah adalah “Waktu Penyelesaian”, "
        "pada 2 dari 2 unit yang mempunyai unsur yang jelas terlemah. Pada 1 unit "
        "lainnya tidak ada unsur yang jelas terlemah."
    )


def test_one_unit_with_clearly_weakest_items_is_named(city_page, row, units, set_of):
    everything = ("persyaratan", "waktu", "biaya")
    rows = [each for unit in "abc" for each in set_of(unit)]
    rows += compared(row, "b", ("waktu",))
    for unit in "ac":
        rows += compared(row, unit, everything, "none_weakest")
    assert plain(conclusions.weakest_unsur(city_page(*rows, units=units)).text) == (
        "Hanya Kelurahan B yang mempunyai unsur yang jelas terlemah: “Waktu "
        "Penyelesaian”. Pada 2 unit lainnya tidak ada unsur yang jelas terlemah."
    )


def test_the_weakest_items_of_the_units_that_have_clear_ones(weak_page):
    assert rows_of(city_units.weakest_table(weak_page)) == [
        ["Kelurahan A", "“Waktu Penyelesaian” (3,50)"],
        ["Kelurahan B", "“Waktu Penyelesaian” (3,50)"],
    ]


def test_no_table_where_no_item_is_clearly_the_weakest(city_page, row, units, set_of):
    everything = ("persyaratan", "waktu", "biaya")
    rows = [*set_of("a"), *compared(row, "a", everything, "none_weakest")]
    page = city_page(*rows, units=units)
    assert isinstance(city_units.weakest_table(page), Absent)


def test_units_are_listed_by_grade_and_within_it_by_name(city_page, row, set_of, unit):
    named = {"x": "Beta", "y": "Alfa", "z": "Gama", "e": "Kosong", "n": "Nol"}
    units = [unit(id=each, name=name) for each, name in named.items()]
    rows = [
        *(each for name in "xyz" for each in set_of(name) if each.measure != "grade"),
        row("grade", unit="x", category="A"),
        row("grade", unit="y", category="A"),
        row("grade", unit="z", category="B"),
        *set_of("e", n=6),
        *(each for each in set_of("n") if each.measure != "grade"),
    ]
    table = city_units.units_table(city_page(*rows, units=units))
    assert [line[0] for line in rows_of(table)] == [
        "Mutu A",
        "Alfa",
        "Beta",
        "Mutu B",
        "Gama",
        "Tanpa mutu",
        "Nol",
        "Tidak disajikan",
        "Kosong",
    ]


def ranked(row, set_of, unit, place, groups):
    return [
        *set_of(unit),
        row("rank", *place, unit=unit),
        *(row("rank_group", 2.0, unit=unit, category=f"kel-{each}") for each in groups),
    ]


def test_ranks_stand_with_what_is_sure_of_them(city_page, row, units, set_of):
    rows = [
        *ranked(row, set_of, "a", (2.0, 1.0, 3.0), (1, 2)),
        *ranked(row, set_of, "b", (1.0, 1.0, 2.0), (1,)),
        *ranked(row, set_of, "c", (3.0, 2.0, 3.0), (2,)),
    ]
    text, table = city_ranks.rank_tables(city_page(*rows, units=units)).pieces
    assert "tidak dapat dibedakan" in plain(text.text)
    assert table.notes == ()
    assert [[line[0], *line[2:]] for line in rows_of(table)] == [
        ["Kelurahan B", "1", "1–2", "a"],
        ["Kelurahan A", "2", "1–3", "ab"],
        ["Dinas C", "3", "2–3", "b"],
    ]


def test_the_difference_from_the_printed_headline_is_told_in_parts(
    city_page, row, units
):
    def of_city(measure, value, **columns):
        return row(measure, value, scope="city", unit="", **columns)

    values = {
        "": 1.5,
        "matched": 1.004,
        "instrument": 0.004,
        "entered_left-membership": 0.304,
        "entered_left-threshold": 0.104,
        "method": 0.084,
    }
    page = city_page(
        of_city("ikm_mean_of_units", 96.0),
        of_city("ikm_mean_of_units", 94.5, part="previous+printed"),
        *(
            of_city("difference_printed", value, category=name)
            for name, value in values.items()
        ),
        of_city("n_units", 3.0),
        of_city("n_units", 2.0, category="difference-entered"),
        of_city("n_units", 1.0, category="difference-left"),
        units=units,
    )
    assert plain(city_difference.printed_sentence(page).text).startswith(
        "Angka kota tahun ini berada 1,50 poin di atas angka yang tercetak pada "
        "laporan tahun 2020 (94,50)."
    )
    table = city_difference.printed_table(page)
    assert rows_of(table)[3][:2] == [
        "Unit yang baru disurvei atau tidak lagi disurvei",
        "3",
    ]
    assert rows_of(table)[5][1] == "–"
    assert [line[2] for line in rows_of(table)] == [
        "94,50",
        "+1,00",
        "0,00",
        "+0,30",
        "+0,10",
        "+0,08",
        "+1,50",
        "96,00",
    ]
    assert "pembulatan" in plain(table.notes[-1])


@pytest.mark.parametrize(
    ("required", "told"),
    [
        (
            (100.0, 100.0),
            "jumlah responden mencukupi pada seluruh unit yang dapat dinilai (2 unit).",
        ),
        (
            (300.0, 300.0),
            "Menurut rumus Krejcie–Morgan, tidak satu pun dari 2 unit yang dapat "
            "dinilai mempunyai cukup responden.",
        ),
        (
            (100.0, 300.0),
            "mencukupi pada 1 dari 2 unit yang dapat dinilai dan belum mencukupi pada "
            "1 unit.",
        ),
    ],
)
def test_how_many_units_have_enough(city_page, row, units, set_of, required, told):
    rows = [*set_of("a"), *set_of("b")]
    rows += [
        row("n_required", value, unit=unit)
        for unit, value in zip("ab", required, strict=True)
    ]
    page = city_page(*rows, units=units)
    assert told in plain(sufficiency.sample_sentence(page).text)
