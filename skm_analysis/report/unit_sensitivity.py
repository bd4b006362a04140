"""A unit's chapter: the index as other ways of counting would print it."""

from skm_analysis.report import sensitivity as rule_lines
from skm_analysis.report.elements import Absent, Line, Paragraph, Table
from skm_analysis.report.numbers import number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.sensitivity import Rule, rules
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import line, sentences

NONE = Absent("Tidak ada cara menghitung lain yang berlaku untuk unit ini.")
NOT_TOLD = Absent("Indeks unit ini tidak disajikan.")


def sensitivity(page: UnitPage) -> Table | Absent:
    """One line per rule, the official one first."""
    if page.standing not in TOLD:
        return NOT_TOLD
    official, found = page.row("ikm"), _rules(page)
    if official is None or official.value is None or not found:
        return NONE
    grade = page.row("grade")
    return rule_lines.table(
        f"tab-{page.unit.id}-kepekaan",
        f"Indeks {page.unit.name} menurut beberapa cara menghitung",
        official,
        grade if grade and grade.category else None,
        found,
        _notes(found),
    )


def dependence(page: UnitPage) -> Paragraph | Absent:
    """Whether the letter depends on the choice, and whether much was set aside."""
    if page.standing not in TOLD:
        return NOT_TOLD
    found, grade = _rules(page), page.row("grade")
    graded = any(rule.letter for rule in found)
    text = sentences(
        (
            rule_lines.dependence(grade, found)
            if grade and grade.category and graded
            else (),
            _set_aside(page),
        )
    )
    return Paragraph(f"unit.{page.unit.id}.sensitivity", text) if text else NONE


def _rules(page: UnitPage) -> list[Rule]:
    return rules(page.rows("sensitivity"), page.rows("sensitivity_grade"))


def _set_aside(page: UnitPage) -> Line:
    aside, received = page.row("n_set_aside"), page.row("n_received")
    if aside is None or received is None or "over_5_percent" not in aside.flags:
        return ()
    put_back = [r for r in _rules(page) if r.row.category.startswith("with-")]
    if any(rule.told for rule in put_back):
        effect = (
            "tabel memperlihatkan indeks seandainya yang nilainya sah ikut dihitung"
        )
    elif put_back:
        effect = "indeks seandainya yang nilainya sah ikut dihitung tidak disajikan"
    else:
        effect = "nilainya tidak sah, sehingga tidak dapat ikut dihitung"
    return line(
        "Sebanyak ",
        number(aside),
        " dari ",
        number(received),
        f" kuesioner disisihkan, lebih dari lima persen; {effect}.",
    )


def _notes(found: list[Rule]) -> tuple[Line, ...]:
    names = {rule.row.category for rule in found}
    told = ["Setiap cara diterapkan sendiri-sendiri."]
    if "without-biaya" in names:
        told.append("Tanpa unsur Biaya/Tarif, bobot unsur lainnya disesuaikan.")
    if "weight-0-11" in names:
        told.append(
            "Bobot 0,11 dan 0,111 tidak berjumlah satu, sehingga indeksnya selalu "
            "lebih rendah."
        )
    if "finite-correction" in names:
        told.append(
            "Koreksi populasi terhingga hanya berlaku bagi responden yang dipilih acak."
        )
    return ((" ".join(told),),)
