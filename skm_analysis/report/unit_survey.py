"""A unit's chapter: what was asked of whom, who answered, were there enough."""

from skm_analysis.report import numbers
from skm_analysis.report.elements import Column, Heading, Line, Paragraph, Table
from skm_analysis.report.formatting import span
from skm_analysis.report.numbers import derived, number, stated, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.wording import (
    MODES,
    POPULATION_OF,
    SAMPLING,
    line,
    listing,
    population,
    sentences,
)
from skm_analysis.responses.labels import REASONS
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
            _consequence(page),
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
    own = [f"“{item.label}”" for item in instrument.items if item.unsur is None]
    rules = instrument.regulation or "peraturan"
    if not own:
        return (f"seluruhnya tentang unsur pelayanan menurut {rules}",)
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
            "Karena responden tidak dipilih secara acak, selang kepercayaan dalam bab "
            "ini berlaku seandainya responden dipilih acak. Kemungkinan bahwa mereka "
            "yang menjawab berbeda dari pengguna layanan lainnya tidak tercakup di "
            "dalamnya.",
        )
    if unit.sampling == "census":
        if row is not None and "census" in row.flags:
            return ("Seluruhnya menjawab, sehingga tidak ada penarikan sampel.",)
        return (
            "Karena tidak ada penarikan sampel, yang tersisa hanyalah kemungkinan "
            "bahwa mereka yang tidak menjawab berpendapat lain.",
        )
    return (
        "Karena itu hasilnya dapat digeneralisasi kepada seluruh pengguna layanan "
        "unit ini dalam batas selang kepercayaan yang disajikan.",
    )


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
        return line("Diterima ", number(received), " kuesioner.")
    return line(
        "Dari ",
        stated(f"study.unit.{page.unit.id}.approached", page.unit.approached),
        " orang yang diminta menjawab diterima ",
        number(received),
        " kuesioner; tingkat respons, yaitu bagian yang dapat dipakai, adalah ",
        number(rate),
        ".",
    )


def _kept(page: UnitPage) -> Line:
    received, accepted = page.row("n_received"), page.row("n_accepted")
    aside = page.row("n_set_aside")
    if received is None or not received.value or accepted is None:
        return ()
    if aside is None or not aside.value:
        return ("Seluruhnya dapat dipakai.",)
    reasons = line(number(aside), " disisihkan: ", _reasons(page))
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
    told = [row for row in page.rows("n_set_aside") if row.category and row.value]
    return listing(
        [line(number(row), f" karena {REASONS[row.category]}") for row in told]
    )


def flow_table(page: UnitPage) -> Table:
    """Received, set aside per reason, used."""
    rows: list[tuple[Line, Line]] = []
    if page.unit.approached is not None:
        key = f"study.unit.{page.unit.id}.approached"
        rows.append((("Diminta menjawab",), (stated(key, page.unit.approached),)))
    rows.append((("Diterima",), _count(page, "n_received")))
    rows.extend(
        ((f"Disisihkan: {REASONS[row.category]}",), numbers.shown(row))
        for row in page.rows("n_set_aside")
        if row.category and row.value
    )
    rows.append((("Disisihkan seluruhnya",), _count(page, "n_set_aside")))
    rows.append((("Dipakai",), _count(page, "n_accepted")))
    return Table(
        f"tab-{page.unit.id}-alur",
        (f"Alur kuesioner {page.unit.name}",),
        (Column("Tahap", width=3), Column("Kuesioner", "right")),
        tuple(rows),
        emphasised=(len(rows) - 1,),
    )


def _count(page: UnitPage, measure: str) -> Line:
    return numbers.shown(page.row(measure))


def sample_size(page: UnitPage) -> Paragraph:
    """Required by Krejcie and Morgan, agreed beforehand, reached."""
    text = sentences((_required(page), _planned(page)))
    return Paragraph(f"unit.{page.unit.id}.sample_size", text)


def _required(page: UnitPage) -> Line:
    required, accepted = page.row("n_required"), page.row("n_accepted")
    if required is None or required.value is None or accepted is None:
        return ("Jumlah responden yang diperlukan tidak dapat dihitung.",)
    if page.unit.sampling == "census":
        return line(
            "Unit ini disensus sehingga ukuran sampel minimum tidak berlaku; yang "
            "dapat dipakai adalah ",
            number(accepted),
            " kuesioner",
            _of_population(page.unit),
            ".",
        )
    served = population(page.unit)
    basis = (
        ("Untuk populasi yang dianggap tak terhingga",)
        if served is None
        else line(
            "Untuk populasi ", served, f" {POPULATION_OF[page.unit.population_of]}"
        )
    )
    short = int(required.value) - int(accepted.value or 0)
    ending = (
        line(
            "sehingga jumlah responden ",
            verdict(required.key, "belum mencukupi"),
            ": masih kurang ",
            derived(f"{required.key}:short", short),
            " responden.",
        )
        if short > 0
        else line("sehingga jumlah responden ", verdict(required.key, "mencukupi"), ".")
    )
    return line(
        basis,
        " rumus Krejcie–Morgan memerlukan ",
        number(required),
        " responden. Yang dapat dipakai ",
        number(accepted),
        " responden, ",
        ending,
    )


def _of_population(unit: Unit) -> Line:
    served = population(unit)
    if served is None:
        return ()
    return line(" dari ", served, f" {POPULATION_OF[unit.population_of]}")


def _planned(page: UnitPage) -> Line:
    planned, accepted = page.unit.planned, page.row("n_accepted")
    if planned is None or accepted is None:
        return ()
    key = f"study.unit.{page.unit.id}.planned"
    word = "tercapai" if (accepted.value or 0) >= planned else "tidak tercapai"
    return line(
        "Rencana semula, yaitu ",
        stated(key, planned),
        " responden, ",
        verdict(key, word),
        ".",
    )
