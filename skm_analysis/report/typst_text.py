"""Inlines and raw blocks in Typst. Text from data is always a string literal."""

from collections.abc import Sequence
from typing import Any

from skm_analysis.report import nodes
from skm_analysis.report.blocks import SHORT
from skm_analysis.report.marks import is_number
from skm_analysis.report.nodes import Node
from skm_analysis.report.numbering import LABEL

_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
_MARKS = {"Strong": "strong", "Emph": "emph", "Superscript": "super"} | {
    "Subscript": "sub",
    "Strikeout": "strike",
}


_LONG_ROW = 800  # characters up to which a row is not divided between pages
_FULL = 3000  # characters above which a table may not fit on one page


def literal(text: str) -> str:
    """A Typst string that stands for exactly `text`.

    >>> print(literal('a"b\\\\c'))
    "a\\"b\\\\c"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def number(node: Node) -> str:
    key = nodes.values(node)["key"]
    return f"#angka({literal(key)}, {literal(nodes.text(node['c'][1]))});"


def inlines(given: Sequence[Node]) -> str:
    """Markup for inlines; safe anywhere in a content block.

    Each expression ends with a semicolon: what follows can never become its argument.
    """
    parts: list[str] = []
    text = ""

    def flush() -> None:
        nonlocal text
        if text:
            parts.append(f"#{literal(text)};")
            text = ""

    for node in given:
        kind = node["t"]
        if kind == "Str":
            text += node["c"]
        elif kind in ("Space", "SoftBreak"):
            text += " "
        else:
            flush()
            parts.append(_inline(node))
    flush()
    return "".join(parts)


def _inline(node: Node) -> str:
    kind = node["t"]
    if is_number(node):
        return number(node)
    if kind in _MARKS:
        return f"#{_MARKS[kind]}[{inlines(node['c'])}];"
    if kind == "Span":
        if LABEL in nodes.classes(node):
            return f"#nomor({literal(nodes.text(node))});"
        return inlines(node["c"][1])
    if kind == "Link":
        target = node["c"][2][0]
        where = (
            f"label({literal(target[1:])})"
            if target.startswith("#")
            else literal(target)
        )
        return f"#link({where})[{inlines(node['c'][1])}];"
    if kind == "LineBreak":
        return "#linebreak();"
    if kind == "Code":
        return f"#raw({literal(node['c'][1])});"
    raise ValueError(f"no Typst form for {kind}")


def heading(node: Node, *, listed: bool) -> str:
    level, (anchor, _, _), words = node["c"]
    told = "" if listed else ", outlined: false"
    made = f"#heading(level: {level}{told})[{inlines(words)}]{_label(anchor)}"
    return f"{made}#jejak({literal(anchor)});"


def table(caption: list[Node], grid: Node, notes: list[list[Node]], anchor: str) -> str:
    """A figure of kind table, its header repeated; a short one stays on one page."""
    _, _, columns, head, bodies, _ = grid["c"]
    widths = ", ".join(f"{column[1]['c']}fr" for column in columns)
    aligns = ", ".join(_ALIGN[column[0]["t"]] for column in columns)
    rows = "\n".join(_row(row) for row in bodies[0][3])
    lengths = [len(nodes.text(row)) for row in bodies[0][3]]
    divided = "true" if max(lengths, default=0) > _LONG_ROW else "false"
    inner = (
        f"{{ set table.cell(breakable: {divided})\n"
        f"table(columns: ({widths},), align: ({aligns},),\n"
        f"table.header({_row(head[1][0])}),\n{rows}\n"
        "table.hline(stroke: 1pt + tinta)) }"
    )
    short = len(lengths) <= SHORT and sum(lengths) <= _FULL
    return _captioned("table", inner, caption, notes, anchor, breakable=not short)


def picture(
    caption: list[Node],
    file: str,
    alt: str,
    width_cm: float,
    notes: list[list[Node]],
    anchor: str,
) -> str:
    inner = f"image({literal(file)}, alt: {literal(alt)}, width: {width_cm}cm)"
    return _captioned("image", inner, caption, notes, anchor)


def _captioned(
    kind: str,
    inner: str,
    caption: list[Node],
    notes: list[list[Node]],
    anchor: str,
    *,
    breakable: bool = False,
) -> str:
    told = "".join(f"#catatan[{inlines(note)}]" for note in notes)
    shown = (
        f"#figure(kind: {kind}, supplement: none, numbering: none, "
        f"caption: [{inlines(caption)}],\n{inner}){_label(anchor)}"
    )
    split = "true" if breakable else "false"
    return f"#bingkai({split})[#jejak({literal(anchor)});{shown}{told}]"


def _row(row: Any) -> str:
    cells = (inlines(cell[4][0]["c"] if cell[4] else []) for cell in row[1])
    return "".join(f"[{cell}], " for cell in cells)


def _label(anchor: str) -> str:
    return f"#label({literal(anchor)})" if anchor else ""
