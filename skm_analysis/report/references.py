"""Daftar Pustaka: the package's sources and the study's own, by CSL in Indonesian."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

from skm_analysis.report import nodes, pandoc
from skm_analysis.report.nodes import Node
from skm_analysis.report.numbering import UNNUMBERED

_STYLE, _LIST = "references.csl", "references.json"
_ALL = b'---\nnocite: "@*"\nlang: id-ID\n...\n'


def references(own: Sequence[Mapping[str, object]] = ()) -> list[Node]:
    """The heading and a paragraph for each source, in order of author and year.

    `own` are the study's sources in CSL JSON, beside those of the package.
    """
    assets = resources.files("skm_analysis.report") / "assets"
    shipped = json.loads((assets / _LIST).read_text(encoding="utf-8"))
    known = {each["id"]: each for each in (*shipped, *own)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        style = (assets / _STYLE).read_text(encoding="utf-8")
        (folder / _STYLE).write_text(style, encoding="utf-8")
        listed = json.dumps(list(known.values()))
        (folder / _LIST).write_text(listed, encoding="utf-8")
        told = ["-f", "markdown", "-t", "json", "--citeproc"]
        told += [f"--bibliography={_LIST}", f"--csl={_STYLE}"]
        made = json.loads(pandoc.run(told, _ALL, cwd=folder))["blocks"]
    title = nodes.words("Daftar Pustaka")
    return [
        nodes.header(1, title, "daftar-pustaka", [UNNUMBERED]),
        *(_plain(block) for block in nodes.every(made) if block["t"] == "Para"),
    ]


def _plain(paragraph: Node) -> Node:
    """Without citeproc's Spans, which could pass for marks of ours."""

    def visit(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Span":
            inner: list[Node] = nodes.walk(node["c"][1], visit)
            return inner
        return None

    made: list[Node] = nodes.walk([paragraph], visit)
    return made[0]
