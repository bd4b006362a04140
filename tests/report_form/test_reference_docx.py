"""The package's own Word template, and one as a university would make it."""

import dataclasses
import io
import re
import sys
import zipfile
from importlib import resources
from pathlib import Path

import docx as python_docx
import pytest
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from pypdf import PdfReader

from skm_analysis.report import (
    docx,
    docx_heads,
    docx_styles,
    docx_template,
    pdf,
    reference_docx,
)
from skm_analysis.report.chapter import Chapter
from skm_analysis.report.document import Document, assemble, edition
from skm_analysis.report.elements import Column, Heading, Paragraph, Table
from skm_analysis.study.branding import Logo
from skm_analysis.study.faults import Faults, Spot
from skm_analysis.study.word_package import opened
from skm_analysis.study.word_template import WordTemplate, parsed

sys.path.append(str(Path(__file__).parent))

import letterhead

BANNER = "DATA SINTETIS – bukan hasil survei"
UNIVERSITY = letterhead.NAME
A4_WIDE, A4_HIGH = Cm(21), Cm(29.7)


def template(path: Path) -> WordTemplate:
    faults = Faults()
    spot = Spot(faults, path.name)
    package = opened(path, spot)
    made = parsed(package, spot) if package else None
    faults.raise_if_any()
    assert made is not None
    return made


def word(document: Document, own: WordTemplate | None) -> Word:
    return python_docx.Document(io.BytesIO(docx.render(document, own=own)))


def numbers(made: Word) -> list[tuple[str, str]]:
    return [
        (
            control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")),
            "".join(text.text for text in control.iter(qn("w:t"))),
        )
        for control in made.element.body.iter(qn("w:sdt"))
    ]


def words(head: object) -> str:
    return "".join(text.text or "" for text in head._element.iter(qn("w:t")))  # type: ignore[attr-defined]


def near(length: int, expected: int) -> bool:
    return abs(length - expected) < Pt(1)


@pytest.fixture
def own(tmp_path: Path, document: Document) -> WordTemplate:
    png = next(iter(document.figures.values())).png
    path = letterhead.write(tmp_path / "t.docx", letterhead.picture(png))
    return template(path)


@pytest.fixture
def made(document: Document, own: WordTemplate) -> Word:
    return word(document, own)


def test_the_committed_template_is_what_the_program_makes():
    asset = resources.files("skm_analysis.report") / "assets" / "reference.docx"
    assert asset.read_bytes() == reference_docx.package()


def test_the_look_is_the_templates(made: Word):
    heading, text = made.styles["Heading 2"], made.styles["Normal"]
    assert heading.font.color.rgb == letterhead.HEADINGS
    assert (text.font.name, text.font.size) == ("Times New Roman", Pt(12))
    told = [each for each in made.paragraphs if each.style.name == "Heading 2"]
    assert len(told) > 3
    for section in made.sections:
        assert near(section.left_margin, Cm(4))
        assert near(section.right_margin, Cm(3))
        assert near(section.bottom_margin, Cm(3))


def test_our_own_styles_take_the_templates_letters(made: Word):
    for name in ("Isi Tabel", "Table Caption", "Sampul Judul"):
        style = made.styles[name]
        assert style.font.name is None
        assert style.font.color.rgb is None
        assert style.base_style.name == "Normal" or "Isi" in style.base_style.name
    assert made.styles["TOC Heading"].base_style.name == "Heading 1"
    before = made.styles["Sampul Jenis"].paragraph_format.space_before
    assert before == Pt(100)  # half of the package's, beside a letterhead
    assert str(made.styles["Tanda"].font.color.rgb) == "8A1C1C"


def test_styles_whose_ids_are_in_another_language_are_found(tmp_path, document):
    png = letterhead.picture(next(iter(document.figures.values())).png)
    path = letterhead.write(tmp_path / "t.docx", png)
    ids = {"Heading1": "Judul1", "Heading2": "Judul2", "BodyText": "TeksIsi"}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "i.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for id_, theirs in ids.items():
                for mark in ("styleId", "val"):
                    was = f'w:{mark}="{id_}"'.encode()
                    data = data.replace(was, f'w:{mark}="{theirs}"'.encode())
            new.writestr(name, data)
    made = word(document, template(tmp_path / "i.docx"))
    assert made.styles["Heading 2"].style_id == "Judul2"
    assert sum(each.style.name == "Heading 2" for each in made.paragraphs) > 3
    assert made.styles["First Paragraph"].base_style.name == "Body Text"
    assert made.styles["TOC Heading"].base_style.name == "Heading 1"


def test_a_chapter_begins_on_a_new_page_whatever_the_template_says(made: Word):
    assert made.styles["Heading 1"].paragraph_format.page_break_before


def test_the_numbers_are_the_same_with_any_template(document: Document, made: Word):
    assert numbers(made) == numbers(word(document, None))
    assert len(numbers(made)) > 20


def test_nothing_that_the_template_said_itself_is_printed(made: Word):
    assert "Petunjuk yang tidak dicetak" not in "".join(made.element.body.itertext())
    assert not made.core_properties.author.startswith("python-docx")


def test_cover_and_approval_have_the_letterhead_and_the_notice(made: Word):
    cover, approval, *others = made.sections
    for section in (cover, approval):
        assert section.different_first_page_header_footer
        told = words(section.first_page_header)
        assert told.startswith(BANNER)
        assert f"{UNIVERSITY}Lembaga Penelitian" in told
        part = section.first_page_header.part
        pictures = [rel for rel in part.rels.values() if rel.reltype.endswith("/image")]
        assert [rel.target_part.blob[:4] for rel in pictures] == [b"\x89PNG"]
    for section in others:
        assert not section.different_first_page_header_footer
        assert words(section.header) == BANNER + UNIVERSITY


def test_a_letterhead_with_a_picture_takes_the_place_of_the_covers_logos(
    document: Document, own: WordTemplate
):
    png = letterhead.picture(next(iter(document.figures.values())).png)
    given = dataclasses.replace(document, logos=(Logo("Logo kota", ".png", png),))

    def logos(template: WordTemplate | None) -> int:
        return word(given, template).element.xml.count('descr="Logo kota"')

    assert (logos(None), logos(own)) == (1, 0)


def test_the_approval_page_has_its_number_and_the_cover_none(made: Word):
    cover, approval, *_ = made.sections

    def fields(footer: object) -> str:
        return footer._element.xml  # type: ignore[attr-defined,no-any-return]

    assert "PAGE" not in fields(cover.first_page_footer)
    assert "PAGE" in fields(approval.first_page_footer)


def test_real_data_get_no_notice_into_the_letterhead(own):
    made = docx_template.template(own).package("", "Judul")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        header = archive.read("word/headerFirst.xml").decode()
    assert "SINTETIS" not in header
    assert reference_docx.BANNER not in header
    assert 'w:val="Tanda"' not in header


def test_every_section_shows_the_notice_also_of_a_template_without_headers(
    document: Document, tmp_path: Path
):
    bare = python_docx.Document()
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        assert bare.styles[name]
    bare.settings.odd_and_even_pages_header_footer = True
    bare.sections[0].different_first_page_header_footer = True
    bare.settings.element.insert(1, OxmlElement("w:mirrorMargins"))
    bare.save(str(tmp_path / "bare.docx"))
    made = word(document, template(tmp_path / "bare.docx"))
    assert made.settings.odd_and_even_pages_header_footer
    assert made.settings.element.find(qn("w:mirrorMargins")) is not None
    for section in made.sections:
        assert BANNER in words(section.header)
        assert BANNER in words(section.even_page_header)
        if section.different_first_page_header_footer:
            assert BANNER in words(section.first_page_header)


def test_turned_pages_have_the_templates_margins_and_a_number_at_the_end(made: Word):
    (wide,) = [s for s in made.sections if s.orientation == WD_ORIENT.LANDSCAPE]
    assert near(wide.page_width, A4_HIGH)
    assert near(wide.page_height, A4_WIDE)
    assert near(wide.left_margin, Cm(4))
    (line,) = wide.footer.paragraphs
    stops = {stop.alignment: stop.position for stop in line.paragraph_format.tab_stops}
    right = stops[python_docx.enum.text.WD_TAB_ALIGNMENT.RIGHT]
    assert near(right, A4_HIGH - Cm(7))
    upright = made.sections[0].footer.paragraphs[0].paragraph_format.tab_stops
    assert near(max(s.position for s in upright if s.alignment != 101), Cm(14))


def test_a_letterhead_on_every_page_is_as_wide_as_the_page(
    document: Document, tmp_path: Path
):
    png = letterhead.picture(next(iter(document.figures.values())).png)
    written = python_docx.Document(letterhead.write(tmp_path / "t.docx", png))
    section = written.sections[0]
    section.different_first_page_header_footer = False
    letterhead._letterhead(section.header, png)
    written.save(str(tmp_path / "every.docx"))
    made = word(document, template(tmp_path / "every.docx"))
    (wide,) = [s for s in made.sections if s.orientation == WD_ORIENT.LANDSCAPE]
    for each, width in ((made.sections[0], Cm(14)), (wide, A4_HIGH - Cm(7))):
        (table,) = each.header.tables
        assert near(sum(column.width for column in table.columns), width)


def test_a_table_is_as_wide_as_its_text_in_grid_and_cells(
    document: Document, own: WordTemplate
):
    for given, upright in ((None, 8787), (own, 7937)):
        made = word(document, given)
        widths = []
        for table in made.tables:
            grid = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
            assert table._tbl.tblPr.find(qn("w:tblW")).attrib == {
                qn("w:w"): str(sum(grid)),
                qn("w:type"): "dxa",
            }
            for row in table.rows:
                cells = [cell.tcPr.find(qn("w:tcW")) for cell in row._tr.tc_lst]
                assert [int(cell.get(qn("w:w"))) for cell in cells] == grid
            widths.append(sum(grid))
        assert set(widths) == {upright, upright + 4932}


def test_an_empty_cell_is_no_higher_than_the_others(document: Document):
    table = Table("t", ("T",), (Column("A"), Column("B")), ((("x",), ()),))
    pieces = (Heading(1, ("Hasil",)), table)
    given = assemble(document.study, [Chapter("hasil", pieces)], document.estimates)
    (shown,) = word(given, None).tables
    assert shown.rows[1].cells[1].paragraphs[0].style.name.startswith("Isi Tabel")


def wide_table(columns: int) -> Table:
    names = tuple(Column(f"Penyelenggaraan{place}") for place in range(columns))
    return Table("lebar", ("Lebar",), names, (tuple((("1",),) * columns),))


def document_of(document: Document, *pieces: object) -> Document:
    chapter = Chapter("hasil", (Heading(1, ("Hasil",)), *pieces))  # type: ignore[arg-type]
    return assemble(document.study, [chapter], document.estimates)


@pytest.mark.parametrize(("columns", "turned"), [(5, 0), (6, 1)])
def test_a_table_with_no_room_for_its_words_is_turned(document, columns, turned):
    given = document_of(document, wide_table(columns), Paragraph("a", ("Isi.",)))
    shapes = [s.orientation for s in word(given, None).sections]
    assert shapes.count(WD_ORIENT.LANDSCAPE) == turned


def test_a_narrower_template_turns_a_table_that_the_package_does_not(document, own):
    given = document_of(document, wide_table(5), Paragraph("a", ("Isi.",)))
    shapes = [s.orientation for s in word(given, own).sections]
    assert shapes.count(WD_ORIENT.LANDSCAPE) == 1


@pytest.mark.parametrize(("columns", "turned"), [(5, 0), (6, 1)])
def test_the_pdf_turns_the_same_tables(document, columns, turned):
    given = document_of(document, wide_table(columns), Paragraph("a", ("Isi.",)))
    data, _ = pdf.render(given)
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(data)).pages]
    assert sum(box.width > box.height for box in boxes) == turned


def test_a_chapter_that_begins_with_a_turned_table_begins_on_its_page(document):
    chapters = [
        Chapter(name, (Heading(1, (title,)), Heading(2, ("Rincian",)), wide_table(6)))
        for name, title in (("perbandingan", "Dua kota"), ("kesimpulan", "Penutup"))
    ]
    given = assemble(document.study, chapters, document.estimates)
    data, _ = pdf.render(given)
    pages = PdfReader(io.BytesIO(data)).pages
    turned = [x.extract_text() for x in pages if x.mediabox.width > x.mediabox.height]
    assert [("Dua kota" in x, "Penutup" in x) for x in turned] == [
        (True, False),
        (False, True),
    ]
    made = word(given, None)
    assert [s.orientation for s in made.sections].count(WD_ORIENT.LANDSCAPE) == 1


def test_no_break_stands_before_the_heading_that_begins_a_page(document: Document):
    made = word(document, None)
    assert 'w:type="page"' not in made.element.xml
    begun = [p.text for p in made.paragraphs if p.paragraph_format.page_break_before]
    assert begun == ["4.2\u2002Puskesmas Gunung", "4.3\u2002Dukcapil"]


def test_a_turned_table_at_the_very_end_leaves_no_empty_page(document, own):
    chapter = Chapter("unit-u0", (Heading(1, ("U",)), wide_table(6)))
    whole = assemble(document.study, [chapter], document.estimates)
    made = word(edition(whole, "unit-u0"), own)
    assert [section.orientation for section in made.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]


def test_a_units_own_edition_has_the_letterhead_too(document: Document, own):
    alone = edition(document, "unit-u1")
    made = word(alone, own)
    assert UNIVERSITY in words(made.sections[0].first_page_header)
    assert numbers(made) == numbers(word(alone, None))
    assert made.styles["Heading 2"].font.color.rgb == letterhead.HEADINGS


def test_all_is_indonesian_but_the_abstract(document: Document, own: WordTemplate):
    english = Paragraph("abstrak", ("Good.",), language="en")
    given = assemble(document.study, [], document.estimates, abstract=[english])
    data = docx.render(given, own=own)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = {
            name: re.findall(r'<w:lang\b[^>]*w:val="([^"]*)"', text.decode())
            for name in archive.namelist()
            if name.endswith(".xml") and (text := archive.read(name))
        }
    assert set(told.pop("word/document.xml")) == {"en"}
    assert told.pop("word/styles.xml") == ["id-ID"]
    assert not any(told.values())


def test_styles_are_completed_in_the_order_that_word_asks_for():
    ours = docx_template.template().text
    theirs = (
        "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz/><w:lang w:val='en-US'/>"
        "<w14:ligatures/></w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="J"><w:name w:val="heading 1"/>'
        "<w:pPr/><w:rPr><w:b/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="heading 2"/><w:pPr>'
        '<w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:jc w:val="left"/>'
        "</w:pPr></w:style></w:styles>"
    )
    made = docx_styles.completed(theirs, ours)
    assert re.search(r"<w:sz/><w:lang [^>]*id-ID[^>]*/><w14:ligatures/></w:rPr>", made)
    assert '"heading 1"/><w:pPr><w:pageBreakBefore/></w:pPr><w:rPr><w:b/>' in made
    assert '<w:pPr><w:keepNext/><w:jc w:val="left"/></w:pPr>' in made
    assert '<w:name w:val="Body Text"/><w:basedOn w:val="N"/>' in made
    assert '<w:name w:val="TOC Heading"/><w:basedOn w:val="J"/>' in made


def test_a_mark_that_word_divided_is_filled_and_its_neighbours_stay():
    text = (
        "<w:p><w:r><w:t>a SKM-</w:t></w:r><w:r><w:t>JUDUL</w:t></w:r>"
        "<w:r><w:t>7</w:t></w:r></w:p>"
    )
    made = docx_heads.filled(text, "SKM-JUDUL", "A <&> B")
    assert re.findall(r"<w:t[^>]*>([^<]*)", made) == ["a A &lt;&amp;&gt; B", "", "7"]


def test_the_same_template_gives_the_same_bytes(document: Document, own: WordTemplate):
    assert docx.render(document, own=own) == docx.render(document, own=own)


def test_every_style_of_the_package_has_its_place_in_a_report():
    template = docx_template.template()
    assert template.style("toc 1") == "TOC1"
    assert template.style("table of figures") == "TableofFigures"
