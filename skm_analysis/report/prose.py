"""Text that people wrote: Markdown to pandoc's nodes, numbers by their key.

`{unit.kel-ngalau.ikm}` becomes the number with that key; `[56.311]{sumber="BPS 2020"}`
is a stated number with its source. All texts of a document are read by one pandoc.
"""

import difflib
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from skm_analysis.errors import SkmError
from skm_analysis.estimates.rows import Estimates, slug
from skm_analysis.report import nodes, numbers, pandoc
from skm_analysis.report.elements import Number
from skm_analysis.report.marks import REFERENCE, number_node
from skm_analysis.report.nodes import Node

READER = (
    "commonmark_x-raw_attribute-raw_html-emoji-tex_math_dollars"
    "-yaml_metadata_block-gfm_auto_identifiers-implicit_header_references"
)
_KEY = re.compile(r"\{([a-z_]+\.[^{}\s\"=]*)\}")
_TOKEN = re.compile("\ue000([0-9]+)\ue001")
_BETWEEN = "SKM-BATAS-TEKS"
_LINKS = ("https://", "mailto:")
_QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown and what a message calls it: a file, or a notebook's cell.

    `chapter` is where a link to `#anchor` looks first.
    """

    place: str
    markdown: str
    chapter: str = ""


def read(texts: Sequence[Text], estimates: Estimates) -> list[list[Node]]:
    """The blocks of each text, in order.

    Raises
    ------
    SkmError
        An unknown key, or one that is not cleared for the public; a link elsewhere
        than https, mailto or within the document; an image. All at once, each with
        its file and line.
    """
    if not texts:
        return []
    problems: list[str] = []
    found: list[Number] = []
    sources = [_with_tokens(text, estimates, found, problems) for text in texts]
    if problems:
        raise SkmError("\n\n".join(problems))
    parts = _parse(sources)
    made = [
        _finish(blocks, text, found, problems)
        for blocks, text in zip(parts, texts, strict=True)
    ]
    if problems:
        raise SkmError("\n\n".join(problems))
    return made


def names_numbers(markdown: str) -> bool:
    """Whether a text names a number by its key."""
    return bool(_KEY.search(markdown))


def key_problems(texts: Sequence[Text], estimates: Estimates) -> list[str]:
    """What `read` says of the keys in `texts`."""
    problems: list[str] = []
    for text in texts:
        _with_tokens(text, estimates, [], problems)
    return problems


def _parse(sources: Sequence[str]) -> list[list[Node]]:
    """One pandoc for all: a file each, so that none can reach into the next."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "batas").write_text(f"{_BETWEEN}\n", encoding="utf-8")
        files = []
        for number, source in enumerate(sources):
            (folder / str(number)).write_text(source, encoding="utf-8")
            files += [str(number), "batas"]
        told = ["-f", READER, "-t", "json", "--file-scope", *files]
        blocks: list[Node] = json.loads(pandoc.run(told, cwd=folder))["blocks"]
    parts: list[list[Node]] = [[]]
    for block in blocks:
        if block["t"] == "Para" and nodes.text(block["c"]) == _BETWEEN:
            parts.append([])
        else:
            parts[-1].append(block)
    return parts[:-1]


def _with_tokens(
    text: Text, estimates: Estimates, found: list[Number], problems: list[str]
) -> str:
    """The Markdown with each key replaced by a token that no reader touches."""
    lines = nodes.clean(re.sub("[\ue000\ue001]", "", text.markdown)).split("\n")
    for number, line in enumerate(lines, 1):

        def replace(match: re.Match[str], place: str = f"{text.place}:{number}") -> str:
            try:
                found.append(_number(match[1], estimates, place))
            except SkmError as problem:
                problems.append(str(problem))
                return ""
            return f"\ue000{len(found) - 1}\ue001"

        lines[number - 1] = _KEY.sub(replace, line)
    return "\n".join(lines)


def _number(key: str, estimates: Estimates, place: str) -> Number:
    row = estimates.get(key)
    if row is None:
        keys = [each.key for each in estimates]
        near = difflib.get_close_matches(key, keys, 1, 0.5)
        raise SkmError(
            f"{place}: angka {{{key}}} tidak ada.\n"
            f"  yang paling mirip: {near[0] if near else '–'}\n"
            "  kunci yang ada tercantum di data/processed/STUDI/estimates.csv."
        )
    cleared = estimates.get(f"{key}@published")
    if "suppressed" in row.flags or cleared is not None:
        remedy = (
            f"pakai {{{cleared.key}}}"
            if cleared is not None
            else "hapus angka itu; yang boleh disebut hanya jumlah respondennya, "
            f"{{{key.split('.')[0]}.{row.unit}.n_accepted}}"
        )
        raise SkmError(
            f"{place}: angka {{{key}}} tidak boleh diumumkan.\n"
            "  angka itu memuat unit dengan kurang dari 10 responden.\n"
            f"  {remedy}."
        )
    if row.measure == "grade":
        return numbers.verdict(key, row.category)
    if row.value is None:
        raise SkmError(
            f"{place}: angka {{{key}}} tidak terdefinisi pada data ini.\n"
            "  hapus angka itu dari teks."
        )
    return numbers.number(row)


def _finish(
    blocks: list[Node], text: Text, found: list[Number], problems: list[str]
) -> list[Node]:
    """Keys become numbers; attributes, which could pass for our own marks, go."""

    def visit(node: Node) -> Node | list[Node] | None:
        kind = node["t"]
        if kind == "Str" and _TOKEN.search(node["c"]):
            return _spliced(node["c"], found)
        if kind == "Span" and "sumber" in nodes.values(node):
            return number_node(_stated(node))
        if kind in ("Span", "Div"):
            return within(node["c"][1])
        if kind == "Quoted":
            marks = _QUOTES[node["c"][0]["t"]]
            inner = within(node["c"][1])
            return [*nodes.words(marks[0]), *inner, *nodes.words(marks[1])]
        if kind == "Header":
            return nodes.header(node["c"][0], within(node["c"][2]))
        if kind == "Link":
            return _linked(node, within(node["c"][1]), text, problems)
        if kind in ("Code", "CodeBlock"):
            return {"t": kind, "c": [nodes.attributes(), node["c"][1]]}
        if kind in ("Image", "Table"):
            problems.append(_unsupported(kind, text.place))
        if kind in ("SoftBreak", "Math", "RawInline", "RawBlock"):
            return {"t": "Space"} if kind == "SoftBreak" else []
        return None

    def within(inner: list[Node]) -> list[Node]:
        made: list[Node] = nodes.walk(inner, visit)
        return made

    return within(blocks)


def _unsupported(kind: str, place: str) -> str:
    what = "gambar" if kind == "Image" else "tabel"
    return (
        f"{place}: {what} di dalam teks tidak didukung.\n"
        f"  laporan memberi nomor pada {what} yang dibuat dari data.\n"
        f"  hapus {what} itu dari teks."
    )


def _linked(
    node: Node, words: list[Node], text: Text, problems: list[str]
) -> Node | list[Node]:
    target = node["c"][2][0]
    if target.startswith("#"):
        return nodes.link(words, f"#{text.chapter}/{target[1:]}", REFERENCE)
    if not target.startswith(_LINKS):
        problems.append(
            f"{text.place}: tautan '{nodes.text(words)}' tidak diperkenankan.\n"
            "  tautan hanya boleh ke https://, mailto: atau ke bagian laporan.\n"
            "  perbaiki atau hapus tautan itu."
        )
    return nodes.link(words, target)


def _spliced(word: str, found: list[Number]) -> list[Node]:
    made: list[Node] = []
    for place, part in enumerate(_TOKEN.split(word)):
        if place % 2:
            made.append(number_node(found[int(part)]))
        elif part:
            made.append({"t": "Str", "c": part})
    return made


def _stated(span: Node) -> Number:
    shown = nodes.text(span["c"][1])
    source = nodes.values(span)["sumber"]
    return Number(f"stated..{slug(source)}.{slug(shown)}", shown, "stated", None, None)
