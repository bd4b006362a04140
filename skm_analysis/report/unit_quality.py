"""A unit's chapter: signs in how its sheets were filled in.

Nothing is removed because of them; the index without the sheets that bear them
stands among the other ways of counting.
"""

from skm_analysis.estimates.rows import Row
from skm_analysis.report.elements import Absent, Line, Paragraph
from skm_analysis.report.numbers import number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import Standing
from skm_analysis.report.wording import line, listing, sentences

REASON = Absent("Tanda mutu data disajikan mulai dari tiga puluh responden.")
MOST_NAMED = 2  # questions that are left blank equally often
CROWDED = {"day": "hari", "counter": "petugas atau loket"}
CAUTION = (
    "Tanda-tanda ini layak diperiksa, tetapi tidak membuktikan bahwa kuesioner diisi "
    "asal saja: responden yang puas dapat dengan sungguh-sungguh memberi nilai "
    "tertinggi untuk semua pertanyaan. Tidak ada kuesioner yang dikeluarkan karenanya",
)


def signs(page: UnitPage) -> Paragraph | Absent:
    """Each sign with its size, and what chance alone would give."""
    if page.standing is not Standing.FULL:
        return REASON
    found = [
        sign
        for sign in (_alike(page), _twins(page), _runs(page), _crowded(page))
        if sign
    ]
    told = [*found, *([blanks] if (blanks := _blanks(page)) else [])]
    if not told:
        return REASON
    # The index without them is one line each in the table of ways of counting.
    effects = bool(page.rows("sensitivity"))
    end = "; pengaruhnya pada indeks tercantum pada bagian berikut." if effects else "."
    caution = line(*CAUTION, end) if found else ()
    return Paragraph(f"unit.{page.unit.id}.data_quality", sentences((*told, caution)))


def _sign(page: UnitPage, measure: str, category: str = "") -> Row | None:
    row = page.row(measure, category=category)
    if row is None or row.value is None or "suppressed" in row.flags:
        return None
    return row


def _alike(page: UnitPage) -> Line:
    """Sheets with one answer throughout; the highest throughout."""
    same, highest = _sign(page, "straight_lined"), _sign(page, "all_highest")
    if same is None:
        return ()
    if not same.value:
        return ("Tidak ada kuesioner yang semua jawabannya sama.",)
    opening = line("Semua pertanyaan dijawab sama pada ", number(same), " kuesioner")
    if highest is None:
        return line(opening, ".")
    if not highest.value:
        return line(opening, ", tidak satu pun dengan nilai tertinggi.")
    if number(highest).shown == number(same).shown:
        return line(opening, ", yaitu dengan nilai tertinggi.")
    return line(
        opening, ", termasuk ", number(highest), " yang semuanya bernilai tertinggi."
    )


def _twins(page: UnitPage) -> Line:
    found = _sign(page, "duplicate_vectors")
    expected = _sign(page, "duplicate_vectors", "expected")
    if found is None or not found.value:
        return ()
    opening = line(
        "Kuesioner yang jawabannya sama persis dengan kuesioner lain mencapai ",
        number(found),
    )
    if expected is None:
        return line(opening, ".")
    return line(
        opening,
        "; seandainya jawaban atas setiap pertanyaan tidak saling berhubungan, "
        "bagiannya ",
        number(expected),
        ".",
    )


def _runs(page: UnitPage) -> Line:
    run, chance = _sign(page, "longest_run"), _sign(page, "longest_run_chance")
    if run is None or (run.value or 0) < 2:
        return ()
    opening = line(
        "Deret terpanjang kuesioner yang sama dalam urutan berkas memuat ",
        number(run),
        " kuesioner",
    )
    if chance is None:
        return line(opening, ".")
    return line(
        opening,
        "; bila urutannya diacak, deret yang tidak lebih pendek muncul pada ",
        number(chance),
        " pengacakan.",
    )


def _crowded(page: UnitPage) -> Line:
    """How much comes from the fullest day, and from the busiest counter."""
    told = [
        line(f"{words} dengan kuesioner terbanyak memuat ", number(row))
        for column, words in CROWDED.items()
        if (row := _sign(page, "concentration", column))
    ]
    if not told:
        return ()
    text = listing(told)
    first = str(text[0])
    return line(first[:1].upper() + first[1:], text[1:], " dari seluruh kuesioner.")


def _blanks(page: UnitPage) -> Line:
    """Sheets with a blank, and the question that is left blank most."""
    blank = _sign(page, "any_nonresponse")
    if blank is None:
        return ()
    if not blank.value:
        return ("Semua pertanyaan dijawab pada setiap kuesioner.",)
    items = {item.key: item.label for item in page.unit.instrument.items}
    rows = [
        row
        for row in page.rows("item_nonresponse")
        if row.value and "suppressed" not in row.flags
    ]
    most = max((row.value or 0.0 for row in rows), default=None)
    named = [row for row in rows if row.value == most]
    which: Line = ()
    if 0 < len(named) <= MOST_NAMED:
        labels = listing([f"“{items[row.item]}”" for row in named])
        each = "masing-masing " if len(named) > 1 else ""
        which = line(", paling sering ", labels, f" ({each}", number(named[0]), ")")
    return line(
        "Ada pertanyaan yang tidak dijawab pada ",
        number(blank),
        " kuesioner",
        which,
        ".",
    )
