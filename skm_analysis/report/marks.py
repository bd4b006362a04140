"""Lines of a piece as pandoc nodes, numbers and references marked as such.

A shown number is a Span of class `angka` whose values tell the register what it is;
a cross-reference is a Link of class `rujukan` without words until all is numbered.
"""

from skm_analysis.report import nodes
from skm_analysis.report.chapter import Origin
from skm_analysis.report.elements import (
    Emphasis,
    Line,
    Number,
    Reference,
    Strong,
)
from skm_analysis.report.nodes import Node

NUMBER = "angka"
REFERENCE = "rujukan"


def number_node(number: Number, origin: Origin | None = None) -> Node:
    values = {"key": number.key, "kind": number.kind}
    if number.value is not None:
        values["value"] = repr(float(number.value))
    if number.places is not None:
        values["places"] = str(number.places)
    if number.percent:
        values["percent"] = "1"
    if number.english:
        values["english"] = "1"
    if origin is not None and origin.notebook:
        values["notebook"] = origin.notebook
        values["cell"] = origin.cell
        values["function"] = origin.function
    return nodes.span(nodes.words(number.shown), NUMBER, values=values)


def is_number(node: Node) -> bool:
    return node["t"] == "Span" and NUMBER in nodes.classes(node)


def is_reference(node: Node) -> bool:
    return node["t"] == "Link" and REFERENCE in nodes.classes(node)


def line_nodes(line: Line, prefix: str, origin: Origin | None = None) -> list[Node]:
    """`prefix` is the chapter in which a reference is looked for first."""
    made: list[Node] = []
    for part in line:
        match part:
            case Number():
                made.append(number_node(part, origin))
            case Strong(text):
                made.append(nodes.strong(nodes.words(text)))
            case Emphasis(text):
                made.append(nodes.emphasis(nodes.words(text)))
            case Reference(anchor):
                made.append(nodes.link([], f"#{prefix}/{anchor}", REFERENCE))
            case str():
                made.extend(nodes.words(part))
    return made
