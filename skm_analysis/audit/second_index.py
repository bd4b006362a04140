"""NRR, IKM and their standard errors a second time, in fractions, from the texts.

Written from the regulation and from the derivation of the linearised variance, not
from the code that made the report. A mean of answered items is a ratio
R = Σ p·d·y ÷ Σ p·d; one respondent moves it by p·d·(y − R) ÷ Σ p·d; an index is a
weighted sum of such ratios, so its movements add up with the same weights. Then
Var = Σ_h (1 − f_h) · n_h ÷ (n_h − 1) · Σ (movement − mean_h)².
"""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit.answers import Office, Question, Sheet
from skm_analysis.audit.second_clusters import (
    are_few,
    correlation_of,
    names,
    reach_over,
    sums,
)
from skm_analysis.audit.second_interval import Limits, Spread, pseudo_beta

# Lower bounds of the conversion intervals, best letter first.
LETTERS = {
    "permenpanrb-14-2017": (("A", "88.31"), ("B", "76.61"), ("C", "65.00"), ("D", "0")),
    "permenpanrb-16-2014": (("A", "81.26"), ("B", "62.51"), ("C", "43.76"), ("D", "0")),
    "kepmenpan-25-2004": (("A", "81.26"), ("B", "62.51"), ("C", "43.76"), ("D", "0")),
}
Amount = int | Fraction | None  # of one sheet; None: it does not count
Groups = tuple[tuple[float, ...], ...]  # by group, one for each sheet

CHOSEN_AT_RANDOM = {"random", "systematic", "census"}


class Figure(NamedTuple):
    """A number and what it rests on; `spread` is None for a single respondent."""

    value: Fraction
    n: int
    spread: Spread | None

    def limits(self, level: Fraction | float) -> Limits | None:
        if self.spread is None or self.spread.df < 1:
            return None
        return pseudo_beta(self.value, self.spread, level)


class Design(NamedTuple):
    """Sheets in groups; each group's weight p and finite share f."""

    groups: tuple[tuple[Sheet, ...], ...]
    weights: tuple[Fraction, ...]
    finite: tuple[Fraction, ...]
    rho: float | None = None  # within clusters; None: chosen singly


class Ratio(NamedTuple):
    value: Fraction
    moves: Groups
    weights: Groups  # with which the sheets enter; sum 1
    ends: tuple[Fraction, Fraction]  # of the scale
    of_some: bool = False  # then only those who enter it count for df


def plain_design(
    office: Office, sheets: Sequence[Sheet], people: int | None
) -> Design | None:
    """All sheets alike."""
    if not sheets:
        return None
    rho = correlation_of(office, sheets)
    finite = _finite(len(sheets), people, office) if rho is None else Fraction(0)
    return Design((tuple(sheets),), (Fraction(1),), (finite,), rho)


def strata_design(office: Office, sheets: Sequence[Sheet]) -> Design | None:
    """A sheet stands for N_h ÷ n_h people of its stratum."""
    if not sheets:
        return None
    there = [name for name in office.strata if any(s.stratum == name for s in sheets)]
    groups = [tuple(s for s in sheets if s.stratum == name) for name in there]
    people = [office.strata[name] for name in there]
    rho = correlation_of(office, sheets)
    pairs = list(zip(groups, people, strict=True))
    return Design(
        tuple(groups),
        tuple(Fraction(many, len(group)) for group, many in pairs),
        tuple(
            _finite(len(group), many, office) if rho is None else Fraction(0)
            for group, many in pairs
        ),
        rho,
    )


def _finite(n: int, people: int | None, office: Office) -> Fraction:
    if people is None or n > people or office.sampling not in CHOSEN_AT_RANDOM:
        return Fraction(0)
    return Fraction(n, people)


def nrr(
    design: Design,
    key: str,
    questions: Sequence[Question],
    scale: tuple[int, int],
    rule: str,
) -> Ratio | None:
    """Mean of one item in score points; None if nobody's answer counts."""

    def answer(sheet: Sheet) -> Amount:
        if rule == "complete" and len(sheet.scores) < len(questions):
            return None
        return sheet.scores.get(key)

    ends = Fraction(scale[0]), Fraction(scale[1])
    return _ratio(design, answer, ends, of_some=True)


def share(design: Design, key: str, score: int) -> Ratio | None:
    """Share of one answer among the answers to an item."""

    def chosen(sheet: Sheet) -> Amount:
        return int(sheet.scores[key] == score) if key in sheet.scores else None

    return _ratio(design, chosen, (Fraction(0), Fraction(1)), of_some=True)


def ikm(
    design: Design,
    questions: Sequence[Question],
    scale: tuple[int, int],
    rule: str,
    weights: Sequence[Fraction] | None = None,
) -> Ratio | None:
    """The index in index points, under one of the rules for blanks."""
    used = list(weights or [each.weight for each in questions])
    factor = Fraction(100, scale[1])
    if rule == "ratio":
        parts = [nrr(design, each.key, questions, scale, rule) for each in questions]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        return _added(used, factor, known)

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

    return _ratio(design, own, (factor * scale[0], Fraction(100)))


def _ratio(
    design: Design,
    amount: Callable[[Sheet], Amount],
    ends: tuple[Fraction, Fraction],
    *,
    of_some: bool = False,
) -> Ratio | None:
    amounts = [[amount(sheet) for sheet in group] for group in design.groups]
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
        tuple(
            tuple(0.0 if y is None else float(p / people) for y in group)
            for p, group in zip(design.weights, amounts, strict=True)
        ),
        ends,
        of_some,
    )


def _added(
    weights: Sequence[Fraction], factor: Fraction, parts: Sequence[Ratio]
) -> Ratio:
    pairs = list(zip(weights, parts, strict=True))
    floats = [float(weight) for weight in weights]

    def sums(table: Sequence[Groups], by: float) -> Groups:
        """Per sheet the weighted sum over the items, times `by`."""
        return tuple(
            tuple(
                by * math.fsum(w * own for w, own in zip(floats, sheet, strict=True))
                for sheet in zip(*groups, strict=True)
            )
            for groups in zip(*table, strict=True)
        )

    low, high = parts[0].ends
    return Ratio(
        factor * sum((weight * part.value for weight, part in pairs), Fraction(0)),
        sums([part.moves for part in parts], float(factor)),
        sums([part.weights for part in parts], 1.0),
        (factor * low, factor * high),
    )


def with_error(design: Design, ratio: Ratio) -> Figure:
    """The figure with the standard error of the design, and what its limits need."""
    n = sum(weight > 0 for group in ratio.weights for weight in group)
    if n < 2:
        return Figure(ratio.value, n, None)
    groups = [g for g in ratio.weights if any(a > 0 for a in g) or not ratio.of_some]
    sheets = n if ratio.of_some else sum(map(len, groups))
    df = sheets - len(groups)
    squares = [math.fsum(a * a for a in group) for group in ratio.weights]
    alone = math.fsum(squares)
    concentration, moves, wider = alone, ratio.moves, 1.0
    if design.rho is not None:
        labels = [names(group, place) for place, group in enumerate(design.groups)]
        everybody = [name for group in labels for name in group]
        every_weight = [a for group in ratio.weights for a in group]
        together = math.fsum(a * a for a in sums(every_weight, everybody))
        concentration += design.rho * (together - alone)
        counted = _counted(ratio, labels)
        clusters = sum(map(len, counted))
        if reach_over(counted) or are_few(clusters, len(groups), together):
            wider = concentration / alone
        else:
            both = zip(ratio.moves, labels, strict=True)
            moves = tuple(tuple(sums(*each)) for each in both)
            df = clusters - len(groups)
    free = [float(1 - f) * own for f, own in zip(design.finite, squares, strict=True)]
    error = math.sqrt(_variance(moves, design.finite) * wider)
    sampled = math.fsum(free) / alone
    return Figure(
        ratio.value, n, Spread(error, df, *ratio.ends, concentration, sampled)
    )


def _counted(
    ratio: Ratio, labels: Sequence[Sequence[Hashable]]
) -> list[list[Hashable]]:
    """The clusters of each stratum; of one item those in which somebody answered."""
    return [
        list(
            {
                label
                for weight, label in zip(group, own, strict=True)
                if weight > 0 or not ratio.of_some
            }
        )
        for group, own in zip(ratio.weights, labels, strict=True)
    ]


def _variance(moves: Groups, finite: Sequence[Fraction]) -> float:
    """A group of one is held against the whole sample, whose movements sum to 0."""
    variance = 0.0
    for own, share in zip(moves, finite, strict=True):
        many = len(own)
        middle = math.fsum(own) / many if many > 1 else 0.0
        spread = math.fsum((move - middle) ** 2 for move in own)
        variance += float(1 - share) * spread * (many / (many - 1) if many > 1 else 1)
    return variance


def letter(index: Fraction, bands: str) -> str:
    """Grade of an index: rounded half up to two decimals, then by lower bounds."""
    return next(name for name, low in LETTERS[bands] if shown(index) >= Fraction(low))


def shown(value: Fraction) -> Fraction:
    """Half up to two decimals."""
    return Fraction(math.floor(value * 100 + Fraction(1, 2)), 100)
