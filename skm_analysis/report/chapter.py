"""A chapter: the pieces that one notebook gives, and where each came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from skm_analysis.report.elements import Absent, Heading, Piece, Prose


@dataclass(frozen=True, slots=True)
class Origin:
    """The cell that gave a piece, and the function it called."""

    notebook: str = ""
    cell: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pieces in order, groups opened; the first is the title, of level 1.

    `origins` has one entry per piece, or none at all for a chapter made elsewhere.
    """

    id: str
    pieces: tuple[Piece, ...]
    origins: tuple[Origin, ...] = ()

    def __post_init__(self) -> None:
        if self.origins and len(self.origins) != len(self.pieces):
            raise ValueError(f"{self.id}: one origin per piece")

    def origin(self, place: int) -> Origin:
        return self.origins[place] if self.origins else Origin()


def level(piece: Piece) -> int:
    """The level of a heading, or of the heading that prose begins with; 0 if none."""
    if isinstance(piece, Heading):
        return piece.level
    if isinstance(piece, Prose) and piece.markdown.startswith("#"):
        marks = len(piece.markdown) - len(piece.markdown.lstrip("#"))
        return marks if piece.markdown[marks : marks + 1] in (" ", "\n", "") else 0
    return 0


def without_absent(pieces: Sequence[Piece]) -> list[int]:
    """Places of the pieces that stay.

    A section (a heading with all that follows up to the next of its level or above)
    that shows nothing but `Absent` goes, with the prose that introduces it. Text that
    stands alone stays, and so does everything beside an `Absent` except itself.
    """
    return _kept(pieces, list(range(len(pieces))))


def _kept(pieces: Sequence[Piece], places: list[int]) -> list[int]:
    kept: list[int] = []
    at = 0
    while at < len(places):
        depth = level(pieces[places[at]])
        if not depth:
            kept.append(places[at])
            at += 1
            continue
        end = at + 1
        while end < len(places) and not 0 < level(pieces[places[end]]) <= depth:
            end += 1
        section = places[at:end]
        if not _only_absent([pieces[place] for place in section]):
            kept += [section[0], *_kept(pieces, section[1:])]
        at = end
    return [place for place in kept if not isinstance(pieces[place], Absent)]


def _only_absent(section: Sequence[Piece]) -> bool:
    shown = [each for each in section if not isinstance(each, Heading | Prose)]
    return bool(shown) and all(isinstance(each, Absent) for each in shown)
