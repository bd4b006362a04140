"""Nodes of pandoc's document model, as the plain JSON that pandoc reads.

All text from data enters here, as words and spaces: nothing of it can become markup.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Node = dict[str, Any]
API_VERSION = [1, 23, 1]

# Controls, zero-width and bidirectional marks, lone surrogates, non-characters.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_JOINERS = re.compile("[\u200c\u200d](?![\u2010-\U0010ffff])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LINES = re.compile("\r\n?|[\x85\u2028\u2029]")
# A no-break space stays one.
_SPACES = re.compile("[ \t\n]+")


def clean(text: str) -> str:
    """`text` without characters that break XML or the order of what is read.

    >>> clean("a\\x00b\\u202ec"), clean("a\\r\\nb\\u2028c")
    ('abc', 'a\\nb\\nc')
    """
    for pattern in (_INVISIBLE, _JOINERS, _CONTROLS):
        text = pattern.sub("", text)
    return _BROKEN.sub("\ufffd", _LINES.sub("\n", text))


def words(text: str) -> list[Node]:
    """Plain text as inlines; any run of white space is one space."""
    made: list[Node] = []
    for place, word in enumerate(_SPACES.split(clean(text))):
        if place:
            made.append({"t": "Space"})
        if word:
            made.append({"t": "Str", "c": word})
    return made


def attributes(
    anchor: str = "",
    classes: Sequence[str] = (),
    values: Mapping[str, str] | None = None,
) -> list[Any]:
    pairs = [[name, clean(value)] for name, value in (values or {}).items()]
    return [anchor, list(classes), pairs]


def para(inlines: list[Node]) -> Node:
    return {"t": "Para", "c": inlines}


def plain_block(inlines: list[Node]) -> Node:
    return {"t": "Plain", "c": inlines}


def header(
    level: int, inlines: list[Node], anchor: str = "", classes: Sequence[str] = ()
) -> Node:
    return {"t": "Header", "c": [level, attributes(anchor, classes), inlines]}


def div(
    blocks: list[Node],
    *classes: str,
    anchor: str = "",
    values: Mapping[str, str] | None = None,
) -> Node:
    return {"t": "Div", "c": [attributes(anchor, classes, values), blocks]}


def span(
    inlines: list[Node], *classes: str, values: Mapping[str, str] | None = None
) -> Node:
    return {"t": "Span", "c": [attributes("", classes, values), inlines]}


def strong(inlines: list[Node]) -> Node:
    return {"t": "Strong", "c": inlines}


def emphasis(inlines: list[Node]) -> Node:
    return {"t": "Emph", "c": inlines}


def link(inlines: list[Node], target: str, *classes: str) -> Node:
    return {"t": "Link", "c": [attributes("", classes), inlines, [target, ""]]}


def image(alt: str, source: str, width_cm: float) -> Node:
    size = attributes("", (), {"width": f"{width_cm:g}cm"})
    return {"t": "Image", "c": [size, words(alt), [source, ""]]}


def bullets(items: list[list[Node]]) -> Node:
    return {"t": "BulletList", "c": items}


def numbered(items: list[list[Node]]) -> Node:
    kind = [1, {"t": "Decimal"}, {"t": "Period"}]
    return {"t": "OrderedList", "c": [kind, items]}


def raw_inline(form: str, text: str) -> Node:
    return {"t": "RawInline", "c": [form, text]}


def raw_block(form: str, text: str) -> Node:
    return {"t": "RawBlock", "c": [form, text]}


_ALIGNMENTS = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}


def table(
    aligns: Sequence[str],
    widths: Sequence[float],
    head: list[list[Node]],
    body: list[list[list[Node]]],
    *,
    anchor: str = "",
    caption: list[Node] | None = None,
) -> Node:
    """A table of inlines with relative column `widths` and one header row."""
    total = sum(widths)
    columns = [
        [{"t": _ALIGNMENTS[align]}, {"t": "ColWidth", "c": round(width / total, 4)}]
        for align, width in zip(aligns, widths, strict=True)
    ]
    none = attributes()
    long = [plain_block(caption)] if caption else []
    rows = [_row(cells) for cells in body]
    return {
        "t": "Table",
        "c": [
            attributes(anchor),
            [None, long],
            columns,
            [none, [_row(head)]],
            [[none, 0, [], rows]],
            [none, []],
        ],
    }


def _row(cells: list[list[Node]]) -> list[Any]:
    default = {"t": "AlignDefault"}
    return [
        attributes(),
        [[attributes(), default, 1, 1, [plain_block(cell)]] for cell in cells],
    ]


Visit = Callable[[Node], "Node | list[Node] | None"]


def walk(thing: Any, visit: Visit) -> Any:
    """A copy of `thing` in which `visit` has replaced nodes, outermost first.

    `visit` gives None to keep a node and go on inside it; a node or a list of nodes
    takes its place as it is.
    """
    if isinstance(thing, list):
        made: list[Any] = []
        for each in thing:
            if not isinstance(each, dict | list):
                made.append(each)
                continue
            new = walk(each, visit)
            spread = isinstance(each, dict) and isinstance(new, list)
            made.extend(new if spread else [new])
        return made
    if not isinstance(thing, dict):
        return thing
    if "t" in thing:
        replaced = visit(thing)
        if replaced is not None:
            return replaced
        if thing["t"] in ("Str", "Space"):
            return thing
    return {name: walk(value, visit) for name, value in thing.items()}


def every(thing: Any) -> Iterator[Node]:
    """Every node, outer before inner, in reading order."""
    if isinstance(thing, list):
        for each in thing:
            yield from every(each)
    elif isinstance(thing, dict):
        if "t" in thing:
            yield thing
        for value in thing.values():
            yield from every(value)


def classes(node: Node) -> list[str]:
    """The classes of a Div, Span, Link, Header or Image; none for the others."""
    if node["t"] in ("Div", "Span", "Link", "Image"):
        return list(node["c"][0][1])
    return list(node["c"][1][1]) if node["t"] == "Header" else []


def values(node: Node) -> dict[str, str]:
    """The named values of a Div, Span or Link."""
    return {name: value for name, value in node["c"][0][2]}


def text(thing: Any) -> str:
    """The words of nodes, without marks."""
    parts: list[str] = []
    for node in every(thing):
        if node["t"] in ("Str", "Code"):
            parts.append(node["c"] if node["t"] == "Str" else node["c"][1])
        elif node["t"] in ("Space", "SoftBreak", "LineBreak"):
            parts.append(" ")
    return "".join(parts)


def to_json(blocks: Iterable[Node], meta: Mapping[str, str] | None = None) -> str:
    """One document as pandoc's JSON."""
    told = {
        name: {"t": "MetaInlines", "c": words(value)}
        for name, value in (meta or {}).items()
    }
    document = {
        "pandoc-api-version": API_VERSION,
        "meta": told,
        "blocks": list(blocks),
    }
    return json.dumps(document, ensure_ascii=False)
