"""The accepted rows of one instrument as one table, each column with its labels.

For those who go on in SPSS, R or Excel. The cells are those of `responses/UNIT.csv`;
what is added is the unit as a column, and what names and scores stand for.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import pandas as pd

from skm_analysis.responses.labels import COLUMNS, PROFILE, SOURCES
from skm_analysis.responses.schema import IMPORTANCE, PLACES
from skm_analysis.study.records import Instrument, Item, Study, Unit

# Words that SPSS keeps for itself, in any case of letters.
_RESERVED = frozenset(
    {
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt"),
        *("ne", "not", "or", "to", "with"),
    }
)


class Variable(NamedTuple):
    """A column: its name in the accepted table and in SPSS, and what it holds."""

    name: str
    spss: str  # letters, digits and _, as SPSS and R take them
    label: str  # what was asked, or what the column tells
    values: Mapping[int, str] | Mapping[str, str]  # what its values stand for
    measure: Literal["ordinal", "nominal"]  # ordinal: scores, whole numbers
    may_lack: bool  # whether a cell may be blank


class Labelled(NamedTuple):
    """All accepted responses to one instrument, unit by unit."""

    instrument: Instrument
    variables: tuple[Variable, ...]
    rows: pd.DataFrame  # a column for each variable


def label_responses(
    study: Study, accepted: Mapping[str, pd.DataFrame]
) -> tuple[Labelled, ...]:
    """One table for each instrument in use, in the order of its first unit.

    A unit that was not asked something that another was has blank cells there.
    """
    used = {unit.instrument.id: unit.instrument for unit in study.units}
    return tuple(_labelled(study, each, accepted) for each in used.values())


def _labelled(
    study: Study, instrument: Instrument, accepted: Mapping[str, pd.DataFrame]
) -> Labelled:
    units = [unit for unit in study.units if unit.instrument.id == instrument.id]
    frames = [
        accepted[unit.id].assign(unit=unit.id).astype({"unit": "str"}) for unit in units
    ]
    there = {name for frame in frames for name in frame.columns}
    names = [name for name in _order(instrument) if name in there]
    variables = variables_of(instrument, units, names)
    scored = {each.name for each in variables if each.measure == "ordinal"}
    whole = pd.concat(
        [frame.reindex(columns=names) for frame in frames], ignore_index=True
    )
    for name in names:
        column = whole[name]
        whole[name] = (
            column.astype("Int64")
            if name in scored
            else column.fillna("").map(_sound).astype("str")
        )
    return Labelled(instrument, variables, whole)


def _order(instrument: Instrument) -> list[str]:
    """Every column there may be."""
    keys = instrument.keys
    return ["unit", *PLACES, *keys, *(f"{IMPORTANCE}{key}" for key in keys), *PROFILE]


def _sound(text: str) -> str:
    """As the accepted table on disk has it: half of a character becomes a mark."""
    return text.encode("utf-8", "replace").decode()


def variables_of(
    instrument: Instrument, units: Iterable[Unit], names: Iterable[str]
) -> tuple[Variable, ...]:
    """The columns called `names` of a table of responses to `instrument`."""
    items = {item.key: item for item in instrument.items}
    values = {"unit": {unit.id: unit.name for unit in units}, "source": SOURCES}
    made: list[Variable] = []
    for name in names:
        spss = spss_name(name, {each.spss for each in made})
        if name in items:
            item = items[name]
            scores = options(instrument, item)
            made.append(Variable(name, spss, item.question, scores, "ordinal", True))
        elif name.startswith(IMPORTANCE):
            about = items[name.removeprefix(IMPORTANCE)].label
            label = f"Kepentingan: {about}"
            made.append(Variable(name, spss, label, {}, "ordinal", True))
        else:
            lacking = name not in ("unit", "response", "source")
            known = values.get(name, {})
            label = COLUMNS[name]
            made.append(Variable(name, spss, label, known, "nominal", lacking))
    return tuple(made)


def options(instrument: Instrument, item: Item) -> dict[int, str]:
    """Score -> how the answer reads; empty where the answers are bare numbers."""
    return dict(enumerate(item.options, start=instrument.scale[0]))


def spss_name(name: str, taken: Iterable[str] = ()) -> str:
    """`name` as SPSS takes it: it begins with a letter and is none of its own words.

    >>> spss_name("importance.tanggung-jawab"), spss_name("1-atap"), spss_name("all")
    ('importance_tanggung_jawab', 'v_1_atap', 'all_')
    >>> spss_name("a-b", {"a_b"})
    'a_b_2'
    """
    made = re.sub(r"[^A-Za-z0-9_]", "_", name)
    made = made if made[:1].isalpha() else f"v_{made}"
    made = f"{made}_" if made.lower() in _RESERVED else made
    used = {each.lower() for each in taken}
    number, plain = 1, made
    while made.lower() in used:
        number += 1
        made = f"{plain}_{number}"
    return made
