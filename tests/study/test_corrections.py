import pytest

from skm_analysis.study.corrections import read_corrections
from skm_analysis.study.digests import configuration_files
from skm_analysis.study.faults import Faults
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

HEADER = "delivery,row,column,old,new,reason,by,on\n"
FILE = "responses/ngalau.csv"
STUDY = """format = 1
[study]
title = "Survei"
year = 2021
institution = "Kota"
start = 2021-01-01
end = 2021-12-31
[[unit]]
id = "ngalau"
name = "Ngalau"
kind = "kelurahan"
instrument = "satu"
[[delivery]]
file = "responses/lama.csv"
unit = "ngalau"
[delivery.columns]
biaya = "U4"
[[delivery]]
file = "responses/ngalau.csv"
replaces = "responses/lama.csv"
reason = "berkas pertama tertukar"
unit = "ngalau"
id_column = "No"
comment_column = "Saran"
[delivery.columns]
biaya = "Bagaimana\\nbiaya?"
[delivery.importance]
biaya = "H4"
[delivery.profile]
sex = "JK"
"""
INSTRUMENT = """format = 1
title = "Satu"
scale = [1, 4]
[[item]]
key = "biaya"
label = "Biaya"
question = "Biaya?"
"""


@pytest.fixture
def places(tmp_path):
    places = Places(tmp_path, "2021")
    places.instruments.mkdir(parents=True)
    places.corrections.parent.mkdir()
    places.study_file.write_text(STUDY)
    (places.instruments / "satu.toml").write_text(INSTRUMENT)
    return places


def read(places, *lines):
    places.corrections.write_text(HEADER + "".join(f"{line}\n" for line in lines))
    faults = Faults()
    found = read_corrections(places, load_study(places), faults)
    return found, "\n".join(faults.found)


def test_no_file_means_no_corrections(places):
    faults = Faults()
    assert read_corrections(places, load_study(places), faults) == ()
    assert not faults.found


@pytest.mark.parametrize(
    ("column", "target"),
    [
        ("bagaimana biaya?", "biaya"),
        ("H4", "importance.biaya"),
        ("JK", "sex"),
        ("No", "id_column"),
    ],
)
def test_a_correction_knows_what_its_column_holds(places, column, target):
    found, faults = read(places, f"{FILE},7,{column},,3,cek,Ani,2021-12-01")
    assert not faults
    [correction] = found
    assert correction.target == target
    assert (correction.row, correction.old, correction.new) == (7, "", "3")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{FILE},7,JK,L,P,,Ani,2021-12-01", "'reason' belum ada"),
        (f"{FILE},7,JK,L,P,cek,,2021-12-01", "'by' belum ada"),
        (f"{FILE},7,JK,L,P,cek,Ani,kemarin", "'on' tidak sesuai"),
        (f"{FILE},tujuh,JK,L,P,cek,Ani,2021-12-01", "'row' tidak sesuai"),
        (f"{FILE},7,JK,L, L ,cek,Ani,2021-12-01", "'old' dan 'new' sama"),
        (f"{FILE},7,Umur,L,P,cek,Ani,2021-12-01", "kolom 'Umur' tidak dibaca"),
        (f"{FILE},7,Saran,L,P,cek,Ani,2021-12-01", "kolom 'Saran' tidak dibaca"),
        ("ngalau.csv,7,JK,L,P,cek,Ani,2021-12-01", "mungkin maksudnya: responses/ng"),
        ("responses/lama.csv,7,JK,L,P,cek,Ani,2021-12-01", "sudah digantikan"),
    ],
)
def test_a_correction_at_fault_is_told_by_its_line(places, line, said):
    found, faults = read(places, line)
    assert found == ()
    assert faults.startswith("data/raw/2021/decisions/corrections.csv baris 2: ")
    assert said in faults


def test_a_cell_is_never_repeated_in_a_message(places):
    secret = "R" * 1500
    _, faults = read(places, f"{FILE},7,JK,{secret},P,cek,Ani,2021-12-01")
    assert "'old' tidak sesuai" in faults
    assert "RRR" not in faults


def test_decisions_belong_to_the_studys_configuration(places):
    read(places)
    assert places.corrections in configuration_files(places)
