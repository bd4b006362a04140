"""`branding/reference.docx`: the study's own Word template, taken in by permission.

Of the file only what gives a report its look is kept: styles, theme, page and margins,
headers and footers with their pictures. Macros, links and objects make it refused;
whatever else is in it (text, authors, comments, fonts) is not read on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.places import Places
from skm_analysis.study.word_package import Package, opened

NAME = "branding/reference.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REQUIRED = ("Normal", "heading 1", "heading 2", "heading 3")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LEAST_TEXT, _LEAST_PAGE, _MOST_PAGE = 5103, 8391, 23811  # 9 cm; A5; A3, in twentieths
_A4 = (11906, 16838)
_SIDES = ("top", "right", "bottom", "left", "header", "footer", "gutter")
FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF", "TITLE"}
_OBJECTS = {"object", "control", "altChunk", "OLEObject"}
_LINKED = re.compile(
    r"<w:hyperlink\b(?=[^>]*r:id=)[^>]*>(.*?)</w:hyperlink>", re.DOTALL
)
_PICTURES = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


@dataclass(frozen=True, slots=True)
class Part:
    """A header or footer: its XML, and its pictures by their relationship."""

    text: str
    pictures: Mapping[str, tuple[str, bytes]]  # ending and data


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTemplate:
    """What of a template a report is made with. Lengths in twentieths of a point."""

    styles: str
    theme: bytes
    page: tuple[int, int]  # short side, long side
    margins: Mapping[str, int]
    parts: Mapping[tuple[str, str], Part]  # ("header", "first"), …
    first_page: bool  # the first page has a header and footer of its own
    even_pages: bool  # and even pages have
    mirrored: bool


def read_template(places: Places) -> WordTemplate | None:
    """The study's template, if there is one.

    Raises
    ------
    StudyError
        The file is damaged, holds what a template must not, or lacks styles.
    """
    path = places.raw / NAME
    faults = Faults()
    if not path.is_file():
        _refuse_other_names(path, places, faults)
        return None
    spot = Spot(faults, plain(places.told(path)))
    package = opened(path, spot)
    made = parsed(package, spot) if package else None
    faults.raise_if_any()
    return made


def _refuse_other_names(path: Path, places: Places, faults: Faults) -> None:
    """A Word file beside which there is no template was meant to be it."""
    for other in sorted(path.parent.glob("*")):
        is_word = other.suffix.lower() in (".docx", ".dotx", ".docm", ".doc")
        if is_word and not other.name.startswith((".", "~")):
            told = plain(places.told(other))
            faults.add(told, "tidak dipakai.", f"beri nama {path.name}.")
    faults.raise_if_any()


def parsed(package: Package, spot: Spot) -> WordTemplate | None:
    """The permitted parts; None where something is at fault, which is told."""
    before = len(spot.faults.found)
    if _unusual(package):
        spot.fault(
            "ditulis dengan cara yang tidak lazim.",
            "buka di Word, lalu simpan kembali sebagai Word Document (.docx).",
        )
        return None
    styles = package.text("word/styles.xml")
    _refuse_lacking(styles, spot)
    section = package.tree("word/document.xml").find(f"{W}body/{W}sectPr")
    if section is None:
        spot.fault(
            "pengaturan halamannya tidak ditemukan.",
            "buka di Word, periksa margin pada Layout, lalu simpan sebagai .docx.",
        )
        return None
    page, margins = _page(section), _margins(section)
    _refuse_narrow(page, margins, spot)
    parts = _parts(package, section, spot)
    settings = package.tree("word/settings.xml")
    if len(spot.faults.found) > before:
        return None
    return WordTemplate(
        styles=styles,
        theme=package.members.get("word/theme/theme1.xml", b""),
        page=page,
        margins=margins,
        parts=parts,
        first_page=_switched_on(section.find(f"{W}titlePg")),
        even_pages=_switched_on(settings.find(f"{W}evenAndOddHeaders")),
        mirrored=_switched_on(settings.find(f"{W}mirrorMargins")),
    )


def _unusual(package: Package) -> bool:
    """Whether parts have other prefixes than those that every office program writes."""
    looked_at = re.compile(r"word/(styles|header[0-9]*|footer[0-9]*)\.xml")
    return any(
        not re.match(r"<w:(styles|hdr|ftr)\b[^>]*>", text := package.text(name))
        or f'xmlns:w="{W[1:-1]}"' not in text
        or (re.search(r"\br:(id|embed)=", text) and f'xmlns:r="{_R[1:-1]}"' not in text)
        for name in package.members
        if looked_at.fullmatch(name)
    )


def _switched_on(mark: ElementTree.Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") in ("1", "true", "on")


def _refuse_lacking(styles: str, spot: Spot) -> None:
    found = {
        name.get(f"{W}val", "").lower()
        for style in ElementTree.fromstring(styles).iter(f"{W}style")
        if style.get(f"{W}type") == "paragraph"
        and (name := style.find(f"{W}name")) is not None
    }
    if lacking := [name for name in REQUIRED if name.lower() not in found]:
        spot.fault(
            f"gaya {', '.join(name.title() for name in lacking)} belum ada.",
            "pakai tiap gaya itu satu kali dalam templat, lalu simpan; atau mulai",
            "dari templat program, yang dibuat oleh skm new (docs/panduan.md).",
        )


def _page(section: ElementTree.Element) -> tuple[int, int]:
    size = section.find(f"{W}pgSz")
    if size is None:
        return _A4
    sides = [_whole(size.get(f"{W}{each}", "")) for each in "wh"]
    return min(sides), max(sides)


def _margins(section: ElementTree.Element) -> dict[str, int]:
    found = section.find(f"{W}pgMar")
    given = {} if found is None else dict(found.items())
    return {side: _whole(given.get(f"{W}{side}", "0")) for side in _SIDES}


def _whole(written: str) -> int:
    """A length; one that is none stands for what no page has."""
    try:
        return round(float(written))
    except (ValueError, OverflowError):
        return 10**6


def _refuse_narrow(
    page: tuple[int, int], margins: Mapping[str, int], spot: Spot
) -> None:
    text = page[0] - margins["left"] - margins["right"] - margins["gutter"]
    high = page[0] - abs(margins["top"]) - abs(margins["bottom"])
    sound = _LEAST_PAGE <= page[0] <= page[1] <= _MOST_PAGE
    beyond = any(abs(length) > page[0] for length in margins.values())
    if not sound or beyond or min(text, high) < _LEAST_TEXT:
        spot.fault(
            "ukuran halaman atau marginnya tidak dapat dipakai.",
            "yang diharapkan: kertas A5 sampai A3, dan paling sedikit 9 cm untuk isi",
            "di antara margin, juga pada halaman mendatar.",
        )


def _parts(
    package: Package, section: ElementTree.Element, spot: Spot
) -> dict[tuple[str, str], Part]:
    targets = package.relations("word/document.xml")
    found = {}
    for kind in ("header", "footer"):
        for each in section.iter(f"{W}{kind}Reference"):
            relation = targets.get(each.get(f"{_R}id", ""))
            if relation and relation.target in package.members:
                place = kind, each.get(f"{W}type", "default")
                found[place] = _part(package, relation.target, spot)
    return found


def _part(package: Package, name: str, spot: Spot) -> Part:
    text, tree = package.text(name), package.tree(name)
    place = spot.at("kepala atau kaki halaman")
    if any(each.tag.rpartition("}")[2] in _OBJECTS for each in tree.iter()):
        place.fault("berisi objek tertanam.", "hapus, atau ganti dengan gambar PNG.")
    for field in _fields(tree):
        if field not in FIELDS:
            place.fault(
                f"berisi bidang (field) '{plain(field)}' yang tidak dikenal.",
                f"yang diharapkan: {', '.join(sorted(FIELDS))}; hapus yang lain.",
            )
    pictures = {}
    for id_, relation in package.relations(name).items():
        data = package.members.get(relation.target, b"")
        if relation.kind == "image":
            ending = _ending(data)
            if relation.outside or not ending:
                place.fault(
                    "berisi gambar yang tidak dapat dipakai.",
                    "yang diharapkan: PNG atau JPEG yang tersimpan di dalam templat",
                    "sisipkan kembali gambar itu sebagai PNG.",
                )
            pictures[id_] = ending, data
        elif relation.kind != "hyperlink":
            place.fault("berisi bagian yang tidak dikenal.", "hapus objek di sana.")
    # A report has no link to outside: of a linked address the words stay.
    return Part(_LINKED.sub(r"\1", text), pictures)


def _fields(tree: ElementTree.Element) -> Iterator[str]:
    """The name of each field; Word may divide it between runs."""
    told = ""
    for each in tree.iter():
        if each.tag == f"{W}instrText":
            told += each.text or ""
        simple = each.get(f"{W}instr") if each.tag == f"{W}fldSimple" else None
        if each.tag == f"{W}fldChar" or simple is not None:
            for written in (told, simple or ""):
                if words := written.split():
                    yield words[0].upper()
            told = ""
    if words := told.split():
        yield words[0].upper()


def _ending(data: bytes) -> str:
    for beginning, ending in _PICTURES.items():
        if data.startswith(beginning):
            return ending
    return ""
