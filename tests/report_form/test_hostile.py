"""Text that would like to be markup, a formula or a file name stays text."""

import io
import json
import re
import unicodedata
import zipfile
from importlib import resources
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from skm_analysis.report import docx, html, nodes, pdf, webpage, workbook
from skm_analysis.report.elements import Column, Paragraph, Prose, Table

SHARED = Path(__file__).parents[2].parent / "shared"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "svg", "math", "link"}

SOME = (
    '=HYPERLINK("http://127.0.0.1:9/","klik")',
    "- satu\n- dua",
    '"><script>MARK1()</script>',
    "![x](/etc/passwd)",
    '`x`{=openxml} #read("/etc/passwd")',
    "= Judul *tebal* _miring_ <label> @ref $ x^2 $ // /* tak tertutup",
    'C:\\Windows\\"x" \\#{}[]',
    "a\x00b\x85\ud800\u202ec",
    "Dinas 中文 👍🏽",
    "x" * 300,
)


def collected() -> tuple[str, ...]:
    path = SHARED / "hostile" / "hostile_inputs.json"
    if not path.exists():
        pytest.skip("the collection of hostile inputs is not beside the project")
    found = json.loads(path.read_text(encoding="utf-8"))["inputs"]
    kinds = ("unit_name", "text_cell")
    values = (each.get("value") for each in found if each["kind"] in kinds)
    return tuple(each for each in values if isinstance(each, str))


@pytest.fixture(params=["some", "collected"])
def names(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return SOME if request.param == "some" else collected()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", nodes.clean(text)).strip()


def without_our_script(page: lxml_html.HtmlElement) -> None:
    own = resources.files("skm_analysis.report") / "assets" / "webpage.js"
    (script,) = page.xpath("/html/body/script[last()]")
    assert script.text == own.read_text(encoding="utf-8").strip()
    script.drop_tree()


def test_the_web_page_holds_it_as_text_only(make, names: tuple[str, ...]):
    page = lxml_html.document_fromstring(
        webpage.render(make(names)).decode(),
        parser=lxml_html.HTMLParser(huge_tree=True),
    )
    without_our_script(page)
    assert not {each.tag for each in page.iter()} & ACTIVE
    assert not [n for each in page.iter() for n in each.attrib if n.startswith("on")]
    links = [each.get("href") for each in page.iter("a")]
    assert all(link.startswith("#") for link in links)
    told = [squeezed(each.text_content()) for each in page.xpath("//main//h2")]
    for place, name in enumerate(names, 1):
        assert f"4.{place} {squeezed(name)}".strip() in told


def test_word_holds_it_as_text_only(make, names: tuple[str, ...]):
    with zipfile.ZipFile(io.BytesIO(docx.render(make(names)))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        relations = archive.read("word/_rels/document.xml.rels").decode()
        media = [each for each in archive.namelist() if each.startswith("word/media")]
    assert 'TargetMode="External"' not in relations
    assert len(media) == 1  # our own picture, the same for every unit
    fields = {each.text.split()[0] for each in body.iter(f"{W}instrText")}
    assert fields <= {"SEQ", "REF", "PAGEREF", "TOC"}
    text = squeezed("".join(body.itertext(f"{W}t")))
    for name in names:
        assert squeezed(name) in text


def test_the_pdf_holds_it_as_text_only(make):
    data, _ = pdf.render(make(SOME))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for name in SOME[:-1]:
        wanted = unicodedata.normalize("NFKC", pdf.drawn(nodes.clean(name)))
        assert re.sub(r"\s+", "", wanted) in plain
    assert "root:" not in plain


@pytest.mark.slow
def test_the_pdf_is_made_whatever_the_names(make):
    data, _ = pdf.render(make(collected()))
    assert data.startswith(b"%PDF")


def test_the_workbook_has_no_formula_and_no_outer_link(make, names: tuple[str, ...]):
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(make(names))))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    links = [
        cell.hyperlink.target
        for sheet in book
        for row in sheet
        for cell in row
        if cell.hyperlink
    ]
    assert not any(links)  # only places within the workbook


def test_pieces_in_jupyterlab_hold_it_as_text_only():
    for text in SOME:
        table = Table("t", (text,), (Column(text),), (((text,),),), notes=((text,),))
        for piece in (Paragraph(text, (text,)), table, Prose(text)):
            found = lxml_html.fragment_fromstring(html.piece(piece), create_parent=True)
            tags = {each.tag for each in found.iter()}
            assert not tags & ACTIVE
            if not isinstance(piece, Prose):
                assert "img" not in tags
                assert squeezed(text) in squeezed(found.text_content())


def test_a_title_can_not_leave_its_place(make):
    title = '</title><script>x</script> #read("/etc/passwd") $title$ "x" \\'
    document = make(title=title)
    page = lxml_html.document_fromstring(webpage.render(document).decode())
    assert page.findtext(".//title").startswith("</title><script>")
    without_our_script(page)
    assert not list(page.iter("script"))
    data, _ = pdf.render(document)
    cover = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert '#read("/etc/passwd")$title$' in re.sub(r"\s+", "", cover)
