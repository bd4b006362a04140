"""A study as it would be under one rule that was frozen and changed since.

Each rule alone: all others are today's. Where the answers at hand cannot say what the
frozen rule would have given, there is none, and the reason is told.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd

from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.frozen_rules import CLEANING_RULES, Rules, by_id
from skm_analysis.study.records import Instrument, Study, Unit

# They move no index: not by how it is counted, nor by which sheets count.
WITHOUT_EFFECT = ("periods", "planned", "aims")
# What would have been answered, or which rows would have come in, nobody knows.
NOT_COMPUTED = ("dates", "instrument", "scale", "questions")


def frozen_study(rule: str, study: Study, frozen: Rules) -> Study:
    """Today's study with one of its own rules as frozen, units left as they are."""
    analysis = frozen["analysis"]
    match rule:
        case "missing":
            return replace(study, missing=analysis["missing"])
        case "weighting":
            return replace(study, weighting=analysis["weighting"])
        case "confidence-level":
            return replace(study, confidence_level=analysis["confidence_level"])
    return study


def frozen_unit(rule: str, unit: Unit, frozen: Rules) -> Unit | None:
    """Today's unit with one rule as frozen; None where that cannot be worked out."""
    if rule in NOT_COMPUTED:
        return None
    then = by_id(frozen, "unit").get(unit.id, {})
    asked = by_id(frozen, "instrument").get(unit.instrument.id, {})
    match rule:
        case "sampling":
            return replace(unit, sampling=then["sampling"])
        case "population":
            return _populated(unit, then)
        case "strata":
            strata = then.get("strata", {})
            people = None if strata else then.get("population")
            return replace(unit, strata=strata, population=people)
        case "bands":
            instrument = replace(unit.instrument, bands=asked.get("bands"))
            return replace(unit, instrument=instrument)
        case "weights":
            found = _weighted(unit.instrument, asked)
            return replace(unit, instrument=found) if found else None
    return unit


def frozen_rows(
    rule: str, study: Study, unit: Unit, cleaned: Cleaned
) -> pd.DataFrame | None:
    """The rows that would count under a frozen rule; None where nobody knows.

    `unit` is as `frozen_unit` gives it.
    """
    accepted = cleaned.accepted[unit.id]
    if rule in CLEANING_RULES:
        return cleaned.under_frozen.get(rule, {}).get(unit.id)
    if rule == "strata" and study.weighting == "strata":
        known = set(accepted["stratum"]) <= set(unit.strata)
        return accepted if known or not unit.strata else None
    return accepted


def _populated(unit: Unit, then: Mapping[str, Any]) -> Unit | None:
    """With the people of then, unless they were told in another way."""
    if unit.strata or then.get("strata"):
        return None
    return replace(unit, population=then.get("population"))


def _weighted(instrument: Instrument, then: Mapping[str, Any]) -> Instrument | None:
    """With the items and weights of then, if all of them are asked today."""
    weights = {item["key"]: Fraction(item["weight"]) for item in then["item"]}
    if not weights.keys() <= set(instrument.keys):
        return None
    items = tuple(
        replace(item, weight=weights[item.key])
        for item in instrument.items
        if item.key in weights
    )
    return replace(instrument, items=items)
