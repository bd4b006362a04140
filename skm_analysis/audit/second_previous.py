"""The earlier study's figures that stand beside today's, a second time."""

from collections.abc import Iterator, Mapping

from skm_analysis.audit.answers import Survey
from skm_analysis.audit.expectation import Expected, slug
from skm_analysis.audit.second_city import headline
from skm_analysis.audit.second_rows import mean
from skm_analysis.audit.second_summary import summary
from skm_analysis.audit.second_surveyed import Asked


def expect_previous(
    survey: Survey, then: Mapping[str, Asked]
) -> Iterator[tuple[str, Expected]]:
    """Per unit how many, index, letter and items; of the city the headline."""
    for asked in then.values():
        yield from summary(asked, "previous")
        if asked.design is None:
            continue
        office, level = asked.office, asked.survey.level
        for question in office.questions:
            found = asked.items.get(question.key)
            row = mean(found, level, office.people)
            yield f"unit.{slug(office.id)}.nrr.{slug(question.key)}@previous", row
    yield from headline(survey, then, "previous")
