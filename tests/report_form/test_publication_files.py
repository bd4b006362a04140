"""Sheets as files: one page each, whatever the names, and the same bytes each time."""

import io
import struct
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from skm_analysis.errors import SkmError
from skm_analysis.report import publication_files
from skm_analysis.report.elements import Number
from skm_analysis.report.publication import FEW, THANKS, Band, Sheet
from skm_analysis.study.branding import Logo

LONG = (
    "Dinas Pengendalian Penduduk, Keluarga Berencana, dan Pemberdayaan Perempuan ABCD"
)
ONE_WORD = "Perpustakaan" * 6 + "Daerah12"
BANNER = "DATA SINTETIS – bukan hasil survei"


def number(shown: str) -> Number:
    return Number(f"unit.u.{shown}", shown)


SHEET = Sheet(
    unit="kel-ngalau",
    name="Kelurahan Ngalau",
    institution="Pemerintah Kota Contoh",
    year=2021,
    period="1 Januari sampai dengan 31 Desember 2021",
    index=number("96,13"),
    letter=(number("A"),),
    meaning="Sangat baik",
    reason=(),
    marked="",
    respondents=(number("1.234"),),
    groups=(
        ("Jenis kelamin", (Band(("Laki-laki",), (number("611"),)),)),
        ("Pendidikan", (Band(("Gabungan: S2, S3",), (number("47"),)),)),
    ),
    service=("Surat pengantar",),
    notes=(("Selang ", number("95,01"), "–", number("97,02"), "."),),
)


@pytest.fixture
def written(tmp_path: Path):
    def write(sheet: Sheet, **more: object) -> tuple[pypdf.PdfReader, bytes]:
        given = {"banner": BANNER, "author": "LPPM", "epoch": 0} | more
        publication_files.write(sheet, tmp_path, **given)  # type: ignore[arg-type]
        paper = tmp_path / f"{sheet.unit}-publikasi.pdf"
        picture = tmp_path / f"{sheet.unit}-publikasi.png"
        return pypdf.PdfReader(paper), picture.read_bytes()

    return write


def text(reader: pypdf.PdfReader) -> str:
    return " ".join(reader.pages[0].extract_text().split())


def logo(wide: int, high: int) -> Logo:
    file = io.BytesIO()
    Image.new("RGB", (wide, high), "#0b4f6c").save(file, "PNG")
    return Logo("Logo kota", ".png", file.getvalue())


def test_all_that_the_regulation_wants_stands_on_one_page(written):
    reader, _ = written(SHEET)
    assert len(reader.pages) == 1
    page = text(reader)
    for told in (
        *("INDEKS KEPUASAN MASYARAKAT (IKM)", "Kelurahan Ngalau", "Tahun 2021"),
        *("Pemerintah Kota Contoh", "96,13", "Mutu pelayanan A", "Sangat baik"),
        *("Jumlah responden 1.234", "Laki-laki 611", "Gabungan: S2, S3 47"),
        *("Nama layanan Surat pengantar", "95,01–97,02", THANKS, BANNER),
        "Periode survei 1 Januari sampai dengan 31 Desember 2021",
    ):
        assert told in page, told


def test_the_paper_can_be_read_aloud_and_found_by_its_headings(written):
    reader, _ = written(SHEET, logos=(logo(30, 40),))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert reader.metadata.title == "Publikasi IKM Kelurahan Ngalau Tahun 2021"
    first, within = reader.outline
    assert first.title == "INDEKS KEPUASAN MASYARAKAT (IKM) Kelurahan Ngalau"
    assert [each.title for each in within] == ["NILAI IKM", "RESPONDEN"]
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    everything = b"".join(
        value.get_data() if hasattr(value, "get_data") else repr(value).encode()
        for value in (reader.get_object(at) for at in range(1, len(reader.xref[0])))
        if value is not None
    )
    assert b"Logo kota" in everything


def test_the_picture_is_a_page_without_a_word_about_its_making(written):
    _, picture = written(SHEET)
    assert struct.unpack(">II", picture[16:24]) == (1240, 1754)  # A4, 150 per inch
    kinds, at = [], 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kinds.append(picture[at + 4 : at + 8])
        at += 12 + length
    assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}


def test_a_small_unit_gets_a_sheet_without_figures(written):
    small = replace(
        SHEET,
        **{"index": None, "letter": (), "meaning": "", "reason": (FEW,)},
        **{"respondents": (), "groups": (), "service": (), "notes": ()},
    )
    reader, picture = written(small)
    page = text(reader)
    assert len(reader.pages) == 1
    assert FEW in page
    assert THANKS in page
    rest = page.replace("1 Januari sampai dengan 31 Desember 2021", "")
    rest = rest.replace("Tahun 2021", "")
    assert not any(sign.isdigit() for sign in rest)
    assert picture


@pytest.mark.parametrize("name", [LONG, ONE_WORD])
def test_names_of_eighty_characters_stay_within_the_page(written, name):
    assert len(name) == 80
    bands = tuple(
        Band((f"Gabungan: Tidak tamat SD, SD, SMP, SMA/SMK, S1/D4, S{at}",), ("1.234",))
        for at in range(9)
    )
    full = replace(
        SHEET,
        **{"name": name, "institution": name, "marked": "INDIKATIF"},
        groups=(("Jenis kelamin", bands[:3]), ("Pendidikan", bands)),
        service=("Layanan yang namanya panjang sekali " * 5,),
        notes=(("Catatan yang panjang sekali untuk satu lembar. " * 4,),) * 5,
    )
    logos = (logo(30, 40), logo(900, 90), logo(30, 900), logo(2000, 100))
    reader, picture = written(full, logos=logos)
    assert len(reader.pages) == 1
    joined = text(reader).replace(" ", "").replace("\u200b", "")
    assert joined.count(name.replace(" ", "")) == 2
    assert joined.count("Catatanyangpanjang") == 20
    # Nothing but white in the margins: nothing runs off the paper.
    page = Image.open(io.BytesIO(picture)).convert("L")
    edge = 60
    for box in ((0, 0, edge, 1754), (1240 - edge, 0, 1240, 1754)):
        assert page.crop(box).getextrema() == (255, 255)
    assert page.crop((0, 1754 - edge, 1240, 1754)).getextrema() == (255, 255)


def test_what_does_not_fit_on_one_page_is_refused_not_cut(written):
    endless = replace(SHEET, notes=(("Catatan yang tidak habis-habis. " * 40,),) * 30)
    with pytest.raises(SkmError, match=r"kel-ngalau .* tidak muat pada satu halaman"):
        written(endless)


def test_what_a_name_holds_stays_text(written):
    hostile = '#panic("x") $1+1$ *tebal* _miring_ @acuan <label> \\ ] 𝕏'
    reader, _ = written(replace(SHEET, name=hostile, institution=hostile))
    assert '#panic("x") $1+1$ *tebal* _miring_ @acuan <label> \\ ]' in text(reader)


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path):
    folders = [tmp_path / "di sini", tmp_path / "di s a n a"]
    for folder in folders:
        folder.mkdir()
        publication_files.write(
            SHEET, folder, banner="", author="x", epoch=0, logos=(logo(3, 4),)
        )
    one, other = ({p.name: p.read_bytes() for p in each.iterdir()} for each in folders)
    assert len(one) == 2
    assert one == other
