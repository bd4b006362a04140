"""Ten unlike worksheets, and rows that only look like their footers.

Every expectation is read off the grid by hand.
"""

import pytest

from skm_analysis.responses.footer_labels import Footer, opens_legend, read_label
from skm_analysis.responses.footers import find_footers
from skm_analysis.responses.headers import find_header
from skm_analysis.responses.office_results import decimal_text

ITEMS = ("U1", "U2", "U3")


def look(text, asked=ITEMS):
    """Rows of `text`, one a line, cells between bars: footers as people would list."""
    grid = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    header = find_header(grid, ITEMS)
    found = find_footers(grid, header, asked)
    read = {row.row: (row.measure, [*row.numbers.values()]) for row in found.results}
    return read, sorted(found.totals), sorted(found.legend)


ANNEX = """\
No. Resp|U1|U2|U3|
1|4|3|4|
2|3|3|4|
3|4|4|4|
Σ Nilai /Unsur|11|10|12|
NRR /Unsur|3,67|3,33|4,00|
NRR tertbg/ unsur|1,22|1,11|1,33|*) 3,67
IKM Unit Pelayanan|||| **) 91,67
|
Keterangan :
- U1 s.d. U3|= Unsur-Unsur pelayanan
- NRR|= Nilai rata-rata
*)|= Jumlah NRR IKM tertimbang
**)|= Jumlah NRR Tertimbang x 25
NRR Per Unsur|= Jumlah nilai per unsur dibagi jumlah kuesioner yang terisi
|Mutu Pelayanan :
|A (Sangat Baik)|: 88,31 - 100,00
|Mengetahui,
|Kepala Dinas
|Budi Santoso
|NIP 19700101 199503 1 001
"""


def test_the_annex_of_the_regulation_with_its_legend_and_who_signed():
    read, totals, legend = look(ANNEX)
    assert read == {
        5: ("sum", ["11", "10", "12"]),
        6: ("nrr", ["3,67", "3,33", "4,00"]),
        7: ("nrr_weighted", ["1,22", "1,11", "1,33", "3,67"]),
        8: ("ikm", ["91,67"]),
    }
    assert totals == [5, 6, 7, 8]
    assert legend == [*range(10, 22)]


WORKSHEETS = {
    "labels in a second column, a blank line between": (
        "No|Nama|U1|U2|U3\n1|Ani|4|3|4\n2|Budi|3|3|4\n\n"
        "|Jumlah|7|6|8\n|Rata-rata|3.5|3|4\n",
        {5: ("sum", ["7", "6", "8"]), 6: ("nrr", ["3.5", "3", "4"])},
        [],
    ),
    "values of formulas as they were kept": (
        "No|U1|U2|U3\n1|4|3|4\n2|3|3|4\n3|3|3|3\n"
        "NILAI RATA-RATA|3.3333333333333335|3|3.6666666666666665\nNILAI IKM|83.25\n",
        {
            5: ("nrr", ["3.3333333333333335", "3", "3.6666666666666665"]),
            6: ("ikm", ["83.25"]),
        },
        [],
    ),
    "the result above the respondents and above the header": (
        "IKM Unit Pelayanan : 91,67\nJumlah responden|3\nNo|U1|U2|U3\n"
        "Rata-rata|3,67|3,33|4,00\n1|4|3|4\n2|3|3|4\n3|4|4|4\n",
        {
            1: ("ikm", ["91,67"]),
            2: ("n", ["3"]),
            4: ("nrr", ["3,67", "3,33", "4,00"]),
        },
        [],
    ),
    "a result per page": (
        "No|U1|U2|U3\n1|4|3|4\n2|4|3|4\n3|4|3|4\nJumlah halaman|12|9|12\n"
        "4|3|3|4\n5|3|3|4\n6|4|4|4\nJumlah|10|10|12\nGrand total|22|19|24\n",
        {
            5: ("sum", ["12", "9", "12"]),
            9: ("sum", ["10", "10", "12"]),
            10: ("sum", ["22", "19", "24"]),
        },
        [],
    ),
    "letters for answers": (
        "No|U1|U2|U3\n1|a|b|a\n2|b|b|a\nJumlah|7|6|8\nMutu pelayanan|B\n",
        {4: ("sum", ["7", "6", "8"])},
        [5],
    ),
    "no footer, but a legend and a signature": (
        "No|U1|U2|U3\n1|4|3|4\n2|3|3|4\n"
        "|Padang Panjang, 3 Mei 2021\n|Kepala Dinas\n|Siti Aminah\n|NIP 1\n",
        {},
        [4, 5, 6, 7],
    ),
    "bands with numbers below": (
        "No|U1|U2|U3\n1|4|3|4\n2|3|3|4\nIKM|91,67\n"
        "No|Unsur|NRR\n1|Persyaratan|3,50\n2|Prosedur|3\n",
        {4: ("ikm", ["91,67"])},
        [5, 6, 7],
    ),
    "one respondent": (
        "No|U1|U2|U3\n1|4|3|4\nJumlah|4|3|4\nNRR|4|3|4\n",
        {3: ("sum", ["4", "3", "4"]), 4: ("nrr", ["4", "3", "4"])},
        [],
    ),
    "index and letter beside each other, weights and ranks": (
        "No|U1|U2|U3\n1|4|3|4\n2|3|3|4\nBobot|0,11|0,11|0,11\n"
        "Peringkat|2|3|1\nNilai IKM|91,67|Mutu|A\n",
        {6: ("ikm", ["91,67"])},
        [],
    ),
}


@pytest.mark.parametrize("name", WORKSHEETS)
def test_footers_are_read_and_every_other_row_stays_apart(name):
    text, expected, below = WORKSHEETS[name]
    read, _, legend = look(text)
    assert read == expected
    assert legend == below


RESPONDENTS = {
    "called Total Sari": "No|Nama|U1|U2|U3\n1|Ani|4|3|4\n2|Total Sari|3|3|4\n",
    "called Jumlah, among others": (
        "Nama|U1|U2|U3\nAni|4|3|4\nJumlah|3|3|4\nSiti|4|4|4\n"
    ),
    "called Total, with a profile like others": (
        "Nama|JK|U1|U2|U3\nAni|P|4|3|4\nTotal|P|5|5|5\n"
    ),
    "called Rata Rata, with a profile like others": (
        "Nama|JK|U1|U2|U3\nAni|P|4|3|4\nRata Rata|P|3|3|4\n"
    ),
    "who writes rata-rata behind the answers": (
        "No|U1|U2|U3|Saran\n1|4|3|4|\n2|3|3|4|rata-rata\n"
    ),
    "who answers nothing and writes of the IKM": (
        "No|U1|U2|U3|Saran\n1|4|3|4|\n2||||nilai IKM 80\n"
    ),
    "called An Nisa, who answers nothing": "Nama|U1|U2|U3\nAni|4|3|4\nSiti|||\n",
}


@pytest.mark.parametrize("name", RESPONDENTS)
def test_a_respondent_is_never_taken_for_a_footer(name):
    assert look(RESPONDENTS[name]) == ({}, [], [])


def test_a_respondent_below_a_footer_stays_one():
    text = "No|U1|U2|U3\n1|4|3|4\n2|3|3|4\nJumlah|7|6|8\n3||4|\n4|||\nKeterangan\n"
    assert look(text)[1:] == ([4], [7])


def test_a_mean_under_a_word_that_may_be_a_sum_is_passed_over_unread():
    text = "No|U1|U2|U3\n1|4|3|4\n2|4|3|4\nNilai|4|3|4\n"
    assert look(text) == ({}, [4], [])


def test_a_label_without_numbers_at_the_end_is_no_respondent():
    assert look("No|U1|U2|U3\n1|4|3|4\n2|3|3|4\nJumlah\n") == ({}, [4], [])


@pytest.mark.parametrize(
    ("text", "footer"),
    [
        ("Σ Nilai/Unsur", Footer.SUM),
        ("∑", Footer.SUM),
        ("JML. NILAI PER UNSUR", Footer.SUM),
        ("NRR/Unsur", Footer.NRR),
        ("Nilai Rata-Rata (NRR) per unsur :", Footer.NRR),
        ("NRR tertimbang/Unsur *)", Footer.NRR_WEIGHTED),
        ("NRR x Bobot", Footer.NRR_WEIGHTED),
        ("Jumlah NRR tertimbang x 25", Footer.IKM),
        ("**) IKM UNIT PELAYANAN", Footer.IKM),
        ("Indeks Kepuasan Masyarakat Dinas Sosial", Footer.IKM),
        ("Banyaknya responden", Footer.N),
        ("Mutu Pelayanan", Footer.OTHER),
        ("Nilai Rata2 Unsur", Footer.NRR),
        ("NRR TERTIMBANG (x 0,11)", Footer.NRR_WEIGHTED),
    ],
)
def test_labels_are_told_by_their_words(text, footer):
    label = read_label(text)
    assert label is not None
    assert label.footer is footer


@pytest.mark.parametrize(
    "text", ["Total Sari", "Jumlahwati", "Rata", "Responden", "12", "", "IKMal Fauzi"]
)
def test_names_and_other_words_are_no_labels(text):
    assert read_label(text) is None or text == "Rata"


@pytest.mark.parametrize("text", ["Anita", "Kepalawati", "NIPAH", "1", ""])
def test_names_open_no_legend(text):
    assert not opens_legend(text)


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [
        ("3,06", False, "3.06"),
        ("1.234", True, "1234"),
        ("1.234", False, "1.234"),
        ("1,234.5", False, "1234.5"),
        ("1.234,5", False, "1234.5"),
        ("550.0", True, "550.0"),
    ],
)
def test_decimal_signs_of_both_kinds(text, whole, expected):
    assert decimal_text(text, whole=whole) == expected
