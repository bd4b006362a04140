"""The city's chapter: how many units have which grade."""

from collections import Counter

from skm_analysis.report.city_result import kind_name, main_instrument, meaning
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import graded, line, listing
from skm_analysis.study.records import Unit
from skm_analysis.study.regulation import BANDS

NAMED = 3  # units with another letter than most, named up to this many


def grade_sentence(page: CityPage) -> Paragraph | Absent:
    """How many units have which letter."""
    letters = _letters(page)
    if not letters:
        return Absent("Tidak ada unit yang diberi mutu.")
    total = sum(letters.values())
    listed = sorted(letters.items())
    if len(listed) == 1:
        letter = listed[0][0]
        who = (
            line(
                "Seluruh unit yang diberi mutu (",
                derived("city..graded", total),
                " unit)",
            )
            if total > 1
            else ("Satu-satunya unit yang diberi mutu",)
        )
        words = graded(f"city..graded.{letter.lower()}", letter, meaning(page, letter))
        text = line(who, " mendapat ", words, ".")
        return Paragraph("city..grades", text)
    parts = [_told(page, letter, letters) for letter, _ in listed]
    return Paragraph(
        "city..grades",
        line(
            "Dari ",
            derived("city..graded", total),
            " unit yang diberi mutu, ",
            listing(parts),
            ".",
        ),
    )


def _told(page: CityPage, letter: str, letters: Counter[str]) -> Line:
    """How many have the letter; the few that stand apart from most by name."""
    key = f"city..graded.{letter.lower()}"
    told = line(
        derived(key, letters[letter]),
        " unit mendapat ",
        graded(f"{key}:letter", letter, meaning(page, letter)),
    )
    if letters[letter] > NAMED or letters[letter] == max(letters.values()):
        return told
    names = [unit.name for unit in page.study.units if _letter(page, unit) == letter]
    return line(told, ", yaitu ", listing(names))


def _letters(page: CityPage) -> Counter[str]:
    return Counter(
        row.category
        for unit in page.units(*TOLD)
        if (row := page.of_unit(unit, "grade")) and row.category
    )


def grade_table(page: CityPage) -> Table | Absent:
    """Letters by kind of unit; those that have none are counted too."""
    if not _letters(page):
        return Absent("Tidak ada unit yang diberi mutu.")
    bands = BANDS[main_instrument(page).bands or "permenpanrb-14-2017"]
    letters = [band.grade for band in bands]
    kinds = page.study.kinds
    rows = [_grade_row(page, kind, letters) for kind in kinds]
    if len(kinds) > 1:
        rows.append(_grade_row(page, "", letters))
    return Table(
        "tab-kota-mutu",
        ("Jumlah unit menurut kelompok dan mutu pelayanan",),
        (
            Column("Kelompok", width=2.0),
            *(
                Column(f"{band.grade} ({band.meaning.lower()})", "right")
                for band in bands
            ),
            Column("Tanpa mutu", "right"),
            Column("Jumlah", "right"),
        ),
        tuple(rows),
        notes=(
            (
                "Tanpa mutu: tidak ada kuesioner, respondennya kurang dari sepuluh, "
                "indeksnya tidak dapat dihitung, terlalu banyak pengguna layanan "
                "berada di strata tanpa responden, atau skalanya tidak mempunyai "
                "tabel mutu.",
            ),
        ),
        emphasised=(len(rows) - 1,) if len(kinds) > 1 else (),
    )


def _grade_row(page: CityPage, kind: str, letters: list[str]) -> tuple[Line, ...]:
    units = [unit for unit in page.study.units if kind in ("", unit.kind)]
    of = [_letter(page, unit) for unit in units]
    key = f"group.{kind}.graded" if kind else "city..graded"
    counts = [
        derived(f"{key}.{letter.lower() or 'none'}", of.count(letter))
        for letter in (*letters, "")
    ]
    total = derived(f"{key}.units", len(units))
    return (
        (kind_name(kind) if kind else "Seluruh unit",),
        *((n,) for n in counts),
        (total,),
    )


def _letter(page: CityPage, unit: Unit) -> str:
    row = page.of_unit(unit, "grade")
    return row.category if row and page.standing(unit) in TOLD else ""
