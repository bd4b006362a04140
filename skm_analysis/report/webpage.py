"""The report as one HTML file: no request, contents beside the text.

Its only script sorts tables and looks for units; without it the page is whole.
"""

import base64
import hashlib
import tempfile
from collections.abc import Collection
from importlib import resources
from pathlib import Path
from typing import Any

from skm_analysis.report import front, nodes, pandoc
from skm_analysis.report.blocks import (
    FIGURE,
    LANDSCAPE,
    SENTENCE,
    TABLE,
)
from skm_analysis.report.document import UNIT, Document
from skm_analysis.report.marks import is_number
from skm_analysis.report.nodes import Node
from skm_analysis.report.numbering import Sort

_LISTS: dict[str, Sort] = {
    front.TABLES: "table",
    front.FIGURES: "figure",
    front.APPENDICES: "appendix",
}


def write(document: Document, path: Path) -> None:
    path.write_bytes(render(document))


def render(document: Document) -> bytes:
    """The page; the same bytes for the same document."""
    meta = {
        "pagetitle": document.title,
        "lang": "id",
        "banner": document.banner,
        "institution": document.study.institution,
    }
    given = nodes.to_json(_lowered(document), meta).encode()
    assets = resources.files("skm_analysis.report") / "assets"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for asset in ("webpage.html", "webpage.css"):
            text = (assets / asset).read_text(encoding="utf-8")
            (folder / asset).write_text(text, encoding="utf-8")
        style = (folder / "webpage.css").read_text(encoding="utf-8")
        script = (assets / "webpage.js").read_text(encoding="utf-8").strip()
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        arguments = ["-f", "json", "-t", "html5", "--standalone", "--wrap=preserve"]
        arguments += ["--template=webpage.html", "--toc", "--toc-depth=2"]
        # A variable goes in as it is; ours are constants of the package.
        arguments += ["-V", f"style={style}", "-V", f"script={script}"]
        arguments += ["-V", f"digest={digest}"]
        if not document.complete:
            arguments += ["-V", "alone=1"]
        return pandoc.run(arguments, given, epoch=document.epoch, cwd=folder)


def _lowered(document: Document) -> list[Node]:
    names = {UNIT + x.id: nodes.clean(x.name) for x in document.study.units}

    def visit(node: Node) -> Node | list[Node] | None:
        if is_number(node):
            key = nodes.values(node)["key"]
            return nodes.span(node["c"][1], values={"key": key})
        if node["t"] == "Header" and node["c"][1][0] == f"{front.CONTENTS}-judul":
            return []
        if node["t"] == "Header" and (name := names.get(node["c"][1][0])):
            level, (anchor, marks, values), words = node["c"]
            told = [anchor, marks, [*values, ["unit", name]]]
            return {"t": "Header", "c": [level, told, nodes.walk(words, visit)]}
        if node["t"] == "Div":
            return _division(node, document, visit)
        return None

    made: list[Node] = nodes.walk(list(document.blocks), visit)
    return made


def _division(
    node: Node, document: Document, visit: nodes.Visit
) -> Node | list[Node] | None:
    marks = nodes.classes(node)
    anchor, inner = node["c"][0][0], node["c"][1]
    if LANDSCAPE in marks:
        return _upright(inner, visit)
    if TABLE in marks:
        units = {nodes.clean(unit.name) for unit in document.study.units}
        return _table(anchor, nodes.walk(inner, visit), units)
    if FIGURE in marks:
        return _figure(anchor, nodes.walk(inner, visit), document)
    if SENTENCE in marks:
        key = nodes.values(node)["key"]
        inside = nodes.walk(inner, visit)
        values = {"sentence": key}
        if language := nodes.values(node).get("lang"):
            values["lang"] = language
        return nodes.div(inside, SENTENCE, values=values)
    if "sampul" in marks:
        return nodes.div([*front.logos(document.logos), *inner], "sampul")
    for name, sort in _LISTS.items():
        if name in marks:
            return _list(document, sort)
    return [] if front.CONTENTS in marks or front.BODY in marks else None


def _upright(inner: list[Node], visit: nodes.Visit) -> list[Node]:
    """The pages turned for wide tables undone: only the tables keep the mark.

    pandoc leaves a heading out of the contents where a Div holds two of its level.
    """
    made: list[Node] = []
    for block in inner:
        lowered: list[Node] = nodes.walk([block], visit)
        wide = block["t"] == "Div" and TABLE in nodes.classes(block)
        made.extend([nodes.div(lowered, LANDSCAPE)] if wide else lowered)
    return made


def _table(anchor: str, inner: list[Node], units: Collection[str]) -> Node:
    caption, grid, *notes = inner
    attributes, _, columns, head, bodies, foot = grid["c"]
    words = nodes.plain_block(caption["c"][1][0]["c"])
    attributes = [anchor, attributes[1], attributes[2]]
    label = nodes.text(words["c"])
    # The caption stays in sight while a wide table is scrolled.
    still = nodes.plain_block([nodes.span(words["c"], "judul-tabel")])
    parts = [head, [_body(body, units) for body in bodies], foot]
    made = {"t": "Table", "c": [attributes, [None, [still]], columns, *parts]}
    # Wide tables scroll within their own frame, which the keyboard must reach.
    told = {"role": "region", "aria-label": label, "tabindex": "0"}
    frame = nodes.div([made], "gulir", values=told)
    return nodes.div([frame, *notes], TABLE)


def _body(body: list[Any], units: Collection[str]) -> list[Any]:
    """The rows of a table, each with the unit that it tells of, or as a total."""
    *before, rows = body
    marked = []
    for _, cells in rows:
        told = [cell[-1] for cell in cells]
        unit = next((name for cell in told if (name := nodes.text(cell)) in units), "")
        classes = ["jumlah"] if all(map(_is_strong, told)) else []
        values = {"unit": unit} if unit else {}
        marked.append([nodes.attributes("", classes, values), cells])
    return [*before, marked]


def _is_strong(cell: list[Node]) -> bool:
    return all(node["t"] == "Strong" for block in cell for node in block["c"])


def _figure(anchor: str, inner: list[Node], document: Document) -> Node:
    _, caption, *notes = inner
    figure = document.figures[anchor]
    source = base64.b64encode(figure.svg.encode()).decode()
    shown = nodes.image(
        figure.alt, f"data:image/svg+xml;base64,{source}", figure.width_cm
    )
    long = [nodes.plain_block(caption["c"][1][0]["c"])]
    content = [nodes.plain_block([shown])]
    made = {
        "t": "Figure",
        "c": [nodes.attributes(anchor), [None, long], content],
    }
    return nodes.div([made, *notes], FIGURE)


def _list(document: Document, sort: Sort) -> Node:
    items = [
        [
            nodes.plain_block(
                [
                    nodes.link(
                        nodes.words(f"{each.label} {each.title}"), f"#{each.anchor}"
                    )
                ]
            )
        ]
        for each in document.entries
        if each.sort == sort
    ]
    return nodes.div([nodes.bullets(items)] if items else [], "daftar")
