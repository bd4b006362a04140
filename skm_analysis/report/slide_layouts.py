"""The seven layouts of the deck, by the names under which pandoc looks for them."""

from typing import NamedTuple

from skm_analysis.report.slide_places import (
    BODY,
    FOOTER,
    NUMBER,
    SHOWN,
    TEXT,
    TEXT_SIZE,
    Box,
)

_COVER = Box(0.9, 1.7, 11.5, 2.2)
_UNDER = Box(0.9, 4.1, 11.5, 1.9)
_LEFT, _RIGHT = Box(0.6, 1.5, 5.95, 5.2), Box(6.78, 1.5, 5.95, 5.2)


class Place(NamedTuple):
    kind: str  # of the placeholder, "" for content
    number: int | None
    box: Box | None
    style: str = ""


FOOT = (
    Place("ftr", 11, FOOTER, "foot"),
    Place("sldNum", 12, NUMBER, "foot"),
)
LAYOUTS: dict[str, tuple[Place, ...]] = {
    "Title Slide": (
        Place("ctrTitle", None, _COVER, "cover"),
        Place("subTitle", 1, _UNDER, "under"),
    ),
    "Title and Content": (Place("title", None, None), Place("", 1, BODY)),
    "Section Header": (
        Place("title", None, _COVER, "cover"),
        Place("body", 1, _UNDER, "under"),
    ),
    "Two Content": (
        Place("title", None, None),
        Place("", 1, _LEFT),
        Place("", 2, _RIGHT),
    ),
    "Comparison": (
        Place("title", None, None),
        Place("body", 1, Box(0.6, 1.4, 5.95, 0.6)),
        Place("", 2, Box(0.6, 2.1, 5.95, 4.6)),
        Place("body", 3, Box(6.78, 1.4, 5.95, 0.6)),
        Place("", 4, Box(6.78, 2.1, 5.95, 4.6)),
    ),
    "Content with Caption": (
        Place("title", None, None),
        Place("", 1, SHOWN),
        Place("body", 2, TEXT, "text"),
    ),
    "Blank": (),
}
KINDS = {
    "Title Slide": "title",
    "Title and Content": "obj",
    "Section Header": "secHead",
    "Two Content": "twoObj",
    "Comparison": "twoTxTwoObj",
    "Content with Caption": "objTx",
    "Blank": "blank",
}
STYLES = {
    "": "",
    "foot": '<a:lvl1pPr><a:defRPr sz="1400" b="1"/></a:lvl1pPr>',
    "cover": '<a:lvl1pPr algn="l"><a:defRPr sz="4000" b="1"/></a:lvl1pPr>',
    "under": '<a:lvl1pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="2200"/>'
    "</a:lvl1pPr>",
    "text": '<a:lvl1pPr marL="0" indent="0"><a:buNone/>'
    f'<a:defRPr sz="{TEXT_SIZE}00"/></a:lvl1pPr>',
}
