"""`branding/reference.docx`: taken in by permission, refused with rule and remedy."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Cm

from skm_analysis.errors import StudyError
from skm_analysis.study import word_package
from skm_analysis.study.digests import configuration_files
from skm_analysis.study.places import Places
from skm_analysis.study.word_template import WordTemplate, read_template

Edit = Callable[[dict[str, bytes]], None]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places(tmp_path, "2021")
    (found.raw / "branding").mkdir(parents=True)
    return found


def write(places: Places, edit: Edit = lambda _: None) -> Path:
    """A template of python-docx, whose members `edit` may change."""
    made = io.BytesIO()
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Kop surat"
    word.save(made)
    with zipfile.ZipFile(made) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    edit(members)
    path = places.raw / "branding" / "reference.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def fault(places: Places) -> str:
    with pytest.raises(StudyError) as error:
        read_template(places)
    told = str(error.value)
    assert told.startswith("data/raw/2021/branding/reference.docx")
    assert "\n  " in told
    return told


def replaced(name: str, old: bytes, new: bytes) -> Edit:
    def edit(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    return edit


def in_header(xml: bytes) -> Edit:
    return replaced("word/header1.xml", b"<w:p>", b"<w:p>" + xml)


def with_relation(kind: str, target: str, mode: str = "") -> Edit:
    def edit(members: dict[str, bytes]) -> None:
        members["word/_rels/header1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{LINK}/{kind}" '
            f'Target="{target}"{mode}/></Relationships>'
        ).encode()
        members["word/media/a.png"] = PNG
        members["word/media/b.emf"] = b"\x01\0\0\0"

    return edit


def read(places: Places) -> WordTemplate:
    found = read_template(places)
    assert found is not None
    return found


def test_a_study_without_a_template_has_none(places: Places):
    assert read_template(places) is None


def test_a_template_under_another_name_is_told(places: Places):
    path = write(places)
    path.rename(path.with_name("Templat LPPM.docx"))
    with pytest.raises(StudyError) as error:
        read_template(places)
    assert "branding/Templat LPPM.docx: tidak dipakai" in str(error.value)
    assert "beri nama reference.docx" in str(error.value)
    write(places)
    assert read_template(places) is not None


def test_page_margins_and_headers_are_read(places: Places):
    path = write(places)
    word = docx.Document(str(path))
    section = word.sections[0]
    section.page_width, section.page_height = Cm(33), Cm(21.5)
    section.left_margin = Cm(4)
    word.save(str(path))
    found = read(places)
    assert found.page == (12189, 18709)  # folio, 21.5 by 33 cm, upright
    assert found.margins["left"] == 2268
    assert "Kop surat" in found.parts["header", "default"].text
    assert not found.first_page


def test_its_digest_is_among_those_of_the_study(places: Places):
    path = write(places)
    (path.parent / "~$ference.docx").write_bytes(b"open in Word")
    assert configuration_files(places) == [path]


def test_what_is_no_word_file_is_refused(places: Places):
    path = write(places)
    whole = path.read_bytes()
    for data in (b"", b"kosong", whole[:-40], b"PK\3\4" + whole[90:]):
        path.write_bytes(data)
        assert "bukan berkas Word" in fault(places)
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"0" * 600)
    assert "Word lama (.doc) atau dilindungi kata sandi" in fault(places)


def test_damaged_xml_and_declarations_are_refused(places: Places):
    write(places, replaced("word/styles.xml", b"</w:styles>", b""))
    assert "rusak, terpotong" in fault(places)
    for bomb in (b'<!DOCTYPE x [<!ENTITY a "b">]>', b'<!DOCTYPE x SYSTEM "a">'):
        write(places, replaced("word/styles.xml", b"<w:styles", bomb + b"<w:styles"))
        assert "DOCTYPE" in fault(places)


def test_macros_are_refused_under_whatever_name(places: Places):
    def with_macro(members: dict[str, bytes]) -> None:
        members["word/vbaProject.bin"] = b"x"

    write(places, with_macro)
    assert "berisi makro" in fault(places)
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    macro = b"application/vnd.ms-word.document.macroEnabled"
    write(places, replaced("[Content_Types].xml", kind, macro))
    assert "berisi makro" in fault(places)


def test_members_outside_or_far_too_large_are_refused(
    places: Places, monkeypatch: pytest.MonkeyPatch
):
    def outside(members: dict[str, bytes]) -> None:
        members["../../evil.xml"] = b"<a/>"

    write(places, outside)
    assert "bukan susunan berkas Word yang wajar" in fault(places)
    write(places)
    monkeypatch.setattr(word_package, "_MOST_UNPACKED", 1000)
    assert "bukan susunan berkas Word yang wajar" in fault(places)
    monkeypatch.setattr(word_package, "_MOST_BYTES", 1000)
    assert "lebih dari 10 MB" in fault(places)


def test_all_styles_that_are_lacking_are_named_with_the_remedy(places: Places):
    def without(members: dict[str, bytes]) -> None:
        for name in (b'"heading 2"', b'"heading 3"'):
            assert name in members["word/styles.xml"].lower()
        styles = members["word/styles.xml"]
        styles = styles.replace(b'"heading 2"', b'"Bab"')
        members["word/styles.xml"] = styles.replace(b'"heading 3"', b'"Sub"')

    write(places, without)
    told = fault(places)
    assert "gaya Heading 2, Heading 3 belum ada" in told
    assert "skm new" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'w:left="1800"', b'w:left="9000"'),
        (b'w:left="1800"', b'w:left="lebar"'),
        (b'w:top="1440"', b'w:top="8000"'),
        (b'w:w="12240"', b'w:w="3000"'),
    ],
)
def test_a_page_without_room_is_refused(places: Places, old: bytes, new: bytes):
    write(places, replaced("word/document.xml", old, new))
    assert "margin" in fault(places)


def test_a_template_without_page_set_up_is_refused(places: Places):
    write(places, replaced("word/document.xml", b"w:sectPr", b"w:lain"))
    assert "pengaturan halamannya tidak ditemukan" in fault(places)


@pytest.mark.parametrize("field", ["DATE", "INCLUDEPICTURE", "DDEAUTO", "HYPERLINK"])
def test_fields_that_change_or_reach_outside_are_refused(places: Places, field: str):
    run = f'<w:r><w:instrText xml:space="preserve"> {field} "x" </w:instrText></w:r>'
    write(places, in_header(run.encode()))
    assert f"berisi bidang (field) '{field}'" in fault(places)
    simple = f'<w:fldSimple w:instr=" {field} x "/>'
    write(places, in_header(simple.encode()))
    assert f"berisi bidang (field) '{field}'" in fault(places)


def test_a_field_that_word_divided_between_runs_is_one(places: Places):
    runs = b"".join(
        b"<w:r><w:instrText>" + part + b"</w:instrText></w:r>"
        for part in (b" PA", b"GE ", b"\\* MERGEFORMAT")
    )
    end = b'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    write(places, in_header(runs + end))
    assert "MERGEFORMAT" in read(places).parts["header", "default"].text
    write(places, in_header(runs.replace(b" PA", b" DA").replace(b"GE", b"TE") + end))
    assert "berisi bidang (field) 'DATE'" in fault(places)


def test_other_prefixes_than_the_usual_are_refused(places: Places):
    def renamed(members: dict[str, bytes]) -> None:
        header = members["word/header1.xml"].replace(b"xmlns:w=", b"xmlns:x=")
        members["word/header1.xml"] = header.replace(b"w:", b"x:")

    write(places, renamed)
    assert "tidak lazim" in fault(places)


@pytest.mark.parametrize("field", ["PAGE", "NUMPAGES", "page \\* roman"])
def test_fields_of_pages_are_kept(places: Places, field: str):
    write(places, in_header(f'<w:fldSimple w:instr="{field}"/>'.encode()))
    assert field in read(places).parts["header", "default"].text


def test_pictures_have_to_lie_inside_and_be_png_or_jpeg(places: Places):
    write(places, with_relation("image", "media/a.png"))
    assert read(places).parts["header", "default"].pictures == {"r1": (".png", PNG)}
    for edit in (
        with_relation("image", "media/b.emf"),
        with_relation("image", "media/none.png"),
        with_relation("image", "file:///a.png", ' TargetMode="External"'),
        with_relation("image", "media/a.png", ' TargetMode="External"'),
    ):
        write(places, edit)
        assert "PNG atau JPEG" in fault(places)


def test_embedded_objects_are_refused(places: Places):
    write(places, in_header(b"<w:r><w:object/></w:r>"))
    assert "objek tertanam" in fault(places)
    write(places, with_relation("oleObject", "embeddings/x.bin"))
    assert "bagian yang tidak dikenal" in fault(places)


def test_of_a_linked_address_only_the_words_stay(places: Places):
    link = (
        b'<w:hyperlink xmlns:r="' + LINK.encode() + b'" r:id="r1"><w:r><w:t>lppm'
        b"</w:t></w:r></w:hyperlink>"
    )

    def edit(members: dict[str, bytes]) -> None:
        in_header(link)(members)
        outside = ' TargetMode="External"'
        with_relation("hyperlink", "http://contoh.id", outside)(members)

    write(places, edit)
    part = read(places).parts["header", "default"]
    assert "<w:t>lppm</w:t>" in part.text
    assert "hyperlink" not in part.text
    assert not part.pictures
