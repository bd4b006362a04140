"""What the answers of a file mean: the scale, letters, and which option is which score.

Scores are proposed only for options that an instrument has, in its order. Of others
the wording may show an order, which is told as a question.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skm_analysis.responses.column_contents import Form, option_text
from skm_analysis.responses.column_kinds import SeenColumn
from skm_analysis.responses.proposing import Proposal
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.vocabulary import ABBREVIATED, CODED, DEGREES
from skm_analysis.study.records import Instrument

_SCALES = (4, 5, 6, 10)  # highest answers in use
_FEW = 0.02  # share of answers that may lie above a scale: slips
_DEGREES = re.compile(r"(tidak|kurang|sangat)? ?(.+)")
_RANKS = {"tidak": 1, "kurang": 2, "": 3, "sangat": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Options without a known score: the columns that have them, and a likely order."""

    positions: tuple[int, ...]
    texts: tuple[str, ...]
    order: Mapping[str, int]  # empty where the wording shows none


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    highest: int | None  # of the scale, as far as whole numbers show it
    seen: int | None  # the highest number that occurs
    outside: int  # numbers above that scale
    zeros: int
    letters: tuple[str, ...]  # that occur
    numbers_too: bool  # beside letters
    item_answers: Mapping[str, Mapping[str, int]]
    asks: tuple[Ask, ...]
    not_applicable: tuple[str, ...]
    perhaps: tuple[str, ...]  # "-" and the like
    hidden: int  # answers that are not shown


def meanings_of(
    columns: Sequence[SeenColumn],
    proposal: Proposal,
    instruments: Sequence[Instrument],
) -> Meanings:
    """What stands in the questions."""
    asked = [each for each in columns if each.is_question]
    numbers: Counter[int] = Counter()
    letters: set[str] = set()
    for column in asked:
        if column.contents.form is Form.SCORES:
            for text, count in column.contents.tally.items():
                numbers[int(text)] += count
        elif column.contents.form is Form.LETTERS:
            letters |= set(column.contents.tally)
    highest = _highest(numbers)
    item_answers, asks = _options(asked, proposal, instruments)
    blanks = {text for column in asked for text in column.contents.blanks}
    perhaps = {text for column in asked for text in column.contents.perhaps_blank}
    return Meanings(
        highest=highest,
        seen=max(numbers, default=None),
        outside=sum(n for score, n in numbers.items() if score > (highest or 10)),
        zeros=numbers[0],
        letters=tuple(sorted(letters)),
        numbers_too=bool(letters and numbers),
        item_answers=item_answers,
        asks=asks,
        not_applicable=tuple(sorted(blanks)),
        perhaps=tuple(sorted(perhaps)),
        hidden=sum(column.contents.hidden for column in asked),
    )


def _highest(numbers: Counter[int]) -> int | None:
    """The least scale in use above which there are hardly any answers."""
    total = numbers.total()
    for highest in _SCALES:
        above = sum(n for score, n in numbers.items() if score > highest)
        if total and above <= _FEW * total:
            return highest
    return None


def _options(
    asked: Sequence[SeenColumn],
    proposal: Proposal,
    instruments: Sequence[Instrument],
) -> tuple[dict[str, dict[str, int]], tuple[Ask, ...]]:
    keys = {at: key for key, at in proposal.sure.items()}
    found: dict[str, dict[str, int]] = {}
    unknown: dict[tuple[str, ...], list[int]] = {}
    for column in asked:
        texts = column.contents.wordings
        if not texts or column.contents.form is not Form.WORDINGS:
            continue
        key = keys.get(column.position)
        if key is not None and _is_read(column, key, proposal.instrument):
            continue
        scores = _scores(column, instruments)
        if key is not None and scores:
            found[key] = scores
        elif not scores:
            told = tuple(sorted(texts.values(), key=fold))
            unknown.setdefault(told, []).append(column.position)
    degrees = _degrees(text for texts in unknown for text in texts)
    return found, tuple(
        Ask(positions=tuple(at), texts=texts, order=_order(texts, degrees))
        for texts, at in unknown.items()
    )


def _degrees(texts: Iterable[str]) -> tuple[str, ...]:
    """The only abbreviated scale that has all of them; () if there are several.

    >>> _degrees(["TS", "SS", "KS"]), _degrees(["TS", "SS"])
    (('ts', 'ks', 's', 'ss'), ())
    """
    told = ABBREVIATED.intersection(map(fold, texts))
    fitting = [degrees for degrees in DEGREES if told <= set(degrees)]
    return fitting[0] if len(fitting) == 1 else ()


def _is_read(column: SeenColumn, key: str, instrument: Instrument | None) -> bool:
    """Whether the item's own options already say what the answers mean."""
    if instrument is None or key not in instrument.keys:
        return False
    options = set(map(fold, instrument.item(key).options))
    return all(_read_as(text) in options for text in column.contents.wordings.values())


def _read_as(text: str) -> str:
    return fold(option_text(text))


def _scores(column: SeenColumn, instruments: Sequence[Instrument]) -> dict[str, int]:
    """The score of each wording, where all instruments with these options agree."""
    texts = list(column.contents.wordings.values())
    ways = set()
    for instrument in instruments:
        for item in instrument.items:
            options = [fold(option) for option in item.options]
            if options and all(_read_as(text) in options for text in texts):
                low = instrument.scale[0]
                ways.add(tuple(low + options.index(_read_as(text)) for text in texts))
    return dict(zip(texts, ways.pop(), strict=True)) if len(ways) == 1 else {}


def _order(texts: Sequence[str], degrees: Sequence[str] = ()) -> dict[str, int]:
    """ "Tidak X", "kurang X", "X", "sangat X" as 1 to 4; empty for other wordings.

    So are STS, TS, S, SS and other `degrees`, and the codes of LimeSurvey by their
    numbers.

    >>> _order(["Puas", "Tidak puas"]), _order(["Cukup puas", "Puas"])
    ({'Puas': 3, 'Tidak puas': 1}, {})
    >>> _order(["TB", "SB", "B"], ("tb", "kb", "b", "sb"))
    {'TB': 1, 'SB': 4, 'B': 3}
    """
    codes = {text: CODED.fullmatch(fold(text)) for text in texts}
    if all(codes.values()):
        return {text: int(code[1]) for text, code in codes.items() if code}
    if all(fold(text) in degrees for text in texts):
        return {text: degrees.index(fold(text)) + 1 for text in texts}
    found = {text: _DEGREES.fullmatch(fold(option_text(text))) for text in texts}
    quality = {match[2] for match in found.values() if match}
    if len(quality) != 1:
        return {}
    return {text: _RANKS[match[1] or ""] for text, match in found.items() if match}
