"""Ranks of units that asked the same, a second time, with what is sure of them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from skm_analysis.audit.expectation import Expected, piece, slug
from skm_analysis.audit.second_city import FEWEST_PUBLISHED, figure_of
from skm_analysis.audit.second_index import Figure, shown
from skm_analysis.audit.second_interval import Limits
from skm_analysis.audit.second_surveyed import Asked

Pairs = set[tuple[int, int]]  # the better, the worse


def expect_ranks(asked: Iterable[Asked]) -> Iterator[tuple[str, Expected]]:
    """Of units of the independent survey with the same items, weights and scale."""
    families: dict[object, list[Asked]] = defaultdict(list)
    for each in asked:
        if each.external and each.ikm and each.ikm.n >= FEWEST_PUBLISHED:
            office = each.office
            items = frozenset((q.key, q.weight) for q in office.questions)
            families[items, office.scale].append(each)
    for members in families.values():
        if len(members) > 1:
            yield from _family(members)


def _family(members: Sequence[Asked]) -> Iterator[tuple[str, Expected]]:
    figures, level = [figure_of(each) for each in members], members[0].survey.level
    seen, many = [shown(figure.value) for figure in figures], len(members)
    apart = told_apart(figures, level)
    groups = alike(figures, apart)
    family = members[0].office.instrument
    for own, (asked, figure) in enumerate(zip(members, figures, strict=True)):
        at = f"unit.{slug(asked.office.id)}"
        rank = 1 + sum(other > seen[own] for other in seen)
        best = 1 + sum(worse == own for _, worse in apart)
        last = many - sum(better == own for better, _ in apart)
        limits = Limits(float(best), float(last))
        yield (
            f"{at}.rank",
            Expected(Fraction(rank), n=figure.n, limits=limits, level=level),
        )
        yield f"{at}.n_ranked", Expected(Fraction(many), n=figure.n)
        for number, group in enumerate(groups, 1):
            if own in group:
                size = Expected(Fraction(len(group)), n=figure.n)
                yield f"{at}.rank_group.{piece(f'{family}-{number}')}", size


def told_apart(figures: Sequence[Figure], level: Fraction) -> Pairs:
    """Pairs whose difference is sure, by Holm's rule over all pairs.

    With r told apart, those whose interval at 1 − a/(m − r) leaves out 0 are as well.
    """
    seen = [shown(figure.value) for figure in figures]
    places = range(len(figures))
    pairs = {(i, j) for i in places for j in places if seen[i] > seen[j]}
    family = len(figures) * (len(figures) - 1) // 2
    apart: Pairs = set()
    while len(apart) < family:
        at = 1 - (1 - float(level)) / (family - len(apart))
        limits = [figure.limits(at) for figure in figures]
        more = {pair for pair in pairs - apart if _excludes(figures, limits, *pair)}
        if not more:
            break
        apart |= more
    return apart


def _excludes(
    figures: Sequence[Figure], limits: Sequence[Limits | None], high: int, low: int
) -> bool:
    """Whether the interval of a difference lies above 0."""
    upper, lower = limits[high], limits[low]
    if upper is None or lower is None:
        return False
    down = float(figures[high].value) - upper.low
    up = lower.high - float(figures[low].value)
    gap = float(figures[high].value) - float(figures[low].value)
    return gap > math.hypot(down, up)


def alike(figures: Sequence[Figure], apart: Pairs) -> list[set[int]]:
    """Neighbours by value of whom no two are told apart, as many as can be."""
    order = sorted(range(len(figures)), key=lambda own: -figures[own].value)
    groups: list[set[int]] = []
    for start in range(len(order)):
        group = {order[start]}
        for other in order[start + 1 :]:
            if any((own, other) in apart for own in group):
                break
            group.add(other)
        if not any(group <= before for before in groups):
            groups.append(group)
    return groups
