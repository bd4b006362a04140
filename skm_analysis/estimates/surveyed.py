"""One unit as a study found it: its answers, their design, its index and NRRs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd

from skm_analysis.estimates.index import answer_share, index, item_mean
from skm_analysis.estimates.sample import (
    MISSING,
    Sample,
    Scores,
    simple_sample,
    stratified_sample,
)
from skm_analysis.estimates.variance import Estimate, assess
from skm_analysis.study.records import MissingRule, Source, Study, Unit, Weighting

RANDOM = ("random", "systematic", "census")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """What one source found out about a unit. `frame`: its accepted responses."""

    study: str
    unit: Unit
    source: Source
    rule: MissingRule
    level: float
    frame: pd.DataFrame
    population: int | None
    sample: Sample | None  # None: nobody's response was accepted
    ikm: Estimate | None  # None: nobody's, or an item that nobody answered
    nrr: Mapping[str, Estimate]  # items that were answered, in the instrument's order
    flags: tuple[str, ...]  # what the design says of every interval

    @property
    def n(self) -> int:
        return len(self.frame)


def survey_unit(
    study: Study, unit: Unit, accepted: pd.DataFrame, source: Source
) -> Surveyed:
    """Estimate one unit from the rows of `accepted` that `source` gathered.

    Parameters
    ----------
    study
        whose rules for blanks and weighting hold
    unit
        one of the study's
    accepted
        the unit's accepted responses; columns response, source, stratum,
        period and one per item key, missing where not answered
    source
        "external" or "internal"
    """
    frame = accepted[accepted["source"] == source]
    # A unit's own survey need not say to which stratum its rows belong.
    weighting = study.weighting if source == "external" else "none"
    sample = draw_sample(unit, frame, weighting)
    blank = Surveyed(
        study=study.id,
        unit=unit,
        source=source,
        rule=study.missing,
        level=float(study.confidence_level),
        frame=frame,
        population=unit_population(unit),
        sample=sample,
        ikm=None,
        nrr={},
        flags=_design_flags(unit, frame, weighting),
    )
    if sample is None:
        return blank
    weights = [item.weight for item in unit.instrument.items]
    return replace(
        blank,
        ikm=estimate_index(unit, sample, weights, study.missing),
        nrr=_item_means(unit, sample, study.missing),
    )


def unit_population(unit: Unit) -> int | None:
    return sum(unit.strata.values()) if unit.strata else unit.population


def score_table(frame: pd.DataFrame, keys: Sequence[str]) -> Scores:
    """(n, k) whole numbers from nullable columns."""
    columns = [frame[key].fillna(MISSING).to_numpy(dtype=np.int64) for key in keys]
    return np.column_stack(columns) if columns else np.empty((len(frame), 0), np.int64)


def draw_sample(unit: Unit, frame: pd.DataFrame, weighting: Weighting) -> Sample | None:
    """The unit's sheets under a weighting; None if there are none."""
    if frame.empty:
        return None
    scores = score_table(frame, unit.instrument.keys)
    corrected = unit.sampling in RANDOM
    if weighting == "strata" and unit.strata:
        return stratified_sample(
            scores,
            strata=frame["stratum"].tolist(),
            populations=unit.strata,
            corrected=corrected,
        )
    return simple_sample(scores, population=unit_population(unit), corrected=corrected)


def estimate_index(
    unit: Unit, sample: Sample, weights: Sequence[Fraction], rule: MissingRule
) -> Estimate | None:
    factor = unit.instrument.factor
    linear = index(sample, weights, factor, rule=rule)
    if linear is None:
        return None
    lowest, highest = unit.instrument.scale
    return assess(linear, sample, lowest=factor * lowest, highest=factor * highest)


def estimate_on_items(
    surveyed: Surveyed, keys: Sequence[str], weights: Sequence[Fraction]
) -> Estimate | None:
    """The index over some of the items, with weights that sum to 1."""
    if surveyed.sample is None:
        return None
    places = [surveyed.unit.instrument.keys.index(key) for key in keys]
    part = replace(surveyed.sample, scores=surveyed.sample.scores[:, places])
    return estimate_index(surveyed.unit, part, weights, surveyed.rule)


def estimate_share(surveyed: Surveyed, key: str, score: int) -> Estimate | None:
    """Share of one answer of an item, on the scale 0 to 1."""
    if surveyed.sample is None:
        return None
    place = surveyed.unit.instrument.keys.index(key)
    linear = answer_share(surveyed.sample, place, score)
    if linear is None:
        return None
    return _assess_item(
        linear.share,
        assess(linear, surveyed.sample, lowest=Fraction(0), highest=Fraction(1)),
        surveyed.sample,
    )


def _item_means(unit: Unit, sample: Sample, rule: MissingRule) -> dict[str, Estimate]:
    lowest, highest = (Fraction(end) for end in unit.instrument.scale)
    found: dict[str, Estimate] = {}
    for place, key in enumerate(unit.instrument.keys):
        linear = item_mean(sample, place, rule=rule)
        if linear is not None:
            whole = assess(linear, sample, lowest=lowest, highest=highest)
            found[key] = _assess_item(linear.share, whole, sample)
    return found


def _assess_item(
    share: np.ndarray[tuple[int], np.dtype[np.float64]],
    estimate: Estimate,
    sample: Sample,
) -> Estimate:
    """One item rests on those who answered it: its df count only them."""
    strata = len(set(sample.stratum[share > 0].tolist()))
    return replace(estimate, df=estimate.n - strata)


def _design_flags(
    unit: Unit, frame: pd.DataFrame, weighting: Weighting
) -> tuple[str, ...]:
    n, population = len(frame), unit_population(unit)
    flags = [] if unit.sampling in RANDOM else ["conditional"]
    if population is None:
        flags.append("infinite_population")
    elif n > population:
        flags.append("above_population")
    elif unit.sampling == "census":
        flags.append("census" if n == population else "incomplete_census")
    if weighting == "strata" and set(unit.strata) - set(frame["stratum"]):
        flags.append("uncovered_stratum")
    return tuple(flags)
