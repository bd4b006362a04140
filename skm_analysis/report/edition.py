"""The files of one edition: the report in its formats, unit chapters, tables."""

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from skm_analysis.estimates import tables
from skm_analysis.report import (
    anchors,
    codebook,
    conclusions,
    deck,
    deck_pptx,
    docx,
    items_appendix,
    page,
    pdf,
    publication,
    publication_files,
    quality_appendix,
    questionnaires,
    register,
    sensitivity_appendix,
    unit_worksheets,
    webpage,
    workbook,
    working_paper,
)
from skm_analysis.report.abstract import abstract
from skm_analysis.report.chapter import Chapter
from skm_analysis.report.document import Document, assemble, edition
from skm_analysis.report.elements import Absent, Heading
from skm_analysis.responses.labelled_files import FOLDER as LABELLED
from skm_analysis.study.branding import read_logos
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study
from skm_analysis.study.texts import read_references, read_text
from skm_analysis.study.word_template import WordTemplate, read_template


def assemble_report(
    places: Places,
    study: Study,
    chapters: Sequence[Chapter],
    fingerprint: str,
    *,
    draft: bool = False,
) -> Document:
    """The chapters, what people wrote and the questionnaires as one document."""
    texts = {name: read_text(places, name) for name in ("preface", "background")}
    estimates = tables.load(places)
    city = page.city_of(places, study, estimates)
    document = assemble(
        study,
        chapters,
        estimates,
        texts={name: text for name, text in texts.items() if text},
        summary=conclusions.summary(city),
        abstract=abstract(city),
        bibliography=read_references(places),
        appendices=_appendices(city),
        fingerprint=fingerprint,
        draft=draft,
        awaited=city.awaited,
    )
    return _with_companions(document, places, city)


def _appendices(city: page.CityPage) -> list[Chapter]:
    """Those made from the study, in the order in which they are read."""
    made = (
        ("kuesioner", "Kuesioner", questionnaires.appendix(city)),
        (
            "pengolahan-data",
            "Pengolahan Data per Unit",
            unit_worksheets.appendix(city),
        ),
        (anchors.ITEMS, "Rincian Setiap Unsur", items_appendix.appendix(city)),
        (anchors.QUALITY, "Mutu Data", quality_appendix.appendix(city)),
        (
            anchors.SENSITIVITY,
            "Kepekaan Hasil",
            sensitivity_appendix.appendix(city),
        ),
        ("buku-kode", "Buku Kode", codebook.appendix(city.study)),
    )
    return [
        Chapter(id_, (Heading(1, (title,)), *group.pieces))
        for id_, title, group in made
        if not all(isinstance(piece, Absent) for piece in group.pieces)
    ]


def _with_companions(
    document: Document, places: Places, city: page.CityPage
) -> Document:
    """The units' publication sheets and the deck; the register names their numbers."""
    study, estimates = document.study, document.estimates
    sheets = {
        unit.id: publication.sheet(
            page.UnitPage(study=study, unit=unit, estimates=estimates)
        )
        for unit in study.units
    }
    return replace(
        document,
        sheets=sheets,
        slides=deck.slides(city, document.figures),
        logos=read_logos(places),
    )


def write_edition(document: Document, places: Places, stage: Path) -> None:
    """Write every document and table of the edition into `stage`."""
    units = stage / "units"
    units.mkdir()
    own = read_template(places)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        written = [
            pool.submit(_write_formats, document, stage / f"skm-{places.study}", own),
            pool.submit(deck_pptx.write, document, stage / f"skm-{places.study}.pptx"),
            *(
                pool.submit(_write_unit, document, unit.id, units, own)
                for unit in document.study.units
            ),
        ]
        for each in written:
            each.result()
    workbook.write(document, stage / f"skm-{places.study}.xlsx")
    shown = register.write(document, stage / "tables")
    internal = stage / "internal"
    working_paper.write(document, places, shown, internal / working_paper.NAME)
    _keep_tables(places, internal / "tables")
    _keep_labelled(places, internal / LABELLED)
    if places.received.is_file():
        shutil.copyfile(places.received, internal / places.received.name)


def _write_unit(
    document: Document, unit: str, folder: Path, own: WordTemplate | None
) -> None:
    _write_formats(edition(document, f"unit-{unit}"), folder / unit, own)
    publication_files.write(
        document.sheets[unit],
        folder,
        banner=document.banner,
        author=document.study.partner or document.study.institution,
        epoch=document.epoch,
        logos=document.logos,
    )


def _write_formats(document: Document, path: Path, own: WordTemplate | None) -> None:
    # Word shows the page numbers of the PDF until it counts its own.
    pages = pdf.write(document, path.with_suffix(".pdf"))
    docx.write(document, path.with_suffix(".docx"), own=own, pages=pages)
    webpage.write(document, path.with_suffix(".html"))


def _keep_tables(places: Places, kept: Path) -> None:
    """The working tables that this edition was made from; the crosswalk stays out."""
    shutil.copytree(
        places.processed,
        kept,
        ignore=shutil.ignore_patterns("crosswalk.csv", "comments.csv", LABELLED, ".*"),
        copy_function=shutil.copyfile,
    )


def _keep_labelled(places: Places, kept: Path) -> None:
    """The same answers for SPSS, R and Excel: they follow from the tables."""
    shutil.copytree(
        places.processed / LABELLED,
        kept,
        ignore=shutil.ignore_patterns(".*"),
        copy_function=shutil.copyfile,
    )
