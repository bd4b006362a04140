"""The plan as files: a workbook for people, CSV for programs."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, time
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from skm_analysis.errors import PublishError, cause
from skm_analysis.estimates.planning import UnitPlan
from skm_analysis.report import plan_words
from skm_analysis.report.front import SYNTHETIC
from skm_analysis.report.nodes import clean
from skm_analysis.report.wording import SAMPLING_SHORT
from skm_analysis.responses.literal_cells import shown_as_text
from skm_analysis.study.records import Study

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = (38, 18, 13)  # characters: the unit, the second column, each number
UNIT_COLUMNS = (
    *("unit", "name", "kind", "sampling", "population", "planned"),
    *("n_required", "n_cochran", "n_slovin", "n_required_precision"),
    *("n_required_change", "n_aimed", "nonresponse", "n_to_ask"),
    *("previous_n", "previous_deviation", "flags"),
)
STRATUM_COLUMNS = (
    *("unit", "stratum", "population", "proportional", "neyman"),
    "previous_deviation",
)


def write(study: Study, plans: Sequence[UnitPlan], folder: Path) -> list[Path]:
    """Write `plan-STUDY.xlsx` and CSVs into `folder`; the paths, workbook first.

    The same plan gives the same bytes. Raises PublishError where they cannot be
    written.
    """
    name = f"plan-{study.id}"
    made = {
        f"{name}.xlsx": _workbook(study, plans),
        f"{name}.csv": _csv(UNIT_COLUMNS, [_unit_line(plan) for plan in plans]),
    }
    if strata := _stratum_lines(plans):
        made[f"{name}-strata.csv"] = _csv(STRATUM_COLUMNS, strata)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{name}-strata.csv"):
            old.unlink()
        for file, content in made.items():
            (folder / file).write_bytes(content)
    except OSError as error:
        raise PublishError(
            f"{folder.name}: rencana tidak dapat ditulis ({cause(error)}).\n"
            "  tutup berkasnya bila sedang dibuka di Excel; periksa izin tulis dan\n"
            "  sisa ruang penyimpanan, lalu jalankan kembali."
        ) from error
    return [folder / file for file in made]


def as_json(plans: Sequence[UnitPlan]) -> list[dict[str, Any]]:
    """One object per unit, with the columns of the CSV and its strata."""
    return [
        {
            **dict(zip(UNIT_COLUMNS, _unit_line(plan), strict=True)),
            "flags": _flags(plan),
            "strata": [
                dict(zip(STRATUM_COLUMNS[1:], line[1:], strict=True))
                for line in _stratum_lines([plan])
            ],
        }
        for plan in plans
    ]


def _unit_line(plan: UnitPlan) -> tuple[Any, ...]:
    unit, spread = plan.unit, plan.spread
    return (
        *(unit.id, unit.name, unit.kind, unit.sampling, plan.population, unit.planned),
        *(plan.krejcie_morgan, plan.cochran, plan.slovin),
        *(plan.precision.size, plan.change.size, plan.aimed),
        *(plan.nonresponse, plan.ask.size),
        *((spread.n, spread.deviation) if spread else (None, None)),
        " ".join(f"{name}:{','.join(each)}" for name, each in _flags(plan).items()),
    )


def _flags(plan: UnitPlan) -> dict[str, tuple[str, ...]]:
    needs = {
        "n_required_precision": plan.precision,
        "n_required_change": plan.change,
        "n_to_ask": plan.ask,
    }
    return {name: need.flags for name, need in needs.items() if need.flags}


def _stratum_lines(plans: Sequence[UnitPlan]) -> list[tuple[Any, ...]]:
    return [
        (
            plan.unit.id,
            share.stratum,
            share.population,
            share.proportional,
            share.neyman,
            share.deviation,
        )
        for plan in plans
        for share in plan.shares
    ]


def _csv(columns: Sequence[str], lines: Sequence[tuple[Any, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for line in lines:
        cells = [shown_as_text(x) if isinstance(x, str) else x for x in line]
        writer.writerow(cells)
    return text.getvalue().encode()


def _workbook(study: Study, plans: Sequence[UnitPlan]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        book.set_properties(
            {
                "title": clean(f"Rencana sampel {study.title}"),
                "author": study.partner or study.institution,
                "created": datetime.combine(study.start, time()),
            }
        )
        page = _Page(book, study)
        page.units(plans)
        if any(plan.shares for plan in plans):
            page.strata(plans)
    return made.getvalue()


class _Page:
    """The workbook being written, and its formats."""

    def __init__(self, book: Any, study: Study) -> None:
        self.book, self.study = book, study
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.note = book.add_format(
            {
                "font_color": "#51606E",
                "font_size": 9,
                "text_wrap": True,
                "valign": "top",
            }
        )
        self.warning = book.add_format({"bold": True, "font_color": "#8A1C1C"})
        line = {"bottom": 4, "bottom_color": "#C9D2DA", "valign": "top"}
        # What is typed over such a cell stays text, too.
        self.text = book.add_format({**line, "text_wrap": True, "quote_prefix": True})
        self.whole = book.add_format({**line, "num_format": "#,##0"})
        self.dash = book.add_format({**line, "align": "right"})
        self.decimal = book.add_format({**line, "num_format": "0.00"})
        head = {"bold": True, "text_wrap": True, "top": 2, "bottom": 1}
        self.head = book.add_format({**head, "valign": "bottom"})
        self.head_right = book.add_format(
            {**head, "valign": "bottom", "align": "right"}
        )

    def units(self, plans: Sequence[UnitPlan]) -> None:
        columns = ("Unit", "Cara memilih", *plan_words.COLUMNS)
        sheet, row = self.new("Rencana", "Rencana sampel", columns)
        for plan in plans:
            self.high(sheet, row, plan.unit.name)
            sheet.write_string(row, 0, clean(plan.unit.name), self.text)
            sheet.write_string(row, 1, SAMPLING_SHORT[plan.unit.sampling], self.text)
            for place, number in enumerate(plan_words.numbers(plan), 2):
                self.cell(sheet, row, place, number)
            row += 1
        notes = (
            *plan_words.aims(self.study),
            *plan_words.missing(plans),
            *plan_words.held(plans),
        )
        self.notes(sheet, row + 1, notes, len(columns))

    def strata(self, plans: Sequence[UnitPlan]) -> None:
        columns = ("Unit", "Strata", "Populasi", "Proporsional", "Neyman", "Simpangan")
        sheet, row = self.new("Strata", "Pembagian menurut strata", columns)
        for plan in plans:
            for share in plan.shares:
                self.high(sheet, row, plan.unit.name)
                sheet.write_string(row, 0, clean(plan.unit.name), self.text)
                sheet.write_string(row, 1, clean(share.stratum), self.text)
                for place, number in enumerate(
                    (share.population, share.proportional, share.neyman), 2
                ):
                    self.cell(sheet, row, place, number)
                self.cell(sheet, row, 5, share.deviation, self.decimal)
                row += 1
        self.notes(sheet, row + 1, _STRATUM_NOTES, len(columns))

    def new(self, name: str, title: str, columns: Sequence[str]) -> tuple[Any, int]:
        """A sheet with its title and headings; gives the row below them."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RHalaman &P dari &N")
        for first, last, wide in zip(
            (0, 1, 2), (0, 1, len(columns) - 1), _WIDTHS, strict=True
        ):
            sheet.set_column(first, last, wide)
        if self.study.synthetic:
            sheet.write_string(0, 0, SYNTHETIC, self.warning)
        sheet.write_string(1, 0, clean(f"{title}: {self.study.title}"), self.title)
        for place, heading in enumerate(columns):
            style = self.head if place < 2 else self.head_right
            sheet.write_string(3, place, heading, style)
        sheet.freeze_panes(4, 1)
        return sheet, 4

    def notes(self, sheet: Any, row: int, notes: Sequence[str], columns: int) -> None:
        """Below the table, each over its whole width and as high as it needs."""
        wide = sum(_WIDTHS[:2]) + (columns - 2) * _WIDTHS[2]
        for place, note in enumerate(notes, row):
            lines = ceil(1.05 * len(note) / wide)
            sheet.set_row(place, 13 * lines)
            sheet.merge_range(place, 0, place, columns - 1, clean(note), self.note)

    def high(self, sheet: Any, row: int, name: str) -> None:
        """A row as high as the unit's name needs."""
        sheet.set_row(row, 15 * ceil(1.15 * len(name) / _WIDTHS[0]))

    def cell(
        self, sheet: Any, row: int, place: int, number: float | None, style: Any = None
    ) -> None:
        if number is None:
            sheet.write_string(row, place, "–", self.dash)
        else:
            sheet.write_number(row, place, number, style or self.whole)


_STRATUM_NOTES = (
    "Proporsional: sebanding dengan populasi strata. Neyman: sebanding dengan populasi "
    "kali simpangan baku studi sebelumnya.",
    'Pembagian Neyman hanya sesuai dengan weighting = "strata": tanpa penimbang, '
    "pembagian yang tidak sebanding menggeser indeks.",
    "Simpangan: simpangan baku indeks per responden dalam strata pada studi "
    "sebelumnya; kosong bila respondennya kurang dari sepuluh.",
)
