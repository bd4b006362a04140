"""Whether a unit's sample is enough, by each rule that asks something of it."""

from collections.abc import Callable
from typing import NamedTuple

from skm_analysis.estimates.rows import Row
from skm_analysis.study.records import Study, Unit


class Judged(NamedTuple):
    """One rule and whether the sample meets it."""

    key: str  # of the row that the verdict follows from
    short: str  # in a table
    name: str  # in a sentence, after "menurut"
    met: bool


def judged(
    study: Study, unit: Unit, find: Callable[[str], Row | None]
) -> tuple[Judged, ...]:
    """The rules that apply, in a fixed order; none for a census or without answers.

    `find` gives the unit's row of a measure. The margin is judged by the one reached,
    the change by the number that last year's spread asked for. Krejcie and Morgan's
    number says nothing where the population is wrong: more respondents than people.
    """
    accepted = find("n_accepted")
    if unit.sampling == "census" or accepted is None or not accepted.value:
        return ()
    reached = accepted.value
    found = []
    if unit.planned is not None:
        key = f"study.unit.{unit.id}.planned"
        found.append(Judged(key, "rencana", "rencana", reached >= unit.planned))
    required, ikm = find("n_required"), find("ikm")
    wrong = ikm is not None and "above_population" in ikm.flags
    if required is not None and required.value is not None and not wrong:
        name = "rumus Krejcie–Morgan"
        found.append(Judged(required.key, "K–M", name, reached >= required.value))
    margin = find("margin")
    if (
        study.plan.margin is not None
        and margin is not None
        and margin.value is not None
        and "suppressed" not in margin.flags
    ):
        name = "margin yang disepakati"
        met = margin.value <= float(study.plan.margin)
        found.append(Judged(margin.key, "margin", name, met))
    change = find("n_required_change")
    if change is not None and change.value is not None:
        name = "kebutuhan untuk melihat perubahan"
        # Marked so, last year's sample was too small whatever this year's is.
        met = reached >= change.value and "both_years" not in change.flags
        found.append(Judged(change.key, "perubahan", name, met))
    return tuple(found)
