"""Every row judged from its marks alone: accepted, or set aside for one reason.

Nothing here reads a file, so that rows can be judged again under another rule.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from math import ceil

import numpy as np
import numpy.typing as npt
import pandas as pd

from skm_analysis.responses.received import INVALID, Received
from skm_analysis.study.records import Cleaning


class Reason(StrEnum):
    """Why a questionnaire was set aside. The first rule that applies wins."""

    RAGGED_ROW = "ragged_row"  # more or fewer fields in its line than columns
    NO_RESPONDENT = "no_respondent"  # long form: an answer that nobody gave
    TWO_ANSWERS = "two_answers"  # long form: unlike answers to one question
    TEST_ROW = "test_row"  # a trial of the form, as [[delivery.test]] declares
    EXCLUDED = "excluded"  # whom the office asks to leave out ([[delivery.exclude]])
    UNKNOWN_UNIT = "unknown_unit"  # the unit column is blank or names none of the study
    UNREAD_DAY = "unread_day"  # a blank where the day stands, or no day one can read
    OUT_OF_PERIOD = "out_of_period"  # a day outside the study
    UNKNOWN_STRATUM = "unknown_stratum"  # its unit has strata, and it is in none
    EMPTY = "empty"  # no item answered
    OUT_OF_SCALE = "out_of_scale"  # a whole number off the scale, an undeclared answer
    NOT_WHOLE_NUMBER = "not_whole_number"  # an answer that is no whole number
    TOO_FEW_ITEMS = "too_few_items"  # fewer answered than `minimum_items` asks
    DUPLICATE = "duplicate"  # a usable sheet of this respondent came before


# What somebody said of a row, not what is wrong with it.
DECLARED = (Reason.TEST_ROW, Reason.EXCLUDED, Reason.DUPLICATE)


Rule = Callable[[pd.DataFrame, Cleaning], pd.Series]

# In the order in which they are tried, over `Received.marks`. `duplicate` follows,
# among the rows that are left: who sent an unusable sheet first is not lost.
RULES: tuple[tuple[Reason, Rule], ...] = (
    (Reason.RAGGED_ROW, lambda marks, _: marks["broken"].eq("ragged_row")),
    (Reason.NO_RESPONDENT, lambda marks, _: marks["broken"].eq("no_respondent")),
    (Reason.TWO_ANSWERS, lambda marks, _: marks["broken"].eq("two_answers")),
    (Reason.TEST_ROW, lambda marks, _: marks["trial"]),
    (Reason.EXCLUDED, lambda marks, _: marks["excluded"]),
    (Reason.UNKNOWN_UNIT, lambda marks, _: ~marks["known_unit"]),
    (
        Reason.UNREAD_DAY,
        lambda marks, cleaning: (
            ~marks["told_day"] & (cleaning.out_of_period == "set_aside")
        ),
    ),
    (
        Reason.OUT_OF_PERIOD,
        lambda marks, cleaning: (
            ~marks["in_period"] & (cleaning.out_of_period == "set_aside")
        ),
    ),
    (Reason.UNKNOWN_STRATUM, lambda marks, _: ~marks["known_stratum"]),
    (
        Reason.EMPTY,
        lambda marks, cleaning: marks["answered"].eq(0) & ~_spoilt(marks, cleaning),
    ),
    (
        Reason.OUT_OF_SCALE,
        lambda marks, cleaning: _spoilt(marks, cleaning, "out_of_scale"),
    ),
    (
        Reason.NOT_WHOLE_NUMBER,
        lambda marks, cleaning: _spoilt(marks, cleaning, "not_whole_number"),
    ),
    (
        Reason.TOO_FEW_ITEMS,
        lambda marks, cleaning: marks["answered"] < _least(marks, cleaning),
    ),
)


def _spoilt(marks: pd.DataFrame, cleaning: Cleaning, *rules: str) -> pd.Series:
    """Whether an answer that is no score spoils the whole sheet, by any of `rules`."""
    spoilt = pd.Series(False, index=marks.index)
    for rule in rules or INVALID:
        spoilt |= marks[rule].gt(0) & (getattr(cleaning, rule) == "row")
    return spoilt


def _least(marks: pd.DataFrame, cleaning: Cleaning) -> pd.Series:
    """How many items must be answered: `minimum_items` of those that are asked."""
    share = cleaning.minimum_items
    return marks["items"].map({n: ceil(n * share) for n in marks["items"].unique()})


def is_valid(marks: pd.DataFrame, cleaning: Cleaning) -> pd.Series:
    """Whether every answer is a score or counts as a blank, and there is one at all."""
    return marks["answered"].gt(0) & ~_spoilt(marks, cleaning)


def judge_all(read: Sequence[Received], cleaning: Cleaning) -> list[pd.Series]:
    """The reason of each row, delivery by delivery.

    A respondent whose id holds in the whole unit may have come in an earlier delivery.
    """
    found = [_judge(each, cleaning) for each in read]
    if cleaning.duplicates == "id":
        before = came_before(read, [reasons.eq("").to_numpy() for reasons in found])
        for reasons, again in zip(found, before, strict=True):
            reasons[again] = Reason.DUPLICATE
    return found


def came_before(
    read: Sequence[Received], usable: Sequence[npt.NDArray[np.bool_]]
) -> list[npt.NDArray[np.bool_]]:
    """Usable rows of a respondent of whom the unit has one in an earlier delivery.

    That can be told where ids hold in the whole unit.
    """
    found = [np.zeros(len(each.rows), dtype=bool) for each in read]
    seen: set[tuple[str, str, str]] = set()
    for each, its, again in zip(read, usable, found, strict=True):
        if each.delivery.id_within != "unit":
            continue
        at = np.flatnonzero(its & each.rows["id"].gt(0).to_numpy())
        rows = each.rows[["unit", "source", "basis"]].take(at)
        who = [*zip(rows["unit"], rows["source"], rows["basis"], strict=True)]
        again[at] = [person in seen for person in who]
        seen.update(who)
    return found


def _judge(received: Received, cleaning: Cleaning) -> pd.Series:
    """The reason for which each row is set aside; "" for the accepted ones."""
    places = {reason: place for place, reason in enumerate(Reason, start=1)}
    codes = np.zeros(len(received.rows), dtype=np.int8)
    for reason, applies in RULES:
        broken = applies(received.marks, cleaning).to_numpy()
        codes[broken & (codes == 0)] = places[reason]
    by = {"id": "id", "row": "copy"}.get(cleaning.duplicates)
    codes[repeated(received, codes == 0, by)] = places[Reason.DUPLICATE]
    names = pd.Index(["", *places], dtype="str")
    reasons = pd.Categorical.from_codes(codes, categories=names)
    return pd.Series(reasons, index=received.rows.index)


def repeated(
    received: Received, usable: npt.NDArray[np.bool_], by: str | None
) -> npt.NDArray[np.bool_]:
    """Usable rows whose id, or whose row as a whole, the unit's delivery had before."""
    rows = received.rows
    again = np.zeros(len(rows), dtype=bool)
    if by is None or (by == "id" and received.delivery.id_column is None):
        return again
    numbers = rows[by].to_numpy()
    told = np.flatnonzero(usable & (numbers > 0) if by == "id" else usable)
    units = rows["unit"].cat
    whole = numbers[told] * len(units.categories) + units.codes.to_numpy()[told]
    again[told] = pd.Series(whole).duplicated()
    return again
