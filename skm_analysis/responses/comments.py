"""What respondents wrote in their own words: masked, themed, for the partner only.

Nothing but the number of comments by theme, and paraphrases that a person approved,
goes further.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from skm_analysis.responses.columnar import spread
from skm_analysis.responses.columns import find_columns
from skm_analysis.responses.labels import NOTHING_SAID, THEMES
from skm_analysis.responses.masking import mask, masked_kinds, plain_letters
from skm_analysis.responses.odd_words import LONGEST, read_whole
from skm_analysis.responses.received import Received
from skm_analysis.responses.schema import (
    COMMENTS,
    PARAPHRASES,
    THEMED,
    empty_log,
    typed,
)
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.themes import propose_theme
from skm_analysis.study.comment_decisions import (
    CommentDecision,
    read_comment_decisions,
)
from skm_analysis.study.faults import Faults
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study

_CUT = " […]"
_WORD = re.compile(r"[^\W\d_]+")


class Comments(NamedTuple):
    """Columns as in `schema`."""

    comments: pd.DataFrame = empty_log(COMMENTS)  # masked; for the partner only
    themes: pd.DataFrame = empty_log(THEMED)  # of accepted responses, no words
    paraphrases: pd.DataFrame = empty_log(PARAPHRASES)  # approved to be printed


def decided_comments(
    places: Places, study: Study, received: Sequence[Received], *, whole: bool = True
) -> Comments:
    """The comments of all rows whose unit is known, with what was decided of them.

    `received` is judged already: `rows` has the reason of those that were set aside.
    Unless it is `whole`, a decision may wait for a comment that has not come.

    Raises StudyError for decisions on comments that are not there, and for paraphrases
    that may not be printed.
    """
    faults = Faults()
    decisions = read_comment_decisions(places, study, THEMES, faults)
    found = _decided(received, study, decisions, whole=whole)
    faults.raise_if_any()
    return found


def _decided(
    received: Sequence[Received],
    study: Study,
    decisions: Sequence[CommentDecision],
    *,
    whole: bool,
) -> Comments:
    known = _known_words(study)
    lines = [line for each in received for line in _lines(each, known)]
    frame = pd.DataFrame(lines, columns=list(_Line._fields))
    by_target = {each.target: each for each in decisions}
    _refuse_unfit(frame, decisions, known, whole=whole)
    decided = [_decision(line, by_target) for line in lines]
    themes = [
        each.theme if each else line.proposed
        for each, line in zip(decided, lines, strict=True)
    ]
    frame = frame.assign(
        theme=themes,
        status=["decided" if each else "proposed" for each in decided],
        release=[
            _release(each, line) for each, line in zip(decided, lines, strict=True)
        ],
    )
    if frame.empty:
        return Comments()
    said = (frame["reason"] == "") & (frame["theme"] != NOTHING_SAID)
    return Comments(
        comments=typed(frame, COMMENTS),
        themes=typed(frame[said].reset_index(drop=True), THEMED),
        paraphrases=_paraphrases(frame, decisions),
    )


class _Line(NamedTuple):
    response: str
    unit: str
    delivery: str
    reason: str
    comment: str
    proposed: str


def _lines(received: Received, known: frozenset[str]) -> Iterator[_Line]:
    at = find_columns(received.table, received.delivery).get("comment_column")
    if at is None:
        return
    masked = spread(received.table.column(at), lambda text: _masked(text, known))
    themes = spread(masked, propose_theme)
    rows = received.rows
    places = zip(rows["response"], rows["unit"], rows["reason"], strict=True)
    for (response, unit, reason), comment, theme in zip(
        places, masked.tolist(), themes.tolist(), strict=True
    ):
        if comment and unit:
            yield _Line(response, unit, received.name, reason, comment, theme)


def _masked(text: str, known: frozenset[str]) -> str:
    whole = read_whole(text)
    masked = mask(whole[: LONGEST + len(_CUT)], known)
    return masked if len(whole) <= LONGEST else f"{masked[:LONGEST]}{_CUT}"


def _known_words(study: Study) -> frozenset[str]:
    """Words of the study's own names: a unit's name is nobody's."""
    names = [study.title, study.institution, study.partner or "", study.place or ""]
    names += [unit.name for unit in study.units]
    return frozenset(_WORD.findall(" ".join(names).lower()))


def _decision(
    line: _Line, by_target: Mapping[tuple[str, str, str], CommentDecision]
) -> CommentDecision | None:
    """Of this comment, otherwise of its proposal in its unit, otherwise in all."""
    for target in (
        (line.response, "", ""),
        ("", line.unit, line.proposed),
        ("", "", line.proposed),
    ):
        if target in by_target:
            return by_target[target]
    return None


def _release(decision: CommentDecision | None, line: _Line) -> str:
    """What was released is this comment's own paraphrase, or its theme's."""
    released = decision is not None and decision.release == "paraphrase"
    return "paraphrase" if released and not line.reason else "no"


def _paraphrases(
    frame: pd.DataFrame, decisions: Iterable[CommentDecision]
) -> pd.DataFrame:
    """In the order in which they were decided; of comments that are there."""
    accepted = frame[frame["reason"] == ""]
    unit_of = dict(zip(accepted["response"], accepted["unit"], strict=True))
    there = set(zip(accepted["unit"], accepted["proposed"], strict=True))
    rows = [
        (unit_of.get(each.response, each.unit), each.theme, each.paraphrase)
        for each in decisions
        if each.release == "paraphrase"
        and (each.response in unit_of or (each.unit, each.proposed) in there)
    ]
    return typed(pd.DataFrame(rows, columns=list(PARAPHRASES)), PARAPHRASES)


def _refuse_unfit(
    frame: pd.DataFrame,
    decisions: Iterable[CommentDecision],
    known: frozenset[str],
    *,
    whole: bool,
) -> None:
    texts = dict(zip(frame["response"], frame["comment"], strict=True))
    reasons = dict(zip(frame["response"], frame["reason"], strict=True))
    proposals = frame.groupby(["unit", "proposed"])["comment"].agg(list).to_dict()
    for each in decisions:
        if whole and each.response and each.response not in texts:
            each.spot.fault(
                "tidak ada komentar dengan nomor respons itu.",
                "salin nomornya dari comments.csv di data/processed.",
            )
        if each.release != "paraphrase":
            continue
        if kinds := masked_kinds(each.paraphrase, known):
            each.spot.fault(
                f"parafrasa memuat data pribadi: {', '.join(sorted(kinds))}.",
                "tulis tanpa nama, nomor, dan alamat siapa pun.",
            )
        words = [texts[each.response]] if each.response in texts else []
        words += proposals.get((each.unit, each.proposed), [])
        if _bare(each.paraphrase) in set(map(_bare, words)):
            each.spot.fault(
                "parafrasa sama dengan komentarnya.",
                "tulis isinya dengan kata-kata sendiri.",
            )
        if reasons.get(each.response):
            each.spot.fault(
                "komentar dari kuesioner yang disisihkan tidak dicetak.",
                "tulis release no.",
            )


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(fold(plain_letters(text))))
