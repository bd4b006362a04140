"""The register: every number that the report shows, and the row it comes from."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isclose
from pathlib import Path

from skm_analysis.errors import SkmError
from skm_analysis.estimates.rows import COLUMNS as ESTIMATE_COLUMNS
from skm_analysis.estimates.rows import Row, make_key
from skm_analysis.report import companions, nodes
from skm_analysis.report.blocks import FIGURE, SENTENCE, TABLE
from skm_analysis.report.document import Document
from skm_analysis.report.marks import is_number
from skm_analysis.report.nodes import Node

COLUMNS = (
    "key",
    "shown",
    "kind",
    "value",
    "numerator",
    "denominator",
    "se",
    "ci_low",
    "ci_high",
    "n",
    "method",
    "rounding",
    "notebook",
    "cell",
    "function",
    "inputs",
    "places",
)
# What an estimate divides by its respondents.
_DIVIDED = {"share": "share_count", "profile": "profile_count"} | {
    "nrr": "sum",
    "nrr_unweighted": "sum",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One key in one way of showing it, with all places where it stands."""

    key: str
    shown: str
    kind: str
    value: str
    rounding: str
    notebook: str
    cell: str
    function: str
    places: tuple[str, ...]


def collect(document: Document) -> list[Shown]:
    """Every number that report, sheets and deck show, in order of key.

    Raises
    ------
    SkmError
        A key is shown with two different texts at the same rounding, or is of an
        estimate that is withheld.
    """
    found: dict[tuple[str, str], Shown] = {}
    everywhere = [*document.blocks, *companions.blocks(document)]
    for node, place in _numbers(everywhere, ""):
        told = nodes.values(node)
        shown = nodes.text(node["c"][1])
        index = (told["key"], shown)
        before = found.get(index)
        places = before.places if before else ()
        if place not in places:
            places = (*places, place)
        found[index] = Shown(
            told["key"],
            shown,
            told["kind"],
            told.get("value", ""),
            _rounding(told),
            before.notebook if before else told.get("notebook", ""),
            before.cell if before else told.get("cell", ""),
            before.function if before else told.get("function", ""),
            places,
        )
    listed = sorted(found.values(), key=lambda each: (each.key, each.shown))
    _refuse_two_texts(listed)
    _refuse_withheld(document, listed)
    return listed


def _rounding(told: dict[str, str]) -> str:
    if "places" not in told:
        return ""
    ways = [way for way in ("percent", "english") if way in told]
    return " ".join((told["places"], *ways))


def _numbers(blocks: Iterable[Node] | object, place: str) -> Iterable[tuple[Node, str]]:
    """Numbers with the anchor of the heading, table, figure or sentence they are in."""
    here = place
    for node in blocks if isinstance(blocks, list | tuple) else [blocks]:
        if isinstance(node, list):
            yield from _numbers(node, here)
        elif isinstance(node, dict):
            if is_number(node):
                yield node, here
                continue
            if node.get("t") == "Header":
                here = node["c"][1][0]
            yield from _numbers(list(node.values()), _place(node, here))


def _place(node: Node, here: str) -> str:
    if node.get("t") != "Div":
        return here
    marks = nodes.classes(node)
    if TABLE in marks or FIGURE in marks:
        anchor: str = node["c"][0][0]
        return anchor
    return nodes.values(node)["key"] if SENTENCE in marks else here


def _refuse_two_texts(listed: Sequence[Shown]) -> None:
    seen: dict[tuple[str, str], Shown] = {}
    for each in listed:
        other = seen.setdefault((each.key, each.rounding), each)
        if other.shown != each.shown and each.kind != "verdict":
            raise SkmError(
                f"angka {each.key} tampil sebagai '{other.shown}' di "
                f"{other.places[0]} dan sebagai '{each.shown}' di {each.places[0]}.\n"
                "  satu angka hanya boleh dibulatkan dengan satu cara.\n"
                "  periksa fungsi yang membuat kedua tempat itu."
            )


def _refuse_withheld(document: Document, listed: Sequence[Shown]) -> None:
    """The last door: what estimation withholds is printed nowhere, whoever asks."""
    for each in listed:
        row = document.estimates.get(each.key.partition(":")[0])
        if row is not None and "suppressed" in row.flags:
            raise SkmError(
                f"angka {each.key} di {each.places[0]} harus ditahan, tetapi tampil.\n"
                "  yang diharapkan: hanya angka yang boleh diumumkan\n"
                "  periksa fungsi yang membuat tempat itu."
            )


def register_csv(document: Document, shown: Sequence[Shown]) -> bytes:
    return _csv(COLUMNS, (_line(document, each) for each in shown))


def _line(document: Document, each: Shown) -> list[str]:
    name, _, part = each.key.partition(":")
    row = document.estimates.get(name)
    low, high, se, n, method = _columns(None if part else row)
    inputs = "estimates.csv" if row is not None else ""
    return [
        each.key,
        each.shown,
        each.kind,
        each.value,
        *_ratio(document, None if part else row),
        se,
        low,
        high,
        n,
        method,
        each.rounding,
        each.notebook,
        each.cell,
        each.function,
        inputs,
        " ".join(each.places),
    ]


def _ratio(document: Document, row: Row | None) -> tuple[str, str]:
    """The sum or count that an unweighted estimate divides, and by what; or nothing.

    A weighted estimate is no such ratio, and an index of several items neither.
    """
    if row is None or row.measure not in _DIVIDED or not row.n or row.value is None:
        return "", ""
    counted = _DIVIDED[row.measure]
    key = make_key(row.scope, row.unit, counted, row.item, row.category, row.part)
    above = document.estimates.get(key)
    if above is None or above.value is None or "suppressed" in above.flags:
        return "", ""
    if not isclose(above.value / row.n, row.value, rel_tol=1e-12, abs_tol=1e-15):
        return "", ""
    return f"{above.value:.15g}", _told(row.n)


def _columns(row: Row | None) -> tuple[str, str, str, str, str]:
    if row is None:
        return "", "", "", "", ""
    return (
        _told(row.ci_low),
        _told(row.ci_high),
        _told(row.se),
        _told(row.n),
        row.method,
    )


def published_csv(document: Document) -> bytes:
    """The estimates that may be known, in the columns of estimates.csv."""
    return _csv(
        ESTIMATE_COLUMNS,
        (
            [_told(getattr(row, column)) for column in ESTIMATE_COLUMNS]
            for row in document.estimates
            if "suppressed" not in row.flags
        ),
    )


def write(document: Document, folder: Path) -> list[Shown]:
    """`register.csv` and `published.csv` in `folder`; returns what is shown."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = collect(document)
    (folder / "register.csv").write_bytes(register_csv(document, shown))
    (folder / "published.csv").write_bytes(published_csv(document))
    return shown


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
