"""Count, index and letter of one survey of a unit, a second time."""

from collections.abc import Iterator
from fractions import Fraction

from skm_analysis.audit import second_index as second
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_city import MOST_UNCOVERED
from skm_analysis.audit.second_rows import mean
from skm_analysis.audit.second_surveyed import Asked

Rows = Iterator[tuple[str, Expected]]
FEWEST_RELIABLE = 30


def summary(asked: Asked, part: str) -> Rows:
    """How many count, their index, and its letter."""
    at, end = f"unit.{slug(asked.office.id)}", f"@{part}" if part else ""
    yield f"{at}.n_accepted{end}", Expected(Fraction(asked.n), n=asked.n)
    office, index = asked.office, asked.ikm
    row = mean(index, asked.survey.level, office.people)
    if index is not None and row.limits is not None and office.bands:
        row = row._replace(beside=_interval_letters(row, office.bands))
    yield f"{at}.ikm{end}", row
    uncovered = office.uncovered > MOST_UNCOVERED and part != "internal"
    letter = ""
    if index is not None and office.bands and not uncovered:
        letter = second.letter(index.value, office.bands)
    n = index.n if index else 0
    yield f"{at}.grade{end}", Expected(category=letter, n=n)


def _interval_letters(row: Expected, bands: str) -> dict[str, str]:
    """The letters of both limits, and the one that they share."""
    low, high = (
        second.letter(Fraction(repr(end)), bands) for end in row.limits or (0.0, 0.0)
    )
    both = {"ci_low_grade": low, "ci_high_grade": high}
    return both | ({"interval_grade": low} if low == high else {})


def difference_words(row: Expected, fewer: int) -> tuple[str, ...]:
    """What the unit's own survey may be called beside the independent one."""
    if row.limits is None or row.value is None:
        return ()
    if row.limits.low <= 0 <= row.limits.high or fewer < FEWEST_RELIABLE:
        return ("tidak dapat dibedakan",)
    return ("lebih tinggi" if row.value > 0 else "lebih rendah",)
