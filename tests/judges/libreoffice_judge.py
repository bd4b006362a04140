"""LibreOffice opens the file and prints all that stands in it."""

import re
import subprocess
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
from lxml import etree
from pypdf import PdfReader
from verdict import Verdict, installed

NAME = "soffice"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Of one or two letters some fall apart where a long word is broken anywhere.
_TOLD = re.compile(r"\d+|[^\W\d_]{3,}")
_PATIENCE = 600  # seconds


def missing() -> str:
    return "" if installed(NAME) else "LibreOffice"


def judge(path: Path, printed_from: Path | None = None) -> Verdict:
    """Words and numbers of `path` that LibreOffice does not print from it.

    Or from `printed_from`, by which the judge itself is tried.
    """
    told = _of_word(path) if path.suffix == ".docx" else _of_workbook(path)
    lost = told - _printed(printed_from or path)
    errors = [f"hilang {n} kali: {word}" for word, n in lost.most_common()]
    return Verdict(f"LibreOffice, {told.total()} kata dan angka", errors)


def _of_word(path: Path) -> Counter[str]:
    """All but the contents and lists, whose page numbers are LibreOffice's own."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    found: Counter[str] = Counter()
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else str(style.get(f"{W}val"))
        if not name.startswith(("TOC", "TableofFigures")):
            words = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
            found.update(_told(words))
    return found


def _of_workbook(path: Path) -> Counter[str]:
    """All words; how a number is written depends on the cell's format."""
    found: Counter[str] = Counter()
    for sheet in openpyxl.load_workbook(path, data_only=True):
        for row in sheet.iter_rows(values_only=True):
            for cell in row:
                if isinstance(cell, str):
                    found.update(_told(cell))
    return found


def _printed(path: Path) -> Counter[str]:
    program = installed(NAME)
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        home = f"-env:UserInstallation={(Path(folder) / 'user').as_uri()}"
        subprocess.run(
            [
                *(program, home, "--headless", "--convert-to", "pdf"),
                *("--outdir", folder, str(path)),
            ],
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
        pages = PdfReader(Path(folder) / f"{path.stem}.pdf").pages
        return Counter(word for page in pages for word in _told(page.extract_text()))


def _told(text: str) -> list[str]:
    """Its words and numbers; a style may print them in capitals."""
    return _TOLD.findall(text.casefold())
