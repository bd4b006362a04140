"""The answers of one unit as arrays, with how its respondents were drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.int64]  # (n respondents, k items), MISSING where not answered
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MISSING = -1


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Answers with the design that they are estimated under.

    `weight` is p_h, how many people one respondent of stratum h stands for, or 1 for
    each where every sheet counts the same; `fraction` is f_h = n_h/N_h, or 0 where no
    finite population correction is due.
    """

    scores: Scores
    stratum: Integers  # (n,) position of each respondent's stratum
    weight: tuple[Fraction, ...]
    fraction: tuple[Fraction, ...]
    cluster: Integers | None = None  # (n,) whom each was asked with; None: by himself
    resemblance: float = 0.0  # rho, the correlation within clusters

    @property
    def n(self) -> int:
        return len(self.scores)

    @cached_property
    def answered(self) -> Flags:
        """(n, k): was the item answered?"""
        answered: Flags = self.scores != MISSING
        return answered

    @property
    def sizes(self) -> tuple[int, ...]:
        """Respondents per stratum."""
        return tuple(np.bincount(self.stratum, minlength=len(self.weight)).tolist())

    @cached_property
    def unit(self) -> int:
        """Into how many parts 1 is cut so that every weight is a number of them."""
        return lcm(*(weight.denominator for weight in self.weight))

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """The weights, counted in parts of 1/`unit`."""
        return tuple(int(weight * self.unit) for weight in self.weight)

    @property
    def df(self) -> int:
        """Degrees of freedom of the design: respondents less strata."""
        return self.n - len(self.weight)

    @cached_property
    def weights(self) -> Floats:
        """(n,): p of each respondent."""
        return np.array([float(p) for p in self.weight])[self.stratum]

    @cached_property
    def fractions(self) -> Floats:
        """(n,): f of each respondent's stratum."""
        return np.array([float(f) for f in self.fraction])[self.stratum]


def simple_sample(
    scores: Scores, *, population: int | None = None, corrected: bool = True
) -> Sample:
    """One stratum, every sheet the same.

    Parameters
    ----------
    scores
        (n, k) whole numbers, MISSING where not answered; n >= 1
    population
        people served, N; None for an infinite population
    corrected
        whether random choice allows the finite population correction

    Notes
    -----
    With more respondents than people there is no correction: one of the two numbers
    is wrong, and the wider interval does less harm.
    """
    return Sample(
        scores=scores,
        stratum=np.zeros(len(scores), dtype=np.int64),
        weight=(Fraction(1),),
        fraction=(_fraction(len(scores), population if corrected else None),),
    )


def stratified_sample(
    scores: Scores,
    *,
    strata: Sequence[str],
    populations: Mapping[str, int],
    corrected: bool = True,
) -> Sample:
    """Strata that weigh by their population: p_h = N_h/n_h.

    Parameters
    ----------
    scores
        (n, k) whole numbers, MISSING where not answered; n >= 1
    strata
        n names, each a key of `populations`
    populations
        N_h by name; a stratum without respondents is left out, so that the
        figure covers the rest
    corrected
        whether random choice allows the finite population correction

    Raises
    ------
    ValueError
        A respondent's stratum has no population.
    """
    if unknown := set(strata) - set(populations):
        raise ValueError(
            f"strata must be of {sorted(populations)}; {len(unknown)} are not"
        )
    present = [name for name in populations if name in set(strata)]
    position = {name: place for place, name in enumerate(present)}
    stratum = np.array([position[name] for name in strata], dtype=np.int64)
    sizes = np.bincount(stratum, minlength=len(present)).tolist()
    pairs = [(n, populations[name]) for n, name in zip(sizes, present, strict=True)]
    return Sample(
        scores=scores,
        stratum=stratum,
        weight=tuple(Fraction(people, n) for n, people in pairs),
        fraction=tuple(
            _fraction(n, people if corrected else None) for n, people in pairs
        ),
    )


def clustered_sample(
    sample: Sample, labels: Sequence[str], resemblance: float
) -> Sample:
    """The same sheets, gathered in clusters; without finite population correction.

    Parameters
    ----------
    sample
        the sheets with their strata
    labels
        n names of who or what gathered each sheet; "" where that is not known: such
        a respondent is a cluster of his own
    resemblance
        rho, the correlation of two answers of one cluster, 0 to 1

    Notes
    -----
    A cluster may reach over several strata, as an enumerator does who works in both
    halves of a year. Within a stratum only its sheets there are summed, as by R's
    `nest = TRUE`.
    """
    names = [(name, number if name == "" else -1) for number, name in enumerate(labels)]
    if len(names) != sample.n:
        raise ValueError(f"{sample.n} sheets must have as many names, not {len(names)}")
    position = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return replace(
        sample,
        fraction=tuple(Fraction(0) for _ in sample.fraction),
        cluster=np.array([position[name] for name in names], dtype=np.int64),
        resemblance=resemblance,
    )


def unclustered_sample(sample: Sample) -> Sample:
    """The same sheets as if each respondent had been chosen by himself."""
    return replace(sample, cluster=None)


def _fraction(n: int, population: int | None) -> Fraction:
    if population is None or n > population:
        return Fraction(0)
    return Fraction(n, population)
