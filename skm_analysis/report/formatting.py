"""The only place where a number is rounded or written the Indonesian way."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal

Figure = int | float | Decimal | Fraction

_LOCALE = "id_ID"
_MINUS = "−"


def rounded(value: Figure, places: int) -> Decimal:
    """`value` to `places` decimals, half up, from the digits that it is written with.

    A float counts as its shortest decimal (95.325, not the binary neighbour below),
    so what a person would round on paper and what is printed agree.

    >>> rounded(95.325, 2)
    Decimal('95.33')
    >>> rounded(-0.004, 2)
    Decimal('0.00')
    """
    step = Decimal(1).scaleb(-places)
    if isinstance(value, Fraction):
        top = 2 * abs(value.numerator) * 10**places + value.denominator
        whole = top // (2 * value.denominator)
        return Decimal(whole if value >= 0 else -whole) * step
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(step, ROUND_HALF_UP) + 0  # no minus zero


def decimal(value: Figure, places: int) -> str:
    """
    >>> decimal(95.325, 2), decimal(Fraction(3845, 1000), 2), decimal(-1.5, 1)
    ('95,33', '3,85', '−1,5')
    >>> decimal(12345.6, 1)
    '12.345,6'
    """
    pattern = "#,##0" + ("." + "0" * places if places else "")
    written = format_decimal(rounded(value, places), pattern, locale=_LOCALE)
    return str(written).replace("-", _MINUS)


def count(value: int) -> str:
    """
    >>> count(1234), count(0)
    ('1.234', '0')
    """
    return decimal(value, 0)


def percent(share: Figure, places: int = 0) -> str:
    """A share of one as a percentage.

    >>> percent(0.583), percent(0.0825, 1), percent(1)
    ('58%', '8,3%', '100%')
    """
    exact = Decimal(str(share)) if isinstance(share, float) else share
    return decimal(exact * 100, places) + "%"


def english(value: Figure, places: int, *, percent: bool = False) -> str:
    """As an English sentence has it; thousands are parted by a space from 10 000 on.

    >>> english(96.125, 2), english(0.95, 0, percent=True), english(5582, 0)
    ('96.13', '95%', '5582')
    >>> english(12345, 0), english(-0.5, 2)
    ('12\xa0345', '−0.50')
    """
    exact = Decimal(str(value)) if isinstance(value, float) else value
    shown = rounded(exact * 100 if percent else exact, places)
    grouped = f"{shown:,}" if abs(shown) >= 10_000 else str(shown)
    written = grouped.replace(",", "\u00a0").replace("-", _MINUS)
    return f"{written}%" if percent else written


def signed(value: Figure, places: int) -> str:
    """A change, with its sign; what rounds to nothing has none.

    >>> signed(1.2, 2), signed(-0.8, 2), signed(-0.001, 2)
    ('+1,20', '−0,80', '0,00')
    """
    shown = decimal(value, places)
    return f"+{shown}" if rounded(value, places) > 0 else shown


def interval(low: Figure, high: Figure, places: int) -> str:
    """
    >>> interval(94.2, 97.096, 2), interval(-1.2, 0.4, 2)
    ('94,20–97,10', '−1,20–0,40')
    """
    return f"{decimal(low, places)}–{decimal(high, places)}"


def p_value(value: float) -> str:
    """
    >>> p_value(0.0004), p_value(0.0125), p_value(1.0)
    ('< 0,001', '0,013', '1,000')
    """
    return "< 0,001" if value < 0.001 else decimal(value, 3)


def day(when: date) -> str:
    """
    >>> day(date(2022, 2, 17))
    '17 Februari 2022'
    """
    return str(format_date(when, "d MMMM y", locale=_LOCALE))


def span(start: date, end: date) -> str:
    """
    >>> span(date(2021, 1, 1), date(2021, 6, 30))
    '1 Januari sampai dengan 30 Juni 2021'
    >>> span(date(2020, 11, 1), date(2021, 1, 31))
    '1 November 2020 sampai dengan 31 Januari 2021'
    """
    pattern = "d MMMM" if start.year == end.year else "d MMMM y"
    return f"{format_date(start, pattern, locale=_LOCALE)} sampai dengan {day(end)}"


def roman(value: int) -> str:
    """
    >>> roman(4), roman(9), roman(14)
    ('IV', 'IX', 'XIV')
    """
    steps = zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    written = ""
    for step, letters in steps:
        times, value = divmod(value, step)
        written += letters * times
    return written
