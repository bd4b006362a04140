"""The estimates table of a study on disk: made from the working tables, and read."""

from skm_analysis.estimates.deriving import Previous, estimate_study
from skm_analysis.estimates.printed_difference_rows import printed_headline
from skm_analysis.estimates.rows import Estimates, read_estimates, write_estimates
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.responses.storing import (
    forget_previous,
    read_cleaned,
    write_previous,
)
from skm_analysis.study.history import read_history
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import read_lock

NAME = "estimates.csv"


def make(places: Places) -> Estimates:
    """Estimate from the cleaned tables, write the estimates table and give it back.

    The earlier study, if one is named, is cleaned anew from its raw files, and those of
    its answers that the changes rest on are kept beside this study's own.
    """
    study = load_study(places)
    cleaned = read_cleaned(places, study)
    history = read_history(places)
    previous = read_previous(places, study.previous) if study.previous else None
    if previous:
        printed = printed_headline(history, previous.study.year)
        previous = previous._replace(printed=printed)
        write_previous(places, previous.study, previous.cleaned)
    else:
        forget_previous(places)
    lock = read_lock(places)
    frozen = lock.rules if lock else None
    rows = Estimates(estimate_study(study, cleaned, previous, history, frozen))
    write_estimates(places.processed / NAME, rows)
    return rows


def load(places: Places) -> Estimates:
    return read_estimates(places.processed / NAME)


def read_previous(places: Places, name: str) -> Previous:
    """The study called `name` beside this one, derived from its raw files."""
    earlier = places.other(name)
    study = load_study(earlier)
    return Previous(study, clean_study(earlier, study))
