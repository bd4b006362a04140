"""What is handed over beside the report, as the register reads it: sheets and deck."""

from collections.abc import Iterable, Iterator

from skm_analysis.report import nodes, publication, slides
from skm_analysis.report.blocks import SENTENCE
from skm_analysis.report.document import Document
from skm_analysis.report.elements import Figure, Line, Table
from skm_analysis.report.marks import line_nodes
from skm_analysis.report.nodes import Node
from skm_analysis.report.slides import Slide

PLACES = (publication.PLACE, slides.PLACE)


def beside(places: Iterable[str]) -> bool:
    """Whether a number stands nowhere in the report itself.

    >>> beside(["paparan.kota"]), beside(["paparan.kota", "hasil"]), beside([])
    (True, False, False)
    """
    told = [place.startswith(PLACES) for place in places]
    return bool(told) and all(told)


def blocks(document: Document) -> list[Node]:
    """The lines of sheets and slides, each under the name of its place."""
    made = [
        _block(f"{publication.PLACE}{sheet.unit}", line)
        for sheet in document.sheets.values()
        for line in sheet.lines
    ]
    made += [
        _block(slide.place, line)
        for slide in document.slides
        for line in lines_of(slide)
    ]
    return made


def lines_of(slide: Slide) -> Iterator[Line]:
    """What a slide shows, in reading order; of a figure, its caption and notes."""
    yield slide.title
    yield from slide.text
    if isinstance(slide.shown, Table):
        for row in slide.shown.rows:
            yield from row
    elif isinstance(slide.shown, Figure):
        yield slide.shown.caption
        yield from slide.shown.notes


def _block(place: str, line: Line) -> Node:
    return nodes.div(
        [nodes.para(line_nodes(line, ""))], SENTENCE, values={"key": place}
    )
