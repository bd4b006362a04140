"""The hand-over deck: what the city hears in a quarter of an hour, on 12 to 15 slides.

Every slide says something in every study; where there is nothing to show, it says why.
"""

from collections.abc import Mapping
from dataclasses import replace

from skm_analysis.report import (
    city_change,
    city_grades,
    city_result,
    city_targets,
    conclusions,
    deck_plan,
    deck_units,
    grade_certainty,
    numbers,
    slide_room,
    sufficiency,
)
from skm_analysis.report.city_units import comparability
from skm_analysis.report.elements import (
    Bullets,
    Figure,
    Line,
    Table,
)
from skm_analysis.report.elements import numbers as values
from skm_analysis.report.formatting import span
from skm_analysis.report.numbers import derived, number, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.slides import (
    Slide,
    of_rows,
    reason,
    told,
    with_table,
    with_text,
)
from skm_analysis.report.standing import published
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import earlier, line, lower_first

MOST = 15
_TREND = "fig-kota-tren"


def slides(page: CityPage, figures: Mapping[str, Figure]) -> tuple[Slide, ...]:
    """The deck in order; `figures` are those of the report, by their anchors."""
    before = [_cover(page), _done(page), _city(page), _figures(page), _grades(page)]
    after = [
        deck_plan.weakest(page),
        _change(page),
        _target(page),
        _quality(page),
        deck_plan.followed_up(page),
        deck_plan.planned(page),
        _more(page),
    ]
    units = deck_units.slides(page)
    slides = [*before, *units, *after]
    if len(slides) < MOST and (trend := _trend(figures)):
        places = [slide.name for slide in slides]
        slides.insert(places.index("perubahan") + 1, trend)
    return tuple(slides)


def _cover(page: CityPage) -> Slide:
    study = page.study
    title = (study.dated_title,)
    return Slide("sampul", title, ((f"Penyerahan hasil kepada {study.institution}",),))


def _done(page: CityPage) -> Slide:
    study = page.study
    units = numbers.count("study..units", len(study.units))
    title = line("Yang dikerjakan: survei pada ", units, " unit pelayanan")
    return with_text(
        "pekerjaan",
        title,
        (
            (f"Pelayanan yang dinilai: {span(study.start, study.end)}.",),
            _flow(page),
            told(comparability(page)),
            line(
                "Indeks setiap unit dihitung menurut kuesionernya dan disajikan dengan "
                "selang kepercayaan ",
                level(study),
                ".",
            ),
            (
                "Setiap angka dapat dirunut sampai ke data mentah dan dihitung ulang "
                "oleh pemeriksaan yang terpisah.",
            ),
        ),
    )


def _flow(page: CityPage) -> Line:
    """Received = used + set aside, over all units, the small ones as well."""
    received, accepted, aside = (
        page.row(f"n_{name}") for name in ("received", "accepted", "set_aside")
    )
    if received is None or accepted is None or aside is None:
        return ()
    if not aside.value:
        return line(number(received), " kuesioner diterima dan semuanya dipakai.")
    return line(
        number(received),
        " kuesioner diterima: ",
        number(accepted),
        " dipakai dan ",
        number(aside),
        " disisihkan, masing-masing dengan alasan yang tercatat.",
    )


def _city(page: CityPage) -> Slide:
    row, grade = (
        published(page.estimates, each) for each in (city_result.HEADLINE, "grade")
    )
    title: Line = ("Hasil kota belum dapat disajikan",)
    if row is not None and row.value is not None:
        title = line("IKM kota ", number(row))
        if grade is not None and grade.category:
            words = lower_first(city_result.meaning(page, grade.category))
            letter = verdict(grade.key, grade.category)
            title = line(title, ": mutu ", letter, f" ({words})")
    return with_text(
        "hasil-kota",
        title,
        (
            told(city_result.headline(page)),
            told(grade_certainty.city_certainty(page)),
            told(city_result.group_sentence(page)),
            told(conclusions.not_random(page)),
        ),
    )


def _figures(page: CityPage) -> Slide:
    made = city_result.three_figures(page)
    return with_table(
        "angka-kota",
        ("Tiga angka kota, tiga kegunaan",),
        [reason(made) or _MAIN],
        made,
    )


_MAIN: Line = (
    "Angka utama adalah rata-rata antarunit. Dua angka lain menjawab pertanyaan yang "
    "berbeda dan tidak boleh saling dibandingkan.",
)


def _grades(page: CityPage) -> Slide:
    table = city_grades.grade_table(page)
    if isinstance(table, Table) and len(slide_room.fitting(table)) < len(table.rows):
        table = of_rows(table, [len(table.rows) - 1])  # the sum over the kinds
    return with_table(
        "mutu",
        ("Mutu pelayanan menurut kelompok unit",),
        [reason(city_grades.grade_sentence(page))],
        table,
    )


def _change(page: CityPage) -> Slide:
    previous = page.study.previous
    if previous is None:
        title: Line = ("Perubahan belum dapat dinilai",)
    else:
        title = (f"Perubahan sejak {earlier(previous)}, dibaca dengan hati-hati",)
    text = [
        reason(city_change.city_change(page)),
        told(city_change.change_counts(page)),
        (_CAREFUL,) if previous else (_FIRST,),
    ]
    return with_text("perubahan", title, text)


_CAREFUL = (
    "Naik atau turun hanya disebut bila selisihnya lebih besar daripada yang dapat "
    "terjadi secara kebetulan; selebihnya tidak dapat dibedakan."
)
_FIRST = "Perubahan dapat dinilai mulai studi berikutnya dengan kuesioner yang sama."


def _trend(figures: Mapping[str, Figure]) -> Slide | None:
    found = [each for name, each in figures.items() if name.endswith(_TREND)]
    if not found:
        return None
    # The caption is the title, and the notes are the text.
    bare = replace(found[0], caption=(), notes=())
    fitted = slide_room.text([line(*_spaced(found[0].notes))], above=True)
    return Slide("tren", found[0].caption, fitted.lines, bare, fitted.size)


def _spaced(notes: tuple[Line, ...]) -> tuple[Line | str, ...]:
    return tuple(part for note in notes for part in (" ", note))[1:]


def _target(page: CityPage) -> Slide:
    goal = page.study.target
    title: Line = ("Target kota tidak ditetapkan",)
    if goal is not None:
        title = line("Target kota: ", numbers.stated("study.target.ikm", goal.ikm, 2))
    text = [
        reason(city_targets.city_target(page)),
        told(city_targets.target_counts(page)),
    ]
    table = city_targets.target_table(page)
    if isinstance(table, Table):  # who is furthest below comes first
        gaps = [values(row[_GAP])[0].value or 0.0 for row in table.rows]
        table = of_rows(table, sorted(range(len(gaps)), key=lambda at: gaps[at]))
    return with_table("target", title, text, table)


_GAP = 3  # the column that says by how much


def _quality(page: CityPage) -> Slide:
    return with_text(
        "mutu-data",
        ("Mutu data dan batasannya",),
        (
            told(sufficiency.sample_sentence(page)),
            told(conclusions.not_random(page)),
            _left_out(page),
            (
                "Selang kepercayaan memuat ketidakpastian karena tidak semua pengguna "
                "layanan ditanya; kesalahan lain, misalnya cara memilih dan cara "
                "bertanya, tidak termuat.",
            ),
            (
                "Indeks yang dekat dengan nilai tertinggi sedikit membedakan unit; "
                "yang lebih berguna adalah unsur terlemah dan saran masyarakat.",
            ),
        ),
    )


def _left_out(page: CityPage) -> Line:
    found = city_result.left_out(page)
    if not isinstance(found, Bullets):
        return told(found)
    if len(found.items) > _NAMED:
        many = derived("city..left_out.units", len(found.items))
        return line(many, " unit tidak ikut dalam angka kota; alasannya dalam laporan.")
    each = [(*item[:-1], str(item[-1]).rstrip(".")) for item in found.items]
    parts = [part for item in each for part in ("; ", *item)][1:]
    return line("Tidak ikut dalam angka kota: ", tuple(parts), ".")


_NAMED = 3


def _more(page: CityPage) -> Slide:
    name = f"skm-{page.study.id}"
    return with_text(
        "bacaan",
        ("Bacaan lebih lanjut",),
        (
            (f"Laporan lengkap: {name}.pdf, {name}.docx, dan {name}.html.",),
            ("Bab dan lembar publikasi setiap unit: folder units.",),
            (f"Tabel laporan sebagai lembar kerja: {name}.xlsx.",),
            (
                "Asal setiap angka, juga yang ada dalam paparan ini: "
                "tables/register.csv.",
            ),
            ("Sidik jari edisi tercetak pada halaman terakhir laporan.",),
        ),
    )
