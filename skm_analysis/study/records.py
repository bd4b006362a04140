"""What was asked and received, as frozen records. See the README for the files.

Records are made by `loading`, which checks them; here stand only their meanings.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

PopulationOf = Literal["persons", "visits"]
Sampling = Literal["random", "systematic", "convenience", "census"]
Source = Literal["external", "internal"]
IdScope = Literal["delivery", "unit"]
Mode = Literal["interview", "self", "web"]
MissingRule = Literal["ratio", "complete", "person"]
Weighting = Literal["none", "strata"]
ALL_SHEETS = "*"  # in place of a sheet's name: all that have the columns
UnitFrom = Literal["file", "sheet"]
DateOrder = Literal["day-first", "month-first", "excel-number"]
DuplicateRule = Literal["id", "row", "report"]
InvalidRule = Literal["row", "answer"]
PeriodRule = Literal["set_aside", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: an unsur of the regulation, or the unit's own indicator."""

    key: str
    label: str
    question: str
    options: tuple[str, ...]  # lowest score first; empty: bare numbers
    weight: Fraction  # over all items of the instrument these sum to exactly 1
    unsur: str | None  # key in `regulation.UNSUR`; None: another indicator
    regulated: bool = False  # asked by the instrument's regulation, though no unsur
    source: str | None = None  # where its wording comes from, if not the instrument's

    @property
    def own(self) -> bool:
        """Whether the unit added it to what its regulation asks."""
        return self.unsur is None and not self.regulated


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire: items on one scale, graded by one set of bands or by none."""

    id: str
    title: str
    regulation: str | None
    scale: tuple[int, int]
    bands: str | None  # key in `regulation.BANDS`; None: no grade is given
    items: tuple[Item, ...]
    weights_given: bool
    source: str | None = None  # where the wordings come from, and what is unconfirmed

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items)

    @property
    def factor(self) -> Fraction:
        """Index points per score point: 100 over the highest answer."""
        return Fraction(100, self.scale[1])

    def item(self, key: str) -> Item:
        return next(item for item in self.items if item.key == key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit pelayanan and how its respondents were chosen."""

    id: str
    name: str
    kind: str  # the group it is shown in: opd, kelurahan, puskesmas, …
    instrument: Instrument
    population: int | None  # None: taken as infinite, and said so
    population_of: PopulationOf
    sampling: Sampling
    target: Decimal | None
    planned: int | None
    approached: int | None
    strata: Mapping[str, int]  # population per stratum; empty: no strata


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    id: str
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRows:
    """Rows that the partner declares to be trials of the form, not respondents."""

    column: str  # header in the file
    values: tuple[str, ...]  # what stands in it, the whole cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedRows:
    """Rows that the office asks to leave out, though somebody answered in earnest."""

    column: str  # header in the file
    values: tuple[str, ...]  # what stands in it, the whole cell
    reason: str  # in words that the report prints


@dataclass(frozen=True, slots=True, kw_only=True)
class LongForm:
    """The headers of a file that has one row per answer."""

    respondent: str
    item: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivered file and how it is to be read."""

    file: str  # relative to the study folder, as written
    unit: str | None  # all rows are this unit's; or
    unit_column: str | None  # the unit stands in a column
    units: Mapping[str, str]  # and is written so there, or by `unit_from` -> unit id
    source: Source
    mode: Mode | None
    received: date | None
    received_from: str | None
    sheet: str | None
    header_row: int | None  # 1-based row of the last header line
    encoding: str | None
    delimiter: str | None
    replaces: str | None
    reason: str | None
    id_column: str | None
    stratum_column: str | None
    serial_column: str | None
    cluster_column: str | None
    period_column: str | None
    comment_column: str | None
    drop: tuple[str, ...]
    not_applicable: tuple[str, ...]
    columns: Mapping[str, str]  # item key -> header in the file, the first of several
    answers: Mapping[str, int]  # answer as written -> score, for all items
    item_answers: Mapping[str, Mapping[str, int]]  # item key -> the same for one item
    importance: Mapping[str, str]  # item key -> header
    profile: Mapping[str, str]  # sex, age, education, occupation, service -> header
    date_order: DateOrder = "day-first"  # of 4/5/2021 in `period_column`
    long: LongForm | None = None  # `columns` then name what stands in its item column
    pattern: str | None = None  # the folder or pattern by which the file was found
    passed_over: tuple[str, ...] = ()  # what lies beside it and is no delivery
    trials: tuple[TrialRows, ...] = ()
    excluded: tuple[ExcludedRows, ...] = ()
    id_within: IdScope = "delivery"  # where no two respondents share an id
    # Item key -> the others: a form that branches asks one question in several places.
    further_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    further_profile: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ticks: tuple[str, ...] = ()  # in one of several columns: what its header says
    start: date | None = None  # the office was asked for these days alone
    end: date | None = None
    reported: int | None = None  # questionnaires, as the office says
    unit_from: UnitFrom | None = None  # the name of its file or sheet tells the unit

    @property
    def excluded_for(self) -> tuple[str, ...]:
        """Why the office asked to leave rows out, each reason once."""
        reasons = (rows.reason.rstrip(".") for rows in self.excluded)
        return tuple(dict.fromkeys(reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    ikm: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    margin: Decimal | None = None  # index points
    nonresponse: Decimal | None = None  # a share
    change: Decimal | None = None  # index points


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaning:
    minimum_items: Decimal = Decimal("0.5")  # share of the items that must be answered
    duplicates: DuplicateRule = "id"
    # What an answer that is no score spoils: the whole sheet, or itself alone.
    out_of_scale: InvalidRule = "row"
    not_whole_number: InvalidRule = "row"
    out_of_period: PeriodRule = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Everything `study.toml` and the instruments say."""

    id: str  # the folder's name
    title: str
    year: int
    institution: str
    partner: str | None
    place: str | None
    start: date
    end: date
    previous: str | None
    synthetic: bool
    confidence_level: Decimal
    missing: MissingRule
    weighting: Weighting
    target: Target | None
    plan: Plan
    cleaning: Cleaning
    signatories: tuple[Signatory, ...]
    periods: tuple[Period, ...]
    units: tuple[Unit, ...]
    deliveries: tuple[Delivery, ...]
    instruments: Mapping[str, Instrument] = field(default_factory=dict)

    @property
    def undated_title(self) -> str:
        """The title without the year at its end: "SKM Kota Contoh (Tahun 2024)"."""
        year = re.compile(rf"[\s,(–-]+(?:tahun\s*)?{self.year}\s*\)?$", re.IGNORECASE)
        return year.sub("", self.title)

    @property
    def dated_title(self) -> str:
        """The title with the year, which stands in it once."""
        title = self.undated_title
        told = re.search(rf"\b{self.year}\b", title)
        return title if told else f"{title} Tahun {self.year}"

    def unit(self, unit_id: str) -> Unit:
        return next(unit for unit in self.units if unit.id == unit_id)

    def units_of(self, delivery: Delivery) -> tuple[Unit, ...]:
        """The units whose answers a delivery may hold, in the study's order.

        Where a column tells the unit and `units` does not list them, these are the
        units all of whose items have a column.
        """
        named = {delivery.unit} if delivery.unit else set(delivery.units.values())
        if named:
            return tuple(unit for unit in self.units if unit.id in named)
        asked = delivery.columns.keys()
        return tuple(x for x in self.units if asked >= set(x.instrument.keys))

    @property
    def in_force(self) -> tuple[Delivery, ...]:
        """The deliveries that no later one replaces."""
        replaced = {delivery.replaces for delivery in self.deliveries}
        return tuple(each for each in self.deliveries if each.file not in replaced)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The groups of units, in the order of their first unit."""
        return tuple(dict.fromkeys(unit.kind for unit in self.units))
