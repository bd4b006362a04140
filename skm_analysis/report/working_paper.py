"""The working paper: answers and live formulas from them to the report's numbers.

For partner and auditor only. Each unit has a sheet in the regulation's layout, from
which anybody can follow the index, its grade and its standard error; one sheet holds
what the formulas give against what the report says.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from skm_analysis.estimates.city import mean_of_units
from skm_analysis.estimates.city_rows import PUBLISHED, Counted, counted_units
from skm_analysis.estimates.deriving import survey_accepted
from skm_analysis.estimates.interval import total
from skm_analysis.estimates.surveyed import Surveyed, survey_unit
from skm_analysis.estimates.worksheet import lay_out
from skm_analysis.estimates.worksheet_parts import lay_out_parts
from skm_analysis.report import working_comparison, working_contents
from skm_analysis.report.document import Document
from skm_analysis.report.formatting import span
from skm_analysis.report.method import MISSING, WEIGHTING
from skm_analysis.report.nodes import clean
from skm_analysis.report.register import Shown
from skm_analysis.report.wording import SAMPLING
from skm_analysis.report.working_cells import TITLE, WARNING, Form, Grid, Styles
from skm_analysis.report.working_comparison import Line, lines_of, write_comparison
from skm_analysis.report.working_contents import (
    Entry,
    contents_results,
    write_contents,
)
from skm_analysis.report.working_footer import (
    footer_rows,
    legend,
    write_footer,
    write_legend,
    write_parts,
)
from skm_analysis.report.working_precision import precision_height, write_precision
from skm_analysis.report.working_sheet import (
    FIRST,
    HEADS,
    ITEM,
    UnitSheet,
    write_respondents,
)
from skm_analysis.responses.storing import read_accepted
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study

NAME = "kertas-kerja.xlsx"
_HEADING = (
    "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"
)
INTERNAL = (
    "INTERNAL – hanya untuk mitra dan auditor; memuat jawaban setiap responden dan "
    "angka yang tidak diumumkan"
)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_BESIDE = " (int)"  # after an id: the unit's own survey beside an independent one
_REFUSED = "history"  # a name that Excel keeps for itself
Mean = tuple[str, str, Fraction]


def write(
    document: Document, places: Places, shown: Sequence[Shown], path: Path
) -> None:
    """Write the working paper of the tables that `document` was made from."""
    accepted = read_accepted(places, document.study)
    surveyed = survey_accepted(document.study, accepted)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(render(document, shown, surveyed, accepted))


def render(
    document: Document,
    shown: Sequence[Shown],
    surveyed: Mapping[str, Surveyed],
    accepted: Mapping[str, pd.DataFrame],
) -> bytes:
    """The workbook; the same bytes for the same answers and report.

    Parameters
    ----------
    document, shown
        the report, and what it shows under which key
    surveyed
        each unit's figures as they were estimated, by unit id
    accepted
        the accepted responses by unit id, for the units' own surveys
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        when = datetime.fromtimestamp(document.epoch, UTC).replace(tzinfo=None)
        book.set_properties(
            {
                "title": clean(f"Kertas kerja {document.title}"),
                "author": document.study.partner or document.study.institution,
                "comments": INTERNAL,
                "created": when,
            }
        )
        _Paper(book, document).write(shown, surveyed, accepted)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _Survey:
    """One survey of a unit; `part` of its keys is "internal" where it is beside."""

    surveyed: Surveyed
    part: str = ""

    @property
    def sheet(self) -> str:
        """Ids are of a-z, 0-9 and "-", at most 24 characters, and so never clash."""
        name = self.surveyed.unit.id
        if self.part or name == _REFUSED:
            name += _BESIDE if self.part else " (unit)"
        return name


class _Paper:
    """The workbook being written."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.styles = Styles(book)
        self.warnings = (document.banner, INTERNAL)

    def write(
        self,
        shown: Sequence[Shown],
        surveyed: Mapping[str, Surveyed],
        accepted: Mapping[str, pd.DataFrame],
    ) -> None:
        contents = self.new(working_contents.NAME)
        comparison = self.new(working_comparison.NAME)
        counted = counted_units(self.document.study, surveyed.values())
        inside = {each.surveyed.unit.id for each in counted}
        told = {each.surveyed.unit.id for each in counted if each.told}
        entries = []
        surveys = _surveys(self.document.study, surveyed, accepted)
        for number, survey in enumerate(surveys, 1):
            entry = self.unit(number, survey)
            unit = entry.unit.id
            if not survey.part:
                entry = replace(entry, counted=unit in inside, told=unit in told)
            entries.append(entry)
        means = _mean("", "Rata-rata semua unit", counted)
        if told != inside:
            few = [each for each in counted if each.told]
            means += _mean(PUBLISHED, "Rata-rata unit yang diumumkan", few)
        lines = self.lines(entries, means, shown)
        title = self.document.title
        write_contents(contents, title, self.warnings, entries, means, lines)
        write_comparison(comparison, self.warnings, lines)

    def unit(self, number: int, survey: _Survey) -> Entry:
        """One unit's sheet, or none where it has no response."""
        surveyed = survey.surveyed
        paper = lay_out(surveyed)
        if paper is None:
            return Entry(number, surveyed.unit, surveyed.source, None)
        periods = self.document.study.periods
        parts = {} if survey.part else lay_out_parts(surveyed, periods)
        grid = self.new(survey.sheet)
        sheet = UnitSheet(grid, survey.sheet, paper, parts, survey.part)
        _plan(sheet)
        self.page(sheet)
        write_respondents(sheet)
        write_footer(sheet)
        write_parts(sheet)
        write_legend(sheet)
        write_precision(sheet)
        results = tuple(sheet.results)
        return Entry(number, surveyed.unit, surveyed.source, survey.sheet, results)

    def page(self, sheet: UnitSheet) -> None:
        """Widths, titles, what is repeated in print."""
        grid, surveyed = sheet.grid, sheet.paper.surveyed
        study, unit = self.document.study, surveyed.unit
        grid.wide(0, 0, 6)
        grid.wide(1, 1, 19)
        grid.wide(ITEM, max(sheet.end, sheet.total), 9.5)
        grid.wide(sheet.total, sheet.total, 12)
        for row, text in enumerate(self.warnings):
            grid.put(row, 0, text, WARNING)
        grid.put(2, 0, _HEADING, TITLE)
        own = "; survei oleh unit sendiri" if surveyed.source == "internal" else ""
        grid.put(3, 0, f"{unit.name}{own}", Form(bold=True, size=12))
        grid.put(4, 0, f"{study.title}, {span(study.start, study.end)}", Form())
        rules = f"{MISSING[surveyed.rule]} {WEIGHTING[surveyed.weighting]} "
        rules += f"Responden {SAMPLING[unit.sampling]}."
        grid.tall(5, grid.across(5, 0, sheet.end, rules))
        grid.link(6, 0, working_contents.NAME, "Ke daftar isi")
        grid.link(6, ITEM, working_comparison.NAME, "Ke banding laporan")
        grid.sheet.freeze_panes(FIRST, ITEM)
        grid.sheet.repeat_rows(*HEADS)
        grid.sheet.print_area(0, 0, sheet.rows["end"], sheet.end)

    def lines(
        self, entries: Sequence[Entry], means: Sequence[Mean], shown: Sequence[Shown]
    ) -> list[Line]:
        """All that is compared: unit by unit, then the city."""
        by_key: dict[str, list[Shown]] = {}
        for each in shown:
            by_key.setdefault(each.key, []).append(each)
        estimates = self.document.estimates
        beside, city = contents_results(entries, means)
        lines: list[Line] = []
        for entry in entries:
            results = [*entry.results, *(each for its, each in beside if its is entry)]
            name = entry.unit.name
            lines += lines_of(entry.number, name, results, by_key, estimates)
        return lines + lines_of(0, "Kota", city, by_key, estimates)

    def new(self, name: str) -> Grid:
        """A sheet set up for printing, its warnings on every page."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        banner = clean(self.document.banner).replace("&", "&&")
        sheet.set_header(f"&L&K8A1C1C{banner}&R&K8A1C1CINTERNAL")
        sheet.set_footer("&L&A&RHalaman &P dari &N")
        return Grid(sheet, self.styles)


def _surveys(
    study: Study,
    surveyed: Mapping[str, Surveyed],
    accepted: Mapping[str, pd.DataFrame],
) -> Iterator[_Survey]:
    """Each unit's survey and, beside an independent one, the unit's own."""
    for unit_id, each in surveyed.items():
        yield _Survey(each)
        rows = accepted[unit_id]
        if each.source == "external" and (rows["source"] == "internal").any():
            rho = each.resemblance
            own = survey_unit(study, each.unit, rows, "internal", rho)
            yield _Survey(own, "internal")


def _mean(part: str, label: str, counted: Sequence[Counted]) -> list[Mean]:
    """The city's mean over some units, if there are any."""
    if not counted:
        return []
    return [(part, label, total(mean_of_units([each.ikm for each in counted])))]


def _plan(sheet: UnitSheet) -> None:
    """Which block begins in which row, for formulas refer to rows further down."""
    row = sheet.last + 1
    for name in footer_rows(sheet):
        sheet.rows[name], row = row, row + 1
    row += 1
    for column, parts in sheet.parts.items():
        sheet.rows[f"parts-{column}"] = row
        row += 2 + 2 * len(parts)
    sheet.rows["legend"] = row
    row += len(legend(sheet)) + 2
    sheet.rows["precision"] = row
    sheet.rows["strata"] = row + 3
    sheet.rows["strata-end"] = row + 2 + len(sheet.paper.strata)
    sheet.rows["steps"] = sheet.rows["strata-end"] + 2
    height = precision_height(sheet)
    sheet.rows["clusters"] = row + height - len(sheet.paper.clusters)
    sheet.rows["end"] = row + height
