"""From the document's blocks to those that make the Word file."""

from collections.abc import Mapping
from typing import Any

from skm_analysis.report import docx_fields, front, nodes, widths
from skm_analysis.report.blocks import (
    FIGURE,
    LANDSCAPE,
    SENTENCE,
    SHORT,
    TABLE,
    turned,
)
from skm_analysis.report.document import Document
from skm_analysis.report.docx_finishing import NEW_PAGE
from skm_analysis.report.docx_template import First, Template
from skm_analysis.report.marks import is_number, is_reference
from skm_analysis.report.nodes import Node
from skm_analysis.report.numbering import LABEL, Entry, Sort

_BOLD, _ITALIC = "<w:b/>", "<w:i/>"
_CENTIMETRE = 567  # in twentieths of a point
_TIED = 2  # rows at both ends of a long table
_GAP = "\u2002"  # between a label and its words
_LISTS: Mapping[str, tuple[str, tuple[Sort, ...]]] = {
    front.CONTENTS: ('TOC \\o "1-2" \\h \\z \\u', ("heading", "appendix")),
    front.TABLES: ('TOC \\h \\z \\c "Tabel"', ("table",)),
    front.FIGURES: ('TOC \\h \\z \\c "Gambar"', ("figure",)),
    # No field of Word's lists some headings only: each line counts its own page.
    front.APPENDICES: ("", ("appendix",)),
}
_STYLED = {
    "sampul-jenis": "Sampul Jenis",
    "sampul-logo": "Sampul Logo",
    "sampul-judul": "Sampul Judul",
    "sampul-bagian": "Sampul Bagian",
    "sampul-tahun": "Sampul Tahun",
    "sampul-lembaga": "Sampul Lembaga",
    "sampul-mitra": "Sampul Mitra",
    "pemberitahuan": "Pemberitahuan",
    "jabatan": "Jabatan",
    "nama": "Nama Penanda",
    "sidik-jari": "Sidik Jari",
}


class Lowering:
    """One document's blocks, with what its template says of pages and styles."""

    def __init__(
        self, document: Document, template: Template, pages: Mapping[str, str]
    ) -> None:
        self.document = document
        self.template = template
        self.pages = pages
        self.places = {entry.anchor: at for at, entry in enumerate(document.entries)}
        self.started = False  # the first section after the front matter is numbered
        self.restart = ""
        self.signing = False  # within the approval page
        self.turned_end = False  # the last page is a turned one
        self.new_section = False  # nothing stands in the section yet

    def blocks(self) -> list[Node]:
        shown = [self.turned_where_wide(block) for block in self.document.blocks]
        given = turned(shown, titles=True)
        last = given[-1] if given else {}
        self.turned_end = last.get("t") == "Div" and LANDSCAPE in nodes.classes(last)
        made: list[Node] = []
        for before, block in zip(({"t": ""}, *given), given, strict=False):
            marks = nodes.classes(before) if before["t"] == "Div" else []
            self.new_section = "sampul" in marks or front.BODY in marks
            made += self.lowered([block])
        # The section of the last page is the document's own.
        return made[:-1] if self.turned_end else made

    def turned_where_wide(self, block: Node) -> Node:
        """A table whose words have no room beside one another stands on its side."""
        if block["t"] != "Div" or TABLE not in nodes.classes(block):
            return block
        shown = self.document.tables.get(block["c"][0][0])
        too_wide = shown and widths.least(shown) > self.template.room()
        return nodes.div([block], LANDSCAPE) if too_wide else block

    def lowered(self, given: Any, properties: str = "") -> list[Node]:
        """`properties` are those of the surrounding text, for what is written raw."""

        def visit(node: Node) -> Node | list[Node] | None:
            kind = node["t"]
            if kind in ("Strong", "Emph"):
                more = _BOLD if kind == "Strong" else _ITALIC
                return {"t": kind, "c": self.lowered(node["c"], properties + more)}
            if is_number(node):
                key, shown = nodes.values(node)["key"], nodes.text(node["c"][1])
                return _raw(docx_fields.control(key, shown, properties))
            if is_reference(node):
                return _raw(self.reference(node))
            if kind == "Header":
                return self.heading(node)
            if kind == "Div":
                return self.division(node)
            return None

        made: list[Node] = nodes.walk(given, visit)
        return made

    def reference(self, node: Node) -> str:
        target, text = node["c"][2][0].removeprefix("#"), nodes.text(node["c"][1])
        place = self.places[target]
        if text == self.document.entries[place].told and self.entry(target).label:
            return docx_fields.reference(place, text, self.template.link)
        return docx_fields.linked(place, text, self.template.link)

    def entry(self, anchor: str) -> Entry:
        return self.document.entries[self.places[anchor]]

    def heading(self, node: Node) -> list[Node]:
        level, (anchor, marks, _), words = node["c"]
        if front.UNLISTED in marks:
            return [_styled("TOC Heading", [nodes.para(words)])]
        before = []
        if self.signing and level == 1:
            before = [self.front_section("letter")]
        self.signing = anchor == front.APPROVAL and self.template.has_letterhead
        if anchor == "edisi":
            before = [self.section()]
        inner = self.labelled(anchor, words)
        if front.NEW_PAGE in marks:
            before.append(_block(NEW_PAGE))
        return [*before, nodes.header(level, inner)]

    def labelled(self, anchor: str, words: list[Node]) -> list[Node]:
        """Words under a bookmark, their label under another."""
        place = self.places[anchor]
        first, *others = words
        inner = self.lowered(words)
        if first["t"] == "Span" and LABEL in nodes.classes(first):
            label = docx_fields.label(place, nodes.text(first))
            inner = [
                _raw(label),
                _raw(docx_fields.run(_GAP)),
                *self.lowered(others[1:]),
            ]
        start, end = docx_fields.bookmark(place, "Toc", "\n").split("\n")
        return [_raw(start), *inner, _raw(end)]

    def division(self, node: Node) -> list[Node] | None:
        marks = nodes.classes(node)
        anchor, inner = node["c"][0][0], node["c"][1]
        if TABLE in marks:
            return self.table(anchor, inner)
        if LANDSCAPE in marks:
            # A section of nothing would be an empty page.
            before = [] if self.new_section else [self.section()]
            return [*before, *self.lowered(inner), self.section(turned=True)]
        if FIGURE in marks:
            return self.figure(anchor, inner)
        if SENTENCE in marks:
            foreign = nodes.values(node).get("lang")
            made = self.lowered(inner)
            return [nodes.div(made, values={"lang": foreign})] if foreign else made
        for name in marks:
            if name in _LISTS:
                return self.list(name)
            if name in _STYLED:
                return [_styled(_STYLED[name], self.lowered(inner))]
            if name == "sampul":
                # A letterhead with a picture brings the logo itself.
                given = () if self.template.has_logo else self.document.logos
                shown = self.lowered([*front.logos(given), *inner])
                return [*shown, self.front_section("cover")]
            if name == front.BODY:
                return self.body()
        return None

    def body(self) -> list[Node]:
        if not self.document.complete:
            return []
        self.restart = 'w:start="1"'
        return [self.front_section()]

    def front_section(self, first: First = "") -> Node:
        roman = 'w:fmt="lowerRoman"'
        return _block(self.template.section(first=first, pages=roman))

    def section(self, *, turned: bool = False) -> Node:
        end = self.template.section(turned=turned, pages=self.restart)
        self.restart = ""
        return _block(end)

    def table(self, anchor: str, inner: list[Node]) -> list[Node]:
        caption, grid, *notes = inner
        attributes, none, columns, head, bodies, foot = grid["c"]
        shown = [head[0], self.rows(head[1], _BOLD)]
        tied = len(bodies[0][3]) <= SHORT
        filled = [[a, n, h, self.rows(rows, tied=tied)] for a, n, h, rows in bodies]
        made = {"t": "Table", "c": [attributes, none, columns, shown, filled, foot]}
        told = [self.note(note) for note in notes] or [_block(self.empty())]
        return [self.caption("Table Caption", anchor, caption), made, *told]

    def rows(
        self, rows: list[Any], properties: str = "", *, tied: bool = True
    ) -> list[Any]:
        """Rows of cells; `tied` ones stay on a page with what follows them.

        So do the first and the last of every table: neither a header nor a note shall
        stand alone.
        """
        ends = {*range(_TIED), *range(len(rows) - _TIED, len(rows))}

        def cell(given: Any, style: str) -> Any:
            attributes, align, down, across, blocks = given
            words = self.lowered(blocks[0]["c"] if blocks else [], properties)
            # pandoc gives a Plain in a cell its own style, a Para the Div's.
            inner = [nodes.para([nodes.strong(words)] if properties else words)]
            return [attributes, align, down, across, [_styled(style, inner)]]

        styles = [
            "Isi Tabel Terikat" if tied or place in ends else "Isi Tabel"
            for place in range(len(rows))
        ]
        return [
            [attributes, [cell(each, style) for each in row]]
            for (attributes, row), style in zip(rows, styles, strict=True)
        ]

    def figure(self, anchor: str, inner: list[Node]) -> list[Node]:
        _, caption, *notes = inner
        figure = self.document.figures[anchor]
        source = f"data:image/png;base64,{figure.png}"
        widest = self.template.wide() / _CENTIMETRE
        picture = nodes.image(figure.alt, source, min(figure.width_cm, widest))
        return [
            _styled("Captioned Figure", [nodes.para([picture])]),
            self.caption("Image Caption", anchor, caption),
            *(self.note(note) for note in notes),
        ]

    def caption(self, style: str, anchor: str, caption: Node) -> Node:
        words = self.labelled(anchor, caption["c"][1][0]["c"])
        return _styled(style, [nodes.para(words)])

    def note(self, note: Node) -> Node:
        return _styled("Catatan Tabel", self.lowered(note["c"][1]))

    def empty(self) -> str:
        style = self.template.style("Catatan Tabel")
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'

    def list(self, name: str) -> list[Node]:
        instruction, sorts = _LISTS[name]
        lines = [
            (place, entry)
            for place, entry in enumerate(self.document.entries)
            if entry.sort in sorts
            and entry.level <= 2
            and entry.anchor != f"{front.CONTENTS}-judul"
        ]
        style = self.template.style
        wide = self.template.wide()
        made = docx_fields.contents(instruction, lines, self.pages, style, wide)
        return [_block(made)]


def _styled(style: str, blocks: list[Node]) -> Node:
    return nodes.div(blocks, values={"custom-style": style})


def _raw(text: str) -> Node:
    return nodes.raw_inline("openxml", text)


def _block(text: str) -> Node:
    return nodes.raw_block("openxml", text)
