"""A tiny city in memory: instruments, units and answers in a line each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import settings

from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.study.records import (
    Cleaning,
    Instrument,
    Item,
    Period,
    Plan,
    Study,
    Unit,
)

# The same examples on every machine, however slow.
settings.register_profile("estimates", deadline=None, derandomize=True)
settings.load_profile("estimates")


def _instrument(keys="persyaratan biaya perilaku", scale=(1, 4), bands=True):
    names = keys.split()
    items = tuple(
        Item(
            key=key,
            label=key,
            question=key,
            options=(),
            weight=Fraction(1, len(names)),
            unsur=key,
        )
        for key in names
    )
    return Instrument(
        id=f"{len(names)}-{scale[1]}",
        title="",
        regulation=None,
        scale=scale,
        bands="permenpanrb-14-2017" if bands else None,
        items=items,
        weights_given=False,
    )


def _unit(name, **columns):
    blank = Unit(
        id=name,
        name=name,
        kind="kelurahan",
        instrument=_instrument(),
        population=1000,
        population_of="persons",
        sampling="random",
        target=None,
        planned=None,
        approached=None,
        strata={},
    )
    return replace(blank, **columns)


def _study(units, **columns):
    blank = Study(
        id="2021",
        title="",
        year=2021,
        institution="",
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
        units=tuple(units),
        deliveries=(),
    )
    return replace(blank, **columns)


def _frame(unit, sheets, source="external", **columns):
    """`sheets`: one string of digits per respondent, "." where not answered."""
    table = {
        "response": [f"{number:016x}" for number in range(len(sheets))],
        "source": source,
        "stratum": "",
        "cluster": "",
        "day": "",
        "counter": "",
        "period": "",
    }
    for place, key in enumerate(unit.instrument.keys):
        given = [None if each[place] == "." else int(each[place]) for each in sheets]
        table[key] = pd.array(given, dtype="Int64")
    return pd.DataFrame(table | columns)


def _cleaned(accepted, aside=()):
    """`aside`: (unit, reason, source of the delivery) per set-aside row."""
    rows = [["", source, 2, unit, reason] for unit, reason, source in aside]
    return Cleaned(
        accepted=accepted,
        set_aside=pd.DataFrame(
            rows, columns=["response", "delivery", "row", "unit", "reason"]
        ),
        changes=pd.DataFrame(),
        crosswalk=pd.DataFrame(),
        deliveries=pd.DataFrame(
            {
                "delivery": ["external", "internal"],
                "source": ["external", "internal"],
            }
        ),
    )


class City:
    """The makers above, for a test to call."""

    instrument = staticmethod(_instrument)
    unit = staticmethod(_unit)
    study = staticmethod(_study)
    frame = staticmethod(_frame)
    cleaned = staticmethod(_cleaned)
    period = Period
    replace = staticmethod(replace)
    concat = staticmethod(pd.concat)


@pytest.fixture(scope="session")
def city():
    return City
