"""What a row of the estimates should say, and rows that any group of sheets has."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from skm_analysis.audit.answers import PROFILE, Sheet
from skm_analysis.audit.second_interval import Limits

UNKNOWN = "Tidak diketahui"  # the band of who did not say
Told = Fraction | float | str | None


class Expected(NamedTuple):
    """What one row should say, column by column; None: nothing.

    Attributes
    ----------
    letter
        of a `grade` in `category`, of a `sensitivity_grade` among the flags
    beyond
        columns that are not worked out again
    slack
        how far a value found by bisection may be from the exact one
    words
        what a verdict with this key may say; None: not worked out
    beside
        numbers and words that are printed under this key and another column
    row
        whether the estimates have a row of this key, or it is only printed
    """

    value: Fraction | float | None = None
    se: float | None = None
    n: int | None = None
    df: float | None = None
    limits: Limits | None = None
    level: Fraction | None = None
    population: int | None = None
    category: str | None = None
    letter: str | None = None
    beyond: tuple[str, ...] = ()
    slack: float = 0.0
    words: tuple[str, ...] | None = None
    beside: Mapping[str, Told] = MappingProxyType({})
    row: bool = True

    def cells(self) -> dict[str, Told]:
        """The columns of the row that are recomputed, and what should stand there."""
        low, high = self.limits or (None, None)
        cells: dict[str, Told] = {
            "value": self.value,
            "se": self.se,
            "df": self.df,
            "ci_low": low,
            "ci_high": high,
            "level": self.level,
            "n": self.n,
            "population": self.population,
        }
        if self.category is not None:
            cells["category"] = self.category
        if self.letter is not None:
            cells["letter"] = self.letter
        return {name: told for name, told in cells.items() if name not in self.beyond}

    def shown(self, column: str) -> Told:
        """What may be printed under the key and a column; None: not worked out."""
        if column in self.beside:
            return self.beside[column]
        if column == "abs" and self.value is not None:
            return self.value if self.value >= 0 else -self.value
        return self.cells().get(column)


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
