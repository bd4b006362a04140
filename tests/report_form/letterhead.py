"""A Word template as a university would make it, written by python-docx."""

import base64
import io
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

NAME, ADDRESS = "UNIVERSITAS CONTOH", "Kampus Contoh, Padang 25163"
HEADINGS = RGBColor(0x7A, 0x1F, 0x3D)


def write(path: Path, logo: bytes) -> Path:
    """Letterhead on first pages, a short line on others; 4-3-3-3 cm; Times 12."""
    made = docx.Document()
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        font = made.styles[name].font
        font.name = "Times New Roman"
        fonts = made.styles[name].element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        font.size = Pt(12 if name != "Heading 1" else 14)
        if name != "Normal":
            font.color.rgb = HEADINGS
    made.add_paragraph("Petunjuk yang tidak dicetak.", style="Heading 1")
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.top_margin = Cm(4), Cm(3)
    section.right_margin = section.bottom_margin = Cm(3)
    section.header_distance = section.footer_distance = Cm(1.25)
    section.different_first_page_header_footer = True
    _letterhead(section.first_page_header, logo)
    section.header.paragraphs[0].text = NAME
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.add_run(f"{ADDRESS}\t\t")
    _field(section.footer.paragraphs[0], "PAGE")
    made.save(str(path))
    return path


def _letterhead(header: "docx.section._Header", logo: bytes) -> None:
    table = header.add_table(1, 2, Cm(14))
    table.autofit = False
    picture, words = table.rows[0].cells
    for cell, wide in ((picture, Cm(3)), (words, Cm(11))):
        cell.width = wide
    for column, wide in zip(table.columns, (Cm(3), Cm(11)), strict=True):
        column.width = wide
    picture.paragraphs[0].add_run().add_picture(io.BytesIO(logo), width=Cm(2.2))
    words.paragraphs[0].text = NAME
    words.add_paragraph("Lembaga Penelitian dan Pengabdian kepada Masyarakat")


def _field(line: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {name} ")
    line._p.append(field)


def picture(base64_png: str) -> bytes:
    return base64.b64decode(base64_png)
