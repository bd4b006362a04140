"""What the value labels of an SPSS file change of what its numbers mean.

The number is the answer. A label decides where it says something that the study knows:
an option of the item (so that a scale coded the other way round is not turned over), or
a word of a profile, where "1" alone would say nothing.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from skm_analysis.responses.columnar import Distinct
from skm_analysis.responses.headers import distinct
from skm_analysis.responses.parsing import AnswerReader, Kind
from skm_analysis.responses.raw import RawTable, refusal


class Labelled(NamedTuple):
    """One column as it is read."""

    column: Distinct
    told: npt.NDArray[np.bool_]  # per row, whether the label stands for the number


def variable_names(table: RawTable) -> tuple[str, ...]:
    """What the columns are called besides their names; no two alike."""
    return distinct([variable.label for variable in table.variables])


def user_missing(table: RawTable, at: int) -> int:
    """How many cells held a value that the file declares as missing."""
    return table.variables[at].user_missing if table.variables else 0


def profile_texts(table: RawTable, at: int) -> Labelled:
    """A column in which the label is told wherever a value has one."""
    return _labelled(table, at, value_labels(table, at))


def answer_texts(table: RawTable, at: int, reader: AnswerReader) -> Labelled:
    """A column of answers, in which labels stand that are answers to the item.

    Raises DeliveryError when some labels contradict their numbers, and others are not
    known: then nobody can tell which way the scale runs.
    """
    values = value_labels(table, at)
    scores = {code: _score(reader, label) for code, label in values.items()}
    known = {code: label for code, label in values.items() if scores[code] is not None}
    numbers = {code: _score(reader, code) for code in values}
    on_scale = {code for code, score in numbers.items() if score is not None}
    if on_scale <= known.keys():
        return _labelled(table, at, known)
    if any(scores[code] != numbers[code] for code in on_scale & known.keys()):
        raise refusal(
            table.file,
            f"label nilai variabel {table.header[at]!r} tidak sejalan dengan angkanya, "
            "dan tidak semuanya dikenal.",
            "samakan options butir itu di instrumen dengan label di SPSS, atau",
            "perbaiki arah angkanya di SPSS, lalu kirim ulang.",
        )
    return _labelled(table, at, {})


def value_labels(table: RawTable, at: int) -> Mapping[str, str]:
    """Value as text -> what an SPSS file calls it; empty for other files."""
    return table.variables[at].values if table.variables else {}


def _score(reader: AnswerReader, text: str) -> int | None:
    answer = reader.read(text)
    return answer.score if answer.kind is Kind.SCORE else None


def _labelled(table: RawTable, at: int, labels: Mapping[str, str]) -> Labelled:
    column = table.distinct(at)
    if not labels:
        return Labelled(column, np.zeros(len(column.codes), dtype=bool))
    told = [labels.get(text, text) != text for text in column.texts]
    return Labelled(
        column.map(lambda text: labels.get(text, text)),
        np.array(told, dtype=bool)[column.codes],
    )
