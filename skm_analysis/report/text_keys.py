"""Numbers that people's texts name by key, held against the estimates for a check.

As a run would, and before it: there a key that is not there is told after minutes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from skm_analysis.errors import SkmError
from skm_analysis.report import prose
from skm_analysis.report.prose import Text
from skm_analysis.responses.cleaning import clean_receipts
from skm_analysis.responses.receiving import Receipt
from skm_analysis.study.history import read_history
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import read_lock
from skm_analysis.study.records import Study
from skm_analysis.study.texts import with_blank_notes

_NAMES = ("preface", "background", "conclusions")


class Names(NamedTuple):
    """Of the files in `texts/`, without their ending."""

    used: tuple[str, ...]
    unused: tuple[str, ...]  # no part of the report is called so


def names_of_texts(places: Places, study: Study) -> Names:
    known = {*_NAMES, *(f"units/{unit.id}" for unit in study.units)}
    paths = sorted(places.texts.rglob("*.md"))
    names = [x.relative_to(places.texts).with_suffix("").as_posix() for x in paths]
    return Names(
        tuple(name for name in names if name in known),
        tuple(name for name in names if name not in known),
    )


def texts_with_keys(places: Places, names: Sequence[str]) -> list[Text]:
    """Of the texts called `names`, those that name a number."""
    found = []
    for name in names:
        path = places.texts / f"{name}.md"
        written = path.read_text(encoding="utf-8", errors="replace")
        markdown = with_blank_notes(written)
        if prose.names_numbers(markdown):
            found.append(Text(places.told(path), markdown))
    return found


def key_faults(
    texts: Sequence[Text], places: Places, study: Study, receipts: Sequence[Receipt]
) -> list[str]:
    """Keys that are not there, or that may not be made public.

    The earlier study is cleaned anew only where a key may be one of its own.
    """
    # What estimates takes as long to load as a small study takes to check.
    from skm_analysis.estimates.deriving import estimate_study
    from skm_analysis.estimates.rows import Estimates
    from skm_analysis.estimates.tables import read_previous

    lock = read_lock(places)
    cleaned = clean_receipts(study, receipts, lock)
    history, frozen = read_history(places), lock.rules if lock else None
    rows = estimate_study(study, cleaned, None, history, frozen)
    faults = prose.key_problems(texts, Estimates(rows))
    if not faults or study.previous is None:
        return faults
    try:
        previous = read_previous(places, study.previous)
    except SkmError as error:
        return [str(error)]
    rows = estimate_study(study, cleaned, previous, history, frozen)
    return prose.key_problems(texts, Estimates(rows))
