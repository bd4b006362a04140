import zipfile
from importlib import resources
from pathlib import Path

from skm_analysis.report import docx_template, reference_docx


def test_the_committed_template_is_what_the_program_makes():
    asset = resources.files("skm_analysis.report") / "assets" / "reference.docx"
    assert asset.read_bytes() == reference_docx.package()


def test_a_template_without_our_mark_still_gets_the_notice(tmp_path: Path):
    own = tmp_path / "reference.docx"
    with (
        zipfile.ZipFile(own, "w") as new,
        zipfile.ZipFile(_package(tmp_path)) as old,
    ):
        for name in old.namelist():
            text = old.read(name).decode().replace(reference_docx.BANNER, "Kop surat")
            new.writestr(name, text)
    filled = tmp_path / "filled.docx"
    filled.write_bytes(docx_template.read(own).filled("TANDA <&>", "Judul"))
    with zipfile.ZipFile(filled) as archive:
        header = archive.read("word/header1.xml").decode()
        footer = archive.read("word/footer1.xml").decode()
    assert "TANDA &lt;&amp;&gt;" in header
    assert "Kop surat" in header
    assert "Judul" in footer


def _package(tmp_path: Path) -> Path:
    path = tmp_path / "paket.docx"
    reference_docx.write(path)
    return path


def test_styles_are_found_by_the_name_that_a_template_gives_them():
    template = docx_template.read()
    assert template.style("toc 1") == "TOC1"
    assert template.style("table of figures") == "TableofFigures"
