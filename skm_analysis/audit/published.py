"""The tables given to anyone, held cell by cell against the edition's own estimates."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from skm_analysis.audit import printed
from skm_analysis.audit.step import Step, dotted
from skm_analysis.study.places import Places

NAME, TITLE = "published", "tabel terbitan"
_SUPPRESSED = "suppressed"
_COPIED = ("se", "ci_low", "ci_high", "n", "method")  # from the estimate of that key

Rows = Sequence[Mapping[str, str]]


def check_published(places: Places) -> Step:
    """`published.csv` and the register's numbers against `estimates.csv`."""
    tables = places.edition / "tables"
    try:
        estimates = _read(places.edition / "internal" / "tables" / "estimates.csv")
        published = _read(tables / "published.csv")
        register = _read(tables / "register.csv")
        findings = [*_published(estimates, published), *_register(estimates, register)]
        keys = {row["key"] for row in estimates}
    except (OSError, ValueError, KeyError, csv.Error) as error:
        what = f"tabel tidak dapat dibaca ({type(error).__name__})"
        return Step(NAME, TITLE, "tidak satu sel pun dicocokkan", {}, (what,))
    cells = sum(len(row) for row in published)
    estimated = sum(row["key"].partition(":")[0] in keys for row in register)
    rounded = sum(bool(row["value"] and row["rounding"]) for row in register)
    return Step(
        NAME,
        TITLE,
        f"{dotted(cells)} sel published.csv ({dotted(len(published))} baris) dan"
        f" {dotted(estimated)} baris register dicocokkan dengan estimates.csv;"
        f" pembulatan {dotted(rounded)} baris register dengan nilainya sendiri",
        {
            "cells": cells,
            "register_estimates": estimated,
            "register_rounded": rounded,
            "differences": len(findings),
        },
        tuple(findings),
    )


def _published(estimates: Rows, published: Rows) -> Iterator[str]:
    should = {
        row["key"]: row for row in estimates if _SUPPRESSED not in row["flags"].split()
    }
    hidden = {row["key"] for row in estimates} - should.keys()
    there: set[str] = set()
    for row in published:
        key = row["key"]
        if key in there:
            yield f"published.csv: {key}: tercantum dua kali"
        elif key in hidden:
            yield f"published.csv: {key}: terbit, padahal harus ditahan"
        elif key not in should:
            yield f"published.csv: {key}: tidak ada dalam estimates.csv"
        else:
            yield from _differences("published.csv", row, should[key], should[key])
        there.add(key)
    for key in sorted(should.keys() - there):
        yield f"published.csv: {key}: hilang"


def _register(estimates: Rows, register: Rows) -> Iterator[str]:
    """A row says of its estimate what the estimate says, and shows its own value.

    None is of an estimate that is withheld.
    """
    by_key = {row["key"]: row for row in estimates}
    for row in register:
        key, _, column = row["key"].partition(":")
        if key in by_key:
            if _SUPPRESSED in by_key[key]["flags"].split():
                yield f"register.csv: {row['key']}: terbit, padahal harus ditahan"
            if not column:
                yield from _differences("register.csv", row, by_key[key], _COPIED)
            told = by_key[key].get(column or "value", row["value"])
            if row["value"] and row["value"] != told and not _equal(row, told):
                yield _line("register.csv", row["key"], "value", row["value"], told)
        if row["value"] and row["rounding"]:
            text = row["shown"]
            should = printed.rounded(text, float(row["value"]), row["rounding"])
            if text != should:
                yield _line("register.csv", row["key"], "shown", text, should)


def _equal(row: Mapping[str, str], told: str) -> bool:
    """A count of the estimates is a whole number, in the register a float."""
    return bool(told) and float(row["value"]) == float(told)


def _differences(
    file: str,
    row: Mapping[str, str],
    should: Mapping[str, str],
    columns: Iterable[str],
) -> Iterator[str]:
    for column in columns:
        if row[column] != should[column]:
            yield _line(file, row["key"], column, row[column], should[column])


def _line(file: str, key: str, column: str, told: str, should: str) -> str:
    there, right = told or "kosong", should or "kosong"
    return f"{file}: {key}: kolom {column} {there}, seharusnya {right}"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, restval="", restkey="lebih"))
