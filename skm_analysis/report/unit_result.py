"""A unit's chapter: the index, its grade and how sure both are."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import (
    Absent,
    Column,
    Line,
    Number,
    Paragraph,
    Strong,
    Table,
)
from skm_analysis.report.numbers import number, stated, stated_percent
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.wording import (
    CONDITIONAL,
    graded,
    line,
    sentences,
)
from skm_analysis.study.records import Instrument, Study
from skm_analysis.study.regulation import BANDS

INDEX = "Indeks Kepuasan Masyarakat"


def level(study: Study) -> Number:
    return stated_percent("study.confidence_level", study.confidence_level)


def meaning(instrument: Instrument, letter: str) -> str:
    """What the regulation calls a letter: "Sangat baik"."""
    if instrument.bands is None:
        raise ValueError(f"instrument {instrument.id} has no bands")
    return next(
        band.meaning for band in BANDS[instrument.bands] if band.grade == letter
    )


def ikm(page: UnitPage) -> Paragraph:
    """The headline: index, grade, interval; or why there is none."""
    return Paragraph(f"unit.{page.unit.id}.ikm", _headline(page))


def _headline(page: UnitPage) -> Line:
    if page.standing is Standing.EMPTY:
        return (
            f"Tidak ada kuesioner yang dapat dipakai dari {page.unit.name}, sehingga "
            "indeks dan mutu pelayanannya tidak dapat dihitung.",
        )
    row = page.row("ikm")
    if page.standing is Standing.SUPPRESSED or row is None or row.value is None:
        return _withheld(page)
    return sentences(
        (
            _index(page, row),
            _uncertainty(page, row),
            _no_variance(row),
            _indicative(page, row),
            _ceiling(page),
        )
    )


def _withheld(page: UnitPage) -> Line:
    accepted = page.row("n_accepted")
    used = (
        line("Hanya ", number(accepted), " kuesioner yang dapat dipakai. ")
        if accepted and accepted.value
        else ()
    )
    return line(
        used,
        "Agar jawaban perseorangan tidak dapat dikenali, dan karena hasilnya terlalu "
        "tidak pasti, nilai unsur, indeks, dan mutu unit ini tidak disajikan; unit ini "
        "juga tidak ikut dihitung dalam angka kota.",
    )


def _index(page: UnitPage, row: Row) -> Line:
    opening = line(
        f"{INDEX} (IKM) {page.unit.name} tahun {page.study.year} adalah ",
        number(row),
    )
    grade = page.row("grade")
    if grade is None or not grade.category:
        return line(opening, ". ", _no_grade(page.unit.instrument))
    letter = grade.category
    words = meaning(page.unit.instrument, letter)
    return line(
        opening, ", dengan mutu pelayanan ", graded(grade.key, letter, words), "."
    )


def _no_grade(instrument: Instrument) -> Line:
    lowest, highest = instrument.scale
    key = f"study.instrument.{instrument.id}"
    return line(
        "Indeks ini tidak diberi mutu karena kuesionernya memakai skala ",
        stated(f"{key}.lowest", lowest),
        " sampai dengan ",
        stated(f"{key}.highest", highest),
        ", yang tidak mempunyai tabel mutu dalam peraturan.",
    )


def _uncertainty(page: UnitPage, row: Row) -> Line:
    if "census" in row.flags:
        return (
            "Seluruh pengguna layanan menjawab, sehingga indeks ini tidak memuat "
            "kesalahan penarikan sampel.",
        )
    if row.ci_low is None or row.ci_high is None:
        return ("Selang kepercayaan tidak dapat dihitung.",)
    condition = f", {CONDITIONAL}" if "conditional" in row.flags else ""
    return line(
        "Selang kepercayaan ",
        level(page.study),
        f" untuk indeks itu{condition}, adalah "
        if condition
        else " untuk indeks itu adalah ",
        numbers.interval(row),
        ".",
    )


def _no_variance(row: Row) -> Line:
    if "no_variance" not in row.flags:
        return ()
    return (
        "Jawaban para responden tidak berbeda satu sama lain. Keragaman yang nol di "
        "dalam sampel tidak berarti bahwa semua pengguna layanan berpendapat sama; "
        "selang yang disajikan memperhitungkan hal itu.",
    )


def _indicative(page: UnitPage, row: Row) -> Line:
    if page.standing is not Standing.INDICATIVE:
        return ()
    return line(
        "Hasil ini bersifat ",
        Strong("indikatif"),
        " karena hanya didasarkan pada ",
        numbers.respondents(row),
        " responden; sebaran jawaban, urutan unsur, dan arah perubahannya tidak "
        "disajikan.",
    )


def _ceiling(page: UnitPage) -> Line:
    """Said because indices near the top tell little apart."""
    row = page.row("all_highest")
    if page.standing is not Standing.FULL or row is None or not row.value:
        return ()
    if row.value == 1:
        return ("Seluruh responden memberi nilai tertinggi pada semua pertanyaan.",)
    return line(
        "Sebanyak ",
        number(row),
        " responden memberi nilai tertinggi pada semua pertanyaan.",
    )


def result_table(page: UnitPage) -> Table | Absent:
    """Index, interval, margin, grade, respondents and target at a glance."""
    row = page.row("ikm")
    if page.standing not in TOLD or row is None:
        return Absent("Indeks unit ini tidak disajikan.")
    lines: list[tuple[Line, Line]] = [((INDEX,), numbers.shown(row))]
    if numbers.limits(row):
        lines.append(
            (line("Selang kepercayaan ", level(page.study)), numbers.interval(row))
        )
    margin = page.row("margin")
    if margin is not None and margin.value:
        lines.append((("Setengah lebar selang (poin indeks)",), (number(margin),)))
    grade = page.row("grade")
    if grade is not None and grade.category:
        words = meaning(page.unit.instrument, grade.category)
        lines.append(
            (("Mutu pelayanan",), (numbers.verdict(grade.key, grade.category),))
        )
        lines.append((("Kinerja unit pelayanan",), (words,)))
    lines.append((("Responden",), numbers.respondents(row)))
    if page.unit.target is not None:
        key = f"study.unit.{page.unit.id}.target"
        lines.append((("Target unit",), (stated(key, page.unit.target, 2),)))
    return Table(
        f"tab-{page.unit.id}-hasil",
        (f"Ringkasan hasil {page.unit.name}",),
        (Column("Ukuran", width=2.4), Column("Hasil", "right")),
        tuple(lines),
        notes=_condition(row),
        emphasised=(0,),
    )


def _condition(row: Row) -> tuple[Line, ...]:
    if "conditional" not in row.flags:
        return ()
    return ((f"Selang kepercayaan berlaku {CONDITIONAL}.",),)


_WAYS = (
    ("ikm", "Indeks resmi"),
    ("ikm_unweighted", "Tanpa pembobotan strata"),
    ("ikm_strata", "Dengan pembobotan strata"),
    ("ikm_without_biaya", "Tanpa unsur Biaya/Tarif"),
    ("ikm_weight_0_11", "Dengan bobot setiap unsur dibulatkan menjadi 0,11"),
    ("ikm_weight_0_111", "Dengan bobot setiap unsur dibulatkan menjadi 0,111"),
)


def sensitivity(page: UnitPage) -> Table | Absent:
    """The index as other ways of counting would print it."""
    if page.standing not in TOLD:
        return Absent("Indeks unit ini tidak disajikan.")
    official = page.row("ikm")
    same = "ikm_unweighted" if page.study.weighting == "none" else "ikm_strata"
    found = [(page.row(measure), label) for measure, label in _WAYS if measure != same]
    told = [(row, label) for row, label in found if row and row.value is not None]
    if official is None or len(told) < 2:
        return Absent("Tidak ada cara menghitung lain yang berlaku untuk unit ini.")
    return Table(
        f"tab-{page.unit.id}-kepekaan",
        (f"Indeks {page.unit.name} menurut cara menghitung",),
        (
            Column("Cara menghitung", width=3.2),
            Column("Indeks", "right"),
            Column("Selisih", "right"),
        ),
        tuple(
            (
                (label,),
                (number(row),),
                ("–",) if row is official else (_difference(row, official),),
            )
            for row, label in told
        ),
        notes=_sensitivity_notes([row.measure for row, _ in told]),
        emphasised=(0,),
    )


def _difference(row: Row, official: Row) -> Number:
    # Between the numbers as printed, so that a reader who subtracts finds the same.
    value = numbers.printed(row) - numbers.printed(official)
    return numbers.derived_change(f"{row.key}:difference", value)


def _sensitivity_notes(measures: list[str]) -> tuple[Line, ...]:
    notes: list[Line] = []
    if "ikm_without_biaya" in measures:
        notes.append(
            (
                "Layanan yang gratis dengan sendirinya mendapat nilai tertinggi pada "
                "unsur Biaya/Tarif; bobot unsur lainnya disesuaikan.",
            )
        )
    if "ikm_weight_0_11" in measures:
        notes.append(
            (
                "Bobot yang dibulatkan tidak berjumlah satu, sehingga indeksnya selalu "
                "lebih rendah; lembar kerja di banyak tempat masih memakainya.",
            )
        )
    return tuple(notes)
