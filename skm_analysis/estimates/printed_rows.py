"""The rows of `history.csv`: which printed figures follow from those beside them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.estimates.grading import find_grade, stored_value
from skm_analysis.estimates.printed_figures import (
    last_step,
    possible_mean,
    possible_sum,
    read_index,
)
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row, slug
from skm_analysis.study.history import CITY_FIGURES, OF_ITEM, HistoricFigure
from skm_analysis.study.regulation import BANDS, BANDS_SCALE

MEASURE = "printed_check"


class Told(NamedTuple):
    """What was printed of one unit, or the city, in one year."""

    year: int
    unit: str
    figures: tuple[HistoricFigure, ...]

    @property
    def headline(self) -> HistoricFigure | None:
        return self._first("ikm", *CITY_FIGURES)

    @property
    def letter(self) -> str:
        found = self._first("grade")
        return found.printed if found else ""

    @property
    def items(self) -> tuple[HistoricFigure, ...]:
        """Means and sums of items; a mean where both were printed."""
        found = {
            each.item: each
            for measure in reversed(OF_ITEM)
            for each in self.figures
            if each.measure == measure
        }
        return tuple(found.values())

    def n_of(self, figure: HistoricFigure) -> int | None:
        """Respondents of an item: its own, otherwise those of the index."""
        if figure.n is not None or self.headline is None:
            return figure.n
        return self.headline.n

    def _first(self, *measures: str) -> HistoricFigure | None:
        found = (x for name in measures for x in self.figures if x.measure == name)
        return next(found, None)


def gather(history: Sequence[HistoricFigure]) -> list[Told]:
    """By year and unit, in the order of the file."""
    pairs = dict.fromkeys((each.year, each.unit) for each in history)
    return [
        Told(
            year,
            unit,
            tuple(x for x in history if (x.year, x.unit) == (year, unit)),
        )
        for year, unit in pairs
    ]


def printed_rows(study: str, history: Sequence[HistoricFigure]) -> list[Row]:
    """Per year and unit: the index worked out anew; per item whether it is possible.

    The year stands in `category`. All items of a questionnaire must be listed, with
    answers from 1 to 4 and equal weights; otherwise the index does not follow.
    """
    rows: list[Row] = []
    for told in gather(history):
        at = Address(study, "unit" if told.unit else "city", told.unit)
        rows += _index_row(at, told)
        if told.unit:  # a city's mean may be one of means, which no n binds
            for figure in told.items:
                rows += _item_row(at, told, figure)
    return rows


def _index_row(at: Address, told: Told) -> Iterator[Row]:
    index = told.headline
    if index is None or index.value is None:
        return
    means = [_mean(told, each) for each in told.items]
    known = [mean for mean in means if mean is not None]
    year, n = str(told.year), index.n
    letters = _grade_flags(told, Fraction(index.value), "grade_misfit")
    if len(known) < 2 or len(known) < len(means):
        if told.letter:
            yield at.row(MEASURE, category=year, n=n).flagged(*letters)
        return
    step = max(
        (
            last_step(each.value)
            for each in told.items
            if each.measure == "nrr" and each.value
        ),
        default=Fraction(0),
    )
    reading = read_index(known, index.value, highest=BANDS_SCALE[1], mean_step=step)
    flags = [
        "reproduced" if reading.reproduced else "not_reproduced",
        *(f"rule_{name}" for name in reading.rules),
    ]
    yield at.row(MEASURE, stored_value(reading.value), category=year, n=n).flagged(
        *flags, *letters, *_letter(told, reading.value)
    )


def _item_row(at: Address, told: Told, figure: HistoricFigure) -> Iterator[Row]:
    value, n = figure.value, told.n_of(figure)
    if value is None:
        return
    if figure.measure == "sum":
        possible = n is None or possible_sum(value, n, BANDS_SCALE)
    elif n is None:
        possible = BANDS_SCALE[0] <= value <= BANDS_SCALE[1]
    else:
        possible = possible_mean(value, n, BANDS_SCALE)
    flag = "possible_mean" if possible else "impossible_mean"
    if n is not None or not possible:
        yield at.row(
            MEASURE, float(value), item=figure.item, category=str(told.year), n=n
        ).flagged(flag)


def _mean(told: Told, figure: HistoricFigure) -> Fraction | None:
    n, value = told.n_of(figure), figure.value
    if value is None or figure.measure == "nrr":
        return None if value is None else Fraction(value)
    return Fraction(value) / n if n else None


def _grade_flags(told: Told, index: Fraction, misfit: str) -> tuple[str, ...]:
    """Whether the printed letter is that of the index."""
    bands = _bands(told)
    if not told.letter or bands is None:
        return ()
    return (misfit,) if find_grade(index, BANDS[bands]).grade != told.letter else ()


def _letter(told: Told, index: Fraction) -> tuple[str, ...]:
    """The letter of the index worked out anew, and whether it is another."""
    bands = _bands(told)
    if bands is None:
        return ()
    letter = find_grade(index, BANDS[bands]).grade
    return (f"grade_{letter}", *_grade_flags(told, index, "grade_differs"))


def _bands(told: Told) -> str | None:
    """The set of bands that the instrument's regulation brought."""
    name = slug(told.headline.instrument) if told.headline else ""
    return name if name in BANDS else None
