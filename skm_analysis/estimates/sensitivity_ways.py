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
from skm_analysis.estimates.sample import MISSING
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
    estimate_on_items,
    score_table,
    survey_unit,
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
    official = _counted(surveyed, study.missing)
    # How many sheets are all of the highest answer is printed, so that everybody can
    # work out the index of the others, whether it is printed or not.
    published = [official, _below_highest(surveyed, official)]
    ways = [*_roundings(study, surveyed, surveyed.ikm)]
    held_back = False
    for name, other, rule in _surveys(study, surveyed, cleaned):
        if other.ikm is None:
            continue
        sheets = _counted(other, rule)
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
                other.ikm.value,
                other.ikm,
                other.ikm.n,
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


def _surveys(
    study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> Iterator[tuple[str, Surveyed, MissingRule]]:
    """The unit surveyed anew under each rule that weighs, counts or asks otherwise."""
    unit, frame, rule = surveyed.unit, surveyed.frame, study.missing

    def again(frame: pd.DataFrame, changed: Study = study) -> Surveyed:
        return survey_unit(changed, unit, frame, surveyed.source, surveyed.resemblance)

    for other in MISSING_RULES:
        if other != rule:
            yield f"missing-{other}", again(frame, replace(study, missing=other)), other
    if unit.strata and surveyed.source == "external":
        weighting: Weighting = "strata" if study.weighting == "none" else "none"
        changed = replace(study, weighting=weighting)
        yield f"weighting-{weighting}", again(frame, changed), rule
    yield from _without_biaya(surveyed, rule)
    frames = (
        *_without_signs(surveyed, cleaned.crosswalk),
        *_with_others(study, surveyed, cleaned),
    )
    for name, changed_frame in frames:
        yield name, again(changed_frame), rule
    population = surveyed.population
    if (
        unit.sampling == "convenience"
        and population
        and surveyed.n <= population
        and "clustered" not in surveyed.flags  # there is no correction with clusters
    ):
        drawn = replace(unit, sampling="random")
        yield (
            "finite-correction",
            survey_unit(study, drawn, frame, surveyed.source, surveyed.resemblance),
            rule,
        )


def _without_biaya(
    surveyed: Surveyed, rule: MissingRule
) -> Iterator[tuple[str, Surveyed, MissingRule]]:
    instrument = surveyed.unit.instrument
    rest = tuple(item.key for item in instrument.items if item.unsur != "biaya")
    if len(rest) == len(instrument.items) or not any(
        instrument.item(key).weight for key in rest
    ):
        return
    estimate = estimate_on_items(surveyed, rest, rescaled_weights(instrument, rest))
    yield "without-biaya", replace(surveyed, ikm=estimate), rule


def _without_signs(
    surveyed: Surveyed, crosswalk: pd.DataFrame
) -> Iterator[tuple[str, pd.DataFrame]]:
    """The sheets that are left without each sign of careless or copied answers."""
    frame, instrument = surveyed.frame, surveyed.unit.instrument
    scores = score_table(frame, instrument.keys)
    yield "without-straight-lined", frame[keep_not_straight_lined(scores)]
    top = instrument.scale[1]
    yield "without-all-highest", frame[keep_not_all_highest(scores, top)]
    yield "without-duplicates", frame[keep_first_of_duplicates(scores)]
    ordered = in_file_order(frame, crosswalk)
    if not ordered.empty:
        files = pd.factorize(ordered["delivery"])[0].astype("int64")
        alike = score_table(ordered, instrument.keys)
        kept = ordered[keep_first_of_longest_run(alike, files)]["response"]
        yield "without-longest-run", frame[frame["response"].isin(kept)]
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


def _below_highest(surveyed: Surveyed, official: Sheets) -> Sheets:
    """The official sheets but those of the highest answer throughout."""
    instrument = surveyed.unit.instrument
    scores = score_table(surveyed.frame, instrument.keys)
    kept = surveyed.frame[keep_not_all_highest(scores, instrument.scale[1])]
    return {name: official[name] for name in kept["response"] if name in official}


def _counted(surveyed: Surveyed, rule: MissingRule) -> Sheets:
    """Who counts, with what, and how: an incomplete sheet counts by the rule."""
    scores = score_table(surveyed.frame, surveyed.unit.instrument.keys)
    complete = np.all(scores != MISSING, axis=1)
    sheets: dict[Hashable, Hashable] = {}
    for name, whole, answers in zip(
        surveyed.frame["response"], complete, scores.tolist(), strict=True
    ):
        if whole or rule == "ratio":
            sheets[name] = tuple(answers)
        elif rule == "person":
            sheets[name] = ("person", *answers)
    return sheets
