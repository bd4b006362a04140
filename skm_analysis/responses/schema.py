"""Column contracts of the tables that pass between rooms.

A function may assume its input schema and must return its output schema; nothing
downstream checks a column twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError

from skm_analysis.responses.columnar import Codes
from skm_analysis.responses.identity import may_hold
from skm_analysis.responses.labels import BANDS, PROFILE
from skm_analysis.responses.response_numbers import read_numbers
from skm_analysis.study.records import Instrument, Study, Unit

PLACES = ("response", "source", "stratum", "cluster", "day", "counter", "period")
IMPORTANCE = "importance."  # before an item's key: how important the item is
SET_ASIDE = ("response", "delivery", "row", "unit", "reason")
CHANGES = ("delivery", "column", "rule", "count")
CORRECTIONS = ("response", "delivery", "row", "unit", "column", "direction")
PROFILES = ("variable", "written", "band", "count", "spellings", "status")
OFFICE_RESULTS = (
    *("delivery", "sheet", "row", "unit", "measure", "item"),
    "printed",  # as in the cell, with a decimal point
)
COMMENTS = (
    *("response", "unit", "delivery", "reason", "comment", "proposed", "theme"),
    *("status", "release"),
)
THEMED = ("response", "unit", "theme", "status")  # of accepted responses, no words
PARAPHRASES = ("unit", "theme", "paraphrase")
CROSSWALK = ("response", "delivery", "row", "serial")
DELIVERIES = (
    "delivery",
    "unit",
    "source",
    "mode",
    "format",
    "sha256",
    "bytes",
    "rows_read",
    "accepted",
    "set_aside",
    "repeated_id",  # usable rows whose respondent the delivery had before
    "repeated_row",  # usable rows that are the same in all cells as one before
    "outside_period",  # accepted rows of a day outside the study, or of none
    "blank_words",  # answers that are often meant as blanks and were not declared so
    "unread",  # headers of columns that nothing in study.toml names
)
_NO_NUMBERS = "accepted responses: response breaks its schema"
_SHORT_NUMBER = re.compile(r"(?:[0-9a-f]{8})?")
NUMBERS = frozenset(
    {
        *("row", "count", "bytes", "rows_read", "accepted", "set_aside"),
        "spellings",
        *("repeated_id", "repeated_row", "outside_period", "blank_words"),
    }
)


def profile_variables(study: Study, unit: str) -> tuple[str, ...]:
    """What the study's deliveries tell of the unit's respondents, in fixed order."""
    declared = {
        variable
        for delivery in study.deliveries
        if may_hold(delivery, unit)
        for variable in delivery.profile
    }
    return tuple(variable for variable in PROFILE if variable in declared)


def importance_items(study: Study, unit: str) -> tuple[str, ...]:
    """The items whose importance the unit's deliveries tell, as the instrument orders.

    Of deliveries in force; the column of each is `importance.KEY`.
    """
    of = study.unit(unit)
    declared = {
        item
        for delivery in study.in_force
        if of in study.units_of(delivery)
        for item in delivery.importance
    }
    return tuple(key for key in of.instrument.keys if key in declared)


@dataclass(frozen=True, slots=True)
class AcceptedColumns:
    """What the table of one unit's accepted responses holds, in this order."""

    instrument: Instrument
    importance: tuple[str, ...]  # item keys
    profile: tuple[str, ...]

    @classmethod
    def of(cls, study: Study, unit: Unit) -> "AcceptedColumns":
        return cls(
            unit.instrument,
            importance_items(study, unit.id),
            profile_variables(study, unit.id),
        )

    @property
    def scores(self) -> tuple[str, ...]:
        return (*self.instrument.keys, *self.importances)

    @property
    def importances(self) -> tuple[str, ...]:
        return tuple(IMPORTANCE + key for key in self.importance)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*PLACES, *self.profile)

    @property
    def names(self) -> tuple[str, ...]:
        return (*PLACES, *self.scores, *self.profile)


def accepted_schema(columns: AcceptedColumns) -> pa.DataFrameSchema:
    """The accepted responses of a unit: no identity, no text."""
    instrument = columns.instrument
    low, high = instrument.scale
    bands = {
        name: pa.Column(
            str, pa.Check.isin(["", *BANDS[name]]) if name in BANDS else None
        )
        for name in columns.profile
    }
    scores = {
        name: pa.Column("Int64", pa.Check.in_range(low, high), nullable=True)
        for name in columns.scores
    }
    hidden = pa.Check(_are_short_numbers)
    return pa.DataFrameSchema(
        {
            "response": pa.Column(str, pa.Check.str_matches(r"^[0-9a-f]{16}$")),
            "source": pa.Column(str, pa.Check.isin(["external", "internal"])),
            "stratum": pa.Column(str),
            "cluster": pa.Column(str, hidden),
            "day": pa.Column(str, hidden),
            "counter": pa.Column(str, hidden),
            "period": pa.Column(str),
            **scores,
            **bands,
        },
        name=f"accepted responses, {instrument.id}",
        strict=True,  # an unexpected column is a mistake upstream, not extra data
        ordered=True,
        coerce=False,  # types are settled in cleaning, where a failure gets a reason
    )


def _are_short_numbers(column: pd.Series) -> bool:
    return all(map(_SHORT_NUMBER.fullmatch, column.tolist()))


def check_accepted(frame: pd.DataFrame, columns: AcceptedColumns) -> Codes:
    """The rows in the order of their responses' numbers, if the contract is kept.

    Otherwise a ValueError that tells no value.

    Texts may still be categories.
    """
    try:
        numbers = read_numbers(np.asarray(frame["response"]).tolist())
    except (TypeError, ValueError):
        raise ValueError(_NO_NUMBERS) from None
    order = np.argsort(numbers)
    told = numbers[order]
    if (told[1:] == told[:-1]).any():
        raise ValueError(_NO_NUMBERS)
    try:
        accepted_schema(columns).validate(_values(frame))
        return order
    except SchemaError as error:
        column = getattr(error.schema, "name", None)
        kind = error.reason_code.name if error.reason_code else "unknown"
    raise ValueError(f"accepted responses: {column} breaks its schema: {kind}")


def _values(frame: pd.DataFrame) -> pd.DataFrame:
    """Every value of each column, on which alone the contract of a cell depends."""
    found = {name: _distinct(frame[name]) for name in frame}
    length = max(map(len, found.values()))
    return pd.DataFrame(
        {
            name: column.take(np.arange(length) % max(len(column), 1)).array
            for name, column in found.items()
        }
    )


def _distinct(column: pd.Series) -> pd.Series:
    if column.name == "response":  # all of them were looked at before
        return column.iloc[:1]
    values = pd.Series(column.unique())
    return values.astype("str") if values.dtype == "category" else values


def empty_accepted(columns: AcceptedColumns) -> pd.DataFrame:
    texts = pd.Series([], dtype="str")
    scores = pd.Series([], dtype="Int64")
    return pd.DataFrame(
        {name: scores if name in columns.scores else texts for name in columns.names}
    )


def empty_log(columns: Sequence[str]) -> pd.DataFrame:
    return typed(pd.DataFrame({name: [] for name in columns}), columns)


def typed(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a log, numbers as int64 and all else as text."""
    return frame[list(columns)].astype(
        {name: "int64" if name in NUMBERS else "str" for name in columns}
    )
