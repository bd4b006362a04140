"""What the study's own record states and what is counted from it, a second time.

These numbers are printed without a row of the estimates.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from skm_analysis.audit.answers import Office, Survey
from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_sizes import ENOUGH, SHORT
from skm_analysis.audit.second_surveyed import Asked

Rows = Iterator[tuple[str, Expected]]


def printed(number: Fraction | int) -> Expected:
    """Of a number that stands in no row of the estimates."""
    return Expected(Fraction(number), row=False)


def expect_record(survey: Survey) -> Rows:
    """Keys that begin with `study.`."""
    offices = survey.offices
    yield "study.units", printed(len(offices))
    yield "study..units", printed(len(offices))
    for kind, many in Counter(office.kind for office in offices).items():
        yield f"study..units.{kind}", printed(many)
    for way, many in Counter(office.sampling for office in offices).items():
        yield f"study.sampling.{way}", printed(many)
    yield "study.confidence_level", printed(survey.level)
    for name, number in (
        ("target.ikm", survey.target),
        ("plan.margin", survey.margin),
        ("plan.change", survey.change),
    ):
        if number is not None:
            yield f"study.{name}", printed(number)
    used = Counter(office.instrument for office in offices)
    for office in {office.instrument: office for office in offices}.values():
        yield from _questionnaire(office, used[office.instrument])
    yield "city..instruments", printed(len(used))


def expect_unit_record(asked: Asked) -> Rows:
    """What is stated of one unit, and whether as many came as were planned."""
    office, at = asked.office, f"study.unit.{asked.office.id}"
    for name, number in (
        ("population", office.people),
        ("approached", office.approached),
        ("target", office.target),
        ("planned", office.planned),
    ):
        if number is not None:
            row = printed(number)
            if name == "planned":
                met = asked.n >= number
                row = row._replace(words=("rencana", ENOUGH) if met else (SHORT,))
            yield f"{at}.{name}", row


def _questionnaire(office: Office, units: int) -> Rows:
    at, (low, high) = f"study.instrument.{office.instrument}", office.scale
    known = {each.unsur for each in office.questions} - {""}
    own = sum(each.own for each in office.questions)
    for name, number in (
        ("items", len(office.questions)),
        ("own_items", own),
        ("unsur", len(known)),
        ("lowest", low),
        ("highest", high),
        ("units", units),
    ):
        yield f"{at}.{name}", printed(number)
    for question in office.questions:
        yield f"{at}.weight.{question.key}", printed(question.weight)
