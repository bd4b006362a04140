"""Hostile values: the project's own few, and the shared list where it is there.

Each is an entry with an id. `entries` gives those of one kind or group for
`pytest.mark.parametrize`; `test_every_entry.py` sees to it that none is passed over.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared" / "hostile" / "hostile_inputs.json"
DECISIONS = HERE.parents[2] / "docs" / "decisions" / "hostile.md"

# Beginning of what the shared list calls a threat -> the group that is tested alike.
GROUPS = {
    "CWE-1236": "formula",
    "CWE-79": "html",
    "Markdown/pandoc": "markdown",
    "LaTeX": "latex",
    "Typst": "typst",
    "Unicode": "unicode",
    "silent truncation": "size",
    "layout": "size",
    "parser blow-up": "size",
    "wrong counts": "word",
    "silent missing data": "word",
    "Personal data": "personal",
}
KINDS = (
    *("text_cell", "number", "header", "csv_bytes", "xlsx_file", "xlsx_cell"),
    *("date", "id", "file_name", "unit_name"),
)
# Recipes of long texts, worked out.
LONG = {
    '"y" * 40_000': "y" * 40_000,
    '"\\n" * 50_000': "\n" * 50_000,
    '"[" * 20_000 + "]" * 20_000': "[" * 20_000 + "]" * 20_000,
}


class Entry(NamedTuple):
    """One hostile value; `group` is its kind, or what a text would like to be."""

    id: str
    kind: str
    group: str
    expect: str
    value: str | None  # None where the case is built
    data: bytes
    score: int | None
    is_own: bool


def entries(kind: str, *groups: str, but: Iterable[str] = ()) -> list[Any]:
    """Parameters with their ids; one that skips where the shared list is not there."""
    left = set(but)
    found = [
        pytest.param(entry, id=entry.id)
        for entry in (*own(), *shared())
        if entry.kind == kind
        and (not groups or entry.group in groups)
        and entry.id not in left
    ]
    if not SHARED.is_file():
        mark = pytest.mark.skip(reason="the shared list is not beside this project")
        found.append(pytest.param(None, id="shared", marks=mark))
    return found


def own() -> tuple[Entry, ...]:
    return _read(HERE / "own_values.json", is_own=True)


def shared() -> tuple[Entry, ...]:
    return _read(SHARED, is_own=False) if SHARED.is_file() else ()


def _read(path: Path, *, is_own: bool) -> tuple[Entry, ...]:
    told = json.loads(path.read_text(encoding="utf-8"))["inputs"]
    return tuple(_entry(each, is_own) for each in told)


def _entry(told: dict[str, Any], is_own: bool) -> Entry:
    group = told.get("group", told["kind"])
    if told["kind"] == "text_cell" and not is_own:
        known = (name for start, name in GROUPS.items() if _begins(told, start))
        group = next(known, "")
    return Entry(
        id=told["id"],
        kind=told["kind"],
        group=group,
        expect=told["expect"],
        value=told.get("value", LONG.get(told.get("recipe", ""))),
        data=bytes.fromhex(told.get("value_hex", "")),
        score=told.get("expect_value"),
        is_own=is_own,
    )


def _begins(told: dict[str, Any], start: str) -> bool:
    return bool(told["threat"].startswith(start))
