"""One numbering for all formats: Bab I…, 4.1…, Tabel 1…, Gambar 1…, Lampiran 1…"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from skm_analysis.errors import SkmError
from skm_analysis.report import nodes
from skm_analysis.report.blocks import CAPTION, FIGURE, TABLE
from skm_analysis.report.formatting import roman
from skm_analysis.report.marks import is_reference
from skm_analysis.report.nodes import Node

UNNUMBERED, APPENDIX, LABEL = "tanpa-nomor", "lampiran", "nomor"
DEEPEST = 3  # levels that are numbered and stand in the contents

Sort = Literal["heading", "appendix", "table", "figure"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list names and a reference points at."""

    anchor: str
    sort: Sort  # "appendix": the title of one; its sections are headings
    level: int  # 1 … for titles and headings, 0 for the others
    label: str  # "Bab IV", "4.1", "Tabel 7", "" if not numbered
    title: str

    @property
    def told(self) -> str:
        """How a sentence names it."""
        if self.sort == "heading" and self.level > 1 and self.label:
            return f"Bagian {self.label}"
        return self.label or f"“{self.title}”"


class _Counter:
    """The numbers given so far."""

    def __init__(self, *, chapters: bool) -> None:
        self.chapters = chapters  # level 1 is a Bab; otherwise the document's title
        self.counts = [0] * DEEPEST
        self.appendices = 0
        self.tables = 0
        self.figures = 0

    def heading(self, level: int, marks: list[str]) -> str:
        if APPENDIX in marks:
            self.appendices += 1
            return f"Lampiran {self.appendices}"
        if UNNUMBERED in marks or level > DEEPEST:
            return ""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (DEEPEST - level)
        if level == 1:
            return f"Bab {roman(self.counts[0])}" if self.chapters else ""
        first = 0 if self.chapters else 1
        return ".".join(str(count) for count in self.counts[first:level])


def number(
    blocks: list[Node], *, chapters: bool = True, elsewhere: str = ""
) -> tuple[list[Node], tuple[Entry, ...]]:
    """The blocks with labels before headings and captions, references in words.

    Parameters
    ----------
    blocks : list of nodes
        As `report.blocks` and `report.front` make them.
    chapters : bool
        Level 1 is a "Bab"; False for a chapter that stands alone: its title has no
        number, its sections are 1, 1.1 and so on.
    elsewhere : str
        What a reference to something outside says; "" makes it an error.

    Raises
    ------
    SkmError
        An anchor given twice, or a reference to one that does not exist; all at once.
    """
    entries: list[Entry] = []
    counter = _Counter(chapters=chapters)
    labelled = _label(blocks, counter, entries)
    known = {entry.anchor: entry for entry in entries}
    problems = _twice(entries)
    resolved: list[Node] = nodes.walk(
        labelled, lambda node: _resolve(node, known, elsewhere, problems)
    )
    if problems:
        raise SkmError("\n\n".join(dict.fromkeys(problems)))
    return resolved, tuple(entries)


def _label(blocks: list[Node], counter: _Counter, entries: list[Entry]) -> list[Node]:
    plain = {"within": False}  # below an unnumbered or appendix heading

    def visit(node: Node) -> Node | None:
        if node["t"] == "Header":
            return _heading(node, counter, entries, plain)
        marks = nodes.classes(node)
        if node["t"] == "Div" and (TABLE in marks or FIGURE in marks):
            return _captioned(node, marks, counter, entries)
        return None

    made: list[Node] = nodes.walk(blocks, visit)
    return made


def _heading(
    node: Node, counter: _Counter, entries: list[Entry], plain: dict[str, bool]
) -> Node:
    level, (anchor, marks, _), words = node["c"]
    last = next((each.level for each in reversed(entries) if each.level), 0)
    level = min(level, last + 1)  # a skipped level misleads a screen reader
    if level == 1:
        plain["within"] = UNNUMBERED in marks or APPENDIX in marks
    elif plain["within"] and APPENDIX not in marks:
        marks = [*marks, UNNUMBERED]
    if APPENDIX in marks:
        plain["within"] = True
    label = counter.heading(level, marks)
    sort: Sort = "appendix" if APPENDIX in marks else "heading"
    entries.append(Entry(anchor, sort, level, label, nodes.text(words).strip()))
    return nodes.header(level, _with_label(label, words), anchor, marks)


def _captioned(
    node: Node, marks: list[str], counter: _Counter, entries: list[Entry]
) -> Node:
    sort: Sort = "table" if TABLE in marks else "figure"
    if sort == "table":
        counter.tables += 1
        label = f"Tabel {counter.tables}"
    else:
        counter.figures += 1
        label = f"Gambar {counter.figures}"
    (anchor, _, values), inner = node["c"]

    def visit(each: Node) -> Node | None:
        if each["t"] == "Div" and CAPTION in nodes.classes(each):
            words = each["c"][1][0]["c"]
            title = nodes.text(words).strip()
            entries.append(Entry(anchor, sort, 0, label, title))
            return nodes.div([nodes.para(_with_label(label, words))], CAPTION)
        return None

    return {"t": "Div", "c": [[anchor, marks, values], nodes.walk(inner, visit)]}


def _with_label(label: str, words: list[Node]) -> list[Node]:
    if not label:
        return words
    return [nodes.span(nodes.words(label), LABEL), {"t": "Space"}, *words]


def _twice(entries: list[Entry]) -> list[str]:
    seen: set[str] = set()
    problems = []
    for entry in entries:
        if entry.anchor in seen:
            problems.append(
                f"jangkar '{entry.anchor}' dipakai dua kali dalam laporan.\n"
                "  setiap tabel, gambar dan bagian perlu jangkar sendiri.\n"
                "  ubah salah satunya di buku catatan (notebook) yang memuatnya."
            )
        seen.add(entry.anchor)
    return problems


def _resolve(
    node: Node, known: Mapping[str, Entry], elsewhere: str, problems: list[str]
) -> Node | list[Node] | None:
    if not is_reference(node):
        return None
    words, target = node["c"][1], node["c"][2][0]
    prefix, _, anchor = target.removeprefix("#").partition("/")
    entry = known.get(f"{prefix}-{anchor}") or known.get(anchor)
    if entry is None:
        if not elsewhere:
            problems.append(
                f"bab {prefix}: rujukan ke '{anchor}' tidak menemukan tujuannya.\n"
                "  tujuan harus berupa tabel, gambar atau bagian dalam laporan.\n"
                "  periksa jangkarnya."
            )
        return words or nodes.words(elsewhere)
    marks = node["c"][0][1]
    return nodes.link(words or nodes.words(entry.told), f"#{entry.anchor}", *marks)
