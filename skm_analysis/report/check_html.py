"""The parts of the page of a check: numbers that tell where they stand, tables."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from skm_analysis.report.formatting import count, decimal, percent, signed
from skm_analysis.report.nodes import clean

NOTHING = "–"


class Cell(NamedTuple):
    """One cell: finished HTML, and a mark for the style sheet."""

    html: str
    mark: str = ""


Row = Sequence[str | Cell]


def text(given: str) -> str:
    return escape(clean(given))


def whole(place: str, value: int | None) -> str:
    return NOTHING if value is None else _data(place, value, count(value))


def share(place: str, value: float | None) -> str:
    return NOTHING if value is None else _data(place, value, percent(value))


def points(place: str, value: float | None) -> str:
    return NOTHING if value is None else _data(place, value, decimal(value, 2))


def change(place: str, value: float | None) -> str:
    return NOTHING if value is None else _data(place, value, signed(value, 2))


def _data(place: str, value: float, shown: str) -> str:
    """A number as it is shown and as it is; `place`: where it stands in the JSON."""
    return f'<data value="{value}" data-place="{text(place)}">{shown}</data>'


def section(anchor: str, title: str, *parts: str) -> str:
    return (
        f'<section aria-labelledby="{anchor}">\n'
        f'<h2 id="{anchor}">{text(title)}</h2>\n' + "\n".join(parts) + "\n</section>"
    )


def paragraph(html: str, mark: str = "") -> str:
    return f'<p class="{mark}">{html}</p>' if mark else f"<p>{html}</p>"


def details(title: str, html: str) -> str:
    """What is shown when it is asked for."""
    return f"<details><summary>{text(title)}</summary>\n{html}\n</details>"


def bullets(items: Iterable[str], mark: str = "") -> str:
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="{mark}">{inner}</ul>' if mark else f"<ul>{inner}</ul>"


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Row],
    *,
    words: int = 1,
    total: Sequence[str] = (),
) -> str:
    """A table that scrolls within its frame; the first column heads each row.

    `words`: so many columns from the left hold words, the others numbers.
    """
    head = "".join(
        f'<th scope="col"{_number(place >= words)}>{text(name)}</th>'
        for place, name in enumerate(heads)
    )
    body = "\n".join(f"<tr>{_row(row, words)}</tr>" for row in rows)
    foot = f"<tfoot><tr>{_row(total, words)}</tr></tfoot>" if total else ""
    label = text(caption)
    return (
        f'<div class="gulir" role="region" tabindex="0" aria-label="{label}">\n'
        f"<table><caption><span>{label}</span></caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>{foot}</table></div>"
    )


def _row(cells: Row, words: int) -> str:
    first, *others = (each if isinstance(each, Cell) else Cell(each) for each in cells)
    made = [f'<th scope="row">{first.html}</th>']
    for place, cell in enumerate(others, 1):
        made.append(f"<td{_number(place >= words, cell.mark)}>{cell.html}</td>")
    return "".join(made)


def _number(is_number: bool, mark: str = "") -> str:
    marks = " ".join(each for each in ("angka" if is_number else "", mark) if each)
    return f' class="{marks}"' if marks else ""
