"""Whether the units have as many respondents as each rule asks for."""

from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, stated, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.sample_rules import Judged, judged
from skm_analysis.report.wording import (
    CONDITIONAL,
    SAMPLING_SHORT,
    line,
    listing,
    population,
    sentences,
)
from skm_analysis.study.records import Unit


def sample_table(page: CityPage) -> Table:
    """What each unit's sample should have been and became; by which rules enough."""
    return Table(
        "tab-metode-sampel",
        ("Kecukupan jumlah responden setiap unit",),
        (
            Column("Unit", width=2.8),
            Column("Cara memilih", width=1.5),
            Column("Populasi", "right", 0.8),
            Column("K–M", "right", 0.7),
            Column("Untuk margin", "right", 0.85),
            Column("Untuk perubahan", "right", 1.0),
            Column("Rencana", "right", 0.8),
            Column("Dipakai", "right", 0.75),
            Column("Margin", "right", 0.75),
            Column("Cukup menurut", width=1.7),
        ),
        tuple(_sample_row(page, unit) for unit in page.study.units),
        notes=_sample_notes(page),
        landscape=True,
    )


def _sample_row(page: CityPage, unit: Unit) -> tuple[Line, ...]:
    census = unit.sampling == "census"
    margin = page.of_unit(unit, "margin")
    told = margin is not None and "suppressed" not in margin.flags
    key = f"study.unit.{unit.id}.planned"
    return (
        (unit.name,),
        (SAMPLING_SHORT[unit.sampling],),
        (population(unit) or "∞",),
        numbers.EMPTY if census else numbers.shown(page.of_unit(unit, "n_required")),
        numbers.shown(page.of_unit(unit, "n_required_precision")),
        _change(page, unit),
        (stated(key, unit.planned),) if unit.planned else numbers.EMPTY,
        numbers.shown(page.of_unit(unit, "n_accepted")),
        numbers.shown(margin) if told and not census else numbers.EMPTY,
        _sufficiency(page, unit),
    )


def _change(page: CityPage, unit: Unit) -> Line:
    row = page.of_unit(unit, "n_required_change")
    if row is None or "both_years" not in row.flags:
        return numbers.shown(row)
    return line(numbers.shown(row), "*")


def _sufficiency(page: CityPage, unit: Unit) -> Line:
    accepted = page.of_unit(unit, "n_accepted")
    if accepted is None or not accepted.value:
        return ("tidak ada data",)
    if unit.sampling == "census":
        return ("sensus",)
    rules = _judged(page, unit)
    met = [verdict(rule.key, rule.short) for rule in rules if rule.met]
    if met:
        parts = [part for word in met for part in (word, ", ")][:-1]
        return line(*parts)
    return (verdict(rules[0].key, "belum satu pun"),) if rules else numbers.EMPTY


def _judged(page: CityPage, unit: Unit) -> tuple[Judged, ...]:
    return judged(page.study, unit, lambda measure: page.of_unit(unit, measure))


def _sample_notes(page: CityPage) -> tuple[Line, ...]:
    units = page.study.units
    marks = ["Tanda –: tidak ditetapkan atau tidak dapat dihitung."]
    rows = [page.of_unit(unit, "n_required_change") for unit in units]
    if any(row and "both_years" in row.flags for row in rows):
        marks.insert(
            0,
            "Tanda *: studi sebelumnya terlalu kecil untuk itu; jumlah ini diperlukan "
            "pada dua studi berturut-turut.",
        )
    notes: list[Line] = [(" ".join(marks),)]
    margins = [page.of_unit(unit, "margin") for unit in units]
    if any(row and "conditional" in row.flags for row in margins):
        notes.append((f"Margin unit tanpa pengacakan berlaku {CONDITIONAL}.",))
    if any(population(unit) is None for unit in units):
        notes.append(("Tanda ∞: jumlah pengguna layanan tidak diketahui.",))
    visits = [x.name for x in units if x.population_of == "visits"]
    if visits:
        told = listing([name if "," not in name else f"“{name}”" for name in visits])
        notes.append(line("Populasi berupa kunjungan, bukan orang, pada ", told, "."))
    return tuple(notes)


def aims(page: CityPage) -> Paragraph | Absent:
    """What margin and what change the study wants its samples to be enough for."""
    plan = page.study.plan
    told: list[Line] = []
    if plan.margin is not None:
        told.append(
            line(
                "Margin disebut cukup bila paling besar ",
                stated("study.plan.margin", plan.margin, 2),
                " poin.",
            )
        )
    if plan.change is not None:
        told.append(
            line(
                "Jumlah responden disebut cukup untuk perubahan bila perubahan "
                "sebesar ",
                stated("study.plan.change", plan.change, 2),
                " poin sejak studi sebelumnya terlihat dengan kemungkinan delapan "
                "puluh persen.",
            )
        )
    if not told:
        return Absent("Studi ini tidak menetapkan sasaran ketelitian.")
    told.append(
        (
            "Jumlah yang diperlukan untuk itu dihitung dengan ragam studi sebelumnya; "
            "unit yang baru disurvei tidak mempunyainya.",
        )
    )
    return Paragraph("method.sample_aims", sentences(told))


_RULE = "Menurut rumus Krejcie–Morgan,"


def sample_sentence(page: CityPage) -> Paragraph:
    """How many units reached the required number."""
    met = [
        rule.met
        for unit in page.study.units
        for rule in _judged(page, unit)
        if rule.short == "K–M"
    ]
    enough = met.count(True)
    total = derived("city..sample.judged", len(met))
    if not met:
        text: Line = ("Tidak ada unit yang kecukupan sampelnya dapat dinilai.",)
    elif enough == len(met):
        text = line(
            f"{_RULE} jumlah responden mencukupi pada seluruh unit yang dapat "
            "dinilai (",
            total,
            " unit).",
        )
    elif not enough:
        text = line(
            f"{_RULE} tidak satu pun dari ",
            total,
            " unit yang dapat dinilai mempunyai cukup responden.",
        )
    else:
        text = line(
            f"{_RULE} jumlah responden mencukupi pada ",
            derived("city..sample.enough", enough),
            " dari ",
            total,
            " unit yang dapat dinilai dan belum mencukupi pada ",
            derived("city..sample.short", len(met) - enough),
            " unit. Seberapa teliti indeks setiap unit ditunjukkan oleh selang "
            "kepercayaannya.",
        )
    return Paragraph("method.sample", text)
