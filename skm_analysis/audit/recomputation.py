"""The second implementation as a step of the audit: its reach, what differs."""

import csv
from collections.abc import Mapping

from skm_analysis.audit.recompute import Covered, Finding, Recomputed, recompute
from skm_analysis.audit.step import Step, dotted
from skm_analysis.study.places import Places

NAME, TITLE = "recomputation", "hitung ulang"


def check_numbers(places: Places) -> Step:
    """Estimates and printed numbers against the edition's own accepted answers."""
    try:
        done = recompute(places.raw, places.edition)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        what = f"tabel edisi tidak dapat dibaca ({type(error).__name__})"
        told = "tidak satu angka pun dihitung ulang"
        return Step(NAME, TITLE, told, _counts(_NOTHING), (what,))
    cells, shown = done.cells, done.shown
    return Step(
        NAME,
        TITLE,
        f"{dotted(cells.checked)} dari {dotted(cells.of)} sel estimates.csv dihitung"
        " ulang dari jawaban dalam tabel edisi; angka dan simpulan tercetak:"
        f" {dotted(shown.checked)} dari {dotted(shown.of)} baris register diperiksa"
        f" ulang, {dotted(shown.of - shown.checked)} tak dapat diperiksa",
        _counts(done),
        tuple(map(_line, done.findings)) or _none(done),
        unchecked=(
            *_left("sel estimates.csv yang tidak dihitung ulang", cells),
            *_left("baris register yang tak dapat diperiksa", shown),
        ),
    )


_NOTHING = Recomputed(Covered(0, 0, {}), Covered(0, 0, {}), ())


def _counts(done: Recomputed) -> Mapping[str, int]:
    return {
        "cells_checked": done.cells.checked,
        "cells": done.cells.of,
        "register_checked": done.shown.checked,
        "register_rows": done.shown.of,
        "differences": len(done.findings),
    }


def _left(what: str, covered: Covered) -> tuple[str, ...]:
    if not covered.unchecked:
        return ()
    named = sorted(covered.unchecked.items(), key=lambda pair: (-pair[1], pair[0]))
    told = ", ".join(f"{name} {dotted(many)}" for name, many in named)
    return (f"{what}: {told}",)


def _line(found: Finding) -> str:
    if found.column == "key":
        return f"{found.key}: tidak ada, seharusnya {found.recomputed or 'ada'}"
    printed, recomputed = found.printed or "kosong", found.recomputed or "kosong"
    where = "tercetak" if found.column == "shown" else f"kolom {found.column}"
    return f"{found.key}: {where} {printed}, dihitung ulang {recomputed}"


def _none(done: Recomputed) -> tuple[str, ...]:
    return () if done.cells.checked else ("tidak satu angka pun dapat dihitung ulang",)
