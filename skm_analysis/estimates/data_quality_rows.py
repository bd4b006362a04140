"""The rows on how a unit's sheets were filled in: signs to look at, no verdict.

Their effect on the index stands in the `sensitivity` rows of category `without-…`.
"""

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from skm_analysis.estimates.data_quality import (
    all_highest,
    any_blank,
    blank_shares,
    concentration,
    duplicate_vectors,
    expected_duplicates,
    longest_run,
    longest_run_chance,
    straight_lined,
)
from skm_analysis.estimates.disclosure import distribution_flags
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import Integers
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.responses.cleaning import Cleaned

# Columns of the accepted responses that gather sheets.
GATHERED = ("day", "counter")


def quality_rows(at: Address, surveyed: Surveyed, cleaned: Cleaned) -> list[Row]:
    """Every sign, for the source whose answers give the unit's figures."""
    if surveyed.sample is None:
        return []
    scores = surveyed.sample.scores
    shares: list[tuple[str, str, str, Fraction]] = [
        ("straight_lined", "", "", straight_lined(scores)),
        ("all_highest", "", "", all_highest(scores, surveyed.unit.instrument.scale[1])),
        ("duplicate_vectors", "", "", duplicate_vectors(scores)),
        ("any_nonresponse", "", "", any_blank(scores)),
    ]
    keys = surveyed.unit.instrument.keys
    for key, blank in zip(keys, blank_shares(scores), strict=True):
        shares.append(("item_nonresponse", key, "", blank))
    rows = [
        at.row(measure, stored_value(share), item=item, category=category, n=surveyed.n)
        for measure, item, category, share in shares
    ]
    rows.append(
        at.row(
            "duplicate_vectors",
            expected_duplicates(scores),
            category="expected",
            n=surveyed.n,
        )
    )
    rows += _runs(at, surveyed, cleaned.crosswalk)
    rows += _concentrations(at, surveyed.frame)
    return [row.flagged(*distribution_flags(row.n or 0)) for row in rows]


class FileOrder(NamedTuple):
    """A unit's sheets as they lie in its files."""

    places: Integers  # of the accepted responses, as many as are known to lie anywhere
    files: Integers  # number of the file of each


def in_file_order(frame: pd.DataFrame, crosswalk: pd.DataFrame) -> FileOrder:
    """Where a unit's accepted responses stand; without a crosswalk, none is known."""
    if crosswalk.empty:
        nothing = np.empty(0, dtype=np.int64)
        return FileOrder(nothing, nothing)
    own = crosswalk[crosswalk["response"].isin(frame["response"])]
    own = own.sort_values(["delivery", "row"], kind="stable")
    places = pd.Index(frame["response"]).get_indexer(pd.Index(own["response"]))
    files = pd.factorize(own["delivery"])[0]
    return FileOrder(places.astype(np.int64), files.astype(np.int64))


def _runs(at: Address, surveyed: Surveyed, crosswalk: pd.DataFrame) -> list[Row]:
    order = in_file_order(surveyed.frame, crosswalk)
    if surveyed.sample is None or not len(order.places):
        return []
    scores, files = surveyed.sample.scores[order.places], order.files
    n, length = len(scores), longest_run(scores, files)
    chance = longest_run_chance(scores, files)
    return [
        at.row("longest_run", float(length), n=n),
        at.row("longest_run_chance", chance, n=n),
    ]


def _concentrations(at: Address, frame: pd.DataFrame) -> list[Row]:
    rows = []
    for column in GATHERED:
        labels = frame[column].tolist() if column in frame else []
        share = concentration(labels)
        if share is not None:
            known = sum(1 for label in labels if label)
            value = stored_value(share)
            rows.append(at.row("concentration", value, category=column, n=known))
    return rows
