"""No-break spaces between words that belong on one line."""

from typing import Any

from babel.dates import get_month_names

from skm_analysis.report import nodes
from skm_analysis.report.marks import is_number
from skm_analysis.report.nodes import Node

NO_BREAK = "\u00a0"
_MONTHS = frozenset(get_month_names("wide", locale="id").values())
_BEFORE = frozenset({"TW", "Nomor", "Pasal", "="})
_SHORT = 4  # letters of a last word that does not stand alone


def bound(thing: Any) -> Any:
    """A copy in which a day keeps its month, a score its meaning, a word its mark.

    What a number shows is left as it is: the register repeats it.
    """
    if isinstance(thing, list):
        inner = [bound(each) for each in thing]
        for place in range(1, len(inner) - 1):
            if _is_space(inner[place]) and _belong(inner[place - 1], inner[place + 1]):
                inner[place] = _no_break()
        return inner
    if not isinstance(thing, dict) or ("t" in thing and is_number(thing)):
        return thing
    return {name: bound(value) for name, value in thing.items()}


def closed(words: list[Node]) -> list[Node]:
    """A caption whose last word, when as short as "95%", follows on the same line."""
    if len(words) < 3 or not _is_space(words[-2]):
        return words
    if len(nodes.text(words[-1])) > _SHORT:
        return words
    return [*words[:-2], _no_break(), words[-1]]


def _belong(before: Any, after: Any) -> bool:
    one, other = _word(before), _word(after)
    return (
        other in ("*", "=")
        or one in _BEFORE
        or (one.isdecimal() and len(one) <= 2 and other.rstrip(".,;:)") in _MONTHS)
    )


def _word(node: Any) -> str:
    known = isinstance(node, dict) and node.get("t") == "Str"
    return str(node["c"]) if known else ""


def _is_space(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Space"


def _no_break() -> Node:
    return {"t": "Str", "c": NO_BREAK}
