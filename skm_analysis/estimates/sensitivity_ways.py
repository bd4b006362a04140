"""A unit's index under every other rule that applies to it, each rule alone."""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.estimates.change import rescaled_weights
from skm_analysis.estimates.data_quality import (
    keep_first_of_duplicates,
    keep_first_of_longest_run,
    keep_not_all_highest,
    keep_not_straight_lined,
    keep_outside_largest,
)
from skm_analysis.estimates.data_quality_rows import GATHERED, in_file_order
from skm_analysis.estimates.disclosure import has_small_group
from skm_analysis.estimates.sample import Sample
from skm_analysis.estimates.sensitivity import (
    ROUNDED_NINTHS,
    Sheets,
    moved,
    rounded,
    tells_on_few,
    worksheet_index,
)
from skm_analysis.estimates.surveyed import (
    Surveyed,
    draw_sample,
    estimate_index,
    estimate_on_items,
)
from skm_analysis.estimates.variance import Estimate
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.records import MissingRule, Study, Weighting

MISSING_RULES: tuple[MissingRule, ...] = ("ratio", "complete", "person")
# Decimals of each NRR and of the sum of weighted NRRs.
EARLY = {
    "early-rounding": (2, None),
    "early-rounding-3": (3, None),
    "early-rounding-index-3": (None, 3),
}


class Way(NamedTuple):
    """The index under one other rule."""

    name: str
    value: Fraction
    estimate: Estimate | None  # None: the rule only rounds, it has no error of its own
    n: int
    told: bool = True  # False: with the official index it would tell on 1 to 9 sheets
    moved: int = 0  # sheets that it counts otherwise than the nearest printed figure


def other_ways(study: Study, surveyed: Surveyed, cleaned: Cleaned) -> list[Way]:
    """Every other rule that applies to the unit, each alone, in a fixed order."""
    if surveyed.ikm is None or surveyed.sample is None:
        return []
    official = _counted(surveyed.frame, surveyed.sample, study.missing)
    # How many sheets are all of the highest answer is printed, so that everybody can
    # work out the index of the others, whether it is printed or not.
    published = [official, _below_highest(surveyed, surveyed.sample, official)]
    ways = [*_roundings(study, surveyed, surveyed.ikm)]
    held_back = False
    for name, estimate, sheets in _recounts(study, surveyed, cleaned):
        if estimate is None:
            continue
        hidden = tells_on_few(sheets, published)
        apart = [found for each in published if (found := moved(sheets, each))]
        changed = min(apart, default=0)
        if name == "with-all-set-aside":
            # The reasons alone and all together would give the one that is withheld.
            hidden = hidden or held_back
        if name.startswith("weighting-"):
            # Two weightings of few strata give the mean of each.
            hidden = has_small_group(surveyed.frame["stratum"])
            changed = surveyed.n
        elif not hidden:
            published.append(sheets)
        held_back = held_back or (hidden and name.startswith("with-"))
        ways.append(
            Way(
                name,
                estimate.value,
                estimate,
                estimate.n,
                not hidden,
                changed,
            )
        )
    return ways


def _roundings(study: Study, surveyed: Surveyed, ikm: Estimate) -> Iterator[Way]:
    """What a worksheet prints that rounds its weights, or rounds before the end."""
    instrument = surveyed.unit.instrument
    weights = [item.weight for item in instrument.items]
    if set(weights) == {Fraction(1, 9)}:
        for name, places in ROUNDED_NINTHS.items():
            weight = rounded(Fraction(1, 9), places)
            yield Way(name, ikm.value * 9 * weight, None, ikm.n)
    if study.missing == "person":
        return  # that index is no sum of weighted means
    means = [surveyed.nrr[key].value for key in instrument.keys]
    for name, (mean_places, index_places) in EARLY.items():
        value = worksheet_index(
            means,
            weights,
            instrument.factor,
            mean_places=mean_places,
            index_places=index_places,
        )
        yield Way(name, value, None, ikm.n)


class _Recount(NamedTuple):
    """The index under one other rule, and the sheets that it counts."""

    name: str
    estimate: Estimate | None
    sheets: Sheets


def _recounts(study: Study, surveyed: Surveyed, cleaned: Cleaned) -> Iterator[_Recount]:
    """The unit's index under each rule that weighs, counts or asks otherwise."""
    unit, frame = surveyed.unit, surveyed.frame
    for missing in MISSING_RULES:
        if missing != study.missing:
            changed = replace(surveyed, rule=missing)
            yield _recount(f"missing-{missing}", changed, surveyed.sample)
    if unit.strata and surveyed.source == "external":
        weighting: Weighting = "strata" if study.weighting == "none" else "none"
        changed = replace(surveyed, weighting=weighting)
        yield _recount_frame(f"weighting-{weighting}", changed, frame)
    yield from _without_biaya(surveyed)
    frames = (
        *_without_signs(surveyed, cleaned.crosswalk),
        *_with_others(study, surveyed, cleaned),
    )
    for name, changed_frame in frames:
        yield _recount_frame(name, surveyed, changed_frame)
    population = surveyed.population
    if (
        unit.sampling == "convenience"
        and population
        and surveyed.n <= population
        and "clustered" not in surveyed.flags  # there is no correction with clusters
    ):
        changed = replace(surveyed, unit=replace(unit, sampling="random"))
        yield _recount_frame("finite-correction", changed, frame)


def _recount_frame(name: str, changed: Surveyed, frame: pd.DataFrame) -> _Recount:
    """Of the sheets in `frame` those of the same source, drawn and counted anew."""
    frame = frame[frame["source"] == changed.source]
    sample = draw_sample(changed.unit, frame, changed.weighting, changed.resemblance)
    return _recount(name, replace(changed, frame=frame), sample)


def _recount(name: str, changed: Surveyed, sample: Sample | None) -> _Recount:
    if sample is None:
        return _Recount(name, None, {})
    weights = [item.weight for item in changed.unit.instrument.items]
    estimate = estimate_index(changed.unit, sample, weights, changed.rule)
    return _Recount(name, estimate, _counted(changed.frame, sample, changed.rule))


def _without_biaya(surveyed: Surveyed) -> Iterator[_Recount]:
    sample, instrument = surveyed.sample, surveyed.unit.instrument
    rest = tuple(item.key for item in instrument.items if item.unsur != "biaya")
    if (
        sample is None
        or len(rest) == len(instrument.items)
        or not any(instrument.item(key).weight for key in rest)
    ):
        return
    estimate = estimate_on_items(surveyed, rest, rescaled_weights(instrument, rest))
    sheets = _counted(surveyed.frame, sample, surveyed.rule)
    yield _Recount("without-biaya", estimate, sheets)


def _without_signs(
    surveyed: Surveyed, crosswalk: pd.DataFrame
) -> Iterator[tuple[str, pd.DataFrame]]:
    """The sheets that are left without each sign of careless or copied answers."""
    frame, instrument = surveyed.frame, surveyed.unit.instrument
    if surveyed.sample is None:
        return
    scores = surveyed.sample.scores
    yield "without-straight-lined", frame[keep_not_straight_lined(scores)]
    top = instrument.scale[1]
    yield "without-all-highest", frame[keep_not_all_highest(scores, top)]
    yield "without-duplicates", frame[keep_first_of_duplicates(scores)]
    order = in_file_order(frame, crosswalk)
    if len(order.places):
        kept = keep_first_of_longest_run(scores[order.places], order.files)
        yield "without-longest-run", frame.iloc[np.sort(order.places[kept])]
    for column in GATHERED:
        labels = frame[column].tolist() if column in frame else []
        if any(labels):
            yield f"without-largest-{column}", frame[keep_outside_largest(labels)]


def _with_others(
    study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Sheets as they were before corrections, and with those put back that are valid.

    Under weighting by strata a row without a known stratum cannot be put back.
    """
    unit, frame = surveyed.unit, surveyed.frame
    before = cleaned.uncorrected.get(unit.id)
    if before is not None:
        yield "without-corrections", before
    back = cleaned.put_back.get(unit.id)
    if back is None:
        return
    back = back[back["source"] == surveyed.source]
    if study.weighting == "strata" and unit.strata and surveyed.source == "external":
        back = back[back["stratum"].isin(list(unit.strata))]
    reasons = sorted(set(back["reason"]))
    for reason in reasons:
        name = f"with-{str(reason).replace('_', '-')}"
        yield name, _joined(frame, back[back["reason"] == reason])
    if len(reasons) > 1:
        yield "with-all-set-aside", _joined(frame, back)


def _joined(frame: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """A sheet that is put back may bear the number of the one that was kept."""
    own = [f"{name}/{place}" for place, name in enumerate(back["response"])]
    back = back.assign(response=own).reindex(columns=frame.columns)
    return pd.concat([frame, back], ignore_index=True)


def _below_highest(surveyed: Surveyed, sample: Sample, official: Sheets) -> Sheets:
    """The official sheets but those of the highest answer throughout."""
    highest = surveyed.unit.instrument.scale[1]
    kept = surveyed.frame[keep_not_all_highest(sample.scores, highest)]
    return {name: official[name] for name in kept["response"] if name in official}


def _counted(frame: pd.DataFrame, sample: Sample, rule: MissingRule) -> Sheets:
    """Who counts, with what, and how: an incomplete sheet counts by the rule.

    `frame` holds the sheets of `sample`, in the same order.
    """
    complete = np.all(sample.answered, axis=1).tolist()
    sheets: dict[Hashable, Hashable] = {}
    for name, whole, answers in zip(
        frame["response"].tolist(), complete, sample.scores.tolist(), strict=True
    ):
        if whole or rule == "ratio":
            sheets[name] = tuple(answers)
        elif rule == "person":
            sheets[name] = ("person", *answers)
    return sheets
