"""Answers gathered together, a second time: sums in clusters and their correlation."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from skm_analysis.audit.answers import Office, Sheet

ASSUMED = 0.05  # where a study's clusters are too few to show their correlation
FEWEST = 7  # degrees of freedom between clusters, for their own error to be used
LAST_DIGITS = 1e-9

Values = Sequence[float]
Names = Sequence[Hashable]
Group = tuple[Values, Values, Names]  # of one stratum: movements, weights, clusters


def correlation_of(office: Office, sheets: Sequence[Sheet]) -> float | None:
    """The rho to use; None where all were chosen singly, or everybody answered."""
    own = [sheet for sheet in office.sheets if sheet.source == sheets[0].source]
    census = office.sampling == "census" and len(own) == office.people
    told = any(sheet.cluster for sheet in sheets)
    return office.rho if told and not census else None


def names(sheets: Iterable[Sheet], stratum: int = 0) -> Names:
    """The cluster of each; one of no known cluster is alone, in whatever stratum."""
    return [sheet.cluster or (stratum, place) for place, sheet in enumerate(sheets)]


def reach_over(labels: Iterable[Names]) -> bool:
    """Whether a cluster, of those of each stratum, is in more than one of them."""
    found = [set(each) for each in labels]
    return sum(map(len, found)) > len(set().union(*found))


def sums(values: Values, clusters: Names) -> list[float]:
    """The values added up within each cluster."""
    found = defaultdict(list)
    for value, cluster in zip(values, clusters, strict=True):
        found[cluster].append(value)
    return [math.fsum(each) for each in found.values()]


def are_few(clusters: int, strata: int, together: float) -> bool:
    """By number, or by weight; `together`: sum of the clusters' squared weights."""
    by_weight = 1 / together < max(6, clusters / 2) - LAST_DIGITS
    return clusters - strata < FEWEST or by_weight


def pooled_rho(groups: Iterable[Group]) -> float:
    """From mean squares between and within clusters, pooled over all strata."""
    between, within, spread = [], [], []
    df_between = df_within = 0
    for moves, weights, clusters in groups:
        members: dict[Hashable, list[float]] = defaultdict(list)
        for move, weight, cluster in zip(moves, weights, clusters, strict=True):
            if weight > 0:
                members[cluster].append(move / weight)
        n = sum(map(len, members.values()))
        if n == 0:
            continue
        middle = math.fsum(value for own in members.values() for value in own) / n
        for own in members.values():
            mean = math.fsum(own) / len(own)
            between.append(len(own) * (mean - middle) ** 2)
            within += [(value - mean) ** 2 for value in own]
        spread.append(n - sum(len(own) ** 2 for own in members.values()) / n)
        df_between += len(members) - 1
        df_within += n - len(members)
    rho = None
    if df_between and df_within:
        msb, msw = math.fsum(between) / df_between, math.fsum(within) / df_within
        whole = msb + (math.fsum(spread) / df_between - 1) * msw
        rho = max(0.0, (msb - msw) / whole) if whole > 0 else None
    if rho is None or df_between < FEWEST:
        return max(rho or 0.0, ASSUMED)
    return rho
