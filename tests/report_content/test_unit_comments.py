"""What a chapter tells of comments, and what it keeps back."""

from skm_analysis.report import unit_comments
from skm_analysis.report.elements import (
    Absent,
    Bullets,
    Paragraph,
    Table,
    flatten,
    plain,
)
from skm_analysis.responses.storing import Paraphrase


def pieces(page):
    return flatten([unit_comments.comments(page)])


def rows_of(row, themes, n_comments=None, reviewed=0, n=262, hidden=()):
    many = sum(themes.values()) if n_comments is None else n_comments
    few = ("suppressed",) if 0 < many < 10 else ()
    yield row("n_accepted", float(n))
    yield row("ikm", 90.0)
    yield row("n_comments", float(many), flags=few)
    yield row("n_comments_reviewed", float(reviewed), flags=few)
    for theme, count in themes.items():
        flags = ("suppressed",) if theme in hidden or few else ()
        yield row("theme", float(count), category=theme, n=many, flags=flags)


def told(page):
    return [plain(x.text) for x in pieces(page) if isinstance(x, Paragraph)]


def test_themes_stand_in_a_table_the_commonest_first(row, unit_page):
    page = unit_page(*rows_of(row, {"waktu": 12, "sarana": 30}))
    (table,) = [x for x in pieces(page) if isinstance(x, Table)]
    assert [tuple(map(plain, line)) for line in table.rows] == [
        ("Sarana dan prasarana", "30"),
        ("Waktu penyelesaian", "12"),
    ]
    assert told(page) == [
        "Saran dan masukan ditulis oleh 42 responden. Yang menulis tidak mewakili "
        "semua responden, sehingga banyaknya tidak menyatakan seberapa luas suatu "
        "pendapat. Temanya adalah usulan program dari kata-kata kunci, belum ditinjau."
    ]


def test_small_themes_stand_together(row, unit_page):
    themes = {"waktu": 4, "biaya": 7, "sarana": 30}
    page = unit_page(*rows_of(row, themes, hidden=("waktu", "biaya")))
    (table,) = [x for x in pieces(page) if isinstance(x, Table)]
    assert tuple(map(plain, table.rows[-1])) == (
        "Gabungan: Waktu penyelesaian, Biaya",
        "11",
    )
    assert plain(table.notes[0]) == "Tema dengan sedikit komentar digabung."


def test_what_people_decided_is_told_apart_from_what_the_program_proposes(
    row, unit_page
):
    study = {"partner": "LPPM"}
    part = unit_page(*rows_of(row, {"sarana": 30}, reviewed=12), study=study)
    assert (
        "Tema 12 komentar sudah ditinjau oleh LPPM; selebihnya usulan" in told(part)[0]
    )
    whole = unit_page(*rows_of(row, {"sarana": 30}, reviewed=30))
    assert told(whole)[0].endswith("Seluruh temanya sudah ditinjau.")


def test_fewer_than_ten_comments_are_not_counted_out(row, unit_page):
    page = unit_page(*rows_of(row, {"sarana": 4}))
    assert told(page) == [
        "Kurang dari sepuluh responden menulis saran atau masukan. "
        "Temanya tidak dihitung."
    ]
    assert not [x for x in pieces(page) if isinstance(x, Table)]


def test_approved_paraphrases_are_printed_with_their_theme(row, unit_page):
    said = (Paraphrase("sarana", "Kursi diminta ditambah."),)
    page = unit_page(*rows_of(row, {"sarana": 30}), paraphrases=said)
    (bullets,) = [x for x in pieces(page) if isinstance(x, Bullets)]
    assert [plain(each) for each in bullets.items] == [
        "Sarana dan prasarana: Kursi diminta ditambah."
    ]
    assert "disetujui untuk dicetak" in told(page)[1]


def test_where_nothing_was_asked_or_written_there_is_no_section(row, unit_page):
    unasked = unit_page(row("n_accepted", 262.0), row("ikm", 90.0))
    assert isinstance(unit_comments.comments(unasked), Absent)
    silent = unit_page(*rows_of(row, {}))
    assert isinstance(unit_comments.comments(silent), Absent)


def test_of_a_unit_with_few_respondents_not_even_a_paraphrase_is_printed(
    row, unit_page
):
    said = (Paraphrase("sarana", "Kursi diminta ditambah."),)
    page = unit_page(
        row("n_accepted", 9.0),
        row("ikm", 90.0, flags=("suppressed",)),
        row("n_comments", 9.0, flags=("suppressed",)),
        paraphrases=said,
    )
    assert isinstance(unit_comments.comments(page), Absent)
