"""The template of the hand-over deck, `assets/reference.pptx`, as a program.

Sizes, places and colours stand here in one readable place; the committed file is what
`package` gives (a test compares). pandoc finds the layouts by their names.
"""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from skm_analysis.report.reference_docx import BANNER, zipped
from skm_analysis.report.slide_layouts import FOOT, KINDS, LAYOUTS, STYLES, Place
from skm_analysis.report.slide_places import (
    BODY,
    BODY_SIZE,
    EMU,
    FOOTER,
    HEIGHT,
    NUMBER,
    TITLE_BOX,
    TITLE_SIZE,
    WIDTH,
    Box,
)
from skm_analysis.report.theme_pptx import HEAD, SPACES, theme

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument"


_WORDS = {"ftr": BANNER, "sldNum": "", "": "Isi", "body": "Teks", "subTitle": "Lembaga"}


def _shape(place: Place, number: int) -> str:
    kind = f" type={quoteattr(place.kind)}" if place.kind else ""
    index = "" if place.number is None else f' idx="{place.number}"'
    box = place.box.xml if place.box else ""
    anchor = ' anchor="b"' if place.style == "cover" else ""
    style = STYLES[place.style]
    name = f"{place.kind or 'isi'} {number}"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{kind}{index}/></p:nvPr></p:nvSpPr><p:spPr>{box}</p:spPr>"
        f"<p:txBody><a:bodyPr{anchor}><a:normAutofit/></a:bodyPr>"
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{_words(place.kind)}</a:p></p:txBody>"
        "</p:sp>"
    )


def _words(kind: str) -> str:
    if kind == "sldNum":
        return (
            '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
            '<a:rPr lang="id-ID"/><a:t>‹#›</a:t></a:fld>'
        )
    told = _WORDS.get(kind, "Judul")
    return f'<a:r><a:rPr lang="id-ID"/><a:t>{told}</a:t></a:r>'


def _tree(places: tuple[Place, ...], ornament: str = "") -> str:
    shapes = "".join(_shape(each, at) for at, each in enumerate(places, 20))
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        "</p:nvGrpSpPr><p:grpSpPr/>"
        f"{ornament}{shapes}</p:spTree>"
    )


def _bar(box: Box, number: int) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Garis {number}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{box.xml}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def _layout(name: str) -> str:
    cover = name in ("Title Slide", "Section Header")
    ornament = _bar(Box(0.9, 3.98, 2.2, 0.05), 10) if cover else ""
    tree = _tree((*LAYOUTS[name], *FOOT), ornament)
    return (
        f'{HEAD}<p:sldLayout {SPACES} type="{KINDS[name]}" preserve="1">'
        f"<p:cSld name={quoteattr(name)}>{tree}</p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _levels(first: str, size: int) -> str:
    """Text of every level: those below the first are smaller and further in."""
    made = first
    for level in range(2, 10):
        left = 342_900 * level
        made += (
            f'<a:lvl{level}pPr marL="{left}" indent="-285750" algn="l">'
            '<a:buFont typeface="Arial"/><a:buChar char="–"/>'
            f'<a:defRPr sz="{size - 2}00" lang="id-ID">{_INK}</a:defRPr>'
            f"</a:lvl{level}pPr>"
        )
    return made


_INK = (
    '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
    '<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
)


def _master() -> str:
    foot = (Place("ftr", 3, FOOTER, "foot"), Place("sldNum", 4, NUMBER, "foot"))
    tree = _tree(
        (Place("title", None, TITLE_BOX), Place("body", 1, BODY), *foot),
        _bar(Box(0, 0, WIDTH, 0.12), 10),
    )
    layouts = "".join(
        f'<p:sldLayoutId id="{2_147_483_649 + at}" r:id="rId{at + 1}"/>'
        for at in range(len(LAYOUTS))
    )
    return (
        f"{HEAD}<p:sldMaster {SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill>"
        '<a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        f"{tree}</p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" '
        'accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" '
        'accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"<p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst>{_text_styles()}"
        "</p:sldMaster>"
    )


def _text_styles() -> str:
    title = (
        '<a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="90000"/></a:lnSpc><a:buNone/>'
        f'<a:defRPr sz="{TITLE_SIZE}00" b="1" lang="id-ID"><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill><a:latin typeface="+mj-lt"/>'
        '<a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
    )
    body = (
        '<a:lvl1pPr marL="285750" indent="-285750" algn="l"><a:spcBef>'
        '<a:spcPts val="900"/></a:spcBef><a:buFont typeface="Arial"/>'
        f'<a:buChar char="•"/><a:defRPr sz="{BODY_SIZE}00" lang="id-ID">{_INK}'
        "</a:defRPr></a:lvl1pPr>"
    )
    other = (
        f'<a:lvl1pPr><a:defRPr sz="{BODY_SIZE}00" lang="id-ID">{_INK}</a:defRPr>'
        "</a:lvl1pPr>"
    )
    return (
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle>"
        f"<p:bodyStyle>{_levels(body, BODY_SIZE)}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )


def _presentation() -> str:
    wide, high = round(WIDTH * EMU), round(HEIGHT * EMU)
    return (
        f'{HEAD}<p:presentation {SPACES} saveSubsetFonts="1"><p:sldMasterIdLst>'
        '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        f'<p:sldSz cx="{wide}" cy="{high}"/><p:notesSz cx="6858000" cy="9144000"/>'
        '<p:defaultTextStyle><a:defPPr><a:defRPr lang="id-ID"/></a:defPPr>'
        "</p:defaultTextStyle></p:presentation>"
    )


def _relations(*told: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in told
    )
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
    )


def _types(parts: dict[str, str]) -> str:
    told = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _properties() -> dict[str, str]:
    style = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # Medium Style 2, accent 1
    return {
        "ppt/presProps.xml": f"{HEAD}<p:presentationPr {SPACES}/>",
        "ppt/viewProps.xml": f"{HEAD}<p:viewPr {SPACES}/>",
        "ppt/tableStyles.xml": f'{HEAD}<a:tblStyleLst xmlns:a="http://schemas.'
        f'openxmlformats.org/drawingml/2006/main" def="{style}"/>',
    }


def package() -> bytes:
    """The template's bytes; always the same."""
    layouts = [
        f"ppt/slideLayouts/slideLayout{at + 1}.xml" for at in range(len(LAYOUTS))
    ]
    kinds = {
        "ppt/presentation.xml": "presentationml.presentation.main",
        "ppt/slideMasters/slideMaster1.xml": "presentationml.slideMaster",
        "ppt/theme/theme1.xml": "theme",
        "docProps/app.xml": "extended-properties",
        **{name: "presentationml.slideLayout" for name in layouts},
        **{
            f"ppt/{name}.xml": f"presentationml.{name}"
            for name in ("presProps", "viewProps", "tableStyles")
        },
    }
    names = [name.rpartition("/")[2] for name in layouts]
    members = {
        "[Content_Types].xml": _types(kinds),
        "_rels/.rels": _relations(
            ("rId1", "officeDocument", "ppt/presentation.xml"),
            ("rId2", "extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.'
        'org/officeDocument/2006/extended-properties"/>',
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": _relations(
            ("rId1", "slideMaster", "slideMasters/slideMaster1.xml"),
            ("rId2", "presProps", "presProps.xml"),
            ("rId3", "viewProps", "viewProps.xml"),
            ("rId4", "theme", "theme/theme1.xml"),
            ("rId5", "tableStyles", "tableStyles.xml"),
        ),
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            *(
                (f"rId{at}", "slideLayout", f"../slideLayouts/{name}")
                for at, name in enumerate(names, 1)
            ),
            (f"rId{len(names) + 1}", "theme", "../theme/theme1.xml"),
        ),
        **{path: _layout(name) for path, name in zip(layouts, LAYOUTS, strict=True)},
        **{
            f"ppt/slideLayouts/_rels/{name}.rels": _relations(
                ("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")
            )
            for name in names
        },
        "ppt/theme/theme1.xml": theme(),
        **_properties(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipped(name), text)
    return made.getvalue()


def write(path: Path) -> None:
    path.write_bytes(package())
