"""`decisions/profiles.csv`: which band a spelling means, as people decided it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skm_analysis.study.corrections import CELL
from skm_analysis.study.faults import Faults, Spot, nearest, plain
from skm_analysis.study.kinds import NAME, WRITTEN_DAY, one_of
from skm_analysis.study.ledgers import read_ledger
from skm_analysis.study.places import Places
from skm_analysis.study.tables import Schema, Table, needed

VARIABLES = ("sex", "age", "education", "occupation", "service")
COLUMNS: Schema = {
    "variable": needed(one_of(*VARIABLES)),
    "written": needed(CELL),
    "band": needed(NAME),
    "by": needed(NAME),
    "on": needed(WRITTEN_DAY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDecision:
    """One spelling and the band that it means; case and spaces do not matter."""

    variable: str
    written: str
    band: str
    by: str
    on: date


def read_profile_decisions(
    places: Places, bands: Mapping[str, Sequence[str]], faults: Faults
) -> tuple[ProfileDecision, ...]:
    """The sound decisions in the order of the file; none where there is no file.

    `bands` are those of each variable that has fixed ones; others take any name. What
    is not sound is told to `faults`, by row: never what a respondent wrote.
    """
    spot = Spot(faults, places.told(places.profile_decisions))
    seen: dict[tuple[str, str], str] = {}
    found = []
    for line in read_ledger(places.profile_decisions, COLUMNS, spot):
        if len(line) < len(COLUMNS) or not _is_known(line, bands):
            continue
        key = (line["variable"], " ".join(line["written"].casefold().split()))
        if key in seen:
            line.spot.fault(
                "ejaan ini sudah dikelompokkan pada baris lain.", "hapus salah satu."
            )
            continue
        seen[key] = line["band"]
        found.append(ProfileDecision(**line))
    return tuple(found)


def _is_known(line: Table, bands: Mapping[str, Sequence[str]]) -> bool:
    known = bands.get(line["variable"])
    if known is None or line["band"] in known:
        return True
    line.spot.fault(
        f"kelompok '{plain(line['band'])}' tidak ada untuk {line['variable']}.",
        *nearest(line["band"], known),
    )
    return False
