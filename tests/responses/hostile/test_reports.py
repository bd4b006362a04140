"""Hostile texts where a report prints them: as a paraphrase, as a unit's name.

All stand in one document; each format is made once and read by other software.
"""

import io
import re
import unicodedata
import zipfile

import hostile_entries
import openpyxl
import pytest
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from skm_analysis.estimates.rows import Estimates
from skm_analysis.report import docx, nodes, pdf, webpage, workbook
from skm_analysis.report.chapter import Chapter
from skm_analysis.report.document import assemble
from skm_analysis.report.elements import (
    Bullets,
    Column,
    Heading,
    Paragraph,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "svg", "math", "link"}
ACTIVE |= {"style", "meta", "img", "details"}
LONGEST = 400  # characters of what a person can have printed, with room to spare
# What the report shows of signs that are none; all else is shown as it was typed.
SHOWN = {
    "uni-rlo": "gpj.nakitupek",
    "uni-lri": "abc",
    "uni-zwsp": "puas",
    "uni-zwj": "ab",
    "uni-bom-mid": "ab",
    "uni-c1": "a b",
    "uni-lone-high": "a\ufffdb",
    "uni-nonchar": "a\ufffd\ufffdb",
    "uni-ls-ps": "a b c",
    "uni-mojibake": "puas banget â€œokâ€",
    "own-uni-rlo": "pelayanan kiab",
    "own-uni-zwsp": "ramah",
    "own-uni-control": "antre lama",
    "own-html-escape": "[31mmerah[0m",
    "own-unit-zw": "Kantor Camat",
    "html-22": "]8;;javascript:MARK1()x]8;;",
    "formula-16": "=1+1",
    "unit-zw": "Dinas Kesehatan",
    "unit-nul": "ab",
    "pii-nik-zwsp": "3201012345678901",
}
PRINTED = [
    param
    for kind in ("text_cell", "unit_name")
    for param in hostile_entries.entries(kind)
    if param.values[0] is None or len(param.values[0].value) <= LONGEST
]
printed = pytest.mark.parametrize("entry", PRINTED)


def shown(entry):
    return SHOWN.get(entry.id, squeezed(entry.value))


def squeezed(text):
    """The report may keep the last two words of a line together."""
    return re.sub(r"[ \t\r\n\xa0]+", " ", text).strip()


@pytest.fixture(scope="session")
def document(make_survey, tmp_path_factory):
    """Every text in a heading, a sentence, a list, a header, a cell and a caption."""
    found = [param.values[0] for param in PRINTED if param.values[0] is not None]
    pieces = [Heading(1, ("Unit",))]
    for place, entry in enumerate(found):
        said = entry.value
        pieces += [
            Heading(2, (f"{entry.id}: ", said)),
            Paragraph(f"p{place}", (f"{entry.id}: ", said)),
            Bullets(f"b{place}", ((f"{entry.id}: {said}",),)),
            Table(
                f"t{place}",
                (f"{entry.id}: {said}",),
                (Column("Kode"), Column(said)),
                (((entry.id,), (said,)),),
                notes=((said,),),
            ),
        ]
    study = make_survey(tmp_path_factory.mktemp("report")).study
    return assemble(study, [Chapter("unit-ngalau", tuple(pieces))], Estimates([]))


def test_the_document_holds_words_and_spaces_only(document):
    """No link, image, raw block or formula was made of any text."""
    kinds = {node["t"] for node in nodes.every(list(document.chapters["unit-ngalau"]))}
    assert kinds == {
        *("Header", "Para", "Plain", "BulletList", "Table", "Div"),
        *("Str", "Space", "AlignDefault", "AlignLeft", "ColWidth"),
    }


@pytest.fixture(scope="session")
def page(document):
    return lxml_html.document_fromstring(webpage.render(document).decode())


@pytest.fixture(scope="session")
def web_rows(page):
    """Id of the entry -> the cell, sentence, list item and heading that hold it."""
    found = {}
    for row in page.xpath("//main//tr[td or th]"):
        cells = row.xpath("./td|./th")
        if len(cells) == 2 and cells[0].text_content() != "Kode":
            found[squeezed(cells[0].text_content())] = [cells[1]]
    for each in page.xpath("//main//p | //main//li | //main//h3"):
        name, _, rest = squeezed(each.text_content()).partition(":")
        name = name.split(" ")[-1]
        if name in found:
            found[name].append((each, squeezed(rest)))
    return found


def test_the_web_page_does_nothing_of_what_a_text_says(page):
    main = page.xpath("//main")[0]
    assert not {each.tag for each in main.iter()} & ACTIVE
    names = [name for each in page.iter() for name in each.attrib]
    assert not [name for name in names if name.lower().startswith("on")]
    targets = [each.get(key) for each in main.iter() for key in ("href", "src")]
    assert all(target.startswith("#") for target in targets if target)


@printed
def test_the_web_page_shows_each_sign(entry, web_rows):
    cell, *others = web_rows[entry.id]
    assert squeezed(cell.text_content()) == shown(entry)
    assert not [*cell.iterdescendants()] or {x.tag for x in cell.iter()} <= {"td", "p"}
    assert len(others) >= 3
    assert {rest for _, rest in others} == {shown(entry)}


@pytest.fixture(scope="session")
def word(document):
    with zipfile.ZipFile(io.BytesIO(docx.render(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def word_rows(word):
    body = etree.fromstring(word["word/document.xml"])
    found = {}
    for row in body.iter(f"{W}tr"):
        cells = ["".join(x.itertext(f"{W}t")) for x in row.iter(f"{W}tc")]
        if len(cells) == 2:
            found[cells[0]] = squeezed(cells[1])
    return found


@printed
def test_word_shows_each_sign(entry, word_rows):
    assert word_rows[entry.id] == shown(entry)


def test_word_does_nothing_of_what_a_text_says(word):
    body = etree.fromstring(word["word/document.xml"])
    fields = {each.text.split()[0] for each in body.iter(f"{W}instrText")}
    assert fields <= {"SEQ", "REF", "PAGEREF", "TOC"}
    assert not [*body.iter(f"{W}fldSimple")]
    assert not [name for name in word if name.startswith("word/media")]
    for name, data in word.items():
        assert b"root:" not in data, name
        assert b'TargetMode="External"' not in data, name


@pytest.fixture(scope="session")
def book(document):
    return openpyxl.load_workbook(io.BytesIO(workbook.render(document)))


@pytest.fixture(scope="session")
def book_cells(book):
    """Id of the entry -> its cell, and the header above."""
    found = {}
    for sheet in book:
        for row in sheet.iter_rows():
            if row[0].value and len(row) > 1 and row[0].value != "Kode":
                above = sheet.cell(row[0].row - 1, 2) if row[0].row > 1 else None
                found[row[0].value] = (row[1], above)
    return found


@printed
def test_the_workbook_shows_each_text_and_works_none_out(entry, book_cells):
    for cell in book_cells[entry.id]:
        assert squeezed(cell.value or "") == shown(entry)
        assert cell.data_type in "sn"
        worked_out = re.match(r"[\s\xa0]*[=+\-@＝＋－＠]", cell.value or "")
        assert cell.quotePrefix or not worked_out


def test_no_cell_of_the_workbook_is_a_formula_or_leads_out(book):
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [x for x in cells if x.hyperlink and x.hyperlink.target]


@pytest.fixture(scope="session")
def paper(document):
    data, _ = pdf.render(document)
    reader = PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in reader.pages)
    links = [
        str(note.get_object().get("/A", {}))
        for page in reader.pages
        for note in page.get("/Annots", [])
    ]
    return squeezed_out(text), links


def squeezed_out(text):
    """Letters alone: where a line breaks, and what font joins, is the page's affair."""
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\s\u00ad\u2010\ufe0f-]|[\u0300-\u036f]", "", plain)


@printed
def test_the_paper_shows_each_text(entry, paper):
    text, _ = paper
    wanted = re.escape(squeezed_out(pdf.drawn(shown(entry)).replace("\u200d", "")))
    if entry.id == "uni-zalgo":
        wanted = "p+up?as"  # a heap of accents is told once for each of them
    found = re.findall(f"{re.escape(entry.id)}:{wanted}".replace(r"\-", ""), text)
    assert len(found) >= 3  # heading, sentence, list, caption


def test_the_paper_reads_no_file_and_leads_nowhere(paper):
    text, links = paper
    assert "root:" not in text
    assert not [link for link in links if "/URI" in link or "/Launch" in link]
    assert "\u202e" not in text
