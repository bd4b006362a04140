"""A chapter's pieces as pandoc blocks, not numbered yet.

A table is a Div of class `tabel` that holds a Div `takarir`, the Table, and a Div
`catatan` for each note; on a landscape page it stands in a Div `mendatar`. A figure is
a Div `gambar` that holds a paragraph with the Image, `takarir` and `catatan`. The id of
both is the anchor.
A generated paragraph is a Div `kalimat` whose value `key` names it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skm_analysis.estimates.rows import slug
from skm_analysis.report import nodes
from skm_analysis.report.binding import bound, closed
from skm_analysis.report.chapter import Chapter, Origin
from skm_analysis.report.elements import (
    Bullets,
    Figure,
    Heading,
    Line,
    Paragraph,
    Piece,
    Prose,
    Table,
)
from skm_analysis.report.marks import line_nodes
from skm_analysis.report.nodes import Node
from skm_analysis.report.prose import Text
from skm_analysis.report.widths import fitted, is_turned

TABLE, FIGURE, CAPTION, NOTE = "tabel", "gambar", "takarir", "catatan"
LANDSCAPE, SENTENCE = "mendatar", "kalimat"
SHORT = 12  # rows up to which a table is not divided between pages


@dataclass(frozen=True, slots=True)
class Source:
    """A chapter in the document: its heading of level 1 becomes level 1 + `below`.

    `marks` are classes that its title gets: whether it is numbered, and how.
    """

    chapter: Chapter
    below: int = 0
    marks: tuple[str, ...] = ()


def texts_of(sources: Iterable[Source]) -> list[Text]:
    """All prose of the chapters, in the order in which `blocks_of` takes it back."""
    return [
        Text(_place(source.chapter, number), piece.markdown, source.chapter.id)
        for source in sources
        for number, piece in enumerate(source.chapter.pieces)
        if isinstance(piece, Prose)
    ]


def _place(chapter: Chapter, number: int) -> str:
    origin = chapter.origin(number)
    return f"{origin.notebook}, sel {origin.cell}" if origin.cell else chapter.id


def blocks_of(source: Source, prose: Sequence[list[Node]]) -> list[Node]:
    """The chapter's blocks; `prose` holds the blocks of each of its texts, in order."""
    made: list[Node] = []
    read = iter(prose)
    chapter = source.chapter
    for number, piece in enumerate(chapter.pieces):
        if isinstance(piece, Prose):
            made.extend(next(read))
        else:
            made.extend(_blocks(piece, chapter.id, chapter.origin(number)))
    return _headings(turned(bound(made)), source)


def turned(made: list[Node], *, titles: bool = False) -> list[Node]:
    """Landscape pages that follow one another made one, with the headings before them.

    Otherwise a heading, or nothing at all, would have an upright page of its own.
    `titles`: those of chapters, too.
    """
    kept: list[Node] = []
    for block in made:
        if block["t"] == "Div" and LANDSCAPE in nodes.classes(block):
            inner = list(block["c"][1])
            while kept and _goes_along(kept[-1], titles):
                inner.insert(0, kept.pop())
            before = kept[-1] if kept else {}
            if before.get("t") == "Div" and LANDSCAPE in nodes.classes(before):
                inner = [*kept.pop()["c"][1], *inner]
            kept.append(nodes.div(inner, LANDSCAPE))
        else:
            kept.append(block)
    return kept


def _goes_along(before: Node, titles: bool) -> bool:
    return before["t"] == "Header" and (titles or before["c"][0] > 1)


def _headings(made: list[Node], source: Source) -> list[Node]:
    """Levels shifted; anchors given: the chapter's id, then its own or its words."""
    divisions = (node for node in nodes.every(made) if node["t"] == "Div")
    used = {node["c"][0][0]: 1 for node in divisions}
    prefix = source.chapter.id

    def visit(node: Node) -> Node | None:
        if node["t"] != "Header":
            return None
        level, (anchor, marks, _), words = node["c"]
        if level == 1:
            name = prefix
            marks = [*marks, *source.marks]
        elif anchor:
            name = anchored(prefix, anchor)
        else:
            name = f"{prefix}-{slug(nodes.text(words)) or 'bagian'}"[:100]
            used[name] = used.get(name, 0) + 1
            name += f"-{used[name]}" if used[name] > 1 else ""
        return nodes.header(level + source.below, words, name, marks)

    shifted: list[Node] = nodes.walk(made, visit)
    return shifted


def anchored(prefix: str, anchor: str) -> str:
    """`anchor` within the chapter `prefix`; one that names the chapter is whole."""
    whole = anchor == prefix or anchor.startswith(f"{prefix}-")
    return anchor if whole else f"{prefix}-{anchor}"


def _blocks(piece: Piece, prefix: str, origin: Origin) -> list[Node]:
    def line(given: Line) -> list[Node]:
        return line_nodes(given, prefix, origin)

    match piece:
        case Heading():
            return [nodes.header(piece.level, line(piece.text), piece.anchor)]
        case Paragraph():
            sentence = nodes.para(line(piece.text))
            values = {"key": piece.key}
            if piece.language:
                values["lang"] = piece.language
            return [nodes.div([sentence], SENTENCE, values=values)]
        case Bullets():
            items = [[nodes.plain_block(line(item))] for item in piece.items]
            listed = nodes.numbered(items) if piece.numbered else nodes.bullets(items)
            return [nodes.div([listed], SENTENCE, values={"key": piece.key})]
        case Table():
            return [_table(piece, prefix, origin)]
        case Figure():
            picture = nodes.image(piece.alt, piece.anchor, piece.width_cm)
            blocks = [nodes.para([picture]), _caption(line(piece.caption))]
            blocks += [_note(line(note)) for note in piece.notes]
            return [nodes.div(blocks, FIGURE, anchor=anchored(prefix, piece.anchor))]
        case _:
            raise TypeError(f"no block for {type(piece).__name__}")


def _table(piece: Table, prefix: str, origin: Origin) -> Node:
    def line(given: Line) -> list[Node]:
        return line_nodes(given, prefix, origin)

    rows = []
    for number, row in enumerate(piece.rows):
        cells = [line(cell) for cell in row]
        if number in piece.emphasised:
            cells = [[nodes.strong(cell)] if cell else [] for cell in cells]
        rows.append(cells)
    grid = nodes.table(
        [column.align for column in piece.columns],
        fitted(piece),
        [nodes.words(column.header) for column in piece.columns],
        rows,
    )
    blocks = [_caption(line(piece.caption)), grid]
    blocks += [_note(line(note)) for note in piece.notes]
    made = nodes.div(blocks, TABLE, anchor=anchored(prefix, piece.anchor))
    return nodes.div([made], LANDSCAPE) if is_turned(piece) else made


def _caption(words: list[Node]) -> Node:
    return nodes.div([nodes.para(closed(words))], CAPTION)


def _note(words: list[Node]) -> Node:
    return nodes.div([nodes.para(words)], NOTE)
