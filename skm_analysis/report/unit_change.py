"""A unit's chapter: against last year, against its own survey, against its target."""

from decimal import Decimal

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import magnitude, number, stated, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.unit_items import told
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import (
    CONDITIONAL,
    earlier,
    line,
    sentences,
)

SIGNIFICANT = 0.05


def direction(change: Row, p: Row | None) -> str | None:
    """The verb that the data bear out: "naik", "turun", or none."""
    if p is None or p.value is None or change.value is None:
        return None
    if p.value >= SIGNIFICANT or not numbers.printed(change):
        return None
    return "naik" if change.value > 0 else "turun"


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
        return line(
            f"Indeks pada {when} adalah ",
            number(before),
            ". Kuesioner kedua studi tidak sebanding, sehingga selisihnya tidak "
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
    return sentences((_difference(page, row, p, before, when), common))


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
    verb = direction(row, p)
    if verb and page.standing is Standing.FULL and "indicative" not in row.flags:
        return line(
            f"Dibandingkan dengan {when} (",
            number(before),
            "), indeks ",
            verdict(row.key, verb),
            " ",
            magnitude(row),
            " poin; ",
            evidence,
            ".",
        )
    opening = line(
        f"Indeks pada {when} adalah ",
        number(before),
        " dan selisihnya ",
        number(row),
        " poin (",
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
        verdict(row.key, "tidak dapat dibedakan"),
        ".",
    )


def change_table(page: UnitPage) -> Table | Absent:
    """Every item that both studies asked, then and now."""
    if page.study.previous is None or page.standing is not Standing.FULL:
        return Absent("Perubahan setiap unsur tidak disajikan untuk unit ini.")
    rows: list[tuple[Line, ...]] = []
    for item, now in told(page):
        row = page.row("change_nrr", item.key)
        if row is None or row.value is None or "suppressed" in row.flags:
            continue
        if "indicative" in row.flags:
            continue
        verb = direction(row, page.row("p_holm", item.key))
        word = verdict(row.key, verb or "tidak dapat dibedakan")
        before = page.row("nrr", item.key, part="previous")
        rows.append(
            (
                (item.label,),
                numbers.shown(before),
                (number(now),),
                (number(row),),
                numbers.interval(row),
                (word,),
            )
        )
    if not rows:
        return Absent("Tidak ada pertanyaan yang sama pada kedua studi.")
    when = earlier(page.study.previous)
    return Table(
        f"tab-{page.unit.id}-perubahan",
        (f"Perubahan nilai setiap unsur {page.unit.name} sejak {when}",),
        (
            Column("Unsur", width=2.6),
            Column("Dahulu", "right", 0.75),
            Column("Sekarang", "right", 0.9),
            Column("Selisih", "right", 0.75),
            Column("Selang selisih", "right", 1.5),
            Column("Kesimpulan", width=1.9),
        ),
        tuple(rows),
        notes=(
            (
                "Kesimpulan memperhitungkan banyaknya unsur yang diuji bersama "
                "(koreksi Holm). Selisih dihitung sebelum pembulatan.",
            ),
        ),
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
    text = sentences((opening, told_index, _internal_difference(page, difference)))
    return Paragraph(f"unit.{page.unit.id}.internal", text)


def _internal_difference(page: UnitPage, row: Row | None) -> Line:
    if row is None or row.value is None or "suppressed" in row.flags:
        return ()
    if row.ci_low is None or row.ci_high is None or not numbers.limits(row):
        return line("Selisihnya dengan survei independen ", number(row), " poin.")
    evidence = line(
        " (selang kepercayaan ", level(page.study), " ", numbers.interval(row), ")"
    )
    if row.ci_low <= 0 <= row.ci_high or "indicative" in row.flags:
        return line(
            "Selisihnya dengan survei independen ",
            number(row),
            " poin",
            evidence,
            ", sehingga kedua hasil itu ",
            verdict(row.key, "tidak dapat dibedakan"),
            ".",
        )
    word = "lebih tinggi" if row.value > 0 else "lebih rendah"
    return line(
        "Hasil itu ",
        verdict(row.key, word),
        " ",
        magnitude(row),
        " poin daripada survei independen",
        evidence,
        "; angka laporan ini adalah hasil survei independen.",
    )


def target(page: UnitPage) -> Paragraph | Absent:
    """Reached or not, and whether the interval bears it out."""
    row = page.row("target_gap")
    if row is None or row.value is None or page.standing not in TOLD:
        return Absent(
            "Tidak ada target untuk unit ini, atau indeksnya tidak disajikan."
        )
    goal = page.unit.target
    if goal is None:
        return Absent("Tidak ada target untuk unit ini.")
    key = f"study.unit.{page.unit.id}.target"
    text = target_sentence(row, f"Target {page.unit.name}", key, goal)
    return Paragraph(f"unit.{page.unit.id}.target", text)


def target_sentence(
    row: Row, subject: str, key: str, goal: Decimal, source: str = ""
) -> Line:
    """Shared by units and the city: the gap and how sure the conclusion is."""
    reached = row.category == "reached"
    word = verdict(row.key, "tercapai" if reached else "tidak tercapai")
    exact = not numbers.printed(row)
    where = (
        ("indeks tepat sama dengan target",)
        if exact
        else line(
            "indeks berada ",
            magnitude(row),
            " poin di atas target" if reached else " poin di bawah target",
        )
    )
    return line(
        f"{subject} adalah ",
        stated(key, goal, 2),
        source,
        ". Target itu ",
        word,
        ": ",
        where,
        ". ",
        _support(row, reached),
    )


def _support(row: Row, reached: bool) -> str:
    if "supported" in row.flags and reached:
        return (
            "Seluruh selang kepercayaan berada pada atau di atas target, sehingga "
            "kesimpulan ini didukung data."
        )
    if "contradicted" in row.flags and not reached:
        return (
            "Seluruh selang kepercayaan berada di bawah target, sehingga kesimpulan "
            "ini didukung data."
        )
    return (
        "Target itu berada di dalam selang kepercayaan indeks, sehingga kesimpulan ini "
        "belum pasti."
    )
