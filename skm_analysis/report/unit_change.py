"""A unit's chapter: against last year, and against its own survey."""

from decimal import Decimal

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Line, Paragraph
from skm_analysis.report.numbers import magnitude, number, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import (
    CONDITIONAL,
    earlier,
    line,
    sentences,
)

SIGNIFICANT = 0.05
ONE_DIGIT = Decimal("0.01")  # by which rounding twice may miss rounding once
UNCLEAR = "tidak dapat dibedakan"
UNCHANGED = "tetap"
MODE_CHANGED = (
    "Cara jawaban dikumpulkan berbeda antara kedua studi, dan itu sendiri dapat "
    "mengubah jawaban."
)


def direction(change: Row, p: Row | None) -> str | None:
    """The verb that the data bear out: "naik", "turun", or none."""
    if p is None or p.value is None or change.value is None:
        return None
    if p.value >= SIGNIFICANT or not numbers.printed(change):
        return None
    return "naik" if change.value > 0 else "turun"


def conclusion(change: Row, p: Row | None) -> str:
    """The verb, or that there is none; where all answered, nothing is uncertain."""
    verb = direction(change, p)
    if verb or numbers.limits(change) is not None:
        return verb or UNCLEAR
    return UNCLEAR if numbers.printed(change) else UNCHANGED


def change(page: UnitPage) -> Paragraph | Absent:
    """The index against the previous study's, with a direction only on evidence."""
    previous = page.study.previous
    if previous is None:
        return Absent("Studi ini tidak mempunyai studi pembanding.")
    if page.standing not in TOLD:
        return Absent("Indeks unit ini tidak disajikan.")
    return Paragraph(f"unit.{page.unit.id}.change", _change(page, earlier(previous)))


def _change(page: UnitPage, when: str) -> Line:
    row, before = page.row("change"), page.row("ikm", part="previous")
    if before is None or before.value is None:
        return (
            f"{page.unit.name} tidak mempunyai hasil pada {when}, sehingga "
            "perubahannya tidak dapat dihitung.",
        )
    if "suppressed" in before.flags:
        return (
            f"Pada {when} responden unit ini kurang dari sepuluh, sehingga hasilnya "
            "tidak dibandingkan.",
        )
    if row is None or row.value is None:
        other = row is not None and "other_source" in row.flags
        return line(
            f"Indeks pada {when} adalah ",
            number(before),
            ". Salah satu dari keduanya hasil survei internal unit ini, sehingga "
            "selisihnya tidak dihitung."
            if other
            else ". Kuesioner kedua studi tidak sebanding, sehingga selisihnya tidak "
            "dihitung.",
        )
    p = page.row("p_holm", category="change")
    common = (
        (
            "Perbandingan ini hanya memakai pertanyaan yang sama pada kedua studi, "
            "sehingga selisihnya dapat berbeda dari selisih kedua indeks.",
        )
        if "common_items" in row.flags
        else ()
    )
    if "reweighted" in row.flags:
        common = (
            "Bobot pertanyaan berubah; kedua studi dibandingkan dengan bobot studi "
            "ini, sehingga selisihnya dapat berbeda dari selisih kedua indeks.",
        )
    mode = (MODE_CHANGED,) if "mode_changed" in row.flags else ()
    return sentences((_difference(page, row, p, before, when), common, mode))


def _rounding(page: UnitPage, row: Row, before: Row) -> str:
    """Said where who subtracts the printed indices finds another difference."""
    now = page.row("ikm")
    if (
        now is None
        or now.value is None
        or {"common_items", "reweighted"} & {*row.flags}
    ):
        return ""
    return _if_rounded(row, now, before)


def _if_rounded(difference: Row, first: Row, second: Row) -> str:
    apart = numbers.printed(first) - numbers.printed(second)
    off = abs(apart - numbers.printed(difference))
    return ", dihitung sebelum pembulatan" if off == ONE_DIGIT else ""


def _evidence(page: UnitPage, row: Row) -> Line:
    if not numbers.limits(row):
        return ("tanpa selang, karena seluruh pengguna layanan menjawab",)
    return line(
        "selang kepercayaan ",
        level(page.study),
        " selisihnya ",
        numbers.interval(row),
        f", {CONDITIONAL}" if "conditional" in row.flags else "",
    )


def _difference(
    page: UnitPage, row: Row, p: Row | None, before: Row, when: str
) -> Line:
    evidence = _evidence(page, row)
    verb = conclusion(row, p)
    if verb == UNCHANGED:
        return line(
            f"Dibandingkan dengan {when} (",
            number(before),
            "), indeks ",
            verdict(row.key, verb),
            "; ",
            evidence,
            ".",
        )
    if (
        verb != UNCLEAR
        and page.standing is Standing.FULL
        and "indicative" not in row.flags
    ):
        return line(
            f"Dibandingkan dengan {when} (",
            number(before),
            "), indeks ",
            verdict(row.key, verb),
            " ",
            magnitude(row),
            " poin",
            _rounding(page, row, before),
            "; ",
            evidence,
            ".",
        )
    opening = line(
        f"Indeks pada {when} adalah ",
        number(before),
        " dan selisihnya ",
        number(row),
        " poin",
        _rounding(page, row, before),
        " (",
        evidence,
        "). ",
    )
    if page.standing is not Standing.FULL or "indicative" in row.flags:
        return line(
            opening,
            "Arah perubahan tidak disimpulkan karena jumlah responden salah satu studi "
            "kurang dari tiga puluh.",
        )
    return line(
        opening,
        "Dengan memperhitungkan banyaknya unit yang dibandingkan, kedua indeks itu ",
        verdict(row.key, UNCLEAR),
        ".",
    )


def internal(page: UnitPage) -> Paragraph | Absent:
    """The unit's own survey beside the independent one; never pooled."""
    accepted = page.row("n_accepted", part="internal")
    if accepted is None or not accepted.value:
        return Absent("Unit ini tidak menyerahkan survei yang dilakukannya sendiri.")
    row, difference = page.row("ikm", part="internal"), page.row("internal_difference")
    opening = line(
        f"{page.unit.name} juga melakukan survei sendiri dengan ",
        number(accepted),
        " kuesioner yang dapat dipakai. Jawabannya tidak digabung dengan survei "
        "independen.",
    )
    if row is None or row.value is None or "suppressed" in row.flags:
        told_index: Line = (
            "Hasilnya tidak disajikan karena respondennya kurang dari sepuluh.",
        )
    else:
        told_index = line("Indeks menurut survei sendiri itu adalah ", number(row), ".")
    told_difference = _internal_difference(page, row, difference)
    text = sentences((opening, told_index, told_difference))
    return Paragraph(f"unit.{page.unit.id}.internal", text)


def _internal_difference(page: UnitPage, own: Row | None, row: Row | None) -> Line:
    independent = page.row("ikm")
    rounding = ""
    if own and own.value is not None and independent and independent.value is not None:
        rounding = _if_rounded(row, own, independent) if row and row.value else ""
    if row is None or row.value is None or "suppressed" in row.flags:
        return ()
    if row.ci_low is None or row.ci_high is None or not numbers.limits(row):
        return line(
            "Selisihnya dengan survei independen ", number(row), f" poin{rounding}."
        )
    evidence = line(
        " (selang kepercayaan ", level(page.study), " ", numbers.interval(row), ")"
    )
    if row.ci_low <= 0 <= row.ci_high or "indicative" in row.flags:
        return line(
            "Selisihnya dengan survei independen ",
            number(row),
            f" poin{rounding}",
            evidence,
            ", sehingga kedua hasil itu ",
            verdict(row.key, UNCLEAR),
            ".",
        )
    word = "lebih tinggi" if row.value > 0 else "lebih rendah"
    return line(
        "Hasil itu ",
        verdict(row.key, word),
        " ",
        magnitude(row),
        f" poin{rounding and rounding + ','} daripada survei independen",
        evidence,
        "; angka laporan ini adalah hasil survei independen.",
    )
