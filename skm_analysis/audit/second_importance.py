"""What respondents find important beside what they are content with, a second time.

Both come from the same people: movements of a difference are differences of movements.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit import second_index as second
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_rows import mean
from skm_analysis.audit.second_surveyed import Asked

# By whether importance and satisfaction reach the mean over the items.
QUADRANTS = {
    (True, True): ("keep", "pertahankan"),
    (True, False): ("concentrate", "prioritas utama"),
    (False, False): ("low", "prioritas rendah"),
    (False, True): ("overkill", "cenderung berlebih"),
}
Rows = Iterator[tuple[str, Expected]]


class Item(NamedTuple):
    """One item with both its means."""

    key: str
    content: second.Ratio
    weight: second.Ratio
    n: int  # the fewer of both


def expect_importance(asked: Asked) -> Rows:
    """Importance, gap and quadrant per item, and the index weighed by importance."""
    items = list(_items(asked))
    if asked.design is None or not items:
        return
    office, level = asked.office, asked.survey.level
    at, people = f"unit.{slug(office.id)}", office.people
    reach = Fraction(office.scale[1] - office.scale[0])
    for key, content, weight, n in items:
        item = slug(key)
        own = second.with_error(asked.design, weight)
        yield f"{at}.importance.{item}", mean(own, level, people)
        apart = second.Ratio(
            content.value - weight.value,
            _blended([(1.0, content.moves), (-1.0, weight.moves)]),
            _blended([(0.5, content.weights), (0.5, weight.weights)]),
            (-reach, reach),
            of_some=True,
        )
        gap = second.with_error(asked.design, apart)
        yield f"{at}.gap.{item}", mean(gap, level, people)._replace(n=n)
    fewest = min(each.n for each in items)
    yield from _quadrants(at, items, fewest)
    index = second.with_error(asked.design, _index(asked, items))
    yield f"{at}.csi", mean(index, level, people)._replace(n=fewest)


def _items(asked: Asked) -> Iterator[Item]:
    """Items of which both means are known."""
    office, design = asked.office, asked.design
    if design is None or all(sheet.importance is None for sheet in asked.sheets):
        return
    weighed = design._replace(
        groups=tuple(
            tuple(s._replace(scores=s.importance or {}) for s in group)
            for group in design.groups
        )
    )
    for question in office.questions:
        weight = second.nrr(weighed, question.key, (), office.scale, "ratio")
        content = second.nrr(
            design, question.key, office.questions, office.scale, asked.survey.missing
        )
        if weight is not None and content is not None:
            n = min(_n(weight), _n(content))
            yield Item(question.key, content, weight, n)


def _n(ratio: second.Ratio) -> int:
    return sum(weight > 0 for group in ratio.weights for weight in group)


def _quadrants(at: str, items: Sequence[Item], fewest: int) -> Rows:
    """An item against the means over all of them, which count as high."""
    content = sum((each.content.value for each in items), Fraction(0)) / len(items)
    weight = sum((each.weight.value for each in items), Fraction(0)) / len(items)
    yield f"{at}.nrr_mean", Expected(content, n=fewest)
    yield f"{at}.importance_mean", Expected(weight, n=fewest)
    for each in items:
        high = each.weight.value >= weight, each.content.value >= content
        name, word = QUADRANTS[high]
        told = Expected(n=each.n, category=name, words=(word,))
        yield f"{at}.quadrant.{slug(each.key)}", told


def _index(asked: Asked, items: Sequence[Item]) -> second.Ratio:
    """Satisfaction weighed by mean importance, and how each sheet moves it."""
    scale = asked.office.scale
    factor = Fraction(100, scale[1])
    whole = sum((each.weight.value for each in items), Fraction(0))
    shares = [float(each.weight.value / whole) for each in items]
    value = sum((each.content.value * each.weight.value for each in items), Fraction(0))
    value /= whole
    moves = [
        (float(factor) * share, each.content.moves)
        for share, each in zip(shares, items, strict=True)
    ]
    moves += [
        (float(factor * (each.content.value - value) / whole), each.weight.moves)
        for each in items
    ]
    weights = [(c, each.content.weights) for c, each in zip(shares, items, strict=True)]
    return second.Ratio(
        factor * value,
        _blended(moves),
        _blended(weights),
        (factor * scale[0], Fraction(100)),
    )


def _blended(parts: Sequence[tuple[float, second.Groups]]) -> second.Groups:
    """Sheet by sheet the sum of a table's cells times its factor."""
    factors = [factor for factor, _ in parts]
    return tuple(
        tuple(
            sum(c * own for c, own in zip(factors, sheet, strict=True))
            for sheet in zip(*groups, strict=True)
        )
        for groups in zip(*(table for _, table in parts), strict=True)
    )
