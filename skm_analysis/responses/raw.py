"""A delivered file as text: nothing parsed, nothing guessed, every row numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.columnar import ByColumn, Distinct, split

Grid = Sequence[Sequence[str]]  # all rows of a file or sheet, title and header included

MAX_BYTES = 100 * 2**20
MAX_COLUMNS = 500


class Variable(NamedTuple):
    """What an SPSS file says of one of its columns."""

    label: str  # "" if it has none
    values: Mapping[str, str]  # value as text -> its label
    user_missing: int  # cells that held a value declared as missing, now blank


class OfficeRow(NamedTuple):
    """A row of a worksheet that holds the office's own result: numbers, no words."""

    row: int  # as Excel shows it
    measure: str  # n | sum | nrr | nrr_weighted | ikm
    place: int  # of the column in which its label stands
    numbers: Mapping[int, str]  # column -> as written there


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """The rows below the header of one delivered file.

    `header` has one distinct name per column (a repeated one reads "U1 (2)"; under two
    header rows "Unsur / U1"), `lower` the same from the last header row alone. Every
    row has as many cells as the header. Rows without any text are not there, nor are
    those that are no respondents: `passed_over` counts them. A row that is `broken` is
    there, without the cells of which nobody knows whose they are.
    """

    file: str  # as messages name it
    sheet: str  # "" for text files
    header: tuple[str, ...]
    lower: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    row_numbers: tuple[int, ...]  # 1-based, as Excel shows them
    format: str  # the dialect, as people are told
    sha256: str
    size: int  # bytes
    passed_over: Mapping[str, int] = field(default_factory=dict)  # rule -> rows
    variables: tuple[Variable, ...] = ()  # one per column, of an SPSS file only
    broken: Mapping[int, str] = field(default_factory=dict)  # row -> why it is no sheet
    # Item -> rows with unlike answers to it in several columns.
    disagreeing: Mapping[str, int] = field(default_factory=dict)
    office: tuple[OfficeRow, ...] = ()  # the office's own result, where it sent one
    # In long form the file itself, one row per answer.
    lines: "RawTable | None" = field(default=None, repr=False, compare=False)
    _distinct: dict[int, Distinct] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def first_row(self) -> int:
        """Row of the file that holds the first respondent; 0 if there is none."""
        return self.row_numbers[0] if self.row_numbers else 0

    def column(self, position: int) -> list[str]:
        if isinstance(self.rows, ByColumn):
            return [*self.rows.columns[position].cells()]
        return [row[position] for row in self.rows]

    def distinct(self, position: int) -> Distinct:
        """The column by its distinct texts; found once."""
        if position not in self._distinct:
            if isinstance(self.rows, ByColumn):
                found = self.rows.columns[position]
            else:
                found = split(self.column(position))
            self._distinct[position] = found
        return self._distinct[position]


def refusal(file: str, fault: str, *remedies: str) -> DeliveryError:
    """A file that is not read: what is wrong with it, and what to do.

    Names from the file may stand in it: nothing of them moves a terminal's cursor.
    """
    told = "\n".join([f"{file}: {fault}", *(f"  {r}" for r in remedies)])
    return DeliveryError("\n".join(map(printable, told.split("\n"))))


def printable(text: str) -> str:
    """`text` with a visible sign for each that could do something instead.

    >>> printable("U1\\x1b[2J")
    'U1�[2J'
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def column_letters(column: int) -> str:
    """What Excel calls a 0-based column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
