"""The delivered documents, opened: their keyed numbers, fingerprints, attachments."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.errors import PyPdfError

FORMATS = ("docx", "html", "pdf")
DECK = "pptx"
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = re.compile(r"ppt/slides/slide[0-9]+\.xml")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_INLINE = {"a", "b", "code", "em", "i", "span", "strong", "sub", "sup"}
_LABELLED = ("Tabel ", "Gambar ")


class Keyed(NamedTuple):
    """A number where a reader sees it; in Word, `key` is the tag of its control."""

    key: str
    shown: str
    place: str  # label and title of the table or section around it


class Opened(NamedTuple):
    numbers: tuple[Keyed, ...] = ()
    hashes: tuple[str, ...] = ()  # whatever in the text looks like a fingerprint
    attachments: Mapping[str, bytes] = {}
    text: str = ""  # of a PDF's last page, which is a sheet's only one; of a deck


class UnreadableError(Exception):
    """A document is not what its name says."""


def open_document(path: Path) -> Opened:
    """What a document shows; of a PDF the last page's text and the attachments.

    Of a deck it is the text of its slides, whose numbers have no keys.

    Raises
    ------
    UnreadableError
        It is missing, damaged, or of another format.
    """
    readers = {".html": _html, ".docx": _docx, ".pdf": _pdf, f".{DECK}": _pptx}
    try:
        return readers[path.suffix](path.read_bytes())
    except (
        OSError,
        ValueError,  # also of text that is not UTF-8
        KeyError,
        zipfile.BadZipFile,
        ElementTree.ParseError,
        PyPdfError,
    ) as error:
        raise UnreadableError(type(error).__name__) from error


def _html(data: bytes) -> Opened:
    page = _Page()
    page.feed(data.decode())
    page.close()
    if not page.began:
        raise ValueError("a text without an html element")
    return Opened(tuple(page.numbers), tuple(_HASH.findall("".join(page.text))))


class _Page(HTMLParser):
    """Text of elements that carry a key, with the heading or caption before them."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[Keyed] = []
        self.text: list[str] = []
        self.open: list[tuple[str, str | None, int]] = []  # tag, key, where it began
        self.heading = self.caption = ""
        self.began = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.began = self.began or tag == "html"
        if tag not in _VOID:
            self.open.append((tag, dict(attrs).get("data-key"), len(self.text)))

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1][0] not in ("style", "script"):
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if not any(tag == each[0] for each in self.open):
            return
        while True:
            name, key, start = self.open.pop()
            self._closed(name, key, "".join(self.text[start:]))
            if name == tag:
                return

    def _closed(self, tag: str, key: str | None, text: str) -> None:
        if tag not in _INLINE:
            self.text.append("\n")
        if key is not None:
            self.numbers.append(Keyed(key, text, self.caption or self.heading))
        if tag in _HEADINGS:
            self.heading = _line(text)
        if tag in ("caption", "table"):
            self.caption = _line(text) if tag == "caption" else ""


def _docx(data: bytes) -> Opened:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = ElementTree.fromstring(package.read("word/document.xml"))
    body = document.find(f"{_WORD}body")
    if body is None:
        raise ValueError("a document without body")
    return Opened(tuple(_controls(body)), tuple(_HASH.findall(_text(body))))


def _controls(body: ElementTree.Element) -> Iterator[Keyed]:
    heading = caption = ""
    for block in body:
        within = caption if block.tag == f"{_WORD}tbl" and caption else heading
        for control in block.iter(f"{_WORD}sdt"):
            tag = control.find(f"{_WORD}sdtPr/{_WORD}tag")
            if tag is not None:
                yield Keyed(tag.get(f"{_WORD}val", ""), _text(control), within)
        marks = [m.get(f"{_WORD}name", "") for m in block.iter(f"{_WORD}bookmarkStart")]
        if any(name.startswith("_Toc") for name in marks):
            told = _line(_text(block))
            is_label = told.startswith(_LABELLED)
            heading, caption = (heading, told) if is_label else (told, "")


def _text(element: ElementTree.Element) -> str:
    """Visible text; paragraphs by lines."""
    parts = []
    for each in element.iter():
        if each.tag == f"{_WORD}t":
            parts.append(each.text or "")
        elif each.tag == f"{_WORD}p" and parts:
            parts.append("\n")
    return "".join(parts)


def _pdf(data: bytes) -> Opened:
    reader = PdfReader(io.BytesIO(data))
    attached = {name: b"".join(parts) for name, parts in reader.attachments.items()}
    last = reader.pages[-1].extract_text()
    return Opened(
        hashes=tuple(_HASH.findall(last)), attachments=attached, text=_line(last)
    )


def _pptx(data: bytes) -> Opened:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        slides = [name for name in package.namelist() if _SLIDE.fullmatch(name)]
        if not slides:
            raise ValueError("a deck without slides")
        paragraphs = [
            "".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t"))
            for name in slides
            for paragraph in ElementTree.fromstring(package.read(name)).iter(
                f"{_DRAWING}p"
            )
        ]
    return Opened(text=_line(" ".join(paragraphs)))


def _line(text: str) -> str:
    return " ".join(text.split())
