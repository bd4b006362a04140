"""Which column a name means that the study gives.

The whole name comes first. A tool may put something around it: the upper header rows
("Unsur / U1"), the groups of a form ("grup/u1", KoboToolbox), the question behind its
code ("U1. Bagaimana …", LimeSurvey). The bare name then means the column as well, where
it means only one; what means several is for the caller to refuse.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from skm_analysis.responses.spelling import fold

JOINT = " / "  # between the names of one column in several header rows
_CODE = re.compile(r"([a-z]\w*(?:\[\w+\])*)\. ?\S.*", re.DOTALL)
_AGAIN = re.compile(r" \(\d+\)$")


def count_named(names: Iterable[str], wanted: Collection[str]) -> int:
    """How many of the names `wanted` mean a column among `names`."""
    told = {fold(name) for name in names}
    for name in [name for name in told if "/" in name or "." in name]:
        told.update(each for level in _levels(name) for each in level)
    return sum(key in told for key in {fold(name) for name in wanted})


def positions(names: Sequence[str], wanted: str) -> list[int]:
    """The columns that `wanted` means: by their whole names, otherwise by a part.

    `names` as `distinct` made them: a second "U1" reads "U1 (2)", and is found as well.

    >>> positions(["Kinerja / U1", "Kinerja / U2"], "u2")
    [1]
    >>> positions(["Kinerja / U1", "Harapan / U1"], "U1")
    [0, 1]
    >>> positions(["grup_a/u1", "U2. Bagaimana prosedurnya?"], "U2")
    [1]
    """
    key = fold(wanted)
    folded = [fold(name) for name in names]
    if key in folded:
        return [
            folded.index(key),
            *(i for i, name in enumerate(folded) if name != key and _base(name) == key),
        ]
    there = set(folded)
    bases = [_base(name) if _base(name) in there else name for name in folded]
    levels = [list(_levels(name)) for name in bases]
    for level in range(max(map(len, levels), default=0)):
        found = [i for i, each in enumerate(levels) if key in each[level]]
        if found:
            return found
    return []


def _levels(name: str) -> Iterator[list[str]]:
    """What a folded column name can be called, the most of it first."""
    yield [name]
    yield _endings(name, JOINT)
    yield _endings(name, "/")
    last = name.rsplit(JOINT, 1)[-1]
    yield [found[1]] if (found := _CODE.fullmatch(last)) else []


def _endings(name: str, joint: str) -> list[str]:
    parts = name.split(joint)
    return [joint.join(parts[i:]).strip() for i in range(1, len(parts))]


def _base(name: str) -> str:
    return _AGAIN.sub("", name)
