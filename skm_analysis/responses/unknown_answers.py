"""Answers in letters or words to which nobody gave a score."""

import re
from collections import Counter

from skm_analysis.responses.columns import find_columns
from skm_analysis.responses.parsing import AnswerReader, Kind
from skm_analysis.responses.received import Received
from skm_analysis.responses.screening import OFTEN
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.responses.value_labels import answer_texts
from skm_analysis.responses.vocabulary import ABBREVIATED, is_answer_wording
from skm_analysis.study.records import Study

MOST_NAMED = 8
_LETTER = re.compile(r"\(?[a-j][.)]?")


def unknown_answers(study: Study, received: Received) -> dict[str, int]:
    """Answers by how they are written, the most frequent first.

    Only letters and words of which answers are made, and only what stands in three
    cells or more: anything else may be somebody's own words.
    """
    table, delivery = received.table, received.delivery
    columns = find_columns(table, delivery).items
    found: Counter[str] = Counter()
    for name in received.scores:
        instrument = study.instruments[name]
        for item in instrument.items:
            reader = AnswerReader.of(delivery, instrument, item)
            column = answer_texts(table, columns[item.key], reader).column
            counts = column.counts.tolist()
            for text, count in zip(column.texts, counts, strict=True):
                if _is_unknown(text, reader):
                    found[tidy(text)] += count
    return {x: n for x, n in found.most_common(MOST_NAMED) if n >= OFTEN}


def _is_unknown(text: str, reader: AnswerReader) -> bool:
    if reader.read(text).kind in (Kind.SCORE, Kind.MISSING):
        return False
    written = fold(text)
    if written.strip("+-").isdecimal():
        return False
    is_letter = bool(_LETTER.fullmatch(written)) or written in ABBREVIATED
    return is_letter or is_answer_wording(text)
