"""The rows of one unit's own survey: index, items, answers, respondents, parts."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from skm_analysis.estimates.change import rescaled_weights
from skm_analysis.estimates.disclosure import (
    distribution_flags,
    has_small_group,
    hidden_cells,
    mean_flags,
)
from skm_analysis.estimates.distribution import answer_counts, band_counts
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.ranking_rows import item_rank_rows
from skm_analysis.estimates.recording import (
    Address,
    grade_row,
    mean_row,
    uncovered_rows,
)
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import MISSING
from skm_analysis.estimates.size_rows import below_required
from skm_analysis.estimates.surveyed import (
    MOST_UNCOVERED,
    Surveyed,
    draw_sample,
    estimate_index,
    estimate_on_items,
    estimate_share,
)
from skm_analysis.estimates.variance import Estimate
from skm_analysis.responses.labels import BANDS, PROFILE, UNKNOWN


def index_rows(at: Address, surveyed: Surveyed, flags: Sequence[str] = ()) -> list[Row]:
    """The index, its margin and grade, and the index under other conventions."""
    ikm = _ikm_row(at, "ikm", surveyed, surveyed.ikm, *flags)
    if surveyed.ikm is None and surveyed.n:
        # Where an item was answered by nobody, it still tells how much may be printed.
        ikm = ikm.flagged(*mean_flags(surveyed.n), *surveyed.flags, *flags)
    rows = [ikm, *_margin(at, ikm), unit_grade(at, surveyed)]
    rows += uncovered_rows(at, surveyed.uncovered, surveyed.n)
    if surveyed.ikm is None or surveyed.sample is None:
        return rows
    return [
        *rows,
        *_weightings(at, surveyed),
        *_without_biaya(at, surveyed),
        *_rounded_weights(at, surveyed),
    ]


def unit_grade(at: Address, surveyed: Surveyed) -> Row:
    ikm = surveyed.ikm
    return grade_row(
        at,
        ikm.value if ikm else None,
        surveyed.unit.instrument.bands,
        n=ikm.n if ikm else 0,
        uncovered=surveyed.uncovered > MOST_UNCOVERED,
        flags=mean_flags(ikm.n) if ikm else (),
    )


def item_rows(at: Address, surveyed: Surveyed) -> list[Row]:
    """Per item: NRR, the worksheet's sum and mean, rank, and its answers."""
    rows: list[Row] = []
    ranks = item_rank_rows(at, surveyed)
    for key in surveyed.unit.instrument.keys:
        means = nrr_rows(at, surveyed, key)
        rows += [*means, *_weighted_nrr(at, surveyed, means, key)]
        if key in ranks:
            rows += _worksheet(at, surveyed, key)
            rows.append(ranks[key])
            rows += _answers(at, surveyed, key)
    return rows + _weighted_sum(at, surveyed)


def nrr_rows(at: Address, surveyed: Surveyed, key: str) -> list[Row]:
    """One row, also for an item that nobody answered, if anybody answered others."""
    if surveyed.sample is None:
        return []
    estimate = surveyed.nrr.get(key)
    row = mean_row(
        at,
        "nrr",
        estimate,
        level=surveyed.level,
        population=surveyed.population,
        flags=surveyed.flags,
        item=key,
    )
    return [row if estimate else row.flagged("item_unanswered")]


def _weighted_nrr(
    at: Address, surveyed: Surveyed, means: Sequence[Row], key: str
) -> list[Row]:
    """The worksheet's weighted mean of one item: told or not as the mean itself."""
    weight = surveyed.unit.instrument.item(key).weight
    found = surveyed.nrr.get(key)
    value = stored_value(weight * found.value) if found else None
    return [
        at.row("nrr_weighted", value, item=key, n=mean.n).flagged(*mean.flags)
        for mean in means
    ]


def _weighted_sum(at: Address, surveyed: Surveyed) -> list[Row]:
    """Their sum, on the scale of the answers, where the index is made of it.

    Under the rule `person` it would be the index under the rule `ratio`, which is not
    told beside the other where few left a question blank.
    """
    ikm = surveyed.ikm
    if ikm is None or surveyed.rule == "person":
        return []
    value = sum(
        (
            surveyed.unit.instrument.item(key).weight * mean.value
            for key, mean in surveyed.nrr.items()
        ),
        Fraction(0),
    )
    row = at.row("nrr_weighted", stored_value(value), n=ikm.n)
    return [row.flagged(*mean_flags(ikm.n), *surveyed.flags)]


def profile_rows(
    at: Address, frames: Sequence[Surveyed], variables: Iterable[str] = PROFILE
) -> list[Row]:
    """Respondents per band, over those units that asked for the variable."""
    rows: list[Row] = []
    for variable in variables:
        bands = [
            band
            for each in frames
            if variable in each.frame
            for band in each.frame[variable].fillna("").tolist()
        ]
        counts, n = band_counts(bands, BANDS.get(variable, ()), UNKNOWN), len(bands)
        hidden = hidden_cells(counts)
        for band, count in counts.items():
            flags = (*distribution_flags(n), *(["suppressed"] * (band in hidden)))
            columns = {"item": variable, "category": band, "n": n}
            share = stored_value(Fraction(count, n))
            rows.append(at.row("profile", share, **columns).flagged(*flags))
            rows.append(at.tally("profile_count", count, **columns).flagged(*flags))
    return rows


def _ikm_row(
    at: Address,
    measure: str,
    surveyed: Surveyed,
    estimate: Estimate | None,
    *flags: str,
) -> Row:
    return mean_row(
        at,
        measure,
        estimate,
        level=surveyed.level,
        population=surveyed.population,
        flags=(*surveyed.flags, *below_required(surveyed), *flags),
    )


def _margin(at: Address, ikm: Row) -> list[Row]:
    if ikm.ci_low is None or ikm.ci_high is None:
        return []
    half = (ikm.ci_high - ikm.ci_low) / 2
    return [at.row("margin", half, n=ikm.n, level=ikm.level, flags=ikm.flags)]


def _weightings(at: Address, surveyed: Surveyed) -> list[Row]:
    unit = surveyed.unit
    if not unit.strata or surveyed.source == "internal":
        return []
    weights = [item.weight for item in unit.instrument.items]
    rho = surveyed.resemblance
    plain = draw_sample(unit, surveyed.frame, "none", rho)
    strata = draw_sample(unit, surveyed.frame, "strata", rho)
    # Two weightings of few strata give the mean of each.
    small = has_small_group(surveyed.frame["stratum"])
    return [
        _ikm_row(
            at,
            measure,
            surveyed,
            estimate_index(unit, sample, weights, surveyed.rule) if sample else None,
            *(["suppressed"] * small),
        )
        for measure, sample in (("ikm_unweighted", plain), ("ikm_strata", strata))
    ]


def _without_biaya(at: Address, surveyed: Surveyed) -> list[Row]:
    instrument = surveyed.unit.instrument
    rest = tuple(item.key for item in instrument.items if item.unsur != "biaya")
    weighed = sum((instrument.item(key).weight for key in rest), Fraction(0))
    if len(rest) == len(instrument.items) or weighed == 0:
        return []
    estimate = estimate_on_items(surveyed, rest, rescaled_weights(instrument, rest))
    return [_ikm_row(at, "ikm_without_biaya", surveyed, estimate)]


def _rounded_weights(at: Address, surveyed: Surveyed) -> list[Row]:
    """What a worksheet prints that writes one ninth as 0.11 or 0.111."""
    items = surveyed.unit.instrument.items
    if {item.weight for item in items} != {Fraction(1, 9)} or surveyed.ikm is None:
        return []
    n = surveyed.ikm.n
    return [
        at.row(
            measure, stored_value(surveyed.ikm.value * 9 * Fraction(weight)), n=n
        ).flagged(*mean_flags(n))
        for measure, weight in (
            ("ikm_weight_0_11", "0.11"),
            ("ikm_weight_0_111", "0.111"),
        )
    ]


def _worksheet(at: Address, surveyed: Surveyed, key: str) -> list[Row]:
    answers = surveyed.answers(key)
    given = answers[answers != MISSING]
    total, n = int(given.sum()), len(given)
    flags = (*mean_flags(n), *_beside_strata(surveyed))
    mean = stored_value(Fraction(total, n))
    return [
        at.row("sum", float(total), item=key, n=n).flagged(*flags),
        at.row("nrr_unweighted", mean, item=key, n=n).flagged(*flags),
    ]


def _beside_strata(surveyed: Surveyed) -> list[str]:
    """A weighted mean and the plain one of few strata give the mean of each.

    So do weighted shares: of few whole numbers that two strata may hold, one pair fits.
    """
    if surveyed.weighting != "strata":
        return []
    return ["suppressed"] * has_small_group(surveyed.frame["stratum"])


def _answers(at: Address, surveyed: Surveyed, key: str) -> list[Row]:
    answers = surveyed.answers(key)
    counts = answer_counts(answers, surveyed.unit.instrument.scale)
    n = sum(counts.values())
    flags = (*distribution_flags(n), *_beside_strata(surveyed))
    rows: list[Row] = []
    for score, count in counts.items():
        estimate = estimate_share(surveyed, key, score)
        rows.append(
            mean_row(
                at,
                "share",
                estimate,
                level=surveyed.level,
                population=surveyed.population,
                flags=(*flags, *surveyed.flags),
                item=key,
                category=str(score),
            )
        )
        rows.append(
            at.tally("share_count", count, item=key, category=str(score), n=n).flagged(
                *flags
            )
        )
    return rows
