"""Words that stay on one line."""

import pytest

from skm_analysis.report import nodes
from skm_analysis.report.binding import bound, closed
from skm_analysis.report.elements import Number
from skm_analysis.report.marks import number_node


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pada 1 Januari sampai", "pada 1~Januari sampai"),
        ("31 Desember, lalu", "31~Desember, lalu"),
        ("3 = Sesuai", "3~=~Sesuai"),
        ("Kejelasan Informasi *", "Kejelasan Informasi~*"),
        ("TW II 2022", "TW~II 2022"),
        ("2021 Januari", "2021 Januari"),
        ("tiga unsur saja", "tiga unsur saja"),
    ],
)
def test_a_day_keeps_its_month_and_a_score_its_meaning(text: str, told: str):
    made = bound([nodes.para(nodes.words(text))])
    assert nodes.text(made) == told.replace("~", "\u00a0")


def test_what_a_number_shows_is_not_touched():
    number = Number("city..hari", "1 Januari", "stated", None, None)
    made = bound([nodes.para([number_node(number), *nodes.words(" *")])])
    assert nodes.text(made).startswith("1 Januari")


def test_a_caption_does_not_end_in_one_short_word():
    assert nodes.text(closed(nodes.words("selang kepercayaan 95%"))) == (
        "selang kepercayaan\u00a095%"
    )
    assert nodes.text(closed(nodes.words("menurut cara menghitung"))) == (
        "menurut cara menghitung"
    )
