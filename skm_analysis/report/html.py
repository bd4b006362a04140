"""Pieces of a page as HTML, for JupyterLab: self-contained, nothing active."""

import base64
import re
from collections.abc import Sequence
from html import escape

import mistune

from skm_analysis.report.elements import (
    Absent,
    Bullets,
    Column,
    Emphasis,
    Figure,
    Group,
    Heading,
    Line,
    Number,
    Paragraph,
    Piece,
    Prose,
    Reference,
    Strong,
    Table,
)
from skm_analysis.report.nodes import clean

_CELL = "padding:.25em .7em;vertical-align:top;border-bottom:1px solid #8884"
_MUTED = "opacity:.75;font-size:.92em"
_NUMBER = f"{_CELL};text-align:right;white-space:nowrap"
_KEY = re.compile(r"\{[a-z_]+\.[^{}\s=&]*\}")
_LATER = "Kunci di dalam kurung kurawal menjadi angka ketika laporan disusun."
_LINK = "#"  # a reference: the label is known only in the whole report


def piece(shown: Piece) -> str:
    """The piece as a fragment of HTML; its text can never become markup."""
    match shown:
        case Heading():
            return f"<h{shown.level}>{line(shown.text)}</h{shown.level}>"
        case Paragraph():
            language = f' lang="{shown.language}"' if shown.language else ""
            key = _attribute(shown.key)
            return f'<p data-sentence="{key}"{language}>{line(shown.text)}</p>'
        case Prose():
            return _markdown(shown.markdown)
        case Bullets():
            mark = "ol" if shown.numbered else "ul"
            items = "".join(f"<li>{line(item)}</li>" for item in shown.items)
            return f"<{mark}>{items}</{mark}>"
        case Table():
            return _table(shown)
        case Figure():
            return _figure(shown)
        case Absent():
            reason = f"Tidak dicetak: {shown.reason}"
            return f'<p style="{_MUTED};font-style:italic">{_text(reason)}</p>'
        case Group():
            return "".join(piece(each) for each in shown.pieces)


def line(given: Line) -> str:
    parts = []
    for each in given:
        match each:
            case Number():
                key = _attribute(each.key)
                parts.append(f'<span data-key="{key}">{_text(each.shown)}</span>')
            case Strong(text):
                parts.append(f"<strong>{_text(text)}</strong>")
            case Emphasis(text):
                parts.append(f"<em>{_text(text)}</em>")
            case Reference(anchor):
                target = _attribute(_LINK + anchor)
                parts.append(f'<a href="{target}">{_kind(anchor)}</a>')
            case str():
                parts.append(_text(each))
    return "".join(parts)


def _kind(anchor: str) -> str:
    """What a reference points at; its number is given in the whole report."""
    if anchor.startswith("tab"):
        return "tabel ini"
    if anchor.startswith("lampiran"):
        return "lampiran laporan"
    return "gambar ini" if anchor.startswith(("gam", "fig")) else "bagian ini"


def _text(text: str) -> str:
    return escape(clean(text), quote=False)


def _attribute(text: str) -> str:
    return escape(clean(text))


def _markdown(markdown: str) -> str:
    made = str(mistune.create_markdown(escape=True)(clean(markdown)))
    shown, keys = _KEY.subn(lambda key: f"<code>{key[0]}</code>", made)
    return f'{shown}<p style="{_MUTED}">{_LATER}</p>' if keys else made


def _table(table: Table) -> str:
    heads = "".join(
        f'<th scope="col" style="{_CELL};text-align:{column.align}">'
        f"{_text(column.header)}</th>"
        for column in table.columns
    )
    rows = "".join(
        _row(table, row, strong=place in table.emphasised)
        for place, row in enumerate(table.rows)
    )
    return (
        f'<div id="{_attribute(table.anchor)}" style="overflow-x:auto;margin:1em 0">'
        '<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">'
        '<caption style="caption-side:top;text-align:left;padding:.3em 0">'
        f"<strong>Tabel.</strong> {line(table.caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"{_notes(table.notes)}</div>"
    )


def _row(table: Table, row: Sequence[Line], *, strong: bool) -> str:
    weight = ";font-weight:600" if strong else ""
    cells = "".join(
        f'<td style="{_place(column)}{weight}">{line(cell)}</td>'
        for column, cell in zip(table.columns, row, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _place(column: Column) -> str:
    """A number and its interval stay on one line; words may be broken."""
    return _NUMBER if column.align == "right" else f"{_CELL};text-align:{column.align}"


def _figure(figure: Figure) -> str:
    source = base64.b64encode(figure.svg.encode()).decode()
    return (
        f'<figure id="{_attribute(figure.anchor)}" style="margin:1em 0">'
        f'<img src="data:image/svg+xml;base64,{source}" alt="{_attribute(figure.alt)}" '
        f'style="width:{figure.width_cm:g}cm;max-width:100%;background:#fff">'
        f"<figcaption><strong>Gambar.</strong> {line(figure.caption)}</figcaption>"
        f"{_notes(figure.notes)}</figure>"
    )


def _notes(notes: Sequence[Line]) -> str:
    return "".join(f'<div style="{_MUTED}">{line(note)}</div>' for note in notes)
