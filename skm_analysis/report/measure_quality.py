"""The chapter on method: how well the questions of each questionnaire hang together."""

from typing import NamedTuple

from skm_analysis.estimates.rows import Row, make_key
from skm_analysis.report import numbers
from skm_analysis.report.elements import (
    Absent,
    Column,
    Group,
    Line,
    Paragraph,
    Table,
)
from skm_analysis.report.numbers import derived, verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import line
from skm_analysis.study.records import Instrument, Item

VALID = {"valid": "valid", "not_valid": "tidak valid"}
UNDEFINED = {
    "no_variance": "semua jawaban sama",
    "too_few": "kuesioner lengkap terlalu sedikit",
    "too_few_items": "pertanyaan yang jawabannya beragam kurang dari tiga",
    "not_converged": "model satu faktor tidak cocok",
}
FEW_DIFFERENT: Line = (
    "* Kurang dari sepuluh responden memberi jawaban lain daripada jawaban yang "
    "terbanyak; r bertumpu pada mereka saja.",
)


class Tested(NamedTuple):
    """One question, its r with the total and its r with all the others."""

    item: Item
    total: Row | None
    rest: Row | None


def reliability_table(page: CityPage) -> Table | Absent:
    """Alpha with its interval and omega, one row per questionnaire."""
    asked = [each for each in _instruments(page) if _row(page, each, "alpha")]
    if not asked:
        return Absent("Belum ada kuesioner yang diisi lengkap oleh responden.")
    return Table(
        "tab-metode-keandalan",
        line("Keandalan setiap kuesioner, selang kepercayaan ", level(page.study)),
        (
            Column("Kuesioner", width=2.6),
            Column("Pertanyaan", "right", 0.9),
            Column("n", "right", 0.7),
            Column("Alfa Cronbach", "right"),
            Column("Selang alfa", "right", 1.2),
            Column("Omega", "right", 0.8),
        ),
        tuple(
            (
                (each.title or each.id,),
                _items(page, each),
                numbers.respondents(_row(page, each, "alpha")),
                numbers.shown(_told(_row(page, each, "alpha"))),
                numbers.interval(_told(_row(page, each, "alpha"))),
                numbers.shown(_told(_row(page, each, "omega"))),
            )
            for each in asked
        ),
        notes=_reliability_notes(page, asked),
    )


def validity(page: CityPage) -> Group | Absent:
    """The weakest items of each questionnaire in one table; how to read it first.

    Every item stands in the appendix, below the questions (`item_validity`).
    """
    tested = [each for each in _instruments(page) if _tested(page, each)]
    if not tested:
        return Absent("Uji butir disajikan mulai dari tiga puluh kuesioner lengkap.")
    text: Line = (
        "Uji validitas yang lazim membandingkan r, yaitu seberapa searah jawaban atas "
        "satu pertanyaan dengan jumlah semua jawaban, dengan nilai pada r tabel. "
        "Pertanyaan yang r-nya melebihi r tabel disebut valid. Tabel berikut memuat r "
        "yang terendah pada setiap kuesioner; r setiap pertanyaan dimuat pada lampiran "
        "kuesioner.",
    )
    return Group((Paragraph("method.validity", text), _validity_summary(page, tested)))


def limits(page: CityPage) -> Paragraph | Absent:
    """What none of these numbers says."""
    if isinstance(reliability_table(page), Absent):
        return Absent("Tidak ada ukuran keandalan yang dapat disajikan.")
    text: Line = (
        "Alfa dan omega menunjukkan seberapa searah jawaban atas pertanyaan dalam satu "
        "kuesioner, bukan apakah kuesioner itu benar-benar mengukur kepuasan. Keduanya "
        "juga meninggi bila pertanyaan bertambah, bila banyak responden memilih satu "
        "jawaban untuk semua pertanyaan, dan bila unit-unit yang berbeda mutunya "
        "digabungkan. Uji validitas yang lazim mudah dilalui, sebab jumlah itu memuat "
        "pertanyaan yang diuji; r dengan pertanyaan lainnya saja lebih layak dipegang. "
        "Bila hampir semua responden memberi nilai tertinggi, r dapat menjadi kecil "
        "tanpa ada yang salah pada pertanyaannya, atau bertumpu pada beberapa "
        "kuesioner saja.",
    )
    return Paragraph("method.reliability_limits", text)


def _instruments(page: CityPage) -> list[Instrument]:
    """Those that the study's units use, in the order of their first unit."""
    found = {unit.instrument.id: unit.instrument for unit in page.study.units}
    return list(found.values())


def _row(
    page: CityPage, instrument: Instrument, measure: str, item: str = ""
) -> Row | None:
    key = make_key("instrument", instrument.id, measure, item)
    return page.estimates.get(key)


def _told(row: Row | None) -> Row | None:
    return None if row is None or "suppressed" in row.flags else row


def _items(page: CityPage, instrument: Instrument) -> Line:
    row = _told(_row(page, instrument, "n_items"))
    left_out = row is not None and "constant_items" in row.flags
    return line(numbers.shown(row), " *" if left_out else "")


def _reliability_notes(page: CityPage, asked: list[Instrument]) -> tuple[Line, ...]:
    rows = [
        row
        for each in asked
        for measure in ("alpha", "omega")
        if (row := _row(page, each, measure))
    ]
    flags = {flag for row in rows for flag in row.flags}
    notes: list[Line] = [("Dihitung dari kuesioner yang semua pertanyaannya dijawab.",)]
    if "constant_items" in flags:
        notes.append(
            (
                "* Tanpa pertanyaan yang dijawab sama oleh semua responden, misalnya "
                "biaya layanan gratis.",
            )
        )
    if "indicative" in flags:
        notes.append(
            ("Alfa dan omega dari kurang dari tiga puluh kuesioner hanya indikatif.",)
        )
    if "heywood" in flags:
        notes.append(
            (
                "Pada sebagian kuesioner satu pertanyaan seluruhnya dijelaskan oleh "
                "pertanyaan lainnya; omeganya tidak layak dipegang.",
            )
        )
    reasons = [text for flag, text in UNDEFINED.items() if flag in flags]
    if reasons:
        notes.append((f"Tanda –: tidak dapat dihitung ({'; '.join(reasons)}).",))
    return tuple(notes)


def _tested(page: CityPage, instrument: Instrument) -> list[Tested]:
    """The items of a questionnaire whose test may be told; [] if none."""
    found = [
        Tested(
            item,
            _row(page, instrument, "validity", item.key),
            _row(page, instrument, "item_total", item.key),
        )
        for item in instrument.items
    ]
    if _told(_row(page, instrument, "r_table")) is None:
        return []
    return found if any(_told(each.total) for each in found) else []


def _validity_summary(page: CityPage, tested: list[Instrument]) -> Table:
    lowest = [_lowest(page, each) for each in tested]
    marked = any(_mark(row) for row, _ in lowest)
    return Table(
        "tab-metode-validitas",
        ("Uji validitas setiap kuesioner: r yang terendah",),
        (
            Column("Kuesioner", width=2.8),
            Column("r tabel", "right", 0.7),
            Column("r dengan jumlah", "right", 0.9),
            Column("r dengan yang lainnya", "right", 1.0),
            Column("Pertanyaan valid", "right", 1.0),
        ),
        tuple(
            (
                (each.title or each.id,),
                numbers.shown(_row(page, each, "r_table")),
                line(numbers.shown(total), _mark(total)),
                numbers.shown(rest),
                _valid(page, each),
            )
            for each, (total, rest) in zip(tested, lowest, strict=True)
        ),
        notes=(
            (
                "Yang lainnya: semua pertanyaan kecuali yang diuji. Taraf nyata r "
                "tabel lima persen, dua sisi.",
            ),
            *((FEW_DIFFERENT,) if marked else ()),
            *(
                (("Kuesioner lengkap yang kurang dari tiga puluh tidak diuji.",),)
                if len(tested) < len(_instruments(page))
                else ()
            ),
        ),
    )


def _lowest(page: CityPage, instrument: Instrument) -> tuple[Row | None, Row | None]:
    """The lowest r with the total, and the lowest with the rest."""
    found = _tested(page, instrument)
    totals = [row for each in found if (row := _told(each.total))]
    rests = [row for each in found if (row := _told(each.rest))]
    return _least(totals), _least(rests)


def _least(rows: list[Row]) -> Row | None:
    there = [row for row in rows if row.value is not None]
    return min(there, key=lambda row: row.value or 0.0, default=None)


def _valid(page: CityPage, instrument: Instrument) -> Line:
    """How many of the questions that could be tested are valid."""
    flags = [row.flags for each in _tested(page, instrument) if (row := each.total)]
    judged = [each for each in flags if VALID.keys() & set(each)]
    key = f"instrument.{instrument.id}.valid"
    return line(
        derived(key, sum("valid" in each for each in judged)),
        " dari ",
        derived(f"{key}.judged", len(judged)),
    )


def item_validity(page: CityPage, instrument: Instrument) -> Table | Absent:
    """Each question of one questionnaire with the total and with the rest."""
    found = _tested(page, instrument)
    table = _row(page, instrument, "r_table")
    if not found or table is None:
        return Absent("Uji butir disajikan mulai dari tiga puluh kuesioner lengkap.")
    note = line(
        "r tabel ",
        numbers.shown(table),
        " bagi ",
        numbers.respondents(table),
        " kuesioner lengkap (taraf nyata lima persen, dua sisi).",
    )
    marked = any(_mark(each.total) for each in found)
    return Table(
        f"tab-kuesioner-validitas-{instrument.id}",
        (f"Uji validitas setiap pertanyaan: {instrument.title or instrument.id}",),
        (
            Column("Unsur", width=3.0),
            Column("r dengan jumlah", "right"),
            Column("r dengan yang lainnya", "right", 1.2),
            Column("Menurut r tabel", width=1.4),
        ),
        tuple(
            (
                (each.item.label,),
                line(numbers.shown(_told(each.total)), _mark(each.total)),
                numbers.shown(_told(each.rest)),
                _judged(each.total),
            )
            for each in found
        ),
        notes=(note, *((FEW_DIFFERENT,) if marked else ())),
    )


def _mark(row: Row | None) -> Line:
    if row is None or row.value is None or "few_different" not in row.flags:
        return ()
    return (" *",)


def _judged(row: Row | None) -> Line:
    if row is None or "suppressed" in row.flags:
        return numbers.EMPTY
    for flag, word in VALID.items():
        if flag in row.flags:
            return (verdict(row.key, word),)
    reasons = (text for flag, text in UNDEFINED.items() if flag in row.flags)
    return (next(reasons, "–"),)
