"""What is said of the questionnaire, of how it was filled in, and of importance."""

import pytest

from skm_analysis.report import (
    measure_quality,
    quality_appendix,
    unit_importance,
    unit_quality,
)
from skm_analysis.report.elements import (
    Absent,
    Group,
    Paragraph,
    Table,
    flatten,
    numbers,
    plain,
)
from skm_analysis.report.quality_appendix import sign


@pytest.fixture
def asked(row):
    """Rows of the questionnaire `kelurahan`, over 240 complete sheets."""

    def build(**flags):
        about = {"scope": "instrument", "unit": "kelurahan", "n": 240}
        rows = [
            row("n_items", 3.0, flags=flags.get("alpha", ()), **about),
            row("alpha", 0.9124, 0.899, 0.924, flags=flags.get("alpha", ()), **about),
            row("omega", 0.913, flags=flags.get("omega", ()), **about),
            row("r_table", 0.12668, **about),
        ]
        for place, key in enumerate(("persyaratan", "waktu", "biaya")):
            r = 0.748 - 0.1 * place
            said = flags.get(key, ("valid",))
            value = None if "no_variance" in said else r
            rest = None if value is None else r - 0.2
            rows.append(row("validity", value, item=key, flags=said, **about))
            rows.append(row("item_total", rest, item=key, flags=said, **about))
        return rows

    return build


def cells(table):
    return [[plain(cell) for cell in line] for line in table.rows]


def test_alpha_with_its_interval_and_omega_stand_by_questionnaire(city_page, asked):
    table = measure_quality.reliability_table(city_page(*asked()))
    assert cells(table) == [
        ["Kelurahan, tiga unsur", "3", "240", "0,91", "0,90–0,92", "0,91"]
    ]
    assert numbers(table.rows)[1].key == "instrument.kelurahan.alpha:n"


def test_a_free_fee_is_said_to_be_left_out(city_page, asked):
    rows = asked(alpha=("constant_items",), biaya=("no_variance",))
    page = city_page(*rows)
    reliability = measure_quality.reliability_table(page)
    assert cells(reliability)[0][1] == "3 *"
    notes = [plain(note) for note in reliability.notes]
    assert any("* Tanpa pertanyaan yang dijawab sama" in note for note in notes)
    table = measure_quality.item_validity(page, page.study.units[0].instrument)
    assert cells(table)[2] == ["Biaya/Tarif", "–", "–", "semua jawaban sama"]
    _, summary = measure_quality.validity(page).pieces
    assert cells(summary)[0][-1] == "2 dari 2"


def test_each_item_is_held_against_the_r_table(city_page, asked):
    rows = asked(waktu=("not_valid", "few_different"))
    page = city_page(*rows)
    table = measure_quality.item_validity(page, page.study.units[0].instrument)
    assert cells(table)[:2] == [
        ["Persyaratan", "0,748", "0,548", "valid"],
        ["Waktu Penyelesaian", "0,648 *", "0,448", "tidak valid"],
    ]
    assert plain(table.notes[0]).startswith("r tabel 0,127 bagi 240 kuesioner")
    assert "Kurang dari sepuluh" in plain(table.notes[1])


def test_the_chapter_shows_the_lowest_r_of_each_questionnaire(city_page, asked):
    rows = asked(biaya=("not_valid", "few_different"))
    text, table = measure_quality.validity(city_page(*rows)).pieces
    assert "lampiran" in plain(text.text)
    assert cells(table) == [
        ["Kelurahan, tiga unsur", "0,127", "0,548 *", "0,348", "2 dari 3"]
    ]
    assert "Kurang dari sepuluh" in plain(table.notes[1])


def test_what_may_not_be_told_of_a_questionnaire_is_a_dash(city_page, asked):
    rows = asked(alpha=("suppressed",), omega=("suppressed",))
    table = measure_quality.reliability_table(city_page(*rows))
    assert cells(table)[0][3:] == ["–", "–", "–"]
    few = asked(**dict.fromkeys(("persyaratan", "waktu", "biaya"), ("suppressed",)))
    page = city_page(*few)
    assert isinstance(measure_quality.validity(page), Absent)
    instrument = page.study.units[0].instrument
    assert isinstance(measure_quality.item_validity(page, instrument), Absent)


def test_the_limits_are_said_wherever_the_numbers_are(city_page, asked):
    text = plain(measure_quality.limits(city_page(*asked())).text)
    assert "bukan apakah kuesioner itu benar-benar mengukur kepuasan" in text
    assert isinstance(measure_quality.limits(city_page()), Absent)


@pytest.fixture
def filled(row, set_of):
    """Signs of how the sheets of a unit were filled in."""

    def build(**changes):
        return [
            *set_of(**changes),
            row("straight_lined", 0.25),
            row("all_highest", 0.2),
            row("duplicate_vectors", 0.46),
            row("duplicate_vectors", 0.31, category="expected"),
            row("longest_run", 6.0),
            row("longest_run_chance", 0.043),
            row("concentration", 0.4, category="day"),
            row("any_nonresponse", 0.07),
            row("item_nonresponse", 0.01, item="waktu"),
            row("item_nonresponse", 0.05, item="biaya"),
            row("sensitivity", 96.02, category="without-straight-lined"),
            row(
                "sensitivity",
                95.0,
                category="without-largest-day",
                flags=("suppressed",),
            ),
            row("sensitivity", 97.4, category="missing-complete"),
        ]

    return build


def signs_of(page, which):
    """A table of signs in the appendix: header, then its lines."""
    pieces = quality_appendix.appendix(page).pieces
    [table] = [x for x in pieces if isinstance(x, Table) and which in x.anchor]
    return [[column.header for column in table.columns], *cells(table)], table.notes


def test_the_chapter_tells_the_main_signs_and_where_the_others_stand(unit_page, filled):
    assert plain(unit_quality.signs(unit_page(*filled())).text) == (
        "Semua pertanyaan dijawab sama pada 25,0% kuesioner, termasuk 20,0% yang "
        "semuanya bernilai tertinggi. Ada pertanyaan yang tidak dijawab pada 7,0% "
        "kuesioner. Tanda mutu data lainnya, yang layak diperiksa tetapi bukan bukti "
        "pengisian asal saja, tercantum pada lampiran-mutu-data."
    )


def test_each_sign_stands_in_the_appendix_with_what_chance_would_give(
    city_page, filled, unit, set_of
):
    units = [unit(), unit(id="kel-a", name="Kelurahan A")]
    page = city_page(*filled(), *set_of("kel-a", n=29), units=units)
    lines, notes = signs_of(page, "serupa")
    assert lines == [
        [
            *("Unit", "Semua jawaban sama", "Semuanya tertinggi"),
            *("Sama persis dengan lainnya", "Perkiraan", "Deret terpanjang"),
            "Pengacakan",
        ],
        ["Kelurahan Ngalau", "25,0%", "20,0%", "46,0%", "31,0%", "6", "4,3%"],
    ]
    assert "seandainya jawaban atas setiap pertanyaan tidak" in plain(notes[0])
    lines, notes = signs_of(page, "waktu")
    assert lines == [
        [
            *("Unit", "Hari terbanyak", "Ada yang tidak dijawab"),
            "Paling sering tidak dijawab",
        ],
        ["Kelurahan Ngalau", "40,0%", "7,0%", "Biaya/Tarif (5,0%)"],
    ]
    assert [plain(note) for note in notes] == [
        "Unit dengan kurang dari tiga puluh responden tidak dimuat."
    ]


def test_what_signs_do_to_the_index_is_said_only_where_it_was_worked_out(
    city_page, filled
):
    def reading(rows):
        pieces = quality_appendix.appendix(city_page(*rows)).pieces
        [told] = [plain(x.text) for x in pieces if isinstance(x, Paragraph)]
        return told

    assert reading(filled()).endswith(
        "Tidak ada kuesioner yang dikeluarkan karenanya; pengaruhnya pada indeks "
        "tercantum pada lampiran-kepekaan."
    )
    without = [row for row in filled() if row.measure != "sensitivity"]
    assert reading(without).endswith("yang dikeluarkan karenanya.")


def test_all_sheets_are_followed_from_those_asked_to_those_used(
    city_page, unit, set_of, row
):
    units = [unit(approached=309), unit(id="kel-a", name="Kelurahan A")]
    page = city_page(
        *set_of(),
        row("n_set_aside", 5.0, category="duplicate"),
        row("n_set_aside", 2.0, category="empty"),
        *set_of("kel-a", n=6),
        row("n_set_aside", 8.0, category="empty", unit="kel-a"),
        units=units,
    )
    [_, table] = quality_appendix.appendix(page).pieces
    assert [column.header for column in table.columns] == [
        *("Unit", "Diminta menjawab", "Diterima", "Disisihkan", "Dipakai"),
        "Alasan penyisihan",
    ]
    assert cells(table) == [
        [
            *("Kelurahan Ngalau", "309", "270", "8", "262"),
            "tidak ada pertanyaan yang dijawab (2); kiriman ganda dari responden yang "
            "sama (5)",
        ],
        [
            *("Kelurahan A", "–", "14", "8", "6"),
            "tidak ada pertanyaan yang dijawab (8)",
        ],
    ]


@pytest.mark.parametrize(
    ("same", "highest", "told"),
    [
        (0.0, 0.0, "Tidak ada kuesioner yang semua jawabannya sama."),
        (0.1, 0.0, "pada 10,0% kuesioner, tidak satu pun dengan nilai tertinggi."),
        (0.65, 0.65, "pada 65,0% kuesioner, yaitu dengan nilai tertinggi."),
        (0.582, 0.578, "58,2% kuesioner, termasuk 57,8% yang semuanya bernilai"),
    ],
)
def test_sheets_with_one_answer_throughout(unit_page, set_of, row, same, highest, told):
    page = unit_page(
        *set_of(), row("straight_lined", same), row("all_highest", highest)
    )
    assert told in plain(unit_quality.signs(page).text)


def test_questions_left_blank_equally_often_are_named_together(city_page, set_of, row):
    blanks = [row("item_nonresponse", 0.02, item=key) for key in ("waktu", "biaya")]
    page = city_page(*set_of(), row("any_nonresponse", 0.04), *blanks)
    assert (
        signs_of(page, "waktu")[0][1][-1] == "Waktu Penyelesaian dan Biaya/Tarif (2,0%)"
    )
    every = [*blanks, row("item_nonresponse", 0.02, item="persyaratan")]
    page = city_page(*set_of(), row("any_nonresponse", 0.04), *every)
    assert signs_of(page, "waktu")[0][0][-1] == "Ada yang tidak dijawab"


def test_a_withheld_sign_is_not_told(unit_page, set_of, row):
    page = unit_page(*set_of(), row("straight_lined", 0.25, flags=("suppressed",)))
    assert isinstance(unit_quality.signs(page), Absent)
    assert sign(page, "straight_lined") is None


def test_of_few_respondents_no_sign_is_told(unit_page, filled):
    assert isinstance(unit_quality.signs(unit_page(*filled(n=29))), Absent)


@pytest.fixture
def important(row, set_of):
    """Three items, of which the second is important and less well done."""

    def build(n=262, flags=()):
        rows = [*set_of(n=n)]
        hidden = ("suppressed",) if n < 30 else ()
        for key, nrr, weight, quadrant in (
            ("persyaratan", 3.6, 3.2, "overkill"),
            ("waktu", 3.1, 3.8, "concentrate"),
            ("biaya", 3.5, 3.1, "overkill"),
        ):
            gap = nrr - weight
            rows += [
                row("nrr", nrr, nrr - 0.1, nrr + 0.1, item=key, n=n),
                row("importance", weight, weight - 0.1, weight + 0.1, item=key, n=n),
                row("gap", gap, gap - 0.1, gap + 0.1, item=key, n=n),
                row(
                    "quadrant",
                    item=key,
                    category=quadrant,
                    n=n,
                    flags=(*hidden, *flags),
                ),
            ]
        return [
            *rows,
            row("nrr_mean", 3.4, n=n),
            row("importance_mean", 3.37, n=n),
            row("csi", 84.5, 83.1, 85.9, n=n),
        ]

    return build


def test_importance_gap_and_quadrant_stand_side_by_side(unit_page, important):
    table = unit_importance.importance_table(unit_page(*important()))
    assert cells(table)[1] == [
        "Waktu Penyelesaian",
        "3,80",
        "3,10",
        "−0,70",
        "−0,80 s.d. −0,60",
        "prioritas utama",
    ]


def test_what_is_surely_important_and_below_the_mean_is_named(unit_page, important):
    text = plain(unit_importance.importance(unit_page(*important())).text)
    assert "(CSI) adalah 84,50 (selang kepercayaan 95% 83,10–85,90)" in text
    assert text.endswith(
        "adalah “Waktu Penyelesaian”. Nilai setiap unsur tercantum pada lampiran-unsur."
    )


def test_an_uncertain_quadrant_is_marked_and_names_nothing(unit_page, important):
    page = unit_page(*important(flags=("uncertain",)))
    table = unit_importance.importance_table(page)
    assert cells(table)[1][-1] == "prioritas utama *"
    assert any("belum pasti" in plain(note) for note in table.notes)
    assert "Tidak ada unsur yang jelas" in plain(unit_importance.importance(page).text)


def test_of_few_respondents_there_are_means_but_no_quadrants(unit_page, important):
    page = unit_page(*important(n=20))
    table = unit_importance.importance_table(page)
    assert [column.header for column in table.columns][-1] == "Selang selisih"
    assert isinstance(unit_importance.importance_figure(page), Absent)
    assert "Tidak ada unsur" not in plain(unit_importance.importance(page).text)


def test_where_importance_was_not_asked_there_is_nothing(unit_page, set_of):
    page = unit_page(*set_of())
    for piece in (
        unit_importance.importance(page),
        unit_importance.importance_table(page),
        unit_importance.importance_figure(page),
    ):
        assert isinstance(piece, Absent)


def test_the_figure_is_the_same_twice_and_says_in_words_what_it_shows(
    unit_page, important
):
    page = unit_page(*important())
    figure = unit_importance.importance_figure(page)
    assert figure == unit_importance.importance_figure(page)
    assert "Waktu Penyelesaian kepentingan 3,80, kinerja 3,10" in figure.alt
    assert flatten([Group((figure,))]) == [figure]
