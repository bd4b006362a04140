"""What the auditor starts from: an edition's accepted answers, and what was asked.

Read with the standard library alone and without the readers that the report used.
"""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from skm_analysis.audit.kept_comments import Theme, commented, themes

PROFILE = ("sex", "age", "education", "occupation", "service")
GATHERED = ("day", "counter")
NOTICED = ("repeated_row", "repeated_id", "outside_period")
_IMPORTANCE = "importance."  # before the key of an item, in the name of a column


class Question(NamedTuple):
    key: str
    unsur: str
    weight: Fraction
    own: bool = False  # the unit's addition to what its regulation asks


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
    gathered: Mapping[str, str] = MappingProxyType({})  # day, counter; "" if unknown
    name: str = ""  # the response number
    reason: str = ""  # why it was set aside, if it was
    importance: Mapping[str, int] | None = None  # by item; None: not asked


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
    instrument: str = ""
    approached: int | None = None
    planned: int | None = None
    target: Fraction | None = None
    put_back: tuple[Sheet, ...] = ()  # set aside, but with valid answers
    uncorrected: tuple[Sheet, ...] | None = None  # as delivered, if any was corrected

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


class SetAside(NamedTuple):
    """A row that came and does not count."""

    delivery: str
    source: str
    unit: str  # "" where it names none of the study's
    reason: str


class Delivery(NamedTuple):
    """A file as it came."""

    name: str
    accepted: int  # of its rows
    noticed: Mapping[str, int] = MappingProxyType({})  # rows that repeat others, …
    source: str = ""


class Log(NamedTuple):
    """What was read otherwise than written: by rule, or by a recorded correction."""

    deliveries: tuple[Delivery, ...] = ()
    changes: tuple[Mapping[str, str], ...] = ()  # delivery, rule, count
    corrections: tuple[Mapping[str, str], ...] = ()  # unit, direction
    profiles: tuple[Mapping[str, str], ...] = ()  # spellings, status
    received: tuple[Mapping[str, str], ...] = ()  # file, received
    office: tuple[Mapping[str, str], ...] = ()  # delivery, row, unit, measure …


class Survey(NamedTuple):
    id: str
    missing: str
    weighting: str
    level: Fraction
    periods: tuple[str, ...]
    offices: tuple[Office, ...]
    target: Fraction | None = None
    margin: Fraction | None = None  # agreed beforehand
    change: Fraction | None = None  # that is not to be missed
    nonresponse: Fraction | None = None  # a share, reckoned with beforehand
    set_aside: tuple[SetAside, ...] = ()
    log: Log = Log()
    themes: Mapping[str, Theme] = MappingProxyType({})  # by response number
    commented: frozenset[tuple[str, str]] = frozenset()  # unit, source: where asked
    previous: "Survey | None" = None
    past_is_kept: bool = True  # False: an earlier study is named, its answers are not


def read_survey(raw: Path, tables: Path) -> Survey:
    """Read `study.toml` and the instruments below `raw`, the answers in `tables`.

    The earlier study, where one is named and its answers are kept, is in `previous`.

    Raises
    ------
    OSError, ValueError, KeyError
        A file is missing or is not what it should be.
    """
    document = _toml(raw / "study.toml")
    before = document["study"].get("previous", "")
    kept = tables / "previous"
    earlier = _read(raw.parent / before, kept) if before and kept.is_dir() else None
    survey = _read(raw, tables)
    asked = {each.id: [x.key for x in each.questions] for each in survey.offices}
    return survey._replace(
        set_aside=tuple(_set_aside(tables)),
        log=_log(tables),
        themes=themes(_rows(tables / "themes.csv")),
        commented=frozenset(commented(document, asked)),
        previous=earlier,
        past_is_kept=earlier is not None or not before,
    )


def _read(raw: Path, tables: Path) -> Survey:
    document = _toml(raw / "study.toml")
    study = document["study"]
    return Survey(
        id=raw.name,
        missing=study.get("missing", "ratio"),
        weighting=study.get("weighting", "none"),
        level=Fraction(study.get("confidence_level", Decimal("0.95"))),
        periods=tuple(period["id"] for period in document.get("period", ())),
        offices=tuple(
            _office(
                unit, _toml(raw / "instruments" / f"{unit['instrument']}.toml"), tables
            )
            for unit in document.get("unit", ())
        ),
        target=_exact(document.get("target", {}).get("ikm")),
        margin=_exact(document.get("plan", {}).get("margin")),
        change=_exact(document.get("plan", {}).get("change")),
        nonresponse=_exact(document.get("plan", {}).get("nonresponse")),
    )


def _set_aside(tables: Path) -> Iterator[SetAside]:
    sources = {
        row["delivery"]: row["source"] for row in _rows(tables / "deliveries.csv")
    }
    for row in _rows(tables / "set_aside.csv"):
        source = sources[row["delivery"]]
        yield SetAside(row["delivery"], source, row["unit"], row["reason"])


def _log(tables: Path) -> Log:
    return Log(
        tuple(
            Delivery(
                row["delivery"],
                int(row["accepted"]),
                {name: int(row[name]) for name in NOTICED if name in row},
                row["source"],
            )
            for row in _rows(tables / "deliveries.csv")
        ),
        tuple(_rows(tables / "cleaning.csv")),
        tuple(_rows(tables / "corrections.csv")),
        tuple(_rows(tables / "profiles.csv")),
        tuple(read_list(tables.parent / "received.csv")),
        tuple(_rows(tables / "office_results.csv")),
    )


def read_list(path: Path) -> list[dict[str, str]]:
    """The lines of a list that people may have saved in Excel; none if it is absent."""
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8-sig")
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    lines = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    found = [
        {(k or "").strip(): (v or "").strip() for k, v in x.items()} for x in lines
    ]
    return [line for line in found if any(line.values())]


def _exact(number: Decimal | int | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _office(unit: dict[str, Any], instrument: dict[str, Any], tables: Path) -> Office:
    items = instrument["item"]
    equal = Fraction(1, len(items))
    questions = tuple(
        Question(
            key=item["key"],
            unsur=item.get("unsur", ""),
            weight=Fraction(str(item["weight"])) if "weight" in item else equal,
            own="unsur" not in item and not item.get("regulated", False),
        )
        for item in items
    )
    low, high = instrument["scale"]
    others = tables / "alternatives"
    set_aside = others / "set_aside" / f"{unit['id']}.csv"
    before = others / "without_corrections" / f"{unit['id']}.csv"
    return Office(
        id=unit["id"],
        kind=unit["kind"],
        scale=(low, high),
        bands=instrument.get("bands", ""),
        questions=questions,
        population=unit.get("population"),
        sampling=unit.get("sampling", "convenience"),
        strata=unit.get("strata", {}),
        sheets=_sheets(tables / "responses" / f"{unit['id']}.csv", questions),
        instrument=unit["instrument"],
        approached=unit.get("approached"),
        planned=unit.get("planned"),
        target=_exact(unit.get("target")),
        put_back=_sheets(set_aside, questions) if set_aside.is_file() else (),
        uncorrected=_sheets(before, questions) if before.is_file() else None,
    )


def _sheets(path: Path, questions: tuple[Question, ...]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(
            source=line["source"],
            stratum=line["stratum"],
            period=line.get("period", ""),
            scores={
                each.key: int(line[each.key])
                for each in questions
                if line[each.key] != ""
            },
            profile={name: line[name] for name in PROFILE if name in line},
            cluster=line.get("cluster", ""),
            gathered={name: line[name] for name in GATHERED if name in line},
            name=line.get("response", ""),
            reason=line.get("reason", ""),
            importance=_importance(line),
        )
        for line in _rows(path)
    )


def _importance(line: Mapping[str, str]) -> Mapping[str, int] | None:
    """By item what was answered; None where nobody was asked."""
    asked = {n: x for n, x in line.items() if n.startswith(_IMPORTANCE)}
    if not asked:
        return None
    return {n.removeprefix(_IMPORTANCE): int(x) for n, x in asked.items() if x != ""}
