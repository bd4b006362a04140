"""The 200 answers that every dialect tells, all of them made up."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

KEYS = (
    *("persyaratan", "prosedur", "waktu", "biaya", "produk"),
    *("kompetensi", "perilaku", "sarana", "pengaduan"),
)
CODES = tuple(f"U{i}" for i in range(1, 10))
QUESTIONS = (
    "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan?",
    "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan?",
    "Bagaimana pendapat Saudara tentang kecepatan waktu pelayanan?",
    "Bagaimana pendapat Saudara tentang kewajaran biaya, bila ada?",
    "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan?",
    "Bagaimana pendapat Saudara tentang kemampuan petugas?",
    "Bagaimana pendapat Saudara tentang kesopanan dan keramahan petugas?",
    "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
    "Bagaimana pendapat Saudara tentang penanganan pengaduan?",
)
OPTIONS = (
    ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
    ("Tidak sopan", "Kurang sopan", "Sopan", "Sangat sopan, ramah"),
    ("Buruk", "Cukup", "Baik", "Sangat baik"),
    ("Tidak ada", "Tidak berfungsi", "Kurang maksimal", "Dikelola dengan baik"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    number: int
    time: datetime
    sex: str  # Laki-laki | Perempuan
    age: int
    scores: tuple[int | None, ...]


def sheets() -> list[Sheet]:
    """Mostly content people of one office, a few questions left out."""
    dice = random.Random(2021)
    first = datetime(2021, 3, 1, 8, 0)
    return [
        Sheet(
            number,
            first + timedelta(minutes=dice.randrange(120 * 24 * 60)),
            dice.choice(("Laki-laki", "Perempuan")),
            dice.randrange(17, 75),
            tuple(
                None
                if dice.random() < 0.02
                else dice.choices((1, 2, 3, 4), (1, 3, 9, 7))[0]
                for _ in KEYS
            ),
        )
        for number in range(1, 201)
    ]


def option(item: int, score: int | None) -> str:
    return "" if score is None else OPTIONS[item][score - 1]
