"""Good files made bad in one way, by which it is seen that a judge can say no."""

import io
import re
import zipfile
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject


def without_tags(pdf: Path, bad: Path) -> Path:
    """A PDF whose pages nothing tells how to read."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf.read_bytes())))
    for key in ("/StructTreeRoot", "/MarkInfo", "/Lang"):
        writer.root_object.pop(NameObject(key), None)
    writer.write(bad)
    return bad


def without_bookmarks(word: Path, bad: Path) -> Path:
    """A Word file whose cross-references lead nowhere."""
    return _rewritten(word, bad, rb'(<w:bookmarkStart [^>]*w:name=")', rb"\1hilang-")


def without_tables(word: Path, bad: Path) -> Path:
    """A Word file that lost its tables."""
    return _rewritten(word, bad, rb"(?s)<w:tbl>.*?</w:tbl>", b"")


def without_names(page: Path, bad: Path) -> Path:
    """A web page with a picture and a field of which nothing says what they are."""
    more = b'<img src="data:,"><input type="text"></main>'
    bad.write_bytes(page.read_bytes().replace(b"</main>", more))
    return bad


def _rewritten(word: Path, bad: Path, pattern: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(word) as old, zipfile.ZipFile(bad, "w") as package:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data, count = re.subn(pattern, new, data)
                if not count:
                    raise ValueError(f"{word.name}: nothing to spoil")
            package.writestr(name, data)
    return bad
