"""What changed since the earlier study, a second time: limits, p, Holm, the words."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit.answers import Office, Question
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_city import (
    FEWEST_PUBLISHED,
    counted_scale,
)
from skm_analysis.audit.second_index import Figure, shown
from skm_analysis.audit.second_p_values import SLACK, holm, p_value
from skm_analysis.audit.second_rows import Terms, as_one, combined, known_where_bare
from skm_analysis.audit.second_surveyed import Asked, index_of

FEWEST_RELIABLE = 30
SIGNIFICANT = 0.05
UNCLEAR = "tidak dapat dibedakan"

Rows = Iterator[tuple[str, Expected]]


class Pair(NamedTuple):
    """A unit in two years; `terms` is None where they cannot be compared."""

    now: Asked
    then: Asked
    terms: Terms | None
    whole: bool  # the same questions with the same weights

    @property
    def fewer(self) -> int:
        return min(self.now.n, self.then.n)


def pair_units(now: Mapping[str, Asked], then: Mapping[str, Asked]) -> dict[str, Pair]:
    """Units with an index in both years."""
    return {
        unit: _pair(asked, then[unit])
        for unit, asked in now.items()
        if unit in then and asked.ikm is not None and then[unit].ikm is not None
    }


def expect_changes(now: Mapping[str, Asked], then: Mapping[str, Asked]) -> Rows:
    """Rows of `change`, `change_nrr`, `p` and `p_holm`, of units and of the city."""
    pairs = pair_units(now, then)
    tested = {
        unit: p
        for unit, pair in pairs.items()
        if pair.terms is not None and pair.fewer >= FEWEST_PUBLISHED
        for p in [p_value(pair.terms)]
        if p is not None
    }
    adjusted = holm(tested)
    for unit, pair in pairs.items():
        at = f"unit.{slug(unit)}"
        if pair.terms is None:
            yield f"{at}.change", Expected(n=pair.now.n)
            continue
        row = combined(pair.terms, pair.now.survey.level, pair.now.n)
        words = said(row, adjusted.get(unit), pair.fewer)
        yield f"{at}.change", row._replace(words=words)
        yield from _p_rows(at, "change", tested, adjusted, unit, pair.now.n)
        yield from _items(at, pair)
    yield from _city(list(pairs.values()))


def said(row: Expected, p: float | None, fewer: int) -> tuple[str, ...]:
    """The words that a change bears out."""
    moved = row.value is not None and shown(abs(Fraction(row.value))) != 0
    uncertain = row.limits is not None and row.limits.low < row.limits.high
    word = UNCLEAR if moved or uncertain else "tetap"
    if moved and p is not None and p < SIGNIFICANT:
        word = "naik" if (row.value or 0) > 0 else "turun"
    if fewer >= FEWEST_RELIABLE:
        return (word,)
    return ("indikatif, tanpa arah", *(["tetap"] if word == "tetap" else []))


def _pair(now: Asked, then: Asked) -> Pair:
    apart = Pair(now, then, None, False)
    later, earlier = now.office, then.office
    if now.external != then.external:
        return apart  # a unit's own survey beside an independent one
    if (later.scale, later.bands) != (earlier.scale, earlier.bands):
        return apart
    weights, before = (
        {each.key: each.weight for each in office.questions}
        for office in (later, earlier)
    )
    common = [key for key in weights if key in before]
    total = sum((weights[key] for key in common), Fraction(0))
    if total == 0:
        return apart
    if weights == before:
        first, second = now.ikm, then.ikm
    else:
        shares = [weights[key] / total for key in common]
        first, second = (
            index_of(
                each.survey,
                each.office,
                each.design,
                _questions(each.office, common),
                shares,
            )
            for each in (now, then)
        )
    if first is None or second is None:
        return apart
    return Pair(now, then, _minus(first, second), weights == before)


def _questions(office: Office, keys: Sequence[str]) -> list[Question]:
    by_key = {question.key: question for question in office.questions}
    return [by_key[key] for key in keys]


def _minus(later: Figure, earlier: Figure) -> Terms:
    return [(Fraction(1), later), (Fraction(-1), earlier)]


def _items(at: str, pair: Pair) -> Rows:
    both = {
        key: (found, pair.then.items[key])
        for key, found in pair.now.items.items()
        if key in pair.then.items
    }
    tested = {
        key: p
        for key, (later, earlier) in both.items()
        if min(later.n, earlier.n) >= FEWEST_PUBLISHED
        for p in [p_value(_minus(later, earlier))]
        if p is not None
    }
    adjusted = holm(tested)
    for key, (later, earlier) in both.items():
        row = combined(_minus(later, earlier), pair.now.survey.level, later.n)
        words = said(row, adjusted.get(key), min(later.n, earlier.n))
        yield f"{at}.change_nrr.{slug(key)}", row._replace(words=words)
        yield from _p_rows(at, slug(key), tested, adjusted, key, later.n)


def _p_rows(
    at: str,
    name: str,
    tested: Mapping[str, float],
    adjusted: Mapping[str, float],
    own: str,
    n: int,
) -> Rows:
    if own in tested:
        yield f"{at}.p.{name}", Expected(tested[own], n=n, slack=SLACK)
        slack = SLACK * len(tested)
        yield f"{at}.p_holm.{name}", Expected(adjusted[own], n=n, slack=slack)


def _city(pairs: Sequence[Pair]) -> Rows:
    """The mean change of units that are comparable and in both cities."""
    usable = [
        pair
        for pair in pairs
        if pair.terms is not None and pair.now.external
        if all(
            each.office.scale == counted_scale(each.survey)
            for each in (pair.now, pair.then)
        )
    ]
    yield from _city_change(usable, "")
    told = [pair for pair in usable if pair.fewer >= FEWEST_PUBLISHED]
    if len(told) < len(usable):
        yield from _city_change(told, "@published")


def _city_change(pairs: Sequence[Pair], end: str) -> Rows:
    n, many = sum(pair.now.n for pair in pairs), len(pairs)
    yield f"city..n_units.comparable{end}", Expected(Fraction(many), n=n)
    if not pairs:
        return
    terms = known_where_bare(
        [
            (factor / many, figure)
            for pair in pairs
            for factor, figure in pair.terms or ()
        ]
    )
    years = _minus(
        *(
            as_one([(abs(c), figure) for c, figure in terms if (c > 0) == later])
            for later in (True, False)
        )
    )
    row, p = combined(years, pairs[0].now.survey.level, n), p_value(years)
    words = said(row, p, FEWEST_RELIABLE)
    yield f"city..change{end}", row._replace(words=words)
    if p is not None:
        yield f"city..p.change{end}", Expected(p, n=n, slack=SLACK)
