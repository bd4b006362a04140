"""How many sheets came and do not count, a second time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from skm_analysis.audit.answers import SetAside, Survey
from skm_analysis.audit.expectation import Expected, piece, slug
from skm_analysis.audit.second_surveyed import Asked


def expect_counts(
    survey: Survey, now: Mapping[str, Asked]
) -> Iterator[tuple[str, Expected]]:
    """Per unit those of the source that gives its figures; of the city all others'."""
    for asked in now.values():
        office = asked.office
        source = "external" if asked.external else "internal"
        aside = [
            row
            for row in survey.set_aside
            if row.source == source and row.unit == office.id
        ]
        at = f"unit.{slug(office.id)}"
        yield from _counts(at, asked.n, aside, office.approached)
    independent = [asked for asked in now.values() if asked.external]
    n = sum(asked.n for asked in independent)
    yield "city..n_accepted", Expected(Fraction(n), n=n)
    aside = [row for row in survey.set_aside if row.source == "external"]
    known = [
        a.office.approached for a in independent if a.office.approached is not None
    ]
    whole = sum(known) if len(known) == len(independent) else None
    yield from _counts("city.", n, aside, whole)


def _counts(
    at: str, accepted: int, aside: Sequence[SetAside], approached: int | None
) -> Iterator[tuple[str, Expected]]:
    yield f"{at}.n_received", Expected(Fraction(accepted + len(aside)))
    yield f"{at}.n_set_aside", Expected(Fraction(len(aside)))
    for reason, times in Counter(row.reason for row in aside).items():
        yield f"{at}.n_set_aside.{piece(reason)}", Expected(Fraction(times))
    if approached:
        rate = Fraction(accepted, approached)
        yield f"{at}.response_rate", Expected(rate, n=approached)
