"""What is mended in a Word file that pandoc has made: dates, names, tables' widths."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise

from skm_analysis.report.reference_docx import zipped

NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'  # before a heading
_WHOLE_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>"
_BREAK = re.compile(re.escape(NEW_PAGE) + r"\s*(<w:p>\s*<w:pPr>\s*<w:pStyle\b[^>]*/>)")
_SECTION = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tcPr ?/>|<w:tcPr>")
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')


def finished(
    package: bytes, epoch: int, switches: Mapping[str, str] | None = None
) -> bytes:
    """The package with its dates, since pandoc's sandbox has no clock.

    Pictures get their Indonesian name, which a screen reader tells; a table's rows are
    not divided between pages, and its widths are lengths. `switches` are settings that
    pandoc does not take over, each by the one that it follows.
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
                data = _body(data.decode()).encode()
            if member.filename == "word/settings.xml":
                data = _switched(data.decode(), switches or {}).encode()
            new.writestr(zipped(member.filename), data)
    return made.getvalue()


def _switched(settings: str, switches: Mapping[str, str]) -> str:
    for before, switch in switches.items():
        place = rf"(<w:{before}\b[^>]*/>)"
        settings = re.sub(place, rf"\1<w:{switch}/>", settings, count=1)
    return settings


def _body(text: str) -> str:
    text = text.replace('name="Picture"', 'name="Gambar"')
    text = text.replace("<w:tr><w:tc>", _WHOLE_ROW)
    # A break of its own would leave an empty page after one that is full.
    text = _BREAK.sub(r"\1<w:pageBreakBefore/>", text)
    return "".join(_measured(text))


def _measured(text: str) -> Iterator[str]:
    """Every table as wide as the text of the section in which it stands."""
    start = 0
    for section in _SECTION.finditer(text):
        wide = _wide(section[0])
        yield _TABLE.sub(
            lambda table, wide=wide: _laid_out(table[0], wide),  # type: ignore[misc]
            text[start : section.start()],
        )
        yield section[0]
        start = section.end()
    yield text[start:]


def _wide(section: str) -> int:
    def length(tag: str, name: str) -> int:
        found = re.search(rf'<w:{tag}\b[^>]*\bw:{name}="(-?\d+)"', section)
        return int(found[1]) if found else 0

    margins = sum(length("pgMar", side) for side in ("left", "right", "gutter"))
    return length("pgSz", "w") - margins


def _laid_out(table: str, wide: int) -> str:
    """Table, grid and cells with one and the same lengths, for every program.

    Word goes by the cells, LibreOffice by the grid.
    """
    grid = _GRID.search(table)
    shares = [int(each) for each in re.findall(r'w:w="(\d+)"', grid[0] if grid else "")]
    if grid is None or not sum(shares):
        return table
    ends = [round(wide * sum(shares[:n]) / sum(shares)) for n in range(len(shares) + 1)]
    columns = [right - left for left, right in pairwise(ends)]
    told = "".join(f'<w:gridCol w:w="{each}"/>' for each in columns)
    head = table[: grid.start()]
    head = re.sub(
        r"<w:tblW\b[^>]*/>", f'<w:tblW w:w="{wide}" w:type="dxa"/>', head, count=1
    )
    rows = _ROW.sub(lambda row: _row(row[0], columns), table[grid.end() :])
    return f"{head}<w:tblGrid>{told}</w:tblGrid>{rows}"


def _row(row: str, columns: list[int]) -> str:
    if style := re.search(r"<w:pStyle\b[^>]*/>", row):
        # An empty cell would be as high as the letters of the text.
        row = row.replace("<w:p />", f"<w:p><w:pPr>{style[0]}</w:pPr></w:p>")
    made, at = [], 0
    for place, cell in enumerate(re.split(r"(?=<w:tc>)", row)):
        if place:
            span = _SPAN.search(cell.partition("<w:p>")[0])
            many = int(span[1]) if span else 1
            width = f'<w:tcW w:w="{sum(columns[at : at + many])}" w:type="dxa"/>'
            at += many
            cell = _CELL.sub(
                lambda given, width=width: (
                    f"<w:tcPr>{width}" + ("</w:tcPr>" if "/" in given[0] else "")
                ),
                cell,
                count=1,
            )
        made.append(cell)
    return "".join(made)
