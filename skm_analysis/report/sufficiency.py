"""Whether the units have as many respondents as each rule asks for."""

from skm_analysis.report import numbers
from skm_analysis.report.elements import Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, stated, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.sample_rules import Judged, judged
from skm_analysis.report.wording import (
    CONDITIONAL,
    SAMPLING_SHORT,
    line,
    listing,
    population,
)
from skm_analysis.study.records import Unit


def sample_table(page: CityPage) -> Table:
    """What each unit's sample should have been and became; by which rules enough."""
    return Table(
        "tab-metode-sampel",
        ("Kecukupan jumlah responden setiap unit",),
        (
            Column("Unit", width=2.5),
            Column("Cara memilih", width=1.4),
            Column("Populasi", "right", 0.85),
            Column("Menurut K–M", "right", 0.9),
            Column("Untuk margin", "right", 0.85),
            Column("Untuk perubahan", "right", 1.0),
            Column("Rencana", "right", 0.85),
            Column("Dipakai", "right", 0.8),
            Column("Margin tercapai", "right", 0.9),
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
    plan, units = page.study.plan, page.study.units
    notes: list[Line] = [
        (
            "K–M: rumus Krejcie–Morgan. Unit yang disensus tidak memerlukan ukuran "
            "sampel.",
        )
    ]
    if plan.margin is not None:
        notes.append(
            line(
                "Untuk margin: supaya setengah lebar selang kepercayaan indeks paling "
                "besar ",
                stated("study.plan.margin", plan.margin, 2),
                " poin, menurut ragam studi sebelumnya.",
            )
        )
    if plan.change is not None:
        notes.append(
            line(
                "Untuk perubahan: supaya perubahan sebesar ",
                stated("study.plan.change", plan.change, 2),
                " poin sejak studi sebelumnya terlihat dengan kemungkinan delapan "
                "puluh persen.",
            )
        )
    rows = [page.of_unit(unit, "n_required_change") for unit in units]
    if any(row and "both_years" in row.flags for row in rows):
        notes.append(
            (
                "Tanda *: hasil studi sebelumnya terlalu tidak pasti untuk itu; angka "
                "ini diperlukan pada dua studi berturut-turut.",
            )
        )
    margins = [page.of_unit(unit, "margin") for unit in units]
    if any(row and "conditional" in row.flags for row in margins):
        notes.append(
            (
                f"Margin unit tanpa pengacakan berlaku {CONDITIONAL}, tanpa koreksi "
                "populasi terhingga.",
            )
        )
    if any(population(unit) is None for unit in units):
        notes.append(("Tanda ∞: jumlah pengguna layanan tidak diketahui.",))
    visits = [x.name for x in units if x.population_of == "visits"]
    if visits:
        told = listing([name if "," not in name else f"“{name}”" for name in visits])
        notes.append(line("Populasi berupa kunjungan, bukan orang, pada ", told, "."))
    return tuple(notes)


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
            f"{_RULE} jumlah responden belum mencukupi pada satu pun dari ",
            total,
            " unit yang dapat dinilai.",
        )
    else:
        text = line(
            f"{_RULE} jumlah responden mencukupi pada ",
            derived("city..sample.enough", enough),
            " dari ",
            total,
            " unit yang dapat dinilai dan belum mencukupi pada ",
            derived("city..sample.short", len(met) - enough),
            " unit. Indeks unit yang belum mencukupi tetap disajikan dengan selang "
            "kepercayaannya, yang menunjukkan seberapa teliti indeks itu.",
        )
    return Paragraph("method.sample", text)
