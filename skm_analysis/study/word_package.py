"""A Word file as an archive: what it must not be, and its parts."""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree

from skm_analysis.study.faults import Spot

_MOST_BYTES, _MOST_UNPACKED, _MOST_MEMBERS = 10_000_000, 64 * 2**20, 500
_PART = re.compile(
    r"word/(document|styles|settings|header[0-9]*|footer[0-9]*|theme/theme1)\.xml"
    r"|\[Content_Types\]\.xml|word/_rels/[a-z0-9]+\.xml\.rels|word/media/[^/]+"
)
_NEEDED = ("[Content_Types].xml", "word/document.xml", "word/styles.xml")
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_MACRO = ("vbaproject", "vbadata", "activex")
_AGAIN = "buka di Word atau LibreOffice, lalu simpan kembali sebagai .docx."


class Relation(NamedTuple):
    kind: str  # header, image, hyperlink, …
    target: str  # the name of the member
    outside: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that have to do with its look."""

    members: Mapping[str, bytes]

    def text(self, name: str) -> str:
        """The part without its first line, which tells the encoding."""
        text = self.members[name].decode("utf-8-sig")
        return re.sub(r"^\s*<\?xml[^>]*\?>\s*", "", text)

    def tree(self, name: str) -> ElementTree.Element:
        """The part's root; an empty one where there is no such part."""
        data = self.members.get(name)
        return ElementTree.fromstring(data) if data else ElementTree.Element("none")

    def relations(self, name: str) -> dict[str, Relation]:
        path = PurePosixPath(name)
        tree = self.tree(f"{path.parent}/_rels/{path.name}.rels")
        found = {}
        for each in tree:
            target = each.get("Target", "")
            inside = target.removeprefix("/") if target[:1] == "/" else f"word/{target}"
            found[each.get("Id", "")] = Relation(
                each.get("Type", "").rpartition("/")[2],
                inside,
                each.get("TargetMode") == "External",
            )
        return found


def opened(path: Path, spot: Spot) -> Package | None:
    """The file's parts; None where it is no sound Word file, which is told."""
    if path.stat().st_size > _MOST_BYTES:
        spot.fault("terlalu besar: lebih dari 10 MB.", "perkecil gambar di dalamnya.")
        return None
    return unpacked(path.read_bytes(), spot)


def unpacked(data: bytes, spot: Spot) -> Package | None:
    if data.startswith(_OLD_OR_LOCKED):
        spot.fault(
            "berformat Word lama (.doc) atau dilindungi kata sandi.",
            "hapus kata sandinya di Word, lalu simpan sebagai .docx.",
        )
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if _refused(archive.infolist(), spot):
                return None
            members = {
                each.filename: archive.read(each)
                for each in archive.infolist()
                if _PART.fullmatch(each.filename)
            }
        if _unsound(members, spot):
            return None
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        struct.error,
        ValueError,  # also of text that is not UTF-8
        NotImplementedError,
        RuntimeError,  # zipfile's word for a password
        ElementTree.ParseError,
    ):
        spot.fault("rusak, terpotong, atau bukan berkas Word.", _AGAIN)
        return None
    return Package(members)


def _refused(members: list[zipfile.ZipInfo], spot: Spot) -> bool:
    names = [member.filename for member in members]
    if any(mark in name.lower() for name in names for mark in _MACRO):
        spot.fault(
            "berisi makro.",
            "simpan sebagai Word Document (.docx) tanpa makro.",
        )
        return True
    outside = any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)
        for name in names
    )
    if (
        outside
        or len(set(names)) != len(names)
        or len(names) > _MOST_MEMBERS
        or sum(member.file_size for member in members) > _MOST_UNPACKED
    ):
        spot.fault("susunannya bukan susunan berkas Word yang wajar.", _AGAIN)
        return True
    return False


def _unsound(members: Mapping[str, bytes], spot: Spot) -> bool:
    if missing := [name for name in _NEEDED if name not in members]:
        spot.fault(f"bukan berkas Word: {missing[0]} tidak ada.", _AGAIN)
        return True
    for name, data in members.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            spot.fault("berisi deklarasi dokumen (DOCTYPE) yang tidak lazim.", _AGAIN)
            return True
        data.decode("utf-8-sig")
        ElementTree.fromstring(data)
    types = members["[Content_Types].xml"].lower()
    if b"macroenabled" in types:
        spot.fault("berisi makro.", "simpan sebagai Word Document (.docx) tanpa makro.")
        return True
    return False
