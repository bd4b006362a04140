"""Proposals for units without recommendations, from their clearly weakest items.

They are a beginning for the talk with the unit and are marked as not approved: only
`recommendations.csv` makes a recommendation of one.
"""

from collections.abc import Mapping

from skm_analysis.estimates.rows import Estimates, Row
from skm_analysis.report.elements import Absent, Column, Line, Table
from skm_analysis.report.numbers import number, stated
from skm_analysis.report.page import CityPage, UnitPage
from skm_analysis.report.standing import Standing
from skm_analysis.report.weakness import weakness
from skm_analysis.report.wording import line
from skm_analysis.study.records import Item, Unit

MOST = 3  # of one unit, the lowest first
MARK = "usulan, belum disetujui"
_STEPS: Mapping[str, str] = {
    "persyaratan": "Memeriksa kembali persyaratan: menghapus yang tidak diperlukan dan "
    "mengumumkan yang tetap",
    "prosedur": "Memetakan alur pelayanan dari datang sampai selesai dan "
    "menyederhanakan langkah yang berulang",
    "waktu": "Mencatat waktu penyelesaian yang sebenarnya selama satu bulan dan "
    "memperbaiki langkah yang paling lama",
    "biaya": "Mengumumkan biaya resmi di tempat pelayanan dan memeriksa bahwa setiap "
    "pembayaran mendapat bukti",
    "produk": "Membandingkan hasil pelayanan dengan standar pelayanan dan memperbaiki "
    "kekeliruan yang paling sering",
    "kompetensi": "Melatih petugas menurut pertanyaan pengguna layanan yang paling "
    "sering tidak terjawab",
    "perilaku": "Menyepakati tata krama pelayanan bersama petugas dan meninjaunya "
    "secara berkala",
    "sarana": "Memeriksa kebersihan, kenyamanan, dan kelengkapan ruang pelayanan "
    "dengan daftar periksa",
    "pengaduan": "Mencatat tanggal masuk dan tanggal jawaban setiap pengaduan dan "
    "mengumumkan cara menyampaikannya",
}
_ANY_STEP = "Menelusuri sebab penilaian ini bersama petugas dan pengguna layanan"
_COLUMNS = (
    Column("Prioritas unsur", width=1.5),
    Column("Masalah", width=2.0),
    Column("Usulan kegiatan", width=3.2),
)
_NOTE = (
    "Usulan, belum disetujui: disusun program dari unsur yang jelas terlemah. Unit "
    "menetapkan kegiatan, waktu, dan penanggung jawabnya.",
)


def unit_proposals(page: UnitPage) -> Table | Absent:
    """What may be talked over with a unit for which nothing is recommended yet."""
    rows = _rows(page.estimates, page.unit) if page.standing is Standing.FULL else ()
    if not rows:
        return Absent("Belum ada rekomendasi, dan tidak ada unsur yang jelas terlemah.")
    return Table(
        f"tab-{page.unit.id}-usulan",
        (f"Rekomendasi tahun {page.study.year} untuk {page.unit.name} ({MARK})",),
        _COLUMNS,
        rows,
        notes=(_NOTE,),
    )


def city_proposals(page: CityPage) -> Table | Absent:
    """The same of all units for which nothing is recommended yet."""
    served = {each.unit for each in page.recommendations}
    rows = [
        ((unit.name,), *row)
        for unit in page.units(Standing.FULL)
        if unit.id not in served
        for row in _rows(page.estimates, unit)
    ]
    if not rows:
        return Absent("Tidak ada usulan: setiap unit yang jelas lemah punya rencana.")
    return Table(
        "tab-kota-usulan",
        (f"Rekomendasi bagi unit yang belum mempunyainya ({MARK})",),
        (Column("Unit", width=1.7), *_COLUMNS),
        tuple(rows),
        notes=(_NOTE,),
    )


def _rows(estimates: Estimates, unit: Unit) -> tuple[tuple[Line, ...], ...]:
    named = weakness(estimates, unit).named[:MOST]
    return tuple(
        ((item.label,), _problem(unit, row, len(named)), (_step(item),))
        for item, row in named
    )


def _problem(unit: Unit, row: Row, many: int) -> Line:
    which = "termasuk yang terendah" if many > 1 else "yang terendah"
    lowest, highest = unit.instrument.scale
    key = f"study.instrument.{unit.instrument.id}"
    return line(
        "Nilai rata-rata ",
        number(row),
        " pada skala ",
        stated(f"{key}.lowest", lowest),
        "–",
        stated(f"{key}.highest", highest),
        f", {which} di unit ini",
    )


def _step(item: Item) -> str:
    return _STEPS.get(item.unsur or "", _ANY_STEP)
