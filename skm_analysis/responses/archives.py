"""ZIP archives of workbooks: what they must not be, and the same with fewer members.

A workbook of five kilobytes can ask for gigabytes or point outside itself. The archive
is checked by its directory before anything in it is unpacked.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.raw import refusal

_MAX_UNPACKED = 512 * 2**20
_MAX_MEMBERS = 2_000
_MAX_RATIO = 200
_CHUNK = 2**20
_UTF8_NAME, _LONG_AGO = 0x800, 0x21  # flag; 1 January 1980


@contextmanager
def opened(data: bytes, file: str) -> Iterator[zipfile.ZipFile]:
    """The archive, for as long as it is read; whatever is wrong in it is a refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error):
        raise damaged(file) from None
    except (ValueError, NotImplementedError):  # a way of packing that is not usual
        raise damaged(file) from None
    except RuntimeError:  # zipfile's word for a member with a password
        raise encrypted(file) from None


def damaged(file: str) -> DeliveryError:
    return refusal(
        file,
        "buku kerjanya rusak atau terpotong.",
        "buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu kirim ulang.",
    )


def encrypted(file: str) -> DeliveryError:
    return refusal(
        file,
        "dilindungi kata sandi.",
        "buka di program asalnya, hapus kata sandinya, simpan, lalu kirim ulang.",
    )


def refuse_bombs(members: list[zipfile.ZipInfo], file: str) -> None:
    """Refuse what would unpack to far more than came, or outside of itself."""
    names = [member.filename for member in members]
    outside = any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)
        for name in names
    )
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > _MAX_MEMBERS
        or unpacked > _MAX_UNPACKED
        or unpacked > 2**20 + _MAX_RATIO * packed
    ):
        raise refusal(
            file,
            "isinya jauh lebih besar daripada berkasnya, atau terlalu banyak bagian.",
            "salin jawabannya saja ke buku kerja baru, lalu kirim ulang.",
        )
    if outside or len(set(names)) != len(names):
        raise refusal(
            file,
            "susunannya bukan susunan buku kerja yang wajar.",
            "salin jawabannya ke buku kerja baru, lalu kirim ulang.",
        )


def chunks(
    archive: zipfile.ZipFile, member: str, overlap: int
) -> Iterator[tuple[bytes, int]]:
    """A member unpacked piece by piece, each with how many bytes it repeats."""
    tail = b""
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece, len(tail)
            tail = piece[-overlap:]


def refuse_declarations(archive: zipfile.ZipFile, member: str, file: str) -> None:
    """Refuse an XML part that declares a document type, entities or another encoding.

    The parsers follow none of them; who writes them has something else in mind.
    """
    for piece, repeated in chunks(archive, member, overlap=16):
        if declares(piece) or (not repeated and b"\0" in piece[:200]):
            raise undue_declaration(file)


def declares(piece: bytes) -> bool:
    # One character is found ten times as fast as two.
    return b"!" in piece and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece)


def undue_declaration(file: str) -> DeliveryError:
    return refusal(
        file,
        "berisi deklarasi dokumen (DOCTYPE) atau penyandian yang tidak lazim.",
        "simpan ulang sebagai .xlsx dari Excel, lalu kirim ulang.",
    )


def repacked(data: bytes, members: Iterable[zipfile.ZipInfo]) -> bytes:
    """An archive of these members alone, each as packed as it came.

    Written anew so that the parser sees the very members that were checked, whatever
    else stands between them.
    """
    body, directory, at = [], [], 0
    for member in members:
        name = member.filename.encode()
        lengths = struct.unpack_from("<HH", data, member.header_offset + 26)
        start = member.header_offset + 30 + sum(lengths)
        packed = data[start : start + member.compress_size]
        fields = struct.pack(
            "<HHHHHIIIHH",
            *(20, _UTF8_NAME, member.compress_type, 0, _LONG_AGO, member.CRC),
            *(member.compress_size, member.file_size, len(name), 0),
        )
        local = b"PK\3\4" + fields + name
        place = struct.pack("<HHHII", 0, 0, 0, 0, at)
        directory.append(b"PK\1\2" + struct.pack("<H", 20) + fields + place + name)
        body += [local, packed]
        at += len(local) + len(packed)
    listed = b"".join(directory)
    count = len(directory)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), at, 0)
    return b"".join([*body, listed, b"PK\5\6", end])
