"""What an office worked out itself, and how far it is from ours, a second time."""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit.answers import Survey
from skm_analysis.audit.expectation import Expected, piece, slug
from skm_analysis.audit.second_record import printed
from skm_analysis.audit.second_surveyed import Asked

MEASURES = ("ikm", "n", "sum", "nrr", "nrr_weighted")
_FEWEST_TOLD = 10
_FINEST = 9  # decimals that are compared
Rows = Iterator[tuple[str, Expected]]


class _Files(NamedTuple):
    """The files that hold a result of one unit."""

    names: tuple[str, ...]
    whole: bool  # whether the only one holds all of the unit's answers


def expect_office(asked: Asked, part: str) -> Rows:
    """Rows `office_…` of a unit; `part` is that of its own survey beside another."""
    files = _files(asked)
    at, end = f"unit.{slug(asked.office.id)}", f"@{part}" if part else ""
    if not files.names:
        return
    if asked.ikm is None or not files.whole:
        many = Fraction(len(files.names))
        yield f"{at}.office_not_compared{end}", Expected(many)
        return
    told, ours, n = _told(asked, files.names[0]), _ours(asked), asked.n
    for (measure, item), text in told.items():
        theirs = Fraction(text)
        name = f".{piece(item)}" if item else ""
        yield f"{at}.office_{measure}{name}{end}", Expected(theirs, n=n)
        apart = _apart(text, ours[measure, item])
        row = Expected(apart, n=n)
        yield f"{at}.office_difference{name}.{slug(measure)}{end}", row
    means = [key for key in told if key[0] == "nrr"]
    if means:
        differing = sum(_apart(told[key], ours[key]) != 0 for key in means)
        row = Expected(Fraction(differing), n=n)
        yield f"{at}.office_differing_items{end}", row


def expect_office_tallies(survey: Survey, rows: Mapping[str, Expected]) -> Rows:
    """How many results came, differ, or are not compared."""
    told, apart = 0, 0
    for key, row in rows.items():
        _, unit, measure, *_ = f"{key}...".split(".")
        if measure.partition("@")[0] == "office_ikm" and (row.n or 0) >= _FEWEST_TOLD:
            told += 1
            end = key.partition("@")[2]
            other = f"unit.{unit}.office_difference.ikm" + (f"@{end}" if end else "")
            apart += rows[other].value != 0
    left = sum(
        (Fraction(row.value or 0) for key, row in rows.items() if _is_left(key)),
        Fraction(0),
    )
    if survey.log.office:
        yield "city..office.results", printed(told)
        yield "city..office.apart", printed(apart)
        yield "city..office.left", printed(left)


def _is_left(key: str) -> bool:
    return ".office_not_compared" in key


def _files(asked: Asked) -> _Files:
    """Those of the survey's source; whole where a file's sheets are all the unit's."""
    log = asked.survey.log
    source = "external" if asked.external else "internal"
    known = {each.name: each for each in log.deliveries if each.source == source}
    names = tuple(
        dict.fromkeys(
            row["delivery"]
            for row in log.office
            if row["unit"] == asked.office.id and row["delivery"] in known
        )
    )
    whole = len(names) == 1 and known[names[0]].accepted == asked.n
    return _Files(names, whole)


def _told(asked: Asked, file: str) -> dict[tuple[str, str], str]:
    """Measure and item -> what stands in the last row that says it."""
    rows = [row for row in asked.survey.log.office if row["delivery"] == file]
    rows.sort(key=lambda row: int(row["row"]))
    return {
        (row["measure"], row["item"]): row["printed"]
        for row in rows
        if row["measure"] in MEASURES
    }


def _ours(asked: Asked) -> dict[tuple[str, str], Fraction]:
    """The same from the accepted sheets, exactly."""
    assert asked.ikm is not None
    highest = asked.office.scale[1]
    ours = {
        ("ikm", ""): asked.ikm.value,
        ("n", ""): Fraction(asked.n),
        ("nrr_weighted", ""): asked.ikm.value * highest / 100,
    }
    for question in asked.office.questions:
        key = question.key
        answers = [s.scores[key] for s in asked.sheets if key in s.scores]
        mean = asked.items[key].value
        ours |= {
            ("n", key): Fraction(len(answers)),
            ("sum", key): Fraction(sum(answers)),
            ("nrr", key): mean,
            ("nrr_weighted", key): mean * question.weight,
        }
    return ours


def _apart(text: str, exact: Fraction) -> Fraction:
    """Theirs less ours, unless ours written with their decimals is theirs."""
    places = min(_FINEST, len(text.partition(".")[2]))
    unit = 10**places
    half = Fraction(1, 2)
    theirs = Fraction(text)
    same = math.floor(exact * unit + half) == math.floor(theirs * unit + half)
    return Fraction(0) if same else theirs - exact
