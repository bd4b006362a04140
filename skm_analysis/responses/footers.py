"""Rows of a sheet that are no respondents: an office's own result, and its legend.

A footer has a label and numbers that no respondent could have given, or says no more
than its label. A row that looks like the respondents stays one, whatever it is called.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from skm_analysis.responses.footer_labels import (
    Footer,
    may_hold_label,
    opens_legend,
    read_label,
)
from skm_analysis.responses.headers import Header
from skm_analysis.responses.raw import Grid, OfficeRow
from skm_analysis.responses.respondent_looks import (
    HIGHEST,
    Labelled,
    Respondents,
    cell_of,
    number_text,
    whole_number,
)
from skm_analysis.responses.spelling import fold, tidy

_ALL_ROWS = 5_000  # searched whole; of longer sheets only both ends
_NEAR_TOP, _NEAR_END = 50, 500
_MOST_TEXTS = 6  # in a row with a label
_IN_LABEL = re.compile(
    r"(\D.*?)\s*[:=]\s*(\d{1,9}(?:[.,]\d{1,20})*)\s*(?:\(\w\)|orang)?"
)


class Footers(NamedTuple):
    """Row numbers as Excel shows them."""

    results: tuple[OfficeRow, ...] = ()
    totals: frozenset[int] = frozenset()  # the results' rows below the header
    legend: frozenset[int] = frozenset()
    repeated: frozenset[int] = frozenset()  # the header, once more
    headings: frozenset[int] = frozenset()  # of the respondents below them

    @property
    def rows(self) -> frozenset[int]:
        return self.totals | self.legend | self.repeated | self.headings


NONE = Footers()


def find_footers(grid: Grid, header: Header, asked: Collection[str] = ()) -> Footers:
    """The office's own result in `grid`, above and below its respondents.

    `asked` are the names of the columns that hold answers, where the study says so.
    """
    top = header.row + 1
    rows = _searched(len(grid), top)
    found = {i: told for i in rows if (told := _labelled(grid[i]))}
    opened = [i for i in rows if i >= top and _opens(grid[i])]
    if not found and not opened:
        return NONE
    first = header.row - header.rows + 1
    found = {i: told for i, told in found.items() if i < first or i >= top}
    sheet = Respondents.of(grid, header, found, asked)
    footers = {i for i in found if _is_footer(i, found, grid, sheet, top)}
    within = [i for i in rows if i >= top and any(map(tidy, grid[i]))]
    below = _below(grid, sheet, found, footers, within)
    alone = {i for i in below if i in found and _is_bare(found[i], grid[i])}
    return Footers(
        results=tuple(
            _result(i, found[i], grid[i])
            for i in sorted(footers)
            if found[i].label.footer is not Footer.OTHER
        ),
        totals=frozenset(i + 1 for i in footers | alone if i >= top),
        legend=frozenset(i + 1 for i in below - alone),
    )


def _searched(length: int, top: int) -> list[int]:
    if length <= _ALL_ROWS:
        return list(range(length))
    first = range(min(top + _NEAR_TOP, length))
    return sorted({*first, *range(length - _NEAR_END, length)})


def _labelled(cells: Sequence[str]) -> Labelled | None:
    """The label among the texts of a row, which may stand in several cells."""
    if not may_hold_label(" ".join(cells)):
        return None
    texts = [
        (i, cell)
        for i, cell in enumerate(cells)
        if cell and ("∑" in cell or any(map(str.isalpha, cell)))
    ]
    if not texts or len(texts) > _MOST_TEXTS:
        return None
    whole = " ".join(cell for _, cell in texts)
    place = texts[0][0]
    lead = next(i for i, cell in enumerate(cells) if tidy(cell))
    numbers = tuple(i for i, cell in enumerate(cells) if number_text(cell))
    for at, text in [*texts, (place, whole)]:
        label = read_label(text)
        if label is None and (inside := _IN_LABEL.fullmatch(tidy(text))):
            label = read_label(inside[1])
        if label is not None:
            return Labelled(label, at, lead == at, numbers)
    return None


def _opens(cells: Sequence[str]) -> bool:
    first = next((cell for cell in cells if tidy(cell)), "")
    return not first[:1].isdigit() and opens_legend(first)


def _is_footer(
    row: int,
    found: Mapping[int, Labelled],
    grid: Grid,
    sheet: Respondents,
    top: int,
) -> bool:
    """Whether the numbers of a labelled row are no respondent's."""
    cells, told = grid[row], found[row]
    if not _says(told, cells):
        return False
    if row < top:
        return told.label.footer in (Footer.IKM, Footer.N)
    if told.label.bare:
        return not _has_profile(told, cells, sheet) and (
            not _are_small(told, cells, sheet) or _adds_up(row, grid, sheet)
        )
    if told.leads:
        return not (_has_profile(told, cells, sheet) and sheet.is_one(cells))
    # Words behind the answers are what a respondent wrote.
    alike, filled = sheet.answered(cells)
    return 2 * alike < filled


def _are_small(told: Labelled, cells: Sequence[str], sheet: Respondents) -> bool:
    """Whether all that stands in the columns of the answers could be answers."""
    places = [at for at in sheet.answers if at != told.place and sheet.highest[at] >= 0]
    filled = [cell for at in places if (cell := cell_of(cells, at))]
    return bool(filled) and all(0 <= whole_number(cell) <= HIGHEST for cell in filled)


def _says(told: Labelled, cells: Sequence[str]) -> bool:
    """Whether the row holds a number, or one stands in its label."""
    return bool(told.numbers) or _inside(told, cells) is not None


def _is_bare(told: Labelled, cells: Sequence[str]) -> bool:
    """Whether there is the label of a result and nothing else."""
    return told.label.footer is not Footer.OTHER and sum(map(bool, cells)) == 1


def _inside(told: Labelled, cells: Sequence[str]) -> str | None:
    found = _IN_LABEL.fullmatch(tidy(cells[told.place]))
    return found[2] if found and read_label(found[1]) else None


def _has_profile(told: Labelled, cells: Sequence[str], sheet: Respondents) -> bool:
    """Whether there are words beside the label that other respondents wrote, too."""
    return any(
        at != told.place
        and tidy(cell)
        and number_text(cell) is None
        and at < len(sheet.seen)
        and fold(cell) in sheet.seen[at]
        for at, cell in enumerate(cells)
    )


def _adds_up(row: int, grid: Grid, sheet: Respondents) -> bool:
    """Whether numbers as small as answers are the sum or mean of all respondents."""
    above = [i for i in sheet.rows if i < row]
    if any(i > row for i in sheet.rows):
        return False
    told = [(at, cell_of(grid[row], at)) for at in sheet.answers]
    pairs = []
    for at, cell in told:
        answers = [whole_number(cell_of(grid[i], at)) for i in above]
        answers = [each for each in answers if each >= 0]
        if number_text(cell) and answers:
            pairs.append((whole_number(cell), sum(answers), len(answers)))
    sums = all(said == total for said, total, _ in pairs)
    means = all(said * count == total for said, total, count in pairs)
    return bool(pairs) and (sums or means)


def _below(
    grid: Grid,
    sheet: Respondents,
    found: Mapping[int, Labelled],
    footers: Collection[int],
    filled: Sequence[int],
) -> set[int]:
    """Rows below the last respondent that are no respondents, footers left out."""
    certain = [i for i in filled if i not in footers and sheet.is_one(grid[i])]
    started, legend = False, set()
    for i in filled[filled.index(certain[-1]) + 1 :] if certain else ():
        if i in footers:
            started = True
        elif i not in found or not _says(found[i], grid[i]):
            started = started or i in found or _opens(grid[i])
            if started and not _may_answer(grid[i], sheet):
                legend.add(i)
    return legend


def _may_answer(cells: Sequence[str], sheet: Respondents) -> bool:
    """Whether a row below the footers may still be a respondent who said little.

    Its cells are of the kinds that respondents have in these columns.
    """
    filled = [(at, tidy(cell)) for at, cell in enumerate(cells) if tidy(cell)]
    if sheet.key is None or not cell_of(cells, sheet.key):
        return False
    for at, cell in filled:
        if at >= len(sheet.seen) or not sheet.seen[at]:
            return False
        if sheet.numeric[at] and number_text(cell) is None:
            return False
    alike, _ = sheet.answered(cells)
    return alike > 0 or all(number_text(cell) for _, cell in filled)


def _result(row: int, told: Labelled, cells: Sequence[str]) -> OfficeRow:
    """The numbers of a footer, by their columns; no text leaves the row."""
    numbers = {at: number_text(cells[at]) or "" for at in told.numbers}
    inside = _inside(told, cells)
    if inside is not None and told.place not in numbers:
        numbers[told.place] = inside
    return OfficeRow(row + 1, told.label.footer.value, told.place, numbers)
