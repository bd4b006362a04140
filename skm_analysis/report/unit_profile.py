"""Who answered a unit's survey, and the index of each kind of respondent."""

from collections.abc import Sequence

from skm_analysis.estimates.rows import Row, piece
from skm_analysis.report import formatting, numbers
from skm_analysis.report.elements import Absent, Column, Line, Number, Table
from skm_analysis.report.page import UnitPage
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import CONDITIONAL, line
from skm_analysis.responses.labels import PROFILE


def profile(page: UnitPage) -> Table | Absent:
    """Counts, shares and index of the bands of every variable that the unit asked.

    Notes
    -----
    Bands that estimation marks `suppressed` (1 to 9 respondents, and as many of the
    next smallest as keep a difference from telling them) stand together as one line.
    A variable whose bands are all marked is left out. The index of one band alone
    tells nothing apart and is not shown.
    """
    rows: list[tuple[Line, ...]] = []
    withheld: list[str] = []
    merged = False
    indices: list[Row] = []
    for variable, label in PROFILE.items():
        told, hidden = _bands(page, variable)
        if not told:
            withheld += [label.lower()] if hidden else []
            continue
        found = [_index_of(page, row) for row in told]
        if len([row for row in found if row]) < 2:
            found = [None] * len(told)
        indices += [row for row in found if row]
        lines = [
            (*_line(page, row), numbers.shown(index), numbers.interval(index))
            for row, index in zip(told, found, strict=True)
        ]
        if hidden:
            lines.append((*_merged_line(page, hidden), numbers.EMPTY, numbers.EMPTY))
            merged = True
        rows += [
            ((label if not place else "",), *cells) for place, cells in enumerate(lines)
        ]
    if not rows:
        return Absent("Profil responden tidak ditanyakan atau tidak dapat disajikan.")
    return _table(page, rows, indices, _notes(merged, withheld))


def counts(page: UnitPage, variable: str) -> tuple[tuple[Line, Line], ...]:
    """Each band and how many are of it, by the rules of `profile`; none if withheld."""
    told, hidden = _bands(page, variable)
    lines = [_line(page, row)[:2] for row in told]
    if told and hidden:
        lines.append(_merged_line(page, hidden)[:2])
    return tuple((name, count) for name, count in lines)


def _bands(page: UnitPage, variable: str) -> tuple[list[Row], list[Row]]:
    """Those that may be told, and those that may not."""
    asked = [row for row in page.rows("profile") if row.item == variable and row.value]
    told = [row for row in asked if "suppressed" not in row.flags]
    return told, [row for row in asked if "suppressed" in row.flags]


def _table(
    page: UnitPage,
    rows: Sequence[tuple[Line, ...]],
    indices: Sequence[Row],
    notes: tuple[Line, ...],
) -> Table:
    """With the columns of the index only where a band has one."""
    columns = (
        Column("Karakteristik", width=1.4),
        Column("Kelompok", width=2.6),
        Column("Responden", "right"),
        Column("Persentase", "right"),
        Column("IKM", "right", 0.8),
        Column("Selang kepercayaan", "right", 1.6),
    )
    caption = f"Profil responden {page.unit.name}"
    anchor = f"tab-{page.unit.id}-profil"
    if not indices:
        plain_rows = tuple(cells[:4] for cells in rows)
        return Table(anchor, (caption,), columns[:4], plain_rows, notes=notes)
    return Table(
        anchor,
        line(
            f"{caption} dan indeks setiap kelompok dengan selang kepercayaan ",
            level(page.study),
        ),
        columns,
        tuple(rows),
        notes=(*notes, *_index_notes(rows, indices)),
    )


def _index_notes(
    rows: Sequence[tuple[Line, ...]], indices: Sequence[Row]
) -> tuple[Line, ...]:
    text = "Dua kelompok yang selangnya banyak bertumpang tindih tidak dapat dibedakan."
    if len(indices) < len(rows):
        text += (
            " Indeks kelompok gabungan, dan kelompok yang seluruh jawabannya sama, "
            "tidak disajikan."
        )
    notes: list[Line] = [(text,)]
    if any("conditional" in row.flags for row in indices):
        notes.append((f"Selang kepercayaan berlaku {CONDITIONAL}.",))
    return tuple(notes)


def _index_of(page: UnitPage, band: Row) -> Row | None:
    part = f"{band.item}={piece(band.category)}"
    row = page.row("ikm", part=part)
    return row if row and row.value and "suppressed" not in row.flags else None


def _line(page: UnitPage, row: Row) -> tuple[Line, ...]:
    count = page.row("profile_count", row.item, row.category)
    return (row.category,), numbers.shown(count), (numbers.number(row),)


def _merged_line(page: UnitPage, hidden: list[Row]) -> tuple[Line, ...]:
    """One line for all that may not be told apart."""
    names = ", ".join(row.category for row in hidden)
    counts = [page.row("profile_count", row.item, row.category) for row in hidden]
    people = sum(int(row.value or 0) for row in counts if row)
    # Not a sum of shares: floats that add up may miss a tie by their last digit.
    share = people / (hidden[0].n or 1)
    key = f"unit.{page.unit.id}.profile.{hidden[0].item}:merged"
    return (
        (f"Gabungan: {names}",),
        (numbers.derived(f"{key}_count", people),),
        (Number(key, formatting.percent(share, 1), "derived", share, 1, True),),
    )


def _notes(merged: bool, withheld: list[str]) -> tuple[Line, ...]:
    notes: list[Line] = []
    if merged:
        notes.append(
            ("Kelompok kecil digabung agar tidak ada responden yang dapat dikenali.",)
        )
    if withheld:
        notes.append(
            (f"Tidak disajikan karena kelompoknya kecil: {', '.join(withheld)}.",)
        )
    return tuple(notes)
