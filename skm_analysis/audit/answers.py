"""What the auditor starts from: an edition's accepted answers, and what was asked.

Read with the standard library alone and without the readers that the report used.
"""

import csv
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

PROFILE = ("sex", "age", "education", "occupation", "service")


class Question(NamedTuple):
    key: str
    unsur: str
    weight: Fraction


class Sheet(NamedTuple):
    """One accepted questionnaire; `scores` holds only what was answered.

    `profile` holds the band of each variable that the unit asked for, "" if unknown.
    """

    source: str
    stratum: str
    period: str
    scores: Mapping[str, int]
    profile: Mapping[str, str] = MappingProxyType({})
    cluster: str = ""  # what it was gathered with; "" where not known


class Office(NamedTuple):
    """One unit: what it was asked, how its respondents were drawn, what they said."""

    id: str
    kind: str
    scale: tuple[int, int]
    bands: str
    questions: tuple[Question, ...]
    population: int | None
    sampling: str
    strata: Mapping[str, int]
    sheets: tuple[Sheet, ...]
    rho: float = 0.0  # the study's correlation within clusters

    @property
    def people(self) -> int | None:
        """Persons or visits served."""
        return sum(self.strata.values()) if self.strata else self.population

    @property
    def uncovered(self) -> Fraction:
        """Share of the people in strata that no independent sheet comes from."""
        there = {sheet.stratum for sheet in self.sheets if sheet.source == "external"}
        if not there or there - set(self.strata):
            return Fraction(0)
        left = sum(self.strata[name] for name in self.strata if name not in there)
        return Fraction(left, sum(self.strata.values()))


class Survey(NamedTuple):
    id: str
    missing: str
    weighting: str
    level: Fraction
    periods: tuple[str, ...]
    offices: tuple[Office, ...]


def read_survey(raw: Path, responses: Path) -> Survey:
    """Read `study.toml` and the instruments below `raw`, the answers in `responses`.

    Raises
    ------
    OSError, ValueError, KeyError
        A file is missing or is not what it should be.
    """
    document = _toml(raw / "study.toml")
    study = document["study"]
    return Survey(
        id=raw.name,
        missing=study.get("missing", "ratio"),
        weighting=study.get("weighting", "none"),
        level=Fraction(study.get("confidence_level", Decimal("0.95"))),
        periods=tuple(period["id"] for period in document.get("period", ())),
        offices=tuple(
            _office(unit, _toml(raw / "instruments" / f"{unit['instrument']}.toml"), at)
            for unit in document.get("unit", ())
            for at in [responses / f"{unit['id']}.csv"]
        ),
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _office(unit: dict[str, Any], instrument: dict[str, Any], answers: Path) -> Office:
    items = instrument["item"]
    equal = Fraction(1, len(items))
    questions = tuple(
        Question(
            key=item["key"],
            unsur=item.get("unsur", ""),
            weight=Fraction(str(item["weight"])) if "weight" in item else equal,
        )
        for item in items
    )
    low, high = instrument["scale"]
    return Office(
        id=unit["id"],
        kind=unit["kind"],
        scale=(low, high),
        bands=instrument.get("bands", ""),
        questions=questions,
        population=unit.get("population"),
        sampling=unit.get("sampling", "convenience"),
        strata=unit.get("strata", {}),
        sheets=_sheets(answers, questions),
    )


def _sheets(path: Path, questions: tuple[Question, ...]) -> tuple[Sheet, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Sheet(
                source=line["source"],
                stratum=line["stratum"],
                period=line["period"],
                scores={
                    each.key: int(line[each.key])
                    for each in questions
                    if line[each.key] != ""
                },
                profile={name: line[name] for name in PROFILE if name in line},
                cluster=line.get("cluster", ""),
            )
            for line in csv.DictReader(file)
        )
