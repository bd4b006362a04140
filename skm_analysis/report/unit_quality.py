"""A unit's chapter: signs in how its sheets were filled in, and what they would change.

Nothing is removed because of them.
"""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Number, Paragraph, Table
from skm_analysis.report.numbers import number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import Standing
from skm_analysis.report.wording import line, sentences

# measure, category, how it is named, the rule that would act on it
SIGNS = (
    ("straight_lined", "", "Satu jawaban untuk semua pertanyaan", "straight-lined"),
    ("all_highest", "", "Semua jawaban bernilai tertinggi", "all-highest"),
    ("duplicate_vectors", "", "Sama persis dengan kuesioner lain", "duplicates"),
    ("longest_run", "", "Kuesioner sama yang berurutan paling banyak", "longest-run"),
    ("concentration", "day", "Bagian dari satu hari yang terbanyak", "largest-day"),
    (
        "concentration",
        "counter",
        "Bagian dari satu petugas atau loket yang terbanyak",
        "largest-counter",
    ),
)
REASON = "Tanda mutu data disajikan mulai dari tiga puluh responden."


def signs(page: UnitPage) -> Paragraph | Absent:
    """What the signs are, and what chance alone would give."""
    if page.standing is not Standing.FULL or not page.row("straight_lined"):
        return Absent(REASON)
    text = sentences(
        (
            (
                "Tanda-tanda berikut layak diperiksa, tetapi tidak membuktikan bahwa "
                "kuesioner diisi asal saja: responden yang puas dapat dengan sungguh-"
                "sungguh memberi nilai tertinggi untuk semua pertanyaan. Tidak ada "
                "kuesioner yang dikeluarkan karenanya.",
            ),
            _twins(page),
            _runs(page),
        )
    )
    return Paragraph(f"unit.{page.unit.id}.data_quality", text)


def quality_table(page: UnitPage) -> Table | Absent:
    """Each sign, its size, and the index without the sheets that bear it."""
    official = page.row("ikm")
    if page.standing is not Standing.FULL or official is None:
        return Absent(REASON)
    rows = [
        _sign(page, official, row, label, rule)
        for measure, category, label, rule in SIGNS
        if (row := page.row(measure, category=category))
        and "suppressed" not in row.flags
    ]
    if not rows:
        return Absent(REASON)
    rows += _blanks(page, official)
    return Table(
        f"tab-{page.unit.id}-mutu-data",
        (f"Tanda mutu data {page.unit.name} dan pengaruhnya pada indeks",),
        (
            Column("Tanda", width=3.2),
            Column("Nilai", "right", 0.8),
            Column("Indeks tanpa itu", "right"),
            Column("Selisih", "right", 0.8),
        ),
        tuple(rows),
        notes=_notes(page, withheld=_withheld(page)),
    )


def _sign(
    page: UnitPage, official: Row, row: Row, label: str, rule: str
) -> tuple[Line, Line, Line, Line]:
    without = page.row("sensitivity", category=f"without-{rule}")
    return ((label,), numbers.shown(row), *_effect(official, without))


def _effect(official: Row, without: Row | None) -> tuple[Line, Line]:
    if without is None or without.value is None or "suppressed" in without.flags:
        return numbers.EMPTY, numbers.EMPTY
    return (number(without),), (_difference(without, official),)


def _difference(row: Row, official: Row) -> Number:
    # Between the numbers as printed, so that a reader who subtracts finds the same.
    value = numbers.printed(row) - numbers.printed(official)
    return numbers.derived_change(f"{row.key}:difference", value)


def _blanks(page: UnitPage, official: Row) -> list[tuple[Line, Line, Line, Line]]:
    """Sheets with a blank, and the item that is left blank most."""
    blank = page.row("any_nonresponse")
    if blank is None or not blank.value:
        return []
    complete = page.row("sensitivity", category="missing-complete")
    label: Line = ("Ada pertanyaan yang tidak dijawab",)
    rows = [(label, numbers.shown(blank), *_effect(official, complete))]
    items = {item.key: item.label for item in page.unit.instrument.items}
    blanks = [row for row in page.rows("item_nonresponse") if row.value is not None]
    if blanks:
        most = max(blanks, key=lambda row: row.value or 0.0)
        name: Line = (f"Tidak menjawab “{items[most.item]}” (paling banyak)",)
        rows.append((name, numbers.shown(most), numbers.EMPTY, numbers.EMPTY))
    return rows


def _withheld(page: UnitPage) -> bool:
    """Whether a sign's effect would tell on a few sheets."""
    names = [f"without-{rule}" for *_, rule in SIGNS] + ["missing-complete"]
    rows = [page.row("sensitivity", category=name) for name in names]
    return any(row and "suppressed" in row.flags for row in rows)


def _notes(page: UnitPage, *, withheld: bool) -> tuple[Line, ...]:
    notes: list[Line] = [
        (
            "Kuesioner yang sama persis dihitung satu kali saja dalam kolom ketiga; "
            "pada deret kuesioner yang sama, yang pertama tetap dihitung.",
        )
    ]
    if withheld:
        notes.append(
            (
                "Tanda – pada indeks: pengaruhnya tidak disajikan bila dari selisihnya "
                "jawaban beberapa orang saja dapat disimpulkan.",
            )
        )
    blank = page.row("any_nonresponse")
    complete = page.row("sensitivity", category="missing-complete")
    told = complete is not None and "suppressed" not in complete.flags
    if blank and blank.value and told:
        notes.append(
            (
                "Pada baris tentang pertanyaan yang tidak dijawab, indeks dihitung "
                "dari kuesioner yang lengkap saja.",
            )
        )
    return tuple(notes)


def _twins(page: UnitPage) -> Line:
    found = page.row("duplicate_vectors")
    expected = page.row("duplicate_vectors", category="expected")
    if found is None or expected is None or not found.value or expected.value is None:
        return ()
    return line(
        "Kuesioner yang jawabannya sama persis dengan kuesioner lain mencapai ",
        number(found),
        "; seandainya jawaban atas setiap pertanyaan tidak saling berhubungan pun, "
        "bagiannya sudah ",
        number(expected),
        ".",
    )


def _runs(page: UnitPage) -> Line:
    run, chance = page.row("longest_run"), page.row("longest_run_chance")
    if run is None or chance is None or run.value is None or run.value < 2:
        return ()
    return line(
        "Deret terpanjang kuesioner yang sama dalam urutan berkas memuat ",
        number(run),
        " kuesioner; bila urutannya diacak, deret yang tidak lebih pendek muncul pada ",
        number(chance),
        " pengacakan.",
    )
