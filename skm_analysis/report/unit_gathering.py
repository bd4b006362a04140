"""A unit's chapter: what its interval knows of how the answers were gathered."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Line, Paragraph
from skm_analysis.report.numbers import number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import line, sentences

NOT_TOLD = Absent("Indeks unit ini tidak disajikan.")
NO_ERROR = Absent("Seluruh pengguna layanan menjawab: tidak ada penarikan sampel.")
SINGLY = "tanpa memperhitungkan pewawancara"
BY_ITSELF = "dengan menganggap jawaban setiap responden berdiri sendiri"
TOGETHER = {
    "day": "pada hari yang sama",
    "counter": "pada petugas atau loket yang sama",
}


def gathering(page: UnitPage) -> Paragraph | Absent:
    """Clusters that the interval counts, or what it would be if it counted days."""
    row = page.row("ikm")
    if page.standing not in TOLD or row is None or row.value is None:
        return NOT_TOLD
    if "census" in row.flags:
        return NO_ERROR
    known = _clustered(page) if "clustered" in row.flags else _singly(page)
    return Paragraph(
        f"unit.{page.unit.id}.gathering", sentences((known, _uncovered(page)))
    )


def _clustered(page: UnitPage) -> Line:
    row, effect = page.row("ikm"), page.row("deff", category="cluster")
    if row is None:
        return ()
    few = "few_clusters" in row.flags
    return sentences(
        (
            line(
                "Selang kepercayaan indeks memperhitungkan bahwa jawaban dikumpulkan "
                "per kelompok, misalnya oleh pewawancara yang sama",
                _times(page),
                ".",
            ),
            (
                "Kelompok di unit ini sedikit, sangat tidak sama besar, atau melintasi "
                "strata, sehingga pelebaran selangnya memakai kemiripan jawaban di "
                "seluruh survei.",
            )
            if few and effect is not None
            else (),
            (
                "Responden yang kelompoknya tidak tercatat dianggap dipilih "
                "sendiri-sendiri.",
            )
            if "unknown_cluster" in row.flags
            else (),
        )
    )


def _times(page: UnitPage) -> Line:
    """How far the design effect carries, where it may be printed."""
    effect = page.row("deff", category="cluster")
    if effect is None or effect.value is None or "suppressed" in effect.flags:
        return ()
    return line("; ragamnya ", number(effect), " kali ragam sampel acak sederhana")


def _singly(page: UnitPage) -> Line:
    diagnosed = [
        _diagnosis(page, column, words)
        for column, words in TOGETHER.items()
        if page.row("icc", category=column) is not None
    ]
    return sentences(
        (
            line(f"Selang kepercayaan indeks dihitung {_left_out(page)}."),
            *(each for each in diagnosed if each),
        )
    )


def _left_out(page: UnitPage) -> str:
    """Where nobody was interviewed there is no interviewer to leave out."""
    asked = not page.modes or "interview" in page.modes
    return SINGLY if asked else BY_ITSELF


def _diagnosis(page: UnitPage, column: str, words: str) -> Line:
    icc = page.row("icc", category=column)
    changed = page.row("sensitivity", category=f"clusters-{column}")
    if icc is None or icc.value is None or "suppressed" in icc.flags:
        return ()
    if changed is None or changed.ci_low is None:
        return ()
    if "too_few" in icc.flags:
        return _assumed(words, changed)
    wider = _width(changed) > _width(page.row("ikm"))
    return line(
        f"Jawaban {words} berkorelasi ",
        number(icc),
        "; seandainya diperhitungkan, selangnya ",
        "" if wider else "tidak melebar: ",
        numbers.interval(changed),
        ".",
    )


def _width(row: Row | None) -> float:
    both = numbers.limits(row) if row is not None else None
    return both[1] - both[0] if both else 0.0


def _assumed(words: str, changed: Row) -> Line:
    """What the correlation of the whole survey does where a unit's own is unsure."""
    if "few_clusters" not in changed.flags:
        return ()
    return line(
        f"Korelasi jawaban {words} tidak dapat dipastikan karena kelompoknya terlalu "
        "sedikit; seandainya korelasi yang dipakai untuk seluruh survei berlaku, "
        "selangnya ",
        numbers.interval(changed),
        ".",
    )


def _uncovered(page: UnitPage) -> Line:
    share = page.row("uncovered_share")
    if share is None:
        return ()
    return line(
        "Strata yang tidak mempunyai responden mencakup ",
        number(share),
        " pengguna layanan; indeks ini menggambarkan yang lainnya.",
    )
