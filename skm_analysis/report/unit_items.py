"""A unit's chapter: each question's mean, its answers, and the weakest ones."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.unit_result import level
from skm_analysis.report.weakness import (
    Weakness,
    not_compared,
    weakness,
    with_means,
)
from skm_analysis.report.wording import CONDITIONAL, line, listing, sentences
from skm_analysis.study.records import Item

MOST_BESIDE = 5  # answers that a page holds beside mean and interval
NONE_WEAKEST = "Tidak ada unsur yang jelas terlemah"


def told(page: UnitPage) -> list[tuple[Item, Row]]:
    """Items with a mean that may be told, in the asked order."""
    return [(item, row) for item, row in _means(page) if "suppressed" not in row.flags]


def _means(page: UnitPage) -> list[tuple[Item, Row]]:
    pairs = [(item, page.row("nrr", item.key)) for item in page.unit.instrument.items]
    return [(item, row) for item, row in pairs if row and row.value is not None]


def shares_told(page: UnitPage, item: Item) -> bool:
    """Whether an item's answers may be told: not of few, nor beside a small stratum."""
    rows = [page.row("share", item.key, score) for score in _scores(page)]
    return not any(row and "suppressed" in row.flags for row in rows)


def nrr_table(page: UnitPage) -> Table | Absent:
    """Mean and interval per item; beside them the answers, where they fit."""
    pairs = told(page)
    if page.standing not in TOLD or not pairs:
        return Absent("Nilai unsur tidak disajikan untuk unit ini.")
    scores = _scores(page) if answers_beside(page) else []
    sampled = has_intervals(page)
    caption = f"Nilai rata-rata (NRR) setiap unsur {page.unit.name}"
    return Table(
        f"tab-{page.unit.id}-nrr",
        line(
            caption,
            with_interval(page),
            " dan persentase setiap jawaban" if scores else "",
        ),
        (
            Column("Unsur", width=4.2),
            Column("Menjawab", "right"),
            Column("NRR", "right", 0.7),
            *((Column("Selang", "right", 1.2),) if sampled else ()),
            *(Column(f"Nilai {score}", "right", 0.85) for score in scores),
        ),
        tuple(
            (
                (f"{item.label} *" if item.own else item.label,),
                numbers.respondents(row),
                (number(row),),
                *((numbers.interval(row),) if sampled else ()),
                *(_share(page, item, score) for score in scores),
            )
            for item, row in pairs
        ),
        notes=_nrr_notes(page, pairs),
    )


def _nrr_notes(page: UnitPage, pairs: list[tuple[Item, Row]]) -> tuple[Line, ...]:
    notes: list[Line] = []
    if any(item.own for item, _ in pairs):
        notes.append(("* Indikator yang ditambahkan sendiri oleh unit.",))
    if not has_intervals(page):
        notes.append(("Tanpa selang: seluruh pengguna layanan menjawab.",))
    if any("conditional" in row.flags for _, row in pairs):
        notes.append((f"Selang kepercayaan berlaku {CONDITIONAL}.",))
    hidden = [
        f"“{item.label}”" for item, row in _means(page) if (item, row) not in pairs
    ]
    if hidden:
        names = listing(hidden)
        notes.append(line("Tidak disajikan, ", _WITHHELD, ": ", names, "."))
    if answers_beside(page):
        notes += [*_dashes(page), _best(page)]
    return tuple(notes)


_WITHHELD = (
    "karena dijawab oleh kurang dari sepuluh responden atau karena yang demikian dapat "
    "dihitung darinya"
)


def answers_beside(page: UnitPage) -> bool:
    """Whether the shares of all answers stand in the table of the means."""
    return len(_scores(page)) <= MOST_BESIDE and _any_shares(page)


def _any_shares(page: UnitPage) -> bool:
    full = page.standing is Standing.FULL
    return full and any(shares_told(page, item) for item, _ in told(page))


def _dashes(page: UnitPage) -> list[Line]:
    if all(shares_told(page, item) for item, _ in told(page)):
        return []
    return [("Tanda –: dijawab oleh kurang dari tiga puluh responden.",)]


def _scores(page: UnitPage) -> list[str]:
    lowest, highest = page.unit.instrument.scale
    return [str(score) for score in range(lowest, highest + 1)]


def _best(page: UnitPage) -> Line:
    return (
        f"Nilai {_scores(page)[-1]} adalah jawaban terbaik. Rumusan jawaban setiap "
        "pertanyaan ada pada lampiran kuesioner.",
    )


def has_intervals(page: UnitPage) -> bool:
    """A census of which everybody answered has none."""
    return any(numbers.limits(row) for _, row in told(page))


def with_interval(page: UnitPage) -> Line:
    """The end of a caption that announces intervals, if there are any."""
    if not has_intervals(page):
        return ()
    return line(" dengan selang kepercayaan ", level(page.study))


def weakest(page: UnitPage) -> Paragraph | Absent:
    """The items that cannot be told from the lowest; none where these are too many."""
    if page.standing is not Standing.FULL or len(told(page)) < 2:
        return Absent("Unsur terlemah disebut mulai dari tiga puluh responden.")
    found = weakness(page.estimates, page.unit)
    opening = _named(page, found) if found.named else _none_named(found)
    text = sentences((opening, not_compared(found)))
    return Paragraph(f"unit.{page.unit.id}.weakest", text)


def _named(page: UnitPage, found: Weakness) -> Line:
    many = len(found.named) > 1
    census = all("census" in row.flags for _, row in found.compared)
    if census:
        sure: Line = (
            " Karena seluruh pengguna layanan menjawab, urutan itu tidak bergantung "
            "pada sampel.",
        )
    else:
        conditional = any("conditional" in row.flags for _, row in found.compared)
        sure = line(
            " Unsur lain yang dibandingkan nilainya lebih tinggi, menurut selisih "
            "jawaban responden yang sama dengan tingkat kepercayaan ",
            level(page.study),
            f", {CONDITIONAL}" if conditional else "",
            ".",
        )
    together = "; semuanya tidak dapat dibedakan dari yang terendah" if many else ""
    which = "Unsur yang terlemah adalah "
    return line(which, with_means(found.named), f"{together}.", sure)


def _none_named(found: Weakness) -> Line:
    if len(found.compared) < 2:
        return (f"{NONE_WEAKEST}.",)
    return line(
        f"{NONE_WEAKEST}: nilai terendah terdapat pada ",
        with_means(found.compared[:1]),
        ", tetapi lebih dari separuh unsur yang dibandingkan tidak dapat dibedakan "
        "darinya.",
    )


def distribution_table(page: UnitPage) -> Table | Absent:
    """Share of every answer per item, where there are too many for the means' table."""
    if page.standing is not Standing.FULL:
        return Absent("Sebaran jawaban disajikan mulai dari tiga puluh responden.")
    if not _any_shares(page):
        return Absent("Sebaran jawaban unit ini tidak disajikan.")
    if answers_beside(page):
        return Absent("Persentase jawaban sudah tercantum pada tabel nilai rata-rata.")
    scores = _scores(page)
    return Table(
        f"tab-{page.unit.id}-sebaran",
        (f"Persentase jawaban setiap pertanyaan, {page.unit.name}",),
        (
            Column("Unsur", width=3.2),
            *(Column(f"Nilai {score}", "right") for score in scores),
            Column("Menjawab", "right"),
        ),
        tuple(
            (
                (item.label,),
                *(_share(page, item, score) for score in scores),
                numbers.respondents(row),
            )
            for item, row in told(page)
        ),
        notes=(*_dashes(page), _best(page)),
    )


def _share(page: UnitPage, item: Item, score: str) -> Line:
    row = page.row("share", item.key, score)
    if row is not None and "suppressed" in row.flags:
        return numbers.EMPTY
    if row is None or row.value is None:
        key = f"unit.{page.unit.id}.share.{item.key}.{score}"
        return (derived(key, 0),) if row is None else ("–",)
    return (number(row),)
