"""The rows of ranks: of units that asked the same, and of the items of one unit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from skm_analysis.estimates.city_rows import combined_flags
from skm_analysis.estimates.disclosure import (
    FEWEST_RELIABLE,
    FEWEST_TOLD,
    distribution_flags,
)
from skm_analysis.estimates.ranking import (
    alike_groups,
    places,
    shown_ranks,
    surely_better,
)
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.estimates.variance import Estimate
from skm_analysis.estimates.weakest import Weakest, constant_columns, find_weakest


def rank_rows(study: str, surveyed: Iterable[Surveyed]) -> list[Row]:
    """Rank of each unit among those that share its items, weights and scale.

    Units of the independent survey with an index that may be told. A unit that nobody
    shares its items with has no rank.
    """
    families: dict[object, list[tuple[Surveyed, Estimate]]] = defaultdict(list)
    for each in surveyed:
        ikm = each.ikm
        if each.source == "external" and ikm and ikm.n >= FEWEST_TOLD:
            instrument = each.unit.instrument
            asked = frozenset((item.key, item.weight) for item in instrument.items)
            families[asked, instrument.scale].append((each, ikm))
    return [
        row
        for members in families.values()
        if len(members) > 1
        for row in _family_rows(study, members)
    ]


def item_rank_rows(at: Address, surveyed: Surveyed) -> dict[str, Row]:
    """Per item that was answered: its rank, and whether it is one of the weakest.

    Items that everybody answered alike are left out (flag `left_out`, and
    `free_service` where it is the fee with the highest answer). From 30 respondents
    the items that cannot be told from the lowest are flagged `weakest`; where these
    are more than half of those compared, all carry `none_weakest` instead.
    """
    sample, instrument = surveyed.sample, surveyed.unit.instrument
    if sample is None:
        return {}
    constant = {instrument.keys[place] for place in constant_columns(sample)}
    ranked = [key for key in surveyed.nrr if key not in constant]
    ranks = shown_ranks({key: surveyed.nrr[key].value for key in ranked})
    found = _compare_items(surveyed, ranked)
    rows = {
        key: at.row("item_rank", item=key, n=nrr.n).flagged(
            *distribution_flags(nrr.n), *surveyed.flags, "left_out"
        )
        for key, nrr in surveyed.nrr.items()
    }
    for key in ranked:
        n = surveyed.nrr[key].n
        rows[key] = at.row("item_rank", float(ranks[key]), item=key, n=n).flagged(
            *distribution_flags(n), *surveyed.flags
        )
    for key in constant & rows.keys():
        free = instrument.item(key).unsur == "biaya"
        if free and surveyed.nrr[key].value == instrument.scale[1]:
            rows[key] = rows[key].flagged("free_service")
    return rows | _sure_rows(rows, found, instrument.keys, len(ranked), surveyed.level)


def _compare_items(surveyed: Surveyed, ranked: Sequence[str]) -> Weakest | None:
    told = [key for key in ranked if surveyed.nrr[key].n >= FEWEST_RELIABLE]
    if surveyed.sample is None or not told:
        return None
    keys = surveyed.unit.instrument.keys
    return find_weakest(
        surveyed.sample,
        [keys.index(key) for key in told],
        scale=surveyed.unit.instrument.scale,
        rule=surveyed.rule,
        level=surveyed.level,
    )


def _sure_rows(
    rows: dict[str, Row],
    found: Weakest | None,
    keys: Sequence[str],
    many: int,
    level: float,
) -> dict[str, Row]:
    """The rows of the items compared, with the ranks that they may truly have."""
    if found is None:
        return {}
    sure: dict[str, Row] = {}
    for place, column in enumerate(found.compared):
        row = rows[keys[column]]
        flags = ["weakest"] if column in found.lowest else []
        sure[keys[column]] = replace(
            row,
            ci_low=1.0 + float(found.better[:, place].sum()),
            ci_high=float(many - found.better[place].sum()),
            level=level,
            method="paired-holm",
        ).flagged(*(flags if found.clear else ["none_weakest"]))
    return sure


def _family_rows(
    study: str, members: Sequence[tuple[Surveyed, Estimate]]
) -> Iterable[Row]:
    level = members[0][0].level
    estimates = [ikm for _, ikm in members]
    values = [ikm.value for ikm in estimates]
    better = surely_better(estimates, level)
    conditions = combined_flags(each for each, _ in members)
    groups = alike_groups(values, better)
    family = members[0][0].unit.instrument.id
    for own, place in enumerate(places(values, better)):
        surveyed, ikm = members[own]
        at = Address(study, "unit", surveyed.unit.id)
        flags = (*distribution_flags(ikm.n), *conditions)
        yield at.row(
            "rank",
            float(place.rank),
            ci_low=float(place.low),
            ci_high=float(place.high),
            level=level,
            method="mover-holm",
            n=ikm.n,
        ).flagged(*flags)
        yield at.tally("n_ranked", len(members), n=ikm.n)
        for number, group in enumerate(groups, 1):
            if own in group:
                yield at.row(
                    "rank_group",
                    float(len(group)),
                    category=f"{family}-{number}",
                    n=ikm.n,
                ).flagged(*flags)
