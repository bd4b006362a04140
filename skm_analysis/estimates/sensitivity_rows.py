"""The rows of the index under every other rule, per unit and for the city.

The unit is graded under the official rule only. What another rule gives stands as
`sensitivity` with the rule in `category`; its letter is a row `sensitivity_grade` of
the same category, whose flag is `grade_A` to `grade_D`.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.estimates.change import rescaled_weights
from skm_analysis.estimates.city import mean_of_units
from skm_analysis.estimates.city_rows import Counted, combined_flags
from skm_analysis.estimates.data_quality import (
    keep_first_of_duplicates,
    keep_not_straight_lined,
)
from skm_analysis.estimates.disclosure import FEWEST_TOLD, mean_flags
from skm_analysis.estimates.grading import find_grade, stored_value
from skm_analysis.estimates.interval import has_interval
from skm_analysis.estimates.recording import Address, mean_row, sum_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import MISSING
from skm_analysis.estimates.sensitivity import (
    ROUNDED_NINTHS,
    Sheets,
    moved,
    rounded,
    tells_on_few,
    worksheet_index,
)
from skm_analysis.estimates.surveyed import (
    Surveyed,
    estimate_on_items,
    score_table,
    survey_unit,
)
from skm_analysis.estimates.variance import Estimate
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.records import MissingRule, Study, Weighting
from skm_analysis.study.regulation import BANDS

MISSING_RULES: tuple[MissingRule, ...] = ("ratio", "complete", "person")
# Decimals of each NRR and of the sum of weighted NRRs.
EARLY = {
    "early-rounding": (2, None),
    "early-rounding-3": (3, None),
    "early-rounding-index-3": (None, 3),
}


class Way(NamedTuple):
    """The index under one other rule."""

    name: str
    value: Fraction
    estimate: Estimate | None  # None: the rule only rounds, it has no error of its own
    n: int
    told: bool = True  # False: with the official index it would tell on 1 to 9 sheets
    moved: int = 0  # sheets that it counts otherwise than the official rule


def other_ways(study: Study, surveyed: Surveyed, cleaned: Cleaned) -> list[Way]:
    """Every other rule that applies to the unit, each alone, in a fixed order."""
    if surveyed.ikm is None or surveyed.sample is None:
        return []
    official = _counted(surveyed, study.missing)
    published = [official]
    ways = [*_roundings(study, surveyed, surveyed.ikm)]
    held_back = False
    for name, other, rule in _surveys(study, surveyed, cleaned):
        if other.ikm is None:
            continue
        sheets = _counted(other, rule)
        hidden = tells_on_few(sheets, published)
        if name == "with-all-set-aside":
            # The reasons alone and all together would give the one that is withheld.
            hidden = hidden or held_back
        if name.startswith("weighting-"):
            hidden = _has_small_stratum(surveyed)
        elif not hidden:
            published.append(sheets)
        held_back = held_back or (hidden and name.startswith("with-"))
        changed = surveyed.n if name.startswith("weighting-") else 0
        ways.append(
            Way(
                name,
                other.ikm.value,
                other.ikm,
                other.ikm.n,
                not hidden,
                changed or moved(official, sheets),
            )
        )
    return ways


def sensitivity_rows(at: Address, surveyed: Surveyed, ways: Sequence[Way]) -> list[Row]:
    """Index and letter of a unit under each other rule."""
    ikm, bands = surveyed.ikm, surveyed.unit.instrument.bands
    if ikm is None:
        return []
    rows: list[Row] = []
    for way in ways:
        # What is withheld of the unit stays so under a rule that counts more sheets.
        hidden = () if way.told else ("suppressed",)
        flags = (*mean_flags(min(way.n, ikm.n)), *hidden)
        if way.estimate is None:
            row = at.row(
                "sensitivity", stored_value(way.value), category=way.name, n=way.n
            )
        else:
            row = mean_row(
                at,
                "sensitivity",
                way.estimate,
                level=surveyed.level,
                category=way.name,
                population=surveyed.population,
                flags=surveyed.flags,
            )
        rows += _graded(row.flagged(*flags), way.value, ikm.value, bands)
    return rows


def city_sensitivity_rows(
    at: Address,
    units: Sequence[Counted],
    ways: Mapping[str, Sequence[Way]],
    bands: str | None,
) -> list[Row]:
    """The mean of units under each rule; where it does not apply, the official index.

    A rule is withheld where the units whose own figure is withheld would follow from
    the city's: where it is one unit, or all of them by 1 to 9 sheets.
    """
    if not units:
        return []
    official = sum((each.ikm.value for each in units), Fraction(0)) / len(units)
    by_unit = [
        {way.name: way for way in ways.get(each.surveyed.unit.id, ())} for each in units
    ]
    names = dict.fromkeys(
        way.name for each in units for way in ways.get(each.surveyed.unit.id, ())
    )
    rows: list[Row] = []
    for name in names:
        found = [each.get(name) for each in by_unit]
        value = sum(
            (
                way.value if way else each.ikm.value
                for way, each in zip(found, units, strict=True)
            ),
            Fraction(0),
        ) / len(units)
        row = _city_row(at, name, value, found, units)
        withheld = [way.moved for way in found if way and not way.told]
        if withheld and (len(withheld) == 1 or sum(withheld) < FEWEST_TOLD):
            row = row.flagged("suppressed")
        rows += _graded(row, value, official, bands)
    return rows


def _city_row(
    at: Address,
    name: str,
    value: Fraction,
    found: Sequence[Way | None],
    units: Sequence[Counted],
) -> Row:
    """With limits, unless the rule only rounds."""
    n = sum(
        way.n if way else each.ikm.n for way, each in zip(found, units, strict=True)
    )
    estimates = [
        way.estimate if way else each.ikm
        for way, each in zip(found, units, strict=True)
    ]
    known = [each for each in estimates if each is not None]
    if len(known) < len(estimates):
        return at.row("sensitivity", stored_value(value), category=name, n=n)
    bare = not all(has_interval(each) for each in known)
    flags = combined_flags(each.surveyed for each in units)
    row = sum_row(
        at,
        "sensitivity",
        mean_of_units(known),
        level=units[0].surveyed.level,
        n=n,
        flags=(*flags, *(["units_without_interval"] * bare)),
    )
    return replace(row, category=name)


def _graded(
    row: Row, value: Fraction, official: Fraction, bands: str | None
) -> Iterator[Row]:
    """The row, flagged where its letter is another, and the letter beside it."""
    if bands is None:
        yield row
        return
    letter, usual = (find_grade(each, BANDS[bands]).grade for each in (value, official))
    differs = ("grade_differs",) if letter != usual else ()
    withheld = tuple(each for each in row.flags if each in ("suppressed", "indicative"))
    yield row.flagged(*differs)
    yield Row(
        study=row.study,
        scope=row.scope,
        unit=row.unit,
        part=row.part,
        measure="sensitivity_grade",
        category=row.category,
        n=row.n,
        flags=(*withheld, f"grade_{letter}", *differs),
    )


def _roundings(study: Study, surveyed: Surveyed, ikm: Estimate) -> Iterator[Way]:
    """What a worksheet prints that rounds its weights, or rounds before the end."""
    instrument = surveyed.unit.instrument
    weights = [item.weight for item in instrument.items]
    if set(weights) == {Fraction(1, 9)}:
        for name, places in ROUNDED_NINTHS.items():
            weight = rounded(Fraction(1, 9), places)
            yield Way(name, ikm.value * 9 * weight, None, ikm.n)
    if study.missing == "person":
        return  # that index is no sum of weighted means
    means = [surveyed.nrr[key].value for key in instrument.keys]
    for name, (mean_places, index_places) in EARLY.items():
        value = worksheet_index(
            means,
            weights,
            instrument.factor,
            mean_places=mean_places,
            index_places=index_places,
        )
        yield Way(name, value, None, ikm.n)


def _surveys(
    study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> Iterator[tuple[str, Surveyed, MissingRule]]:
    """The unit surveyed anew under each rule that weighs, counts or asks otherwise."""
    unit, frame, rule = surveyed.unit, surveyed.frame, study.missing

    def again(frame: pd.DataFrame, changed: Study = study) -> Surveyed:
        return survey_unit(changed, unit, frame, surveyed.source)

    for other in MISSING_RULES:
        if other != rule:
            yield f"missing-{other}", again(frame, replace(study, missing=other)), other
    if unit.strata and surveyed.source == "external":
        weighting: Weighting = "strata" if study.weighting == "none" else "none"
        changed = replace(study, weighting=weighting)
        yield f"weighting-{weighting}", again(frame, changed), rule
    yield from _without_biaya(surveyed, rule)
    for name, kept in (
        ("without-straight-lined", keep_not_straight_lined),
        ("without-duplicates", keep_first_of_duplicates),
    ):
        scores = score_table(frame, unit.instrument.keys)
        yield name, again(frame[kept(scores)]), rule
    for name, more in _frames(study, surveyed, cleaned):
        yield name, again(more), rule
    population = surveyed.population
    if unit.sampling == "convenience" and population and surveyed.n <= population:
        drawn = replace(unit, sampling="random")
        yield (
            "finite-correction",
            survey_unit(study, drawn, frame, surveyed.source),
            rule,
        )


def _without_biaya(
    surveyed: Surveyed, rule: MissingRule
) -> Iterator[tuple[str, Surveyed, MissingRule]]:
    instrument = surveyed.unit.instrument
    rest = tuple(item.key for item in instrument.items if item.unsur != "biaya")
    if len(rest) == len(instrument.items) or not any(
        instrument.item(key).weight for key in rest
    ):
        return
    estimate = estimate_on_items(surveyed, rest, rescaled_weights(instrument, rest))
    yield "without-biaya", replace(surveyed, ikm=estimate), rule


def _frames(
    study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Sheets as they were before corrections, and with those put back that are valid.

    Under weighting by strata a row without a known stratum cannot be put back.
    """
    unit, frame = surveyed.unit, surveyed.frame
    uncorrected: Mapping[str, pd.DataFrame] = getattr(cleaned, "uncorrected", {})
    put_back: Mapping[str, pd.DataFrame] = getattr(cleaned, "put_back", {})
    before = uncorrected.get(unit.id)
    if before is not None:
        yield "without-corrections", before
    back = put_back.get(unit.id)
    if back is None:
        return
    back = back[back["source"] == surveyed.source]
    if study.weighting == "strata" and unit.strata and surveyed.source == "external":
        back = back[back["stratum"].isin(list(unit.strata))]
    reasons = sorted(set(back["reason"]))
    for reason in reasons:
        name = f"with-{str(reason).replace('_', '-')}"
        yield name, _joined(frame, back[back["reason"] == reason])
    if len(reasons) > 1:
        yield "with-all-set-aside", _joined(frame, back)


def _joined(frame: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """A sheet that is put back may bear the number of the one that was kept."""
    own = [f"{name}/{place}" for place, name in enumerate(back["response"])]
    back = back.assign(response=own).reindex(columns=frame.columns)
    return pd.concat([frame, back], ignore_index=True)


def _counted(surveyed: Surveyed, rule: MissingRule) -> Sheets:
    """Who counts, with what, and how: an incomplete sheet counts by the rule."""
    scores = score_table(surveyed.frame, surveyed.unit.instrument.keys)
    complete = np.all(scores != MISSING, axis=1)
    sheets: dict[Hashable, Hashable] = {}
    for name, whole, answers in zip(
        surveyed.frame["response"], complete, scores.tolist(), strict=True
    ):
        if whole or rule == "ratio":
            sheets[name] = tuple(answers)
        elif rule == "person":
            sheets[name] = ("person", *answers)
    return sheets


def _has_small_stratum(surveyed: Surveyed) -> bool:
    """Two weightings of few strata give the mean of each."""
    sizes: Iterable[int] = surveyed.frame["stratum"].value_counts()
    return any(0 < size < FEWEST_TOLD for size in sizes)
