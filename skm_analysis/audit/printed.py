"""How an exact number stands in a report, written anew from the rules for printing.

Half up, dot between thousands, decimal comma, a sign where the text has one.
"""

import math
import re
from fractions import Fraction

_FORM = re.compile(r"[+\u2212-]?[\d.]+(?:,(\d+))?(\s?%)?")


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


def _written(text: str, exact: Fraction) -> str:
    form = _FORM.fullmatch(text)
    places = len(form[1] or "") if form else 2
    percent = (form[2] or "") if form else ""
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
