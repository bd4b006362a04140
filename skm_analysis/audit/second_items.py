"""The rows of a unit's items, a second time: means, sums, answers, ranks."""

from collections.abc import Iterator
from fractions import Fraction

from skm_analysis.audit import second_index as second
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_rows import mean
from skm_analysis.audit.second_surveyed import Asked

# Which items cannot be told from the weakest is not worked out again.
_RANK_LIMITS = ("ci_low", "ci_high", "level")


def expect_items(asked: Asked) -> Iterator[tuple[str, Expected]]:
    """Every item's rows, in the order of the questionnaire."""
    office, level = asked.office, asked.survey.level
    at, people = f"unit.{slug(office.id)}", office.people
    ranked: dict[str, second.Figure] = {}
    for question in office.questions:
        item, found = slug(question.key), asked.items.get(question.key)
        yield f"{at}.nrr.{item}", mean(found, level, people)
        yield f"{at}.nrr_weighted.{item}", _weighted(question.weight, found)
        if found is None or asked.design is None:
            continue
        given = [
            s.scores[question.key] for s in asked.sheets if question.key in s.scores
        ]
        n = len(given)
        if len(set(given)) > 1:
            ranked[item] = found
        else:  # constant: left out
            yield f"{at}.item_rank.{item}", Expected(n=found.n)
        yield f"{at}.sum.{item}", Expected(Fraction(sum(given)), n=n)
        yield f"{at}.nrr_unweighted.{item}", Expected(Fraction(sum(given), n), n=n)
        for score in range(office.scale[0], office.scale[1] + 1):
            ratio = second.share(asked.design, question.key, score)
            part = second.with_error(asked.design, ratio) if ratio else None
            yield f"{at}.share.{item}.{score}", mean(part, level, people)
            times = Fraction(given.count(score))
            yield f"{at}.share_count.{item}.{score}", Expected(times, n=n)
    for item, found in ranked.items():
        rank = 1 + sum(
            second.shown(other.value) > second.shown(found.value)
            for other in ranked.values()
        )
        told = Expected(Fraction(rank), n=found.n, beyond=_RANK_LIMITS)
        yield f"{at}.item_rank.{item}", told
    if asked.ikm is not None and asked.survey.missing != "person":
        parts = [each.weight * asked.items[each.key].value for each in office.questions]
        yield f"{at}.nrr_weighted", Expected(sum(parts, Fraction(0)), n=asked.ikm.n)


def _weighted(weight: Fraction, found: second.Figure | None) -> Expected:
    return Expected(weight * found.value, n=found.n) if found else Expected()
