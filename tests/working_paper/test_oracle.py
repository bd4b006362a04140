"""The numbers of a sheet, worked out from its answer cells in fractions."""

from fractions import Fraction
from math import sqrt

import pytest

WEIGHTS = {"skala": (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))}
HIGHEST = {"skala": 5}
PEOPLE = {"=pagi": 40, "sore*": 25, "malam": 3}


def read(sheets, name):
    """Answers, strata and named cells of a unit's sheet, found by their labels."""
    cells = {cell: sheets.stored[name, cell] for n, cell in sheets.stored if n == name}
    column = {text: cell[:-1] for cell, text in cells.items() if cell[1:] == "9"}
    last = next(row for row in range(10, 99) if cells.get(f"A{row}") == "Σ Nilai/Unsur")
    rows = range(10, last)
    answers = [[cells.get(f"{letter}{row}") for letter in "CDE"] for row in rows]
    strata = [cells.get(f"{column.get('Strata')}{row}") for row in rows]
    found = {text: int(cell[1:]) for cell, text in cells.items() if cell[0] == "A"}
    return answers, strata, found, column["Jumlah"]


def weights_of_sheets(answers, strata, rule):
    """How much each sheet counts: N/n of its stratum, 0 where it is left out."""
    people = [None, *PEOPLE.values()]
    p = [
        Fraction(people[int(code)], strata.count(code)) if code else Fraction(1)
        for code in strata
    ]
    if rule == "complete":
        p = [0 if None in row else each for each, row in zip(p, answers, strict=True)]
    return p


def expected(name, answers, strata, rule):
    """NRRs, index and linearised values, as docs/methodology.md defines them."""
    weights = WEIGHTS.get(name, (Fraction(1, 3),) * 3)
    factor = Fraction(100, HIGHEST.get(name, 4))
    p = weights_of_sheets(answers, strata, rule)
    sheets = [
        (a, {j: int(y) for j, y in enumerate(row) if y is not None})
        for a, row in zip(p, answers, strict=True)
    ]
    below = [sum(a for a, row in sheets if j in row) for j in range(3)]
    nrr = [
        sum(a * row[j] for a, row in sheets if j in row) / below[j] for j in range(3)
    ]
    if rule == "person":
        own = [
            factor
            * sum(weights[j] * y for j, y in row.items())
            / sum(weights[j] for j in row)
            for _, row in sheets
        ]
        ikm = sum(a * each for a, each in zip(p, own, strict=True)) / sum(p)
        z = [a * (each - ikm) / sum(p) for a, each in zip(p, own, strict=True)]
        return nrr, ikm, z
    ikm = factor * sum(w * each for w, each in zip(weights, nrr, strict=True))
    z = [
        factor * a * sum(weights[j] * (y - nrr[j]) / below[j] for j, y in row.items())
        for a, row in sheets
    ]
    return nrr, ikm, z


def deviation(name, z, strata):
    variance = Fraction(0)
    for code in set(strata):
        inside = [each for each, its in zip(z, strata, strict=True) if its == code]
        n, people = len(inside), None if name == "skala" else 60
        if code:
            people = list(PEOPLE.values())[int(code) - 1]
        elif name == "sensus":
            people = 5
        left = 1 - Fraction(n, people) if people else Fraction(1)
        mean = sum(inside) / n
        spread = sum((each - mean) ** 2 for each in inside)
        variance += left * (spread * Fraction(n, n - 1) if n > 1 else inside[0] ** 2)
    return sqrt(variance)


def grade(ikm):
    """Rounded half up to two decimals, then by lower bounds."""
    shown = Fraction(int(ikm * 100 + Fraction(1, 2)), 100)
    bounds = {"A": "88.31", "B": "76.61", "C": "65", "D": "0"}
    return next(each for each, low in bounds.items() if shown >= Fraction(low))


@pytest.mark.parametrize("rule", ["ratio", "complete", "person"])
def test_index_and_error_are_those_of_the_answers(city, paper, worked_out, rule):
    sheets = worked_out(paper(rule))
    for name in ("biasa", "puas", "terbelah", "sensus", "strata", "skala"):
        answers, strata, rows, total = read(sheets, name)
        assert len(answers) == len(city.UNITS[name])
        nrr, ikm, z = expected(name, answers, strata, rule)

        def live(column, label, name=name, rows=rows):
            return sheets.value(name, f"{column}{rows[label]}")

        means = [live(column, "NRR/Unsur") for column in "CDE"]
        assert means == pytest.approx([float(each) for each in nrr], abs=1e-12)
        index = live(total, "IKM Unit Pelayanan")
        assert index == pytest.approx(float(ikm), abs=1e-11), name
        error = live("C", "Galat baku (SE)")
        assert error == pytest.approx(deviation(name, z, strata), abs=1e-11), name
        letter = "–" if name == "skala" else grade(ikm)
        assert live(total, "Mutu pelayanan") == letter, name
