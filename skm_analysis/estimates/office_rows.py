"""The rows of an office's own result: as it printed it, and how far from ours."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from skm_analysis.estimates.disclosure import FEWEST_TOLD, mean_flags
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.office_differences import (
    Counted,
    Explained,
    Told,
    difference,
    explain,
)
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.responses.cleaning import Cleaned

ACCEPTED, FILE, BEFORE, ALL = "accepted", "file", "without-corrections", "with-all"


def office_rows(at: Address, surveyed: Surveyed, cleaned: Cleaned) -> list[Row]:
    """Theirs, and theirs less ours, of a unit whose answers came in that one file.

    Where the file holds only some of the unit's answers, nothing is compared: one row
    says how many such files there are.
    """
    office = cleaned.office[cleaned.office["unit"] == surveyed.unit.id]
    files = cleaned.deliveries.set_index("delivery")
    names = [
        name
        for name in dict.fromkeys(office["delivery"])
        if files.loc[name, "source"] == surveyed.source
    ]
    if not names:
        return []
    whole = set(_deliveries(surveyed, cleaned))
    if surveyed.ikm is None or len(names) > 1 or whole != set(names):
        return [at.tally("office_not_compared", len(names))]
    return list(
        _compared(at, surveyed, cleaned, office[office["delivery"] == names[0]])
    )


def _deliveries(surveyed: Surveyed, cleaned: Cleaned) -> list[str]:
    """The files that the unit's accepted answers came in."""
    places = cleaned.crosswalk
    own = places["response"].isin(surveyed.frame["response"])
    return [str(name) for name in places.loc[own, "delivery"].unique()]


def _compared(
    at: Address, surveyed: Surveyed, cleaned: Cleaned, office: pd.DataFrame
) -> Iterator[Row]:
    instrument, ikm = surveyed.unit.instrument, surveyed.ikm
    if ikm is None:
        return
    told = read_told(office)
    weights = {item.key: item.weight for item in instrument.items}
    counts = [_added_up(ACCEPTED, surveyed, surveyed.frame)]
    others = list(_others(surveyed, cleaned, office))
    found = explain(told, [*counts, *others], weights, instrument.factor)
    flags = (*_standing(surveyed, told, found, others), *_words(found, office))
    ours = counts[0]
    n = surveyed.n
    for measure, item, printed, exact in _pairs(told, ours, surveyed, weights):
        yield at.row(
            f"office_{measure}", float(printed), item=item, n=n, flags=("stated",)
        ).flagged(*flags)
        yield at.row(
            "office_difference",
            stored_value(difference(exact, printed)),
            item=item,
            category=measure,
            n=n,
        ).flagged(*flags)
    if told.means:
        apart = [
            key
            for key, printed in told.means.items()
            if difference(surveyed.nrr[key].value, printed)
        ]
        yield at.tally("office_differing_items", len(apart), n=n).flagged(*flags)


def read_told(office: pd.DataFrame) -> Told:
    """The numbers of a file; of several for the same thing the last in the file."""
    last: dict[tuple[str, str], Decimal] = {}
    rows = office.sort_values("row", kind="stable")
    columns = (rows["measure"], rows["item"], rows["printed"])
    for measure, item, printed in zip(*columns, strict=True):
        last[measure, item] = Decimal(printed)

    def of(name: str) -> dict[str, Decimal]:
        return {
            item: value for (measure, item), value in last.items() if measure == name
        }

    return Told(
        of("n"), of("sum"), of("nrr"), of("nrr_weighted"), last.get(("ikm", ""))
    )


def _pairs(
    told: Told, ours: Counted, surveyed: Surveyed, weights: Mapping[str, Fraction]
) -> Iterator[tuple[str, str, Decimal, Fraction]]:
    """Measure, item, theirs, ours."""
    if surveyed.ikm is None:
        return
    factor, nrr = surveyed.unit.instrument.factor, surveyed.nrr
    if told.ikm is not None:
        yield "ikm", "", told.ikm, surveyed.ikm.value
    here = {"": ours.sheets, **ours.answered}
    for item, number in told.n.items():
        yield "n", item, number, Fraction(here[item])
    for item, number in told.sums.items():
        yield "sum", item, number, ours.sums[item]
    for item, number in told.means.items():
        yield "nrr", item, number, nrr[item].value
    for item, number in told.weighted.items():
        exact = nrr[item].value * weights[item] if item else surveyed.ikm.value / factor
        yield "nrr_weighted", item, number, exact


def _added_up(
    name: str, surveyed: Surveyed, frame: pd.DataFrame, moved: int = 0
) -> Counted:
    keys = surveyed.unit.instrument.keys
    return Counted(
        name,
        {key: Fraction(int(frame[key].sum())) for key in keys},
        {key: int(frame[key].notna().sum()) for key in keys},
        len(frame),
        moved,
    )


def _others(
    surveyed: Surveyed, cleaned: Cleaned, office: pd.DataFrame
) -> Iterator[Counted]:
    """What else the office may have counted, from little to much."""
    unit, frame = surveyed.unit.id, surveyed.frame
    before = cleaned.uncorrected.get(unit)
    if before is not None:
        before = before[before["source"] == surveyed.source]
        yield _added_up(BEFORE, surveyed, before, _moved(surveyed, before))
    back = cleaned.put_back.get(unit)
    if back is not None:
        back = back[back["source"] == surveyed.source]
        reasons = sorted(set(back["reason"]))
        for reason in reasons:
            own = back[back["reason"] == reason]
            name = f"with-{str(reason).replace('_', '-')}"
            yield _added_up(name, surveyed, pd.concat([frame, own]), len(own))
        if len(reasons) > 1:
            yield _added_up(ALL, surveyed, pd.concat([frame, back]), len(back))
    yield from _columns(surveyed, cleaned, office)


def _columns(
    surveyed: Surveyed, cleaned: Cleaned, office: pd.DataFrame
) -> Iterator[Counted]:
    """The file's columns added up as they stand, whatever was typed there."""
    added = office[office["row"] == 0]
    values = {
        measure: dict(zip(own["item"], own["printed"], strict=True))
        for measure, own in added.groupby("measure")
    }
    sums, counts = values.get("column_sum", {}), values.get("column_count", {})
    name = office["delivery"].iloc[0]
    log = cleaned.deliveries
    rows = int(log.loc[log["delivery"] == name, "rows_read"].iloc[0])
    yield Counted(
        FILE,
        {item: Fraction(text) for item, text in sums.items()},
        {item: int(text) for item, text in counts.items()},
        rows,
        max(rows - surveyed.n, 1),
    )


def _moved(surveyed: Surveyed, before: pd.DataFrame) -> int:
    """Sheets that are in one table only, or differ in their answers."""
    keys = list(surveyed.unit.instrument.keys)

    def sheets(frame: pd.DataFrame) -> set[tuple[str, str]]:
        answers = frame[keys].astype("str").agg("|".join, axis=1)
        return set(zip(frame["response"], answers, strict=True))

    return len({name for name, _ in sheets(surveyed.frame) ^ sheets(before)})


def _standing(
    surveyed: Surveyed, told: Told, found: Explained | None, others: list[Counted]
) -> tuple[str, ...]:
    """Whether theirs beside ours would tell on 1 to 9 sheets that they count otherwise.

    Without an explanation that is so where they name such a number of respondents, or
    where some answers were corrected since.
    """
    if found is not None:
        few = 0 < found.moved < FEWEST_TOLD
    else:
        apart = [abs(int(n) - surveyed.n) for item, n in told.n.items() if not item]
        few = any(0 < each < FEWEST_TOLD for each in apart)
        few = few or any(each.name == BEFORE for each in others)
    return (*mean_flags(surveyed.n), *(("suppressed", "tells_on_few") if few else ()))


def _words(found: Explained | None, office: pd.DataFrame) -> Iterator[str]:
    several = office[office["row"] > 0].groupby(["measure", "item"])["printed"]
    if (several.nunique() > 1).any():
        yield "several_results"
    if found is None:
        yield "unexplained"
        return
    yield f"rule_{found.rule}"
    yield f"counted_{found.counted}"
    if found.blanks:
        yield "blanks_counted"
