"""A draft of what has come: every page says so, and nobody takes it for the report."""

import json
import zipfile

import openpyxl
import pypdf
import pytest
from click.testing import CliRunner

from skm_analysis.cli import main

DRAFT = "DRAF"


def skm(root, *arguments):
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


@pytest.fixture(scope="module")
def incomplete(tmp_path_factory, make_project):
    """The tiny project while one of its deliveries is still awaited."""
    root = make_project(tmp_path_factory.mktemp("draft") / "kota")
    late = root / "data" / "raw" / "2021" / "responses" / "kel-dua.csv"
    late.rename(root / "kel-dua.csv")
    return root


@pytest.fixture(scope="module")
def draft(incomplete):
    refused = skm(incomplete, "run", "2021")
    assert refused.exit_code == 1
    assert "kel-dua.csv" in refused.stderr
    assert not (incomplete / "reports" / "2021").exists()
    ran = skm(incomplete, "run", "2021", "--draft")
    assert ran.exit_code == 0, ran.stderr
    return incomplete, ran.stdout


def pages(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def test_the_command_tells_what_is_missing(draft):
    _, told = draft
    assert told.startswith("Draf 2021 selesai:")
    assert told.rstrip().endswith("responses/kel-dua.csv")


def test_every_page_of_every_document_says_that_it_is_a_draft(draft):
    edition = draft[0] / "reports" / "2021"
    documents = sorted(edition.rglob("*.pdf"))
    assert len(documents) >= 5
    for path in documents:
        assert all(DRAFT in text for text in pages(path)), path
    for path in edition.rglob("*.docx"):
        with zipfile.ZipFile(path) as package:
            heads = [x for x in package.namelist() if "header" in x]
            assert heads
            texts = [package.read(name).decode() for name in heads]
            assert any(DRAFT in text for text in texts), path
    for path in edition.rglob("*.html"):
        assert DRAFT in path.read_text(encoding="utf-8"), path
    book = openpyxl.load_workbook(edition / "skm-2021.xlsx")
    for sheet in book:
        assert DRAFT in (sheet.oddHeader.left.text or ""), sheet.title
    with zipfile.ZipFile(edition / "skm-2021.pptx") as package:
        slides = [x for x in package.namelist() if "slides/slide" in x]
        texts = [package.read(x).decode() for x in slides if x.endswith(".xml")]
    assert texts
    assert all(DRAFT in text for text in texts)


def test_the_cover_names_the_units_that_are_missing(draft):
    edition = draft[0] / "reports" / "2021"
    first = " ".join(pages(edition / "skm-2021.pdf")[0].split())
    assert "Satu kiriman belum datang, yaitu untuk Kelurahan Dua." in first
    assert "Kelurahan Satu" not in first


def test_its_notebooks_say_what_they_were_made_without(draft):
    kept = draft[0] / "reports" / "2021" / "notebooks"
    for path in kept.glob("*.ipynb"):
        assert "BELUM LENGKAP" in path.read_text(encoding="utf-8"), path.name


def test_the_audit_calls_it_a_draft_and_reads_it_again(draft):
    verdict = json.loads(skm(draft[0], "audit", "2021", "--json").stdout)
    assert (verdict["draft"], verdict["holds"]) == (True, True)
    told = skm(draft[0], "audit", "2021").stdout
    assert told.startswith("Draf 2021: ")


def test_once_all_has_come_the_report_is_no_draft(draft):
    root, _ = draft
    drafted = (root / "reports" / "2021" / "tables" / "published.csv").read_bytes()
    late = root / "data" / "raw" / "2021" / "responses" / "kel-dua.csv"
    late.write_bytes((root / "kel-dua.csv").read_bytes())
    ran = skm(root, "run", "2021")
    assert ran.exit_code == 0, ran.stderr
    edition = root / "reports" / "2021"
    assert not any(DRAFT in text for text in pages(edition / "skm-2021.pdf"))
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["draft"] is False
    published = (edition / "tables" / "published.csv").read_bytes()
    assert published != drafted
    # What the draft said of the others it says still.
    now = published.decode().splitlines()
    told = [x for x in drafted.decode().splitlines() if ",kel-satu," in x]
    own = [x for x in told if ",ikm," in x]
    assert own
    assert set(own) <= set(now)
