"""Headers and footers of a template: filled in, and as wide as the page they are on."""

import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from skm_analysis.report.docx_styles import Stop, Styles, stops_of
from skm_analysis.report.nodes import clean

_PARAGRAPH = re.compile(r"<w:p\b(?![^>]*/>)(?!\w)[^>]*>.*?</w:p>", re.DOTALL)
_TABLE = re.compile(r"(<w:tbl>.*?</w:tbl>)", re.DOTALL)
_WORDS = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_TEXT = '<w:t xml:space="preserve">'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What stands before tab stops in the properties of a paragraph.
_BEFORE_TABS = (
    r"<w:pPr>(?:<w:(?:pStyle|keepNext|keepLines|pageBreakBefore|widowControl|"
    r"suppressLineNumbers)\b[^>]*/>|<w:framePr\b[^>]*/>|<w:pBdr>.*?</w:pBdr>|"
    r"<w:shd\b[^>]*/>)*"
)
_MOST_STOPS = 2  # a number in the middle, one at the right


def filled(text: str, mark: str, told: str) -> str:
    """`told` in place of `mark`, also where Word divided the mark between runs."""
    return _PARAGRAPH.sub(lambda found: _replaced(found[0], mark, told), text)


def _replaced(paragraph: str, mark: str, told: str) -> str:
    runs = list(_WORDS.finditer(paragraph))
    whole = "".join(run[2] for run in runs)
    start = whole.find(mark)
    if start < 0:
        return paragraph
    end, at, made, done = start + len(mark), 0, [], 0
    for run in runs:
        words = run[2]
        # Of the mark's signs in this run nothing stays; the first has what is told.
        before = words[: max(start - at, 0)]
        after = words[min(max(end - at, 0), len(words)) :]
        first = at <= start < at + len(words)
        if at < end and at + len(words) > start:
            words = before + (escape(clean(told)) if first else "") + after
        at += len(run[2])
        made += [paragraph[done : run.start()], f"{_TEXT}{words}</w:t>"]
        done = run.end()
    return "".join([*made, paragraph[done:]])


def has_mark(text: str, mark: str) -> bool:
    return any(
        mark in "".join(words for _, words, _ in _WORDS.findall(each))
        for each in _PARAGRAPH.findall(text)
    )


def with_notice(text: str, mark: str, style: str) -> str:
    """The mark as a paragraph of its own, before all else."""
    notice = (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{mark}</w:t></w:r>'
        "</w:p>"
    )
    return re.sub(r"(<w:hdr\b[^>]*>)", lambda start: start[1] + notice, text, count=1)


def fitted(text: str, styles: Styles, wide: int, was: int) -> str:
    """The part for lines `wide`; its tables were made for lines that `was` gives."""
    parts = _TABLE.split(text)
    made = []
    for part in parts:
        if part.startswith("<w:tbl>"):
            made.append(_scaled(part, wide / was))
        else:
            made.append(
                _PARAGRAPH.sub(lambda found: _stopped(found[0], styles, wide), part)
            )
    return "".join(made)


def _stopped(paragraph: str, styles: Styles, wide: int) -> str:
    """Its stops in the middle and at the right moved to where these are."""
    used = len(re.findall(r"<w:tab\s*/>", paragraph))
    if not 0 < used <= _MOST_STOPS:
        return paragraph
    root = ElementTree.fromstring(f'<w:x xmlns:w="{_W}">{_properties(paragraph)}</w:x>')
    style = root.find(f".//{{{_W}}}pStyle")
    id_ = "" if style is None else style.get(f"{{{_W}}}val", "")
    stops = {stop.at: stop for stop in styles.stops(id_ or "Footer")}
    stops |= {stop.at: stop for stop in stops_of(root)}
    known = sorted((s for s in stops.values() if s.align != "clear"), key=_place)
    places = {"center": wide // 2, "right": wide, "end": wide}
    moved = [Stop(stop.align, places.get(stop.align, stop.at)) for stop in known[:used]]
    if not moved or moved == known[:used]:
        return paragraph
    cleared = [Stop("clear", at) for at in stops if at not in {s.at for s in moved}]
    tabs = "".join(
        f'<w:tab w:val="{stop.align}" w:pos="{stop.at}"/>'
        for stop in sorted([*moved, *cleared], key=_place)
    )
    return _with_tabs(paragraph, f"<w:tabs>{tabs}</w:tabs>")


def _place(stop: Stop) -> int:
    return stop.at


def _properties(paragraph: str) -> str:
    """Style and tab stops of a paragraph."""
    found = re.search(r"<w:pPr>.*?</w:pPr>", paragraph, re.DOTALL)
    if found is None:
        return ""
    return "".join(re.findall(r"<w:pStyle\b[^>]*/>|<w:tab\b[^>]*/>", found[0]))


def _with_tabs(paragraph: str, tabs: str) -> str:
    text = re.sub(r"<w:tabs>.*?</w:tabs>", "", paragraph, count=1, flags=re.DOTALL)
    if "<w:pPr>" not in text:
        return re.sub(r"^(<w:p\b[^>]*>)", rf"\1<w:pPr>{tabs}</w:pPr>", text, count=1)
    return re.sub(_BEFORE_TABS, lambda f: f[0] + tabs, text, count=1, flags=re.DOTALL)


def _scaled(table: str, factor: float) -> str:
    """All widths of a table with its page's; those in percent follow by themselves."""

    def scaled(found: re.Match[str]) -> str:
        if 'w:type="pct"' in found[0]:
            return found[0]
        return re.sub(
            r'w:w="(\d+)"',
            lambda given: f'w:w="{round(int(given[1]) * factor)}"',
            found[0],
        )

    return re.sub(r"<w:(?:tblW|gridCol|tcW)\b[^>]*/>", scaled, table)
