"""The Word template in use: its style ids, sections, and its words filled in."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from skm_analysis.report.nodes import clean
from skm_analysis.report.reference_docx import BANNER, TITLE, zipped

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEADER = re.compile(r"word/header[0-9]*\.xml")
_WHOLE_ROW = b"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_A4 = (11906, 16838)  # twentieths of a point


@dataclass(frozen=True, slots=True)
class Template:
    """A `reference.docx`, read once.

    `styles` maps the name of a paragraph style to its id; `ends` holds the header and
    footer references and the margins that every section must repeat.
    """

    package: bytes
    styles: Mapping[str, str]
    references: str
    margins: str

    def style(self, name: str) -> str:
        """The id of the style `name`; Word's own id where the template has none."""
        return self.styles.get(name.lower(), name.title().replace(" ", ""))

    def section(
        self, *, wide: bool = False, first: bool = False, pages: str = ""
    ) -> str:
        """A paragraph that ends a section of this shape.

        `pages` are the attributes of its page numbers, `first` gives the first page
        a header and footer of its own.
        """
        short, long = _A4
        size = (
            f'<w:pgSz w:w="{long}" w:h="{short}" w:orient="landscape"/>'
            if wide
            else f'<w:pgSz w:w="{short}" w:h="{long}"/>'
        )
        numbers = f"<w:pgNumType {pages}/>" if pages else ""
        title = "<w:titlePg/>" if first else ""
        return (
            '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" '
            f'w:lineRule="exact"/><w:sectPr>{self.references}<w:type w:val="nextPage"/>'
            f"{size}{self.margins}{numbers}{title}</w:sectPr></w:pPr></w:p>"
        )

    def filled(self, banner: str, title: str) -> bytes:
        """The package with the notice in every header and the title in the footer.

        A template without the place for it gets the notice as the first paragraph of
        each of its headers.
        """
        made = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self.package)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for member in old.infolist():
                data = old.read(member)
                if member.filename.startswith(("word/header", "word/footer")):
                    text = data.decode("utf-8")
                    if _HEADER.fullmatch(member.filename) and BANNER not in text:
                        text = _with_notice(text)
                    text = text.replace(BANNER, escape(clean(banner)))
                    data = text.replace(TITLE, escape(clean(title))).encode()
                new.writestr(zipped(member.filename), data)
        return made.getvalue()


def dated(package: bytes, epoch: int) -> bytes:
    """The finished package with its dates: pandoc's sandbox has no clock.

    Pictures get their Indonesian name, which a screen reader tells, and a table's rows
    are not divided between pages.
    """
    when = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "docProps/core.xml":
                data = data.replace(b"1970-01-01T00:00:00Z", when.encode())
            if member.filename == "word/document.xml":
                data = data.replace(b'name="Picture"', b'name="Gambar"')
                data = data.replace(b"<w:tr><w:tc>", _WHOLE_ROW + b"<w:tc>")
            new.writestr(zipped(member.filename), data)
    return made.getvalue()


def _with_notice(text: str) -> str:
    notice = f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{BANNER}</w:t></w:r></w:p>"
    return re.sub(r"(<w:hdr\b[^>]*>)", lambda start: start[1] + notice, text, count=1)


def read(path: Path | None = None) -> Template:
    """The study's own template, or the package's."""
    asset = resources.files("skm_analysis.report") / "assets" / "reference.docx"
    package = path.read_bytes() if path else asset.read_bytes()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        styles = ElementTree.fromstring(archive.read("word/styles.xml"))
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    section = document.find(f"{_W}body/{_W}sectPr")
    found = section if section is not None else ElementTree.Element("none")
    return Template(package, _ids(styles), _references(found), _margins(found))


def _ids(styles: ElementTree.Element) -> dict[str, str]:
    found = {}
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[name.get(f"{_W}val", "").lower()] = style.get(f"{_W}styleId", "")
    return found


def _references(section: ElementTree.Element) -> str:
    return "".join(
        f'<w:{kind} w:type="{each.get(f"{_W}type")}" r:id="{each.get(f"{_R}id")}"/>'
        for kind in ("headerReference", "footerReference")
        for each in section.iter(f"{_W}{kind}")
    )


def _margins(section: ElementTree.Element) -> str:
    found = section.find(f"{_W}pgMar")
    given = {} if found is None else {k.replace(_W, ""): v for k, v in found.items()}
    told = " ".join(f'w:{name}="{value}"' for name, value in given.items())
    return f"<w:pgMar {told}/>" if told else ""
