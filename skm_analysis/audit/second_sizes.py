"""How many respondents each unit needed, a second time, and whether they were reached.

The number for a change, which asks for the noncentral t distribution, is not worked
out again.
"""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from statistics import NormalDist
from typing import NamedTuple

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Question, Survey
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_interval import pseudo_beta
from skm_analysis.audit.second_surveyed import RANDOM, Asked, index_of

FEWEST_TOLD = 10
ENOUGH, SHORT = "mencukupi", "belum mencukupi"
_MARGIN = Fraction("0.05")  # of a proportion of one half


class Earlier(NamedTuple):
    """What the earlier survey says of the unit's spread."""

    n: int
    ikm: second.Figure
    deviation: float  # of one respondent, in index points
    in_clusters: bool = False


def expect_sizes(asked: Asked, then: Asked | None) -> Iterator[tuple[str, Expected]]:
    """The numbers by every rule, and the words for those that were reached or not."""
    office, survey = asked.office, asked.survey
    at, people = f"unit.{slug(office.id)}", office.people
    required = krejcie_morgan(people)
    short = {"short": Fraction(required - asked.n)} if asked.n < required else {}
    words = _words(asked, "K–M", met=asked.n >= required)
    yield (
        f"{at}.n_required",
        _size(office, required)._replace(words=words, beside=short),
    )
    yield f"{at}.n_cochran", _size(office, cochran(people))
    yield f"{at}.n_slovin", _size(office, slovin(people))
    if office.planned:
        yield f"{at}.n_planned", _size(office, office.planned)
    if not survey.past_is_kept:
        return
    earlier = _earlier(asked, then)
    n = earlier.n if earlier else None
    precise = _for_margin(asked, earlier)
    yield f"{at}.n_required_precision", _size(office, precise)._replace(n=n)
    unknown = Expected(n=n, population=people, beyond=("value",))
    yield f"{at}.n_required_change", unknown
    aimed = office.planned or max(required, precise or 0)
    yield f"{at}.n_to_ask", _size(office, _to_ask(survey, office, aimed, then))


def expect_margin(asked: Asked) -> Iterator[tuple[str, Expected]]:
    """Half the width of the index's interval, and whether it is what was agreed."""
    index, survey = asked.ikm, asked.survey
    limits = index.limits(survey.level) if index else None
    if index is None or limits is None:
        return
    half = (limits.high - limits.low) / 2
    row = Expected(half, n=index.n, level=survey.level)
    if survey.margin is not None:
        met = half <= float(survey.margin)
        row = row._replace(words=_words(asked, "margin", met=met))
    yield f"unit.{slug(asked.office.id)}.margin", row


def krejcie_morgan(people: int | None) -> int:
    """Chi-square 3.841, P = 0.5, d = 0.05, nearest whole."""
    spread = Fraction("3.841") / 4
    if people is None:
        return math.floor(spread / _MARGIN**2 + Fraction(1, 2))
    exact = spread * people / (_MARGIN**2 * (people - 1) + spread)
    return math.floor(exact + Fraction(1, 2))


def cochran(people: int | None) -> int:
    z = NormalDist().inv_cdf(0.975)
    first = z * z / 4 / float(_MARGIN) ** 2
    return math.ceil(first if people is None else first / (1 + (first - 1) / people))


def slovin(people: int | None) -> int:
    exact = 1 / _MARGIN**2 if people is None else people / (1 + people * _MARGIN**2)
    return math.ceil(exact)


def _size(office: Office, size: int | None) -> Expected:
    value = None if size is None else Fraction(size)
    return Expected(value, population=office.people)


def _words(asked: Asked, name: str, *, met: bool) -> tuple[str, ...]:
    """A census needs no size."""
    if asked.office.sampling == "census" or asked.n == 0:
        return ()
    return (name, ENOUGH) if met else (SHORT,)


def _earlier(asked: Asked, then: Asked | None) -> Earlier | None:
    """The index of then on the questions of both, as if people were without number."""
    if then is None or then.design is None or then.n < FEWEST_TOLD:
        return None
    asks = {question.key: question for question in then.office.questions}
    common = [each for each in asked.office.questions if each.key in asks]
    whole = sum((each.weight for each in common), Fraction(0))
    if then.office.scale != asked.office.scale or whole == 0:
        return None
    weights = [each.weight / whole for each in common]
    endless = then.design._replace(
        finite=tuple(Fraction(0) for _ in then.design.finite)
    )
    questions: list[Question] = [asks[each.key] for each in common]
    index = index_of(then.survey, then.office, endless, questions, weights)
    if index is None or index.spread is None or index.spread.se == 0:
        return None
    deviation = index.spread.se * math.sqrt(then.n)
    return Earlier(then.n, index, deviation, in_clusters=endless.rho is not None)


def _for_margin(asked: Asked, earlier: Earlier | None) -> int | None:
    """Fewest with which half the printed interval would be at most the margin."""
    office, survey = asked.office, asked.survey
    if office.sampling == "census" or survey.margin is None or earlier is None:
        return None
    finite = office.sampling in RANDOM and not earlier.in_clusters
    people = office.people if finite else None
    size = fewest(earlier, survey.margin, people, survey.level)
    return _at_most(size, office.people)


def fewest(
    earlier: Earlier, margin: Fraction, people: int | None, level: Fraction
) -> int | None:
    """Respondents with which half the interval at the index of then is the margin."""
    value, known = earlier.ikm.value, earlier.ikm.spread
    if known is None:
        return None

    def wide(n: int) -> bool:
        left = 1 - n / people if people else 1.0
        spread = known._replace(
            se=earlier.deviation * math.sqrt(left / n),
            df=n - 1,
            concentration=known.concentration * earlier.n / n,
            sampled=left,
        )
        low, high = pseudo_beta(value, spread, level)
        return high - low > 2 * float(margin)

    return _first(wide, people)


def _first(wide: Callable[[int], bool], most: int | None) -> int | None:
    """The first n from 2 on that is not too wide."""
    last = 2
    while wide(last):
        if last == most:
            return None
        last = last * 2 if most is None else min(last * 2, most)
    first = 2 if last == 2 else last // 2 + 1
    while first < last:
        middle = (first + last) // 2
        if wide(middle):
            first = middle + 1
        else:
            last = middle
    return last


def _at_most(size: int | None, people: int | None) -> int | None:
    if people is None:
        return size
    return people if size is None else min(size, people)


def _to_ask(
    survey: Survey, office: Office, aimed: int, then: Asked | None
) -> int | None:
    """So that about as many answer as are aimed at, by the rate stated or of then."""
    if office.sampling == "census":
        return office.people
    silent = survey.nonresponse
    if silent is None and then is not None and then.office.approached:
        came = Fraction(then.n, then.office.approached)
        silent = 1 - came if 0 < came <= 1 else None
    if silent is None:
        return None
    return _at_most(math.ceil(aimed / (1 - silent)), office.people)
