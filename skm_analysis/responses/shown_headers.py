"""Which headers are headers: a file without any begins with its first respondent.

A header is believed by what it says. Others are believed where most around them are,
and none at all where the row looks more like the answers of a person. Shown is then
what holds no word but those that questions and columns are made of.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum

from skm_analysis.responses.column_contents import ANSWERS, Contents, Form
from skm_analysis.responses.column_kinds import code_of, is_repeated, role_by_header
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.screening import (
    is_data,
    is_numbered,
    looks_like_name,
    may_be_shown,
)
from skm_analysis.responses.spelling import tidy
from skm_analysis.responses.vocabulary import is_about_service, is_of_known_words
from skm_analysis.responses.wordings import Match

_IDENTIFIER = re.compile(r"[A-Za-z@#$_][\w.@#$]{0,63}", re.ASCII)


class Belief(IntEnum):
    DATA = 0  # more likely what somebody answered
    UNKNOWN = 1
    LIKELY = 2  # about the service, over answers; or called so with words of its own
    CALLED = 3  # a column of a survey, by every word


def shown_headers(
    table: RawTable,
    counts: Sequence[Counter[str]],
    contents: Sequence[Contents],
    matches: Sequence[Match | None],
    words: frozenset[str],
) -> list[str]:
    """The headers that may be shown, "" for others; all "" where the row is none.

    `words` are those of the instruments' own questions. Where the names above a column
    may not be shown, its last one stands for it. The names of SPSS are certainly some:
    they stand apart from what people answered.
    """
    if table.variables:
        return [name if _IDENTIFIER.fullmatch(name) else "" for name in table.header]
    numbered = is_numbered([tidy(lower) for lower in table.lower])
    beliefs = [
        _belief(
            table.header[at], lower, counts[at], contents[at], matches[at], numbered
        )
        for at, lower in enumerate(table.lower)
    ]
    named = sum(map(bool, table.header))
    called = beliefs.count(Belief.CALLED)
    likely = called + beliefs.count(Belief.LIKELY)
    is_header = called >= 1 or likely >= 2
    if not is_header or 2 * likely < named or 3 * beliefs.count(Belief.DATA) >= likely:
        return [""] * len(beliefs)
    surely = called >= 3 and 3 * likely >= 2 * named
    least = Belief.UNKNOWN if surely else Belief.LIKELY
    return [
        _permitted(table, at, words) if name and belief >= least else ""
        for at, (name, belief) in enumerate(zip(table.header, beliefs, strict=True))
    ]


def _permitted(table: RawTable, at: int, words: frozenset[str]) -> str:
    name, lower = table.header[at], table.lower[at]
    if may_be_shown(name, words):
        return name
    alone = lower and positions(table.header, lower) == [at]
    return lower if alone and may_be_shown(lower, words) else ""


def _belief(
    name: str,
    lower: str,
    cells: Counter[str],
    contents: Contents,
    match: Match | None,
    numbered: bool,
) -> Belief:
    if not name:
        return Belief.UNKNOWN
    if code_of(name, lower) and (numbered or not lower.isdigit()):
        return Belief.CALLED
    called = role_by_header(name, lower)
    if (match and match.sure) or (called and is_of_known_words(lower or name)):
        return Belief.CALLED
    if is_data(lower or name, cells):
        return Belief.DATA
    answered = contents.form in {*ANSWERS, Form.EMPTY} or is_repeated(contents)
    if answered and (match or is_about_service(name)):
        return Belief.LIKELY
    if looks_like_name(name):
        return Belief.DATA
    return Belief.UNKNOWN
