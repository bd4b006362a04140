"""What the regulations lay down: the nine unsur, and the bands of the grade.

A study names the set it uses and cannot change one. `CLAUSES` says where each set
stands, and whether the official text was compared: what was not stays to be confirmed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple


class Unsur(NamedTuple):
    """One of the nine elements, with its question as the regulation asks it."""

    key: str
    label: str
    question: str
    options: tuple[str, str, str, str]  # scores 1, 2, 3, 4


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
    Unsur(
        "persyaratan",
        "Persyaratan",
        "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan "
        "jenis pelayanannya?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    Unsur(
        "prosedur",
        "Sistem, Mekanisme, dan Prosedur",
        "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
        ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    ),
    Unsur(
        "waktu",
        "Waktu Penyelesaian",
        "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan "
        "pelayanan?",
        ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    ),
    Unsur(
        "biaya",
        "Biaya/Tarif",
        "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
        ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ),
    Unsur(
        "produk",
        "Produk Spesifikasi Jenis Pelayanan",
        "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang "
        "tercantum dalam standar pelayanan dengan hasil yang diberikan?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    Unsur(
        "kompetensi",
        "Kompetensi Pelaksana",
        "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam "
        "pelayanan?",
        ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
    ),
    Unsur(
        "perilaku",
        "Perilaku Pelaksana",
        "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait "
        "kesopanan dan keramahan?",
        (
            "Tidak sopan dan ramah",
            "Kurang sopan dan ramah",
            "Sopan dan ramah",
            "Sangat sopan dan ramah",
        ),
    ),
    Unsur(
        "sarana",
        "Sarana dan Prasarana",
        "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
        ("Buruk", "Cukup", "Baik", "Sangat baik"),
    ),
    Unsur(
        "pengaduan",
        "Penanganan Pengaduan, Saran dan Masukan",
        "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
        (
            "Tidak ada",
            "Ada tetapi tidak berfungsi",
            "Berfungsi kurang maksimal",
            "Dikelola dengan baik",
        ),
    ),
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
