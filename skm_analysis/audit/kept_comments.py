"""What an edition keeps of comments: their themes, and where they were asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple


class Theme(NamedTuple):
    """What one comment is about, and whether a person said so."""

    theme: str
    status: str


def themes(rows: Iterable[Mapping[str, str]]) -> dict[str, Theme]:
    """By response number."""
    return {row["response"]: Theme(row["theme"], row["status"]) for row in rows}


def commented(
    document: Mapping[str, Any], asked: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Units and sources with a delivery in force that has a column for comments.

    `asked`: the items of each unit, by which a delivery that names none is told.
    """
    deliveries = document.get("delivery", ())
    gone = {each["replaces"] for each in deliveries if "replaces" in each}
    for each in deliveries:
        if "comment_column" not in each or each["file"] in gone:
            continue
        named = {each["unit"]} if "unit" in each else {*each.get("units", {}).values()}
        for unit, items in asked.items():
            if unit in named or (not named and set(items) <= each["columns"].keys()):
                yield unit, each.get("source", "external")
