"""The hand-over deck as a PowerPoint file by pandoc, with its own finish.

pandoc sets the slides. What it leaves out is added to its XML here: language, sizes
that were reckoned beforehand, heights of rows, footers, and what a picture shows.
"""

import io
import re
import tempfile
import zipfile
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from skm_analysis.report import nodes, pandoc, slide_room
from skm_analysis.report.document import Document
from skm_analysis.report.docx_finishing import finished
from skm_analysis.report.elements import Figure, Line, Table, plain
from skm_analysis.report.marks import line_nodes
from skm_analysis.report.nodes import Node
from skm_analysis.report.reference_docx import BANNER, zipped
from skm_analysis.report.slide_places import EMU, FOOTER, NOTE, NUMBER, PICTURE
from skm_analysis.report.slides import Slide
from skm_analysis.report.theme_pptx import SPACES

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SLIDE = re.compile(r"ppt/slides/slide([0-9]+)\.xml")
# Parts of pandoc's own template that ours has no use for.
_LEFT_OVER = re.compile(
    r"ppt/(slideLayouts/(_rels/)?slideLayout(8|9|1[0-9])\.xml(\.rels)?|theme/theme2\.xml)"
)
_OVERRIDE = re.compile(r'<Override PartName="/([^"]+)"[^>]*/>')
_FOOTERS = {"ftr": 11, "sldNum": 12}

for prefix, space in (("a", _A), ("p", _P), ("r", _R)):
    ElementTree.register_namespace(prefix, space)


def write(document: Document, path: Path) -> None:
    path.write_bytes(render(document))


def render(document: Document) -> bytes:
    """The package; the same bytes for the same document."""
    cover, *others = document.slides
    asset = resources.files("skm_analysis.report") / "assets" / "reference.pptx"
    meta = {
        "title": plain(cover.title),
        "subtitle": plain(cover.text[0]),
        "lang": "id-ID",
    }
    if document.study.partner:
        meta["author"] = document.study.partner
    blocks = [block for slide in others for block in _blocks(slide)]
    given = nodes.to_json(blocks, meta).encode()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "reference.pptx").write_bytes(asset.read_bytes())
        told = ["-f", "json", "-t", "pptx", "--reference-doc=reference.pptx"]
        told += ["--slide-level=1", "-o", "-"]
        made = pandoc.run(told, given, epoch=document.epoch, cwd=folder)
    return finished(_finished(made, document), document.epoch)


def _blocks(slide: Slide) -> list[Node]:
    made = [nodes.header(1, _inlines(slide.title))]
    lines = [_inlines(each) for each in slide.text]
    if slide.shown is None and len(lines) > 1:
        made.append(nodes.bullets([[nodes.plain_block(each)] for each in lines]))
    else:
        made += [nodes.para(each) for each in lines]
    if isinstance(slide.shown, Table):
        made.append(_table(slide.shown))
    elif isinstance(slide.shown, Figure):
        source = f"data:image/png;base64,{slide.shown.png}"
        made.append(nodes.para([nodes.image("", source, slide.shown.width_cm)]))
    return made


def _table(table: Table) -> Node:
    return nodes.table(
        [column.align for column in table.columns],
        [column.width for column in table.columns],
        [nodes.words(column.header) for column in table.columns],
        [[_inlines(cell) for cell in row] for row in table.rows],
    )


def _inlines(line: Line) -> list[Node]:
    return line_nodes(line, "")


def _finished(package: bytes, document: Document) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            name, data = member.filename, old.read(member)
            if _LEFT_OVER.fullmatch(name):
                continue
            if found := _SLIDE.fullmatch(name):
                data = _slide(data, document.slides[int(found[1]) - 1], document)
            elif name == "[Content_Types].xml":
                data = _OVERRIDE.sub(_kept, data.decode()).encode()
            elif name == "docProps/core.xml" and not document.study.partner:
                author = escape(nodes.clean(document.study.institution))
                named = f"<dc:creator>{author}</dc:creator>".encode()
                data = data.replace(b"<dc:creator></dc:creator>", named)
            elif name.startswith(("ppt/slideLayouts/", "ppt/slideMasters/")):
                data = data.replace(BANNER.encode(), b"")
            new.writestr(zipped(name), data)
    return made.getvalue()


def _kept(override: re.Match[str]) -> str:
    return "" if _LEFT_OVER.fullmatch(override[1]) else override[0]


def _slide(data: bytes, slide: Slide, document: Document) -> bytes:
    root = ElementTree.fromstring(data)
    tree = root.find(f"{{{_P}}}cSld/{{{_P}}}spTree")
    if tree is None:
        raise ValueError("a slide without shapes")
    for shape in tree.iter(f"{{{_P}}}sp"):
        _size(shape, slide)
    if isinstance(slide.shown, Table):
        _rows(tree, slide.shown, plain(slide.title))
    if isinstance(slide.shown, Figure):
        _picture(tree)
        _described(tree, "pic", "Gambar", slide.shown.alt)
    for run in tree.iter(f"{{{_A}}}rPr"):
        run.set("lang", "id-ID")
    for kind, number in _FOOTERS.items():
        tree.append(_footer(kind, number, document))
    # pandoc repeats numbers of shapes; PowerPoint wants each once.
    for number, shape in enumerate(tree.iter(f"{{{_P}}}cNvPr"), 1):
        shape.set("id", str(number))
    finished: bytes = ElementTree.tostring(root, "UTF-8", xml_declaration=True)
    return finished


def _size(shape: ElementTree.Element, slide: Slide) -> None:
    place = shape.find(f".//{{{_P}}}ph")
    kind = "" if place is None else place.get("type", "")
    if kind in ("ctrTitle", "subTitle"):
        return
    size = slide_room.title_size(slide.title) if kind == "title" else slide.size
    for run in shape.iter(f"{{{_A}}}rPr"):
        run.set("sz", f"{size}00")


def _rows(tree: ElementTree.Element, table: Table, title: str) -> None:
    """Heights as reckoned; PowerPoint keeps them, LibreOffice may give more room."""
    size = slide_room.table_size(table)
    heights = [round(each * EMU) for each in slide_room.heights(table, size)]
    rows = tree.iter(f"{{{_A}}}tr")
    for row, height in zip(rows, heights, strict=True):
        row.set("h", str(height))
        for cell in row.iter(f"{{{_A}}}tc"):
            for run in cell.iter(f"{{{_A}}}rPr"):
                run.set("sz", f"{size}00")
            inset = cell.find(f"{{{_A}}}tcPr")
            if inset is None:
                inset = ElementTree.SubElement(cell, f"{{{_A}}}tcPr")
            inset.attrib |= {"marT": "36000", "marB": "36000", "anchor": "ctr"}
    for extent in tree.iterfind(f"{{{_P}}}graphicFrame/{{{_P}}}xfrm/{{{_A}}}ext"):
        extent.set("cy", str(sum(heights)))
    _described(tree, "graphicFrame", "Tabel", f"Tabel: {title}")


def _picture(tree: ElementTree.Element) -> None:
    """The picture as large as it can be, in the middle, under less text."""
    for shape in tree.iter(f"{{{_P}}}pic"):
        extent = shape.find(f"{{{_P}}}spPr/{{{_A}}}xfrm/{{{_A}}}ext")
        offset = shape.find(f"{{{_P}}}spPr/{{{_A}}}xfrm/{{{_A}}}off")
        if extent is None or offset is None:
            raise ValueError("a picture without a place")
        ratio = int(extent.get("cx", "1")) / int(extent.get("cy", "1"))
        wide = min(PICTURE.wide, PICTURE.high * ratio)
        left = PICTURE.x + (PICTURE.wide - wide) / 2
        extent.attrib |= {"cx": _emu(wide), "cy": _emu(wide / ratio)}
        offset.attrib |= {"x": _emu(left), "y": _emu(PICTURE.y)}
    for shape in tree.iter(f"{{{_P}}}sp"):
        if shape.find(f".//{{{_P}}}ph[@type='body']") is not None:
            place = shape.find(f"{{{_P}}}spPr")
            if place is not None:
                place.append(
                    ElementTree.fromstring(
                        NOTE.xml.replace("<a:xfrm>", f'<a:xfrm xmlns:a="{_A}">')
                    )
                )


def _emu(inches: float) -> str:
    return str(round(inches * EMU))


def _described(
    tree: ElementTree.Element, kind: str, name: str, description: str
) -> None:
    for shape in tree.iter(f"{{{_P}}}{kind}"):
        for told in shape.iter(f"{{{_P}}}cNvPr"):
            told.set("name", name)
            told.set("descr", nodes.clean(description))


def _footer(kind: str, number: int, document: Document) -> ElementTree.Element:
    """Told in full: LibreOffice takes neither place nor look from the layout."""
    box = FOOTER if kind == "ftr" else NUMBER
    colour = "accent6" if kind == "ftr" and document.banner else "accent3"
    look = (
        f'<a:rPr lang="id-ID" sz="1400" b="1"><a:solidFill><a:schemeClr '
        f'val="{colour}"/></a:solidFill><a:latin typeface="+mn-lt"/></a:rPr>'
    )
    align = "l" if kind == "ftr" else "r"
    text = escape(nodes.clean(document.banner or document.title))
    run = f"<a:r>{look}<a:t>{text}</a:t></a:r>"
    if kind == "sldNum":
        run = (
            '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
            f"{look}<a:t>‹#›</a:t></a:fld>"
        )
    return ElementTree.fromstring(
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="0" name="Kaki {kind}"/><p:cNvSpPr/>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{number}"/></p:nvPr>'
        f"</p:nvSpPr><p:spPr>{box.xml}</p:spPr><p:txBody><a:bodyPr/><a:p>"
        f'<a:pPr algn="{align}"/>{run}</a:p></p:txBody></p:sp>'
    )
