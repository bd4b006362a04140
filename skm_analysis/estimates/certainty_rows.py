"""The rows that say how sure each letter is, for a unit and for the city."""

from collections.abc import Callable, Sequence

from skm_analysis.estimates.city import mean_of_units
from skm_analysis.estimates.city_rows import Counted, combined_flags
from skm_analysis.estimates.disclosure import mean_flags
from skm_analysis.estimates.grade_certainty import (
    grade_probabilities,
    probability_at_least,
    rounded_bound,
)
from skm_analysis.estimates.interval import joined
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.study.regulation import BANDS, Band

MEASURE = "grade_probability"


def certainty_rows(at: Address, surveyed: Surveyed) -> list[Row]:
    """Probability of each letter; nothing without bands or without an interval."""
    ikm, bands = surveyed.ikm, surveyed.bands
    if ikm is None or bands is None:
        return []
    rows = _rows(
        at,
        BANDS[bands],
        lambda band: probability_at_least(ikm, rounded_bound(band), surveyed.level),
        ikm.n,
    )
    return [row.flagged(*mean_flags(ikm.n), *surveyed.flags) for row in rows]


def city_certainty_rows(
    at: Address, units: Sequence[Counted], bands: str | None
) -> list[Row]:
    """The same for the headline, over the units that enter it."""
    if not units or bands is None:
        return []
    ikm = joined(mean_of_units([each.ikm for each in units]))
    level = units[0].surveyed.level
    rows = _rows(
        at,
        BANDS[bands],
        lambda band: probability_at_least(ikm, rounded_bound(band), level),
        ikm.n,
    )
    flags = combined_flags(each.surveyed for each in units)
    return [row.flagged(*flags) for row in rows]


def _rows(
    at: Address,
    bands: Sequence[Band],
    at_least: Callable[[Band], float | None],
    n: int,
) -> list[Row]:
    reached: dict[str, float] = {}
    for band in bands[:-1]:
        chance = at_least(band)
        if chance is None:
            return []
        reached[band.grade] = chance
    return [
        at.row(MEASURE, chance, category=letter, n=n)
        for letter, chance in grade_probabilities(bands, reached).items()
    ]
