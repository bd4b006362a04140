"""How many questionnaires each unit needs, from its people and last year's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

import numpy as np

from skm_analysis.estimates import index_size, sample_size
from skm_analysis.estimates.allocation import neyman, proportional
from skm_analysis.estimates.change import rescaled_weights
from skm_analysis.estimates.disclosure import FEWEST_TOLD, mean_flags
from skm_analysis.estimates.index import index
from skm_analysis.estimates.surveyed import (
    RANDOM,
    Surveyed,
    draw_sample,
    unit_population,
)
from skm_analysis.estimates.variance import assess
from skm_analysis.study.records import Plan, Study, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How much the index moved from one respondent to the next in an earlier survey."""

    n: int
    value: Fraction  # the index then
    deviation: float  # index points, the design effect of strata and clusters in it
    se: float  # of the earlier index, with its finite correction
    df: float
    crowding: float  # n times the sum of squared normalised weights
    clustered: bool  # if so the interval has no finite correction
    strata: Mapping[str, float]  # deviation within each, where 10 or more answered


class Need(NamedTuple):
    """A number of respondents, or the flags that say why there is none."""

    size: int | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one stratum gets of the sample."""

    stratum: str
    population: int
    proportional: int
    neyman: int | None  # None: no spread is known for one of the unit's strata
    deviation: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """One unit's sample by every rule. Counts are respondents."""

    unit: Unit
    population: int | None
    krejcie_morgan: int
    cochran: int
    slovin: int
    precision: Need  # for `[plan] margin`
    change: Need  # for `[plan] change`; `both_years`: this year and the next
    aimed: int  # agreed beforehand; otherwise the larger of the first and `precision`
    ask: Need  # people to ask so that about `aimed` answer
    nonresponse: Decimal | None  # a share
    spread: Spread | None
    shares: tuple[Share, ...]  # empty: no strata


def plan_units(
    study: Study,
    earlier: Study | None = None,
    then: Mapping[str, Surveyed] | None = None,
) -> tuple[UnitPlan, ...]:
    """The plan of every unit, in the study's order.

    Parameters
    ----------
    study
        needs its units and instruments only
    earlier, then
        the study before and its units as surveyed, by id, if there are any

    Notes
    -----
    The spread of the index is that of the earlier survey, on the items that both ask
    with this year's weights. It is not used below 10 respondents, where the scales
    differ, or where all answered alike: nothing follows from no spread.
    """
    moved = (str(study.year), str(earlier.year)) if earlier else ("", "")
    level = float(study.confidence_level)
    return tuple(
        _plan_unit(unit, study.plan, level, (then or {}).get(unit.id), moved)
        for unit in study.units
    )


def earlier_spread(unit: Unit, earlier: Surveyed | None) -> Spread | Need:
    """What the earlier survey says of the unit's spread, or why it says nothing."""
    if earlier is None or earlier.sample is None:
        return Need(None, ("no_previous",))
    keys = tuple(
        key for key in unit.instrument.keys if key in earlier.unit.instrument.keys
    )
    weighed = any(unit.instrument.item(key).weight for key in keys)
    if earlier.unit.instrument.scale != unit.instrument.scale or not weighed:
        return Need(None, ("not_comparable",))
    if earlier.n < FEWEST_TOLD:
        return Need(None, ("too_few",))
    places = [earlier.unit.instrument.keys.index(key) for key in keys]
    weights = rescaled_weights(unit.instrument, keys)
    part = replace(earlier.sample, scores=earlier.sample.scores[:, places])
    linear = index(part, weights, unit.instrument.factor, rule=earlier.rule)
    if linear is None:
        return Need(None, ("not_comparable",))
    lowest, highest = (unit.instrument.factor * end for end in unit.instrument.scale)
    endless = replace(part, fraction=tuple(Fraction(0) for _ in part.fraction))
    whole, finite = (
        assess(linear, sample, lowest=lowest, highest=highest)
        for sample in (endless, part)
    )
    if not whole.se or finite.se is None:
        return Need(None, ("no_variance",))
    return Spread(
        n=earlier.n,
        value=finite.value,
        deviation=whole.se * sqrt(earlier.n),
        se=finite.se,
        df=finite.df,
        crowding=finite.concentration * earlier.n,
        clustered=part.cluster is not None,
        strata=_within_strata(unit, earlier, places, weights),
    )


def _within_strata(
    unit: Unit, earlier: Surveyed, places: Sequence[int], weights: Sequence[Fraction]
) -> dict[str, float]:
    """Standard deviation of one respondent's value within each stratum."""
    plain = draw_sample(earlier.unit, earlier.frame, "none")
    if plain is None or not earlier.unit.strata:
        return {}
    part = replace(plain, scores=plain.scores[:, list(places)])
    linear = index(part, weights, unit.instrument.factor, rule=earlier.rule)
    if linear is None:
        return {}
    values = linear.influence * earlier.n
    names = earlier.frame["stratum"].to_numpy()
    return {
        name: float(np.std(values[names == name], ddof=1))
        for name in earlier.unit.strata
        if np.count_nonzero(names == name) >= FEWEST_TOLD
    }


def _plan_unit(
    unit: Unit,
    plan: Plan,
    level: float,
    earlier: Surveyed | None,
    years: tuple[str, str],
) -> UnitPlan:
    population = unit_population(unit)
    found = earlier_spread(unit, earlier)
    spread = found if isinstance(found, Spread) else None
    required = sample_size.krejcie_morgan(population)
    precision = _precision(unit, plan, level, found)
    change = _change(unit, plan, level, found)
    aimed = unit.planned or max(required, precision.size or 0)
    if unit.sampling == "census" and population:
        aimed = population
    nonresponse = _nonresponse(plan, earlier)
    return UnitPlan(
        unit=unit,
        population=population,
        krejcie_morgan=required,
        cochran=sample_size.whole(sample_size.cochran(population), population),
        slovin=sample_size.whole(sample_size.slovin(population), population),
        precision=precision,
        change=change,
        aimed=aimed,
        ask=_ask(unit, aimed, nonresponse),
        nonresponse=nonresponse,
        spread=spread,
        shares=_shares(unit, aimed, spread, years),
    )


def _precision(unit: Unit, plan: Plan, level: float, found: Spread | Need) -> Need:
    if unit.sampling == "census":
        return Need(None, ("census",))
    if plan.margin is None:
        return Need(None, ("no_aim",))
    if isinstance(found, Need):
        return found
    lowest, highest = unit.instrument.scale
    size = index_size.for_interval(
        found.value,
        found.deviation,
        float(plan.margin),
        lowest=float(unit.instrument.factor * lowest),
        highest=float(unit.instrument.factor * highest),
        crowding=found.crowding,
        population=_corrected(unit, found),
        level=level,
    )
    return _within(unit, size, found)


def _change(unit: Unit, plan: Plan, level: float, found: Spread | Need) -> Need:
    if unit.sampling == "census":
        return Need(None, ("census",))
    if plan.change is None:
        return Need(None, ("no_aim",))
    if isinstance(found, Need):
        return found
    aim = {"deviation": found.deviation, "change": float(plan.change), "level": level}

    def this_year(population: int | None) -> int | None:
        return index_size.for_change(
            **aim, earlier_se=found.se, earlier_df=found.df, population=population
        )

    if this_year(unit_population(unit)) is not None:
        return _within(unit, this_year(_corrected(unit, found)), found)
    both = index_size.for_change_in_both(**aim, population=_corrected(unit, found))
    size, flags = _within(unit, both, found)
    return Need(size, (*flags, "both_years"))


def _corrected(unit: Unit, spread: Spread) -> int | None:
    """The population, where the interval will have the finite correction."""
    corrected = unit.sampling in RANDOM and not spread.clustered
    return unit_population(unit) if corrected else None


def _within(unit: Unit, size: int | None, spread: Spread) -> Need:
    """Not above the population."""
    people = unit_population(unit)
    flags = mean_flags(spread.n)
    if unit.sampling not in RANDOM:
        flags = (*flags, "conditional")
    if people is not None and (size is None or size >= people):
        return Need(people, (*flags, "whole_population"))
    return Need(size, flags)


def _nonresponse(plan: Plan, earlier: Surveyed | None) -> Decimal | None:
    """As stated, otherwise as last year; a share."""
    if plan.nonresponse is not None or earlier is None:
        return plan.nonresponse
    asked = earlier.unit.approached
    if not asked or not 0 < earlier.n <= asked:
        return None
    return Decimal(asked - earlier.n) / asked


def _ask(unit: Unit, aimed: int, nonresponse: Decimal | None) -> Need:
    people = unit_population(unit)
    if unit.sampling == "census":
        return Need(people, ("census",))
    if nonresponse is None:
        return Need(None, ("no_rate",))
    size = sample_size.to_ask(aimed, Fraction(nonresponse))
    if people is not None and size >= people:
        return Need(people, ("whole_population",))
    return Need(size)


def _shares(
    unit: Unit, aimed: int, spread: Spread | None, years: tuple[str, str]
) -> tuple[Share, ...]:
    """The strata's shares; a stratum that is named after the year is last year's."""
    if not unit.strata:
        return ()
    known = spread.strata if spread else {}
    deviations = {
        name: known.get(name, known.get(name.replace(*years) if years[0] else name))
        for name in unit.strata
    }
    even = proportional(aimed, unit.strata)
    told = {name: each for name, each in deviations.items() if each is not None}
    best = neyman(aimed, unit.strata, told) if len(told) == len(deviations) else {}
    return tuple(
        Share(
            stratum=name,
            population=people,
            proportional=even[name],
            neyman=best.get(name),
            deviation=deviations[name],
        )
        for name, people in unit.strata.items()
    )
