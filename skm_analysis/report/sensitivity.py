"""The index as other rules would print it: how a rule is called, and its line."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Column, Line, Number, Table
from skm_analysis.report.numbers import number, verdict
from skm_analysis.report.wording import line, listing
from skm_analysis.responses.labels import REASONS

PUT_BACK = "Ditambah yang disisihkan: "
LABELS: Mapping[str, str] = {
    "weighting-none": "Tanpa pembobotan strata",
    "weighting-strata": "Dengan pembobotan strata",
    "weight-0-11": "Bobot setiap unsur ditulis 0,11",
    "weight-0-111": "Bobot setiap unsur ditulis 0,111",
    "early-rounding": "NRR dibulatkan dahulu ke dua desimal",
    "early-rounding-3": "NRR dibulatkan dahulu ke tiga desimal",
    "early-rounding-index-3": "Jumlah NRR tertimbang dibulatkan dahulu ke tiga desimal",
    "missing-ratio": "Setiap unsur dirata-ratakan atas mereka yang menjawabnya",
    "missing-complete": "Hanya kuesioner yang lengkap",
    "missing-person": "Rata-rata indeks setiap responden",
    "without-biaya": "Tanpa unsur Biaya/Tarif",
    "without-straight-lined": "Tanpa kuesioner yang semua jawabannya sama",
    "without-all-highest": "Tanpa kuesioner yang semua jawabannya tertinggi",
    "without-duplicates": "Kuesioner yang jawabannya sama persis dihitung sekali",
    "without-longest-run": "Deretan kuesioner yang sama dihitung sekali",
    "without-largest-day": "Tanpa hari dengan kuesioner terbanyak",
    "without-largest-counter": "Tanpa petugas atau loket dengan kuesioner terbanyak",
    "without-corrections": "Tanpa pembetulan isian",
    **{
        f"with-{reason.replace('_', '-')}": f"{PUT_BACK}{label}"
        for reason, label in REASONS.items()
    },
    "with-all-set-aside": "Ditambah semua yang disisihkan dan nilainya sah",
    "finite-correction": "Dengan koreksi populasi terhingga",
    "clusters-day": "Dengan kemiripan jawaban pada hari yang sama",
    "clusters-counter": "Dengan kemiripan jawaban pada petugas atau loket yang sama",
}
WITHHELD = "tidak disajikan"
SAME, HIGHEST = "without-straight-lined", "without-all-highest"


class Rule(NamedTuple):
    """One other rule: its index, and its letter where there is one."""

    row: Row
    letter: Row | None

    @property
    def label(self) -> str:
        return LABELS.get(self.row.category, self.row.category)

    @property
    def told(self) -> bool:
        """Whether its index may be printed; of others only whether the letter stays."""
        return "suppressed" not in self.row.flags

    @property
    def differs(self) -> bool:
        return "grade_differs" in self.row.flags


def rules(rows: Sequence[Row], letters: Sequence[Row]) -> list[Rule]:
    """In the order of `LABELS`; rules without a value are left out.

    Where all sheets with one answer throughout have the highest one, both rules are
    the same and one of them is kept.
    """
    by_category = {each.category: each for each in letters}
    order = {name: place for place, name in enumerate(LABELS)}
    found = [
        Rule(row, by_category.get(row.category))
        for row in rows
        if row.value is not None
    ]
    told = {rule.row.category: rule.row for rule in found if rule.told}
    if SAME in told and HIGHEST in told and _alike(told[SAME], told[HIGHEST]):
        found = [rule for rule in found if rule.row.category != HIGHEST]
    return sorted(found, key=lambda each: order.get(each.row.category, len(order)))


def _alike(first: Row, second: Row) -> bool:
    return first.n == second.n and numbers.printed(first) == numbers.printed(second)


def table(
    anchor: str,
    caption: str,
    official: Row,
    grade: Row | None,
    others: Sequence[Rule],
    notes: tuple[Line, ...],
) -> Table:
    """One line per rule: index, difference from the official one, letter, remark.

    Rules whose index is withheld and that leave the letter as it is stand in a note.
    """
    listed = [rule for rule in others if rule.told or rule.differs]
    unlisted = [rule for rule in others if rule not in listed]
    letters = any(rule.letter is not None for rule in others) or grade is not None
    letter: Line = (verdict(grade.key, grade.category),) if grade else numbers.EMPTY
    first = (("Aturan resmi",), (number(official),), ("–",), letter, ())
    rows = (first, *(_cells(rule, official) for rule in listed))
    return Table(
        anchor,
        (caption,),
        (
            Column("Cara menghitung", width=3.0),
            Column("Indeks", "right", 0.8),
            Column("Selisih", "right", 0.8),
            *((Column("Mutu", "center", 0.8),) if letters else ()),
            Column("Keterangan", width=1.6),
        ),
        rows if letters else tuple((*cells[:3], cells[4]) for cells in rows),
        notes=(*notes, *_withheld_notes(others, unlisted)),
        emphasised=(0,),
    )


def dependence(grade: Row, others: Sequence[Rule]) -> Line:
    """Whether the letter depends on the choice of rule."""
    graded = [rule for rule in others if rule.letter is not None]
    differing = [rule for rule in graded if rule.differs]
    letter = verdict(grade.key, grade.category)
    if not differing:
        return line("Mutu ", letter, " tidak berubah menurut cara menghitung lainnya.")
    told = [_named(rule) for rule in differing]
    return line(
        "Mutu ",
        letter,
        " bergantung pada cara menghitung. Hurufnya berbeda menurut cara berikut: ",
        listing(told),
        ". Mutu resmi tetap menurut aturan yang ditetapkan sebelumnya.",
    )


def _named(rule: Rule) -> Line:
    name = f"“{rule.label}”"
    if not rule.told or rule.letter is None:
        return (name,)
    return line(name, " (mutu ", verdict(rule.letter.key, letter_of(rule.letter)), ")")


def letter_of(row: Row) -> str:
    """The letter in the flag of a `sensitivity_grade`."""
    return next(
        flag.removeprefix("grade_")
        for flag in row.flags
        if flag.startswith("grade_") and flag != "grade_differs"
    )


def _cells(rule: Rule, official: Row) -> tuple[Line, ...]:
    if not rule.told:
        return (
            (rule.label,),
            numbers.EMPTY,
            numbers.EMPTY,
            ("berubah",),
            (WITHHELD,),
        )
    letter: Line = numbers.EMPTY
    if rule.letter is not None:
        letter = (verdict(rule.letter.key, letter_of(rule.letter)),)
    return (
        (rule.label,),
        (number(rule.row),),
        (difference(rule.row, official),),
        letter,
        _remark(rule, official),
    )


def difference(row: Row, official: Row) -> Number:
    """Between the numbers as printed, so that a reader who subtracts finds the same."""
    value = numbers.printed(row) - numbers.printed(official)
    return numbers.derived_change(f"{row.key}:difference", value)


def _remark(rule: Rule, official: Row) -> Line:
    row = rule.row
    if row.category == "finite-correction" or row.category.startswith("clusters-"):
        return line("selang ", numbers.interval(row)) if numbers.limits(row) else ()
    if row.n != official.n:
        return line(numbers.respondents(row), " kuesioner")
    return ("mutu berbeda",) if rule.differs else ()


def _withheld_notes(
    others: Sequence[Rule], unlisted: Sequence[Rule]
) -> tuple[Line, ...]:
    if all(rule.told for rule in others):
        return ()
    why = (
        "Tidak disajikan karena berbeda kurang dari sepuluh kuesioner dari angka lain, "
        "sehingga jawaban perseorangan dapat dihitung dari selisihnya"
    )
    if not unlisted:
        return ((f"{why}.",),)
    stays = "; mutunya tetap" if all(rule.letter for rule in unlisted) else ""
    return ((f"{why}{stays}: {_names(unlisted)}.",),)


def _names(rules: Sequence[Rule]) -> str:
    """In quotation marks; those that begin alike together."""
    back = [
        rule.label.removeprefix(PUT_BACK) for rule in rules if PUT_BACK in rule.label
    ]
    names = [f"“{rule.label}”" for rule in rules if PUT_BACK not in rule.label]
    if len(back) > 1:
        return "; ".join([*names, f"“{PUT_BACK}{', '.join(back)}”"])
    return "; ".join([*names, *(f"“{PUT_BACK}{name}”" for name in back)])
