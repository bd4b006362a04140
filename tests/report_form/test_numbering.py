import pytest

from skm_analysis.errors import SkmError
from skm_analysis.report.chapter import Chapter
from skm_analysis.report.document import Document, assemble, edition
from skm_analysis.report.elements import (
    Column,
    Heading,
    Paragraph,
    Prose,
    Reference,
    Table,
)


def labels(document: Document) -> dict[str, str]:
    return {entry.anchor: entry.label for entry in document.entries}


def test_chapters_sections_tables_and_figures_have_one_numbering(document: Document):
    found = labels(document)
    assert found["pendahuluan"] == "Bab I"
    assert found["method-results"] == "2.1"
    assert found["hasil"] == "Bab III"
    assert (found["unit-u0"], found["unit-u2"]) == ("4.1", "4.3")
    assert found["unit-u1-nilai"] == "Tabel 2"
    assert found["unit-u2-grafik"] == "Gambar 3"
    assert found["perbandingan-lebar"] == "Tabel 4"
    assert found["membaca-selang"] == "Lampiran 1"
    assert found["daftar-istilah"] == "Lampiran 2"
    assert found["daftar-pustaka"] == ""


def test_a_chapter_alone_is_numbered_from_one(document: Document):
    alone = edition(document, "unit-u1")
    found = labels(alone)
    assert found["unit-u1"] == ""
    assert found["unit-u1-seberapa-puas-pengguna-layanan"] == "1"
    assert found["unit-u1-nilai"] == "Tabel 1"
    assert set(alone.tables) == {"unit-u1-nilai"}


def built(document: Document, *pieces) -> Document:
    chapter = Chapter("hasil", (Heading(1, ("Hasil",)), *pieces))
    return assemble(document.study, [chapter], document.estimates)


def test_a_reference_without_target_is_an_error(document: Document):
    with pytest.raises(SkmError, match="rujukan ke 'tidak-ada'"):
        built(document, Paragraph("p", ("Lihat ", Reference("tidak-ada"))))


def test_an_anchor_may_be_given_once(document: Document):
    table = Table("sama", ("T",), (Column("a"),), ())
    with pytest.raises(SkmError, match="'hasil-sama' dipakai dua kali"):
        built(document, table, table)


def test_two_sections_with_the_same_words_are_told_apart(document: Document):
    made = built(document, Prose("## Catatan"), Prose("## Catatan"))
    assert {"hasil-catatan", "hasil-catatan-2"} <= labels(made).keys()


def test_no_level_is_skipped(document: Document):
    made = built(document, Prose("### Terlalu dalam"), Prose("#### Lebih dalam"))
    levels = {entry.anchor: entry.level for entry in made.entries}
    assert levels["hasil-terlalu-dalam"] == 2
    assert levels["hasil-lebih-dalam"] == 3


def test_an_unknown_chapter_is_refused(document: Document):
    chapter = Chapter("hasill", (Heading(1, ("x",)),))
    with pytest.raises(SkmError, match="hasill"):
        assemble(document.study, [chapter], document.estimates)


def test_wide_tables_in_a_row_share_their_landscape_page_with_their_heading(
    document: Document,
):
    def wide(anchor: str) -> Table:
        return Table(anchor, ("T",), (Column("a"),), (), landscape=True)

    made = built(document, Prose("## Satu"), wide("satu"), Prose("## Dua"), wide("dua"))
    turned = [
        block
        for block in made.blocks
        if block["t"] == "Div" and "mendatar" in block["c"][0][1]
    ]
    (page,) = turned
    kinds = [block["t"] for block in page["c"][1]]
    assert kinds == ["Header", "Header", "Div", "Header", "Div"]
