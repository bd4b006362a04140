"""Each outside judge passes what is good and says no to what is spoiled."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "judges"))

import docx_plus_judge
import libreoffice_judge
import outloud_judge
import spoiling

from skm_analysis.report import docx, pdf, webpage, workbook
from skm_analysis.report.document import Document


def installed(judge):
    what = judge.missing()
    return pytest.mark.skipif(bool(what), reason=f"{what} is not installed")


@installed(outloud_judge)
def test_outloud_passes_the_pdf_and_not_one_without_tags(document: Document, tmp_path):
    good = tmp_path / "laporan.pdf"
    good.write_bytes(pdf.render(document)[0])
    assert outloud_judge.judge(good).errors == []
    bad = spoiling.without_tags(good, tmp_path / "rusak.pdf")
    assert outloud_judge.judge(bad).errors


@installed(docx_plus_judge)
def test_docx_plus_passes_the_word_file_and_not_one_that_leads_nowhere(
    document: Document, tmp_path
):
    good = tmp_path / "laporan.docx"
    good.write_bytes(docx.render(document))
    assert docx_plus_judge.judge(good).errors == []
    bad = spoiling.without_bookmarks(good, tmp_path / "rusak.docx")
    told = docx_plus_judge.judge(bad).errors
    assert told
    assert all(each.startswith("broken-cross-reference") for each in told)


@installed(libreoffice_judge)
def test_libreoffice_prints_all_that_stands_in_word_and_excel(document, tmp_path):
    good = tmp_path / "laporan.docx"
    good.write_bytes(docx.render(document))
    assert libreoffice_judge.judge(good).errors == []
    bad = spoiling.without_tables(good, tmp_path / "rusak.docx")
    told = "\n".join(libreoffice_judge.judge(good, bad).errors)
    for lost in ("119", "85", "ikm"):
        assert f": {lost}" in told, lost
    book = tmp_path / "laporan.xlsx"
    book.write_bytes(workbook.render(document))
    assert libreoffice_judge.judge(book).errors == []


def test_a_header_that_is_repeated_is_no_prose_that_is_lost(document, tmp_path):
    page = tmp_path / "laporan.html"
    page.write_bytes(webpage.render(document))
    heads = outloud_judge._header_rows(page)
    finding = {"rule": "TAG-002", "count": 1, "evidence": "Unsur Nilai Selang"}
    assert outloud_judge._is_repeated_header(finding, heads)
    for other in (
        {"evidence": "Unsur Nilai Selang lain"},
        {"evidence": "Unsur Unsur"},
        {"count": 2},
        {"rule": "TAG-001"},
    ):
        assert not outloud_judge._is_repeated_header({**finding, **other}, heads)
