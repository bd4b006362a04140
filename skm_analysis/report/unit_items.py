"""A unit's chapter: each question's mean, its answers, and the weakest ones."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import CONDITIONAL, line, listing, sentences
from skm_analysis.study.records import Item

WEAKEST = 3


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
    """The lowest means, and whether the intervals tell them apart from the rest."""
    pairs = told(page)
    if page.standing is not Standing.FULL or len(pairs) < 2:
        return Absent("Unsur terlemah disebut mulai dari tiga puluh responden.")
    return Paragraph(f"unit.{page.unit.id}.weakest", _weakest(pairs))


def _weakest(pairs: list[tuple[Item, Row]]) -> Line:
    ordered = sorted(pairs, key=lambda pair: pair[1].value or 0.0)
    shown = [numbers.printed(row) for _, row in ordered]
    if shown[0] == shown[-1]:
        return line(
            "Seluruh unsur mendapat nilai yang sama, yaitu ",
            number(ordered[0][1]),
            ", sehingga tidak ada unsur yang dapat disebut paling lemah.",
        )
    count = min(WEAKEST, len(ordered) - 1)
    if shown[count] == shown[count - 1]:
        # Those tied at the edge stand outside, unless they are the lowest of all.
        below = shown.index(shown[count])
        count = below or shown.count(shown[0])
    low, rest = ordered[:count], ordered[count:]
    named = listing([line(f"“{item.label}” (", number(row), ")") for item, row in low])
    opening = line("Nilai terendah terdapat pada ", named, ".")
    return sentences((opening, _apart(low, rest)))


def _apart(low: list[tuple[Item, Row]], rest: list[tuple[Item, Row]]) -> Line:
    """Whether every weak item's interval lies below the interval of every other."""
    if all("census" in row.flags for _, row in low + rest):
        return (
            "Karena seluruh pengguna layanan menjawab, urutan itu tidak bergantung "
            "pada sampel.",
        )
    highs = [row.ci_high for _, row in low]
    lows = [row.ci_low for _, row in rest]
    known_highs = [each for each in highs if each is not None]
    known_lows = [each for each in lows if each is not None]
    if len(known_highs) < len(highs) or len(known_lows) < len(lows):
        return ()
    if max(known_highs) < min(known_lows):
        return (
            "Selang kepercayaannya seluruhnya berada di bawah selang unsur lainnya, "
            "sehingga perbedaan itu cukup jelas.",
        )
    if min(known_highs) < min(known_lows):
        return (
            "Sebagian selang kepercayaannya bertumpang tindih dengan selang unsur "
            "lainnya, sehingga urutan selengkapnya belum dapat dipastikan.",
        )
    return (
        "Selang kepercayaannya bertumpang tindih dengan selang unsur lainnya, sehingga "
        "urutan ini belum dapat dipastikan.",
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
