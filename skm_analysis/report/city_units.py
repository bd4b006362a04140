"""The city's chapter: all units side by side, and how comparable they are."""

from collections.abc import Iterable

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.city_ranks import group_of
from skm_analysis.report.city_result import HEADLINE, kind_name
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, stated, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD, Standing, published
from skm_analysis.report.unit_result import level
from skm_analysis.report.weakness import weakness, with_means
from skm_analysis.report.wording import CONDITIONAL, line, listing, sentences
from skm_analysis.study.records import Instrument, Unit
from skm_analysis.study.regulation import UNSUR

NOT_TOLD = {
    Standing.EMPTY: "tidak ada data",
    Standing.SUPPRESSED: "tidak disajikan",
    Standing.INDICATIVE: "indikatif",
    Standing.FULL: "",
}


def units_table(page: CityPage) -> Table:
    """Every unit with its index, interval and grade: by grade, then by name."""
    rows: list[tuple[Line, ...]] = []
    emphasised: list[int] = []
    heading = ""
    groups = {unit.id: group_of(page, unit) for unit in page.study.units}
    grouped = any(groups.values())
    for unit in by_grade(page, page.study.units):
        letter = grade_of(page, unit)
        told = f"Mutu {letter}" if letter else _without_letter(page, unit)
        if told != heading:
            heading = told
            emphasised.append(len(rows))
            rows.append(((told,), *[("",)] * (6 if grouped else 5)))
        cells = _unit_row(page, unit)
        mark = (groups[unit.id] or "–",)
        rows.append((*cells[:5], mark, cells[5]) if grouped else cells)
    return Table(
        "tab-kota-unit",
        line(
            f"IKM setiap unit tahun {page.study.year} dengan selang kepercayaan ",
            level(page.study),
            ", menurut mutu dan abjad",
        ),
        (
            Column("Unit", width=2.8),
            Column("Responden", "right", 1.0),
            Column("IKM", "right", 0.7),
            Column("Selang kepercayaan", "right", 1.2),
            Column("Mutu", "center", 0.6),
            *((Column("Kelompok", "center", 0.9),) if grouped else ()),
            Column("Keterangan", width=2.0),
        ),
        tuple(rows),
        notes=(
            *((_GROUPED,) if grouped else ()),
            (
                "Urutan di dalam satu mutu menurut abjad. Keterangan “tanpa "
                f"pengacakan”: selang berlaku {CONDITIONAL}. “Indikatif”: responden "
                "kurang dari tiga puluh.",
            ),
        ),
        emphasised=tuple(emphasised),
    )


_GROUPED: Line = (
    "Kelompok: unit yang angka Romawinya sama ditanyai hal yang sama, dan di antaranya "
    "yang mempunyai huruf yang sama tidak dapat dibedakan menurut indeksnya.",
)


def by_grade(page: CityPage, units: Iterable[Unit]) -> list[Unit]:
    """By grade and within it by name; those without a letter, then those not told."""
    return sorted(
        units,
        key=lambda unit: (
            page.standing(unit) not in TOLD,
            grade_of(page, unit) or "~",
            unit.name.casefold(),
        ),
    )


def grade_of(page: CityPage, unit: Unit) -> str:
    """The letter, "" where there is none or it is not told."""
    grade = page.of_unit(unit, "grade")
    return grade.category if grade and page.standing(unit) in TOLD else ""


def _without_letter(page: CityPage, unit: Unit) -> str:
    return "Tanpa mutu" if page.standing(unit) in TOLD else "Tidak disajikan"


def groups_table(page: CityPage) -> Table | Absent:
    """The mean of the units of every kind, in the order of the study."""
    kinds = page.study.kinds
    if len(kinds) < 2:
        return Absent("Hanya ada satu kelompok unit.")
    empty = any(_group(page, kind) is None for kind in kinds)
    return Table(
        "tab-kota-kelompok",
        ("Rata-rata antarunit setiap kelompok",),
        (
            Column("Kelompok", width=2.4),
            Column("Responden", "right", 1.0),
            Column("IKM", "right", 0.7),
            Column("Selang kepercayaan", "right", 1.4),
            Column("Mutu", "center", 0.6),
        ),
        tuple(_group_row(page, kind) for kind in kinds),
        notes=((_NO_GROUP,),) if empty else (),
    )


_NO_GROUP = "Tanda –: tidak satu pun unitnya ikut dihitung dalam angka kota."


def _group(page: CityPage, kind: str) -> Row | None:
    """The mean of a kind's units, where it may be told and there is one."""
    row = published(page.estimates, HEADLINE, kind)
    told = row is not None and row.value is not None and "suppressed" not in row.flags
    return row if told else None


def _group_row(page: CityPage, kind: str) -> tuple[Line, ...]:
    row = _group(page, kind)
    grade = published(page.estimates, "grade", kind)
    letter: Line = ("–",)
    if row is not None and grade is not None and grade.category:
        letter = (verdict(grade.key, grade.category),)
    accepted = published(page.estimates, "n_accepted", kind)
    return (
        (kind_name(kind),),
        numbers.shown(accepted) if row else numbers.EMPTY,
        numbers.shown(row),
        numbers.interval(row),
        letter,
    )


def _unit_row(page: CityPage, unit: Unit) -> tuple[Line, ...]:
    accepted = numbers.shown(page.of_unit(unit, "n_accepted"))
    standing = page.standing(unit)
    if standing not in TOLD:
        return ((unit.name,), accepted, ("–",), ("–",), ("–",), (NOT_TOLD[standing],))
    row, grade = page.of_unit(unit, "ikm"), page.of_unit(unit, "grade")
    remarks = [NOT_TOLD[standing]] if NOT_TOLD[standing] else []
    if row is not None and "conditional" in row.flags:
        remarks.append("tanpa pengacakan")
    if row is not None and "census" in row.flags:
        remarks.append("sensus")
    if row is not None and "other_scale" in row.flags:
        remarks.append("skala lain")
    if row is not None and "internal_only" in row.flags:
        remarks.append("survei sendiri")
    if row is None or row.value is None:
        remarks.append("tidak dapat dihitung")
    letter: Line = ("–",)
    if grade is not None and grade.category:
        letter = (verdict(grade.key, grade.category),)
    return (
        (unit.name,),
        accepted,
        numbers.shown(row),
        numbers.interval(row),
        letter,
        (", ".join(remarks),),
    )


def comparability(page: CityPage) -> Paragraph:
    """How far the units asked the same, and what follows for comparing them."""
    units = page.study.units
    used = instruments(page)
    if len(used) == 1:
        text: Line = (
            "Semua unit memakai kuesioner yang sama, sehingga hasilnya dapat "
            "dibandingkan baik menurut indeks maupun menurut unsur.",
        )
        return Paragraph("city..comparability", text)
    common = [
        f"“{unsur.label}”"
        for key, unsur in UNSUR.items()
        if all(any(item.unsur == key for item in each.items) for each in used)
    ]
    opening = line(
        "Kuesioner berbeda antarunit: ",
        derived("city..instruments", len(used)),
        " kuesioner dipakai oleh ",
        stated("study.units", len(units)),
        " unit. Karena itu unit dibandingkan menurut indeksnya, tidak unsur demi "
        "unsur, dan perbedaan kecil antarunit dapat berasal dari perbedaan pertanyaan.",
    )
    if not common:
        shared: Line = ("Tidak ada unsur yang ditanyakan oleh semua unit.",)
    elif len(common) == len(UNSUR):
        shared = ("Semua unsur menurut peraturan ditanyakan oleh setiap unit.",)
    else:
        shared = line("Unsur yang ditanyakan oleh semua unit: ", listing(common), ".")
    return Paragraph("city..comparability", sentences((opening, shared)))


def instruments(page: CityPage) -> list[Instrument]:
    """Those in use, in the order of their first unit."""
    found = {unit.instrument.id: unit.instrument for unit in page.study.units}
    return list(found.values())


def instrument_table(page: CityPage) -> Table:
    """Every questionnaire: its questions, scale, grades, and how many units used it."""
    return Table(
        "tab-kota-kuesioner",
        ("Kuesioner yang dipakai dan kesebandingannya",),
        (
            Column("Kuesioner", width=3.0),
            Column("Pertanyaan", "right"),
            Column("Indikator sendiri", "right"),
            Column("Unsur ditanyakan", "right"),
            Column("Skala", "center", 0.7),
            Column("Tabel mutu", "center", 0.8),
            Column("Unit", "right", 0.6),
        ),
        tuple(_instrument_row(page, each) for each in instruments(page)),
    )


def _instrument_row(page: CityPage, instrument: Instrument) -> tuple[Line, ...]:
    key = f"study.instrument.{instrument.id}"
    items = instrument.items
    lowest, highest = instrument.scale
    used = sum(unit.instrument.id == instrument.id for unit in page.study.units)
    return (
        (instrument.title,),
        (stated(f"{key}.items", len(items)),),
        (derived(f"{key}.own_items", sum(item.own for item in items)),),
        (derived(f"{key}.unsur", len({item.unsur for item in items} - {None})),),
        line(stated(f"{key}.lowest", lowest), "–", stated(f"{key}.highest", highest)),
        ("ada" if instrument.bands else "tidak ada",),
        (derived(f"{key}.units", used),),
    )


def weakest_table(page: CityPage) -> Table | Absent:
    """The weakest items of every unit that has clear ones."""
    found = [
        (unit, weakness(page.estimates, unit)) for unit in page.units(Standing.FULL)
    ]
    clear = [(unit, each) for unit, each in found if each.named]
    if not clear:
        return Absent("Tidak ada unit yang mempunyai unsur yang jelas terlemah.")
    return Table(
        "tab-kota-terlemah",
        ("Unit yang mempunyai unsur yang jelas terlemah",),
        (
            Column("Unit", width=2.0),
            Column("Unsur terlemah (NRR)", width=5.0),
        ),
        tuple(((unit.name,), with_means(each.named)) for unit, each in clear),
        notes=(
            (
                "Hanya unit dengan sedikitnya tiga puluh responden. Disebut semua "
                "unsur yang tidak dapat dibedakan dari unsur dengan nilai terendah; "
                "bila itu lebih dari separuh unsur, tidak ada yang jelas terlemah. "
                "Unsur yang jawabannya sama pada semua responden, misalnya biaya pada "
                "layanan tanpa biaya, tidak ikut dibandingkan.",
            ),
        ),
    )
