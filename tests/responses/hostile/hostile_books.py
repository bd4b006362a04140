"""Hostile workbooks, built from what the list says of each.

Every one that can be read holds the same sheet: U1, U2, U3 and one respondent.
"""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
from openpyxl.comments import Comment

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
CANARY = "Siti Kanari 3201012345678901"
PHOTO = b"\x89PNG\r\n\x1a\n" + CANARY.encode()
OLE = bytes.fromhex("D0CF11E0A1B11AE1")

Fill = Callable[[openpyxl.Workbook], object]
Change = Callable[[bytes], bytes]


def book(fill: Fill = lambda _: None) -> bytes:
    made = openpyxl.Workbook()
    for row in (["U1", "U2", "U3"], [4, 3, 4]):
        made.active.append(row)
    fill(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def changed(changes: dict[str, Change], data: bytes = b"") -> bytes:
    """The archive with members changed or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or book())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys([*old.namelist(), *changes]):
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, changes.get(name, bytes)(content))
    return file.getvalue()


def in_sheet(before: bytes, after: bytes) -> bytes:
    def change(xml: bytes) -> bytes:
        assert before in xml
        return xml.replace(before, after, 1)

    return changed({SHEET: change})


def hidden_sheet(made: openpyxl.Workbook) -> None:
    other = made.create_sheet("Lama")
    for row in (["U1", "U2", "U3"], [1, 1, 1]):
        other.append(row)
    other.sheet_state = "hidden"


def told_beside_cells(made: openpyxl.Workbook) -> None:
    made.active["A2"].comment = Comment(CANARY, CANARY)
    made.properties.creator = made.properties.lastModifiedBy = CANARY


def resaved(made: openpyxl.Workbook) -> None:
    made.properties.title = "disimpan ulang"


def many_styles() -> bytes:
    def change(xml: bytes) -> bytes:
        formats = b"".join(
            b'<xf numFmtId="%d" fontId="0" fillId="0" borderId="0"/>' % (i % 40)
            for i in range(64_000)
        )
        return re.sub(
            rb"<cellXfs.*?</cellXfs>",
            b'<cellXfs count="64000">' + formats + b"</cellXfs>",
            xml,
            count=1,
            flags=re.DOTALL,
        )

    return changed({STYLES: change})


def shared_text(index: int) -> bytes:
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t>U1</t></si><si><t>U2</t></si><si><t>U3</t></si>"
        b"<si><r><t>Sangat</t></r><r><rPr><b/></rPr>"
        b'<t xml:space="preserve"> mudah</t></r></si></sst>'
    )
    cell = b'<c r="B2" t="s"><v>%d</v></c>' % index
    return changed(
        {
            "xl/sharedStrings.xml": lambda _: strings,
            SHEET: lambda xml: re.sub(rb'<c r="B2".*?</c>', cell, xml, count=1),
        }
    )


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
SLY = FAR.replace(b'"XFD', b'"&#88;FD').replace(b"row r=", b"row x=")
DOCTYPE = b'<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><worksheet'
LINK = "xl/externalLinks/externalLink1.xml"


def far_cell() -> bytes:
    return in_sheet(b"</sheetData>", FAR)


def sly_far_cell() -> bytes:
    """Written so that no pattern of bytes sees it: the parser alone is left."""
    return in_sheet(b"</sheetData>", SLY)


def bomb() -> bytes:
    return changed({"xl/media.xml": lambda _: b"A" * (150 * 2**20)})


BUILT: dict[str, Callable[[], bytes]] = {
    "xlsx-far-cell": far_cell,
    "xlsx-dim-lie": lambda: changed(
        {SHEET: lambda x: re.sub(rb'ref="A1:C2"', b'ref="A1:XFD1048576"', x)}
    ),
    "xlsx-xxe": lambda: in_sheet(b"<worksheet", DOCTYPE),
    "xlsx-trav": lambda: changed({"../../x": lambda _: b"x"}),
    "xlsx-ext-link": lambda: changed({LINK: lambda _: b"<externalLink/>"}),
    "xlsx-encrypted": lambda: OLE + "EncryptedPackage".encode("utf-16-le") * 9,
    "xlsx-xls": lambda: OLE + b"\0" * 600 + "Workbook\0".encode("utf-16-le"),
    "xlsx-truncated": lambda: book()[:-100],
    "xlsx-hidden-sheet": lambda: book(hidden_sheet),
    "xlsx-comments-pii": lambda: book(told_beside_cells),
    "xlsx-images": lambda: changed({"xl/media/image1.png": lambda _: PHOTO}),
    "xlsx-many-styles": many_styles,
    "xlsx-shared-strings": lambda: shared_text(99),
    "xlsx-rich-text": lambda: shared_text(3),
    "xlsx-mtime": lambda: book(resaved),
    "own-xlsx-far-cell": sly_far_cell,
    "own-xlsx-doctype": lambda: changed(
        {"xl/workbook.xml": lambda x: x.replace(b"<workbook", b"<!DOCTYPE a><workbook")}
    ),
    "own-xlsx-bomb": bomb,
    "own-xlsx-hidden-sheet": lambda: book(hidden_sheet),
    "own-xlsx-torn": lambda: changed({SHEET: lambda x: x[: len(x) // 2]}),
}
