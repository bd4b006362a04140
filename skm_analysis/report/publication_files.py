"""A publication sheet as PDF/UA-1 and as a picture, each of one page, by Typst."""

import re
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from skm_analysis.errors import SkmError
from skm_analysis.report import nodes
from skm_analysis.report.elements import Line
from skm_analysis.report.marks import line_nodes
from skm_analysis.report.pdf import drawn, fonts_folder
from skm_analysis.report.publication import THANKS, Sheet
from skm_analysis.report.typst_text import inlines, literal
from skm_analysis.study.branding import Logo

SUFFIX = "-publikasi"
STANDARDS: Any = ["a-3a", "ua-1"]
PIXELS_PER_INCH = 150.0
_NOTHING = "none"
# Both limits stand on one line.
_INTERVAL = re.compile(r'#angka\([^;]*\);#"–";#angka\([^;]*\);')


def write(
    sheet: Sheet,
    folder: Path,
    *,
    banner: str,
    author: str,
    epoch: int,
    logos: Sequence[Logo] = (),
) -> None:
    """`UNIT-publikasi.pdf` and `.png` in `folder`; the same bytes for the same sheet.

    Raises
    ------
    SkmError
        Typst refuses or warns, or the sheet does not fit on one page.
    """
    with tempfile.TemporaryDirectory() as name:
        # A fresh folder with copies only: Typst follows links and reads all below.
        root = Path(name)
        asset = resources.files("skm_analysis.report") / "assets" / "publication.typ"
        (root / "publication.typ").write_bytes(asset.read_bytes())
        for place, logo in enumerate(logos):
            (root / _picture(place, logo)).write_bytes(logo.data)
        text = source(sheet, banner=banner, author=author, logos=logos)
        (root / "lembar.typ").write_text(text, encoding="utf-8")
        made = _compiled(root, sheet, epoch)
    for ending, data in made.items():
        (folder / f"{sheet.unit}{SUFFIX}.{ending}").write_bytes(data)


def _compiled(root: Path, sheet: Sheet, epoch: int) -> dict[str, bytes]:
    try:
        compiler = typst.Compiler(
            str(root / "lembar.typ"),
            root=str(root),
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
        paper, warnings = compiler.compile_with_warnings(
            pdf_standards=STANDARDS, timestamp=epoch
        )
        picture = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    except typst.TypstError as error:
        raise _refused(sheet, error.message) from None
    if warnings:
        raise _refused(sheet, warnings[0].message)
    if not isinstance(paper, bytes) or not isinstance(picture, bytes):
        raise _refused(sheet, "isinya tidak muat pada satu halaman")
    return {"pdf": paper, "png": picture}


def _refused(sheet: Sheet, why: str) -> SkmError:
    return SkmError(
        f"lembar publikasi {sheet.unit} tidak dapat dibuat: {why}\n"
        "  yang diharapkan: satu halaman dengan semua huruf dan logonya\n"
        "  periksa nama unit dan berkas logo di branding/; selain itu, laporkan "
        "pesan ini."
    )


@cache
def _fonts() -> typst.Fonts:
    """Read once: thirty sheets would read them thirty times."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(fonts_folder())])


def _picture(place: int, logo: Logo) -> str:
    return f"logo-{place + 1}{logo.ending}"


def source(
    sheet: Sheet, *, banner: str, author: str, logos: Sequence[Logo] = ()
) -> str:
    """The sheet in Typst; text from data only as string literals."""
    title = f"Publikasi IKM {sheet.name} Tahun {sheet.year}"
    parts = [
        f"#pita({_content(banner)})",
        f"#kepala({_logos(logos)}, {_content(sheet.institution)}, "
        f"{_content(sheet.name)}, {_content(str(sheet.year))})",
        _result(sheet),
        *(f"#catatan({_line(note)})" for note in sheet.notes),
        "#v(1fr)",
        f"#terima-kasih({_content(THANKS)})",
    ]
    inner = "\n".join(parts)
    return (
        '#import "publication.typ": *\n'
        f"#show: dasar.with({_text(title)}, {_text(author)})\n"
        f"#muat[\n{inner}\n]\n"
    )


def _result(sheet: Sheet) -> str:
    period = _content(sheet.period)
    if sheet.index is None:
        return f"#tanpa-nilai({_line(sheet.reason)}, {period})"
    letter = _line(sheet.letter)
    marked = _content(sheet.marked)
    left = f"hasil({_line((sheet.index,))}, {letter}, {_content(sheet.meaning)}, "
    groups = "".join(
        f"({_content(label)}, ("
        + "".join(f"({_line(band.name)}, {_line(band.count)}), " for band in bands)
        + ")), "
        for label, bands in sheet.groups
    )
    return (
        "#kotak((1fr, 1.25fr),\n"
        f"{left}{marked}),\n"
        f"responden({_line(sheet.service)}, {_line(sheet.respondents)}, ({groups}), "
        f"{period}))"
    )


def _logos(logos: Sequence[Logo]) -> str:
    told = "".join(
        f"image({literal(_picture(place, logo))}, alt: {_text(logo.alt)}, "
        'height: 5em, fit: "contain"), '
        for place, logo in enumerate(logos)
    )
    return f"({told})"


def _text(text: str) -> str:
    return literal(drawn(nodes.clean(text)))


def _content(text: str) -> str:
    return f"[#{_text(text)}]" if text else _NOTHING


def _line(line: Line) -> str:
    if not line:
        return _NOTHING

    def drawable(node: nodes.Node) -> nodes.Node | None:
        return {"t": "Str", "c": drawn(node["c"])} if node["t"] == "Str" else None

    text = inlines(nodes.walk(line_nodes(line, ""), drawable))
    return "[" + _INTERVAL.sub(r"#box[\g<0>];", text) + "]"
