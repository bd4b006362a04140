from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.study.loading import load_study

UNIT = "population = 812"
DELIVERY = 'unit = "kel-ngalau"\n[delivery'
INSTRUMENT = "instruments/dua-butir.toml"


def test_a_sound_study_is_read_as_written(places):
    study = load_study(places)
    assert (study.id, study.year, study.start) == ("2021", 2021, date(2021, 1, 1))
    assert study.confidence_level == Decimal("0.95")
    assert (study.missing, study.weighting) == ("ratio", "none")
    unit = study.unit("kel-ngalau")
    assert (unit.population, unit.sampling, unit.strata) == (812, "convenience", {})
    assert unit.instrument.keys == ("persyaratan", "parkir")
    assert [item.weight for item in unit.instrument.items] == [Fraction(1, 2)] * 2
    assert not unit.instrument.weights_given
    [delivery] = study.deliveries
    assert delivery.columns == {"persyaratan": "U1", "parkir": "U2"}
    assert study.units_of(delivery) == (unit,)


def test_a_delivery_that_has_not_come_is_no_fault(places):
    assert not (places.raw / "responses/ngalau.csv").exists()
    assert load_study(places).deliveries[0].file == "responses/ngalau.csv"


# One change, and words that the message must hold: where, what, and the way out.
FAULTS = {
    "unknown key": (UNIT, "populasi = 1", "[[unit]] kel-ngalau", "ya: population"),
    "missing key": ("year = 2021\n", "", "[study]: 'year' belum ada", "bilangan bulat"),
    "wrong type": (UNIT, 'population = "812"', "'population' tidak sesuai", '"812"'),
    "true is no number": (UNIT, "population = true", "'population' tidak sesuai"),
    "no text for a flag": (
        "year =", 'synthetic = "ya"\nyear =', "'synthetic'", "true atau false",
    ),
    "a number for a flag": ("year =", "synthetic = 1\nyear =", "'synthetic'"),
    "format 2": ("format = 1", "format = 2", "'format' tidak sesuai", "diharapkan: 1"),
    "year": ("year = 2021", "year = 2012", "tahun 2012", "'start'"),
    "year far off": ("year = 2021", "year = 21", "'year'", "1990"),
    "date order": ("2021-12-31", "2020-12-31", "'end' (2020-12-31) mendahului"),
    "date as text": ("= 2021-12-31", '= "2021-12-31"', "'end'", "tanpa tanda kutip"),
    "time of day": ("2021-12-31", "2021-12-31T10:00:00", "'end'"),
    "level of one": ("year =", "confidence_level = 1\nyear =", "'confidence_level'"),
    "level of 95": ("year =", "confidence_level = 95\nyear =", "0.5 dan 1"),
    "level not a number": ("year =", "confidence_level = nan\nyear =", "'confidence_l"),
    "unknown rule": (
        "year =", 'missing = "rasio"\nyear =', "'missing' tidak dikenal", "ratio",
    ),
    "no such earlier study": (
        "year =", 'previous = "2020"\nyear =', "'2020' tidak ada di data/raw",
    ),
    "its own earlier study": ("year =", 'previous = "2021"\nyear =', "ini sendiri"),
    "earlier study elsewhere": ("year =", 'previous = "../x"\nyear =', "'previous'"),
    "strata without strata": ("year =", 'weighting = "strata"\nyear =', "strata"),
    "control characters": ("Pemerintah Kota", "\\u001b[2J", "'institution'", "�[2J"),
    "a bidirectional override": ("Pemerintah Kota", "\u202eatoK", "'institution'"),
    "a name of spaces": ("Pemerintah Kota", "   ", "'institution'"),
    "unit id in capitals": ('id = "kel-ngalau"', 'id = "Kel"', "'id' tidak sesuai"),
    "unit id too long": ('id = "kel-ngalau"', f'id = "{"a" * 25}"', "24"),
    "unit id that Windows keeps": ('id = "kel-ngalau"', 'id = "nul"', "Windows"),
    "unknown instrument": (
        'instrument = "dua-butir"',
        'instrument = "dua-butr"',
        "instrumen 'dua-butr' tidak ada",
        "mungkin maksudnya: dua-butir",
    ),
    "target beyond the index": (UNIT, "target = 101", "'target'", "sampai 100"),
    "target as text": (UNIT, 'target = "90,00"', "'target'", "titik desimal"),
    "population below one": (UNIT, "population = 0", "'population'"),
    "census of unknown size": (UNIT, 'sampling = "census"', "census", "population"),
    "strata and population": (
        UNIT, f"{UNIT}\nstrata = {{ a = 400 }}", "bersamaan", "[unit.strata]",
    ),
    "two strata, one name": (UNIT, 'strata = { "S 1" = 4, "s-1" = 4 }', "bernama sama"),
    "a stratum called as a part": (UNIT, "strata = { Previous = 4 }", "bernama sama"),
    "strata without column": (UNIT, "strata = { a = 4 }", "'stratum_column' belum ada"),
    "unknown unit": (
        DELIVERY, DELIVERY.replace("ngalau", "ngala"), "'kel-ngala' tidak ada",
        "maksudnya: kel-ngalau",
    ),
    "whose rows": (DELIVERY, "[delivery", "belum jelas milik unit mana"),
    "unit and unit_column": (
        DELIVERY, 'unit_column = "loket"\n' + DELIVERY, "diisi bersamaan",
    ),
    "units without column": (
        DELIVERY, 'units = { "1" = "kel-ngalau" }\n' + DELIVERY, "'unit_column'",
    ),
    "unknown unit in units": (
        DELIVERY,
        'unit_column = "loket"\nunits = { "1" = "kel-ngala" }\n[delivery',
        "'kel-ngala' tidak ada",
    ),
    "item without column": (
        'parkir = "U2"\n', "", "[delivery.columns] responses/ngalau.csv: butir parkir",
    ),
    "column without item": (
        'parkir = "U2"', 'parkir = "U2"\nparkiran = "U3"', "'parkiran' tidak ada",
        "maksudnya: parkir",
    ),
    "one column for two items": ('"U2"', '"U1"', "'U1'", "lebih dari satu butir"),
    "dropped and used": (DELIVERY, 'drop = ["U1"]\n' + DELIVERY, "'U1'", "'drop'"),
    "answer beyond the scale": (
        'parkir = "U2"', 'parkir = "U2"\n[delivery.answers]\ne = 5', "'e'", "1 sampai",
    ),
    "answers for no item": (
        'parkir = "U2"', 'parkir = "U2"\n[delivery.item_answers.biaya]\ne = 4', "biaya",
    ),
    "one answer, two scores": (
        'parkir = "U2"',
        'parkir = "U2"\n[delivery.answers]\nBaik = 3\n"baik " = 4',
        "dua nilai",
    ),
    "an answer that does not apply": (
        DELIVERY,
        'not_applicable = ["A"]\nanswers = { a = 1 }\n' + DELIVERY,
        "'not_applicable'",
    ),
    "unknown profile variable": (
        'parkir = "U2"', 'parkir = "U2"\n[delivery.profile]\numur = "Usia"', "'umur'",
    ),
    "path upwards": ("responses/ngalau.csv", "../ngalau.csv", "'file'", "folder studi"),
    "path from the root": ("responses/ngalau.csv", "/etc/passwd", "'file'"),
    "path of Windows": ("responses/ngalau.csv", "C:/x.csv", "'file'"),
    "path with backslash": ("responses/ngalau.csv", "a\\\\b.csv", "garis miring"),
    "replaced without reason": (
        DELIVERY, 'replaces = "responses/lama.csv"\n' + DELIVERY, "'reason'",
    ),
    "replaces itself": (
        DELIVERY,
        'replaces = "responses/ngalau.csv"\nreason = "salah"\n' + DELIVERY,
        "berputar",
    ),
    "several columns, one twice": ('"U2"', '["U2", "U1"]', "'U1'", "satu butir"),
    "no column at all": ('"U2"', "[]", "'parkir' tidak sesuai"),
    "a column of several, dropped": (
        DELIVERY + '.columns]\npersyaratan = "U1"',
        'drop = ["U8"]\n' + DELIVERY + '.columns]\npersyaratan = ["U1", "U8"]',
        "'drop'",
    ),
    "an id that holds in the unit, and none": (
        DELIVERY, 'id_within = "unit"\n' + DELIVERY, "memerlukan 'id_column'",
    ),
    "days without their column": (
        DELIVERY, "start = 2021-03-01\n" + DELIVERY, "memerlukan 'period_column'",
    ),
    "days in the wrong order": (
        DELIVERY,
        'period_column = "T"\nstart = 2021-03-02\nend = 2021-03-01\n' + DELIVERY,
        "mendahului",
        "perbaiki tanggalnya",
    ),
    "days beside the survey": (
        DELIVERY,
        'period_column = "T"\nend = 2022-01-01\n' + DELIVERY,
        "melewati masa survei",
    ),
    "days that begin after the survey": (
        DELIVERY,
        'period_column = "T"\nstart = 2022-01-01\n' + DELIVERY,
        "melewati masa survei",
    ),
    "unknown encoding": (DELIVERY, 'encoding = "utf8"\n' + DELIVERY, "ya: utf-8"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [
    pytest.param(old, new, said, id=name) for name, (old, new, *said) in FAULTS.items()
])  # fmt: skip
def test_a_fault_of_the_study_is_told_with_its_place(change, problems, old, new, said):
    change(old, new)
    told = problems()
    assert any(all(words in each for words in said) for each in told), told


INSTRUMENT_FAULTS = {
    "unknown unsur": ('unsur = "persyaratan"', 'unsur = "syarat"', "'unsur'"),
    "nearest unsur": (
        'unsur = "persyaratan"', 'unsur = "persaratan"', "maksudnya: persyaratan",
    ),
    "unknown bands": ("permenpanrb-14-2017", "permenpan-14-2017", "ya: permenpanrb"),
    "bands of another scale": ("[1, 4]", "[1, 5]", "'bands' tidak berlaku"),
    "scale upside down": ("[1, 4]", "[4, 1]", "'scale'", "[1, 4]"),
    "scale of truths": ("[1, 4]", "[true, 4]", "'scale'"),
    "too few options": ('"Tidak sesuai", ', "", "[[item]] persyaratan", "3 pilihan"),
    "an option twice": ("Tidak sesuai", "sesuai", "dua kali"),
    "key twice": ('key = "parkir"', 'key = "persyaratan"', "sudah dipakai"),
    "key of another column": ('key = "parkir"', 'key = "age"', "'key' tidak sesuai"),
    "weight for some": ('label = "Parkir"', 'label = "P"\nweight = 0.5', "persyaratan"),
    "no question": ('question = "Bagaimana parkirnya?"', "", "'question' belum ada"),
    "syntax": ('title = "Dua butir"', 'title = "Dua butir', "baris 2", "TOML"),
    "one key twice": ("format = 1", "format = 1\nformat = 1", "baris 2", "TOML"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [
    pytest.param(old, new, said, id=name)
    for name, (old, new, *said) in INSTRUMENT_FAULTS.items()
])  # fmt: skip
def test_a_fault_of_an_instrument_is_told(change, problems, old, new, said):
    change(old, new, INSTRUMENT)
    told = problems()
    assert any(all(words in each for words in said) for each in told), told
    assert all("dua-butir.toml" in each for each in told), "one fault draws no others"


def weigh(change, first, second):
    change('label = "Persyaratan"', f'label = "P"\nweight = {first}', INSTRUMENT)
    change('label = "Parkir"', f'label = "K"\nweight = {second}', INSTRUMENT)


@pytest.mark.parametrize(
    ("first", "second", "total"),
    [("0.11", "0.88", "99/100"), ('"1/3"', '"1/3"', "2/3"), ("1", "0.5", "3/2")],
)
def test_weights_sum_to_exactly_one(change, problems, first, second, total):
    weigh(change, first, second)
    [told] = problems()
    assert f"jumlah bobot {total}, bukan tepat 1" in told


@pytest.mark.parametrize("bad", ["0", "-1", '"1/0"', '"0x1"', "1e-400000000", "inf"])
def test_a_weight_is_a_plain_share(change, problems, bad):
    weigh(change, bad, "0.5")
    assert any("'weight' tidak sesuai" in each for each in problems())


def test_weights_are_exact_whether_fractions_or_decimals(change, places):
    weigh(change, '"2/3"', '"1/3"')
    items = load_study(places).instruments["dua-butir"].items
    assert [item.weight for item in items] == [Fraction(2, 3), Fraction(1, 3)]
    change('"2/3"', "0.7", INSTRUMENT)
    change('"1/3"', "0.3", INSTRUMENT)
    items = load_study(places).instruments["dua-butir"].items
    assert [item.weight for item in items] == [Fraction(7, 10), Fraction(3, 10)]


def test_every_fault_is_told_at_once(change, problems):
    change("year = 2021", "tahun = 2021")
    change(UNIT, "populasi = 812")
    change('parkir = "U2"', 'parkr = "U2"')
    change("[1, 4]", "[1, 1]", INSTRUMENT)
    told = "\n".join(problems())
    for said in ("'tahun'", "'year' belum ada", "'populasi'", "'scale'"):
        assert said in told


def test_faults_read_like_this(change, problems):
    change(UNIT, "populasi = 812")
    change("year = 2021", 'year = "dua ribu"')
    assert problems() == (
        "data/raw/2021/study.toml [study]: 'year' tidak sesuai.\n"
        "  yang diharapkan: bilangan bulat dari 1990 sampai 2100\n"
        '  yang tertulis: "dua ribu"',
        "data/raw/2021/study.toml [[unit]] kel-ngalau: 'populasi' tidak dikenal.\n"
        "  yang dikenal: id, name, kind, instrument, population, population_of, "
        "sampling, target, planned, approached, strata\n"
        "  mungkin maksudnya: population",
    )


def test_a_unit_without_sound_instrument_draws_no_fault_of_its_delivery(
    change, problems
):
    change("[1, 4]", '"satu"', INSTRUMENT)
    change('parkir = "U2"\n', "")
    [told] = problems()
    assert "'scale'" in told


PERIODS = """
[[period]]
id = "2021-S1"
start = 2021-01-01
end = 2021-06-30
[[period]]
id = "2021-S2"
start = {start}
end = {end}
"""


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2021-06-30", "2021-12-31", "bertumpang tindih dengan periode 2021-S1"),
        ("2021-07-01", "2022-01-01", "di luar masa studi"),
        ("2021-12-31", "2021-07-01", "mendahului"),
    ],
)
def test_periods_lie_in_the_study_and_apart(places, problems, start, end, said):
    with places.study_file.open("a") as file:
        file.write(PERIODS.format(start=start, end=end))
    assert any(said in each for each in problems())


def test_strata_that_are_periods_need_only_a_period_column(places, change):
    with places.study_file.open("a") as file:
        file.write(PERIODS.format(start="2021-07-01", end="2021-12-31"))
    change(UNIT, "strata = { 2021-S1 = 400, 2021-S2 = 412 }")
    change(DELIVERY, 'period_column = "tanggal"\n' + DELIVERY)
    assert load_study(places).units[0].strata == {"2021-S1": 400, "2021-S2": 412}


SECOND = """
[[delivery]]
file = "responses/Ngalau.csv"
unit = "kel-ngalau"
{more}
[delivery.columns]
persyaratan = "U1"
parkir = "U2"
"""


def test_one_file_is_delivered_once(places, problems):
    with places.study_file.open("a") as file:
        file.write(SECOND.format(more=""))
    [told] = problems()
    assert "berkas ini sudah disebut" in told


def test_two_sheets_of_one_file_are_two_deliveries(places, change, problems):
    change(DELIVERY, 'sheet = "A"\n' + DELIVERY)
    with places.study_file.open("a") as file:
        file.write(SECOND.format(more='sheet = "B"'))
    assert problems() == ()


def test_a_replaced_delivery_is_no_longer_in_force(places):
    more = 'replaces = "responses/ngalau.csv"\nreason = "salah lembar"'
    with places.study_file.open("a") as file:
        file.write(SECOND.replace("Ngalau", "baru").format(more=more))
    study = load_study(places)
    assert len(study.deliveries) == 2
    assert [each.file for each in study.in_force] == ["responses/baru.csv"]


@pytest.fixture
def two_instruments(places, change):
    """A second unit with an item of its own; the delivery tells units in a column."""
    other = (places.raw / INSTRUMENT).read_text().replace('"parkir"', '"antrean"')
    (places.instruments / "lain.toml").write_text(other)
    change(
        "[[delivery]]",
        '[[unit]]\nid = "rsud"\nname = "RSUD"\nkind = "opd"\ninstrument = "lain"\n'
        "[[delivery]]",
    )
    change(DELIVERY, 'unit_column = "loket"\n[delivery')


@pytest.mark.usefixtures("two_instruments")
def test_a_column_of_units_holds_those_whose_items_have_columns(places, change):
    study = load_study(places)
    assert [unit.id for unit in study.units_of(study.deliveries[0])] == ["kel-ngalau"]
    change('parkir = "U2"', 'parkir = "U2"\nantrean = "U3"')
    study = load_study(places)
    assert study.units_of(study.deliveries[0]) == study.units


@pytest.mark.usefixtures("two_instruments")
def test_units_listed_for_a_column_need_columns_for_all_their_items(change, problems):
    change('"loket"\n', '"loket"\nunits = { "1" = "kel-ngalau", "2" = "rsud" }\n')
    [told] = problems()
    assert "butir antrean belum punya kolom" in told
    assert "instrumen: dua-butir, lain" in told


@pytest.mark.usefixtures("two_instruments")
def test_columns_that_fit_no_unit_are_held_against_the_nearest(change, problems):
    change('parkir = "U2"\n', "")
    [told] = problems()
    assert "butir parkir belum punya kolom" in told


@pytest.mark.parametrize(("old", "said"), [("id", "'id'"), ("name", "'name'")])
def test_two_units_differ_in_id_and_name(places, problems, old, said):
    other = {"id": "lain", "name": "Lain"}
    other[old] = {"id": "kel-ngalau", "name": "kelurahan ngalau"}[old]
    with places.study_file.open("a") as file:
        file.write(
            f'[[unit]]\nid = "{other["id"]}"\nname = "{other["name"]}"\n'
            'kind = "opd"\ninstrument = "dua-butir"\n'
        )
    [told] = problems()
    assert said in told
    assert "sudah dipakai" in told


def test_a_link_out_of_the_study_folder_is_refused(places, problems, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (places.raw / "responses").symlink_to(tmp_path / "elsewhere")
    [told] = problems()
    assert "ke luar folder studi" in told


def test_a_folder_name_that_would_lead_astray_is_refused(places):
    for name in ("editions", "a b", "con"):
        places.raw.rename(places.other(name).raw)
        with pytest.raises(StudyError, match="nama folder studi"):
            load_study(places.other(name))
        places.other(name).raw.rename(places.raw)


def test_a_study_file_that_is_not_there_is_told(places):
    places.study_file.unlink()
    with pytest.raises(StudyError, match=r"study\.toml: belum ada"):
        load_study(places)


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(places):
    text = places.study_file.read_bytes().replace(b"\n", b"\r\n")
    places.study_file.write_bytes(b"\xef\xbb\xbf" + text)
    assert load_study(places).year == 2021


def test_text_in_another_encoding_is_refused(places, problems):
    places.study_file.write_bytes(b"format = 1\n# caf\xe9\n")
    assert "bukan teks UTF-8" in problems()[0]


def test_a_key_below_the_wrong_head_is_told_where_it_belongs(change, problems):
    change('parkir = "U2"\n', 'parkir = "U2"\ndrop = ["Nama"]\n')
    assert problems()[-1] == (
        "data/raw/2021/study.toml [delivery.columns] responses/ngalau.csv: 'drop' "
        "adalah kunci [[delivery]].\n"
        "  pindahkan ke atas [delivery.columns], di bawah [[delivery]]-nya."
    )


def test_other_faults_of_a_table_move_no_key(change, problems):
    change('parkir = "U2"\n', "parkir = 2\n")
    assert not any("adalah kunci" in each for each in problems())


@pytest.mark.parametrize(
    ("title", "undated", "dated"),
    [
        ("SKM Kota Contoh", "SKM Kota Contoh", "SKM Kota Contoh Tahun 2021"),
        ("SKM Kota Contoh 2021", "SKM Kota Contoh", "SKM Kota Contoh Tahun 2021"),
        ("SKM Kota (Tahun 2021)", "SKM Kota", "SKM Kota Tahun 2021"),
        ("SKM 2021 Kota Contoh", "SKM 2021 Kota Contoh", "SKM 2021 Kota Contoh"),
        ("SKM Kota 12021", "SKM Kota 12021", "SKM Kota 12021 Tahun 2021"),
        ("2021", "2021", "2021"),
    ],
)
def test_the_year_stands_in_a_title_once(places, title, undated, dated):
    study = replace(load_study(places), title=title, year=2021)
    assert (study.undated_title, study.dated_title) == (undated, dated)
