"""Against what the annex prints, typed from its table of intervals."""

from decimal import Decimal

import pytest

from skm_analysis.study.regulation import BANDS, CLAUSES, UNSUR

# NIK as printed: lowest and highest index of each grade, worst first.
PRINTED = {
    "permenpanrb-14-2017": """
        D 25,00 64,99 Tidak baik
        C 65,00 76,60 Kurang baik
        B 76,61 88,30 Baik
        A 88,31 100,00 Sangat baik
    """,
    "kepmenpan-25-2004": """
        D 25,00 43,75 Tidak baik
        C 43,76 62,50 Kurang baik
        B 62,51 81,25 Baik
        A 81,26 100,00 Sangat baik
    """,
}


@pytest.mark.parametrize("name", PRINTED)
def test_bands_are_as_printed(name):
    lines = [line.split(maxsplit=3) for line in PRINTED[name].strip().splitlines()]
    printed = [(g, Decimal(low.replace(",", ".")), m) for g, low, _, m in lines]
    assert [tuple(band) for band in reversed(BANDS[name])] == printed


def test_every_set_of_bands_has_its_clause_and_the_unsure_one_says_so():
    assert CLAUSES.keys() == BANDS.keys()
    assert not CLAUSES["permenpanrb-16-2014"].confirmed
    assert "perlu dikonfirmasi" in CLAUSES["permenpanrb-16-2014"].note


def test_the_nine_unsur_stand_in_the_order_of_the_questionnaire():
    assert " ".join(UNSUR) == (
        "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan"
    )
