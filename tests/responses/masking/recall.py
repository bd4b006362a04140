"""How many of the made-up remarks the masks hide, how many harmless ones they touch.

Run by itself it prints the tables of `docs/komentar.md`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import held_out
import sentences
from sentences import Remark

from skm_analysis.responses.masking import mask, plain_letters

_WORD = re.compile(r"[^\W_]+")
_SECRET = re.compile(r"⟦(.*?)⟧")


class Recall(NamedTuple):
    kind: str
    hidden: int
    of: int


def survivors(marked: str) -> list[str]:
    """Words of the secrets that can still be read, if they stand nowhere else."""
    shown = _words(mask(marked.replace("⟦", "").replace("⟧", "")))
    beside = _words(_SECRET.sub(" ", marked))
    secret = _words(" ".join(_SECRET.findall(marked)))
    return sorted((secret & shown) - beside)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(plain_letters(text).casefold()))


def recall(remarks: Sequence[Remark]) -> list[Recall]:
    """By kind, and in all at the end; a remark counts only if no word of it is left."""
    of = Counter(each.kind for each in remarks)
    hidden = Counter(each.kind for each in remarks if not survivors(each.marked))
    rows = [Recall(kind, hidden[kind], many) for kind, many in of.items()]
    return [*rows, Recall("seluruhnya", hidden.total(), of.total())]


def touched(harmless: Sequence[str]) -> list[str]:
    """Harmless remarks in which something was hidden."""
    return [text for text in harmless if mask(text) != plain_letters(text)]


def tables() -> str:
    """As they stand in the page."""
    lists = (
        sentences.remarks(),
        [Remark(*each) for each in held_out.REMARKS],
        [Remark(*each) for each in held_out.LAST],
    )
    found = [{row.kind: row for row in recall(each)} for each in lists]
    lines = [
        "| jenis | disusun bersama | ditahan, setelah diperbaiki | ditahan terakhir |",
        "|---|---|---|---|",
    ]
    for kind in found[0]:
        cells = " | ".join(f"{row[kind].hidden} dari {row[kind].of}" for row in found)
        lines.append(f"| {kind} | {cells} |")
    for name, harmless in (
        ("komentar biasa", sentences.HARMLESS),
        ("komentar biasa, ditahan", held_out.HARMLESS),
    ):
        many = f"{len(touched(harmless))} dari {len(harmless)}"
        lines.append(f"| {name}: tersentuh topeng | {many} | | |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(tables())
