"""A date as people and forms write it: day before month, four digits for the year.

Google Forms in Indonesian writes 2021/05/04 9:12:01 AM GMT+7, its spreadsheet
04/05/2021 9:12:01; one that was set up in English 5/4/2021 9:12:01, month first, which
a delivery has to declare. KoboToolbox and LimeSurvey begin with the year. A cell of a
workbook that lost its format holds the number of the day, 44320; so does a CSV that was
made of it. That has to be declared as well.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from skm_analysis.responses.spelling import fold
from skm_analysis.study.records import DateOrder

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[ t])")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?=$|[ ,])")
_NAMED = re.compile(r"(?:[a-z']+, ?)?(\d{1,2})[ -]([a-z]+)[ -](\d{4})(?=$|[ ,])")
# Days since then, as Excel counts them; the years 2009 to 2064.
_EXCEL = re.compile(r"([45]\d{4})(?:[.,]\d+)?")
_EXCEL_DAY_0 = date(1899, 12, 30)
_MANY = 20  # one day in so many
_LIKE_A_DAY = re.compile(r"\d+ ?[-/.] ?\d+")
_FEWEST_SWAPPED = 3  # days; fewer are slips of the pen
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari pebruari feb february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nopember nov nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}


def read_date(text: str, order: DateOrder = "day-first") -> date | None:
    """The day that `text` names; None where it would have to be guessed.

    The time of day and the zone behind it are not read. A two-digit year, a month
    above twelve and a month without a day name no day.

    >>> read_date("2021/05/04 9:12:01 AM GMT+7") == read_date("4 Mei 2021")
    True
    >>> read_date("04/05/2021").isoformat()
    '2021-05-04'
    >>> read_date("05/13/2021"), read_date("Mei-21"), read_date("04/05/21")
    (None, None, None)
    >>> read_date("5/4/2021 9:12:01", "month-first").isoformat()
    '2021-05-04'
    >>> read_date("44320.38", "excel-number").isoformat(), read_date("44320.38")
    ('2021-05-04', None)
    """
    written = fold(text)
    if order == "excel-number" and (found := _EXCEL.fullmatch(written)):
        return _EXCEL_DAY_0 + timedelta(days=int(found[1]))
    if found := _ISO.match(written):
        year, month, day = found.groups()
    elif found := _YEAR_LAST.match(written):
        day, month, year = found.groups()
        if order == "month-first":
            day, month = month, day
    elif (found := _NAMED.match(written)) and found[2] in _MONTHS:
        day, month, year = found[1], str(_MONTHS[found[2]]), found[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def are_month_first(texts: Iterable[str]) -> bool:
    """Whether day first would misread these dates: some can only be month first.

    And none can only be day first, while others can be read either way, or no date at
    all can be read day first.
    """
    written = [*texts]
    seen = _Orders.of(written)
    if not seen.month_first or seen.day_first:
        return False
    return seen.either or not any(read_date(text) for text in written)


def are_mixed(texts: Iterable[str], order: DateOrder = "day-first") -> bool:
    """Whether some of these dates can be read in this order only, others not in it.

    Then nobody knows how to read the rest. A few dates of the other order are slips.

    >>> texts = ["13/5/2021", "5/13/2021", "5/14/2021", "5/15/2021", "4/5/2021"]
    >>> are_mixed(texts), are_mixed(texts, "month-first")
    (True, False)
    """
    other: DateOrder = "day-first" if order == "month-first" else "month-first"
    written = [text for text in map(fold, texts) if _YEAR_LAST.match(text)]
    read = [(read_date(text, order), read_date(text, other)) for text in written]
    swapped = {its for mine, its in read if its and not mine}
    days = swapped | {mine for mine, _ in read if mine}
    enough = max(_FEWEST_SWAPPED, len(days) / _MANY)
    return len(swapped) >= enough and any(mine and not its for mine, its in read)


def looks_like_a_day(text: str) -> bool:
    """Whether a text that no date can be read from was meant as one.

    >>> looks_like_a_day("04/05/21"), looks_like_a_day("2021-S1")
    (True, False)
    """
    return bool(_LIKE_A_DAY.search(text))


def are_excel_numbers(texts: Iterable[str]) -> bool:
    """Whether days of this column stand there as the numbers by which Excel counts.

    One in twenty is enough: each would be on no day.
    """
    written = [found for text in texts if (found := fold(text))]
    numbers = sum(bool(_EXCEL.fullmatch(text)) for text in written)
    return bool(numbers) and numbers * _MANY >= len(written)


def may_be_month_first(texts: Iterable[str]) -> bool:
    """Whether nothing in these dates tells which of two numbers is the month."""
    return _Orders.of(texts) == _Orders(either=True, month_first=False, day_first=False)


class _Orders(NamedTuple):
    """How the dates of a column can be read."""

    either: bool  # as two unlike days
    month_first: bool  # so only
    day_first: bool  # so only

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Orders":
        written = [text for text in map(fold, texts) if _YEAR_LAST.match(text)]
        both = [(read_date(text), read_date(text, "month-first")) for text in written]
        return cls(
            either=any(day and month and day != month for day, month in both),
            month_first=any(day is None and month for day, month in both),
            day_first=any(day and month is None for day, month in both),
        )
