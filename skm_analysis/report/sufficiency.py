"""Whether the units have as many respondents as Krejcie and Morgan ask for."""

from skm_analysis.report import numbers
from skm_analysis.report.elements import Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.wording import SAMPLING_SHORT, line, listing, population
from skm_analysis.study.records import Unit


def sample_table(page: CityPage) -> Table:
    """Population, required, reached and sufficiency of every unit."""
    return Table(
        "tab-metode-sampel",
        ("Kecukupan jumlah responden setiap unit",),
        (
            Column("Unit", width=2.7),
            Column("Cara memilih", width=1.75),
            Column("Populasi", "right", 0.8),
            Column("Diperlukan", "right", 0.95),
            Column("Diterima", "right", 0.8),
            Column("Dipakai", "right", 0.75),
            Column("Kecukupan", width=1.75),
        ),
        tuple(_sample_row(page, unit) for unit in page.study.units),
        notes=_sample_notes(page),
    )


def _sample_notes(page: CityPage) -> tuple[Line, ...]:
    notes: list[Line] = [
        ("Diperlukan: menurut rumus Krejcie–Morgan, untuk unit yang tidak disensus.",)
    ]
    if any(population(unit) is None for unit in page.study.units):
        notes.append(("Tanda ∞: jumlah pengguna layanan tidak diketahui.",))
    visits = [x.name for x in page.study.units if x.population_of == "visits"]
    if visits:
        told = listing([name if "," not in name else f"“{name}”" for name in visits])
        notes.append(line("Populasi berupa kunjungan, bukan orang, pada ", told, "."))
    return tuple(notes)


def _sample_row(page: CityPage, unit: Unit) -> tuple[Line, ...]:
    served = population(unit)
    required = page.of_unit(unit, "n_required")
    census = unit.sampling == "census"
    return (
        (unit.name,),
        (SAMPLING_SHORT[unit.sampling],),
        (served or "∞",),
        ("–",) if census else numbers.shown(required),
        numbers.shown(page.of_unit(unit, "n_received")),
        numbers.shown(page.of_unit(unit, "n_accepted")),
        _sufficiency(page, unit),
    )


def _sufficiency(page: CityPage, unit: Unit) -> Line:
    required = page.of_unit(unit, "n_required")
    accepted = page.of_unit(unit, "n_accepted")
    if accepted is None or not accepted.value:
        return ("tidak ada data",)
    if unit.sampling == "census":
        return ("sensus",)
    if required is None or required.value is None:
        return ("–",)
    enough = accepted.value >= required.value
    return (verdict(required.key, "mencukupi" if enough else "belum mencukupi"),)


_RULE = "Menurut rumus Krejcie–Morgan,"


def sample_sentence(page: CityPage) -> Paragraph:
    """How many units reached the required number."""
    words = ["".join(_word(page, unit)) for unit in page.study.units]
    judged = [word for word in words if word in ("mencukupi", "belum mencukupi")]
    enough = judged.count("mencukupi")
    total = derived("city..sample.judged", len(judged))
    if not judged:
        text: Line = ("Tidak ada unit yang kecukupan sampelnya dapat dinilai.",)
    elif enough == len(judged):
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
            derived("city..sample.short", len(judged) - enough),
            " unit. Indeks unit yang belum mencukupi tetap disajikan dengan selang "
            "kepercayaannya, yang menunjukkan seberapa teliti indeks itu.",
        )
    return Paragraph("method.sample", text)


def _word(page: CityPage, unit: Unit) -> tuple[str, ...]:
    return tuple(
        each if isinstance(each, str) else getattr(each, "shown", "")
        for each in _sufficiency(page, unit)
    )
