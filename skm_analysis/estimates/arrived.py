"""The state of the field work from what has come: counts and shares, nothing random.

No interval is computed, so that a look at thirty units takes seconds.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from skm_analysis.estimates.aside_rows import aside_rows
from skm_analysis.estimates.city_rows import unit_standing
from skm_analysis.estimates.counting import city_counts, unit_counts
from skm_analysis.estimates.data_quality import duplicate_vectors, straight_lined
from skm_analysis.estimates.disclosure import FEWEST_TOLD
from skm_analysis.estimates.fieldwork import (
    MOST_ASIDE,
    DeliveryState,
    Fault,
    FieldWork,
    OfficeResult,
    UnitState,
    each_once,
)
from skm_analysis.estimates.grading import stored_value
from skm_analysis.estimates.oddities import (
    of_cut_numbers,
    of_deliveries,
    of_numbers_off_scale,
    of_reported,
    of_same_files,
    of_strange_units,
    of_units,
    of_unknown_answers,
    of_unread_days,
)
from skm_analysis.estimates.office_rows import office_rows
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample import MISSING, Scores
from skm_analysis.estimates.sample_size import krejcie_morgan
from skm_analysis.estimates.surveyed import Surveyed, survey_published
from skm_analysis.responses.cleaning import Cleaned, clean_receipts
from skm_analysis.responses.file_names import shown_file
from skm_analysis.responses.judging import Reason
from skm_analysis.responses.receiving import Receipt, Taken
from skm_analysis.study.corrections import delivery_named
from skm_analysis.study.records import Delivery, Study, Unit


def field_work(
    study: Study, taken: Taken, awaited: Sequence[Delivery], faults: Sequence[Fault]
) -> FieldWork:
    """The state per unit; `study` without the deliveries that have not come."""
    cleaned = clean_receipts(study, taken.receipts)
    surveyed = [
        survey_published(study, unit, cleaned.accepted[unit.id]) for unit in study.units
    ]
    refused = {each.file for each in taken.refused}
    lost = [each for each in study.in_force if each.file in refused]
    units = tuple(_state(study, each, cleaned, awaited, lost) for each in surveyed)
    counts = city_counts(Address(study.id, "city"), surveyed, cleaned)
    return FieldWork(
        study=study.id,
        title=study.title,
        units=units,
        deliveries=tuple(_deliveries(study, cleaned, taken.receipts)),
        aside=tuple(islice(aside_rows(taken.receipts), MOST_ASIDE)),
        set_aside=_by_reason(counts),
        faults=(
            *faults,
            *(Fault("delivery", x.message, shown_file(x.file)) for x in taken.refused),
        ),
        findings=(
            *of_units(units, surveyed),
            *of_deliveries(cleaned),
            *of_strange_units(taken.receipts),
            *of_unknown_answers(study, taken.receipts),
            *of_numbers_off_scale(study, taken.receipts),
            *of_unread_days(taken.receipts),
            *of_cut_numbers(taken.receipts),
            *of_reported(taken.receipts),
            *of_same_files(taken.receipts),
        ),
        items={
            item.key: item.label
            for unit in study.units
            for item in unit.instrument.items
        },
    )


def _state(
    study: Study,
    surveyed: Surveyed,
    cleaned: Cleaned,
    awaited: Sequence[Delivery],
    refused: Sequence[Delivery],
) -> UnitState:
    unit = surveyed.unit
    at = Address(study.id, "unit", unit.id)
    rows = unit_counts(at, surveyed, cleaned)
    counts = {row.measure: int(row.value or 0) for row in rows if not row.category}
    reasons = _by_reason(rows)
    census = unit.sampling == "census" and surveyed.population is not None
    required = krejcie_morgan(surveyed.population)
    aimed = unit.planned or required
    if census:
        aimed = required = surveyed.population or 0
    scores = None if surveyed.sample is None else surveyed.sample.scores
    keys = unit.instrument.keys
    blanks = {} if scores is None else _blanks(keys, scores)
    cells = surveyed.n * len(keys)
    return UnitState(
        unit=unit.id,
        name=unit.name,
        source=surveyed.source,
        planned=unit.planned,
        required=required,
        census=census,
        received=counts["n_received"],
        accepted=counts["n_accepted"],
        set_aside=counts["n_set_aside"],
        reasons=reasons,
        short=max(0, aimed - counts["n_accepted"]),
        blanks=blanks,
        blank_share=sum(blanks.values()) / cells if cells else None,
        straight_lined=(
            None if scores is None else stored_value(straight_lined(scores))
        ),
        same_answers=(
            None if scores is None else stored_value(duplicate_vectors(scores))
        ),
        repeated=reasons.get("duplicate", 0),
        office=_office(at, surveyed, cleaned),
        waiting=_files_of(study, unit, awaited),
        refused=_files_of(study, unit, refused),
        standing=unit_standing(study, surveyed),
    )


def _blanks(keys: Sequence[str], scores: Scores) -> dict[str, int]:
    counts = (scores == MISSING).sum(axis=0)
    return {key: int(count) for key, count in zip(keys, counts, strict=True)}


def _by_reason(rows: Sequence[Row]) -> dict[str, int]:
    return {
        row.category: int(row.value or 0)
        for row in rows
        if row.measure == "n_set_aside" and row.category
    }


def _files_of(
    study: Study, unit: Unit, deliveries: Sequence[Delivery]
) -> tuple[str, ...]:
    its = (x.file for x in deliveries if unit in study.units_of(x))
    return each_once(map(shown_file, its))


def _office(at: Address, surveyed: Surveyed, cleaned: Cleaned) -> OfficeResult | None:
    rows = {
        (row.measure, row.category): row
        for row in office_rows(at, surveyed, cleaned)
        if not row.item
    }
    theirs = rows.get(("office_ikm", ""))
    if theirs is None or surveyed.ikm is None:
        return None
    apart = rows.get(("office_differing_items", ""))
    told = surveyed.n >= FEWEST_TOLD
    return OfficeResult(
        theirs=float(theirs.value or 0),
        ours=stored_value(surveyed.ikm.value) if told else None,
        difference=rows["office_difference", "ikm"].value if told else None,
        items_apart=int(apart.value or 0) if told and apart else None,
        flags=theirs.flags,
    )


def _deliveries(
    study: Study, cleaned: Cleaned, receipts: Sequence[Receipt]
) -> Iterator[DeliveryState]:
    days = {each.read.name: _days(each) for each in receipts}
    aside = cleaned.set_aside
    left = aside[aside["reason"] == Reason.EXCLUDED.value]["delivery"].value_counts()
    for row in cleaned.deliveries.itertuples():
        asked = delivery_named(study, row.delivery)
        yield DeliveryState(
            file=row.delivery,
            source=row.source,
            rows_read=int(row.rows_read),
            accepted=int(row.accepted),
            set_aside=int(row.set_aside),
            repeated_id=int(row.repeated_id),
            repeated_row=int(row.repeated_row),
            excluded=int(left.get(row.delivery, 0)),
            excluded_for=asked.excluded_for if asked else (),
            first_day=min(days[row.delivery], default=""),
            last_day=max(days[row.delivery], default=""),
        )


def _days(receipt: Receipt) -> list[str]:
    """The days that its rows tell, without those of trials."""
    asked = receipt.read.rows["reason"].ne(Reason.TEST_ROW.value)
    return [day for day in receipt.read.rows.loc[asked, "date"].unique() if day]
