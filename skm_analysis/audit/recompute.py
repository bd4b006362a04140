"""The second implementation: every number again, from the answers, another way.

It shares no code with the one that made the report and needs no package beyond the
standard library. What it does not cover it counts and names.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from skm_analysis.audit import printed
from skm_analysis.audit.answers import read_survey
from skm_analysis.audit.expectation import Expected, Told
from skm_analysis.audit.second_study import expect

EXACT = 1e-12  # relative; a float holds a fraction to 1e-16
TOLERANCE = 1e-10  # of what goes through roots and distributions
VERDICTS = ("grade", "target_gap", "quadrant")  # their category is what was found
LETTER_FLAGS = {f"grade_{letter}" for letter in "ABCD"}
NOT_ONE, SHORT = "belum satu pun", "belum mencukupi"  # of several rules on a size
STATISTICS = ("value", "se", "df", "ci_low", "ci_high", "level", "n", "population")


class Finding(NamedTuple):
    key: str
    column: str
    printed: str
    recomputed: str


class Covered(NamedTuple):
    """How many of all were recomputed; the others by name."""

    checked: int
    of: int
    unchecked: Mapping[str, int]


class Recomputed(NamedTuple):
    cells: Covered  # of the estimates; named by measure, or measure.column
    shown: Covered  # rows of the register; named by measure, or measure:column
    findings: tuple[Finding, ...]


def recompute(raw: Path, edition: Path) -> Recomputed:
    """Compare an edition's estimates and shown numbers with what its answers say.

    Parameters
    ----------
    raw
        The study's folder, for `study.toml` and the instruments; not for answers.
    edition
        Holds `internal/tables` with the accepted answers and `estimates.csv`, and
        `tables/register.csv`.

    Raises
    ------
    OSError, ValueError, KeyError
        A table is missing or cannot be read.
    """
    tables = edition / "internal" / "tables"
    survey = read_survey(raw, tables)
    expected = expect(survey)
    rows = _read(tables / "estimates.csv")
    cells, findings = _estimates(rows, expected)
    measures = {row["key"]: _measure(row) for row in rows}
    register = _read(edition / "tables" / "register.csv")
    shown, wrong = _register(register, expected, measures)
    return Recomputed(cells, shown, (*findings, *wrong))


def _estimates(
    rows: Iterable[Mapping[str, str]], expected: Mapping[str, Expected]
) -> tuple[Covered, list[Finding]]:
    findings: list[Finding] = []
    checked, keys = 0, set()
    uncovered: Counter[str] = Counter()
    for row in rows:
        keys.add(row["key"])
        known = expected.get(row["key"])
        cells = known.cells() if known and known.row else {}
        told = {**row, "letter": _letter(row)}
        for column in _columns(told):
            if column in cells:
                checked += 1
            else:
                uncovered[_measure(row) + f".{column}" * bool(cells)] += 1
        for column, should in cells.items():
            if not _same(told[column], should, known.slack if known else 0.0):
                what = _text(should)
                findings.append(Finding(row["key"], column, told[column], what))
    findings += [
        Finding(key, "key", "", _first(should))
        for key, should in expected.items()
        if should.row and key not in keys
    ]
    return Covered(checked, checked + uncovered.total(), uncovered), findings


def _columns(row: Mapping[str, str]) -> list[str]:
    """Columns of a row that say something; of a verdict its category or letter."""
    told = [column for column in STATISTICS if row[column] != ""]
    if row["measure"] in VERDICTS:
        told.append("category")
    return [*told, "letter"] if row["letter"] else told


def _letter(row: Mapping[str, str]) -> str:
    """Of a `sensitivity_grade`, whose flags hold it; of others nothing."""
    if row["measure"] != "sensitivity_grade":
        return ""
    flags = row["flags"].split()
    return "".join(f.removeprefix("grade_") for f in flags if f in LETTER_FLAGS)


def _measure(row: Mapping[str, str]) -> str:
    return row["measure"] + "@previous" * (row["part"] == "previous")


def _same(told: str, exact: Told, slack: float) -> bool:
    if told == "" or exact is None or isinstance(exact, str):
        return told == ("" if exact is None else exact)
    if isinstance(exact, int):
        return told == str(exact)
    near = EXACT if isinstance(exact, Fraction) else TOLERANCE
    try:
        number = float(told)
    except ValueError:
        return False
    return math.isclose(number, float(exact), rel_tol=near, abs_tol=max(near, slack))


def _register(
    rows: Iterable[Mapping[str, str]],
    expected: Mapping[str, Expected],
    measures: Mapping[str, str],
) -> tuple[Covered, list[Finding]]:
    checked, wrong = 0, []
    uncovered: Counter[str] = Counter()
    for row in rows:
        key, _, column = row["key"].partition(":")
        allowed = _allowed(row, expected.get(key), column)
        if not allowed:
            group = measures.get(key, key.partition(".")[0])
            uncovered[group + f":{column}" * bool(column)] += 1
            continue
        checked += 1
        if row["shown"] not in allowed:
            wrong.append(Finding(row["key"], "shown", row["shown"], allowed[0]))
    return Covered(checked, checked + uncovered.total(), uncovered), wrong


def _allowed(
    row: Mapping[str, str], expected: Expected | None, column: str
) -> tuple[str, ...]:
    """What may stand in a row of the register; nothing where that is not known."""
    if expected is None:
        return ()
    text = row["shown"]
    if row["kind"] == "verdict" and not column:
        word = expected.letter or expected.category
        if expected.words is not None:
            # That not one rule is met is more than one of them can say.
            of_all = text == NOT_ONE and SHORT in expected.words
            return () if of_all else expected.words
        if word or printed.is_word(text, column):
            return (word,) if word else ()
    should = expected.shown(column or "value")
    if should is None:
        should = None if column else expected.category
    near = max(TOLERANCE, expected.slack)
    return () if should is None else printed.renderings(text, should, near)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _first(expected: Expected) -> str:
    return _text(next(iter(expected.cells().values())))


def _text(exact: Told) -> str:
    if exact is None:
        return ""
    return str(exact) if isinstance(exact, int | str) else repr(float(exact))
