"""The web page as a browser shows it: sorted, filtered, printed, read aloud."""

import axe
import pytest
from chromium import Page, browser, chromium

from skm_analysis.report import webpage
from skm_analysis.report.chapter import Chapter
from skm_analysis.report.document import Document, assemble
from skm_analysis.report.elements import Column, Prose, Table

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed"),
]

ROWS = (
    ("Ali", "98,5", "9 dari 10"),
    ("Éva", "–", "12 dari 20"),
    ("Budi", "1.234,25", ""),
    ("Cici", "−3", "2 dari 9"),
    ("Jumlah", "1.329,75", ""),
)
NAMES = "main table[id$=angka] tbody tr td:first-child"
VISIBLE = (
    "[...document.querySelectorAll({!r})].filter(each => each.offsetParent)"
    ".map(each => each.innerText)"
)


def _table() -> Table:
    rows = tuple(tuple((cell,) for cell in row) for row in ROWS)
    columns = Column("Nama"), Column("Nilai", "right"), Column("Banyak", "right")
    return Table("angka", ("Beberapa angka",), columns, rows, emphasised=(4,))


@pytest.fixture
def tabled(document: Document) -> Document:
    chapter = Chapter("hasil", (Prose("# Hasil\n\nUraian."), _table()))
    return assemble(document.study, [chapter], document.estimates)


@pytest.fixture
def shown(tmp_path):
    with browser() as page:

        def show(document: Document) -> Page:
            path = tmp_path / "laporan.html"
            path.write_bytes(webpage.render(document))
            page.open(path.as_uri())
            return page

        yield show
        assert page.said == []


def click(page: Page, header: str) -> None:
    page.evaluate(
        f"[...document.querySelectorAll('th .urut')]"
        f".find(b => b.innerText.trim() === {header!r}).focus()"
    )
    page.press("Enter", "\r")


def visible(page: Page, selector: str) -> list[str]:
    return page.evaluate(VISIBLE.format(selector))


def test_a_table_is_sorted_by_its_numbers_and_its_total_stays_below(shown, tabled):
    page = shown(tabled)
    as_printed = ["Ali", "Éva", "Budi", "Cici", "Jumlah"]
    assert visible(page, NAMES) == as_printed
    click(page, "Nilai")
    assert visible(page, NAMES) == ["Cici", "Ali", "Budi", "Éva", "Jumlah"]
    assert page.evaluate("document.querySelector('[aria-sort]').innerText") == "Nilai"
    click(page, "Nilai")
    assert visible(page, NAMES) == ["Budi", "Ali", "Cici", "Éva", "Jumlah"]
    click(page, "Banyak")
    assert visible(page, NAMES) == ["Cici", "Ali", "Éva", "Budi", "Jumlah"]
    assert page.evaluate("document.querySelectorAll('[aria-sort]').length") == 1
    click(page, "Nama")
    assert visible(page, NAMES) == ["Ali", "Budi", "Cici", "Éva", "Jumlah"]
    click(page, "Nama")
    click(page, "Nama")
    assert visible(page, NAMES) == as_printed


def test_a_unit_is_found_by_a_part_of_its_name(shown, document):
    page = shown(document)
    units = visible(page, "tr[data-unit] td:first-child")
    assert len(units) == 3
    page.evaluate("document.querySelector('.saring input').focus()")
    page.write("gunung PUSK")
    assert visible(page, "tr[data-unit] td:first-child") == ["Puskesmas Gunung"]
    (heading,) = visible(page, "h2[data-unit]")
    assert heading.endswith("Puskesmas Gunung")
    contents = " ".join(visible(page, ".isi-samping a"))
    assert "Puskesmas Gunung" in contents
    assert "Dukcapil" not in contents
    (told,) = visible(page, ".saring p")
    assert told.startswith("1 dari 3 unit ditampilkan;")
    assert "Grafik Dukcapil" not in " ".join(visible(page, "figcaption"))
    page.press("Tab")
    page.press("Enter", "\r")
    assert visible(page, "tr[data-unit] td:first-child") == units
    assert visible(page, ".saring p") == []


def test_a_name_that_no_unit_has_hides_nothing(shown, document):
    page = shown(document)
    everything = page.evaluate("document.querySelector('main').innerText")
    page.evaluate("document.querySelector('.saring input').focus()")
    page.write("kecamatan")
    assert visible(page, ".saring p")[0].startswith("Tidak ada unit")
    assert page.evaluate("document.querySelector('main').innerText") == everything


def test_a_link_leads_to_what_was_filtered_away(shown, document):
    page = shown(document)
    page.evaluate("document.querySelector('.saring input').focus()")
    page.write("dukcapil")
    page.evaluate("location.hash = '#unit-u0-nilai'")
    page.wait("document.querySelector('.saring input').value === ''")
    assert len(visible(page, "h2[data-unit]")) == 3


def test_all_is_printed_whatever_was_asked(shown, document):
    page = shown(document)
    page.evaluate("document.querySelector('.saring input').focus()")
    page.write("dukcapil")
    page.send("Emulation.setEmulatedMedia", media="print")
    assert len(visible(page, "h2[data-unit]")) == 3
    assert visible(page, "tr[data-unit] td:first-child")[:2] == [
        *("Kelurahan Ngalau", "Puskesmas Gunung")
    ]
    assert visible(page, ".saring") == []


def test_without_a_script_the_page_is_whole(shown, document, tmp_path):
    page = shown(document)
    made = page.evaluate("document.querySelector('main').innerText")
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    page.open((tmp_path / "laporan.html").as_uri() + "?lagi")
    assert page.evaluate("document.querySelector('main').innerText") == made
    assert page.evaluate("document.querySelectorAll('button, input').length") == 0


@pytest.mark.skipif(bool(axe.missing()), reason=f"{axe.missing()} is not installed")
def test_axe_finds_nothing_serious_and_would(document: Document, tmp_path):
    path = tmp_path / "laporan.html"
    page = webpage.render(document)
    path.write_bytes(page)
    assert axe.judge(path) == []
    more = b'<img src="data:,"><script src=x></script></main>'
    spoilt = page.replace(b"</main>", more)
    path.write_bytes(spoilt.replace(b"--tinta: #1c2733", b"--tinta: #e0e0e0"))
    told = "\n".join(axe.judge(path))
    for fault in ("image-alt", "color-contrast", "konsol: ", "360 px", "1440 px"):
        assert fault in told
