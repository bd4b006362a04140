"""The city's chapter: which unsur keep the mean of the units below 100."""

from decimal import Decimal

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.city_result import HEADLINE
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, number
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import published
from skm_analysis.report.wording import line, listing, sentences
from skm_analysis.study.regulation import UNSUR

MEASURE = "shortfall"
NAMED = 2  # unsur that the sentence tells
OWN = "Indikator yang ditambahkan unit"
NONE = Absent("Sumbangan unsur tidak dapat dihitung menurut aturan studi ini.")
_CAUTION = (
    "Unsur yang ditanyakan oleh lebih banyak unit atau dengan lebih banyak pertanyaan "
    "dengan sendirinya menyumbang lebih banyak; urutan ini menunjukkan letak "
    "kekurangannya, bukan unsur yang terburuk.",
)


def sentence(page: CityPage) -> Paragraph | Absent:
    """How far below, and the unsur that take most of it."""
    headline, rows = published(page.estimates, HEADLINE), _told(page)
    if headline is None or headline.value is None or not rows:
        return NONE
    below = Decimal(100) - numbers.printed(headline)
    if not below:
        text: Line = (
            "Rata-rata antarunit mencapai nilai tertinggi; tidak ada kekurangan yang "
            "dapat dibagi menurut unsur.",
        )
        return Paragraph("city..shortfall", text)
    first = [row for row in rows if row.value][:NAMED]
    named = listing([line(f"“{_label(x)}” (", number(x), " poin)") for x in first])
    opening = line(
        "Rata-rata antarunit, ",
        number(headline),
        ", berada ",
        derived(f"{headline.key}:below_highest", float(below), 2),
        " poin di bawah nilai tertinggi. Bagian terbesar dari kekurangan itu berasal "
        "dari ",
        named,
        ".",
    )
    return Paragraph("city..shortfall", sentences((opening, _CAUTION)))


def table(page: CityPage) -> Table | Absent:
    """Every unsur with its points, the largest first."""
    rows = _told(page)
    if not rows:
        return NONE
    held = [row for row in _rows(page) if row not in rows]
    return Table(
        "tab-kota-kekurangan",
        ("Sumbangan setiap unsur pada kekurangan rata-rata antarunit",),
        (
            Column("Unsur", width=3.6),
            Column("Poin", "right"),
            Column("Responden yang ditanyai", "right", 1.2),
        ),
        tuple(
            ((_label(row),), (number(row),), numbers.respondents(row)) for row in rows
        ),
        notes=_notes(held),
    )


def _notes(held: list[Row]) -> tuple[Line, ...]:
    told: list[Line] = [
        (
            "Dihitung sebelum pembulatan; jumlah semua unsur adalah kekurangan itu. "
            "Unit yang tidak menanyakan suatu unsur dihitung nol.",
        )
    ]
    if held:
        names = listing([f"“{_label(row)}”" for row in held])
        told.append(
            line(
                "Tidak disajikan, karena jawaban yang sedikit di suatu unit dapat "
                "dihitung darinya: ",
                names,
                ".",
            )
        )
    return tuple(told)


def _rows(page: CityPage) -> list[Row]:
    """Without small units, where those are the rows that are printed."""
    for part in ("published", ""):
        found = page.estimates.select(scope="city", measure=MEASURE, part=part)
        if found:
            return found
    return []


def _told(page: CityPage) -> list[Row]:
    """What may be told, the most points first."""
    rows = [
        row
        for row in _rows(page)
        if row.value is not None and "suppressed" not in row.flags
    ]
    return sorted(rows, key=lambda row: -(row.value or 0.0))


def _label(row: Row) -> str:
    unsur = UNSUR.get(row.category)
    return unsur.label if unsur else OWN
