"""One answer as text -> a score, by rules that have names; nothing is guessed.

Nothing is clamped, rounded or filled in. What is not exactly a score but can only mean
one is converted and counted under the rule's name (`labels.RULES`); everything else
sets its row aside.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from skm_analysis.responses.columnar import Distinct, Texts, split
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.study.records import Delivery, Instrument, Item

# "4." and "4,00" are four; "1.000" may be a thousand, so three zeros are not read.
_WHOLE = re.compile(r"'?(\+?)(\d+)(?:[.,]0{0,2})?")
_NUMBER = re.compile(r"[+\-−–]?\d+")
_LABELLED = re.compile(r"\(?(\w{1,2})\s*[-–—.):=]\s*(\S.*)")
_LIST_MARK = re.compile("[a-j]")
# Full-width signs, as keyboards of East Asia write them, are the plain ones.
_PLAIN_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# What people write for a blank. It is one only where `not_applicable` says so: in some
# offices a dash is a blank, in others an answer that could not be read.
_BLANK_WORDS = frozenset(
    {
        *("-", "--", "–", "—", ".", "n/a", "na", "#n/a", "nan", "null", "none"),
        *("kosong", "nihil", "tidak diisi", "tdk diisi", "tidak dijawab", "tidak isi"),
        *("tidak menjawab", "tidak berlaku", "tidak tahu", "belum diisi"),
    }
)
# What a whole number 1 to 9 becomes in a cell that Excel shows as a date.
_DATE_SERIAL = re.compile(r"1900-01-0([1-9])(?: 00:00:00)?")


class Kind(Enum):
    """What an answer turned out to be."""

    SCORE = auto()
    MISSING = auto()
    OUT_OF_SCALE = auto()  # a whole number off the scale, or an answer not declared
    NOT_WHOLE_NUMBER = auto()  # anything else


_INVALID = (Kind.OUT_OF_SCALE, Kind.NOT_WHOLE_NUMBER)


class Answer(NamedTuple):
    kind: Kind
    score: int = 0
    rule: str = ""  # the conversion to be logged; "" when written as expected


@dataclass(frozen=True)
class AnswerReader:
    """How the answers to one item are written in one delivery."""

    scale: tuple[int, int]
    options: tuple[str, ...] = ()
    declared: Mapping[str, int] = field(default_factory=dict)
    only_declared: bool = False
    not_applicable: frozenset[str] = frozenset()  # folded

    @classmethod
    def of(
        cls, delivery: Delivery, instrument: Instrument, item: Item
    ) -> "AnswerReader":
        own = delivery.item_answers.get(item.key, {})
        return cls(
            scale=instrument.scale,
            options=item.options,
            declared={**delivery.answers, **own},
            only_declared=bool(delivery.answers),
            not_applicable=frozenset(map(fold, delivery.not_applicable)),
        )

    def read(self, text: str) -> Answer:
        """What `text` means; see the module for what is never done.

        >>> reader = AnswerReader(scale=(1, 4))
        >>> reader.read("4,0").score, reader.read("4,0").rule
        (4, 'digits')
        >>> reader.read("5").kind.name, reader.read("3,5").kind.name
        ('OUT_OF_SCALE', 'NOT_WHOLE_NUMBER')
        """
        written = tidy(text).translate(_PLAIN_WIDTH)
        if not written:
            return Answer(Kind.MISSING)
        if text in self._exact:
            return Answer(Kind.SCORE, self._exact[text])
        if fold(written) in self.not_applicable:
            return Answer(Kind.MISSING, rule="not_applicable")
        for key in (fold(written), _bare(written)):
            if key in self._folded:
                return Answer(Kind.SCORE, self._folded[key], "spelling")
        if (named := _underscored(written)) in self._by_option & self._folded.keys():
            return Answer(Kind.SCORE, self._folded[named], "spelling")
        number = None if self.only_declared else _whole_number(written)
        if number is not None and self._on_scale(number[0]):
            return Answer(Kind.SCORE, *number)
        if (score := self._labelled(written)) is not None:
            return Answer(Kind.SCORE, score, "labelled")
        if number or _NUMBER.fullmatch(written) or self.only_declared:
            fraction = re.fullmatch(r"\d+[.,]\d+", written)
            return Answer(Kind.NOT_WHOLE_NUMBER if fraction else Kind.OUT_OF_SCALE)
        return Answer(Kind.NOT_WHOLE_NUMBER)

    @cached_property
    def _exact(self) -> dict[str, int]:
        low, high = self.scale
        numbers = {str(score): score for score in range(low, high + 1)}
        options = {text: low + i for i, text in enumerate(self.options)}
        own = {} if self.only_declared else {**numbers, **options}
        return {**own, **self.declared}

    @cached_property
    def _folded(self) -> dict[str, int]:
        return {fold(text): score for text, score in self._exact.items()}

    def _on_scale(self, number: int) -> bool:
        return self.scale[0] <= number <= self.scale[1]

    def _labelled(self, written: str) -> int | None:
        """The score of "4 - Sangat baik", if that is what this item calls it.

        A letter that nobody declared is the mark of a list, "d. Sangat baik": the words
        alone decide then.
        """
        found = _LABELLED.fullmatch(written)
        if not found or not self.options:
            return None
        label, words = fold(found[1]), fold(found[2])
        score = self._folded.get(label)
        if score is None and _LIST_MARK.fullmatch(label) and words in self._by_option:
            return self._folded.get(words)
        if score is None or not self._on_scale(score):
            return None
        return score if words == fold(self.options[score - self.scale[0]]) else None

    @cached_property
    def _by_option(self) -> frozenset[str]:
        return frozenset(map(fold, self.options))


def _bare(written: str) -> str:
    """Without the full stop or brackets that belong to a letter: "d." and "(d)"."""
    return fold(written.strip("().").strip())


def _underscored(written: str) -> str:
    """What KoboToolbox names "sangat_sesuai", after its label; "" for other texts."""
    return fold(written.replace("_", " ")) if "_" in written else ""


def _whole_number(written: str) -> tuple[int, str] | None:
    if serial := _DATE_SERIAL.fullmatch(written):
        return int(serial[1]), "date_serial"
    if not (found := _WHOLE.fullmatch(written)) or len(found[2]) > 9:
        return None
    # Decimal digits of any script; "④" and the keycap "4" are none of these.
    number = int("".join(str(unicodedata.decimal(digit)) for digit in found[2]))
    return number, "digits"


class Parsed(NamedTuple):
    """Answers to one item; all arrays as long as the rows."""

    scores: npt.NDArray[np.int64]  # 0 where there is no score
    answered: npt.NDArray[np.bool_]
    out_of_scale: npt.NDArray[np.bool_]
    not_whole_number: npt.NDArray[np.bool_]
    meanings: Distinct  # score, or the folded text of what is none
    blank_words: npt.NDArray[np.bool_]  # no score, but often written for a blank
    changes: Counter[str]  # rule -> answers

    @property
    def canonical(self) -> Texts:
        """For each row the score, or the folded text of what is none."""
        return self.meanings.cells()


def parse_answers(texts: Sequence[str] | Texts, reader: AnswerReader) -> Parsed:
    """Read one column; each distinct text is read once."""
    return parse_distinct(split(texts), reader)


def parse_distinct(column: Distinct, reader: AnswerReader) -> Parsed:
    answers = [reader.read(text) for text in column.texts]
    changes: Counter[str] = Counter()
    for answer, count in zip(answers, column.counts.tolist(), strict=True):
        if answer.rule:
            changes[answer.rule] += count
    kinds = np.array([answer.kind.value for answer in answers], dtype=np.int64)
    blanks = [
        answer.kind in _INVALID and fold(text) in _BLANK_WORDS
        for answer, text in zip(answers, column.texts, strict=True)
    ]
    codes = column.codes
    return Parsed(
        scores=np.array([answer.score for answer in answers], dtype=np.int64)[codes],
        answered=(kinds == Kind.SCORE.value)[codes],
        out_of_scale=(kinds == Kind.OUT_OF_SCALE.value)[codes],
        not_whole_number=(kinds == Kind.NOT_WHOLE_NUMBER.value)[codes],
        meanings=Distinct(codes, [*map(_canonical, answers, column.texts)]),
        blank_words=np.array(blanks, dtype=bool)[codes],
        changes=changes,
    )


def _canonical(answer: Answer, text: str) -> str:
    if answer.kind is Kind.SCORE:
        return str(answer.score)
    return "" if answer.kind is Kind.MISSING else fold(text)
