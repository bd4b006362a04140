"""The columns of a file with what each is for, and which headers may be shown."""

from collections import Counter
from collections.abc import Sequence

from skm_analysis.responses.column_contents import Contents, contents_of, tidied
from skm_analysis.responses.column_kinds import (
    Role,
    SeenColumn,
    code_of,
    role_by_header,
    role_of,
)
from skm_analysis.responses.dialects import LongSeen
from skm_analysis.responses.proposing import best_instrument
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.screening import is_data, is_numbered, personal
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.responses.vocabulary import is_about_service
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
    matched = [best_match(name, items) is not None for name in names]
    shown = _shown_headers(table, counts, matched)
    return tuple(
        SeenColumn(
            position=at,
            header=names[at],
            shown=shown[at],
            contents=contents[at],
            role=role_of(names[at], lower, contents[at], is_item=matched[at])
            if shown[at]
            else _role_unshown(contents[at]),
            code=code_of(table.header[at], lower) if shown[at] else None,
        )
        for at, lower in enumerate(table.lower)
        if table.header[at]
    )


def _role_unshown(contents: Contents) -> Role:
    return Role.EMPTY if not contents.filled else Role.OTHER


def _shown_headers(
    table: RawTable, counts: Sequence[Counter[str]], matched: Sequence[bool]
) -> list[str]:
    """Headers that may be shown: all "" where the first row is no header.

    A header is one by what it says: it is called like a column of a survey. Others are
    believed where most around them are, and none is more likely an answer.
    """
    numbered = is_numbered([tidy(lower) for lower in table.lower])
    known, data = [], []
    for at, (name, lower) in enumerate(zip(table.header, table.lower, strict=True)):
        own = bool(matched[at] or role_by_header(name, lower) or is_about_service(name))
        code = code_of(name, lower) is not None
        bare_number = lower.isdigit()
        known.append(own or (code and (numbered or not bare_number)))
        data.append(not own and is_data(lower or name, counts[at]) and not numbered)
    named = sum(map(bool, table.header))
    if not any(known) or sum(data) * 3 >= max(sum(known), 1):
        return [""] * len(table.header)
    others_too = 2 * sum(known) >= named
    return [
        name
        if name and not data[at] and not personal(name) and (known[at] or others_too)
        else ""
        for at, name in enumerate(table.header)
    ]


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
    return tuple(
        SeenColumn(
            position=at,
            header=item,
            shown=item if not personal(item) and _is_item(item, instruments) else "",
            contents=contents_of(tidied(cells), known),
            role=Role.QUESTION,
            code=code_of(item, item),
        )
        for at, (item, cells) in enumerate(answers.items())
        if item
    )


def _is_item(text: str, instruments: Sequence[Instrument]) -> bool:
    keys = {key for each in instruments for key in each.keys}
    return (
        fold(text) in keys or code_of(text, text) is not None or is_about_service(text)
    )
