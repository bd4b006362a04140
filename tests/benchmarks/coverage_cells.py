"""The cells of the coverage study: what is estimated, of whom, from how many."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from coverage_designs import Clustered, Design, Simple, Stratified
from coverage_populations import FAR, WITHOUT_LOWEST, Latent, Sheets, latent_population

SIZES = (15, 30, 100, 400)
PEOPLE = (None, 500, 50)
ITEM = 4  # the middle one
BLANKS = np.linspace(0.02, 0.25, 9)


class Cell(NamedTuple):
    group: str
    population: str
    people: str
    n: str
    terms: tuple[tuple[float, Design], ...]
    sheets: int  # sheets in a sample, or people where all of them are shuffled

    @property
    def name(self) -> str:
        return " ".join(self[:4])


def cells() -> Iterator[Cell]:
    for name, sheets in WITHOUT_LOWEST.items():
        yield from _simple("index", name, sheets)
    for name, sheets in FAR.items():
        yield from _simple("far", name, sheets)
    for name in ("mean-3.20", "mean-3.85", "mean-3.96"):
        for n in SIZES:
            design = Simple(sheets=WITHOUT_LOWEST[name], n=n, item=ITEM)
            yield Cell("nrr", name, "inf", str(n), ((1.0, design),), n)
    yield from _stratified()
    yield from _clustered()
    yield from _changes()
    yield from _cities()


def _simple(group: str, name: str, sheets: Sheets) -> Iterator[Cell]:
    for people in PEOPLE:
        for n in SIZES:
            if people is None or n < people:
                design = Simple(sheets=sheets, n=n, people=people)
                yield Cell(
                    *(group, name, _people(people), str(n)),
                    ((1.0, design),),
                    people or n,
                )


def _stratified() -> Iterator[Cell]:
    strata = tuple(WITHOUT_LOWEST[f"mean-{mean}"] for mean in ("3.96", "3.85", "3.20"))
    one = (latent_population(3.85),)
    for name, parts, shares, equal, chance in (
        ("blanks", one, (1.0,), True, False),
        ("blanks-by-chance", one, (1.0,), True, True),
        ("strata-equal-blanks", strata, (0.5, 0.3, 0.2), True, False),
        ("strata-proportional-blanks", strata, (0.5, 0.3, 0.2), False, False),
        ("strata-large-low-blanks", strata, (0.2, 0.2, 0.6), True, False),
    ):
        for people in PEOPLE:
            for n in SIZES:
                if people is None or n < people:
                    design = Stratified(
                        strata=parts,
                        shares=shares,
                        n=n,
                        blanks=BLANKS,
                        people=people,
                        equal=equal,
                        chance=chance,
                    )
                    yield Cell(
                        *("strata", name, _people(people), str(n)),
                        ((1.0, design),),
                        9 * max(n, people or 0),
                    )


def _clustered() -> Iterator[Cell]:
    for mean in (3.85, 3.96):
        for correlation in (0.02, 0.10):
            for clusters in (4, 8, 20):
                for n in SIZES:
                    if n <= clusters:
                        continue
                    for estimator in ("ignored", "between", "deff"):
                        design = Clustered(
                            latent=Latent(4 - mean),
                            correlation=correlation,
                            clusters=clusters,
                            n=n,
                            estimator=estimator,
                        )
                        name = f"{mean}-rho-{correlation:.2f}-C-{clusters}-{estimator}"
                        yield Cell(
                            "clusters", name, "inf", str(n), ((1.0, design),), 9 * n
                        )


def _changes() -> Iterator[Cell]:
    for earlier, later in (
        ("mean-3.85", "mean-3.85"),
        ("mean-3.96", "mean-3.96"),
        ("all-4-95", "all-4-95"),
        ("mean-3.85", "mean-3.96"),
        ("all-4-80", "all-4-95"),
    ):
        for people in (None, 500):
            for n in SIZES:
                terms = tuple(
                    (factor, Simple(sheets=WITHOUT_LOWEST[name], n=n, people=people))
                    for factor, name in ((1.0, later), (-1.0, earlier))
                )
                yield Cell(
                    *("change", f"{earlier}-to-{later}", _people(people), str(n)),
                    terms,
                    people or n,
                )


def _cities() -> Iterator[Cell]:
    """Units of which one in six has only people who give the highest throughout."""
    names = ("mean-3.85", "mean-3.96", "latent-3.6", "all-4-80", "all-4-95")
    mixed = [WITHOUT_LOWEST[name] for name in names] * 5
    ceiling = [WITHOUT_LOWEST["mean-3.96"]]
    satisfied = [np.full((1, 9), 4)]
    sizes = {"15": (15,), "30": (30,), "15-to-100": (15, 30, 100)}
    for people in (None, 500):
        for label, wanted in sizes.items():
            yield _city("mixed-30", mixed + 5 * satisfied, people, label, wanted)
            yield _city(
                "ceiling-30", 25 * ceiling + 5 * satisfied, people, label, wanted
            )
    yield _city("ceiling-6", 5 * ceiling + satisfied, None, "15", (15,))
    yield _city("ceiling-60", 50 * ceiling + 10 * satisfied, None, "15", (15,))
    yield _city("as-3.96-all-1-1-6", 6 * [FAR["3.96-all-1-1"]], None, "30", (30,))
    small = Simple(sheets=WITHOUT_LOWEST["all-4-80"], n=15)
    large = Simple(sheets=ceiling[0], n=100)
    yield Cell(
        *("city", "half-is-one-all-4-80", "inf", "15-and-100"),
        ((0.5, small), *[(0.1, large)] * 5),
        500,
    )


def _city(
    name: str,
    units: list[Sheets],
    people: int | None,
    label: str,
    sizes: tuple[int, ...],
) -> Cell:
    terms = tuple(
        (
            1 / len(units),
            Simple(sheets=sheets, n=sizes[place % len(sizes)], people=people),
        )
        for place, sheets in enumerate(units)
    )
    return Cell("city", name, _people(people), label, terms, 4 * (people or max(sizes)))


def _people(people: int | None) -> str:
    return "inf" if people is None else str(people)
