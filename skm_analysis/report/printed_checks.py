"""Which printed earlier figures do not follow from the means printed beside them."""

from collections.abc import Sequence

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.elements import Absent, Column, Line, Number, Paragraph, Table
from skm_analysis.report.numbers import number, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.wording import line, listing, sentences
from skm_analysis.report.worksheet_words import rule_words
from skm_analysis.study.history import CITY_FIGURES
from skm_analysis.study.regulation import UNSUR

MEASURE = "printed_check"
NONE = Absent("Tidak ada angka terdahulu yang dapat diperiksa dari rata-rata unsurnya.")


def sentence(page: CityPage) -> Paragraph | Absent:
    """What does not follow, named; or that everything that can be checked does."""
    rows = page.estimates.select(measure=MEASURE)
    if not rows:
        return NONE
    wrong = [row for row in rows if "not_reproduced" in row.flags]
    misfit = [row for row in rows if "grade_misfit" in row.flags]
    impossible = [row for row in rows if "impossible_mean" in row.flags]
    if not wrong and not misfit and not impossible:
        return Paragraph(
            "city..printed",
            (
                "Angka terdahulu yang dapat diperiksa mengikuti rata-rata unsur dan "
                "mutu yang tercetak bersamanya.",
            ),
        )
    text = sentences(
        (
            *(_wrong(page, row) for row in wrong),
            _listed(
                page,
                misfit,
                "Huruf mutu yang tercetak tidak sesuai dengan "
                "indeks yang tercetak pada ",
            ),
            _listed(
                page,
                impossible,
                "Ada rata-rata unsur yang tidak mungkin terjadi "
                "dengan banyaknya responden yang tercetak pada ",
            ),
            (
                "Pemeriksaan ini tidak menunjukkan angka mana yang keliru, dan tidak "
                "pula sebabnya.",
            ),
        )
    )
    return Paragraph("city..printed", text)


def table(page: CityPage) -> Table | Absent:
    """One line per year and unit: the printed index beside the recomputed one."""
    rows = [row for row in page.estimates.select(measure=MEASURE) if not row.item]
    if not rows:
        return NONE
    return Table(
        "tab-kota-tercetak",
        ("Angka terdahulu dan apa yang diberikan oleh rata-rata unsurnya sendiri",),
        (
            Column("Tahun", "center", 0.6),
            Column("Unit", width=1.8),
            Column("Tercetak", "right", 0.9),
            Column("Dihitung ulang", "right", 0.9),
            Column("Hasil pemeriksaan", width=2.8),
        ),
        tuple(
            (
                (row.category,),
                (_name(page, row),),
                _printed(page, row),
                _recomputed(row),
                (_finding(page, row),),
            )
            for row in rows
        ),
        notes=(
            (
                "Dihitung ulang dengan bobot yang tepat dari semua rata-rata unsur "
                "yang tercetak. Yang dicoba juga: bobot yang dibulatkan ke dua atau "
                "tiga desimal, dan pembulatan di tengah perhitungan.",
            ),
        ),
    )


def _wrong(page: CityPage, row: Row) -> Line:
    """An index that no known rule gives."""
    return line(
        f"Indeks {_name(page, row)} tahun {row.category} tercetak ",
        _printed(page, row),
        ", padahal rata-rata unsurnya sendiri memberi ",
        _recomputed(row),
        "; tidak satu pun cara menghitung yang dikenal memberi angka yang tercetak.",
    )


def _recomputed(row: Row) -> Line:
    if row.value is None:
        return numbers.EMPTY
    letter = _letter(row)
    if not letter:
        return (number(row),)
    return (number(row), " ", verdict(f"{row.key}:letter", letter))


def _listed(page: CityPage, rows: Sequence[Row], opening: str) -> Line:
    places = dict.fromkeys(f"{_name(page, row)} tahun {row.category}" for row in rows)
    return line(opening, listing(list(places)), ".") if places else ()


def _finding(page: CityPage, row: Row) -> str:
    told: list[str] = []
    if "reproduced" in row.flags:
        told.append(_rule(row))
    elif "not_reproduced" in row.flags:
        told.append("tidak mengikuti rata-rata unsurnya")
    if "grade_misfit" in row.flags:
        told.append("huruf mutu tidak sesuai dengan indeksnya")
    items = [
        f"“{_label(page, each)}”"
        for each in page.estimates.select(
            scope=row.scope, unit=row.unit, measure=MEASURE, category=row.category
        )
        if "impossible_mean" in each.flags
    ]
    if items:
        told.append(f"rata-rata yang tidak mungkin: {', '.join(items)}")
    return "; ".join(told) or "sesuai"


def _rule(row: Row) -> str:
    """The plainest of the rules that give the printed index."""
    name = next(
        flag.removeprefix("rule_") for flag in row.flags if flag.startswith("rule_")
    )
    if name == "within-rounding":
        return "sesuai, dalam batas pembulatan rata-ratanya"
    if name == "exact":
        return "sesuai"
    together = "bila " if name.startswith("weight-") else ""
    return ("sesuai " if together else "sesuai, ") + together + rule_words(name)


def _printed(page: CityPage, row: Row) -> Line:
    """Index and letter with the digits and the mark that they were printed with."""
    figures = [
        each
        for each in page.history
        if str(each.year) == row.category and each.unit == row.unit
    ]
    measures = ("ikm", *CITY_FIGURES)
    index = [x for name in measures for x in figures if x.measure == name][:1]
    letter = [x for x in figures if x.measure == "grade"]
    told: list[str | Number] = []
    for each in (*index, *letter):
        key = f"history.{each.year}.{each.unit}.{each.measure}".replace("..", ".")
        if each.measure == "grade":
            told += [" ", verdict(key, each.printed)]
        else:
            told.append(numbers.as_printed(key, each.printed))
    return line(*told) if told else numbers.EMPTY


def _letter(row: Row) -> str:
    """The letter of the index worked out anew."""
    marks = ("grade_A", "grade_B", "grade_C", "grade_D")
    return next((x.removeprefix("grade_") for x in row.flags if x in marks), "")


def _label(page: CityPage, row: Row) -> str:
    """What the item is called now, or in the regulation; its key where in neither."""
    asked = {
        item.key: item.label
        for unit in page.study.units
        if unit.id == row.unit
        for item in unit.instrument.items
    }
    known = {key: unsur.label for key, unsur in UNSUR.items()}
    return {**known, **asked}.get(row.item, row.item)


def _name(page: CityPage, row: Row) -> str:
    """The unit's name; its id where this study no longer has it."""
    if row.scope == "city":
        return "kota"
    names = {unit.id: unit.name for unit in page.study.units}
    return names.get(row.unit, row.unit)
