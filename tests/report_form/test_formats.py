"""The finished files, read back by other software than wrote them."""

import base64
import csv
import dataclasses
import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx as python_docx
import openpyxl
import pytest
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from skm_analysis.errors import SkmError
from skm_analysis.estimates.rows import Estimates
from skm_analysis.report import docx, docx_fields, pdf, register, webpage, workbook
from skm_analysis.report.chapter import Chapter
from skm_analysis.report.document import Document, assemble, edition
from skm_analysis.report.elements import Column, Heading, Number, Paragraph, Table
from skm_analysis.study.branding import Logo

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BANNER = "DATA SINTETIS – bukan hasil survei"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def page_of(document: Document) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(webpage.render(document).decode())


def word_of(document: Document, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx.render(document))) as archive:
        return etree.fromstring(archive.read(name))


def pages_of(document: Document) -> list[str]:
    data, _ = pdf.render(document)
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


def html_numbers(page: lxml_html.HtmlElement) -> list[tuple[str, str]]:
    found = page.xpath("//span[@data-key]")
    return [(docx_fields.tag(each.get("data-key")), each.text) for each in found]


def word_numbers(body: etree._Element) -> list[tuple[str, str]]:
    return [
        (each.find(f"{W}sdtPr/{W}tag").get(f"{W}val"), "".join(each.itertext()))
        for each in body.iter(f"{W}sdt")
    ]


def styled(body: etree._Element, style: str) -> list[str]:
    return [
        squeezed("".join(text.text for text in paragraph.iter(f"{W}t")))
        for paragraph in body.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None
    ]


def test_html_and_word_hold_the_same_numbers_in_the_same_order(document: Document):
    numbers = html_numbers(page_of(document))
    assert numbers == word_numbers(word_of(document))
    shown = {
        docx_fields.tag(each.key): each.shown for each in register.collect(document)
    }
    assert dict(numbers) == shown
    assert shown["unit.u0.ikm"] == "95,33"


def test_every_number_of_the_register_stands_in_the_pdf(document: Document):
    text = " ".join(pages_of(document))
    for each in register.collect(document):
        assert each.shown in text, each.key


def test_captions_are_the_same_in_all_formats(document: Document):
    page, body = page_of(document), word_of(document)
    tables = [squeezed(each.text_content()) for each in page.iter("caption")]
    figures = [squeezed(each.text_content()) for each in page.iter("figcaption")]
    assert tables[0] == "Tabel 1 Nilai Kelurahan Ngalau"
    assert styled(body, "TableCaption") == tables
    assert styled(body, "ImageCaption") == figures
    text = " ".join(pages_of(document))
    for caption in tables + figures:
        assert caption in text


def test_headings_are_the_same_in_html_and_word(document: Document):
    page, body = page_of(document), word_of(document)
    told = [squeezed(each.text_content()) for each in page.xpath("//main//h2")]
    assert styled(body, "Heading2") == told
    assert "4.2 Puskesmas Gunung" in told


def test_the_contents_of_the_page_name_every_chapter_and_section(make):
    given = make()
    wide = Table("lebar", ("Lebar",), (Column("n"),), ((("1",),),), landscape=True)
    chapters = [
        Chapter(f"unit-u{place}", (Heading(1, (f"Unit {place}",)), wide))
        for place in range(3)
    ]
    page = page_of(assemble(given.study, chapters, given.estimates))
    titles = page.xpath("//main//h1/@id | //main//h2/@id")
    units = [title for title in titles if title.startswith("unit-")]
    assert units == ["unit-u0", "unit-u1", "unit-u2"]
    assert page.xpath("//nav//a/@href") == [f"#{title}" for title in titles]
    assert len(page.xpath("//div[@class='mendatar']/div[@class='tabel']")) == 3


def test_references_are_resolved_in_all_formats(document: Document):
    sentence = "lihat Bagian 4.1 dan Tabel 1."
    assert sentence in squeezed(page_of(document).text_content())
    assert sentence in squeezed("".join(word_of(document).itertext(f"{W}t")))
    assert sentence in " ".join(pages_of(document))


def test_fields_and_bookmarks_of_word_belong_together(document: Document):
    body = word_of(document)
    told = " ".join(each.text for each in body.iter(f"{W}instrText"))
    marks = [each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")]
    assert len(marks) == len(set(marks))
    wanted = set(re.findall(r"(?:REF|PAGEREF) (_\w+)", told))
    wanted |= {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")} - {None}
    assert wanted
    assert wanted <= set(marks)
    assert told.count("SEQ Tabel") == len(document.tables)
    assert len(re.findall(r"(?<!PAGE)REF _Ref", told)) >= 2 * len(document.study.units)
    assert 'TOC \\h \\z \\c "Gambar"' in told
    settings = word_of(document, "word/settings.xml")
    assert not list(settings.iter(f"{W}updateFields"))
    assert not [each for each in body.iter() if each.get(f"{W}dirty")]


def test_words_lists_are_filled_before_anything_is_updated(document: Document):
    _, pages = pdf.render(document)
    with zipfile.ZipFile(io.BytesIO(docx.render(document, pages=pages))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    lines = styled(body, "TOC1")
    assert f"Bab III Hasil kota{pages['hasil']}" in lines
    tables = styled(body, "TableofFigures")
    assert f"Tabel 1 Nilai Kelurahan Ngalau{pages['unit-u0-nilai']}" in tables


def test_word_repeats_header_rows_and_turns_the_page_for_wide_tables(
    document: Document, tmp_path: Path
):
    docx.write(document, tmp_path / "r.docx")
    word = python_docx.Document(str(tmp_path / "r.docx"))
    for table in word.tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        for row in table.rows[1:]:
            assert row._tr.find(f"{W}trPr/{W}cantSplit") is not None
    shapes = [section.page_width > section.page_height for section in word.sections]
    assert shapes.count(True) == 1
    assert word.core_properties.title == document.title
    assert word.core_properties.created.year == 2021
    for section in word.sections:
        assert section.header.paragraphs[0].text == BANNER


def test_no_table_of_word_leaves_its_header_or_its_notes_alone(make, tmp_path: Path):
    row = (("Loket",), ("1",))
    rows = tuple(row for _ in range(40))
    long = Table("panjang", ("Panjang",), (Column("Unit"), Column("n")), rows)
    pieces = (Heading(1, ("Hasil",)), long)
    given = make()
    made = assemble(given.study, [Chapter("hasil", pieces)], given.estimates)
    docx.write(made, tmp_path / "r.docx")
    (table,) = python_docx.Document(str(tmp_path / "r.docx")).tables
    told = [each.cells[0].paragraphs[0].style.name for each in table.rows]
    assert told[:3] == ["Isi Tabel Terikat"] * 3
    assert told[3:-2] == ["Isi Tabel"] * 36
    assert told[-2:] == ["Isi Tabel Terikat"] * 2


def test_the_cover_says_what_synthetic_data_are(document: Document):
    cover = pages_of(document)[0]
    assert "Survei Kepuasan Masyarakat" in cover
    assert "dibuat oleh program komputer" in cover


def test_every_cover_shows_the_logos_and_says_whose_they_are(document: Document):
    png = base64.b64decode(next(iter(document.figures.values())).png)
    given = dataclasses.replace(document, logos=(Logo("Logo <kota>", ".png", png),))
    for made in (given, edition(given, "unit-u1")):
        (cover,) = page_of(made).xpath("//div[contains(@class, 'sampul-logo')]//img")
        assert cover.get("alt") == "Logo <kota>"
        assert base64.b64decode(cover.get("src").partition(",")[2]) == png
        body = word_of(made)
        told = [each.get("descr") for each in body.iter() if each.tag[-6:] == "}docPr"]
        assert told[0] == "Logo <kota>"
        data, _ = pdf.render(made)
        first = PdfReader(io.BytesIO(data)).pages[0]
        assert len(first.images) == 1
        assert _alt_texts(data)[0] == "Logo <kota>"


def _alt_texts(data: bytes) -> list[str]:
    """The words of all pictures of a PDF, in reading order."""
    found: list[str] = []

    def visit(element: Any) -> None:
        if hasattr(element, "get_object"):
            element = element.get_object()
        if isinstance(element, list):
            for each in element:
                visit(each)
        elif isinstance(element, dict):
            if element.get("/S") == "/Figure":
                found.append(element["/Alt"])
            visit(element.get("/K", []))

    visit(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_a_long_table_begins_where_its_first_rows_have_room(make):
    row = (("Loket",), ("1",))
    rows = tuple(row for _ in range(40))
    before = tuple(Paragraph(f"baris.{place}", ("Isi.",)) for place in range(40))
    long = Table("panjang", ("Panjang",), (Column("Unit"), Column("n")), rows)
    given = make()
    for many in range(24, 40):
        pieces = (Heading(1, ("Hasil",)), *before[:many], long)
        made = assemble(given.study, [Chapter("hasil", pieces)], given.estimates)
        page = next(
            each
            for each in pages_of(made)
            if re.search("Tabel 1 Panjang(?! ?[.])", each)
            and "Daftar Tabel" not in each
        )
        assert page.count("Loket") >= 3


def test_a_row_longer_than_a_page_is_printed_whole(make):
    given = make()
    told = " ".join(f"kata{place}" for place in range(3000))
    table = Table("t", ("Panjang",), (Column("Isi"), Column("n")), (((told,), ("1",)),))
    pieces = (Heading(1, ("Hasil",)), table)
    made = assemble(given.study, [Chapter("hasil", pieces)], given.estimates)
    assert "kata2999" in " ".join(pages_of(made))
    assert sum("kata" in page for page in pages_of(made)) > 1


def test_a_caption_never_ends_with_one_short_word_on_a_line(make):
    given = make()
    shown = Table("t", ("Selang kepercayaan 95%",), (Column("n"),), ((("1",),),))
    pieces = (Heading(1, ("Hasil",)), shown)
    made = assemble(given.study, [Chapter("hasil", pieces)], given.estimates)
    caption = page_of(made).xpath("string(//caption)")
    assert caption.endswith("kepercayaan\u00a095%")


def test_word_is_in_indonesian_and_pictures_have_words(document: Document):
    styles = word_of(document, "word/styles.xml")
    assert styles.find(f".//{W}rPrDefault//{W}lang").get(f"{W}val") == "id-ID"
    body = word_of(document)
    told = [each.get("descr") for each in body.iter() if each.tag.endswith("}docPr")]
    assert told == [figure.alt for figure in document.figures.values()]
    assert b'name="Picture"' not in etree.tostring(body)


def test_every_page_says_that_the_data_are_synthetic(document: Document):
    assert all(BANNER in page for page in pages_of(document))
    page = page_of(document)
    assert BANNER in page.xpath("string(//p[@class='tanda'])")
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(document)))
    assert all(sheet["A1"].value == BANNER for sheet in book)


def test_real_data_carry_no_notice_and_a_draft_its_own(make):
    document = make()
    study = document.study.__class__(
        **{name: getattr(document.study, name) for name in document.study.__slots__}
        | {"synthetic": False}
    )
    plain = assemble(study, [], document.estimates)
    draft = assemble(study, [], document.estimates, draft=True)
    assert "SINTETIS" not in " ".join(pages_of(plain))
    assert all("DRAF" in page for page in pages_of(draft))


def test_the_pdf_is_archival_accessible_and_carries_its_numbers(document: Document):
    data, pages = pdf.render(document)
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    about = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>3<", about)
    assert re.search(r"pdfuaid:part>1<", about)
    (attached,) = reader.attachments["register.csv"]
    assert attached == register.register_csv(document, register.collect(document))
    assert "published.csv" in reader.attachments
    assert pages["pendahuluan"] == "1"
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert "Daftar Pustaka" in titles


def test_no_english_is_left_in_the_frame(document: Document):
    text = " ".join(pages_of(document)) + page_of(document).text_content()
    for word in ("Contents", "Table ", "Figure", "Chapter", "References", "Page "):
        assert word not in text


def test_captions_stay_in_sight_while_a_wide_table_is_scrolled(document: Document):
    for caption in page_of(document).xpath("//table/caption"):
        (still,) = caption
        assert still.get("class") == "judul-tabel"
        assert squeezed(still.text_content()).startswith("Tabel ")


def test_the_web_page_asks_for_nothing(document: Document):
    page = page_of(document)
    assert not list(page.iter("iframe", "link", "object", "embed", "base"))
    (script,) = page.iter("script")
    assert not re.search(r"https?:|fetch|XMLHttp|import\b|eval|Function", script.text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    for each in page.iter():
        for name in ("src", "href", "style", "srcset"):
            value = each.get(name) or ""
            assert not re.match(r"(https?:)?//", value), value
    assert "url(" not in page.findtext(".//style")
    assert page.get("lang") == "id"
    assert all(each.get("alt") for each in page.iter("img"))
    anchors = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(anchors) == len(set(anchors))
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in anchors


def test_the_workbook_holds_numbers_as_numbers(document: Document):
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(document)))
    sheet = book["u0"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5) if row[0].value}
    total = rows["IKM"]
    assert [cell.value for cell in total[1:5]] == [1200, 95.33, 93.83, 96.58]
    assert total[2].number_format == "#,##0.00"
    assert sheet["E5"].value == "Selang kepercayaan, batas atas"
    assert book.sheetnames[:2] == ["Daftar", "u0"]
    assert "Tabel 4" in book.sheetnames


def test_the_workbook_leads_from_its_list_to_each_table(document: Document):
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(document)))
    links = [row[0] for row in book["Daftar"].iter_rows(min_row=4) if row[0].hyperlink]
    assert len(links) == len(document.tables)
    for cell in links:
        name, _, place = cell.hyperlink.location.rpartition("!")
        assert book[name.strip("'")][place].value.startswith(f"{cell.value} ")


def test_the_register_names_row_cell_and_places(document: Document):
    shown = register.collect(document)
    lines = csv.DictReader(io.StringIO(register.register_csv(document, shown).decode()))
    by_key = {line["key"]: line for line in lines}
    ikm = by_key["unit.u0.ikm"]
    assert (ikm["shown"], ikm["value"], ikm["rounding"]) == ("95,33", "95.325", "2")
    assert (ikm["method"], ikm["n"]) == ("pseudo-beta", "1200")
    assert by_key["unit.u1.ikm"]["function"] == "unit_result.ikm"
    assert by_key["unit.u1.ikm"]["places"].split() == ["unit.u1.puas", "unit-u1-nilai"]
    assert by_key["stated..bps-2020.56-311"]["kind"] == "stated"


def test_the_register_tells_what_an_unweighted_mean_divides(document: Document):
    counted = []
    for row in document.estimates:
        if row.measure == "nrr" and row.unit != "u1":
            total = dataclasses.replace(row, measure="sum", value=457.0, n=None)
            row = dataclasses.replace(row, value=457 / 119)
            counted.append(total)
        if row.measure == "nrr" and row.unit == "u1":  # weighted: no such ratio
            counted.append(dataclasses.replace(row, measure="sum", value=450.0))
        counted.append(row)
    made = dataclasses.replace(document, estimates=Estimates(counted))
    told = register.register_csv(made, register.collect(made)).decode()
    found = {
        line["key"]: (line["numerator"], line["denominator"])
        for line in csv.DictReader(io.StringIO(told))
    }
    assert found["unit.u0.nrr.persyaratan"] == ("457", "119")
    assert found["unit.u1.nrr.persyaratan"] == ("", "")
    assert found["unit.u0.ikm"] == ("", "")


def test_one_number_may_not_be_shown_in_two_ways(document: Document):
    pieces = (
        Heading(1, ("Hasil",)),
        Paragraph("satu", (Number("city..x", "1,25", "estimate", 1.25, 2),)),
        Paragraph("dua", (Number("city..x", "1,26", "estimate", 1.25, 2),)),
    )
    made = assemble(document.study, [Chapter("hasil", pieces)], document.estimates)
    with pytest.raises(SkmError, match="'1,25' di satu dan sebagai '1,26' di dua"):
        register.collect(made)


@pytest.mark.parametrize("column", ["", ":n", ":ci_low"])
def test_what_is_withheld_is_printed_by_nobody(document: Document, column):
    estimates = [
        row.flagged("suppressed") if row.key == "unit.u0.ikm" else row
        for row in document.estimates
    ]
    number = Number(f"unit.u0.ikm{column}", "95,33", "estimate", 95.325, 2)
    pieces = (Heading(1, ("Hasil",)), Paragraph("satu", (number,)))
    chapters = [Chapter("hasil", pieces)]
    made = assemble(document.study, chapters, Estimates(estimates))
    with pytest.raises(SkmError, match=f"unit.u0.ikm{column} di satu harus ditahan"):
        register.collect(made)


def test_a_unit_has_its_own_edition_in_every_format(document: Document):
    alone = edition(document, "unit-u1")
    assert "Puskesmas Gunung" in pages_of(alone)[0]
    assert all(BANNER in page for page in pages_of(alone))
    assert html_numbers(page_of(alone)) == word_numbers(word_of(alone))
    keys = {key for key, _ in html_numbers(page_of(alone))}
    assert keys
    assert all(key.startswith("unit.u1.") for key in keys)
