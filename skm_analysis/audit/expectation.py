"""What a row of the estimates should say, and rows that any group of sheets has."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit.answers import PROFILE, Sheet
from skm_analysis.audit.second_interval import Limits


class Expected(NamedTuple):
    """What one row should say; None: nothing."""

    value: Fraction | float | None = None
    se: float | None = None
    n: int | None = None
    letter: str | None = None
    has_error: bool = False  # whether an error and limits belong to the measure
    df: float | None = None
    limits: Limits | None = None
    level: Fraction | None = None

    def cells(self) -> dict[str, Fraction | float | str | None]:
        """The columns of the row that are recomputed, and what should stand there."""
        if self.letter is not None:
            return {"category": self.letter}
        cells: dict[str, Fraction | float | str | None] = {"value": self.value}
        if self.has_error:
            low, high = self.limits or (None, None)
            cells |= {"se": self.se, "df": self.df, "ci_low": low, "ci_high": high}
            cells["level"] = self.level if self.limits else None
        if self.value is not None:
            cells["n"] = self.n
        return cells


def profile(
    at: str, sheets: Sequence[Sheet], variables: Sequence[str] = PROFILE
) -> Iterator[tuple[str, Expected]]:
    """Respondents per band; a band that nobody is in is not expected."""
    for variable in variables:
        bands = [s.profile[variable] for s in sheets if variable in s.profile]
        for band, times in Counter(bands).items():
            name = f"{variable}.{piece(band or 'Tidak diketahui')}"
            many, n = Fraction(times), len(bands)
            yield f"{at}.profile.{name}", Expected(many / n, n=n)
            yield f"{at}.profile_count.{name}", Expected(many, n=n)


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def piece(text: str) -> str:
    """A category in a key: at most 40 characters, else 33 and a digest of the text.

    So too where a letter is not of a-z.
    """
    plain = slug(text)
    foreign = any(each.isalpha() and ord(each) > 127 for each in text)
    if text and (plain == "" or len(plain) > 40 or foreign):
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return "-".join(filter(None, [plain[:33].strip("-"), digest[:6]]))
    return plain


def part_name(name: str) -> str:
    """A stratum or period in a key: as it is, where it looks like an id."""
    return name if re.fullmatch(r"[A-Za-z0-9=_+-]{1,56}", name) else piece(name)
