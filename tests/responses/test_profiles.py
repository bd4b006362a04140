import pandas as pd
import pytest

from skm_analysis.responses.profiles import band_column, group_services, read_age


@pytest.mark.parametrize(
    ("variable", "texts", "band"),
    [
        ("sex", ["L", "l", "Laki-laki", "LAKI - LAKI", "laki2", "Pria"], "Laki-laki"),
        ("sex", ["P", "perempuan", " Wanita ", "PR"], "Perempuan"),
        ("education", ["SD", "Sekolah Dasar", "SD/Sederajat"], "SD"),
        ("education", ["SMA", "SMK", "SLTA/sederajat", "SMA/SMK"], "SMA/SMK"),
        ("education", ["D3", "D-III", "D III", "Diploma III", "D1/D2/D3"], "Diploma"),
        ("education", ["S1", "S-1", "S.1", "D4/S1", "Sarjana (S1)", "D-IV"], "S1/D4"),
        ("education", ["Tidak tamat SD", "belum sekolah"], "Tidak tamat SD"),
        ("occupation", ["PNS", "ASN", "Pegawai Negeri Sipil", "PNS/ASN"], "PNS/ASN"),
        ("occupation", ["Wiraswasta", "Pedagang", "wirausaha"], "Wirausaha"),
        ("occupation", ["Pegawai Swasta", "SWASTA", "karyawan swasta"], "Swasta"),
        ("occupation", ["TNI/POLRI", "TNI / Polri"], "TNI/POLRI"),
        (
            "occupation",
            ["Ibu Rumah Tangga", "IRT", "ibu_rumahtangga"],
            "Ibu rumah tangga",
        ),
        ("occupation", ["Mahasiswa", "Pelajar/Mahasiswa"], "Pelajar/Mahasiswa"),
        ("occupation", ["Petani", "Pensiunan PNS", "lainnya: nelayan"], "Lainnya"),
        ("sex", ["laki_laki", "laki laki"], "Laki-laki"),
        ("sex", ["", "1", "X", "L/P"], ""),
        ("education", ["S2/S3", "kuliah"], ""),
    ],
)
def test_many_spellings_are_one_band(variable, texts, band):
    assert set(band_column(variable, texts).bands) == {band}


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("16", "< 17"),
        ("17", "17–25"),
        ("25", "17–25"),
        ("26", "26–35"),
        ("36", "36–45"),
        ("46", "46–55"),
        ("55", "46–55"),
        ("56", "> 55"),
        ("100", "> 55"),
        ("23 tahun", "17–25"),
        ("23.0", "17–25"),
        ("26-35", "26–35"),
        ("", ""),
    ],
)
def test_ages_fall_in_bands_at_their_bounds(text, band):
    assert read_age(text) == (band, "")


def test_the_word_for_in_is_no_diploma():
    told = band_column("education", ["S1 di Unand", "masih kuliah di Padang", "D I"])
    assert told.bands.tolist() == ["S1/D4", "", "Diploma"]


@pytest.mark.parametrize("text", ["-41", "352", "1121212", "9", "101", "9" * 5000])
def test_an_impossible_age_is_emptied_not_mended(text):
    assert read_age(text) == ("", "implausible")


def test_what_was_emptied_is_counted():
    banded = band_column("age", ["-41", "352", "1?", "30", ""])
    assert dict(banded.changes) == {"implausible": 2, "unreadable": 1}


def test_spellings_of_a_service_are_one_and_the_commonest_names_it():
    texts = pd.Series(["KTP", "ktp", "KTP", "Akta", "akta ", "", "KK"], dtype="str")
    assert group_services(texts).tolist() == [
        "KTP", "KTP", "KTP", "Akta", "Akta", "", "Lainnya",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "0812 3456 7890",
        "siti@contoh.id",
        "3201012345678901",
        "KTP 3201012345678901",
        "B 1234 XYZ",
        "Jl. Melati No. 5 RT 03/RW 07",
        "=HYPERLINK(1)",
        "<b>KTP</b>",
        "x" * 61,
    ],
)
def test_what_could_be_a_persons_data_is_never_a_category(text):
    assert (
        group_services(pd.Series([text] * 5, dtype="str")).tolist() == ["Lainnya"] * 5
    )


def test_services_that_a_form_names_are_told_with_spaces():
    texts = pd.Series(["rawat_inap"] * 3 + ["rawat inap"] * 2, dtype="str")
    assert set(group_services(texts)) == {"rawat inap"}


def test_services_are_at_most_eight_with_the_rest_together():
    texts = pd.Series([f"Layanan {c}" for c in "ABCDEFGHIJ" for _ in range(3)])
    grouped = group_services(texts.astype("str"))
    assert grouped.nunique() == 8
    assert (grouped == "Lainnya").sum() == 9
