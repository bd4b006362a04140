"""The rows on how well a questionnaire's items hang together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from skm_analysis.estimates.disclosure import (
    FEWEST_RELIABLE,
    FEWEST_TOLD,
    distribution_flags,
    mean_flags,
)
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.reliability import (
    complete_sheets,
    correlations,
    covariances,
    critical_r,
    cronbach_alpha,
    feldt_limits,
    item_with_rest,
    item_with_total,
    omega_total,
    varied_items,
)
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import Integers, Scores
from skm_analysis.estimates.surveyed import Surveyed, score_table
from skm_analysis.study.records import Instrument

# A correlation that rests on fewer sheets off the most frequent answer is flagged.
FEWEST_DIFFERENT = 10


def instrument_rows(
    study: str, surveyed: Iterable[Surveyed], level: float
) -> list[Row]:
    """Per questionnaire, over the complete sheets of the independent survey.

    Units are put together, so that differences between them count as differences
    between respondents and raise alpha.
    """
    asked: dict[str, list[Surveyed]] = {}
    for each in surveyed:
        if each.source == "external" and each.n > 0:
            asked.setdefault(each.unit.instrument.id, []).append(each)
    rows: list[Row] = []
    for name, units in asked.items():
        instrument = units[0].unit.instrument
        tables = [score_table(each.frame, instrument.keys) for each in units]
        sheets = complete_sheets(np.concatenate(tables))
        at = Address(study, "instrument", name)
        rows += _scale_rows(at, sheets, level)
        rows += _item_rows(at, instrument, sheets)
    return rows


def unit_alpha(at: Address, surveyed: Surveyed) -> list[Row]:
    """Alpha of one unit; empty (`too_few`) below 30 complete sheets."""
    if surveyed.sample is None:
        return []
    sheets = complete_sheets(surveyed.sample.scores)
    return [_alpha(at, sheets, surveyed.level, fewest=FEWEST_RELIABLE)]


def _scale_rows(at: Address, sheets: Scores, level: float) -> list[Row]:
    n = len(sheets)
    varied = int(varied_items(sheets).sum())
    items = at.tally("n_items", varied, n=n).flagged(*_constant(sheets))
    table = at.row("r_table", critical_r(n) if n >= FEWEST_TOLD else None, n=n)
    if table.value is None:
        table = table.flagged("too_few")
    return [
        items,
        _alpha(at, sheets, level, fewest=FEWEST_TOLD),
        _omega(at, sheets),
        table,
    ]


def _alpha(at: Address, sheets: Scores, level: float, *, fewest: int) -> Row:
    """Over the items that vary: one that does not adds nothing that could agree."""
    n, varied = len(sheets), sheets[:, varied_items(sheets)]
    row = at.row("alpha", n=n).flagged(*mean_flags(n), *_constant(sheets))
    if n < fewest:
        return row.flagged("too_few")
    value = cronbach_alpha(covariances(varied))
    if value is None:
        return row.flagged("no_variance")
    low, high = feldt_limits(value, n, varied.shape[1], level)
    return at.row(
        "alpha",
        value,
        ci_low=low,
        ci_high=high,
        level=level,
        method="feldt",
        n=n,
        flags=row.flags,
    )


def _omega(at: Address, sheets: Scores) -> Row:
    n, varied = len(sheets), sheets[:, varied_items(sheets)]
    row = at.row("omega", n=n).flagged(*mean_flags(n), *_constant(sheets))
    if n < FEWEST_TOLD:
        return row.flagged("too_few")
    if varied.shape[1] < 3:
        return row.flagged("no_variance" if varied.shape[1] == 0 else "too_few_items")
    value, heywood = omega_total(correlations(varied))
    found = at.row("omega", value, n=n, flags=row.flags)
    if value is None:
        found = found.flagged("not_converged")
    return found.flagged("heywood") if heywood else found


def _item_rows(at: Address, instrument: Instrument, sheets: Scores) -> list[Row]:
    rows: list[Row] = []
    for place, key in enumerate(instrument.keys):
        rest = at.row("item_total", item=key, n=len(sheets))
        total = at.row("validity", item=key, n=len(sheets))
        if len(sheets) < FEWEST_TOLD:
            found = [rest.flagged("too_few"), total.flagged("too_few")]
        else:
            found = [
                _correlation(rest, item_with_rest(sheets, place)),
                _judged(_correlation(total, item_with_total(sheets, place))),
            ]
        flags = (*distribution_flags(len(sheets)), *_few_different(sheets[:, place]))
        rows += [row.flagged(*flags) for row in found]
    return rows


def _correlation(row: Row, r: float | None) -> Row:
    return row.flagged("no_variance") if r is None else replace(row, value=r)


def _judged(row: Row) -> Row:
    """The customary verdict, r against the r-table."""
    if row.value is None or row.n is None:
        return row
    return row.flagged("valid" if row.value >= critical_r(row.n) else "not_valid")


def _few_different(answers: Integers) -> Sequence[str]:
    counts = np.unique(answers, return_counts=True)[1]
    different = int(counts.sum() - counts.max(initial=0))
    return ("few_different",) if 0 < different < FEWEST_DIFFERENT else ()


def _constant(sheets: Scores) -> Sequence[str]:
    return () if varied_items(sheets).all() else ("constant_items",)
