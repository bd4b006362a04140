"""Which item a question is, by its wording, and how sure that is.

Sure is only what leaves no word unexplained: the wording of an instrument, but for a
slip, or a question that names one unsur and nothing beside it. "Biaya parkir" names
biaya, but parking is another matter: a person looks at it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from skm_analysis.responses.naming import JOINT
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.vocabulary import concepts, content, unexplained
from skm_analysis.study.records import Item

SURE = 0.9  # from here on a proposal needs no second look
LIKELY = 0.5  # below, nothing is proposed
_EXACT, _NEAR, _EXPLAINED = 1.0, 0.97, 0.95
_ALIKE = 92.0  # of 100: wordings but for a slip
_AHEAD = 8.0  # by which the best must lead the next
# KoboToolbox writes the groups of a question before its label.
_GROUPS = re.compile(
    r"^(?:(?:[a-z]+_|gr[ou]+p|unsur)\w*/)+|^(?:\w+/)+(?=[uqp]\d{1,2}[\s_])"
)
_CODE = re.compile(
    r"^\s*(?:[a-z]{0,2}\s?\d{1,2}|[a-z])\s*[.):\-–]\s*|^[uqp]\d{1,2}[\s_]+"
)


class Match(NamedTuple):
    key: str
    certainty: float  # 0 to 1

    @property
    def sure(self) -> bool:
        return self.certainty >= SURE


def question_of(header: str) -> str:
    """The question in a header: without number, code, scale and the grid it stood in.

    >>> question_of("U1. Persyaratan (1 = tidak sesuai)")
    'persyaratan'
    >>> question_of("Penilaian Anda [Prosedur Pelayanan]")
    'prosedur pelayanan'
    >>> question_of("grup_unsur/4. Kewajaran biaya/tarif")
    'kewajaran biaya/tarif'
    >>> question_of("unsur/u1_persyaratan"), question_of("penilaian/q4_biaya")
    ('persyaratan', 'biaya')
    """
    text = fold(header)
    above, _, below = text.rpartition(JOINT)
    if above and len(re.findall(r"[^\W\d_]", below)) >= 3:
        text = below  # the lowest of several header rows
    grid = re.fullmatch(r".+\[([^\[\]]{4,})\]", text)
    if grid and not re.fullmatch(r"[\w.]*\d", grid[1]):
        text = grid[1]
    text = re.sub(r"\([^()]*\d\s*[=:–-][^()]*\)", " ", text)
    text = re.sub(r"\[[^\[\]]*\]", " ", text)
    return fold(_CODE.sub("", _GROUPS.sub("", fold(text))))


def best_match(header: str, items: Sequence[Item]) -> Match | None:
    """The item that a header asks for; None where nothing is likely enough."""
    question = question_of(header)
    told = concepts(question)
    scored = sorted(
        ((_certainty(question, told, item, items), item.key) for item in items),
        reverse=True,
    )
    if not scored or scored[0][0] < LIKELY:
        return None
    (certainty, key), *others = scored
    if others and others[0][0] == certainty:
        return None
    return Match(key, round(certainty, 2))


def _certainty(
    question: str, told: set[str], item: Item, items: Sequence[Item]
) -> float:
    wordings = [item.question, item.label]
    bare = _bare(question)
    if bare and bare in map(_bare, wordings):
        return _EXACT
    asked = content(question)
    alike = max(_likeness(asked, wording) for wording in wordings)
    about = _concepts_of(item)
    others = [other for other in items if other.key != item.key]
    if alike >= _ALIKE and (not told or told <= about):
        next_best = max((_likeness_to(asked, other) for other in others), default=0.0)
        return _NEAR if alike - next_best >= _AHEAD else 0.6
    shared = told & about
    if not shared:
        return 0.6 if alike >= 85 and not told else 0.0
    rivals = [other for other in others if shared & _concepts_of(other)]
    rest = unexplained(question, min(shared))
    if len(told) == 1 and not rest and not rivals:
        return _EXPLAINED
    lead = alike / 1000  # among several that are likely, the more alike wording
    if len(told) > 1:
        return 0.5 + lead if len(rest) <= 1 else 0.4
    return (0.75 if len(rest) <= 1 else 0.6) + lead - (0.1 if rivals else 0)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _likeness(asked: str, wording: str) -> float:
    other = content(question_of(wording))
    return float(fuzz.token_sort_ratio(asked, other)) if asked and other else 0.0


def _likeness_to(asked: str, item: Item) -> float:
    return max(_likeness(asked, item.question), _likeness(asked, item.label))


def _concepts_of(item: Item) -> set[str]:
    """What the item's name says that it is about.

    Of an indicator of the unit's own, which may add a word to one of the regulation's,
    its wording alone tells.
    """
    if item.unsur == item.key:
        return {item.key}
    told = concepts(item.label)
    return told if len(told) == 1 and not unexplained(item.label, min(told)) else set()
