"""The auditor's own ranks, probabilities and sizes: from the page, and by R."""

import csv
from fractions import Fraction
from pathlib import Path

from skm_analysis.audit.second_certainty import probabilities
from skm_analysis.audit.second_index import Figure
from skm_analysis.audit.second_interval import Spread
from skm_analysis.audit.second_ranks import alike, told_apart
from skm_analysis.audit.second_sizes import (
    Earlier,
    cochran,
    fewest,
    krejcie_morgan,
    slovin,
)

HERE = Path(__file__).parents[1] / "reference" / "data"
LEVEL = Fraction(19, 20)


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(value, se, n=100):
    spread = Spread(se, n - 1, Fraction(25), Fraction(100), 1 / n, 1.0)
    return Figure(Fraction(value), n, spread)


def test_three_units_are_told_apart_as_on_the_page():
    """docs/methodology.md, section 4: ranks 1 (1 to 2), 2 (1 to 2), 3 (3 to 3)."""
    three = [figure("92.5", 1.0), figure("90.1", 1.2), figure("81.0", 1.5)]
    assert told_apart(three, LEVEL) == {(0, 2), (1, 2)}
    assert alike(three, {(0, 2), (1, 2)}) == [{0, 1}, {2}]


def test_groups_of_neighbours_overlap():
    """docs of `ranking.alike_groups`: 90 and 80 are apart, 85 from neither."""
    three = [figure(90, 1.0), figure(85, 1.0), figure(80, 1.0)]
    assert alike(three, {(0, 2)}) == [{0, 1}, {1, 2}]


def test_values_that_are_shown_alike_are_never_apart():
    close = [figure("90.001", 1e-9), figure("90.004", 1e-9)]
    assert told_apart(close, LEVEL) == set()


def test_the_probability_of_each_letter_is_that_of_the_page():
    """docs/methodology.md, section 3.1."""
    rows = probabilities("unit.a", "", figure(87, 1.5), "permenpanrb-14-2017", LEVEL)
    found = {row.beside["letter"]: round(row.value, 2) for _, row in rows}
    assert found == {"A": 0.19, "B": 0.81, "C": 0.0, "D": 0.0}


def test_a_census_is_certain_and_one_respondent_tells_nothing():
    spread = Spread(0.0, 9, Fraction(25), Fraction(100), 0.1, 0.0)
    known = Figure(Fraction("88.305"), 10, spread)
    rows = probabilities("a", "", known, "permenpanrb-14-2017", LEVEL)
    assert [row.value for _, row in rows] == [1, 0, 0, 0]
    lone = Figure(Fraction(90), 1, None)
    assert not list(probabilities("a", "", lone, "permenpanrb-14-2017", LEVEL))


def test_sizes_for_a_proportion_are_those_of_the_tables():
    for row in read("krejcie_morgan.csv"):
        assert krejcie_morgan(int(row["N"])) == int(row["S_printed"])
    for row in read("cochran_slovin.csv"):
        people = int(row["N"])
        assert cochran(people) - 1 < float(row["cochran_fpc_p"]) <= cochran(people)
        assert slovin(people) - 1 < float(row["slovin_5"]) <= slovin(people)


def test_sizes_for_a_margin_are_those_of_r():
    compared = 0
    for row in read("sample_size.csv"):
        kind, _, value = row["kind"].partition("-")
        if kind != "interval":
            continue
        deviation = float(row["deviation"])
        people = int(row["population"]) if row["population"] else None
        earlier = Earlier(100, figure(value, deviation / 10), deviation)
        found = fewest(earlier, Fraction(row["aim"]), people, LEVEL)
        assert found == int(row["size"]), row
        compared += 1
    assert compared == 36
