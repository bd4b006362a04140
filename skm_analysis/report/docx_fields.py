"""Parts of a Word document that pandoc does not write: fields, controls, sections."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from skm_analysis.report.nodes import clean
from skm_analysis.report.numbering import Entry

TAG_LENGTH = 64  # Word's limit for the tag of a content control
_BOLD = "<w:b/>"
_MARKS = 1_000_000  # ids of bookmarks, above those that pandoc gives


def tag(key: str) -> str:
    """The key as a tag: itself, or its beginning and a hash where it is too long.

    >>> tag("unit.kel-ngalau.ikm")
    'unit.kel-ngalau.ikm'
    >>> len(tag("unit." + "x" * 90))
    64
    """
    if len(key) <= TAG_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"{key[: TAG_LENGTH - 13]}~{digest}"


def run(text: str, properties: str = "") -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


def control(key: str, shown: str, properties: str = "") -> str:
    """A number in a content control, so that it is found again by its key."""
    return (
        f"<w:sdt><w:sdtPr><w:tag w:val={quoteattr(tag(key))}/></w:sdtPr>"
        f"<w:sdtContent>{run(shown, properties)}</w:sdtContent></w:sdt>"
    )


def field(instruction: str, cached: str, properties: str = "") -> str:
    """A complex field that shows `cached` until Word works it out again."""
    return (
        f"{_mark('begin', properties)}{_instruction(instruction, properties)}"
        f"{_mark('separate', properties)}{run(cached, properties)}"
        f"{_mark('end', properties)}"
    )


def _mark(kind: str, properties: str = "") -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str, properties: str = "") -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    written = f'<w:instrText xml:space="preserve"> {escape(text)} </w:instrText>'
    return f"<w:r>{told}{written}</w:r>"


def bookmark(place: int, kind: str, inner: str) -> str:
    """`inner` under a hidden name: `Toc` for a whole line, `Ref` for its label."""
    number = _MARKS + 2 * place + (kind == "Ref")
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name(place, kind)}"/>'
        f'{inner}<w:bookmarkEnd w:id="{number}"/>'
    )


def name(place: int, kind: str) -> str:
    return f"_{kind}{100_000_001 + place}"


def label(place: int, text: str) -> str:
    """The label of a heading or caption; "Tabel 7" counts by a field of Word's own."""
    word, _, number = text.rpartition(" ")
    inner = run(text)
    if word in ("Tabel", "Gambar"):
        counted = field(f"SEQ {word} \\* ARABIC", number, _BOLD)
        inner = run(f"{word} ", _BOLD) + counted
    return bookmark(place, "Ref", inner)


def reference(place: int, text: str, link: str) -> str:
    """A link by label: only the label's own words come from the field.

    `link` is the id of the style of links.
    """
    before = "Bagian " if text.startswith("Bagian ") else ""
    style = f'<w:rStyle w:val="{link}"/>'
    target = name(place, "Ref")
    lead = run(before, style) if before else ""
    shown = text.removeprefix(before)
    made = field(f"REF {target} \\h \\* MERGEFORMAT", shown, style)
    return f'<w:hyperlink w:anchor="{target}" w:history="1">{lead}{made}</w:hyperlink>'


def linked(place: int, text: str, link: str) -> str:
    """A link with words of its own."""
    target = name(place, "Toc")
    words = run(text, f'<w:rStyle w:val="{link}"/>')
    return f'<w:hyperlink w:anchor="{target}" w:history="1">{words}</w:hyperlink>'


def contents(
    instruction: str,
    entries: Iterable[tuple[int, Entry]],
    pages: Mapping[str, str],
    style_of: Callable[[str], str],
    wide: int,
) -> str:
    """A table of contents whose lines stand there before anything is updated.

    Page numbers stand at the end of lines `wide`, as Word puts them. Without an
    instruction the lines are a list of their own, of no field.
    """
    tab = f'<w:tab w:val="right" w:leader="dot" w:pos="{wide}"/>'
    lines = []
    for place, entry in entries:
        wanted = f"toc {entry.level}" if entry.level else "table of figures"
        style = style_of(wanted)
        lines.append((style, _line(place, entry, pages.get(entry.anchor, ""))))
    if not lines:
        return ""
    begin = end = ""
    if instruction:
        begin = _mark("begin") + _instruction(instruction) + _mark("separate")
        end = _mark("end")
    last = len(lines) - 1
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:tabs>{tab}</w:tabs></w:pPr>'
        f"{begin if not place else ''}{line}{end if place == last else ''}</w:p>"
        for place, (style, line) in enumerate(lines)
    )


def _line(place: int, entry: Entry, page: str) -> str:
    words = f"{entry.label} {entry.title}" if entry.label else entry.title
    target = name(place, "Toc")
    number = ""
    if page:
        counted = field(f"PAGEREF {target} \\h", page)
        number = f"<w:r><w:tab/></w:r>{counted}"
    return (
        f'<w:hyperlink w:anchor="{target}" w:history="1">{run(words)}{number}'
        "</w:hyperlink>"
    )
