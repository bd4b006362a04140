"""A date as people and forms write it: day before month, four digits for the year."""

import re
from datetime import date

from skm_analysis.responses.spelling import fold

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[ t])")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?=$|[ ,])")
_NAMED = re.compile(r"(?:[a-z']+, ?)?(\d{1,2})[ -]([a-z]+)[ -](\d{4})(?=$|[ ,])")
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


def read_date(text: str) -> date | None:
    """The day that `text` names; None where it would have to be guessed.

    The time of day and the zone behind it are not read. A two-digit year, a month
    above twelve and a month without a day name no day.

    >>> read_date("2021/05/04 9:12:01 AM GMT+7") == read_date("4 Mei 2021")
    True
    >>> read_date("04/05/2021").isoformat()
    '2021-05-04'
    >>> read_date("05/13/2021"), read_date("Mei-21"), read_date("04/05/21")
    (None, None, None)
    """
    written = fold(text)
    if found := _ISO.match(written):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.match(written):
        day, month, year = found.groups()
    elif (found := _NAMED.match(written)) and found[2] in _MONTHS:
        day, month, year = found[1], str(_MONTHS[found[2]]), found[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
