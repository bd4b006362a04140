"""TOML as `tomllib` reads it, for the files that the program writes for people."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def toml(document: Mapping[str, Any], *, notes: Mapping[str, str] | None = None) -> str:
    """`document` as TOML; `notes` are comments before the first table of that name.

    >>> unit = {"id": "a", "strata": {"Loket 1": 4}}
    >>> print(toml({"format": 1, "unit": [unit]}), end="")
    format = 1
    <BLANKLINE>
    [[unit]]
    id = "a"
    <BLANKLINE>
    [unit.strata]
    "Loket 1" = 4
    """
    return "\n".join(_lines(document, "", notes or {})).lstrip("\n") + "\n"


def entry(key: str, value: Any) -> str:
    """One line.

    >>> entry("Loket 1", 4), aside("Loket 1", 4)
    ('"Loket 1" = 4', '# "Loket 1" = 4')
    """
    return toml({key: value}).strip()


def aside(key: str, value: Any) -> str:
    """The same as a comment: to be taken in by removing the sign."""
    return f"# {entry(key, value)}"


def _lines(
    table: Mapping[str, Any], path: str, notes: Mapping[str, str]
) -> Iterator[str]:
    inner = {key: value for key, value in table.items() if _is_tables(value)}
    for key, value in table.items():
        if key not in inner:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in inner.items():
        name = f"{path}{_key(key)}"
        note = [f"# {line}" for line in notes.get(name, "").splitlines()]
        many = isinstance(value, list)
        for number, each in enumerate(value if many else [value]):
            yield from ("", *(note if number == 0 else ()))
            yield f"[[{name}]]" if many else f"[{name}]"
            yield from _lines(each, f"{name}.", notes)


def _is_tables(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) for each in value)
    return isinstance(value, dict)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: object) -> str:
    match value:
        case str():
            # JSON escapes what TOML wants escaped, except the delete character.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return str(value).lower()
        case int() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(_value(each) for each in value)}]"
    raise TypeError(f"no TOML for {type(value).__name__}")
