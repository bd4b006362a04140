"""A study typed by hand, and pages of it from a few rows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from skm_analysis.estimates.rows import Estimates, Row
from skm_analysis.report.page import CityPage, UnitPage
from skm_analysis.study.records import (
    Cleaning,
    Instrument,
    Item,
    Plan,
    Study,
    Unit,
)

LABELS = {"waktu": "Waktu Penyelesaian", "biaya": "Biaya/Tarif"}


def make_item(key: str, unsur: str | None, share: Fraction) -> Item:
    return Item(
        key=key,
        label=LABELS.get(key, key.capitalize()),
        question=f"Bagaimana {key}?",
        options=("Buruk", "Cukup", "Baik", "Sangat baik"),
        weight=share,
        unsur=unsur,
    )


def make_instrument(
    keys: Sequence[str] = ("persyaratan", "waktu", "biaya"),
    own: Sequence[str] = (),
    **changes: Any,
) -> Instrument:
    share = Fraction(1, len(keys) + len(own))
    items = [make_item(key, key, share) for key in keys]
    items += [make_item(key, None, share) for key in own]
    usual = {
        "id": "kelurahan",
        "title": "Kelurahan, tiga unsur",
        "regulation": "PermenPANRB 14/2017",
        "scale": (1, 4),
        "bands": "permenpanrb-14-2017",
        "items": tuple(items),
        "weights_given": False,
    }
    return Instrument(**(usual | changes))


def make_unit(**changes: Any) -> Unit:
    usual = {
        "id": "kel-ngalau",
        "name": "Kelurahan Ngalau",
        "kind": "kelurahan",
        "instrument": make_instrument(),
        "population": 812,
        "population_of": "persons",
        "sampling": "random",
        "target": None,
        "planned": None,
        "approached": None,
        "strata": {},
    }
    return Unit(**(usual | changes))


def make_study(*units: Unit, **changes: Any) -> Study:
    usual = {
        "id": "2021",
        "title": "Survei Kepuasan Masyarakat",
        "year": 2021,
        "institution": "Pemerintah Kota Contoh",
        "partner": None,
        "place": None,
        "start": date(2021, 1, 1),
        "end": date(2021, 12, 31),
        "previous": "2020",
        "synthetic": False,
        "confidence_level": Decimal("0.95"),
        "missing": "ratio",
        "weighting": "none",
        "target": None,
        "plan": Plan(),
        "cleaning": Cleaning(),
        "signatories": (),
        "periods": (),
        "units": units or (make_unit(),),
        "deliveries": (),
    }
    return Study(**(usual | changes))


@pytest.fixture
def row() -> Callable[..., Row]:
    """row("ikm", 97.0155, 96.34, 97.58): a row of Kelurahan Ngalau unless said."""

    def build(
        measure: str,
        value: float | None = None,
        low: float | None = None,
        high: float | None = None,
        **changes: Any,
    ) -> Row:
        usual = {"study": "2021", "scope": "unit", "unit": "kel-ngalau", "n": 262}
        limits = {"value": value, "ci_low": low, "ci_high": high}
        return Row(measure=measure, **(usual | limits | changes))

    return build


@pytest.fixture
def unit_page() -> Callable[..., UnitPage]:
    """A page of one unit: its rows, and what is to be different of unit or study."""

    def build(
        *rows: Row,
        unit: dict[str, Any] | None = None,
        study: dict[str, Any] | None = None,
        **changes: Any,
    ) -> UnitPage:
        made = make_unit(**(unit or {}))
        record = make_study(made, **(study or {}))
        return UnitPage(study=record, unit=made, estimates=Estimates(rows), **changes)

    return build


@pytest.fixture
def city_page() -> Callable[..., CityPage]:
    """A page of the city: its rows, and the units of the study."""

    def build(
        *rows: Row,
        units: Sequence[Unit] = (),
        study: dict[str, Any] | None = None,
        **changes: Any,
    ) -> CityPage:
        record = make_study(*units, **(study or {}))
        return CityPage(study=record, estimates=Estimates(rows), **changes)

    return build


@pytest.fixture
def unit() -> Callable[..., Unit]:
    return make_unit


@pytest.fixture
def instrument() -> Callable[..., Instrument]:
    return make_instrument


@pytest.fixture
def long_named() -> Instrument:
    """Fourteen items whose labels have eighty characters each."""
    plain = make_instrument(tuple(f"butir-{number:02}" for number in range(14)))
    items = tuple(
        replace(
            item,
            unsur="waktu",
            label=f"Unsur {place:02} "
            + "yang namanya panjang sekali " * 2
            + "dan tamat..",
        )
        for place, item in enumerate(plain.items)
    )
    return replace(plain, items=items)


@pytest.fixture
def set_of(row: Callable[..., Row]) -> Callable[..., tuple[Row, ...]]:
    """The rows that a published unit always has."""

    def build(
        unit: str = "kel-ngalau", value: float = 97.0155, n: int = 262, **changes: Any
    ) -> tuple[Row, ...]:
        flags = ("suppressed",) if n < 10 else ("indicative",) if n < 30 else ()
        given = {"flags": flags, **changes}
        return (
            row("n_received", float(n + 8), unit=unit),
            row("n_accepted", float(n), unit=unit),
            row("n_set_aside", 8.0, unit=unit),
            row("ikm", value, value - 0.68, value + 0.56, unit=unit, n=n, **given),
            row("grade", unit=unit, category="A", n=n),
        )

    return build
