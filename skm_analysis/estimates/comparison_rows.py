"""The rows that hold one survey against another: the year before, the unit's own."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from skm_analysis.estimates.change import (
    compare_instruments,
    difference,
    holm,
    p_value,
)
from skm_analysis.estimates.city import width_flags
from skm_analysis.estimates.city_rows import combined_flags, unit_standing
from skm_analysis.estimates.disclosure import mean_flags
from skm_analysis.estimates.interval import (
    Term,
    known_where_bare,
    opposed,
)
from skm_analysis.estimates.recording import Address, estimate_flags, sum_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed, estimate_on_items
from skm_analysis.study.records import Study


class Pair(NamedTuple):
    """A unit in two surveys, with its index in each on the items common to both."""

    later: Surveyed
    earlier: Surveyed
    terms: list[Term] | None  # None: the instruments cannot be compared
    flags: tuple[str, ...]
    whole: bool = False  # the same items with the same weights: the printed indices

    @property
    def n(self) -> int:
        """Respondents of the smaller survey."""
        return min(self.later.n, self.earlier.n)


def pair_surveys(
    later: Mapping[str, Surveyed],
    earlier: Mapping[str, Surveyed],
    studies: tuple[Study, Study],
) -> dict[str, Pair]:
    """Units with an index in both, by id, in the order of the later study.

    `studies`: the later and the earlier one, which know how answers were gathered.
    """
    found: dict[str, Pair] = {}
    for unit, now in later.items():
        if unit in earlier and now.ikm and earlier[unit].ikm:
            pair = _pair(now, earlier[unit])
            flags = (*pair.flags, *_mode_flags(pair, studies))
            found[unit] = pair._replace(flags=flags)
    return found


def index_p_values(pairs: Mapping[str, Pair]) -> dict[str, float]:
    """p of each unit's change; only units that may be told, for they are the family."""
    found = {
        unit: p_value(pair.terms)
        for unit, pair in pairs.items()
        if pair.terms and "suppressed" not in mean_flags(pair.n)
    }
    return {unit: p for unit, p in found.items() if p is not None}


def change_rows(
    at: Address, pair: Pair, p: float | None, p_holm: float | None
) -> list[Row]:
    """One unit's change of index and items since the earlier study."""
    if pair.terms is None:
        return [at.row("change", n=pair.later.n).flagged(*pair.flags)]
    flags = (*mean_flags(pair.n), *pair.flags)
    level = pair.later.level
    return [
        sum_row(at, "change", pair.terms, level=level, n=pair.later.n, flags=flags),
        *_p_rows(at, "", "change", p, p_holm, pair.later.n),
        *_item_rows(at, pair),
    ]


def city_change_rows(
    at: Address, study: Study, earlier: Study, pairs: Sequence[Pair]
) -> list[Row]:
    """Mean change of the units comparable in both years and counted in both cities."""
    usable = [
        pair
        for pair in pairs
        if pair.terms
        and not _left_out(study, pair.later)
        and not _left_out(earlier, pair.earlier)
    ]
    told = [pair for pair in usable if "suppressed" not in mean_flags(pair.n)]
    rows = _city_change(at, usable)
    if len(told) == len(usable):
        return rows
    inside = [
        row if row.measure == "n_units" else row.flagged("suppressed") for row in rows
    ]
    return inside + _city_change(at._replace(part="published"), told)


def internal_rows(at: Address, external: Surveyed, internal: Surveyed) -> list[Row]:
    """The unit's own survey minus the independent one."""
    if external.ikm is None or internal.ikm is None:
        return []
    n = min(external.ikm.n, internal.ikm.n)
    terms, flags = difference(internal.ikm, external.ikm), mean_flags(n)
    row = sum_row(
        at,
        "internal_difference",
        terms,
        level=external.level,
        n=internal.ikm.n,
        flags=(*flags, *combined_flags((external, internal))),
    )
    p = None if "suppressed" in flags else p_value(terms)
    return [row, *_p_rows(at, "", "internal_difference", p, None, internal.ikm.n)]


def _left_out(study: Study, surveyed: Surveyed) -> bool:
    return bool({"internal_only", "other_scale"} & {*unit_standing(study, surveyed)})


def _mode_flags(pair: Pair, studies: tuple[Study, Study]) -> tuple[str, ...]:
    """Whether the answers were gathered in another way; where not told, nothing."""
    now, then = (
        {
            delivery.mode
            for delivery in study.in_force
            if delivery.source == each.source
            and each.unit.id in [unit.id for unit in study.units_of(delivery)]
        }
        for study, each in zip(studies, (pair.later, pair.earlier), strict=True)
    )
    if None in now | then or not now or not then:
        return ()
    return ("mode_changed",) if now != then else ()


def _pair(later: Surveyed, earlier: Surveyed) -> Pair:
    if later.source != earlier.source:
        # A unit's own survey beside an independent one is no change in time.
        return Pair(later, earlier, None, ("not_comparable", "other_source"))
    instruments = later.unit.instrument, earlier.unit.instrument
    found = compare_instruments(*instruments)
    if found is None:
        return Pair(later, earlier, None, ("not_comparable",))
    flags = combined_flags((later, earlier))
    if found.whole:
        now, then = later.ikm, earlier.ikm
    else:
        same_items = {*instruments[0].keys} == {*instruments[1].keys}
        flags = (*flags, "reweighted" if same_items else "common_items")
        now, then = (
            estimate_on_items(each, found.keys, found.weights)
            for each in (later, earlier)
        )
    if now is None or then is None:
        return Pair(later, earlier, None, ("not_comparable",))
    spread = {*estimate_flags(now), *estimate_flags(then)} & {"single_respondent"}
    flags = (*flags, *sorted(spread))
    return Pair(later, earlier, difference(now, then), flags, found.whole)


def _item_rows(at: Address, pair: Pair) -> list[Row]:
    keys = [key for key in pair.later.nrr if key in pair.earlier.nrr]
    terms = {
        key: difference(pair.later.nrr[key], pair.earlier.nrr[key]) for key in keys
    }
    n = {key: min(pair.later.nrr[key].n, pair.earlier.nrr[key].n) for key in keys}
    tested = {
        key: p
        for key in keys
        if "suppressed" not in mean_flags(n[key])
        and (p := p_value(terms[key])) is not None
    }
    adjusted = holm(tested)
    conditions = combined_flags((pair.later, pair.earlier))
    rows: list[Row] = []
    for key in keys:
        now = pair.later.nrr[key].n
        rows.append(
            sum_row(
                at,
                "change_nrr",
                terms[key],
                item=key,
                level=pair.later.level,
                n=now,
                flags=(*mean_flags(n[key]), *conditions),
            )
        )
        rows += _p_rows(at, key, "", tested.get(key), adjusted.get(key), now)
    return rows


def _p_rows(
    at: Address,
    item: str,
    category: str,
    p: float | None,
    p_holm: float | None,
    n: int,
) -> list[Row]:
    return [
        at.row(measure, value, item=item, category=category, n=n)
        for measure, value in (("p", p), ("p_holm", p_holm))
        if value is not None
    ]


def _city_change(at: Address, pairs: Sequence[Pair]) -> list[Row]:
    n = sum(pair.later.n for pair in pairs)
    rows = [at.tally("n_units", len(pairs), category="comparable", n=n)]
    if not pairs:
        return rows
    terms = [
        term._replace(factor=term.factor / len(pairs))
        for pair in pairs
        for term in pair.terms or ()
    ]
    level = pairs[0].later.level
    flags = combined_flags(
        each for pair in pairs for each in (pair.later, pair.earlier)
    )
    said = {flag for pair in pairs for flag in pair.flags}
    said &= {"common_items", "reweighted", "mode_changed"}
    width = width_flags([term.estimate for term in terms])
    terms = opposed(known_where_bare(terms))
    rows.append(
        sum_row(
            at,
            "change",
            terms,
            level=level,
            n=n,
            flags=(*flags, *sorted(said), *width),
        )
    )
    return rows + _p_rows(at, "", "change", p_value(terms), None, n)
