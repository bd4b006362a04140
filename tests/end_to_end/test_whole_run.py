"""From the study folder to the published edition, by the command itself."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document
from lxml import html

SKM = [sys.executable, "-c", "from skm_analysis.cli import main; main()"]


def skm(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*SKM, *arguments, "--root", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | variables,
        check=False,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# What respondents write, with data of people who are nobody; and what may be printed.
REMARKS = (
    *("kursi kurang, hub Bu Kanarina 0812-7799-1234", "antri lama zebrawarna"),
    *("toilet kotor kanari@example.org", "NIK 1374019900112233 salah", "-", ""),
)
CANARIES = (
    *("Kanarina", "7799-1234", "081277991234", "zebrawarna", "kanari@example"),
    "1374019900112233",
)
PARAPHRASE = "Tempat duduk diminta ditambah."
DECISIONS = f"""response,unit,proposed,theme,release,paraphrase,by,on
,kel-satu,sarana,sarana,paraphrase,{PARAPHRASE},Ani,2021-12-01
,kel-dua,sarana,sarana,paraphrase,Jamban diminta dibersihkan.,Ani,2021-12-01
"""


def with_remarks(root: Path) -> Path:
    raw = root / "data" / "raw" / "2021"
    declared = (raw / "study.toml").read_text(encoding="utf-8")
    for unit in ("kel-satu", "kel-dua"):
        path = raw / "responses" / f"{unit}.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        said = [f'{row},"{REMARKS[at % 6]}"' for at, row in enumerate(rows)]
        path.write_text("\n".join([f"{head},saran", *said, ""]), encoding="utf-8")
        line = f'unit = "{unit}"\n'
        declared = declared.replace(line, f'{line}comment_column = "saran"\n')
    (raw / "study.toml").write_text(declared, encoding="utf-8")
    (raw / "decisions").mkdir()
    (raw / "decisions" / "comments.csv").write_text(DECISIONS, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory, make_project) -> Path:
    """The tiny project after one good run."""
    root = make_project(tmp_path_factory.mktemp("run") / "kota contoh")
    with_remarks(root)
    ran = skm(root, "run", "2021")
    assert ran.returncode == 0, ran.stderr
    return root


@pytest.fixture(scope="module")
def edition(project) -> dict[str, bytes]:
    return files(project / "reports" / "2021")


@pytest.fixture
def unchanged(project, edition) -> Iterator[Path]:
    """The project; whatever the test does, its edition must be the same after."""
    raw = project / "data" / "raw"
    kept = files(raw)
    yield project
    for name in files(raw).keys() - kept.keys():
        (raw / name).unlink()
    for name, data in kept.items():
        (raw / name).write_bytes(data)
    assert files(project / "reports" / "2021") == edition


def pdf_text(data: Path | io.BytesIO) -> str:
    pages = pypdf.PdfReader(data).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def parts(data: bytes) -> Iterator[bytes]:
    """A file as it is, and what is packed in it."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield package.read(name)
    if data[:4] == b"%PDF":
        yield pdf_text(io.BytesIO(data)).encode()
        for versions in pypdf.PdfReader(io.BytesIO(data)).attachments.values():
            yield from versions


def test_nothing_that_a_citizen_wrote_is_in_the_edition(project, edition):
    for name, data in edition.items():
        for part in parts(data):
            for canary in CANARIES:
                told = (canary.encode(), canary.encode("utf-16-le"))
                assert not any(each in part for each in told), (name, canary)
    kept = (project / "data/processed/2021/comments.csv").read_bytes()
    assert [canary for canary in CANARIES if canary.encode() in kept] == ["zebrawarna"]


def test_an_approved_paraphrase_is_printed_where_enough_answered(edition):
    page = edition["units/kel-satu.html"].decode()
    assert PARAPHRASE in page
    assert "Saran dan masukan ditulis oleh" in page
    assert "Jamban diminta" not in edition["units/kel-dua.html"].decode()
    assert "Jamban diminta" not in edition["skm-2021.html"].decode()


def test_the_edition_holds_what_the_readme_says(edition):
    wanted = {f"skm-2021.{ending}" for ending in ("pdf", "docx", "html", "xlsx")}
    wanted |= {
        f"units/{unit}.{ending}"
        for unit in ("kel-satu", "kel-dua", "kel-tiga")
        for ending in ("pdf", "docx", "html")
    }
    wanted |= {
        f"units/{unit}-publikasi.{ending}"
        for unit in ("kel-satu", "kel-dua", "kel-tiga")
        for ending in ("pdf", "png")
    }
    wanted |= {"skm-2021.pptx"}
    wanted |= {"tables/register.csv", "tables/published.csv", "manifest.json"}
    wanted |= {"ro-crate-metadata.json", "internal/tables/estimates.csv"}
    wanted |= {"notebooks/01_clean.ipynb", "notebooks/03_unit-kel-satu.ipynb"}
    wanted |= {"internal/kertas-kerja.xlsx"}
    wanted |= {"internal/labelled/sembilan.sav", "internal/labelled/sembilan.xlsx"}
    assert wanted <= edition.keys()
    assert "internal/tables/crosswalk.csv" not in edition
    answers = {name for name in edition if "labelled" in name or name.endswith(".sav")}
    assert all(name.startswith("internal/labelled/") for name in answers)


def test_all_four_documents_open_and_show_the_index(project):
    # By hand from the raw file: nine item means of equal weight, times 25.
    report = project / "reports" / "2021" / "skm-2021"
    raw = (project / "data/raw/2021/responses/kel-satu.csv").read_text()
    lines = raw.splitlines()[1:]
    rows = [[int(c) if c else None for c in line.split(",")[1:10]] for line in lines]
    means = [
        sum(v for v in column if v is not None) / sum(v is not None for v in column)
        for column in zip(*rows, strict=True)
    ]
    shown = f"{sum(means) / 9 * 25:.2f}".replace(".", ",")
    assert shown in pdf_text(report.with_suffix(".pdf"))
    with zipfile.ZipFile(report.with_suffix(".docx")) as archive:
        assert shown in archive.read("word/document.xml").decode()
    page = html.fromstring(report.with_suffix(".html").read_bytes())
    assert shown in page.text_content()
    workbook = openpyxl.load_workbook(report.with_suffix(".xlsx"))
    numbers = {
        round(cell, 2)
        for sheet in workbook
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, float)
    }
    assert float(shown.replace(",", ".")) in numbers


def test_small_and_empty_units_get_an_honest_short_chapter(project):
    units = project / "reports" / "2021" / "units"
    small, empty = (pdf_text(units / f"kel-{x}.pdf") for x in ("dua", "tiga"))
    assert "mutu pelayanan A" not in small + empty
    assert "6 kuesioner" in small or "6 responden" in small
    assert "tidak ada" in empty.lower() or "belum ada" in empty.lower()


def test_every_figure_on_a_publication_sheet_is_the_registers(project, edition):
    lines = edition["tables/register.csv"].decode().splitlines()
    rows = list(csv.DictReader(lines))
    for unit, known in (("kel-satu", True), ("kel-dua", False), ("kel-tiga", False)):
        path = project / f"reports/2021/units/{unit}-publikasi.pdf"
        assert len(pypdf.PdfReader(path).pages) == 1
        place = f"publikasi.{unit}"
        there = [row["shown"] for row in rows if place in row["places"].split()]
        decimals = re.findall(r"\d+,\d\d", pdf_text(path))
        assert sorted(decimals) == sorted(each for each in there if "," in each)
        assert bool(there) is known
        assert "DATA SINTETIS" in pdf_text(path)


def test_every_page_and_sheet_says_that_the_data_are_synthetic(project):
    report = project / "reports" / "2021" / "skm-2021"
    for page in pypdf.PdfReader(report.with_suffix(".pdf")).pages:
        assert "DATA SINTETIS" in page.extract_text()
    for section in Document(str(report.with_suffix(".docx"))).sections:
        header = " ".join(each.text for each in section.header.paragraphs)
        assert "DATA SINTETIS" in header
    for sheet in openpyxl.load_workbook(report.with_suffix(".xlsx")):
        cells = [c for row in sheet.iter_rows(values_only=True) for c in row]
        assert any("DATA SINTETIS" in str(cell) for cell in cells), sheet.title


def test_the_audit_holds(project):
    ran = skm(project, "audit", "2021", "--json")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads(ran.stdout)["holds"] is True


def test_the_audit_does_not_hold_once_a_file_is_touched(project, tmp_path):
    copy = shutil.copytree(project, tmp_path / "salinan")
    page = copy / "reports/2021/units/kel-satu.html"
    page.write_bytes(page.read_bytes().replace(b"Kelurahan Satu", b"Kelurahan Dua"))
    ran = skm(copy, "audit", "2021")
    assert ran.returncode == 1
    assert "units/kel-satu.html" in ran.stdout


def test_elsewhere_and_in_other_circumstances_the_bytes_are_the_same(
    edition, tmp_path, make_project
):
    root = with_remarks(make_project(tmp_path / "di tempat lain ü"))
    ran = skm(
        root,
        "run",
        "2021",
        "--workers",
        "1",
        TZ="Asia/Jakarta",
        LC_ALL="tr_TR.UTF-8",
        PYTHONHASHSEED="7",
    )
    assert ran.returncode == 0, ran.stderr
    again = files(root / "reports" / "2021")
    assert again.keys() == edition.keys()
    assert [name for name in edition if again[name] != edition[name]] == []


def empty_file(study: Path) -> str:
    (study / "responses/kel-satu.csv").write_bytes(b"")
    return "responses/kel-satu.csv"


def wrong_kind(study: Path) -> str:
    (study / "responses/kel-satu.xlsx").write_text("id,persyaratan\nr1,4\n")
    text = (study / "study.toml").read_text()
    text = text.replace("responses/kel-satu.csv", "responses/kel-satu.xlsx")
    (study / "study.toml").write_text(text)
    return "responses/kel-satu.xlsx"


def missing_column(study: Path) -> str:
    path = study / "responses/kel-satu.csv"
    other = path.with_name("kel-satu-2.csv")
    other.write_text(path.read_text().replace(",pengaduan", ",keluhan"))
    text = (study / "study.toml").read_text()
    (study / "study.toml").write_text(text.replace(path.name, other.name))
    return "kolom 'pengaduan'"


def changed_since(study: Path) -> str:
    path = study / "responses/kel-satu.csv"
    path.write_text(path.read_text() + "\n")
    return "responses/kel-satu.csv: isinya berubah sejak diterima"


def unknown_unit(study: Path) -> str:
    text = (study / "study.toml").read_text()
    text = text.replace('unit = "kel-satu"', 'unit = "kel-stau"')
    (study / "study.toml").write_text(text)
    return "kel-satu"


def formula_without_value(study: Path) -> str:
    book = openpyxl.Workbook()
    lines = (study / "responses/kel-satu.csv").read_text().splitlines()
    for line in lines:
        book.active.append(line.split(","))
    book.active["B2"] = "=2+2"
    book.save(study / "responses/kel-satu.xlsx")
    text = (study / "study.toml").read_text()
    text = text.replace("responses/kel-satu.csv", "responses/kel-satu.xlsx")
    (study / "study.toml").write_text(text)
    return "B2"


def absent_delivery(study: Path) -> str:
    (study / "responses/kel-satu.csv").unlink()
    return "responses/kel-satu.csv"


@pytest.mark.parametrize(
    "spoil",
    [
        empty_file,
        wrong_kind,
        missing_column,
        changed_since,
        unknown_unit,
        formula_without_value,
        absent_delivery,
    ],
)
def test_bad_input_is_told_and_touches_no_report(unchanged, spoil):
    told = spoil(unchanged / "data" / "raw" / "2021")
    ran = skm(unchanged, "run", "2021")
    assert ran.returncode == 1
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list((unchanged / "reports").glob(".stage-*"))


def test_a_failed_chapter_is_kept_apart_and_named(unchanged, make_notebooks):
    notebooks = make_notebooks(unchanged)
    unit = notebooks / "03_unit.ipynb"
    spoiled = unit.read_text(encoding="utf-8").replace(
        "unit_survey.title(the_unit)", "unit_survey.tittle(the_unit)"
    )
    unit.write_text(spoiled, encoding="utf-8")
    try:
        ran = skm(unchanged, "run", "2021")
    finally:
        for path in [*notebooks.iterdir()]:
            path.unlink()
        notebooks.rmdir()
    assert ran.returncode == 1
    for name in ("kel-satu", "kel-dua", "kel-tiga"):
        kept = f"reports/2021.failed/03_unit-{name}.ipynb"
        assert kept in ran.stderr
        assert (unchanged / kept).is_file()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="kills a process group")
def test_a_killed_run_leaves_the_edition_and_the_next_one_finishes(project, edition):
    study = project / "data/raw/2021/study.toml"
    before = study.read_text(encoding="utf-8")
    study.write_text(before.replace("Survei Contoh", "Survei Lain"), encoding="utf-8")
    running = subprocess.Popen(
        [*SKM, "run", "2021", "--root", str(project)],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert running.stderr is not None
    for line in running.stderr:
        if line.startswith("menjalankan bab"):
            break
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    running.stderr.close()
    assert files(project / "reports" / "2021") == edition
    study.write_text(before, encoding="utf-8")
    ran = skm(project, "run", "2021")
    assert ran.returncode == 0, ran.stderr
    assert files(project / "reports" / "2021") == edition
    assert not list((project / "reports").glob(".stage-*"))


def test_a_second_run_at_the_same_time_is_refused_at_once(project):
    running = subprocess.Popen(
        [*SKM, "run", "2021", "--root", str(project)],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert running.stderr is not None
    assert running.stderr.readline().startswith("membersihkan")
    ran = skm(project, "run", "2021")
    still_running = running.poll() is None
    running.send_signal(signal.SIGINT)
    running.stderr.read()
    running.stderr.close()
    running.wait()  # on a busy machine it may be past stopping
    assert ran.returncode == 75
    assert still_running
    assert "2021" in ran.stderr


WITHOUT_UNIX = """
import os, sys, distributed, papermill, jupyter_client, matplotlib.pyplot
for name in ("fcntl", "resource"):
    sys.modules[name] = None
del os.fork
from skm_analysis.cli import main
main()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is nothing to block")
def test_without_fcntl_resource_and_fork_the_bytes_are_the_same(
    edition, tmp_path, make_project
):
    root = with_remarks(make_project(tmp_path / "windows"))
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_UNIX, "run", "2021", "--root", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert files(root / "reports" / "2021") == edition


OPEN_IN_WORD = """
import pathlib
rename = pathlib.Path.rename
def refused(self, target):
    if self.name == "2021":
        raise PermissionError(13, "The process cannot access the file")
    return rename(self, target)
pathlib.Path.rename = refused
from skm_analysis.build import staging
staging._exchange = lambda one, other: False
from skm_analysis.cli import main
main()
"""


def test_a_report_that_is_open_in_word_is_told_and_kept(project, edition):
    ran = subprocess.run(
        [sys.executable, "-c", OPEN_IN_WORD, "run", "2021", "--root", str(project)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert "tutup berkas di Word" in ran.stderr
    assert files(project / "reports" / "2021") == edition
