"""What a notebook cell may give: immutable pieces of a page, before any format.

Each piece shows itself as HTML and carries its structured form beside it, in the same
output; the exporter reads that form, so what is seen is what is printed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

MIME = "application/vnd.skm.element+json"

Kind = Literal["estimate", "count", "stated", "derived", "verdict"]
Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Number:
    """A shown number, or a word that follows from numbers (kind `verdict`).

    `key` is the number's row in the register; `value` is what `shown` was made from,
    with `places` decimals (percent: of the share times 100); both None for words.
    `english`: written for an English sentence, with a decimal point.
    """

    key: str
    shown: str
    kind: Kind = "estimate"
    value: float | None = None
    places: int | None = None
    percent: bool = False
    english: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference; the assembler writes "Tabel 7" or "Gambar 3" for it."""

    anchor: str


Inline = str | Number | Strong | Emphasis | Reference
Line = tuple[Inline, ...]


class _Shown:
    """The two forms of one piece, side by side in one notebook output."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        from skm_analysis.report import html  # elements are used without it too

        shown = html.piece(self)  # type: ignore[arg-type]
        return {MIME: encode(self), "text/html": shown, "text/plain": ""}


@dataclass(frozen=True, slots=True)
class Heading(_Shown):
    """A heading made from data; level 1 is the chapter's title."""

    level: int
    text: Line
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph(_Shown):
    """Generated sentences. `key` names the whole, so that an edit can be noticed.

    `language`: what they are written in, where that is not Indonesian.
    """

    key: str
    text: Line
    language: str = ""


@dataclass(frozen=True, slots=True)
class Prose(_Shown):
    """Markdown that people wrote, in `texts/` or in a notebook; no raw HTML."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Bullets(_Shown):
    key: str
    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    header: str
    align: Align = "left"
    width: float = 1.0  # relative to the other columns


@dataclass(frozen=True, slots=True)
class Table(_Shown):
    """A captioned table; each row has one line of inlines per column."""

    anchor: str
    caption: Line
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    notes: tuple[Line, ...] = ()
    landscape: bool = False
    emphasised: tuple[int, ...] = ()  # rows shown bold: totals

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.anchor}: every row needs one cell per column")


@dataclass(frozen=True, slots=True)
class Figure(_Shown):
    """A captioned figure, drawn once: SVG for screens and PDF, PNG for Word."""

    anchor: str
    caption: Line
    alt: str  # made from the data, never the caption again
    svg: str
    png: str  # base64
    width_cm: float
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent(_Shown):
    """Why there is nothing to show here. Dropped on export with its section."""

    reason: str


@dataclass(frozen=True, slots=True)
class Group(_Shown):
    """Several pieces from one expression, in order."""

    pieces: "tuple[Piece, ...]"


Piece = Heading | Paragraph | Prose | Bullets | Table | Figure | Absent | Group

_TYPES: dict[str, type] = {
    each.__name__: each
    for each in (
        Number,
        Strong,
        Emphasis,
        Reference,
        Heading,
        Paragraph,
        Prose,
        Bullets,
        Column,
        Table,
        Figure,
        Absent,
        Group,
    )
}


def encode(thing: object) -> object:
    """The structured form as plain JSON: `{"is": TYPE, field: …}`, tuples as lists."""
    if isinstance(thing, tuple):
        return [encode(each) for each in thing]
    name = type(thing).__name__
    if name not in _TYPES:
        return thing
    return {"is": name} | {
        each.name: encode(getattr(thing, each.name))
        for each in fields(thing)  # type: ignore[arg-type]
    }


def decode(data: object) -> object:
    """The inverse of `encode`. An unknown type is a KeyError."""
    if isinstance(data, list):
        return tuple(decode(each) for each in data)
    if isinstance(data, dict):
        values = {name: decode(each) for name, each in data.items() if name != "is"}
        return _TYPES[data["is"]](**values)
    return data


def flatten(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces in order, groups opened."""
    flat: list[Piece] = []
    for piece in pieces:
        flat.extend(flatten(piece.pieces) if isinstance(piece, Group) else [piece])
    return flat


def numbers(thing: object) -> list[Number]:
    """Every shown number in a piece, a line or a tuple of them, in reading order."""
    if isinstance(thing, Number):
        return [thing]
    if isinstance(thing, tuple | list):
        return [number for each in thing for number in numbers(each)]
    if type(thing).__name__ in _TYPES:
        return [
            number
            for each in fields(thing)  # type: ignore[arg-type]
            for number in numbers(getattr(thing, each.name))
        ]
    return []


def plain(line: Line) -> str:
    """The words of a line without their marks; a reference gives its anchor."""
    return "".join(
        piece
        if isinstance(piece, str)
        else piece.shown
        if isinstance(piece, Number)
        else piece.anchor
        if isinstance(piece, Reference)
        else piece.text
        for piece in line
    )
