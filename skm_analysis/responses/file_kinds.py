"""What a delivered file is by its bytes, held against what its name says.

Many applications export a web page and call it .xls; Excel opens it after a warning
that nobody reads. A file is read as what its name says, or not at all.
"""

import io
import struct
import zipfile
import zlib

from skm_analysis.responses.archives import encrypted
from skm_analysis.responses.raw import refusal

_TEXT = "teks, misalnya CSV"
_XLSX = "buku kerja Excel (.xlsx)"
_XLS = "buku kerja Excel lama (.xls)"
_ODS = "buku kerja LibreOffice (.ods)"
_SAV = "data SPSS (.sav)"
_HTML = "halaman web (HTML)"
_ARCHIVE = "arsip ZIP, atau buku kerja Excel yang rusak"
_UNKNOWN = "berkas yang tidak dikenal"
_NAMED = {
    ".csv": _TEXT,
    ".tsv": _TEXT,
    ".txt": _TEXT,
    ".xlsx": _XLSX,
    ".xlsm": _XLSX,
    ".xls": _XLS,
    ".ods": _ODS,
    ".sav": _SAV,
    ".zsav": _SAV,
}
READABLE = tuple(_NAMED)
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_BY_FIRST_BYTES = (
    (b"$FL2", _SAV),
    (b"$FL3", _SAV),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "berkas GZIP"),
    (b"\x89PNG", "gambar"),
    (b"\xff\xd8\xff", "gambar"),
    (b"GIF8", "gambar"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x09\x00\x04\x00", "buku kerja Excel 2 sampai 4"),
    (b"\x09\x02\x06\x00", "buku kerja Excel 2 sampai 4"),
    (b"\x09\x04\x06\x00", "buku kerja Excel 2 sampai 4"),
)
_WEB = (b"<html", b"<!doctype", b"<table", b"<script", b"<head", b"<meta", b"<style")
# What to do with it, where that is not the plain remedy.
_SUFFIX_OF = {_XLSX: ".xlsx", _XLS: ".xls", _ODS: ".ods", _SAV: ".sav", _TEXT: ".csv"}
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, RuntimeError, ValueError),
)


def refuse_misnamed(data: bytes, file: str, suffix: str) -> None:
    """Refuse a file that is not what its name says, naming both."""
    if suffix not in _NAMED:
        raise refusal(
            file,
            f"jenis berkas {suffix or 'tanpa akhiran'} belum dapat dibaca.",
            f"yang dapat dibaca: {', '.join(READABLE)};",
            "simpan sebagai salah satunya dari program asalnya, lalu kirim ulang.",
        )
    found = _kind(data, file)
    if found == _NAMED[suffix]:
        return
    if _NAMED[suffix] == _TEXT and found == _UNKNOWN:
        return  # the reader of text says where it ceases to be text
    raise refusal(
        file,
        f"namanya {suffix} ({_NAMED[suffix]}), tetapi isinya {found}.",
        *_remedy(found, suffix),
    )


def _kind(data: bytes, file: str) -> str:
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(_OLE):
        return _kind_of_compound(data, file)
    for first, kind in _BY_FIRST_BYTES:
        if data.startswith(first):
            return kind
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml"):
        return "XML" if b"<html" not in start else _HTML
    if start.startswith(_WEB):
        return _HTML
    return _TEXT if _is_text(data) else _UNKNOWN


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except _DAMAGED:  # what it was is told by the names that are left of it
        left = (_XLSX, b"xl/work"), (_ODS, b"opendocument")
        return next((kind for kind, mark in left if mark in data), _ARCHIVE)
    if b"opendocument.spreadsheet" in mimetype:
        return _ODS
    if b"opendocument" in mimetype:
        return "dokumen LibreOffice yang bukan buku kerja"
    if "xl/workbook.bin" in names:
        return "buku kerja Excel biner (.xlsb)"
    if any(name.startswith("xl/") for name in names):
        return _XLSX
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "dokumen Word atau PowerPoint"
    return _ARCHIVE


def _kind_of_compound(data: bytes, file: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise encrypted(file)
    names = ("Workbook", "Book")
    if any(f"{name}\0".encode("utf-16-le") in data for name in names):
        return _XLS
    return "dokumen Office lama, atau .xls yang rusak"


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in data[: 2**16]


def _remedy(found: str, suffix: str) -> tuple[str, ...]:
    if found in (_HTML, "XML") and _NAMED[suffix] != _TEXT:
        return (
            "aplikasi sering menamai halaman web seperti buku kerja Excel: buka di",
            "Excel, pilih Simpan Sebagai, Buku Kerja Excel (.xlsx), periksa apakah",
            "angkanya tetap sama, lalu kirim ulang.",
        )
    if found in _SUFFIX_OF:
        return (
            f"bila memang itu yang dikirim, beri akhiran {_SUFFIX_OF[found]} dan",
            "sesuaikan file di study.toml; bila bukan, minta kirim ulang.",
        )
    return (f"simpan sebagai {suffix} dari program asalnya, lalu kirim ulang.",)
