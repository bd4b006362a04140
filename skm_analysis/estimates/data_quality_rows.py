"""The rows on how a unit's sheets were filled in: signs to look at, no verdict.

Their effect on the index stands in the `sensitivity` rows of category `without-…`.
"""

from fractions import Fraction

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
from skm_analysis.estimates.surveyed import Surveyed, score_table
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


def in_file_order(frame: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """A unit's accepted responses in the order of their files, told in `delivery`.

    Without a crosswalk nothing is known of the order, and the frame is empty.
    """
    if crosswalk.empty:
        return frame.iloc[:0].assign(delivery="", row=0)
    places = crosswalk[["response", "delivery", "row"]]
    placed = frame.merge(places, on="response", how="inner", validate="1:1")
    return placed.sort_values(["delivery", "row"], kind="stable")


def _runs(at: Address, surveyed: Surveyed, crosswalk: pd.DataFrame) -> list[Row]:
    ordered = in_file_order(surveyed.frame, crosswalk)
    if ordered.empty:
        return []
    scores = score_table(ordered, surveyed.unit.instrument.keys)
    files: Integers = pd.factorize(ordered["delivery"])[0].astype("int64")
    n, length = len(ordered), longest_run(scores, files)
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
