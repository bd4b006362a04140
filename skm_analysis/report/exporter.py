"""A chapter out of an executed notebook: Markdown cells and the pieces in outputs."""

import ast
import json
import re
from pathlib import Path
from typing import Any, cast

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from skm_analysis.errors import NotebookError
from skm_analysis.report.chapter import Chapter, Origin, level, without_absent
from skm_analysis.report.elements import MIME, Piece, Prose, decode, encode, flatten

NOT_PAGES = {"parameters", "injected-parameters", "setup"}
BEGINS = "bab-"
_FENCE = re.compile(r" {0,3}(```|~~~)")
_HEADING = re.compile(r"#{1,6}(\s|$)")

# What one cell gives: pieces and their origin.
Given = list[tuple[Piece, Origin]]


class ChapterExporter(Exporter):
    """nbconvert's way from a notebook to the JSON of its chapters; no template."""

    file_extension = ".json"
    output_mimetype = "application/json"

    def from_notebook_node(
        self,
        nb: NotebookNode,
        resources: Any = None,
        **kwargs: Any,
    ) -> tuple[Any, dict[str, Any]]:
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        name = str(resources["metadata"]["name"])
        first = str(resources.get("chapter") or name)
        chapters = [
            {
                "id": chapter.id,
                "pieces": encode(chapter.pieces),
                "origins": [
                    [each.notebook, each.cell, each.function]
                    for each in chapter.origins
                ],
            }
            for chapter in _chapters(nb, f"{name}.ipynb", first)
        ]
        return json.dumps(chapters, ensure_ascii=False), resources


def export(notebook: Path, *, first: str = "") -> tuple[Chapter, ...]:
    """The chapters of an executed notebook, in order.

    A Markdown cell tagged `bab-ID` begins the chapter ID. What stands before the
    first such cell, or all of a notebook without one, is the chapter `first`
    (by default the notebook's name). Sections with nothing to show are left out.

    Raises
    ------
    NotebookError
        A cell shows something that is not a piece of the page, or raised an error;
        a chapter does not begin with a heading of level 1.
    """
    resources = {"metadata": {"name": notebook.stem}, "chapter": first}
    exporter = ChapterExporter()  # type: ignore[no-untyped-call]
    text, _ = exporter.from_filename(str(notebook), resources)
    return tuple(
        Chapter(
            each["id"],
            cast("tuple[Piece, ...]", decode(each["pieces"])),
            tuple(Origin(*origin) for origin in each["origins"]),
        )
        for each in json.loads(str(text))
    )


def _chapters(nb: NotebookNode, name: str, first: str) -> list[Chapter]:
    parts: list[tuple[str, Given]] = [(first, [])]
    for number, cell in enumerate(nb.cells):
        tags = set(cell.metadata.get("tags", []))
        if tags & NOT_PAGES:
            _refuse_errors(cell, f"{name}, sel {cell.get('id', number)}")
            continue
        for tag in sorted(tags):
            if tag.startswith(BEGINS):
                parts.append((tag.removeprefix(BEGINS), []))
        parts[-1][1].extend(_given(cell, name, str(cell.get("id", number))))
    return [_chapter(id_, given, name) for id_, given in parts if given]


def _chapter(id_: str, given: Given, name: str) -> Chapter:
    if level(given[0][0]) != 1:
        raise NotebookError(
            f"{name}, bab {id_}: isinya tidak dimulai dengan judul.\n"
            "  diharapkan judul tingkat 1 ('# …') sebagai isi pertama.\n"
            "  tambahkan sel judul di awal bab itu."
        )
    pieces = [piece for piece, _ in given]
    kept = without_absent(pieces)
    return Chapter(
        id_,
        tuple(pieces[place] for place in kept),
        tuple(given[place][1] for place in kept),
    )


def _given(cell: NotebookNode, name: str, id_: str) -> Given:
    if cell.cell_type == "markdown":
        origin = Origin(name, id_, "")
        return [(prose, origin) for prose in split_prose(cell.source)]
    if cell.cell_type != "code":
        return []
    place = f"{name}, sel {id_}"
    _refuse_errors(cell, place)
    origin = Origin(name, id_, _function(cell.source))
    pieces = [_piece(output, place) for output in cell.outputs]
    return [(piece, origin) for piece in flatten(pieces)]


def _refuse_errors(cell: NotebookNode, place: str) -> None:
    if any(each.output_type == "error" for each in cell.get("outputs", [])):
        raise NotebookError(
            f"{place}: sel ini berhenti karena galat, jadi babnya tidak utuh.\n"
            "  jalankan ulang notebook itu setelah sebabnya diperbaiki."
        )


def _piece(output: NotebookNode, place: str) -> Piece:
    data = output.get("data", {})
    if MIME not in data:
        # The output may hold anything, an answer too: it is not repeated.
        shown = output.get("name") or ", ".join(sorted(data)) or output.output_type
        raise NotebookError(
            f"{place}: menampilkan sesuatu yang bukan bagian laporan ({shown}).\n"
            "  setiap sel hanya boleh menghasilkan tabel, gambar atau kalimat dari\n"
            "  skm_analysis.report; hapus print, tampilan lain, atau peringatannya."
        )
    return cast("Piece", decode(data[MIME]))


def _function(source: str) -> str:
    """The dotted name that a cell's last expression calls."""
    body = ast.parse(source).body
    last = body[-1] if body else None
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return ast.unparse(last.value.func)
    return ""


def split_prose(markdown: str) -> list[Prose]:
    """Markdown cut before each heading, so that every section can be told apart."""
    parts: list[list[str]] = [[]]
    fenced = False
    for line in markdown.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        if not fenced and _HEADING.match(line) and any(parts[-1]):
            parts.append([])
        parts[-1].append(line)
    texts = ("\n".join(part).strip() for part in parts)
    return [Prose(text) for text in texts if text]
