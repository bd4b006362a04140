"""The rows of the difference from the headline that was printed the year before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from skm_analysis.estimates.city import width_flags
from skm_analysis.estimates.city_rows import combined_flags, counted_units
from skm_analysis.estimates.comparison_rows import Pair
from skm_analysis.estimates.grading import shown_value, stored_value
from skm_analysis.estimates.interval import (
    Term,
    known_where_bare,
    mover,
    opposed,
    total,
)
from skm_analysis.estimates.printed_difference import (
    Headlines,
    recomputed_minus_printed,
    split,
    whole,
)
from skm_analysis.estimates.recording import Address, sum_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.study.history import HistoricFigure
from skm_analysis.study.records import Study

MEASURE = "difference_printed"
PRINTED = "previous+printed"


def difference_printed_rows(
    at: Address,
    studies: tuple[Study, Study],
    surveyed: tuple[Mapping[str, Surveyed], Mapping[str, Surveyed]],
    pairs: Mapping[str, Pair],
    printed: Decimal,
) -> list[Row]:
    """The difference and its parts, with the printed figure and the units behind them.

    `studies` and `surveyed`: the later and the earlier. Over the units of the
    published headlines. Nothing where one of the years has no headline.
    """
    now, then = (
        {each.surveyed.unit.id: each for each in counted_units(study, found.values())}
        for study, found in zip(studies, surveyed, strict=True)
    )
    years = Headlines(
        now={unit: each.ikm for unit, each in now.items() if each.told},
        then={unit: each.ikm for unit, each in then.items() if each.told},
        same={unit for unit, pair in pairs.items() if pair.whole},
        crossed={
            unit for unit in now if unit in then and now[unit].told != then[unit].told
        },
        printed=printed,
    )
    if not years.now or not years.then:
        return []
    flags = combined_flags(
        each.surveyed for year in (now, then) for each in year.values() if each.told
    )
    level = float(studies[0].confidence_level)
    before = at._replace(study=studies[1].id, part=PRINTED)
    return [
        before.row("ikm_mean_of_units", float(printed)).flagged("printed"),
        *_rows(at, years, level, flags),
        *_unit_counts(at, years),
    ]


def printed_headline(history: Iterable[HistoricFigure], year: int) -> Decimal | None:
    """The city's mean of units as a report of that year printed it."""
    found = [
        figure.value
        for figure in history
        if figure.year == year
        and not figure.unit
        and figure.measure == "ikm_mean_of_units"
    ]
    return found[0] if found else None


def _rows(
    at: Address, years: Headlines, level: float, flags: Sequence[str]
) -> list[Row]:
    parts = split(years)
    all_terms = whole(years)
    row = _shifted(
        _sum(at, "", all_terms, level, flags),
        all_terms,
        level,
        recomputed_minus_printed(years),
    )
    if parts is None:
        return [row.flagged("no_unit_in_both")]
    sums = {
        "matched": parts.matched,
        "instrument": parts.instrument,
        "entered_left": parts.entered_left,
    }
    pieces = {
        "entered_left-membership": parts.membership,
        "entered_left-threshold": parts.threshold,
    }
    apart = [parts.matched, parts.instrument, *pieces.values()]
    whole_value = total(all_terms) + parts.method
    for terms in (sums.values(), apart):
        values = [*(total(each) for each in terms), parts.method]
        if sum(map(shown_value, values)) != shown_value(whole_value):
            row = row.flagged("rounding_shows")
    sums |= pieces
    return [
        row,
        *(_sum(at, name, terms, level, flags) for name, terms in sums.items()),
        at.row(MEASURE, stored_value(parts.method), category="method"),
    ]


def _sum(
    at: Address, name: str, terms: Sequence[Term], level: float, flags: Iterable[str]
) -> Row:
    n = sum(term.estimate.n for term in terms)
    if not terms:
        return at.row(MEASURE, 0.0, category=name, n=n).flagged("no_units")
    width = width_flags([term.estimate for term in terms])
    row = sum_row(at, MEASURE, known_where_bare(terms), level=level, n=n)
    return replace(row, category=name).flagged(*flags, *width)


def _shifted(row: Row, terms: Sequence[Term], level: float, by: Fraction) -> Row:
    """The row, its value and limits moved by a number that is known exactly."""
    found = mover(opposed(known_where_bare(terms)), level)
    return replace(
        row,
        value=stored_value(total(terms) + by),
        ci_low=found.low + float(by) if found else None,
        ci_high=found.high + float(by) if found else None,
    )


def _unit_counts(at: Address, years: Headlines) -> list[Row]:
    """How many units stand behind each part."""
    both = years.now.keys() & years.then.keys()
    once = {
        "entered": years.now.keys() - both - years.crossed,
        "left": years.then.keys() - both - years.crossed,
        "crossed": (years.now.keys() ^ years.then.keys()) & years.crossed,
    }
    counts = {
        "matched": both & years.same,
        "instrument": both - years.same,
        **once,
    }
    return [
        at.tally("n_units", len(units), category=f"difference-{name}")
        for name, units in counts.items()
    ]
