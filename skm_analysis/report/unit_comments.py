"""What respondents wrote in their own words: how often, about what, and paraphrases."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report.elements import (
    Absent,
    Bullets,
    Column,
    Group,
    Line,
    Paragraph,
    Piece,
    Table,
)
from skm_analysis.report.numbers import derived, number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import line, sentences
from skm_analysis.responses.labels import THEMES


def comments(page: UnitPage) -> Group | Absent:
    """Sentence, table of themes and approved paraphrases, as far as there are any."""
    told = page.row("n_comments")
    if told is None:
        return Absent("Saran dan masukan tidak ditanyakan di unit ini.")
    if page.standing not in TOLD:
        return Absent("Responden terlalu sedikit untuk menyajikan saran dan masukan.")
    if not told.value:
        return Absent("Tidak ada responden yang menulis saran atau masukan.")
    pieces: list[Piece] = [_sentence(page, told)]
    if "suppressed" not in told.flags:
        pieces.append(_themes(page))
    if page.paraphrases:
        pieces.append(_paraphrases(page))
    return Group(tuple(pieces))


def _sentence(page: UnitPage, told: Row) -> Paragraph:
    key = f"unit.{page.unit.id}.comments"
    if "suppressed" in told.flags:
        few = "Kurang dari sepuluh responden menulis saran atau masukan."
        return Paragraph(key, (f"{few} Temanya tidak dihitung.",))
    many = line(
        "Saran dan masukan ditulis oleh ",
        number(told),
        " responden. Yang menulis tidak mewakili semua responden, sehingga banyaknya "
        "tidak menyatakan seberapa luas suatu pendapat.",
    )
    return Paragraph(key, sentences((many, _reviewed(page, told))))


def _reviewed(page: UnitPage, told: Row) -> Line:
    """Who said what a comment is about: people, the program, or both."""
    reviewed = page.row("n_comments_reviewed")
    by = f"ditinjau oleh {page.study.partner}" if page.study.partner else "ditinjau"
    if reviewed is None or not reviewed.value:
        return ("Temanya adalah usulan program dari kata-kata kunci, belum ditinjau.",)
    if reviewed.value == told.value:
        return (f"Seluruh temanya sudah {by}.",)
    return line(
        "Tema ",
        number(reviewed),
        f" komentar sudah {by}; selebihnya usulan program dari kata-kata "
        "kunci, belum ditinjau.",
    )


def _themes(page: UnitPage) -> Table:
    """The commonest first, the rest last; small ones together, as in the profile."""
    rows = page.rows("theme")
    shown = [row for row in rows if "suppressed" not in row.flags]
    hidden = [row for row in rows if "suppressed" in row.flags]
    shown.sort(key=lambda row: (row.category == "lainnya", -(row.value or 0)))
    lines: list[tuple[Line, ...]] = [
        ((THEMES[row.category],), (number(row),)) for row in shown
    ]
    notes: tuple[Line, ...] = ()
    if hidden:
        names = ", ".join(THEMES[row.category] for row in hidden)
        people = sum(int(row.value or 0) for row in hidden)
        key = f"unit.{page.unit.id}.theme:merged_count"
        lines.append(((f"Gabungan: {names}",), (derived(key, people),)))
        if len(hidden) > 1:
            notes = (("Tema dengan sedikit komentar digabung.",),)
    return Table(
        f"tab-{page.unit.id}-tema",
        (f"Tema saran dan masukan responden {page.unit.name}",),
        (Column("Tema", width=4.0), Column("Komentar", "right", 1.0)),
        tuple(lines),
        notes=notes,
    )


def _paraphrases(page: UnitPage) -> Group:
    intro = "Isi sebagian komentar, diparafrasakan dan disetujui untuk dicetak:"
    items = tuple((f"{THEMES[x.theme]}: {x.text}",) for x in page.paraphrases)
    return Group(
        (
            Paragraph(f"unit.{page.unit.id}.paraphrases.intro", (intro,)),
            Bullets(f"unit.{page.unit.id}.paraphrases", items),
        )
    )
