"""How many units have a letter, reached a target, or rose, counted a second time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from skm_analysis.audit import second_index as second
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_city import FEWEST_PUBLISHED, MOST_UNCOVERED
from skm_analysis.audit.second_record import printed
from skm_analysis.audit.second_sizes import krejcie_morgan
from skm_analysis.audit.second_surveyed import Asked

FEWEST_RELIABLE = 30
WORDS = ("naik", "turun", "tetap", "tidak dapat dibedakan")
Rows = Iterator[tuple[str, Expected]]


def expect_tallies(now: Mapping[str, Asked], rows: Mapping[str, Expected]) -> Rows:
    """Numbers of units that stand in no row of the estimates.

    `rows`: what the units' own rows should say.
    """
    units = list(now.values())
    yield from _letters("city.", units)
    for kind in dict.fromkeys(each.office.kind for each in units):
        yield from _letters(
            f"group.{kind}", [each for each in units if each.office.kind == kind]
        )
    n = [each.ikm.n if each.ikm else each.n for each in units]
    small = [each for each in n if 0 < each < FEWEST_PUBLISHED]
    yield "city..units.told", printed(sum(map(_told, units)))
    yield "city..units.suppressed", printed(len(small))
    few = sum(FEWEST_PUBLISHED <= each < FEWEST_RELIABLE for each in n)
    yield "city..units.indicative", printed(few)
    yield from _sizes(units)
    yield from _targets([each for each in units if _told(each)], rows)
    yield from _changes([each for each in units if _told(each)], rows)


def _told(asked: Asked) -> bool:
    """Enough respondents for the index to be printed."""
    return asked.ikm is not None and asked.ikm.n >= FEWEST_PUBLISHED


def _letter(asked: Asked) -> str:
    office, index = asked.office, asked.ikm
    graded = office.bands and office.uncovered <= MOST_UNCOVERED and _told(asked)
    return second.letter(index.value, office.bands) if graded and index else ""


def _letters(at: str, units: Sequence[Asked]) -> Rows:
    letters = Counter(_letter(each) for each in units)
    none = letters.pop("", 0)
    yield f"{at}.graded", printed(letters.total())
    for letter in "ABCD":
        row = printed(letters[letter])._replace(beside={"letter": letter})
        yield f"{at}.graded.{letter.lower()}", row
    yield f"{at}.graded.none", printed(none)
    yield f"{at}.graded.units", printed(len(units))


def _sizes(units: Sequence[Asked]) -> Rows:
    judged = [
        each
        for each in units
        if each.sheets
        and each.office.sampling != "census"
        # Of more sheets than people, one of the two numbers is wrong.
        and (each.office.people is None or each.n <= each.office.people)
    ]
    enough = sum(each.n >= krejcie_morgan(each.office.people) for each in judged)
    yield "city..sample.judged", printed(len(judged))
    yield "city..sample.enough", printed(enough)
    yield "city..sample.short", printed(len(judged) - enough)


def _targets(units: Sequence[Asked], rows: Mapping[str, Expected]) -> Rows:
    found = [rows.get(f"unit.{slug(each.office.id)}.target_gap") for each in units]
    known = [row for row in found if row is not None]
    yield "city..targets", printed(len(known))
    reached = sum(row.category == "reached" for row in known)
    yield "city..targets.reached", printed(reached)
    sure = sum("tercapai, didukung data" in (row.words or ()) for row in known)
    yield "city..targets.supported", printed(sure)


def _changes(units: Sequence[Asked], rows: Mapping[str, Expected]) -> Rows:
    """Of those with enough respondents in both years for a direction."""
    found = [
        rows.get(f"unit.{slug(each.office.id)}.change")
        for each in units
        if each.n >= FEWEST_RELIABLE
    ]
    words = Counter(row.words[0] for row in found if row and row.words)
    told = {word: words[word] for word in WORDS if words[word]}
    yield "city..compared", printed(sum(told.values()))
    for word, many in told.items():
        yield f"city..compared.{word.split()[0]}", printed(many)
