"""A person written down: what the cells of one row hold, spelling included."""

from datetime import datetime

import numpy as np
from answers import stream
from delivery import LETTERS, Delivery
from instruments import Instrument
from people import Person

Cell = str | int | datetime | None
Record = dict[str, Cell]

_SPELLINGS = {
    "L": ("L", "l", "Laki-laki", "LAKI-LAKI", "Pria", "laki2"),
    "P": ("P", "p", "Perempuan", "PEREMPUAN", "Wanita", "perempuan "),
    "SD": ("SD", "sd", "SD/sederajat"),
    "SMP": ("SMP", "SLTP", "smp"),
    "SMA": ("SMA", "SLTA", "SMA/SMK", "sma"),
    "D3": ("D3", "D-III", "Diploma"),
    "S1": ("S1", "S-1", "Sarjana"),
    "S2": ("S2", "S-2"),
    "Swasta": ("Swasta", "SWASTA", "Karyawan swasta", "swasta"),
    "Wirausaha": ("Wirausaha", "Wiraswasta", "WIRAUSAHA"),
    "Ibu rumah tangga": ("Ibu rumah tangga", "IRT", "Ibu Rumah Tangga"),
    "Pelajar/mahasiswa": ("Pelajar/Mahasiswa", "Mahasiswa", "Pelajar"),
}
# How much more an item matters than another, in score points.
_MATTERS = {"waktu": 0.4, "perilaku": 0.3, "kebersihan-terminal": 0.3, "produk": -0.4}
_CHOICES = {"L": "Laki-laki", "P": "Perempuan", "D3": "Diploma (D3)"}


def write_down(
    person: Person,
    delivery: Delivery,
    instrument: Instrument,
    row: int,
    rng: np.random.Generator,
) -> Record:
    """The cells of one respondent by column role; `row` counts within the file."""
    profile = {
        "sex": person.sex,
        "education": person.education,
        "occupation": person.occupation,
    }
    record: Record = {
        "number": row,
        "id": person.moment if delivery.forms else f"R{row:04d}",
        "serial": f"F-{person.number:04d}",
        "name": f"Nama Contoh {person.number}",
        "phone": f"0800-000-{person.number:04d}",
        "date": person.moment.replace(hour=0, minute=0, second=0),
        "period": f"{person.moment.year}-S{person.half}",
        "stratum": f"{person.moment.year}-S{person.half}",
        "unit": delivery.written_unit(person.unit, person.enumerator - 1),
        "enumerator": f"P{person.enumerator}",
        "age": person.age,
        "service": person.service,
        "remark": person.remark or None,
    }
    for role, value in profile.items():
        record[role] = _spelled(value, delivery, rng)
    for item, score in zip(instrument.items, person.scores, strict=True):
        record[f"item:{item.key}"] = answer(delivery, instrument, item.key, score, rng)
    if delivery.importance:
        record |= _importance(person, delivery, instrument)
    roles = delivery.headers(instrument)
    return {role: record[role] for role in roles}


def _importance(person: Person, delivery: Delivery, instrument: Instrument) -> Record:
    """How much each item matters; from numbers of its own, and once in a while blank.

    What a respondent is content with matters a little less.
    """
    rng = stream(person.moment.year, person.unit, person.number, "importance")
    told: Record = {}
    for item, score in zip(instrument.items, person.scores, strict=True):
        lacking = instrument.highest - score
        draw = round(rng.normal(3.4 + _MATTERS.get(item.key, 0.0) + 0.1 * lacking, 0.6))
        rank = min(max(draw, 1), instrument.highest)
        written = answer(delivery, instrument, item.key, rank, rng)
        told[f"importance:{item.key}"] = None if rng.random() < 0.02 else written
    return told


def answer(
    delivery: Delivery,
    instrument: Instrument,
    key: str,
    score: int,
    rng: np.random.Generator,
) -> Cell:
    """One score as the delivery writes it."""
    if delivery.answers == "letters":
        letter = LETTERS[score - 1]
        return letter if rng.random() > 0.03 else f"{letter.upper()} "
    if delivery.answers == "options":
        options = instrument.item(key).options
        if key == "biaya" and delivery.fee:
            options = delivery.fee
        return options[score - 1]
    # Some clerks type numbers as text.
    return score if rng.random() > 0.01 else f" {score}"


def _spelled(value: str, delivery: Delivery, rng: np.random.Generator) -> str:
    """A form offers choices; a clerk writes as the clerk likes, mostly alike."""
    if delivery.forms:
        return _CHOICES.get(value, value)
    spellings = _SPELLINGS.get(value, (value,))
    return spellings[0] if rng.random() < 0.6 else str(rng.choice(spellings))
