"""Who answered: profile, day, enumerator, remark. Nobody in here exists."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from answers import ENUMERATOR, answers, stream
from instruments import Instrument
from remarks import in_own_words
from unit import Unit

_SEX = {"L": 0.42, "P": 0.58}
_EDUCATION = {"SD": 0.1, "SMP": 0.15, "SMA": 0.42, "D3": 0.09, "S1": 0.2, "S2": 0.04}
_OCCUPATION = {
    "PNS": 0.11,
    "TNI": 0.01,
    "POLRI": 0.01,
    "Swasta": 0.24,
    "Wirausaha": 0.25,
    "Ibu rumah tangga": 0.2,
    "Pelajar/mahasiswa": 0.1,
    "Petani": 0.08,
}
_SERVICES = {
    "kelurahan": ("Surat keterangan", "Pengantar KTP", "Pengantar nikah"),
    "kelurahan-gratis": ("Surat keterangan", "Pengantar KTP", "Surat ahli waris"),
    "puskesmas": ("Poli Umum", "Poli Gigi", "KIA", "Imunisasi"),
    "puskesmas-rawat-inap": ("Poli Umum", "Poli Gigi", "KIA", "Rawat inap"),
    "dukcapil": ("KTP", "Kartu Keluarga", "Akta Kelahiran", "KIA"),
    "perizinan-daring": ("NIB", "Izin praktik", "Izin bangunan"),
    "rumah-sakit": ("Poliklinik", "Rawat inap", "IGD", "Laboratorium"),
    "terminal": ("Angkutan kota", "Bus antarkota"),
    "perpustakaan": ("Peminjaman", "Ruang baca", "Kartu anggota"),
    "sosial": ("Rekomendasi bantuan", "Data kesejahteraan"),
    "perdagangan": ("Tera ulang", "Pembinaan UKM", "Izin koperasi"),
    "disdik": ("Legalisasi ijazah", "Mutasi siswa"),
    "kecamatan": ("Surat pengantar", "Dispensasi nikah", "Rekomendasi izin"),
}
_REMARKS = (
    "Pelayanan sudah baik, pertahankan.",
    "Kursi ruang tunggu mohon ditambah",
    "tempat parkir sempit",
    "Petugas ramah – terima kasih",
    "Mohon nomor antrean dibuat elektronik",
    "Sudah bagus.",
    "-",
    "AC ruang tunggu kurang dingin",
    "Loket dibuka lebih pagi…",
    "Kafé di ruang tunggu boleh juga",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One respondent as they are, before anybody writes them down in a dialect."""

    unit: str
    number: int  # within the unit and the source
    moment: datetime
    half: int
    enumerator: int
    sex: str
    age: int
    education: str
    occupation: str
    service: str
    remark: str
    scores: tuple[int, ...]


def population_of_half(population: int) -> tuple[int, int]:
    """Whom a unit served in each half of the year."""
    first = population * 12 // 25
    return first, population - first


def people(
    unit: Unit, instrument: Instrument, year: int, *, internal: bool = False
) -> list[Person]:
    """The accepted respondents of one unit in one year, by date."""
    cohort = unit.cohort(year)
    if cohort is None:
        return []
    source = "internal" if internal else "external"
    rng = stream(year, unit.id, source)
    n = unit.internal if internal else cohort.n
    # Those whom the unit asks itself answer a little more kindly.
    level = cohort.level + 0.3 * (instrument.highest - cohort.level) * internal
    moments = _moments(year, n, rng)
    enumerators = rng.integers(1, 4 + 1, n)
    effects = rng.normal(0, ENUMERATOR, 5)
    satisfaction = effects[enumerators] + rng.normal(0, (1 - ENUMERATOR**2) ** 0.5, n)
    scores = answers(instrument, level, satisfaction, rng, unit.id)
    return [
        Person(
            unit=unit.id,
            number=index + 1,
            moment=moments[index],
            half=1 if moments[index].month <= 6 else 2,
            enumerator=int(enumerators[index]),
            sex=_one_of(_SEX, rng),
            age=int(np.clip(rng.normal(39, 13), 17, 79)),
            education=_one_of(_EDUCATION, rng),
            occupation=_one_of(_OCCUPATION, rng),
            service=str(rng.choice(_SERVICES[instrument.id])),
            remark=in_own_words(unit.id, year, index + 1, _remark(rng)),
            scores=tuple(int(score) for score in scores[index]),
        )
        for index in range(n)
    ]


def _moments(year: int, n: int, rng: np.random.Generator) -> list[datetime]:
    """Seconds in office hours, no two alike, in March to May and August to October."""
    days, seconds = 85, 8 * 3600
    slots = rng.choice(2 * days * seconds, n, replace=False)
    starts = (datetime(year, 3, 1, 8), datetime(year, 8, 1, 8))
    return sorted(
        starts[slot // (days * seconds)]
        + timedelta(days=slot // seconds % days, seconds=slot % seconds)
        for slot in slots.tolist()
    )


def _one_of(shares: dict[str, float], rng: np.random.Generator) -> str:
    return str(rng.choice(list(shares), p=list(shares.values())))


def _remark(rng: np.random.Generator) -> str:
    """Mostly nothing; now and then with a phone number, which is nobody's."""
    draw = rng.random()
    if draw < 0.75:
        return ""
    if draw < 0.765:
        return f"Tolong hubungi saya di 0800-000-{int(rng.integers(1, 9999)):04d}"
    return str(rng.choice(_REMARKS))
