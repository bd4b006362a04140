"""How well a questionnaire's items hang together, a second time.

Sums of squares and products are exact; roots and quantiles come last.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from skm_analysis.audit.answers import Office
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_interval import Limits, f_quantile, student_quantile
from skm_analysis.audit.second_surveyed import Asked

FEWEST_TOLD = 10
FEWEST_RELIABLE = 30

Sheets = Sequence[Sequence[int]]  # complete ones: an answer to every question


def expect_scales(asked: Iterable[Asked]) -> Iterator[tuple[str, Expected]]:
    """Per questionnaire, over all units that the independent survey asked it in."""
    units: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        if each.external and each.sheets:
            units[each.office.instrument].append(each)
    for name, members in units.items():
        at, office = f"instrument.{slug(name)}", members[0].office
        sheets = [sheet for each in members for sheet in complete(each)]
        n, items = len(sheets), list(zip(*sheets, strict=True))
        varied = sum(len(set(item)) > 1 for item in items)
        yield f"{at}.n_items", Expected(Fraction(varied), n=n)
        level = members[0].survey.level
        yield f"{at}.alpha", _alpha(sheets, level, FEWEST_TOLD)
        critical = critical_r(n) if n >= FEWEST_TOLD else None
        yield f"{at}.r_table", Expected(critical, n=n)
        yield from _items(at, office, sheets, critical)


def unit_alpha(asked: Asked) -> Iterator[tuple[str, Expected]]:
    row = _alpha(complete(asked), asked.survey.level, FEWEST_RELIABLE)
    yield f"unit.{slug(asked.office.id)}.alpha", row


def complete(asked: Asked) -> list[list[int]]:
    """Sheets without blanks, in the order of the questions."""
    keys = [question.key for question in asked.office.questions]
    return [
        [sheet.scores[key] for key in keys]
        for sheet in asked.sheets
        if len(sheet.scores) == len(keys)
    ]


def alpha(sheets: Sheets) -> tuple[float, int] | None:
    """Cronbach's alpha of the items that vary, and how many those are."""
    items = [each for each in zip(*sheets, strict=True) if len(set(each)) > 1]
    k, whole = len(items), _moment(*[[sum(sheet) for sheet in sheets]] * 2)
    if k < 2 or whole == 0:
        return None
    alone = sum((_moment(item, item) for item in items), Fraction(0))
    return float(Fraction(k, k - 1) * (1 - alone / whole)), k


def feldt(value: float, n: int, k: int, level: Fraction) -> Limits:
    """Feldt's limits: (1 − A) ÷ (1 − a) is a ratio of mean squares."""
    tail, df = float(1 - level) / 2, (n - 1, (n - 1) * (k - 1))
    return Limits(
        1 - (1 - value) * f_quantile(1 - tail, *df),
        1 - (1 - value) * f_quantile(tail, *df),
    )


def correlation(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Pearson's r; None where one of them is the same on all sheets."""
    spread = _moment(one, one) * _moment(other, other)
    if spread == 0:
        return None
    return float(_moment(one, other)) / math.sqrt(spread)


def critical_r(n: int) -> float:
    """The customary table: t ÷ √(n − 2 + t²), two-sided 5 %."""
    t = student_quantile(0.975, n - 2)
    return t / math.sqrt(n - 2 + t * t)


def _alpha(sheets: Sheets, level: Fraction, fewest: int) -> Expected:
    n = len(sheets)
    found = alpha(sheets) if n >= fewest else None
    if found is None:
        return Expected(n=n)
    value, k = found
    return Expected(value, n=n, limits=feldt(value, n, k, level), level=level)


def _items(
    at: str, office: Office, sheets: Sheets, critical: float | None
) -> Iterator[tuple[str, Expected]]:
    n, sums = len(sheets), [sum(sheet) for sheet in sheets]
    for place, question in enumerate(office.questions):
        own = [sheet[place] for sheet in sheets]
        others = [whole - each for whole, each in zip(sums, own, strict=True)]
        rest = total = None
        words: tuple[str, ...] = ()
        if critical is not None:
            rest, total = correlation(own, others), correlation(own, sums)
            if total is not None:
                words = ("valid" if total >= critical else "tidak valid",)
        yield f"{at}.item_total.{slug(question.key)}", Expected(rest, n=n)
        yield f"{at}.validity.{slug(question.key)}", Expected(total, n=n, words=words)


def _moment(one: Sequence[int], other: Sequence[int]) -> Fraction:
    """Sum of the products of the distances from both means."""
    n = len(one)
    products = sum(x * y for x, y in zip(one, other, strict=True))
    return products - Fraction(sum(one) * sum(other), n) if n else Fraction(0)
