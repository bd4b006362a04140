"""Who answered a unit's survey, and the index of each kind of respondent."""

from skm_analysis.estimates.rows import Row, piece
from skm_analysis.report import formatting, numbers
from skm_analysis.report.elements import Absent, Column, Line, Number, Table
from skm_analysis.report.page import UnitPage
from skm_analysis.responses.labels import PROFILE


def profile(page: UnitPage) -> Table | Absent:
    """Counts and shares of the bands of every variable that the unit asked.

    Notes
    -----
    Bands that estimation marks `suppressed` (1 to 9 respondents, and as many of the
    next smallest as keep a difference from telling them) stand together as one line.
    A variable whose bands are all marked is left out.
    """
    rows: list[tuple[Line, ...]] = []
    withheld: list[str] = []
    merged = False
    for variable, label in PROFILE.items():
        asked = [row for row in page.rows("profile") if row.item == variable]
        asked = [row for row in asked if row.value]
        told = [row for row in asked if "suppressed" not in row.flags]
        hidden = [row for row in asked if "suppressed" in row.flags]
        if not told:
            withheld += [label.lower()] if asked else []
            continue
        lines = [_line(page, row) for row in told]
        if hidden:
            lines.append(_merged_line(page, hidden))
            merged = True
        rows += [
            ((label if not place else "",), *cells) for place, cells in enumerate(lines)
        ]
    if not rows:
        return Absent("Profil responden tidak ditanyakan atau tidak dapat disajikan.")
    return Table(
        f"tab-{page.unit.id}-profil",
        (f"Profil responden {page.unit.name}",),
        (
            Column("Karakteristik", width=1.4),
            Column("Kelompok", width=2.6),
            Column("Responden", "right"),
            Column("Persentase", "right"),
        ),
        tuple(rows),
        notes=_notes(merged, withheld),
    )


def by_respondents(page: UnitPage) -> Table | Absent:
    """The index of each band of respondents that may be printed."""
    rows: list[tuple[Line, ...]] = []
    for variable, label in PROFILE.items():
        told = [
            (band.category, row)
            for band in page.rows("profile")
            if band.item == variable and (row := _index_of(page, band))
        ]
        if len(told) > 1:
            rows += [
                (
                    (label if not place else "",),
                    (name,),
                    numbers.respondents(row),
                    numbers.shown(row),
                    numbers.interval(row),
                )
                for place, (name, row) in enumerate(told)
            ]
    if not rows:
        return Absent(
            "Tidak ada karakteristik dengan dua kelompok yang cukup besar untuk "
            "disajikan indeksnya."
        )
    return Table(
        f"tab-{page.unit.id}-kelompok",
        (f"Indeks menurut kelompok responden {page.unit.name}",),
        (
            Column("Karakteristik", width=1.4),
            Column("Kelompok", width=1.8),
            Column("Responden", "right"),
            Column("IKM", "right"),
            Column("Selang kepercayaan", "right", width=1.6),
        ),
        tuple(rows),
        notes=(
            (
                "Kelompok kecil, dan kelompok yang seluruh jawabannya sama, tidak "
                "disajikan. Dua kelompok yang selangnya banyak bertumpang tindih "
                "tidak dapat dibedakan.",
            ),
        ),
    )


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
