"""Which column answers which item: by wording, and by numbers only where all agree.

What the wording does not say, the options may; what neither says is left to a person,
with every alternative written out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from skm_analysis.responses.column_contents import Form, option_text
from skm_analysis.responses.column_kinds import SeenColumn, asks_importance
from skm_analysis.responses.item_orders import Choice, orders_of
from skm_analysis.responses.naming import JOINT
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.wordings import Match, best_match
from skm_analysis.study.records import Instrument, Item


class Likely(NamedTuple):
    key: str
    position: int
    certainty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Item keys for the columns of one file."""

    instrument: Instrument | None  # the one that fits best
    sure: Mapping[str, int] = field(default_factory=dict)  # key -> position
    by_order: frozenset[str] = frozenset()  # of these: by number, all orders agreeing
    likely: tuple[Likely, ...] = ()
    choices: tuple[Choice, ...] = ()  # what is left open by the numbers
    settled: str = ""  # the order that the option texts left over, of several
    unmatched: tuple[int, ...] = ()  # questions for which nothing is proposed
    contradicted: Mapping[int, str] = field(default_factory=dict)  # -> other key
    importance: Mapping[str, int] = field(default_factory=dict)
    perhaps_importance: tuple[int, ...] = ()  # H1, H2 … beside as many others


def propose(
    columns: Sequence[SeenColumn],
    instruments: Sequence[Instrument],
    *,
    ready: bool = False,
) -> Proposal:
    """Item keys for the questions among `columns`.

    `instruments` in the order in which they are preferred where they fit equally well;
    `ready`: they are those that come with the package, not a study's.
    """
    asked = [each for each in columns if each.is_question]
    guessed = _importance_by_letter(asked)
    rating = [each for each in asked if asks_importance(each.header)]
    answers = [each for each in asked if each not in rating and each not in guessed]
    instrument = best_instrument([each.header for each in answers], instruments)
    items = instrument.items if instrument else ()
    matched, contradicted = _matched(answers, items)
    sure = {m.key: at for at, m in matched.items() if m.sure}
    numbered = [x for x in answers if x.code and x.position not in matched]
    orders = orders_of(numbered, instruments, set(sure), ready=ready)
    fitting = [each for each in orders if _fits_options(each, columns, instruments)]
    settled = len(orders) > 1 and len(fitting) == 1
    by_order = _certain(fitting or orders, numbered, settled=settled)
    choices = _open(fitting or orders, by_order)
    importance = _importance(rating, items, {**sure, **by_order}, columns)
    named = {*matched, *by_order.values()}
    named |= {at for choice in choices for at in choice.columns.values()}
    every = dict(sorted({**sure, **by_order}.items(), key=lambda pair: pair[1]))
    return Proposal(
        instrument=instrument or _instrument_of(every, instruments),
        sure=every,
        by_order=frozenset(by_order),
        likely=tuple(
            Likely(m.key, at, m.certainty)
            for at, m in sorted(matched.items())
            if not m.sure and m.key not in every
        ),
        choices=choices,
        settled=fitting[0].name if settled else "",
        unmatched=tuple(x.position for x in answers if x.position not in named),
        contradicted=contradicted,
        importance=importance,
        perhaps_importance=tuple(
            x.position
            for x in (*guessed, *rating)
            if x.position not in importance.values()
        ),
    )


def best_instrument(
    headers: Sequence[str], instruments: Sequence[Instrument]
) -> Instrument | None:
    """The instrument whose items the headers ask for; the first of equals."""

    def fit(instrument: Instrument) -> tuple[float, float]:
        found = [best_match(header, instrument.items) for header in headers]
        best: dict[str, float] = {}
        for match in found:
            if match:
                best[match.key] = max(match.certainty, best.get(match.key, 0.0))
        total = round(sum(best.values()), 6)
        return total, total / len(instrument.items)

    fits = [fit(instrument) for instrument in instruments]
    if not fits or max(fits)[0] == 0:
        return None
    return instruments[fits.index(max(fits))]


def _matched(
    answers: Sequence[SeenColumn], items: Sequence[Item]
) -> tuple[dict[int, Match], dict[int, str]]:
    """The best item of each question; sure only where one question asks for it."""
    found = {x.position: best_match(x.header, items) for x in answers}
    contradicted: dict[int, str] = {}
    matched: dict[int, Match] = {}
    for column in answers:
        match = found[column.position]
        if not match or _is_grouped(column, answers):
            continue
        rivals = [m for at, m in found.items() if m and at != column.position]
        beaten = [m for m in rivals if m.key == match.key]
        if match.sure and any(m.certainty >= match.certainty for m in beaten):
            match = match._replace(certainty=0.6)
        if other := _contradiction(column, match.key, items):
            contradicted[column.position] = other
            match = match._replace(certainty=min(match.certainty, 0.6))
        matched[column.position] = match
    return matched, contradicted


def _is_grouped(column: SeenColumn, answers: Sequence[SeenColumn]) -> bool:
    """Whether its words stand over several numbers: they name a group, not one item."""
    code = column.code
    return code is not None and any(
        other is not column
        and other.code is not None
        and JOINT in other.header
        and other.header.rpartition(JOINT)[0] == column.header.rpartition(JOINT)[0]
        for other in answers
    )


def _contradiction(column: SeenColumn, key: str, items: Sequence[Item]) -> str:
    """Another item whose options the answers are, while they are none of `key`'s."""
    texts = _option_texts(column)
    if len(texts) < 2:
        return ""
    by_key = {item.key: set(map(fold, item.options)) for item in items}
    if not by_key[key] or texts & by_key[key]:
        return ""
    return next((k for k, options in by_key.items() if texts <= options), "")


def _option_texts(column: SeenColumn) -> set[str]:
    return {fold(option_text(text)) for text in column.contents.wordings.values()}


def _fits_options(
    order: Choice, columns: Sequence[SeenColumn], instruments: Sequence[Instrument]
) -> bool:
    """Whether the option texts of each column are those of the item that it would be.

    Also where all options are alike on a form: then no order fits, and none is chosen.
    """
    by_position = {each.position: each for each in columns}
    options: dict[str, list[set[str]]] = {}
    for instrument in instruments:
        for item in instrument.items:
            options.setdefault(item.key, []).append(set(map(fold, item.options)))
    told = {
        key: _option_texts(by_position[at])
        for key, at in order.columns.items()
        if by_position[at].contents.form is Form.WORDINGS
    }
    return all(
        any(texts <= known for known in options[key]) for key, texts in told.items()
    )


def _certain(
    orders: Sequence[Choice], numbered: Sequence[SeenColumn], *, settled: bool
) -> dict[str, int]:
    """What all orders say alike of U1, U2 …, or all that the options settled.

    Only the regulation's worksheet calls its unsur U1, U2 …; other numbers, and those
    of an instrument without its bands, say nothing by themselves.
    """
    if not orders or not (settled or all(each.official for each in orders)):
        return {}
    first, *others = orders
    official = {x.position for x in numbered if _is_regulation_code(x)}
    return {
        key: at
        for key, at in first.columns.items()
        if (settled or at in official)
        and all(other.columns.get(key) == at for other in others)
    }


def _open(orders: Sequence[Choice], certain: Mapping[str, int]) -> tuple[Choice, ...]:
    left = [
        each._replace(
            columns={k: at for k, at in each.columns.items() if k not in certain}
        )
        for each in orders
    ]
    return tuple(choice for choice in left if choice.columns)


def _is_regulation_code(column: SeenColumn) -> bool:
    block = column.code.block if column.code else ""
    return block.rsplit(" / ", 1)[-1] in ("u", "unsur")


def _importance_by_letter(asked: Sequence[SeenColumn]) -> list[SeenColumn]:
    """H1, H2 … or K1, K2 … where as many other columns have a number."""
    codes = [x for x in asked if x.code and not asks_importance(x.header)]
    second = [x for x in codes if x.code and x.code.block in ("h", "k")]
    return second if 2 * len(second) == len(codes) else []


def _instrument_of(
    keys: Mapping[str, int], instruments: Sequence[Instrument]
) -> Instrument | None:
    return next((x for x in instruments if keys and set(keys) <= set(x.keys)), None)


def _importance(
    rating: Sequence[SeenColumn],
    items: Sequence[Item],
    sure: Mapping[str, int],
    columns: Sequence[SeenColumn],
) -> dict[str, int]:
    """The items whose importance is asked: by wording, or by the same number."""
    by_position = {each.position: each for each in columns}
    coded = [code.block for at in sure.values() if (code := by_position[at].code)]
    main = coded[0] if coded else ""  # I1 beside U1 has no H1 of its own
    numbers = {
        code.number: key
        for key, at in sure.items()
        if (code := by_position[at].code) and code.block == main
    }
    found: dict[str, int] = {}
    for column in rating:
        match = best_match(column.header, items)
        if match and match.sure:
            found.setdefault(match.key, column.position)
        elif column.code and column.code.number in numbers:
            found.setdefault(numbers[column.code.number], column.position)
    return found
