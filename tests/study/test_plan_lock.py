"""Freezing the rules of analysis, and finding what became of them."""

import os
import sys
import tomllib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.study.digests import configuration_files
from skm_analysis.study.frozen_rules import changes
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import freeze, read_lock
from skm_analysis.study.scaffold import new_study


@pytest.fixture
def places(tmp_path):
    new_study(tmp_path, "2024")
    return Places(tmp_path, "2024")


def edit(places, old, new):
    text = places.study_file.read_text(encoding="utf-8")
    assert old in text
    places.study_file.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_frozen_unless_somebody_does(places):
    assert read_lock(places) is None


def test_the_frozen_rules_can_be_read_by_people_and_by_the_program(places):
    study = load_study(places)
    done = freeze(places, study)
    assert (done.state, done.lock.received) == ("frozen", 0)
    assert read_lock(places) == done.lock
    written = tomllib.loads(places.plan_lock.read_text(encoding="utf-8"))
    assert written["analysis"]["missing"] == "ratio"
    assert written["cleaning"] == {"minimum_items": 0.5, "duplicates": "id"}
    [instrument] = written["instrument"]
    assert {item["weight"] for item in instrument["item"]} == {"1/9"}
    assert "Aturan analisis studi 2024" in places.plan_lock.read_text(encoding="utf-8")


def test_the_lock_is_among_the_files_that_an_edition_is_made_of(places):
    freeze(places, load_study(places))
    assert places.plan_lock in configuration_files(places)


def test_freezing_twice_leaves_the_file_as_it_is(places):
    study = load_study(places)
    freeze(places, study)
    before = places.plan_lock.read_bytes()
    assert freeze(places, study).state == "same"
    assert places.plan_lock.read_bytes() == before


def test_before_any_data_the_rules_may_be_frozen_anew(places):
    study = load_study(places)
    freeze(places, study)
    assert freeze(places, replace(study, missing="person")).state == "renewed"
    assert read_lock(places).rules["analysis"]["missing"] == "person"


def test_after_data_came_the_frozen_rules_stay(places):
    study = load_study(places)
    freeze(places, study)
    before = places.plan_lock.read_bytes()
    (places.responses / "a.csv").write_text("x\n")
    assert freeze(places, study).state == "same"
    with pytest.raises(StudyError, match="1 berkas kiriman sudah diterima"):
        freeze(places, replace(study, missing="person"))
    assert places.plan_lock.read_bytes() == before


def test_what_is_frozen_only_after_data_came_says_so(places):
    (places.responses / "a.csv").write_text("x\n")
    freeze(places, load_study(places))
    assert read_lock(places).received == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('missing = "ratio"', 'missing = "person"', "isinya berubah sejak dibekukan"),
        ("received = 0", "received = 1", "isinya berubah sejak dibekukan"),
        ("digest = ", "digesti = ", "isinya berubah sejak dibekukan"),
        ('study = "2024"', 'study = "2023"', "bukan dari studi ini"),
        ("[analysis]", "[analysis", "bukan TOML yang sah"),
    ],
)
def test_a_lock_that_somebody_edited_is_refused(places, old, new, told):
    study = load_study(places)
    freeze(places, study)
    text = places.plan_lock.read_text(encoding="utf-8")
    places.plan_lock.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StudyError, match=told) as found:
        read_lock(places)
    assert "data/raw/2024/plan.lock" in str(found.value)


def test_comments_in_the_lock_do_not_matter(places):
    lock = freeze(places, load_study(places)).lock
    text = places.plan_lock.read_text(encoding="utf-8")
    places.plan_lock.write_text(f"# diserahkan 3 Januari\n{text}", encoding="utf-8")
    assert read_lock(places) == lock


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nobody may be kept out here"
)
def test_a_folder_that_cannot_be_written_is_told(places):
    study = load_study(places)
    places.raw.chmod(0o500)
    try:
        with pytest.raises(StudyError, match="tidak dapat ditulis"):
            freeze(places, study)
    finally:
        places.raw.chmod(0o700)


def changed(places, **columns):
    study = load_study(places)
    lock = freeze(places, study).lock
    return [(x.rule, x.place) for x in changes(lock.rules, replace(study, **columns))]


def unit_with(places, **columns):
    return {"units": (replace(load_study(places).units[0], **columns),)}


def instrument_with(places, **columns):
    instrument = load_study(places).units[0].instrument
    return unit_with(places, instrument=replace(instrument, **columns))


def test_no_change_is_no_change(places):
    assert changed(places) == []


def test_rules_of_the_whole_study(places):
    study = load_study(places)
    assert changed(places, missing="complete") == [("missing", "")]
    assert changed(places, weighting="strata") == [("weighting", "")]
    level = Decimal("0.90")
    assert changed(places, confidence_level=level) == [("confidence-level", "")]
    cleaning = replace(
        study.cleaning, minimum_items=Decimal("0.8"), duplicates="report"
    )
    assert changed(places, cleaning=cleaning) == [
        ("minimum-items", ""),
        ("duplicates", ""),
    ]
    assert changed(places, end=study.start) == [("dates", "")]


def test_rules_of_a_unit(places):
    [unit] = load_study(places).units
    rules = {
        "sampling": {"sampling": "random"},
        "population": {"population": 12},
        "target": {"target": Decimal(95)},
        "planned": {"planned": 12},
    }
    for rule, columns in rules.items():
        assert changed(places, **unit_with(places, **columns)) == [(rule, unit.id)]


def test_strata_that_only_split_the_people_leave_the_population(places):
    study = load_study(places)
    [unit] = study.units
    counted = replace(study, units=(replace(unit, population=10),))
    lock = freeze(places, counted).lock
    split = replace(unit, population=None, strata={"A": 1, "B": 9})
    [found] = changes(lock.rules, replace(study, units=(split,)))
    assert (found.rule, found.before, found.after) == ("strata", None, {"A": 1, "B": 9})


def test_rules_of_an_instrument(places):
    [unit] = load_study(places).units
    name = unit.instrument.id
    first, *others = unit.instrument.items
    assert changed(places, **instrument_with(places, bands=None)) == [("bands", name)]
    assert changed(places, **instrument_with(places, scale=(1, 5))) == [("scale", name)]
    heavier = (replace(first, weight=Fraction(1, 3)), *others)
    found = changed(places, **instrument_with(places, items=heavier))
    assert found == [("weights", name)]
    asked = (replace(first, question="Lain?"), *others)
    found = changed(places, **instrument_with(places, items=asked))
    assert found == [("questions", name)]


def test_the_order_of_items_is_no_rule(places):
    items = load_study(places).units[0].instrument.items
    assert changed(places, **instrument_with(places, items=items[::-1])) == []


def test_a_unit_that_was_added_is_told_once(places):
    [unit] = load_study(places).units
    more = {"units": (unit, replace(unit, id="lain", name="Lain"))}
    assert changed(places, **more) == [("units", "")]


def test_deliveries_are_no_rules(places):
    assert changed(places, deliveries=()) == []


@pytest.mark.parametrize(
    ("switch", "value", "rule"),
    [
        ("out_of_scale", "answer", "out-of-scale"),
        ("not_whole_number", "answer", "not-whole-number"),
        ("out_of_period", "report", "out-of-period"),
    ],
)
def test_a_later_switch_of_cleaning_is_a_rule_though_older_locks_lack_it(
    places, switch, value, rule
):
    usual = load_study(places).cleaning
    cleaning = replace(usual, **{switch: value})
    [found] = changes(
        freeze(places, load_study(places)).lock.rules,
        replace(load_study(places), cleaning=cleaning),
    )
    assert (found.rule, found.before, found.after) == (
        rule,
        getattr(usual, switch),
        value,
    )
