"""The city's index, and every unit's letter, as other ways of counting give them."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report import sensitivity as rule_lines
from skm_analysis.report.city_result import HEADLINE
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.sensitivity import Rule, letter_of, rules
from skm_analysis.report.standing import TOLD, published
from skm_analysis.report.wording import line, listing, sentences
from skm_analysis.study.records import Unit

NONE = Absent("Tidak ada cara menghitung lain yang berlaku.")


def city_table(page: CityPage) -> Table | Absent:
    """The headline under each rule: the mean of the units under that rule."""
    official, grade = published(page.estimates, HEADLINE), _grade(page)
    found = _city_rules(page)
    if official is None or official.value is None or not found:
        return NONE
    return rule_lines.table(
        "tab-kota-kepekaan",
        "Rata-rata IKM antarunit menurut beberapa cara menghitung",
        official,
        grade,
        found,
        (
            (
                "Setiap cara diterapkan sendiri-sendiri pada semua unit yang dapat "
                "memakainya; unit lainnya dihitung menurut aturan resmi.",
            ),
        ),
    )


def dependence(page: CityPage) -> Paragraph | Absent:
    """Whether the city's letter and those of the units depend on the choice."""
    grade, found = _grade(page), _city_rules(page)
    if not found:
        return NONE
    told = [
        unit
        for unit in page.units(*TOLD)
        if (row := page.of_unit(unit, "grade")) and row.category
    ]
    depending = [
        unit for unit in told if any(r.differs for r in _unit_rules(page, unit))
    ]
    over = [
        unit
        for unit in told
        if (row := page.of_unit(unit, "n_set_aside")) and "over_5_percent" in row.flags
    ]
    text = sentences(
        (
            line("Pada tingkat kota: ", _lowered(rule_lines.dependence(grade, found)))
            if grade
            else (),
            _counted("city..units.grade_depends", depending, told) if told else (),
            _over(over),
        )
    )
    return Paragraph("city..sensitivity", text) if text else NONE


def units_table(page: CityPage) -> Table | Absent:
    """Every unit: the official index, the extremes over all rules, other letters."""
    lines = [cells for unit in page.units(*TOLD) if (cells := _unit_line(page, unit))]
    if not lines:
        return NONE
    return Table(
        "tab-metode-kepekaan",
        ("Indeks terendah dan tertinggi setiap unit di antara semua cara menghitung",),
        (
            Column("Unit", width=2.4),
            Column("Resmi", "right", 0.7),
            Column("Terendah", "right", 0.7),
            Column("Tertinggi", "right", 0.7),
            Column("Mutu", "center", 0.6),
            Column("Mutu lain menurut", width=2.6),
        ),
        tuple(lines),
        notes=(
            (
                "Dari cara menghitung yang angkanya dapat disajikan, termasuk aturan "
                "resmi.",
            ),
        ),
    )


def _unit_line(page: CityPage, unit: Unit) -> tuple[Line, ...] | None:
    official, found = page.of_unit(unit, "ikm"), _unit_rules(page, unit)
    if official is None or official.value is None or not found:
        return None
    rows = [official, *(rule.row for rule in found if rule.told)]
    ordered = sorted(rows, key=lambda row: row.value or 0.0)
    grade = page.of_unit(unit, "grade")
    letter: Line = numbers.EMPTY
    if grade is not None and grade.category:
        letter = (verdict(grade.key, grade.category),)
    others = [_other(rule) for rule in found if rule.differs and rule.letter]
    return (
        (unit.name,),
        numbers.shown(official),
        numbers.shown(ordered[0]),
        numbers.shown(ordered[-1]),
        letter,
        listing(others) if others else numbers.EMPTY,
    )


def _other(rule: Rule) -> Line:
    if rule.letter is None or not rule.told:
        return (f"“{rule.label}”",)
    return line(
        f"“{rule.label}” (", verdict(rule.letter.key, letter_of(rule.letter)), ")"
    )


def _counted(key: str, depending: list[Unit], told: list[Unit]) -> Line:
    if not depending:
        return ("Tidak satu pun unit yang mutunya bergantung pada cara menghitung.",)
    return line(
        "Mutu ",
        derived(key, len(depending)),
        " dari ",
        derived("city..graded", len(told)),
        " unit yang diberi mutu bergantung pada cara menghitung, yaitu ",
        listing([unit.name for unit in depending]),
        ".",
    )


def _over(units: list[Unit]) -> Line:
    if not units:
        return ()
    return line(
        "Lebih dari lima persen kuesioner disisihkan pada ",
        derived("city..units.over_5_percent", len(units)),
        " unit, yaitu ",
        listing([unit.name for unit in units]),
        "; hasilnya lebih bergantung pada aturan penyisihan.",
    )


def _lowered(told: Line) -> Line:
    """A sentence that goes on after a colon."""
    first, *rest = told
    return (first[:1].lower() + first[1:], *rest) if isinstance(first, str) else told


def _grade(page: CityPage) -> Row | None:
    row = published(page.estimates, "grade")
    return row if row is not None and row.category else None


def _city_rules(page: CityPage) -> list[Rule]:
    return rules(
        *(_published_rows(page, name) for name in ("sensitivity", "sensitivity_grade"))
    )


def _published_rows(page: CityPage, measure: str) -> list[Row]:
    """The rows without small units, where those are the ones that are printed."""
    parts = page.estimates.select(scope="city", measure=measure, part="published")
    return parts or page.estimates.select(scope="city", measure=measure, part="")


def _unit_rules(page: CityPage, unit: Unit) -> list[Rule]:
    return rules(
        *(
            page.estimates.select(scope="unit", unit=unit.id, measure=name, part="")
            for name in ("sensitivity", "sensitivity_grade")
        )
    )
