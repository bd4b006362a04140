"""What a slide has no room for makes way sentence by sentence, never within one."""

import pytest

from skm_analysis.report import slide_room
from skm_analysis.report.elements import Column, Number, Table, plain

SENTENCE = "Kalimat ini mempunyai tepat lima puluh tanda, ya.."


@pytest.mark.parametrize(
    ("many", "size", "kept"), [(4, 20, 4), (9, 20, 9), (12, 18, 12), (60, 14, 18)]
)
def test_more_paragraphs_are_written_smaller_and_then_left_out(many, size, kept):
    fitted = slide_room.text([(SENTENCE,)] * many, above=False)
    assert fitted.size == size
    # By hand: 14 points take 0.23 inches a line and 0.125 before it, of 5.2 inches.
    assert abs(len(fitted.lines) - kept) <= 4
    assert (len(fitted.lines) == many) is (many <= 12)


def test_one_long_paragraph_ends_with_a_whole_sentence():
    number = Number("k", "96,13")
    long = [part for _ in range(20) for part in (SENTENCE + " Indeks ", number, ". ")]
    fitted = slide_room.text([tuple(long)], above=True)
    told = plain(fitted.lines[0])
    assert fitted.size == 14
    assert 200 < len(told) <= 680
    assert told.endswith(".")
    assert not told.endswith("Indeks 96,13. ")


def test_a_sentence_that_no_slide_holds_is_kept_rather_than_cut():
    endless = ("kata " * 900,)
    assert slide_room.text([endless], above=True).lines == (endless,)


def test_a_short_title_is_large_and_a_long_one_smaller():
    assert slide_room.title_size(("Target kota",)) == 26
    assert slide_room.title_size(("Judul yang panjang " * 8,)) == 18


def table(*cells: str) -> Table:
    return Table("t", (), (Column("Unit"),), tuple(((cell,),) for cell in cells))


def test_tables_stop_at_eight_rows_and_pass_over_what_takes_half_the_room():
    assert slide_room.fitting(table(*["pendek"] * 12)) == list(range(8))
    assert slide_room.fitting(table("kata " * 400, "pendek")) == [1]
    # By hand: 113 letters a line, five lines, 1.27 inches a row; 3.62 under the header.
    assert slide_room.fitting(table(*["kata " * 100] * 6)) == [0, 1]


def test_small_tables_are_written_larger():
    assert slide_room.table_size(table("a", "b")) == 18
    assert slide_room.table_size(table(*["kata " * 60] * 4)) == 14
