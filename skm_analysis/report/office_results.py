"""What offices worked out in their own worksheets, beside what was worked out anew."""

from collections.abc import Iterator
from typing import NamedTuple

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, number, shown
from skm_analysis.report.page import CityPage
from skm_analysis.report.wording import line, sentences
from skm_analysis.report.worksheet_words import explanation
from skm_analysis.study.records import Unit

NONE = Absent("Tidak ada kantor yang mengirimkan hasil hitungannya sendiri.")
_TABLE = "tab-hasil-kantor"


class _Beside(NamedTuple):
    """One office's result: its index, ours, and what lies between."""

    unit: Unit
    theirs: Row
    ours: Row
    difference: Row
    items: Row | None  # how many of its means differ

    @property
    def hidden(self) -> bool:
        return "suppressed" in self.theirs.flags

    @property
    def few(self) -> bool:
        """Whether the unit itself is too small to be told of."""
        return "suppressed" in self.ours.flags


def sentence(page: CityPage) -> Paragraph | Absent:
    """How many offices sent a result, and how many of them differ from ours."""
    told = [each for each in _all(page) if not each.few]
    left = page.estimates.select(measure="office_not_compared")
    if not told and not left:
        return NONE
    apart = [each for each in told if each.difference.value]
    unexplained = [each for each in apart if "unexplained" in each.theirs.flags]
    text = sentences(
        (
            opening(len(told), len(apart)),
            without_explanation(len(unexplained), len(apart)) if unexplained else (),
            line(
                "Hasil pada ",
                derived("city..office.left", sum(int(row.value or 0) for row in left)),
                " berkas tidak dibandingkan karena berkasnya hanya memuat sebagian "
                "jawaban unitnya.",
            )
            if left
            else (),
        )
    )
    return Paragraph("city..office", text)


def opening(told: int, apart: int) -> Line:
    if not told:
        return ()
    many = derived("city..office.results", told)
    differing = derived("city..office.apart", apart)
    came = "dikirimkan bersama jawabannya"
    if told == 1:
        start = ("Hanya ", many, f" hasil hitungan kantor sendiri yang {came}, dan ")
        compared: Line = ("hasil itu ", "berbeda dari" if apart else "sama dengan")
    else:
        start = ("Sebanyak ", many, f" hasil hitungan kantor sendiri {came}")
        compared = (", dan semuanya sama dengan",)
        if apart == told:
            compared = (", dan semuanya berbeda dari",)
        elif apart:
            compared = ("; ", differing, " di antaranya berbeda dari")
    stands = (
        " Yang berlaku dalam laporan ini adalah hasil perhitungan ulang."
        if apart
        else ""
    )
    return line(*start, *compared, f" hasil perhitungan ulang.{stands}")


def without_explanation(unexplained: int, apart: int) -> Line:
    ways = "dijelaskan dengan cara menghitung yang dikenal."
    if unexplained < apart:
        many = derived("city..office.unexplained", unexplained)
        return line("Sebanyak ", many, f" selisih tidak dapat {ways}")
    if apart == 1:
        return line(f"Selisih itu tidak dapat {ways}")
    return line(f"Tidak satu pun selisih itu dapat {ways}")


def table(page: CityPage) -> Table | Absent:
    """One line per office that sent an index."""
    told = [each for each in _all(page) if not each.few]
    if not told:
        return NONE
    return Table(
        _TABLE,
        ("Hasil hitungan sendiri kantor dibandingkan dengan hasil perhitungan ulang",),
        (
            Column("Unit", width=1.8),
            Column("IKM menurut kantor", "right", 0.9),
            Column("IKM dihitung ulang", "right", 0.9),
            Column("Selisih", "right", 0.8),
            Column("NRR yang berbeda", "right", 0.8),
            Column("Penjelasan", width=2.6),
        ),
        tuple(_row(each) for each in told),
        notes=tuple(_notes(told)),
    )


def _row(each: _Beside) -> tuple[Line, ...]:
    ours = (number(each.ours),)
    told: tuple[Line, ...] = (numbers.EMPTY, ours, numbers.EMPTY, numbers.EMPTY)
    if not each.hidden:
        difference = (number(each.difference),)
        told = ((number(each.theirs),), ours, difference, shown(each.items))
    return ((_name(each),), *told, (_explanation(each),))


def _name(each: _Beside) -> str:
    own = " (survei unit sendiri)" if each.theirs.part == "internal" else ""
    return each.unit.name + own


def _explanation(each: _Beside) -> str:
    flags = each.theirs.flags
    if not each.difference.value and "unexplained" not in flags:
        return "sama"
    found = explanation(flags)
    if "several_results" in flags:
        found += "; berkas memuat beberapa hasil, yang dibandingkan yang terakhir"
    return found


def _notes(told: list[_Beside]) -> Iterator[Line]:
    yield (
        "Dicoba: bobot yang ditulis dengan dua atau tiga desimal, pembulatan di tengah "
        "perhitungan, isian kosong yang ikut menjadi pembagi, dan baris yang "
        "disisihkan atau di luar skala yang ikut dihitung.",
    )
    if any(each.hidden for each in told):
        yield (
            "–: tidak disajikan, karena bersama hasil perhitungan ulang angka itu akan "
            "membuka jawaban beberapa responden.",
        )


def _all(page: CityPage) -> Iterator[_Beside]:
    for theirs in page.estimates.select(scope="unit", measure="office_ikm"):
        unit = page.study.unit(theirs.unit)

        def row(measure: str, category: str = "", own: Row = theirs) -> Row | None:
            found = page.estimates.select(
                scope="unit",
                unit=own.unit,
                measure=measure,
                category=category,
                item="",
                part=own.part,
            )
            return found[0] if found else None

        ours, difference = row("ikm"), row("office_difference", "ikm")
        if ours is not None and ours.value is not None and difference is not None:
            items = row("office_differing_items")
            yield _Beside(unit, theirs, ours, difference, items)
