"""A slide of the hand-over deck, before any format."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from skm_analysis.report import slide_room
from skm_analysis.report.elements import (
    Absent,
    Figure,
    Line,
    Paragraph,
    Table,
)
from skm_analysis.report.slide_places import BODY_SIZE
from skm_analysis.report.wording import sentences

PLACE = "paparan."  # how the register names a slide
PART: Line = ("Tabel ini memuat sebagian; selengkapnya ada dalam laporan.",)
ELSEWHERE: Line = ("Rinciannya ada dalam laporan.",)


@dataclass(frozen=True, slots=True)
class Slide:
    """A title that says what is found, text, and at most one table or picture."""

    name: str
    title: Line
    text: tuple[Line, ...] = ()
    shown: Table | Figure | None = None
    size: int = BODY_SIZE  # of the text, in points

    @property
    def place(self) -> str:
        return f"{PLACE}{self.name}"


def with_text(name: str, title: Line, text: Sequence[Line]) -> Slide:
    """A slide of text alone, as much of it as fits."""
    lines, size = _fitted(text, above=False)
    return Slide(name, title, lines, size=size)


def with_table(
    name: str, title: Line, text: Sequence[Line], table: Table | Absent
) -> Slide:
    """Text above as many rows as fit; without a table, the text alone."""
    if isinstance(table, Absent):
        return with_text(name, title, text)
    fits = slide_room.fitting(table)
    if not fits:
        return with_text(name, title, [*text, ELSEWHERE])
    told = [each for each in text if each]
    if len(fits) < len(table.rows):
        told.insert(1, PART)
    lines, size = _fitted([sentences(told)], above=True)
    return Slide(name, title, lines, of_rows(table, fits), size)


def of_rows(table: Table, places: Sequence[int]) -> Table:
    """The table with these rows alone, in this order, and without caption or notes."""
    rows = tuple(table.rows[place] for place in places)
    return replace(table, caption=(), rows=rows, notes=(), emphasised=())


def _fitted(text: Sequence[Line], *, above: bool) -> tuple[tuple[Line, ...], int]:
    fitted = slide_room.text(text, above=above)
    return fitted.lines, fitted.size


def told(piece: Paragraph | Absent) -> Line:
    """The words of a sentence; nothing of what is absent."""
    return piece.text if isinstance(piece, Paragraph) else ()


def reason(piece: Paragraph | Table | Absent) -> Line:
    """The words of a sentence, or why there is none."""
    if isinstance(piece, Absent):
        return (piece.reason,)
    return piece.text if isinstance(piece, Paragraph) else ()
