"""A tiny study to deliver files to."""

import csv
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from skm_analysis.responses.cleaning import Cleaned, clean_receipts, clean_study
from skm_analysis.responses.identity import read_secret
from skm_analysis.responses.receiving import receive_sound
from skm_analysis.study.corrections import COLUMNS
from skm_analysis.study.places import Places
from skm_analysis.study.records import (
    Cleaning,
    Delivery,
    Instrument,
    Item,
    Period,
    Plan,
    Study,
    Unit,
)

sys.path.append(str(Path(__file__).parent))  # for many_examples
ITEMS = ("persyaratan", "prosedur", "biaya")
OPTIONS = {
    "persyaratan": ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    "prosedur": ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    "biaya": ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
}
HALVES = (
    Period(id="2021-S1", start=date(2021, 1, 1), end=date(2021, 6, 30)),
    Period(id="2021-S2", start=date(2021, 7, 1), end=date(2021, 12, 31)),
)


def make_instrument(scale: tuple[int, int] = (1, 4)) -> Instrument:
    return Instrument(
        id="kelurahan",
        title="Kelurahan",
        regulation=None,
        scale=scale,
        bands=None,
        weights_given=False,
        items=tuple(
            Item(
                key=key,
                label=key.title(),
                question=f"Bagaimana {key}?",
                options=OPTIONS[key],
                weight=Fraction(1, len(ITEMS)),
                unsur=key,
            )
            for key in ITEMS
        ),
    )


def make_unit(unit: str, strata: Mapping[str, int] | None = None) -> Unit:
    return Unit(
        id=unit,
        name=f"Unit {unit.title()}",
        kind="kelurahan",
        instrument=make_instrument(),
        population=None,
        population_of="persons",
        sampling="convenience",
        target=None,
        planned=None,
        approached=None,
        strata=strata or {},
    )


def make_delivery(file: str, **given: object) -> Delivery:
    optional = (
        "unit_column mode received received_from sheet header_row encoding delimiter "
        "replaces reason id_column stratum_column serial_column cluster_column "
        "period_column comment_column"
    )
    values: dict[str, object] = dict.fromkeys(optional.split())
    values |= {"file": file, "unit": "ngalau", "units": {}, "source": "external"}
    values |= {"drop": (), "not_applicable": (), "answers": {}, "item_answers": {}}
    values |= {"importance": {}, "profile": {}}
    values |= {"columns": {key: f"U{i}" for i, key in enumerate(ITEMS, start=1)}}
    return Delivery(**(values | given))  # type: ignore[arg-type]


@dataclass
class Survey:
    """A study folder; `deliver` writes a file and declares it."""

    places: Places
    study: Study = field(init=False)

    def __post_init__(self) -> None:
        self.study = Study(
            id="2021",
            title="Survei",
            year=2021,
            institution="Kota",
            partner=None,
            place=None,
            start=date(2021, 1, 1),
            end=date(2021, 12, 31),
            previous=None,
            synthetic=True,
            confidence_level=Decimal("0.95"),
            missing="ratio",
            weighting="none",
            target=None,
            plan=Plan(),
            cleaning=Cleaning(),
            signatories=(),
            periods=(),
            units=(make_unit("ngalau"), make_unit("ganting")),
            deliveries=(),
        )
        (self.places.raw / "responses").mkdir(parents=True, exist_ok=True)
        (self.places.raw / "secret").write_text("0123456789abcdef" * 4)

    def change(self, **given: object) -> None:
        self.study = replace(self.study, **given)  # type: ignore[arg-type]

    def halves(self) -> None:
        """The two half-years are the strata of Ngalau."""
        strata = {half.id: 100 for half in HALVES}
        units = (make_unit("ngalau", strata), make_unit("ganting"))
        self.change(periods=HALVES, units=units)

    def deliver(
        self, content: str | bytes, name: str = "a.csv", **given: object
    ) -> Path:
        data = content.encode() if isinstance(content, str) else content
        path = self.places.raw / "responses" / name
        path.write_bytes(data)
        delivery = make_delivery(f"responses/{name}", **given)
        self.change(deliveries=(*self.study.deliveries, delivery))
        return path

    def correct(self, *cells: tuple[str, int, str, str, str]) -> None:
        """Write corrections.csv: delivery, row, column, old, new of each cell."""
        path = self.places.corrections
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(COLUMNS)
            lines.writerows(
                [*cell, "salah ketik", "Ani", "2021-12-01"] for cell in cells
            )

    def clean(self) -> Cleaned:
        return clean_study(self.places, self.study)

    def clean_arrived(self, *deliveries: Delivery) -> Cleaned:
        """What `skm check` sees while the study's other deliveries are awaited."""
        arrived = replace(self.study, deliveries=deliveries)
        key = read_secret(self.places)
        taken = receive_sound(self.places, arrived, self.study, key)
        assert not taken.refused
        assert not taken.unsound
        return clean_receipts(arrived, taken.receipts)

    def reasons(self) -> dict[int, str]:
        """Row of the file -> why it was set aside."""
        aside = self.clean().set_aside
        return dict(zip(aside["row"], aside["reason"], strict=True))


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    return Survey(Places(tmp_path, "2021"))


@pytest.fixture
def new_survey(tmp_path: Path):
    """Another study folder with the same secret, by name."""
    return lambda name: Survey(Places(tmp_path / name, "2021"))


@pytest.fixture(scope="session")
def make_survey():
    """A study in a folder, for tests that share what they made of it."""
    return lambda folder: Survey(Places(folder, "2021"))


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(__file__).parents[2].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared reference folder is not beside this project")
    return folder


@pytest.fixture(scope="session")
def instrument() -> Instrument:
    return make_instrument()


@pytest.fixture(scope="session")
def delivery():
    return make_delivery
