"""How respondents are drawn in the coverage study, and what each sample then shows.

A design has `truth`, the index of the whole population, and `draw(rng, samples)`.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from coverage_methods import Found
from coverage_populations import (
    DISTINCT,
    ITEMS,
    Floats,
    Latent,
    Sheets,
    of_size,
    sheets_of,
)

POINTS = 25.0


class Design(Protocol):
    @property
    def truth(self) -> float: ...
    def draw(self, rng: np.random.Generator, samples: int) -> Found: ...


@dataclass(frozen=True, kw_only=True)
class Simple:
    """A simple random sample of full sheets, or of one of their items."""

    sheets: Sheets
    n: int
    people: int | None = None  # None: as many as one likes
    item: int | None = None  # None: the index of all items

    @property
    def truth(self) -> float:
        return float(self._answers(self._population()).mean() * POINTS)

    def draw(self, rng: np.random.Generator, samples: int) -> Found:
        answers = self._answers(self._population())
        values = answers.mean(axis=1) * POINTS
        below = (answers < 4).sum(axis=1)
        chosen = _chosen(rng, samples, len(answers), self.n, self.people)
        free = 1 - self.n / self.people if self.people else 1.0
        return simple_found(values[chosen], below[chosen].sum(axis=1), free=free)

    def values(self, rng: np.random.Generator, samples: int) -> Floats:
        """The respondents' own indices (samples, n), for the bootstrap."""
        values = self._answers(self._population()).mean(axis=1) * POINTS
        return values[_chosen(rng, samples, len(values), self.n, self.people)]

    def _population(self) -> Sheets:
        return self.sheets if self.people is None else of_size(self.sheets, self.people)

    def _answers(self, sheets: Sheets) -> Sheets:
        return sheets if self.item is None else sheets[:, [self.item]]


def simple_found(values: Floats, below: Floats, *, free: float) -> Found:
    """What samples (samples, n) of people's own indices show; `free` is 1 - n/N."""
    samples, n = values.shape
    value = values.mean(axis=1)
    centred = values - value[:, None]
    squares = (centred**2).sum(axis=1)
    alike = np.ptp(values, axis=1) < 1e-9
    se = np.where(alike, 0, np.sqrt(free * squares / (n - 1) / n))
    third = (centred**3).sum(axis=1) / n**3
    return Found(
        value=np.where(alike, values[:, 0], value),
        se=se,
        df=np.full(samples, n - 1.0),
        concentration=np.full(samples, 1 / n),
        free=np.full(samples, free),
        skewness=np.where(alike, 0, third / np.where(alike, 1, se) ** 3) * n**0.5,
        respondents=np.full(samples, float(n)),
        below=below,
    )


@dataclass(frozen=True, kw_only=True)
class Stratified:
    """Strata that weigh by their population, with items left unanswered.

    Which items a person leaves out is a trait of the person, as the answers are: the
    truth is what asking everybody would give. With `chance` it comes anew in every
    sample, and the truth is what everybody would answer without blanks.
    """

    strata: tuple[Sheets, ...]
    shares: tuple[float, ...]
    n: int
    blanks: Floats  # (9,) probability that an item is not answered
    people: int | None = None
    equal: bool = True  # as many sheets from each stratum, or as its share is
    chance: bool = False

    @property
    def truth(self) -> float:
        counted = np.zeros(ITEMS)
        summed = np.zeros(ITEMS)
        for share, (sheets, answered) in zip(
            self.shares, self._populations(), strict=True
        ):
            kept = np.ones_like(answered) if self.chance else answered
            counted += share * kept.mean(axis=0)
            summed += share * (kept * sheets).mean(axis=0)
        return float((summed / counted).mean() * POINTS)

    def draw(self, rng: np.random.Generator, samples: int) -> Found:
        scores, answered = [], []
        for h, (sheets, given) in enumerate(self._populations()):
            size, people = self.sizes[h], self._people(h)
            chosen = _chosen(rng, samples, len(sheets), size, people)
            scores.append(sheets[chosen])
            answered.append(given[chosen])
        shown = np.concatenate(scores, axis=1)
        if self.chance:
            return self.found(shown, rng.random(shown.shape) >= self.blanks)
        return self.found(shown, np.concatenate(answered, axis=1))

    @property
    def sizes(self) -> list[int]:
        """Sheets per stratum; none gives more than nine tenths of its people."""
        if not self.equal:
            sizes = [round(self.n * share) for share in self.shares]
            return [self.n - sum(sizes[1:]), *sizes[1:]]
        sizes = [0] * len(self.shares)
        while sum(sizes) < self.n:
            free = [
                h
                for h, size in enumerate(sizes)
                if not self.people or size + 1 <= 0.9 * self.people * self.shares[h]
            ]
            sizes[min(free, key=lambda h: sizes[h])] += 1
        return sizes

    def _people(self, h: int) -> int | None:
        return round(self.people * self.shares[h]) if self.people else None

    def _populations(self) -> list[tuple[Sheets, Floats]]:
        rng = np.random.default_rng(DISTINCT)
        found = []
        for h, sheets in enumerate(self.strata):
            people = self._people(h)
            sheets = of_size(sheets, people) if people else sheets
            found.append((sheets, rng.random(sheets.shape) >= self.blanks))
        return found

    def found(self, scores: Sheets, answered: Floats) -> Found:
        sizes, samples = self.sizes, len(scores)
        stratum = np.repeat(np.arange(len(sizes)), sizes)
        weight = (np.array(self.shares) / np.array(sizes))[stratum]
        fraction = np.array(
            [n / self._people(h) if self.people else 0.0 for h, n in enumerate(sizes)]
        )
        counted = answered * weight[:, None]
        divisor = counted.sum(axis=1, keepdims=True)
        means = (counted * scores).sum(axis=1, keepdims=True) / divisor
        share = (counted / divisor).mean(axis=2)
        influence = (counted * (scores - means) / divisor).mean(axis=2) * POINTS
        variance = np.zeros(samples)
        for h, n in enumerate(sizes):
            own = influence[:, stratum == h]
            variance += (1 - fraction[h]) * n * own.var(axis=1, ddof=1)
        squares = (share**2).sum(axis=1)
        se = np.where(variance < 1e-18, 0, np.sqrt(variance))
        third = (influence**3).sum(axis=1)
        return Found(
            value=means.mean(axis=(1, 2)) * POINTS,
            se=se,
            df=np.full(samples, float(self.n - len(sizes))),
            concentration=squares,
            free=(share**2 * (1 - fraction[stratum])).sum(axis=1) / squares,
            skewness=np.where(se > 0, third / np.where(se > 0, se, 1) ** 3, 0)
            * self.n**0.5,
            respondents=1 / squares,
            below=((scores < 4) & answered).sum(axis=(1, 2)),
        )


@dataclass(frozen=True, kw_only=True)
class Clustered:
    """Clusters drawn at random, people in them alike by `correlation` of their index.

    `estimator` is "ignored" (as if everybody had been drawn alone), "between" (spread
    of the cluster totals, C - 1 df) or "deff" (as if alone, times 1 + (m - 1) rho).
    rho is pooled over a study of `UNITS` units of the same design, and A is multiplied
    by 1 + (m - 1) rho in both.
    """

    latent: Latent
    correlation: float
    clusters: int
    n: int
    estimator: str = "between"

    UNITS = 20

    @property
    def truth(self) -> float:
        return (4 - self.latent.lacks) * POINTS

    def draw(self, rng: np.random.Generator, samples: int) -> Found:
        shared = latent_share(self.latent, self.correlation)
        cluster = np.arange(self.n) % self.clusters
        common = rng.standard_normal((samples, self.clusters))[:, cluster]
        own = rng.standard_normal((samples, self.n))
        satisfaction = shared**0.5 * common + (1 - shared) ** 0.5 * own
        scores = sheets_of(self.latent, satisfaction, rng)
        values = scores.mean(axis=2) * POINTS
        alone = simple_found(values, (scores < 4).sum(axis=(1, 2)), free=1.0)
        if self.estimator == "ignored":
            return alone
        member = cluster[:, None] == np.arange(self.clusters)
        rho = _pooled_correlation(values, member, self.UNITS)
        return clustered_found(
            alone, values, member, rho, between=self.estimator == "between"
        )


def clustered_found(
    alone: Found, values: Floats, member: Floats, rho: Floats, *, between: bool
) -> Found:
    """`alone` as it is in clusters; member (n, C) tells who belongs to which."""
    n = len(member)
    deff = 1 + ((member.sum(axis=0) ** 2).sum() / n - 1) * rho
    widened = alone._replace(
        se=alone.se * deff**0.5,
        concentration=alone.concentration * deff,
        respondents=alone.respondents / deff,
    )
    if between:
        return _between(widened, (values - alone.value[:, None]) @ member / n)
    return widened


def _pooled_correlation(values: Floats, member: Floats, units: int) -> Floats:
    """rho by analysis of variance over each `units` samples that follow each other."""
    sizes, n = member.sum(axis=0), len(member)
    means = values @ member / sizes
    overall = values.mean(axis=1, keepdims=True)
    between = (sizes * (means - overall) ** 2).sum(axis=1) / (len(sizes) - 1)
    within = ((values - means @ member.T) ** 2).sum(axis=1) / (n - len(sizes))
    usual = (n - (sizes**2).sum() / n) / (len(sizes) - 1)
    excess = (between - within).reshape(-1, units).sum(axis=1)
    whole = (between + (usual - 1) * within).reshape(-1, units).sum(axis=1)
    return np.maximum(0, excess / np.maximum(whole, 1e-12)).repeat(units)


def _between(found: Found, totals: Floats) -> Found:
    clusters = totals.shape[1]
    se = np.sqrt(clusters * totals.var(axis=1, ddof=1))
    se = np.where(se < 1e-9, 0, se)
    third = (totals**3).sum(axis=1)
    return found._replace(
        se=se,
        df=np.full(len(se), clusters - 1.0),
        skewness=np.where(se > 0, third / np.where(se > 0, se, 1) ** 3, 0)
        * found.respondents**0.5,
    )


_SHARES: dict[tuple[Latent, float], float] = {}


def latent_share(latent: Latent, correlation: float) -> float:
    """Share of the satisfaction's variance that lies between clusters, by bisection.

    Found on 400,000 pairs of people of one cluster, the same pairs at every step.
    """
    if (latent, correlation) not in _SHARES:
        low, high = 0.0, 1.0
        for _ in range(12):
            middle = (low + high) / 2
            if _pair_correlation(latent, middle) < correlation:
                low = middle
            else:
                high = middle
        _SHARES[latent, correlation] = (low + high) / 2
    return _SHARES[latent, correlation]


def _pair_correlation(latent: Latent, shared: float) -> float:
    rng = np.random.default_rng(DISTINCT)
    common = rng.standard_normal((200_000, 1))
    own = rng.standard_normal((200_000, 2))
    satisfaction = shared**0.5 * common + (1 - shared) ** 0.5 * own
    first, second = sheets_of(latent, satisfaction, rng).mean(axis=2).T
    return float(np.corrcoef(first, second)[0, 1])


def _chosen(
    rng: np.random.Generator, samples: int, size: int, n: int, people: int | None
) -> Sheets:
    """Positions (samples, n): with replacement from an infinite population."""
    if people is None:
        return rng.integers(0, size, (samples, n))
    ranks = rng.random((samples, size), dtype=np.float32)
    return np.argpartition(ranks, n - 1, axis=1)[:, :n] if n < size else ranks.argsort()
