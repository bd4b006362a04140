"""What is left of `study.toml` without the tables that are at fault.

A study of thirty units is looked at although one of them is not described soundly.
What is left is good for looking only: a run asks for a file without faults.
"""

from collections.abc import Collection

from skm_analysis.study.faults import Faults, Spot
from skm_analysis.study.schema import (
    CLEANING,
    DELIVERY,
    PERIOD,
    SIGNATORY,
    STUDY,
    TARGET,
    UNIT,
)
from skm_analysis.study.tables import Schema, Table


def keep_sound(document: Table, instruments: Collection[str], faults: Faults) -> bool:
    """Take units and deliveries at fault out of `document`; whether a study is left.

    Without a whole [study], its periods and its rules of cleaning nothing is judged.
    A unit stays if all its keys can be read and its instrument is sound, a delivery if
    nothing is wrong with it, all its units stay, and none that is left out replaces it.
    """
    cleaning = document.get("cleaning")
    if not _is_whole(document.get("study"), STUDY) or cleaning is None:
        return False
    if cleaning and not _is_whole(cleaning, CLEANING):
        return False
    if "period" not in document or not _all_whole(document["period"], PERIOD):
        return False
    _keep_units(document, instruments)
    _keep_deliveries(document, faults)
    signatories = document.get("signatory", ())
    document["signatory"] = tuple(x for x in signatories if _is_whole(x, SIGNATORY))
    document["plan"] = document.get("plan", {})
    target = document.get("target")
    document["target"] = target if _is_whole(target, TARGET) else None
    return bool(document["unit"])


def _keep_units(document: Table, instruments: Collection[str]) -> None:
    kept: dict[str, Table] = {}
    for unit in document.get("unit", ()):
        if _is_whole(unit, UNIT) and unit["instrument"] in instruments:
            kept.setdefault(unit["id"], unit)
    document["unit"] = tuple(kept.values())


def _keep_deliveries(document: Table, faults: Faults) -> None:
    spots = [each for each in faults.places if isinstance(each, Spot)]
    spoilt = {x.label for x in spots if x.table.partition(".")[0] == "delivery"}
    units = {unit["id"] for unit in document["unit"]}
    declared = document.get("delivery", ())
    kept = [
        each
        for each in declared
        if _is_whole(each, DELIVERY)
        and each.spot.label not in spoilt
        and {each["unit"] or "", *each["units"].values()} <= {"", *units}
    ]
    # What a delivery at fault replaces would pass for the one in force.
    gone = [x.get("replaces") for x in declared if not any(x is y for y in kept)]
    while older := [each for each in kept if each["file"] in gone]:
        kept = [each for each in kept if each["file"] not in gone]
        gone = [each["replaces"] for each in older]
    document["delivery"] = tuple(kept)


def _is_whole(table: Table | None, schema: Schema) -> bool:
    return table is not None and schema.keys() <= table.keys()


def _all_whole(tables: Collection[Table], schema: Schema) -> bool:
    return all(_is_whole(each, schema) for each in tables)
