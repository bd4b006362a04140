"""Lines of TOML. A JSON string or list is a TOML one too."""

import json
from collections.abc import Mapping
from datetime import date

Value = str | int | float | bool | date | list[str]


def written(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def pair(key: str, value: Value) -> str:
    bare = key.replace("_", "").replace("-", "")
    name = key if bare.isascii() and bare.isalnum() else written(key)
    return f"{name} = {written(value)}"


def table(name: str, values: Mapping[str, Value]) -> list[str]:
    """A [table] with its keys; nothing at all when there are none."""
    if not values:
        return []
    return [f"[{name}]", *(pair(key, value) for key, value in values.items())]
