"""The distance from a target, a second time, and what it may be called."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_city import figure_of, shares
from skm_analysis.audit.second_index import shown
from skm_analysis.audit.second_interval import Limits
from skm_analysis.audit.second_rows import as_one, known_where_bare
from skm_analysis.audit.second_surveyed import Asked


def expect_target(
    at: str, units: Sequence[Asked], target: Fraction | None, end: str = ""
) -> Iterator[tuple[str, Expected]]:
    """The mean index of some units minus a target; nothing without either."""
    asked = [each for each in units if each.ikm is not None]
    if target is None or not asked:
        return
    figures = [figure_of(each) for each in asked]
    index = as_one(known_where_bare(shares([1] * len(figures), figures)))
    level = asked[0].survey.level
    found = index.limits(level)
    moved = found and Limits(*(end - float(target) for end in found))
    reached = shown(index.value) >= target
    yield (
        f"{at}.target_gap{end}",
        Expected(
            index.value - target,
            n=index.n,
            limits=moved,
            level=level if found else None,
            category="reached" if reached else "not_reached",
            words=_words(found, target, reached=reached),
        ),
    )


def _words(found: Limits | None, target: Fraction, *, reached: bool) -> tuple[str, ...]:
    """Reached by the printed index, and whether the interval bears that out."""
    word = "tercapai" if reached else "tidak tercapai"
    above = found is not None and found.low >= target
    below = found is not None and found.high < target
    sure = above if reached else below
    evidence = "didukung data" if sure else "belum dapat dipastikan"
    return word, f"{word}, {evidence}"
