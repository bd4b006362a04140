"""The chapter on method: what follows from the study's own rules, and the checks."""

from skm_analysis.report import numbers, rule_changes
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.formatting import span
from skm_analysis.report.numbers import derived, stated
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import (
    CONDITIONAL,
    line,
    listing,
    population,
    sentences,
)
from skm_analysis.study.regulation import BANDS, CLAUSES

MISSING = {
    "ratio": "Pertanyaan yang tidak dijawab tidak dihitung: rata-rata setiap unsur "
    "dibagi dengan banyaknya responden yang menjawab unsur itu.",
    "complete": "Hanya kuesioner yang semua pertanyaannya dijawab yang dihitung.",
    "person": "Studi ini menghitung indeks lebih dahulu untuk setiap responden dari "
    "pertanyaan yang dijawabnya, kemudian merata-ratakannya. Bila ada yang tidak "
    "dijawab, hasilnya dapat berbeda dari jumlah NRR yang dikalikan dengan bobotnya.",
}
WEIGHTING = {
    "none": "Setiap responden dihitung sama dalam unitnya.",
    "strata": "Responden ditimbang menurut populasi stratanya.",
}


def scope(page: CityPage) -> Paragraph:
    """What the study covers, and how respondents were chosen, counted by unit."""
    study = page.study
    ways = [
        line(
            derived(
                f"study.sampling.{way}",
                sum(unit.sampling == way for unit in study.units),
            ),
            f" unit {label}",
        )
        for way, label in _CHOSEN.items()
        if any(unit.sampling == way for unit in study.units)
    ]
    unknown = sum(population(unit) is None for unit in study.units)
    text = sentences(
        (
            line(
                "Studi ini mencakup ",
                stated("study.units", len(study.units)),
                f" unit pelayanan {study.institution} dan pelayanan pada "
                f"{span(study.start, study.end)}.",
            ),
            line("Menurut cara memilih responden, ", listing(ways), ".")
            if len(ways) > 1
            else (f"Semua unit {_CHOSEN[study.units[0].sampling]}.",),
            _unknown(unknown, len(study.units)),
        )
    )
    return Paragraph("method.scope", text)


def _unknown(units: int, of: int) -> Line:
    """Units whose population is not known."""
    if not units:
        return ()
    which = ("semua",) if units == of else (derived("study.population.unknown", units),)
    return line(
        "Jumlah pengguna layanan tidak diketahui pada ",
        which,
        " unit; populasinya dianggap tak terhingga.",
    )


_CHOSEN = {
    "random": "memilih responden secara acak",
    "systematic": "memilih responden secara sistematis",
    "convenience": "menanyai pengguna layanan yang ditemui tanpa pengacakan",
    "census": "menanyai seluruh pengguna layanannya",
}


def rules(page: CityPage) -> Paragraph:
    """The study's own choices: unanswered items, weighting, the level."""
    study = page.study
    text = sentences(
        (
            (MISSING[study.missing],),
            (WEIGHTING[study.weighting],),
            line("Tingkat kepercayaan yang dipakai adalah ", level(study), "."),
            rule_changes.frozen(page),
        )
    )
    return Paragraph("method.rules", text)


def bands(page: CityPage) -> Table | Absent:
    """Lower bounds of the grades of the set that most units use."""
    used = [each.instrument.bands for each in page.study.units if each.instrument.bands]
    if not used:
        return Absent("Tidak ada kuesioner yang mempunyai tabel mutu.")
    name = max(used, key=used.count)
    clause = CLAUSES[name]
    return Table(
        "tab-metode-mutu",
        (f"Batas bawah mutu pelayanan menurut {clause.regulation}",),
        (
            Column("Mutu", "center", 0.7),
            Column("IKM paling rendah", "right"),
            Column("Kinerja unit pelayanan", width=2.0),
        ),
        tuple(
            (
                (band.grade,),
                (stated(f"regulation.{name}.{band.grade.lower()}", band.lower, 2),),
                (band.meaning,),
            )
            for band in BANDS[name]
        ),
        notes=(("Indeks dibulatkan dahulu ke dua desimal, kemudian diberi mutu.",),),
    )


def estimates_table(page: CityPage) -> Table | Absent:
    """Index, standard error, interval and margin of every published unit."""
    units = page.units(*TOLD)
    if not units:
        return Absent("Belum ada unit yang indeksnya dapat disajikan.")
    rows = [(unit, page.of_unit(unit, "ikm")) for unit in units]
    flags = {flag for _, row in rows if row for flag in row.flags}
    notes: list[Line] = []
    if "conditional" in flags:
        notes.append((f"Selang unit tanpa pengacakan berlaku {CONDITIONAL}.",))
    if "clustered" in flags:
        notes.append((_CLUSTERED,))
    return Table(
        "tab-metode-indeks",
        line(
            "Indeks setiap unit, galat baku, dan selang kepercayaan ",
            level(page.study),
        ),
        (
            Column("Unit", width=2.8),
            Column("n", "right", 0.6),
            Column("IKM", "right", 0.7),
            Column("Galat baku", "right", 0.9),
            Column("Selang kepercayaan", "right", 1.4),
            Column("Setengah lebar", "right", 1.0),
        ),
        tuple(
            (
                (unit.name,),
                numbers.respondents(row),
                numbers.shown(row),
                numbers.standard_error(row),
                numbers.interval(row),
                numbers.shown(page.of_unit(unit, "margin"))
                if row and numbers.limits(row)
                else numbers.EMPTY,
            )
            for unit, row in rows
        ),
        notes=tuple(notes),
    )


_CLUSTERED = (
    "Bila jawaban suatu unit dikumpulkan per kelompok, misalnya oleh pewawancara yang "
    "sama, galat bakunya memperhitungkan kemiripan jawaban di dalam kelompok, tanpa "
    "koreksi populasi terhingga."
)


def small_units(page: CityPage) -> Paragraph:
    """Which rule of publication touches how many units."""
    suppressed = len(page.units(Standing.SUPPRESSED))
    indicative = len(page.units(Standing.INDICATIVE))
    if not suppressed and not indicative:
        text: Line = (
            "Setiap unit yang mempunyai data mempunyai sedikitnya tiga puluh "
            "responden, sehingga semuanya disajikan lengkap.",
        )
        return Paragraph("method.small", text)
    parts: list[Line] = []
    if suppressed:
        parts.append(
            line(
                "Pada ",
                derived("city..units.suppressed", suppressed),
                " unit respondennya kurang dari sepuluh, sehingga rata-rata, indeks, "
                "dan mutunya tidak disajikan.",
            )
        )
    if indicative:
        parts.append(
            line(
                "Hasil ",
                derived("city..units.indicative", indicative),
                " unit yang mempunyai sepuluh sampai dengan dua puluh sembilan "
                "responden bersifat indikatif dan disajikan tanpa sebaran "
                "jawaban, urutan, dan arah perubahan.",
            )
        )
    return Paragraph("method.small", sentences(parts))
