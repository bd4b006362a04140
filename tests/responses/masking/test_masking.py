"""What the masks hide, what they leave, and that no text keeps them busy."""

import json
import re
import time
from pathlib import Path

import held_out
import pytest
import recall
import sentences
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.responses.masking import Kind, mask, masked_kinds, plain_letters

PAGE = Path(__file__).parents[3] / "docs" / "komentar.md"
SEEN = recall.recall(sentences.remarks())


def test_the_list_is_as_long_as_promised():
    assert len(sentences.remarks()) >= 500
    assert len(set(sentences.HARMLESS)) >= 100


@pytest.mark.parametrize("row", SEEN, ids=[row.kind for row in SEEN])
def test_of_the_remarks_at_hand_nearly_all_are_hidden(row):
    assert row.hidden >= 0.98 * row.of


def test_of_those_kept_back_at_least_three_in_four_are_hidden():
    """The bar is what may be lost without notice; the page tells the number itself."""
    kept_back = [sentences.Remark(*each) for each in held_out.LAST]
    whole = recall.recall(kept_back)[-1]
    assert whole.hidden >= 0.75 * whole.of


def test_what_anybody_may_write_stays_as_it_is():
    assert recall.touched(sentences.HARMLESS) == []
    assert recall.touched(held_out.HARMLESS) == []


def test_the_page_tells_these_very_numbers():
    assert recall.tables() in PAGE.read_text(encoding="utf-8")


def test_a_remark_counts_as_hidden_only_without_any_word_left():
    assert recall.survivors("antre di loket ⟦dua⟧") == ["dua"]
    assert recall.survivors("loket dua, hp ⟦081234567890⟧") == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("NIK 3201012345678901 salah", "NIK [NIK] salah"),
        ("NIP 19870312 201001 2 004", "NIP [NIP]"),
        ("hp +62 812-3456-7890 ya", "hp +[telepon] ya"),
        ("siti.kanari@example.org", "[surel]"),
        ("mobil B 1234 XYZ", "mobil [pelat]"),
        ("di Jl. Melati No. 5 RT 03/RW 07 gelap", "di [alamat] gelap"),
        ("lahir 17-08-1990", "lahir [tanggal]"),
        ("lihat https://example.org/a b", "lihat [tautan] b"),
        ("Petugas Siti Kanari ramah", "Petugas [nama] ramah"),
        (
            "Pak Budi loket 2 minta uang Rp50.000",
            "Pak [nama] loket 2 minta uang Rp50.000",
        ),
        ("kode 12345", "kode [nomor]"),
    ],
)
def test_each_kind_has_its_mask(text, masked):
    assert mask(text) == masked


def test_words_of_the_units_names_are_no_names_of_people():
    text = "kantor Silaing Bawah ramai sekali"
    assert mask(text) == "kantor [nama] ramai sekali"
    assert mask(text, frozenset({"silaing", "bawah"})) == text


def test_the_hostile_list_is_masked(shared):
    listed = json.loads((shared / "hostile" / "hostile_inputs.json").read_text())
    personal = [x for x in listed["inputs"] if x["expect"] == "mask" and "value" in x]
    assert len(personal) >= 10
    for each in personal:
        assert masked_kinds(each["value"]), each["id"]


@given(st.text(st.sampled_from("0123456789 .-/()+,Rrpjam:xO\u200b٣３"), max_size=60))
def test_no_five_digits_in_a_row_are_ever_left(text):
    assert not re.search(r"\d{5}", mask(text))


@given(st.text(max_size=200))
def test_any_text_is_masked_to_one_line(text):
    masked = mask(text)
    assert masked == " ".join(masked.split())


@given(st.text(st.sampled_from("siti@gmail.com 08BA jl no pak [Kx"), max_size=80))
def test_a_masked_text_holds_no_more_to_mask_than_names_and_links(text):
    """What stands around a mask can look like a name; never again like a number."""
    again = masked_kinds(mask(text))
    assert again <= {Kind.NAME, Kind.LINK, Kind.ADDRESS, Kind.MAIL, Kind.PLATE}


HOSTILE = (
    *("0", "O", "a.", "08 ", "a@", "B A ", "jalan ", "Pak ", "nol", "(at)", "1.000"),
    *("a-", "Pak Ab ", "lahir 1 ", "rt ", "a at b dot ", "x x 1 ", "ig aku ", "www."),
    *("nama saya ", "a_", "jl a ", "BA 1 ", "é", "\u0301", "[(", "@", "nol-", "Ab Cd "),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_keeps_the_masks_busy(piece):
    """Twice the text takes about twice the time, however it is made up."""
    text = piece * (8000 // len(piece))
    start = time.perf_counter()
    mask(text)
    assert time.perf_counter() - start < 2.0


def test_plain_letters_take_disguises_off():
    assert plain_letters("０８1\u200b2 ٣\n④  b") == "0812 3 4 b"
