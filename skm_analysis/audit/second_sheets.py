"""Signs of how a unit's sheets were filled in, a second time."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from skm_analysis.audit.answers import GATHERED, Office, Sheet
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_surveyed import Asked

# The twins to expect by chance, and runs in the order of the files, which no table of
# an edition keeps, are not worked out again.


def expect_sheets(asked: Asked) -> Iterator[tuple[str, Expected]]:
    """Shares of the sheets that count."""
    office, sheets, n = asked.office, asked.sheets, asked.n
    at = f"unit.{slug(office.id)}"
    twins = Counter(vector(office, sheet) for sheet in sheets)
    shares = {
        "straight_lined": sum(map(one_answer_throughout, sheets)),
        "all_highest": sum(only_the_highest(office, sheet) for sheet in sheets),
        "duplicate_vectors": sum(times for times in twins.values() if times > 1),
        "any_nonresponse": sum(
            len(sheet.scores) < len(office.questions) for sheet in sheets
        ),
    }
    for question in office.questions:
        blank = sum(question.key not in sheet.scores for sheet in sheets)
        shares[f"item_nonresponse.{slug(question.key)}"] = blank
    for name, times in shares.items():
        yield f"{at}.{name}", Expected(Fraction(times, n), n=n)
    for column in GATHERED:
        known = [s.gathered[column] for s in sheets if s.gathered.get(column)]
        if known:
            most = max(Counter(known).values())
            share = Expected(Fraction(most, len(known)), n=len(known))
            yield f"{at}.concentration.{column}", share


def vector(office: Office, sheet: Sheet) -> tuple[int | None, ...]:
    """A sheet's answers in the order of the questions, with its blanks."""
    return tuple(sheet.scores.get(question.key) for question in office.questions)


def one_answer_throughout(sheet: Sheet) -> bool:
    return len(sheet.scores) > 1 and len(set(sheet.scores.values())) == 1


def only_the_highest(office: Office, sheet: Sheet) -> bool:
    return set(sheet.scores.values()) == {office.scale[1]}
