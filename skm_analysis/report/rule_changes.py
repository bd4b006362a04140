"""Whether the rules of analysis were frozen, what changed since, and what that did."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.formatting import span
from skm_analysis.report.numbers import derived, number, stated, stated_percent, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD, published
from skm_analysis.report.wording import SAMPLING_SHORT, line, listing, sentences
from skm_analysis.study.frozen_rules import RuleChange, changes
from skm_analysis.study.regulation import CLAUSES

NAMES = {
    "missing": "Pertanyaan yang tidak dijawab",
    "weighting": "Pembobotan",
    "confidence-level": "Tingkat kepercayaan",
    "minimum-items": "Bagian pertanyaan yang harus dijawab",
    "duplicates": "Kuesioner ganda",
    "out-of-scale": "Jawaban di luar skala",
    "not-whole-number": "Jawaban yang bukan bilangan bulat",
    "out-of-period": "Kuesioner di luar masa survei",
    "dates": "Masa survei",
    "periods": "Periode",
    "target": "Target",
    "units": "Daftar unit",
    "sampling": "Cara memilih responden",
    "population": "Populasi",
    "strata": "Strata",
    "instrument": "Kuesioner unit",
    "scale": "Skala",
    "bands": "Tabel mutu",
    "weights": "Pertanyaan yang dihitung dan bobotnya",
    "questions": "Rumusan pertanyaan",
    "planned": "Rencana jumlah responden",
    "aims": "Sasaran ketelitian",
}
_INVALID = {"row": "barisnya disisihkan", "answer": "jawabannya dikosongkan"}
_CHOICES: dict[str, dict[str, str]] = {
    "missing": {
        "ratio": "tidak dihitung",
        "complete": "hanya kuesioner lengkap",
        "person": "indeks per responden",
    },
    "weighting": {"none": "tanpa pembobotan", "strata": "menurut strata"},
    "duplicates": {
        "id": "satu per responden",
        "row": "satu dari baris yang sama",
        "report": "hanya dilaporkan",
    },
    "out-of-scale": _INVALID,
    "not-whole-number": _INVALID,
    "out-of-period": {"set_aside": "disisihkan", "report": "hanya dilaporkan"},
    "sampling": SAMPLING_SHORT,
}
NOT_FROZEN = "Aturan analisis tidak dibekukan sebelum data diterima."


def frozen(page: CityPage) -> Line:
    """Whether the rules were frozen, and whether that proves anything."""
    if page.lock is None:
        return (NOT_FROZEN,)
    if not page.lock.received:
        return ("Aturan analisis dibekukan sebelum data diterima.",)
    return line(
        "Aturan analisis baru dibekukan setelah ",
        stated("plan.received", page.lock.received),
        " berkas kiriman diterima; pembekuan itu tidak membuktikan bahwa aturannya "
        "ditetapkan sebelum data diterima.",
    )


def summary(page: CityPage) -> Paragraph | Absent:
    """How many rules changed since, and whether a letter depends on it."""
    if page.lock is None:
        return Absent("Aturan analisis tidak dibekukan.")
    found = changes(page.lock.rules, page.study)
    if not found:
        text: Line = ("Sejak dibekukan tidak ada aturan analisis yang berubah.",)
        return Paragraph("method.rule_changes", text)
    rules = list(dict.fromkeys(change.rule for change in found))
    opening = line(
        "Sesudah dibekukan, ",
        derived("plan.changed", len(rules)),
        " aturan berubah: ",
        listing([_lower(NAMES[rule]) for rule in rules]),
        ". Tabel berikut menyebut setiap perubahan, kemudian indeks dan mutu "
        "seandainya aturan itu masing-masing tetap seperti dibekukan dan yang lain "
        "seperti sekarang.",
    )
    return Paragraph("method.rule_changes", sentences((opening, _letters(page))))


def changes_table(page: CityPage) -> Table | Absent:
    """Every change: which rule, where, what it was and is."""
    if page.lock is None:
        return Absent("Aturan analisis tidak dibekukan.")
    found = changes(page.lock.rules, page.study)
    if not found:
        return Absent("Tidak ada aturan yang berubah.")
    return Table(
        "tab-metode-aturan",
        ("Aturan analisis yang berubah sesudah dibekukan",),
        (
            Column("Aturan", width=2.0),
            Column("Berlaku bagi", width=2.0),
            Column("Semula", width=1.4),
            Column("Sekarang", width=1.4),
        ),
        tuple(
            (
                (NAMES[change.rule],),
                (_place(page, change),),
                *_values(change),
            )
            for change in found
        ),
    )


def effects_table(page: CityPage) -> Table | Absent:
    """Index and letter under each frozen rule, beside those of today."""
    rows = [_effect(page, row) for row in _effect_rows(page)]
    if not rows:
        return Absent("Tidak ada perubahan aturan yang memengaruhi indeks.")
    return Table(
        "tab-metode-aturan-pengaruh",
        ("Indeks dan mutu seandainya aturan tetap seperti dibekukan",),
        (
            Column("Aturan", width=2.2),
            Column("Kota atau unit", width=2.2),
            Column("IKM resmi", "right", 0.9),
            Column("Mutu resmi", "center", 0.8),
            Column("IKM semula", "right", 0.9),
            Column("Mutu semula", "center", 0.8),
        ),
        tuple(rows),
        notes=_notes(page),
    )


def _letters(page: CityPage) -> Line:
    every = page.estimates.select(measure="rule_change")
    if not every:
        return ("Tidak satu pun memengaruhi indeks.",)
    rows = [row for row in _effect_rows(page) if "suppressed" not in row.flags]
    differ = [row for row in rows if "grade_differs" in row.flags]
    if rows and all("no_bands" in row.flags for row in rows):
        return ()  # nothing has a letter that could differ
    if not differ:
        return ("Tidak satu pun huruf mutu yang disajikan berbeda karenanya.",)
    units = {row.unit for row in differ if row.unit}
    parts: list[Line] = []
    if any(row.scope == "city" for row in differ):
        parts.append(("kota",))
    if units:
        parts.append(line(derived("plan.changed.units", len(units)), " unit"))
    return line("Huruf mutu ", listing(parts), " berbeda karenanya.")


def _effect_rows(page: CityPage) -> list[Row]:
    """The city's row of each rule, then those of units whose printed figures differ."""
    told = {unit.id for unit in page.units(*TOLD)}
    rows = page.estimates.select(measure="rule_change")
    printed = {row.category for row in rows if row.part == "published"}
    found = [
        row
        for row in rows
        if (row.scope == "unit" and row.unit in told and _differs(page, row))
        or (row.scope == "city" and (row.part or row.category not in printed))
    ]
    order = list(NAMES)
    return sorted(found, key=lambda row: (order.index(row.category), bool(row.unit)))


def _differs(page: CityPage, row: Row) -> bool:
    """Whether a unit's row may be shown and says anything but the official figures."""
    if row.value is None or "suppressed" in row.flags:
        return False
    official = page.of_unit(page.study.unit(row.unit), "ikm")
    return (
        {"grade_differs", "outcome_differs"} & set(row.flags) != set()
        or official is None
        or numbers.printed(official) != numbers.printed(row)
    )


def _effect(page: CityPage, row: Row) -> tuple[Line, ...]:
    if row.unit:
        unit = page.study.unit(row.unit)
        name, official = unit.name, page.of_unit(unit, "ikm")
        grade = page.of_unit(unit, "grade")
    else:
        name, official = "Kota", published(page.estimates, "ikm_mean_of_units")
        grade = published(page.estimates, "grade")
    told = verdict(grade.key, grade.category) if grade and grade.category else "–"
    opening: tuple[Line, ...] = (
        (NAMES[row.category],),
        (name,),
        numbers.shown(official),
        (told,),
    )
    if row.value is None or "suppressed" in row.flags:
        return (*opening, (_why(row),), numbers.EMPTY)
    letter = next((flag[-1] for flag in row.flags if flag in _GRADES), "")
    then = (verdict(row.key, letter),) if letter else numbers.EMPTY
    return (*opening, (number(row),), then)


_GRADES = ("grade_A", "grade_B", "grade_C", "grade_D")


def _why(row: Row) -> str:
    return "tidak dapat dihitung" if "not_computed" in row.flags else "–"


def _notes(page: CityPage) -> tuple[Line, ...]:
    rows = _effect_rows(page)
    notes: list[Line] = []
    if any("not_computed" in row.flags for row in rows):
        notes.append(
            (
                "Tidak dapat dihitung: jawaban yang ada tidak menunjukkan apa yang "
                "akan terjadi menurut aturan semula.",
            )
        )
    if any("suppressed" in row.flags for row in rows):
        notes.append(
            ("Tanda –: bersama indeks resmi akan membuka jawaban beberapa orang.",)
        )
    notes.append(
        (
            "Unit yang tidak disebut: indeks dan mutunya sama, tidak dapat dihitung, "
            "atau menyangkut kurang dari sepuluh kuesioner sehingga tidak disajikan.",
        )
    )
    reached = [row for row in rows if "outcome_differs" in row.flags]
    if reached:
        names = [
            page.study.unit(row.unit).name if row.unit else "kota" for row in reached
        ]
        notes.append(
            line(
                "Dengan target semula, tercapai atau tidaknya target berbeda pada ",
                listing(names),
                ".",
            )
        )
    return tuple(notes)


def _place(page: CityPage, change: RuleChange) -> str:
    if not change.place:
        return "seluruh studi"
    for unit in page.study.units:
        if unit.id == change.place:
            return unit.name
    instrument = page.study.instruments.get(change.place)
    return f"kuesioner “{instrument.title if instrument else change.place}”"


def _values(change: RuleChange) -> Iterator[Line]:
    for side in ("before", "after"):
        key = f"plan.{change.rule}.{change.place or 'study'}.{side}"
        yield _value(change.rule, getattr(change, side), side, key)


def _value(rule: str, value: Any, side: str, key: str) -> Line:
    if rule in _CHOICES:
        return (_CHOICES[rule].get(value, str(value)),)
    if rule == "dates":
        return (span(*value),)
    if rule == "bands":
        return (CLAUSES[value].regulation if value else "tanpa mutu",)
    if value is None:
        return ("tidak ada",)
    if rule in ("confidence-level", "minimum-items"):
        return (stated_percent(key, Decimal(value)),)
    if rule == "target":
        return (stated(key, Decimal(value), 2),)
    if rule in ("population", "planned"):
        return (stated(key, value),)
    return ("seperti dibekukan",) if side == "before" else ("diubah",)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
