"""Colours, fonts and fills of the hand-over deck, as PowerPoint wants them told."""

_ACCENT = "0B4F6C"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SPACES = (
    f'xmlns:a="{_DRAWING}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_FONT = "Arial"  # with others of the same widths where it is not installed
_COLOURS = {
    "dk1": "1C2733",
    "lt1": "FFFFFF",
    "dk2": _ACCENT,
    "lt2": "F1F5F8",
    "accent1": _ACCENT,
    "accent2": "C8553D",
    "accent3": "51606E",
    "accent4": "3C8D7F",
    "accent5": "8A6F2A",
    "accent6": "8A1C1C",
    "hlink": _ACCENT,
    "folHlink": "51606E",
}


def theme() -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in _COLOURS.items()
    )
    font = f'<a:latin typeface="{_FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{_DRAWING}" name="SKM"><a:themeElements>'
        f'<a:clrScheme name="SKM">{colours}</a:clrScheme>'
        f'<a:fontScheme name="SKM"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="SKM"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
