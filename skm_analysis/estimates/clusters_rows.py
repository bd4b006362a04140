"""The rows of what gathered answers together: its correlation, and its effect."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from skm_analysis.estimates.clusters import (
    ASSUMED,
    Variation,
    design_effect,
    intraclass,
    is_estimable,
    mean_size,
    pool,
    resemblance,
    variation,
)
from skm_analysis.estimates.disclosure import distribution_flags
from skm_analysis.estimates.index import index
from skm_analysis.estimates.recording import Address, estimate_flags, mean_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import Integers, Sample, unclustered_sample
from skm_analysis.estimates.surveyed import (
    Surveyed,
    draw_sample,
    estimate_index,
    is_clustered,
)
from skm_analysis.estimates.variance import FEWEST_BETWEEN, Estimate

# Where no clusters were declared, what the accepted responses tell of their gathering.
DIAGNOSED = ("day", "counter")


def pooled_resemblance(surveyed: Iterable[Surveyed]) -> float:
    """rho within the declared clusters of a whole study, to calculate with."""
    return resemblance(_pooled(surveyed, "cluster"))


def pooled_variations(surveyed: Sequence[Surveyed]) -> dict[str, Variation]:
    """Of the declared clusters, and of days and counters where there are none."""
    return {
        column: _pooled([each for each in surveyed if column in _columns(each)], column)
        for column in ("cluster", *DIAGNOSED)
    }


def cluster_rows(
    at: Address, surveyed: Surveyed, pooled: Mapping[str, Variation]
) -> list[Row]:
    """Correlation and design effect of one unit's clusters, declared or diagnosed.

    A diagnosis changes no interval. What it would do stands in `sensitivity`, category
    `clusters-day` or `clusters-counter`.
    """
    return [
        row
        for column in _columns(surveyed)
        for row in _column_rows(at, surveyed, column, pooled[column])
    ]


def study_rows(
    study: str, surveyed: Sequence[Surveyed], pooled: Mapping[str, Variation]
) -> list[Row]:
    """The pooled correlation, and what it does to a cluster of the usual size."""
    at = Address(study, "study")
    rows: list[Row] = []
    for column, found in pooled.items():
        members = [each for each in surveyed if column in _columns(each)]
        if not members:
            continue
        n = sum(each.n for each in members)
        flags = () if is_estimable(found) else ("rho_assumed",)
        rho = resemblance(found)
        icc = at.row("icc", rho, category=column, n=n, df=float(found.df_between))
        size = mean_size(np.concatenate([_sizes(each, column) for each in members]))
        deff = at.row("deff", design_effect(size, rho), category=column, n=n)
        rows += [icc.flagged(*flags), deff.flagged(*flags)]
    return rows


def _columns(surveyed: Surveyed) -> tuple[str, ...]:
    if surveyed.sample is None:
        return ()
    if "clustered" in surveyed.flags:
        return ("cluster",)
    return tuple(
        column
        for column in DIAGNOSED
        if is_clustered(surveyed.unit, surveyed.frame, column)
    )


def _pooled(surveyed: Iterable[Surveyed], column: str) -> Variation:
    found = [_variation(each, _sample(each, column, ASSUMED)) for each in surveyed]
    return pool(each for each in found if each is not None)


def _variation(surveyed: Surveyed, sample: Sample | None) -> Variation | None:
    if sample is None or sample.cluster is None:
        return None
    instrument = surveyed.unit.instrument
    weights = [item.weight for item in instrument.items]
    linear = index(sample, weights, instrument.factor, rule=surveyed.rule)
    return variation(linear, sample) if linear is not None else None


def _sample(surveyed: Surveyed, column: str, rho: float) -> Sample | None:
    return draw_sample(
        surveyed.unit, surveyed.frame, surveyed.weighting, rho, column=column
    )


def _sizes(surveyed: Surveyed, column: str) -> Integers:
    sample = _sample(surveyed, column, ASSUMED)
    if sample is None or sample.cluster is None:
        return np.empty(0, dtype=np.int64)
    return np.bincount(sample.cluster)


def _column_rows(
    at: Address, surveyed: Surveyed, column: str, pooled: Variation
) -> list[Row]:
    sample = _sample(surveyed, column, resemblance(pooled))
    own = _variation(surveyed, sample)
    if sample is None or own is None:
        return []
    estimate, effect = _effect(surveyed, sample)
    if estimate is None:
        return []
    flags = distribution_flags(surveyed.n)
    rho = intraclass(own)
    few = min(own.df_between, own.df_within) < FEWEST_BETWEEN
    doubts = ["too_few"] * few + ["no_variance"] * (rho is None and not few)
    rows = [
        at.row(
            "icc", rho, category=column, n=surveyed.n, df=float(own.df_between)
        ).flagged(*flags, *doubts),
        at.row("deff", effect, category=column, n=surveyed.n).flagged(
            *flags, *estimate_flags(estimate)
        ),
    ]
    if column == "cluster":
        return rows
    changed = mean_row(
        at,
        "sensitivity",
        estimate,
        level=surveyed.level,
        population=surveyed.population,
        flags=surveyed.flags,
        category=f"clusters-{column}",
    )
    return [*rows, changed]


def _effect(surveyed: Surveyed, sample: Sample) -> tuple[Estimate | None, float | None]:
    """The index in clusters, and its variance over that of respondents asked singly."""
    weights = [item.weight for item in surveyed.unit.instrument.items]
    unit, rule = surveyed.unit, surveyed.rule
    together = estimate_index(unit, sample, weights, rule)
    simple = estimate_index(unit, unclustered_sample(sample), weights, rule)
    if together is None or simple is None:
        return together, None
    if together.few_clusters or not simple.se or together.se is None:
        return together, together.concentration / simple.concentration
    return together, (together.se / simple.se) ** 2
