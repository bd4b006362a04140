"""The whole report, put together once for all formats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TypeVar

from skm_analysis.errors import SkmError
from skm_analysis.estimates.rows import Estimates
from skm_analysis.report import front, nodes, prose
from skm_analysis.report.blocks import Source, anchored, blocks_of, texts_of, turned
from skm_analysis.report.chapter import Chapter, without_absent
from skm_analysis.report.elements import (
    Absent,
    Figure,
    Group,
    Heading,
    Piece,
    Prose,
    Table,
    flatten,
)
from skm_analysis.report.nodes import Node
from skm_analysis.report.numbering import APPENDIX, UNNUMBERED, Entry, number
from skm_analysis.report.own_texts import own_appendices, own_texts
from skm_analysis.report.publication import Sheet
from skm_analysis.report.references import references
from skm_analysis.report.slides import Slide
from skm_analysis.study.branding import Logo
from skm_analysis.study.records import Delivery, Study

UNIT = "unit-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A numbered pandoc document with what its formats need beside it.

    `blocks` follow `report.blocks` and `report.front`. `tables` and `figures` are
    found by their anchors in the document. `chapters` are the blocks of each chapter
    before numbering, for the editions of single units. `sheets` and `slides` stand
    beside the report, in files of their own.
    """

    study: Study
    estimates: Estimates
    title: str
    banner: str  # what every page says, "" if nothing
    draft: bool
    awaited: tuple[Delivery, ...]  # what is missing from it
    blocks: tuple[Node, ...]
    entries: tuple[Entry, ...]
    tables: Mapping[str, Table]
    figures: Mapping[str, Figure]
    chapters: Mapping[str, tuple[Node, ...]]
    complete: bool = True  # False: one unit's chapter by itself
    sheets: Mapping[str, Sheet] = field(default_factory=dict)  # by unit
    slides: tuple[Slide, ...] = ()
    logos: tuple[Logo, ...] = ()

    @property
    def epoch(self) -> int:
        """The clock of every file: the end of the study's period."""
        return int(datetime.combine(self.study.end, time(), UTC).timestamp())


def assemble(
    study: Study,
    chapters: Sequence[Chapter],
    estimates: Estimates,
    *,
    texts: Mapping[str, str] | None = None,
    summary: Sequence[Piece] = (),
    abstract: Sequence[Piece] = (),
    bibliography: Sequence[Mapping[str, object]] = (),
    appendices: Sequence[Chapter] = (),
    fingerprint: str = "",
    draft: bool = False,
    awaited: Sequence[Delivery] = (),
) -> Document:
    """Order, number and link everything.

    Parameters
    ----------
    study : Study
        Title, period, units and who signs.
    chapters : sequence of Chapter, in any order
        `method-results`, `data-quality`, `hasil`, `unit-ID` for each unit,
        `perbandingan`, `kesimpulan`. One that is missing is left out; units come in
        the study's order.
    estimates : Estimates
        Where the keys in texts are looked up.
    texts : mapping of name to Markdown
        What people wrote: `preface`, `background`.
    summary : sequence of Piece
        The executive summary, without its heading.
    abstract : sequence of Piece
        The same in English, in a few sentences.
    bibliography : sequence of CSL JSON
        The study's sources, listed beside the package's.
    appendices : sequence of Chapter
        The questionnaires for one; they stand before the glossary.
    fingerprint : str
        Printed on the last page and nowhere else.
    draft : bool
        Every page says that it is one.
    awaited : sequence of Delivery
        What is missing from a draft; its cover says so.

    Raises
    ------
    SkmError
        An unknown chapter, an anchor given twice, a reference without target, a key
        in a text that is unknown or not public.
    """
    given = {chapter.id: _open(chapter) for chapter in chapters}
    _refuse_unknown(given, study)
    own = own_texts()
    more = [_open(chapter) for chapter in appendices]
    opening = [("ringkasan", "Ringkasan Eksekutif", flatten(summary))]
    opening += [("abstrak", "Abstract", flatten(abstract))]
    parts = _parts(study, given, texts or {}, own, opening)
    parts.append(references(bibliography))
    parts += [_appendix(each) for each in (*more, *own_appendices(own))]
    sources = [part for part in parts if isinstance(part, Source)]
    body, made = _written(parts, estimates)
    blocks: list[Node] = [
        front.cover(study, notices=front.notice(study, draft, awaited)),
        *front.approval(study),
        *turned(body, titles=True),
        *front.last_page(study, fingerprint),
    ]
    numbered, entries = number(blocks)
    return Document(
        study=study,
        estimates=estimates,
        title=study.dated_title,
        banner=front.banner(study, draft),
        draft=draft,
        awaited=(*awaited,),
        blocks=tuple(numbered),
        entries=entries,
        tables=_found(sources, Table),
        figures=_found(sources, Figure),
        chapters=made,
    )


def _written(
    parts: Sequence["Part"], estimates: Estimates
) -> tuple[list[Node], dict[str, tuple[Node, ...]]]:
    """All blocks in order, and those of each chapter; every text read at once."""
    sources = [part for part in parts if isinstance(part, Source)]
    read = iter(prose.read(texts_of(sources), estimates))
    blocks: list[Node] = []
    made: dict[str, tuple[Node, ...]] = {}
    for part in parts:
        if isinstance(part, Source):
            texts = [next(read) for _ in texts_of([part])]
            made[part.chapter.id] = tuple(blocks_of(part, texts))
            blocks.extend(made[part.chapter.id])
        else:
            blocks.extend(part)
    return blocks, made


def edition(document: Document, chapter: str) -> Document:
    """One chapter as a document of its own, numbered from 1.

    References to the rest of the report become "laporan lengkap".
    """
    title, *rest = document.chapters[chapter]
    below = title["c"][0]

    def lifted(node: Node) -> Node | None:
        if node["t"] != "Header":
            return None
        level, (anchor, marks, _), words = node["c"]
        kept = [mark for mark in marks if mark != front.NEW_PAGE]
        return nodes.header(level - below + 1, words, anchor, kept)

    name = nodes.text(title["c"][2]).strip()
    study = document.study
    blocks = [
        front.cover(study, name, front.notice(study, document.draft, document.awaited)),
        nodes.div([], front.BODY),
        *turned(nodes.walk([title, *rest], lifted), titles=True),
    ]
    numbered, entries = number(blocks, chapters=False, elsewhere="laporan lengkap")
    anchors = {entry.anchor for entry in entries}
    return Document(
        study=study,
        estimates=document.estimates,
        title=f"{name} – {document.title}",
        banner=document.banner,
        draft=document.draft,
        awaited=document.awaited,
        blocks=tuple(numbered),
        entries=entries,
        tables={k: v for k, v in document.tables.items() if k in anchors},
        figures={k: v for k, v in document.figures.items() if k in anchors},
        chapters={},
        complete=False,
        logos=document.logos,
    )


Part = Source | list[Node]


def _parts(
    study: Study,
    given: Mapping[str, Chapter],
    texts: Mapping[str, str],
    own: dict[str, str],
    opening: Sequence[tuple[str, str, Sequence[Piece]]],
) -> list[Part]:
    """What stands between the approval page and the references, in order."""
    parts: list[Part] = []
    if preface := texts.get("preface"):
        text = Prose(front.without_title(preface))
        parts.append(_unnumbered("kata-pengantar", "Kata Pengantar", [text]))
    parts += [_unnumbered(*told) for told in opening if told[2]]
    parts.append(front.lists())
    parts.append([nodes.div([], front.BODY)])
    introduction = front.introduction(study, texts.get("background"), own)
    parts.append(Source(Chapter("pendahuluan", tuple(introduction))))
    parts += _group(
        "metodologi", "Metodologi", given, ["method-results", "data-quality"]
    )
    parts += _single(given, "hasil")
    units = [f"{UNIT}{unit.id}" for unit in study.units]
    parts += _group(
        "hasil-unit", "Hasil per Unit Pelayanan", given, units, (front.NEW_PAGE,)
    )
    parts += _single(given, "perbandingan") + _single(given, "kesimpulan")
    return parts


def _group(
    id_: str,
    title: str,
    given: Mapping[str, Chapter],
    members: list[str],
    marks: tuple[str, ...] = (),
) -> list[Part]:
    """A Bab of several chapters, each a section of it."""
    there = [given[name] for name in members if name in given]
    if not there:
        return []
    first, *others = there
    return [
        Source(Chapter(id_, (Heading(1, (title,)),))),
        Source(first, 1),
        *(Source(each, 1, marks) for each in others),
    ]


def _single(given: Mapping[str, Chapter], name: str) -> list[Part]:
    return [Source(given[name])] if name in given else []


def _unnumbered(id_: str, title: str, pieces: Iterable[Piece]) -> Source:
    return Source(Chapter(id_, (Heading(1, (title,)), *pieces)), marks=(UNNUMBERED,))


def _appendix(chapter: Chapter) -> Source:
    return Source(chapter, marks=(APPENDIX,))


_Kind = TypeVar("_Kind", Table, Figure)


def _found(sources: Iterable[Source], kind: type[_Kind]) -> dict[str, _Kind]:
    return {
        anchored(source.chapter.id, piece.anchor): piece
        for source in sources
        for piece in source.chapter.pieces
        if isinstance(piece, kind)
    }


def _open(chapter: Chapter) -> Chapter:
    """Groups opened and what is absent left out, also where no exporter did it."""
    if not any(isinstance(each, Group | Absent) for each in chapter.pieces):
        return chapter
    pieces = flatten(chapter.pieces)
    return Chapter(chapter.id, tuple(pieces[each] for each in without_absent(pieces)))


def _refuse_unknown(given: Mapping[str, Chapter], study: Study) -> None:
    known = {"method-results", "data-quality", "hasil", "perbandingan", "kesimpulan"}
    known |= {f"{UNIT}{unit.id}" for unit in study.units}
    if unknown := sorted(given.keys() - known):
        raise SkmError(
            f"bab {', '.join(unknown)}: tidak ada tempatnya dalam laporan.\n"
            f"  yang dikenal: {', '.join(sorted(known - {UNIT}))}\n"
            "  perbaiki tanda 'bab-…' pada sel judulnya."
        )
