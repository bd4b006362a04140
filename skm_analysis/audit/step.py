"""One step of an audit: what was held against what, and what was left aside."""

from collections.abc import Mapping
from typing import NamedTuple


class Step(NamedTuple):
    """What a step compared, what speaks against the edition, what it did not look at.

    `told` says in Indonesian, with the numbers of `counts`, what was compared.
    """

    name: str
    title: str
    told: str
    counts: Mapping[str, int]
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.findings


def dotted(count: int) -> str:
    """A count as Indonesians write it.

    >>> dotted(5705)
    '5.705'
    """
    return f"{count:,}".replace(",", ".")
