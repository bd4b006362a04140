"""Comments by theme, counted a second time from the themes that an edition keeps.

Their words are in no edition: what a comment is about is not judged again.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from skm_analysis.audit.answers import Survey
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_respondents import merged
from skm_analysis.audit.second_surveyed import Asked


def expect_comments(survey: Survey, asked: Asked) -> Iterator[tuple[str, Expected]]:
    """Of the accepted sheets that the unit's figures rest on, where it was asked."""
    source = "external" if asked.external else "internal"
    if (asked.office.id, source) not in survey.commented:
        return
    at = f"unit.{slug(asked.office.id)}"
    known = (survey.themes.get(sheet.name) for sheet in asked.sheets)
    mine = [each for each in known if each is not None]
    n = len(mine)
    reviewed = sum(each.status == "decided" for each in mine)
    yield f"{at}.n_comments", Expected(Fraction(n), n=asked.n)
    yield f"{at}.n_comments_reviewed", Expected(Fraction(reviewed), n=n)
    counts = Counter(each.theme for each in mine)
    for theme, many in counts.items():
        yield f"{at}.theme.{slug(theme)}", Expected(Fraction(many), n=n)
    told = Expected(beside={"merged_count": Fraction(merged(counts))}, row=False)
    yield f"{at}.theme", told
