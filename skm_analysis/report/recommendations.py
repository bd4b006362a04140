"""What is recommended this year, and what became of last year's."""

from collections import Counter
from collections.abc import Sequence

from skm_analysis.estimates.rows import Row
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Prose, Table
from skm_analysis.report.formatting import day
from skm_analysis.report.numbers import derived, number, stated
from skm_analysis.report.page import CityPage, UnitPage
from skm_analysis.report.proposals import unit_proposals
from skm_analysis.report.standing import Standing
from skm_analysis.report.weakness import weakness
from skm_analysis.report.wording import (
    earlier,
    line,
    listing,
    lower_first,
    sentences,
)
from skm_analysis.study.followup import Recommendation
from skm_analysis.study.records import Study, Unit


def unit_plan(page: UnitPage) -> Table | Absent:
    """This study's recommendations to one unit; proposals where there are none."""
    if not page.recommendations:
        return unit_proposals(page)
    return Table(
        f"tab-{page.unit.id}-rekomendasi",
        (f"Rekomendasi tahun {page.study.year} untuk {page.unit.name}",),
        _PLAN,
        tuple(_plan_row(page.study, each) for each in page.recommendations),
        notes=_quarters(page.recommendations),
    )


def city_plan(page: CityPage) -> Table | Absent:
    """This study's recommendations to all units, as a plan of follow-up."""
    if not page.recommendations:
        return Absent("Belum ada rekomendasi tahun ini.")
    return Table(
        "tab-kota-rekomendasi",
        (f"Rencana tindak lanjut atas rekomendasi tahun {page.study.year}",),
        (Column("Unit", width=1.7), *_PLAN),
        tuple(
            ((_unit_name(page.study, each),), *_plan_row(page.study, each))
            for each in page.recommendations
        ),
        notes=_quarters(page.recommendations),
    )


def plan_counts(page: CityPage) -> Paragraph | Absent:
    """How many recommendations there are, and which units have none."""
    if not page.recommendations:
        return Absent("Belum ada rekomendasi tahun ini.")
    known = {unit.id for unit in page.study.units}
    served = {each.unit for each in page.recommendations} & known
    without = [unit.name for unit in page.study.units if unit.id not in served]
    opening = line(
        "Dari studi ini disusun ",
        derived("recommendations.total", len(page.recommendations)),
        " rekomendasi",
    )
    if served:
        opening = line(
            opening, " bagi ", derived("recommendations.units", len(served)), " unit"
        )
    told = _without(without) if served else ()
    return Paragraph("city..plan", sentences((line(opening, "."), told)))


def foremost(page: CityPage, count: int = 3) -> tuple[Line, ...]:
    """The recommendations on the weakest items, lowest share of the scale first.

    Of units with thirty respondents that have clearly weakest items; those on no
    single item have no place here.
    """
    return tuple(text for _, text in _ranked(page)[:count])


def foremost_places(page: CityPage) -> list[int]:
    """Where those recommendations stand in `page.recommendations`, in that order."""
    return [place for place, _ in _ranked(page)]


def _ranked(page: CityPage) -> list[tuple[int, Line]]:
    ranked: list[tuple[float, int, Line]] = []
    units = page.units(Standing.FULL)
    weak = {unit.id: weakness(page.estimates, unit).named for unit in units}
    for place, record in enumerate(page.recommendations):
        for unit in units:
            means = {item.key: row for item, row in weak[unit.id]}
            row = means.get(record.item)
            if unit.id != record.unit or row is None or row.value is None:
                continue
            share = row.value / unit.instrument.scale[1]
            ranked.append((share, place, _urgent(page.study, unit, record, row)))
    ranked.sort(key=lambda each: each[:2])
    return [(place, text) for _, place, text in ranked]


def _urgent(study: Study, unit: Unit, record: Recommendation, row: Row) -> Line:
    lowest, highest = unit.instrument.scale
    key = f"study.instrument.{unit.instrument.id}"
    activity = record.activity.rstrip(".")
    if activity[1:2].islower():
        activity = lower_first(activity)
    known = [each for each in (when(record), record.responsible) if each]
    by = ", ".join(each for each in known if each != "–")
    return line(
        f"{unit.name}, “{_item_name(study, record)}” (",
        number(row),
        " pada skala ",
        stated(f"{key}.lowest", lowest),
        "–",
        stated(f"{key}.highest", highest),
        f"): {activity}",
        f" ({by})." if by else ".",
    )


def _without(names: list[str]) -> Line:
    if not names:
        return ()
    if len(names) > FEW:
        many = derived("recommendations.units.none", len(names))
        return line("Bagi ", many, " unit lainnya belum ada rekomendasi.")
    return line("Unit yang belum mempunyai rekomendasi: ", listing(names), ".")


_PLAN = (
    Column("Prioritas unsur", width=1.5),
    Column("Masalah", width=2.0),
    Column("Kegiatan", width=2.3),
    Column("Waktu", "center", 0.9),
    Column("Penanggung jawab", width=1.5),
)


FEW = 8  # more names than these are counted, not listed


def _quarters(records: Sequence[Recommendation]) -> tuple[Line, ...]:
    if not any(record.quarter.startswith("TW ") for record in records):
        return ()
    return (("TW: triwulan.",),)


def _plan_row(study: Study, record: Recommendation) -> tuple[Line, ...]:
    return (
        (_item_name(study, record),),
        (record.problem or "–",),
        (record.activity or "–",),
        (when(record),),
        (record.responsible or "–",),
    )


def when(record: Recommendation) -> str:
    """The quarter, with the year in which it is due."""
    if not record.quarter:
        return day(record.due) if record.due else "–"
    year = str(record.due.year) if record.due else ""
    told = not year or year in record.quarter
    return record.quarter if told else f"{record.quarter} {year}"


def _unit_name(study: Study, record: Recommendation) -> str:
    names = {unit.id: unit.name for unit in study.units}
    return names.get(record.unit, record.unit) or "Seluruh unit"


def _item_name(study: Study, record: Recommendation) -> str:
    """The label of the item where the unit asked it; a unit may have left since."""
    if not record.item:
        return "Umum"
    for unit in study.units:
        if unit.id == record.unit or not record.unit:
            for item in unit.instrument.items:
                if item.key == record.item:
                    return item.label
    return record.item


def unit_followup(page: UnitPage) -> Table | Absent:
    """Last year's recommendations to one unit with their state."""
    if page.study.previous is None or not page.earlier_recommendations:
        return Absent("Tidak ada rekomendasi tahun lalu untuk unit ini.")
    return Table(
        f"tab-{page.unit.id}-tindak-lanjut",
        (
            f"Tindak lanjut rekomendasi {earlier(page.study.previous)} oleh "
            f"{page.unit.name}",
        ),
        _FOLLOWUP,
        tuple(_followup_row(page.study, each) for each in page.earlier_recommendations),
        notes=_reviewed(page.earlier_recommendations),
    )


def city_followup(page: CityPage) -> Table | Absent:
    if page.study.previous is None or not page.earlier_recommendations:
        return Absent("Tidak ada rekomendasi tahun lalu.")
    return Table(
        "tab-kota-tindak-lanjut",
        (f"Tindak lanjut rekomendasi {earlier(page.study.previous)}",),
        (Column("Unit", width=1.6), *_FOLLOWUP),
        tuple(
            ((_unit_name(page.study, each),), *_followup_row(page.study, each))
            for each in page.earlier_recommendations
        ),
        notes=_reviewed(page.earlier_recommendations),
    )


_FOLLOWUP = (
    Column("Unsur", width=1.5),
    Column("Kegiatan", width=2.6),
    Column("Status", width=1.1),
    Column("Bukti", width=2.2),
)


def _followup_row(study: Study, record: Recommendation) -> tuple[Line, ...]:
    return (
        (_item_name(study, record),),
        (record.activity or "–",),
        (status(record),),
        (record.evidence or "–",),
    )


def _reviewed(records: Sequence[Recommendation]) -> tuple[Line, ...]:
    dates = sorted({record.reviewed for record in records if record.reviewed})
    if not dates:
        return ()
    told = listing([day(date) for date in dates])
    return (line("Status menurut tinjauan pada ", told, "."),)


def followup_counts(page: CityPage) -> Paragraph | Absent:
    """How many of last year's recommendations were carried out."""
    if page.study.previous is None or not page.earlier_recommendations:
        return Absent("Tidak ada rekomendasi tahun lalu.")
    words = Counter(status(record) for record in page.earlier_recommendations)
    total = sum(words.values())
    when = earlier(page.study.previous)
    whole = derived("followup.total", total)
    if len(words) == 1:
        (word,) = words
        who = "Satu-satunya" if total == 1 else "Seluruh"
        text = line(
            f"{who} rekomendasi {when} (", whole, f" butir) berstatus “{word}”."
        )
        return Paragraph("city..followup", text)
    parts = [
        line(derived(f"followup.{place}", words[word]), f" berstatus “{word}”")
        for place, word in enumerate(_in_order(words), 1)
    ]
    text = line("Dari ", whole, f" rekomendasi {when}, ", listing(parts), ".")
    return Paragraph("city..followup", text)


STATUS = {
    "selesai": "selesai",
    "berjalan": "sedang berjalan",
    "belum": "belum dilaksanakan",
    "batal": "dibatalkan",
    "": "belum ditinjau",
}


def status(record: Recommendation) -> str:
    return STATUS[record.status]


def _in_order(words: Counter[str]) -> list[str]:
    return [word for word in STATUS.values() if words[word]]


def notes(page: UnitPage) -> Prose | Absent:
    """What people wrote in `texts/units/UNIT.md`."""
    if not page.text:
        return Absent(f"Belum ada catatan (texts/units/{page.unit.id}.md).")
    return Prose(page.text)
