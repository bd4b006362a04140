"""The city's chapter: targets against what was reached."""

from skm_analysis.estimates.rows import Row
from skm_analysis.report import numbers
from skm_analysis.report.city_result import HEADLINE
from skm_analysis.report.elements import Absent, Column, Line, Paragraph, Table
from skm_analysis.report.numbers import derived, number, stated, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.standing import TOLD, published
from skm_analysis.report.unit_target import target_sentence
from skm_analysis.report.wording import CONDITIONAL, line, listing
from skm_analysis.study.records import Unit


def city_target(page: CityPage) -> Paragraph | Absent:
    """The headline against the study's target."""
    goal, row = page.study.target, published(page.estimates, "target_gap")
    if goal is None or row is None or row.value is None:
        return Absent("Studi ini tidak mempunyai target kota.")
    source = f" (sumber: {goal.source})"
    ikm = published(page.estimates, HEADLINE)
    text = target_sentence(
        row,
        "Target kota",
        "study.target.ikm",
        goal.ikm,
        source,
        conditional=ikm is not None and "conditional" in ikm.flags,
    )
    return Paragraph("city..target", text)


def target_counts(page: CityPage) -> Paragraph | Absent:
    rows = _gaps(page)
    if not rows:
        return Absent("Tidak ada unit yang mempunyai target.")
    total = len(rows)
    reached = sum(row.category == "reached" for _, row in rows)
    sure = sum("supported" in row.flags for _, row in rows)
    with_target = derived("city..targets", total)
    if total == 1 and not reached:
        missed = "Satu-satunya unit yang bertarget tidak mencapainya."
        return Paragraph("city..target_counts", (missed,))
    if total == 1:
        support = (
            "; selang kepercayaannya mendukung kesimpulan itu."
            if sure
            else ", tetapi target itu berada di dalam selang kepercayaan indeksnya."
        )
        only = f"Satu-satunya unit yang bertarget mencapainya{support}"
        return Paragraph("city..target_counts", (only,))
    if reached == total:
        opening = line(
            "Seluruh unit yang bertarget (", with_target, " unit) mencapainya"
        )
    elif not reached:
        opening = line(
            "Tidak satu pun dari ", with_target, " unit yang bertarget mencapainya"
        )
    else:
        opening = line(
            "Dari ",
            with_target,
            " unit yang bertarget, ",
            derived("city..targets.reached", reached),
            " mencapainya",
        )
    return Paragraph("city..target_counts", line(opening, _surely(reached, sure), "."))


def _surely(reached: int, sure: int) -> Line:
    if not reached:
        return ()
    if sure == reached:
        return ("; selang kepercayaannya mendukung kesimpulan itu",)
    if not sure:
        return (", tetapi pada semuanya target itu berada di dalam selang kepercayaan",)
    return line(
        "; pada ",
        derived("city..targets.supported", sure),
        " unit di antaranya selang kepercayaan mendukung kesimpulan itu",
    )


def _gaps(page: CityPage) -> list[tuple[Unit, Row]]:
    found = [(unit, page.of_unit(unit, "target_gap")) for unit in page.units(*TOLD)]
    return [(unit, row) for unit, row in found if row and row.value is not None]


_OUTCOMES = {
    ("reached", "supported"): "tercapai, didukung data",
    ("reached", "uncertain"): "tercapai, belum dapat dipastikan",
    ("not_reached", "uncertain"): "tidak tercapai, belum dapat dipastikan",
    ("not_reached", "contradicted"): "tidak tercapai, didukung data",
}


def target_table(page: CityPage) -> Table | Absent:
    """Target against reached, for the units that have one."""
    rows = _gaps(page)
    if not rows:
        return Absent("Tidak ada unit yang mempunyai target.")
    return Table(
        "tab-kota-target",
        ("Target dan capaian setiap unit",),
        (
            Column("Unit", width=2.8),
            Column("Target", "right", 0.7),
            Column("IKM", "right", 0.7),
            Column("Selisih", "right", 0.8),
            Column("Kesimpulan", width=1.8),
        ),
        tuple(
            (
                (unit.name,),
                (stated(f"study.unit.{unit.id}.target", unit.target, 2),)
                if unit.target is not None
                else ("–",),
                numbers.shown(page.of_unit(unit, "ikm")),
                (number(row),),
                (verdict(row.key, _outcome(row)),),
            )
            for unit, row in rows
        ),
        notes=(
            (
                "“Didukung data”: seluruh selang kepercayaan berada di satu sisi "
                "target. “Belum dapat dipastikan”: target berada di dalam selang.",
            ),
            *_condition(page, [unit for unit, _ in rows]),
        ),
    )


def _condition(page: CityPage, units: list[Unit]) -> tuple[Line, ...]:
    """Named where some of the intervals hold on a condition only."""
    bound = [
        unit.name
        for unit in units
        if (row := page.of_unit(unit, "ikm")) and "conditional" in row.flags
    ]
    if not bound:
        return ()
    return (line("Selang ", listing(bound), f" berlaku {CONDITIONAL}."),)


def _outcome(row: Row) -> str:
    flag = next(
        (each for each in ("supported", "contradicted") if each in row.flags),
        "uncertain",
    )
    reached = "tercapai" if row.category == "reached" else "tidak tercapai"
    return _OUTCOMES.get((row.category, flag), f"{reached}, belum dapat dipastikan")
