"""What the report says of frozen rules and of what changed since."""

from dataclasses import replace
from decimal import Decimal

import pytest

from skm_analysis.report import method, rule_changes
from skm_analysis.report.elements import Absent, numbers, plain
from skm_analysis.study.frozen_rules import rules_of
from skm_analysis.study.plan_lock import PlanLock


def locked(page, received=0, **then):
    """The page, frozen when the study was as `then` says."""
    study = replace(page.study, **then)
    lock = PlanLock(received=received, digest="", rules=rules_of(study))
    return replace(page, lock=lock)


def cells(table):
    return [[plain(cell) for cell in row] for row in table.rows]


@pytest.fixture
def page(city_page, unit, set_of, row):
    """A page of the units A, B and C; more rows and changes as given."""
    units = [unit(id=name, name=f"Kelurahan {name.upper()}") for name in "abc"]
    rows = [each for name in "abc" for each in set_of(name)]
    rows += [
        row("ikm_mean_of_units", 97.0, unit="", scope="city", n=800),
        row("grade", unit="", scope="city", category="A"),
    ]
    return lambda *more, **changes: city_page(*rows, *more, units=units, **changes)


def test_without_a_lock_the_report_says_so(page):
    assert "Aturan analisis tidak dibekukan sebelum data diterima." in plain(
        method.rules(page()).text
    )
    assert isinstance(rule_changes.summary(page()), Absent)


def test_rules_frozen_before_or_after_data_came(page):
    before = plain(method.rules(locked(page())).text)
    assert "Aturan analisis dibekukan sebelum data diterima." in before
    after = plain(method.rules(locked(page(), received=3)).text)
    assert "baru dibekukan setelah 3 berkas kiriman diterima" in after
    assert "tidak membuktikan" in after


def test_frozen_and_kept(page):
    told = plain(rule_changes.summary(locked(page())).text)
    assert told.startswith("Sejak dibekukan tidak ada aturan analisis yang berubah")
    assert isinstance(rule_changes.changes_table(locked(page())), Absent)
    assert isinstance(rule_changes.effects_table(locked(page())), Absent)


def test_every_change_stands_with_what_it_was_and_is(page):
    now = page()
    first, *others = now.study.units
    then = {
        "missing": "person",
        "confidence_level": Decimal("0.99"),
        "units": (replace(first, target=Decimal(90), population=700), *others),
    }
    assert cells(rule_changes.changes_table(locked(now, **then))) == [
        [
            "Pertanyaan yang tidak dijawab",
            "seluruh studi",
            "indeks per responden",
            "tidak dihitung",
        ],
        ["Tingkat kepercayaan", "seluruh studi", "99%", "95%"],
        ["Target", first.name, "90,00", "tidak ada"],
        ["Populasi", first.name, "700", "812"],
    ]


def test_the_effect_stands_beside_the_official_index(page, row):
    now = page(
        row(
            "rule_change",
            76.5,
            unit="a",
            category="missing",
            flags=("grade_C", "grade_differs"),
        ),
        row("rule_change", unit="b", category="missing", flags=("not_computed",)),
        row(
            "rule_change",
            96.0,
            unit="c",
            category="missing",
            flags=("grade_A", "suppressed"),
        ),
        row(
            "rule_change",
            88.0,
            unit="",
            scope="city",
            category="missing",
            flags=("grade_B", "grade_differs"),
        ),
    )
    table = rule_changes.effects_table(locked(now, missing="person"))
    assert [line[1:] for line in cells(table)] == [
        ["Kota", "97,00", "A", "88,00", "B"],
        ["Kelurahan A", "97,02", "A", "76,50", "C"],
    ]
    assert plain(table.notes[0]).startswith("Unit yang tidak disebut")
    told = plain(rule_changes.summary(locked(now, missing="person")).text)
    assert "1 aturan berubah: pertanyaan yang tidak dijawab." in told
    assert told.endswith("Huruf mutu kota dan 1 unit berbeda karenanya.")
    assert "96" not in {number.shown for number in numbers(table)}


def test_where_nothing_has_a_letter_none_is_said_to_stay(page, row):
    now = page(
        row("rule_change", 76.5, unit="a", category="missing", flags=("no_bands",))
    )
    told = plain(rule_changes.summary(locked(now, missing="person")).text)
    assert told.endswith("yang lain seperti sekarang.")


def test_a_changed_rule_that_moves_nothing(page):
    now = page()
    planned = tuple(replace(unit, planned=12) for unit in now.study.units)
    told = plain(rule_changes.summary(locked(now, units=planned)).text)
    assert told.endswith("Tidak satu pun memengaruhi indeks.")


def test_the_printed_city_figure_is_the_one_without_small_units(page, row):
    now = page(
        row("ikm_mean_of_units", 95.0, unit="", scope="city", part="published"),
        row("grade", unit="", scope="city", category="A", part="published"),
        row(
            "rule_change",
            88.0,
            unit="",
            scope="city",
            category="missing",
            flags=("grade_B", "suppressed"),
        ),
        row(
            "rule_change",
            94.0,
            unit="",
            scope="city",
            category="missing",
            part="published",
            flags=("grade_A",),
        ),
    )
    [line] = cells(rule_changes.effects_table(locked(now, missing="person")))
    assert line[1:] == ["Kota", "95,00", "A", "94,00", "A"]
