"""How many comments respondents wrote, and what they are about."""

from collections import Counter

from skm_analysis.estimates.disclosure import FEWEST_TOLD, hidden_cells
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.responses.labels import THEMES
from skm_analysis.study.records import Study


def comment_rows(
    at: Address, study: Study, surveyed: Surveyed, cleaned: Cleaned
) -> list[Row]:
    """Comments of the accepted responses that the unit's figures rest on.

    Nothing where no delivery of the unit has a column for them. `n_comments`: of `n`
    respondents; `n_comments_reviewed`: whose theme a person decided; `theme`: of `n`
    comments. Themes are shielded as profile bands are: those of 1 to 9 comments, and
    as many more as it takes so that no smaller number follows by subtraction.
    """
    if not _is_asked(study, surveyed):
        return []
    themes = cleaned.comments.themes
    mine = themes[themes["response"].isin(surveyed.frame["response"])]
    n = len(mine)
    few = surveyed.n < FEWEST_TOLD or 0 < n < FEWEST_TOLD
    kept_back = ("suppressed",) if few else ()
    reviewed = int((mine["status"] == "decided").sum())
    rows = [
        at.tally("n_comments", n, n=surveyed.n).flagged(*kept_back),
        at.tally("n_comments_reviewed", reviewed, n=n).flagged(*kept_back),
    ]
    counts = Counter(mine["theme"])
    hidden = hidden_cells(counts)
    for theme in (each for each in THEMES if each in counts):
        flags = kept_back or (("suppressed",) if theme in hidden else ())
        row = at.tally("theme", counts[theme], category=theme, n=n)
        rows.append(row.flagged(*flags))
    return rows


def _is_asked(study: Study, surveyed: Surveyed) -> bool:
    return any(
        each.comment_column
        and each.source == surveyed.source
        and surveyed.unit in study.units_of(each)
        for each in study.in_force
    )
