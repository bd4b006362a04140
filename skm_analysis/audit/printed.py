"""How an exact number stands in a report, written anew from the rules for printing.

Half up, dot between thousands, decimal comma, a sign where the text has one.
"""

import math
import re
from fractions import Fraction

_FORM = re.compile(r"[+\u2212-]?[\d.]+(?:,(\d+))?(\s?%)?")
# Never an Indonesian number: a point before one or two decimals, thousands without
# a point or parted by a space.
_ENGLISH = re.compile(
    r"[+\u2212-]?(\d+(\u00a0\d{3})*\.\d{1,2}%?|\d{1,3}(\u00a0\d{3})+|\d{4,})"
)
_PLAIN = 10_000  # up to here English thousands are not parted


def renderings(
    text: str, exact: Fraction | float | str, tolerance: float
) -> tuple[str, ...]:
    """What may stand where `text` stands, in its own form, the likeliest first.

    More than one where a float is so near a tie that its last digits decide. A text
    that is no number is answered with two decimals.
    """
    if isinstance(exact, str):
        return (exact,)
    if isinstance(exact, Fraction | int):
        return (_written(text, Fraction(exact)),)
    middle = Fraction(repr(exact))
    reach = Fraction(tolerance) * max(Fraction(1), abs(middle))
    return tuple(_written(text, middle + move) for move in (0, -reach, reach))


def is_word(text: str, column: str) -> bool:
    """Whether a verdict is in words of its own, beside the number it follows from."""
    return column != "category" and not any(each.isdigit() for each in text)


def rounded(text: str, value: float, rounding: str) -> str:
    """What should stand for `text` by a register row's own value and rounding.

    >>> rounded("+1,3", 1.25, "1"), rounded("8,2%", 0.0825, "1 percent")
    ('+1,3', '8,3%')
    >>> rounded("96.13", 96.125, "2 english"), rounded("", 12345.0, "0 english")
    ('96.13', '12\xa0345')
    """
    places, *ways = rounding.split()
    percent = "%" if "percent" in ways else ""
    if "english" in ways:
        return _parted(text, Fraction(repr(value)), int(places), percent)
    if text.startswith("< "):
        least = Fraction(1, 10 ** int(places))
        if Fraction(repr(value)) < least:
            return f"< {_digits('', least, int(places), '')}"
    return _digits(text, Fraction(repr(value)), int(places), percent)


def _written(text: str, exact: Fraction) -> str:
    if _ENGLISH.fullmatch(text):
        return _english(text, exact)
    form = _FORM.fullmatch(text)
    if form is None:
        return _digits(text, exact, 2, "")
    return _digits(text, exact, len(form[1] or ""), form[2] or "")


def _english(text: str, exact: Fraction) -> str:
    sign = "%" if text.endswith("%") else ""
    places = len(text.partition(".")[2].rstrip("%"))
    return _parted(text, exact, places, sign)


def _parted(text: str, exact: Fraction, places: int, percent: str) -> str:
    """With a decimal point, and a space between the thousands of large numbers."""
    whole, comma, decimals = _digits(text, exact, places, percent).partition(",")
    gap = "" if abs(exact) < _PLAIN else "\u00a0"
    return whole.replace(".", gap) + comma.replace(",", ".") + decimals


def _digits(text: str, exact: Fraction, places: int, percent: str) -> str:
    """Half up; the sign as in `text` where the number allows it."""
    scaled = exact * (100 if percent else 1) * 10**places
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    digits = f"{whole:0{places + 1}d}"
    before, after = digits[: len(digits) - places], digits[len(digits) - places :]
    grouped = f"{int(before):,}".replace(",", ".")
    return _sign(text, scaled, whole) + grouped + f",{after}" * (places > 0) + percent


def _sign(text: str, scaled: Fraction, whole: int) -> str:
    if whole == 0:
        return ""
    if scaled < 0:
        return "-" if text.startswith("-") else "\u2212"
    return "+" if text.startswith("+") else ""
