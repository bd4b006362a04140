"""The second implementation: every number again, from the answers, another way.

It shares no code with the one that made the report and needs no package beyond the
standard library. What it does not cover it counts and names.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from skm_analysis.audit.answers import read_survey
from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_study import expect

VALUE_TOLERANCE = 1e-12  # relative; a float holds a fraction to 1e-16
ERROR_TOLERANCE = 1e-10


class Finding(NamedTuple):
    key: str
    column: str
    printed: str
    recomputed: str


class Recomputed(NamedTuple):
    rows: int  # recomputed
    not_covered: Mapping[str, int]  # measure -> rows
    shown: int  # texts of the register recomputed
    findings: tuple[Finding, ...]


def recompute(raw: Path, edition: Path) -> Recomputed:
    """Compare an edition's estimates and shown numbers with what its answers say.

    Parameters
    ----------
    raw
        The study's folder, for `study.toml` and the instruments.
    edition
        Holds `internal/tables` with the accepted answers and `estimates.csv`, and
        `tables/register.csv` (if it has one).

    Raises
    ------
    OSError, ValueError, KeyError
        A table is missing or cannot be read.
    """
    tables = edition / "internal" / "tables"
    survey = read_survey(raw, tables / "responses")
    expected = dict(expect(survey))
    printed = _read(tables / "estimates.csv")
    findings: list[Finding] = []
    uncovered: Counter[str] = Counter()
    for row in printed:
        if row["key"] in expected:
            findings += _compare(row, expected[row["key"]])
        else:
            uncovered[row["measure"] + "@previous" * (row["part"] == "previous")] += 1
    keys = {row["key"] for row in printed}
    findings += [
        Finding(key, "key", "", _text(expected[key]))
        for key in expected
        if key not in keys
    ]
    shown, wrong = _register(edition / "tables" / "register.csv", expected)
    rows = sum(key in keys for key in expected)
    return Recomputed(rows, dict(uncovered), shown, (*findings, *wrong))


def _compare(row: Mapping[str, str], expected: Expected) -> list[Finding]:
    """Where a row of the table says something else; at most one per column."""
    key = row["key"]
    if expected.letter is not None:
        same = row["category"] == expected.letter
        return (
            [] if same else [Finding(key, "category", row["category"], expected.letter)]
        )
    found = []
    if not _same(row["value"], expected.value, VALUE_TOLERANCE):
        found.append(Finding(key, "value", row["value"], _number(expected.value)))
    if expected.has_error and not _same(row["se"], expected.se, ERROR_TOLERANCE):
        found.append(Finding(key, "se", row["se"], _number(expected.se)))
    if expected.value is not None and row["n"] != _number(expected.n):
        found.append(Finding(key, "n", row["n"], _number(expected.n)))
    return found


def _same(printed: str, exact: Fraction | float | None, tolerance: float) -> bool:
    if printed == "" or exact is None:
        return printed == "" and exact is None
    try:
        number = float(printed)
    except ValueError:
        return False
    return math.isclose(number, float(exact), rel_tol=tolerance, abs_tol=tolerance)


def _register(
    path: Path, expected: Mapping[str, Expected]
) -> tuple[int, list[Finding]]:
    """How many shown texts were recomputed, and which of them are wrong."""
    if not path.is_file():
        return 0, []
    checked, wrong = 0, []
    for row in _read(path):
        key, _, column = row["key"].partition(":")
        if key not in expected:
            continue
        should = _shown(row["shown"], expected[key], column)
        checked += should is not None
        if should is not None and should != row["shown"]:
            wrong.append(Finding(row["key"], "shown", row["shown"], should))
    return checked, wrong


def _shown(text: str, expected: Expected, column: str) -> str | None:
    """What should stand where `text` stands; None where this cannot be told."""
    if expected.letter is not None:
        return expected.letter if re.fullmatch("[A-E]", text) else None
    exact = {"": expected.value, "n": expected.n}.get(column)
    form = re.fullmatch(r"-?[\d.]+(?:,(\d+))?(\s?%)?", text.replace("\u2212", "-"))
    if exact is None or form is None:
        return None
    places, percent = len(form[1] or ""), form[2] or ""
    scaled = Fraction(exact) * (100 if percent else 1) * 10**places
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    digits = f"{whole:0{places + 1}d}"
    before, after = digits[: len(digits) - places], digits[len(digits) - places :]
    grouped = f"{int(before):,}".replace(",", ".")
    sign = "-" if scaled < 0 and whole else ""
    shown = sign + grouped + (f",{after}" if places else "") + percent
    return shown.replace("-", "\u2212") if "\u2212" in text else shown


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(expected: Expected) -> str:
    return expected.letter if expected.letter is not None else _number(expected.value)


def _number(exact: Fraction | float | None) -> str:
    if exact is None:
        return ""
    return str(exact) if isinstance(exact, int) else repr(float(exact))
