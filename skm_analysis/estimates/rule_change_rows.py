"""The rows that say what a rule changed after freezing did to index and grade."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from skm_analysis.estimates.city import mean_of_units
from skm_analysis.estimates.city_rows import (
    Counted,
    combined_flags,
    counted_units,
    main_bands,
    with_published,
)
from skm_analysis.estimates.disclosure import FEWEST_TOLD, mean_flags
from skm_analysis.estimates.grading import find_grade
from skm_analysis.estimates.interval import has_interval, total
from skm_analysis.estimates.recording import Address, mean_row, sum_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.rule_changes import (
    NOT_COMPUTED,
    WITHOUT_EFFECT,
    frozen_rows,
    frozen_study,
    frozen_unit,
)
from skm_analysis.estimates.sensitivity import moved
from skm_analysis.estimates.surveyed import Surveyed, survey_unit
from skm_analysis.estimates.targets import outcome
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.frozen_rules import RuleChange, Rules, by_id, changes
from skm_analysis.study.records import Study, Unit
from skm_analysis.study.regulation import BANDS


def rule_change_rows(
    study: Study, frozen: Rules, cleaned: Cleaned, now: Mapping[str, Surveyed]
) -> list[Row]:
    """Index under each frozen rule alone, of the units that it touches and the city.

    `category` is the rule; flags `grade_A` … `grade_D` (the letter under it),
    `grade_differs`, for a target `outcome_differs`, and `not_computed` where the
    answers at hand cannot say. Rules that move no index have no row.
    """
    by_rule: dict[str, list[RuleChange]] = {}
    for change in changes(frozen, study):
        by_rule.setdefault(change.rule, []).append(change)
    rows: list[Row] = []
    for rule, found in by_rule.items():
        if rule not in WITHOUT_EFFECT:
            rows += _rule_rows(rule, found, study, frozen, cleaned, now)
    return rows


def _rule_rows(
    rule: str,
    found: Sequence[RuleChange],
    study: Study,
    frozen: Rules,
    cleaned: Cleaned,
    now: Mapping[str, Surveyed],
) -> list[Row]:
    touched = _touched(rule, found, study)
    then = {unit: _under(rule, study, frozen, cleaned, now[unit]) for unit in touched}
    rows: list[Row] = []
    for unit, other in then.items():
        at = Address(study.id, "unit", unit)
        rows.append(_unit_row(at, rule, now[unit], other, found))
    return rows + _city_rows(rule, found, study, frozen, now, then)


def _touched(rule: str, found: Sequence[RuleChange], study: Study) -> list[str]:
    """Ids of the units whose index the rule has a say in."""
    places = {change.place for change in found}
    if rule == "units":
        return []
    if rule == "target":
        return [unit.id for unit in study.units if unit.id in places]
    return [
        unit.id
        for unit in study.units
        if places & {"", unit.id}
        or (rule in _OF_INSTRUMENTS and unit.instrument.id in places)
    ]


_OF_INSTRUMENTS = ("scale", "bands", "weights", "questions")


def _under(
    rule: str, study: Study, frozen: Rules, cleaned: Cleaned, surveyed: Surveyed
) -> Surveyed | None:
    """The unit surveyed anew under the frozen rule; None where nobody knows."""
    unit = frozen_unit(rule, surveyed.unit, frozen)
    if unit is None:
        return None
    rows: pd.DataFrame | None = frozen_rows(rule, study, unit, cleaned)
    if rows is None:
        return None
    then = frozen_study(rule, study, frozen)
    return survey_unit(then, unit, rows, surveyed.source, surveyed.resemblance)


def _unit_row(
    at: Address,
    rule: str,
    now: Surveyed,
    then: Surveyed | None,
    found: Sequence[RuleChange],
) -> Row:
    if then is None:
        return at.row("rule_change", category=rule, n=now.n).flagged("not_computed")
    row = mean_row(
        at,
        "rule_change",
        then.ikm,
        level=then.level,
        category=rule,
        population=then.population,
        flags=(*then.flags, *mean_flags(min(now.n, then.n)), *_few(rule, now, then)),
    )
    if rule == "target":
        row = row.flagged(*_outcome(now, found))
    return row.flagged(*_letters(then, now))


def _letters(then: Surveyed, now: Surveyed) -> tuple[str, ...]:
    """The letter under the frozen rule, and whether it is another than today's."""
    bands = then.unit.instrument.bands
    if then.ikm is None:
        return ()
    letter = find_grade(then.ikm.value, BANDS[bands]).grade if bands else ""
    usual = now.unit.instrument.bands
    today = find_grade(now.ikm.value, BANDS[usual]).grade if usual and now.ikm else ""
    differs = ("grade_differs",) if letter != today else ()
    return (*((f"grade_{letter}",) if letter else ("no_bands",)), *differs)


def _few(rule: str, now: Surveyed, then: Surveyed) -> tuple[str, ...]:
    """Withheld where the two figures together would tell on 1 to 9 respondents."""
    sizes = now.frame["stratum"].value_counts()
    if rule in ("weighting", "strata") and any(0 < x < FEWEST_TOLD for x in sizes):
        return ("suppressed",)
    return ("suppressed",) if 0 < _moved(rule, now, then) < FEWEST_TOLD else ()


def _moved(rule: str, now: Surveyed, then: Surveyed) -> int:
    """Sheets that count otherwise under the frozen rule."""
    if rule in ("weighting", "strata"):
        return now.n
    return moved(_counted(now), _counted(then))


def _counted(surveyed: Surveyed) -> dict[Hashable, Hashable]:
    """Who counts, and how: an incomplete sheet by the rule for blanks."""
    answers = surveyed.frame[list(surveyed.unit.instrument.keys)]
    whole = answers.notna().all(axis=1)
    return {
        name: complete or surveyed.rule
        for name, complete in zip(surveyed.frame["response"], whole, strict=True)
        if complete or surveyed.rule != "complete"
    }


def _outcome(now: Surveyed, found: Sequence[RuleChange]) -> tuple[str, ...]:
    """Whether the target of then would have been reached otherwise."""
    change = next(each for each in found if each.place == now.unit.id)
    if now.ikm is None or change.before is None or change.after is None:
        return ()
    then, today = (
        outcome(now.ikm.value, Decimal(each)) for each in (change.before, change.after)
    )
    return ("outcome_differs",) if then != today else ()


def _city_rows(
    rule: str,
    found: Sequence[RuleChange],
    study: Study,
    frozen: Rules,
    now: Mapping[str, Surveyed],
    then: Mapping[str, Surveyed | None],
) -> list[Row]:
    """The mean of units: those that the rule touches under it, the others as today."""
    at = Address(study.id, "city")
    if rule == "target" and all(change.place for change in found):
        return []
    units = {**now, **{unit: each for unit, each in then.items() if each}}
    known = by_id(frozen, "unit")
    if rule == "units":
        units = {unit: each for unit, each in now.items() if unit in known}
    lost = rule == "units" and not known.keys() <= now.keys()
    if lost or rule in NOT_COMPUTED or None in then.values():
        return [at.row("rule_change", category=rule).flagged("not_computed")]
    changed = _with_units(study, [each.unit for each in units.values()])
    bands = main_bands(study), main_bands(changed)
    official = counted_units(study, now.values())
    counted = counted_units(changed, units.values())
    withheld = _follows(rule, now, then, [*official, *counted])

    def figure(at: Address, counted: Sequence[Counted]) -> list[Row]:
        told = [x for x in official if x.told] if at.part else official
        row = _city_row(at, rule, counted, told, bands)
        if rule == "target":
            row = row.flagged(*_city_outcome(found, told))
        return [row.flagged("suppressed") if withheld else row]

    return with_published(at, counted, figure)


def _follows(
    rule: str,
    now: Mapping[str, Surveyed],
    then: Mapping[str, Surveyed | None],
    counted: Iterable[Counted],
) -> bool:
    """Whether a withheld unit, or 1 to 9 sheets of several, follow from the city's."""
    within = {each.surveyed.unit.id for each in counted}
    hidden = [
        _moved(rule, now[unit], each)
        for unit, each in then.items()
        if each and unit in within and _few(rule, now[unit], each)
    ]
    return len(hidden) == 1 or 0 < sum(hidden) < FEWEST_TOLD


def _city_outcome(
    found: Sequence[RuleChange], counted: Sequence[Counted]
) -> tuple[str, ...]:
    """Whether the city's target of then would have been reached otherwise."""
    change = next(each for each in found if not each.place)
    if change.before is None or change.after is None or not counted:
        return ()
    value = total(mean_of_units([each.ikm for each in counted]))
    then, today = (
        outcome(value, Decimal(each)) for each in (change.before, change.after)
    )
    return ("outcome_differs",) if then != today else ()


def _with_units(study: Study, units: Iterable[Unit]) -> Study:
    return replace(study, units=tuple(units))


def _city_row(
    at: Address,
    rule: str,
    counted: Sequence[Counted],
    official: Sequence[Counted],
    bands: tuple[str | None, str | None],
) -> Row:
    if not counted or not official:
        return at.row("rule_change", category=rule, n=0).flagged("no_data")
    terms = mean_of_units([each.ikm for each in counted])
    bare = not all(has_interval(each.ikm) for each in counted)
    flags = combined_flags(each.surveyed for each in counted)
    row = sum_row(
        at,
        "rule_change",
        terms,
        level=counted[0].surveyed.level,
        n=sum(each.ikm.n for each in counted),
        flags=(*flags, *(["units_without_interval"] * bare)),
    )
    usual = total(mean_of_units([each.ikm for each in official]))
    today, then = (
        find_grade(value, BANDS[name]).grade if name else ""
        for value, name in zip((usual, total(terms)), bands, strict=True)
    )
    differs = ("grade_differs",) if today != then else ()
    letter = (f"grade_{then}",) if then else ("no_bands",)
    return replace(row, category=rule).flagged(*letter, *differs)
