"""What the regulations lay down: the nine unsur, and the bands of the grade.

A study names the set it uses and cannot change one. `CLAUSES` says where each set
stands, and whether the official text was compared: what was not stays to be confirmed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple


class Unsur(NamedTuple):
    """One of the nine elements. How it is asked stands in the catalogue."""

    key: str
    label: str


class Band(NamedTuple):
    """A grade and the lowest index, shown with two decimals, that earns it."""

    grade: str
    lower: Decimal
    meaning: str


class Clause(NamedTuple):
    """Where a rule stands. `confirmed`: compared with more than one public copy."""

    regulation: str
    place: str
    confirmed: bool
    note: str = ""


# In the order of the regulation's questionnaire. Its list of elements has pengaduan
# eighth and sarana ninth: elements are told apart by key, never by position.
_NINE = (
    Unsur("persyaratan", "Persyaratan"),
    Unsur("prosedur", "Sistem, Mekanisme, dan Prosedur"),
    Unsur("waktu", "Waktu Penyelesaian"),
    Unsur("biaya", "Biaya/Tarif"),
    Unsur("produk", "Produk Spesifikasi Jenis Pelayanan"),
    Unsur("kompetensi", "Kompetensi Pelaksana"),
    Unsur("perilaku", "Perilaku Pelaksana"),
    Unsur("sarana", "Sarana dan Prasarana"),
    Unsur("pengaduan", "Penanganan Pengaduan, Saran dan Masukan"),
)

UNSUR: Mapping[str, Unsur] = {unsur.key: unsur for unsur in _NINE}

_MEANINGS = {
    "A": "Sangat baik",
    "B": "Baik",
    "C": "Kurang baik",
    "D": "Tidak baik",
}


def _bands(*lower: str) -> tuple[Band, ...]:
    return tuple(
        Band(grade, Decimal(bound), meaning)
        for (grade, meaning), bound in zip(_MEANINGS.items(), lower, strict=True)
    )


# Best grade first. Only lower bounds: the upper ones as printed leave gaps, for example
# between 88,30 and 88,31. All hold for the index of a scale of 1 to 4.
BANDS: Mapping[str, tuple[Band, ...]] = {
    "permenpanrb-14-2017": _bands("88.31", "76.61", "65.00", "25.00"),
    "permenpanrb-16-2014": _bands("81.26", "62.51", "43.76", "25.00"),
    "kepmenpan-25-2004": _bands("81.26", "62.51", "43.76", "25.00"),
}

BANDS_SCALE = (1, 4)

CLAUSES: Mapping[str, Clause] = {
    "permenpanrb-14-2017": Clause(
        "Peraturan Menteri PANRB Nomor 14 Tahun 2017",
        "Lampiran, tabel nilai persepsi, nilai interval, nilai interval konversi, mutu "
        "pelayanan, dan kinerja unit pelayanan",
        confirmed=True,
    ),
    "permenpanrb-16-2014": Clause(
        "Peraturan Menteri PANRB Nomor 16 Tahun 2014",
        "Lampiran, tabel nilai persepsi",
        confirmed=False,
        note="perlu dikonfirmasi dengan naskah resmi: batasnya dianggap sama dengan "
        "KEP/25/M.PAN/2/2004",
    ),
    "kepmenpan-25-2004": Clause(
        "Keputusan Menteri PAN Nomor KEP/25/M.PAN/2/2004",
        "Lampiran, tabel nilai persepsi",
        confirmed=True,
    ),
}
