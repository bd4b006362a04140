"""Each unit as its answers tell it: its sheets, their design, its index and items."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from skm_analysis.audit import second_index as second
from skm_analysis.audit.answers import Office, Question, Sheet, Survey
from skm_analysis.audit.second_clusters import Group, names, pooled_rho

RANDOM = {"random", "systematic", "census"}


class Asked(NamedTuple):
    """A unit by those sheets that give its figures: the independent survey's if any."""

    survey: Survey
    office: Office
    sheets: Sequence[Sheet]
    design: second.Design | None  # None: nobody answered
    ikm: second.Figure | None
    items: Mapping[str, second.Figure]  # those that were answered

    @property
    def n(self) -> int:
        return len(self.sheets)

    @property
    def external(self) -> bool:
        """Whether somebody else asked; without any sheet nobody did otherwise."""
        return not self.sheets or self.sheets[0].source == "external"


def ask(survey: Survey, office: Office, sheets: Sequence[Sheet]) -> Asked:
    """What these sheets say of the unit, under the survey's rules."""
    design = design_of(survey, office, sheets)
    items = dict(_items(survey, office, design)) if design else {}
    ikm = index_of(survey, office, design)
    return Asked(survey, office, sheets, design, ikm, items)


def ask_all(survey: Survey) -> dict[str, Asked]:
    """Every unit, with the correlation within the clusters of all of them."""
    rho = pooled_rho(_clusters(survey))
    return {
        office.id: ask(survey, office._replace(rho=rho), own_sheets(office))
        for office in survey.offices
    }


def own_sheets(office: Office) -> list[Sheet]:
    external = [sheet for sheet in office.sheets if sheet.source == "external"]
    return external or list(office.sheets)


def design_of(
    survey: Survey, office: Office, sheets: Sequence[Sheet]
) -> second.Design | None:
    """A unit's own survey need not know strata: its sheets are all alike."""
    external = all(sheet.source == "external" for sheet in sheets)
    if survey.weighting == "strata" and office.strata and external:
        return second.strata_design(office, sheets)
    return second.plain_design(office, sheets, office.people)


def index_of(
    survey: Survey,
    office: Office,
    design: second.Design | None,
    questions: Sequence[Question] = (),
    weights: Sequence[Fraction] | None = None,
) -> second.Figure | None:
    """The index over all questions, or over some with weights of their own."""
    if design is None:
        return None
    asked = questions or office.questions
    ratio = second.ikm(design, asked, office.scale, survey.missing, weights)
    return second.with_error(design, ratio) if ratio is not None else None


def _items(
    survey: Survey, office: Office, design: second.Design
) -> Iterator[tuple[str, second.Figure]]:
    for question in office.questions:
        found = second.nrr(
            design, question.key, office.questions, office.scale, survey.missing
        )
        if found is not None:
            yield question.key, second.with_error(design, found)


def _clusters(survey: Survey) -> list[Group]:
    """Strata of all units that were gathered in clusters, as movements and weights."""
    groups: list[Group] = []
    for office in survey.offices:
        design = design_of(survey, office, own_sheets(office))
        if design is None or design.rho is None:
            continue
        ratio = second.ikm(design, office.questions, office.scale, survey.missing)
        if ratio is not None:
            labels = [names(group) for group in design.groups]
            groups += zip(ratio.moves, ratio.weights, labels, strict=True)
    return groups
