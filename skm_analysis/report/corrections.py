"""What people corrected in the deliveries: how much and which way, never a value."""

from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import count, derived
from skm_analysis.report.page import ArrivalsPage
from skm_analysis.report.wording import line, sentences

_DIRECTIONS = ("raised", "lowered", "neither")
_KEY = "arrivals.corrections"
_NONE = "Tidak ada isian yang dibetulkan setelah berkas diterima."


def sentence(page: ArrivalsPage) -> Paragraph:
    """How many cells, in how many units, and which way the scores went."""
    total = len(page.corrections)
    if not total:
        return Paragraph(_KEY, (_NONE,))
    units = page.corrections["unit"].replace("", None).nunique()
    opening = line(
        "Sebanyak ",
        count(_KEY, total),
        " isian pada ",
        derived(f"{_KEY}.units", units),
        " unit dibetulkan: ",
        count(f"{_KEY}.raised", _counted(page, "raised")),
        " menaikkan nilai jawaban, ",
        count(f"{_KEY}.lowered", _counted(page, "lowered")),
        " menurunkannya, dan ",
        count(f"{_KEY}.neither", _counted(page, "neither")),
        " mengubah isian lain atau mengisi dan mengosongkan jawaban.",
    )
    return Paragraph(_KEY, sentences((opening, _KEPT)))


_KEPT: Line = (
    "Setiap pembetulan dicatat bersama alasan, tanggal, dan nama yang memutuskannya; "
    "catatan itu disimpan untuk pemeriksa dan tidak diterbitkan.",
)


def table(page: ArrivalsPage) -> Table | Absent:
    """One line per unit with corrections, in the study's order."""
    if page.corrections.empty:
        return Absent(_NONE)
    rows: list[tuple[Line, ...]] = [
        (
            (name,),
            (count(f"{_KEY}.{place}", _counted(page, unit=unit)),),
            *(
                (count(f"{_KEY}.{place}.{way}", _counted(page, way, unit)),)
                for way in _DIRECTIONS
            ),
        )
        for unit, name, place in _units(page)
    ]
    return Table(
        "tab-data-pembetulan",
        ("Isian yang dibetulkan menurut unit",),
        (
            Column("Unit", width=3.0),
            Column("Dibetulkan", "right"),
            Column("Nilai naik", "right"),
            Column("Nilai turun", "right"),
            Column("Lainnya", "right"),
        ),
        tuple(rows),
        notes=(
            (
                "Lainnya: jawaban kosong yang diisi atau sebaliknya, jawaban yang "
                "semula tidak terbaca, dan isian yang bukan jawaban, seperti tanggal.",
            ),
        ),
    )


def _units(page: ArrivalsPage) -> list[tuple[str, str, str]]:
    """Id, name and key of each unit that has corrections; rows of no unit come last."""
    there = set(page.corrections["unit"])
    known = [(x.id, x.name, x.id) for x in page.study.units if x.id in there]
    return [*known, *([("", "Unit tidak dikenal", "unknown")] if "" in there else [])]


def _counted(page: ArrivalsPage, way: str = "", unit: str | None = None) -> int:
    found = page.corrections
    if way:
        found = found[found["direction"] == way]
    return len(found if unit is None else found[found["unit"] == unit])
