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
from skm_analysis.report.wording import CONDITIONAL, line, sentences
from skm_analysis.study.records import Item

NONE_WEAKEST = "Tidak ada unsur yang jelas terlemah"


def told(page: UnitPage) -> list[tuple[Item, Row]]:
    """Items with a mean, in the asked order."""
    pairs = [(item, page.row("nrr", item.key)) for item in page.unit.instrument.items]
    return [(item, row) for item, row in pairs if row and row.value is not None]


def nrr_table(page: UnitPage) -> Table | Absent:
    pairs = told(page)
    if page.standing not in TOLD or not pairs:
        return Absent("Nilai unsur tidak disajikan untuk unit ini.")
    own = any(item.unsur is None for item, _ in pairs)
    notes: list[Line] = []
    if own:
        notes.append(("* Indikator yang ditambahkan sendiri oleh unit.",))
    if not has_intervals(page):
        notes.append(("Tanpa selang: seluruh pengguna layanan menjawab.",))
    if any("conditional" in row.flags for _, row in pairs):
        notes.append((f"Selang kepercayaan berlaku {CONDITIONAL}.",))
    columns = [
        Column("Unsur", width=3.4),
        Column("Menjawab", "right"),
        Column("NRR", "right", 0.8),
    ]
    if has_intervals(page):
        columns.append(Column("Selang kepercayaan", "right", 1.6))
    caption = f"Nilai rata-rata (NRR) setiap unsur {page.unit.name}"
    return Table(
        f"tab-{page.unit.id}-nrr",
        line(caption, with_interval(page)),
        tuple(columns),
        tuple(
            (
                (item.label if item.unsur else f"{item.label} *",),
                numbers.respondents(row),
                (number(row),),
                numbers.interval(row),
            )[: len(columns)]
            for item, row in pairs
        ),
        notes=tuple(notes),
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
    """Share of every answer per item."""
    if page.standing is not Standing.FULL:
        return Absent("Sebaran jawaban disajikan mulai dari tiga puluh responden.")
    lowest, highest = page.unit.instrument.scale
    scores = [str(score) for score in range(lowest, highest + 1)]
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
        notes=(
            (
                f"Nilai {highest} adalah jawaban terbaik. Rumusan jawaban setiap "
                "pertanyaan ada pada lampiran kuesioner.",
            ),
        ),
    )


def _share(page: UnitPage, item: Item, score: str) -> Line:
    row = page.row("share", item.key, score)
    if row is None or row.value is None:
        key = f"unit.{page.unit.id}.share.{item.key}.{score}"
        return (derived(key, 0),) if row is None else ("–",)
    return (number(row),)
