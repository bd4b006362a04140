"""The Word template in use: its styles, its sections, its headers and footers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from skm_analysis.report import docx_heads, docx_styles, reference_docx
from skm_analysis.report.docx_styles import Styles
from skm_analysis.report.reference_docx import BANNER, TITLE, with_head
from skm_analysis.study.faults import Faults, Spot
from skm_analysis.study.word_package import unpacked
from skm_analysis.study.word_template import Part, WordTemplate, parsed

# Letters of table text are narrower than they are high: what fills a line of that many
# ems holds a tenth more of them.
_LETTER = 0.91
First = Literal["", "cover", "letter"]


@dataclass(frozen=True, slots=True)
class Template:
    """A template with our styles where it has none of that name."""

    source: WordTemplate
    text: str  # of the part that holds the styles
    styles: Styles

    def style(self, name: str) -> str:
        """The id of the paragraph style `name`."""
        return self.styles.by_name[name.lower()].id

    @property
    def link(self) -> str:
        """The id of the character style of links."""
        return docx_styles.id_of(self.text, "character", "hyperlink")

    @property
    def has_letterhead(self) -> bool:
        """Whether first pages have a header of their own."""
        return self.source.first_page and ("header", "first") in self.source.parts

    @property
    def has_logo(self) -> bool:
        """Whether the header of the cover holds a picture."""
        part = self._part("header", "first")
        return part is not None and bool(part.pictures)

    @property
    def switches(self) -> dict[str, str]:
        """What the settings say of pages, in the order that the format asks for."""
        found = {}
        if self.source.mirrored:
            found["embedSystemFonts"] = "mirrorMargins"
        if self.source.even_pages:
            found["defaultTabStop"] = "evenAndOddHeaders"
        return found

    def wide(self, *, turned: bool = False) -> int:
        """Between the margins, in twentieths of a point."""
        margins = self.source.margins
        side = self.source.page[turned]
        return side - margins["left"] - margins["right"] - margins["gutter"]

    def room(self, *, turned: bool = False) -> int:
        """What a line of table text holds, as `report.widths` measures it."""
        letter = 20 * self.styles.size("Isi Tabel")
        return int(100 * _LETTER * self.wide(turned=turned) / letter)

    def section(
        self, *, turned: bool = False, first: First = "", pages: str = ""
    ) -> str:
        """A paragraph that ends a section of this shape.

        `pages` are the attributes of its page numbers. The first page of a `cover` has
        the header and footer of first pages; that of a `letter` only the header.
        """
        return (
            '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" '
            'w:lineRule="exact"/><w:sectPr>'
            f"{self._section(turned=turned, first=first, pages=pages)}"
            "</w:sectPr></w:pPr></w:p>"
        )

    def _section(
        self, *, turned: bool = False, first: First = "", pages: str = ""
    ) -> str:
        short, long = self.source.page
        size = (
            f'<w:pgSz w:w="{long}" w:h="{short}" w:orient="landscape"/>'
            if turned
            else f'<w:pgSz w:w="{short}" w:h="{long}"/>'
        )
        told = " ".join(f'w:{side}="{at}"' for side, at in self.source.margins.items())
        numbers = f"<w:pgNumType {pages}/>" if pages else ""
        title = "<w:titlePg/>" if first else ""
        references = "".join(self._references(turned, first))
        return (
            f'{references}<w:type w:val="nextPage"/>{size}<w:pgMar {told}/>'
            f"{numbers}{title}"
        )

    def _references(self, turned: bool, first: First) -> Iterator[str]:
        kinds = ["default", *(["even"] if self.source.even_pages else [])]
        kinds += ["first"] if first else []
        for what in ("header", "footer"):
            for kind in kinds:
                plain = first == "letter" and what == "footer" and kind == "first"
                shown = "default" if plain else kind
                if self._part(what, shown):
                    id_ = _id(what, shown, turned)
                    yield f'<w:{what}Reference w:type="{kind}" r:id="{id_}"/>'

    def _part(self, what: str, kind: str) -> Part | None:
        """A header or footer; of every page where that kind has none of its own."""
        parts = self.source.parts
        if kind != "first" or self.source.first_page:
            found = parts.get((what, kind))
            if found or kind == "first":
                # An empty first footer is a cover without a number; a first header
                # that is not there would lose the notice.
                return found or (parts.get((what, "default")) or _own(what))
        return parts.get((what, "default")) or _own(what)

    def package(self, banner: str, title: str, *, turned_end: bool = False) -> bytes:
        """The reference document that pandoc gets, with the notice in every header.

        A template without the mark for it has the notice before its own header.
        """
        heads = list(self._heads(banner, title))
        pictures = {
            f"{name}-{place}": (ending, data)
            for name, _, part in heads
            for place, (ending, data) in enumerate(part.pictures.values())
        }
        section = self._section(turned=turned_end)
        files = reference_docx.members(
            styles=with_head(self.text),
            theme=self.source.theme,
            section=section,
            heads=[(name, with_head(part.text)) for name, _, part in heads],
            endings=sorted({ending for ending, _ in pictures.values()}),
        )
        for name, _, part in heads:
            if part.pictures:
                targets = {
                    id_: f"media/{name}-{place}{ending}"
                    for place, (id_, (ending, _)) in enumerate(part.pictures.items())
                }
                files[f"word/_rels/{name}.xml.rels"] = reference_docx.picture_relations(
                    targets
                )
        media = {f"word/media/{n}{e}": data for n, (e, data) in pictures.items()}
        return reference_docx.packed({**files, **media})

    def _heads(self, banner: str, title: str) -> Iterator[tuple[str, str, Part]]:
        """Every header and footer, upright and turned: its id, kind, and itself."""
        kinds = ["default", "first", *(["even"] if self.source.even_pages else [])]
        for what in ("header", "footer"):
            for kind in kinds:
                part = self._part(what, kind)
                for turned in (False, True):
                    if part:
                        text = self._filled(part.text, banner, title)
                        wide = self.wide(turned=turned)
                        text = docx_heads.fitted(text, self.styles, wide, self.wide())
                        name = _id(what, kind, turned)
                        yield name, what, Part(text, part.pictures)

    def _filled(self, text: str, banner: str, title: str) -> str:
        text = re.sub(r"<w:lang\b[^>]*/>", "", text)
        if banner and not docx_heads.has_mark(text, BANNER):
            text = docx_heads.with_notice(text, BANNER, self.style("Tanda"))
        for mark, told in ((BANNER, banner), (TITLE, title)):
            text = docx_heads.filled(text, mark, told)
        return text


def _id(what: str, kind: str, turned: bool) -> str:
    """The name of a part; by it the body refers to it."""
    return f"{what}{kind.title()}{'Turned' if turned else ''}"


def template(source: WordTemplate | None = None) -> Template:
    """The study's own template, or the package's."""
    ours = _packaged()
    text = ours.styles
    if source is not None:
        text = docx_styles.completed(source.styles, ours.styles)
    return Template(source or ours, text, docx_styles.read(text))


def blank() -> bytes:
    """The package's own template, as a file to begin with."""
    asset = resources.files("skm_analysis.report") / "assets" / "reference.docx"
    return asset.read_bytes()


@cache
def _packaged() -> WordTemplate:
    spot = Spot(Faults(), "assets/reference.docx")
    package = unpacked(blank(), spot)
    made = parsed(package, spot) if package else None
    if made is None:
        raise spot.faults.error()
    return made


def _own(what: str) -> Part | None:
    """Every page has a header, for the notice; a footer only if it is wanted."""
    return _packaged().parts["header", "default"] if what == "header" else None
