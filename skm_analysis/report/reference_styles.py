"""The styles of the package's Word template: one line or two for each."""

SERIF, SANS, MONO = "Times New Roman", "Arial", "Courier New"
INK, MUTED, ACCENT, RED, LINE = "1C2733", "51606E", "0B4F6C", "8A1C1C", "C9D2DA"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}"'


def _style(
    id_: str,
    name: str,
    paragraph: str = "",
    run: str = "",
    *,
    based: str = "Normal",
    following: str = "",
) -> str:
    told = f'<w:basedOn w:val="{based}"/>' if based else ""
    told += f'<w:next w:val="{following}"/>' if following else ""
    default = ' w:default="1"' if id_ == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{id_}">'
        f'<w:name w:val="{name}"/>{told}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _space(before: int, after: int, line: int = 0) -> str:
    """Points before and after; `line` in percent."""
    told = f' w:line="{240 * line // 100}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{20 * before}" w:after="{20 * after}"{told}/>'


def _font(name: str, size: float = 0, *, colour: str = "", marks: str = "") -> str:
    told = (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>' if name else ""
    )
    told += marks
    told += f'<w:color w:val="{colour}"/>' if colour else ""
    half = round(size * 2)
    return told + (f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if size else "")


_BOLD, _ITALIC, _CAPS = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", "<w:caps/>"
_KEEP = "<w:keepNext/><w:keepLines/>"


def _heading(level: int, size: float, before: int, after: int, more: str = "") -> str:
    marks = _ITALIC if level == 4 else _BOLD
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _style(
        f"Heading{level}",
        f"heading {level}",
        f"{_KEEP}{more}{_space(before, after)}{outline}",
        _font(SANS, size, colour=ACCENT, marks=marks),
        following="BodyText",
    )


def _rule(side: str, size: int, colour: str, space: int = 4) -> str:
    return (
        f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
    )


def _borders(*rules: str) -> str:
    return f"<w:pBdr>{''.join(rules)}</w:pBdr>"


def _headings() -> list[str]:
    first = "<w:pageBreakBefore/>" + _borders(_rule("bottom", 12, ACCENT))
    title = _font(SANS, 19, colour=ACCENT, marks=_BOLD)
    return [
        _heading(1, 19, 0, 16, first),
        _heading(2, 14, 18, 6),
        _heading(3, 11.5, 13, 5),
        _heading(4, 10.5, 12, 4),
        *(_heading(level, 10.5, 10, 4) for level in (5, 6)),
        _style("TOCHeading", "TOC Heading", _KEEP + first + _space(0, 16), title),
    ]


def _texts() -> list[str]:
    justified = '<w:jc w:val="both"/>'
    hanging = '<w:ind w:left="425" w:hanging="425"/>'
    return [
        _style("Normal", "Normal", based=""),
        _style("BodyText", "Body Text", _space(0, 6, 108) + justified),
        _style("FirstParagraph", "First Paragraph", based="BodyText"),
        _style("Compact", "Compact", _space(2, 2, 110), based="BodyText"),
        _style("BlockText", "Block Text", '<w:ind w:left="567" w:right="567"/>'),
        _style("Bibliography", "Bibliography", _space(0, 6) + hanging),
        _style("DefinitionTerm", "Definition Term", "<w:keepNext/>", _BOLD),
        _style("Definition", "Definition", _space(0, 6) + '<w:ind w:left="425"/>'),
        _style("FootnoteText", "footnote text", "", _font("", 9)),
        _style("SourceCode", "Source Code", "", _font(MONO, 9)),
    ]


def _captions() -> list[str]:
    label = _font(SANS, 9.5)
    small = _font(SANS, 8.5, colour=MUTED)
    return [
        _style("Caption", "caption", _space(6, 4), label),
        _style("TableCaption", "Table Caption", "<w:keepNext/>" + _space(14, 4), label),
        _style("ImageCaption", "Image Caption", _space(2, 4), label),
        _style("CaptionedFigure", "Captioned Figure", "<w:keepNext/>" + _space(10, 0)),
        _style("Figure", "Figure", based="CaptionedFigure"),
        _style("IsiTabel", "Isi Tabel", _space(1, 1), _font(SANS, 8)),
        _style(
            "IsiTabelTerikat", "Isi Tabel Terikat", "<w:keepNext/>", based="IsiTabel"
        ),
        _style("CatatanTabel", "Catatan Tabel", _space(3, 3), small),
    ]


def _lists() -> list[str]:
    bold = _font("", marks=_BOLD)
    return [
        _style("TOC1", "toc 1", _space(6, 1) + _in(0), bold),
        _style("TOC2", "toc 2", _space(1, 1) + _in(284)),
        _style("TOC3", "toc 3", _space(0, 0) + _in(567)),
        _style(
            "TableofFigures",
            "table of figures",
            _space(1, 1) + '<w:ind w:left="907" w:hanging="907"/>',
            _font("", 9.5),
        ),
    ]


def _in(left: int) -> str:
    return f'<w:ind w:left="{left}"/>'


def _front() -> list[str]:
    kind = _font(SANS, 12, colour=MUTED, marks=_CAPS + '<w:spacing w:val="40"/>')
    box = _borders(_rule("left", 24, RED, 8))
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="FBF2F2"/>'
    signing = '<w:keepNext/><w:ind w:left="5103"/>'
    over_all = _borders(_rule("top", 20, ACCENT, 14))
    over = "<w:keepLines/>" + _borders(_rule("top", 6, INK))
    return [
        _style("SampulLogo", "Sampul Logo", _space(0, 0)),
        _style("SampulJenis", "Sampul Jenis", over_all + _space(200, 8), kind),
        _style(
            "SampulJudul",
            "Sampul Judul",
            _space(0, 12),
            _font(SANS, 28, colour=ACCENT, marks=_BOLD),
        ),
        _style(
            "SampulBagian", "Sampul Bagian", _space(0, 10), _font(SANS, 18, marks=_BOLD)
        ),
        _style("SampulTahun", "Sampul Tahun", _space(0, 90), _font(SANS, 16)),
        _style("SampulLembaga", "Sampul Lembaga", "", _font(SANS, 13, marks=_BOLD)),
        _style(
            "SampulMitra", "Sampul Mitra", _space(2, 30), _font(SANS, 12, colour=MUTED)
        ),
        _style("Pemberitahuan", "Pemberitahuan", box + shade + _space(0, 0, 115)),
        _style("Jabatan", "Jabatan", signing + _space(36, 64)),
        _style(
            "NamaPenanda",
            "Nama Penanda",
            over + '<w:ind w:left="5103"/>',
            _font("", marks=_BOLD),
        ),
        _style("SidikJari", "Sidik Jari", "", _font(MONO, 8)),
        _style("Header", "header", _borders(_rule("bottom", 4, LINE)), _font(SANS, 8)),
        _style("Tanda", "Tanda", "", _font(SANS, 8, colour=RED, marks=_BOLD)),
        _style(
            "Footer",
            "footer",
            '<w:tabs><w:tab w:val="right" w:pos="8787"/></w:tabs>',
            _font(SANS, 8, colour=MUTED),
        ),
    ]


def _characters() -> str:
    link = f'<w:color w:val="{ACCENT}"/>'
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f"<w:rPr>{link}</w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="VerbatimChar">'
        f'<w:name w:val="Verbatim Char"/><w:rPr>{_font(MONO, 9.5)}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )


def _table() -> str:
    outer = _rule("top", 12, INK, 0) + _rule("bottom", 12, INK, 0)
    inner = _rule("insideH", 4, LINE, 0)
    cells = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 15), ("left", 70), ("bottom", 15), ("right", 70))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{outer}{inner}</w:tblBorders>"
        f"<w:tblCellMar>{cells}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
        f'{_rule("bottom", 8, INK, 0)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


def styles() -> str:
    """The part `word/styles.xml`, without its first line."""
    language = '<w:lang w:val="id-ID" w:eastAsia="id-ID" w:bidi="ar-SA"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(SERIF, 11, colour=INK)}"
        f"{language}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_space(0, 0)}"
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    made = [*_texts(), *_headings(), *_captions(), *_lists(), *_front()]
    return (
        f"<w:styles {SPACES}>{defaults}{''.join(made)}"
        f"{_characters()}{_table()}</w:styles>"
    )
