"""study.toml as a person would have written it."""

from collections.abc import Mapping

from delivery import LETTERS, PROFILE, Delivery
from instruments import Instrument
from people import population_of_half
from toml_text import Value, pair, table
from unit import Unit

_ROLE_KEYS = {
    "id": "id_column",
    "serial": "serial_column",
    "stratum": "stratum_column",
    "enumerator": "cluster_column",
    "remark": "comment_column",
}


def study_text(
    year: int,
    units: tuple[Unit, ...],
    deliveries: tuple[Delivery, ...],
    instruments: Mapping[str, Instrument],
) -> str:
    blocks = [_study(year), *(_unit(unit, year) for unit in units)]
    by_id = {unit.id: unit for unit in units}
    for delivery in deliveries:
        instrument = instruments[by_id[delivery.units[0]].instrument]
        blocks.append(_delivery(delivery, instrument))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _study(year: int) -> list[str]:
    values: dict[str, Value] = {
        "title": "Survei Kepuasan Masyarakat Kota Padang Panjang",
        "year": year,
        "institution": "Pemerintah Kota Padang Panjang",
        "partner": "LPPM Universitas Andalas",
        "place": "Padang Panjang",
    }
    lines = [
        "# Studi contoh: semua jawaban di dalamnya buatan, bukan hasil survei.",
        pair("format", 1),
        "",
        *table("study", values),
        f"start = {year}-01-01",
        f"end = {year}-12-31",
    ]
    if year == 2021:
        lines.append(pair("previous", "2020"))
    lines += [
        pair("synthetic", True),
        "confidence_level = 0.95",
        pair("missing", "ratio"),
        pair("weighting", "none"),
        "",
        "[target]",
        "ikm = 90.00",
        pair("source", "angka contoh, bukan target RPJMD yang sebenarnya"),
        "",
        "[plan]",
        "margin = 1.5",
        "nonresponse = 0.10",
        "change = 2.0",
    ]
    for name, role in (
        ("Nama Ketua (contoh)", "Ketua LPPM"),
        ("Nama Kepala Bagian (contoh)", "Kepala Bagian Organisasi"),
    ):
        lines += ["", "[[signatory]]", pair("name", name), pair("role", role)]
    for half, first, last in ((1, "01-01", "06-30"), (2, "07-01", "12-31")):
        lines += ["", "[[period]]", pair("id", f"{year}-S{half}")]
        lines += [f"start = {year}-{first}", f"end = {year}-{last}"]
    return lines


def _unit(unit: Unit, year: int) -> list[str]:
    cohort = unit.cohort(year)
    if cohort is None:
        raise ValueError(f"{unit.id} was not surveyed in {year}")
    lines = [
        "[[unit]]",
        pair("id", unit.id),
        pair("name", unit.name),
        pair("kind", unit.kind),
        pair("instrument", unit.instrument),
    ]
    if not unit.strata:
        lines.append(pair("population", cohort.population))
    lines += [
        pair("population_of", unit.population_of),
        pair("sampling", unit.sampling),
    ]
    if unit.target:
        lines.append(f"target = {unit.target}")
    if unit.planned and year == 2021:
        lines.append(pair("planned", unit.planned))
    if unit.approached:
        lines.append(pair("approached", round(unit.approached * cohort.n)))
    if unit.strata:
        first, second = population_of_half(cohort.population)
        strata: dict[str, Value] = {f"{year}-S1": first, f"{year}-S2": second}
        lines += table("unit.strata", strata)
    return lines


def _delivery(delivery: Delivery, instrument: Instrument) -> list[str]:
    headers = delivery.headers(instrument)
    lines = ["[[delivery]]", pair("file", f"responses/{delivery.file}")]
    if delivery.received:
        lines.append(pair("received", delivery.received))
    if delivery.sender:
        lines.append(pair("from", delivery.sender))
    if delivery.workbook and delivery.header_row:
        lines.append(pair("sheet", delivery.sheet))
        lines.append(pair("header_row", delivery.header_row))
    if delivery.encoding == "cp1252":
        lines.append(pair("encoding", delivery.encoding))
        lines.append(pair("delimiter", delivery.delimiter))
    if delivery.replaces:
        lines.append(pair("replaces", f"responses/{delivery.replaces}"))
        lines.append(pair("reason", delivery.reason))
    lines += [
        pair("mode", delivery.mode),
        pair("source", "internal" if delivery.internal else "external"),
        *_whose(delivery, headers),
    ]
    lines += [
        pair(key, headers[role]) for role, key in _ROLE_KEYS.items() if role in headers
    ]
    if when := _period_role(delivery):
        lines.append(pair("period_column", headers[when]))
    if delivery.forms:
        lines.append(pair("drop", [headers["name"], headers["phone"]]))
    lines += table(
        "delivery.columns",
        {item.key: headers[f"item:{item.key}"] for item in instrument.items},
    )
    lines += _answers(delivery, instrument)
    return lines + _importance(headers) + _profile(headers)


def _whose(delivery: Delivery, headers: dict[str, str]) -> list[str]:
    if "unit" not in headers:
        return [pair("unit", delivery.units[0])]
    desks = range(max(len(delivery.desks), 1))
    names = {
        delivery.written_unit(unit, desk): unit
        for unit in delivery.units
        for desk in desks
    }
    lines = [pair("unit_column", headers["unit"])]
    codes = ", ".join(f'"{code}" = "{unit}"' for code, unit in names.items())
    return [*lines, f"units = {{ {codes} }}"]


def _period_role(delivery: Delivery) -> str | None:
    if delivery.forms:
        return "id"
    return next((role for role in ("date", "period") if role in delivery.roles), None)


def _answers(delivery: Delivery, instrument: Instrument) -> list[str]:
    if delivery.answers == "letters":
        letters = LETTERS[: instrument.highest]
        return table("delivery.answers", {x: i + 1 for i, x in enumerate(letters)})
    if delivery.fee:
        fees = {text: i + 1 for i, text in enumerate(delivery.fee)}
        return table("delivery.item_answers.biaya", fees)
    return []


def _importance(headers: dict[str, str]) -> list[str]:
    asked = {
        role.removeprefix("importance:"): header
        for role, header in headers.items()
        if role.startswith("importance:")
    }
    return table("delivery.importance", asked)


def _profile(headers: dict[str, str]) -> list[str]:
    asked = {role: headers[role] for role in PROFILE if role in headers}
    return table("delivery.profile", asked)
