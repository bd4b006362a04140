"""The chapter on method: how well the questions of each questionnaire hang together."""

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
from skm_analysis.report.numbers import verdict
from skm_analysis.report.page import CityPage
from skm_analysis.report.unit_result import level
from skm_analysis.report.wording import line
from skm_analysis.study.records import Instrument

VALID = {"valid": "valid", "not_valid": "tidak valid"}
UNDEFINED = {
    "no_variance": "semua jawaban sama",
    "too_few": "kuesioner lengkap terlalu sedikit",
    "too_few_items": "unsur yang jawabannya beragam kurang dari tiga",
    "not_converged": "model satu faktor tidak cocok",
}


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
            Column("Unsur", "right", 0.7),
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


def validity_tables(page: CityPage) -> Group | Absent:
    """Each item with the total and with the rest, one table per questionnaire."""
    tables = [_validity_table(page, each) for each in _instruments(page)]
    told = tuple(table for table in tables if table)
    if not told:
        return Absent("Uji butir disajikan mulai dari tiga puluh kuesioner lengkap.")
    return Group(told)


def limits(page: CityPage) -> Paragraph | Absent:
    """What none of these numbers says."""
    if isinstance(reliability_table(page), Absent):
        return Absent("Tidak ada ukuran keandalan yang dapat disajikan.")
    text: Line = (
        "Alfa dan omega menunjukkan seberapa searah jawaban atas pertanyaan dalam satu "
        "kuesioner, bukan apakah kuesioner itu benar-benar mengukur kepuasan. Keduanya "
        "juga meninggi bila pertanyaan bertambah, bila banyak responden memilih satu "
        "jawaban untuk semua pertanyaan, dan bila unit-unit yang berbeda mutunya "
        "digabungkan. Dalam uji validitas yang lazim, nilai suatu unsur dibandingkan "
        "dengan jumlah yang memuat unsur itu sendiri, sehingga r hitung sudah cukup "
        "tinggi sekalipun unsur itu tidak berhubungan dengan unsur lainnya; hubungan "
        "dengan unsur lainnya saja lebih layak dipegang. Bila hampir semua responden "
        "memberi nilai tertinggi, jawaban hampir tidak berbeda-beda, sehingga r dapat "
        "menjadi kecil tanpa ada yang salah pada pertanyaannya, atau bertumpu pada "
        "beberapa kuesioner saja.",
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
                "* Tanpa unsur yang dijawab sama oleh semua responden, misalnya biaya "
                "layanan gratis.",
            )
        )
    if "indicative" in flags:
        notes.append(
            ("Alfa dan omega dari kurang dari tiga puluh kuesioner hanya indikatif.",)
        )
    if "heywood" in flags:
        notes.append(
            (
                "Pada sebagian kuesioner satu unsur seluruhnya dijelaskan oleh unsur "
                "lainnya; omeganya tidak layak dipegang.",
            )
        )
    reasons = [text for flag, text in UNDEFINED.items() if flag in flags]
    if reasons:
        notes.append((f"Tanda –: tidak dapat dihitung ({'; '.join(reasons)}).",))
    return tuple(notes)


def _validity_table(page: CityPage, instrument: Instrument) -> Table | None:
    table = _told(_row(page, instrument, "r_table"))
    rows = [
        (
            item,
            _row(page, instrument, "validity", item.key),
            _row(page, instrument, "item_total", item.key),
        )
        for item in instrument.items
    ]
    if table is None or not any(_told(total) for _, total, _ in rows):
        return None
    name = instrument.title or instrument.id
    notes: list[Line] = [
        line(
            "r tabel ",
            numbers.shown(table),
            " bagi ",
            numbers.respondents(table),
            " kuesioner lengkap (taraf nyata lima persen, dua sisi).",
        )
    ]
    if any(total and "few_different" in total.flags for _, total, _ in rows):
        notes.append(
            (
                "* Kurang dari sepuluh responden memberi jawaban lain daripada jawaban "
                "yang terbanyak; r bertumpu pada mereka saja.",
            )
        )
    return Table(
        f"tab-metode-validitas-{instrument.id}",
        (f"Hubungan setiap unsur dengan unsur lainnya, kuesioner {name}",),
        (
            Column("Unsur", width=3.0),
            Column("r dengan jumlah", "right"),
            Column("r dengan unsur lainnya", "right", 1.2),
            Column("Menurut r tabel", width=1.4),
        ),
        tuple(
            (
                (item.label,),
                line(numbers.shown(_told(total)), _mark(total)),
                numbers.shown(_told(rest)),
                _judged(total),
            )
            for item, total, rest in rows
        ),
        notes=tuple(notes),
    )


def _mark(row: Row | None) -> Line:
    return (" *",) if row and row.value and "few_different" in row.flags else ()


def _judged(row: Row | None) -> Line:
    if row is None or "suppressed" in row.flags:
        return numbers.EMPTY
    for flag, word in VALID.items():
        if flag in row.flags:
            return (verdict(row.key, word),)
    reasons = (text for flag, text in UNDEFINED.items() if flag in row.flags)
    return (next(reasons, "–"),)
