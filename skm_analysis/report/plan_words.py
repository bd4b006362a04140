"""What a plan says in words: its columns, why a number is missing, what each means."""

from collections.abc import Iterable, Sequence

from skm_analysis.estimates.planning import Need, UnitPlan
from skm_analysis.report.formatting import count, decimal, percent
from skm_analysis.study.records import Study

COLUMNS = (
    *("Populasi", "K–M", "Cochran", "Slovin", "Margin", "Ubah"),
    *("Rencana", "Tuju", "Minta"),
)
WHY = {
    "no_aim": "tidak ada 'margin' atau 'change' dalam [plan] pada study.toml",
    "no_previous": "tidak ada jawaban dari studi sebelumnya",
    "not_comparable": "kuesioner studi sebelumnya tidak sebanding",
    "too_few": "responden studi sebelumnya kurang dari sepuluh",
    "no_variance": "semua jawaban studi sebelumnya sama, sehingga ragamnya nol",
    "census": "disensus: semua yang dilayani diminta menjawab",
    "no_rate": "tingkat tidak menjawab belum diketahui ('nonresponse' dalam [plan])",
}


def numbers(plan: UnitPlan) -> tuple[int | None, ...]:
    """One number per column; None where there is none."""
    return (
        plan.population,
        plan.krejcie_morgan,
        plan.cochran,
        plan.slovin,
        plan.precision.size,
        plan.change.size,
        plan.unit.planned,
        plan.aimed,
        plan.ask.size,
    )


def needs(plan: UnitPlan) -> tuple[tuple[str, Need], ...]:
    return (
        ("margin", plan.precision),
        ("perubahan", plan.change),
        ("diminta menjawab", plan.ask),
    )


def aims(study: Study) -> list[str]:
    """What the numbers are meant to reach, one sentence each."""
    plan, told = study.plan, []
    level = percent(study.confidence_level)
    if plan.margin is not None:
        told.append(
            f"Margin: setengah lebar selang kepercayaan {level} indeks paling besar "
            f"{decimal(plan.margin, 2)} poin, menurut ragam studi sebelumnya."
        )
    if plan.change is not None:
        told.append(
            f"Ubah: perubahan indeks sebesar {decimal(plan.change, 2)} poin terlihat "
            "dengan kemungkinan 80%, menurut ragam studi sebelumnya."
        )
    told += [
        "K–M: rumus Krejcie–Morgan, yang disebut dalam peraturan; untuk proporsi "
        "0,5 ± 0,05, bukan untuk indeks.",
        "Cochran: rumus yang sama dengan pembulatan ke atas.",
        "Slovin: hanya sebagai pembanding; rumus itu tidak mengenal tingkat "
        "kepercayaan maupun ragam, sehingga tidak menjamin ketelitian apa pun.",
        "Tuju: yang direncanakan; bila belum ada, yang terbesar dari K–M dan Margin. "
        "Ubah ditampilkan untuk dipertimbangkan.",
        _asked(study),
        "Semua rumus mengandaikan responden dipilih secara acak.",
    ]
    return told


def _asked(study: Study) -> str:
    if study.plan.nonresponse is None:
        return (
            "Minta: yang perlu diminta menjawab, menurut tingkat respons unit itu pada "
            "studi sebelumnya, bila diketahui."
        )
    return (
        "Minta: yang perlu diminta menjawab bila "
        f"{percent(study.plan.nonresponse)} tidak menjawab."
    )


def missing(plans: Sequence[UnitPlan], most: int | None = None) -> list[str]:
    """Why numbers are missing, each reason with the units that it holds for.

    More than `most` units are counted, not named.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for plan in plans:
        for what, need in needs(plan):
            for reason in (flag for flag in need.flags if flag in WHY):
                if need.size is None:
                    found.setdefault((what, reason), []).append(plan.unit.name)
    merged: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (what, reason), names in found.items():
        merged.setdefault((reason, tuple(names)), []).append(what)
    return [
        f"Tanpa angka ({', '.join(whats)}) pada {_named(names, len(plans), most)}: "
        f"{WHY[reason]}."
        for (reason, names), whats in merged.items()
    ]


def held(plans: Sequence[UnitPlan], most: int | None = None) -> list[str]:
    """Conditions under which numbers stand, with the units that they hold for."""
    told = []
    for flag, text in (
        ("indicative", "ragamnya dari 10 sampai 29 responden, jadi angkanya kasar"),
        ("whole_population", "diperlukan semua yang dilayani"),
        (
            "both_years",
            "hasil studi sebelumnya terlalu tidak pasti untuk melihat perubahan itu "
            "tahun ini; angka Ubah adalah yang diperlukan tahun ini dan tahun depan",
        ),
    ):
        names = [
            plan.unit.name
            for plan in plans
            if any(flag in need.flags for _, need in needs(plan))
        ]
        if names:
            told.append(f"Pada {_named(names, len(plans), most)}: {text}.")
    return told + _gathered_together(plans, most)


def _gathered_together(plans: Sequence[UnitPlan], most: int | None) -> list[str]:
    names = [
        plan.unit.name
        for plan in plans
        if plan.spread and plan.spread.clustered and plan.precision.size is not None
    ]
    if not names:
        return []
    return [
        f"Pada {_named(names, len(plans), most)}: pewawancara ikut diperhitungkan; "
        "Margin dan Ubah mengandaikan setiap pewawancara menangani sebanyak pada "
        "studi sebelumnya. Bila respondennya ditambah, tambahlah juga pewawancaranya."
    ]


def _named(names: Iterable[str], of: int, most: int | None) -> str:
    listed = list(names)
    if len(listed) == of:
        return "semua unit"
    if most is not None and len(listed) > most:
        return f"{count(len(listed))} unit"
    return "; ".join(listed)
