"""The probability of each letter, a second time: the middle of two beta tails."""

from collections.abc import Iterator
from fractions import Fraction

from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_city import MOST_UNCOVERED
from skm_analysis.audit.second_index import LETTERS, Figure
from skm_analysis.audit.second_interval import share_within, sides
from skm_analysis.audit.second_surveyed import Asked

_HALF_STEP = Fraction(5, 1000)  # an index from here below a bound is shown as it


def expect_probabilities(asked: Asked) -> Iterator[tuple[str, Expected]]:
    """Of a unit's index; none where there is no letter to be given."""
    office = asked.office
    if asked.ikm is None or not office.bands or office.uncovered > MOST_UNCOVERED:
        return
    at, level = f"unit.{slug(office.id)}", asked.survey.level
    yield from probabilities(at, "", asked.ikm, office.bands, level)


def probabilities(
    at: str, end: str, index: Figure, bands: str, level: Fraction
) -> Iterator[tuple[str, Expected]]:
    """One row for each letter, where the index has an interval."""
    if index.limits(level) is None:
        return
    letters = LETTERS[bands]
    reached = [_at_least(index, Fraction(low), level) for _, low in letters[:-1]]
    # Never falling from one bound to the next lower one; the last letter is the rest.
    edges = [0.0]
    for chance in reached:
        edges.append(min(1.0, max(edges[-1], chance)))
    edges.append(1.0)
    for place, (letter, _) in enumerate(letters):
        chance = edges[place + 1] - edges[place]
        key = f"{at}.grade_probability.{slug(letter)}{end}"
        yield key, Expected(chance, n=index.n, beside={"letter": letter})


def _at_least(index: Figure, bound: Fraction, level: Fraction) -> float:
    """Probability that the true index is shown as the bound or more."""
    if index.spread is None:
        raise ValueError("an index without a spread has no probabilities")
    spread, reached = index.spread, bound - _HALF_STEP
    if spread.sampled == 0:
        return float(index.value >= reached)
    gap = float((spread.highest - reached) / (spread.highest - spread.lowest))
    lower, upper = sides(index.value, spread, level)
    return (share_within(gap, lower) + share_within(gap, upper)) / 2
