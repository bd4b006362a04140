"""The styles of a Word template: read, and completed with those that reports use."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree

from skm_analysis.report.reference_styles import ACCENT

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = re.compile(r"<w:style\b[^>]*>.*?</w:style>", re.DOTALL)
_LISTS = ("toc 1", "toc 2", "toc 3", "table of figures")
_LANGUAGE = '<w:lang w:val="id-ID" w:eastAsia="id-ID" w:bidi="ar-SA"/>'
_DEFAULTS = f"<w:docDefaults><w:rPrDefault><w:rPr>{_LANGUAGE}</w:rPr></w:rPrDefault>"
_SPACED = ("sampul jenis", "sampul tahun")
_USUAL_SIZE = 20  # half points, where a template names none
_Known = tuple[str, str]  # the kind of a style and its name
_DEEPEST = 20  # styles based on one another


class Stop(NamedTuple):
    align: str
    at: int  # twentieths of a point


class Style(NamedTuple):
    """One paragraph style, and what it takes from those it is based on."""

    id: str
    based: str
    stops: tuple[Stop, ...]
    size: int  # half points; 0: as the style below


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles by name, in small letters, and by id."""

    by_name: Mapping[str, Style]
    by_id: Mapping[str, Style]
    usual_size: int

    def size(self, name: str) -> float:
        """The letter size of a style in points."""
        sizes = [each.size for each in self._chain(self.by_name[name.lower()].id)]
        return next((size for size in sizes if size), self.usual_size) / 2

    def stops(self, id_: str) -> list[Stop]:
        """The tab stops of a style; the nearest style says what is cleared."""
        found: dict[int, Stop] = {}
        for style in reversed(list(self._chain(id_))):
            found |= {stop.at: stop for stop in style.stops}
        return sorted(
            (stop for stop in found.values() if stop.align != "clear"),
            key=lambda stop: stop.at,
        )

    def _chain(self, id_: str) -> Iterator[Style]:
        for _ in range(_DEEPEST):
            if id_ not in self.by_id:
                return
            yield self.by_id[id_]
            id_ = self.by_id[id_].based


def read(text: str) -> Styles:
    root = ElementTree.fromstring(text)
    made = {}
    for style in root.iter(f"{_W}style"):
        name = _value(style, "name")
        if style.get(f"{_W}type") == "paragraph" and name is not None:
            made[name.lower()] = Style(
                style.get(f"{_W}styleId", ""),
                _value(style, "basedOn") or "",
                tuple(stops_of(style)),
                _whole(_value(style, "rPr/sz")),
            )
    usual = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    size = _whole(_value(usual, "sz")) if usual is not None else 0
    ids = {style.id: style for style in made.values()}
    return Styles(made, ids, size or _USUAL_SIZE)


def stops_of(element: ElementTree.Element) -> Iterator[Stop]:
    for tab in element.iter(f"{_W}tab"):
        if (at := tab.get(f"{_W}pos")) is not None:
            yield Stop(tab.get(f"{_W}val", "left"), _whole(at))


def _value(element: ElementTree.Element, path: str) -> str | None:
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return None if found is None else found.get(f"{_W}val", "")


def _whole(written: str | None) -> int:
    try:
        return round(float(written or 0))
    except (ValueError, OverflowError):
        return 0


def completed(theirs: str, ours: str) -> str:
    """Their styles, with ours where they have none of that name.

    Those take the letters of theirs. Words are Indonesian whatever
    language the template was written in; headings bring their own numbers, a Bab
    begins on a new page, and the lines of contents get their tab where they are made.
    """
    text = re.sub(r"<w:lang\b[^>]*/>", "", theirs)
    text = re.sub(r"<w:numPr\s*/>|<w:numPr>.*?</w:numPr>", "", text, flags=re.DOTALL)
    text = _STYLE.sub(lambda found: _adapted(found[0]), text)
    text = _in_indonesian(text)
    names = {(_kind(each), _name(each)): _id(each) for each in _STYLE.findall(text)}
    own = {_id(each): (_kind(each), _name(each)) for each in _STYLE.findall(ours)}
    lacking = [x for x in _STYLE.findall(ours) if (_kind(x), _name(x)) not in names]
    for style in lacking:
        names[_kind(style), _name(style)] = _free(_id(style), names.values())
    more = "".join(_under_their_ids(_plainer(each), own, names) for each in lacking)
    end = text.rindex("</w:styles>")
    return text[:end] + more + text[end:]


def _free(id_: str, taken: Collection[str]) -> str:
    while id_ in taken:
        id_ += "SKM"
    return id_


def _under_their_ids(
    style: str, own: Mapping[str, _Known], names: Mapping[_Known, str]
) -> str:
    """Itself, and the styles that it is based on, by the ids of the template."""
    return re.sub(
        r'(<w:(?:basedOn|next|style)\b[^>]*?w:(?:val|styleId)=")([^"]*)',
        lambda found: found[1] + names[own[found[2]]],
        style,
    )


def _adapted(style: str) -> str:
    name = _name(style)
    if name in _LISTS:
        return re.sub(r"<w:tabs>.*?</w:tabs>", "", style, flags=re.DOTALL)
    if name == "heading 1" and "<w:pageBreakBefore" not in style:
        return _with_break(style)
    return style


def _with_break(style: str) -> str:
    """Kept in the order that Word's own schema asks for."""
    mark = "<w:pageBreakBefore/>"
    style = re.sub(r"<w:pPr\s*/>", "", style)
    if "<w:pPr>" not in style:
        given = re.search(r"<w:rPr>|</w:style>", style)
        at = given.start() if given else 0
        return f"{style[:at]}<w:pPr>{mark}</w:pPr>{style[at:]}"
    before = r"(<w:pPr>(?:<w:(?:pStyle|keepNext|keepLines)\b[^>]*/>)*)"
    return re.sub(before, rf"\1{mark}", style, count=1)


def _plainer(style: str) -> str:
    """One of ours without letters of its own, and without the package's blue."""
    if _name(style) == "toc heading":
        return _CONTENTS
    text = re.sub(r"<w:rFonts\b[^>]*/>", "", style)
    text = text.replace(f'<w:color w:val="{ACCENT}"/>', "")
    text = text.replace(f'w:color="{ACCENT}"', 'w:color="auto"')
    # A letterhead takes height of the cover, which shall stay one page.
    if _name(style) in _SPACED:
        text = re.sub(r'(w:(?:before|after)=")(\d{4})"', _halved, text)
    return text.replace(' w:default="1"', "")


def _halved(found: re.Match[str]) -> str:
    return f'{found[1]}{int(found[2]) // 2}"'


_CONTENTS = (
    '<w:style w:type="paragraph" w:styleId="TOCHeading"><w:name w:val="TOC Heading"/>'
    '<w:basedOn w:val="Heading1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
)


def _in_indonesian(text: str) -> str:
    """The language of whatever says none."""
    # Word's newer properties stand after the language.
    inner = r"(<w:rPrDefault>\s*<w:rPr>.*?)((?:<w14:.*?)?</w:rPr>)"
    made, many = re.subn(inner, rf"\1{_LANGUAGE}\2", text, count=1, flags=re.DOTALL)
    if many:
        return made
    text = re.sub(r"<w:docDefaults\s*/>|<w:rPrDefault\s*/>", "", text)
    if "<w:docDefaults>" in text:
        return text.replace("<w:docDefaults>", _DEFAULTS, 1)
    return re.sub(
        r"(<w:styles\b[^>]*>)", rf"\1{_DEFAULTS}</w:docDefaults>", text, count=1
    )


def _name(style: str) -> str:
    found = re.search(r'<w:name\b[^>]*w:val="([^"]*)"', style)
    return found[1].lower() if found else ""


def _kind(style: str) -> str:
    found = re.search(r'w:type="(\w+)"', style)
    return found[1] if found else ""


def _id(style: str) -> str:
    found = re.search(r'w:styleId="([^"]*)"', style)
    return found[1] if found else ""


def id_of(text: str, kind: str, name: str) -> str:
    """The id of a style of this kind; "" where there is none."""
    for style in _STYLE.findall(text):
        if _kind(style) == kind and _name(style) == name:
            return _id(style)
    return ""
