"""What other rules and earlier print say, for facts typed by hand."""

from skm_analysis.report import (
    city_sensitivity,
    grade_certainty,
    printed_checks,
    sensitivity,
    sensitivity_appendix,
    unit_sensitivity,
)
from skm_analysis.report.elements import Absent, Table, numbers, plain
from skm_analysis.study.history import HistoricFigure


def words(table):
    return [[plain(cell) for cell in line] for line in table.rows]


def table_of(page):
    """One line per rule, as the city's table has them."""
    grade = page.row("grade")
    found = sensitivity.rules(page.rows("sensitivity"), page.rows("sensitivity_grade"))
    return sensitivity.table("tab", "", page.row("ikm"), grade, found, ())


def appendix_of(page):
    """Per kind of rule its table's lines, the header first."""
    pieces = sensitivity_appendix.appendix(page).pieces
    tables = [each for each in pieces if isinstance(each, Table)]
    return {
        each.anchor.removeprefix("tab-kepekaan-"): [
            [column.header for column in each.columns],
            *words(each),
        ]
        for each in tables
    }


def other(row, name, value, letter, *flags, **changes):
    """The two rows of one other rule."""
    given = {"category": name, **changes}
    yield row("sensitivity", value, flags=flags, **given)
    yield row("sensitivity_grade", flags=(f"grade_{letter}", *flags), **given)


def test_one_line_per_rule_with_its_letter(unit_page, set_of, row):
    page = unit_page(
        *set_of(value=95.325),
        *other(row, "weight-0-11", 94.37175, "A"),
        *other(row, "missing-complete", 87.0, "B", "grade_differs", n=240),
        *other(row, "with-duplicate", 95.0, "A", "suppressed"),
    )
    table = table_of(page)
    assert words(table) == [
        ["Aturan resmi", "95,33", "–", "A", ""],
        ["Bobot setiap unsur ditulis 0,11", "94,37", "−0,96", "A", ""],
        ["Hanya kuesioner yang lengkap", "87,00", "−8,33", "B", "240 kuesioner"],
    ]
    assert plain(table.notes[-1]).startswith(
        "Tidak disajikan karena berbeda kurang dari sepuluh kuesioner dari angka lain, "
        "sehingga jawaban perseorangan dapat dihitung dari selisihnya; mutunya tetap: "
        "“Ditambah yang disisihkan: kiriman ganda dari responden yang sama”."
    )


def test_what_was_set_aside_and_may_not_be_told_is_named_together(
    unit_page, set_of, row
):
    page = unit_page(
        *set_of(),
        *other(row, "missing-complete", 95.0, "A", "suppressed"),
        *other(row, "with-duplicate", 95.0, "A", "suppressed"),
        *other(row, "with-too-few-items", 95.0, "A", "suppressed"),
        *other(row, "with-all-set-aside", 95.0, "A", "suppressed"),
    )
    assert plain(table_of(page).notes[-1]).endswith(
        "mutunya tetap: “Hanya kuesioner yang lengkap”; “Ditambah semua yang "
        "disisihkan dan nilainya sah”; “Ditambah yang disisihkan: terlalu sedikit "
        "pertanyaan yang dijawab, kiriman ganda dari responden yang sama”."
    )


def test_the_same_sheets_left_out_twice_are_one_line(unit_page, set_of, row):
    page = unit_page(
        *set_of(value=95.325),
        *other(row, "without-straight-lined", 90.0, "A", n=100),
        *other(row, "without-all-highest", 90.0, "A", n=100),
    )
    assert [line[0] for line in words(table_of(page))] == [
        "Aturan resmi",
        "Tanpa kuesioner yang semua jawabannya sama",
    ]
    page = unit_page(
        *set_of(value=95.325),
        *other(row, "without-straight-lined", 90.0, "A", n=100),
        *other(row, "without-all-highest", 90.0, "A", n=101),
    )
    assert len(words(table_of(page))) == 3


def test_a_withheld_figure_is_in_no_cell_and_no_key(unit_page, set_of, row):
    page = unit_page(
        *set_of(value=95.325),
        *other(row, "with-duplicate", 88.0, "B", "suppressed", "grade_differs"),
    )
    for piece in (table_of(page), unit_sensitivity.dependence(page)):
        assert not [x for x in numbers(piece) if "with-duplicate" in x.key]
    assert words(table_of(page))[1][3] == "berubah"
    assert "bergantung" in plain(unit_sensitivity.dependence(page).text)


def test_the_finite_correction_shows_its_interval(unit_page, set_of, row):
    page = unit_page(
        *set_of(value=95.325),
        row("sensitivity", 95.325, 94.9, 95.7, category="finite-correction"),
    )
    assert words(table_of(page))[1][4] == "selang 94,90–95,70"


def test_whether_the_letter_depends_on_the_rule(unit_page, set_of, row):
    same = unit_page(*set_of(), *other(row, "weight-0-11", 96.0, "A"))
    assert plain(unit_sensitivity.dependence(same).text) == (
        "Menurut cara menghitung lainnya, indeks unit ini 96,00 (lampiran-kepekaan). "
        "Mutu A tidak berubah menurut cara menghitung lainnya."
    )
    page = unit_page(
        *set_of(), *other(row, "without-biaya", 88.0, "B", "grade_differs")
    )
    assert plain(unit_sensitivity.dependence(page).text) == (
        "Menurut cara menghitung lainnya, indeks unit ini 88,00 (lampiran-kepekaan). "
        "Mutu A bergantung pada cara menghitung. Hurufnya berbeda menurut cara "
        "berikut: “Tanpa unsur Biaya/Tarif” (mutu B). Mutu resmi tetap menurut aturan "
        "yang ditetapkan sebelumnya."
    )


def test_more_than_five_per_cent_set_aside_is_said(unit_page, set_of, row):
    received, accepted, _, ikm, grade = set_of()
    aside = row("n_set_aside", 30.0, flags=("over_5_percent",))
    page = unit_page(
        received,
        accepted,
        aside,
        ikm,
        grade,
        *other(row, "with-duplicate", 96.0, "A"),
    )
    assert (
        "Sebanyak 30 dari 270 kuesioner disisihkan, lebih dari lima persen; lampiran "
        "itu memuat" in plain(unit_sensitivity.dependence(page).text)
    )
    hidden = other(row, "with-duplicate", 96.0, "A", "suppressed")
    for rules, told in (
        (hidden, "nilainya sah ikut dihitung tidak disajikan."),
        (other(row, "weight-0-11", 96.0, "A"), "nilainya tidak sah, sehingga"),
    ):
        page = unit_page(received, accepted, aside, ikm, grade, *rules)
        assert told in plain(unit_sensitivity.dependence(page).text)


def test_a_withheld_unit_is_in_no_sentence_and_no_table(
    unit_page, city_page, set_of, row
):
    rows = [*set_of(n=6), *other(row, "weight-0-11", 96.0, "A")]
    assert isinstance(unit_sensitivity.dependence(unit_page(*rows)), Absent)
    assert appendix_of(city_page(*rows)) == {}


def test_the_chapter_tells_the_range_of_what_changes_the_index(unit_page, set_of, row):
    page = unit_page(
        *set_of(value=95.325),
        *other(row, "weight-0-11", 94.37175, "A"),
        *other(row, "without-biaya", 95.9, "A"),
        *other(row, "with-duplicate", 80.0, "A", "suppressed"),
        row("sensitivity", 99.0, 94.9, 99.7, category="finite-correction"),
    )
    assert plain(unit_sensitivity.dependence(page).text).startswith(
        "Menurut cara menghitung lainnya, indeks unit ini antara 94,37 dan 95,90 "
        "(lampiran-kepekaan)."
    )
    held = unit_page(*set_of(), *other(row, "with-duplicate", 80, "A", "suppressed"))
    assert plain(unit_sensitivity.dependence(held).text).startswith(
        "Cara menghitung lainnya tercantum pada lampiran-kepekaan."
    )


def test_rules_of_one_kind_stand_in_one_table_of_the_appendix(
    city_page, unit, set_of, row
):
    second = {"unit": "kel-a"}
    page = city_page(
        *set_of(value=95.325),
        *other(row, "weight-0-11", 94.37175, "A"),
        *other(row, "without-biaya", 87.0, "B", "grade_differs"),
        *other(row, "with-duplicate", 80.0, "A", "suppressed"),
        row("sensitivity", 95.325, 94.9, 95.7, category="finite-correction"),
        *set_of("kel-a", value=90.0),
        *other(row, "early-rounding", 90.1, "A", **second),
        *other(
            row, "with-duplicate", 80.0, "B", "suppressed", "grade_differs", **second
        ),
        units=[unit(), unit(id="kel-a", name="Kelurahan A")],
    )
    assert appendix_of(page) == {
        "bobot": [
            [
                "Unit",
                "Resmi",
                "Bobot setiap unsur ditulis 0,11",
                "NRR dibulatkan dahulu ke dua desimal",
                "Tanpa unsur Biaya/Tarif",
            ],
            ["Kelurahan Ngalau", "95,33 (A)", "94,37", "–", "87,00 (B)"],
            ["Kelurahan A", "90,00 (A)", "–", "90,10", "–"],
        ],
        "ditambah": [
            ["Unit", "Resmi", "Kiriman ganda dari responden yang sama"],
            ["Kelurahan Ngalau", "95,33 (A)", "ditahan"],
            ["Kelurahan A", "90,00 (A)", "ditahan, mutu berubah"],
        ],
        "selang": [
            ["Unit", "Resmi", "Dengan koreksi populasi terhingga"],
            ["Kelurahan Ngalau", "94,65–95,89", "94,90–95,70"],
        ],
    }
    shown = numbers(sensitivity_appendix.appendix(page).pieces)
    assert not [each for each in shown if "with-duplicate" in each.key]


def test_the_appendix_has_a_place_for_every_rule():
    listed = [x for family in sensitivity_appendix.FAMILIES for x in family.rules]
    assert sorted(listed) == sorted(sensitivity.LABELS)


def test_without_letters_there_is_no_column_of_them(unit_page, set_of, row, instrument):
    rows = [each for each in set_of() if each.measure != "grade"]
    rule = row("sensitivity", 97.1, category="missing-person")
    page = unit_page(*rows, rule, unit={"instrument": instrument(bands=None)})
    table = table_of(page)
    assert "Mutu" not in [column.header for column in table.columns]
    assert all(len(cells) == len(table.columns) for cells in table.rows)


def test_of_units_without_letters_none_is_said_to_keep_it(city_page, set_of, row):
    rows = [each for each in set_of() if each.measure != "grade"]
    rule = row("sensitivity", 97.1, scope="city", unit="", category="missing-person")
    assert isinstance(city_sensitivity.dependence(city_page(*rows, rule)), Absent)


def test_every_unit_with_its_extremes_and_other_letters(city_page, set_of, row):
    page = city_page(
        *set_of(value=89.0),
        *other(row, "weight-0-11", 88.11, "B", "grade_differs"),
        *other(row, "weighting-strata", 89.5, "A"),
        *other(row, "with-duplicate", 80.0, "B", "suppressed"),
    )
    assert words(city_sensitivity.units_table(page)) == [
        [
            "Kelurahan Ngalau",
            "89,00",
            "88,11",
            "89,50",
            "A",
            "“Bobot setiap unsur ditulis 0,11” (B)",
        ]
    ]


def city_rows(row, value=89.0, part="", **changes):
    city = {"scope": "city", "unit": "", "part": part}
    yield row("ikm_mean_of_units", value, value - 1, value + 1, **city, **changes)
    yield row("grade", category="A", **city)
    yield from other(row, "weight-0-11", value - 0.89, "B", "grade_differs", **city)


def test_the_citys_table_and_sentence(city_page, set_of, row):
    page = city_page(*set_of(), *city_rows(row))
    assert words(city_sensitivity.city_table(page)) == [
        ["Aturan resmi", "89,00", "–", "A", ""],
        ["Bobot setiap unsur ditulis 0,11", "88,11", "−0,89", "B", "mutu berbeda"],
    ]
    told = plain(city_sensitivity.dependence(page).text)
    assert told.startswith("Pada tingkat kota: mutu A bergantung pada cara menghitung.")
    assert told.endswith(
        "Tidak satu pun unit yang mutunya bergantung pada cara menghitung."
    )


def test_the_city_without_small_units_is_the_one_that_is_printed(
    city_page, set_of, row
):
    page = city_page(
        *set_of(), *city_rows(row, 80.0), *city_rows(row, 89.0, "published")
    )
    assert words(city_sensitivity.city_table(page))[1][1] == "88,11"


def chances(row, **shares):
    for letter, share in shares.items():
        yield row("grade_probability", share, category=letter)


def test_how_sure_a_letter_is_where_the_interval_crosses_a_bound(
    unit_page, set_of, row
):
    received, accepted, aside, _, grade = set_of()
    rows = (received, accepted, aside, grade, *chances(row, A=0.634, B=0.364, C=0.002))
    page = unit_page(*rows, row("ikm", 88.7, 87.0, 90.1))
    assert plain(grade_certainty.certainty(page).text) == (
        "Kalau seluruh pengguna layanan ditanya, mutu Kelurahan Ngalau diperkirakan A "
        "dengan peluang 63% dan B dengan peluang 36%."
    )
    inside = unit_page(*rows, row("ikm", 88.7, 88.31, 90.1))
    assert isinstance(grade_certainty.certainty(inside), Absent)
    conditional = row(
        "ikm", 88.7, 87.0, 90.1, n=20, flags=("conditional", "indicative")
    )
    told = plain(grade_certainty.certainty(unit_page(*rows, conditional)).text)
    assert "diperkirakan, seandainya responden dipilih acak, A dengan peluang" in told
    assert told.endswith("peluang itu hanya petunjuk kasar.")


def test_how_sure_the_citys_letter_is(city_page, row):
    city = {"scope": "city", "unit": ""}
    page = city_page(
        row("ikm_mean_of_units", 88.5, 88.0, 89.0, **city),
        row("grade", category="A", **city),
        row("grade_probability", 0.8, category="A", **city),
        row("grade_probability", 0.2, category="B", **city),
    )
    assert plain(grade_certainty.city_certainty(page).text) == (
        "Kalau seluruh pengguna layanan ditanya, mutu pada tingkat kota diperkirakan A "
        "dengan peluang 80% dan B dengan peluang 20%."
    )


def printed(measure, value, **changes):
    usual = {
        "year": 2019,
        "unit": "kel-ngalau",
        "measure": measure,
        "item": "",
        "printed": value,
        "n": 150,
        "instrument": "PermenPANRB 14/2017",
        "source": "laporan",
    }
    return HistoricFigure(**(usual | changes))


def test_a_printed_index_that_its_own_means_do_not_give_is_said(city_page, row):
    page = city_page(
        row(
            "printed_check",
            87.4166,
            category="2019",
            flags=("not_reproduced", "grade_B", "grade_differs"),
        ),
        row(
            "printed_check",
            3.47,
            item="waktu",
            category="2019",
            n=20,
            flags=("impossible_mean",),
        ),
        history=(printed("ikm", "96,88"), printed("grade", "A")),
    )
    told = plain(printed_checks.sentence(page).text)
    assert told.startswith(
        "Indeks Kelurahan Ngalau tahun 2019 tercetak 96,88 A, padahal rata-rata "
        "unsurnya sendiri memberi 87,42 B;"
    )
    assert words(printed_checks.table(page)) == [
        [
            "2019",
            "Kelurahan Ngalau",
            "96,88 A",
            "87,42 B",
            "tidak mengikuti rata-rata unsurnya; rata-rata yang tidak mungkin: "
            "“Waktu Penyelesaian”",
        ]
    ]


def test_the_rule_that_gives_a_printed_index_is_named(city_page, row):
    def finding(*flags):
        page = city_page(row("printed_check", 90.1, category="2019", flags=flags))
        return words(printed_checks.table(page))[0][4]

    assert finding("reproduced", "rule_exact") == "sesuai"
    assert finding("reproduced", "rule_weight-0-11") == (
        "sesuai bila bobotnya ditulis 0,11"
    )
    assert finding("reproduced", "rule_weight-0-071+index-3") == (
        "sesuai bila bobotnya ditulis 0,071, jumlahnya dibulatkan dahulu"
    )
    assert "batas pembulatan" in finding("reproduced", "rule_within-rounding")


def test_without_earlier_means_nothing_is_said(city_page):
    assert isinstance(printed_checks.sentence(city_page()), Absent)
    assert isinstance(printed_checks.table(city_page()), Absent)
