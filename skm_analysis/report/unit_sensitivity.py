"""A unit's chapter: the index as other ways of counting would print it."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Number, Table
from skm_analysis.report.numbers import number
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD

_WAYS = (
    ("ikm", "Indeks resmi"),
    ("ikm_unweighted", "Tanpa pembobotan strata"),
    ("ikm_strata", "Dengan pembobotan strata"),
    ("ikm_without_biaya", "Tanpa unsur Biaya/Tarif"),
    ("ikm_weight_0_11", "Dengan bobot setiap unsur dibulatkan menjadi 0,11"),
    ("ikm_weight_0_111", "Dengan bobot setiap unsur dibulatkan menjadi 0,111"),
)


def sensitivity(page: UnitPage) -> Table | Absent:
    """The index as other ways of counting would print it."""
    if page.standing not in TOLD:
        return Absent("Indeks unit ini tidak disajikan.")
    official = page.row("ikm")
    same = "ikm_unweighted" if page.study.weighting == "none" else "ikm_strata"
    found = [(page.row(measure), label) for measure, label in _WAYS if measure != same]
    told = [(row, label) for row, label in found if row and row.value is not None]
    if official is None or len(told) < 2:
        return Absent("Tidak ada cara menghitung lain yang berlaku untuk unit ini.")
    return Table(
        f"tab-{page.unit.id}-kepekaan",
        (f"Indeks {page.unit.name} menurut beberapa cara menghitung",),
        (
            Column("Cara menghitung", width=3.2),
            Column("Indeks", "right"),
            Column("Selisih", "right"),
        ),
        tuple(
            (
                (label,),
                (number(row),),
                ("–",) if row is official else (_difference(row, official),),
            )
            for row, label in told
        ),
        notes=_sensitivity_notes([row.measure for row, _ in told]),
        emphasised=(0,),
    )


def _difference(row: Row, official: Row) -> Number:
    # Between the numbers as printed, so that a reader who subtracts finds the same.
    value = numbers.printed(row) - numbers.printed(official)
    return numbers.derived_change(f"{row.key}:difference", value)


def _sensitivity_notes(measures: list[str]) -> tuple[Line, ...]:
    notes: list[Line] = []
    if "ikm_strata" in measures:
        notes.append(
            ("Dengan pembobotan strata: responden ditimbang menurut populasinya.",)
        )
    if "ikm_without_biaya" in measures:
        notes.append(
            (
                "Tanpa unsur Biaya/Tarif, bobot unsur lainnya disesuaikan. Bila "
                "layanan gratis, unsur itu dengan sendirinya mendapat nilai tertinggi.",
            )
        )
    if "ikm_weight_0_11" in measures:
        notes.append(
            (
                "Bobot yang dibulatkan tidak berjumlah satu, sehingga indeksnya selalu "
                "lebih rendah; lembar kerja di banyak tempat masih memakainya.",
            )
        )
    return tuple(notes)
