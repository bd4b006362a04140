"""Column contracts of the tables that pass between rooms.

A function may assume its input schema and must return its output schema; nothing
downstream checks a column twice.
"""

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError

from skm_analysis.responses.identity import may_hold
from skm_analysis.responses.labels import BANDS, PROFILE
from skm_analysis.study.records import Instrument, Study

PLACES = ("response", "source", "stratum", "cluster", "period")
SET_ASIDE = ("response", "delivery", "row", "unit", "reason")
CHANGES = ("delivery", "column", "rule", "count")
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
    "unread",  # headers of columns that nothing in study.toml names
)
NUMBERS = frozenset({"row", "count", "bytes", "rows_read", "accepted", "set_aside"})


def profile_variables(study: Study, unit: str) -> tuple[str, ...]:
    """What the study's deliveries tell of the unit's respondents, in fixed order."""
    declared = {
        variable
        for delivery in study.deliveries
        if may_hold(delivery, unit)
        for variable in delivery.profile
    }
    return tuple(variable for variable in PROFILE if variable in declared)


def accepted_schema(
    instrument: Instrument, profile: Sequence[str] = ()
) -> pa.DataFrameSchema:
    """The accepted responses of a unit: no identity, no text."""
    low, high = instrument.scale
    bands = {
        name: pa.Column(
            str, pa.Check.isin(["", *BANDS[name]]) if name in BANDS else None
        )
        for name in profile
    }
    items = {
        key: pa.Column("Int64", pa.Check.in_range(low, high), nullable=True)
        for key in instrument.keys
    }
    return pa.DataFrameSchema(
        {
            "response": pa.Column(
                str, pa.Check.str_matches(r"^[0-9a-f]{16}$"), unique=True
            ),
            "source": pa.Column(str, pa.Check.isin(["external", "internal"])),
            "stratum": pa.Column(str),
            "cluster": pa.Column(str, pa.Check.str_matches(r"^([0-9a-f]{8})?$")),
            "period": pa.Column(str),
            **items,
            **bands,
        },
        name=f"accepted responses, {instrument.id}",
        strict=True,  # an unexpected column is a mistake upstream, not extra data
        ordered=True,
        coerce=False,  # types are settled in cleaning, where a failure gets a reason
    )


def check_accepted(
    frame: pd.DataFrame, instrument: Instrument, profile: Sequence[str]
) -> pd.DataFrame:
    """`frame`, if it keeps the contract; a ValueError without any value otherwise."""
    try:
        return accepted_schema(instrument, profile).validate(frame)
    except SchemaError as error:
        column = getattr(error.schema, "name", None)
        kind = error.reason_code.name if error.reason_code else "unknown"
    raise ValueError(f"accepted responses: {column} breaks its schema: {kind}")


def empty_accepted(instrument: Instrument, profile: Sequence[str]) -> pd.DataFrame:
    texts = pd.Series([], dtype="str")
    scores = pd.Series([], dtype="Int64")
    return pd.DataFrame(
        {name: texts for name in PLACES}
        | {key: scores for key in instrument.keys}
        | {name: texts for name in profile}
    )


def typed(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a log, numbers as int64 and all else as text."""
    return frame[list(columns)].astype(
        {name: "int64" if name in NUMBERS else "str" for name in columns}
    )
