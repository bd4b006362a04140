"""Whole numbers beside the scale that are too many for slips of the pen.

An office that asks 1 to 5 sends fives to a study that asks 1 to 4: row by row they look
like dirt, and the rest of its answers would count as if they meant the same.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from skm_analysis.responses.columns import find_columns
from skm_analysis.responses.parsing import AnswerReader, Kind
from skm_analysis.responses.received import Received
from skm_analysis.responses.screening import OFTEN
from skm_analysis.responses.spelling import tidy
from skm_analysis.responses.value_labels import answer_texts
from skm_analysis.study.records import Study

_HIGHEST = 10  # of the scales that are in use
_SLIPS = 0.02  # share of the answers


class OffScale(NamedTuple):
    """The answers to one instrument in one delivery."""

    scale: tuple[int, int]
    numbers: tuple[int, ...]  # beside the scale, the most frequent first
    cells: int  # that hold these
    answers: int


def off_scale(study: Study, received: Received) -> Iterator[OffScale]:
    """Where whole numbers lie beside the scale more often than slips do."""
    table, delivery = received.table, received.delivery
    if delivery.answers:
        return  # then no number is an answer by itself
    columns = find_columns(table, delivery).items
    for name, scores in received.scores.items():
        instrument = study.instruments[name]
        beside: Counter[int] = Counter()
        answers = 0
        for item in instrument.items:
            reader = AnswerReader.of(delivery, instrument, item)
            told = answer_texts(table, columns[item.key], reader).column
            column = told.at(scores.index.to_numpy())
            for text, count in zip(column.texts, column.counts.tolist(), strict=True):
                written, kind = tidy(text), reader.read(text).kind
                answers += count if kind is not Kind.MISSING else 0
                if kind is Kind.OUT_OF_SCALE and written.isdecimal():
                    beside[int(written)] += count
        numbers = {n: count for n, count in beside.items() if n <= _HIGHEST}
        count = sum(numbers.values())
        if count >= max(OFTEN, _SLIPS * answers):
            often = tuple(sorted(numbers, key=lambda n: -numbers[n]))
            yield OffScale(instrument.scale, often, count, answers)
