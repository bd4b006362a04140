"""The steps of one unit's index and standard error, as a worksheet lays them out.

Nothing here is a new estimate: what `index` and `variance` work out in one go is told
step by step, so that each cell of the working paper has the value beside its formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from typing import NamedTuple

import numpy as np
from scipy import special

from skm_analysis.estimates.index import Linear, index, item_mean
from skm_analysis.estimates.interval import Limits, beta_quantile, limits, sides
from skm_analysis.estimates.sample import Flags, Floats, Integers, Sample
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.estimates.variance import Estimate, cluster_sums
from skm_analysis.study.records import MissingRule, Unit


class ItemStep(NamedTuple):
    """One item: the worksheet's sum and count, and those that the NRR divides."""

    total: int
    answered: int
    weighted_total: Fraction
    divisor: Fraction
    nrr: Fraction | None
    weight: Fraction


class StratumStep(NamedTuple):
    """One stratum's part of the variance; a single one where none are weighted."""

    name: str  # "" where there are no strata
    population: int | None
    n: int
    weight: Fraction  # p_h
    fraction: Fraction  # f_h
    parts: int  # respondents, or clusters where their spread counts
    mean: float
    spread: float  # sum of squared distances; of one part alone its square
    variance: float
    squares: float  # sum of a_i^2


class ClusterStep(NamedTuple):
    """The sums of a cluster; `stratum` is the first it stands in."""

    stratum: int
    share: float
    influence: float


class BetaStep(NamedTuple):
    """One side of the interval: pseudo-observation, beta distribution, quantile."""

    imagined: float
    mean: float
    variance: float
    size: float | None  # None where there is no distribution; 0 or less: no beta fits
    quantile: float


class IntervalStep(NamedTuple):
    student: float
    normal: float
    variance: float
    lower: BetaStep
    upper: BetaStep
    limits: Limits


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """All steps of a unit that has an index."""

    surveyed: Surveyed
    sample: Sample
    items: tuple[ItemStep, ...]
    sheets: Floats  # (n,) how much each counts
    own: Floats | None  # (n,) own indices, where the rule asks for them
    total: Fraction | None  # sum of the weighted NRRs
    ikm: Estimate | None
    linear: Linear | None
    strata: tuple[StratumStep, ...]
    clusters: tuple[ClusterStep, ...]
    interval: IntervalStep | None

    @property
    def weighted(self) -> bool:
        """Whether strata weigh."""
        return bool(self.strata[0].name)

    @property
    def between(self) -> bool:
        """Whether the spread between clusters counts, not that between respondents."""
        return bool(self.clusters) and not (self.ikm and self.ikm.few_clusters)


def lay_out(surveyed: Surveyed) -> Worksheet | None:
    """The steps of a unit; None without any accepted response."""
    sample, unit = surveyed.sample, surveyed.unit
    if sample is None:
        return None
    rule = surveyed.rule
    weights = [item.weight for item in unit.instrument.items]
    items = tuple(_item(sample, place, weights[place], rule) for place in _items(unit))
    nrrs = [item.nrr for item in items]
    linear = index(sample, weights, unit.instrument.factor, rule=rule)
    ikm = surveyed.ikm
    return Worksheet(
        surveyed=surveyed,
        sample=sample,
        items=items,
        sheets=sample.weights * counted_sheets(sample, rule),
        own=_own(sample, weights, unit) if rule == "person" else None,
        total=weighted_sum(nrrs, weights),
        ikm=ikm,
        linear=linear,
        strata=_strata(surveyed, sample, linear),
        clusters=_clusters(sample, linear) if linear else (),
        interval=_interval(ikm, surveyed.level) if ikm else None,
    )


def weighted_sum(
    nrrs: Sequence[Fraction | None], weights: Sequence[Fraction]
) -> Fraction | None:
    """The sum of the weighted NRRs; None where an item has none."""
    pairs = zip(nrrs, weights, strict=True)
    parts = [nrr * weight for nrr, weight in pairs if nrr is not None]
    return sum(parts, Fraction(0)) if len(parts) == len(nrrs) else None


def counted_sheets(sample: Sample, rule: MissingRule) -> Flags:
    """Sheets that enter the index at all under a rule for blanks."""
    if rule == "complete":
        return np.asarray(np.all(sample.answered, axis=1))
    return np.asarray(np.any(sample.answered, axis=1))


def _items(unit: Unit) -> range:
    return range(len(unit.instrument.items))


def _item(sample: Sample, place: int, weight: Fraction, rule: MissingRule) -> ItemStep:
    answered, scores = sample.answered[:, place], sample.scores[:, place]
    counted = counted_sheets(sample, rule) if rule == "complete" else answered
    linear = item_mean(sample, place, rule=rule)
    return ItemStep(
        total=int(scores[answered].sum()),
        answered=int(answered.sum()),
        weighted_total=_weighted(sample, np.where(counted, scores, 0)),
        divisor=_weighted(sample, counted.astype(np.int64)),
        nrr=linear.value if linear else None,
        weight=weight,
    )


def _weighted(sample: Sample, amounts: Integers) -> Fraction:
    return sum(
        (
            weight * int(amounts[sample.stratum == place].sum())
            for place, weight in enumerate(sample.weight)
        ),
        Fraction(0),
    )


def _own(sample: Sample, weights: Sequence[Fraction], unit: Unit) -> Floats:
    """Each respondent's index over the items answered."""
    factors = np.array([float(weight) for weight in weights])
    divisors = sample.answered @ factors
    amounts = np.where(sample.answered, sample.scores, 0) @ factors
    safe = np.where(divisors > 0, divisors, 1.0)
    return np.asarray(float(unit.instrument.factor) * amounts / safe)


def _strata(
    surveyed: Surveyed, sample: Sample, linear: Linear | None
) -> tuple[StratumStep, ...]:
    nothing = np.zeros(sample.n)
    influence = linear.influence if linear else nothing
    share = linear.share / fsum(linear.share) if linear else nothing
    few = surveyed.ikm is not None and surveyed.ikm.few_clusters
    found = []
    for place, name in enumerate(_names(surveyed, sample)):
        inside = sample.stratum == place
        values = influence[inside]
        if sample.cluster is not None and not few:
            values = cluster_sums(values, sample.cluster[inside])
        many, mean = len(values), fsum(values) / len(values)
        spread = fsum((values - mean) ** 2) if many > 1 else float(values[0]) ** 2
        left = float(1 - sample.fraction[place])
        found.append(
            StratumStep(
                name=name,
                population=surveyed.unit.strata[name] if name else surveyed.population,
                n=int(inside.sum()),
                weight=sample.weight[place],
                fraction=sample.fraction[place],
                parts=many,
                mean=mean,
                spread=spread,
                variance=left * spread * (many / (many - 1) if many > 1 else 1.0),
                squares=fsum(share[inside] ** 2),
            )
        )
    return tuple(found)


def _names(surveyed: Surveyed, sample: Sample) -> list[str]:
    """Strata in the order of the sample's positions."""
    if surveyed.weighting != "strata" or not surveyed.unit.strata:
        return [""] * len(sample.weight)
    there = set(surveyed.frame["stratum"].tolist())
    return [name for name in surveyed.unit.strata if name in there]


def _clusters(sample: Sample, linear: Linear) -> tuple[ClusterStep, ...]:
    if sample.cluster is None:
        return ()
    share = linear.share / fsum(linear.share)
    return tuple(
        ClusterStep(
            stratum=int(sample.stratum[sample.cluster == each][0]),
            share=fsum(share[sample.cluster == each]),
            influence=fsum(linear.influence[sample.cluster == each]),
        )
        for each in np.unique(sample.cluster)
    )


def _interval(ikm: Estimate, level: float) -> IntervalStep | None:
    found = limits(ikm, level)
    if found is None or ikm.se is None:
        return None
    tail = (1 + level) / 2
    student, normal = float(special.stdtrit(ikm.df, tail)), float(special.ndtri(tail))
    below, above = sides(ikm, level)
    length = ikm.highest - ikm.lowest
    return IntervalStep(
        student=student,
        normal=normal,
        variance=(ikm.se / length * student / normal) ** 2,
        lower=_side((1 - ikm.gap) * ikm.concentration / 4, *below, tail),
        upper=_side(ikm.gap * ikm.concentration / 4, *above, 1 - tail),
        limits=found,
    )


def _side(imagined: float, mean: float, variance: float, tail: float) -> BetaStep:
    fits = variance > 0 and 0 < mean < 1
    size = mean * (1 - mean) / variance - 1 if fits else None
    return BetaStep(imagined, mean, variance, size, beta_quantile(tail, mean, variance))
