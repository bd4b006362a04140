"""The rows on importance, where respondents were asked for it; otherwise none."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.estimates.disclosure import distribution_flags, mean_flags
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.importance import (
    from_cross,
    gap,
    mean_over_items,
    quadrant,
    satisfaction_index,
)
from skm_analysis.estimates.index import Linear, item_mean
from skm_analysis.estimates.interval import limits
from skm_analysis.estimates.recording import Address, mean_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import Sample
from skm_analysis.estimates.surveyed import Surveyed, score_table
from skm_analysis.estimates.variance import Estimate, assess
from skm_analysis.responses.schema import IMPORTANCE


class Asked(NamedTuple):
    """One item with both its means over one design."""

    satisfaction: Linear
    importance: Linear
    performance: Estimate
    weight: Estimate  # the importance as an estimate on the scale


def importance_rows(at: Address, surveyed: Surveyed) -> list[Row]:
    """Importance, gap and quadrant per item; the satisfaction index of the unit."""
    sample = surveyed.sample
    items = _asked(surveyed, sample) if sample is not None else {}
    if sample is None or not items:
        return []
    rows: list[Row] = []
    for key, asked in items.items():
        difference = gap(
            sample,
            asked.satisfaction,
            asked.importance,
            surveyed.unit.instrument.scale,
        )
        row = _mean(at, "gap", difference, surveyed, key)
        rows += [_mean(at, "importance", asked.weight, surveyed, key), _sure(row)]
    return [
        *rows,
        *_quadrants(at, surveyed, sample, items),
        _index(at, surveyed, sample, items),
    ]


def _asked(surveyed: Surveyed, sample: Sample) -> Mapping[str, Asked]:
    """Items of which both means are known, in the instrument's order."""
    instrument = surveyed.unit.instrument
    columns = [key for key in instrument.keys if IMPORTANCE + key in surveyed.frame]
    names = [IMPORTANCE + key for key in columns]
    weights = replace(sample, scores=score_table(surveyed.frame, names))
    low, high = (Fraction(end) for end in instrument.scale)
    found: dict[str, Asked] = {}
    for place, key in enumerate(columns):
        importance = item_mean(weights, place)
        own = instrument.keys.index(key)
        satisfaction = item_mean(sample, own, rule=surveyed.rule)
        if importance is not None and satisfaction is not None:
            weight = assess(importance, weights, lowest=low, highest=high, domain=True)
            performance = surveyed.nrr[key]
            found[key] = Asked(satisfaction, importance, performance, weight)
    return found


def _mean(
    at: Address, measure: str, estimate: Estimate, surveyed: Surveyed, item: str = ""
) -> Row:
    return mean_row(
        at,
        measure,
        estimate,
        level=surveyed.level,
        population=surveyed.population,
        flags=surveyed.flags,
        item=item,
    )


def _sure(row: Row) -> Row:
    """Flagged where the interval leaves no doubt of the gap's sign."""
    if row.ci_low is None or row.ci_high is None:
        return row
    excluded = row.ci_low > 0 or row.ci_high < 0
    return row.flagged("gap_sure") if excluded else row


def _quadrants(
    at: Address, surveyed: Surveyed, sample: Sample, items: Mapping[str, Asked]
) -> list[Row]:
    """The case in `category`; `uncertain` where it cannot be told from the cross."""
    scale, level = surveyed.unit.instrument.scale, surveyed.level
    crosses = (
        mean_over_items([each.satisfaction for each in items.values()]),
        mean_over_items([each.importance for each in items.values()]),
    )
    fewest = min(_fewest(each) for each in items.values())
    rows = [
        at.row(measure, stored_value(cross.value), n=fewest).flagged(
            *mean_flags(fewest)
        )
        for measure, cross in zip(("nrr_mean", "importance_mean"), crosses, strict=True)
    ]
    for key, asked in items.items():
        where = quadrant(
            asked.satisfaction.value,
            asked.importance.value,
            (crosses[0].value, crosses[1].value),
        )
        distances = [
            from_cross(sample, asked.satisfaction, crosses[0], scale),
            from_cross(sample, asked.importance, crosses[1], scale),
        ]
        n = _fewest(asked)
        row = at.row("quadrant", item=key, category=where, n=n)
        unsure = any(_may_be_zero(each, level) for each in distances)
        flags = ("uncertain",) if unsure else ()
        rows.append(row.flagged(*distribution_flags(n), *flags))
    return rows


def _index(
    at: Address, surveyed: Surveyed, sample: Sample, items: Mapping[str, Asked]
) -> Row:
    instrument = surveyed.unit.instrument
    linear = satisfaction_index(
        [each.satisfaction for each in items.values()],
        [each.importance for each in items.values()],
        instrument.factor,
    )
    low, high = (instrument.factor * end for end in instrument.scale)
    estimate = assess(linear, sample, lowest=low, highest=high)
    fewest = min(_fewest(each) for each in items.values())
    row = _mean(at, "csi", replace(estimate, n=fewest), surveyed)
    return row if len(items) == len(instrument.keys) else row.flagged("common_items")


def _fewest(asked: Asked) -> int:
    return min(asked.performance.n, asked.weight.n)


def _may_be_zero(difference: Estimate, level: float) -> bool:
    found = limits(difference, level)
    return found is None or found.low <= 0 <= found.high
