"""The columns of a file with what each is for, and which headers may be shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from skm_analysis.responses.column_contents import (
    Contents,
    Form,
    contents_of,
    tidied,
)
from skm_analysis.responses.column_kinds import (
    Role,
    SeenColumn,
    code_of,
    role_of,
)
from skm_analysis.responses.dialects import LongSeen
from skm_analysis.responses.proposing import best_instrument
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.screening import may_be_shown
from skm_analysis.responses.shown_headers import shown_headers
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.responses.vocabulary import is_about_service, words_of
from skm_analysis.responses.wordings import best_match
from skm_analysis.study.records import Instrument


def see_columns(
    table: RawTable,
    counts: Sequence[Counter[str]],
    contents: Sequence[Contents],
    labels: Sequence[str],
    instruments: Sequence[Instrument],
) -> tuple[SeenColumn, ...]:
    """All columns with their roles; headers only of a table that has some."""
    names = [
        labels[at] or name if labels else name for at, name in enumerate(table.header)
    ]
    instrument = best_instrument(names, instruments)
    items = instrument.items if instrument else ()
    matches = [best_match(name, items) for name in names]
    words = words_of_instruments(instruments)
    shown = shown_headers(table, counts, contents, matches, words)
    columns = tuple(
        SeenColumn(
            position=at,
            header=names[at],
            shown=shown[at],
            contents=contents[at],
            role=role_of(
                names[at], lower, contents[at], is_item=matches[at] is not None
            )
            if shown[at]
            else _role_unshown(contents[at]),
            code=code_of(table.header[at], lower) if shown[at] else None,
        )
        for at, lower in enumerate(table.lower)
        if table.header[at]
    )
    return _in_local_time(columns)


def _in_local_time(columns: tuple[SeenColumn, ...]) -> tuple[SeenColumn, ...]:
    """The day of KoboToolbox's `start`; its `_submission_time` is UTC, a day early."""
    dated = {fold(x.header) for x in columns if x.contents.form is Form.DATES}
    if not {"start", "_submission_time"} <= dated:
        return columns
    roles = {"start": Role.PERIOD, "_submission_time": Role.TOOL}
    return tuple(
        replace(column, role=roles.get(fold(column.header), column.role))
        for column in columns
    )


def _role_unshown(contents: Contents) -> Role:
    return Role.EMPTY if not contents.filled else Role.OTHER


def words_of_instruments(instruments: Sequence[Instrument]) -> frozenset[str]:
    items = [item for each in instruments for item in each.items]
    texts = [text for x in items for text in (x.question, x.label, *x.options)]
    return frozenset(word for text in texts for word in words_of(text))


def items_of(
    table: RawTable,
    long: LongSeen,
    known: frozenset[str],
    instruments: Sequence[Instrument],
) -> tuple[SeenColumn, ...]:
    """The items of the long form as if each were a column."""
    answers: dict[str, list[str]] = {}
    for item, answer in zip(
        table.column(long.item), table.column(long.answer), strict=True
    ):
        answers.setdefault(tidy(item), []).append(answer)
    codes = {item: code_of(item, item) for item in answers if item}
    ordered = sorted(
        codes, key=lambda item: code.number if (code := codes[item]) else 0
    )
    words = words_of_instruments(instruments)
    shown = {x for x in ordered if _is_item(x, instruments) and may_be_shown(x, words)}
    return tuple(
        SeenColumn(
            position=at,
            header=item,
            shown=item if item in shown else "",
            contents=contents_of(tidied(answers[item]), known),
            role=Role.QUESTION if item in shown else Role.OTHER,
            code=codes[item],
        )
        for at, item in enumerate(ordered)
    )


def _is_item(text: str, instruments: Sequence[Instrument]) -> bool:
    keys = {key for each in instruments for key in each.keys}
    return (
        fold(text) in keys or code_of(text, text) is not None or is_about_service(text)
    )
