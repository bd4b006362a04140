"""What is recommended this year, and what became of last year's."""

from collections import Counter
from collections.abc import Sequence

from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Prose, Table
from skm_analysis.report.formatting import day
from skm_analysis.report.numbers import derived
from skm_analysis.report.page import CityPage, UnitPage
from skm_analysis.report.wording import earlier, line, listing
from skm_analysis.study.followup import Recommendation
from skm_analysis.study.records import Study


def unit_plan(page: UnitPage) -> Table | Absent:
    """This study's recommendations to one unit."""
    if not page.recommendations:
        return Absent("Belum ada rekomendasi untuk unit ini.")
    return Table(
        f"tab-{page.unit.id}-rekomendasi",
        (f"Rekomendasi tahun {page.study.year} untuk {page.unit.name}",),
        _PLAN,
        tuple(_plan_row(page.study, each) for each in page.recommendations),
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
    )


_PLAN = (
    Column("Prioritas unsur", width=1.5),
    Column("Masalah", width=2.0),
    Column("Kegiatan", width=2.3),
    Column("Waktu", "center", 0.8),
    Column("Penanggung jawab", width=1.5),
)


def _plan_row(study: Study, record: Recommendation) -> tuple[Line, ...]:
    return (
        (_item_name(study, record),),
        (record.problem or "–",),
        (record.activity or "–",),
        (_when(record),),
        (record.responsible or "–",),
    )


def _when(record: Recommendation) -> str:
    if record.quarter:
        return str(record.quarter)
    return day(record.due) if record.due else "–"


def _unit_name(study: Study, record: Recommendation) -> str:
    names = {unit.id: unit.name for unit in study.units}
    return names.get(record.unit, record.unit) or "Seluruh unit"


def _item_name(study: Study, record: Recommendation) -> str:
    """The label of the item where the unit asked it; a unit may have left since."""
    for unit in study.units:
        if unit.id == record.unit or not record.unit:
            for item in unit.instrument.items:
                if item.key == record.item:
                    return item.label
    return record.item or "–"


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
    Column("Keadaan", width=1.1),
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
    return (line("Keadaan menurut tinjauan pada ", told, "."),)


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
