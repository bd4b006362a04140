"""`skm inspect` as the partner sees it."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from skm_analysis.cli import main
from skm_analysis.study.catalogue import FOLDER, catalogue
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

NINE = catalogue()["skm-2017"]
PEOPLE = [
    ["Siti Zulaikha", "1374014107900001", "0812-9988-7766", "siti.z@contoh.id"],
    ["BUDI HARTANTO", "1374 0151 0285 0002", "+62 813 5566 7788", "budi@contoh.id"],
    ["Yusuf Malik, S.Pd", "1374016303770003", "085299001122", "y.malik@contoh.id"],
    ["rahmawati", "1374017112000004", "(0752) 485112", "rahma@contoh.id"],
]
HOMES = ["Jl. Rajawali No. 12", "RT 03 RW 01 Ngalau", "Gang Melati 7", "Ekor Lubuk"]
PLATES = ["BA 1234 ZX", "BA 77 A", "B 9012 KLM", "BM 4410 QR"]
FIRST = ["Nama", "NIK", "No HP", "Email", "Alamat rumah", "Plat nomor", "Lain-lain"]


def skm(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], prog_name="skm")


def write_csv(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def people(tmp_path):
    """A form whose every cell that is no answer tells of somebody."""
    header = [*FIRST, *(item.question for item in NINE.items), "Saran"]
    rows = [
        [*person, home, plate, f"tetangga {person[0]}"]
        + [item.options[2 + number % 2] for item in NINE.items]
        + [f"Hubungi {person[2]}, terima kasih {person[0]}"]
        for number, (person, home, plate) in enumerate(
            zip(PEOPLE, HOMES, PLATES, strict=True)
        )
    ]
    return write_csv(tmp_path / "orang.csv", header, rows)


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "data" / "raw" / "2030"
    (folder / "instruments").mkdir(parents=True)
    (folder / "responses").mkdir()
    shutil.copy(FOLDER / "skm-2017.toml", folder / "instruments")
    (folder / "study.toml").write_text(
        'format = 1\n\n[study]\ntitle = "Uji"\nyear = 2030\ninstitution = "Kota"\n'
        "start = 2030-01-01\nend = 2030-12-31\n\n"
        '[[unit]]\nid = "kel-ngalau"\nname = "Kelurahan Ngalau"\nkind = "kelurahan"\n'
        'instrument = "skm-2017"\n'
    )
    return folder


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_nothing_of_a_person_is_shown(people, option):
    result = skm("inspect", people, *option)
    assert result.exit_code == 0
    told = re.sub(r"\D", "", result.output), result.output.casefold()
    for person in PEOPLE:
        for word in re.findall(r"[a-z]{4,}", person[0].casefold()):
            assert word not in told[1]
        assert person[3] not in told[1]
    for number in ("1374014107900001", "1374015102850002", "99887766", "85299001122"):
        assert number not in told[0]
    for place in (*HOMES, *PLATES):
        assert place.casefold() not in told[1]


def test_what_a_column_of_people_seems_to_hold_is_told(people):
    assert re.search(
        r"\n +B +NIK +.+, 4 terisi, kemungk", skm("inspect", people).output
    )
    columns = json.loads(skm("inspect", people, "--json").output)
    (table,) = columns["files"][0]["tables"]
    kinds = {x["header"]: (x["role"], x["personal"]) for x in table["columns"]}
    assert kinds["NIK"] == ("drop", ["nik"])
    assert kinds["Email"] == ("drop", ["email"])
    assert kinds["Plat nomor"] == ("drop", ["plate"])
    assert kinds["Nama"][0] == kinds["No HP"][0] == kinds["Alamat rumah"][0] == "drop"
    assert "phone" in kinds["Saran"][1]


def test_it_fits_a_terminal_and_ends_with_what_to_do(people):
    output = skm("inspect", people).output
    block = output.index("[[delivery]]"), output.rindex("\n  ---")
    lines = (output[: block[0]] + output[block[1] :]).splitlines()
    # The path is the caller's own.
    assert max(len(line) for line in lines if "orang.csv" not in line) <= 100
    assert lines[-1].strip() == "- Periksa dengan: skm check STUDI"


def test_the_block_is_taken_as_it_is_once_the_unit_is_filled_in(
    people, study, tmp_path
):
    path = study / "responses" / "kel-ngalau.csv"
    shutil.copy(people, path)
    shown = json.loads(skm("inspect", path, "--json").output)
    (table,) = shown["files"][0]["tables"]
    assert (shown["study"], table["unit"]) == ("2030", "kel-ngalau")
    assert 'file = "responses/kel-ngalau.csv"' in table["delivery"]
    assert '\n# unit = "kel-ngalau"' in table["delivery"]
    with (study / "study.toml").open("a") as file:
        file.write("\n" + table["delivery"].replace("# unit =", "unit ="))
    (delivery,) = load_study(Places(tmp_path, "2030")).deliveries
    assert delivery.unit == "kel-ngalau"
    assert set(delivery.columns) == set(NINE.keys)
    assert set(delivery.drop) >= {"Nama", "NIK", "No HP", "Email"}


@pytest.mark.usefixtures("study")
def test_the_named_study_is_used_for_a_file_elsewhere(people, tmp_path):
    result = skm("inspect", people, "--study", "2030", "--root", tmp_path, "--json")
    assert json.loads(result.output)["study"] == "2030"


def test_a_refused_file_does_not_hide_the_others(people, tmp_path):
    broken = tmp_path / "rusak.csv"
    broken.write_bytes(b"%PDF-1.7")
    result = skm("inspect", broken, people)
    assert result.exit_code == 1
    assert "rusak.csv: " in result.stderr
    assert "[[delivery]]" in result.stdout
    told = json.loads(skm("inspect", broken, people, "--json").output)
    assert told["ok"] is False
    assert [bool(each["error"]) for each in told["files"]] == [True, False]


def test_a_folder_is_looked_through_and_like_files_are_named(people, tmp_path):
    folder = tmp_path / "kiriman"
    folder.mkdir()
    for name in ("a.csv", "b.csv", ".tersembunyi"):
        shutil.copy(people, folder / name)
    result = skm("inspect", folder)
    assert result.exit_code == 0
    assert "Judul kolomnya sama pada 2 berkas" in result.output


def test_a_real_file_is_left_to_a_person_where_two_orders_are_official():
    file = Path(__file__).parents[2].parent / "shared" / "real" / "jepara_mpp.csv"
    if not file.is_file():
        pytest.skip("the shared reference folder is not beside this project")
    output = skm("inspect", file).output
    assert "2520 baris berisi" in output
    assert "ekspor aplikasi e-SKM" in output
    assert output.count("# pilihan ") == 3
    assert '\nperilaku = "U7"' in output
    assert '\nsarana = "U' not in output


def test_a_study_being_written_lends_the_units_that_are_sound(people, study, tmp_path):
    path = study / "study.toml"
    written = path.read_text(encoding="utf-8")
    path.write_text(written + '\n[[delivery]]\nfile = "responses/a.csv"\n')
    named = people.with_name("kel-ngalau.csv")
    shutil.copy(people, named)
    result = skm("inspect", named, "--study", "2030", "--root", tmp_path)
    assert result.exit_code == 0
    assert "Unit: kel-ngalau, menurut nama berkas." in result.output
    assert "masih memuat kesalahan" in result.output
