"""Keys stay short, plain and apart, whatever a study calls its things."""

import re
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.deriving import Previous, estimate_study
from skm_analysis.estimates.rows import Estimates, make_key
from skm_analysis.responses.profiles import group_services

LONGEST = "u" * 24  # a unit, an item or an instrument
KEY = re.compile(r"[A-Za-z0-9._@=+-]{1,100}")


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_key_is_plain_and_at_most_100_characters_long(category, part):
    for measure in ("profile_count", "n_accepted"):
        key = make_key("unit", LONGEST, measure, "", category, "")
        assert KEY.fullmatch(key)
        assert KEY.fullmatch(make_key("unit", LONGEST, measure, part=part))
    key = make_key("unit", LONGEST, "profile_count", "occupation", category)
    assert KEY.fullmatch(key)


@given(st.lists(st.text(min_size=1, max_size=80), min_size=2, max_size=6))
def test_services_that_are_told_apart_have_keys_apart(texts):
    told = group_services(pd.Series([*texts, *texts], dtype="str"))
    names = {name or "Tidak diketahui" for name in told}
    keys = {make_key("unit", "a", "profile", "service", name) for name in names}
    assert len(keys) == len(names)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["KTP/KK", "KTP KK", "KTP/KK"], {"KTP/KK"}),
        (["lainnya", "lainnya", "KTP"], {"Lainnya"}),
        (["tidak diketahui", "Tidak Diketahui", ""], {""}),
        (["Akta (lahir)", "akta lahir", "Akta-Lahir"], {"Akta (lahir)"}),
    ],
)
def test_services_that_differ_in_punctuation_are_one(texts, expected):
    assert set(group_services(pd.Series(texts, dtype="str"))) == expected


def test_a_study_of_the_longest_names_has_short_keys(city):
    keys = [f"{letter}{'x' * 23}" for letter in "abc"]
    instrument = city.instrument(" ".join(keys), (1, 10), False)
    strata = {f"Kelurahan {place} " + "s" * 180: 50 for place in range(2)}
    unit = city.unit(
        LONGEST,
        kind="k" * 24,
        instrument=instrument,
        population=None,
        strata=strata,
        target=Decimal("88.50"),
    )
    service = ["Pelayanan penerbitan kartu tanda penduduk elektronik baru"] * 20
    frame = city.frame(
        unit,
        ["979", "898"] * 20,
        stratum=[name for name in strata for _ in range(20)],
        period=["S" * 24] * 40,
        service=service
        + ["Pelayanan penerbitan kartu tanda penduduk elektronik lama"] * 20,
        cluster=["petugas"] * 40,
    )
    period = city.period(id="S" * 24, start=date(2021, 1, 1), end=date(2021, 6, 30))
    study = city.study([unit], periods=(period,), weighting="strata")
    aside = [(LONGEST, "not_whole_number", "external")]
    cleaned = city.cleaned({LONGEST: frame}, aside)
    rows = estimate_study(study, cleaned, Previous(study, cleaned, Decimal("80.00")))
    found = [row.key for row in Estimates(rows)]
    assert all(KEY.fullmatch(key) for key in found)
    assert len([key for key in found if ".profile.service." in key]) == 2


def test_services_in_letters_of_another_script_have_parts_of_their_own(city):
    unit = city.unit("a")
    frame = city.frame(unit, ["444", "333"] * 20, service=["户口", "结婚"] * 20)
    cleaned = city.cleaned({"a": frame})
    rows = Estimates(estimate_study(city.study([unit]), cleaned))
    parts = {row.part for row in rows if row.part.startswith("service=")}
    assert len(parts) == 2
