"""What the city's result comes to, in a few sentences drawn from the estimates."""

from collections import Counter

from skm_analysis.report import recommendations, sufficiency
from skm_analysis.report.city_change import change_counts, city_change
from skm_analysis.report.city_grades import grade_sentence
from skm_analysis.report.city_result import headline
from skm_analysis.report.city_targets import city_target
from skm_analysis.report.elements import (
    Absent,
    Bullets,
    Line,
    Paragraph,
    Piece,
    Prose,
    Strong,
)
from skm_analysis.report.numbers import derived
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import Standing
from skm_analysis.report.weakness import weakness
from skm_analysis.report.wording import CONDITIONAL, line, listing, sentences
from skm_analysis.study.regulation import UNSUR


def main_points(page: CityPage) -> Bullets:
    """The result, the grades, the change, the target and the weakest unsur."""
    found = (
        headline(page),
        grade_sentence(page),
        city_change(page),
        change_counts(page),
        city_target(page),
        weakest_unsur(page),
    )
    told = [each.text for each in found if isinstance(each, Paragraph)]
    return Bullets("city..main_points", tuple(told))


def summary(page: CityPage) -> tuple[Piece, ...]:
    """One page for who reads no other: result, certainty, change, what to mend."""
    told = (
        ("hasil", "Hasil.", (headline(page), grade_sentence(page), city_target(page))),
        ("perubahan", "Perubahan.", (city_change(page), change_counts(page))),
        (
            "ketelitian",
            "Ketelitian.",
            (sufficiency.sample_sentence(page), not_random(page)),
        ),
        (
            "perbaikan",
            "Perbaikan.",
            (weakest_unsur(page), recommendations.plan_counts(page)),
        ),
    )
    paragraphs = [
        Paragraph(f"ringkasan.{name}", line(Strong(title), " ", text))
        for name, title, found in told
        if (text := sentences([_text(each) for each in found]))
    ]
    return (*paragraphs, *_foremost(page))


def _text(piece: Paragraph | Absent) -> Line:
    return piece.text if isinstance(piece, Paragraph) else ()


def not_random(page: CityPage) -> Paragraph | Absent:
    """How many units' intervals hold on a condition."""
    units = page.study.units
    met = sum(unit.sampling == "convenience" for unit in units)
    if not met:
        return Absent("Tidak ada unit yang respondennya ditemui tanpa pengacakan.")
    text = line(
        "Responden ",
        derived("study.sampling.convenience", met),
        " unit ditemui tanpa pengacakan; selang kepercayaannya berlaku ",
        f"{CONDITIONAL}.",
    )
    return Paragraph("ringkasan.pengacakan", text)


def _foremost(page: CityPage) -> tuple[Piece, ...]:
    found = recommendations.foremost(page)
    if not found:
        return ()
    opening = ("Rekomendasi yang menyangkut unsur dan indikator yang terlemah adalah:",)
    return (
        Paragraph("ringkasan.rekomendasi", opening),
        Bullets("ringkasan.rekomendasi_utama", found, numbered=True),
    )


def written(page: CityPage) -> Prose | Absent:
    """What people wrote in `texts/conclusions.md`."""
    if not page.conclusions:
        return Absent("Belum ada teks kesimpulan (texts/conclusions.md).")
    return Prose(page.conclusions)


def weakest_unsur(page: CityPage) -> Paragraph | Absent:
    """Which unsur is most often among the weakest of its unit, where any is."""
    units = page.units(Standing.FULL)
    found = [weakness(page.estimates, unit) for unit in units]
    often = Counter(
        unsur
        for each in found
        for unsur in {item.unsur for item, _ in each.named if item.unsur}
    )
    if not found:
        return Absent("Unsur terlemah disebut mulai dari tiga puluh responden.")
    if not often:
        none = "Tidak ada unit yang mempunyai unsur yang jelas terlemah."
        return Paragraph("city..weakest_unsur", (none,))
    named = [unit for unit, each in zip(units, found, strict=True) if each.named]
    clear = len(named)
    most = max(often.values())
    names = [
        f"“{unsur.label}”" for key, unsur in UNSUR.items() if often.get(key) == most
    ]
    each: Line = (" masing-masing",) if len(names) > 1 else ()
    rest: Line = ()
    if clear < len(found):
        without = derived("city..weakest_unsur.none", len(found) - clear)
        rest = line(
            " Pada ", without, " unit lainnya tidak ada unsur yang jelas terlemah."
        )
    if clear == 1:
        opening = f"Hanya {named[0].name} yang mempunyai unsur yang jelas terlemah: "
        return Paragraph(
            "city..weakest_unsur", line(opening, listing(names), ".", rest)
        )
    text = line(
        "Unsur yang paling sering termasuk yang terlemah adalah ",
        listing(names),
        ",",
        each,
        " pada ",
        derived("city..weakest_unsur", most),
        " dari ",
        derived("city..weakest_unsur.units", clear),
        " unit yang mempunyai unsur yang jelas terlemah.",
        rest,
    )
    return Paragraph("city..weakest_unsur", text)
