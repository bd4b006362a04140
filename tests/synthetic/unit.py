"""One unit: whom it serves, how many answered, how content they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """What the survey of one unit finds in one year.

    `level` is the mean answer aimed at, on the instrument's scale; `n` the sheets
    that survive cleaning.
    """

    population: int
    n: int
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    id: str
    name: str
    kind: str
    instrument: str
    sampling: str = "convenience"
    population_of: str = "persons"
    strata: bool = False  # the half-years
    target: str = ""
    planned: int | None = None
    approached: float | None = None  # people asked per accepted sheet
    internal: int = 0  # sheets of the unit's own survey in 2021
    this_year: Cohort
    last_year: Cohort | None

    def cohort(self, year: int) -> Cohort | None:
        return self.this_year if year == 2021 else self.last_year


def cohort(population: int, n: int, level: float) -> Cohort:
    return Cohort(population=population, n=n, level=level)
