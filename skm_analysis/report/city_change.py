"""The city's chapter: change since the previous study."""

from collections import Counter

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.city_result import HEADLINE
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, magnitude, number, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD, Standing, published
from skm_analysis.report.unit_change import (
    UNCHANGED,
    UNCLEAR,
    conclusion,
    direction,
)
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import CONDITIONAL, earlier, line, listing, sentences
from skm_analysis.study.records import Unit

MODES_CHANGED = (
    "Pada sebagian atau seluruh unit itu cara jawaban dikumpulkan berbeda antara "
    "kedua studi, dan itu sendiri dapat mengubah jawaban."
)


def city_change(page: CityPage) -> Paragraph | Absent:
    """The city over the units of both years; a direction only on evidence."""
    previous = page.study.previous
    if previous is None:
        return Absent("Studi ini tidak mempunyai studi pembanding.")
    row = published(page.estimates, "change")
    when = earlier(previous)
    if row is None or row.value is None:
        text: Line = (
            f"Tidak ada unit yang dapat dibandingkan dengan {when}, sehingga perubahan "
            "angka kota tidak dihitung.",
        )
        return Paragraph("city..change_sentence", text)
    p = page.row("p", category="change")
    told = (
        _before(page, when),
        _city_difference(page, row, p, when),
        (MODES_CHANGED,) if "mode_changed" in row.flags else (),
    )
    return Paragraph("city..change_sentence", sentences(told))


def _before(page: CityPage, when: str) -> Line:
    before = page.estimates.get(f"city..{HEADLINE}@previous+published")
    before = before or page.row(HEADLINE, part="previous")
    if before is None or before.value is None:
        return ()
    return line(
        f"Rata-rata antarunit pada {when}, dihitung ulang dari data mentahnya, adalah ",
        number(before),
        ".",
    )


def _city_difference(page: CityPage, row: Row, p: Row | None, when: str) -> Line:
    compared = page.row("n_units", category="comparable", part="published")
    compared = compared or page.row("n_units", category="comparable")
    over = (
        line("Pada ", number(compared), " unit yang sebanding dalam kedua studi, ")
        if compared and compared.value
        else ("Pada unit yang sebanding dalam kedua studi, ",)
    )
    evidence = line(
        "selang kepercayaan ",
        level(page.study),
        " ",
        numbers.interval(row),
        f", {CONDITIONAL}" if "conditional" in row.flags else "",
    )
    verb = direction(row, p)
    if verb:
        return line(
            over,
            "rata-rata indeks ",
            verdict(row.key, verb),
            " ",
            magnitude(row),
            f" poin sejak {when} (",
            evidence,
            ").",
        )
    return line(
        over,
        "rata-rata indeks berselisih ",
        number(row),
        f" poin dari {when} (",
        evidence,
        "); kedua tahun itu ",
        verdict(row.key, "tidak dapat dibedakan"),
        ".",
    )


def change_counts(page: CityPage) -> Paragraph | Absent:
    """How many units rose, fell, or cannot be told."""
    words = Counter(
        word
        for unit in page.study.units
        if (word := _conclusion(page, unit)) in ("naik", "turun", UNCHANGED, UNCLEAR)
    )
    if not words:
        return Absent("Tidak ada unit yang dapat dibandingkan.")
    total = sum(words.values())
    phrases = {
        "naik": " unit naik",
        "turun": " unit turun",
        UNCHANGED: " unit tetap",
        UNCLEAR: " unit tidak dapat dibedakan dari sebelumnya",
    }
    if len(words) == 1 and total > 1:
        (word,) = words
        rest = phrases[word].removeprefix(" unit")
        text = line(
            "Seluruh unit yang arah perubahannya dapat dinilai (",
            derived("city..compared", total),
            f" unit){rest}.",
        )
        return Paragraph("city..change_counts", text)
    parts = [
        line(derived(f"city..compared.{word.split()[0]}", words[word]), phrase)
        for word, phrase in phrases.items()
        if words[word]
    ]
    text = line(
        "Dari ",
        derived("city..compared", total),
        " unit yang arah perubahannya dapat dinilai, ",
        listing(parts),
        ".",
    )
    return Paragraph("city..change_counts", text)


def _conclusion(page: CityPage, unit: Unit) -> str:
    """One word or phrase for the last column of the table of changes."""
    standing = page.standing(unit)
    before = page.of_unit(unit, "ikm", "previous")
    row = page.of_unit(unit, "change")
    if standing is Standing.EMPTY:
        return "tidak ada data"
    if standing is Standing.SUPPRESSED:
        return "tidak disajikan"
    if before is None or before.value is None:
        return "tidak disurvei sebelumnya"
    if "suppressed" in before.flags:
        return "hasil sebelumnya tidak disajikan"
    if row is None or row.value is None:
        other = row is not None and "other_source" in row.flags
        return "survei internal" if other else "kuesioner tidak sebanding"
    if standing is Standing.INDICATIVE or "indicative" in row.flags:
        return _INDICATIVE
    p = page.estimates.get(f"unit.{unit.id}.p_holm.change")
    return conclusion(row, p)


def change_table(page: CityPage) -> Table | Absent:
    """Every unit then and now."""
    if page.study.previous is None:
        return Absent("Studi ini tidak mempunyai studi pembanding.")
    when = earlier(page.study.previous)
    return Table(
        "tab-kota-perubahan",
        line(
            f"Perubahan IKM setiap unit sejak {when} dengan selang kepercayaan ",
            level(page.study),
        ),
        (
            Column("Unit", width=2.6),
            Column(page.study.previous, "right", 0.65),
            Column(page.study.id, "right", 0.65),
            Column("Selisih", "right", 0.75),
            Column("Selang selisih", "right", 1.5),
            Column("p (Holm)", "right", 0.75),
            Column("Kesimpulan", width=1.9),
        ),
        tuple(_change_row(page, unit) for unit in page.study.units),
        notes=_change_notes(page),
    )


def _change_notes(page: CityPage) -> tuple[Line, ...]:
    notes: list[Line] = [
        (
            "Kesimpulan memperhitungkan banyaknya unit yang diuji bersama (koreksi "
            "Holm). Selisih dihitung sebelum pembulatan. Unit yang kuesionernya "
            "berubah dibandingkan menurut pertanyaan yang sama, bila ada cukup "
            "banyak.",
        )
    ]
    if any(_conclusion(page, unit) == _INDICATIVE for unit in page.study.units):
        notes.append(
            (
                "“Indikatif, tanpa arah”: responden salah satu studi kurang dari tiga "
                "puluh.",
            )
        )
    changes = [page.of_unit(unit, "change") for unit in page.study.units]
    moved = [
        unit.name
        for unit, row in zip(page.study.units, changes, strict=True)
        if row and "mode_changed" in row.flags
    ]
    if moved:
        names = listing(moved)
        notes.append(line("Cara jawaban dikumpulkan berubah pada ", names, "."))
    if any(row and "census" in row.flags for row in changes):
        notes.append(
            ("Tanpa selang dan p: seluruh pengguna layanan menjawab pada kedua studi.",)
        )
    return tuple(notes)


_INDICATIVE = "indikatif, tanpa arah"


def _change_row(page: CityPage, unit: Unit) -> tuple[Line, ...]:
    now = page.of_unit(unit, "ikm") if page.standing(unit) in TOLD else None
    before = page.of_unit(unit, "ikm", "previous")
    if before is not None and "suppressed" in before.flags:
        before = None
    row = page.of_unit(unit, "change") if now and before else None
    p = page.estimates.get(f"unit.{unit.id}.p_holm.change") if row else None
    word = _conclusion(page, unit)
    told: Line = (verdict(row.key, word),) if row and row.value is not None else (word,)
    return (
        (unit.name,),
        numbers.shown(before),
        numbers.shown(now),
        numbers.shown(row),
        numbers.interval(row),
        numbers.shown(p) if row and numbers.limits(row) else numbers.EMPTY,
        told,
    )
