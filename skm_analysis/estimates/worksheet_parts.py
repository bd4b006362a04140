"""A unit's periods and strata as a worksheet has them: each a sample of its own."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from skm_analysis.estimates.index import index, item_mean
from skm_analysis.estimates.sample import Flags, simple_sample
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.study.records import Period


class PartStep(NamedTuple):
    """A period or stratum as a sample of its own, every sheet the same."""

    name: str
    members: Flags
    n: int
    nrr: tuple[Fraction | None, ...]
    ikm: Fraction | None


def lay_out_parts(
    surveyed: Surveyed, periods: Sequence[Period]
) -> dict[str, tuple[PartStep, ...]]:
    """The unit's periods and strata that have respondents, by column.

    As `parts.part_rows` has them: a stratum called like a period is that period.
    """
    names = [period.id for period in periods]
    splits = {
        "period": names,
        "stratum": [each for each in surveyed.unit.strata if each not in names],
    }
    found = {
        column: tuple(_part(surveyed, column, name) for name in parts)
        for column, parts in splits.items()
    }
    there = {
        column: tuple(part for part in parts if part.n)
        for column, parts in found.items()
    }
    return {column: parts for column, parts in there.items() if parts}


def _part(surveyed: Surveyed, column: str, name: str) -> PartStep:
    instrument = surveyed.unit.instrument
    members = np.asarray(surveyed.frame[column] == name, dtype=np.bool_)
    n = int(members.sum())
    if surveyed.sample is None or not n:
        return PartStep(name, members, n, (), None)
    alone = simple_sample(surveyed.sample.scores[members])
    places = range(len(instrument.items))
    means = [item_mean(alone, place, rule=surveyed.rule) for place in places]
    weights = [item.weight for item in instrument.items]
    linear = index(alone, weights, instrument.factor, rule=surveyed.rule)
    return PartStep(
        name,
        members,
        n,
        tuple(mean.value if mean else None for mean in means),
        linear.value if linear else None,
    )
