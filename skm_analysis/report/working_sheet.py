"""A unit's sheet of the working paper: where things stand, and the respondents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from skm_analysis.estimates.rows import make_key
from skm_analysis.estimates.sample import MISSING
from skm_analysis.estimates.worksheet import Worksheet
from skm_analysis.estimates.worksheet_parts import PartStep
from skm_analysis.report.working_cells import (
    CODE,
    DECIMAL,
    FINE,
    HEAD,
    PLACE,
    SCORE,
    TINY,
    Cell,
    Form,
    Formula,
    Grid,
    at,
    down,
    fixed,
    here,
    right,
)

HEADS = (7, 8)  # rows of the two lines of headings
FIRST = 9  # row of the first respondent
ITEM = 2  # column of the first item
WEIGHT_COLUMN = 4  # of a stratum's weight in the table of strata
_LEAST_COLUMNS = 11  # that the tables below the footer need

Column = Literal["stratum", "sheets", "cluster", "own", "z", "a", "period", "part"]
_HEADINGS: Mapping[Column, str] = {
    "stratum": "Strata",
    "sheets": "Bobot lembar h",
    "cluster": "Gugus",
    "own": "Indeks sendiri",
    "z": "Nilai linear z",
    "a": "Bobot nisbi a",
    "period": "Periode",
    "part": "Bagian",
}
PART_COLUMNS: Mapping[str, Column] = {"period": "period", "stratum": "part"}


@dataclass(frozen=True, slots=True)
class Result:
    """A number of the sheet that the report knows by `key`."""

    key: str
    label: str
    cell: Formula


@dataclass(slots=True)
class UnitSheet:
    """One unit's sheet while it is written."""

    grid: Grid
    name: str
    paper: Worksheet
    parts: Mapping[str, Sequence[PartStep]]
    part: str = ""  # of the keys: "internal" for the unit's own survey
    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        told = self._more()
        self.columns = {name: self.total + 1 + i for i, name in enumerate(told)}

    def _more(self) -> list[Column]:
        """Columns to the right of the answers, as far as the design asks for them."""
        paper = self.paper
        told: list[Column] = []
        told += ["stratum"] * paper.weighted
        told += ["sheets"] * (self.rule != "ratio" or paper.weighted)
        if paper.linear is not None:
            told += ["cluster"] * bool(paper.clusters)
            told += ["own"] * (paper.own is not None)
            told += ["z", "a"]
        return told + [PART_COLUMNS[each] for each in self.parts]

    @property
    def rule(self) -> str:
        return self.paper.surveyed.rule

    @property
    def total(self) -> int:
        """The column of totals, right of the last item."""
        return ITEM + len(self.paper.items)

    @property
    def items(self) -> range:
        return range(ITEM, self.total)

    @property
    def last(self) -> int:
        """Row of the last respondent."""
        return FIRST + self.paper.sample.n - 1

    @property
    def end(self) -> int:
        """The last column that is printed."""
        return max(_LEAST_COLUMNS - 1, self.total + len(self.columns))

    @property
    def factor(self) -> str:
        """Index points per score point, as a person writes it: 25, or 100/7."""
        return str(self.paper.surveyed.unit.instrument.factor)

    def whole(self, name: Column) -> str:
        """All respondents' cells in a column to the right."""
        return fixed(self.columns[name], FIRST, self.last)

    def answers(self, column: int) -> str:
        """All respondents' answers to one item."""
        return down(column, FIRST, self.last)

    def footer(self, name: str) -> str:
        """A footer's cells over all items."""
        return right(self.rows[name], ITEM, self.total - 1)

    def in_total(self, name: str) -> str:
        """A footer's cell in the column of totals."""
        return at(self.rows[name], self.total)

    def tell(
        self,
        label: str,
        row: int,
        column: int,
        value: float | int | str,
        measure: str,
        item: str = "",
        part: str = "",
        side: str = "",
    ) -> None:
        """Remember a cell that the report knows by its key."""
        parts = "+".join(each for each in (self.part, part) if each)
        unit = self.paper.surveyed.unit.id
        key = make_key("unit", unit, measure, item, part=parts) + side
        text = f"'{self.name}'!{at(row, column)}"
        self.results.append(Result(key, label, Formula(text, value)))


def write_respondents(sheet: UnitSheet) -> None:
    """Headings, and a row for each respondent."""
    _headings(sheet)
    grid, paper = sheet.grid, sheet.paper
    grid.down(FIRST, 0, range(1, paper.sample.n + 1), PLACE)
    grid.down(FIRST, 1, paper.surveyed.frame["response"].tolist(), CODE)
    numbers = fixed(1, FIRST, sheet.last).replace("$", "")
    grid.sheet.ignore_errors({"number_stored_as_text": numbers})
    for column, scores in zip(sheet.items, paper.sample.scores.T.tolist(), strict=True):
        answers = [None if each == MISSING else each for each in scores]
        grid.down(FIRST, column, answers, SCORE)
    for name, column in sheet.columns.items():
        cells, form = _column(sheet, name)
        grid.down(FIRST, column, cells, form)


def _headings(sheet: UnitSheet) -> None:
    grid, (upper, lower) = sheet.grid, HEADS
    grid.tall(lower, 2)
    grid.across(upper, ITEM, sheet.total - 1, "Nilai/Unsur", HEAD)
    for column in (*range(ITEM), *range(sheet.total, sheet.total + 1)):
        grid.put(upper, column, None, HEAD)
    for column, text in ((0, "No."), (1, "No. Resp"), (sheet.total, "Jumlah")):
        grid.put(lower, column, text, HEAD)
    for place, column in enumerate(sheet.items, 1):
        grid.put(lower, column, f"U{place}", HEAD)
    if sheet.columns:
        first, *_, last = [*sheet.columns.values()] * 2
        grid.across(upper, first, last, "Kolom hitungan", HEAD)
    for name, column in sheet.columns.items():
        grid.put(lower, column, _HEADINGS[name], HEAD)  # type: ignore[index]


def _column(sheet: UnitSheet, name: str) -> tuple[Sequence[Cell], Form]:
    """What stands in one column to the right, respondent by respondent."""
    paper = sheet.paper
    if name in ("period", "part"):
        source = next(each for each, its in PART_COLUMNS.items() if its == name)
        return _codes(sheet.parts[source], paper.sample.n), SCORE
    if name == "stratum" or paper.linear is None or paper.sample.cluster is None:
        codes = paper.sample.stratum
    else:
        codes = paper.sample.cluster
    if name in ("stratum", "cluster"):
        return [each + 1 for each in codes.tolist()], SCORE
    make, form, values = _MADE[name]
    rows = range(FIRST, sheet.last + 1)
    pairs = zip(rows, values(paper), strict=True)
    return [Formula(make(sheet, row), value) for row, value in pairs], form


def _codes(parts: Sequence[PartStep], n: int) -> list[int | None]:
    codes = np.zeros(n, dtype=np.int64)
    for place, part in enumerate(parts, 1):
        codes[part.members] = place
    return [each or None for each in codes.tolist()]


def _row(sheet: UnitSheet, row: int) -> str:
    """One respondent's answers."""
    return right(row, ITEM, sheet.total - 1, lock=False)


def _counting(sheet: UnitSheet, row: int) -> str:
    """How much a sheet counts: its stratum's weight, nothing where it is left out."""
    weight = "1"
    if "stratum" in sheet.columns:
        table = fixed(WEIGHT_COLUMN, sheet.rows["strata"], sheet.rows["strata-end"])
        weight = f"INDEX({table},{here(row, sheet.columns['stratum'])})"
    whole = f"={len(sheet.paper.items)}" if sheet.rule == "complete" else ">0"
    return f"IF(COUNT({_row(sheet, row)}){whole},{weight},0)"


def _own(sheet: UnitSheet, row: int) -> str:
    weights, answers = sheet.footer("weight"), _row(sheet, row)
    divisor = f"SUMPRODUCT({weights}*ISNUMBER({answers}))"
    points = f"SUMPRODUCT({weights},{answers})"
    return f"IF(COUNT({answers})>0,{sheet.factor}*{points}/{divisor},0)"


def _linearised(sheet: UnitSheet, row: int) -> str:
    if "own" in sheet.columns:
        own, share = (here(row, sheet.columns[name]) for name in ("own", "a"))
        return f"{share}*({own}-{sheet.in_total('ikm')})"
    answers, nrr = _row(sheet, row), sheet.footer("nrr")
    distance = f"ISNUMBER({answers})*({answers}-{nrr})"
    text = f"SUMPRODUCT({sheet.footer('lever')},{distance})"
    return f"{_times(sheet, row)}{sheet.factor}*{text}"


def _share(sheet: UnitSheet, row: int) -> str:
    if "own" in sheet.columns:
        return f"{here(row, sheet.columns['sheets'])}/SUM({sheet.whole('sheets')})"
    lever = sheet.footer("lever")
    return f"{_times(sheet, row)}SUMPRODUCT({lever}*ISNUMBER({_row(sheet, row)}))"


def _times(sheet: UnitSheet, row: int) -> str:
    if "sheets" not in sheet.columns:
        return ""
    return f"{here(row, sheet.columns['sheets'])}*"


def _own_values(paper: Worksheet) -> list[float]:
    own = np.zeros(paper.sample.n) if paper.own is None else paper.own
    return [float(each) for each in np.where(paper.sheets > 0, own, 0.0)]


def _linear_values(paper: Worksheet) -> list[float]:
    return [] if paper.linear is None else paper.linear.influence.tolist()


def _share_values(paper: Worksheet) -> list[float]:
    return [] if paper.linear is None else paper.linear.share.tolist()


_Make = Callable[[UnitSheet, int], str]
_Values = Callable[[Worksheet], list[float]]
_MADE: Mapping[str, tuple[_Make, Form, _Values]] = {
    "sheets": (_counting, FINE, lambda paper: paper.sheets.tolist()),
    "own": (_own, DECIMAL, _own_values),
    "z": (_linearised, FINE, _linear_values),
    "a": (_share, TINY, _share_values),
}
