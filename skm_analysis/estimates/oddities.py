"""What is odd about the deliveries and units, each a reason to look and no verdict."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skm_analysis.estimates.disclosure import FEWEST_TOLD
from skm_analysis.estimates.fieldwork import Finding, UnitState
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.responses.cut_numbers import cut_numbers
from skm_analysis.responses.judging import DECLARED, Reason
from skm_analysis.responses.off_scale import off_scale
from skm_analysis.responses.receiving import Receipt
from skm_analysis.responses.strange_units import strange_units
from skm_analysis.responses.unknown_answers import unknown_answers
from skm_analysis.responses.unread_days import unread_days
from skm_analysis.study.records import ALL_SHEETS, Study, Unit

_NEARLY_ALL = 0.95  # of the population: then it was a census, or the number is wrong
_MANY_ASIDE = 0.05
# Sheets with one answer throughout; near the ceiling of the scale half is common.
_MANY_ALIKE = 0.9


def of_units(
    states: Sequence[UnitState], surveyed: Sequence[Surveyed]
) -> Iterator[Finding]:
    for state, found in zip(states, surveyed, strict=True):
        yield from _of_size(state, found.unit, found.population)
        yield from _of_sheets(state)
        yield from _of_office(state)


def _of_size(state: UnitState, unit: Unit, population: int | None) -> Iterator[Finding]:
    n, asked = state.accepted, unit.approached
    if population is not None and n > population:
        yield Finding("above_population", state.unit, count=n, of=population)
    elif (
        population is not None
        and unit.sampling != "census"
        and n >= _NEARLY_ALL * population
    ):
        yield Finding("nearly_all", state.unit, count=n, of=population)
    if asked is not None and state.received > asked:
        yield Finding("above_approached", state.unit, count=state.received, of=asked)


def _of_sheets(state: UnitState) -> Iterator[Finding]:
    declared = sum(state.reasons.get(reason.value, 0) for reason in DECLARED)
    aside, of = state.set_aside - declared, state.received - declared
    if aside > _MANY_ASIDE * of:
        yield Finding("many_set_aside", state.unit, count=aside, of=of)
    if state.accepted >= FEWEST_TOLD and (state.straight_lined or 0) >= _MANY_ALIKE:
        alike = round((state.straight_lined or 0) * state.accepted)
        yield Finding("straight_lined", state.unit, count=alike, of=state.accepted)
    never = [key for key, blank in state.blanks.items() if blank == state.accepted]
    if never:
        yield Finding("never_answered", state.unit, count=len(never), names=(*never,))


def _of_office(state: UnitState) -> Iterator[Finding]:
    office = state.office
    if office is None:
        return
    # Weights of 0.111 and means rounded on the way are a habit; nobody need be asked.
    habit = "counted_accepted" in office.flags and "blanks_counted" not in office.flags
    if (office.difference or office.items_apart) and not habit:
        yield Finding("office_differs", state.unit, count=office.items_apart or 0)


def of_deliveries(cleaned: Cleaned) -> Iterator[Finding]:
    aside = cleaned.set_aside
    again = aside[aside["reason"] == Reason.DUPLICATE.value]["delivery"].value_counts()
    for row in cleaned.deliveries.itertuples():
        file, read = row.delivery, int(row.rows_read)
        counts = {
            # Copies that were set aside as of the same respondent are told there.
            "repeated_row": max(0, int(row.repeated_row) - int(again.get(file, 0))),
            "repeated_id": max(0, int(row.repeated_id) - int(again.get(file, 0))),
            "outside_period": int(row.outside_period),
            "blank_words": int(row.blank_words),
        }
        for kind, count in counts.items():
            if count:
                yield Finding(kind, file=file, count=count, of=read)
        if row.unread:
            names = tuple(row.unread.split(" | "))
            yield Finding("unread", file=file, count=len(names), names=names)


def of_strange_units(receipts: Sequence[Receipt]) -> Iterator[Finding]:
    """Rows of unknown units: how many in all, and which names are frequent."""
    for each in receipts:
        rows, file = each.read.rows, each.read.name
        unknown = int(rows["reason"].eq(Reason.UNKNOWN_UNIT.value).sum())
        if not unknown:
            continue
        yield Finding("unknown_unit", file=file, count=unknown, of=len(rows))
        for name, count in strange_units(each.read).items():
            yield Finding("unknown_name", file=file, count=count, names=(name,))


def of_unknown_answers(study: Study, receipts: Sequence[Receipt]) -> Iterator[Finding]:
    for each in receipts:
        if found := unknown_answers(study, each.read):
            count, file = sum(found.values()), each.read.name
            yield Finding("unknown_answers", file=file, count=count, names=(*found,))


def of_numbers_off_scale(
    study: Study, receipts: Sequence[Receipt]
) -> Iterator[Finding]:
    """Numbers beside the scale; of the names the first is the scale."""
    for each in receipts:
        for found in off_scale(study, each.read):
            low, high = found.scale
            yield Finding(
                "off_scale",
                file=each.read.name,
                count=found.cells,
                of=found.answers,
                names=(f"{low}–{high}", *map(str, found.numbers)),
            )


def of_unread_days(receipts: Sequence[Receipt]) -> Iterator[Finding]:
    for each in receipts:
        if count := unread_days(each.read):
            of = len(each.read.rows)
            yield Finding("unread_days", file=each.read.name, count=count, of=of)


def of_cut_numbers(receipts: Sequence[Receipt]) -> Iterator[Finding]:
    for each in receipts:
        if found := cut_numbers(each.read):
            yield Finding(
                "cut_numbers", file=each.read.name, count=found.cut, of=found.of
            )


def of_reported(receipts: Sequence[Receipt]) -> Iterator[Finding]:
    """Deliveries of which the office says another number of questionnaires.

    The files of a folder are counted together, and so are the sheets of a workbook,
    unless each has its own [[delivery]].
    """
    rows: Counter[tuple[str, str | None]] = Counter()
    said: dict[tuple[str, str | None], tuple[str, int]] = {}
    for each in receipts:
        delivery = each.read.delivery
        which = delivery.pattern or delivery.file, delivery.sheet
        rows[which] += len(each.read.rows)
        if delivery.reported is not None:
            several = delivery.pattern or delivery.sheet == ALL_SHEETS
            said[which] = (which[0] if several else each.read.name, delivery.reported)
    for which, (name, number) in said.items():
        if rows[which] != number:
            yield Finding("reported", file=name, count=rows[which], of=number)


def of_same_files(receipts: Sequence[Receipt]) -> Iterator[Finding]:
    """Deliveries of unlike units that hold the same bytes: one copy too many."""
    first: dict[tuple[str, str], str] = {}
    for each in receipts:
        table, name = each.read.table, each.read.name
        before = first.setdefault((table.sha256, table.sheet), name)
        if before != name and table.rows:
            yield Finding("same_file", file=name, names=(before,))
