"""The parts of a unit's survey: each period and each stratum by itself."""

from collections.abc import Sequence

import pandas as pd

from skm_analysis.estimates.disclosure import FEWEST_TOLD
from skm_analysis.estimates.recording import Address, mean_row
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import clustered_sample, simple_sample
from skm_analysis.estimates.surveyed import (
    RANDOM,
    Surveyed,
    estimate_index,
    is_clustered,
    score_table,
)
from skm_analysis.study.records import Period


def part_rows(at: Address, surveyed: Surveyed, periods: Sequence[Period]) -> list[Row]:
    """Index and count of each period and stratum, each as a sample of its own.

    Where one part holds 1 to 9 respondents no part's index is for print: with the
    whole and the other parts it would follow by subtraction.
    """
    names = [period.id for period in periods]
    splits = {"period": names}
    splits["stratum"] = [each for each in surveyed.unit.strata if each not in names]
    rows: list[Row] = []
    for column, parts in splits.items():
        sizes = [int((surveyed.frame[column] == name).sum()) for name in parts]
        rest = surveyed.n - sum(sizes)
        clear = not any(0 < size < FEWEST_TOLD for size in (*sizes, rest))
        for name in parts:
            frame = surveyed.frame[surveyed.frame[column] == name]
            if not frame.empty:
                inside = at._replace(part=name)
                rows += _part(inside, surveyed, frame, () if clear else ("suppressed",))
    return rows


def _part(
    at: Address, surveyed: Surveyed, frame: pd.DataFrame, flags: tuple[str, ...]
) -> list[Row]:
    unit, population = surveyed.unit, surveyed.unit.strata.get(at.part)
    if "census" in surveyed.flags:
        population = len(frame)  # whoever was served in this part answered
    sample = simple_sample(
        score_table(frame, unit.instrument.keys),
        population=population,
        corrected=unit.sampling in RANDOM,
    )
    if "clustered" in surveyed.flags and is_clustered(unit, frame):
        labels = frame["cluster"].fillna("").tolist()
        sample = clustered_sample(sample, labels, surveyed.resemblance)
        flags = ("clustered", *flags)
    weights = [item.weight for item in unit.instrument.items]
    if unit.sampling not in RANDOM:
        flags = ("conditional", *flags)
    return [
        at.tally("n_accepted", len(frame), n=len(frame)),
        mean_row(
            at,
            "ikm",
            estimate_index(unit, sample, weights, surveyed.rule),
            level=surveyed.level,
            population=population,
            flags=flags,
        ),
    ]
