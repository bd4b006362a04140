"""One delivery, read: every row placed and parsed, none judged yet."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from skm_analysis.responses.columnar import (
    Codes,
    Distinct,
    same,
    split,
)
from skm_analysis.responses.columns import Columns, find_columns
from skm_analysis.responses.odd_words import odd_words
from skm_analysis.responses.office_results import OfficeFigure, office_figures
from skm_analysis.responses.parsing import AnswerReader, Parsed, parse_distinct
from skm_analysis.responses.placing import place_rows
from skm_analysis.responses.profiles import Spelling, band_column
from skm_analysis.responses.raw import RawTable, refusal
from skm_analysis.responses.schema import IMPORTANCE
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.telling_apart import (
    Nameless,
    basis_of,
    copies,
    identifiers,
)
from skm_analysis.responses.value_labels import (
    Labelled,
    answer_texts,
    profile_texts,
    user_missing,
)
from skm_analysis.study.records import (
    Delivery,
    ExcludedRows,
    Instrument,
    Item,
    Study,
    TrialRows,
)

INVALID = ("out_of_scale", "not_whole_number")  # rules of answers that are no score
_COUNTED = ("answered", *INVALID, "blank_words")


# Profile variable -> folded spelling -> band, as people decided.
Decided = Mapping[str, Mapping[str, str]]
_NOTHING_DECIDED: Decided = MappingProxyType({})


class Change(NamedTuple):
    column: str  # item key, importance.KEY, profile variable, unit or comment; or ""
    rule: str
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """All rows of one delivery, in its order.

    `rows`: row, unit ("" unknown), source, stratum, cluster, day, counter, period,
    date, serial, place, basis (texts, but `row` an integer), and numbers that are the
    same for the same id (0 for none) and for the same cells: id, copy; `marks`: trial,
    excluded, known_unit, in_period, told_day, known_stratum (bool), broken (why it is
    no sheet, or ""), and how many items are asked (items), are a score (answered), are
    none (out_of_scale, not_whole_number), are none but often meant as a blank
    (blank_words); `scores`: for each instrument the rows of its units, one Int64 column
    per item and one `importance.KEY` per item whose importance the delivery tells;
    `invalid`: for each item the rows whose answer is no score; `profile`: the bands of
    all rows, a service still as written;
    `changes` tells of answers that are no score, too (`INVALID`), whether they empty
    the cell or set the sheet aside.
    """

    delivery: Delivery
    name: str  # as the tables call it
    table: RawTable
    unread: tuple[str, ...]
    rows: pd.DataFrame
    marks: pd.DataFrame
    scores: Mapping[str, pd.DataFrame]
    invalid: Mapping[str, Codes]
    profile: pd.DataFrame
    spellings: Mapping[str, tuple[Spelling, ...]]  # by profile variable
    changes: tuple[Change, ...]
    office: tuple[OfficeFigure, ...] = ()  # the office's own result


def receive(
    table: RawTable,
    delivery: Delivery,
    name: str,
    study: Study,
    key: bytes,
    decided: Decided = _NOTHING_DECIDED,
) -> Received:
    """Place and parse all rows of `table`.

    Raises DeliveryError for a column that is not there, and for a unit in it whose
    instrument asks something that the delivery does not name.
    """
    columns = find_columns(table, delivery)
    ids = None
    if (place := columns.get("id_column")) is not None:
        ids = identifiers(table.distinct(place))
    rows = place_rows(table, delivery, columns, study, key, ids)
    marks = _marks(rows).assign(
        trial=_declared(table, delivery.trials, columns.trials),
        excluded=_declared(table, delivery.excluded, columns.excluded),
    )
    marks["broken"] = _broken(table).categorical()
    changes: list[Change] = []
    nameless = Nameless.of(table, columns, rows)
    scores = {}
    invalid: dict[str, list[Codes]] = {}
    for instrument in _instruments(rows, study, table, columns):
        of_it = [u.id for u in study.units if u.instrument.id == instrument.id]
        at = np.flatnonzero(rows["unit"].isin(of_it))
        scores[instrument.id] = _score(
            table, delivery, columns, instrument, at, marks, nameless, changes, invalid
        ).join(_importance(table, delivery, columns, instrument, at, changes))
    banded = {
        variable: band_column(
            variable, profile_texts(table, at).column, decided.get(variable, {})
        )
        for variable, at in columns.profile.items()
    }
    changes += [
        Change(variable, rule, n)
        for variable, each in banded.items()
        for rule, n in each.changes.items()
    ]
    changes += _of_spss(table, columns)
    changes += [Change(x, "two_columns", n) for x, n in table.disagreeing.items()]
    changes += [Change(*each) for each in odd_words(table, columns, rows["unit"])]
    changes += [Change("", rule, rows) for rule, rows in table.passed_over.items()]
    basis = basis_of(rows, ids, nameless, [*banded.values()])
    rows["basis"] = pd.Series(basis, dtype=object)
    rows["copy"] = copies(table)
    return Received(
        delivery=delivery,
        name=name,
        table=table,
        unread=columns.unread,
        rows=rows,
        marks=marks,
        scores=scores,
        invalid={item: np.concatenate(rows) for item, rows in invalid.items()},
        profile=pd.DataFrame(
            {name: each.column.categorical() for name, each in banded.items()},
            index=range(len(table.rows)),
        ),
        spellings={variable: each.spellings for variable, each in banded.items()},
        changes=tuple(changes),
        office=_office(table, delivery, columns, rows, study),
    )


def _of_spss(table: RawTable, columns: Columns) -> list[Change]:
    """What an SPSS file declares as missing, and the profile that its labels tell."""
    importance = {IMPORTANCE + key: at for key, at in columns.importance.items()}
    named = {**columns.items, **importance, **columns.profile}
    missing = {name: user_missing(table, at) for name, at in named.items()}
    labelled = {
        variable: int(profile_texts(table, at).told.sum())
        for variable, at in columns.profile.items()
    }
    return [
        Change(name, rule, count)
        for rule, counts in (("user_missing", missing), ("value_label", labelled))
        for name, count in counts.items()
        if count
    ]


def _office(
    table: RawTable,
    delivery: Delivery,
    columns: Columns,
    rows: pd.DataFrame,
    study: Study,
) -> tuple[OfficeFigure, ...]:
    """What the office worked out; whose it is where all rows are of one unit."""
    there = set(rows["unit"]) - {""}
    whose = delivery.unit or (there.pop() if len(there) == 1 else "")
    instrument = study.unit(whose).instrument if whose else None
    return office_figures(table, delivery, whose, instrument, columns.items)


def _marks(rows: pd.DataFrame) -> pd.DataFrame:
    count = len(rows)
    return pd.DataFrame(
        {
            "known_unit": rows["unit"] != "",
            "in_period": rows.pop("in_period"),
            "told_day": rows.pop("told_day"),
            "known_stratum": rows.pop("known_stratum"),
            "items": np.zeros(count, dtype=np.int64),
            **{name: np.zeros(count, dtype=np.int64) for name in _COUNTED},
        }
    )


def _declared(
    table: RawTable,
    rows: Sequence[TrialRows | ExcludedRows],
    places: Mapping[str, int],
) -> npt.NDArray[np.bool_]:
    """Which rows the partner declares to be trials, or asks to leave out."""
    found = np.zeros(len(table.rows), dtype=bool)
    for each in rows:
        values = {fold(value) for value in each.values}
        column = table.distinct(places[each.column])
        named = [fold(text) in values for text in column.texts]
        found |= np.array(named, dtype=bool)[column.codes]
    return found


def _instruments(
    rows: pd.DataFrame, study: Study, table: RawTable, columns: Columns
) -> list[Instrument]:
    """The instruments of the units in the delivery; all their items must be named.

    An index of eight items is never computed as if it were of nine.
    """
    there = set(rows["unit"])
    found: dict[str, Instrument] = {}
    for unit in study.units:
        if unit.id not in there or unit.instrument.id in found:
            continue
        found[unit.instrument.id] = unit.instrument
        absent = [key for key in unit.instrument.keys if key not in columns.items]
        if absent:
            raise refusal(
                table.file,
                f"kolom untuk {', '.join(absent)} tidak disebutkan, padahal ditanyakan "
                f"di {unit.id} (instrumen {unit.instrument.id}).",
                "lengkapi [delivery.columns] di study.toml, atau perbaiki instrumen.",
            )
    return list(found.values())


def _score(
    table: RawTable,
    delivery: Delivery,
    columns: Columns,
    instrument: Instrument,
    at: npt.NDArray[np.intp],
    marks: pd.DataFrame,
    nameless: Nameless,
    changes: list[Change],
    invalid: dict[str, list[Codes]],
) -> pd.DataFrame:
    """Parse the answers of the rows `at`; note in the others what was found there."""
    scores = {}
    found = {name: np.zeros(len(at), dtype=np.int64) for name in _COUNTED}

    def parse(item: Item) -> tuple[Labelled, Parsed]:
        reader = AnswerReader.of(delivery, instrument, item)
        told = answer_texts(table, columns.items[item.key], reader)
        return told, parse_distinct(told.column.at(at), reader)

    # numpy lets go of the interpreter while it takes what many rows say.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = [*pool.map(parse, instrument.items)]
    for item, (told, parsed) in zip(instrument.items, answers, strict=True):
        scores[item.key] = pd.arrays.IntegerArray(parsed.scores, ~parsed.answered)
        for name, counts in found.items():
            counts += getattr(parsed, name)
        if (spoilt := parsed.out_of_scale | parsed.not_whole_number).any():
            invalid.setdefault(item.key, []).append(at[spoilt])
        nameless.note(item.key, at, parsed.meanings)
        logged = {name: int(getattr(parsed, name).sum()) for name in INVALID}
        logged["value_label"] = int(told.told[at].sum())
        changes += [
            Change(item.key, rule, n)
            for rule, n in {**parsed.changes, **logged}.items()
            if n
        ]
    found["items"] = np.full(len(at), len(instrument.items))
    for name, counts in found.items():
        whole = marks[name].to_numpy(copy=True)
        whole[at] = counts
        marks[name] = whole
    return pd.DataFrame(scores, index=_index(at))


def _importance(
    table: RawTable,
    delivery: Delivery,
    columns: Columns,
    instrument: Instrument,
    at: npt.NDArray[np.intp],
    changes: list[Change],
) -> pd.DataFrame:
    """How important each item is to the respondents `at`, written as its answers are.

    What cannot be read is blank and counted: the index does not rest on it, so that no
    row is set aside for it.
    """
    read = {}
    for item in instrument.items:
        if item.key not in columns.importance:
            continue
        name = IMPORTANCE + item.key
        reader = AnswerReader.of(delivery, instrument, item)
        told = answer_texts(table, columns.importance[item.key], reader)
        parsed = parse_distinct(told.column.at(at), reader)
        read[name] = pd.arrays.IntegerArray(parsed.scores, ~parsed.answered)
        unread = int((parsed.out_of_scale | parsed.not_whole_number).sum())
        counted = {**parsed.changes, **({"no_importance": unread} if unread else {})}
        changes += [Change(name, rule, n) for rule, n in counted.items()]
    return pd.DataFrame(read, index=_index(at))


def _index(at: Codes) -> pd.Index:
    """The rows `at`, which are in order and mostly all there are."""
    whole = pd.RangeIndex(len(at))
    return whole if not len(at) or at[-1] == len(at) - 1 else pd.Index(at)


def _broken(table: RawTable) -> Distinct:
    if not table.broken:
        return same("", len(table.rows))
    return split([table.broken.get(number, "") for number in table.row_numbers])
