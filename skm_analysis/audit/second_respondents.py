"""The index of each kind of respondent, a second time.

A band is a part of the whole sample: who is not in it counts as not asked, and the
design stays. So only the strata and clusters in which somebody of the band answered
count for the degrees of freedom, while all spread around the whole is kept.
"""

from collections.abc import Iterator, Set
from fractions import Fraction

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import PROFILE, Sheet
from skm_analysis.audit.expectation import UNKNOWN, Expected, piece, slug
from skm_analysis.audit.second_rows import mean
from skm_analysis.audit.second_surveyed import Asked

FEWEST_TOLD = 10


def expect_respondents(asked: Asked) -> Iterator[tuple[str, Expected]]:
    """Index of every band that somebody is in, and what small bands are merged into."""
    at = f"unit.{slug(asked.office.id)}"
    for variable in PROFILE:
        if not any(variable in sheet.profile for sheet in asked.sheets):
            continue
        bands: dict[str, list[Sheet]] = {}
        for sheet in asked.sheets:
            bands.setdefault(sheet.profile[variable] or UNKNOWN, []).append(sheet)
        for band, inside in bands.items():
            index = _index(asked, {sheet.name for sheet in inside})
            row = mean(index, asked.survey.level)
            yield f"{at}.ikm@{variable}={piece(band)}", row
        small = merged({band: len(inside) for band, inside in bands.items()})
        share = Fraction(small, asked.n)
        told = Expected(beside={"merged": share, "merged_count": Fraction(small)})
        yield f"{at}.profile.{variable}", told._replace(row=False)


def merged(counts: dict[str, int]) -> int:
    """Respondents of the bands that may not be told apart.

    Bands of 1 to 9, and as many of the next smallest as it takes so that nothing
    smaller than 10 follows by subtraction.
    """
    sizes = sorted(counts.values())
    small = [size for size in sizes if size < FEWEST_TOLD]
    if not small:
        return 0
    for size in sizes[len(small) :]:
        if len(small) > 1 and sum(small) >= FEWEST_TOLD:
            break
        small.append(size)
    return sum(small)


def _index(asked: Asked, inside: Set[str]) -> second.Figure | None:
    design, office = asked.design, asked.office
    if design is None:
        return None
    groups = tuple(
        tuple(s if s.name in inside else s._replace(scores={}) for s in group)
        for group in design.groups
    )
    part = design._replace(groups=groups)
    ratio = second.ikm(part, office.questions, office.scale, asked.survey.missing)
    if ratio is None:
        return None
    return second.with_error(part, ratio._replace(of_some=True))
