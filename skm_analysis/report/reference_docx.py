"""The Word template of the package, `assets/reference.docx`, as a program.

Styles, margins, header and footer stand here in one readable place; the committed
file is what `write` gives (a test compares). A partner who wants another look edits
a copy in Word and puts it into the study's `branding/`.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from skm_analysis.report.reference_styles import SPACES, R, styles

BANNER, TITLE = "SKM-TANDA", "SKM-JUDUL"  # replaced when a document is written

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _header() -> str:
    run = f'<w:r><w:t xml:space="preserve">{BANNER}</w:t></w:r>'
    return (
        f'{_HEAD}<w:hdr {SPACES}><w:p><w:pPr><w:pStyle w:val="Tanda"/></w:pPr>'
        f"{run}</w:p></w:hdr>"
    )


def _footer() -> str:
    title = f'<w:r><w:t xml:space="preserve">{TITLE}</w:t></w:r><w:r><w:tab/></w:r>'
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'{_HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{title}{page}</w:p></w:ftr>"
    )


def _empty_footer() -> str:
    style = '<w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    return f"{_HEAD}<w:ftr {SPACES}><w:p>{style}</w:p></w:ftr>"


_SECTION = (
    '<w:headerReference w:type="default" r:id="header1"/>'
    '<w:headerReference w:type="first" r:id="header1"/>'
    '<w:footerReference w:type="default" r:id="footer1"/>'
    '<w:footerReference w:type="first" r:id="footer2"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1474" w:right="1418" w:bottom="1247" w:left="1701" '
    'w:header="680" w:footer="680" w:gutter="0"/><w:titlePg/>'
)


def _body(section: str) -> str:
    told = "Ubah gaya (Styles) pada berkas ini untuk mengubah rupa laporan."
    return (
        f"{_HEAD}<w:document {SPACES}><w:body><w:p><w:r><w:t>{told}</w:t></w:r></w:p>"
        f"<w:sectPr>{section}</w:sectPr></w:body></w:document>"
    )


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings {SPACES}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="567"/><w:characterSpacingControl '
        'w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/>'
        '<w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="id-ID"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _footnotes() -> str:
    marks = (("separator", -1), ("continuationSeparator", 0))
    notes = "".join(
        f'<w:footnote w:type="{name}" w:id="{id_}"><w:p><w:r><w:{name}/></w:r></w:p>'
        "</w:footnote>"
        for name, id_ in marks
    )
    return f"{_HEAD}<w:footnotes {SPACES}>{notes}</w:footnotes>"


_PARTS = ("styles", "settings", "footnotes")
_THEME = "theme/theme1"


def _kind(part: str) -> str:
    if part == _THEME:
        return "theme"
    return next((kind for kind in ("header", "footer") if kind in part), part)


def _relations(parts: Iterable[str]) -> str:
    told = "".join(
        f'<Relationship Id="{part.rpartition("/")[2]}" Type="{R}/{_kind(part)}" '
        f'Target="{part}.xml"/>'
        for part in parts
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
    )


def _types(parts: Iterable[str], endings: Iterable[str]) -> str:
    def kind(part: str) -> str:
        office = _OFFICE.replace("wordprocessingml", "") if part == _THEME else _OFFICE
        return f"{office}{'' if part == _THEME else '.'}{_kind(part)}+xml"

    told = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind(part)}"/>'
        for part in parts
    )
    pictures = "".join(
        f'<Default Extension="{ending[1:]}" '
        f'ContentType="image/{ending[1:].replace("jpg", "jpeg")}"/>'
        for ending in endings
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}'
        '<Override PartName="/word/document.xml" '
        f'ContentType="{_OFFICE}.document.main+xml"/>{told}</Types>'
    )


def with_head(text: str) -> str:
    return _HEAD + text


def picture_relations(targets: Mapping[str, str]) -> str:
    told = "".join(
        f'<Relationship Id={quoteattr(id_)} Type="{R}/image" Target="{target}"/>'
        for id_, target in targets.items()
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
    )


def members(
    *,
    styles: str,
    section: str,
    heads: Sequence[tuple[str, str]],
    theme: bytes = b"",
    endings: Iterable[str] = (),
) -> dict[str, str | bytes]:
    """The files of a template; `heads` are headers and footers by their names.

    A part of the body is referred to by its name. `endings` are those of pictures.
    """
    top = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    parts = [*_PARTS, *([_THEME] if theme else []), *(name for name, _ in heads)]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(parts, endings),
        "_rels/.rels": top,
        "word/document.xml": _body(section),
        "word/_rels/document.xml.rels": _relations(parts),
        "word/styles.xml": styles,
        "word/settings.xml": _settings(),
        "word/footnotes.xml": _footnotes(),
    }
    if theme:
        files[f"word/{_THEME}.xml"] = theme
    return files | {f"word/{name}.xml": text for name, text in heads}


def package() -> bytes:
    """The template's bytes; always the same."""
    heads = [("header1", _header()), ("footer1", _footer())]
    heads.append(("footer2", _empty_footer()))
    return packed(members(styles=_HEAD + styles(), section=_SECTION, heads=heads))


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of these files, without clock or machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, given in files.items():
            archive.writestr(zipped(name), given)
    return made.getvalue()


def zipped(name: str) -> zipfile.ZipInfo:
    """A member of a package, without clock or machine."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def write(path: Path) -> None:
    path.write_bytes(package())
