"""What the cells of one column are: scores, letters, wordings, dates, or text.

Counted, never quoted: `tally` holds only what `screening` lets through.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from skm_analysis.responses.dates import are_excel_numbers, read_date
from skm_analysis.responses.screening import OFTEN, Personal, personal_kinds
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.responses.vocabulary import (
    ABBREVIATED,
    NOT_APPLICABLE,
    PERHAPS_NOT_APPLICABLE,
    is_answer_wording,
)

_WHOLE = re.compile(r"'?\+?(\d{1,2})(?:[.,]0{0,2})?")
_SHOWN_AS_DATE = re.compile(r"1900-01-0([1-9])(?: 00:00:00)?")  # a score in Excel
_LETTER = re.compile(r"\(?([a-f])[.)]?")
_LABELLED = re.compile(r"\(?(?:(\d{1,2})|([a-f]))\s*[-–—.):=]\s*(\D.*)")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
HIGHEST = 10  # of the scales that are in use
_MOST = 0.8  # share of the cells that makes a column one of scores, letters or dates
_MANY = 0.6  # the same for wordings, of which a form may add its own
_MOST_WORDINGS = 12
_NO_LABELS: Mapping[str, str] = MappingProxyType({})


class Form(StrEnum):
    EMPTY = "empty"
    SCORES = "scores"  # whole numbers 0 to 10
    LETTERS = "letters"  # a to f
    WORDINGS = "wordings"  # option texts
    DATES = "dates"
    NUMBERS = "numbers"
    TEXT = "text"


ANSWERS = frozenset({Form.SCORES, Form.LETTERS, Form.WORDINGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One column below its header."""

    form: Form
    filled: int
    distinct: int
    tally: Mapping[str, int] = field(default_factory=dict)  # what may be shown
    hidden: int = 0  # cells that are not in the tally
    wordings: Mapping[str, str] = field(default_factory=dict)  # folded -> as written
    personal: tuple[Personal, ...] = ()
    blanks: tuple[str, ...] = ()  # as written: say that the question does not apply
    perhaps_blank: tuple[str, ...] = ()
    excel_days: bool = False  # numbers that may be days as Excel counts them


def contents_of(
    counts: Counter[str], known: frozenset[str], labels: Mapping[str, str] = _NO_LABELS
) -> Contents:
    """What a column holds; `counts` are its tidied cells, blank ones left out.

    `known` are the folded option texts of instruments: shown however rare. `labels`
    tell of an SPSS file's values that they are no answers: 9, "Tidak menjawab".
    """
    cells = counts.total()
    if not cells:
        return Contents(form=Form.EMPTY, filled=0, distinct=0)
    said = {text: fold(labels.get(text, text)) for text in counts}
    no_answer = NOT_APPLICABLE | PERHAPS_NOT_APPLICABLE
    answers = Counter({t: n for t, n in counts.items() if said[t] not in no_answer})
    applies = bool(answers) or not NOT_APPLICABLE.isdisjoint(said.values())
    nothing: tuple[Form, dict[str, int], dict[str, str]] = (Form.TEXT, {}, {})
    form, tally, wordings = _answers(answers, known) if applies else nothing
    kinds = () if form in ANSWERS else personal_kinds(counts)
    if form not in ANSWERS:
        form = _other_form(counts)
    is_answer = form in ANSWERS
    excel_days = form is Form.NUMBERS and are_excel_numbers(counts)
    told = sorted(counts) if is_answer else []
    return Contents(
        form=form,
        excel_days=excel_days,
        filled=cells,
        distinct=len(counts),
        tally=tally,
        hidden=answers.total() - sum(tally.values()) if is_answer else cells,
        wordings=wordings,
        personal=kinds,
        blanks=tuple(t for t in told if said[t] in NOT_APPLICABLE),
        perhaps_blank=tuple(t for t in told if said[t] in PERHAPS_NOT_APPLICABLE),
    )


def tidied(cells: list[str]) -> Counter[str]:
    """The cells of a column, each spelling once, blank ones left out."""
    counts: Counter[str] = Counter()
    for text, count in Counter(cells).items():
        if written := tidy(text):
            counts[written] += count
    return counts


def option_text(text: str) -> str:
    """An answer without the number or letter before it, as words.

    >>> option_text("4. Sangat baik"), option_text("sangat_baik")
    ('Sangat baik', 'sangat baik')
    """
    words = tidy(text.replace("_", " "))
    found = _LABELLED.fullmatch(fold(words))
    return words[-len(found[3]) :] if found else words


def _answers(
    counts: Counter[str], known: frozenset[str]
) -> tuple[Form, Mapping[str, int], Mapping[str, str]]:
    cells = counts.total()
    if not cells:  # nobody to whom the question applies
        return Form.WORDINGS, {}, {}
    scores = _sums(counts, _score)
    letters = _sums(counts, _letter)
    if scores.total() >= _MOST * cells:
        return Form.SCORES, dict(sorted(scores.items(), key=lambda x: int(x[0]))), {}
    if letters.total() >= _MOST * cells:
        return Form.LETTERS, dict(sorted(letters.items())), {}
    wordings: dict[str, str] = {}
    told: Counter[str] = Counter()
    for text, count in counts.most_common():
        key = fold(option_text(text))
        if key in known or key in ABBREVIATED or is_answer_wording(option_text(text)):
            told[fold(text)] += count
            wordings.setdefault(fold(text), text)
    shown = {
        key: count
        for key, count in told.items()
        if count >= OFTEN or fold(option_text(wordings[key])) in known
    }
    # In long form the options of all questions stand in one column.
    own = sum(fold(option_text(wordings[key])) not in known for key in shown)
    if shown and sum(shown.values()) >= _MANY * cells and own <= _MOST_WORDINGS:
        kept = {key: wordings[key] for key in shown}
        return Form.WORDINGS, {kept[key]: n for key, n in shown.items()}, kept
    return Form.TEXT, {}, {}


def _sums(counts: Counter[str], read: Callable[[str], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, count in counts.items():
        if value := read(text):
            found[value] += count
    return found


def _score(text: str) -> str:
    if serial := _SHOWN_AS_DATE.fullmatch(text):
        return serial[1]
    found = _WHOLE.fullmatch(text)
    return str(int(found[1])) if found and int(found[1]) <= HIGHEST else ""


def _letter(text: str) -> str:
    found = _LETTER.fullmatch(fold(text))
    return found[1] if found else ""


def _other_form(counts: Counter[str]) -> Form:
    cells = counts.total()
    if sum(n for text, n in counts.items() if _is_date(text)) >= _MOST * cells:
        return Form.DATES
    if sum(n for text, n in counts.items() if _NUMBER.fullmatch(text)) >= _MOST * cells:
        return Form.NUMBERS
    return Form.TEXT


def _is_date(text: str) -> bool:
    return bool(read_date(text) or read_date(text, "month-first"))
