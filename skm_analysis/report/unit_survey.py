"""A unit's chapter: what was asked, of whom, and how they were chosen."""

from skm_analysis.report.elements import (
    Heading,
    Line,
    Paragraph,
)
from skm_analysis.report.formatting import span
from skm_analysis.report.numbers import derived, stated
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD
from skm_analysis.report.wording import (
    MODES,
    POPULATION_OF,
    SAMPLING,
    line,
    listing,
    population,
    sentences,
)
from skm_analysis.study.records import Instrument, Unit
from skm_analysis.study.regulation import UNSUR


def title(page: UnitPage) -> Heading:
    return Heading(1, (page.unit.name,), f"unit-{page.unit.id}")


def survey(page: UnitPage) -> Paragraph:
    """What was asked, of whom and when; what the way of choosing means."""
    study, unit = page.study, page.unit
    modes = listing([MODES[mode] for mode in page.modes])
    gathered = line("Data dikumpulkan melalui ", modes, ".") if modes else ()
    text = sentences(
        (
            _asked(unit),
            _chosen(unit),
            (f"Survei mencakup pelayanan pada {span(study.start, study.end)}.",),
            gathered,
            _consequence(page) if page.standing in TOLD else (),
        )
    )
    return Paragraph(f"unit.{unit.id}.survey", text)


def _asked(unit: Unit) -> Line:
    instrument = unit.instrument
    key = f"study.instrument.{instrument.id}"
    lowest, highest = instrument.scale
    count = len(instrument.items)
    opening = line(
        f"{unit.name} menggunakan kuesioner “{instrument.title}” dengan ",
        stated(f"{key}.items", count),
        " pertanyaan pada skala ",
        stated(f"{key}.lowest", lowest),
        " sampai dengan ",
        stated(f"{key}.highest", highest),
        ", ",
        _kinds(instrument),
        ".",
    )
    weights = (
        ("Bobot pertanyaannya tidak sama dan tercantum pada lampiran kuesioner.",)
        if len({item.weight for item in instrument.items}) > 1
        else ()
    )
    return sentences((opening, weights, _not_asked(instrument)))


def _kinds(instrument: Instrument) -> Line:
    """How many questions are the regulation's and which are the unit's own."""
    own = [f"“{item.label}”" for item in instrument.items if item.own]
    rules = instrument.regulation or "peraturan"
    if not own:
        about = "tentang unsur pelayanan " if _nine(instrument) else ""
        return (f"seluruhnya {about}menurut {rules}",)
    names = listing(own)
    if len(own) == len(instrument.items):
        return line("seluruhnya indikator unit sendiri, yaitu ", names)
    key = f"study.instrument.{instrument.id}.own_items"
    return line(
        "termasuk ",
        derived(key, len(own)),
        " indikator yang ditambahkan unit sendiri, yaitu ",
        names,
    )


def _nine(instrument: Instrument) -> bool:
    """Whether it asks of any of the nine unsur."""
    return any(item.unsur for item in instrument.items)


def _not_asked(instrument: Instrument) -> Line:
    asked = {item.unsur for item in instrument.items}
    missing = [f"“{unsur.label}”" for key, unsur in UNSUR.items() if key not in asked]
    if not missing or not (asked - {None}):
        return ()
    word = "Unsur" if len(missing) == 1 else "Unsur-unsur"
    return line(f"{word} yang tidak ditanyakan: ", listing(missing), ".")


def _chosen(unit: Unit) -> Line:
    served = population(unit)
    if served is None:
        return (
            f"Responden {SAMPLING[unit.sampling]}; jumlah pengguna layanan tidak "
            "diketahui dan dianggap tak terhingga.",
        )
    people = line(served, f" {POPULATION_OF[unit.population_of]}")
    if unit.sampling == "census":
        return line("Seluruh ", people, " yang dilayani diminta menjawab (sensus).")
    return line(
        f"Responden {SAMPLING[unit.sampling]}; populasinya adalah ",
        people,
        " yang dilayani selama masa survei.",
    )


def _consequence(page: UnitPage) -> Line:
    unit, row = page.unit, page.row("ikm")
    if unit.sampling == "convenience":
        return (
            "Karena responden tidak dipilih secara acak, selang kepercayaan di bagian "
            "ini berlaku seandainya responden dipilih acak, dan tidak dipersempit "
            "dengan koreksi populasi terhingga. Kemungkinan bahwa mereka yang "
            "menjawab berbeda dari pengguna layanan lainnya tidak tercakup di "
            "dalamnya.",
        )
    if unit.sampling == "census":
        if row is not None and "census" in row.flags:
            return ("Seluruhnya menjawab; tidak ada penarikan sampel.",)
        return (
            "Karena tidak ada penarikan sampel, yang tersisa hanyalah kemungkinan "
            "bahwa mereka yang tidak menjawab berpendapat lain.",
        )
    if row is not None and "above_population" in row.flags:
        return ()  # of whom these are a sample is not known
    whom = "seluruh pengguna layanan unit ini"
    if page.row("uncovered_share") is not None:
        whom = "pengguna layanan pada strata yang mempunyai responden"
    return (
        f"Karena responden {SAMPLING[unit.sampling]}, hasilnya dapat digeneralisasi "
        f"kepada {whom} dalam batas selang kepercayaan yang disajikan.",
    )
