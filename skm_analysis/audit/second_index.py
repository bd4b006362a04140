"""NRR, IKM and their standard errors a second time, in fractions, from the texts.

Written from the regulation and from the derivation of the linearised variance, not
from the code that made the report. A mean of answered items is a ratio
R = Σ p·d·y ÷ Σ p·d; one respondent moves it by p·d·(y − R) ÷ Σ p·d; an index is a
weighted sum of such ratios, so its movements add up with the same weights. Then
Var = Σ_h (1 − f_h) · n_h ÷ (n_h − 1) · Σ (movement − mean_h)².
"""

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit.answers import Office, Question, Sheet

# Lower bounds of the conversion intervals, best letter first.
LETTERS = {
    "permenpanrb-14-2017": (("A", "88.31"), ("B", "76.61"), ("C", "65.00"), ("D", "0")),
    "permenpanrb-16-2014": (("A", "81.26"), ("B", "62.51"), ("C", "43.76"), ("D", "0")),
    "kepmenpan-25-2004": (("A", "81.26"), ("B", "62.51"), ("C", "43.76"), ("D", "0")),
}
Amount = int | Fraction | None  # of one sheet; None: it does not count

CHOSEN_AT_RANDOM = {"random", "systematic", "census"}


class Figure(NamedTuple):
    """A number and what it rests on; `se` is None for a single respondent."""

    value: Fraction
    se: float | None = None
    n: int | None = None
    df: int = 0


class Design(NamedTuple):
    """Sheets in groups; each group's weight p and finite share f."""

    groups: tuple[tuple[Sheet, ...], ...]
    weights: tuple[Fraction, ...]
    finite: tuple[Fraction, ...]


class Ratio(NamedTuple):
    value: Fraction
    moves: tuple[tuple[float, ...], ...]  # by group, one for each sheet
    counted: tuple[tuple[bool, ...], ...]


def plain_design(
    office: Office, sheets: Sequence[Sheet], people: int | None
) -> Design | None:
    """All sheets alike."""
    if not sheets:
        return None
    finite = _finite(len(sheets), people, office)
    return Design((tuple(sheets),), (Fraction(1),), (finite,))


def strata_design(office: Office, sheets: Sequence[Sheet]) -> Design | None:
    """A sheet stands for N_h ÷ n_h people of its stratum."""
    if not sheets:
        return None
    there = [name for name in office.strata if any(s.stratum == name for s in sheets)]
    groups = [tuple(s for s in sheets if s.stratum == name) for name in there]
    people = [office.strata[name] for name in there]
    pairs = list(zip(groups, people, strict=True))
    return Design(
        tuple(groups),
        tuple(Fraction(many, len(group)) for group, many in pairs),
        tuple(_finite(len(group), many, office) for group, many in pairs),
    )


def _finite(n: int, people: int | None, office: Office) -> Fraction:
    if people is None or n > people or office.sampling not in CHOSEN_AT_RANDOM:
        return Fraction(0)
    return Fraction(n, people)


def nrr(
    design: Design, key: str, questions: Sequence[Question], rule: str
) -> Ratio | None:
    """Mean of one item in score points; None if nobody's answer counts."""

    def answer(sheet: Sheet) -> Amount:
        if rule == "complete" and len(sheet.scores) < len(questions):
            return None
        return sheet.scores.get(key)

    return _ratio(design, [[answer(s) for s in group] for group in design.groups])


def share(design: Design, key: str, score: int) -> Ratio | None:
    """Share of one answer among the answers to an item."""

    def chosen(sheet: Sheet) -> Amount:
        return int(sheet.scores[key] == score) if key in sheet.scores else None

    return _ratio(design, [[chosen(s) for s in group] for group in design.groups])


def ikm(
    design: Design,
    questions: Sequence[Question],
    highest: int,
    rule: str,
    weights: Sequence[Fraction] | None = None,
) -> Ratio | None:
    """The index in index points, under one of the rules for blanks."""
    used = list(weights or [each.weight for each in questions])
    factor = Fraction(100, highest)
    if rule == "ratio":
        parts = [nrr(design, each.key, questions, rule) for each in questions]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        return _added([factor * weight for weight in used], known)

    def own(sheet: Sheet) -> Amount:
        pairs = [
            (weight, sheet.scores[each.key])
            for weight, each in zip(used, questions, strict=True)
            if each.key in sheet.scores
        ]
        whole = sum((weight for weight, _ in pairs), Fraction(0))
        if whole == 0 or (rule == "complete" and len(pairs) < len(questions)):
            return None
        total = sum((weight * score for weight, score in pairs), Fraction(0))
        return factor * (total / whole if rule == "person" else total)

    return _ratio(design, [[own(s) for s in group] for group in design.groups])


def _ratio(design: Design, amounts: list[list[Amount]]) -> Ratio | None:
    tallies = [Counter(y for y in group if y is not None) for group in amounts]
    weighed = list(zip(design.weights, tallies, strict=True))
    people = sum((p * tally.total() for p, tally in weighed), Fraction(0))
    if people == 0:
        return None
    summed = sum(
        (p * y * times for p, tally in weighed for y, times in tally.items()),
        Fraction(0),
    )
    value = summed / people
    moves = [{y: float(p * (y - value) / people) for y in t} for p, t in weighed]
    return Ratio(
        value,
        tuple(
            tuple(0.0 if y is None else move[y] for y in group)
            for move, group in zip(moves, amounts, strict=True)
        ),
        tuple(tuple(y is not None for y in group) for group in amounts),
    )


def _added(weights: Sequence[Fraction], parts: Sequence[Ratio]) -> Ratio:
    pairs = list(zip(weights, parts, strict=True))
    shape = [range(len(group)) for group in parts[0].moves]
    return Ratio(
        sum((weight * part.value for weight, part in pairs), Fraction(0)),
        tuple(
            tuple(
                math.fsum(float(weight) * part.moves[h][i] for weight, part in pairs)
                for i in places
            )
            for h, places in enumerate(shape)
        ),
        tuple(
            tuple(any(part.counted[h][i] for part in parts) for i in places)
            for h, places in enumerate(shape)
        ),
    )


def with_error(design: Design, ratio: Ratio) -> Figure:
    """The figure with the standard error of the design.

    A group with one sheet is held against the whole sample, whose movements sum to 0.
    """
    n = sum(sum(group) for group in ratio.counted)
    variance = 0.0
    for moves, finite in zip(ratio.moves, design.finite, strict=True):
        many = len(moves)
        middle = math.fsum(moves) / many if many > 1 else 0.0
        spread = math.fsum((move - middle) ** 2 for move in moves)
        variance += float(1 - finite) * spread * (many / (many - 1) if many > 1 else 1)
    sheets = sum(len(group) for group in design.groups)
    df = sheets - len(design.groups)
    return Figure(ratio.value, math.sqrt(variance) if n > 1 else None, n, df)


def letter(index: Fraction, bands: str) -> str:
    """Grade of an index: rounded half up to two decimals, then by lower bounds."""
    rounded = Fraction(math.floor(index * 100 + Fraction(1, 2)), 100)
    return next(name for name, low in LETTERS[bands] if rounded >= Fraction(low))
