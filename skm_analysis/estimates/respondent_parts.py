"""The index of each kind of respondent: a band of a profile variable within a unit."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from skm_analysis.estimates.disclosure import distribution_flags, hidden_cells
from skm_analysis.estimates.distribution import band_counts
from skm_analysis.estimates.recording import Address, mean_row
from skm_analysis.estimates.rows import Row, piece
from skm_analysis.estimates.sample import MISSING, Flags, Sample, unclustered_sample
from skm_analysis.estimates.surveyed import Surveyed, estimate_index
from skm_analysis.estimates.variance import Estimate
from skm_analysis.responses.labels import BANDS, PROFILE, UNKNOWN


def respondent_rows(at: Address, surveyed: Surveyed) -> list[Row]:
    """Index per band of every profile variable, part `VARIABLE=BAND`.

    A band is a domain of the unit's sample: the others count as not asked, and the
    design stays. What may not be printed is flagged `suppressed`: bands of 1 to 9, as
    many of the next smallest as keep them from following by subtraction, and the whole
    variable where the sheets of a printed band are all alike, since it would tell
    what each of its people answered.
    """
    if surveyed.sample is None:
        return []
    rows: list[Row] = []
    for variable in PROFILE:
        if variable in surveyed.frame:
            bands = [
                band or UNKNOWN for band in surveyed.frame[variable].fillna("").tolist()
            ]
            rows += _variable(at, surveyed, variable, bands)
    return rows


def _variable(
    at: Address, surveyed: Surveyed, variable: str, bands: Sequence[str]
) -> list[Row]:
    counts = band_counts(bands, BANDS.get(variable, ()), UNKNOWN)
    hidden = hidden_cells(counts)
    found = {band: _estimate(surveyed, bands, band) for band in counts}
    alike = any(_alike(surveyed, bands, band) for band in counts if band not in hidden)
    rows = []
    for band, estimate in found.items():
        inside = at._replace(part=f"{variable}={piece(band)}")
        withheld = ["suppressed"] if alike or band in hidden else []
        rows.append(
            mean_row(
                inside,
                "ikm",
                estimate,
                level=surveyed.level,
                flags=(
                    *_condition(surveyed),
                    *distribution_flags(surveyed.n),
                    *withheld,
                ),
            )
        )
    return rows


def _condition(surveyed: Surveyed) -> list[str]:
    return [flag for flag in surveyed.flags if flag in ("conditional", "census")]


def _alike(surveyed: Surveyed, bands: Sequence[str], band: str) -> bool:
    """No spread among the sheets of a band, however they were drawn.

    A census has no error of sampling and clusters may have equal sums, whatever their
    sheets say: both are left out.
    """
    if surveyed.sample is None:
        return False
    plain = replace(
        unclustered_sample(surveyed.sample),
        fraction=tuple(Fraction(0) for _ in surveyed.sample.fraction),
    )
    estimate = _estimate(replace(surveyed, sample=plain), bands, band)
    return estimate is not None and not estimate.se


def _estimate(surveyed: Surveyed, bands: Sequence[str], band: str) -> Estimate | None:
    sample = surveyed.sample
    if sample is None:
        return None
    inside = np.array([each == band for each in bands])
    weights = [item.weight for item in surveyed.unit.instrument.items]
    return estimate_index(
        surveyed.unit, _domain(sample, inside), weights, surveyed.rule, domain=True
    )


def _domain(sample: Sample, inside: Flags) -> Sample:
    return replace(sample, scores=np.where(inside[:, None], sample.scores, MISSING))
