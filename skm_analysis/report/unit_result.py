"""A unit's chapter: the index, its grade and how sure both are."""

from fractions import Fraction

from skm_analysis.estimates.grading import find_grade
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
from skm_analysis.report.numbers import number, stated, stated_percent, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.wording import (
    CONDITIONAL,
    graded,
    line,
    listing,
    sentences,
)
from skm_analysis.study.records import Instrument, Study
from skm_analysis.study.regulation import BANDS, BANDS_SCALE

INDEX = "Indeks Kepuasan Masyarakat"
NOT_COMPLETE = "tidak ada kuesioner yang semua pertanyaannya dijawab"
NOT_ANSWERED = "ada pertanyaan yang tidak dijawab oleh siapa pun"


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
    if page.standing is Standing.SUPPRESSED or row is None:
        return _withheld(page)
    if row.value is None:
        return _undefined(page)
    return sentences(
        (
            _index(page, row),
            uncertainty(page, row),
            _certainty(page, row),
            standing_apart(row),
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


def without_index(study: Study) -> str:
    """Why enough sheets give no index."""
    return NOT_COMPLETE if study.missing == "complete" else NOT_ANSWERED


def _undefined(page: UnitPage) -> Line:
    return (
        f"Indeks dan mutu pelayanan {page.unit.name} tidak dapat dihitung karena "
        f"{without_index(page.study)}; unit ini juga tidak ikut dihitung dalam angka "
        "kota.",
    )


def _index(page: UnitPage, row: Row) -> Line:
    opening = line(
        f"{INDEX} (IKM) {page.unit.name} tahun {page.study.year} adalah ",
        number(row),
    )
    grade = page.row("grade")
    if grade is None or not grade.category:
        return line(opening, ". ", no_grade(page, grade))
    letter = grade.category
    words = meaning(page.unit.instrument, letter)
    return line(
        opening, ", dengan mutu pelayanan ", graded(grade.key, letter, words), "."
    )


def no_grade(page: UnitPage, grade: Row | None) -> Line:
    instrument = page.unit.instrument
    if grade is not None and "uncovered" in grade.flags:
        return (
            "Indeks ini tidak diberi mutu karena lebih dari seperlima pengguna layanan "
            "berada di strata yang tidak mempunyai responden.",
        )
    if instrument.scale == BANDS_SCALE:
        return (
            "Indeks ini tidak diberi mutu karena kuesionernya tidak menunjuk tabel "
            "mutu.",
        )
    lowest, highest = instrument.scale
    key = f"study.instrument.{instrument.id}"
    return line(
        "Indeks ini tidak diberi mutu karena kuesionernya memakai skala ",
        stated(f"{key}.lowest", lowest),
        " sampai dengan ",
        stated(f"{key}.highest", highest),
        ", yang tidak mempunyai tabel mutu dalam peraturan.",
    )


def uncertainty(page: UnitPage, row: Row) -> Line:
    if "census" in row.flags:
        return (
            "Seluruh pengguna layanan menjawab, sehingga indeks ini tidak memuat "
            "kesalahan penarikan sampel.",
        )
    if row.ci_low is None or row.ci_high is None:
        return ("Selang kepercayaan tidak dapat dihitung.",)
    condition = f", {CONDITIONAL}" if "conditional" in row.flags else ""
    if "incomplete_census" in row.flags:
        condition = ", dengan anggapan mereka yang tidak menjawab berpendapat serupa"
    return line(
        "Selang kepercayaan ",
        level(page.study),
        f" untuk indeks itu{condition}, adalah "
        if condition
        else " untuk indeks itu adalah ",
        numbers.interval(row),
        ".",
    )


def _certainty(page: UnitPage, row: Row) -> Line:
    """Whether the interval stays within the letter, or reaches into others."""
    grade, both = page.row("grade"), numbers.limits(row)
    bands = page.unit.instrument.bands
    if grade is None or not grade.category or both is None or bands is None:
        return ()
    low, high = (find_grade(Fraction(str(end)), BANDS[bands]).grade for end in both)
    if low == high:
        inside = verdict(f"{row.key}:interval_grade", low)
        return line("Seluruh selang itu berada dalam golongan mutu ", inside, ".")
    reach = [
        line(
            f"batas {side} selang itu termasuk mutu ",
            verdict(f"{row.key}:{end}_grade", letter),
        )
        for side, end, letter in (("bawah", "ci_low", low), ("atas", "ci_high", high))
        if letter != grade.category
    ]
    told = listing(reach)
    first = str(told[0])
    return line(
        first[:1].upper() + first[1:],
        told[1:],
        ", sehingga mutu ",
        verdict(grade.key, grade.category),
        " belum pasti.",
    )


def standing_apart(row: Row) -> Line:
    """Why the index is in no city figure, although it is told."""
    if "internal_only" in row.flags:
        return (
            "Unit ini hanya mempunyai survei yang dilakukannya sendiri, sehingga "
            "indeksnya tidak ikut dihitung dalam angka kota.",
        )
    if "other_scale" in row.flags:
        return (
            "Karena skalanya berbeda dari skala kebanyakan unit, indeks ini tidak "
            "ikut dihitung dalam angka kota.",
        )
    return ()


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
    """Index, interval, grade, respondents and target at a glance."""
    row = page.row("ikm")
    if page.standing not in TOLD or row is None or row.value is None:
        return Absent("Indeks unit ini tidak disajikan.")
    lines: list[tuple[Line, Line]] = [((INDEX,), numbers.shown(row))]
    if numbers.limits(row):
        lines.append(
            (line("Selang kepercayaan ", level(page.study)), numbers.interval(row))
        )
    grade = page.row("grade")
    if grade is not None and grade.category:
        words = meaning(page.unit.instrument, grade.category)
        letter = graded(grade.key, grade.category, words)
        lines.append((("Mutu pelayanan (kinerja unit)",), letter))
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
