"""Cities whose units are everything that a working paper must hold for."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import SimpleNamespace

import pandas as pd

from skm_analysis.estimates.deriving import estimate_study, survey_units
from skm_analysis.estimates.rows import Estimates
from skm_analysis.report import working_paper
from skm_analysis.report.register import Shown
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

# Three items of weight 1/3, "." where nothing was answered.
PLAIN = ["444", "434", "3.3", "444", ".44", "233", "444", "344", "433"]
MANY = "444 433 343 334 444 4.4 333 443 344 434 222 444".split() * 2  # noqa: SIM905
UNITS = {
    "biasa": PLAIN,
    "puas": ["444"] * 7,
    "sendiri": ["343"],
    "kosong": [],
    "terbelah": ["444", "111"],
    "sensus": ["434", "444", "343", "334", "433"],
    "kosong-butir": ["4.4", "3.4", "4.3"],
    "strata": [*PLAIN, "443", "333"],
    "gugus": MANY,
    "sedikit": MANY[:12],
    "gugus-strata": MANY,
    "lintas": MANY[:12],
    "swadaya": PLAIN[:6],
    "batas": ["333", "333", "333", "222", "222"],  # 2.6 on average: 65.00 exactly
    "skala": ["531", "545", "5.5", "355", "454", "414"],
}


def instrument(name="tiga", scale=(1, 4), weights=("1/3", "1/3", "1/3"), bands=True):
    return Instrument(
        id=name,
        title=name,
        regulation=None,
        scale=scale,
        bands="permenpanrb-14-2017" if bands else None,
        items=tuple(
            Item(
                key=key,
                label=f"Unsur {key}",
                question="?",
                options=(),
                weight=Fraction(weight),
                unsur=key,
            )
            for key, weight in zip(
                ("persyaratan", "biaya", "perilaku"), weights, strict=True
            )
        ),
        weights_given=True,
    )


def unit(id_, **changes):
    usual = {
        "id": id_,
        "name": f"Kelurahan {id_}",
        "kind": "kelurahan",
        "instrument": instrument(),
        "population": 60,
        "population_of": "persons",
        "sampling": "systematic",
        "target": None,
        "planned": None,
        "approached": None,
        "strata": {},
    }
    return Unit(**(usual | changes))


def study(units, **changes):
    usual = {
        "id": "2021",
        "title": "Survei Contoh",
        "year": 2021,
        "institution": "Pemerintah Kota Contoh",
        "partner": None,
        "place": None,
        "start": date(2021, 1, 1),
        "end": date(2021, 12, 31),
        "previous": None,
        "synthetic": True,
        "confidence_level": Decimal("0.95"),
        "missing": "ratio",
        "weighting": "none",
        "target": None,
        "plan": Plan(),
        "cleaning": Cleaning(),
        "signatories": (),
        "periods": (
            Period(id="S1", start=date(2021, 1, 1), end=date(2021, 6, 30)),
            Period(id="S2", start=date(2021, 7, 1), end=date(2021, 12, 31)),
        ),
        "units": tuple(units),
        "deliveries": (),
    }
    return Study(**(usual | changes))


def frame(of, sheets, source="external", **columns):
    """The accepted rows of a unit, one string of digits per respondent."""
    table = {
        "response": [f"{of.id}{source[0]}{number:03}" for number in range(len(sheets))],
        "source": [source] * len(sheets),
        **{name: [""] * len(sheets) for name in ("stratum", "cluster", "period")},
        **{name: [""] * len(sheets) for name in ("day", "counter")},
    }
    for place, key in enumerate(of.instrument.keys):
        given = [None if each[place] == "." else int(each[place]) for each in sheets]
        table[key] = pd.array(given, dtype="Int64")
    return pd.DataFrame(table | columns)


def everything(missing="ratio", weighting="none"):
    """A city with a unit for each case; study and accepted rows."""
    special = {
        "sensus": {"sampling": "census", "population": 5},
        "strata": {"strata": {"=pagi": 40, "sore*": 25, "malam": 3}},
        "gugus": {"sampling": "convenience"},
        "gugus-strata": {"strata": {"pagi": 500, "sore": 90}},
        "lintas": {"strata": {"pagi": 500, "sore": 90}},
        "skala": {
            "instrument": instrument("lima", (1, 5), ("1/2", "1/3", "1/6"), False),
            "population": None,
        },
    }
    units = [unit(name, **special.get(name, {})) for name in UNITS]
    frames = {each.id: frame(each, UNITS[each.id]) for each in units}
    frames["biasa"]["period"] = ["S1", "S2", "S1", "", "S2", "S1", "S1", "S2", "S2"]
    frames["strata"]["stratum"] = ["=pagi"] * 6 + ["sore*"] * 4 + ["malam"]
    frames["gugus"]["cluster"] = [f"g{place % 12}" for place in range(23)] + [""]
    frames["sedikit"]["cluster"] = ["ani"] * 5 + ["budi"] * 7
    halves = ["pagi"] * 12 + ["sore"] * 12
    frames["gugus-strata"]["stratum"] = halves
    frames["gugus-strata"]["cluster"] = [f"g{place // 2}" for place in range(24)]
    frames["lintas"]["stratum"] = halves[6:18]
    frames["lintas"]["cluster"] = ["ani", "budi", "citra"] * 4
    frames["swadaya"]["source"] = "internal"
    own = frame(units[0], ["444", "444", "344"], "internal")
    frames["biasa"] = pd.concat([frames["biasa"], own], ignore_index=True)
    return study(units, missing=missing, weighting=weighting), frames


def cleaned(frames):
    aside = pd.DataFrame(columns=["response", "delivery", "row", "unit", "reason"])
    deliveries = {"delivery": ["luar", "sendiri"], "source": ["external", "internal"]}
    return Cleaned(
        accepted=frames,
        set_aside=aside,
        changes=pd.DataFrame(),
        crosswalk=pd.DataFrame(),
        deliveries=pd.DataFrame(deliveries),
    )


def printed(value, places):
    """As people round on paper, from the digits that the number is written with."""
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{exact + 0:f}".replace(".", ",").replace("-", "−")


def shown(rows):
    """What a report would show: each unit's index, its error, NRRs, n and grade."""
    told = []
    for row in rows:
        if row.scope != "unit" or "+" in row.part or "=" in row.part:
            continue
        if row.measure == "grade" and row.category:
            told.append(_shown(row.key, row.category, "verdict", ""))
        elif row.measure in ("ikm", "nrr") and row.value is not None:
            told.append(_shown(row.key, printed(row.value, 2), "estimate", "2"))
            told.append(_shown(f"{row.key}:n", str(row.n), "count", "0"))
            if row.se is not None:
                error = printed(row.se, 2)
                told.append(_shown(f"{row.key}:se", error, "estimate", "2"))
        elif row.measure == "internal_difference":
            sign = "+" if row.value > 0 else ""
            text = f"{sign}{printed(row.value, 2)}"
            told.append(_shown(row.key, text, "estimate", "2"))
    return told


def _shown(key, text, kind, rounding):
    return Shown(key, text, kind, "", rounding, "", "", "", ())


def document(made, rows, **changes):
    """What the working paper takes from the report."""
    return SimpleNamespace(
        study=made,
        estimates=Estimates(rows),
        title=made.title,
        banner="DATA SINTETIS – bukan hasil survei" if made.synthetic else "",
        epoch=int(datetime(2021, 12, 31, tzinfo=UTC).timestamp()),
        **changes,
    )


def paper(made, frames, spoil=lambda shown: shown):
    """The working paper as bytes, and the estimates that it is held against."""
    rows = estimate_study(made, cleaned(frames))
    told = spoil(shown(rows))
    surveyed = survey_units(made, cleaned(frames))
    data = working_paper.render(document(made, rows), told, surveyed, frames)
    return data, Estimates(rows)


__all__ = ["everything", "frame", "paper", "printed", "replace", "study", "unit"]
