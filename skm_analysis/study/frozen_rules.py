"""The rules of analysis of a study as one plain document, and what changed in them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from skm_analysis.study.records import Cleaning, Instrument, Study, Unit

Rules = Mapping[str, Any]  # as TOML gives it


class RuleChange(NamedTuple):
    """A rule that is not what it was. `place`: unit, instrument, "" for the study."""

    rule: str
    place: str
    before: Any
    after: Any


def changes(frozen: Rules, study: Study) -> tuple[RuleChange, ...]:
    """Rules that are not what they were, in a fixed order, place by place.

    Units and instruments that are in one of the two only are told as `units` and
    `instrument`; their own rules have nothing to be held against.
    """
    now = rules_of(study)
    found = []
    for rule, take in RULES.items():
        before, after = take(frozen), take(now)
        found += [
            RuleChange(rule, place, before[place], after[place])
            for place in before
            if place in after and before[place] != after[place]
        ]
    return tuple(found)


def rules_of(study: Study) -> dict[str, Any]:
    """Everything of a study from which its figures follow, but the deliveries."""
    target = study.target
    told = {
        "analysis": {
            name: getattr(study, name)
            for name in ("start", "end", "confidence_level", "missing", "weighting")
        },
        "target": {"ikm": target.ikm} if target else {},
        "plan": _given(
            {
                name: getattr(study.plan, name)
                for name in ("margin", "nonresponse", "change")
            }
        ),
        "cleaning": {
            "minimum_items": study.cleaning.minimum_items,
            "duplicates": study.cleaning.duplicates,
            **_unlike_usual(study.cleaning),
        },
        "period": [
            {"id": each.id, "start": each.start, "end": each.end}
            for each in study.periods
        ],
        "unit": [_unit(unit) for unit in study.units],
        "instrument": [
            _instrument(each)
            for each in {
                unit.instrument.id: unit.instrument for unit in study.units
            }.values()
        ],
    }
    return {name: value for name, value in told.items() if value}


# Rules that came later than the first locks: written down only where they are not as
# usual, so that an older lock says the same of the same study.
_USUAL = {
    name: getattr(Cleaning(), name)
    for name in ("out_of_scale", "not_whole_number", "out_of_period")
}


def _unlike_usual(cleaning: Cleaning) -> dict[str, Any]:
    told = {name: getattr(cleaning, name) for name in _USUAL}
    return {name: value for name, value in told.items() if value != _USUAL[name]}


def _unit(unit: Unit) -> dict[str, Any]:
    return _given(
        {
            "id": unit.id,
            "instrument": unit.instrument.id,
            "population": unit.population,
            "sampling": unit.sampling,
            "target": unit.target,
            "planned": unit.planned,
            "strata": dict(unit.strata) or None,
        }
    )


def _instrument(instrument: Instrument) -> dict[str, Any]:
    return _given(
        {
            "id": instrument.id,
            "scale": list(instrument.scale),
            "bands": instrument.bands,
            "item": [
                _given(
                    {
                        "key": item.key,
                        "unsur": item.unsur,
                        "label": item.label,
                        "question": item.question,
                        "options": list(item.options) or None,
                        "weight": str(item.weight),
                    }
                )
                for item in instrument.items
            ],
        }
    )


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


Taken = Mapping[str, Any]  # place -> the rule there; missing: there is no such place


def _of_study(*path: str) -> Callable[[Rules], Taken]:
    def take(rules: Rules) -> Taken:
        found: Any = rules
        for name in path:
            found = found.get(name) if found else None
        return {"": found}

    return take


def _of_cleaning(name: str) -> Callable[[Rules], Taken]:
    def take(rules: Rules) -> Taken:
        return {"": rules["cleaning"].get(name, _USUAL[name])}

    return take


def _of_units(name: str) -> Callable[[Rules], Taken]:
    def take(rules: Rules) -> Taken:
        return {place: each.get(name) for place, each in by_id(rules, "unit").items()}

    return take


def _of_instruments(
    take_one: Callable[[Mapping[str, Any]], Any],
) -> Callable[[Rules], Taken]:
    def take(rules: Rules) -> Taken:
        return {
            place: take_one(each) for place, each in by_id(rules, "instrument").items()
        }

    return take


def _targets(rules: Rules) -> Taken:
    return {**_of_study("target", "ikm")(rules), **_of_units("target")(rules)}


def _dates(rules: Rules) -> Taken:
    return {"": [rules["analysis"][name] for name in ("start", "end")]}


def _ids(rules: Rules) -> Taken:
    return {"": sorted(by_id(rules, "unit"))}


def _asked(instrument: Mapping[str, Any]) -> dict[str, Any]:
    """How each item is worded, by key."""
    return {
        item["key"]: [item.get(x) for x in ("label", "question", "options", "unsur")]
        for item in instrument["item"]
    }


def _populations(rules: Rules) -> Taken:
    """People served in all, however they are told."""
    return {
        place: each.get("population") or sum(each.get("strata", {}).values()) or None
        for place, each in by_id(rules, "unit").items()
    }


def _weights(instrument: Mapping[str, Any]) -> dict[str, str]:
    return {item["key"]: item["weight"] for item in instrument["item"]}


# In the order in which the report tells them.
RULES: Mapping[str, Callable[[Rules], Taken]] = {
    "missing": _of_study("analysis", "missing"),
    "weighting": _of_study("analysis", "weighting"),
    "confidence-level": _of_study("analysis", "confidence_level"),
    "minimum-items": _of_study("cleaning", "minimum_items"),
    "duplicates": _of_study("cleaning", "duplicates"),
    "out-of-scale": _of_cleaning("out_of_scale"),
    "not-whole-number": _of_cleaning("not_whole_number"),
    "out-of-period": _of_cleaning("out_of_period"),
    "dates": _dates,
    "periods": _of_study("period"),
    "target": _targets,
    "units": _ids,
    "sampling": _of_units("sampling"),
    "population": _populations,
    "strata": _of_units("strata"),
    "instrument": _of_units("instrument"),
    "scale": _of_instruments(lambda each: each["scale"]),
    "bands": _of_instruments(lambda each: each.get("bands")),
    "weights": _of_instruments(_weights),
    "questions": _of_instruments(_asked),
    "planned": _of_units("planned"),
    "aims": _of_study("plan"),
}


# Those of [cleaning], each named as its key there.
CLEANING_RULES = (
    *("minimum-items", "duplicates", "out-of-scale", "not-whole-number"),
    "out-of-period",
)


def by_id(rules: Rules, name: str) -> dict[str, Mapping[str, Any]]:
    return {each["id"]: each for each in rules.get(name, ())}
