"""The tables that a unit's standard error adds up: its strata, and its clusters."""

from skm_analysis.estimates.worksheet import StratumStep
from skm_analysis.report.working_cells import (
    COUNT,
    FINE,
    HEAD,
    NONE,
    PLACE,
    TEXT,
    TINY,
    Cell,
    Form,
    Formula,
    at,
    fixed,
)
from skm_analysis.report.working_sheet import FIRST, WEIGHT_COLUMN, UnitSheet

# Columns of the table of strata; `WEIGHT_COLUMN` is the one between n and f.
_PEOPLE, SHEETS, FRACTION, PARTS = 2, 3, WEIGHT_COLUMN + 1, 6
_MEAN, _SPREAD, VARIANCE, SQUARES = 7, 8, 9, 10
_STRATA_HEADS = (
    *("Kode", "Strata", "N", "n", "p = N/n", "f = n/N", "Satuan"),
    *("Rata-rata", "Σ (z − rata-rata)²", "Ragam", "Σ a²"),
)
_CLUSTER_HEADS = ("Kode", "", "Strata", "Σ a", "Σ z")
_STRATUM, SHARE, _INFLUENCE = 2, 3, 4  # columns of the table of clusters


def write_strata(sheet: UnitSheet) -> None:
    """Headings above the first stratum's row, and a row for each."""
    top = sheet.rows["strata"]
    sheet.grid.tall(top - 1, 3)
    for column, text in enumerate(_STRATA_HEADS):
        sheet.grid.put(top - 1, column, text, HEAD)
    for place, stratum in enumerate(sheet.paper.strata):
        _stratum(sheet, top + place, place + 1, stratum)


def _stratum(sheet: UnitSheet, row: int, code: int, step: StratumStep) -> None:
    """How many are in a stratum, and how much each of its sheets counts."""
    grid, name = sheet.grid, step.name or "Semua responden"
    people, sheets = at(row, _PEOPLE), at(row, SHEETS)
    grid.put(row, 0, code, PLACE)
    grid.put(row, 1, name, Form(wrap=True))
    grid.tall(row, grid.lines(1, name))
    unknown = step.population is None
    grid.put(row, _PEOPLE, "tak hingga" if unknown else step.population, COUNT)
    counted = f"COUNTA({fixed(1, FIRST, sheet.last)})"
    if "stratum" in sheet.columns:
        counted = f"COUNTIF({sheet.whole('stratum')},{at(row, 0)})"
    grid.put(row, SHEETS, Formula(counted, step.n), COUNT)
    weight: Cell = 1
    if sheet.paper.weighted:
        weight = Formula(f"{people}/{sheets}", float(step.weight))
    grid.put(row, WEIGHT_COLUMN, weight, FINE)
    share: Cell = 0
    if step.fraction:
        share = Formula(f"{sheets}/{people}", float(step.fraction))
    grid.put(row, FRACTION, share, FINE)
    if sheet.paper.linear is not None:
        _variance(sheet, row, step)


def _variance(sheet: UnitSheet, row: int, step: StratumStep) -> None:
    """The stratum's part of the variance: of its respondents, or of its clusters."""
    values, many = sheet.whole("z"), at(row, SHEETS)
    respondents, inside = "", ""
    if "stratum" in sheet.columns:
        respondents = f"({sheet.whole('stratum')}={at(row, 0)})*"
        inside = respondents
    if sheet.paper.between:
        values = cluster_column(sheet, _INFLUENCE)
        inside = f"({cluster_column(sheet, _STRATUM)}={at(row, 0)})*"
        many = f"SUMPRODUCT({inside}1)"
    parts, mean, spread = at(row, PARTS), at(row, _MEAN), at(row, _SPREAD)
    average = f"ROUND(SUMPRODUCT({inside}{values})/{parts},15)"
    squares = f"SUMPRODUCT({inside}({values}-{mean})^2)"
    around = f"IF({parts}>1,{squares},{mean}^2)"
    left = f"(1-{at(row, FRACTION)})"
    part = f"{left}*{spread}*IF({parts}>1,{parts}/({parts}-1),1)"
    shares = f"SUMPRODUCT({respondents}{sheet.whole('a')}^2)"
    for column, text, value, form in (
        (PARTS, many, step.parts, COUNT),
        (_MEAN, average, round(step.mean, 15) + 0.0, TINY),
        (_SPREAD, around, step.spread, FINE),
        (VARIANCE, part, step.variance, FINE),
        (SQUARES, shares, step.squares, FINE),
    ):
        sheet.grid.put(row, column, Formula(text, value), form)


def cluster_column(sheet: UnitSheet, column: int) -> str:
    """A column of the table of clusters."""
    first = sheet.rows["clusters"]
    return fixed(column, first, first + len(sheet.paper.clusters) - 1)


def strata_column(sheet: UnitSheet, column: int) -> str:
    """A column of the table of strata."""
    return fixed(column, sheet.rows["strata"], sheet.rows["strata-end"])


def write_clusters(sheet: UnitSheet) -> None:
    """What each cluster weighs and, where their spread counts, its sum."""
    if not sheet.paper.clusters:
        return
    first = sheet.rows["clusters"]
    for column, text in enumerate(_CLUSTER_HEADS[: 5 if sheet.paper.between else 4]):
        sheet.grid.put(first - 1, column, text, HEAD)
    codes = sheet.whole("cluster")
    for place, step in enumerate(sheet.paper.clusters):
        row = first + place
        sheet.grid.put(row, 0, place + 1, PLACE)
        sheet.grid.put(row, 1, "Gugus", TEXT)
        # One that reaches over strata is in no single one.
        there = step.stratum + 1 if sheet.paper.between else NONE
        sheet.grid.put(row, _STRATUM, there, Form("0", align="center"))
        share = f"SUMIF({codes},{at(row, 0)},{sheet.whole('a')})"
        sheet.grid.put(row, SHARE, Formula(share, step.share), FINE)
        if sheet.paper.between:
            text = f"SUMIF({codes},{at(row, 0)},{sheet.whole('z')})"
            sheet.grid.put(row, _INFLUENCE, Formula(text, step.influence), FINE)
