"""The example study 2021 as a whole: what its readers open is complete and agrees."""

import csv
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest
from lxml import etree, html

PROJECT = Path(__file__).parents[2]
STUDY = tomllib.loads(
    (PROJECT / "data/raw/2021/study.toml").read_text(encoding="utf-8")
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def skm(
    root: Path, command: str, *options: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    main = "from skm_analysis.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", main, command, "2021", "--root", str(root), *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | variables,
        check=False,
    )


def run(root: Path, *options: str, **variables: str) -> Path:
    shutil.copytree(PROJECT / "data" / "raw", root / "data" / "raw")
    ran = skm(root, "run", *options, **variables)
    assert ran.returncode == 0, ran.stderr
    return root / "reports" / "2021"


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    return run(tmp_path_factory.mktemp("contoh"))


@pytest.fixture(scope="module")
def texts(edition) -> dict[str, str]:
    """The report's text as each kind of reader sees it, white space folded."""
    page = html.fromstring((edition / "skm-2021.html").read_bytes())
    for unseen in page.xpath("//style | //script"):
        unseen.drop_tree()
    found = {
        "pdf": " ".join(
            each.extract_text()
            for each in pypdf.PdfReader(edition / "skm-2021.pdf").pages
        ),
        "docx": " ".join(word_document(edition).itertext(f"{WORD}t")),
        "html": page.text_content(),
    }
    return {kind: " ".join(text.split()) for kind, text in found.items()}


def word_document(edition: Path) -> etree._Element:
    with zipfile.ZipFile(edition / "skm-2021.docx") as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_every_unit_has_its_chapter_in_every_format(edition):
    names = [unit["name"] for unit in STUDY["unit"]]
    assert len(names) == 30
    reader = pypdf.PdfReader(edition / "skm-2021.pdf")
    outline: list[str] = []

    def collect(entries: list[object]) -> None:
        for entry in entries:
            if isinstance(entry, list):
                collect(entry)
            else:
                outline.append(str(entry.title))  # type: ignore[attr-defined]

    collect(reader.outline)
    page = html.fromstring((edition / "skm-2021.html").read_bytes())
    headings = [each.text_content() for each in page.xpath("//h1 | //h2 | //h3")]
    paragraphs = [
        "".join(each.itertext(f"{WORD}t"))
        for each in word_document(edition).iter(f"{WORD}p")
        if any("eading" in style for style in each.xpath(".//@*[name()='w:val']"))
    ]
    for found in (outline, headings, paragraphs):
        missing = [name for name in names if not any(name in each for each in found)]
        assert missing == []


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_nothing_undefined_and_no_english_is_left(texts, kind):
    # The titles of English papers stand in the list of references, between these two.
    before, rest = texts[kind].rsplit("Daftar Pustaka", 1)
    # The abstract is English from its first words to its last.
    before, opening, more = before.partition("This report gives the results")
    assert opening
    _, keywords, after = more.partition("Keywords: ")
    assert keywords
    text = before + after[after.index(".") :] + rest[rest.index("Lampiran 1") :]
    assert len(text) > 100_000
    found = re.findall(
        r"\b(nan|NaN|None|null|inf|Table|Figure|Contents|Chapter|Appendix|Page|the|and|"
        r"with|from|import)\b",
        text,
    )
    assert found == []


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_no_person_and_no_path_reaches_the_report(edition, texts, kind):
    personal = re.compile(r"0800-000|Nama Contoh")
    delivered = PROJECT / "data/raw/2021/responses"
    raw = [path.read_text(encoding="latin-1") for path in delivered.glob("*.csv")]
    assert any(personal.search(text) for text in raw)  # there is something to find
    assert not personal.search(texts[kind])
    assert "data/raw" not in texts[kind]
    assert edition.parents[1].as_posix() not in texts[kind]


def test_every_keyed_number_is_the_registers_in_both_keyed_formats(edition):
    with (edition / "tables/register.csv").open(encoding="utf-8", newline="") as file:
        register = {(row["key"], row["shown"]) for row in csv.DictReader(file)}
    page = html.fromstring((edition / "skm-2021.html").read_bytes())
    on_page = {
        (each.get("data-key"), each.text_content())
        for each in page.xpath("//*[@data-key]")
    }
    assert len(on_page) > 3000
    assert on_page <= register
    controls = [
        "".join(each.itertext(f"{WORD}t"))
        for each in word_document(edition).iter(f"{WORD}sdt")
    ]
    assert len(controls) > 5000
    assert {shown for _, shown in on_page} <= set(controls)


def test_the_register_agrees_with_the_estimates(edition):
    """Shown = the stored value, rounded by hand with decimal arithmetic."""
    from decimal import ROUND_HALF_UP, Decimal

    with (edition / "internal/tables/estimates.csv").open(encoding="utf-8") as file:
        values = {row["key"]: row["value"] for row in csv.DictReader(file)}
    checked = 0
    with (edition / "tables/register.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = values.get(row["key"])
            if not value or not re.fullmatch(r"\d+,\d\d", row["shown"]):
                continue
            if re.search(r"\.(ikm|nrr)(\.|@|$)", row["key"]):
                exact = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
                assert str(exact).replace(".", ",") == row["shown"], row["key"]
                checked += 1
    assert checked > 250


def test_the_audit_holds(edition):
    audited = skm(edition.parents[1], "audit")
    assert audited.returncode == 0, audited.stdout


def test_the_workbook_holds_numbers_as_numbers(edition):
    book = openpyxl.load_workbook(edition / "skm-2021.xlsx")
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sum(isinstance(cell.value, int | float) for cell in cells) > 3000


def test_a_second_run_elsewhere_gives_the_same_bytes(edition, tmp_path):
    other = run(tmp_path / "lagi", "--workers", "3", TZ="Asia/Jakarta", LANG="C")
    names = [path.relative_to(edition) for path in edition.rglob("*") if path.is_file()]
    assert len(names) > 130
    differ = [
        name
        for name in names
        if (edition / name).read_bytes() != (other / name).read_bytes()
    ]
    assert differ == []
