"""A unit's chapter: from the sheets received to those that count; were they enough."""

from skm_analysis.report import anchors
from skm_analysis.report.elements import Line, Paragraph, Reference
from skm_analysis.report.numbers import derived, number, stated, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.quality_appendix import aside
from skm_analysis.report.sample_rules import Judged, judged
from skm_analysis.report.wording import (
    CONDITIONAL,
    POPULATION_OF,
    line,
    listing,
    population,
    sentences,
)
from skm_analysis.responses.labels import REASONS
from skm_analysis.study.records import Unit

MOST_REASONS = 2  # that the sentence tells; more stand in the appendix


def flow(page: UnitPage) -> Paragraph:
    """From those asked to the sheets that count."""
    text = sentences((_received(page), _kept(page)))
    return Paragraph(f"unit.{page.unit.id}.flow", text)


def _received(page: UnitPage) -> Line:
    received, rate = page.row("n_received"), page.row("response_rate")
    if received is None or not received.value:
        return (
            "Sampai laporan ini disusun belum ada kuesioner yang diterima dari unit "
            "ini.",
        )
    if page.unit.approached is None or rate is None or rate.value is None:
        return line("Kuesioner yang diterima berjumlah ", number(received), ".")
    return line(
        "Dari ",
        stated(f"study.unit.{page.unit.id}.approached", page.unit.approached),
        " orang yang diminta menjawab, diterima ",
        number(received),
        " kuesioner. Tingkat respons, yaitu kuesioner yang dapat dipakai dibagi "
        "banyaknya orang yang diminta menjawab, adalah ",
        number(rate),
        "; banyaknya orang yang diminta menjawab perlu diperiksa."
        if "above_approached" in rate.flags
        else ".",
    )


def _kept(page: UnitPage) -> Line:
    received, accepted = page.row("n_received"), page.row("n_accepted")
    not_used = page.row("n_set_aside")
    if received is None or not received.value or accepted is None:
        return ()
    if not_used is None or not not_used.value:
        return ("Seluruhnya dapat dipakai.",)
    reasons = line(number(not_used), " disisihkan", _reasons(page))
    if not accepted.value:
        return line("Tidak satu pun dapat dipakai, sebab ", reasons, ".")
    return line(
        "Sebanyak ",
        number(accepted),
        " kuesioner dipakai dalam perhitungan, sedangkan ",
        reasons,
        ".",
    )


def _reasons(page: UnitPage) -> Line:
    told = aside(page)
    if len(told) == 1:
        return (f" dengan alasan “{REASONS[told[0].category]}”",)
    if len(told) > MOST_REASONS:
        return line(" dengan alasan yang tercantum pada ", Reference(anchors.QUALITY))
    each = [line(f"“{REASONS[row.category]}” (", number(row), ")") for row in told]
    return line(" dengan alasan ", listing(each)) if told else ()


def sample_size(page: UnitPage) -> Paragraph:
    """Required by each rule, agreed beforehand, reached; and by which it is enough."""
    if page.unit.sampling == "census":
        parts = [_census(page)]
    else:
        parts = [
            _required(page),
            *_aims(page),
            _planned(page),
            _reached(page),
            _enough(page),
        ]
    text = sentences((*parts, _too_many(page)))
    return Paragraph(f"unit.{page.unit.id}.sample_size", text)


def _census(page: UnitPage) -> Line:
    accepted = page.row("n_accepted")
    if accepted is None:
        return ()
    return line(
        "Unit ini disensus, sehingga ukuran sampel minimum tidak berlaku; yang dapat "
        "dipakai adalah ",
        number(accepted),
        " kuesioner",
        _of_population(page.unit),
        ".",
    )


def _required(page: UnitPage) -> Line:
    required = page.row("n_required")
    if required is None or required.value is None:
        return ("Jumlah responden yang diperlukan tidak dapat dihitung.",)
    served = population(page.unit)
    basis = (
        ("Untuk populasi yang dianggap tak terhingga",)
        if served is None
        else line(
            "Untuk populasi ", served, f" {POPULATION_OF[page.unit.population_of]}"
        )
    )
    return line(
        basis, ", rumus Krejcie–Morgan mensyaratkan ", number(required), " responden."
    )


def _aims(page: UnitPage) -> tuple[Line, ...]:
    """What the agreed margin and the change to be seen ask for."""
    plan = page.study.plan
    precision, change = page.row("n_required_precision"), page.row("n_required_change")
    told: list[Line] = []
    if plan.margin is not None and precision and precision.value is not None:
        told.append(
            line(
                "Menurut ragam studi sebelumnya, margin ",
                stated("study.plan.margin", plan.margin, 2),
                " poin memerlukan ",
                number(precision),
                " responden.",
            )
        )
    if plan.change is None or change is None or change.value is None:
        return tuple(told)
    points = stated("study.plan.change", plan.change, 2)
    if "both_years" in change.flags:
        told.append(
            line(
                "Hasil studi sebelumnya terlalu tidak pasti untuk memperlihatkan "
                "perubahan sebesar ",
                points,
                " poin; untuk itu diperlukan ",
                number(change),
                " responden pada dua studi berturut-turut.",
            )
        )
    else:
        told.append(
            line(
                "Supaya perubahan sebesar ",
                points,
                " poin sejak studi sebelumnya terlihat, diperlukan ",
                number(change),
                " responden.",
            )
        )
    return tuple(told)


def _planned(page: UnitPage) -> Line:
    planned = page.unit.planned
    if planned is None:
        return ()
    key = f"study.unit.{page.unit.id}.planned"
    return line("Yang direncanakan adalah ", stated(key, planned), " responden.")


def _reached(page: UnitPage) -> Line:
    accepted, margin = page.row("n_accepted"), page.row("margin")
    if accepted is None:
        return ()
    opening = line("Kuesioner yang dapat dipakai berjumlah ", number(accepted))
    if margin is None or margin.value is None or "suppressed" in margin.flags:
        return line(opening, ".")
    condition = f" {CONDITIONAL}" if "conditional" in margin.flags else ""
    return line(
        opening,
        ", dengan margin (setengah lebar selang kepercayaan) ",
        number(margin),
        f" poin{condition}.",
    )


def _enough(page: UnitPage) -> Line:
    """By which rules the sample is enough, in one sentence."""
    rules = judged(page.study, page.unit, page.row)
    met = [rule for rule in rules if rule.met]
    missed = [rule for rule in rules if not rule.met]
    if not rules:
        return ()
    parts: list[Line] = []
    if met:
        names = listing([line(rule.name, _figures(page, rule)) for rule in met])
        parts.append(line(verdict(met[0].key, "mencukupi"), " menurut ", names))
    if missed:
        names = listing([line(rule.name, _figures(page, rule)) for rule in missed])
        word = verdict(missed[0].key, "belum mencukupi")
        parts.append(line(word, " menurut ", names))
    joined = line(parts[0], ", tetapi ", parts[1]) if len(parts) > 1 else parts[0]
    return line("Jumlah responden ", joined, ".")


def _figures(page: UnitPage, rule: Judged) -> Line:
    """How many are lacking by Krejcie and Morgan's number; which margin was agreed."""
    margin = page.study.plan.margin
    if rule.short == "margin" and margin is not None:
        return line(" (", stated("study.plan.margin", margin, 2), " poin)")
    required, accepted = page.row("n_required"), page.row("n_accepted")
    if required is None or accepted is None or rule.met or rule.key != required.key:
        return ()
    short = int(required.value or 0) - int(accepted.value or 0)
    return line(" (masih kurang ", derived(f"{rule.key}:short", short), ")")


def _of_population(unit: Unit) -> Line:
    served = population(unit)
    if served is None:
        return ()
    return line(" dari ", served, f" {POPULATION_OF[unit.population_of]}")


def _too_many(page: UnitPage) -> Line:
    row, received = page.row("ikm"), page.row("n_received")
    if row is not None and "above_population" in row.flags:
        return (
            "Jumlah kuesioner melebihi populasi yang dinyatakan; angka populasi itu "
            "perlu diperiksa.",
        )
    if row is not None and "above_stratum" in row.flags:
        return (
            "Pada sebagian strata jumlah kuesioner melebihi populasi yang dinyatakan; "
            "angka populasi strata itu perlu diperiksa.",
        )
    served = population(page.unit)
    if page.unit.sampling != "census" or received is None or served is None:
        return ()
    if (received.value or 0) <= (served.value or 0):
        return ()
    return (
        "Kuesioner yang diterima lebih banyak daripada pengguna layanannya; "
        "kelebihannya terdapat di antara kuesioner yang disisihkan.",
    )
