"""The report as PDF/A-3a and PDF/UA-1 by Typst, its numbers attached inside."""

import json
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import matplotlib
import typst
from matplotlib.ft2font import FT2Font

from skm_analysis.errors import SkmError
from skm_analysis.report import front, nodes, pandoc, register, typst_text
from skm_analysis.report.blocks import FIGURE, LANDSCAPE, SENTENCE, TABLE
from skm_analysis.report.document import Document
from skm_analysis.report.marks import is_number
from skm_analysis.report.nodes import Node
from skm_analysis.report.numbering import LABEL
from skm_analysis.study.branding import Logo

STANDARDS: Any = ["a-3a", "ua-1"]
PLACEHOLDER = "□"  # for a character that no shipped font has
_WRAPPED = {
    "sampul": "sampul",
    LANDSCAPE: "mendatar",
    "pemberitahuan": "pemberitahuan",
    "tanda-tangan": "tanda-tangan",
    "jabatan": "jabatan",
    "nama": "nama",
    "sidik-jari": "sidik-jari",
} | {f"sampul-{name}": f"sampul-{name}" for name in ("jenis", "judul", "bagian")}
_WRAPPED |= {
    f"sampul-{name}": f"sampul-{name}" for name in ("tahun", "lembaga", "mitra")
}
_OUTLINES = {
    front.CONTENTS: "#daftar-isi()",
    front.TABLES: "#daftar-takarir(table)",
    front.FIGURES: "#daftar-takarir(image)",
    front.APPENDICES: f"#daftar-lampiran(<{front.LAST}>)",
}


def write(document: Document, path: Path) -> dict[str, str]:
    """Write the PDF; gives the page on which each anchor stands."""
    data, pages = render(document)
    path.write_bytes(data)
    return pages


def render(document: Document) -> tuple[bytes, dict[str, str]]:
    """The PDF, the same bytes for the same document, and its page numbers by anchor.

    Raises
    ------
    SkmError
        Typst refuses, or warns: a missing font or a page that is not accessible.
    """
    with tempfile.TemporaryDirectory() as name:
        # A fresh folder with copies only: Typst follows links and reads all below.
        root = Path(name)
        for place, anchor in enumerate(document.figures):
            svg = document.figures[anchor].svg
            (root / _picture(place)).write_text(svg, encoding="utf-8")
        for place, logo in enumerate(document.logos):
            (root / _logo(place, logo)).write_bytes(logo.data)
        shown = register.collect(document)
        (root / "register.csv").write_bytes(register.register_csv(document, shown))
        (root / "published.csv").write_bytes(register.published_csv(document))
        (root / "laporan.typ").write_bytes(_source(document, root))
        return _compiled(document, root)


def _source(document: Document, root: Path) -> bytes:
    template = resources.files("skm_analysis.report") / "assets" / "report.typ"
    (root / "template.typ").write_text(
        template.read_text(encoding="utf-8"), encoding="utf-8"
    )
    meta = {
        "title": document.title,
        "author": document.study.partner or document.study.institution,
        "banner": document.banner,
    }
    given = nodes.to_json(_lowered(document), meta).encode()
    told = ["-f", "json", "-t", "typst", "--standalone", "--template=template.typ"]
    if document.complete:
        told += ["-V", "complete=1"]
    return pandoc.run([*told, "--wrap=preserve"], given, epoch=document.epoch, cwd=root)


def _compiled(document: Document, root: Path) -> tuple[bytes, dict[str, str]]:
    try:
        compiler = typst.Compiler(
            str(root / "laporan.typ"),
            root=str(root),
            font_paths=[str(fonts_folder())],
            ignore_system_fonts=True,
        )
        made, warnings = compiler.compile_with_warnings(
            pdf_standards=STANDARDS, timestamp=document.epoch
        )
        marks = json.loads(compiler.query("<halaman>", field="value"))
    except typst.TypstError as error:
        raise SkmError(
            f"PDF tidak dapat dibuat: {error.message}\n"
            "  laporan lain tidak terpengaruh. Bila teks atau nama unit baru diubah,\n"
            "  periksa teks itu; selain itu, laporkan pesan ini."
        ) from None
    if warnings:
        raise SkmError(
            f"PDF dibuat dengan peringatan: {warnings[0].message}\n"
            "  laporan yang tidak utuh tidak diterbitkan; laporkan pesan ini."
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gives one PDF as bytes")
    return made, {each["jangkar"]: each["halaman"] for each in marks}


@cache
def fonts_folder() -> Path:
    """Fonts beside those inside Typst: what seaborn's figures use too."""
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def _drawable() -> frozenset[int]:
    return frozenset(FT2Font(str(fonts_folder() / "DejaVuSans.ttf")).get_charmap())


def drawn(text: str) -> str:
    """`text` with a visible placeholder for what no shipped font can draw."""
    known = _drawable()
    return "".join(
        each if ord(each) < 0x250 or ord(each) in known else PLACEHOLDER
        for each in text
    )


def _picture(place: int) -> str:
    return f"gambar-{place + 1}.svg"


def _lowered(document: Document) -> list[Node]:
    places = {anchor: place for place, anchor in enumerate(document.figures)}

    def drawable(node: Node) -> Node | None:
        if node["t"] == "Str":
            return {"t": "Str", "c": drawn(node["c"])}
        return None

    def visit(node: Node) -> Node | list[Node] | None:
        kind = node["t"]
        if is_number(node):
            return nodes.raw_inline("typst", typst_text.number(node))
        if kind == "Span" and LABEL in nodes.classes(node):
            label = typst_text.literal(nodes.text(node))
            return nodes.raw_inline("typst", f"#nomor({label});")
        if kind == "Link":
            return nodes.raw_inline("typst", typst_text.inlines([node]))
        if kind == "Header":
            return _heading(node)
        if kind == "Div":
            return _division(node, document, places, visit)
        return None

    made: list[Node] = nodes.walk(nodes.walk(list(document.blocks), drawable), visit)
    return made


def _raw(text: str) -> Node:
    return nodes.raw_block("typst", text)


def _heading(node: Node) -> list[Node]:
    marks = nodes.classes(node)
    raw = _raw(typst_text.heading(node, listed=front.UNLISTED not in marks))
    if front.NEW_PAGE in marks:
        return [_raw("#pagebreak(weak: true)"), raw]
    return [raw]


def _division(
    node: Node, document: Document, places: dict[str, int], visit: nodes.Visit
) -> list[Node] | None:
    marks = nodes.classes(node)
    anchor, inner = node["c"][0][0], node["c"][1]
    if TABLE in marks:
        caption, grid, *notes = inner
        text = typst_text.table(
            _words(caption), grid, [_words(note) for note in notes], anchor
        )
        return [_raw(text)]
    if FIGURE in marks:
        figure = document.figures[anchor]
        _, caption, *notes = inner
        told = [_words(note) for note in notes]
        file = _picture(places[anchor])
        alt, wide = nodes.clean(figure.alt), figure.width_cm
        return [
            _raw(typst_text.picture(_words(caption), file, alt, wide, told, anchor))
        ]
    if SENTENCE in marks:
        made: list[Node] = nodes.walk(inner, visit)
        if language := nodes.values(node).get("lang"):
            return [_raw(f'#[#set text(lang: "{language}")'), *made, _raw("]")]
        return made
    for name in marks:
        if name in _OUTLINES:
            return [_raw(_OUTLINES[name])]
        if name in _WRAPPED:
            within = nodes.walk(inner, visit)
            if name == LANDSCAPE and _begins_chapter(inner):
                # The turned page is a new one already.
                within.insert(0, _raw("#[#show heading.where(level: 1): bab"))
                within.insert(2, _raw("]"))
            if name == "sampul" and document.logos:
                within.insert(0, _raw(_logos(document)))
            return [_raw(f"#{_WRAPPED[name]}["), *within, _raw("]")]
        if name == front.BODY:
            return [_raw("#show: isi")]
    return None


def _begins_chapter(inner: list[Node]) -> bool:
    first = inner[0] if inner else {"t": ""}
    return first["t"] == "Header" and first["c"][0] == 1


def _logos(document: Document) -> str:
    shown = "".join(
        f"image({typst_text.literal(_logo(place, logo))}, "
        f"alt: {typst_text.literal(drawn(nodes.clean(logo.alt)))}, "
        f"height: {front.LOGO_CM}cm), "
        for place, logo in enumerate(document.logos)
    )
    return f"#sampul-logo(({shown}))"


def _logo(place: int, logo: Logo) -> str:
    return f"logo-{place + 1}{logo.ending}"


def _words(block: Node) -> list[Node]:
    """The inlines of a Div that holds one paragraph."""
    words: list[Node] = block["c"][1][0]["c"]
    return words
