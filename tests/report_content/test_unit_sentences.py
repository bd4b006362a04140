"""What a unit's chapter says, for facts typed by hand."""

from decimal import Decimal

import pytest

from skm_analysis.report import (
    unit_figures,
    unit_items,
    unit_respondents,
    unit_result,
    unit_survey,
)
from skm_analysis.report.elements import Absent, numbers, plain
from skm_analysis.study.records import Plan


def test_the_index_stands_with_its_grade_and_interval(unit_page, set_of):
    page = unit_page(*set_of())
    assert plain(unit_result.ikm(page).text) == (
        "Indeks Kepuasan Masyarakat (IKM) Kelurahan Ngalau tahun 2021 adalah 97,02, "
        "dengan mutu pelayanan A (sangat baik). Selang kepercayaan 95% untuk indeks "
        "itu adalah 96,34–97,58. Seluruh selang itu berada dalam golongan mutu A."
    )


def test_every_number_of_the_index_sentence_carries_its_key(unit_page, set_of):
    shown = numbers(unit_result.ikm(unit_page(*set_of())))
    assert [(number.key, number.shown) for number in shown] == [
        ("unit.kel-ngalau.ikm", "97,02"),
        ("unit.kel-ngalau.grade", "A"),
        ("study.confidence_level", "95%"),
        ("unit.kel-ngalau.ikm:ci_low", "96,34"),
        ("unit.kel-ngalau.ikm:ci_high", "97,58"),
        ("unit.kel-ngalau.ikm:interval_grade", "A"),
    ]


def test_an_interval_that_reaches_into_another_letter(unit_page, set_of, row):
    received, accepted, aside, _, grade = set_of()
    low = row("ikm", 89.0, 88.304, 90.1)
    told = plain(unit_result.ikm(unit_page(received, accepted, aside, low, grade)).text)
    assert told.endswith(
        "Batas bawah selang itu termasuk mutu B, sehingga mutu A belum pasti."
    )
    edge = row("ikm", 89.0, 88.305, 90.1)
    told = plain(
        unit_result.ikm(unit_page(received, accepted, aside, edge, grade)).text
    )
    assert told.endswith("Seluruh selang itu berada dalam golongan mutu A.")
    wide = row("ikm", 80.0, 76.0, 90.0)
    good = row("grade", category="B")
    told = plain(unit_result.ikm(unit_page(received, accepted, aside, wide, good)).text)
    assert told.endswith(
        "Batas bawah selang itu termasuk mutu C dan batas atas selang itu termasuk "
        "mutu A, sehingga mutu B belum pasti."
    )


def test_a_convenience_sample_is_told_with_its_condition(unit_page, set_of):
    page = unit_page(*set_of(flags=("conditional",)))
    assert "untuk indeks itu, seandainya responden dipilih acak, adalah" in plain(
        unit_result.ikm(page).text
    )


def test_a_census_has_no_interval(unit_page, row, set_of):
    received, accepted, aside, _, grade = set_of()
    census = row("ikm", 98.43, 98.43, 98.43, flags=("census",))
    text = plain(
        unit_result.ikm(unit_page(received, accepted, aside, census, grade)).text
    )
    assert "Selang" not in text
    assert "tidak memuat kesalahan penarikan sampel" in text


def test_ten_to_twenty_nine_respondents_are_indicative(unit_page, set_of):
    text = plain(unit_result.ikm(unit_page(*set_of(n=28))).text)
    assert "Hasil ini bersifat indikatif karena hanya didasarkan pada 28 responden" in (
        text
    )


def test_fewer_than_ten_respondents_show_no_mean(unit_page, set_of):
    page = unit_page(*set_of(n=6))
    text = plain(unit_result.ikm(page).text)
    assert text.startswith("Hanya 6 kuesioner yang dapat dipakai.")
    assert "97" not in text
    assert isinstance(unit_result.result_table(page), Absent)
    assert isinstance(unit_items.nrr_table(page), Absent)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("ratio", "ada pertanyaan yang tidak dijawab oleh siapa pun"),
        ("complete", "tidak ada kuesioner yang semua pertanyaannya dijawab"),
    ],
)
def test_enough_sheets_without_an_index_are_not_called_too_few(
    unit_page, set_of, row, missing, reason
):
    rows = [each for each in set_of(n=50) if each.measure not in ("ikm", "grade")]
    page = unit_page(*rows, row("ikm", n=50), study={"missing": missing})
    assert plain(unit_result.ikm(page).text) == (
        "Indeks dan mutu pelayanan Kelurahan Ngalau tidak dapat dihitung karena "
        f"{reason}; unit ini juga tidak ikut dihitung dalam angka kota."
    )
    assert isinstance(unit_result.result_table(page), Absent)


def test_a_sample_speaks_for_the_strata_that_answered(unit_page, set_of, row):
    strata = {"population": None, "strata": {"pagi": 700, "malam": 300}}
    page = unit_page(*set_of(), row("uncovered_share", 0.3), unit=strata)
    told = plain(unit_survey.survey(page).text)
    assert "seluruh pengguna layanan" not in told
    assert "kepada pengguna layanan pada strata yang mempunyai responden" in told


def test_of_more_respondents_than_people_nothing_follows(unit_page, set_of, row):
    few = {"population": 30}
    required = row("n_required", 28.0)
    page = unit_page(*set_of(flags=("above_population",)), required, unit=few)
    assert "digeneralisasi" not in plain(unit_survey.survey(page).text)
    told = plain(unit_respondents.sample_size(page).text)
    assert "mencukupi" not in told
    assert told.endswith("angka populasi itu perlu diperiksa.")


def test_a_unit_without_answers_says_so(unit_page, row):
    page = unit_page(row("n_received", 0.0), row("n_accepted", 0.0))
    assert plain(unit_result.ikm(page).text) == (
        "Tidak ada kuesioner yang dapat dipakai dari Kelurahan Ngalau, sehingga indeks "
        "dan mutu pelayanannya tidak dapat dihitung."
    )
    assert plain(unit_respondents.flow(page).text) == (
        "Sampai laporan ini disusun belum ada kuesioner yang diterima dari unit ini."
    )


def test_a_scale_without_bands_has_no_grade(unit_page, set_of, instrument):
    other = instrument(scale=(1, 5), bands=None)
    page = unit_page(*set_of()[:-1], unit={"instrument": other})
    assert (
        "Indeks ini tidak diberi mutu karena kuesionernya memakai skala 1 sampai "
        "dengan 5" in plain(unit_result.ikm(page).text)
    )


def test_everybody_or_some_gave_the_highest_throughout(unit_page, set_of, row):
    some = unit_page(*set_of(), row("all_highest", 0.637))
    assert "Sebanyak 63,7% responden memberi nilai tertinggi" in plain(
        unit_result.ikm(some).text
    )
    everybody = unit_page(*set_of(), row("all_highest", 1.0))
    assert "Seluruh responden memberi nilai tertinggi" in plain(
        unit_result.ikm(everybody).text
    )


def test_what_was_asked_of_whom(unit_page, set_of, instrument):
    asked = instrument(("persyaratan", "waktu"), own=("parkir", "toilet"))
    page = unit_page(*set_of(), unit={"instrument": asked}, modes=("interview", "self"))
    text = plain(unit_survey.survey(page).text)
    assert (
        "dengan 4 pertanyaan pada skala 1 sampai dengan 4, termasuk 2 indikator yang "
        "ditambahkan unit sendiri, yaitu “Parkir” dan “Toilet”." in text
    )
    assert "Responden dipilih secara acak; populasinya adalah 812 orang" in text
    assert "melalui wawancara dan pengisian sendiri" in text
    assert "Unsur-unsur yang tidak ditanyakan: “Sistem, Mekanisme" in text


def test_the_nine_unsur_need_no_list_of_what_is_missing(unit_page, set_of, instrument):
    nine = (
        "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan"
    )
    page = unit_page(*set_of(), unit={"instrument": instrument(nine.split())})
    text = plain(unit_survey.survey(page).text)
    assert "seluruhnya tentang unsur pelayanan menurut PermenPANRB 14/2017" in text
    assert "tidak ditanyakan" not in text


def test_a_population_known_by_strata_is_their_sum(unit_page, set_of):
    strata = {"2021-S1": 400, "2021-S2": 412}
    page = unit_page(*set_of(), unit={"population": None, "strata": strata})
    assert "populasinya adalah 812 orang" in plain(unit_survey.survey(page).text)


def test_an_unknown_population_is_taken_as_infinite(unit_page, set_of, row):
    page = unit_page(*set_of(), row("n_required", 384.0), unit={"population": None})
    assert "dianggap tak terhingga" in plain(unit_survey.survey(page).text)
    assert plain(unit_respondents.sample_size(page).text) == (
        "Untuk populasi yang dianggap tak terhingga, rumus Krejcie–Morgan mensyaratkan "
        "384 responden. Kuesioner yang dapat dipakai berjumlah 262. Jumlah responden "
        "belum mencukupi menurut rumus Krejcie–Morgan (masih kurang 122)."
    )


def test_enough_respondents(unit_page, set_of, row):
    page = unit_page(*set_of(), row("n_required", 261.0), unit={"planned": 260})
    assert plain(unit_respondents.sample_size(page).text) == (
        "Untuk populasi 812 orang, rumus Krejcie–Morgan mensyaratkan 261 responden. "
        "Yang direncanakan adalah 260 responden. Kuesioner yang dapat dipakai "
        "berjumlah 262. Jumlah responden mencukupi menurut rencana dan rumus "
        "Krejcie–Morgan."
    )


def test_every_rule_of_the_sample_in_one_sentence(unit_page, set_of, row):
    aims = Plan(margin=Decimal("0.5"), change=Decimal("2"))
    page = unit_page(
        *set_of(),
        row("n_required", 261.0),
        row("n_required_precision", 390.0),
        row("n_required_change", 253.0, flags=("conditional",)),
        row("margin", 0.62, flags=("conditional",)),
        unit={"planned": 300, "sampling": "convenience"},
        study={"plan": aims},
    )
    assert plain(unit_respondents.sample_size(page).text) == (
        "Untuk populasi 812 orang, rumus Krejcie–Morgan mensyaratkan 261 responden. "
        "Menurut ragam studi sebelumnya, margin 0,50 poin memerlukan 390 responden. "
        "Supaya perubahan sebesar 2,00 poin sejak studi sebelumnya terlihat, "
        "diperlukan 253 responden. Yang direncanakan adalah 300 responden. Kuesioner "
        "yang dapat dipakai berjumlah 262, dengan margin (setengah lebar selang "
        "kepercayaan) 0,62 poin seandainya responden dipilih acak. Jumlah responden "
        "mencukupi menurut rumus Krejcie–Morgan dan kebutuhan untuk melihat "
        "perubahan, tetapi belum mencukupi menurut rencana dan margin yang disepakati "
        "(0,50 poin)."
    )


def test_a_change_that_last_year_cannot_show_is_never_enough(unit_page, set_of, row):
    page = unit_page(
        *set_of(n=400),
        row("n_required_change", 253.0, flags=("both_years",)),
        study={"plan": Plan(change=Decimal("2"))},
    )
    text = plain(unit_respondents.sample_size(page).text)
    assert "diperlukan 253 responden pada dua studi berturut-turut" in text
    assert text.endswith("belum mencukupi menurut kebutuhan untuk melihat perubahan.")


def test_what_follows_from_asking_whom_one_meets(unit_page, set_of):
    page = unit_page(*set_of(), unit={"sampling": "convenience"})
    text = plain(unit_survey.survey(page).text)
    assert "seandainya responden dipilih acak" in text
    assert "tidak dipersempit dengan koreksi populasi terhingga" in text


def test_the_required_number_does_not_bind_a_census(unit_page, set_of, row):
    page = unit_page(
        *set_of(n=60), row("n_required", 52.0), unit={"sampling": "census"}
    )
    assert "ukuran sampel minimum tidak berlaku" in plain(
        unit_respondents.sample_size(page).text
    )


def test_a_census_that_received_more_sheets_than_it_served_says_so(
    unit_page, set_of, row
):
    def told(population):
        unit = {"sampling": "census", "population": population}
        page = unit_page(*set_of(n=60), row("n_required", 52.0), unit=unit)
        return plain(unit_respondents.sample_size(page).text)

    assert "lebih banyak daripada pengguna layanannya" in told(67)
    assert "lebih banyak" not in told(68)


def test_the_reason_to_generalise_is_how_respondents_were_chosen(unit_page, set_of):
    page = unit_page(*set_of(), unit={"sampling": "systematic"}, modes=("interview",))
    assert plain(unit_survey.survey(page).text).endswith(
        "Data dikumpulkan melalui wawancara. Karena responden dipilih secara "
        "sistematis, hasilnya dapat digeneralisasi kepada seluruh pengguna layanan "
        "unit ini dalam batas selang kepercayaan yang disajikan."
    )


def test_one_or_two_reasons_are_told_in_the_sentence(unit_page, set_of, row):
    reasons = (
        row("n_set_aside", 6.0, category="duplicate"),
        row("n_set_aside", 2.0, category="empty"),
    )
    page = unit_page(*set_of(), *reasons)
    assert plain(unit_respondents.flow(page).text) == (
        "Kuesioner yang diterima berjumlah 270. Sebanyak 262 kuesioner dipakai dalam "
        "perhitungan, sedangkan 8 disisihkan dengan alasan “kiriman ganda dari "
        "responden yang sama” (6) dan “tidak ada pertanyaan yang dijawab” (2)."
    )


def test_the_flow_of_sheets(unit_page, set_of, row):
    page = unit_page(
        *set_of(),
        row("n_set_aside", 5.0, category="duplicate"),
        row("n_set_aside", 2.0, category="empty"),
        row("n_set_aside", 1.0, category="out_of_period"),
        row("response_rate", 0.8479),
        unit={"approached": 309},
    )
    assert plain(unit_respondents.flow(page).text) == (
        "Dari 309 orang yang diminta menjawab, diterima 270 kuesioner. Tingkat "
        "respons, yaitu kuesioner yang dapat dipakai dibagi banyaknya orang yang "
        "diminta menjawab, adalah 84,8%. Sebanyak 262 kuesioner dipakai dalam "
        "perhitungan, sedangkan 8 disisihkan dengan alasan yang tercantum pada "
        "lampiran-mutu-data."
    )


def test_nothing_or_everything_set_aside(unit_page, row):
    nothing = unit_page(
        row("n_received", 40.0), row("n_accepted", 40.0), row("n_set_aside", 0.0)
    )
    assert plain(unit_respondents.flow(nothing).text) == (
        "Kuesioner yang diterima berjumlah 40. Seluruhnya dapat dipakai."
    )
    everything = unit_page(
        row("n_received", 3.0),
        row("n_accepted", 0.0),
        row("n_set_aside", 3.0),
        row("n_set_aside", 3.0, category="empty"),
    )
    assert plain(unit_respondents.flow(everything).text) == (
        "Kuesioner yang diterima berjumlah 3. Tidak satu pun dapat dipakai, sebab 3 "
        "disisihkan dengan alasan “tidak ada pertanyaan yang dijawab”."
    )


def means(row, **values):
    """value, low, high of every item."""
    return [row("nrr", *limits, item=item) for item, limits in values.items()]


def ranks(row, flags):
    """The rank of every item, with its flags."""
    return [
        row("item_rank", 1.0, 1.0, 3.0, item=item, flags=told)
        for item, told in flags.items()
    ]


THREE = {
    "persyaratan": (3.91, 3.88, 3.94),
    "waktu": (3.87, 3.83, 3.90),
    "biaya": (3.95, 3.89, 3.98),
}


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        (
            {"persyaratan": (), "waktu": ("weakest",), "biaya": ()},
            "Unsur yang terlemah adalah “Waktu Penyelesaian” (3,87). Unsur lain yang "
            "dibandingkan nilainya lebih tinggi, menurut selisih jawaban responden "
            "yang sama dengan tingkat kepercayaan 95%.",
        ),
        (
            {
                "persyaratan": ("weakest", "conditional"),
                "waktu": ("weakest", "conditional"),
                "biaya": ("left_out", "free_service"),
            },
            "Unsur yang terlemah adalah “Waktu Penyelesaian” (3,87) dan “Persyaratan” "
            "(3,91); semuanya tidak dapat dibedakan dari yang terendah. Unsur lain "
            "yang dibandingkan nilainya lebih tinggi, menurut selisih jawaban "
            "responden yang sama dengan tingkat kepercayaan 95%. Tidak ikut "
            "dibandingkan: “Biaya/Tarif” (pada layanan tanpa biaya semua menjawab "
            "dengan nilai tertinggi).",
        ),
        (
            dict.fromkeys(THREE, ("none_weakest",)),
            "Tidak ada unsur yang jelas terlemah: nilai terendah terdapat pada “Waktu "
            "Penyelesaian” (3,87), tetapi lebih dari separuh unsur yang dibandingkan "
            "tidak dapat dibedakan darinya.",
        ),
        (
            {
                "persyaratan": ("left_out",),
                "waktu": ("none_weakest",),
                "biaya": ("suppressed",),
            },
            "Tidak ada unsur yang jelas terlemah. Tidak ikut dibandingkan: "
            "“Persyaratan” (semua responden memberi jawaban yang sama); “Biaya/Tarif” "
            "(nilainya tidak disajikan).",
        ),
    ],
)
def test_the_weakest_items_are_those_that_estimation_names(
    unit_page, set_of, row, flags, text
):
    page = unit_page(*set_of(), *means(row, **THREE), *ranks(row, flags))
    assert plain(unit_items.weakest(page).text) == text


def test_the_order_of_a_census_does_not_depend_on_a_sample(unit_page, set_of, row):
    flags = {"persyaratan": (), "waktu": ("weakest",), "biaya": ()}
    nrr = [
        row("nrr", *limits, item=item, flags=("census",))
        for item, limits in THREE.items()
    ]
    page = unit_page(*set_of(), *nrr, *ranks(row, flags))
    assert plain(unit_items.weakest(page).text).endswith(
        "Karena seluruh pengguna layanan menjawab, urutan itu tidak bergantung pada "
        "sampel."
    )


def test_a_census_has_no_column_of_intervals(unit_page, set_of, row):
    all_answered = {"flags": ("census",)}
    page = unit_page(
        *set_of(**all_answered),
        row("nrr", 3.5, 3.5, 3.5, item="waktu", **all_answered),
    )
    table = unit_items.nrr_table(page)
    assert [column.header for column in table.columns][:4] == [
        "Unsur",
        "Menjawab",
        "NRR",
        "Nilai 1",
    ]
    assert "selang" not in plain(table.caption)


def test_the_shares_of_answers_stand_beside_the_means(unit_page, set_of, row):
    page = unit_page(
        *set_of(),
        *means(row, waktu=(3.5, 3.25, 3.75)),
        *(
            row("share", share, item="waktu", category=score)
            for score, share in (("1", 0.0), ("2", 0.1), ("3", 0.3), ("4", 0.6))
        ),
    )
    table = unit_items.nrr_table(page)
    assert [plain(cell) for cell in table.rows[0]] == [
        "Waktu Penyelesaian",
        "262",
        "3,50",
        "3,25–3,75",
        *("0,0%", "10,0%", "30,0%", "60,0%"),
    ]
    assert "persentase setiap jawaban" in plain(table.caption)
    assert isinstance(unit_items.distribution_table(page), Absent)


@pytest.fixture
def partly_told(unit_page, set_of, row):
    """Persyaratan answered by 5, biaya withheld with it, waktu answered by 15."""

    def build(instrument):
        answered = {"persyaratan": 5, "biaya": 250, "waktu": 15, "produk": 262}
        rows = list(set_of())
        for key, n in answered.items():
            hidden = ("suppressed",) if key in ("persyaratan", "biaya") else ()
            few = ("suppressed",) if n < 30 else hidden
            rows.append(row("nrr", 2.61, 2.41, 2.81, item=key, n=n, flags=hidden))
            flags = (*few, *(() if few else ("none_weakest",)))
            rows.append(row("item_rank", 1.0, 1, 1, item=key, n=n, flags=flags))
            for score in "1234":
                rows.append(
                    row("share", 0.25, item=key, category=score, n=n, flags=few)
                )
        return unit_page(*rows, unit={"instrument": instrument(tuple(answered))})

    return build


def test_an_item_that_few_answered_is_told_nowhere(partly_told, instrument):
    page = partly_told(instrument)
    table = unit_items.nrr_table(page)
    assert [[plain(cell) for cell in line] for line in table.rows] == [
        ["Waktu Penyelesaian", "15", "2,61", "2,41–2,81", "–", "–", "–", "–"],
        ["Produk", "262", "2,61", "2,41–2,81", *["25,0%"] * 4],
    ]
    notes = [plain(note) for note in table.notes]
    assert any(note.endswith("“Persyaratan” dan “Biaya/Tarif”.") for note in notes)
    assert "Tanda –: dijawab oleh kurang dari tiga puluh responden." in notes
    means = unit_figures.nrr_with_intervals(page)
    assert "Persyaratan" not in means.alt
    assert "Biaya" not in means.alt
    answers = unit_figures.distribution(page)
    assert answers.alt.endswith("Produk 25%.")
    assert plain(unit_items.weakest(page).text).endswith(
        "“Persyaratan” dan “Waktu Penyelesaian” (jawabannya kurang dari tiga puluh); "
        "“Biaya/Tarif” (nilainya tidak disajikan)."
    )


def test_without_any_share_there_is_no_distribution(unit_page, set_of, row):
    """Beside a small stratum weighted shares are withheld, the means are not."""
    few = {"flags": ("suppressed",), "item": "waktu"}
    shares = [row("share", 0.25, category=score, **few) for score in "1234"]
    page = unit_page(*set_of(), *means(row, waktu=(3.5, 3.2, 3.7)), *shares)
    assert len(unit_items.nrr_table(page).columns) == 4
    assert isinstance(unit_items.distribution_table(page), Absent)
    assert isinstance(unit_figures.distribution(page), Absent)


def test_many_answers_have_a_table_of_their_own(unit_page, set_of, row, instrument):
    page = unit_page(
        *set_of(),
        *means(row, waktu=(8.5, 8.25, 8.75)),
        unit={"instrument": instrument(scale=(1, 10), bands=None)},
    )
    assert len(unit_items.nrr_table(page).columns) == 4
    assert len(unit_items.distribution_table(page).columns) == 12


def test_an_indicative_unit_has_no_weakest_and_no_distribution(unit_page, set_of, row):
    limits = (3.5, 3.2, 3.7)
    page = unit_page(*set_of(n=29), *means(row, persyaratan=limits, waktu=limits))
    assert isinstance(unit_items.weakest(page), Absent)
    assert isinstance(unit_items.distribution_table(page), Absent)
    assert not isinstance(unit_items.nrr_table(page), Absent)
