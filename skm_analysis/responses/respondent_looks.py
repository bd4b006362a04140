"""What the respondents of a sheet look like, and which rows look like them."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from skm_analysis.responses.footer_labels import Footer, Label
from skm_analysis.responses.headers import Header, distinct
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import Grid
from skm_analysis.responses.spelling import fold, tidy

HIGHEST = 10  # answer on any scale
_SAMPLE = 5_000  # respondents by whom the others are judged
_NUMBER = re.compile(r"[*()\s]*(\d{1,15}(?:[.,]\d{1,20})*)\s*%?[*()\s]*")
_WHOLE = re.compile(r"\d{1,3}(?:\.0+)?")


class Labelled(NamedTuple):
    """A row with a label among its cells."""

    label: Label
    place: int  # of its cell
    leads: bool  # whether nothing stands before it
    numbers: tuple[int, ...]  # places of cells that hold a number

    @property
    def per_item(self) -> bool:
        return len(self.numbers) > 1 and self.label.footer is not Footer.OTHER

    @property
    def is_certain(self) -> bool:
        """Whether nobody could be called so."""
        return self.leads and not self.label.bare


def number_text(cell: str) -> str | None:
    """The number in a cell without the marks that worksheets put beside it."""
    found = _NUMBER.fullmatch(cell)
    return found[1] if found else None


class Respondents(NamedTuple):
    """What the rows that are certainly respondents look like, column by column."""

    seen: tuple[frozenset[str], ...]
    highest: tuple[int, ...]  # whole number, -1 for none
    numeric: tuple[bool, ...]
    answers: tuple[int, ...]  # places of the columns that hold answers
    key: int | None  # the first column that nearly every respondent fills
    rows: tuple[int, ...]

    @classmethod
    def of(
        cls,
        grid: Grid,
        header: Header,
        labelled: Mapping[int, Labelled],
        asked: Collection[str],
    ) -> "Respondents":
        """From the rows above the first that is certainly none, or from all others."""
        top, names = header.row + 1, header.names
        plain = [i for i in range(top, len(grid)) if i not in labelled and any(grid[i])]
        answers = [at for name in asked for at in positions(distinct(names), name)]
        answers = answers or _answer_columns(grid, header, labelled, plain[-_SAMPLE:])
        full = [i for i in plain if 2 * _count(grid[i], answers) >= len(answers)]
        leading = (i for i, told in labelled.items() if i >= top and told.is_certain)
        first = min(leading, default=len(grid))
        rows = ([i for i in full if i < first] or full)[-_SAMPLE:]
        columns = [[cell_of(grid[i], at) for i in rows] for at in range(len(names))]
        filled = [[cell for cell in column if cell] for column in columns]
        return cls(
            seen=tuple(frozenset(map(fold, cells)) for cells in filled),
            highest=tuple(
                max(map(whole_number, cells), default=-1) for cells in filled
            ),
            numeric=tuple(
                sum(number_text(cell) is not None for cell in cells) > 0.8 * len(cells)
                for cells in filled
            ),
            answers=tuple(answers),
            key=next(
                (at for at, cells in enumerate(filled) if len(cells) > 0.9 * len(rows)),
                None,
            ),
            rows=tuple(rows),
        )

    def like(self, at: int, cell: str) -> bool:
        """Whether respondents have such a cell in this column."""
        if at >= len(self.seen):
            return False
        return (
            fold(cell) in self.seen[at] or 0 <= whole_number(cell) <= self.highest[at]
        )

    def answered(self, cells: Sequence[str]) -> tuple[int, int]:
        """How many cells hold an answer as respondents give it, and how many any."""
        filled = [(at, cell_of(cells, at)) for at in self.answers]
        filled = [(at, cell) for at, cell in filled if cell]
        return sum(self.like(at, cell) for at, cell in filled), len(filled)

    def is_one(self, cells: Sequence[str]) -> bool:
        """Whether half of the answers are there, most as respondents give them."""
        alike, filled = self.answered(cells)
        return 2 * filled >= len(self.answers) and 2 * alike > filled


def _answer_columns(
    grid: Grid, header: Header, labelled: Mapping[int, Labelled], rows: Sequence[int]
) -> list[int]:
    """Where nobody says which they are: those of the footers, or of whole numbers."""
    named = [at for at, name in enumerate(header.names) if name]
    told = {at for each in labelled.values() if each.per_item for at in each.numbers}
    columns = {at: [cell_of(grid[i], at) for i in rows] for at in named}
    filled = {at: [cell for cell in cells if cell] for at, cells in columns.items()}
    return (
        [at for at in named if at in told]
        or [at for at in named if _are_scores(filled[at])]
        or [at for at in named if 0 < len(set(filled[at])) <= HIGHEST]
    )


def _count(cells: Sequence[str], places: Sequence[int]) -> int:
    return sum(bool(cell_of(cells, at)) for at in places)


def cell_of(cells: Sequence[str], at: int) -> str:
    return tidy(cells[at]) if at < len(cells) else ""


def whole_number(cell: str) -> int:
    return int(float(cell)) if _WHOLE.fullmatch(cell) else -1


def _are_scores(cells: Collection[str]) -> bool:
    few = sum(0 <= whole_number(cell) <= HIGHEST for cell in cells)
    return bool(cells) and few > 0.8 * len(cells)
