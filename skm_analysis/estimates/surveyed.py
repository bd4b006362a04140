"""One unit as a study found it: its answers, their design, its index and NRRs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
import pandas as pd

from skm_analysis.estimates.clusters import ASSUMED
from skm_analysis.estimates.index import answer_share, index, item_mean
from skm_analysis.estimates.sample import (
    MISSING,
    Integers,
    Sample,
    Scores,
    clustered_sample,
    simple_sample,
    stratified_sample,
)
from skm_analysis.estimates.variance import Estimate, assess
from skm_analysis.study.records import MissingRule, Source, Study, Unit, Weighting

RANDOM = ("random", "systematic", "census")
# With more of the population in strata without respondents, there is no grade.
MOST_UNCOVERED = Fraction(1, 5)


@dataclass(frozen=True, kw_only=True)
class Surveyed:
    """What one source found out about a unit. `frame`: its accepted responses."""

    study: str
    unit: Unit
    source: Source
    rule: MissingRule
    weighting: Weighting
    level: float
    frame: pd.DataFrame
    population: int | None
    sample: Sample | None  # None: nobody's response was accepted
    ikm: Estimate | None  # None: nobody's, or an item that nobody answered
    nrr: Mapping[str, Estimate]  # items that were answered, in the instrument's order
    flags: tuple[str, ...]  # what the design says of every interval
    resemblance: float  # rho, which holds within clusters where there are any

    @property
    def n(self) -> int:
        return len(self.frame)

    def answers(self, key: str) -> Integers:
        """(n,): the answers to one item, MISSING where there is none."""
        if self.sample is None:
            return np.empty(0, np.int64)
        place = self.unit.instrument.keys.index(key)
        answers: Integers = self.sample.scores[:, place]
        return answers

    @cached_property
    def uncovered(self) -> Fraction:
        """Share of the population in strata without respondents; 0 if unknown."""
        people = uncovered_strata(self.unit, self.frame)
        return Fraction(sum(people), sum(self.unit.strata.values()) or 1)

    @property
    def bands(self) -> str | None:
        """The bands that the index may be graded by."""
        graded = self.uncovered <= MOST_UNCOVERED
        return self.unit.instrument.bands if graded else None


def survey_published(
    study: Study, unit: Unit, accepted: pd.DataFrame, resemblance: float = ASSUMED
) -> Surveyed:
    """Of the independent survey, or of the unit's own where there is no other."""
    external = survey_unit(study, unit, accepted, "external", resemblance)
    if external.n or accepted.empty:
        return external
    return survey_unit(study, unit, accepted, "internal", resemblance)


def survey_unit(
    study: Study,
    unit: Unit,
    accepted: pd.DataFrame,
    source: Source,
    resemblance: float = ASSUMED,
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
    resemblance
        rho within clusters, pooled over the study; of no effect without clusters
    """
    frame = accepted[accepted["source"] == source]
    # A unit's own survey need not say to which stratum its rows belong.
    weighting = study.weighting if source == "external" else "none"
    sample = draw_sample(unit, frame, weighting, resemblance)
    blank = Surveyed(
        study=study.id,
        unit=unit,
        source=source,
        rule=study.missing,
        weighting=weighting,
        level=float(study.confidence_level),
        frame=frame,
        population=unit_population(unit),
        sample=sample,
        ikm=None,
        nrr={},
        flags=_design_flags(unit, frame),
        resemblance=resemblance,
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
    columns = [frame[key].to_numpy(dtype=np.int64, na_value=MISSING) for key in keys]
    return np.column_stack(columns) if columns else np.empty((len(frame), 0), np.int64)


def draw_sample(
    unit: Unit,
    frame: pd.DataFrame,
    weighting: Weighting,
    resemblance: float = ASSUMED,
    column: str = "cluster",
) -> Sample | None:
    """The unit's sheets under a weighting; None if there are none.

    They are clustered where `column` names for any of them whom or when they were
    gathered by, unless it is a census, in which nothing was sampled.
    """
    if frame.empty:
        return None
    scores = score_table(frame, unit.instrument.keys)
    corrected = unit.sampling in RANDOM
    if weighting == "strata" and unit.strata:
        sample = stratified_sample(
            scores,
            strata=frame["stratum"].tolist(),
            populations=unit.strata,
            corrected=corrected,
        )
    else:
        population = unit_population(unit)
        sample = simple_sample(scores, population=population, corrected=corrected)
    labels = cluster_labels(unit, frame, column)
    return clustered_sample(sample, labels, resemblance) if any(labels) else sample


def is_clustered(unit: Unit, frame: pd.DataFrame, column: str = "cluster") -> bool:
    """Whether a column tells of clusters, and respondents were sampled at all."""
    return any(cluster_labels(unit, frame, column))


def cluster_labels(unit: Unit, frame: pd.DataFrame, column: str) -> list[str]:
    """What a column tells of each sheet, "" for nothing; empty where it tells none."""
    if column not in frame or is_census(unit, frame):
        return []
    labels: list[str] = frame[column].fillna("").tolist()
    return labels


def is_census(unit: Unit, frame: pd.DataFrame) -> bool:
    return unit.sampling == "census" and len(frame) == unit_population(unit)


def uncovered_strata(unit: Unit, frame: pd.DataFrame) -> tuple[int, ...]:
    """People of each stratum without respondents, where all told theirs.

    A unit's own survey need not tell any, so nothing is said of it.
    """
    if (frame["source"] == "internal").any():
        return ()
    there = set(frame["stratum"].unique())
    if not there or there - set(unit.strata):
        return ()
    return tuple(people for name, people in unit.strata.items() if name not in there)


def estimate_index(
    unit: Unit,
    sample: Sample,
    weights: Sequence[Fraction],
    rule: MissingRule,
    *,
    domain: bool = False,
) -> Estimate | None:
    """The index of a sample; `domain` as in `assess`."""
    factor = unit.instrument.factor
    linear = index(sample, weights, factor, rule=rule)
    if linear is None:
        return None
    lowest, highest = unit.instrument.scale
    return assess(
        linear,
        sample,
        lowest=factor * lowest,
        highest=factor * highest,
        domain=domain,
    )


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
    return assess(
        linear,
        surveyed.sample,
        lowest=Fraction(0),
        highest=Fraction(1),
        domain=True,
    )


def _item_means(unit: Unit, sample: Sample, rule: MissingRule) -> dict[str, Estimate]:
    lowest, highest = (Fraction(end) for end in unit.instrument.scale)
    found: dict[str, Estimate] = {}
    for place, key in enumerate(unit.instrument.keys):
        linear = item_mean(sample, place, rule=rule)
        if linear is not None:
            found[key] = assess(
                linear, sample, lowest=lowest, highest=highest, domain=True
            )
    return found


def _design_flags(unit: Unit, frame: pd.DataFrame) -> tuple[str, ...]:
    n, population = len(frame), unit_population(unit)
    flags = [] if unit.sampling in RANDOM else ["conditional"]
    if population is None:
        flags.append("infinite_population")
    elif n > population:
        flags.append("above_population")
    elif unit.sampling == "census":
        flags.append("census" if n == population else "incomplete_census")
    counts = frame["stratum"].value_counts()
    if any(counts.get(name, 0) > people for name, people in unit.strata.items()):
        flags.append("above_stratum")
    if uncovered_strata(unit, frame):
        flags.append("uncovered_stratum")
    labels = cluster_labels(unit, frame, "cluster")
    if any(labels):
        flags.append("clustered")
        if not all(labels):
            flags.append("unknown_cluster")
    return tuple(flags)
